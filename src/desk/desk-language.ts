/** All sentences and formats of one language, the shared parts' included. */
import { createTranslate, pickLanguage, type Translate } from '../i18n/translate.js';
import { uiAr } from '../i18n/ui/ar.js';
import { uiEn, type UiKey, type UiMessages } from '../i18n/ui/en.js';
import { uiEs } from '../i18n/ui/es.js';
import { createFormats, type Formats } from '../ui/formats.js';
import { createDeskWords, deskLanguages, type DeskLanguage, type DeskWords } from './desk-words.js';

const catalogues: Readonly<Record<DeskLanguage, UiMessages>> = { en: uiEn, es: uiEs, ar: uiAr };

/** What the views speak with. */
export interface Language {
  readonly words: DeskWords;
  readonly ui: Translate<UiKey>;
  readonly formats: Formats;
}

/** Creates a language's sentences and formats. */
export const createLanguage = (lang: DeskLanguage): Language => ({ words: createDeskWords(lang), ui: createTranslate(lang, catalogues[lang]), formats: createFormats(lang) });

/** The agent's choice, else the page's, else the browser's. */
export const chooseLanguage = (wanted: readonly (string | null)[]): DeskLanguage => pickLanguage(wanted.filter((tag): tag is string => tag !== null && tag !== ''), deskLanguages);
