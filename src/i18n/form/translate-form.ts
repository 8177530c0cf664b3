/**
 * The form's sentences in one language. English is in the form's own chunk; whoever shows the form loads the others
 * (`import('./es.js')`, `import('./ar.js')`), because only the element may load chunks.
 */
import { createTranslate, type Translate, type Translation } from '../translate.js';
import { en, type FormMessageKey, type FormMessages } from './en.js';

export type FormTranslate = Translate<FormMessageKey>;

/** Sentences from a loaded catalogue, for a BCP 47 tag. */
export const createFormTranslate = (lang: string, messages: Translation<FormMessages>): FormTranslate => createTranslate(lang, messages);

/** The English sentences. */
export const englishForm = (): FormTranslate => createFormTranslate('en', en);
