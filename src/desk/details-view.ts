/** The right column: who the visitor is, what was asked before the chat, and what staff noted for each other. */
import { html, nothing, type TemplateResult } from 'lit/html.js';
import { repeat } from 'lit/directives/repeat.js';
import type { DeskConversation, NoteItem } from '../core/snapshots.js';
import { closeIcon } from '../ui/icons.js';
import { lockIcon } from '../ui/lock-icon.js';
import { linkify } from '../ui/linkify.js';
import { visitorPresence } from './chat-entry.js';
import { answeredCards, checkCard, preChatCard } from './check-card.js';
import { isOwn } from './conversation-view.js';
import type { DeskContext } from './desk-context.js';

const visitorCard = (active: DeskConversation, context: DeskContext): TemplateResult => {
  const { snapshot, words, formats, t } = context;
  const visitor = active.summary?.visitor;
  const rows: readonly (readonly [string, string])[] = [
    [t('details.name'), words.visitor(active.summary)],
    [t('details.presence'), active.summary ? visitorPresence(active.summary, context).text : t('details.unknown')],
    [t('details.page'), visitor?.page ?? t('details.unknown')],
    [t('details.language'), visitor?.locale ? words.languageName(visitor.locale) : t('details.unknown')],
    ...(active.summary?.language ? [[t('details.language-wanted'), words.languageName(active.summary.language)] as const] : []),
    ...(active.summary?.priority ? [[t('details.priority'), t(`priority.${active.summary.priority}`)] as const] : []),
    [t('details.department'), words.department(snapshot.departments, active.departmentId) || t('details.unknown')],
    [t('details.started'), formats.moment(active.createdAt)],
    ...(active.summary?.closedAt ? [[t('details.closed-at'), words.dateTime(active.summary.closedAt)] as const] : []),
  ];
  return html`
    <section class="card" part="visitor-card"><h3>${t('details.visitor')}</h3>
      <dl class="pairs">${rows.map(([name, value]) => html`<div><dt>${name}</dt><dd><bdi>${value}</bdi></dd></div>`)}</dl>
    </section>`;
};

const noteState = (note: NoteItem, { t }: DeskContext): TemplateResult | typeof nothing => {
  if (note.state === 'failed') return html`<span class="bad">${t('details.note-failed')}</span>`;
  return note.state === 'queued' || note.state === 'sending' ? html`<span>${t('details.note-queued')}</span>` : nothing;
};

/** What became of the sending, and where it failed the way out. */
const noteFix = (note: NoteItem, conversationId: string, { ui, act }: DeskContext): TemplateResult | typeof nothing =>
  note.state === 'failed'
    ? html`<div class="note-fix">
        <button class="button small" part="button" type="button" @click=${() => act.retry(note.key)}>${ui('retry')}</button>
        <button class="button small" part="button" type="button" @click=${() => void act.discardNote(conversationId, note)}>${ui('edit')}</button>
      </div>`
    : nothing;

const notesCard = (active: DeskConversation, context: DeskContext): TemplateResult => {
  const { snapshot, ui, formats, noteComposer, t, act } = context;
  const notes = active.notes.chunks.flat().filter((item) => item.type === 'note');
  return html`
    <section class="card notes" part="notes-card"><h3>${t('details.notes')}</h3>
      <p class="muted small">${lockIcon} ${t('details.notes-hint')}</p>
      <ul class="note-list" aria-label=${t('details.notes')}>${repeat(notes, (note) => note.key, (note) => html`
        <li class="staff-note" part="note">
          <p class="small note-head"><b>${note.by.name ?? ui('roleAgent')}</b> ${note.by.title ? html`<span class="muted">${note.by.title}</span>` : nothing} <time class="muted" datetime=${new Date(note.at).toISOString()}>${formats.moment(note.at)}</time> ${noteState(note, context)}</p>
          <p class="note-text" dir="auto">${linkify(note.text)}</p>
          ${noteFix(note, active.id, context)}
        </li>`)}</ul>
      ${notes.length ? nothing : html`<p class="muted">${t('details.notes-none')}</p>`}
      ${active.status === 'closed' || !isOwn(active, context)
        ? nothing
        : noteComposer.template({
            value: active.noteDraft.text, placeholder: t('details.note-label'), label: t('details.note-label'), sendLabel: t('details.note-add'), maxChars: snapshot.textChars,
            tooLong: (n) => ui('tooLong', { n }), onInput: act.writeNote, onSend: act.addNote,
          })}
    </section>`;
};

/** The column; a drawer where there is no room for three. */
export function detailsView(context: DeskContext): TemplateResult | typeof nothing {
  const { snapshot, state, t, act } = context;
  const { active } = snapshot;
  if (!active) return nothing;
  return html`
    <aside class="details ${state.detailsOpen ? 'open' : ''}" part="details" aria-label=${t('details.region')}>
      <div class="details-top"><h2 id="desk-details-heading" tabindex="-1">${t('details.region')}</h2><button class="icon-button" part="details-close" type="button" aria-label=${t('details.close')} title=${t('details.close')} @click=${act.toggleDetails}>${closeIcon}</button></div>
      <div class="details-scroll" tabindex="0" role="group" aria-label=${t('details.region')}>${visitorCard(active, context)}${checkCard(active, context)}${answeredCards(active, context)}${preChatCard(active, context)}${notesCard(active, context)}</div>
    </aside>`;
}
