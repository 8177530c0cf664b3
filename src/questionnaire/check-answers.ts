/** Whether the answers of one item are acceptable: codes and parameters. The same rules for the patient's browser and the server. */
import type { Answer, AnswerError, Attachment, FormItem, Quantity } from './form.js';
import { isZoned } from './fhir-json.js';
import { kindOfType } from './load-item.js';

/** Longest free text in UTF-16 code units where the author sets no limit; the wire's own limit for an answer as shown. */
export const longestText = 8000;

const problem = (code: AnswerError['code'], params: AnswerError['params'] = {}): AnswerError => ({ code, params });

/** Whether two answers are the same one: for options and exclusiveness. */
export function sameAnswer(a: Answer, b: Answer): boolean {
  if ('valueCoding' in a && 'valueCoding' in b) {
    const [x, y] = [a.valueCoding, b.valueCoding];
    return x.system === y.system && x.code === y.code && (x.code !== undefined || x.display === y.display);
  }
  if ('valueQuantity' in a && 'valueQuantity' in b) return a.valueQuantity.value === b.valueQuantity.value && a.valueQuantity.code === b.valueQuantity.code && a.valueQuantity.unit === b.valueQuantity.unit;
  const [entry] = Object.entries(a);
  return entry !== undefined && (b as Readonly<Record<string, unknown>>)[entry[0]] === entry[1];
}

/** Whether a text has a pattern: `Expressions.fits`. Where nothing can tell, it has not. */
export type Fits = (pattern: string, text: string) => boolean;

const isOption = (item: FormItem, answer: Answer): boolean => item.options.some((option) => sameAnswer(option.value, answer));

function checkText(item: FormItem, text: string, fits?: Fits): AnswerError | null {
  const max = Math.min(item.maxLength ?? longestText, longestText);
  if (text.length > max) return problem('too-long', { max });
  if (item.minLength !== null && text.length < item.minLength) return problem('too-short', { min: item.minLength });
  if (item.regex === null || fits?.(item.regex, text)) return null;
  return { ...problem('pattern'), ...(item.regexMessage && { message: item.regexMessage }) };
}

/** Digits after the point, also for 1e-7. */
function decimalsOf(value: number): number {
  const [mantissa = '', exponent = '0'] = String(value).split('e');
  return Math.max(0, (mantissa.split('.')[1]?.length ?? 0) - Number(exponent));
}

/** FHIR's integer. */
const integers = { minValue: -2147483648, maxValue: 2147483647, maxDecimalPlaces: null };

function checkNumber({ minValue, maxValue, maxDecimalPlaces }: Pick<FormItem, 'minValue' | 'maxValue' | 'maxDecimalPlaces'>, value: number): AnswerError | null {
  if (typeof minValue === 'number' && value < minValue) return problem('too-small', { min: minValue });
  if (typeof maxValue === 'number' && value > maxValue) return problem('too-big', { max: maxValue });
  return maxDecimalPlaces !== null && decimalsOf(value) > maxDecimalPlaces ? problem('too-many-decimals', { max: maxDecimalPlaces }) : null;
}

/** Dates are compared as far as both are known: 2024 is not before 2024-03-01. */
function checkMoment(item: FormItem, value: string): AnswerError | null {
  const { minValue, maxValue } = item;
  const instant = (text: string): string => (text.includes('T') && isZoned(text) ? new Date(text).toISOString() : text);
  const before = (a: string, b: string): boolean => instant(a).slice(0, b.length) < instant(b).slice(0, a.length);
  if (typeof minValue === 'string' && before(value, minValue)) return problem('date-too-early', { min: minValue });
  return typeof maxValue === 'string' && before(maxValue, value) ? problem('date-too-late', { max: maxValue }) : null;
}

