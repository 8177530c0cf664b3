/** All sentences and formats of one language, the shared parts' included. */
import { botAr } from '../i18n/bot/ar.js';
import { botEn, type BotKey, type BotMessages } from '../i18n/bot/en.js';
import { botEs } from '../i18n/bot/es.js';
import { createTranslate, pickLanguage, type Translate } from '../i18n/translate.js';
import { linkAr } from '../i18n/link/ar.js';
import { linkEn, type LinkKey, type LinkMessages } from '../i18n/link/en.js';
import { linkEs } from '../i18n/link/es.js';
import { uiAr } from '../i18n/ui/ar.js';
import { uiEn, type UiKey, type UiMessages } from '../i18n/ui/en.js';
import { uiEs } from '../i18n/ui/es.js';
import { createFormats, type Formats } from '../ui/formats.js';
import { createDeskWords, deskLanguages, type DeskLanguage, type DeskWords } from './desk-words.js';

const catalogues: Readonly<Record<DeskLanguage, UiMessages & LinkMessages & BotMessages>> = {
  en: { ...uiEn, ...linkEn, ...botEn }, es: { ...uiEs, ...linkEs, ...botEs }, ar: { ...uiAr, ...linkAr, ...botAr },
};

/** What the views speak with. */
export interface Language {
  readonly words: DeskWords;
  readonly ui: Translate<UiKey | LinkKey | BotKey>;
  readonly formats: Formats;
}

/** Creates a language's sentences and formats. */
export const createLanguage = (lang: DeskLanguage): Language => ({ words: createDeskWords(lang), ui: createTranslate(lang, catalogues[lang]), formats: createFormats(lang) });

/** The agent's choice, else the page's, else the browser's. */
export const chooseLanguage = (wanted: readonly (string | null)[]): DeskLanguage => pickLanguage(wanted.filter((tag): tag is string => tag !== null && tag !== ''), deskLanguages);
