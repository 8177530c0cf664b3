/**
 * A FHIR Questionnaire on the screen, as a form: fields only; the host gives the button and the room. On submit every mistake is
 * said beside its field and in a summary that leads to it, and focus goes to the first (WCAG 3.3.1, 3.3.3). Nothing is ever
 * submitted by itself. Stores nothing and sends nothing: drafts and answers go to the host.
 */
import { html, nothing, type TemplateResult } from 'lit/html.js';
import { ok, type Result } from '../base/result.js';
import { englishForm, type FormTranslate } from '../i18n/form/translate-form.js';
import type { AnswerError } from '../questionnaire/form.js';
import { createFormSession, type FormBody, type FormDraft, type FormPurpose, type FormSession, type ItemSnapshot } from '../questionnaire/form-session.js';
import { loadQuestionnaire } from '../questionnaire/load-questionnaire.js';
import type { AnswerWords } from '../questionnaire/write-response.js';
import { onElement } from '../ui/on-element.js';
import { renderField, type FieldIntents } from './form-fields.js';

export interface FormViewOptions {
  /** FHIR Questionnaire, R4 or R5, as parsed JSON. */
  readonly questionnaire: unknown;
  /** BCP 47 tag. */
  readonly lang: string;
  readonly purpose: FormPurpose;
  /** What `onChange` gave earlier; ignored where it belongs to another form or version. */
  readonly draft?: unknown;
  /** After every change by the person. The draft is plain JSON and holds what was typed: encrypt it. */
  onChange(draft: FormDraft): void;
  /** Asks the host to render `template()` again. */
  requestUpdate(): void;
  /** Sentences from `createFormTranslate(lang, messages)`; English where absent. */
  readonly t?: FormTranslate;
  /** Wall clock in milliseconds since the epoch, UTC, for `authored`. */
  readonly now?: () => number;
}

export interface FormView {
  /** Title of the form in the current language, if it has one. */
  readonly title: string | null;
  readonly session: FormSession;
  /** The fields. Render it in one place only. */
  template(): TemplateResult;
  /** The answers, ready for the wire; or null, and what is wrong is on screen. */
  submit(): FormBody | null;
  /** Changes the language of questions (at once) and sentences (when given). Keeps what was typed. */
  setLang(lang: string, t?: FormTranslate): void;
}

/** Two forms in one shadow root must not share ids. */
let forms = 0;

let dateInput: boolean | undefined;
/** WebKit for GTK, for one, has no date control and shows a text field. */
function hasDateInput(): boolean {
  if (dateInput === undefined) {
    const probe = document.createElement('input');
    probe.type = 'date';
    dateInput = probe.type === 'date';
  }
  return dateInput;
}

/** Dates in words of the language: 03/04 means two things on two sides of an ocean. */
function formatDate(date: string, lang: string): string {
  const [, month, day] = date.split('-');
  const format = new Intl.DateTimeFormat(lang, { timeZone: 'UTC', year: 'numeric', ...(month && { month: 'long' }), ...(day && { day: 'numeric' }) });
  return format.format(new Date(date));
}

const wordsOf = (t: FormTranslate, lang: string): AnswerWords => ({
  yes: t('yes'),
  no: t('no'),
  formatDate: (date) => formatDate(date, lang),
  formatNumber: (value) => new Intl.NumberFormat(lang, { useGrouping: false, maximumFractionDigits: 20 }).format(value),
});

/** The sentence for an error. Dates are written in the person's language. */
function sentence(error: AnswerError, t: FormTranslate, lang: string): string {
  const params = Object.fromEntries(Object.entries(error.params).map(([name, value]) => [name, typeof value === 'string' ? formatDate(value, lang) : value]));
  const n = error.params['min'] ?? error.params['max'];
  return t(`error.${error.code}`, { ...params, ...(typeof n === 'number' && { n }) });
}

