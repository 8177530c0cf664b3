/**
 * The controls of each kind of item: help, error and caution tied to them by ids (one shadow root, so ids work). Native controls
 * throughout: they are what phones, screen readers and 80-year-old fingers know. WCAG 1.3.1, 3.3.1, 3.3.2, 4.1.2.
 * Knows nothing of sessions: data in, intents out.
 */
import { html, nothing, type TemplateResult } from 'lit/html.js';
import { live } from 'lit/directives/live.js';
import type { FormTranslate } from '../i18n/form/translate-form.js';
import type { AnswerError } from '../questionnaire/form.js';
import type { ItemSnapshot } from '../questionnaire/form-snapshot.js';
import { choicesOf, isChoosing, scaleOf, type ChoiceIntents } from './choices.js';
import { formatBytes, formatNumber } from './form-words.js';
import { renderLink, renderMedia, type AllowMedia } from './item-extras.js';

/** What a field may ask of the form it is in. */
export interface FieldIntents extends ChoiceIntents {
  type(key: string, text: string): void;
  /** The control holds something that is not a value, as half a date. */
  typeUnreadable(key: string, code: AnswerError['code']): void;
  /** No answer. */
  clear(key: string): void;
  attach(key: string, file: File | null): void;
  leave(key: string): void;
}

export interface FieldContext {
  readonly t: FormTranslate;
  readonly lang: string;
  readonly intents: FieldIntents;
  /** Unique in the shadow root for this item. */
  readonly id: string;
  /** The sentence for the item's error, or null. */
  readonly error: string | null;
  readonly caution: string | null;
  /** A file was picked and not taken. */
  readonly refused: boolean;
  /** Seen, but not to be answered now. */
  readonly locked: boolean;
  /** The author's explanations stand elsewhere. */
  readonly helpApart: boolean;
  /** Files larger than this cannot be sent. */
  readonly maxBytes: number;
  /** The item's text, as markup where the host can show it. */
  readonly text: unknown;
  readonly allowMedia: AllowMedia;
}

const value = (event: Event): string => (event.target as HTMLInputElement).value;

const momentInputs = { date: 'date', dateTime: 'datetime-local', time: 'time' } as const;
const unreadable = { date: 'not-date', dateTime: 'not-date-time', time: 'not-time' } as const;
const momentHints = { date: 'dateHint', dateTime: 'dateTimeHint', time: 'timeHint' } as const;
type Moment = keyof typeof momentInputs;
const isMoment = (type: string): type is Moment => Object.hasOwn(momentInputs, type);

const inputs = new Map<string, boolean>();
/** WebKit for GTK, for one, has no date control and shows a text field. */
function hasInput(type: string): boolean {
  const known = inputs.get(type);
  if (known !== undefined) return known;
  const probe = document.createElement('input');
  probe.type = type;
  inputs.set(type, probe.type === type);
  return probe.type === type;
}

/** The browser's own control for the item, where there is one that can show what the item may hold. */
function nativeMoment(item: ItemSnapshot): Moment | null {
  if (!isMoment(item.type) || item.precision !== 'day' || !hasInput(momentInputs[item.type])) return null;
  return item.initial.some((answer) => 'valueDateTime' in answer && !answer.valueDateTime.includes('T')) ? null : item.type;
}

/** The hint that a field's own kind calls for. */
function hintOf(item: ItemSnapshot, { t, lang, maxBytes }: FieldContext): string | null {
  const { type, precision, entryFormat, control, minValue, maxValue } = item;
  if (type === 'choice') return item.repeats ? t('chooseAll') : null;
  if (type === 'attachment') return t('fileHint', { size: formatBytes(Math.min(maxBytes, item.maxSizeBytes ?? maxBytes), lang) });
  if (type === 'date' && precision !== 'day') return t(precision === 'month' ? 'monthHint' : 'yearHint');
  if (isMoment(type)) return nativeMoment(item) ? null : t(momentHints[type]);
  if (entryFormat !== null) return t('format', { format: entryFormat });
  if (control !== 'slider' || scaleOf(item) || typeof minValue !== 'number' || typeof maxValue !== 'number') return null;
  return t('rangeHint', { min: formatNumber(minValue, lang), max: formatNumber(maxValue, lang) });
}

