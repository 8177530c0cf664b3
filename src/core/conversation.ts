/**
 * One conversation as seen by one person: cursor over the log, timeline, state, receipts, typing (protocol README §4, §5, §8).
 * Patient and desk share it. It is told frames and tells a frozen snapshot; it owns no connection.
 */
import { merge } from '../base/merge.js';
import { type Result, ok } from '../base/result.js';
import { type ReadonlySnapshot, createSnapshot } from '../base/snapshot.js';
import type { Ports } from '../platform/ports.js';
import type { By, ConversationState, ConversationStatus, Cursor, ParsedEvent, ParsedEventPage, ParsedFrame, ResetBody, StreamStart } from '../protocol/types.js';
import type { Connection } from './connection.js';
import type { Outbox, OutboxItem } from './outbox.js';
import type { EventRange } from './rest.js';
import type { ConversationSnapshot, TypingPerson } from './snapshots.js';
import { type PendingView, createTimeline, textOf } from './timeline.js';
import { createTimers } from './timers.js';

export interface ConversationOptions {
  readonly id: string;
  readonly createdAt: number;
  readonly status: ConversationStatus;
  readonly ports: Pick<Ports, 'clock'>;
  /** The connection in force. */
  wire(): Pick<Connection, 'send' | 'request' | 'state' | 'fail'>;
  readonly outbox: Outbox;
  /** Reads a page of events (REST). */
  page(stream: string, range: EventRange): Promise<Result<ParsedEventPage>>;
  isMine(by: By): boolean;
  me(): By;
  /** Whose watermarks tell how far own messages got. */
  readonly otherSide: 'visitor' | 'agent';
  /** Whether watermarks of this participant are one's own. */
  isMyMark(who: string, role: 'visitor' | 'agent'): boolean;
  /** Whether to tell what was received and read: not while only looking. */
  tellsReceipts(): boolean;
  typingMinMs(): number;
  /** Somebody else's event, live or caught up with; not history. */
  onEvent?(event: ParsedEvent): void;
  onRead?(seq: number): void;
}

export interface Conversation {
  readonly id: string;
  readonly snapshot: ReadonlySnapshot<ConversationSnapshot>;
  /** Where it is in the log; null until the newest page is here. */
  readonly cursor: Cursor | null;
  /** Starts from the beginning of a log that is known to be new. */
  begin(epoch: string): void;
  /** Reads the newest page, where the cursor is not known. */
  loadTail(): Promise<Result<void>>;
  adopt(state: ConversationState): void;
  onStart(start: StreamStart): void;
  onEvents(events: readonly ParsedEvent[]): void;
  onReset(reset: ResetBody): void;
  onReceipt(receipt: Extract<ParsedFrame, { t: 'receipt' }>['d']): void;
  onTyping(typing: Extract<ParsedFrame, { t: 'typing' }>['d']): void;
  onDown(): void;
  onPending(): void;
  onAcknowledged(item: OutboxItem, seq: number, at: number): void;
  markRead(seq: number): void;
  setTyping(on: boolean): void;
  loadOlder(): Promise<void>;
  dispose(): void;
}

const receiptDelayMs = 250;
const typingLifeMs = 6000;
/** Two frames may come closer together than they were sent. */
const typingSlackMs = 100;
const syncAgainMs = 10_000;

