/** Styles of what the patient sees of co-browsing. The layer over the page takes no click. */
import { css } from '../../ui/css.js';

export const cobrowseStyles = css`
.cobrowse, .cobrowse-layer { position: fixed; z-index: calc(var(--care-z-index, 2147483000) + 1); margin: 0; padding: 0; border: 0; background: transparent; color: var(--c-text); overflow: visible; }
.cobrowse { inset: 10px 10px auto; inline-size: auto; block-size: auto; max-block-size: calc(100dvh - 20px); display: grid; grid-template-columns: minmax(0, 1fr); gap: 8px; justify-items: center; pointer-events: none; font-size: .94em; }
.cobrowse:not(:popover-open, .bare), .cobrowse-layer:not(:popover-open, .bare) { display: none; }
.cobrowse > * { pointer-events: auto; }
.cobrowse-layer { inset: 0; inline-size: 100%; block-size: 100%; pointer-events: none; outline: 4px solid var(--c-fill); outline-offset: -4px; overflow: hidden; }
.cobrowse-layer.paused { outline-style: dashed; outline-color: var(--c-edge); }
.cobrowse-layer > * { position: absolute; }
/* The panel is over the page, and what belongs to the page would seem to belong to the panel. */
.cobrowse-layer.covered > * { display: none; }
.cobrowse-sheet, .cobrowse-card, .cobrowse-bar { max-inline-size: min(640px, 100%); border: 1px solid var(--c-line); border-radius: var(--c-radius); background: var(--c-bg); box-shadow: var(--c-shadow); overflow-wrap: anywhere; }
.cobrowse-sheet { inline-size: 640px; max-block-size: calc(100dvh - 20px); overflow: auto; padding: 1.1em 1.3em 1.2em; }
.cobrowse-sheet h2 { margin: 0 0 .3em; font-size: 1.25em; line-height: 1.3; }
.cobrowse-sheet h2:focus, .cobrowse-bar:focus { outline: 0; }
.cobrowse-sheet h3 { margin: .5em 0 .15em; font-size: 1em; }
.cobrowse-sheet ul { margin: 0; padding-inline-start: 1.2em; }
.cobrowse :is(.cobrowse-sheet, .cobrowse-card) p { margin: .45em 0; }
.cobrowse-lists { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(15em, 100%), 1fr)); gap: 0 1.4em; }
.cobrowse-from, .cobrowse-muted { color: var(--c-muted); }
.cobrowse-choice { display: flex; flex-wrap: wrap; gap: .6em; margin-block-start: .7em; }
.cobrowse-choice .button { flex: 1 1 9em; }
.cobrowse-equal, .cobrowse-equal:hover { border: 2px solid var(--c-ink); background: var(--c-surface); color: var(--c-ink); }
.cobrowse-equal:hover { background: color-mix(in srgb, var(--c-surface), var(--c-ink) 12%); }
.cobrowse-frame { position: relative; display: grid; place-items: center; block-size: min(46dvh, 380px); min-block-size: 7em; margin-block-start: .6em; border: 1px solid var(--c-edge); border-radius: 10px; background: var(--c-surface); overflow: hidden; }
.cobrowse-frame > p { position: absolute; }
.cobrowse-picture { inline-size: 100%; block-size: 100%; display: grid; place-items: center; }
.cobrowse-bar { display: flex; flex-wrap: wrap; align-items: center; justify-content: center; gap: .3em .9em; padding-block: .4em; padding-inline: .9em .5em; border: 2px solid var(--c-fill); }
.cobrowse-bar.paused { border-style: dashed; border-color: var(--c-edge); }
.cobrowse-who { display: flex; align-items: center; gap: .55em; margin: 0; line-height: 1.3; }
.cobrowse-time { color: var(--c-muted); font-variant-numeric: tabular-nums; margin-inline-start: .3em; }
.cobrowse-dot { flex: none; inline-size: 11px; block-size: 11px; border-radius: 50%; background: var(--c-good); }
.paused .cobrowse-dot { background: transparent; border: 3px solid var(--c-edge); }
.cobrowse-buttons { display: flex; flex-wrap: wrap; gap: .35em; }
.cobrowse-stop { background: var(--c-danger); color: var(--c-bg); }
.cobrowse-card { padding: .5em 1em .8em; margin: 0; max-block-size: 70dvh; overflow: auto; }
p.cobrowse-card.cobrowse-card { margin: 0; padding-block: .6em; }
.cobrowse [aria-pressed="true"] { border-color: currentcolor; background: var(--c-tint); }
.cobrowse-field { inline-size: 100%; min-block-size: 44px; padding: .4em .7em; border: 1px solid var(--c-edge); border-radius: 10px; background: var(--c-surface); color: inherit; font: inherit; }
.cobrowse-card blockquote { margin: .3em 0; padding: .35em .8em; border-inline-start: 4px solid var(--c-ink); background: var(--c-surface); }
.cobrowse-mark { border: 3px solid #b3261e; border-radius: 8px; outline: 2px solid #fff; }
.cobrowse-mark span { position: absolute; inset-block-start: -14px; inset-inline-start: -14px; display: grid; place-items: center; inline-size: 28px; block-size: 28px; border: 2px solid #fff; border-radius: 50%; background: #b3261e; color: #fff; font-weight: 700; line-height: 1; }
.cobrowse-point::before { content: ""; position: absolute; inset: -12px; inline-size: 24px; block-size: 24px; border: 4px solid #b3261e; border-radius: 50%; outline: 2px solid #fff; background: rgb(179 38 30 / .25); }
.cobrowse-point span { position: absolute; inset-block-start: 16px; inset-inline-start: 10px; padding: .1em .6em; border-radius: 99px; background: #b3261e; color: #fff; font-size: .85em; font-weight: 600; white-space: nowrap; }
.cobrowse-stroke { overflow: visible; fill: none; stroke: #b3261e; stroke-width: 4; animation: cobrowse-fade 4s ease-in forwards; }
@keyframes cobrowse-fade { 60% { opacity: 1; } to { opacity: 0; } }
.cobrowse-hidden { background: repeating-linear-gradient(135deg, rgb(90 60 150 / .5) 0 6px, rgb(255 255 255 / .35) 6px 12px); border: 1px solid rgb(90 60 150); border-radius: 4px; }
@media (min-width: 1000px) {
  /* Beside the panel that is open. */
  .panel > .cobrowse { inset-inline-end: calc(var(--care-panel-width, 412px) + 2 * var(--c-inset)); }
}
@media (max-width: 520px), (max-height: 460px) {
  .cobrowse { inset: 4px 4px auto; max-block-size: calc(100dvh - 8px); font-size: .88em; }
  .cobrowse-sheet { max-block-size: calc(100dvh - 8px); padding: .8em 1em 1em; }
  .cobrowse-frame { block-size: 40dvh; }
}
/* On a small screen the panel is all there is: what is said stands in it, above its head, and covers nothing of it. */
.panel > .cobrowse.flow { position: static; flex: none; max-block-size: 68%; padding: 6px; overflow: auto; background: var(--c-bg); }
.flow :is(.cobrowse-sheet, .cobrowse-card, .cobrowse-bar) { max-block-size: none; box-shadow: none; }
.flow .cobrowse-frame { block-size: 34dvh; }
@media (max-height: 460px) {
  .panel > .cobrowse.flow { max-block-size: none; overflow: visible; }
  .cobrowse-card { max-block-size: 45dvh; }
}
@media (prefers-reduced-motion: reduce) {
  .cobrowse-stroke { animation: none !important; }
}
@media (forced-colors: active) {
  .cobrowse-sheet, .cobrowse-card, .cobrowse-equal, .cobrowse-stop { border: 2px solid ButtonText; }
  .cobrowse-layer { outline-color: Highlight; }
  .cobrowse-mark, .cobrowse-point::before { border-color: Highlight; }
  .cobrowse-stroke { stroke: Highlight; }
  .cobrowse-dot { background: Highlight; forced-color-adjust: none; }
}
@media print { .cobrowse, .cobrowse-layer { display: none !important; } }
`;