const helpLines = (item: ItemSnapshot, context: FieldContext): readonly string[] =>
  [...(context.helpApart ? [] : item.help), ...[hintOf(item, context)].filter((hint) => hint !== null)];

/** The unit that is not to be chosen. */
const unitOf = ({ unit, units }: ItemSnapshot): string | null => unit ?? (units.length === 1 ? units[0]!.label : null);

/** The question, and in words whether it must be answered. */
export function labelText(item: ItemSnapshot, { t, text }: FieldContext): TemplateResult {
  const unit = unitOf(item);
  const { repetition } = item;
  return html`${item.prefix ? html`<span class="form-prefix">${item.prefix} </span>` : nothing}<span dir="auto">${text}</span>${unit === null ? nothing : ` (${unit})`}${
    repetition && repetition.of > 1 ? ` (${t('nth', { n: repetition.number, of: repetition.of })})` : nothing}${
    item.required ? html` <span class="form-required" part="form-required">(${t('required')})</span>` : nothing}`;
}

/** Everything that is said about an answer: media, help, link, mistake, caution. */
export function renderNotes(item: ItemSnapshot, context: FieldContext): TemplateResult {
  const { id, error, caution, t } = context;
  const lines = helpLines(item, context);
  return html`${renderMedia(item.media, context.allowMedia)}${
    lines.length === 0 ? nothing : html`<div class="form-help" part="form-help" id="${id}-help">${lines.map((line) => html`<p><span dir="auto">${line}</span></p>`)}</div>`}${
    context.helpApart ? nothing : renderLink(item.supportLink, t)}${
    error === null ? nothing : html`<p class="form-error" part="form-error" id="${id}-error">${error}</p>`}${
    caution === null ? nothing : html`<p class="form-caution" part="form-caution" id="${id}-caution">${caution}</p>`}`;
}

/** Ids of help and error, error first: what is wrong matters more than how it works. */
export function describedBy(item: ItemSnapshot, context: FieldContext): string | typeof nothing {
  const { id, error, caution } = context;
  const ids = [...(error === null ? [] : [`${id}-error`]), ...(caution === null ? [] : [`${id}-caution`]), ...(helpLines(item, context).length === 0 ? [] : [`${id}-help`])];
  return ids.length === 0 ? nothing : ids.join(' ');
}

const inputModes: Readonly<Record<string, string>> = {
  integer: 'numeric', decimal: 'decimal', quantity: 'decimal', date: 'numeric', time: 'numeric', url: 'url', tel: 'tel', 'tel-national': 'tel', email: 'email',
};

/** By what is in it; an empty field with `auto` would be left-to-right in an Arabic form. */
const direction = (item: ItemSnapshot): 'auto' | typeof nothing => (item.typed === '' ? nothing : 'auto');

const isProse = ({ type, open }: ItemSnapshot): boolean => type === 'string' || (type === 'choice' && open === 'valueString');

/** What each control of an item has in common. */
const stateOf = (item: ItemSnapshot, context: FieldContext) => ({
  required: item.required ? 'true' : nothing,
  invalid: context.error === null ? nothing : 'true',
  described: describedBy(item, context),
} as const);

function textControl(item: ItemSnapshot, context: FieldContext, id: string, label: string | typeof nothing = nothing): TemplateResult {
  const { intents, locked } = context;
  const { required, invalid, described } = stateOf(item, context);
  const onInput = (event: Event): void => intents.type(item.key, value(event));
  const onBlur = (): void => intents.leave(item.key);
  if (item.type === 'text') {
    return html`<textarea class="form-input" part="form-input" id=${id} rows="3" dir=${direction(item)} .value=${live(item.typed)} ?disabled=${locked} autocomplete="off"
      aria-required=${required} aria-invalid=${invalid} aria-describedby=${described} @input=${onInput} @blur=${onBlur}></textarea>`;
  }
  const mode = inputModes[item.type] ?? inputModes[item.autocomplete ?? ''] ?? nothing;
  return html`<input class="form-input" part="form-input" id=${id} type="text" dir=${isProse(item) ? direction(item) : 'ltr'} .value=${live(item.typed)} ?disabled=${locked}
    aria-label=${label} inputmode=${mode} autocomplete=${item.autocomplete ?? 'off'} aria-required=${required} aria-invalid=${invalid} aria-describedby=${described}
    @input=${onInput} @blur=${onBlur}>`;
}

