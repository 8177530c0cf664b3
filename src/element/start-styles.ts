/** Styles of the views before a conversation; a returning visitor does not load them. */
import { css } from '../ui/css.js';

export const startStyles = css`
.page { flex: 1 1 auto; min-block-size: 0; overflow: hidden auto; overscroll-behavior: contain; display: flex; flex-direction: column; gap: 1.1em; padding: 1.4em 1.25em 1.25em; scrollbar-width: thin; scrollbar-color: var(--c-edge) transparent; }
.page:focus-visible, .page h3:focus-visible { outline: 0; }
.page p { margin: 0; }
.page h3 { margin: 0; font-size: 1.4em; line-height: 1.25; font-weight: 680; letter-spacing: -.01em; text-wrap: balance; }
.welcome h3 { font-size: 1.6em; }
.hero { display: grid; gap: .5em; }
.card { display: grid; gap: .5em; padding: 1em 1.1em; border: 1px solid var(--c-line); border-radius: var(--c-radius); background: var(--c-surface); }
.availability { grid-template-columns: 1fr auto; align-items: center; }
.availability .now { display: flex; align-items: center; gap: .6em; font-weight: 620; }
.dot { inline-size: .7em; block-size: .7em; border-radius: 50%; background: var(--c-edge); flex: none; }
.dot.on { background: var(--c-good); box-shadow: 0 0 0 4px color-mix(in srgb, var(--c-good) 22%, transparent); }
.availability .more { grid-column: 1 / -1; color: var(--c-muted); font-size: .92em; }
.faces { display: flex; }
.faces .avatar { border: 2px solid var(--c-surface); margin-inline-start: -.55em; inline-size: 2.5em; block-size: 2.5em; }
.choices { display: grid; gap: .5em; margin: 0; padding: 0; border: 0; min-inline-size: 0; }
.choices legend { padding: 0; margin-block-end: .5em; font-weight: 620; }
.choice { display: flex; align-items: center; gap: .7em; min-block-size: 50px; padding: .5em .9em; border: 1.5px solid var(--c-line); border-radius: 14px; background: var(--c-surface); cursor: pointer; }
.choice:hover { border-color: var(--c-edge); }
.choice:has(:checked) { border-color: var(--c-ink); background: var(--c-tint); }
.choice:has(:focus-visible) { outline: 3px solid var(--c-ink); outline-offset: 2px; }
.choice input { inline-size: 22px; block-size: 22px; margin: 0; flex: none; accent-color: var(--c-ink); outline: 0; }
.choice small { margin-inline-start: auto; color: var(--c-muted); font-size: .82em; text-align: end; }
.privacy .icon { align-self: center; }
.privacy .icon + span { flex: 1 1 10em; }
.consent-text { max-block-size: 15em; overflow: auto; white-space: pre-line; font-size: .95em; }
.privacy { display: flex; flex-wrap: wrap; gap: .2em .6em; align-items: baseline; color: var(--c-muted); font-size: .88em; }
.privacy a { display: inline-block; padding-block: .55em; color: var(--c-ink); font-weight: 600; text-underline-offset: .2em; }
.start-fallback { flex: none; max-block-size: 40%; overflow: auto; }
.start-fallback:not(:has(.fallback)) { padding: .5em 1.25em; }
.start-fallback .fallback { border-width: 1px 0 0; border-radius: 0; }
.panel:has(.asked) { overflow-y: auto; container: care / size; }
.chat:has(.asked) .transcript { flex-basis: 0; min-block-size: 4em; }
.asked { flex: 0 9 auto; min-block-size: 6em; max-block-size: 62%; overflow: auto; padding: .9em 1.1em; border-block-start: 1px solid var(--c-line); background: var(--c-bg); }
.asked-title { margin: 0 0 .6em; font-size: 1.1em; overflow-wrap: anywhere; }
.asked .notice { margin-block-end: .9em; }
.asked-foot { display: flex; flex-wrap: wrap; gap: .5em; margin-block-start: .9em; }
.receipt { margin: 0; }
.receipt dt { color: var(--c-muted); font-size: .92em; }
.receipt dd { margin: 0; font-size: 1.15em; font-weight: 650; }
.receipt bdi { letter-spacing: .06em; }
.first-words { flex: 1 1 auto; min-block-size: 0; display: flex; flex-direction: column-reverse; overflow: hidden auto; padding: .4em 1em; }
.first-words > div { margin-block-end: auto; }
.welcome:has(~ .first-words) { display: none; }
.spring { flex: 1; }
.foot { flex-wrap: wrap; }
.foot .button { flex: 1 1 auto; padding-inline: 1em; }
.foot .button.quiet { flex: 0 1 auto; }
.foot .button.open-check { flex: 1 1 auto; }
/* Where the chat, the question and the field do not fit together, the panel scrolls, and nothing in it but what was said. */
@container care (max-height: 400px) {
  .body { flex: 1 0 auto; }
  .transcript { flex: 1 0 8em; overscroll-behavior: auto; }
  .asked { flex: none; max-block-size: none; overflow: visible; }
}
/* Where they do, what was said gives way first, then the question, and last the note with a number, of which the number comes first. */
@container care (min-height: 480.1px) {
  .chat:has(.asked):has(.red-flag) .transcript { min-block-size: 1em; }
  .chat:has(.red-flag) .asked { min-block-size: clamp(5.4em, 60cqh - 14em, 9em); }
  .chat:has(.asked) .red-flag { flex-shrink: 1; min-block-size: 7em; }
}
@container care (max-height: 640px) {
  .asked ~ .red-flag .red-flag-numbers { order: -1; }
  .asked ~ .red-flag .red-flag-title { order: -2; }
  .asked ~ .bot-line { flex-wrap: nowrap; }
}
@media (max-width: 360px) {
  .page { padding-inline: 1em; }
  .availability { grid-template-columns: 1fr; }
}
@media (forced-colors: active) {
  .dot { border: 1px solid CanvasText; }
  .dot.on { background: CanvasText; }
  .card, .choice { border-color: CanvasText; }
}
`;
