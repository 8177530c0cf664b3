/**
 * The conformance kit: black-box cases, each named after a clause of the specification, against a backend at a URL. Needs nothing from the
 * backend but its address (and, for the desk, an account). Never prints what a message said.
 */
import { writeFile } from 'node:fs/promises';
import { Ajv } from 'ajv';
import { createValidator } from '../protocol/schema/validate.js';
import type { Case, Level } from './case.js';
import { deskCases } from './cases/desk-cases.js';
import { laterCases } from './cases/later-cases.js';
import { restCases } from './cases/rest-cases.js';
import { sendingCases } from './cases/sending-cases.js';
import { socketCases } from './cases/socket-cases.js';
import { Failed, Skipped } from './expect.js';
import { createRandom } from './random.js';
import { createWorld, type WorldOptions } from './world.js';

export interface ConformanceOptions {
  /** Where the backend is: an origin, `https://chat.clinic.test`. */
  readonly url: string;
  /** Widget id; default: the server's default widget. */
  readonly widget?: string | undefined;
  /** `Origin` to send. Default: none, as a program that is no browser. */
  readonly origin?: string | undefined;
  /** `desk` includes `core` and needs `agent`. Default `core`. */
  readonly level?: Level | undefined;
  /** Repeats the same ids and texts. Default: from the clock. */
  readonly seed?: number | undefined;
  /** Where to write the report as JSON. */
  readonly report?: string | undefined;
  /** An account for level `desk`. */
  readonly agent?: { readonly email: string; readonly password: string } | undefined;
  /** Only cases whose clause or name holds this, or one of these between commas. */
  readonly only?: string | undefined;
  /** Fields that the schemas do not know are mistakes too. Default false: a backend may send more (S-10.2). */
  readonly strict?: boolean | undefined;
  /** Leaves out the cases that must wait for a time-out of the backend (10 s). */
  readonly quick?: boolean | undefined;
  /** Longest wait for one answer. Default 5000. */
  readonly timeoutMs?: number | undefined;
  /** Where the table goes, a line at a time. Default: nowhere. */
  readonly print?: ((line: string) => void) | undefined;
}

export interface CaseResult {
  readonly clause: string;
  readonly name: string;
  readonly outcome: 'pass' | 'fail' | 'skip';
  readonly detail: string | null;
  readonly durationMs: number;
}

export interface ConformanceReport {
  readonly url: string;
  readonly level: Level;
  readonly seed: number;
  readonly startedAt: number;
  readonly passed: number;
  readonly failed: number;
  readonly skipped: number;
  readonly cases: readonly CaseResult[];
  /** 0: nothing failed and something passed; 1: otherwise. */
  readonly exitCode: 0 | 1;
}

/** Every case of the kit, in the order of the specification. */
export const allCases: readonly Case[] = [...restCases, ...sendingCases, ...socketCases, ...deskCases, ...laterCases];

/** Longest time a waiting case needs beside the time-out of an answer. */
const slowMs = 15_000;

async function judge({ clause, name, run, slow }: Case, options: WorldOptions): Promise<CaseResult> {
  const began = Date.now();
  const world = createWorld(slow ? { ...options, timeoutMs: options.timeoutMs + slowMs } : options);
  const result = (outcome: CaseResult['outcome'], detail: string | null): CaseResult => ({ clause, name, outcome, detail, durationMs: Date.now() - began });
  try {
    try {
      await run(world);
    } finally {
      await world.leave();
    }
    return result('pass', null);
  } catch (error) {
    if (error instanceof Skipped) return result('skip', error.message);
    if (error instanceof Failed) return result('fail', error.message);
    // No connection, a time-out: the name of the error says which; its message may hold an address, never content.
    return result('fail', error instanceof Error ? `${error.name}: ${error.message}`.slice(0, 200) : 'unknown');
  }
}

const signs = { pass: 'ok  ', fail: 'FAIL', skip: 'skip' } as const;
const toLine = ({ clause, name, outcome, detail }: CaseResult): string => `${signs[outcome]}  ${clause.padEnd(7)} ${name}${detail === null ? '' : `\n              ${detail}`}`;

/** Runs the kit. Opens visitors and conversations on the backend, and closes the conversations again. Rejects only where the report cannot be written. */
export async function runConformance({ url, widget, origin, level = 'core', seed = Date.now() % 2 ** 31, report, agent, only, quick = false, strict = false, timeoutMs = 5000, print = () => {} }: ConformanceOptions): Promise<ConformanceReport> {
  const startedAt = Date.now();
  const validator = createValidator(new Ajv({ allErrors: true, discriminator: true, strict: true }), { closed: strict });
  const base: WorldOptions = { url: url.replace(/\/+$/, ''), widget: widget ?? null, origin, agent: agent ?? null, timeoutMs, validator, random: createRandom(seed) };
  const wanted = only?.split(',').map((word) => word.trim());
  const chosen = allCases.filter(({ level: of, clause, name, slow }) =>
    (level === 'desk' || of === 'core') && !(quick && slow) && (wanted === undefined || wanted.some((word) => clause === word || `${clause} ${name}`.includes(word))));
  // Waiting cases wait beside the others; each has its own randomness, so that the seed repeats the same ids in whatever order.
  const start = (item: Case): Promise<CaseResult> => judge(item, { ...base, random: createRandom(seed + 7919 * allCases.indexOf(item)) });
  const waiting = new Map(chosen.filter(({ slow }) => slow).map((item) => [item, start(item)]));
  print(`care-chat conformance, level ${level}, ${base.url}, seed ${seed}`);
  const cases: CaseResult[] = [];
  for (const item of chosen) {
    const result = await (waiting.get(item) ?? start(item));
    cases.push(result);
    print(toLine(result));
  }
  const counted = (outcome: CaseResult['outcome']): number => cases.filter((item) => item.outcome === outcome).length;
  const [passed, failed, skipped] = [counted('pass'), counted('fail'), counted('skip')];
  const whole: ConformanceReport = { url: base.url, level, seed, startedAt, passed, failed, skipped, cases, exitCode: failed === 0 && passed > 0 ? 0 : 1 };
  print(`${passed} passed, ${failed} failed, ${skipped} skipped`);
  if (report !== undefined) await writeFile(report, `${JSON.stringify(whole, null, 2)}\n`);
  return whole;
}
