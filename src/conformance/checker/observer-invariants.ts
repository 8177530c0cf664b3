/** What must hold of what observers saw: I3, I5, I6, I8, I9, I10, I13. */
import type { HistoryRecord, SeenEvent } from './history.js';
import type { FinalLog, IndexedHistory, ObserverCopy } from './index-history.js';
import type { Report } from './violation.js';

/** I3 for observers: what each took in has no hole and nothing twice. */
export const checkTakenIn = ({ copies }: IndexedHistory, report: Report): void => {
  for (const { client, stream, run } of copies.flatMap(({ runs, ...who }) => runs.map((run) => ({ ...who, run })))) {
    run.forEach((event, index) => {
      const before = run[index - 1];
      if (!before || event.epoch !== before.epoch || event.seq === before.seq + 1) return;
      const kind = event.seq > before.seq ? 'lost' : event.seq === before.seq ? 'doubled' : 'reordered';
      report({ invariant: 'I3', kind, what: 'an observer was given something else than the next event', client, stream, seqs: [before.seq, event.seq], eventIds: [event.id] });
    });
  }
};

/** I3 on the wire (S-8.7): no event comes that leaves a hole behind what the observer has. */
export const checkArrivals = ({ records }: IndexedHistory, report: Report): void => {
  const last = new Map<string, SeenEvent | null>();
  for (const record of records) {
    if (record.type !== 'event' && record.type !== 'reset') continue;
    const key = JSON.stringify([record.client, record.stream]);
    const before = last.get(key);
    if (record.type === 'reset') last.set(key, null);
    else if (record.applied) last.set(key, record.event);
    else if (before && record.event.epoch === before.epoch && record.event.seq > before.seq + 1) {
      report({ invariant: 'I3', kind: 'lost', what: 'an event arrived behind a hole', client: record.client, stream: record.stream, seqs: [before.seq, record.event.seq], eventIds: [record.event.id] });
    }
  }
};

const compareCopy = ({ client, stream, runs }: ObserverCopy, { events, epoch }: FinalLog, report: Report): void => {
  for (const event of runs.flat()) {
    if (event.epoch !== epoch) continue;
    const kept = events[event.seq - 1];
    if (!kept) report({ invariant: 'I5', kind: 'lost', what: 'an observer saw an event that is not in the log', client, stream, seqs: [event.seq], eventIds: [event.id] });
    else if (kept.id !== event.id) report({ invariant: 'I5', kind: 'diverged', what: 'an observer saw another event at this place than the log has', client, stream, seqs: [event.seq], eventIds: [kept.id, event.id] });
  }
};

/** I5: in the end every observer has what the log has. Those who have settled must have all of it. */
export const checkCopies = (history: IndexedHistory, report: Report): void => {
  const settled = new Set(history.of('settled').map(({ client }) => client));
  for (const copy of history.copies) {
    const log = history.logs.get(copy.stream);
    if (!log) continue;
    compareCopy(copy, log, report);
    const last = copy.runs.at(-1)!.at(-1);
    if (settled.has(copy.client) && last && last.seq < log.head) {
      report({ invariant: 'I5', kind: 'lost', what: 'an observer has not the end of the log', client: copy.client, stream: copy.stream, seqs: [last.seq, log.head] });
    }
  }
  for (const { client, stream, from, messages } of history.of('copy')) {
    const log = history.logs.get(stream);
    if (log) compareShown({ client, stream, messages, wanted: log.events.filter(({ kind, seq }) => kind === 'message' && seq >= from) }, report);
  }
};

interface Shown {
  readonly client: string;
  readonly stream: string;
  readonly messages: readonly { readonly seq: number; readonly digest: string }[];
  readonly wanted: readonly SeenEvent[];
}

const compareShown = ({ client, stream, messages, wanted }: Shown, report: Report): void => {
  const seqs = messages.map(({ seq }) => seq);
  const shown = new Map(messages.map(({ seq, digest }) => [seq, digest]));
  const missing = wanted.filter(({ seq }) => !shown.has(seq));
  const known = new Set(wanted.map(({ seq }) => seq));
  const evidence = { client, stream };
  if (missing.length > 0) report({ invariant: 'I5', kind: 'lost', what: 'messages of the log are not shown', ...evidence, seqs: missing.slice(0, 5).map(({ seq }) => seq), amount: missing.length });
  if (shown.size < seqs.length) report({ invariant: 'I5', kind: 'doubled', what: 'a message is shown twice', ...evidence, seqs: seqs.filter((seq, index) => seqs.indexOf(seq) !== index) });
  if (seqs.some((seq, index) => index > 0 && seq < seqs[index - 1]!)) report({ invariant: 'I5', kind: 'reordered', what: 'messages are shown in another order than the log\'s', ...evidence });
  const unknown = seqs.filter((seq) => !known.has(seq));
  if (unknown.length > 0) report({ invariant: 'I5', kind: 'diverged', what: 'something is shown that is not in the log', ...evidence, seqs: unknown.slice(0, 5) });
  const other = wanted.filter(({ seq, digest, tombstone }) => !tombstone && shown.has(seq) && shown.get(seq) !== digest);
  if (other.length > 0) report({ invariant: 'I5', kind: 'diverged', what: 'a message is shown with another content than the log\'s', ...evidence, seqs: other.slice(0, 5).map(({ seq }) => seq) });
};

