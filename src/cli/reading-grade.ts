/** How many years of school a text asks of its reader: Flesch–Kincaid, which is made for English. */
import { fleschKincaid } from 'flesch-kincaid';
import { syllable } from 'syllable';

/** Shorter texts say nothing: "Temperature" alone would need a university. */
const fewestWords = 8;

/** The grade of an English text; null for other languages and for a few words. */
export function flesch(text: string, lang: string): number | null {
  const words = text.match(/[\p{L}\p{N}'’-]+/gu) ?? [];
  if (!/^en\b/i.test(lang) || words.length < fewestWords) return null;
  const sentences = [...new Intl.Segmenter(lang, { granularity: 'sentence' }).segment(text)].length;
  return fleschKincaid({ sentence: sentences, word: words.length, syllable: words.reduce((sum, word) => sum + Math.max(1, syllable(word)), 0) });
}
