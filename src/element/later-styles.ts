/** Styles of the menu's entries, of the question before a chat is ended, of the offer to rate it, and of the other ways to reach the clinic. */
import { css } from '../ui/css.js';

export const laterStyles = css`
.button.danger { background: var(--c-danger); color: var(--c-bg); }
.button.danger:hover { background: color-mix(in srgb, var(--c-danger), var(--c-text) 18%); }
/* Where it stands is the panel's: it may be open before this has come. */
.menu { padding: .4em; border: 1px solid var(--c-line); border-radius: 14px; box-shadow: var(--c-shadow); font-size: .95em; }
.menu p { margin: 0; padding: .5em .75em .15em; color: var(--c-muted); font-size: .82em; font-weight: 600; }
.menu-item { display: flex; align-items: center; gap: .6em; inline-size: 100%; min-block-size: 46px; padding: .4em .75em; border: 0; border-radius: 10px; background: transparent; color: inherit; font: inherit; text-align: start; text-decoration: none; cursor: pointer; }
.menu-item:hover { background: var(--c-tint); }
.care-root .menu :focus-visible { outline-color: var(--c-ink); outline-offset: -3px; }
.menu-item[aria-pressed="true"] { font-weight: 650; color: var(--c-ink); }
.menu-item[aria-pressed="true"]::after { content: "✓"; margin-inline-start: auto; }
.menu-item.danger { color: var(--c-danger); }
.menu hr { margin: .3em .5em; border: 0; border-block-start: 1px solid var(--c-line); }
.confirm { flex: none; display: grid; gap: .6em; padding: 1em 1.25em calc(1em + env(safe-area-inset-bottom, 0px)); border-block-start: 1px solid var(--c-line); background: var(--c-surface); box-shadow: 0 -8px 28px rgb(40 30 20 / .14); }
.confirm p { margin: 0; }
.confirm b { font-size: 1.05em; }
.confirm .row { display: flex; flex-wrap: wrap; gap: .6em; }
.confirm .button { flex: 1 1 8em; }
/* The button of what is offered is beside the one of a new chat, not in its place. */
.rating-line { flex: none; padding: .75em 1.1em 0; border-block-start: 1px solid var(--c-line); text-align: center; }
.rating-line p { margin: 0; }
.rating-line + .foot { border-block-start: 0; }
:is(.asked, .asked-way) + .rating-line { display: none; }
.fallback { max-inline-size: 100%; padding: .75em 1.1em; border: 1px solid var(--c-line); border-radius: var(--c-radius); background: oklch(from var(--c-page) clamp(.19, (.6 - l) * 99, 1) 0 0); color: var(--c-page); text-align: start; overflow-wrap: anywhere; }
.fallback > p { margin: 0; font-weight: 620; }
.chat .fallback { flex: none; max-block-size: 40%; overflow: auto; border-width: 0 0 1px; border-radius: 0; }
::slotted(*) { margin-block: .4em !important; }
::slotted(a) { display: inline-block; line-height: 1.6; }
@media (forced-colors: active) {
  .fallback { border-color: CanvasText; }
}
`;
