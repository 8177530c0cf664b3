/** What a person types into a text field becomes an answer of the item's type, or a code that says why not. */
import type { Answer, AnswerError, FormItem } from './form.js';
import { isDate } from './fhir-json.js';

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

function parseDecimal(text: string): Typed {
  const plainText = toAsciiDigits(text).replace(',', '.');
  return /^[+-]?(\d+\.?\d*|\.\d+)$/.test(plainText) && Number.isFinite(Number(plainText)) ? given({ valueDecimal: Number(plainText) }) : failed('not-decimal');
}

function parseInteger(text: string): Typed {
  const value = toAsciiDigits(text);
  return /^[+-]?\d+$/.test(value) && Number.isSafeInteger(Number(value)) ? given({ valueInteger: Number(value) }) : failed('not-integer');
}

/** Reads the text of a field. Empty text is no answer; text is kept as typed, without outer white space. */
export function parseTyped(item: FormItem, typed: string): Typed {
  const text = typed.trim();
  if (text === '') return { answers: [], error: null };
  if (item.type === 'date') return parseDate(item, text);
  if (item.type === 'integer') return parseInteger(text);
  if (item.type === 'decimal') return parseDecimal(text);
  return given({ valueString: text });
}

/** What a text field shows for an answer that did not come from typing. */
export function toTyped(answer: Answer | undefined): string {
  if (!answer || 'valueCoding' in answer || 'valueBoolean' in answer) return '';
  return String(Object.values(answer)[0]);
}
