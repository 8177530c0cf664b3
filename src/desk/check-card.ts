/** What a patient's symptom check came to, as it was handed over: every question as it was shown, and the answers as a file for the record. */
import { html, nothing, type TemplateResult } from 'lit/html.js';
import type { DeskConversation, FormItem } from '../core/snapshots.js';
import { saveFile } from '../platform/browser/save-file.js';
import type { CheckVerdict, FormAnsweredBody } from '../protocol/types.js';
import type { DeskContext } from './desk-context.js';

/** The newest check of a conversation, on the screen or on a page that is not loaded. */
export const checkOf = ({ timeline, olderCheck }: DeskConversation): FormAnsweredBody | null =>
  timeline.chunks.flat().filter((item): item is FormItem => item.type === 'form' && item.body.purpose === 'checker').at(-1)?.body ?? olderCheck;

/** The answers of the form before the chat, or of a message that is left, as far as they have been loaded. */
const preChatOf = ({ timeline }: DeskConversation): FormAnsweredBody | undefined =>
  timeline.chunks.flat().find((item): item is FormItem => item.type === 'form' && (item.body.purpose === 'pre-chat' || item.body.purpose === 'offline'))?.body;

const download = (conversationId: string, { response }: FormAnsweredBody): void =>
  saveFile(`questionnaire-response-${conversationId}.json`, 'application/fhir+json', `${JSON.stringify(response, null, 2)}\n`);

/** A value of the clinic's page is not what the patient said. Empty where it is. */
const pageNote = ({ source }: FormAnsweredBody['answers'][number], { t }: Pick<DeskContext, 't'>): string => (source === 'page' ? t('details.from-page') : '');

const answerView = (answer: FormAnsweredBody['answers'][number], { t, formats }: DeskContext): TemplateResult => {
  const { question, answers, at, changed, skipped } = answer;
  const notes = [pageNote(answer, { t }), changed ? t('check.changed') : '', at === undefined ? '' : formats.time(at)].filter(Boolean);
  return html`<div><dt><bdi>${question}</bdi></dt>
    ${answers.some(Boolean) ? answers.map((said) => html`<dd><bdi>${said}</bdi></dd>`) : html`<dd class="muted">${t(skipped ? 'check.skipped' : 'details.unanswered')}</dd>`}
    ${notes.length > 0 ? html`<dd class="muted small">${notes.join(' · ')}</dd>` : nothing}</div>`;
};

/** Where the server did not come to the same. */
const verdictView = ({ result, title = '', rule = '' }: CheckVerdict, { t }: DeskContext): TemplateResult | typeof nothing => {
  if (result === 'same') return nothing;
  return html`<p class=${result === 'differs' ? 'bad' : 'muted'} part="check-verdict">${result === 'differs' ? t('check.differs', { title, rule }) : t('check.unchecked')}</p>`;
};

const downloadButton = (active: DeskConversation, body: FormAnsweredBody, { t }: DeskContext): TemplateResult =>
  html`<button class="button small" part="button" type="button" @click=${() => download(active.id, body)}>${t('check.download')}</button>`;

/** What was asked before the chat, or is in a message that was left: as it came where that is loaded, else as the list has it, which knows no file. */
export function preChatCard(active: DeskConversation, context: DeskContext): TemplateResult {
  const { t } = context;
  const body = preChatOf(active);
  const answers = body?.answers ?? active.summary?.preChat ?? [];
  return html`
    <section class="card" part="pre-chat-card"><h3>${t(active.summary?.offline ? 'left.tag' : 'details.pre-chat')}</h3>
      ${answers.length > 0 ? html`<dl class="answers">${answers.map((answer) => answerView(answer, context))}</dl>` : html`<p class="muted">${t('details.pre-chat-none')}</p>`}
      ${body ? downloadButton(active, body, context) : nothing}
    </section>`;
}

/** The forms that were answered within the chat or after it, as far as they have been loaded; the newest first. */
export function answeredCards(active: DeskConversation, context: DeskContext): readonly TemplateResult[] {
  const { t } = context;
  const forms = active.timeline.chunks.flat().filter((item): item is FormItem => item.type === 'form' && (item.body.purpose === 'in-chat' || item.body.purpose === 'rating')).reverse();
  return forms.map(({ body }) => html`
    <section class="card" part="answered-card"><h3>${t(body.purpose === 'rating' ? 'details.rating' : 'details.in-chat')}</h3>
      ${body.form.title ? html`<p><bdi>${body.form.title}</bdi></p>` : nothing}
      <dl class="answers">${body.answers.map((answer) => answerView(answer, context))}</dl>
      ${downloadButton(active, body, context)}
    </section>`);
}

/** The card; nothing where no check was handed over. */
export function checkCard(active: DeskConversation, context: DeskContext): TemplateResult | typeof nothing {
  const { t, words } = context;
  const body = checkOf(active);
  if (!body) return nothing;
  const { outcome, form, answers, response } = body;
  const rows = outcome ? [
    [t('check.rule'), outcome.rule],
    [t('check.content'), t('check.version', { id: outcome.checker, version: outcome.version })],
    [t('check.started'), words.dateTime(outcome.startedAt)],
    [t('check.ended'), words.dateTime(outcome.endedAt)],
  ] as const : [];
  return html`
    <section class="card" part="check-card"><h3>${t('check.title')}</h3>
      ${form.title ? html`<p><bdi>${form.title}</bdi></p>` : nothing}
      ${outcome ? html`<p class="check-level"><b><bdi>${outcome.title}</bdi></b></p>` : nothing}
      ${outcome?.verdict ? verdictView(outcome.verdict, context) : nothing}
      ${outcome?.status === 'draft' ? html`<p class="bad">${t('check.draft')}</p>` : nothing}
      <dl class="pairs">${rows.map(([name, value]) => html`<div><dt>${name}</dt><dd><bdi>${value}</bdi></dd></div>`)}</dl>
      ${response['status'] === 'stopped' ? html`<p class="muted">${t('check.stopped')}</p>` : nothing}
      <dl class="answers">${answers.map((answer) => answerView(answer, context))}</dl>
      ${downloadButton(active, body, context)}
    </section>`;
}
