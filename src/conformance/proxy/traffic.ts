/** What passed: by type, place and time, never content. Bounded; the oldest goes first. */
import type { Action, MatchPoint } from './rules.js';

/** One thing that passed, or was meant to. */
export interface TrafficEntry {
  /** Milliseconds since the epoch. */
  readonly at: number;
  /** Number of the client's connection to the proxy, from 1. */
  readonly connection: number;
  readonly on: Exclude<MatchPoint, 'bytes' | 'time'> | 'bytes' | 'time' | 'ws-close';
  /** Frame type; null where it could not be read. */
  readonly t?: string | null;
  readonly method?: string;
  /** Without the query. */
  readonly path?: string;
  readonly status?: number;
  /** `ws-close`: the code, and who ended. */
  readonly code?: number;
  readonly by?: 'client' | 'server';
  readonly sizeBytes?: number;
  /** The rule that fired, and what it did. */
  readonly rule?: string;
  readonly did?: Action['do'];
}

export interface TrafficLog {
  readonly entries: readonly TrafficEntry[];
  note(entry: Omit<TrafficEntry, 'at'>): void;
}

/** Keeps the last `limit` entries at least. */
export const createTrafficLog = (limit: number): TrafficLog => {
  const entries: TrafficEntry[] = [];
  return {
    entries,
    note(entry) {
      entries.push({ at: Date.now(), ...entry });
      if (entries.length > 2 * limit) entries.splice(0, limit);
    },
  };
};
