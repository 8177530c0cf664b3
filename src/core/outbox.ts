/**
 * The one owner of sending (protocol README §5). What is put in is durable before its first attempt, goes out one at a time in the order of typing,
 * and is sent again under the same cmid until the server has answered. Only the person, or a final refusal, takes something out otherwise.
 */
import { backoffMs } from '../base/backoff.js';
import { CareError, type CareErrorCode } from '../base/care-error.js';
import { uuidv7 } from '../base/ids.js';
import { refuse } from '../base/refuse.js';
import { type Result, err, ok } from '../base/result.js';
import type { Ports } from '../platform/ports.js';
import type { ParsedResult, SubmitEvent, SubmitResult } from '../protocol/types.js';
import type { Request } from './connection.js';
import { createTimers } from './timers.js';

export interface OutboxItem {
  readonly cmid: string;
  readonly stream: string;
  readonly ev: SubmitEvent;
  readonly clientAt: number;
  /** Place in the order of typing; the clock may be set back. */
  readonly n: number;
  readonly state: 'queued' | 'sending' | 'failed';
  readonly error: CareErrorCode | null;
}

export interface OutboxOptions {
  readonly ports: Pick<Ports, 'clock' | 'randomness' | 'vault'>;
  /** Whether submits can go out now. */
  isLive(): boolean;
  request(frame: Request): Promise<Result<ParsedResult>>;
  probe(): void;
  /** The token was found expired: get another before the next try. */
  renew(): Promise<unknown>;
  /** Something was stored for the first time. */
  onStored?(): void;
  /** Something about this stream's items changed. */
  onChange(stream: string): void;
  /** The answer came before the event. */
  onAcknowledged(item: OutboxItem, result: SubmitResult): void;
  /** The server has it: by its answer or by its event, whichever came first. Once. */
  onSent?: ((item: OutboxItem) => void) | undefined;
}

export interface Outbox {
  /** Takes up what is in the vault: another tab's, which sends it itself and gets 15 s for that, or with `left`, what a page or tab that is gone left. */
  adopt(left: boolean): Promise<void>;
  /** Queues something that a person wrote; under this cmid, where it may have been said with it already. */
  add(stream: string, ev: SubmitEvent, cmid?: string): OutboxItem;
  /** Queues an action behind what was written; not kept over a reload. Resolves with the server's answer, with `network` where there is no connection, or `timeout` after 20 s. */
  act(stream: string, ev: SubmitEvent): Promise<Result<unknown>>;
  items(stream: string): readonly OutboxItem[];
  retry(cmid: string): void;
  /** Takes out what is queued or failed; null where it is on its way or unknown. */
  discard(cmid: string): Promise<OutboxItem | null>;
  /** Its event has arrived, from this tab's submit or another's: as good as the answer. */
  confirm(cmid: string): void;
  /** Another tab has discarded it. */
  drop(cmid: string): void;
  /** Sends what can be sent; after each (re)connection. */
  pump(): void;
  /** The connection is gone: what was on its way is unknown, unless it was the reason (`refused`). */
  pause(refused?: CareErrorCode): void;
  /** The first of each stream that is not settled, whosever it is: what a last request may carry when the page is left. */
  heads(): readonly OutboxItem[];
  /** Takes what this stream has out of the vault: it has ended. What could not be sent stays here, and on screen, as long as the page. */
  unstore(stream: string): void;
  /** Forgets everything, in the vault too. */
  clear(): Promise<void>;
  dispose(): void;
}

/** How an entry looks inside, with what is not shown. */
interface Entry {
  item: OutboxItem;
  stored: boolean;
  tries: number;
  notBefore: number;
  inFlight: number;
  /** It has been on its way, so it may have arrived. */
  tried?: boolean;
  /** Another tab's, which sends it itself. */
  foreign?: boolean;
  /** Actions only: who waits for the answer. */
  readonly done?: (result: Result<unknown>) => void;
}

const ackMs = 10_000;
const actMs = 20_000;
const foreignMs = 15_000;
const keyOf = (item: OutboxItem): string => `outbox/${item.stream}/${item.cmid}`;

/** A written text as a message. */
export const toMessageEvent = (text: string): SubmitEvent => ({ kind: 'message', parts: [{ kind: 'text', text }] });

