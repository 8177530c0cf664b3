/** The rules in force, with how often each was asked and fired. Chance comes out of the seed, so that the same traffic meets the same faults. */
import { createRandom } from '../random.js';
import { lookUp } from './json-pointer.js';
import { type Action, type Direction, type Match, type MatchPoint, type Rule, parseRules } from './rules.js';

/** What there is to match. */
export interface Candidate {
  readonly on: MatchPoint;
  readonly t?: string | null;
  readonly frame?: unknown;
  readonly path?: string;
  readonly method?: string;
  readonly status?: number;
  readonly direction?: Direction;
  /** `bytes`: gone this way before, and how many are about to go. */
  readonly bytesBefore?: number;
  readonly byteLength?: number;
}

/** A rule that fires. */
export interface Firing {
  readonly rule: string;
  readonly action: Action;
  /** `bytes` with `afterBytes`: how many of the bytes at hand come before the place. */
  readonly offset: number;
}

/** How often a rule fired. */
export interface RuleCount {
  readonly rule: string;
  readonly do: Action['do'];
  readonly count: number;
}

export interface RuleBook {
  /** Replaces the rules. Throws `RuleError` and keeps those there were. */
  use(rules: unknown): void;
  /** The first rule that matches, counted as fired; null where none does. */
  pick(candidate: Candidate): Firing | null;
  /** Rules on time, for whoever has a clock. Each firing is counted by `fire`. */
  timed(): readonly { readonly match: Match; fire(): Firing | null }[];
  counts(): readonly RuleCount[];
  /** Uniform in [0, 1). */
  unit(): number;
}

interface Entry {
  readonly name: string;
  readonly rule: Rule;
  readonly path: RegExp | null;
  asked: number;
  fired: number;
}

const toPattern = (path: string): RegExp => new RegExp(`^${path.split('*').map((part) => part.replaceAll(/[.+?^${}()|[\]\\]/g, '\\$&')).join('.*')}$`);

const fits = ({ rule: { match }, path }: Entry, candidate: Candidate): boolean => {
  if (match.on !== candidate.on) return false;
  if (match.t !== undefined && ![match.t].flat().includes(candidate.t ?? '')) return false;
  if (match.has !== undefined && lookUp(candidate.frame, match.has) === undefined) return false;
  if (match.where && !Object.entries(match.where).every(([pointer, value]) => lookUp(candidate.frame, pointer) === value)) return false;
  if (path && !path.test(candidate.path ?? '')) return false;
  if (match.method !== undefined && match.method.toUpperCase() !== candidate.method) return false;
  if (match.status !== undefined && match.status !== candidate.status) return false;
  if (match.direction !== undefined && match.direction !== candidate.direction) return false;
  const { bytesBefore = 0, byteLength = 0 } = candidate;
  return match.afterBytes === undefined || (bytesBefore <= match.afterBytes && match.afterBytes < bytesBefore + byteLength);
};

/** Creates the book of a seed, without rules. */
export const createRuleBook = (seed: number): RuleBook => {
  const { unit } = createRandom(seed);
  let entries: readonly Entry[] = [];

  /** It matches; now its count and its chance decide. */
  const decide = (entry: Entry, candidate: Candidate): Firing | null => {
    const { name, rule: { match, action, times = Infinity } } = entry;
    if (entry.fired >= times) return null;
    entry.asked++;
    if (match.nth !== undefined && entry.asked !== match.nth) return null;
    if (match.probability !== undefined && unit() >= match.probability) return null;
    entry.fired++;
    return { rule: name, action, offset: match.afterBytes === undefined ? 0 : match.afterBytes - (candidate.bytesBefore ?? 0) };
  };

  return {
    use(rules) {
      entries = parseRules(rules).map((rule, index) => ({
        name: rule.name ?? `${index + 1} ${rule.match.on} ${rule.action.do}`, rule, path: rule.match.path === undefined ? null : toPattern(rule.match.path), asked: 0, fired: 0,
      }));
    },
    pick(candidate) {
      for (const entry of entries) {
        const firing = fits(entry, candidate) ? decide(entry, candidate) : null;
        if (firing) return firing;
      }
      return null;
    },
    timed: () => entries.filter(({ rule }) => rule.match.on === 'time').map((entry) => ({ match: entry.rule.match, fire: () => (entries.includes(entry) ? decide(entry, { on: 'time' }) : null) })),
    counts: () => entries.map(({ name, rule, fired }) => ({ rule: name, do: rule.action.do, count: fired })),
    unit,
  };
};
