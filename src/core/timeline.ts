/**
 * What was said, in order: a persistent list in chunks of 64, so that one event copies one chunk and every other chunk stays the same object.
 * Confirmed items stand in seq order; own items that the server has not confirmed stand behind them. Knows events, not frames.
 */
import type { CareErrorCode } from '../base/care-error.js';
import type { By, ParsedEvent, Part } from '../protocol/types.js';
import type { ActionItem, DeliveryState, EscalatedItem, MessageItem, NoteItem, Timeline, TimelineItem } from './snapshots.js';

const chunkLength = 64;

/** What the outbox shows of an item that is not confirmed. */
export interface PendingView {
  readonly cmid: string;
  readonly clientAt: number;
  readonly text: string;
  readonly kind: 'message' | 'note';
  readonly state: 'queued' | 'sending' | 'failed';
  readonly error: CareErrorCode | null;
}

export interface TimelineOptions {
  /** Whether this person wrote it, on any device. */
  isMine(by: By): boolean;
  /** The author of what is pending. */
  me(): By;
}

export interface TimelineStore {
  readonly value: Timeline;
  readonly firstSeq: number;
  /** Adds events at the end, in seq order. */
  append(events: readonly ParsedEvent[]): void;
  /** Adds a page of older events at the front. */
  prepend(events: readonly ParsedEvent[], complete: boolean): void;
  /** Drops what is confirmed; `hasOlder` until a page says otherwise. */
  clear(): void;
  setPending(items: readonly PendingView[]): void;
  /** The server has it; the event may still be on its way. */
  acknowledge(pending: PendingView, seq: number, at: number): void;
  /** How far the other side has received and read. */
  setMarks(delivered: number, read: number): void;
  setLoadingOlder(on: boolean): void;
  /** How many messages of others stand after `seq`. */
  unreadAfter(seq: number): number;
}

/** Creates an empty timeline. */
export function createTimeline({ isMine, me }: TimelineOptions): TimelineStore {
  let chunks: readonly (readonly TimelineItem[])[] = [];
  /** Keys of what is here: the cmids, of what this person wrote. */
  const known = new Set<string>();
  /** Acknowledged, their events not here yet. */
  let acknowledged: readonly MessageItemOrNote[] = [];
  let pending: readonly MessageItemOrNote[] = [];
  let tail: readonly TimelineItem[] = [];
  let marks = { delivered: 0, read: 0 };
  let firstSeq = 0;
  let lastSeq = 0;
  let hasOlder = false;
  let loadingOlder = false;
  let value: Timeline = Object.freeze({ chunks: Object.freeze([]), length: 0, hasOlder, loadingOlder });

  const publish = (): void => {
    const all = tail.length ? [...chunks, tail] : chunks;
    const same = all.length === value.chunks.length && all.every((chunk, index) => chunk === value.chunks[index]);
    if (same && value.hasOlder === hasOlder && value.loadingOlder === loadingOlder) return;
    value = Object.freeze({
      chunks: same ? value.chunks : Object.freeze([...all]),
      length: all.reduce((sum, chunk) => sum + chunk.length, 0),
      hasOlder,
      loadingOlder,
    });
  };

  const setTail = (): void => {
    const next = [...acknowledged, ...pending];
    const same = next.length === tail.length && next.every((item, index) => item === tail[index]);
    if (!same) tail = Object.freeze(next);
  };

  const stateOf = (seq: number): DeliveryState => (seq <= marks.read ? 'read' : seq <= marks.delivered ? 'delivered' : 'sent');

  const toItems = (events: readonly ParsedEvent[]): TimelineItem[] => {
    const items: TimelineItem[] = [];
    for (const event of events) {
      const item = toItem(event, isMine(event.by), stateOf);
      if (item) {
        items.push(Object.freeze(item));
        known.add(item.key);
      }
    }
    return items;
  };

  const split = (items: readonly TimelineItem[]): (readonly TimelineItem[])[] => {
    const parts: (readonly TimelineItem[])[] = [];
    for (let start = 0; start < items.length; start += chunkLength) parts.push(Object.freeze(items.slice(start, start + chunkLength)));
    return parts;
  };

  /** Takes what is here out of what is pending. */
  const confirm = (): void => {
    acknowledged = acknowledged.filter((item) => !known.has(item.key) && (item.seq ?? 0) > lastSeq);
    pending = pending.filter((item) => !known.has(item.key));
    setTail();
  };

  return {
    get value() {
      return value;
    },
    get firstSeq() {
      return firstSeq;
    },
    append(events) {
      const fresh = events.filter((event) => event.seq > lastSeq);
      if (!fresh.length) return;
      lastSeq = fresh.at(-1)!.seq;
      firstSeq ||= fresh[0]!.seq;
      const items = toItems(fresh);
      if (items.length) {
        const last = chunks.at(-1) ?? [];
        const room = last.length < chunkLength;
        chunks = [...(room ? chunks.slice(0, -1) : chunks), ...split(room ? [...last, ...items] : items)];
      }
      confirm();
      publish();
    },
    prepend(events, complete) {
      const older = firstSeq ? events.filter((event) => event.seq < firstSeq) : events;
      hasOlder = !complete;
      loadingOlder = false;
      if (older.length) {
        firstSeq = older[0]!.seq;
        lastSeq ||= older.at(-1)!.seq;
        chunks = [...split(toItems(older)), ...chunks];
        confirm();
      }
      publish();
    },
    clear() {
      chunks = acknowledged = [];
      known.clear();
      setTail();
      firstSeq = lastSeq = 0;
      marks = { delivered: 0, read: 0 };
      hasOlder = loadingOlder = false;
      publish();
    },
    setPending(items) {
      const shown = new Map(pending.map((item) => [item.key, item]));
      // The log may have what another tab sent, before this one hears that it is settled.
      pending = items.filter(({ cmid }) => !known.has(cmid) && !acknowledged.some(({ key }) => key === cmid)).map((item) => {
        const before = shown.get(item.cmid);
        const next = toPending(item, me());
        return before && equal(before, next) ? before : Object.freeze(next);
      });
      setTail();
      publish();
    },
    acknowledge(item, seq, at) {
      pending = pending.filter(({ key }) => key !== item.cmid);
      if (seq > lastSeq && !acknowledged.some(({ key }) => key === item.cmid)) {
        const confirmed = { ...toPending(item, me()), seq, at, state: stateOf(seq) };
        acknowledged = [...acknowledged, Object.freeze(confirmed)];
      }
      setTail();
      publish();
    },
    setMarks(delivered, read) {
      const next = { delivered: Math.max(marks.delivered, delivered, read), read: Math.max(marks.read, read) };
      const from = Math.min(next.delivered > marks.delivered ? marks.delivered : Infinity, next.read > marks.read ? marks.read : Infinity);
      if (from === Infinity) return;
      marks = next;
      const update = <I extends TimelineItem>(items: readonly I[]): readonly I[] => {
        let changed = false;
        const updated = items.map((item): I => {
          if (item.type !== 'message' || !item.mine || item.seq === null || item.seq <= from || item.state === stateOf(item.seq)) return item;
          changed = true;
          return Object.freeze<I>({ ...item, state: stateOf(item.seq) });
        });
        return changed ? Object.freeze(updated) : items;
      };
      // Only chunks that reach behind the old mark can change.
      chunks = chunks.map((chunk) => ((chunk.at(-1)?.seq ?? 0) > from ? update(chunk) : chunk));
      acknowledged = update(acknowledged);
      setTail();
      publish();
    },
    setLoadingOlder(on) {
      loadingOlder = on;
      publish();
    },
    unreadAfter(seq) {
      let count = 0;
      for (let index = chunks.length - 1; index >= 0; index--) {
        const chunk = chunks[index]!;
        if ((chunk.at(-1)?.seq ?? 0) <= seq) break;
        for (const item of chunk) if (item.type === 'message' && !item.mine && !item.tombstone && item.seq! > seq) count++;
      }
      return count;
    },
  };
}

