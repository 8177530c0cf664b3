/** One case, judged: in bounded time, whatever the backend does, and without leaving anything behind. */
import type { Case } from './case.js';
import { Failed, NotApplicable, Skipped, Unanswered } from './expect.js';
import { resultOf, type CaseResult } from './report.js';
import { createWorld, type WorldOptions } from './world.js';

/** Longest time a waiting case needs beside the time-out of an answer. */
const slowMs = 15_000;
/** Single waits of a case are few; an adapter's restarts take their own minute each. */
const waitsPerCase = 8;
const operationsMs = 180_000;

export interface Verdict {
  readonly result: CaseResult;
  /** Whether it failed for want of any answer. */
  readonly isUnanswered: boolean;
  /** Whether the run was stopped meanwhile: then the result is none. */
  readonly isStopped: boolean;
}

class Stopped extends Error {}

/** Where a failure's clause can be read. */
const whereToRead = (clause: string): string => `read ${clause} in the specification, §${clause.slice(2).split('.')[0]}`;

/** Rejects when the run is stopped, and with `Failed` after so long. */
function limits(budgetMs: number, signal: AbortSignal): { readonly reached: Promise<never>; lift(): void } {
  let lift = (): void => {};
  const reached = new Promise<never>((_resolve, reject) => {
    const onStop = (): void => reject(new Stopped());
    const timer = setTimeout(() => reject(new Unanswered(`not finished within ${Math.round(budgetMs / 1000)} s`)), budgetMs);
    signal.addEventListener('abort', onStop);
    if (signal.aborted) onStop();
    lift = () => {
      clearTimeout(timer);
      signal.removeEventListener('abort', onStop);
    };
  });
  return { reached, lift };
}

/** Judges a case. Never rejects. */
export async function judge(item: Case, options: WorldOptions, signal: AbortSignal): Promise<Verdict> {
  const began = Date.now();
  const verdict = (outcome: CaseResult['outcome'], detail: string | null, more: Partial<Verdict> = {}): Verdict =>
    ({ result: resultOf(item, outcome, detail, Date.now() - began), isUnanswered: false, isStopped: false, ...more });
  const missing = (item.needs ?? []).filter((name) => !options.adapter.has(name));
  if (missing.length > 0) return verdict('skip', `needs the adapter's ${missing.map((name) => `\`${name}\``).join(', ')}`);
  const timeoutMs = item.slow ? options.timeoutMs + slowMs : options.timeoutMs;
  // Staff have pages of their own: the widget's origin is none of theirs, and who sends none is judged by the token (S-6.6).
  const world = createWorld({ ...options, timeoutMs, origin: item.level === 'desk' || item.level === 'relay' ? undefined : options.origin });
  const { reached, lift } = limits(timeoutMs * waitsPerCase + (item.needs ? operationsMs : 0), signal);
  const work = item.run(world);
  // A case that was given up goes on failing by itself; nobody listens then.
  work.catch(() => {});
  try {
    await Promise.race([work, reached]).finally(lift);
    await world.leave();
    return verdict('pass', null);
  } catch (error) {
    const unfired = world.unfired();
    await world.leave().catch(() => {});
    if (error instanceof Stopped) return verdict('skip', null, { isStopped: true });
    if (error instanceof Skipped) return verdict('skip', error.message);
    if (error instanceof NotApplicable) return verdict('not-applicable', error.message);
    const detail = error instanceof Failed ? error.message : error instanceof Error ? `${error.name}: ${error.message}`.slice(0, 200) : 'unknown';
    const missed = unfired.filter((name) => !detail.includes(name)).map((name) => `; the fault "${name}" had not happened by then`).join('');
    return verdict('fail', `${detail}${missed}; ${whereToRead(item.clause)}`, { isUnanswered: error instanceof Unanswered });
  }
}
