/** How the symptom checker looks, beside `start-styles.ts` and the form's. */
import { css } from '../../ui/css.js';

export const checkStyles = css`
.check { flex: 1 1 auto; min-block-size: 0; display: flex; flex-direction: column; }
.check.is-bar { flex: none; }
.check h3:focus-visible { outline: 0; }
.check a.button { display: flex; align-items: center; justify-content: center; text-decoration: none; text-align: center; }
.check .page .notice { border-radius: min(14px, var(--c-radius)); padding: .7em 1em; }
.check .button.danger { background: var(--c-danger); color: var(--c-bg); }
.check .button.danger:hover { background: color-mix(in srgb, var(--c-danger), var(--c-text) 18%); }
.check-numbers { display: grid; gap: .5em; }
.check-about { font-size: .92em; }
.check-about p, .check-why p { overflow-wrap: anywhere; }
.check summary { min-block-size: 44px; display: flex; align-items: center; color: var(--c-ink); font-weight: 600; text-decoration: underline; text-underline-offset: .2em; cursor: pointer; list-style: none; }
.check summary::-webkit-details-marker { display: none; }
.check-about ul { margin: 0; padding-inline-start: 1.2em; display: grid; gap: .3em; }
.check-about li a { display: inline-block; padding-block: .35em; color: var(--c-ink); overflow-wrap: anywhere; }
.check-outcome { gap: .8em; border-width: 2px; border-color: var(--c-ink); }
.check-outcome.stops { border-color: var(--c-danger); background: var(--c-danger-bg); }
.check-outcome.stops h3 { color: var(--c-danger); }
.check-outcome p { overflow-wrap: anywhere; }
.check-why dl { margin: 0; display: grid; gap: .6em; }
.check-why dt { color: var(--c-muted); overflow-wrap: anywhere; }
.check-why dd { margin: 0; font-weight: 600; overflow-wrap: anywhere; }
.check-send { display: grid; gap: .6em; }
.check-more { display: flex; flex-wrap: wrap; gap: .5em; }
.check-more .button { min-block-size: 44px; }
.check-bar { display: flex; flex-wrap: wrap; align-items: center; gap: .4em .7em; padding: .5em 1.1em; border-block-end: 1px solid var(--c-line); background: var(--c-surface); }
.check-bar.stops { background: var(--c-danger-bg); color: var(--c-danger); border-block-end: 2px solid var(--c-danger); }
.check-bar p { flex: 1 1 9em; margin: 0; overflow-wrap: anywhere; }
.check-bar .button { min-block-size: 40px; }
.check-bar.stops .quiet { color: inherit; border-color: currentcolor; }
@media (max-height: 460px) {
  .check { flex: 1 0 auto; }
  .check .page { overflow: visible; }
}
@media (forced-colors: active) {
  .check-outcome, .check-bar, .check a.button, .check .page .notice { border: 2px solid CanvasText; }
}
`;
