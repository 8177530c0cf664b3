/** The checker of histories: a correct one passes, whatever happened in it; every single corruption is found, and called what it is. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { checkHistory } from '../../src/conformance/checker/check-history.js';
import { digestOf, digestOfText, type HistoryRecord, type SeenEvent } from '../../src/conformance/checker/history.js';
import type { Invariant, ViolationKind } from '../../src/conformance/checker/violation.js';
import { createRandom } from '../../src/conformance/random.js';

type RecordOf<T extends HistoryRecord['type']> = Extract<HistoryRecord, { type: T }>;

interface Shape {
  readonly seed: number;
  readonly streams: number;
  readonly messages: number;
}

const shapes = fc.record({ seed: fc.nat(), streams: fc.integer({ min: 1, max: 3 }), messages: fc.integer({ min: 4, max: 25 }) });

/** A history as a good backend makes it, with lost answers, repeated tries, frames that come twice, and a client that begins anew. */
function correctHistory({ seed, streams, messages }: Shape): HistoryRecord[] {
  const random = createRandom(seed);
  const chance = (probability: number): boolean => random.unit() < probability;
  const records: HistoryRecord[] = [];
  let at = 1_000_000;
  const add = (fact: Record<string, unknown>): void => void records.push({ ...fact, at: (at += Math.floor(random.unit() * 20)) } as unknown as HistoryRecord);
  const endings: (() => void)[] = [];
  for (let n = 0; n < streams; n++) {
    const stream = `c_${n}`;
    const people = [{ client: `visitor ${n}`, device: `d_v${n}` }, { client: `agent ${n}`, device: `d_a${n}` }];
    const log: SeenEvent[] = [{ epoch: 'k1', seq: 1, id: `e_${n}_1`, kind: 'status', digest: digestOf({ status: 'waiting' }), tombstone: false }];
    const seen = people.map(() => 0);
    const connection = people.map(() => 1);
    for (const { client } of people) {
      add({ type: 'may', client, stream });
      add({ type: 'connect', client });
    }
    const deliver = (index: number): void => {
      const { client, device } = people[index]!;
      for (; seen[index]! < log.length; seen[index]!++) {
        const { cmid, dev, ...event } = log[seen[index]!]!;
        const mine = dev === device ? { cmid, dev } : {};
        add({ type: 'event', client, connection: connection[index], stream, applied: true, event: { ...event, ...mine } });
        if (chance(0.2)) add({ type: 'event', client, connection: connection[index], stream, applied: false, event: { ...event, ...mine } });
        if (chance(0.3)) add({ type: 'watermark', client, connection: connection[index], stream, who: 'somebody', delivered: event.seq, read: Math.max(0, event.seq - 1) });
      }
    };
    for (let message = 0; message < messages; message++) {
      // Both of a stream say something before anything else happens.
      const index = message < 2 ? message : Math.floor(random.unit() * 2);
      const { client, device } = people[index]!;
      const key = { client, device, stream, cmid: `cm-${n}-${message}` };
      const digest = digestOfText(`text ${n} ${message}`);
      add({ type: 'invoke', ...key, digest });
      if (message > 3 && chance(0.1)) {
        add({ type: 'fail', ...key, code: 'too-large' });
        continue;
      }
      while (chance(0.3)) add({ type: 'unknown', ...key });
      const seq = log.length + 1;
      log.push({ epoch: 'k1', seq, id: `e_${n}_${seq}`, kind: 'message', digest, tombstone: false, cmid: key.cmid, dev: device });
      if (chance(0.3)) deliver(1 - index);
      const eventAt = at;
      add({ type: 'ok', ...key, epoch: 'k1', seq, eventId: `e_${n}_${seq}`, eventAt });
      if (chance(0.3)) add({ type: 'ok', ...key, epoch: 'k1', seq, eventId: `e_${n}_${seq}`, eventAt, dup: true });
      if (chance(0.5)) deliver(index);
      if (chance(0.05)) {
        add({ type: 'reset', client, stream });
        seen[index] = 0;
        connection[index]!++;
        add({ type: 'connect', client });
      }
    }
    endings.push(() => people.forEach(({ client, device }, index) => {
      add({ type: 'settled', client, queued: 1, cursors: [] });
      deliver(index);
      add({ type: 'settled', client, queued: 0, cursors: [{ stream, epoch: 'k1', seq: log.length }] });
      add({ type: 'copy', client, stream, from: 1, messages: log.filter(({ kind }) => kind === 'message').map(({ seq, digest }) => ({ seq, digest })) });
      add({ type: 'log', client, stream, epoch: 'k1', head: log.length, events: log.map(({ cmid, dev, ...event }) => ({ ...event, ...(dev === device && { cmid, dev }) })) });
    }));
    add({ type: 'refusal', client: people[0]!.client, status: 503, code: 'overloaded', valid: true });
    add({ type: 'memory', connection: `n ${n}`, sizeBytes: 20_000 });
  }
  add({ type: 'faults-ended' });
  for (const end of endings) end();
  return records;
}

