/** Turns codes, ids, times and people into words. Pure; formatters are made once per language. */
import type { CareErrorCode } from '../base/care-error.js';
import { createTranslate, directionOf, type Translate } from '../i18n/translate.js';
import { deskEn, type DeskKey, type DeskMessages } from '../i18n/desk/en.js';
import { deskEs } from '../i18n/desk/es.js';
import { deskAr } from '../i18n/desk/ar.js';
import type { Department, Summary } from '../protocol/types.js';

export const deskLanguages = ['en', 'es', 'ar'] as const;
export type DeskLanguage = (typeof deskLanguages)[number];

/** All three are bundled: a desk is loaded once a day, and a switch of language must not depend on the network. */
const catalogues: Readonly<Record<DeskLanguage, DeskMessages>> = { en: deskEn, es: deskEs, ar: deskAr };

/** Everything the views need to say things in one language. */
export interface DeskWords {
  readonly lang: DeskLanguage;
  readonly dir: 'ltr' | 'rtl';
  readonly t: Translate<DeskKey>;
  dateTime(at: number): string;
  /** "0:42", "12:05", "1 hr 3 min". */
  waited(ms: number): string;
  /** The name of a language in this language. */
  languageName(tag: string): string;
  /** What a failure means and what to do. */
  error(code: CareErrorCode): string;
  /** `lang`: for the visitor's eyes rather than the agent's. */
  department(departments: readonly Department[], id: string | null | undefined, inLang?: string): string;
  visitor(summary: Summary | null | undefined): string;
  number(n: number): string;
}

const isKey = (key: string): key is DeskKey => Object.hasOwn(deskEn, key);

/** Creates the words of a language. */
export function createDeskWords(lang: DeskLanguage): DeskWords {
  const t = createTranslate(lang, catalogues[lang]);
  const long = new Intl.DateTimeFormat(lang, { dateStyle: 'medium', timeStyle: 'short' });
  const plain = new Intl.NumberFormat(lang);
  const two = new Intl.NumberFormat(lang, { minimumIntegerDigits: 2 });
  const unit = (name: 'minute' | 'hour'): Intl.NumberFormat => new Intl.NumberFormat(lang, { style: 'unit', unit: name, unitDisplay: 'short' });
  const minutes = unit('minute');
  const hours = unit('hour');
  const names = new Intl.DisplayNames([lang], { type: 'language' });
  return {
    lang,
    dir: directionOf(lang),
    t,
    dateTime: (at) => long.format(at),
    waited(ms) {
      const total = Math.max(0, Math.floor(ms / 1000));
      if (total < 3600) return `${plain.format(Math.floor(total / 60))}:${two.format(total % 60)}`;
      return `${hours.format(Math.floor(total / 3600))} ${minutes.format(Math.floor((total % 3600) / 60))}`;
    },
    languageName(tag) {
      try {
        return names.of(tag) ?? tag;
      } catch {
        return tag; // RangeError: the server's tag is not well formed
      }
    },
    error(code) {
      const key = `error.${code}`;
      return isKey(key) ? t(key) : t('error.other', { code });
    },
    department(departments, id, inLang = lang) {
      const found = departments.find((department) => department.id === id);
      return found ? (found.name[inLang] ?? found.name['en'] ?? Object.values(found.name)[0] ?? '') : '';
    },
    visitor: (summary) => summary?.visitor.name?.trim() || t('list.visitor'),
    number: (n) => plain.format(n),
  };
}
