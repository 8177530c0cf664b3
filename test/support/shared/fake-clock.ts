/** Time that stands still until a test moves it. Timers fire in order of their time; what they start with promises is let run in between. */
import type { Clock } from '../../../src/platform/ports.js';

export interface FakeClock extends Clock {
  /** Moves time; fires what falls due, in order, letting promises settle after each. */
  advance(ms: number): Promise<void>;
  /** Wall time jumps (sleep, or somebody set the clock); timers do not notice. */
  jump(ms: number): void;
  /** Timers that are set. */
  readonly pending: number;
}

/** Lets everything that waits only for promises run. */
export async function settle(turns = 200): Promise<void> {
  for (let turn = 0; turn < turns; turn++) await Promise.resolve();
}

/** A clock that starts at a fixed time. */
export function createFakeClock(startAt = Date.UTC(2026, 10, 23, 9)): FakeClock {
  let now = startAt;
  let elapsed = 0;
  let order = 0;
  const timers = new Map<number, { readonly due: number; readonly run: () => void }>();
  const next = (until: number): number | undefined => {
    let found: number | undefined;
    for (const [id, { due }] of timers) if (due <= until && (found === undefined || due < timers.get(found)!.due)) found = id;
    return found;
  };
  return {
    now: () => now,
    setTimer(run, delayMs) {
      const id = ++order;
      timers.set(id, { due: elapsed + Math.max(0, delayMs), run });
      return () => timers.delete(id);
    },
    async advance(ms) {
      const until = elapsed + ms;
      await settle();
      for (let id = next(until); id !== undefined; id = next(until)) {
        const { due, run } = timers.get(id)!;
        timers.delete(id);
        now += due - elapsed;
        elapsed = due;
        run();
        await settle();
      }
      now += until - elapsed;
      elapsed = until;
    },
    jump(ms) {
      now += ms;
    },
    get pending() {
      return timers.size;
    },
  };
}
