/** The middle column: whose conversation it is, what was said, and what can be done with it. */
import { html, nothing, type TemplateResult } from 'lit/html.js';
import type { DeskConversation } from '../core/snapshots.js';
import { backIcon, chatIcon, closeIcon, tickIcon } from '../ui/icons.js';
import { composerView } from './composer-view.js';
import { eyeIcon, handOverIcon, infoIcon } from './desk-icons.js';
import { visitorAvatar, visitorPresence } from './chat-entry.js';
import type { DeskContext } from './desk-context.js';
import { callers } from './lists-view.js';

/** Whether the signed-in agent may write in it. */
export const isOwn = (active: DeskConversation, { snapshot }: DeskContext): boolean => active.status === 'open' && active.agent?.id === snapshot.agent?.id;

const facts = (active: DeskConversation, context: DeskContext): readonly (TemplateResult | string)[] => {
  const { words, formats, t } = context;
  const visitor = active.summary?.visitor;
  const left = active.summary?.offline;
  const presence = active.summary && !left ? visitorPresence(active.summary, context) : undefined;
  const language = active.summary?.language ?? visitor?.locale;
  return [
    ...(left ? [t('left.reference', { reference: left.reference }), ...(left.promisedAt === undefined ? [] : [t('left.promised', { time: formats.moment(left.promisedAt) })])] : []),
    ...(presence ? [presence.isOnline ? html`<span class="good">${presence.text}</span>` : presence.text] : []),
    ...(visitor?.page ? [t('list.on-page', { page: visitor.page })] : []),
    ...(language && language.split('-')[0] !== words.lang ? [t('conversation.writes', { language: words.languageName(language) })] : []),
    t('conversation.since', { time: formats.moment(active.createdAt) }),
  ];
};

const assignMenu = (active: DeskConversation, { snapshot, t, act }: DeskContext): TemplateResult => {
  const there = snapshot.colleagues.filter((colleague) => colleague.state !== 'offline' && colleague.id !== snapshot.agent?.id);
  return html`
    <div class="popover" part="assign-menu" id="desk-assign" role="group" aria-label=${t('conversation.assign-to')} data-menu>
      <p class="menu-title" aria-hidden="true">${t('conversation.assign-to')}</p>
      ${there.map((colleague) => html`<button class="menu-item" type="button" @click=${() => void act.assign(active.id, colleague.id, colleague.name)}><i class="dot ${colleague.state}" aria-hidden="true"></i><span><b>${colleague.name}</b> <span class="muted">${colleague.title} · ${colleague.state === 'online' ? t('header.online') : t('header.away')}</span></span></button>`)}
      ${there.length ? nothing : html`<p class="menu-note">${t('conversation.assign-none')}</p>`}
      <button class="menu-item ruled" type="button" @click=${() => void act.assign(active.id, null, null)}>${backIcon}${t('conversation.assign-queue')}</button>
    </div>`;
};

const ownActions = (active: DeskConversation, context: DeskContext): TemplateResult => {
  const { snapshot, state, t, act } = context;
  const open = state.menu === 'assign';
  const busy = state.pending.has(active.id);
  return html`
    ${snapshot.canCobrowse && !active.summary?.offline ? html`<button class="button quiet small" part="button viewer-button" type="button" aria-label=${t('cobrowse.ask')} title=${t('cobrowse.ask')} @click=${act.askToSee}>${eyeIcon}<span class="action-text">${t('cobrowse.ask')}</span></button>` : nothing}
    <div class="menu-anchor">
      <button class="button quiet small" part="button assign-button" id="desk-assign-button" type="button" aria-label=${t('conversation.assign')} title=${t('conversation.assign')} aria-expanded=${open ? 'true' : 'false'} aria-controls=${open ? 'desk-assign' : nothing} aria-disabled=${busy ? 'true' : nothing} @click=${() => act.toggleMenu('assign')}>${handOverIcon}<span class="action-text">${t('conversation.assign')}</span></button>
      ${open ? assignMenu(active, context) : nothing}
    </div>
    ${active.summary?.offline ? nothing : html`<button class="button quiet small" part="button close-button" id="desk-close-button" type="button" aria-label=${t('conversation.close')} title=${t('conversation.close')} aria-disabled=${busy ? 'true' : nothing} @click=${act.askClose}>${tickIcon}<span class="action-text">${t('conversation.close')}</span></button>`}`;
};