function checkQuantity(item: FormItem, { value, unit, code }: Quantity): AnswerError | null {
  if (item.units.length > 0 && !item.units.some(({ value: one }) => 'valueCoding' in one && (one.valueCoding.code ?? one.valueCoding.display) === (code ?? unit))) return problem('no-unit');
  const comparable = (limit: Quantity | null): limit is Quantity => limit !== null && (limit.code ?? limit.unit) === (code ?? unit);
  if (comparable(item.minQuantity) && value < item.minQuantity.value) return problem('too-small', { min: item.minQuantity.value });
  if (comparable(item.maxQuantity) && value > item.maxQuantity.value) return problem('too-big', { max: item.maxQuantity.value });
  return checkNumber(item, value);
}

function checkAttachment(item: FormItem, { contentType = '', data = '' }: Attachment): AnswerError | null {
  const allowed = item.mimeTypes.some((type) => type === contentType || (type.endsWith('/*') && contentType.startsWith(type.slice(0, -1))));
  if (item.mimeTypes.length > 0 && !allowed) return problem('attachment-type');
  return item.maxSizeBytes !== null && Math.floor((data.replace(/=+$/, '').length * 3) / 4) > item.maxSizeBytes ? problem('attachment-size', { max: item.maxSizeBytes }) : null;
}

/** By the type of the answer, which has been found to be the item's. */
function checkValue(item: FormItem, answer: Answer, fits?: Fits): AnswerError | null {
  if ('valueString' in answer) return checkText(item, answer.valueString, fits);
  if ('valueUri' in answer) return checkText(item, answer.valueUri, fits);
  if ('valueInteger' in answer) return Number.isSafeInteger(answer.valueInteger) ? checkNumber(item, answer.valueInteger) ?? checkNumber(integers, answer.valueInteger) : problem('not-integer');
  if ('valueDecimal' in answer) return Number.isFinite(answer.valueDecimal) ? checkNumber(item, answer.valueDecimal) : problem('not-decimal');
  if ('valueQuantity' in answer) return checkQuantity(item, answer.valueQuantity);
  if ('valueAttachment' in answer) return checkAttachment(item, answer.valueAttachment);
  if ('valueDate' in answer) return checkMoment(item, answer.valueDate);
  if ('valueDateTime' in answer) return checkMoment(item, answer.valueDateTime);
  return 'valueTime' in answer ? checkMoment(item, answer.valueTime) : null;
}

function checkOne(item: FormItem, answer: Answer, fits?: Fits): AnswerError | null {
  if (item.type === 'choice') return isOption(item, answer) ? null : item.open !== null && item.open in answer ? checkValue(item, answer, fits) : problem('not-an-option');
  return item.type === 'group' || item.type === 'display' || !(kindOfType[item.type] in answer) ? problem('wrong-type') : checkValue(item, answer, fits);
}

/** How many there may be. For what repeats: of all its repetitions together. */
export function checkCount(item: FormItem, count: number): AnswerError | null {
  if (!item.repeats && count > 1) return problem('too-many', { max: 1 });
  if (item.minOccurs !== null && item.repeats && count < item.minOccurs) return problem('too-few', { min: item.minOccurs });
  return item.maxOccurs !== null && count > item.maxOccurs ? problem('too-many', { max: item.maxOccurs }) : null;
}

function checkChoices(item: FormItem, answers: readonly Answer[]): AnswerError | null {
  if (answers.some((answer, index) => answers.slice(0, index).some((before) => sameAnswer(before, answer)))) return problem('too-many', { max: 1 });
  const exclusive = item.options.some((option) => option.exclusive && answers.some((answer) => sameAnswer(answer, option.value)));
  return exclusive && answers.length > 1 ? problem('exclusive') : checkCount(item, answers.length);
}

const isBlank = (answer: Answer): boolean => 'valueString' in answer && answer.valueString.trim() === '';

/** The first thing wrong with the answers in one slot of an enabled item, or null. */
export function checkAnswers(item: FormItem, answers: readonly Answer[], fits?: Fits): AnswerError | null {
  if (answers.length === 0 || answers.every(isBlank)) return item.required ? problem('required') : null;
  for (const answer of answers) {
    const error = checkOne(item, answer, fits);
    if (error) return error;
  }
  return item.type === 'choice' ? checkChoices(item, answers) : answers.length > 1 ? problem('too-many', { max: 1 }) : null;
}
