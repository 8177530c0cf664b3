/**
 * One template per kind of item: label, help and error tied to the control by ids (one shadow root, so ids work). Native controls
 * throughout: they are what phones, screen readers and 80-year-old fingers know. WCAG 1.3.1, 3.3.1, 3.3.2, 4.1.2.
 * Knows nothing of sessions: data in, intents out.
 */
import { html, nothing, type TemplateResult } from 'lit/html.js';
import { live } from 'lit/directives/live.js';
import type { FormTranslate } from '../i18n/form/translate-form.js';
import type { ItemSnapshot, OptionSnapshot } from '../questionnaire/form-session.js';

/** What a field may ask of the form it is in. */
export interface FieldIntents {
  type(linkId: string, text: string): void;
  /** The control holds something that is not a value, as half a date. */
  typeUnreadable(linkId: string): void;
  choose(linkId: string, option: OptionSnapshot, on: boolean): void;
  chooseBoolean(linkId: string, value: boolean | null): void;
  /** One choice, or none. */
  chooseOnly(linkId: string, option: OptionSnapshot | null): void;
  leave(linkId: string): void;
}

export interface FieldContext {
  readonly t: FormTranslate;
  readonly intents: FieldIntents;
  /** Unique in the shadow root for this item. */
  readonly id: string;
  /** The sentence for the item's error, or null. */
  readonly error: string | null;
  /** Whether this browser has a date control; else a text field with a hint takes its place. */
  readonly hasDateInput: boolean;
}

/** More options than this become a drop-down list, unless the author says otherwise. */
const mostRadios = 7;

/** A choice as the view sees it: booleans are a choice of two. */
interface Choice {
  readonly label: string;
  readonly chosen: boolean;
  set(on: boolean): void;
}

const value = (event: Event): string => (event.target as HTMLInputElement).value;

/** The hint that a field's own kind calls for. */
function hintOf(item: ItemSnapshot, { t, hasDateInput }: FieldContext): string | null {
  if (item.type === 'choice') return item.repeats ? t('chooseAll') : null;
  if (item.type === 'date' && item.precision === 'month') return t('monthHint');
  if (item.type === 'date' && item.precision === 'year') return t('yearHint');
  if (item.type === 'date') return hasDateInput ? null : t('dateHint');
  return item.entryFormat === null ? null : t('format', { format: item.entryFormat });
}

const helpLines = (item: ItemSnapshot, context: FieldContext): readonly string[] => {
  const hint = hintOf(item, context);
  return hint === null ? item.help : [...item.help, hint];
};

const labelText = (item: ItemSnapshot, { t }: FieldContext): TemplateResult =>
  html`${item.prefix ? html`<span class="form-prefix">${item.prefix} </span>` : nothing}<span dir="auto">${item.text}</span>${item.unit ? ` (${item.unit})` : nothing}${
    item.required ? html` <span class="form-required" part="form-required">(${t('required')})</span>` : nothing}`;

const helpOf = (item: ItemSnapshot, context: FieldContext): TemplateResult | typeof nothing => {
  const lines = helpLines(item, context);
  return lines.length === 0 ? nothing : html`<div class="form-help" part="form-help" id="${context.id}-help">${lines.map((line) => html`<p><span dir="auto">${line}</span></p>`)}</div>`;
};

const errorOf = ({ id, error }: FieldContext): TemplateResult | typeof nothing =>
  error === null ? nothing : html`<p class="form-error" part="form-error" id="${id}-error">${error}</p>`;

/** Ids of help and error, error first: what is wrong matters more than how it works. */
function describedBy(item: ItemSnapshot, context: FieldContext): string | typeof nothing {
  const ids = [...(context.error === null ? [] : [`${context.id}-error`]), ...(helpLines(item, context).length === 0 ? [] : [`${context.id}-help`])];
  return ids.length === 0 ? nothing : ids.join(' ');
}

const inputModes: Readonly<Record<string, string>> = { integer: 'numeric', decimal: 'decimal', tel: 'tel', 'tel-national': 'tel', email: 'email' };

/** By what is in it; an empty field with `auto` would be left-to-right in an Arabic form. */
const direction = (item: ItemSnapshot): 'auto' | typeof nothing => (item.typed === '' ? nothing : 'auto');

function textControl(item: ItemSnapshot, context: FieldContext): TemplateResult {
  const { intents, id, error } = context;
  const described = describedBy(item, context);
  const invalid = error === null ? nothing : 'true';
  const required = item.required ? 'true' : nothing;
  const onInput = (event: Event): void => intents.type(item.linkId, value(event));
  const onBlur = (): void => intents.leave(item.linkId);
  if (item.type === 'text') {
    return html`<textarea class="form-input" part="form-input" id=${id} rows="3" dir=${direction(item)} .value=${live(item.typed)} ?readonly=${item.readOnly} autocomplete="off"
      aria-required=${required} aria-invalid=${invalid} aria-describedby=${described} @input=${onInput} @blur=${onBlur}></textarea>`;
  }
  const mode = inputModes[item.type] ?? inputModes[item.autocomplete ?? ''] ?? (item.type === 'date' ? 'numeric' : nothing);
  return html`<input class="form-input" part="form-input" id=${id} type="text" dir=${item.type === 'string' ? direction(item) : 'ltr'} .value=${live(item.typed)} ?readonly=${item.readOnly}
    inputmode=${mode} autocomplete=${item.autocomplete ?? 'off'} aria-required=${required} aria-invalid=${invalid} aria-describedby=${described}
    @input=${onInput} @blur=${onBlur}>`;
}

