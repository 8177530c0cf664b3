/** How the preview page looks: the form as a patient sees it on one side, what an author wants to know on the other. */
import { css } from '../ui/css.js';

export const previewStyles = css`
:root { color-scheme: light dark; background: light-dark(#f3efe9, #16140f); }
body { margin: 0; }
.preview { --care-brand: #0e6660; min-block-size: 100dvh; display: grid; grid-template-rows: auto 1fr; color: var(--c-text); font-size: 15px; line-height: 1.5; }
.preview h1, .preview h2, .preview p { margin: 0; }
.bar { display: flex; flex-wrap: wrap; align-items: center; gap: 8px 20px; padding: 12px 24px; background: var(--c-bg); border-block-end: 1px solid var(--c-line); }
.bar h1 { font-size: 17px; font-weight: 650; overflow-wrap: anywhere; }
.bar .file { color: var(--c-muted); font: 13px ui-monospace, monospace; overflow-wrap: anywhere; }
.bar .room { flex: 1 1 auto; }
.pick { display: inline-flex; align-items: center; gap: 8px; color: var(--c-muted); font-size: 14px; }
.pick select { font: inherit; color: var(--c-text); background: var(--c-bg); border: 1px solid var(--c-edge); border-radius: 8px; padding: 5px 8px; min-block-size: 36px; }
.manners { display: inline-flex; padding: 3px; border: 1px solid var(--c-edge); border-radius: 10px; }
.manners button, .tabs button { font: inherit; font-size: 14px; font-weight: 550; color: var(--c-text); background: transparent; border: 0; border-radius: 7px; padding: 5px 12px; min-block-size: 32px; cursor: pointer; }
.manners button:hover, .tabs button:hover { background: var(--c-tint); }
.manners [aria-pressed="true"] { background: var(--c-fill); color: var(--c-on); }
.manners [aria-pressed="true"]:hover { background: var(--c-fill); }
.columns { display: grid; grid-template-columns: minmax(0, 460px) minmax(0, 1fr); gap: 24px; padding: 24px; align-items: start; max-inline-size: 1500px; inline-size: 100%; margin-inline: auto; }
.phone { background: var(--c-bg); border: 1px solid var(--c-line); border-radius: 18px; box-shadow: 0 8px 30px rgb(0 0 0 / .08); overflow: clip; font-size: 16px; }
.phone h2 { padding: 16px 20px 0; font-size: 19px; line-height: 1.3; }
.phone .inside { padding: 16px 20px 20px; display: flex; flex-direction: column; gap: 16px; }
.phone .check { font-weight: 550; }
.panel { background: var(--c-bg); border: 1px solid var(--c-line); border-radius: 14px; overflow: clip; position: sticky; inset-block-start: 24px; max-block-size: calc(100dvh - 48px); display: flex; flex-direction: column; }
.tabs { display: flex; flex-wrap: wrap; gap: 4px; padding: 8px; border-block-end: 1px solid var(--c-line); }
.tabs [aria-selected="true"] { background: var(--c-tint); color: var(--c-ink); box-shadow: inset 0 -2px var(--c-ink); }
.sheet { overflow: auto; padding: 16px; min-block-size: 12em; }
.sheet pre { margin: 0; font: 13px/1.55 ui-monospace, monospace; white-space: pre-wrap; overflow-wrap: anywhere; }
.sheet table { border-collapse: collapse; inline-size: 100%; font-size: 14px; }
.sheet th { text-align: start; font-weight: 600; color: var(--c-muted); font-size: 13px; padding: 4px 12px 8px 0; }
.sheet td { vertical-align: top; padding: 7px 12px 7px 0; border-block-start: 1px solid var(--c-line); overflow-wrap: anywhere; }
.sheet code { font: 13px/1.6 ui-monospace, monospace; }
.sheet p + table, .sheet table + table { margin-block-start: 12px; }
.sheet td > p { font: 13px/1.4 system-ui; color: var(--c-muted); max-inline-size: 34ch; overflow: hidden; text-overflow: ellipsis; white-space: nowrap; }
.sheet tr.off td { color: var(--c-muted); }
.sheet tr.decides td { background: var(--c-tint); font-weight: 600; }
.sheet tr.decides td:first-child { box-shadow: inset 3px 0 var(--c-ink); padding-inline-start: 10px; }
.sheet ul { margin: 4px 0 0; padding: 0; list-style: none; font: 13px/1.6 ui-monospace, monospace; }
.holds::before { content: "✓ " / "holds: "; color: var(--c-good); font-weight: 700; }
.fails::before { content: "✗ " / "does not hold: "; color: var(--c-danger); font-weight: 700; }
.state { display: inline-block; border-radius: 99px; padding: 0 9px; font-size: 13px; background: var(--c-tint); white-space: nowrap; }
.off .state { background: transparent; box-shadow: inset 0 0 0 1px var(--c-line); }
.outcome { border-inline-start: 4px solid var(--c-ink); background: var(--c-tint); border-radius: 8px; padding: 12px 16px; margin-block-end: 16px; display: flex; flex-direction: column; gap: 4px; }
.outcome.stops { border-color: var(--c-danger); background: var(--c-danger-bg); color: var(--c-danger); }
.outcome b { font-size: 17px; }
.outcome span { font-size: 14px; }
.none { color: var(--c-muted); }
.refused { max-inline-size: 70ch; margin: 40px auto; padding: 24px; background: var(--c-bg); border: 1px solid var(--c-line); border-radius: 14px; display: flex; flex-direction: column; gap: 12px; }
.refused ul { margin: 0; padding-inline-start: 1.2em; font: 14px/1.7 ui-monospace, monospace; overflow-wrap: anywhere; }
@media (max-width: 900px) {
  .columns { grid-template-columns: minmax(0, 1fr); padding: 12px; }
  .bar { padding: 12px; }
  .panel { position: static; max-block-size: none; }
}
@media (forced-colors: active) {
  .manners [aria-pressed="true"], .tabs [aria-selected="true"] { outline: 2px solid Highlight; outline-offset: -2px; }
  .phone, .panel { border: 1px solid CanvasText; }
}
`;
