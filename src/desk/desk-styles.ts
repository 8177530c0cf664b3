/** The desk's own styles: denser than the patient's widget, same tokens. Layout answers to the element's width, not the window's. Logical properties only. */
import { css } from '../ui/css.js';

/** Frame, header, notices, sign in. */
export const shellStyles = css`
:host { display: block; block-size: 100%; min-block-size: 16rem; overflow: hidden; }
:host([hidden]) { display: none; }
.care-root { --c-radius: var(--care-radius, 16px); container-type: inline-size; position: relative; block-size: 100%; font-size: var(--care-font-size, .9375rem); line-height: 1.45; background: var(--c-bg); }
.desk { position: relative; display: grid; grid-template-rows: auto auto minmax(0, 1fr); block-size: 100%; }
h1, h2, h3, p, ul, dl, dd, fieldset { margin: 0; padding: 0; }
ul { list-style: none; }
fieldset { border: 0; min-inline-size: 0; }
.muted { color: var(--c-muted); }
.small { font-size: .88em; }
.good { color: var(--c-good); font-weight: 600; }
.bad { color: var(--c-danger); }
.clip { overflow: hidden; text-overflow: ellipsis; white-space: nowrap; min-inline-size: 0; }
.clip-2 { display: -webkit-box; -webkit-box-orient: vertical; -webkit-line-clamp: 2; overflow: hidden; }
.line { display: flex; align-items: baseline; justify-content: space-between; gap: .6em; min-inline-size: 0; }
.button { min-block-size: 44px; padding: .4em 1.2em; }
.button.small { min-block-size: 36px; padding: .2em 1em; font-size: .92em; white-space: nowrap; }
.button.small .icon { inline-size: 1.15em; block-size: 1.15em; }
.button.quiet { border-color: color-mix(in srgb, var(--c-ink) 38%, transparent); }
.button.wide { inline-size: 100%; }
.icon-button { inline-size: 40px; block-size: 40px; }
.tag { display: inline-block; padding: .05em .65em; border-radius: 99px; background: var(--c-tint); color: var(--c-ink); font-size: .82rem; font-weight: 600; line-height: 1.6; white-space: nowrap; }
.tag.waiting { background: var(--c-notice-bg); color: var(--c-notice); }
.tag.priority.high { background: var(--c-notice-bg); color: var(--c-notice); }
.tag.priority.urgent { background: var(--c-danger-bg); color: var(--c-danger); }
.tag.closed { background: var(--c-bubble); color: var(--c-muted); }
.dot { display: inline-block; inline-size: .6em; block-size: .6em; border-radius: 50%; background: var(--c-edge); flex: none; }
.dot.online { background: #2f9e62; }
.dot.away { background: #d9962a; }
.skip { position: absolute; z-index: 9; inset-block-start: .5rem; inset-inline-start: .5rem; padding: .6em 1.2em; border: 0; border-radius: 99px; background: var(--c-surface); color: var(--c-ink); font: inherit; font-weight: 600; box-shadow: var(--c-shadow); }
.skip:not(:focus) { inline-size: 1px; block-size: 1px; padding: 0; overflow: hidden; clip-path: inset(50%); }

.top { position: relative; z-index: 4; display: flex; align-items: center; gap: .35rem; min-block-size: 54px; padding: .35rem max(.6rem, env(safe-area-inset-right, 0px)) .35rem max(1rem, env(safe-area-inset-left, 0px)); background: var(--c-fill); color: var(--c-on); }
.top :focus-visible { outline-color: currentcolor; outline-offset: 2px; }
.clinic { display: flex; align-items: center; gap: .6em; margin-inline-end: auto; min-inline-size: 0; font-size: 1.06em; font-weight: inherit; letter-spacing: -.005em; }
.clinic b { font-weight: 650; overflow: hidden; text-overflow: ellipsis; white-space: nowrap; }
.mark { inline-size: 1.75em; block-size: 1.75em; flex: none; }
.mark-cross { stroke: var(--c-fill); }
.state-switch { display: flex; padding: 3px; border-radius: 99px; background: rgb(0 0 0 / .22); margin-inline-end: .35rem; }
.state-option { position: relative; display: block; cursor: pointer; }
.state-option input { position: absolute; inset: 0; inline-size: 100%; block-size: 100%; margin: 0; opacity: 0; cursor: pointer; }
.state-option span { display: flex; align-items: center; gap: .5em; min-block-size: 32px; padding: 0 .95em; border-radius: 99px; font-weight: 600; font-size: .92em; white-space: nowrap; }
.state-option .dot { background: transparent; box-shadow: inset 0 0 0 2px currentcolor; opacity: .75; }
.state-option input:checked + span { background: #fff; color: #1d2b29; box-shadow: 0 1px 3px rgb(0 0 0 / .25); }
.state-option.online input:checked + span .dot { background: #23864f; box-shadow: none; opacity: 1; }
.state-option.away input:checked + span .dot { background: #b8770f; box-shadow: none; opacity: 1; }
.state-option input:focus-visible + span { outline: 3px solid currentcolor; outline-offset: 2px; }
.top .icon-button .icon { inline-size: 1.4em; block-size: 1.4em; }
.menu-anchor { position: relative; display: inline-flex; }
.me { display: flex; align-items: center; gap: .6em; min-block-size: 42px; padding: .2em .9em .2em .3em; padding-inline: .3em .9em; border: 0; border-radius: 99px; background: transparent; color: inherit; font: inherit; text-align: start; cursor: pointer; }
.me:hover, .me[aria-expanded="true"] { background: rgb(255 255 255 / .14); }
.me .avatar { inline-size: 2.7em; block-size: 2.7em; background: rgb(255 255 255 / .92); color: #0e4f4b; font-size: .8em; }
.me-text { display: grid; line-height: 1.2; }
.me-text b { font-weight: 650; } .me-text span { font-size: .85em; }
.popover { position: absolute; z-index: 6; inset-block-start: calc(100% + 6px); inset-inline-end: 0; inline-size: max-content; min-inline-size: 15rem; max-inline-size: min(22rem, 92cqi); max-block-size: min(30rem, 70vh); overflow: auto; padding: .4rem; border: 1px solid var(--c-line); border-radius: 14px; background: var(--c-surface); color: var(--c-text); box-shadow: var(--c-shadow); }
.popover :focus-visible { outline-color: var(--c-ink); outline-offset: -2px; }
.menu-item { display: flex; align-items: center; gap: .7em; inline-size: 100%; min-block-size: 44px; padding: .35em .75em; border: 0; border-radius: 10px; background: transparent; color: inherit; font: inherit; text-align: start; cursor: pointer; }
.menu-item:hover { background: var(--c-tint); }
.menu-item .icon { color: var(--c-ink); }
.menu-item.ruled { border-block-start: 1px solid var(--c-line); border-start-start-radius: 0; border-start-end-radius: 0; margin-block-start: .3rem; }
.menu-title, .menu-note { padding: .5em .75em .3em; color: var(--c-muted); font-size: .88em; font-weight: 600; }
.menu-note { font-weight: 400; }
.who { display: grid; padding: .5em .75em .7em; margin-block-end: .4rem; border-block-end: 1px solid var(--c-line); line-height: 1.4; }
.who span { color: var(--c-muted); font-size: .9em; text-align: start; }
.check { display: flex; align-items: center; gap: .7em; min-block-size: 44px; padding: .35em .75em; border-radius: 10px; cursor: pointer; }
.check:hover { background: var(--c-tint); }
.check input { inline-size: 1.2em; block-size: 1.2em; margin: 0; accent-color: var(--c-ink); flex: none; }
.language { display: flex; align-items: center; gap: .6em; padding: .2em .75em; }
.language .icon { color: var(--c-ink); }
select, input:not([type="checkbox"], [type="radio"]) { min-block-size: 42px; padding: .3em .8em; border: 1.5px solid var(--c-edge); border-radius: 10px; background: var(--c-bg); color: var(--c-text); font: inherit; font-size: max(1em, 16px); inline-size: 100%; }
select { cursor: pointer; inline-size: auto; flex: 1; }
input:focus-visible { outline-offset: 0 !important; }
input[aria-invalid] { border-color: var(--c-danger); }
@media (pointer: fine) { select, input:not([type="checkbox"], [type="radio"]) { font-size: 1em; min-block-size: 38px; } }

.notices .notice { border-block-end: 1px solid var(--c-line); padding-block: .4em; font-size: .95em; }
.notices .notice .icon-button { inline-size: 36px; block-size: 36px; }
.toast { position: absolute; z-index: 5; inset-block-end: 6.2rem; inset-inline: 0; margin-inline: auto; inline-size: fit-content; max-inline-size: min(34rem, calc(100% - 2rem)); display: flex; align-items: center; gap: .6em; padding: .35em .5em .35em 1.2em; padding-inline: 1.2em .5em; border-radius: 99px; background: var(--c-text); color: var(--c-bg); box-shadow: var(--c-shadow); animation: care-in .18s ease-out; }
.toast p { padding-block: .3em; }
.toast.bad { border: 1px solid currentcolor; background: var(--c-danger-bg); color: var(--c-danger); font-weight: 600; }
.help { inline-size: min(32rem, calc(100vw - 2rem)); max-block-size: calc(100dvh - 2rem); padding: 1rem 1.4rem 1.2rem; border: 1px solid var(--c-line); border-radius: 20px; background: var(--c-surface); color: var(--c-text); box-shadow: var(--c-shadow); }
.help::backdrop { background: rgb(20 16 12 / .45); }
.help-top { display: flex; align-items: center; justify-content: space-between; margin-block-end: .4rem; }
.help h2 { font-size: 1.2em; }
.keys > div { display: grid; grid-template-columns: minmax(9.4em, auto) 1fr; gap: 1em; align-items: center; padding-block: .45em; border-block-end: 1px solid var(--c-line); }
.keys dt { direction: ltr; }
.keys dt span { margin-inline: .35em; }
:dir(rtl) > .keys dt { text-align: end; }
kbd { display: inline-block; min-inline-size: 2em; padding: .1em .55em; border: 1px solid var(--c-edge); border-block-end-width: 2px; border-radius: 7px; background: var(--c-bg); font: inherit; font-size: .88em; font-weight: 600; text-align: center; }
.help .check { margin-block-start: .6rem; padding-inline: 0; }
.help .check:hover { background: none; }

.sign-in { display: grid; align-content: center; justify-items: center; gap: 1rem; min-block-size: 100%; block-size: 100%; overflow: auto; padding: 1.5rem 1rem; background: radial-gradient(120% 70% at 50% 0%, color-mix(in srgb, var(--c-ink) 14%, var(--c-bg)), var(--c-bg) 70%); }
.sign-in-card { inline-size: min(25rem, 100%); display: grid; gap: .9rem; padding: 2rem clamp(1.1rem, 5vw, 2.1rem) 2.1rem; border: 1px solid var(--c-line); border-radius: 24px; background: var(--c-surface); box-shadow: 0 1px 2px rgb(40 30 20 / .06), 0 18px 50px rgb(40 30 20 / .1); }
.sign-in-mark { color: var(--c-fill); font-size: 1.6rem; line-height: 0; }
.sign-in-mark .mark-cross { stroke: #fff; }
.sign-in h1 { font-size: 1.5rem; line-height: 1.2; letter-spacing: -.015em; font-weight: 680; text-wrap: balance; }
.sign-in-intro { color: var(--c-muted); margin-block-start: -.5rem; }
.sign-in-problem:empty { display: none; }
.sign-in-problem .notice { border-radius: 12px; align-items: flex-start; font-size: .95em; }
.sign-in .button.wide { min-block-size: 48px; margin-block-start: .4rem; font-size: 1.05em; }
.sign-in input { min-block-size: 46px; font-size: max(1.05em, 16px); }
.field { display: grid; gap: .3rem; min-inline-size: 0; }
.field label { font-weight: 600; font-size: .92em; }
.field-problem { color: var(--c-danger); font-size: .9em; font-weight: 600; }
.password { position: relative; }
.password input { padding-inline-end: 3.2em; }
:dir(rtl) > .password input { padding: .3em .8em .3em 3.2em; }
.password .icon-button { position: absolute; inset-block: 0; inset-inline-end: 3px; margin-block: auto; color: var(--c-muted); }
.opening { display: grid; gap: .8rem; justify-items: start; }
.opening .notice { border-radius: 12px; justify-self: stretch; }
.sign-in-language select { background: transparent; border-color: transparent; color: inherit; }
.sign-in-language .language:hover select { border-color: var(--c-edge); }
@media (forced-colors: active) {
  .state-option input:checked + span { forced-color-adjust: none; background: Highlight; color: HighlightText; }
  .popover, .toast, .sign-in-card, .tag, .help { border: 1px solid CanvasText; }
  .top { border-block-end: 1px solid CanvasText; }
  .dot { forced-color-adjust: none; }
}
`;

