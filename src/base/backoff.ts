/** Full-jitter exponential backoff: delay = random(0, min(cap, base · 2^attempt)). */

export interface BackoffOptions {
  readonly baseMs?: number;
  readonly capMs?: number;
  /** Uniform in [0, 1). */
  readonly random: () => number;
}

/** Milliseconds to wait before attempt number `attempt` (0 is the first retry). Never under 100 ms, so that nothing spins. */
export function backoffMs(attempt: number, { baseMs = 500, capMs = 30_000, random }: BackoffOptions): number {
  const ceiling = Math.min(capMs, baseMs * 2 ** Math.min(attempt, 30));
  return Math.max(100, Math.round(random() * ceiling));
}
