/**
 * What both manners of showing a form share: the session on one side, the fields on the other, and the host around them. Stores nothing and
 * sends nothing: drafts and answers go to the host.
 */
import { guard } from 'lit/directives/guard.js';
import { html, nothing, type TemplateResult } from 'lit/html.js';
import { englishForm, type FormTranslate } from '../i18n/form/translate-form.js';
import type { AnswerError, Markup } from '../questionnaire/form.js';
import type { FormDraft } from '../questionnaire/form-draft.js';
import type { FormBody, FormPurpose, FormSession } from '../questionnaire/form-session.js';
import type { ItemSnapshot } from '../questionnaire/form-snapshot.js';
import { answerInWords } from '../questionnaire/write-response.js';
import { onElement } from '../ui/on-element.js';
import type { FieldContext, FieldIntents } from './form-fields.js';
import { sentence, wordsOf } from './form-words.js';
import type { AllowMedia } from './item-extras.js';
import { readFile } from './read-file.js';

export interface FormViewOptions {
  /** The form, loaded, with the expressions it needs. Of this view alone. */
  readonly session: FormSession;
  readonly purpose: FormPurpose;
  /** What `onChange` gave earlier, of either manner; ignored where it belongs to another form or version. */
  readonly draft?: unknown;
  /** After every change by the person. The draft is plain JSON and holds what was typed: encrypt it. */
  onChange(draft: FormDraft): void;
  /** Asks the host to render `template()` again. */
  requestUpdate(): void;
  /** Sentences from `createFormTranslate(lang, messages)`; English where absent. */
  readonly t?: FormTranslate;
  /** Wall clock in milliseconds since the epoch, UTC, for `authored`. */
  readonly now?: () => number;
  /** Whether a picture, sound or film of the form may be asked for; default: none. */
  readonly allowMedia?: AllowMedia;
  /** Clean nodes for a text that the author wrote as markup, or null: then its plain text shows. Asked again until it gives nodes, which are kept. */
  readonly renderMarkup?: (markup: Markup) => Node | null;
  /** Largest file that can be attached, in bytes; default 30,000, which fits a frame. */
  readonly maxAttachmentBytes?: number;
}

/** A form on the screen, in either manner. */
export interface FormView {
  /** Title of the form in the current language, if it has one. */
  readonly title: string | null;
  readonly session: FormSession;
  /** Whether it is time for the host's button: always in a form, at the end of a conversation. */
  readonly ready: boolean;
  /** The questions. Render it in one place only. */
  template(): TemplateResult;
  /** The answers, ready for the wire; or null, and what is wrong is on screen. */
  submit(): FormBody | null;
  /** The answers so far, in words. */
  toFormAnswers(): ReturnType<FormSession['toFormAnswers']>;
  /** What `onChange` gives. */
  toDraft(): FormDraft;
  /** Takes up a draft; false where it is of another form. */
  restore(draft: unknown): boolean;
  /** Changes the language of questions and sentences; the sentences are English where absent, as at the beginning. Keeps what was typed. */
  setLang(lang: string, t?: FormTranslate): void;
}

/** Something that is not right, for the list of them. `key` is empty where it is about the form as a whole. */
export interface Mistake {
  readonly key: string;
  readonly text: string;
  readonly said: string;
}

export interface ViewCore {
  readonly t: FormTranslate;
  readonly lang: string;
  readonly intents: FieldIntents;
  /** Unique in the shadow root. */
  idOf(key: string): string;
  say(error: AnswerError): string;
  contextOf(item: ItemSnapshot, more?: Partial<FieldContext>): FieldContext;
  /** The text of an item, as markup where the host can show it. */
  textOf(item: ItemSnapshot): unknown;
  /** Renders again only where the item, what is given beside it, or something that no item knows of is another than before. */
  unlessSame(item: ItemSnapshot, beside: readonly unknown[], render: () => unknown): unknown;
  /** What was answered, in words. */
  answerOf(item: ItemSnapshot): string;
  /** What is answered and not to be changed: by the author, by the page, or computed. */
  renderSaid(item: ItemSnapshot, id?: string | typeof nothing): TemplateResult;
  /** Answers to questions that are not shown leave with the others: nobody sends what they cannot see. */
  renderAlsoSent(): TemplateResult | typeof nothing;
  /** Everything that is wrong as far as it shows. */
  mistakes(): readonly Mistake[];
  /** Checks everything: null, and it shows from now on what is wrong; or the body for the wire. */
  submit(): FormBody | null;
  toFormAnswers(): ReturnType<FormSession['toFormAnswers']>;
  /** Renders, then focuses the element with this id. */
  focusLater(id: string): void;
  /** Belongs at the end of the template. */
  focusHook(): TemplateResult;
  setLang(lang: string, t?: FormTranslate): void;
}

