/** One item of the transcript as a template. Pure: no state, no scrolling. */
import { html, nothing, type TemplateResult } from 'lit/html.js';
import type { Translate } from '../i18n/translate.js';
import type { UiKey } from '../i18n/ui/en.js';
import type { Formats } from './formats.js';
import { clockIcon, tickIcon, ticksIcon, warnIcon } from './icons.js';
import { linkify } from './linkify.js';
import type { MessageState, Person, ShowMore, TranscriptItem, TranscriptMessage, TranscriptSystem } from './transcript-types.js';

export interface ItemContext {
  readonly t: Translate<UiKey>;
  readonly formats: Formats;
  readonly previous: TranscriptItem | null;
  readonly next: TranscriptItem | null;
  /** The newest own message, if it is in this chunk: the one whose state is always spelled out. */
  readonly lastMineKey: string | null;
  readonly firstUnreadSeq: number | null;
  readonly showSender: boolean;
  /** Role of whoever reads this. */
  readonly self: Person['role'] | undefined;
  readonly errorText: ((code: string) => string) | undefined;
  /** Since when a message must have been on its way for that to be said, in ms. */
  readonly lateSince: number;
  /** Another function where what it shows is another. */
  readonly more: ShowMore | undefined;
  retry(key: string): void;
  discard(key: string): void;
}

const groupGapMs = 5 * 60_000;

/** Whether two neighbours are shown as one group: same writer, little time between. */
export const sameGroup = (a: TranscriptItem, b: TranscriptItem): boolean =>
  a.type === 'message' && b.type === 'message' && a.mine === b.mine && a.by.id === b.by.id && Math.abs(b.at - a.at) < groupGapMs;

/** Whether a message has been on its way for long. */
export const isLate = ({ state, at }: Pick<TranscriptMessage, 'state' | 'at'>, lateSince: number): boolean => state === 'sending' && at < lateSince;

const stateKeys: Record<MessageState, UiKey> = {
  queued: 'stateQueued', sending: 'stateSending', sent: 'stateSent', delivered: 'stateDelivered', read: 'stateRead', failed: 'stateFailed',
};
const roleKeys: Record<Person['role'], UiKey> = { agent: 'roleAgent', bot: 'roleBot', system: 'roleSystem', visitor: 'roleVisitor' };

/** A person's name for a screen; the role where there is no name. */
export const personName = (by: Person, t: Translate<UiKey>): string => by.name || t(roleKeys[by.role]);

/** The first letter or digit of the first and of the last word that has one. */
const initials = (name: string): string => {
  const firsts = name.split(/\s+/).flatMap((word) => /[\p{L}\p{N}]/u.exec(word) ?? []);
  return firsts.filter((_, i) => i === 0 || i === firsts.length - 1).join('').toLocaleUpperCase();
};

/** A round picture of a person, square of a bot: initials. Decoration: the name stands beside it. */
export const avatar = (by: Person, t: Translate<UiKey>): TemplateResult =>
  html`<span class="avatar ${by.role}" part="avatar" aria-hidden="true">${initials(personName(by, t))}</span>`;

const stateIcon = (state: MessageState): TemplateResult => (state === 'failed' ? warnIcon : state === 'queued' || state === 'sending' ? clockIcon : state === 'sent' ? tickIcon : ticksIcon);