/** Columns, lists, conversation, details. */
export const columnStyles = css`
.columns { position: relative; display: grid; grid-template-columns: minmax(17rem, 21.5rem) minmax(0, 1fr); grid-template-rows: minmax(0, 1fr); min-block-size: 0; overflow: hidden; }
.lists { display: flex; flex-direction: column; min-block-size: 0; border-inline-end: 1px solid var(--c-line); background: var(--c-bg); }
.tabs { display: flex; gap: .3rem; padding: .5rem .8rem 0; border-block-end: 1px solid var(--c-line); }
.tab { position: relative; display: flex; align-items: center; gap: .5em; min-block-size: 42px; padding: .2em .9em; border: 0; background: none; color: var(--c-muted); font: inherit; font-weight: 600; cursor: pointer; border-radius: 10px 10px 0 0; }
.tab:hover { color: var(--c-text); }
.tab[aria-selected="true"] { color: var(--c-ink); }
.tab[aria-selected="true"]::after { content: ""; position: absolute; inset-inline: .6em; inset-block-end: -1px; block-size: 3px; border-radius: 3px 3px 0 0; background: var(--c-ink); }
.tab .dot { background: var(--c-danger); }
.lists-scroll { flex: 1; min-block-size: 0; overflow: hidden auto; padding: .3rem .7rem 1.2rem; scrollbar-width: thin; scrollbar-color: var(--c-edge) transparent; }
.lists-scroll:focus { outline: 0; }
.list-section { padding-block-start: .9rem; }
.list-section > h2 { display: flex; align-items: center; gap: .55em; padding-inline: .5rem; margin-block-end: .5rem; font-size: .93em; font-weight: 680; }
.count { min-inline-size: 1.7em; padding: 0 .5em; border-radius: 99px; background: var(--c-bubble); color: var(--c-muted); font-size: .88em; line-height: 1.7; text-align: center; font-variant-numeric: tabular-nums; }
.count.hot { background: var(--c-fill); color: var(--c-on); }
.empty { padding: .35rem .5rem; color: var(--c-muted); }
.waiting-list { display: grid; gap: .45rem; align-content: start; }
/* A long queue must not push one's own chats out of sight: each list gets what it needs, and of what is too little for both no less than half. */
@media (min-height: 34rem) {
  .lists-scroll.shared { display: grid; grid-template-columns: minmax(0, 1fr); grid-template-rows: minmax(0, max-content) minmax(0, max-content); overflow: hidden; }
  .lists-scroll.shared .list-section { display: flex; flex-direction: column; min-block-size: 0; }
  .lists-scroll.shared .list-section > h2 { flex: none; }
  .lists-scroll.shared .list-section > ul { flex: 0 1 auto; min-block-size: 0; margin-inline: -.35rem; padding: 1px .35rem .35rem; overflow: hidden auto; scrollbar-width: thin; scrollbar-color: var(--c-edge) transparent; }
}
.waiting-entry { display: flex; align-items: stretch; gap: .6rem; padding: .5rem .7rem .55rem; border: 1px solid var(--c-line); border-radius: 14px; background: var(--c-surface); box-shadow: 0 1px 2px rgb(40 30 20 / .05); animation: care-in .2s ease-out; position: relative; }
.waiting-entry.current { border-color: var(--c-ink); box-shadow: 0 0 0 1px var(--c-ink); }
.waiting-open { flex: 1 1 auto; display: grid; align-content: start; gap: .2rem; min-inline-size: 0; padding: 0; border: 0; background: none; color: inherit; font: inherit; text-align: start; cursor: pointer; border-radius: 8px; }
.check-line { overflow-wrap: anywhere; }
.waiting-open::before { content: ""; position: absolute; inset: 0; border-radius: inherit; }
.waiting-side { position: relative; display: flex; flex-direction: column; align-items: flex-end; justify-content: space-between; gap: .5rem; flex: none; pointer-events: none; }
.waiting-side .button { pointer-events: auto; }
.waiting-open > b { justify-self: start; font-size: 1.02em; overflow-wrap: anywhere; }
.waiting-open .line.small { flex-wrap: wrap; justify-content: flex-start; align-items: center; gap: .2em .6em; }
.waited { display: inline-flex; align-items: center; gap: .3em; color: var(--c-muted); font-variant-numeric: tabular-nums; font-size: .92em; font-weight: 600; white-space: nowrap; }
.waited .icon { inline-size: 1.05em; block-size: 1.05em; }
.waited.late { color: var(--c-danger); }
.reason { justify-self: start; display: -webkit-box; -webkit-box-orient: vertical; -webkit-line-clamp: 2; overflow: hidden; color: var(--c-text); overflow-wrap: anywhere; }
.chat-list { display: grid; gap: 1px; }
.chat { display: flex; align-items: flex-start; gap: .75em; inline-size: 100%; padding: .6rem .6rem; border: 0; border-radius: 12px; background: transparent; color: inherit; font: inherit; text-align: start; cursor: pointer; }
.chat:hover { background: var(--c-tint); }
.chat[aria-current] { background: color-mix(in srgb, var(--c-ink) 14%, var(--c-bg)); }
.chat:focus-visible { outline-offset: -2px; }
.chat-text { flex: 1; min-inline-size: 0; display: grid; gap: .05rem; }
.chat time { font-size: .85em; white-space: nowrap; }
.chat b { font-weight: 620; }
.chat .preview { display: flex; gap: .35em; min-inline-size: 0; color: var(--c-muted); }
.chat.fresh b { font-weight: 750; }
.chat.fresh .preview { color: var(--c-text); font-weight: 600; }
.typing-text { color: var(--c-ink); font-style: italic; }
.chat .good { font-weight: 500; }
.chat[aria-current] .good { color: color-mix(in srgb, var(--c-good), var(--c-text) 35%); }
.badge { min-inline-size: 1.65em; padding: 0 .45em; border-radius: 99px; background: var(--c-fill); color: var(--c-on); font-size: .84em; font-weight: 700; line-height: 1.65; text-align: center; font-variant-numeric: tabular-nums; flex: none; }
.person { position: relative; display: inline-flex; flex: none; }
.person .avatar { inline-size: 2.7em; block-size: 2.7em; background: color-mix(in srgb, var(--c-ink) 16%, var(--c-bubble)); color: var(--c-text); font-size: .88em; }
.chat[aria-current] .avatar { background: color-mix(in srgb, var(--c-ink) 34%, var(--c-bubble)); }
.presence { position: absolute; inset-block-end: -1px; inset-inline-end: -2px; inline-size: .6em; block-size: .6em; border: 2px solid var(--c-bg); box-sizing: content-box !important; }
.search { display: grid; gap: .7rem; padding-inline: .5rem; }
.search .button { justify-self: start; }
.field-pair { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(100%, 8.2rem), 1fr)); gap: .6rem; }
.field-pair input[type="date"] { min-inline-size: 0; padding-inline: .5em; font-size: .93em; }
.list-section > .notice { margin: .8rem .5rem 0; border-radius: 12px; }
.more { display: flex; justify-content: center; padding-block: .7rem; }

.conversation { display: flex; flex-direction: column; min-inline-size: 0; min-block-size: 0; background: var(--c-surface); }
.conversation-top { position: relative; z-index: 3; flex: none; display: flex; align-items: center; gap: .75rem; min-block-size: 64px; padding: .5rem 1rem; border-block-end: 1px solid var(--c-line); }
.conversation-top .presence { border-color: var(--c-surface); }
.conversation-who { flex: 1 1 auto; min-inline-size: 0; }
.conversation-who h2 { display: flex; align-items: center; gap: .6em; font-size: 1.12em; line-height: 1.3; font-weight: 680; letter-spacing: -.005em; overflow-wrap: anywhere; }
.conversation-who .tag { flex: none; letter-spacing: 0; }
.conversation-who h2:focus-visible, .nothing h2:focus-visible { outline-offset: 4px; border-radius: 4px; }
.facts { font-size: .9em; line-height: 1.35; overflow: hidden; text-overflow: ellipsis; white-space: nowrap; }
.dotted > span + span::before { content: " · "; white-space: pre; }
.conversation-actions { display: flex; align-items: center; gap: .45rem; flex: none; }
.back { display: none; margin-inline-start: -.5rem; }
.back .icon:dir(rtl), .menu-item .icon:dir(rtl) { transform: scaleX(-1); }
.confirm { display: flex; flex-wrap: wrap; align-items: center; gap: .5rem .6rem; padding: .55rem 1rem; border-block-end: 1px solid var(--c-line); background: var(--c-notice-bg); color: var(--c-notice); }
.confirm p { flex: 1 1 14rem; font-weight: 600; }
.confirm .quiet { color: inherit; border-color: currentcolor; }
.conversation .transcript { background: var(--c-surface); }
.conversation .transcript-content { inline-size: 100%; max-inline-size: 54rem; margin-inline: auto; padding-inline: clamp(.9rem, 3cqi, 1.8rem); }
.composer-place { position: relative; flex: none; inline-size: 100%; max-inline-size: 54rem; margin-inline: auto; }
.composer-place .composer { padding-inline: clamp(.7rem, 2.5cqi, 1.5rem); border-block-start: 0; }
.composer-row { align-items: flex-end; }
.canned-button { inline-size: 40px; block-size: 40px; margin: 3px; margin-inline-end: 0; color: var(--c-muted); }
/* One line stands in the middle of its field at the desk's smaller text too. */
.composer-place .composer-field { padding-block: .72em .7em; }
.composer-place .canned-button + .composer-field { padding-inline-start: .25em; }
.canned { position: absolute; z-index: 4; inset-block-end: calc(100% - .2rem); inset-inline: clamp(.7rem, 2.5cqi, 1.5rem); max-block-size: min(22rem, 45vh); overflow: auto; padding: .35rem; border: 1px solid var(--c-line); border-radius: 16px; background: var(--c-surface); box-shadow: var(--c-shadow); }
.canned li { display: grid; gap: .1rem; padding: .5rem .75rem; border-radius: 10px; cursor: pointer; }
.canned li:hover { background: var(--c-tint); }
.canned li[aria-selected="true"] { background: color-mix(in srgb, var(--c-ink) 15%, var(--c-surface)); box-shadow: inset 3px 0 0 var(--c-ink); }
.canned li[aria-selected="true"]:dir(rtl) { box-shadow: inset -3px 0 0 var(--c-ink); }
.canned b { color: var(--c-ink); }
.canned .clip-2 { color: var(--c-muted); }
.read-only { display: flex; flex-wrap: wrap; align-items: center; justify-content: center; gap: .6rem 1.2rem; padding: .8rem 1rem calc(.9rem + env(safe-area-inset-bottom, 0px)); border-block-start: 1px solid var(--c-line); background: var(--c-bg); color: var(--c-muted); text-align: center; }
.nothing { flex: 1; display: grid; align-content: center; justify-items: center; gap: .5rem; padding: 2rem 1.5rem; text-align: center; color: var(--c-muted); }
.nothing h2 { color: var(--c-text); font-size: 1.25em; font-weight: 660; }
.nothing p { max-inline-size: 26rem; text-wrap: balance; }
.nothing-mark { display: grid; place-items: center; inline-size: 4.6rem; block-size: 4.6rem; margin-block-end: .5rem; border-radius: 50%; background: var(--c-tint); color: var(--c-ink); font-size: 1.7rem; }

.details { display: none; flex-direction: column; min-block-size: 0; border-inline-start: 1px solid var(--c-line); background: var(--c-bg); }
.details-top { display: flex; align-items: center; justify-content: space-between; min-block-size: 64px; padding: .4rem .6rem .4rem 1.1rem; padding-inline: 1.1rem .6rem; border-block-end: 1px solid var(--c-line); }
.details-top h2 { font-size: 1.05em; font-weight: 660; }
.details-scroll { flex: 1; min-block-size: 0; overflow: hidden auto; padding: .8rem; display: grid; gap: .75rem; align-content: start; scrollbar-width: thin; scrollbar-color: var(--c-edge) transparent; }
.details-scroll:focus-visible { outline-offset: -3px; }
.card { display: grid; gap: .55rem; padding: .85rem 1rem 1rem; border: 1px solid var(--c-line); border-radius: 14px; background: var(--c-surface); }
.card h3 { font-size: .93em; font-weight: 680; color: var(--c-ink); }
.pairs, .answers { display: grid; gap: .45rem; }
.pairs > div { display: grid; grid-template-columns: minmax(6em, 36%) minmax(0, 1fr); gap: .8em; }
.card dt { color: var(--c-muted); font-size: .92em; }
.pairs dt { padding-block-start: .05em; }
.card dd { overflow-wrap: anywhere; white-space: pre-wrap; }
.answers { gap: .65rem; }
.answers dd { font-weight: 560; }
.answers dd.muted { font-weight: 400; }
.card .button { white-space: normal; }
.check-level { font-size: 1.12em; overflow-wrap: anywhere; }
.notes .icon { inline-size: 1.05em; block-size: 1.05em; vertical-align: -.15em; }
.note-list { display: grid; gap: .5rem; }
.staff-note { padding: .5rem .75rem .6rem; border-inline-start: 4px solid var(--c-notice); border-radius: 8px; background: var(--c-notice-bg); }
.staff-note .muted { color: var(--c-notice); }
.note-text { white-space: pre-wrap; overflow-wrap: anywhere; }
.note-text a { color: inherit; text-underline-offset: .15em; }
.note-head { display: flex; flex-wrap: wrap; gap: 0 .5em; }
.note-fix { display: flex; flex-wrap: wrap; gap: .5em; padding-block-start: .5em; }
.note-fix .button { color: inherit; border-color: currentcolor; background: transparent; }
.notes .composer { padding: 0; border: 0; background: none; }
.notes .composer-row { border-radius: 16px; }
.notes .composer-field { min-block-size: 40px; padding-block: .45em; }
.notes .composer-send { inline-size: 38px; block-size: 38px; margin: 1px; }
.notes .composer-send .icon { inline-size: 1.05em; block-size: 1.05em; }

@container (min-width: 72rem) {
  .has-active .columns { grid-template-columns: minmax(18rem, 22rem) minmax(0, 1fr) minmax(17rem, 20.5rem); }
  .details { display: flex; }
  .details-button, .details-top .icon-button { display: none; }
}
@container (max-width: 71.99rem) {
  .details.open { display: flex; position: absolute; z-index: 5; inset-block: 0; inset-inline-end: 0; inline-size: min(24rem, 100%); box-shadow: var(--c-shadow); animation: care-in .16s ease-out; }
}
@container (max-width: 68rem) {
  .action-text { display: none; }
  .conversation-actions .button { inline-size: 42px; min-block-size: 42px; padding: 0; }
}
@container (max-width: 44rem) {
  .columns { grid-template-columns: minmax(0, 1fr); }
  .lists { border: 0; }
  [data-pane="list"] .conversation, [data-pane="list"] .details, [data-pane="conversation"] .lists { display: none !important; }
  .back { display: inline-grid; }
  .help-button { display: none; }
  .me-text { position: absolute; inline-size: 1px; block-size: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
  .me { padding-inline: .3em; }
  .conversation-top { padding-inline: .7rem; gap: .5rem; }
  /* As wide as the screen allows, not hung on a button near the middle of it. */
  .conversation-actions .menu-anchor { position: static; }
  .conversation-actions .popover { inset-inline-end: .7rem; }
  .confirm p { flex-basis: 100%; }
  .button.small { min-block-size: 42px; }
}
@container (max-width: 26rem) {
  .top { padding-inline: .6rem .3rem; gap: .1rem; }
  .state-option span { padding-inline: .7em; }
  .clinic b { position: absolute; inline-size: 1px; block-size: 1px; clip-path: inset(50%); }
  .conversation-top .person { display: none; }
  .conversation-actions { gap: .25rem; }
  .conversation-actions .button { inline-size: 40px; min-block-size: 40px; }
}
@media (max-height: 30rem) {
  .desk { overflow: auto; grid-template-rows: auto auto minmax(22rem, 1fr); }
  [data-pane="conversation"] .conversation-top .person { display: none; }
}
@media (forced-colors: active) {
  .chat[aria-current], .canned li[aria-selected="true"] { outline: 2px solid Highlight; outline-offset: -2px; }
  .tab[aria-selected="true"]::after { forced-color-adjust: none; background: Highlight; }
  .badge, .count { border: 1px solid CanvasText; }
}
`;
