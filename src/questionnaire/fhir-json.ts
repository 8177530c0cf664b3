/** Reading FHIR JSON from a stranger: every helper takes `unknown` and gives a value or nothing. Never throws. */
import type { Answer, Coding, Wording } from './form.js';

export type Json = Readonly<Record<string, unknown>>;

/** Objects only: not null, not an array. */
export const isObject = (value: unknown): value is Json => typeof value === 'object' && value !== null && !Array.isArray(value);

export const objectsOf = (value: unknown): readonly Json[] => (Array.isArray(value) ? value.filter(isObject) : []);

/** A string that is not empty. */
export const textOf = (value: unknown): string | null => (typeof value === 'string' && value !== '' ? value : null);

export const integerOf = (value: unknown): number | null => (typeof value === 'number' && Number.isSafeInteger(value) ? value : null);

const hl7 = 'http://hl7.org/fhir/StructureDefinition/';
const sdc = 'http://hl7.org/fhir/uv/sdc/StructureDefinition/sdc-questionnaire-';

/** Extensions of an element with one of these names: the last part of HL7's core or SDC address, or a whole address. */
export function extensionsOf(element: unknown, ...names: readonly string[]): readonly Json[] {
  if (!isObject(element)) return [];
  const wanted = new Set(names.flatMap((name) => (name.includes(':') ? [name] : [hl7 + name, sdc + name])));
  return objectsOf(element['extension']).filter((extension) => wanted.has(String(extension['url'])));
}

/** The first extension of that name. */
export const extensionOf = (element: unknown, ...names: readonly string[]): Json | undefined => extensionsOf(element, ...names)[0];

/** A string property together with the translations in its `_name` sibling (extension `translation`). */
export function wordingOf(element: Json, name: string): Wording | null {
  const text = textOf(element[name]);
  if (text === null || text.trim() === '') return null;
  const translations: Record<string, string> = {};
  for (const translation of extensionsOf(element[`_${name}`], 'translation')) {
    const parts = objectsOf(translation['extension']);
    const lang = parts.find((part) => part['url'] === 'lang')?.['valueCode'];
    const content = parts.find((part) => part['url'] === 'content');
    const translated = textOf(content?.['valueString']) ?? textOf(content?.['valueMarkdown']);
    if (typeof lang === 'string' && translated !== null) translations[lang.toLowerCase()] = translated;
  }
  return { text, translations };
}

/** Plain wording without translations. */
export const plain = (text: string): Wording => ({ text, translations: {} });

/** A Coding with a code or a display. */
export function codingOf(value: unknown): Coding | null {
  if (!isObject(value)) return null;
  const coding: { -readonly [K in keyof Coding]: Coding[K] } = {};
  for (const key of ['system', 'version', 'code', 'display'] as const) {
    const text = textOf(value[key]);
    if (text !== null) coding[key] = text;
  }
  return coding.code === undefined && coding.display === undefined ? null : coding;
}

const datePattern = /^(\d{4})(?:-(\d\d)(?:-(\d\d))?)?$/;

/** Whether this is a FHIR date: year, year-month or a day that exists. */
export function isDate(value: string): boolean {
  const [, year, month = '01', day = '01'] = datePattern.exec(value) ?? [];
  if (year === undefined || year === '0000') return false;
  const date = new Date(`${year}-${month}-${day}T00:00:00Z`);
  return !Number.isNaN(date.getTime()) && date.getUTCDate() === Number(day);
}

/** The `value[x]` of an element, where this version knows the type and the value is well formed. */
export function answerOf(element: unknown): Answer | null {
  if (!isObject(element)) return null;
  const { valueString, valueBoolean, valueDate, valueInteger, valueDecimal } = element;
  if (typeof valueString === 'string') return { valueString };
  if (typeof valueBoolean === 'boolean') return { valueBoolean };
  if (typeof valueDate === 'string') return isDate(valueDate) ? { valueDate } : null;
  if (typeof valueInteger === 'number') return Number.isSafeInteger(valueInteger) ? { valueInteger } : null;
  if (typeof valueDecimal === 'number') return Number.isFinite(valueDecimal) ? { valueDecimal } : null;
  const valueCoding = codingOf(element['valueCoding']);
  return valueCoding && { valueCoding };
}
