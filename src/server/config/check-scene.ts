/** What every check of a configuration works with (`checks.ts`, `bot-checks.ts`). */
import type { ConfigFile } from './schema.js';

/** What the checks look at: the file as read, and which parts of it already have a mistake. */
export interface Scene {
  readonly file: ConfigFile;
  readonly demo: boolean;
  readonly sound: (pointer: string) => boolean;
  readonly report: (pointer: string, code: string, message: string) => void;
}

/** Entries of a list that are objects, with their pointers; nothing where the list is not one. */
export function each<T>(list: readonly T[] | undefined, pointer: string): readonly (readonly [entry: T, pointer: string])[] {
  if (!Array.isArray(list)) return [];
  return (list as readonly T[]).map((entry, n) => [entry, `${pointer}/${n}`] as const).filter(([entry]) => typeof entry === 'object' && entry !== null);
}

export function checkDuplicates({ report }: Scene, entries: readonly (readonly [key: unknown, pointer: string])[], what: string): void {
  const seen = new Map<string, string>();
  for (const [key, pointer] of entries) {
    if (typeof key !== 'string') continue;
    const first = seen.get(key);
    if (first === undefined) seen.set(key, pointer);
    else report(pointer, 'duplicate', `is the same ${what} as ${first}.`);
  }
}

/** Why a web address is not one, in words. Plain http is for this machine only. */
export function addressMistake(value: string): string | null {
  if (!URL.canParse(value)) return 'is not a web address; write it like "https://www.example.org/privacy"';
  const url = new URL(value);
  if (url.protocol === 'https:') return null;
  return url.protocol === 'http:' && ['localhost', '127.0.0.1', '[::1]'].includes(url.hostname) ? null : 'must begin with https://';
}

/** Reports a text without the language that is shown where one is missing. */
export function checkFallback({ report, sound }: Scene, text: Readonly<Record<string, string>> | undefined, pointer: string): void {
  if (typeof text === 'object' && text !== null && sound(pointer) && !('en' in text) && Object.keys(text).length > 0) report(pointer, 'fallback-missing', 'needs a text in "en", which is shown where a language is missing.');
}
