/** What must hold between what senders were told and the log at the end: I1, I2, I4, I7; and of the log by itself: I3, I5. */
import type { FinalLog, IndexedHistory, SubmitStory } from './index-history.js';
import type { Report } from './violation.js';

/** I1: every acknowledged cmid is in the log exactly once, at the place that was told; what was refused for good is not in it. I2: nothing is in it twice. */
export const checkSubmits = ({ logs, submits, eventsOf }: IndexedHistory, report: Report): void => {
  for (const submit of submits) {
    const { client, stream, cmid, acks, refusedWith } = submit;
    const log = logs.get(stream);
    if (!log) continue;
    const found = eventsOf(submit);
    const evidence = { client, stream, cmid, eventIds: found.map(({ id }) => id), seqs: found.map(({ seq }) => seq) };
    if (found.length > 1) report({ invariant: 'I2', kind: 'doubled', what: 'one submit is in the log more than once', ...evidence });
    if (acks.length > 0 && found.length === 0) report({ invariant: 'I1', kind: 'lost', what: 'an acknowledged submit is not in the log', ...evidence, seqs: acks.flatMap(({ seq }) => seq ?? []) });
    if (refusedWith !== null && found.length > 0) report({ invariant: 'I1', kind: 'diverged', what: `a submit that was refused for good (${refusedWith}) is in the log`, ...evidence });
    const elsewhere = acks.filter(({ seq, epoch }) => seq !== undefined && epoch === log.epoch && found.length > 0 && !found.some((event) => event.seq === seq));
    if (elsewhere.length > 0) report({ invariant: 'I1', kind: 'diverged', what: 'a submit is in the log at another place than was acknowledged', ...evidence });
  }
};

/** I4: what one client of a device said is in the log in the order in which it was said. Two tabs of one device have no order between them. */
export const checkOrder = ({ submits, eventsOf }: IndexedHistory, report: Report): void => {
  const last = new Map<string, { readonly seq: number; readonly cmid: string }>();
  for (const submit of submits) {
    const [event] = eventsOf(submit);
    if (!event) continue;
    const key = JSON.stringify([submit.stream, submit.device, submit.client]);
    const before = last.get(key);
    if (before && before.seq > event.seq) {
      report({ invariant: 'I4', kind: 'reordered', what: 'something said later is in the log earlier', client: submit.client, stream: submit.stream, cmid: submit.cmid, seqs: [before.seq, event.seq] });
    } else last.set(key, { seq: event.seq, cmid: submit.cmid });
  }
};

/** I7: every acknowledgement of one submit says the same. */
export const checkAcks = ({ submits }: IndexedHistory, report: Report): void => {
  const differs = ({ acks }: SubmitStory): boolean => {
    const told = (['seq', 'epoch', 'eventId', 'eventAt'] as const).map((field) => new Set(acks.flatMap((ack) => ack[field] ?? [])));
    return told.some(({ size }) => size > 1);
  };
  for (const submit of submits) {
    if (!differs(submit)) continue;
    const { client, stream, cmid, acks } = submit;
    report({ invariant: 'I7', kind: 'diverged', what: 'two acknowledgements of one submit differ', client, stream, cmid, seqs: acks.flatMap(({ seq }) => seq ?? []), eventIds: acks.flatMap(({ eventId }) => eventId ?? []) });
  }
};

const checkReadings = ({ stream, readings }: FinalLog, report: Report): void => {
  const [first, ...others] = readings;
  for (const other of others) {
    const all = new Map(first!.events.map((event) => [event.seq, event]));
    const seqs = other.events.filter((event) => all.get(event.seq)?.id !== event.id || all.get(event.seq)?.digest !== event.digest).map(({ seq }) => seq);
    if (seqs.length > 0 || other.head !== first!.head || other.epoch !== first!.epoch || other.events.length !== first!.events.length) {
      report({ invariant: 'I5', kind: 'diverged', what: 'two who read the log at the end read different things', client: other.client, stream, seqs });
    }
  }
};

/** I3: the log is 1, 2, 3 … head. I5: all who read it read the same. */
export const checkLogs = ({ logs }: IndexedHistory, report: Report): void => {
  for (const log of logs.values()) {
    const { stream, head, events, epoch } = log;
    const wrong = events.filter(({ seq }, index) => seq !== index + 1);
    if (wrong.length > 0) report({ invariant: 'I3', kind: 'lost', what: 'the log is not contiguous', stream, seqs: wrong.slice(0, 5).map(({ seq }) => seq) });
    if (wrong.length === 0 && head !== events.length) report({ invariant: 'I3', kind: 'lost', what: 'the log does not reach its head', stream, seqs: [events.length, head] });
    if (events.some((event) => event.epoch !== epoch)) report({ invariant: 'I6', kind: 'diverged', what: 'events of the log are of another epoch than the log', stream });
    checkReadings(log, report);
  }
};
