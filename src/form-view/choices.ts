/** What can be chosen: of options, of yes and no, of a small scale, and beside them. For both manners; knows no sessions. */
import type { FormTranslate } from '../i18n/form/translate-form.js';
import type { Answer, Media } from '../questionnaire/form.js';
import type { ItemSnapshot } from '../questionnaire/form-snapshot.js';
import { formatNumber } from './form-words.js';

/** What a choice may ask of the form it is in. */
export interface ChoiceIntents {
  choose(key: string, value: Answer, on: boolean): void;
  chooseOther(key: string, on: boolean): void;
}

export interface Choice {
  readonly label: string;
  readonly media: Media | null;
  readonly chosen: boolean;
  /** The one that is to be typed. */
  readonly other: boolean;
  set(on: boolean): void;
}

/** More options than this become a drop-down list, unless the author says otherwise. */
const mostRadios = 7;
/** 0 to 10 is a scale; more becomes a field for a number. */
const mostSteps = 11;

/** The steps of a slider that are few enough to choose from. A range control would look answered while it is not. */
export function scaleOf({ type, control, minValue, maxValue, sliderStep }: ItemSnapshot): readonly number[] | null {
  if (control !== 'slider' || (type !== 'integer' && type !== 'decimal') || typeof minValue !== 'number' || typeof maxValue !== 'number') return null;
  const step = sliderStep !== null && sliderStep > 0 ? sliderStep : 1;
  const count = Math.floor((maxValue - minValue) / step) + 1;
  return count < 2 || count > mostSteps ? null : Array.from({ length: count }, (_, index) => minValue + index * step);
}

/** Whether the question is answered by choosing among things that are all on the screen. */
export const isChoosing = (item: ItemSnapshot): boolean =>
  item.type === 'boolean' || scaleOf(item) !== null ||
  (item.type === 'choice' && (item.repeats || item.control === 'radio-button' || (item.control !== 'drop-down' && item.options.length <= mostRadios)));

/** Everything that can be chosen, in the order of the author. */
export function choicesOf(item: ItemSnapshot, t: FormTranslate, lang: string, { choose, chooseOther }: ChoiceIntents): readonly Choice[] {
  const { key } = item;
  const plain = (label: string, value: Answer): Choice => {
    const [kind, wanted] = Object.entries(value)[0]!;
    const chosen = item.answers.some((answer) => (answer as Readonly<Record<string, unknown>>)[kind] === wanted);
    return { label, media: null, other: false, chosen, set: (on) => choose(key, value, on) };
  };
  if (item.type === 'boolean') return [plain(t('yes'), { valueBoolean: true }), plain(t('no'), { valueBoolean: false })];
  const scale = scaleOf(item);
  if (scale) return scale.map((step) => plain(formatNumber(step, lang), item.type === 'integer' ? { valueInteger: step } : { valueDecimal: step }));
  const listed = item.options.map(({ label, prefix, media, chosen, value }): Choice => ({
    label: prefix === null ? label : `${prefix} ${label}`, media, chosen, other: false, set: (on) => choose(key, value, on),
  }));
  const other: Choice = { label: item.openLabel ?? t('other'), media: null, chosen: item.otherChosen, other: true, set: (on) => chooseOther(key, on) };
  return item.open === null ? listed : [...listed, other];
}