function momentControl(item: ItemSnapshot, moment: Moment, context: FieldContext): TemplateResult {
  const { intents, id } = context;
  const { required, invalid, described } = stateOf(item, context);
  const take = (input: HTMLInputElement): void => {
    if (input.validity.badInput) intents.typeUnreadable(item.key, unreadable[moment]);
    else intents.type(item.key, input.value);
  };
  const read = (event: Event): void => take(event.target as HTMLInputElement);
  const onBlur = (event: Event): void => {
    const input = event.target as HTMLInputElement;
    // Not at once: a field that a render takes away is left in the middle of it, and has nothing more to say. An engine need not tell of half a date as it is typed:
    // what is in the field is known before it is left.
    queueMicrotask(() => {
      if (input.isConnected) take(input);
      intents.leave(item.key);
    });
  };
  const max = moment === 'date' ? item.maxValue ?? '9999-12-31' : moment === 'dateTime' ? '9999-12-31T23:59' : nothing;
  return html`<input class="form-input form-date" part="form-input" id=${id} type=${momentInputs[moment]} .value=${live(item.typed)} ?disabled=${context.locked}
    min=${(moment === 'date' ? item.minValue : null) ?? nothing} max=${max} autocomplete=${item.autocomplete ?? 'off'}
    aria-required=${required} aria-invalid=${invalid} aria-describedby=${described}
    @input=${read} @change=${read} @blur=${onBlur}>`;
}

function quantityControl(item: ItemSnapshot, context: FieldContext): TemplateResult {
  const { t, intents, id, error, locked } = context;
  const { key, units } = item;
  const number = textControl(item, context, id);
  if (units.length < 2) return number;
  const onChange = (event: Event): void => {
    const unit = units[(event.target as HTMLSelectElement).selectedIndex - 1];
    intents.choose(key, (unit ?? units[0]!).value, unit !== undefined);
  };
  return html`<div class="form-row">${number}<select class="form-input form-select" part="form-input" aria-label="${t('unit')}: ${item.text}" ?disabled=${locked}
    aria-invalid=${error === null ? nothing : 'true'} @change=${onChange} @blur=${() => intents.leave(key)}>
    <option value="" .selected=${live(!units.some(({ chosen }) => chosen))}>${t('unit')}…</option>
    ${units.map(({ label, chosen }, index) => html`<option value=${index} .selected=${live(chosen)}>${label}</option>`)}
  </select></div>`;
}

function selectControl(item: ItemSnapshot, context: FieldContext): TemplateResult {
  const { t, intents, id, lang, locked } = context;
  const { required, invalid, described } = stateOf(item, context);
  const choices = choicesOf(item, t, lang, intents);
  // The first entry is "Choose…".
  const onChange = (event: Event): void => {
    const choice = choices[(event.target as HTMLSelectElement).selectedIndex - 1];
    if (choice) choice.set(true);
    else intents.clear(item.key);
  };
  return html`<select class="form-input form-select" part="form-input" id=${id} ?disabled=${locked} autocomplete=${item.autocomplete ?? 'off'}
    aria-required=${required} aria-invalid=${invalid} aria-describedby=${described} @change=${onChange}>
    <option value="" .selected=${live(!choices.some((choice) => choice.chosen))}>${t('choose')}</option>
    ${choices.map((choice, index) => html`<option value=${index} .selected=${live(choice.chosen)}>${choice.label}</option>`)}
  </select>${renderOther(item, context)}`;
}

