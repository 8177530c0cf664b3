/** The left column: who waits, own chats, and the search of closed ones. */
import { html, nothing, type TemplateResult } from 'lit/html.js';
import { repeat } from 'lit/directives/repeat.js';
import type { DeskSnapshot } from '../core/snapshots.js';
import type { OfflineReceipt, Priority, Summary } from '../protocol/types.js';
import { clockIcon } from '../ui/icons.js';
import { chatEntry } from './chat-entry.js';
import { closedView } from './closed-view.js';
import type { DeskContext } from './desk-context.js';

/** How many wait for a person; whom a bot answers does not. */
export const callers = ({ waiting }: Pick<DeskSnapshot, 'waiting'>): number => waiting.filter(({ bot }) => !bot).length;

/** Whether a priority is worth a word beside the name. */
const isMarked = (priority: Priority | undefined): priority is Exclude<Priority, 'normal'> => priority !== undefined && priority !== 'normal';

/** From here on a waiting time is shown as late. */
const lateMs = 5 * 60_000;

/** What it is about: the last message, else the answer to a question named like one for the reason, else the longest answer that is not the name. */
const reasonOf = ({ preChat, visitor, lastMessage }: Summary): string => {
  const given = preChat.filter((answer) => answer.answers.length > 0 && answer.answers[0] !== visitor.name);
  const named = given.find((answer) => /reason|topic|about|question|motiv|asunto/i.test(answer.linkId));
  const longest = [...given].sort((a, b) => b.answers.join().length - a.answers.join().length)[0];
  return lastMessage?.text ?? (named ?? longest)?.answers.join(', ') ?? '';
};

/** What distinguishes a message that was left: nobody is there, and a time was promised. */
const leftLine = ({ reference, promisedAt }: OfflineReceipt, { t, now, formats }: DeskContext): TemplateResult => html`
  <span class="line small"><bdi class="muted">${reference}</bdi>${promisedAt === undefined ? nothing : html`<span class=${now > promisedAt ? 'bad' : 'muted'}>${t('left.promised', { time: formats.moment(promisedAt) })}</span>`}</span>`;

/** That a symptom check came along, and what it came to; both where the server came to something else. */
const checkLine = ({ title, differs }: NonNullable<Summary['check']>, { t }: DeskContext): TemplateResult => html`
  <span class="check-line small" part="waiting-check">${t('list.check')} <b><bdi>${title}</bdi></b>${differs === undefined ? nothing : html` <span class="bad">${t('list.check-differs', { title: differs })}</span>`}</span>`;

/** What is known of it in a word each. */
const tagsOf = ({ priority, offline, bot, departmentId, language, visitor }: Summary, { t, ui, words, snapshot }: DeskContext): TemplateResult | typeof nothing => {
  const department = words.department(snapshot.departments, departmentId);
  if (!isMarked(priority) && !offline && !bot && !department && !language && !visitor.page) return nothing;
  return html`<span class="line small">${isMarked(priority) ? html`<span class="tag priority ${priority}">${t(`priority.${priority}`)}</span>` : nothing}
    ${offline ? html`<span class="tag">${t('left.tag')}</span>` : nothing}${bot ? html`<span class="tag">${ui('roleBot')}</span>` : nothing}${department ? html`<span class="tag">${department}</span>` : nothing}
    ${language ? html`<span class="tag" part="waiting-language" title=${t('details.language-wanted')}><span class="sr-only">${t('details.language-wanted')}: </span><bdi>${words.languageName(language)}</bdi></span>` : nothing}
    ${visitor.page ? html`<span class="muted clip">${t('list.on-page', { page: visitor.page })}</span>` : nothing}</span>`;
};

const waitingEntry = (summary: Summary, context: DeskContext): TemplateResult => {
  const { t, words, now, snapshot, state, act } = context;
  const waited = now - (summary.waitingSince ?? summary.createdAt);
  const reason = reasonOf(summary);
  const { offline, check } = summary;
  const busy = state.pending.has(summary.id);
  return html`
    <li class="waiting-entry ${snapshot.active?.id === summary.id ? 'current' : ''}" part="waiting-entry">
      <button class="waiting-open" type="button" id="w-${summary.id}" aria-current=${snapshot.active?.id === summary.id ? 'true' : nothing} @click=${() => act.open(summary.id)}>
        <b class="clip-2"><bdi>${words.visitor(summary)}</bdi></b>
        ${tagsOf(summary, context)}${offline ? leftLine(offline, context) : nothing}${check ? checkLine(check, context) : nothing}
        ${reason ? html`<span class="reason" dir="auto">${reason}</span>` : nothing}
      </button>
      <div class="waiting-side">
        <span class="waited ${waited >= lateMs && !summary.bot ? 'late' : ''}" id="t-${summary.id}">${clockIcon}<span class="sr-only">${t('list.waiting-for', { time: words.waited(waited) })}</span><span aria-hidden="true">${words.waited(waited)}</span></span>
        <button class="button small" part="button accept-button" type="button" aria-label=${t('list.accept')} aria-describedby="w-${summary.id} t-${summary.id}" aria-disabled=${busy ? 'true' : nothing} @click=${() => void act.accept(summary.id)}>${busy ? t('list.accepting') : t('list.accept')}</button>
      </div>
    </li>`;
};

