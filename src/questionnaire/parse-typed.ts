/** What a person types into a text field becomes an answer of the item's type, or a code that says why not. */
import type { Answer, AnswerError, AnswerKind, Coding, FormItem, Quantity } from './form.js';
import { isDate, isDateTime, isTime, isZoned, withSeconds } from './fhir-json.js';
import { kindOfType } from './load-item.js';

export type Typed = { readonly answers: readonly Answer[]; readonly error: AnswerError | null };

const failed = (code: AnswerError['code']): Typed => ({ answers: [], error: { code, params: {} } });
const given = (answer: Answer): Typed => ({ answers: [answer], error: null });

/** Arabic-Indic and Persian digits, and the decimal sign that goes with them, as ASCII. */
const toAsciiDigits = (text: string): string =>
  text.replace(/[\u0660-\u0669\u06f0-\u06f9]/g, (digit) => String(digit.charCodeAt(0) & 0xf)).replace(/\u066b/g, '.');

/** How much of a date is wanted: `YYYY` and `YYYY-MM` entry formats ask for less than a day. */
export const datePrecision = (item: FormItem): 'day' | 'month' | 'year' => {
  const format = item.entryFormat?.text ?? '';
  return /d/i.test(format) || !/y/i.test(format) ? 'day' : /m/i.test(format) ? 'month' : 'year';
};

const dateShapes = { day: /^\d{4}-\d{2}-\d{2}$/, month: /^\d{4}(-\d{2})?$/, year: /^\d{4}$/ } as const;

function parseDate(item: FormItem, text: string): Typed {
  const [year = '', ...rest] = toAsciiDigits(text).split(/[-./]/);
  const value = [year, ...rest.map((part) => part.padStart(2, '0'))].join('-');
  return dateShapes[datePrecision(item)].test(value) && isDate(value) ? given({ valueDate: value }) : failed('not-date');
}

/** A day and a time, of this person's clock: it is told with its offset, so that nobody reads it in theirs. */
function parseDateTime(_item: FormItem, text: string): Typed {
  const value = withSeconds(toAsciiDigits(text).replace(' ', 'T'));
  if (!isDateTime(value)) return failed('not-date-time');
  if (isZoned(value)) return given({ valueDateTime: value });
  const minutes = -new Date(value).getTimezoneOffset();
  const pad = (number: number): string => String(Math.floor(Math.abs(number))).padStart(2, '0');
  return given({ valueDateTime: `${value}${minutes < 0 ? '-' : '+'}${pad(minutes / 60)}:${pad(minutes % 60)}` });
}

function parseTime(_item: FormItem, text: string): Typed {
  const value = toAsciiDigits(text).replace(/^(\d):/, '0$1:');
  return isTime(value) ? given({ valueTime: withSeconds(value) }) : failed('not-time');
}

function readDecimal(text: string): number | null {
  const plainText = toAsciiDigits(text).replace(',', '.');
  return /^[+-]?(\d+\.?\d*|\.\d+)$/.test(plainText) && Number.isFinite(Number(plainText)) ? Number(plainText) : null;
}

function parseDecimal(_item: FormItem, text: string): Typed {
  const value = readDecimal(text);
  return value === null ? failed('not-decimal') : given({ valueDecimal: value });
}

function parseInteger(_item: FormItem, text: string): Typed {
  const value = toAsciiDigits(text);
  return /^[+-]?\d+$/.test(value) && Number.isSafeInteger(Number(value)) ? given({ valueInteger: Number(value) }) : failed('not-integer');
}

function parseUrl(_item: FormItem, text: string): Typed {
  const value = /^[a-z][a-z0-9+.-]*:/i.test(text) ? text : `https://${text}`;
  return URL.canParse(value) && /^(https?|mailto|tel|urn):/i.test(value) ? given({ valueUri: value }) : failed('not-url');
}

/** A number in a unit: as a FHIR Quantity names it. */
export const quantityIn = (value: number, unit: Coding | null): Quantity =>
  unit === null ? { value } : { value, ...((unit.display ?? unit.code) !== undefined && { unit: unit.display ?? unit.code }), ...(unit.system !== undefined && { system: unit.system }), ...(unit.code !== undefined && { code: unit.code }) };

const parsers: Readonly<Partial<Record<AnswerKind, (item: FormItem, text: string) => Typed>>> = {
  valueDate: parseDate, valueDateTime: parseDateTime, valueTime: parseTime, valueDecimal: parseDecimal, valueInteger: parseInteger, valueUri: parseUrl,
};

/** Reads the text of a field. Empty text is no answer; text is kept as typed, without outer white space. `unit`: chosen beside a quantity. */
export function parseTyped(item: FormItem, typed: string, unit: Coding | null = null): Typed {
  const text = typed.trim();
  if (text === '' || item.type === 'group' || item.type === 'display') return { answers: [], error: null };
  if (item.type === 'quantity') {
    const value = readDecimal(text);
    if (value === null) return failed('not-decimal');
    return unit === null && item.units.length > 0 ? failed('no-unit') : given({ valueQuantity: quantityIn(value, unit) });
  }
  const parse = parsers[item.type === 'choice' ? item.open ?? 'valueString' : kindOfType[item.type]];
  return parse ? parse(item, text) : given({ valueString: text });
}

/** What a text field shows for an answer that did not come from typing. */
export function toTyped(answer: Answer | undefined): string {
  if (!answer || 'valueCoding' in answer || 'valueBoolean' in answer || 'valueAttachment' in answer) return '';
  if ('valueQuantity' in answer) return String(answer.valueQuantity.value);
  // As the browser's own control has it, in the time of this clock.
  if ('valueDateTime' in answer && answer.valueDateTime.includes('T')) {
    const date = new Date(answer.valueDateTime);
    return new Date(date.getTime() - date.getTimezoneOffset() * 60_000).toISOString().slice(0, 16);
  }
  return String(Object.values(answer)[0]);
}
