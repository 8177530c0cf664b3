/** What comes out of a run: the report as data, its JSON Schema, its hash, its badges. */
import { createHash } from 'node:crypto';
import type { Case, Level } from './case.js';

/** `not-applicable`: a draft, or nothing of that kind here. `skip`: could be judged with an option or an operation of the adapter. */
export type Outcome = 'pass' | 'fail' | 'skip' | 'not-applicable';

export interface CaseResult {
  readonly id: string;
  readonly clause: string;
  readonly level: Level;
  readonly name: string;
  readonly outcome: Outcome;
  /** A failure that the vendor's list names. */
  readonly known: boolean;
  /** What was expected and what came; never content. */
  readonly detail: string | null;
  readonly durationMs: number;
}

export interface ConformanceReport {
  readonly format: 'care-chat-conformance-1';
  readonly url: string;
  readonly levels: readonly Level[];
  readonly seed: number;
  /** Milliseconds since the epoch. */
  readonly startedAt: number;
  readonly durationMs: number;
  readonly passed: number;
  /** Without the known ones. */
  readonly failed: number;
  readonly known: number;
  readonly skipped: number;
  readonly notApplicable: number;
  /** Ids of the list of known failures whose cases pass. */
  readonly fixed: readonly string[];
  /** Rules of `--faults` that never fired: what they were to show was not tried. */
  readonly unfired: readonly string[];
  /** Why not every case was run; null: all were. */
  readonly stopped: string | null;
  readonly clauses: { readonly covered: number; readonly testable: number };
  readonly cases: readonly CaseResult[];
  readonly badges: readonly string[];
  /** SHA-256, in hex, of the JSON of everything above `badges`, in this order, without white space. */
  readonly hash: string;
  /** As the README says; 2 has no report. */
  readonly exitCode: 0 | 1 | 3;
}

const text = { type: 'string' } as const;
const count = { type: 'integer', minimum: 0 } as const;
const closed = (properties: Readonly<Record<string, object>>): object => ({ type: 'object', additionalProperties: false, required: Object.keys(properties), properties });

/** The shape of `--report`, as JSON Schema. */
export const reportSchema: object = {
  $schema: 'https://json-schema.org/draft/2020-12/schema',
  title: 'Report of care-chat conformance',
  ...closed({
    format: { const: 'care-chat-conformance-1' }, url: text, levels: { type: 'array', items: text }, seed: count, startedAt: count, durationMs: count,
    passed: count, failed: count, known: count, skipped: count, notApplicable: count, fixed: { type: 'array', items: text }, unfired: { type: 'array', items: text }, stopped: { type: ['string', 'null'] },
    clauses: closed({ covered: count, testable: count }),
    cases: { type: 'array', items: closed({
      id: { type: 'string', pattern: '^S-\\d+\\.\\d+/[a-z0-9-]+$' }, clause: text, level: text, name: text, outcome: { enum: ['pass', 'fail', 'skip', 'not-applicable'] },
      known: { type: 'boolean' }, detail: { type: ['string', 'null'] }, durationMs: count,
    }) },
    badges: { type: 'array', items: text }, hash: { type: 'string', pattern: '^[0-9a-f]{64}$' }, exitCode: { enum: [0, 1, 3] },
  }),
};

/** A result of a case. */
export const resultOf = ({ id, clause, level, name }: Case, outcome: Outcome, detail: string | null, durationMs: number, known = false): CaseResult =>
  ({ id, clause, level, name, outcome, known: known && outcome === 'fail', detail, durationMs });

type Facts = Omit<ConformanceReport, 'badges' | 'hash' | 'exitCode' | 'passed' | 'failed' | 'known' | 'skipped' | 'notApplicable'>;

/** How many of these came out so. */
export const countOf = (cases: readonly CaseResult[], test: (result: CaseResult) => boolean): number => cases.filter(test).length;

function badgeOf(level: Level, all: readonly CaseResult[], hash: string): string | null {
  const cases = all.filter((item) => item.level === level && item.outcome !== 'not-applicable');
  if (cases.length === 0) return null;
  const skipped = countOf(cases, ({ outcome }) => outcome === 'skip');
  return `care-chat v1 ${level} ${countOf(cases, ({ outcome }) => outcome === 'pass')}/${cases.length - skipped}${skipped > 0 ? ` (${skipped} skipped)` : ''} sha256:${hash.slice(0, 16)}`;
}

/** The whole report of what was seen. */
export function toReport(facts: Facts, isReachable: boolean): ConformanceReport {
  const { cases, ...head } = facts;
  const [passed, failed, known] = [countOf(cases, ({ outcome }) => outcome === 'pass'), countOf(cases, (item) => item.outcome === 'fail' && !item.known), countOf(cases, (item) => item.known)];
  const counted = { ...head, passed, failed, known, skipped: countOf(cases, ({ outcome }) => outcome === 'skip'), notApplicable: countOf(cases, ({ outcome }) => outcome === 'not-applicable'), cases };
  const hash = createHash('sha256').update(JSON.stringify(counted)).digest('hex');
  const badges = facts.levels.map((level) => badgeOf(level, cases, hash)).filter((badge) => badge !== null);
  const isGreen = failed === 0 && passed > 0 && facts.stopped === null && facts.unfired.length === 0;
  return { ...counted, badges, hash, exitCode: !isReachable ? 3 : isGreen ? 0 : 1 };
}
