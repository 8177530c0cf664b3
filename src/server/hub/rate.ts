/** Token buckets: so many a minute (or another window) per key, with the whole window's worth as burst. */
import type { Result } from '../../base/result.js';
import { refuse } from './problems.js';

export interface Rate {
  /** Takes one. Errors: `rate-limited` with `retryAfterMs`. */
  take(key: string): Result<void>;
}

/**
 * Buckets of `count` per `windowMs`. Full buckets are forgotten, so memory is bounded by who was active in the last window.
 * `ticks`: time that never goes back (`Clock.ticks`), or a clock put back would keep everybody out.
 */
export function createRate(count: number, ticks: () => number, windowMs = 60_000): Rate {
  const perMs = count / windowMs;
  const buckets = new Map<string, { tokens: number; at: number }>();
  let sweptAt = ticks();
  const sweep = (time: number): void => {
    if (time - sweptAt < windowMs) return;
    sweptAt = time;
    for (const [key, bucket] of buckets) if (time - bucket.at >= windowMs) buckets.delete(key);
  };
  return {
    take(key) {
      const time = ticks();
      sweep(time);
      const bucket = buckets.get(key) ?? { tokens: count, at: time };
      bucket.tokens = Math.min(count, bucket.tokens + Math.max(0, time - bucket.at) * perMs);
      bucket.at = time;
      buckets.set(key, bucket);
      if (bucket.tokens < 1) return refuse('rate-limited', { retryAfterMs: Math.ceil((1 - bucket.tokens) / perMs) });
      bucket.tokens -= 1;
      return { ok: true, value: undefined };
    },
  };
}
