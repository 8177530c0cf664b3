/**
 * How a form looks, inside the element's one shadow root; only tokens of `ui/tokens.ts`. Text is never under 16 px: iOS zooms into
 * smaller fields. Targets are at least 44 px high (WCAG 2.5.8).
 */
import { css } from '../ui/css.js';

export const formStyles = css`
.form-fields { display: flex; flex-direction: column; gap: 20px; }
.form-fields p { margin: 0; }
.form-field { border: 0; margin: 0; padding: 0; min-inline-size: 0; display: flex; flex-direction: column; gap: 6px; }
.form-label { font-weight: 600; padding: 0; overflow-wrap: anywhere; }
legend.form-label { margin-block-end: 6px; }
.form-required { margin-inline-start: .3em; font-weight: 400; color: var(--c-muted); }
.form-prefix { color: var(--c-muted); }
.form-help { color: var(--c-muted); font-size: max(16px, .94em); overflow-wrap: anywhere; }
.form-error { color: var(--c-danger); font-weight: 600; border-inline-start: 4px solid currentColor; padding-inline-start: 8px; overflow-wrap: anywhere; }
.form-display { overflow-wrap: anywhere; white-space: pre-line; }
.form-group { display: flex; flex-direction: column; gap: 16px; border-inline-start: 3px solid var(--c-line); padding-inline-start: 14px; }
.form-group-title { font-weight: 700; font-size: 1.08em; overflow-wrap: anywhere; }
.form-input { font: inherit; font-size: max(16px, 1em); color: var(--c-text); background: var(--c-surface); border: 1px solid var(--c-edge); border-radius: min(12px, var(--c-radius)); padding: 10px 12px; min-block-size: 46px; inline-size: 100%; }
textarea.form-input { resize: vertical; min-block-size: 92px; }
.form-input:disabled { background: transparent; color: var(--c-muted); opacity: 1; }
.form-date { max-inline-size: 16em; }
.form-input[aria-invalid] { border: 2px solid var(--c-danger); padding: 9px 11px; }
.form-option { display: flex; gap: 12px; align-items: center; min-block-size: 46px; padding: 8px 12px; background: var(--c-surface); border: 1px solid var(--c-edge); border-radius: min(12px, var(--c-radius)); cursor: pointer; overflow-wrap: anywhere; }
.form-option:has(:checked) { border-color: var(--c-ink); background: var(--c-tint); }
.form-option:has(:disabled) { cursor: default; color: var(--c-muted); }
.form-option input { flex: none; inline-size: 22px; block-size: 22px; margin: 0; accent-color: var(--c-fill); }
.form-options { display: flex; flex-direction: column; gap: 6px; }
.form-scale { display: grid; grid-template-columns: repeat(auto-fill, minmax(4.2em, 1fr)); }
.form-scale .form-option { justify-content: center; gap: 8px; }
.form-other { color: var(--c-muted); font-size: max(16px, .94em); overflow-wrap: anywhere; }
.form-option .form-media { margin-inline-start: auto; max-block-size: 96px; max-inline-size: 40%; }
.form-row { display: flex; flex-wrap: wrap; gap: 8px; }
.form-row .form-input { flex: 1 1 7em; inline-size: auto; min-inline-size: 0; }
.form-media { display: block; max-inline-size: 100%; block-size: auto; border-radius: min(12px, var(--c-radius)); color: var(--c-muted); }
.form-link { display: inline-block; padding-block: 10px; color: var(--c-ink); overflow-wrap: anywhere; }
.form-caution { background: var(--c-notice-bg); color: var(--c-notice); border-radius: min(12px, var(--c-radius)); padding: 8px 12px; overflow-wrap: anywhere; }
.form-button { display: inline-flex; align-items: center; justify-content: center; font: inherit; font-weight: 600; color: var(--c-ink); background: var(--c-surface); border: 1px solid var(--c-edge); border-radius: 99px; padding: 8px 18px; min-block-size: 46px; cursor: pointer; overflow-wrap: anywhere; }
.form-button:hover { background: var(--c-tint); }
.form-repeat { display: flex; flex-wrap: wrap; gap: 8px; }
.form-file { display: flex; flex-direction: column; align-items: flex-start; gap: 6px; }
.form-file-name { font-weight: 600; overflow-wrap: anywhere; }
.form-file .form-button { position: relative; }
.form-file .form-button:focus-within { outline: 3px solid var(--c-ink); outline-offset: 2px; }
.form-file .form-button:has(:disabled) { color: var(--c-muted); cursor: default; }
.form-file input { position: absolute; inset: 0; inline-size: 100%; block-size: 100%; opacity: 0; cursor: inherit; }
.form-file input:disabled { pointer-events: none; }
.ask-also { margin: 0; padding-inline-start: 1.2em; }
.form-told { position: absolute; inline-size: 1px; block-size: 1px; overflow: hidden; clip-path: inset(50%); }
.form-display[data-control="legal"] { border: 1px solid var(--c-line); border-radius: min(12px, var(--c-radius)); background: var(--c-surface); padding: 10px 12px; font-size: max(16px, .94em); }
.form-display[data-category="instructions"] { color: var(--c-muted); }
.form-display[data-category="security"] { border-inline-start: 4px solid var(--c-ink); padding-inline-start: 10px; }
.form-clear, .form-summary button { font: inherit; font-size: max(16px, .94em); color: var(--c-ink); background: none; border: 0; padding: 6px 2px; min-block-size: 44px; text-align: start; text-decoration: underline; cursor: pointer; overflow-wrap: anywhere; }
.form-clear { align-self: flex-start; }
.form-summary { border: 2px solid var(--c-danger); border-radius: min(12px, var(--c-radius)); background: var(--c-danger-bg); padding: 12px 14px; }
.form-summary[data-empty] { border: 0; padding: 0; background: none; position: absolute; }
.form-summary-title { font-weight: 700; }
.form-summary ul { margin: 6px 0 0; padding: 0; list-style: none; }
.form-summary button { color: var(--c-text); }
.form-summary button span { font-weight: 600; }
@media (forced-colors: active) {
  .form-option:has(:checked) { outline: 2px solid Highlight; }
  .form-input[aria-invalid] { border-color: Mark; }
  .form-caution { border: 1px solid CanvasText; }
  .form-file .form-button:focus-within { outline-color: Highlight; }
}
`;
