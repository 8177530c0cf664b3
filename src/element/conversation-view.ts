/** The conversation's view: notices, transcript, composer; the question before it is ended, and what shows once it was. Pure templates. */
import { html, nothing, type TemplateResult } from 'lit/html.js';
import type { ConversationSnapshot } from '../core/snapshots.js';
import { errorKey } from '../i18n/error-key.js';
import { clockIcon, globeIcon, moreIcon, warnIcon } from '../ui/icons.js';
import type { Composer } from '../ui/composer.js';
import type { Transcript } from '../ui/transcript.js';
import { avatar, personName } from '../ui/transcript-items.js';
import type { PanelContext } from './panel-context.js';
import { languageNames, toPanelLanguage, type PanelLanguage } from './words.js';

/** State of the connection in words; silent while all is well. */
const connectionNotice = ({ words: { t }, chat: { connection }, intents }: PanelContext): TemplateResult | typeof nothing => {
  const { state, error } = connection;
  if (state === 'online' || state === 'idle' || (state === 'connecting' && error === null)) return nothing;
  const sentence = state === 'stopped' ? t(error ? errorKey(error) : 'stopped') : state === 'connecting' ? t('connecting') : t('reconnecting');
  return html`<p class="notice ${state === 'stopped' ? 'bad' : ''}" part="notice">${warnIcon}<span>${sentence}</span>
    ${state === 'connecting' ? nothing : html`<button class="button quiet small" part="button" type="button" @click=${intents.tryNow}>${t('tryNow')}</button>`}</p>`;
};

/** The field, for a running conversation or for the first message of a new one. */
export const composerTemplate = ({ words: { t }, chat, state, intents }: PanelContext, composer: Composer): TemplateResult =>
  composer.template({
    value: chat.draft.text,
    placeholder: t('placeholder'),
    label: t('message'),
    sendLabel: t('send'),
    maxChars: chat.textChars,
    tooLong: (n) => t('tooLong', { n }),
    hint: state.sendError ? html`<p class="bad" role="alert">${t(errorKey(state.sendError))}</p>` : state.sensitive ? html`<p role="status">${t('sensitiveWarning')}</p>` : null,
    onInput: intents.input,
    onSend: intents.send,
    onTyping: intents.typing,
    onFocus: intents.composerFocus,
  });

const confirmEnd = ({ words: { t }, state, intents }: PanelContext): TemplateResult => html`
  <div class="confirm" part="confirm" role="alertdialog" aria-labelledby="care-end-title" aria-describedby="care-end-text">
    <p id="care-end-title"><b>${t('endQuestion')}</b></p>
    <p id="care-end-text" class="lead">${t('endExplain')}</p>
    ${state.endFailed ? html`<p class="notice bad" part="notice" role="alert">${t('endFailed')}</p>` : nothing}
    <div class="row">
      <button class="button quiet keep" part="button" type="button" @click=${() => intents.askEnd(false)}>${t('endCancel')}</button>
      <button class="button danger" part="button" type="button" aria-disabled=${state.ending ? 'true' : 'false'} @click=${() => state.ending || intents.end()}>${t('endChat')}</button>
    </div>
  </div>`;

const foot = (context: PanelContext, conversation: ConversationSnapshot, composer: Composer): TemplateResult => {
  const { words: { t }, state, intents } = context;
  if (conversation.status === 'closed') {
    return html`<div class="foot ended" part="ended"><p class="view-title" tabindex="-1">${t('ended')}</p><button class="button" part="button" type="button" @click=${intents.newChat}>${t('newChat')}</button></div>`;
  }
  return state.confirmingEnd ? confirmEnd(context) : composerTemplate(context, composer);
};

export const conversationView = (context: PanelContext, conversation: ConversationSnapshot, { transcript, composer }: { readonly transcript: Transcript; readonly composer: Composer }): TemplateResult => {
  const { words: { t, tag }, chat, state, intents } = context;
  const online = chat.availability?.state !== 'offline';
  return html`
    <div class="chat">
      <div role="status">${connectionNotice(context)}${chat.durable ? nothing : html`<p class="notice" part="notice">${warnIcon}<span>${t('notDurable')}</span></p>`}
        ${conversation.status === 'waiting' ? html`<p class="queue" part="notice">${clockIcon}<span>${t(online ? 'waiting' : 'waitingOffline')}</span></p>` : nothing}</div>
      ${transcript.template({
        timeline: conversation.timeline, t, lang: tag, firstUnreadSeq: state.firstUnreadSeq, typing: conversation.typing, label: t('transcript'), self: 'visitor',
        errorText: (code) => t(errorKey(code)),
        onRetry: intents.retry, onDiscard: intents.discard, onReadUpTo: intents.readUpTo, onLoadOlder: intents.loadOlder,
      })}
      ${foot(context, conversation, composer)}
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

/** The head's menu: language, privacy, end chat. */
export const menuTemplate = ({ words: { t, lang }, chat: { widget, conversation }, state, intents }: PanelContext): TemplateResult => {
  const languages = [...new Set((widget?.languages ?? []).filter((tag) => toPanelLanguage(tag) === tag.toLowerCase().split('-')[0]).map(toPanelLanguage))];
  const privacyUrl = widget?.privacyUrl && /^https?:|^\//.test(widget.privacyUrl) ? widget.privacyUrl : null;
  const endable = conversation !== null && conversation.status !== 'closed';
  if (languages.length < 2 && !privacyUrl && !endable) return html``;
  const language = (tag: PanelLanguage): TemplateResult => html`
    <button class="menu-item" part="menu-item" type="button" lang=${tag} aria-pressed=${tag === lang ? 'true' : 'false'} @click=${() => intents.setLang(tag)}>${languageNames[tag]}</button>`;
  return html`
    <button class="icon-button" part="menu-button" type="button" aria-label=${t('menu')} title=${t('menu')} aria-expanded=${state.menuOpen ? 'true' : 'false'} aria-controls="care-menu"
      @click=${() => intents.toggleMenu(!state.menuOpen)}>${moreIcon}</button>
    <div class="menu" part="menu" id="care-menu" ?hidden=${!state.menuOpen}>
      ${languages.length > 1 ? html`<p id="care-language">${t('language')}</p><div role="group" aria-labelledby="care-language">${languages.map(language)}</div>` : nothing}
      ${privacyUrl ? html`${languages.length > 1 ? html`<hr>` : nothing}<a class="menu-item" part="menu-item" href=${privacyUrl} target="_blank" rel="noopener noreferrer">${globeIcon}${t('privacy')}</a>` : nothing}
      ${endable ? html`<hr><button class="menu-item danger" part="menu-item" type="button" @click=${() => intents.askEnd(true)}>${t('endChat')}</button>` : nothing}
    </div>`;
};
