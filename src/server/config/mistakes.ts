/** Mistakes in a configuration, in words that a person can act on: where, what, and what to write instead. */
import type { Mistake } from '../validate/ajv.js';

/** One mistake of a configuration. */
export interface ConfigMistake {
  /** JSON pointer into the file; empty for the whole file. */
  readonly pointer: string;
  readonly code: string;
  /** A sentence without the pointer. */
  readonly message: string;
}

/** Number of single-letter changes between two words (Levenshtein), letter case not counted. */
function distance(from: string, to: string): number {
  const [a, b] = [from.toLowerCase(), to.toLowerCase()];
  let row = Array.from({ length: b.length + 1 }, (_, i) => i);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) {
      next.push(Math.min(row[j]! + 1, next[j - 1]! + 1, row[j - 1]! + (a[i - 1] === b[j - 1] ? 0 : 1)));
    }
    row = next;
  }
  return row[b.length]!;
}

/** ` Did you mean "x"?` where one of the known words is close; empty otherwise. */
export function didYouMean(word: string, known: readonly string[]): string {
  const ranked = known.map((candidate) => ({ candidate, far: distance(word, candidate) })).sort((a, b) => a.far - b.far);
  const best = ranked[0];
  return best && best.far <= Math.max(2, Math.floor(word.length / 3)) ? ` Did you mean "${best.candidate}"?` : '';
}

const list = (values: unknown): string => (Array.isArray(values) ? values.map((value) => JSON.stringify(value)).join(', ') : '');
const kinds: Readonly<Record<string, string>> = { string: 'a text', integer: 'a whole number', number: 'a number', boolean: 'true or false', object: 'an object {…}', array: 'a list […]', 'boolean,object': 'true, false or an object {…}' };

/** What a pattern of the schema asks for, in words. */
const patternWords: readonly (readonly [part: string, words: string])[] = [
  ['[A-Z]{2}', 'must be two capital letters, such as "US"'],
  ['24:00', 'must be a time such as "08:30" (or "24:00" for the end of the day)'],
  ['[A-Za-z]{2,3}', 'must be a language tag, such as "en" or "es-MX"'],
  ['[0-9+*#', 'must be a telephone number: digits, spaces, + * # -'],
  ['[A-Za-z0-9_.-]', 'may hold letters, digits and . _ - only'],
  ['[A-Za-z0-9_-]', 'may hold letters, digits, - and _ only'],
  ['^/', 'must begin and end with "/"'],
];

function words({ keyword, params, pointer, known }: Mistake): readonly [code: string, message: string] {
  const last = decodeURIComponentSafe(pointer.slice(pointer.lastIndexOf('/') + 1));
  switch (keyword) {
    case 'required': return ['required', 'is missing.'];
    case 'additionalProperties': return known.length > 0
      ? ['unknown-key', `is not a known setting.${didYouMean(last, known)}`]
      : ['unknown-key', 'is not a language tag, such as "en" or "es-MX".'];
    case 'type': return ['type', `must be ${kinds[String(params['type'])] ?? String(params['type'])}.`];
    case 'enum': return ['enum', `must be one of ${list(params['allowedValues'])}.`];
    case 'const': return ['const', `must be ${JSON.stringify(params['allowedValue'])}.`];
    case 'minLength': return ['too-short', Number(params['limit']) === 1 ? 'must not be empty.' : `must have at least ${String(params['limit'])} characters.`];
    case 'maxLength': return ['too-long', `must have at most ${String(params['limit'])} characters.`];
    case 'minItems': case 'minProperties': return ['too-few', `must have at least ${String(params['limit'])} ${Number(params['limit']) === 1 ? 'entry' : 'entries'}.`];
    case 'maxItems': return ['too-many', `must have at most ${String(params['limit'])} entries.`];
    case 'minimum': return ['too-small', `must be at least ${String(params['limit'])}.`];
    case 'maximum': return ['too-large', `must be at most ${String(params['limit'])}.`];
    case 'uniqueItems': return ['duplicate', `entries ${String(params['j'])} and ${String(params['i'])} are the same.`];
    case 'format': return ['format', params['format'] === 'date' ? 'must be a day of the calendar, such as "2026-12-25".' : `must be ${params['format'] === 'email' ? 'an e-mail address' : `a ${String(params['format'])}`}.`];
    case 'pattern': return ['pattern', `${patternWords.find(([part]) => String(params['pattern']).includes(part))?.[1] ?? 'is not written as it should be'}.`];
    default: return ['invalid', 'is not valid.'];
  }
}

const decodeURIComponentSafe = (segment: string): string => segment.replaceAll('~1', '/').replaceAll('~0', '~');

/** Schema mistakes in words. Of a choice between shapes only one sentence is kept. */
export function toConfigMistakes(mistakes: readonly Mistake[]): ConfigMistake[] {
  const choices = new Set(mistakes.filter((mistake) => mistake.keyword === 'anyOf').map((mistake) => mistake.pointer));
  return mistakes.flatMap((mistake): ConfigMistake[] => {
    if (mistake.keyword === 'anyOf') return [{ pointer: mistake.pointer, code: 'type', message: 'must be the path of a JSON file or a FHIR Questionnaire (with "resourceType": "Questionnaire").' }];
    if ([...choices].some((pointer) => mistake.pointer === pointer || mistake.pointer.startsWith(`${pointer}/`))) return [];
    const [code, message] = words(mistake);
    return [{ pointer: mistake.pointer, code, message }];
  });
}
