/** Named timers: setting one again replaces it. */
import type { Clock } from '../platform/ports.js';

export interface Timers {
  /** Runs once after the delay, unless it is cancelled or set again. */
  at(name: string, delayMs: number, run: () => void): void;
  cancel(name: string): void;
  has(name: string): boolean;
  cancelAll(): void;
}

/** Creates none yet. */
export function createTimers(clock: Clock): Timers {
  const timers = new Map<string, () => void>();
  const cancel = (name: string): void => {
    timers.get(name)?.();
    timers.delete(name);
  };
  return {
    at(name, delayMs, run) {
      cancel(name);
      timers.set(name, clock.setTimer(() => {
        timers.delete(name);
        run();
      }, delayMs));
    },
    cancel,
    has: (name) => timers.has(name),
    cancelAll: () => [...timers.keys()].forEach(cancel),
  };
}
