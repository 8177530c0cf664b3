/**
 * Hears in what a patient types whether to show the emergency line or the crisis line beside it, on the device alone: text goes in, a kind comes out, and nothing
 * is kept. Lists miss what is said in other words, so that nobody may promise that this finds anything. "No chest pain" is heard too, on purpose: to be
 * shown a number too often does less harm than once too rarely. The phrases are data: ours are in `built-in-phrases.ts`, a clinic may give its own.
 */

import { anyRecord, list, maybe, or, record, text, type Reader } from '../protocol/readers.js';

export type RedFlagKind = 'emergency' | 'crisis';

/** Phrases by language. For languages that put spaces between words. */
export type RedFlagPhrases = Readonly<Record<string, Readonly<Record<RedFlagKind, readonly string[]>>>>;

interface Step {
  readonly next: Map<string, Step>;
  kind: RedFlagKind | null;
}

/** Accents, Arabic vowel signs and the Arabic stretcher; signs within a word. */
const passedOver = /[\u0300-\u036F\u0610-\u061A\u0640\u064B-\u065F\u0670\u06D6-\u06ED'’‘ʼ`´\u200B-\u200F\u2060\uFEFF]/g;

/** Words as they are compared: without case, accents, punctuation, and without what Arabic writers often leave out or mix up. */
const wordsOf = (text: string): readonly string[] =>
  text.normalize('NFKD').replace(passedOver, '').toLowerCase().replaceAll('ى', 'ي').replaceAll('ة', 'ه').split(/[^\p{L}\p{M}\p{N}]+/u).filter((word) => word !== '');

/** Whether a phrase has anything that could be heard. Where words are not kept apart by spaces, it has not. */
export const canBeHeard = (phrase: string): boolean => wordsOf(phrase).length > 0 && !/[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}]/u.test(phrase);

const readLists = record({ emergency: maybe(list(text)), crisis: maybe(list(text)) });
type OwnPhrases = Readonly<Record<string, ReturnType<typeof readLists> | undefined>>;
const readOwn: Reader<OwnPhrases> = (value) => Object.fromEntries(Object.entries(anyRecord(value)).map(([lang, lists]) => [lang, maybe(readLists)(lists)]));

/**
 * Ours, as a clinic has changed them (`widget.redFlags`): `replace` takes the place of ours for a language and a kind, `add` comes beside. What cannot be read is as if it
 * were not there, so that ours stay.
 */
export function withOwnPhrases(ours: RedFlagPhrases, settings: Readonly<Record<string, unknown>>): RedFlagPhrases {
  const [add, replace] = [settings['add'], settings['replace']].map(or(readOwn, {})) as [OwnPhrases, OwnPhrases];
  const primary = (lang: string): string => lang.toLowerCase().split('-')[0]!;
  const isReplaced = (lang: string, kind: RedFlagKind): boolean => Object.keys(replace).some((own) => primary(own) === primary(lang) && replace[own]?.[kind]);
  const of = (lang: string, kind: RedFlagKind): readonly string[] => [...(isReplaced(lang, kind) ? [] : ours[lang]?.[kind] ?? []), ...(replace[lang]?.[kind] ?? []), ...(add[lang]?.[kind] ?? [])];
  return Object.fromEntries([ours, replace, add].flatMap(Object.keys).map((lang) => [lang, { emergency: of(lang, 'emergency'), crisis: of(lang, 'crisis') }]));
}

/** "And" is written onto the word in Arabic. */
const withoutAnd = (word: string): string | null => (/^[وف]\p{L}/u.test(word) ? word.slice(1) : null);

function grow(root: Step, phrase: string, kind: RedFlagKind): void {
  let step = root;
  for (const word of wordsOf(phrase)) {
    let next = step.next.get(word);
    if (!next) step.next.set(word, (next = { next: new Map(), kind: null }));
    step = next;
  }
  if (step !== root && step.kind !== 'crisis') step.kind = kind;
}

/** A finder for the phrases of all languages, because people do not write in the language of the page only. Crisis goes before emergency. Takes time in proportion to the text. */
export function createRedFlagFinder(phrases: RedFlagPhrases): (text: string) => RedFlagKind | null {
  const root: Step = { next: new Map(), kind: null };
  for (const kinds of Object.values(phrases)) for (const kind of ['emergency', 'crisis'] as const) for (const phrase of kinds[kind]) grow(root, phrase, kind);
  return (text) => {
    const words = wordsOf(text);
    let found: RedFlagKind | null = null;
    for (let start = 0; start < words.length && found !== 'crisis'; start++) {
      for (const first of [words[start]!, withoutAnd(words[start]!)]) {
        let step = first === null ? undefined : root.next.get(first);
        for (let at = start + 1; step; at++) {
          if (step.kind !== null && found !== 'crisis') found = step.kind;
          const word = words[at];
          step = word === undefined ? undefined : step.next.get(word);
        }
      }
    }
    return found;
  };
}
