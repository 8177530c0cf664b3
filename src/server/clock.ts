/** Time as the server uses it: a port, so that tests turn the hands themselves. */

export interface Clock {
  /** Milliseconds since the epoch, UTC. */
  now(): number;
  /** Milliseconds from any beginning that never go back, whatever is done to the machine's clock: for how long something took or lasts. */
  ticks(): number;
  /** Runs `run` once after `delayMs`; returns the way to cancel. Never keeps the process alive. */
  after(delayMs: number, run: () => void): () => void;
}

/** The machine's clock. */
export const systemClock: Clock = {
  now: () => Date.now(),
  ticks: () => performance.now(),
  after(delayMs, run) {
    const timer = setTimeout(run, delayMs);
    timer.unref();
    return () => clearTimeout(timer);
  },
};
