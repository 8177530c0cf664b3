/** Styles of the shared parts: controls, transcript, composer. Logical properties only, so that right-to-left needs nothing; colours from `tokens.ts`. */
import { buttonStyles } from './button-styles.js';
import { css } from './css.js';

/** Kinds of buttons, notices. */
export const noticeStyles = css`
.sr-only { position: absolute !important; inline-size: 1px; block-size: 1px; margin: -1px; padding: 0; overflow: hidden; clip-path: inset(50%); white-space: nowrap; border: 0; }
svg.icon { inline-size: 1.25em; block-size: 1.25em; flex: none; }
.button { display: inline-flex; align-items: center; justify-content: center; gap: .5em; text-decoration: none; transition: background-color .15s; }
.button:hover { background: color-mix(in srgb, var(--c-fill), #000 14%); }
.icon-button { font: inherit; flex: none; }
.icon-button:hover { background: color-mix(in srgb, currentcolor 12%, transparent); }
.button:active { transform: translateY(1px); }
.button.quiet { background: transparent; color: var(--c-ink); border-color: color-mix(in srgb, var(--c-ink) 45%, transparent); }
.button.quiet:hover { background: var(--c-tint); }
.button.small { min-block-size: 36px; padding: .25em .9em; font-size: .88em; }
.button[aria-disabled="true"], .button:disabled { opacity: .6; cursor: default; }
.notice { display: flex; flex-wrap: wrap; align-items: center; gap: .25em .75em; margin: 0; padding: .55em 1em; background: var(--c-notice-bg); color: var(--c-notice); font-size: .88em; line-height: 1.4; }
.notice.bad { background: var(--c-danger-bg); color: var(--c-danger); }
.notice .icon { inline-size: 1.2em; }
.notice > span { flex: 1 1 9em; }
.notice .button { color: inherit; border-color: currentcolor; background: transparent; }
@media (forced-colors: active) {
  .button, .icon-button { border: 1px solid ButtonText; }
  .notice { border-block-end: 1px solid; }
}
`;

/** Buttons, notices, visually hidden text: the desk's first sheet. */
export const controlStyles = buttonStyles + noticeStyles;

