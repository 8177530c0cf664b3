/** What a configuration names beside itself: Questionnaires and content packs, from a file or as they stand in it, judged before anybody is shown one. */
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import type { CareError } from '../../base/care-error.js';
import { loadWithExpressions } from '../../questionnaire/expressions.js';
import { refusalInWords } from '../../questionnaire/refusal-words.js';
import { packRefusalInWords } from '../../triage/lint-words.js';
import { parsePack, type Pack } from '../../triage/pack.js';
import type { CheckerConfig } from './config.js';
import { didYouMean, type ConfigMistake } from './mistakes.js';
import type { ConfigFile } from './schema.js';

type Json = Record<string, unknown>;
type CheckerFile = NonNullable<ConfigFile['widgets'][number]['checkers']>[number];

export interface ContentReader {
  /** A Questionnaire that can be shown; null where it cannot, which is reported. */
  form(value: string | Json, pointer: string, lang: string): Json | null;
  checkers(entries: readonly CheckerFile[], pointer: string): readonly CheckerConfig[];
}

/** Where in a text JSON.parse stumbled; V8 tells the position, or an excerpt that begins ten characters before it, or (at the end) nothing. */
function positionInJson(text: string, message: string): number {
  const position = /position (\d+)/.exec(message)?.[1];
  if (position !== undefined) return Number(position);
  const [, token, dots, excerpt] = /Unexpected token '?([\s\S]+?)'?, (\.\.\.)?"([\s\S]*?)"(?:\.\.\.)? is not valid JSON/.exec(message) ?? [];
  if (token === undefined || excerpt === undefined) return text.length;
  return text.indexOf(excerpt) + (dots === undefined ? excerpt.indexOf(token) : 10);
}

/** In words. */
export const whereInJson = (text: string, cause: unknown): string => {
  const before = text.slice(0, positionInJson(text, cause instanceof Error ? cause.message : '')).split('\n');
  return `line ${before.length}, column ${(before[before.length - 1]?.length ?? 0) + 1}`;
};

/** What is said of levels: of those that the pack has, and no emergency is left to a bot. */
function checkLevels({ levels }: Pack, said: CheckerConfig['levels'], pointer: string, report: (mistake: ConfigMistake) => void): void {
  const known = levels.map(({ id }) => id);
  for (const [id, { to }] of Object.entries(said)) {
    const level = levels.find((one) => one.id === id);
    const at = `${pointer}/${id.replaceAll('~', '~0').replaceAll('/', '~1')}`;
    if (!level) report({ pointer: at, code: 'unknown-level', message: `the content pack has no level "${id}".${didYouMean(id, known) || ` There are: ${known.join(', ')}.`}` });
    else if (level.stops && to === 'bot') report({ pointer: `${at}/to`, code: 'emergency-to-bot', message: 'a result that stops the check is an emergency: it goes to people, not to a bot.' });
  }
}

/** By id. Two of them may not be the same Questionnaire: answers name what they are of by that. */
export function readForms(forms: Readonly<Record<string, string | Json>> | undefined, pointer: string, read: (value: string | Json, pointer: string) => Json | null, report: (mistake: ConfigMistake) => void): ReadonlyMap<string, Json> {
  const known = new Map<string, Json>();
  const names = new Map<string, string>();
  for (const [id, value] of typeof forms === 'object' && forms !== null ? Object.entries(forms) : []) {
    const at = `${pointer}/${id}`;
    const json = read(value, at);
    if (!json) continue;
    const name = [json['url'] ?? json['id'], json['version']].join('|');
    const other = names.get(name);
    if (other !== undefined) report({ pointer: at, code: 'duplicate', message: `is called as the form "${other}" (url and version); give it a url of its own.` });
    names.set(name, id);
    known.set(id, json);
  }
  return known;
}

/** Reads from `baseDir`; `report` takes each mistake. Unreviewed translations are for demonstrations: `demo` allows them. */
export function createContentReader({ baseDir, demo }: { readonly baseDir: string; readonly demo: boolean }, report: (mistake: ConfigMistake) => void): ContentReader {
  /** The JSON of a file, or what stands in the configuration; undefined where it cannot be had. */
  const read = (value: string | Json, pointer: string): unknown => {
    if (typeof value !== 'string') return value;
    const fail = (message: string): undefined => {
      report({ pointer, code: 'file', message });
      return undefined;
    };
    let text: string;
    try {
      text = readFileSync(resolve(baseDir, value), 'utf8').replace(/^\uFEFF/, '');
    } catch {
      return fail(`the file "${value}" cannot be read (looked in ${baseDir}).`);
    }
    try {
      return JSON.parse(text) as unknown;
    } catch (cause) {
      return fail(`the file "${value}" is not JSON: look at ${whereInJson(text, cause)}.`);
    }
  };
  /** Pointers into this file where the content stands in it, else words. */
  const refuse = (value: string | Json, pointer: string, error: CareError, words: readonly string[]): void => error.details.forEach(({ pointer: inside, code }, n) => report(typeof value !== 'string'
    ? { pointer: `${pointer}${inside}`, code, message: words[n]!.slice(words[n]!.indexOf(': ') + 2) }
    : { pointer, code, message: `in "${value}", ${words[n]!}` }));

  return {
    form(value, pointer, lang) {
      const json = read(value, pointer);
      if (json === undefined) return null;
      const checked = loadWithExpressions(json, { lang });
      if (checked.ok) return json as Json;
      refuse(value, pointer, checked.error, refusalInWords(checked.error));
      return null;
    },
    checkers(entries, pointer) {
      const ids = new Set<string>();
      return entries.flatMap(({ pack: value, allowUnreviewed = false, levels = {} }, n): readonly CheckerConfig[] => {
        const at = `${pointer}/${n}/pack`;
        const json = read(value, at);
        if (json === undefined) return [];
        const pack = parsePack(json);
        if (!pack.ok) refuse(value, at, pack.error, packRefusalInWords(pack.error));
        else if (!pack.value.questionnaire) report({ pointer: at, code: 'missing', message: 'the content pack has no questions.' });
        else if (ids.has(pack.value.id)) report({ pointer: at, code: 'duplicate', message: `another checker has the id "${pack.value.id}".` });
        else {
          ids.add(pack.value.id);
          checkLevels(pack.value, levels, `${pointer}/${n}/levels`, report);
          return [{ pack: pack.value, json: json as Json, allowUnreviewed: allowUnreviewed || demo, levels }];
        }
        return [];
      });
    },
  };
}