/** Creates an outbox that sends nothing before `pump`. */
export function createOutbox(options: OutboxOptions): Outbox {
  const { clock, randomness, vault } = options.ports;
  /** By stream, in the order of typing. */
  const queues = new Map<string, Entry[]>();
  const { at, cancel, cancelAll } = createTimers(clock);
  let lastN = 0;
  let disposed = false;

  const queue = (stream: string): Entry[] => {
    let entries = queues.get(stream);
    if (!entries) queues.set(stream, (entries = []));
    return entries;
  };

  const find = (cmid: string): Entry | undefined => {
    for (const entries of queues.values()) for (const entry of entries) if (entry.item.cmid === cmid) return entry;
    return undefined;
  };

  const change = (entry: Entry, next: Partial<OutboxItem>): void => {
    entry.item = Object.freeze({ ...entry.item, ...next });
    options.onChange(entry.item.stream);
  };

  const remove = (entry: Entry): void => {
    const { stream } = entry.item;
    // What is gone is not said again.
    if (entry.inFlight) cancel(stream);
    queues.set(stream, queue(stream).filter((other) => other !== entry));
    options.onChange(stream);
  };

  const insert = (entry: Entry): void => {
    const entries = queue(entry.item.stream);
    const index = entries.findIndex(({ item }) => item.n > entry.item.n);
    entries.splice(index < 0 ? entries.length : index, 0, entry);
  };

  const store = ({ item }: Entry): Promise<void> => vault.set(keyOf(item), item);
  const unstore = ({ item }: Entry): Promise<void> => vault.delete(keyOf(item));

  const mint = (stream: string, ev: SubmitEvent, cmid?: string): OutboxItem => {
    const now = clock.now();
    lastN = Math.max(lastN + 1, now);
    return Object.freeze({ cmid: cmid ?? uuidv7(now, randomness.bytes(16)), stream, ev, clientAt: now, n: lastN, state: 'queued', error: null });
  };

  const fresh = (item: OutboxItem, more: Partial<Entry> = {}): Entry => ({ item, stored: false, tries: 0, notBefore: 0, inFlight: 0, ...more });

  const acknowledge = (entry: Entry, result: SubmitResult): void => {
    // First shown as sent, then gone from here: nothing is ever in neither place.
    if (!entry.done) options.onAcknowledged(entry.item, result);
    settle(entry, ok(result));
  };

  const settle = (entry: Entry, result: Result<unknown>): void => {
    remove(entry);
    if (entry.done) entry.done(result);
    else {
      void unstore(entry);
      options.onSent?.(entry.item);
    }
    pump(entry.item.stream);
  };

  const fail = (entry: Entry, error: CareError): void => {
    if (entry.done) {
      remove(entry);
      entry.done(err(error));
    } else {
      change(entry, { state: 'failed', error: error.code });
      // What comes too late for its conversation is not kept longer than the conversation.
      if (error.code === 'closed-conversation') void unstore(entry);
      else void store(entry);
    }
    pump(entry.item.stream);
  };

  const submit = (entry: Entry): void => {
    const { stream, cmid, clientAt, ev } = entry.item;
    const own = ++entry.inFlight;
    entry.tried = true;
    if (entry.item.state !== 'sending') change(entry, { state: 'sending', error: null });
    at(stream, ackMs, () => {
      // Unknown, not failed: ask whether anybody is there, and say it again under the same cmid.
      options.probe();
      if (options.isLive() && entry.inFlight === own) submit(entry);
    });
    void options.request({ t: 'submit', d: { stream, cmid, clientAt, ev } }).then((answer) => {
      if (disposed || !queue(stream).includes(entry)) return;
      if (answer.ok) {
        // An answer that is none leaves it unknown; the deadline above says it again.
        const result = answer.value as Partial<SubmitResult>;
        if (result.eventId !== undefined) acknowledge(entry, result as SubmitResult);
        return;
      }
      if (entry.inFlight !== own) return;
      entry.inFlight = 0;
      cancel(stream);
      if (!answer.error.retryable) return fail(entry, answer.error);
      // The connection ended: `pause` and the next `pump` take care of it.
      if (answer.error.code === 'network') return;
      change(entry, { state: 'queued', error: answer.error.code });
      const delay = Math.max(answer.error.retryAfterMs ?? 0, backoffMs(entry.tries++, { random: randomness.unit }));
      entry.notBefore = clock.now() + delay;
      if (answer.error.code === 'token-expired') void options.renew();
      at(stream, delay, () => pump(stream));
    });
  };

  const pump = (stream: string): void => {
    if (disposed || !options.isLive()) return;
    const head = queue(stream).find(({ item }) => item.state !== 'failed');
    if (!head?.stored || head.inFlight) return;
    const delay = head.notBefore - clock.now();
    // A clock that was set back must not hold anything up.
    if (delay > 0 && delay < 3_600_000) at(stream, delay, () => pump(stream));
    else submit(head);
  };

  const pumpAll = (): void => {
    for (const stream of [...queues.keys()]) pump(stream);
  };

  return {
    async adopt(left) {
      const found = await vault.entries('outbox/');
      if (disposed) return;
      for (const [, value] of found) {
        const item = value as OutboxItem;
        let entry = find(item.cmid);
        if (!entry) {
          lastN = Math.max(lastN, item.n);
          // Another tab's may be on its way.
          insert((entry = fresh(Object.freeze(item), { stored: true, foreign: true, tried: !left, notBefore: clock.now() + foreignMs })));
          options.onChange(item.stream);
        }
        if (left && entry.foreign) {
          entry.foreign = false;
          entry.notBefore = 0;
        }
      }
      pumpAll();
    },
    add(stream, ev, cmid) {
      const entry = fresh(mint(stream, ev, cmid));
      insert(entry);
      options.onChange(stream);
      void store(entry).then(() => {
        entry.stored = true;
        // Discarded while it was being stored.
        if (!queue(stream).includes(entry)) return void unstore(entry);
        options.onStored?.();
        pump(stream);
      });
      return entry.item;
    },
    act(stream, ev) {
      return new Promise((resolve) => {
        if (!options.isLive()) return resolve(refuse('network', { retryable: true }));
        const entry = fresh(mint(stream, ev), { stored: true, done: resolve });
        insert(entry);
        pump(stream);
        at(entry.item.cmid, actMs, () => {
          if (queue(stream).includes(entry)) remove(entry);
          resolve(refuse('timeout', { retryable: true }));
          pump(stream);
        });
      });
    },
    items: (stream) => (queues.get(stream) ?? []).filter((entry) => !entry.done).map(({ item }) => item),
    retry(cmid) {
      const entry = find(cmid);
      if (entry?.item.state !== 'failed') return;
      entry.notBefore = entry.tries = 0;
      change(entry, { state: 'queued', error: null });
      void store(entry);
      pump(entry.item.stream);
    },
    async discard(cmid) {
      const entry = find(cmid);
      if (!entry || (entry.tried && entry.item.state !== 'failed')) return null;
      remove(entry);
      await unstore(entry);
      return entry.item;
    },
    confirm(cmid) {
      const entry = find(cmid);
      if (entry) settle(entry, ok(null));
    },
    drop(cmid) {
      const entry = find(cmid);
      if (entry && !entry.inFlight) remove(entry);
    },
    pump: pumpAll,
    pause(refused) {
      for (const entry of [...queues.values()].flat()) {
        const { inFlight } = entry;
        entry.inFlight = 0;
        if (!entry.foreign) entry.notBefore = 0;
        if (!inFlight) continue;
        cancel(entry.item.stream);
        if (refused) fail(entry, new CareError(refused));
        else change(entry, { state: 'queued' });
      }
    },
    heads: () => [...queues.values()].flatMap((entries) => entries.filter(({ item, done }) => item.state !== 'failed' && !done).slice(0, 1)).map(({ item }) => item),
    unstore(stream) {
      queue(stream).forEach(unstore);
    },
    async clear() {
      cancelAll();
      const streams = [...queues.keys()];
      const entries = [...queues.values()].flat();
      queues.clear();
      streams.forEach(options.onChange);
      for (const entry of entries) {
        if (entry.done) entry.done(refuse('stopped'));
        else await unstore(entry);
      }
    },
    dispose() {
      disposed = true;
      cancelAll();
    },
  };
}
