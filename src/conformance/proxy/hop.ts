/** One client's connection and the connection it caused to the server, seen as two lines: what rules do to connections as such. */
import type { Line } from './line.js';
import type { Firing, RuleBook } from './rule-book.js';
import type { Action, CutKind, Direction } from './rules.js';
import type { TrafficLog } from './traffic.js';

export interface Hop {
  readonly id: number;
  readonly book: RuleBook;
  readonly client: Line;
  /** Null before the server was asked. */
  server: Line | null;
  note(entry: Omit<Parameters<TrafficLog['note']>[0], 'connection'>): void;
}

/** What the log says of a firing. */
export const noteOf = (firing: Firing | null): { readonly rule?: string; readonly did?: Action['do'] } => (firing ? { rule: firing.rule, did: firing.action.do } : {});

/** Ends both connections. What was passed on last to `passedTo` has to arrive: no reset there. */
export const cutHop = ({ client, server }: Hop, how: CutKind, passedTo?: 'client' | 'server'): void => {
  client.cut(passedTo === 'client' ? 'fin' : how);
  server?.cut(passedTo === 'server' ? 'fin' : how);
};

/** Bytes of these ways vanish from here on. */
export const swallowHop = ({ client, server }: Hop, direction: Direction | 'both'): void => {
  if (direction !== 'to-server') client.swallow();
  if (direction !== 'to-client') server?.swallow();
};

/** Sends in small pieces from here on. */
export const sliceHop = ({ client, server }: Hop, { segmentBytes = 1, bytesPerSecond, direction = 'both' }: Extract<Action, { do: 'slice' }>): void => {
  const slicing = { segmentBytes, bytesPerSecond };
  if (direction !== 'to-server') client.slice(slicing);
  if (direction !== 'to-client') server?.slice(slicing);
};

/** Waits; keeps no process alive: what is waited for is of use only while somebody else is there. */
export const wait = (delayMs: number): Promise<void> => new Promise((resolve) => {
  setTimeout(resolve, delayMs).unref();
});

/** Waits as long as a rule says. */
export const waitFor = ({ delayMs, jitterMs = 0 }: Extract<Action, { do: 'delay' }>, unit: () => number): Promise<void> => wait(delayMs + unit() * jitterMs);