const headerView = (active: DeskConversation, context: DeskContext): TemplateResult => {
  const { state, words, t, ui, act } = context;
  const status = { waiting: t('conversation.status-waiting'), open: t('conversation.status-open'), closed: t('conversation.status-closed') }[active.status];
  return html`
    <header class="conversation-top" part="conversation-header">
      <button class="icon-button back" part="back-button" type="button" aria-label=${t('conversation.back')} title=${t('conversation.back')} @click=${act.back}>${backIcon}</button>
      ${active.summary ? visitorAvatar(active.summary, context) : nothing}
      <div class="conversation-who">
        <h2 id="desk-heading" tabindex="-1"><span class="clip-2"><bdi>${words.visitor(active.summary)}</bdi></span> ${active.summary?.offline ? html`<span class="tag">${t('left.tag')}</span> ` : nothing}${active.status === 'open' ? nothing : html`<span class="tag ${active.status}">${status}</span>`}${active.summary?.bot ? html` <span class="tag">${ui('roleBot')}</span>` : nothing}</h2>
        <p class="muted facts dotted">${facts(active, context).map((fact) => html`<span>${fact}</span>`)}</p>
      </div>
      <div class="conversation-actions">
        ${isOwn(active, context) ? ownActions(active, context) : nothing}
        <button class="button quiet small details-button" part="button details-button" id="desk-details-button" type="button" aria-label=${t('conversation.details')} title=${t('conversation.details')} aria-expanded=${state.detailsOpen ? 'true' : 'false'} @click=${act.toggleDetails}>${infoIcon}<span class="action-text">${t('conversation.details')}</span></button>
      </div>
    </header>
    ${state.confirmingClose && isOwn(active, context)
      ? html`<div class="confirm" part="confirm" role="group" aria-labelledby="desk-confirm">
          <p id="desk-confirm">${t('conversation.close-question')}</p>
          <button class="button small" part="button" id="desk-confirm-yes" type="button" @click=${() => void act.close(active.id)}>${t('conversation.close-yes')}</button>
          <button class="button quiet small" part="button" type="button" @click=${act.keepOpen}>${t('conversation.close-no')}</button>
        </div>`
      : nothing}`;
};

const footerView = (active: DeskConversation, context: DeskContext): TemplateResult => {
  const { t, act, state } = context;
  const busy = state.pending.has(active.id) ? 'true' : nothing;
  if (isOwn(active, context)) {
    if (!active.summary?.offline) return composerView(active, context);
    return html`<div class="read-only" part="read-only"><p>${t('left.read-only')}</p><button class="button" part="button done-button" type="button" aria-disabled=${busy} @click=${() => void act.close(active.id)}>${tickIcon}${t('left.done')}</button></div>`;
  }
  if (active.status === 'waiting') {
    return html`<div class="read-only" part="read-only"><p>${t(active.summary?.offline ? 'left.waiting' : 'conversation.read-only-waiting')}</p><button class="button" part="button accept-button" type="button" aria-disabled=${busy} @click=${() => void act.accept(active.id)}>${t(active.summary?.offline ? 'left.take' : 'conversation.take')}</button></div>`;
  }
  if (active.status === 'closed') {
    return html`<div class="read-only" part="read-only"><p>${t('conversation.read-only-closed')}</p><button class="button quiet" part="button reopen-button" type="button" aria-disabled=${busy} @click=${() => void act.reopen(active.id)}>${t('conversation.reopen')}</button></div>`;
  }
  return html`<div class="read-only" part="read-only"><p>${t('conversation.read-only-other', { name: active.agent?.name ?? t('list.visitor') })}</p></div>`;
};

const emptyView = ({ snapshot, t }: DeskContext): TemplateResult => html`
  <div class="nothing" part="nothing-selected">
    <span class="nothing-mark" aria-hidden="true">${chatIcon}</span>
    <h2 id="desk-heading" tabindex="-1">${t('conversation.none-title')}</h2>
    <p>${t('conversation.none-text')}</p>
    ${callers(snapshot) ? html`<p class="tag hot">${t('conversation.none-waiting', { n: callers(snapshot) })}</p>` : nothing}
  </div>`;

/** The column. */
export function conversationView(context: DeskContext): TemplateResult {
  const { snapshot, state, transcript, ui, words, t, act } = context;
  const { active } = snapshot;
  if (!active) return html`<main class="conversation" part="conversation" aria-label=${t('conversation.region')}>${emptyView(context)}</main>`;
  const visitorName = words.visitor(active.summary);
  const timeline = context.nameVisitor(active.timeline, active.summary?.visitor.name?.trim());
  return html`
    <main class="conversation" part="conversation" aria-label=${t('conversation.region')}>
      ${headerView(active, context)}
      ${context.viewers.view(active, words.lang)}
      ${transcript.template({
        timeline, more: context.readBot(timeline, ui), t: ui, lang: words.lang, label: ui('transcript'), showSender: true,
        firstUnreadSeq: state.unreadFrom?.id === active.id ? state.unreadFrom.seq : null,
        typing: active.typing.map((person) => ({ id: person.id, name: person.name ?? visitorName })),
        errorText: words.error as (code: string) => string,
        onRetry: act.retry, onDiscard: (key) => void act.discard(key), onReadUpTo: act.readUpTo, onLoadOlder: act.loadOlder,
      })}
      ${footerView(active, context)}
    </main>`;
}

/** The floating sentence about what just happened or was refused; stays until it is dismissed or something else is done. */
export const messageView = ({ state, t, act }: DeskContext): TemplateResult | typeof nothing =>
  state.message
    ? html`<div class="toast ${state.message.bad ? 'bad' : ''}" part="toast"><p>${state.message.text}</p><button class="icon-button" type="button" aria-label=${t('notice.dismiss')} title=${t('notice.dismiss')} @click=${act.dismissMessage}>${closeIcon}</button></div>`
    : nothing;
