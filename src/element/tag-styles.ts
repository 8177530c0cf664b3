/**
 * Styles the tag needs before the panel's chunk has come: launcher, shell, emergency line, loading and error views. Part of the first load,
 * so as little as it can be; `panel-styles.ts` adds the niceties.
 */
import { css } from '../ui/css.js';

export const tagStyles = css`
:host(:not([hidden])) { display: contents; }
.care-root { --c-inset: var(--care-inset, 20px); flood-color: var(--c-fill); }
.launcher:focus-visible { outline-offset: -6px; }
.launcher, .panel { position: fixed; z-index: var(--care-z-index, 2147483000); inset-inline-end: var(--c-inset); inset-block-end: calc(var(--c-inset) + env(safe-area-inset-bottom)); }
.launcher { display: flex; align-items: center; justify-content: center; gap: .5em; min-inline-size: 60px; block-size: 60px; padding: 0 16px; border: 0; border-radius: 99px; background: var(--c-fill); color: var(--c-on); font: inherit; font-weight: 600; box-shadow: var(--c-shadow); cursor: pointer; }
svg { inline-size: 1.6em; flex: none; fill: none; stroke: currentcolor; stroke-width: 2; stroke-linecap: round; stroke-linejoin: round; }
.badge { position: absolute; inset-block-start: -5px; inset-inline-end: -3px; min-inline-size: 26px; padding: 0 7px; border-radius: 99px; background: #b3261e; color: #fff; font-size: 15px; line-height: 26px; }
.panel { --c-below: 76px; inset-block-end: calc(var(--c-inset) + var(--c-below)); display: flex; flex-direction: column; inline-size: min(var(--care-panel-width, 412px), 100vw - 2 * var(--c-inset)); block-size: min(var(--care-panel-height, 720px), 100dvh - var(--c-below) - 2 * var(--c-inset)); overflow: hidden; border: 1px solid var(--c-line); border-radius: calc(var(--c-radius) + 4px); background: var(--c-bg); box-shadow: var(--c-shadow); outline: 0 !important; }
.panel:has(+ [hidden]) { --c-below: 0px; }
.head { display: flex; align-items: center; min-block-size: 68px; padding: 8px 10px; padding-inline-start: 18px; background: var(--c-fill); color: var(--c-on); }
.title { flex: 1; margin: 0; font-size: 1.1em; }
.close { display: none; }
:has(+ [hidden]) .close { display: grid; }
.emergency { margin: 0; text-align: center; background: var(--c-danger-bg); color: var(--c-danger); font-size: .88em; font-weight: 600; }
.emergency > * { display: inline-flex; align-items: center; gap: .5em; min-block-size: 32px; padding: 0 .5em; color: inherit; }
.body { flex: 1; min-block-size: 0; display: flex; flex-direction: column; }
.state-view { margin: auto; padding: 1.5em; display: grid; gap: 1em; justify-items: center; text-align: center; }
.loading + slot { animation: w 4s step-end; }
@keyframes w { 0% { visibility: hidden; } }
@media (max-width: 520px), (max-height: 460px) {
  .panel:not([hidden]) + .launcher { display: none; }
  .panel.panel { inset: var(--c-vv-top, 0) 0 auto; inline-size: auto; block-size: var(--c-vv-height, 100dvh); border: 0; border-radius: 0; }
  .close { display: grid; }
}
`;
