/** Files and days that a person names on the command line: a mistake in them is told in one line. */
import { readFileSync } from 'node:fs';
import { UsageError } from './terminal.js';

/** Reads a JSON file. Throws `UsageError`. */
export function readJson(path: string): unknown {
  let text: string;
  try {
    text = readFileSync(path, 'utf8').replace(/^\uFEFF/, '');
  } catch {
    throw new UsageError(`cannot read ${path}`);
  }
  try {
    return JSON.parse(text) as unknown;
  } catch {
    throw new UsageError(`${path} is not JSON`);
  }
}

/** Reads a JSON file that has to hold an object. Throws `UsageError`. */
export function readObject(path: string, what: string): Readonly<Record<string, unknown>> {
  const json = readJson(path);
  if (typeof json !== 'object' || json === null || Array.isArray(json)) throw new UsageError(`${path} has to be ${what}`);
  return json as Readonly<Record<string, unknown>>;
}

/** Milliseconds since the epoch of a day `YYYY-MM-DD` (UTC), or now. Throws `UsageError`. */
export function dayOf(text: string | undefined): number {
  if (text === undefined) return Date.now();
  const at = /^\d{4}-\d\d-\d\d$/.test(text) ? Date.parse(text) : NaN;
  if (Number.isNaN(at)) throw new UsageError('--on needs a day, YYYY-MM-DD');
  // February 31 would be March 3.
  if (new Date(at).toISOString().slice(0, 10) !== text) throw new UsageError(`there is no day ${text}`);
  return at;
}