/** Transcript, bubbles, day lines, typing. */
export const transcriptStyles = css`
.transcript { position: relative; flex: 1 1 auto; min-block-size: 0; overflow: hidden auto; overscroll-behavior: contain; overflow-anchor: none; display: flex; flex-direction: column; scrollbar-width: thin; scrollbar-color: var(--c-edge) transparent; }
.transcript:focus-visible { outline-offset: -3px; }
/* As tall as what is in it, never stretched: its size is how the scroll controller learns that something came. */
.transcript-content { flex: 0 0 auto; display: flex; flex-direction: column; padding: 1em 1em .75em; }
.transcript p { margin: 0; }
.older { display: flex; justify-content: center; padding-block-end: .75em; }
.day, .unread-line { display: flex; align-items: center; gap: .75em; margin-block: 1.1em .5em !important; color: var(--c-muted); font-size: .82em; font-weight: 600; text-align: center; }
.day:first-child { margin-block-start: 0 !important; }
.day::before, .day::after, .unread-line::before, .unread-line::after { content: ""; flex: 1; border-block-start: 1px solid var(--c-line); }
.unread-line { color: var(--c-ink); }
.unread-line::before, .unread-line::after { border-color: currentcolor; opacity: .5; }
.message { display: flex; flex-direction: column; align-items: flex-start; max-inline-size: 100%; margin-block-start: .25em; animation: care-in .18s ease-out; }
.message.first { margin-block-start: .9em; }
.message.mine { align-items: flex-end; }
.sender { display: flex; flex-wrap: wrap; align-items: center; gap: .1em .5em; margin-block-end: .35em !important; font-size: .88em; line-height: 1.3; }
.sender b { font-weight: 650; }
.sender > span:not(.avatar) { color: var(--c-muted); }
.avatar { display: inline-grid; place-items: center; inline-size: 2.1em; block-size: 2.1em; border-radius: 50%; background: color-mix(in srgb, var(--c-ink) 15%, var(--c-bg)); color: var(--c-text); font-size: .88em; font-weight: 700; flex: none; }
.avatar.visitor { background: var(--c-bubble); color: var(--c-muted); }
.bubble { max-inline-size: min(86%, 34em); padding: .55em .95em .6em; border-radius: var(--c-radius); background: var(--c-bubble); color: var(--c-text); overflow-wrap: anywhere; white-space: pre-wrap; }
.theirs.last .bubble { border-end-start-radius: 6px; }
.mine .bubble { background: var(--c-fill); color: var(--c-on); }
.mine.last .bubble { border-end-end-radius: 6px; }
.bubble a { color: inherit; text-decoration: underline; text-underline-offset: .15em; font-weight: 550; }
.theirs .bubble a { color: var(--c-ink); }
.mine .bubble a:focus-visible { outline-color: var(--c-on); outline-offset: 1px; }
.bubble.gone { background: transparent; color: var(--c-muted); border: 1px dashed var(--c-edge); font-style: italic; }
.meta { display: flex; flex-wrap: wrap; align-items: center; gap: .15em .6em; margin-block-start: .3em !important; padding-inline: .35em; color: var(--c-muted); font-size: .8em; line-height: 1.4; }
.mine .meta { justify-content: flex-end; }
.state { display: inline-flex; align-items: center; gap: .3em; }
.state .icon { inline-size: 1.15em; block-size: 1.15em; }
.state.read { color: var(--c-ink); }
.state.failed { color: var(--c-danger); font-weight: 650; }
.why { flex-basis: 100%; text-align: end; color: var(--c-danger); }
.fix { display: flex; gap: .5em; font-size: 1.1em; padding-block: .25em; }
.system { align-self: center; max-inline-size: 90%; margin-block: .9em .4em !important; color: var(--c-muted); font-size: .85em; text-align: center; }
.older .system { margin: 0 !important; }
.typing { display: flex; align-items: center; gap: .6em; margin-block-start: .75em !important; color: var(--c-muted); font-size: .88em; }
.typing-dots { display: inline-flex; gap: 4px; padding: .6em .75em; border-radius: var(--c-radius); background: var(--c-bubble); }
.typing-dots i { inline-size: 7px; block-size: 7px; border-radius: 50%; background: var(--c-muted); animation: care-dot 1.2s infinite ease-in-out; }
.typing-dots i:nth-child(2) { animation-delay: .15s; }
.typing-dots i:nth-child(3) { animation-delay: .3s; }
.jump { position: sticky; inset-block-end: 0; display: flex; justify-content: center; pointer-events: none; padding-block-end: .6em; margin-block-start: -3.2em; }
.jump-button { pointer-events: auto; display: inline-flex; align-items: center; gap: .4em; min-block-size: 44px; padding: .3em 1.1em .3em .8em; border: 1px solid var(--c-line); border-radius: 999px; background: var(--c-surface); color: var(--c-ink); font: inherit; font-size: .88em; font-weight: 600; box-shadow: 0 2px 10px rgb(40 30 20 / .2); cursor: pointer; }
@keyframes care-in { from { opacity: 0; transform: translateY(6px); } }
@keyframes care-dot { 0%, 60%, 100% { transform: none; opacity: .55; } 30% { transform: translateY(-4px); opacity: 1; } }
@media (forced-colors: active) {
  .bubble, .avatar, .typing-dots { border: 1px solid CanvasText; }
  .mine .bubble { border-width: 2px; }
}
`;

/** The composer. 17 px text: below 16 px, Safari on iOS zooms the page. */
export const composerStyles = css`
.composer { flex: none; padding: .6em .75em calc(.7em + env(safe-area-inset-bottom, 0px)); border-block-start: 1px solid var(--c-line); background: var(--c-surface); }
.composer-row { display: flex; align-items: flex-end; gap: .5em; padding: 3px; border: 1.5px solid var(--c-edge); border-radius: calc(var(--c-radius) + 9px); background: var(--c-bg); transition: border-color .15s, box-shadow .15s; }
.composer-row:focus-within { border-color: var(--c-ink); box-shadow: 0 0 0 2px color-mix(in srgb, var(--c-ink) 30%, transparent); }
.composer-field { flex: 1 1 auto; min-inline-size: 0; min-block-size: 46px; max-block-size: min(9.5em, 32vh); margin: 0; padding-block: .58em .5em; padding-inline: .9em .3em; border: 0; outline: 0 !important; background: transparent; color: inherit; font: inherit; font-size: max(16px, 1em); line-height: 1.45; resize: none; overflow-y: auto; }
.composer-field::placeholder { color: var(--c-muted); opacity: 1; }
.composer-send { display: grid; place-items: center; flex: none; inline-size: 46px; block-size: 46px; padding: 0; border: 0; border-radius: 50%; background: var(--c-fill); color: var(--c-on); cursor: pointer; font-size: 1.1em; transition: background-color .15s, color .15s; }
.composer-send[aria-disabled="true"] { background: var(--c-bubble); color: var(--c-muted); cursor: default; }
.composer-send .icon:dir(rtl) { transform: scaleX(-1); }
.composer-hint p { margin: .45em .5em 0; font-size: .85em; line-height: 1.4; color: var(--c-muted); }
.composer-hint .bad { color: var(--c-danger); font-weight: 600; }
@media (forced-colors: active) {
  .composer-row:focus-within { outline: 2px solid Highlight; }
  .composer-field::placeholder { color: GrayText; }
  .composer-send { border: 1px solid ButtonText; }
}
`;
