/** How the note that shows a number while somebody types looks: calm, above the field, never over it. */
import { css } from '../../ui/css.js';

export const redFlagStyles = css`
.red-flag { flex: none; max-block-size: 50%; overflow: hidden auto; display: grid; gap: .4em; padding: .7em 1.1em; border-block-start: 1px solid var(--c-line); border-inline-start: 4px solid var(--c-ink); background: var(--c-surface); color: var(--c-text); font-size: .92em; line-height: 1.4; }
.red-flag p { margin: 0; overflow-wrap: anywhere; }
.red-flag-row { display: flex; flex-wrap: wrap; align-items: center; gap: .4em .6em; }
.red-flag-row small { flex: 1 1 9em; color: var(--c-muted); font-size: .92em; }
.red-flag .button { text-align: center; }
.red-flag a:focus-visible { outline-offset: 2px; }
.body:not([hidden]) ~ .red-flag-place { display: none; }
/* Where the note leaves too little room the panel scrolls beneath it: what is written in stays in sight above it (it is scrolled to), and the number comes first. */
.panel:has(.red-flag) { overflow-y: auto; container: care / size; scroll-padding-block-end: 50%; }
.red-flag-place, .red-flag { position: sticky; inset-block-end: 0; z-index: 1; }
@container care (max-height: 480px) {
  .body:not([hidden]):has(.red-flag), .check:has(~ .red-flag-place > .red-flag) { flex: 1 0 auto; }
  .red-flag-place, .red-flag { max-block-size: 50cqh; }
  .red-flag-numbers { order: -1; }
  .red-flag-title { order: -2; }
}
@media (forced-colors: active) {
  .red-flag { border: 2px solid CanvasText; }
}
`;
