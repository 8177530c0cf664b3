/** The conversation's view: notices, transcript, composer, and what shows once it was ended; the head with the menu's button. Pure templates. */
import { html, nothing, type TemplateResult } from 'lit/html.js';
import type { ConversationSnapshot } from '../core/snapshots.js';
import type { Widget } from '../protocol/types.js';
import { clockIcon, moreIcon, warnIcon } from '../ui/icons.js';
import type { Composer } from '../ui/composer.js';
import type { Transcript } from '../ui/transcript.js';
import { avatar, personName } from '../ui/transcript-items.js';
import type { BareLook, LaterParts, PanelContext } from './panel-context.js';
import type { StartParts } from './start-context.js';
import { toPanelLanguage, type PanelLanguage } from './words.js';

/** The field, for a running conversation or for the first message of a new one. */
export const composerTemplate = ({ words: { t }, chat, state, intents, problem }: PanelContext, composer: Composer): TemplateResult =>
  composer.template({
    value: chat.draft.text,
    placeholder: t('placeholder'),
    label: t('message'),
    sendLabel: t('send'),
    maxChars: chat.textChars,
    tooLong: (n) => t('tooLong', { n }),
    hint: state.sendError ? html`<p class="bad" role="alert">${problem(state.sendError)}</p>` : state.caution && html`<p role="status">${state.caution}</p>`,
    onInput: intents.input,
    onSend: intents.send,
    onTyping: intents.typing,
  });

/** What is typed here would not survive that the page is left. */
export const notDurable = ({ words: { t } }: Pick<PanelContext, 'words'>): TemplateResult => html`<p class="notice" part="notice">${warnIcon}<span>${t('notDurable')}</span></p>`;

/** What the conversation's view is put together from. */
export interface ConversationParts {
  readonly transcript: Transcript;
  readonly composer: Composer;
  readonly later: LaterParts | null;
  /** Stands in for the chunk `later`, which it asks for. */
  readonly bare: BareLook;
  /** The steps, where they have loaded: a form that is asked here comes with them. */
  readonly start: Pick<StartParts, 'asking'> | null;
}

const foot = (context: PanelContext, conversation: ConversationSnapshot, { composer, later, bare }: ConversationParts): TemplateResult => {
  const { words: { t }, state, intents } = context;
  if (conversation.status === 'closed') {
    // What is offered after a chat comes with it.
    if (!later) bare.more();
    return html`<div class="foot ended" part="ended"><p class="view-title" tabindex="-1">${t('ended')}</p><button class="button" part="button" type="button" @click=${intents.newChat}>${t('newChat')}</button></div>`;
  }
  return state.confirmingEnd && later ? later.confirmEnd(context) : composerTemplate(context, composer);
};

export const conversationView = (context: PanelContext, conversation: ConversationSnapshot, parts: ConversationParts): TemplateResult => {
  const { words: { t, tag }, chat, state, intents, notice, fallback, redFlag, problem } = context;
  const online = chat.availability?.state !== 'offline';
  const { more, line } = parts.later?.items(context) ?? parts.bare;
  return html`
    <div class="chat">
      ${notice}${fallback}
      <div role="status">${chat.durable ? nothing : notDurable(context)}
        ${conversation.status === 'waiting' && !conversation.bot ? html`<p class="notice queue" part="notice">${clockIcon}<span>${t(online ? 'waiting' : 'waitingOffline')}</span></p>` : nothing}</div>
      ${parts.transcript.template({
        timeline: conversation.timeline, t, lang: tag, firstUnreadSeq: state.firstUnreadSeq, typing: conversation.typing, label: t('transcript'), self: 'visitor',
        errorText: problem, more,
        onRetry: intents.retry, onDiscard: intents.discard, onReadUpTo: intents.readUpTo, onLoadOlder: intents.loadOlder,
      })}
      ${parts.start?.asking(context)}${line}${redFlag}${foot(context, conversation, parts)}
    </div>`;
};

/** The head's title: whom the visitor talks to, or the clinic. */
export const titleTemplate = ({ words: { t }, chat }: PanelContext, fallback: string): TemplateResult => {
  const { conversation, widget } = chat;
  const agent = conversation?.status === 'open' ? conversation.agent : null;
  const clinic = widget?.clinicName ?? fallback;
  if (!agent) return html`<span class="title-text"><span>${clinic}</span></span>`;
  return html`${avatar(agent, t)}<span class="title-text"><span>${personName(agent, t)}</span><span class="title-sub">${[agent.title, clinic].filter(Boolean).join(' · ')}</span></span>`;
};

/** Whether there is a conversation that can be ended. */
export const isEndable = (conversation: ConversationSnapshot | null): boolean => conversation !== null && conversation.status !== 'closed';

/** The languages to choose from: the clinic's that have words. */
export const menuLanguages = (widget: Widget | null): PanelLanguage[] =>
  [...new Set((widget?.languages ?? []).filter((tag) => toPanelLanguage(tag) === tag.toLowerCase().split('-')[0]).map(toPanelLanguage))];

/** The head's menu, whose contents come with the chunk `later`. */
export const menuTemplate = (context: PanelContext, later: LaterParts | null, laterFailed: boolean): TemplateResult => {
  const { words: { t }, chat: { widget, conversation }, state: { menuOpen }, intents } = context;
  if (menuLanguages(widget).length < 2 && !widget?.privacyUrl && !isEndable(conversation)) return html``;
  return html`
    <button class="icon-button" part="menu-button" type="button" aria-label=${t('menu')} title=${t('menu')} aria-expanded=${menuOpen ? 'true' : 'false'} aria-controls="care-menu"
      @click=${() => intents.toggleMenu(!menuOpen)}>${moreIcon}</button>
    <div class="menu" part="menu" id="care-menu" ?hidden=${!menuOpen}>${later ? later.menu(context) : html`<p role="status">${t(laterFailed ? 'errNetwork' : 'connecting')}</p>`}</div>`;
};
