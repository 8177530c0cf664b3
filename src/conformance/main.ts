/**
 * The conformance kit: black-box cases, each named after a clause of the specification, against a backend at a URL. Needs nothing from the
 * backend but its address (for the desk an account; for some cases the vendor's adapter). Never prints what a message said.
 */
import { writeFile } from 'node:fs/promises';
import { Ajv } from 'ajv';
import { createValidator } from '../protocol/schema/validate.js';
import { noAdapter, type Adapter } from './adapter.js';
import { allCases } from './all-cases.js';
import type { Case, Level } from './case.js';
import { clauseCoverage } from './coverage.js';
import { Unanswered } from './expect.js';
import { judge } from './judge.js';
import { toJunit } from './junit.js';
import { toLine, toSummary } from './print-report.js';
import { startFaultProxy } from './proxy/fault-proxy.js';
import type { Rule } from './proxy/rules.js';
import { createRandom } from './random.js';
import { toReport, type CaseResult, type ConformanceReport } from './report.js';
import { createRest } from './rest.js';
import type { WorldOptions } from './world.js';

export interface ConformanceOptions {
  /** Where the backend is: an origin, `https://chat.clinic.test`. */
  readonly url: string;
  /** Widget id; default: the server's default widget. */
  readonly widget?: string | undefined;
  /** `Origin` to send. Default: none, as a program that is no browser. */
  readonly origin?: string | undefined;
  /** Default `core`. `desk` brings `core`, and needs `agent`. */
  readonly levels?: readonly Level[] | undefined;
  /** Repeats the same ids, texts and order. Default: from the clock. */
  readonly seed?: number | undefined;
  /** Where to write the report as JSON. */
  readonly report?: string | undefined;
  /** Where to write it as JUnit XML. */
  readonly junit?: string | undefined;
  /** An account for level `desk`. */
  readonly agent?: { readonly email: string; readonly password: string } | undefined;
  readonly adapter?: Adapter | undefined;
  /** Ids of cases that may fail. */
  readonly knownFailures?: ReadonlySet<string> | undefined;
  /** Only cases whose id, clause or name holds this, or one of these between commas. */
  readonly only?: string | undefined;
  /** Fields that the schemas do not know are mistakes too. Default false: a backend may send more (S-10.2). */
  readonly strict?: boolean | undefined;
  /** Leaves out the cases that must wait for a time-out of the backend (10 s). */
  readonly quick?: boolean | undefined;
  /** Longest wait for one answer. Default 5000. */
  readonly timeoutMs?: number | undefined;
  /** How many connections the storm of level `chaos` has. Default 500. */
  readonly connections?: number | undefined;
  /** For how long the reader of level `chaos` stalls. Default 34,000: who takes nothing is let go after 30 s (S-8.16). */
  readonly stallMs?: number | undefined;
  /** Rules of the fault proxy (proxy/rules.ts) that are in force between kit and backend for the whole run. One that never fired is reported. */
  readonly faults?: readonly Rule[] | undefined;
  /** Where the table goes, a line at a time. Default: nowhere. */
  readonly print?: ((line: string) => void) | undefined;
  /** Told what is being done, for a line that is written over. */
  readonly progress?: ((text: string) => void) | undefined;
  /** Ends the run early, with what is known by then. */
  readonly signal?: AbortSignal | undefined;
}

/** So many cases in a row without any answer, and the server is asked whether it is still there. */
const silenceMax = 3;

/** A number that belongs to the id of a case whatever other cases there are (FNV-1a). */
const numberOf = (id: string): number => [...id].reduce((hash, letter) => Math.imul(hash ^ letter.charCodeAt(0), 16777619), 2166136261) >>> 0;

/** The levels that are run: `desk` brings `core`. */
export const levelsOf = (levels: readonly Level[]): readonly Level[] => [...new Set(levels.flatMap((level): Level[] => (level === 'desk' ? ['core', 'desk'] : [level])))];

function choose({ only, quick = false }: ConformanceOptions, levels: readonly Level[]): readonly Case[] {
  const wanted = only?.split(',').map((word) => word.trim());
  const chosen = allCases.filter(({ id, level, clause, name, slow }) =>
    levels.includes(level) && !(quick && slow) && (wanted === undefined || wanted.some((word) => clause === word || id === word || `${clause} ${name}`.includes(word))));
  // Whoever restarts the server runs when nobody else is on it.
  return [...chosen.filter(({ needs }) => !needs), ...chosen.filter(({ needs }) => needs)];
}

/** Null: there is a server; else why not, in words. */
async function silence({ url, timeoutMs, validator, origin }: WorldOptions): Promise<string | null> {
  try {
    await createRest(validator, { origin, timeoutMs }).request('GET', `${url}/.well-known/care-chat`);
    return null;
  } catch (error) {
    return error instanceof Unanswered ? error.message : 'no answer';
  }
}

