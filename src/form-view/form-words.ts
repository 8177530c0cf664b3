/** Moments, numbers and mistakes in words of the person's language. */
import type { FormTranslate } from '../i18n/form/translate-form.js';
import { wordingIn, type AnswerError } from '../questionnaire/form.js';
import type { AnswerWords } from '../questionnaire/write-response.js';

/** Dates in words of the language: 03/04 means two things on two sides of an ocean. Times of day stay as they are. */
function formatMoment(moment: string, lang: string): string {
  if (/^\d\d:/.test(moment)) return moment.replace(/^(\d\d:\d\d):00$/, '$1');
  if (moment.includes('T')) return new Intl.DateTimeFormat(lang, { dateStyle: 'long', timeStyle: 'short' }).format(new Date(moment));
  const [, month, day] = moment.split('-');
  const format = new Intl.DateTimeFormat(lang, { timeZone: 'UTC', year: 'numeric', ...(month && { month: 'long' }), ...(day && { day: 'numeric' }) });
  return format.format(new Date(moment));
}

export const formatNumber = (value: number, lang: string): string => new Intl.NumberFormat(lang, { useGrouping: false, maximumFractionDigits: 20 }).format(value);

export const formatBytes = (bytes: number, lang: string): string =>
  new Intl.NumberFormat(lang, { style: 'unit', unit: bytes < 1_000_000 ? 'kilobyte' : 'megabyte', maximumFractionDigits: 1 }).format(bytes / (bytes < 1_000_000 ? 1000 : 1_000_000));

/** What the engine needs to put answers into words. */
export const wordsOf = (t: FormTranslate, lang: string): AnswerWords => ({
  yes: t('yes'),
  no: t('no'),
  formatDate: (date) => formatMoment(date, lang),
  formatNumber: (value) => formatNumber(value, lang),
});

/** The sentence for an error; the author's own, where there is one. `base`: the language of the form. */
export function sentence(error: AnswerError, t: FormTranslate, lang: string, base: string | null): string {
  if (error.message) return wordingIn(error.message, lang, base);
  if (error.code === 'attachment-size') return t('error.attachment-size', { size: formatBytes(Number(error.params['max']), lang) });
  const params = Object.fromEntries(Object.entries(error.params).map(([name, value]) => [name, typeof value === 'string' ? formatMoment(value, lang) : value]));
  const n = error.params['min'] ?? error.params['max'];
  return t(`error.${error.code}`, { ...params, ...(typeof n === 'number' && { n }) });
}
