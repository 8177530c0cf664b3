/** Randomness that a seed repeats (mulberry32), so that a failed run can be run again. */

export interface SeededRandom {
  /** Uniform in [0, 1). */
  unit(): number;
  /** An id of the protocol's alphabet. */
  id(prefix: string): string;
}

/** Creates the generator of a seed. */
export function createRandom(seed: number): SeededRandom {
  let state = seed >>> 0;
  const unit = (): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
  return { unit, id: (prefix) => `${prefix}${Array.from({ length: 16 }, () => Math.floor(unit() * 36).toString(36)).join('')}` };
}
