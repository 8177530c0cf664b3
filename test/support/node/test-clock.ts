/** The machine's clock, whose hands a test may turn: forward, and what would be due by then runs at once; or, as an operator may, back. */
import type { Clock } from '../../../src/server/clock.js';

export interface TestClock extends Clock {
  jump(byMs: number): void;
  /** Puts the clock back; what was to happen in a while still does, in that while. */
  setBack(byMs: number): void;
  /** Resolves when something is to happen after this while: whoever sets it is waiting then. */
  whenSet(delayMs: number): Promise<void>;
}

const deadlineMs = 5_000;

/** Creates a clock that runs as usual until it is made to jump. `isStill`: what is to happen in a while happens by a jump only. */
export function createTestClock({ isStill = false } = {}): TestClock {
  let offset = 0;
  let back = 0;
  const pending = new Set<{ readonly delayMs: number; readonly dueAt: number; readonly run: () => void }>();
  const looks = new Set<() => void>();
  const ticks = (): number => performance.now() + offset;
  return {
    now: () => Date.now() + offset - back,
    ticks,
    after(delayMs, run) {
      const entry = { delayMs, dueAt: ticks() + delayMs, run: () => {
        clearTimeout(timer);
        if (pending.delete(entry)) run();
      } };
      const timer = isStill ? undefined : setTimeout(entry.run, delayMs);
      timer?.unref();
      pending.add(entry);
      for (const look of [...looks]) look();
      return () => {
        clearTimeout(timer);
        pending.delete(entry);
      };
    },
    setBack(byMs) {
      back += byMs;
    },
    jump(byMs) {
      offset += byMs;
      for (const entry of [...pending].filter(({ dueAt }) => dueAt <= ticks()).sort((a, b) => a.dueAt - b.dueAt)) entry.run();
    },
    whenSet: (delayMs) => new Promise((resolve, reject) => {
      const end = (settle: () => void): void => {
        clearTimeout(late);
        looks.delete(look);
        settle();
      };
      const look = (): void => {
        if ([...pending].some((entry) => entry.delayMs === delayMs)) end(resolve);
      };
      const late = setTimeout(() => end(() => reject(new Error(`nothing is to happen after ${delayMs} ms`))), deadlineMs).unref();
      looks.add(look);
      look();
    }),
  };
}