type MessageItemOrNote = MessageItem | NoteItem;

/** What stands in the parts, as plain text. */
export const textOf = (parts: readonly Part[]): string => parts.map((part) => ('text' in part ? part.text : part.fallback)).join('\n');

function toPending(item: PendingView, by: By): MessageItemOrNote {
  const head = { key: item.cmid, seq: null, at: item.clientAt, by, text: item.text, state: item.state };
  return item.kind === 'note' ? { type: 'note', ...head } : { type: 'message', ...head, mine: true, tombstone: false, error: item.error };
}

function equal(a: MessageItemOrNote, b: MessageItemOrNote): boolean {
  return a.state === b.state && a.text === b.text && (a as MessageItem).error === (b as MessageItem).error;
}

function toItem(event: ParsedEvent, mine: boolean, stateOf: (seq: number) => DeliveryState): TimelineItem | null {
  const { seq, at, by } = event;
  const head = { key: (mine && event.cmid) || event.id, seq, at, by };
  const system = (what: 'joined' | 'left' | 'closed' | 'reopened' | 'returned' | 'assigned', who: By, reason: string | null = null): TimelineItem =>
    ({ type: 'system', ...head, by: who, what, reason });
  switch (event.kind) {
    case 'message': {
      const tombstone = 'tombstone' in event.d;
      const parts = 'parts' in event.d ? event.d.parts : [];
      return { type: 'message', ...head, mine, tombstone, text: textOf(parts), ...(parts.some((part) => 'buttons' in part) && { parts }), state: mine ? stateOf(seq) : null, error: null };
    }
    case 'note':
      return { type: 'note', ...head, text: event.d.text, state: mine ? 'sent' : null };
    case 'form.answered':
      return { type: 'form', ...head, body: event.d };
    case 'action':
    case 'escalated':
      return { type: event.kind, ...head, ...event.d } as ActionItem | EscalatedItem;
    case 'participant.joined':
      return system('joined', event.d.who);
    case 'participant.left':
      return system('left', event.d.who);
    case 'status':
      return event.d.status === 'closed' ? system('closed', by, event.d.reason ?? null) : event.d.reason === 'reopened' ? system('reopened', by) : null;
    case 'assignment':
      if (event.d.reason === 'returned' || event.d.reason === 'agent-lost') return system('returned', by, event.d.reason);
      return event.d.reason === 'assigned' && event.d.agent ? system('assigned', event.d.agent) : null;
    default:
      return null;
  }
}
