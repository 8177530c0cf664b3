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
.form-input[readonly], .form-input:disabled { background: transparent; color: var(--c-muted); opacity: 1; }
.form-date { max-inline-size: 16em; }
.form-input[aria-invalid] { border: 2px solid var(--c-danger); padding: 9px 11px; }
.form-option { display: flex; gap: 12px; align-items: center; min-block-size: 46px; padding: 8px 12px; background: var(--c-surface); border: 1px solid var(--c-edge); border-radius: min(12px, var(--c-radius)); cursor: pointer; overflow-wrap: anywhere; }
.form-option:has(:checked) { border-color: var(--c-ink); background: var(--c-tint); }
.form-option:has(:disabled) { cursor: default; color: var(--c-muted); }
.form-option input { flex: none; inline-size: 22px; block-size: 22px; margin: 0; accent-color: var(--c-fill); }
.form-clear, .form-summary button { font: inherit; font-size: max(16px, .94em); color: var(--c-ink); background: none; border: 0; padding: 6px 2px; min-block-size: 32px; text-align: start; text-decoration: underline; cursor: pointer; overflow-wrap: anywhere; }
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
}
`;
