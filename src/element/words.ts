/** The panel's language: which of ours fits, loaded when it is wanted. English is in the panel's own chunk and is what shows until then. */
import { panelEn, type PanelKey, type PanelMessages } from '../i18n/panel/en.js';
import type { LaterMessages } from '../i18n/later/en.js';
import type { CheckerMessages } from '../i18n/checker/en.js';
import type { StartMessages } from '../i18n/start/en.js';
import type { FormTranslate } from '../i18n/form/translate-form.js';
import { createTranslate, pickLanguage, type Translate } from '../i18n/translate.js';
import type { LocalText } from '../protocol/types.js';
import { createFormats, type Formats } from '../ui/formats.js';
import type { ChatHost } from './host.js';

/** The languages that have words. */
export type PanelLanguage = 'en' | 'es' | 'ar';

/** Everything that depends on the language. */
export interface Words {
  readonly lang: PanelLanguage;
  /** The full tag where it is of our language (`es-MX`), for dates and texts of the clinic. */
  readonly tag: string;
  readonly t: Translate<PanelKey>;
  readonly messages: PanelMessages;
  /** For the chunk `start`, and the symptom checker that it loads; undefined: English, which they have themselves. */
  readonly startMessages: (StartMessages & CheckerMessages) | undefined;
  /** For the chunk `later`; undefined: English, which it has itself. */
  readonly laterMessages: LaterMessages | undefined;
  /** Undefined: English, which the form has itself. */
  readonly formT: FormTranslate | undefined;
  readonly formats: Formats;
}

/** Which of our languages fits a tag. */
export const toPanelLanguage = (tag: string): PanelLanguage => pickLanguage<PanelLanguage>([tag], ['en', 'es', 'ar']);

const make = (wanted: string, lang: PanelLanguage, messages: PanelMessages, startMessages?: Words['startMessages'], laterMessages?: LaterMessages, formT?: FormTranslate): Words => {
  const tag = wanted.toLowerCase().split('-')[0] === lang ? wanted : lang;
  return { lang, tag, t: createTranslate(tag, messages), messages, startMessages, laterMessages, formT, formats: createFormats(tag) };
};

/** English words, at once. */
export const englishWords = (wanted = 'en'): Words => make(wanted, 'en', panelEn);

/** Loads the words for a BCP 47 tag. Rejects with `chunk-failed`. */
export async function loadWords(wanted: string, { loadChunk }: Pick<ChatHost, 'loadChunk'>): Promise<Words> {
  const lang = toPanelLanguage(wanted);
  if (lang === 'en') return englishWords(wanted);
  const { locale } = lang === 'es' ? await loadChunk('locale-es', () => import('./locales/es.js')) : await loadChunk('locale-ar', () => import('./locales/ar.js'));
  return make(wanted, lang, locale.panel, locale.start, locale.later, createTranslate(lang, locale.form));
}

/** A clinic's text in the language that fits best: the tag, its primary language, English, whatever there is. */
export function toLocal(text: LocalText | undefined, tag: string): string {
  if (!text) return '';
  return text[tag] ?? text[tag.split('-')[0]!] ?? text['en'] ?? Object.values(text)[0] ?? '';
}
