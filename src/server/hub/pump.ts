/**
 * Delivery as a cursor over the log. A connection never has a queue: it has one position per stream, a doorbell says that there may be more, and
 * pages are read from the store while the socket takes them. Live, resume and catching up are the same code.
 */
import type { Clock } from '../clock.js';
import type { ServerLimits } from '../config/config.js';
import type { Store, StoredEvent } from '../store/store.js';
import type { Doorbell } from './doorbell.js';
import { pollMs, type Wire } from './wire.js';

export interface PumpDeps {
  readonly store: Pick<Store, 'readAfter'>;
  readonly doorbell: Doorbell;
  readonly clock: Clock;
  readonly wire: Wire;
  readonly pageMax: number;
  readonly limits: Pick<ServerLimits, 'pauseBytes' | 'stalledMs'>;
  /** Sends a page of one stream. */
  deliver(events: readonly StoredEvent[]): void;
  /** Nothing was taken from the socket for `stalledMs`. */
  onStalled(): void;
  /** The store failed; the cursor stays where it is. */
  onFailed(error: unknown): void;
}

export interface Pump {
  /** Follows a stream from after `seq`; a stream that is followed already jumps there. */
  follow(key: string, seq: number): void;
  unfollow(key: string): void;
  follows(key: string): boolean;
  readonly keys: Iterable<string>;
  stop(): void;
}

interface Position {
  seq: number;
  readonly off: () => void;
}

/** Creates the pump of one connection. */
export function createPump(deps: PumpDeps): Pump {
  const positions = new Map<string, Position>();
  const dirty = new Set<string>();
  let running = false;
  let stopped = false;
  let cancelWait: (() => void) | null = null;

  const drained = (): Promise<void> => new Promise((resolve) => {
    const since = deps.clock.ticks();
    let lowest = deps.wire.bufferedBytes;
    let movedAt = since;
    const look = (): void => {
      const now = deps.clock.ticks();
      const bytes = deps.wire.bufferedBytes;
      if (bytes < lowest) [lowest, movedAt] = [bytes, now];
      if (stopped || bytes <= deps.limits.pauseBytes) return resolve();
      if (now - movedAt >= deps.limits.stalledMs) {
        deps.onStalled();
        return resolve();
      }
      cancelWait = deps.clock.after(pollMs, look);
    };
    look();
  });

  const readOne = async (key: string): Promise<void> => {
    const position = positions.get(key);
    if (!position) return;
    const from = position.seq;
    const events = await deps.store.readAfter(key, from, deps.pageMax);
    // Followed anew from elsewhere, or not at all any more, while the page was read.
    if (stopped || positions.get(key) !== position || position.seq !== from) return;
    const last = events.at(-1);
    if (!last) return;
    position.seq = last.seq;
    deps.deliver(events);
    if (events.length === deps.pageMax) dirty.add(key);
  };

  const run = async (): Promise<void> => {
    if (running) return;
    running = true;
    try {
      for (let [key] = dirty; key !== undefined && !stopped; [key] = dirty) {
        if (deps.wire.bufferedBytes > deps.limits.pauseBytes) await drained();
        dirty.delete(key);
        await readOne(key);
      }
    } catch (error) {
      if (!stopped) deps.onFailed(error);
    } finally {
      running = false;
    }
  };

  const wake = (key: string): void => {
    dirty.add(key);
    void run();
  };

  return {
    follow(key, seq) {
      const known = positions.get(key);
      if (known) known.seq = seq;
      else positions.set(key, { seq, off: deps.doorbell.on(key, () => wake(key)) });
      wake(key);
    },
    unfollow(key) {
      positions.get(key)?.off();
      positions.delete(key);
      dirty.delete(key);
    },
    follows: (key) => positions.has(key),
    get keys() {
      return positions.keys();
    },
    stop() {
      stopped = true;
      cancelWait?.();
      for (const position of positions.values()) position.off();
      positions.clear();
      dirty.clear();
    },
  };
}
