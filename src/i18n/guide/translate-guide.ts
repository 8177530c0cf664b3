/** The words of `guide/` in the language that fits best; English where none does. */
import { createTranslate, pickLanguage, type Translate } from '../translate.js';
import { guideAr } from './ar.js';
import { guideEn, type GuideKey, type GuideMessages } from './en.js';
import { guideEs } from './es.js';

export type GuideTranslate = Translate<GuideKey>;

const catalogues: Readonly<Record<'en' | 'es' | 'ar', GuideMessages>> = { en: guideEn, es: guideEs, ar: guideAr };

/** Creates the translate function for a BCP 47 tag. */
export function createGuideTranslate(tag: string): GuideTranslate {
  const lang = pickLanguage<'en' | 'es' | 'ar'>([tag], ['en', 'es', 'ar']);
  return createTranslate(lang, catalogues[lang]);
}
