/** Styles of a patient's page in the desk. */
import { css } from '../../ui/css.js';

export const viewerStyles = css`
.viewer { flex: none; display: flex; flex-direction: column; gap: .4rem; min-block-size: 0; padding: .55rem 1rem; border-block-end: 1px solid var(--c-line); background: var(--c-surface); }
.viewer p { margin: 0; }
.viewer.live { block-size: clamp(21rem, 64%, 60rem); }
.viewer-top { display: flex; flex-wrap: wrap; align-items: center; gap: .3rem .9rem; }
.viewer-status { flex: 1 1 12rem; display: flex; align-items: center; gap: .5em; font-weight: 600; }
.viewer-code { font-variant-numeric: tabular-nums; }
.viewer-tools, .viewer-propose { display: flex; flex-wrap: wrap; align-items: center; gap: .35rem; }
.viewer-tools [aria-pressed="true"] { background: var(--c-fill); color: var(--c-on); border-color: transparent; }
.viewer-tools .button:disabled { opacity: .55; cursor: default; }
.viewer-zoom { display: flex; align-items: center; gap: .4em; margin-inline-start: auto; }
.viewer-propose .field { flex: 1 1 14rem; min-inline-size: 0; }
.viewer .field { min-block-size: 36px; padding: .2em .6em; border: 1px solid var(--c-edge); border-radius: 8px; background: var(--c-bg); color: inherit; font: inherit; }
.viewer-stage { position: relative; flex: 1 1 0; min-block-size: 6rem; display: grid; grid-template: minmax(0, 1fr) / minmax(0, 1fr); border: 1px solid var(--c-edge); border-radius: 10px; background: var(--c-bubble); overflow: hidden; cursor: crosshair; touch-action: none; }
.viewer-stage.zoomed { grid-template: auto / auto; justify-content: start; align-content: start; overflow: auto; touch-action: auto; }
.viewer-stage.paused .viewer-picture { opacity: .55; }
.viewer-picture, .viewer-layer { grid-area: 1 / 1; }
.viewer-picture { display: grid; place-items: center; min-block-size: 0; min-inline-size: 0; }
.viewer-stage.zoomed .viewer-picture { place-items: start; }
.viewer-layer { position: relative; overflow: hidden; }
.viewer-layer > * { position: absolute; pointer-events: none; }
.viewer-cross { inline-size: 24px; block-size: 24px; margin: -12px 0 0 -12px; border: 3px solid #b3261e; border-radius: 50%; outline: 2px solid #fff; }
.cobrowse-mark { border: 3px solid #b3261e; border-radius: 6px; outline: 2px solid #fff; }
.cobrowse-mark span { position: absolute; inset-block-start: -12px; inset-inline-start: -12px; display: grid; place-items: center; inline-size: 24px; block-size: 24px; border: 2px solid #fff; border-radius: 50%; background: #b3261e; color: #fff; font-weight: 700; font-size: .85rem; line-height: 1; }
.cobrowse-point::before { content: ""; position: absolute; inset: -9px; inline-size: 18px; block-size: 18px; border: 4px solid #b3261e; border-radius: 50%; outline: 2px solid #fff; }
.cobrowse-stroke { overflow: visible; fill: none; stroke: #b3261e; stroke-width: 3; }
@media (forced-colors: active) {
  .viewer-stage, .viewer-tools [aria-pressed="true"] { border: 2px solid Highlight; }
  .cobrowse-mark, .cobrowse-point::before, .viewer-cross { border-color: Highlight; }
  .cobrowse-stroke { stroke: Highlight; }
}
`;