const logs = (records: readonly HistoryRecord[]): RecordOf<'log'>[] => records.filter((record) => record.type === 'log');
const first = <T extends HistoryRecord['type']>(records: readonly HistoryRecord[], type: T): RecordOf<T> => records.find((record): record is RecordOf<T> => record.type === type)!;
const replace = (records: readonly HistoryRecord[], old: HistoryRecord, change: Record<string, unknown>): HistoryRecord[] => records.map((record) => (record === old ? ({ ...record, ...change } as HistoryRecord) : record));
/** Changes the log of the first stream in every reading. */
const editLog = (records: readonly HistoryRecord[], edit: (events: readonly SeenEvent[]) => readonly SeenEvent[]): HistoryRecord[] => {
  const { stream } = logs(records)[0]!;
  return records.map((record) => {
    if (record.type !== 'log' || record.stream !== stream) return record;
    const events = edit(record.events);
    return { ...record, events, head: events.length };
  });
};
const renumber = (events: readonly SeenEvent[]): readonly SeenEvent[] => events.map((event, index) => ({ ...event, seq: index + 1 }));
/** Without what observers saw: what is only wrong in the log has to be found in the log. */
const blind = (records: readonly HistoryRecord[]): HistoryRecord[] => records.filter(({ type }) => !['event', 'copy', 'settled', 'faults-ended'].includes(type));
const lastEvent = (records: readonly HistoryRecord[]): RecordOf<'event'> => records.filter((record) => record.type === 'event').filter(({ applied }) => applied).at(-1)!;
const copyOf = (records: readonly HistoryRecord[], edit: (messages: RecordOf<'copy'>['messages']) => RecordOf<'copy'>['messages']): HistoryRecord[] => replace(records, first(records, 'copy'), { messages: edit(first(records, 'copy').messages) });

interface Corruption {
  readonly invariant: Invariant;
  readonly kind: ViolationKind;
  corrupt(records: readonly HistoryRecord[]): readonly HistoryRecord[];
}