/** Loads a Questionnaire and prepares its view. Refusals: code `form-unsupported`, with path and reason. */
export function createFormView(options: FormViewOptions): Result<FormView> {
  const loaded = loadQuestionnaire(options.questionnaire, { lang: options.lang });
  if (!loaded.ok) return loaded;
  const session = createFormSession(loaded.value);
  if (options.draft !== undefined) session.restore(options.draft);

  const prefix = `care-form-${forms++}`;
  const ids = new Map(session.form.items.map((item, index) => [item.linkId, `${prefix}-${index}`]));
  let t = options.t ?? englishForm();
  let submitted = false;
  let focusOn: string | null = null;

  const changed = (): void => {
    options.onChange(session.toDraft());
    options.requestUpdate();
  };
  const intents: FieldIntents = {
    type: (linkId, text) => void (session.type(linkId, text) && changed()),
    typeUnreadable: (linkId) => void (session.type(linkId, '', 'not-date') && changed()),
    choose: (linkId, option, on) => void (session.choose(linkId, option.value, on) && changed()),
    chooseOnly: (linkId, option) => void (session.answer(linkId, option ? [option.value] : []) && changed()),
    chooseBoolean: (linkId, value) => void (session.answer(linkId, value === null ? [] : [{ valueBoolean: value }]) && changed()),
    leave(linkId) {
      session.leave(linkId);
      options.requestUpdate();
    },
  };

  const say = (error: AnswerError): string => sentence(error, t, session.snapshot.value.lang);

  const renderItem = (item: ItemSnapshot): TemplateResult | typeof nothing => {
    if (!item.shown) return nothing;
    const id = ids.get(item.linkId)!;
    if (item.type === 'display') return html`<p class="form-display" part="form-display" dir="auto">${item.text}</p>`;
    const children = item.children.map(renderItem);
    if (item.type !== 'group') return html`${renderField(item, { t, intents, id, error: item.error && say(item.error), hasDateInput: hasDateInput() })}${children}`;
    if (item.text === '') return html`${item.help.map((line) => html`<p class="form-help" part="form-help" dir="auto">${line}</p>`)}${children}`;
    return html`<div class="form-group" part="form-group" role="group" aria-labelledby=${id}>
      <p class="form-group-title" part="form-group-title" id=${id} dir="auto">${item.prefix ? `${item.prefix} ` : ''}${item.text}</p>
      ${item.help.map((line) => html`<p class="form-help" part="form-help" dir="auto">${line}</p>`)}${children}
    </div>`;
  };

  const focus = (root: ParentNode, linkId: string): void => root.querySelector<HTMLElement>(`#${ids.get(linkId)!}`)?.focus();

  /** The status line is there from the start, so that a screen reader hears it change. */
  const summary = (): TemplateResult => {
    const wrong = submitted ? session.snapshot.value.items.filter((item) => item.error) : [];
    const go = (event: Event, linkId: string): void => {
      const root = (event.currentTarget as HTMLElement).closest('.form-fields');
      if (root) focus(root, linkId);
    };
    return html`<div class="form-summary" part=${wrong.length > 0 ? 'form-summary' : nothing} ?data-empty=${wrong.length === 0}>
      <p class="form-summary-title" role="status">${wrong.length > 0 ? t('summary', { n: wrong.length }) : nothing}</p>
      ${wrong.length === 0 ? nothing : html`<ul>${wrong.map((item) => html`<li><button type="button" part="form-summary-link"
        @click=${(event: Event) => go(event, item.linkId)}><span dir="auto">${item.text}</span>: ${say(item.error!)}</button></li>`)}</ul>`}
    </div>`;
  };

  /** Runs when everything before it is rendered; focus then waits for the host to have committed the rest. */
  const afterRender = (element: HTMLElement): void => {
    if (focusOn === null) return;
    const linkId = focusOn;
    focusOn = null;
    queueMicrotask(() => element.parentElement && focus(element.parentElement, linkId));
  };

  return ok({
    session,
    get title() {
      return session.snapshot.value.title;
    },
    template: () => html`<div class="form-fields" part="form" lang=${session.snapshot.value.lang}>
      ${summary()}${session.snapshot.value.roots.map(renderItem)}<span hidden ${onElement(afterRender)}></span>
    </div>`,
    submit() {
      const wrong = session.validate();
      submitted = true;
      if (wrong.length > 0) {
        focusOn = wrong[0]!.linkId;
        options.requestUpdate();
        return null;
      }
      options.requestUpdate();
      const authored = new Date((options.now ?? Date.now)()).toISOString();
      return session.toBody(options.purpose, authored, wordsOf(t, session.snapshot.value.lang));
    },
    setLang(lang, next) {
      session.setLang(lang);
      if (next) t = next;
      options.requestUpdate();
    },
  });
}
