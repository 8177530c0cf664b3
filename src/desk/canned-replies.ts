/**
 * Canned replies while writing: when a slash asks for them, which fit, and what is inserted.
 * Pure: text in, text out; knows no view.
 */
import type { CannedReply } from '../protocol/types.js';

/** Where in a text a canned reply is being asked for. */
export interface CannedQuery {
  /** Index of the slash. */
  readonly start: number;
  /** Index after the last character typed. */
  readonly end: number;
  /** What follows the slash, in lower case. */
  readonly typed: string;
}

/** At most this many are offered; more would not be read. */
const offeredCount = 8;

/** The query at the caret: a slash at the start or after white space, then letters, digits, `_` or `-`. Null where there is none. */
export function cannedQueryAt(text: string, caret: number): CannedQuery | null {
  const match = /(?:^|\s)\/([A-Za-z0-9_-]*)$/.exec(text.slice(0, caret));
  const typed = match?.[1];
  return typed === undefined ? null : { start: caret - typed.length - 1, end: caret, typed: typed.toLowerCase() };
}

const sameLanguage = (a: string, b: string | undefined): boolean => b !== undefined && a.toLowerCase().split('-')[0] === b.toLowerCase().split('-')[0];

/**
 * The replies that fit, best first: the visitor's language, then the agent's, then others; within a language a shortcut that
 * begins with what was typed before one that merely holds it (or whose text does).
 */
export function matchCanned(all: readonly CannedReply[], typed: string, languages: { readonly visitor?: string | undefined; readonly agent: string }): readonly CannedReply[] {
  const fit = (reply: CannedReply): number => {
    const shortcut = reply.shortcut.toLowerCase();
    if (shortcut.startsWith(typed)) return 0;
    if (shortcut.includes(typed)) return 1;
    return typed.length > 2 && reply.text.toLowerCase().includes(typed) ? 2 : -1;
  };
  const language = (reply: CannedReply): number => (sameLanguage(reply.lang, languages.visitor) ? 0 : sameLanguage(reply.lang, languages.agent) ? 1 : 2);
  return all
    .map((reply) => ({ reply, fit: fit(reply), language: language(reply) }))
    .filter((candidate) => candidate.fit >= 0)
    .sort((a, b) => a.language - b.language || a.fit - b.fit || a.reply.shortcut.localeCompare(b.reply.shortcut))
    .slice(0, offeredCount)
    .map((candidate) => candidate.reply);
}

/** What the variables of a canned reply stand for. */
export interface CannedVariables {
  readonly visitor: string;
  readonly agent: string;
  readonly clinic: string;
  readonly department: string;
}

/** The reply's text with its variables replaced. A variable without a value vanishes, and so does the white space or comma it leaves behind. */
export function fillCanned(text: string, variables: CannedVariables): string {
  const known = new Map<string, string>(Object.entries(variables));
  return text
    .replace(/([,،]?[^\S\n]*)\{(\w+)\}/g, (whole, before: string, name: string) => {
      const value = known.get(name);
      if (value === undefined) return whole;
      return value === '' ? '' : before + value;
    })
    .trim();
}

/** The text after the reply took the place of the query, and where the caret goes. */
export function insertCanned(text: string, query: CannedQuery, reply: string): { readonly text: string; readonly caret: number } {
  const after = text.slice(query.end);
  const space = after === '' || /^\s/.test(after) ? '' : ' ';
  return { text: text.slice(0, query.start) + reply + space + after, caret: query.start + reply.length + space.length };
}
