/** How a form looks as a conversation; on top of `form-styles.ts`. */
import { css } from '../ui/css.js';

export const conversationStyles = css`
.ask { gap: 16px; }
.ask h4 { margin: 0; }
.ask-progress { display: flex; align-items: center; gap: 12px; color: var(--c-muted); font-size: max(14px, .88em); }
.ask-progress progress { flex: 1 1 auto; min-inline-size: 0; block-size: 8px; border: 0; border-radius: 99px; overflow: hidden; background: var(--c-line); accent-color: var(--c-fill); }
.ask-progress progress::-webkit-progress-bar { background: var(--c-line); }
.ask-progress progress::-webkit-progress-value { background: var(--c-fill); }
.ask-progress progress::-moz-progress-bar { background: var(--c-fill); }
.ask-turns { display: flex; flex-direction: column; gap: 14px; margin: 0; padding: 0; list-style: none; }
.ask-turn { display: flex; flex-direction: column; gap: 6px; }
.ask-section { display: flex; flex-direction: column; gap: 4px; align-items: flex-start; border-block-start: 1px solid var(--c-line); padding-block-start: 10px; }
.ask-question { align-self: flex-start; max-inline-size: 92%; color: var(--c-muted); overflow-wrap: anywhere; }
.ask-given { display: flex; flex-direction: row-reverse; align-items: center; gap: 4px 12px; }
.ask-given .form-clear { align-self: center; flex: none; }
.ask-answer { min-inline-size: 0; padding: 8px 14px; border-radius: var(--c-radius); border-end-end-radius: 6px; background: var(--c-fill); color: var(--c-on); overflow-wrap: anywhere; white-space: pre-wrap; }
.ask-answer.skipped { background: transparent; color: var(--c-muted); border: 1px dashed var(--c-edge); font-style: italic; }
.ask-now { display: flex; flex-direction: column; gap: 10px; padding: 16px; border: 1px solid var(--c-line); border-radius: var(--c-radius); background: var(--c-surface); scroll-margin: 12px; }
.ask-now > .form-label { font-size: 1.12em; }
.ask-now .ask-section { border: 0; padding: 0; }
.ask-now:focus, .ask-review h4:focus { outline: 0; }
.ask-now:focus-visible { outline: 2px solid var(--c-ink); outline-offset: 2px; }
.ask-taps { display: flex; flex-direction: column; gap: 8px; }
.ask-taps.form-scale { display: grid; grid-template-columns: repeat(auto-fill, minmax(3em, 1fr)); }
.ask-tap { display: flex; flex-wrap: wrap; align-items: center; gap: 4px 10px; font: inherit; font-weight: 550; color: var(--c-ink); background: var(--c-bg); border: 1.5px solid var(--c-edge); border-radius: min(14px, var(--c-radius)); padding: 10px 16px; min-block-size: 48px; text-align: start; cursor: pointer; overflow-wrap: anywhere; }
.ask-tap > span { min-inline-size: 0; }
.ask-tap:hover { background: var(--c-tint); border-color: var(--c-ink); }
.ask-tap[data-chosen] { background: var(--c-tint); border-color: var(--c-ink); border-width: 2px; }
.ask-tap small { color: var(--c-muted); font-size: .88em; font-weight: 400; }
.form-scale .ask-tap { justify-content: center; padding-inline: 8px; }
.ask-buttons { display: flex; flex-wrap: wrap; gap: 8px; }
.ask-buttons:empty { display: none; }
.form-button.strong { background: var(--c-fill); color: var(--c-on); border-color: transparent; flex: 1 1 auto; }
.form-button.strong:hover { background: color-mix(in srgb, var(--c-fill), #000 14%); }
.form-button.quiet { background: transparent; border-color: transparent; margin-inline-start: auto; }
.ask-why summary { min-block-size: 44px; display: flex; align-items: center; gap: 8px; color: var(--c-ink); cursor: pointer; list-style: none; font-size: max(16px, .94em); text-decoration: underline; }
.ask-why summary::-webkit-details-marker { display: none; }
.ask-why p { color: var(--c-muted); overflow-wrap: anywhere; }
.ask-review { display: flex; flex-direction: column; gap: 14px; }
.ask-recipient { font-weight: 600; }
@media (max-width: 360px) {
  .ask-now { padding: 12px; }
}
@media (forced-colors: active) {
  .ask-answer, .ask-now, .ask-tap { border: 1px solid CanvasText; }
  .ask-tap[data-chosen] { outline: 2px solid Highlight; }
  .ask-progress progress { forced-color-adjust: none; background: Canvas; border: 1px solid CanvasText; }
  .ask-progress progress::-webkit-progress-bar { background: Canvas; }
  .ask-progress progress::-webkit-progress-value { background: Highlight; }
  .ask-progress progress::-moz-progress-bar { background: Highlight; }
}
`;