function dateControl(item: ItemSnapshot, context: FieldContext): TemplateResult {
  const { intents, id, error } = context;
  const read = (event: Event): void => {
    const input = event.target as HTMLInputElement;
    if (input.validity.badInput) intents.typeUnreadable(item.linkId);
    else intents.type(item.linkId, input.value);
  };
  return html`<input class="form-input form-date" part="form-input" id=${id} type="date" .value=${live(item.typed)} ?readonly=${item.readOnly}
    min=${item.minValue ?? nothing} max=${item.maxValue ?? '9999-12-31'} autocomplete=${item.autocomplete ?? 'off'}
    aria-required=${item.required ? 'true' : nothing} aria-invalid=${error === null ? nothing : 'true'} aria-describedby=${describedBy(item, context)}
    @input=${read} @change=${read} @blur=${(event: Event) => { read(event); intents.leave(item.linkId); }}>`;
}

function selectControl(item: ItemSnapshot, context: FieldContext): TemplateResult {
  const { t, intents, id, error } = context;
  // The first entry is "Choose…".
  const onChange = (event: Event): void => intents.chooseOnly(item.linkId, item.options[(event.target as HTMLSelectElement).selectedIndex - 1] ?? null);
  return html`<select class="form-input form-select" part="form-input" id=${id} ?disabled=${item.readOnly} autocomplete=${item.autocomplete ?? 'off'}
    aria-required=${item.required ? 'true' : nothing} aria-invalid=${error === null ? nothing : 'true'} aria-describedby=${describedBy(item, context)} @change=${onChange}>
    <option value="" .selected=${live(!item.options.some((option) => option.chosen))}>${t('choose')}</option>
    ${item.options.map((option, index) => html`<option value=${index} .selected=${live(option.chosen)}>${option.prefix === null ? '' : `${option.prefix} `}${option.label}</option>`)}
  </select>`;
}

function choicesOf(item: ItemSnapshot, { t, intents }: FieldContext): readonly Choice[] {
  const { linkId } = item;
  if (item.type === 'boolean') {
    const is = (wanted: boolean): boolean => item.answers.some((answer) => 'valueBoolean' in answer && answer.valueBoolean === wanted);
    return [true, false].map((wanted) => ({ label: t(wanted ? 'yes' : 'no'), chosen: is(wanted), set: () => intents.chooseBoolean(linkId, wanted) }));
  }
  return item.options.map((option) => ({
    label: option.prefix === null ? option.label : `${option.prefix} ${option.label}`,
    chosen: option.chosen,
    set: (on) => intents.choose(linkId, option, on),
  }));
}

function choiceField(item: ItemSnapshot, context: FieldContext): TemplateResult {
  const { t, intents, id, error } = context;
  const multiple = item.repeats;
  const choices = choicesOf(item, context);
  const clear = (): void => (item.type === 'boolean' ? intents.chooseBoolean(item.linkId, null) : intents.chooseOnly(item.linkId, null));
  const clearable = !multiple && !item.required && !item.readOnly && choices.some((choice) => choice.chosen);
  return html`<fieldset class="form-field" part="form-field" role=${multiple ? 'group' : 'radiogroup'} aria-describedby=${describedBy(item, context)}
    aria-required=${!multiple && item.required ? 'true' : nothing} aria-invalid=${!multiple && error !== null ? 'true' : nothing}>
    <legend class="form-label" part="form-label" id="${id}-legend">${labelText(item, context)}</legend>
    ${helpOf(item, context)}${errorOf(context)}
    ${choices.map((choice, index) => html`<label class="form-option" part="form-option">
      <input type=${multiple ? 'checkbox' : 'radio'} id=${index === 0 ? id : `${id}-${index}`} name=${id} .checked=${live(choice.chosen)} ?disabled=${item.readOnly}
        aria-invalid=${multiple && error !== null ? 'true' : nothing}
        @change=${(event: Event) => choice.set((event.target as HTMLInputElement).checked)}><span dir="auto">${choice.label}</span>
    </label>`)}
    ${clearable ? html`<button type="button" class="form-clear" part="form-clear" aria-describedby="${id}-legend" @click=${clear}>${t('clear')}</button>` : nothing}
  </fieldset>`;
}

const isRadios = (item: ItemSnapshot): boolean =>
  item.type === 'boolean' || item.repeats || item.control === 'radio-button' || (item.control !== 'drop-down' && item.options.length <= mostRadios);

/** The template of one question. */
export function renderField(item: ItemSnapshot, context: FieldContext): TemplateResult {
  if (item.type === 'boolean' || (item.type === 'choice' && isRadios(item))) return choiceField(item, context);
  const control = item.type === 'choice' ? selectControl(item, context)
    : item.type === 'date' && item.precision === 'day' && context.hasDateInput ? dateControl(item, context)
    : textControl(item, context);
  return html`<div class="form-field" part="form-field">
    <label class="form-label" part="form-label" for=${context.id}>${labelText(item, context)}</label>
    ${helpOf(item, context)}${errorOf(context)}${control}
  </div>`;
}