const metaTemplate = (item: TranscriptMessage, context: ItemContext, last: boolean): TemplateResult | typeof nothing => {
  const { t, formats } = context;
  const { state } = item;
  const spell = state !== null && (item.key === context.lastMineKey || state === 'failed' || state === 'queued' || state === 'sending');
  if (!last && !spell) return nothing;
  // What waits goes out by itself; why it waits is told where a person may wonder.
  const why = state === 'queued' && item.error === 'rate-limited' ? t('queuedRate') : state === 'failed' && item.error ? context.errorText?.(item.error) : undefined;
  return html`<p class="meta" part="meta">
    <time datetime=${new Date(item.at).toISOString()}>${formats.time(item.at)}</time>
    ${spell ? html`<span class="state ${state}" part="state">${stateIcon(state)}${t(isLate(item, context.lateSince) ? 'stateSlow' : stateKeys[state])}</span>` : nothing}
    ${why ? html`<span class="why">${why}</span>` : nothing}
    ${state === 'failed' && item.error !== 'closed-conversation'
      ? html`<span class="fix"><button class="button small" part="button" type="button" @click=${() => context.retry(item.key)}>${t('retry')}</button>
          <button class="button quiet small" part="button" type="button" @click=${() => context.discard(item.key)}>${t('edit')}</button></span>`
      : nothing}
  </p>`;
};

const messageTemplate = (item: TranscriptMessage, context: ItemContext): TemplateResult => {
  const { t, previous, next, formats } = context;
  const first = !previous || !sameGroup(previous, item);
  const last = !next || !sameGroup(item, next);
  const name = item.mine ? t('you') : personName(item.by, t);
  const sender = first && !item.mine && context.showSender;
  // A bot says that it is one whatever else it is called.
  const title = item.by.role === 'bot' ? item.by.name && t('roleBot') : item.by.title;
  return html`
    <div class="message ${item.mine ? 'mine' : 'theirs'} ${item.by.role} ${first ? 'first' : ''} ${last ? 'last' : ''}" part="message ${item.mine ? 'message-mine' : 'message-theirs'}"
      data-seq=${item.seq ?? nothing}>
      ${sender ? html`<p class="sender" part="sender">${avatar(item.by, t)}<b>${name}</b>${title ? html`<span>${title}</span>` : nothing}</p>` : nothing}
      ${sender ? nothing : html`<span class="sr-only">${name}, ${formats.time(item.at)}:</span>`}
      ${(item.parts && context.more?.(item)) ?? html`<div class="bubble ${item.tombstone ? 'gone' : ''}" part="bubble" dir="auto">${item.tombstone ? t('removed') : linkify(item.text)}</div>`}
      ${metaTemplate(item, context, last)}
    </div>`;
};

const systemText = ({ what, by }: TranscriptSystem, { t, self }: ItemContext): string => {
  const name = personName(by, t);
  if (what === 'closed') return by.role === self ? t('closedByYou') : by.role === 'system' ? t('closed') : t('closedBy', { name });
  return t(what, { name });
};

const daySeparator = (item: TranscriptItem, { previous, formats }: ItemContext): TemplateResult | typeof nothing =>
  previous && formats.dayKey(previous.at) === formats.dayKey(item.at) ? nothing : html`<p class="day" part="day"><span>${formats.day(item.at)}</span></p>`;

const unreadMarker = (item: TranscriptItem, { previous, firstUnreadSeq, t }: ItemContext): TemplateResult | typeof nothing =>
  firstUnreadSeq !== null && item.seq !== null && item.seq >= firstUnreadSeq && !(previous?.seq && previous.seq >= firstUnreadSeq)
    ? html`<p class="unread-line" part="unread-line"><span>${t('newMessages')}</span></p>`
    : nothing;

const bodyTemplate = (item: TranscriptItem, context: ItemContext): TemplateResult => {
  switch (item.type) {
    case 'message':
      return messageTemplate(item, context);
    case 'note':
      // Notes of the staff have a list of their own at the desk.
      return html``;
    case 'system':
      return html`<p class="system" part="system" data-seq=${item.seq}>${systemText(item, context)}</p>`;
    default:
      return context.more?.(item) ?? html``;
  }
};

/** An item, with the day and the "new messages" line that may stand before it. */
export const itemTemplate = (item: TranscriptItem, context: ItemContext): TemplateResult =>
  html`${daySeparator(item, context)}${unreadMarker(item, context)}${bodyTemplate(item, context)}`;