const corruptions: Readonly<Record<string, Corruption>> = {
  'an acknowledged message is gone, and the rest moved up': { invariant: 'I1', kind: 'lost', corrupt: (all) => editLog(blind(all), (events) => renumber(events.filter(({ seq }) => seq !== 2))) },
  'an acknowledged message is a hole': { invariant: 'I3', kind: 'lost', corrupt: (all) => editLog(blind(all), (events) => events.filter(({ seq }) => seq !== 2)) },
  'the end of the log is gone': { invariant: 'I1', kind: 'lost', corrupt: (all) => editLog(blind(all), (events) => events.slice(0, -1)) },
  'the head is beyond the log': { invariant: 'I3', kind: 'lost', corrupt: (all) => all.map((record) => (record.type === 'log' ? { ...record, head: record.head + 1 } : record)) },
  'a message is there twice under its cmid': { invariant: 'I2', kind: 'doubled', corrupt: (all) => editLog(blind(all), (events) => [...events, { ...events[1]!, seq: events.length + 1, id: 'e_again' }]) },
  'a message is there twice, the second without a cmid': { invariant: 'I2', kind: 'doubled', corrupt: (all) => editLog(blind(all), (events) => [...events, { ...events[1]!, seq: events.length + 1, id: 'e_again', cmid: undefined, dev: undefined }]) },
  'a message is where it was not acknowledged': { invariant: 'I1', kind: 'diverged', corrupt: (all) => editLog(blind(all), (events) => [...renumber(events.filter(({ seq }) => seq !== 2)), { ...events[1]!, seq: events.length }]) },
  'what was refused for good is there': { invariant: 'I1', kind: 'diverged', corrupt: (all) => { const { client, device, stream, cmid } = first(all, 'ok'); return [...all, { type: 'fail', at: 2_000_000, client, device, stream, cmid, code: 'invalid' }]; } },
  'two of one device have changed places': { invariant: 'I4', kind: 'reordered', corrupt: (all) => {
    const { stream } = logs(all)[0]!;
    const [one, ...rest] = all.filter((record) => record.type === 'invoke').filter((record) => record.stream === stream && all.some((other) => other.type === 'ok' && other.cmid === record.cmid));
    const other = rest.find(({ device }) => device === one!.device);
    if (!other) return [];
    const seqOf = (cmid: string): number => all.find((record): record is RecordOf<'ok'> => record.type === 'ok' && record.cmid === cmid)!.seq!;
    const [a, b] = [seqOf(one!.cmid), seqOf(other.cmid)];
    return editLog(blind(all), (events) => events.map((event) => (event.seq === a ? { ...events[b - 1]!, seq: a } : event.seq === b ? { ...events[a - 1]!, seq: b } : event)));
  } },
  'two readers of the log differ': { invariant: 'I5', kind: 'diverged', corrupt: (all) => replace(all, logs(all)[1]!, { events: logs(all)[1]!.events.map((event) => (event.seq === 2 ? { ...event, digest: 'another' } : event)) }) },
  'an observer is given an event after a hole': { invariant: 'I3', kind: 'lost', corrupt: (all) => {
    const taken = all.filter((record) => record.type === 'event').filter(({ applied, client }) => applied && client === 'agent 0');
    const inside = taken.find(({ event }, index) => taken[index - 1]?.event.seq === event.seq - 1 && taken[index + 1]?.event.seq === event.seq + 1);
    return inside ? all.filter((record) => record !== inside) : [];
  } },
  'an event arrives behind a hole': { invariant: 'I3', kind: 'lost', corrupt: (all) => { const last = lastEvent(all); return [...all, { ...last, applied: false, event: { ...last.event, seq: last.event.seq + 2, id: 'e_far' } }]; } },
  'an observer takes an event in twice': { invariant: 'I3', kind: 'doubled', corrupt: (all) => all.flatMap((record) => (record === lastEvent(all) ? [record, record] : [record])) },
  'an observer lacks the end': { invariant: 'I5', kind: 'lost', corrupt: (all) => all.filter((record) => record !== lastEvent(all)) },
  'an observer saw what is not in the log': { invariant: 'I5', kind: 'lost', corrupt: (all) => { const last = lastEvent(all); return [...all, { ...last, event: { ...last.event, seq: last.event.seq + 1, id: 'e_ghost' } }]; } },
  'an observer saw another event at a place': { invariant: 'I5', kind: 'diverged', corrupt: (all) => replace(all, lastEvent(all), { event: { ...lastEvent(all).event, id: 'e_other' } }) },
  'one place was seen with two contents': { invariant: 'I6', kind: 'diverged', corrupt: (all) => { const last = lastEvent(all); return [...all, { ...last, applied: false, event: { ...last.event, digest: 'another' } }]; } },
  'the epoch changed by itself': { invariant: 'I6', kind: 'diverged', corrupt: (all) => { const last = lastEvent(all); return [...all, { ...last, applied: false, event: { ...last.event, epoch: 'k2' } }]; } },
  'two acknowledgements name two places': { invariant: 'I7', kind: 'diverged', corrupt: (all) => [...all, { ...first(all, 'ok'), seq: first(all, 'ok').seq! + 1 }] },
  'two acknowledgements name two times': { invariant: 'I7', kind: 'diverged', corrupt: (all) => [...all, { ...first(all, 'ok'), eventAt: 1 }] },
  'what was taken back is shown': { invariant: 'I8', kind: 'other', corrupt: (all) => [{ type: 'retracted', at: 0, stream: logs(all)[0]!.stream, eventId: logs(all)[0]!.events[1]!.id }, ...all] },
  'a watermark falls': { invariant: 'I9', kind: 'other', corrupt: (all) => [...all, ...[5, 4].map((delivered): HistoryRecord => ({ type: 'watermark', at: 2_000_000, client: 'visitor 0', connection: 9, stream: 'c_0', who: 'a', delivered, read: 1 }))] },
  'more is read than delivered': { invariant: 'I9', kind: 'other', corrupt: (all) => [...all, { type: 'watermark', at: 2_000_000, client: 'visitor 0', connection: 9, stream: 'c_0', who: 'a', delivered: 1, read: 2 }] },
  'somebody else\'s stream is shown': { invariant: 'I10', kind: 'other', corrupt: (all) => [...all, { ...lastEvent(all), client: 'a stranger', applied: false }] },
  'typing is an event': { invariant: 'I11', kind: 'other', corrupt: (all) => editLog(blind(all), (events) => [...events, { ...events[0]!, seq: events.length + 1, id: 'e_t', kind: 'typing' }]) },
  'a connection costs too much': { invariant: 'I12', kind: 'other', corrupt: (all) => [...all, { type: 'memory', at: 2_000_000, connection: 'stalled', sizeBytes: 3 * 1024 * 1024 }] },
  'a client never comes to rest': { invariant: 'I13', kind: 'lost', corrupt: (all) => all.filter((record) => !(record.type === 'settled' && record.client === 'visitor 0')) },
  'a client says it rests, and its cursor does not': { invariant: 'I13', kind: 'lost', corrupt: (all) => all.map((record) => (record.type === 'settled' && record.client === 'visitor 0' ? { ...record, cursors: record.cursors.map((cursor) => ({ ...cursor, seq: cursor.seq - 1 })) } : record)) },
  'a client comes to rest too late': { invariant: 'I13', kind: 'other', corrupt: (all) => all.map((record) => (record.type === 'settled' && record.client === 'visitor 0' ? { ...record, at: record.at + 60_000 } : record)) },
  'a client connects again and again': { invariant: 'I14', kind: 'other', corrupt: (all) => [...all, ...Array.from({ length: 200 }, (_, n): HistoryRecord => ({ type: 'connect', at: 3_000_000 + n * 100, client: 'visitor 0' }))] },
  'a refusal is no problem object': { invariant: 'I15', kind: 'other', corrupt: (all) => [...all, { type: 'refusal', at: 2_000_000, client: 'visitor 0', status: 500, code: null, valid: false }] },
  'a message is not shown': { invariant: 'I5', kind: 'lost', corrupt: (all) => copyOf(all, (messages) => messages.slice(0, -1)) },
  'a message is shown twice': { invariant: 'I5', kind: 'doubled', corrupt: (all) => copyOf(all, (messages) => [...messages, messages.at(-1)!]) },
  'messages are shown in another order': { invariant: 'I5', kind: 'reordered', corrupt: (all) => copyOf(all, (messages) => [...messages].reverse()) },
  'something is shown that nobody stored': { invariant: 'I5', kind: 'diverged', corrupt: (all) => copyOf(all, (messages) => [...messages, { seq: 9999, digest: 'x' }]) },
  'a message is shown with other words': { invariant: 'I5', kind: 'diverged', corrupt: (all) => copyOf(all, (messages) => messages.map((message, index) => (index === 0 ? { ...message, digest: 'x' } : message))) },
};

