/**
 * Loaded into the process of the reference server before the server itself (`node --expose-gc --import`), for what its operator cannot do: the clock goes off by as
 * much as the parent process says, and the memory in use is told. Only the time of day moves, as when somebody sets a machine's clock; timers go on.
 */

/** What the parent process asks, and is answered in the same form. */
export interface Inside {
  /** The clock's distance from the true time. */
  readonly offsetMs?: number;
  /** Bytes in use, without garbage, which the resident memory would count too. */
  readonly bytes?: number;
}

const { now } = Date;
let offsetMs = 0;
Date.now = () => now() + offsetMs;

const inUse = (): number => {
  (globalThis as { readonly gc?: () => void }).gc?.();
  const { heapUsed, external } = process.memoryUsage();
  return heapUsed + external;
};

process.on('message', (asked: Inside) => {
  if (asked.offsetMs !== undefined) ({ offsetMs } = asked);
  process.send?.(asked.offsetMs === undefined ? { bytes: inUse() } : { offsetMs });
});
// Nobody who might still ask keeps a server that was told to stop.
process.channel?.unref();