interface Run {
  readonly results: readonly CaseResult[];
  readonly stopped: string | null;
}

async function runCases(chosen: readonly Case[], base: WorldOptions, seed: number, signal: AbortSignal, onResult: (result: CaseResult) => void, onStart: (item: Case) => void): Promise<Run> {
  const results: CaseResult[] = [];
  // Each has its own randomness, so that the seed repeats the same ids in whatever order.
  const start = (item: Case): ReturnType<typeof judge> => judge(item, { ...base, random: createRandom(seed + numberOf(item.id)) }, signal);
  const waiting = new Map(chosen.filter(({ slow, needs }) => slow && !needs).map((item) => [item, start(item)]));
  let unanswered = 0;
  for (const item of chosen) {
    onStart(item);
    const verdict = await (waiting.get(item) ?? start(item));
    if (verdict.isStopped || signal.aborted) return { results, stopped: `stopped by request after ${results.length} of ${chosen.length} cases` };
    results.push(verdict.result);
    onResult(verdict.result);
    unanswered = verdict.isUnanswered ? unanswered + 1 : 0;
    if (unanswered < silenceMax) continue;
    unanswered = 0;
    const reason = await silence(base);
    if (reason !== null) return { results, stopped: `the server stopped answering after ${results.length} of ${chosen.length} cases: ${reason}` };
  }
  return { results, stopped: null };
}

async function writeReports(whole: ConformanceReport, { report, junit }: ConformanceOptions): Promise<void> {
  if (report !== undefined) await writeFile(report, `${JSON.stringify(whole, null, 2)}\n`);
  if (junit !== undefined) await writeFile(junit, toJunit(whole));
}

/** Runs the kit. Opens visitors and conversations on the backend, and closes the conversations again. Rejects only where a report cannot be written. */
export async function runConformance(options: ConformanceOptions): Promise<ConformanceReport> {
  const { url, widget, origin, seed = Date.now() % 2 ** 31, agent, adapter = noAdapter, knownFailures = new Set<string>(), strict = false, timeoutMs = 5000, connections = 500, stallMs = 34_000, faults, print = () => {}, progress = () => {} } = options;
  const startedAt = Date.now();
  const levels = levelsOf(options.levels ?? ['core']);
  const stop = new AbortController();
  const signal = options.signal ? AbortSignal.any([options.signal, stop.signal]) : stop.signal;
  const validator = createValidator(new Ajv({ allErrors: true, discriminator: true, strict: true }), { closed: strict });
  const base: WorldOptions = { url: url.replace(/\/+$/, ''), widget: widget ?? null, origin, agent: agent ?? null, timeoutMs, connections, stallMs, validator, random: createRandom(seed), adapter };
  const chosen = choose(options, levels);
  print(`care-chat conformance, level ${levels.join(', ')}, ${base.url}, seed ${seed}, ${chosen.length} cases`);
  let startFailure: string | null = null;
  if (adapter.has('start')) await adapter.call('start').catch((error: unknown) => (startFailure = error instanceof Error ? error.message : 'the adapter could not start the server'));
  const unreachable = startFailure ?? await silence(base);
  const front = faults && unreachable === null ? await startFaultProxy({ target: base.url, seed, rules: faults }) : null;
  let done = 0;
  const onResult = (result: CaseResult): void => print(toLine({ ...result, known: result.outcome === 'fail' && knownFailures.has(result.id) }, ++done, chosen.length));
  const { results, stopped } = unreachable === null
    ? await runCases(chosen, front ? { ...base, url: front.url } : base, seed, signal, onResult, (item) => progress(`${done + 1}/${chosen.length} ${item.id}`))
    : { results: [], stopped: `${base.url} could not be reached: ${unreachable}` };
  // Waiting cases of a run that ended early end with it.
  stop.abort();
  const unfired = front?.unfired() ?? [];
  await front?.close();
  if (adapter.has('stop')) await adapter.call('stop').catch(() => print('the adapter could not stop the server'));
  const cases = results.map((item) => ({ ...item, known: item.outcome === 'fail' && knownFailures.has(item.id) }));
  const fixed = cases.filter(({ id, outcome }) => outcome === 'pass' && knownFailures.has(id)).map(({ id }) => id);
  const { covered, testable } = clauseCoverage();
  const whole = toReport({ format: 'care-chat-conformance-1', url: base.url, levels, seed, startedAt, durationMs: Date.now() - startedAt, fixed, unfired, stopped, clauses: { covered, testable }, cases }, unreachable === null);
  for (const line of toSummary(whole)) print(line);
  await writeReports(whole, options);
  return whole;
}