describe('the checker of histories', () => {
  it('finds nothing in a correct history', () => {
    fc.assert(fc.property(shapes, (shape) => {
      const records = correctHistory(shape);
      const report = checkHistory(records);
      assert.deepEqual(report.violations, []);
      assert.equal(report.streams, shape.streams);
      assert.equal(report.observers, shape.streams * 2);
      assert.equal(report.submits, shape.streams * shape.messages);
      assert.equal(report.acknowledged + report.refused, report.submits);
      assert.equal(report.unknown, 0);
      assert.ok(report.eventsSeen > 0 && report.settledMs !== null);
    }), { numRuns: 60 });
  });

  for (const [name, { invariant, kind, corrupt }] of Object.entries(corruptions)) {
    it(`finds that ${name} (${invariant}, ${kind})`, () => {
      fc.assert(fc.property(shapes, (shape) => {
        const corrupted = corrupt(correctHistory(shape));
        if (corrupted.length === 0) return;
        const { violations, counts } = checkHistory(corrupted);
        assert.ok(violations.some((one) => one.invariant === invariant && one.kind === kind), JSON.stringify(violations.slice(0, 3)));
        assert.ok(counts[kind] > 0);
      }), { numRuns: 25 });
    });
  }

  it('asks nothing of what was told before a restore', () => {
    const records = correctHistory({ seed: 1, streams: 1, messages: 6 });
    const epoch = 'k2';
    const after: HistoryRecord[] = [...blind(records.filter(({ type }) => type !== 'log')), { type: 'restored', at: 5_000_000 }, { type: 'log', at: 6_000_000, client: 'visitor 0', stream: 'c_0', epoch, head: 1, events: [{ ...logs(records)[0]!.events[0]!, epoch }] }];
    assert.deepEqual(checkHistory(after).violations, []);
  });

  it('holds no text, only digests', () => {
    const text = 'my chest hurts';
    assert.equal(digestOf({ parts: [{ kind: 'text', text }] }), digestOfText(text));
    assert.notEqual(digestOf({ parts: [{ kind: 'text', text }, { kind: 'text', text }] }), digestOfText(text));
    assert.ok(!digestOfText(text).includes('chest'));
  });
});
