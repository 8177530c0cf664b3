/** The machine's clock, whose hands a test may turn forward: what would be due by then runs at once. */
import type { Clock } from '../../../src/server/clock.js';

export interface TestClock extends Clock {
  jump(byMs: number): void;
}

/** Creates a clock that runs as usual until it is made to jump. */
export function createTestClock(): TestClock {
  let offset = 0;
  const pending = new Set<{ readonly dueAt: number; readonly run: () => void }>();
  const now = (): number => Date.now() + offset;
  return {
    now,
    after(delayMs, run) {
      const entry = { dueAt: now() + delayMs, run: () => {
        clearTimeout(timer);
        if (pending.delete(entry)) run();
      } };
      const timer = setTimeout(entry.run, delayMs);
      timer.unref();
      pending.add(entry);
      return () => {
        clearTimeout(timer);
        pending.delete(entry);
      };
    },
    jump(byMs) {
      offset += byMs;
      for (const entry of [...pending].filter(({ dueAt }) => dueAt <= now()).sort((a, b) => a.dueAt - b.dueAt)) entry.run();
    },
  };
}
