/** Unpredictable bytes (Web Crypto) and a uniform number for jitter. */
import type { Randomness } from '../ports.js';

/** The browser's randomness. */
export function createBrowserRandomness(): Randomness {
  const bytes = (count: number): Uint8Array => crypto.getRandomValues(new Uint8Array(count));
  return {
    bytes,
    unit: () => new DataView(bytes(4).buffer).getUint32(0) / 2 ** 32,
  };
}