function fileControl(item: ItemSnapshot, context: FieldContext): TemplateResult {
  const { t, intents, id, lang } = context;
  const { required, invalid, described } = stateOf(item, context);
  const off = context.locked;
  const [answer] = item.answers;
  const file = answer && 'valueAttachment' in answer ? answer.valueAttachment : null;
  const onChange = (event: Event): void => {
    const input = event.target as HTMLInputElement;
    intents.attach(item.key, input.files?.[0] ?? null);
    // The same file can be picked again.
    input.value = '';
  };
  return html`<div class="form-file">
    ${file ? html`<p class="form-file-name"><span dir="auto">${file.title ?? file.contentType ?? ''}</span>${file.size === undefined ? nothing : ` (${formatBytes(file.size, lang)})`}</p>` : nothing}
    <label class="form-button" part="form-button"><input type="file" id=${id} accept=${item.mimeTypes.join(',') || nothing} ?disabled=${off}
      aria-required=${required} aria-invalid=${invalid} aria-describedby=${described} @change=${onChange}><span>${t('chooseFile')}</span></label>
    ${(file || context.refused) && !off ? html`<button type="button" class="form-clear" part="form-clear" @click=${() => intents.attach(item.key, null)}>${t('removeFile')}</button>` : nothing}
  </div>`;
}

/** The text field of the answer beside the options, once that is chosen. */
export function renderOther(item: ItemSnapshot, context: FieldContext): TemplateResult | typeof nothing {
  if (!item.otherChosen) return nothing;
  const id = `${context.id}-other`;
  const label = item.openLabel ?? context.t('otherAnswer');
  return html`<label class="form-other" for=${id}>${label}</label>${textControl(item, context, id, `${label}: ${item.text}`)}`;
}

/** Boxes or circles with their labels, and the field for what is not among them. */
export function renderOptions(item: ItemSnapshot, context: FieldContext): TemplateResult {
  const { t, intents, id, error, lang } = context;
  const multiple = item.type === 'choice' && item.repeats;
  const option = (choice: ReturnType<typeof choicesOf>[number], index: number): TemplateResult => html`<label class="form-option" part="form-option">
      <input type=${multiple ? 'checkbox' : 'radio'} id=${index === 0 ? id : `${id}-${index}`} name=${id} .checked=${live(choice.chosen)} ?disabled=${context.locked}
        aria-invalid=${multiple && error !== null ? 'true' : nothing}
        @change=${(event: Event) => choice.set((event.target as HTMLInputElement).checked)}><span dir="auto">${choice.label}</span>${renderMedia(choice.media, context.allowMedia)}
    </label>`;
  return html`<div class=${scaleOf(item) ? 'form-options form-scale' : 'form-options'}>${choicesOf(item, t, lang, intents).map(option)}</div>${renderOther(item, context)}`;
}

/** The control of an item that is not answered by choosing among what is on the screen; its id is the context's. */
export function renderControl(item: ItemSnapshot, context: FieldContext): TemplateResult {
  if (item.type === 'choice') return selectControl(item, context);
  if (item.type === 'quantity') return quantityControl(item, context);
  if (item.type === 'attachment') return fileControl(item, context);
  const moment = nativeMoment(item);
  return moment ? momentControl(item, moment, context) : textControl(item, context, context.id);
}

function choiceField(item: ItemSnapshot, context: FieldContext): TemplateResult {
  const { t, intents, id, error } = context;
  const multiple = item.type === 'choice' && item.repeats;
  const clearable = !multiple && !item.required && !context.locked && (item.answers.length > 0 || item.otherChosen);
  return html`<fieldset class="form-field" part="form-field" role=${multiple ? 'group' : 'radiogroup'} aria-describedby=${describedBy(item, context)}
    aria-required=${!multiple && item.required ? 'true' : nothing} aria-invalid=${!multiple && error !== null ? 'true' : nothing}>
    <legend class="form-label" part="form-label" id="${id}-legend">${labelText(item, context)}</legend>
    ${renderNotes(item, context)}${renderOptions(item, context)}
    ${clearable ? html`<button type="button" class="form-clear" part="form-clear" aria-describedby="${id}-legend" @click=${() => intents.clear(item.key)}>${t('clear')}</button>` : nothing}
  </fieldset>`;
}

/** The template of one question in a form. */
export function renderField(item: ItemSnapshot, context: FieldContext): TemplateResult {
  if (isChoosing(item)) return choiceField(item, context);
  return html`<div class="form-field" part="form-field">
    <label class="form-label" part="form-label" for=${context.id}>${labelText(item, context)}</label>
    ${renderNotes(item, context)}${renderControl(item, context)}
  </div>`;
}