/** Creates a conversation. Asks for nothing by itself. */
export function createConversation(options: ConversationOptions): Conversation {
  const { id, wire, ports: { clock }, otherSide } = options;
  const timeline = createTimeline({ isMine: options.isMine, me: options.me });
  const typing = new Map<string, TypingPerson & { readonly untilAt: number }>();
  const { at, cancel, has, cancelAll } = createTimers(clock);
  let cursor: Cursor | null = null;
  /** Events that came while the newest page was on its way. */
  let early: ParsedEvent[] = [];
  let tail: Promise<Result<void>> | null = null;
  let status = options.status;
  let agent: By | null = null;
  let departmentId: string | null = null;
  let bot = false;
  let cobrowse: ConversationSnapshot['cobrowse'] = null;
  let createdAt = options.createdAt;
  let readSeq = 0;
  let told = { delivered: 0, read: 0 };
  /** The newest event of somebody else. */
  let heardSeq = 0;
  let typingSentAt = 0;
  /** The others were told that this person types, and not yet that it is over. */
  let typingTold = false;
  let syncs: number[] = [];
  let disposed = false;
  let typingShown: readonly TypingPerson[] = Object.freeze([]);

  const view = (): ConversationSnapshot => ({
    id, status, agent, departmentId, bot, cobrowse, createdAt, timeline: timeline.value, readSeq, unread: timeline.unreadAfter(readSeq),
    typing: (typingShown = sameTyping(typingShown, [...typing.values()])),
  });
  const shown = createSnapshot<ConversationSnapshot>(Object.freeze(view()));

  const publish = (): void => {
    if (!disposed) merge(shown, view());
  };

  /** At most every `typingMinMs`: the server drops what comes sooner. What begins too soon after the last is said once it may be, unless it is over by then. */
  const tellTyping = (on: boolean): void => {
    if (status === 'closed') return;
    cancel('typing-told');
    const waitMs = typingSentAt + options.typingMinMs() - clock.now();
    if (!on) {
      if (typingTold) wire().send({ t: 'typing', d: { stream: id, on } });
      typingTold = false;
    } else if (waitMs > 0) {
      if (!typingTold) at('typing-told', waitMs + typingSlackMs, () => tellTyping(true));
    } else if (wire().send({ t: 'typing', d: { stream: id, on } })) {
      typingSentAt = clock.now();
      typingTold = true;
    }
  };

  /** The first at once, because the page may be left in the next moment; more at most once in a while. */
  const tellReceipts = (): void => {
    if (!options.tellsReceipts() || has('receipt')) return;
    const next = { delivered: Math.max(heardSeq, readSeq), read: readSeq };
    if (next.delivered <= told.delivered && next.read <= told.read) return;
    // Not live: said with the next welcome.
    if (!wire().send({ t: 'receipt', d: { stream: id, ...next } })) return;
    told = next;
    at('receipt', receiptDelayMs, tellReceipts);
  };

  const sync = (): void => {
    if (!cursor || wire().state !== 'live') return;
    const now = clock.now();
    syncs = syncs.filter((time) => Math.abs(now - time) < syncAgainMs);
    if (has('sync')) return;
    if (syncs.push(now) > 2) return wire().fail();
    at('sync', 2000, () => {});
    void wire().request({ t: 'sync', d: { stream: cursor.stream, epoch: cursor.epoch, seq: cursor.seq } }).then(() => cancel('sync'));
  };

  /** What an event says about the state of the conversation. */
  const note = (event: ParsedEvent): void => {
    if (event.kind === 'status') status = event.d.status;
    else if (event.kind === 'assignment') {
      agent = event.d.state === 'assigned' ? (event.d.agent ?? null) : null;
      departmentId = event.d.departmentId ?? departmentId;
      // Asking for a person puts into the queue again, too.
      bot = false;
    } else if (event.kind === 'cobrowse') cobrowse = { ...event.d, by: event.by };
    else bot ||= event.by.role === 'bot';
    if (!options.isMine(event.by)) {
      heardSeq = Math.max(heardSeq, event.seq);
      if (event.kind === 'message') typing.delete(event.by.id);
    }
  };

  const apply = (events: readonly ParsedEvent[]): void => {
    const run: ParsedEvent[] = [];
    for (const event of events) {
      if (!cursor || event.epoch !== cursor.epoch || event.seq > cursor.seq + 1) {
        sync();
        break;
      }
      if (event.seq <= cursor.seq) continue;
      cursor = { ...cursor, seq: event.seq };
      run.push(event);
    }
    timeline.append(run);
    for (const event of run) {
      note(event);
      if (event.cmid !== undefined && options.isMine(event.by)) options.outbox.confirm(event.cmid);
    }
    if (!run.length) return;
    publish();
    tellReceipts();
    if (options.onEvent) for (const event of run) options.onEvent(event);
  };

  const adopt = (state: ConversationState): void => {
    ({ status, createdAt } = state);
    agent = state.agent ?? null;
    departmentId = state.departmentId ?? null;
    told = { delivered: 0, read: 0 };
    for (const mark of state.watermarks) onMark(mark.who, mark.role, mark.delivered, mark.read);
    publish();
    tellReceipts();
  };

  const onMark = (who: string, role: 'visitor' | 'agent', delivered: number, read: number): void => {
    if (options.isMyMark(who, role)) {
      readSeq = Math.max(readSeq, read);
      told = { delivered: Math.max(told.delivered, delivered), read: Math.max(told.read, read) };
    } else if (role === otherSide) timeline.setMarks(delivered, read);
  };

  const loadTail = (): Promise<Result<void>> =>
    (tail ??= (async () => {
      const answer = await options.page(id, {});
      tail = null;
      if (disposed) return ok(undefined);
      if (!answer.ok) return answer;
      const { epoch, head, events, complete } = answer.value;
      timeline.clear();
      timeline.prepend(events, complete);
      events.forEach(note);
      for (const event of events) if (event.cmid !== undefined && options.isMine(event.by)) options.outbox.confirm(event.cmid);
      cursor = Object.freeze({ stream: id, epoch, seq: events.at(-1)?.seq ?? head });
      const held = early;
      early = [];
      publish();
      apply(held);
      tellReceipts();
      return ok(undefined);
    })());

  const pendingViews = (): PendingView[] => options.outbox.items(id).flatMap((item) => toView(item) ?? []);

  const expireTyping = (): void => {
    const now = clock.now();
    for (const [who, person] of typing) if (person.untilAt <= now || person.untilAt > now + 2 * typingLifeMs) typing.delete(who);
    publish();
    if (typing.size) at('typing', typingLifeMs, expireTyping);
  };

  return {
    id,
    snapshot: shown,
    get cursor() {
      return cursor;
    },
    begin(epoch) {
      cursor ??= Object.freeze({ stream: id, epoch, seq: 0 });
    },
    loadTail,
    adopt,
    onStart(start) {
      cancel('sync');
      if (start.state) adopt(start.state);
      else tellReceipts();
    },
    onEvents(events) {
      if (cursor && !tail) apply(events);
      else early.push(...events);
    },
    onReset(reset) {
      cursor = null;
      early = [];
      timeline.clear();
      if (reset.state) adopt(reset.state);
      publish();
      void loadTail().then((loaded) => {
        if (!loaded.ok) wire().fail();
      });
    },
    onReceipt(receipt) {
      onMark(receipt.who, receipt.role, receipt.delivered, receipt.read);
      publish();
    },
    onTyping({ who, name, on }) {
      if (on) typing.set(who, Object.freeze({ id: who, name: name ?? null, untilAt: clock.now() + typingLifeMs }));
      else typing.delete(who);
      publish();
      if (typing.size) at('typing', typingLifeMs, expireTyping);
    },
    onDown() {
      typing.clear();
      typingSentAt = 0;
      typingTold = false;
      cancel('typing-told');
      syncs = [];
      publish();
    },
    onPending() {
      timeline.setPending(pendingViews());
      publish();
    },
    onAcknowledged(item, seq, time) {
      const pending = toView(item);
      if (pending) timeline.acknowledge(pending, seq, time);
      publish();
    },
    markRead(seq) {
      const next = Math.min(seq, cursor?.seq ?? 0);
      if (next <= readSeq) return;
      readSeq = next;
      publish();
      tellReceipts();
      options.onRead?.(readSeq);
    },
    setTyping: tellTyping,
    async loadOlder() {
      const { hasOlder, loadingOlder } = timeline.value;
      if (!hasOlder || loadingOlder || !cursor) return;
      const { epoch } = cursor;
      timeline.setLoadingOlder(true);
      publish();
      const answer = await options.page(id, { before: timeline.firstSeq, epoch });
      if (disposed) return;
      if (answer.ok && cursor?.epoch === epoch) timeline.prepend(answer.value.events, answer.value.complete);
      else timeline.setLoadingOlder(false);
      publish();
    },
    dispose() {
      disposed = true;
      cancelAll();
    },
  };
}

/** What a person sees of something in the outbox; null for what is not written text. */
function toView({ cmid, clientAt, ev, state, error }: OutboxItem): PendingView | null {
  if (ev.kind === 'note') return { cmid, clientAt, kind: 'note', text: ev.text, state, error };
  const text = ev.kind === 'message' ? textOf(ev.parts) : ev.kind === 'form' && ev.form.form.title;
  return text ? { cmid, clientAt, kind: 'message', text, state, error } : null;
}

function sameTyping(before: readonly TypingPerson[], now: readonly TypingPerson[]): readonly TypingPerson[] {
  return before.length === now.length && now.every((person, index) => person.id === before[index]!.id) ? before : Object.freeze(now.map(({ id, name }) => Object.freeze({ id, name })));
}
