/** The whole log of a stream over REST, and what must be true of it. */
import assert from 'node:assert/strict';
import { call, type Person } from './wire-client.js';

export interface LoggedEvent {
  readonly seq: number;
  readonly epoch: string;
  readonly kind: string;
  readonly cmid?: string;
}

/** Pages through a stream from its beginning. */
export async function wholeLog(url: string, person: Person, stream: string): Promise<LoggedEvent[]> {
  const events: LoggedEvent[] = [];
  for (;;) {
    const { body } = await call<{ events: LoggedEvent[]; complete: boolean }>(url, 'GET', `/v1/streams/${stream}/events?after=${events.at(-1)?.seq ?? 0}`, { person });
    events.push(...body.events);
    if (body.complete) return events;
  }
}

/** Every acknowledged message is there under its number, none twice, no number missing, in the order in which it was sent. */
export function assertKept(events: readonly LoggedEvent[], acknowledged: ReadonlyMap<string, number>, order: readonly string[]): void {
  assert.deepEqual(events.map(({ seq }) => seq), events.map((_, index) => index + 1), 'contiguous');
  const keys = events.flatMap(({ cmid }) => (cmid === undefined ? [] : [cmid]));
  assert.equal(new Set(keys).size, keys.length, 'none twice');
  for (const [cmid, seq] of acknowledged) assert.equal(events[seq - 1]?.cmid, cmid, 'acknowledged and lost');
  const places = new Map(keys.map((cmid, index) => [cmid, index]));
  const sent = order.flatMap((cmid) => (places.has(cmid) ? [places.get(cmid)!] : []));
  assert.deepEqual(sent, [...sent].sort((one, two) => one - two), 'in the order of sending');
}
