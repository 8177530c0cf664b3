/** One conversation as a line to choose from, own or closed. */
import { html, nothing, type TemplateResult } from 'lit/html.js';
import type { Summary } from '../protocol/types.js';
import { avatar } from '../ui/transcript-items.js';
import type { DeskContext } from './desk-context.js';

/** Whether the visitor's page is still open, in words; not known while the desk itself hears nothing. */
export const visitorPresence = ({ visitor }: Summary, { snapshot, t }: DeskContext): { readonly isOnline: boolean; readonly text: string } => {
  const isHeard = snapshot.connection.state !== 'waiting' && snapshot.connection.state !== 'stopped';
  return { isOnline: isHeard && visitor.online, text: t(!isHeard ? 'list.visitor-unknown' : visitor.online ? 'list.visitor-online' : 'list.visitor-offline') };
};

/** Who it is, with a dot that tells whether the page is still open. */
export const visitorAvatar = (summary: Summary, context: DeskContext): TemplateResult => {
  const { isOnline, text } = visitorPresence(summary, context);
  return html`
  <span class="person">${avatar({ id: summary.visitor.id, role: 'visitor', name: context.words.visitor(summary) }, context.ui)}<i class="dot presence ${isOnline ? 'online' : ''}" title=${text}></i></span>`;
};

const preview = (summary: Summary, { t, snapshot }: DeskContext): TemplateResult | string => {
  const typing = snapshot.active?.id === summary.id && snapshot.active.typing.length > 0;
  if (typing) return html`<span class="typing-text">${t('list.typing')}</span>`;
  const last = summary.lastMessage;
  if (summary.offline) return html`<span>${t('left.tag')}</span> <bdi>${summary.offline.reference}</bdi>`;
  if (!last) return t('list.no-messages');
  return last.by.id === snapshot.agent?.id ? html`<span>${t('list.you', { text: '' })}</span><span class="clip" dir="auto">${last.text}</span>` : html`<span class="clip" dir="auto">${last.text}</span>`;
};

/** One conversation as a line to choose: own or closed. */
export const chatEntry = (summary: Summary, context: DeskContext, first: boolean): TemplateResult => {
  const { t, words, formats, snapshot, act } = context;
  const current = snapshot.active?.id === summary.id;
  const focusable = current || (first && ![...snapshot.mine].some((other) => other.id === snapshot.active?.id));
  const closed = summary.status === 'closed';
  const presence = visitorPresence(summary, context);
  return html`
    <li>
      <button class="chat ${summary.unread > 0 && !current ? 'fresh' : ''}" part="chat ${current ? 'chat-current' : ''}" type="button" tabindex=${closed || focusable ? '0' : '-1'} aria-current=${current ? 'true' : nothing} @click=${() => act.open(summary.id)}>
        ${visitorAvatar(summary, context)}
        <span class="chat-text">
          <span class="line"><b class="clip" dir="auto">${words.visitor(summary)}</b><time class="muted" datetime=${new Date(summary.lastAt).toISOString()}>${formats.moment(closed ? (summary.closedAt ?? summary.lastAt) : summary.lastAt)}</time></span>
          <span class="line"><span class="preview">${preview(summary, context)}</span>${summary.unread > 0 ? html`<span class="badge" part="unread-badge"><span aria-hidden="true">${words.number(summary.unread)}</span><span class="sr-only">${t('list.unread', { n: summary.unread })}</span></span>` : nothing}</span>
          ${closed ? nothing : html`<span class="line small muted"><span class="clip dotted"><span class=${presence.isOnline ? 'good' : ''}>${presence.text}</span>${summary.visitor.page ? html`<span>${t('list.on-page', { page: summary.visitor.page })}</span>` : nothing}</span></span>`}
        </span>
      </button>
    </li>`;
};
