/** Reading FHIR JSON from a stranger: every helper takes `unknown` and gives a value or nothing. Never throws. */
import type { Answer, AnswerKind, Attachment, Coding, Quantity, Wording } from './form.js';

export type Json = Readonly<Record<string, unknown>>;

/** Objects only: not null, not an array. */
export const isObject = (value: unknown): value is Json => typeof value === 'object' && value !== null && !Array.isArray(value);

export const objectsOf = (value: unknown): readonly Json[] => (Array.isArray(value) ? value.filter(isObject) : []);

/** A string that is not empty. */
export const textOf = (value: unknown): string | null => (typeof value === 'string' && value !== '' ? value : null);

export const integerOf = (value: unknown): number | null => (typeof value === 'number' && Number.isSafeInteger(value) ? value : null);

const hl7 = 'http://hl7.org/fhir/StructureDefinition/';
const sdc = 'http://hl7.org/fhir/uv/sdc/StructureDefinition/sdc-questionnaire-';

const r5 = 'http://hl7.org/fhir/5.0/StructureDefinition/extension-Questionnaire.item.';

/** Extensions of an element with one of these names: the last part of HL7's core, SDC or cross-version address, or a whole address. */
export function extensionsOf(element: unknown, ...names: readonly string[]): readonly Json[] {
  if (!isObject(element)) return [];
  const wanted = new Set(names.flatMap((name) => (name.includes(':') ? [name] : [hl7 + name, sdc + name, r5 + name])));
  return objectsOf(element['extension']).filter((extension) => wanted.has(String(extension['url'])));
}

/** The first extension of that name. */
export const extensionOf = (element: unknown, ...names: readonly string[]): Json | undefined => extensionsOf(element, ...names)[0];

/** The `value[x]` of an extension, whatever its type. */
export const valueIn = (extension: Json | undefined): unknown => extension && Object.entries(extension).find(([key]) => key.startsWith('value'))?.[1];

/** The value of the first extension of that name. */
export const extensionValue = (element: unknown, ...names: readonly string[]): unknown => valueIn(extensionOf(element, ...names));

/** Those of these properties that are texts. */
function textsOf(element: Json, ...keys: readonly string[]): Readonly<Record<string, string>> {
  return Object.fromEntries(keys.flatMap((key) => {
    const text = textOf(element[key]);
    return text === null ? [] : [[key, text]];
  }));
}

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
  const coding: Coding = isObject(value) ? textsOf(value, 'system', 'version', 'code', 'display') : {};
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

const clock = '([01]\\d|2[0-3]):[0-5]\\d(:[0-5]\\d(\\.\\d{1,9})?)?';
const timePattern = new RegExp(`^${clock}$`);
const zonedPattern = new RegExp(`^${clock}(Z|[+-]\\d\\d:\\d\\d)?$`);

/** Whether this is a time of day, with or without seconds. */
export const isTime = (value: string): boolean => timePattern.test(value);

/** FHIR (R4 and R5, `time` and `dateTime`) wants the seconds, which may be zeros; people leave them out. */
export const withSeconds = (value: string): string => value.replace(/((?:^|T)\d\d:\d\d)(?!:)/, '$1:00');

/** Whether this is a FHIR dateTime: a date, or a day with a time. */
export function isDateTime(value: string): boolean {
  const [date = '', time, more] = value.split('T');
  return isDate(date) && more === undefined && (time === undefined || (date.length === 10 && zonedPattern.test(time)));
}

/** FHIR wants a zone with every time of a day: without one, the next reader takes it for theirs. */
export const isZoned = (value: string): boolean => !value.includes('T') || /(Z|[+-]\d\d:\d\d)$/.test(value);

/** A Quantity with a value. */
export const quantityOf = (element: unknown): Quantity | null =>
  isObject(element) && typeof element['value'] === 'number' && Number.isFinite(element['value']) ? { value: element['value'], ...textsOf(element, 'unit', 'system', 'code') } : null;

function attachmentOf(element: Json): Attachment | null {
  const { data, size } = element;
  if (typeof data !== 'string' || !/^[A-Za-z0-9+/]*={0,2}$/.test(data)) return null;
  return { data, ...textsOf(element, 'contentType', 'title'), ...(typeof size === 'number' && { size }) };
}

const ifIs = (is: (value: never) => boolean, type: string) => (value: unknown): unknown => (typeof value === type && is(value as never) ? value : null);
/** Forms leave seconds out, too; what comes of them has some. */
const ifMoment = (is: (value: string) => boolean) => (value: unknown): unknown => (typeof value === 'string' && is(value) ? withSeconds(value) : null);
const yes = (): true => true;

/** By type: the value, or null where it is not well formed. */
const readers: { readonly [K in AnswerKind]: (value: unknown) => unknown } = {
  valueString: textOf,
  valueBoolean: ifIs(yes, 'boolean'),
  valueDate: ifIs(isDate, 'string'),
  valueDateTime: ifMoment((value) => isDateTime(value) && isZoned(value)),
  valueTime: ifMoment(isTime),
  // FHIR's integer has 32 bits.
  valueInteger: ifIs((value: number) => (value | 0) === value, 'number'),
  valueDecimal: ifIs(Number.isFinite, 'number'),
  valueUri: textOf,
  valueCoding: codingOf,
  valueQuantity: quantityOf,
  valueAttachment: (value) => (isObject(value) ? attachmentOf(value) : null),
};

/** The `value[x]` of an element, where the type is known and the value is well formed. */
export function answerOf(element: unknown): Answer | null {
  if (!isObject(element)) return null;
  const kind = (Object.keys(readers) as AnswerKind[]).find((key) => element[key] !== undefined);
  const value = kind ? readers[kind](element[kind]) : null;
  return value === null ? null : ({ [kind!]: value } as unknown as Answer);
}
