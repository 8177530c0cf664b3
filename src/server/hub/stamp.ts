/** Version numbers of snapshots: always larger than the one before, also over a restart, as long as the machine's clock does not go back. */

/** Returns a function that gives milliseconds since the epoch, or the last number plus one where that is more. */
export function createStamp(now: () => number): () => number {
  let last = 0;
  return () => (last = Math.max(now(), last + 1));
}
