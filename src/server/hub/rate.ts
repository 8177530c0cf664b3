/** Token buckets: so many a minute per key, with the whole minute's worth as burst. */
import type { Result } from '../../base/result.js';
import { refuse } from './problems.js';

export interface Rate {
  /** Takes one. Errors: `rate-limited` with `retryAfterMs`. */
  take(key: string): Result<void>;
}

/** Buckets of `perMin`. Full buckets are forgotten, so memory is bounded by who was active in the last minute. */
export function createRate(perMin: number, now: () => number): Rate {
  const perMs = perMin / 60_000;
  const buckets = new Map<string, { tokens: number; at: number }>();
  let sweptAt = 0;
  const sweep = (time: number): void => {
    if (time - sweptAt < 60_000) return;
    sweptAt = time;
    for (const [key, bucket] of buckets) if (time - bucket.at >= 60_000) buckets.delete(key);
  };
  return {
    take(key) {
      const time = now();
      sweep(time);
      const bucket = buckets.get(key) ?? { tokens: perMin, at: time };
      bucket.tokens = Math.min(perMin, bucket.tokens + Math.max(0, time - bucket.at) * perMs);
      bucket.at = time;
      buckets.set(key, bucket);
      if (bucket.tokens < 1) return refuse('rate-limited', { retryAfterMs: Math.ceil((1 - bucket.tokens) / perMs) });
      bucket.tokens -= 1;
      return { ok: true, value: undefined };
    },
  };
}
