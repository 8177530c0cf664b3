/** What co-browsing says, in the language of the panel. */
import { cobrowseEn, type CobrowseKey } from '../../i18n/cobrowse/en.js';
import { createTranslate, type Translate } from '../../i18n/translate.js';
import type { ChatHost } from '../host.js';
import type { Words } from '../words.js';

export type CobrowseTranslate = Translate<CobrowseKey>;

export interface CobrowseWords {
  readonly t: CobrowseTranslate;
  readonly tag: string;
  /** "1:05". */
  clock(ms: number): string;
  /** The time of day. */
  timeOf(at: number): string;
}

const make = (tag: string, t: CobrowseTranslate): CobrowseWords => {
  const [plain, two] = [new Intl.NumberFormat(tag), new Intl.NumberFormat(tag, { minimumIntegerDigits: 2 })];
  const time = new Intl.DateTimeFormat(tag, { timeStyle: 'short' });
  return {
    t, tag,
    clock(ms) {
      const seconds = Math.max(0, Math.ceil(ms / 1000));
      return `${plain.format(Math.floor(seconds / 60))}:${two.format(seconds % 60)}`;
    },
    timeOf: (at) => time.format(at),
  };
};

/** English, at once. */
export const englishCobrowse = (tag = 'en'): CobrowseWords => make(tag, createTranslate(tag, cobrowseEn));

/** The words that go with the panel's; rejects where they cannot be had. */
export async function loadCobrowseWords({ lang, tag }: Pick<Words, 'lang' | 'tag'>, { loadChunk }: Pick<ChatHost, 'loadChunk'>): Promise<CobrowseWords> {
  if (lang === 'en') return englishCobrowse(tag);
  const messages = lang === 'es' ? (await loadChunk('cobrowse-es', () => import('../../i18n/cobrowse/es.js'))).cobrowseEs : (await loadChunk('cobrowse-ar', () => import('../../i18n/cobrowse/ar.js'))).cobrowseAr;
  return make(tag, createTranslate(tag, messages));
}
