/** Styles of the panel's own views; the shared parts bring theirs (`ui/styles.ts`). */
import { css } from '../ui/css.js';

export const panelStyles = css`
.view { display: contents; }
.launcher { transition: background-color .15s, transform .15s; }
.launcher:hover { background: color-mix(in srgb, var(--c-fill), #000 14%); }
.launcher:active { transform: scale(.97); }
.panel { animation: care-open .2s cubic-bezier(.2, .8, .3, 1); }
@keyframes care-open { from { opacity: 0; transform: translateY(14px); } }
.care-root :is(.launcher, .head *):focus-visible { outline-color: var(--c-on); }
.head, .emergency { flex: none; line-height: 1.35; }
.emergency > * { text-underline-offset: .2em; }
.spinner { inline-size: 34px; block-size: 34px; border: 3px solid var(--c-line); border-block-start-color: var(--c-ink); border-radius: 50%; animation: care-spin .9s linear infinite; }
@keyframes care-spin { to { transform: rotate(1turn); } }
.state-view { overflow: auto; min-block-size: 0; }
.state-view > p { margin: 0; color: var(--c-muted); }
@media (max-width: 520px), (max-height: 460px) {
  .head { padding-block-start: calc(8px + env(safe-area-inset-top)); }
  .panel.panel { padding-inline: env(safe-area-inset-left, 0px) env(safe-area-inset-right, 0px); }
}
@media (max-height: 460px) {
  .panel { overflow-y: auto; }
  .head { min-block-size: 52px; }
  .body { flex: 1 0 auto; min-block-size: 20em; }
  .transcript { flex: 1 0 8em; overscroll-behavior: auto; }
}
@media print { .launcher, .panel { display: none; } }
.title { display: flex; align-items: center; gap: .65em; min-inline-size: 0; font-weight: 650; line-height: 1.3; overflow-wrap: anywhere; }
.title .avatar { inline-size: 2.35em; block-size: 2.35em; background: rgb(0 0 0 / .22); color: var(--c-on); font-size: .95em; }
.title-text { display: grid; min-inline-size: 0; }
.title-sub { font-size: .8em; font-weight: 450; }
.tools { position: relative; }
.tools .icon-button .icon { stroke-width: 3; }
.menu { position: absolute; z-index: 2; inset-block-start: calc(100% + 6px); inset-inline-end: 0; inline-size: max-content; max-inline-size: min(300px, 80vw); background: var(--c-surface); color: var(--c-text); }
.lead { color: var(--c-muted); }
.foot { flex: none; display: flex; gap: .6em; padding: .75em 1.25em calc(.85em + env(safe-area-inset-bottom, 0px)); border-block-start: 1px solid var(--c-line); background: var(--c-surface); }
.foot.ended { flex-direction: column; gap: .5em; text-align: center; }
.foot.ended p { margin: 0; color: var(--c-muted); }
.chat { flex: 1 1 auto; min-block-size: 0; display: flex; flex-direction: column; position: relative; }
.queue { color: var(--c-muted); border-block-end: 1px solid var(--c-line); background: var(--c-surface); }
.state-view h3 { margin: 0; color: var(--c-text); font-size: 1.25em; }
.state-view .icon { inline-size: 40px; block-size: 40px; color: var(--c-danger); }
@media (forced-colors: active) {
  .launcher, .badge { border: 2px solid ButtonText; }
  .head, .emergency { border-block-end: 1px solid CanvasText; }
}
`;
