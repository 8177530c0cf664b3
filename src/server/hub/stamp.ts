/** Version numbers of snapshots: always larger than the one before, also over a restart and where the machine's clock was put back. */

/** More than snapshots that were told after the last entry of the store can be ahead of it. */
const marginMs = 3_600_000;

/**
 * Returns a function that gives milliseconds since the epoch, or the last number plus one where that is more. `writtenAt`: the latest time in the
 * store; where the clock shows an earlier one, it was put back, and counting goes on from there.
 */
export function createStamp(now: () => number, writtenAt = 0): () => number {
  let last = now() < writtenAt ? writtenAt + marginMs : 0;
  return () => (last = Math.max(now(), last + 1));
}