/** Arrow keys move among the lines of a list, so that Tab passes it in one step. */
const onListKey = (event: KeyboardEvent): void => {
  const list = event.currentTarget as HTMLElement;
  const buttons = [...list.querySelectorAll<HTMLElement>('button.chat')];
  const at = buttons.indexOf(event.target as HTMLElement);
  if (at < 0 || event.altKey || event.ctrlKey || event.metaKey) return;
  const to = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: buttons.length - 1 }[event.key];
  if (to === undefined) return;
  event.preventDefault();
  buttons[Math.max(0, Math.min(buttons.length - 1, to))]?.focus();
};

const chatsView = (context: DeskContext): TemplateResult => {
  const { snapshot, t, words } = context;
  const { waiting, mine } = snapshot;
  const withBot = waiting.length - callers(snapshot);
  return html`
    <section class="list-section" part="waiting">
      <h2>${t('list.waiting')}${callers(snapshot) ? html`<span class="count hot">${words.number(callers(snapshot))}</span>` : nothing}${withBot ? html`<span class="muted small">${t('list.with-bot', { n: withBot })}</span>` : nothing}</h2>
      <ul class="waiting-list" aria-label=${t('list.waiting')}>${repeat(waiting, (summary) => summary.id, (summary) => waitingEntry(summary, context))}</ul>
      ${waiting.length ? nothing : html`<p class="empty">${snapshot.state === 'away' ? t('list.waiting-empty-away') : t('list.waiting-empty')}</p>`}
    </section>
    <section class="list-section" part="mine">
      <h2>${t('list.mine')}${mine.length ? html`<span class="count">${words.number(mine.length)}</span>` : nothing}</h2>
      <ul class="chat-list" aria-label=${t('list.mine')} @keydown=${onListKey}>${repeat(mine, (summary) => summary.id, (summary, i) => chatEntry(summary, context, i === 0))}</ul>
      ${mine.length ? nothing : html`<p class="empty">${t('list.mine-empty')}</p>`}
    </section>`;
};

/** Left and right move between the two tabs (ARIA practices, "Tabs with automatic activation"). */
const onTabKey = (event: KeyboardEvent, { state, act }: DeskContext): void => {
  if (event.key !== 'ArrowLeft' && event.key !== 'ArrowRight') return;
  event.preventDefault();
  const tabs = (event.currentTarget as HTMLElement).querySelectorAll<HTMLElement>('[role="tab"]');
  act.setTab(state.tab === 'chats' ? 'closed' : 'chats');
  tabs[state.tab === 'chats' ? 1 : 0]?.focus();
};

/** The column. */
export function listsView(context: DeskContext): TemplateResult {
  const { state, snapshot, t, act } = context;
  const tab = (name: 'chats' | 'closed', label: string): TemplateResult => html`
    <button class="tab" part="tab" id="desk-tab-${name}" role="tab" type="button" aria-selected=${state.tab === name ? 'true' : 'false'} aria-controls="desk-tabpanel" tabindex=${state.tab === name ? '0' : '-1'} @click=${() => act.setTab(name)}>${label}${name === 'chats' && state.tab !== 'chats' && callers(snapshot) ? html`<i class="dot" aria-hidden="true"></i>` : nothing}</button>`;
  return html`
    <nav class="lists" part="lists" aria-label=${t('list.region')}>
      <div class="tabs" role="tablist" aria-label=${t('list.region')} @keydown=${(event: KeyboardEvent) => onTabKey(event, context)}>${tab('chats', t('list.chats'))}${tab('closed', t('list.closed'))}</div>
      <div class="lists-scroll ${state.tab === 'chats' ? 'shared' : ''}" id="desk-tabpanel" role="tabpanel" aria-labelledby="desk-tab-${state.tab}" tabindex="-1">${state.tab === 'chats' ? chatsView(context) : closedView(context)}</div>
    </nav>`;
}
