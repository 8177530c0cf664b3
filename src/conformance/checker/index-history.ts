/** A history put in order for the invariants: logs by stream, submits by key, what each observer took in. */
import type { HistoryRecord, SeenEvent } from './history.js';

type RecordOf<T extends HistoryRecord['type']> = Extract<HistoryRecord, { type: T }>;

/** One submit with everything its client was told of it. */
export interface SubmitStory {
  readonly client: string;
  readonly device: string;
  readonly stream: string;
  readonly cmid: string;
  /** Null where an answer came to something nobody invoked. */
  readonly digest: string | null;
  readonly invokedAt: number;
  readonly acks: RecordOf<'ok'>[];
  refusedWith: string | null;
}

/** The end of one stream, as all who read it agree, or the first reader's where they do not. */
export interface FinalLog {
  readonly stream: string;
  readonly epoch: string;
  readonly head: number;
  /** In the order of the log. */
  readonly events: readonly SeenEvent[];
  readonly readings: readonly RecordOf<'log'>[];
}

/** What one observer took in of one stream, in the order of taking in. */
export interface ObserverCopy {
  readonly client: string;
  readonly stream: string;
  /** One run for each time it began anew; the last one is what it has. Never empty. */
  readonly runs: SeenEvent[][];
}

export interface IndexedHistory {
  readonly records: readonly HistoryRecord[];
  readonly logs: ReadonlyMap<string, FinalLog>;
  readonly submits: readonly SubmitStory[];
  readonly copies: readonly ObserverCopy[];
  of<T extends HistoryRecord['type']>(type: T): readonly RecordOf<T>[];
  /** Events of the final log that came of this submit: by its key, or by its content where that is nobody else's. */
  eventsOf(submit: SubmitStory): readonly SeenEvent[];
}

const join = (...parts: readonly string[]): string => JSON.stringify(parts);

/** Readings of one stream as one log: what only the sender is told (cmid, device) comes from the sender's reading. */
const mergeReadings = (readings: readonly RecordOf<'log'>[]): FinalLog => {
  const longest = readings.reduce((best, one) => (one.events.length > best.events.length ? one : best));
  const told = new Map<string, SeenEvent>();
  for (const { events } of readings) for (const event of events) if (event.cmid !== undefined) told.set(join(event.id, String(event.seq)), event);
  return {
    stream: longest.stream, epoch: longest.epoch, head: longest.head, readings,
    events: longest.events.map((event) => ({ ...event, ...told.get(join(event.id, String(event.seq))) })),
  };
};

const groupBy = <T>(items: readonly T[], keyOf: (item: T) => string): ReadonlyMap<string, T[]> => {
  const groups = new Map<string, T[]>();
  for (const item of items) {
    const key = keyOf(item);
    const group = groups.get(key);
    if (group) group.push(item);
    else groups.set(key, [item]);
  }
  return groups;
};

const collectSubmits = (records: readonly HistoryRecord[], restoredAt: number): readonly SubmitStory[] => {
  const stories = new Map<string, SubmitStory>();
  for (const record of records) {
    if (record.type !== 'invoke' && record.type !== 'ok' && record.type !== 'fail') continue;
    const { client, device, stream, cmid } = record;
    const key = join(stream, device, cmid);
    const story = stories.get(key) ?? { client, device, stream, cmid, digest: record.type === 'invoke' ? record.digest : null, invokedAt: record.at, acks: [], refusedWith: null };
    stories.set(key, story);
    if (record.type === 'ok' && record.at >= restoredAt) story.acks.push(record);
    if (record.type === 'fail') story.refusedWith = record.code;
  }
  return [...stories.values()];
};

const collectCopies = (records: readonly HistoryRecord[]): readonly ObserverCopy[] => {
  const copies = new Map<string, ObserverCopy>();
  for (const record of records) {
    if (record.type !== 'event' && record.type !== 'reset') continue;
    const { client, stream } = record;
    const key = join(client, stream);
    const copy = copies.get(key) ?? { client, stream, runs: [[]] };
    copies.set(key, copy);
    if (record.type === 'reset') copy.runs.push([]);
    else if (record.applied) copy.runs.at(-1)!.push(record.event);
  }
  return [...copies.values()];
};

/** Puts a history in order. */
export const indexHistory = (records: readonly HistoryRecord[]): IndexedHistory => {
  const byType = groupBy(records, ({ type }) => type);
  const of = <T extends HistoryRecord['type']>(type: T): readonly RecordOf<T>[] => (byType.get(type) ?? []) as RecordOf<T>[];
  const logs = new Map([...groupBy(of('log'), ({ stream }) => stream)].map(([stream, readings]) => [stream, mergeReadings(readings)]));
  const submits = collectSubmits(records, of('restored').at(-1)?.at ?? 0);
  const events = [...logs.values()].flatMap((log) => log.events.map((event) => ({ stream: log.stream, event })));
  const byCmid = groupBy(events.filter(({ event }) => event.cmid !== undefined), ({ stream, event }) => join(stream, event.cmid!));
  const byDigest = groupBy(events.filter(({ event }) => event.kind === 'message' && !event.tombstone), ({ stream, event }) => join(stream, event.digest));
  const saidBy = groupBy(submits.filter(({ digest }) => digest !== null), ({ stream, digest }) => join(stream, digest!));
  return {
    records, logs, submits, of,
    copies: collectCopies(records),
    eventsOf({ stream, device, cmid, digest }) {
      const own = (byCmid.get(join(stream, cmid)) ?? []).filter(({ event }) => event.dev === undefined || event.dev === device);
      const isOnly = digest !== null && saidBy.get(join(stream, digest))?.length === 1;
      const same = isOnly ? (byDigest.get(join(stream, digest)) ?? []) : [];
      return [...new Set([...own, ...same].map(({ event }) => event))].sort((left, right) => left.seq - right.seq);
    },
  };
};