const defaultMaxBytes = 30_000;

/** Two forms in one shadow root must not share ids. */
let forms = 0;

/** `changed` is called after every change by the person. */
export function createViewCore(options: FormViewOptions, changed: () => void): ViewCore {
  const { session, requestUpdate, allowMedia = () => false, maxAttachmentBytes: maxBytes = defaultMaxBytes } = options;
  const prefix = `care-form-${forms++}`;
  const ids = new Map<string, string>();
  /** What is wrong with a file that was picked and not taken. */
  const refused = new Map<string, AnswerError>();
  /** The file that was picked last: one that takes longer to read must not come after it. */
  const picked = new Map<string, File | null>();
  const nodes = new Map<string, Node>();
  let t = options.t ?? englishForm();
  let focusOn: string | null = null;
  /** Another one after each change that the items do not show: of sentences, of files, of markup that is not there yet. */
  let stamp = {};

  const idOf = (key: string): string => {
    const id = ids.get(key) ?? `${prefix}-${ids.size}`;
    ids.set(key, id);
    return id;
  };
  const limitOf = (key: string): number => Math.min(maxBytes, session.snapshot.value.items.find((item) => item.key === key)?.maxSizeBytes ?? maxBytes);
  const refuse = (key: string, error: AnswerError): void => {
    refused.set(key, error);
    stamp = {};
    session.answer(key, []);
    changed();
  };
  const attach = (key: string, file: File | null): void => {
    picked.set(key, file);
    if (refused.delete(key)) stamp = {};
    if (!file) {
      session.answer(key, []);
      changed();
    } else if (file.size > limitOf(key)) refuse(key, { code: 'attachment-size', params: { max: limitOf(key) } });
    else {
      readFile(file).then((valueAttachment) => {
        if (picked.get(key) !== file || !session.answer(key, [{ valueAttachment }])) return;
        const error = session.check(key);
        if (error) refuse(key, error);
        else changed();
      }, () => refuse(key, { code: 'attachment-type', params: {} }));
    }
  };
  const intents: FieldIntents = {
    type: (key, text) => void (session.type(key, text) && changed()),
    typeUnreadable: (key, code) => void (session.type(key, '', code) && changed()),
    choose: (key, value, on) => void (session.choose(key, value, on) && changed()),
    chooseOther: (key, on) => void (session.chooseOther(key, on) && changed()),
    clear: (key) => void (session.answer(key, []) && changed()),
    attach,
    leave(key) {
      session.leave(key);
      // Not at once: a field that a render takes away is left in the middle of it.
      queueMicrotask(requestUpdate);
    },
  };
  const say = (error: AnswerError): string => sentence(error, t, session.snapshot.value.lang, session.form.language);
  const textOf = (item: ItemSnapshot): unknown => {
    // A translation or a computed text says more than the markup, which is in the author's language only.
    const isOwn = item.markup !== null && item.text === session.form.byLinkId.get(item.linkId)?.text?.text;
    if (!isOwn || !options.renderMarkup) return item.text;
    const node = nodes.get(item.key) ?? options.renderMarkup(item.markup!);
    if (node) nodes.set(item.key, node);
    else stamp = {};
    return node ?? item.text;
  };
  const errorOf = (item: ItemSnapshot): AnswerError | null => refused.get(item.key) ?? item.error;
  const mistakes = (): readonly Mistake[] => {
    const { items, errors } = session.snapshot.value;
    const own = items.filter(({ shown }) => shown).flatMap((item) => {
      const error = errorOf(item);
      return error ? [{ key: item.key, text: item.shortText ?? item.text, said: say(error) }] : [];
    });
    return [...own, ...errors.map((error) => ({ key: '', text: '', said: say(error) }))];
  };
  /** Kept because formats are slow to make and a conversation can be long. */
  let inWords = new WeakMap<ItemSnapshot['answers'], string>();
  const answerOf = ({ linkId, answers }: ItemSnapshot): string => {
    const known = inWords.get(answers);
    if (known !== undefined) return known;
    const item = session.form.byLinkId.get(linkId)!;
    const { lang } = session.snapshot.value;
    const words = wordsOf(t, lang);
    const all = answers.map((answer) => answerInWords(session.form, item, answer, lang, words));
    const said = all.length < 2 ? all.join('') : new Intl.ListFormat(lang, { type: 'unit' }).format(all);
    inWords.set(answers, said);
    return said;
  };
  const answerLine = (item: ItemSnapshot): TemplateResult => html`<span dir="auto">${item.text}</span>: <b dir="auto">${answerOf(item)}</b>`;
  /** Runs when everything before it is rendered; focus then waits for the host to have committed the rest. */
  const afterRender = (element: HTMLElement): void => {
    if (focusOn === null) return;
    const id = focusOn;
    focusOn = null;
    queueMicrotask(() => {
      const target = element.parentElement?.querySelector<HTMLElement>(`#${id}`);
      target?.focus();
      // Of a question that is taller than the panel engines show the middle: it is read from its beginning.
      if (target?.role === 'group') target.scrollIntoView({ block: 'start' });
    });
  };

  return {
    get t() {
      return t;
    },
    get lang() {
      return session.snapshot.value.lang;
    },
    intents, idOf, say, textOf, mistakes, answerOf,
    renderSaid: (item, id = nothing) => html`<p class="form-display" part="form-display" id=${id}>${answerLine(item)}</p>`,
    renderAlsoSent() {
      const also = session.snapshot.value.items.filter(({ key, shown, answers }) => !shown && answers.length > 0 && session.reached(key));
      return also.length === 0 ? nothing : html`<p class="form-label">${t('alsoSent')}</p><ul class="ask-also">${also.map((item) => html`<li>${answerLine(item)}</li>`)}</ul>`;
    },
    unlessSame: (item, beside, render) => guard([item, stamp, ...beside], render),
    contextOf(item, more) {
      const error = errorOf(item);
      return {
        t, intents, allowMedia, maxBytes,
        lang: session.snapshot.value.lang, id: idOf(item.key), error: error && say(error), caution: item.caution && say(item.caution), refused: refused.has(item.key),
        locked: false, helpApart: false, text: textOf(item), ...more,
      };
    },
    submit() {
      session.validate();
      requestUpdate();
      if (mistakes().length > 0) return null;
      const authored = new Date((options.now ?? Date.now)()).toISOString();
      return session.toBody(options.purpose, authored, wordsOf(t, session.snapshot.value.lang));
    },
    toFormAnswers: () => session.toFormAnswers(wordsOf(t, session.snapshot.value.lang)),
    focusLater(id) {
      focusOn = id;
      requestUpdate();
    },
    focusHook: () => html`<span hidden ${onElement(afterRender)}></span>`,
    setLang(lang, next) {
      session.setLang(lang);
      // English is what a form has itself: a host that goes back to it gives no sentences.
      t = next ?? englishForm();
      inWords = new WeakMap();
      stamp = {};
      requestUpdate();
    },
  };
}

/** All mistakes at the top, each leading to its question. The status line is there from the start, so that a screen reader hears it change. */
export function renderSummary({ t, idOf }: ViewCore, wrong: readonly Mistake[], go: (key: string) => void): TemplateResult {
  const lead = ({ key, text, said }: Mistake): TemplateResult =>
    key === '' ? html`<li>${said}</li>` : html`<li><button type="button" part="form-summary-link" @click=${() => go(key)}><span dir="auto">${text}</span>: ${said}</button></li>`;
  return html`<div class="form-summary" part=${wrong.length > 0 ? 'form-summary' : nothing} id=${idOf('')} tabindex="-1" ?data-empty=${wrong.length === 0}>
    <p class="form-summary-title" role="status">${wrong.length > 0 ? t('summary', { n: wrong.length }) : nothing}</p>
    ${wrong.length === 0 ? nothing : html`<ul>${wrong.map(lead)}</ul>`}
  </div>`;
}