/** I6: one place of one epoch is one event with one content, whoever looks and however often; only a tombstone may take its place. And an epoch changes only with a restore. */
export const checkPlaces = (history: IndexedHistory, report: Report): void => {
  const places = new Map<string, { readonly id: string; digest: string | null }>();
  const isRestored = history.of('restored').length > 0;
  const epochs = new Map<string, string>();
  const look = (client: string, stream: string, event: SeenEvent): void => {
    const key = JSON.stringify([stream, event.epoch, event.seq]);
    const known = places.get(key);
    const digest = event.tombstone ? null : event.digest;
    if (!known) places.set(key, { id: event.id, digest });
    else if (known.id !== event.id || (known.digest !== null && digest !== null && known.digest !== digest)) {
      report({ invariant: 'I6', kind: 'diverged', what: 'one place of the log was seen with two contents', client, stream, seqs: [event.seq], eventIds: [known.id, event.id] });
    } else known.digest ??= digest;
    const epoch = epochs.get(stream);
    epochs.set(stream, event.epoch);
    if (!isRestored && epoch !== undefined && epoch !== event.epoch) report({ invariant: 'I6', kind: 'diverged', what: 'the epoch changed although nothing was restored', client, stream, seqs: [event.seq] });
  };
  for (const record of history.records) {
    if (record.type === 'event') look(record.client, record.stream, record.event);
    else if (record.type === 'log') for (const event of record.events) look(record.client, record.stream, event);
  }
};

/** I8: after something was taken back, nobody is shown its content. */
export const checkRetracted = (records: readonly HistoryRecord[], report: Report): void => {
  const retracted = new Set<string>();
  const look = (client: string, stream: string, { id, tombstone, seq }: SeenEvent): void => {
    if (!tombstone && retracted.has(JSON.stringify([stream, id]))) report({ invariant: 'I8', kind: 'other', what: 'the content of a message that was taken back was shown', client, stream, eventIds: [id], seqs: [seq] });
  };
  for (const record of records) {
    if (record.type === 'retracted') retracted.add(JSON.stringify([record.stream, record.eventId]));
    else if (record.type === 'event') look(record.client, record.stream, record.event);
    else if (record.type === 'log') for (const event of record.events) look(record.client, record.stream, event);
  }
};

/** I9: no watermark falls, as one connection sees it. */
export const checkWatermarks = ({ of }: IndexedHistory, report: Report): void => {
  const marks = new Map<string, { readonly delivered: number; readonly read: number }>();
  for (const { client, connection, stream, who, delivered, read } of of('watermark')) {
    const key = JSON.stringify([client, connection, stream, who]);
    const before = marks.get(key);
    if (before && (delivered < before.delivered || read < before.read)) report({ invariant: 'I9', kind: 'other', what: 'a watermark fell', client, stream, seqs: [before.delivered, delivered, before.read, read] });
    if (read > delivered) report({ invariant: 'I9', kind: 'other', what: 'more is read than was delivered', client, stream, seqs: [delivered, read] });
    marks.set(key, { delivered, read });
  }
};

/** I10: nobody sees a stream that is not theirs. */
export const checkRights = ({ records, of }: IndexedHistory, report: Report): void => {
  const rights = new Set(of('may').map(({ client, stream }) => JSON.stringify([client, stream])));
  const told = new Set<string>();
  for (const record of records) {
    if (record.type !== 'event' && record.type !== 'log') continue;
    const { client, stream } = record;
    const key = JSON.stringify([client, stream]);
    if (rights.has(key) || told.has(key)) continue;
    told.add(key);
    report({ invariant: 'I10', kind: 'other', what: 'an observer was given a stream of somebody else', client, stream });
  }
};

/** I13: `settleMs` after the faults ended, nothing is queued and every cursor is at its head. Clients are all who sent or were given something. */
export const checkSettling = ({ of, logs, records, copies }: IndexedHistory, settleMs: number, report: Report): number | null => {
  const ended = of('faults-ended').at(-1);
  if (!ended) return null;
  const clients = new Set(records.flatMap((record) => (record.type === 'invoke' || (record.type === 'event' && record.applied) ? record.client : [])));
  const followed = new Map<string, string[]>();
  for (const { client, stream } of copies) if (logs.has(stream)) followed.set(client, [...(followed.get(client) ?? []), stream]);
  const done = new Map<string, number>();
  for (const { client, at, queued, cursors } of of('settled')) {
    const isThere = (stream: string): boolean => cursors.some((cursor) => cursor.stream === stream && cursor.seq >= logs.get(stream)!.head && cursor.epoch === logs.get(stream)!.epoch);
    const isBehind = (followed.get(client) ?? []).some((stream) => !isThere(stream));
    if (at >= ended.at && queued === 0 && !isBehind && !done.has(client)) done.set(client, at - ended.at);
  }
  for (const client of clients) {
    const took = done.get(client);
    if (took === undefined) report({ invariant: 'I13', kind: 'lost', what: 'a client did not come to rest after the faults ended', client });
    else if (took > settleMs) report({ invariant: 'I13', kind: 'other', what: `a client needed longer than ${settleMs} ms to come to rest`, client, amount: took });
  }
  return Math.max(0, ...done.values());
};
