/** Whether the answers of one item are acceptable: codes and parameters. The same rules for the patient's browser and the server. */
import type { Answer, AnswerError, FormItem } from './form.js';
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
  const [entry] = Object.entries(a);
  return entry !== undefined && (b as Readonly<Record<string, unknown>>)[entry[0]] === entry[1];
}

const isOption = (item: FormItem, answer: Answer): boolean => item.options.some((option) => sameAnswer(option.value, answer));

function checkText(item: FormItem, text: string): AnswerError | null {
  const max = Math.min(item.maxLength ?? longestText, longestText);
  if (text.length > max) return problem('too-long', { max });
  return item.minLength !== null && text.length < item.minLength ? problem('too-short', { min: item.minLength }) : null;
}

/** Digits after the point, also for 1e-7. */
function decimalsOf(value: number): number {
  const [mantissa = '', exponent = '0'] = String(value).split('e');
  return Math.max(0, (mantissa.split('.')[1]?.length ?? 0) - Number(exponent));
}

function checkNumber(item: FormItem, value: number): AnswerError | null {
  const { minValue, maxValue, maxDecimalPlaces } = item;
  if (typeof minValue === 'number' && value < minValue) return problem('too-small', { min: minValue });
  if (typeof maxValue === 'number' && value > maxValue) return problem('too-big', { max: maxValue });
  return maxDecimalPlaces !== null && decimalsOf(value) > maxDecimalPlaces ? problem('too-many-decimals', { max: maxDecimalPlaces }) : null;
}

/** Dates are compared as far as both are known: 2024 is not before 2024-03-01. */
function checkDate(item: FormItem, value: string): AnswerError | null {
  const { minValue, maxValue } = item;
  const before = (a: string, b: string): boolean => a.slice(0, b.length) < b.slice(0, a.length);
  if (typeof minValue === 'string' && before(value, minValue)) return problem('date-too-early', { min: minValue });
  return typeof maxValue === 'string' && before(maxValue, value) ? problem('date-too-late', { max: maxValue }) : null;
}

function checkOne(item: FormItem, answer: Answer): AnswerError | null {
  if (item.type === 'choice') return isOption(item, answer) ? null : problem('not-an-option');
  if (item.type === 'group' || item.type === 'display' || !(kindOfType[item.type] in answer)) return problem('wrong-type');
  if ('valueString' in answer) return checkText(item, answer.valueString);
  if ('valueInteger' in answer) return Number.isSafeInteger(answer.valueInteger) ? checkNumber(item, answer.valueInteger) : problem('not-integer');
  if ('valueDecimal' in answer) return Number.isFinite(answer.valueDecimal) ? checkNumber(item, answer.valueDecimal) : problem('not-decimal');
  return 'valueDate' in answer ? checkDate(item, answer.valueDate) : null;
}

function checkCount(item: FormItem, answers: readonly Answer[]): AnswerError | null {
  if (!item.repeats && answers.length > 1) return problem('too-many', { max: 1 });
  if (item.minOccurs !== null && item.repeats && answers.length < item.minOccurs) return problem('too-few', { min: item.minOccurs });
  if (item.maxOccurs !== null && answers.length > item.maxOccurs) return problem('too-many', { max: item.maxOccurs });
  if (answers.some((answer, index) => answers.slice(0, index).some((before) => sameAnswer(before, answer)))) return problem('too-many', { max: 1 });
  const exclusive = item.options.some((option) => option.exclusive && answers.some((answer) => sameAnswer(answer, option.value)));
  return exclusive && answers.length > 1 ? problem('exclusive') : null;
}

const isBlank = (answer: Answer): boolean => 'valueString' in answer && answer.valueString.trim() === '';

/** The first thing wrong with the answers of an enabled item, or null. */
export function checkAnswers(item: FormItem, answers: readonly Answer[]): AnswerError | null {
  if (answers.length === 0 || answers.every(isBlank)) return item.required ? problem('required') : null;
  for (const answer of answers) {
    const error = checkOne(item, answer);
    if (error) return error;
  }
  return checkCount(item, answers);
}
