/**
 * Connections over HTTP: streamed answers and long polls with the client's frames in requests (protocol README §8.7). To the hub each is a `Wire` like a
 * socket; here is only what HTTP asks for. A link is found by the session that opened it and its id together, so an id alone is worth nothing.
 */
import type { ServerResponse } from 'node:http';
import type { Result } from '../../base/result.js';
import type { FramesRequest, PollRequest } from '../../protocol/types.js';
import { createConnection, type Connection } from '../hub/connection.js';
import type { HubContext } from '../hub/context.js';
import { refuse } from '../hub/problems.js';
import type { EndOptions } from '../hub/session.js';
import type { Wire } from '../hub/wire.js';
import type { Answer } from '../http/answer.js';
import { answered, type SignedAsk } from '../http/ask.js';
import type { Doors } from '../socket/socket-server.js';
import { createPolledFrames, type PolledFrames } from './polled-frames.js';

/** What holds back the beginning of an answer (4 KB is usual) is filled by this. */
const padding = `:${' '.repeat(4096)}\n\n`;
const commentMs = 15_000;
const pollMs = 25_000;
/** A stream that does not end by itself is cut after this; so is a link whose `bye` nobody fetches. */
const endGraceMs = 3_000;
/** Over what the pump lets pile up by itself (`limits.pauseBytes`): one page of the largest events. A client that asks much and reads nothing gets no further. */
const heldMore = 16_777_216;

const streamHeaders: Readonly<Record<string, string>> = {
  'Content-Type': 'text/event-stream',
  'Cache-Control': 'no-store, no-transform',
  'X-Accel-Buffering': 'no',
};

interface Link {
  readonly connection: Connection;
  /** Of a polled link. */
  readonly polled: PolledFrames | null;
  /** The last batch that was taken. */
  taken: number;
  /** Cancels what waits for this link: the next comment, or the end of one to which nobody comes back. */
  stay(): void;
  /** Somebody left a poll that waited: the link ends if nobody comes back. */
  leave(): void;
  /** Resolves when there is nobody left to tell anything. */
  readonly over: Promise<void>;
  isOver(): void;
}

function createOver(): Pick<Link, 'over' | 'isOver'> {
  let isOver = (): void => {};
  const over = new Promise<void>((resolve) => (isOver = resolve));
  return { over, isOver };
}

export interface Links {
  /** Links that are open. */
  readonly size: number;
  openStream(ask: SignedAsk): Result<Answer>;
  poll(ask: SignedAsk): Promise<Result<Answer>>;
  takeFrames(ask: SignedAsk): Result<Answer>;
  /** Ends every link, also those that have not said hello; none is opened any more. */
  end(code: number, reason: string, options?: EndOptions): void;
  /** Call it after `end`. Resolves when every link was told: whoever is between two polls has some time to come for it. */
  close(): Promise<void>;
}

function streamWire({ clock }: HubContext, response: ServerResponse): Wire {
  const cut = (): void => void response.destroy();
  return {
    send(text) {
      if (response.writable) response.write(`data: ${text}\n\n`);
    },
    get bufferedBytes() {
      return response.writableLength;
    },
    // The frame `ping` goes with it; TCP and proxies are kept awake by the comments.
    ping() {},
    close(code) {
      if (code === 1006) return cut();
      response.end();
      clock.after(endGraceMs, cut);
    },
    terminate: cut,
  };
}

function pollWire({ clock }: HubContext, polled: PolledFrames, forget: () => void): Wire {
  return {
    send: (text) => polled.push(text),
    get bufferedBytes() {
      return polled.heldChars;
    },
    ping() {},
    close(code) {
      polled.end();
      if (code === 1006) forget();
      else clock.after(endGraceMs, forget);
    },
    terminate() {
      polled.end();
      forget();
    },
  };
}

/** Takes nothing over yet. The doors are asked for each new link. */
export function createLinks(hub: HubContext, { isFull, mayCome }: Doors): Links {
  const { limits, heartbeat } = hub.config;
  const open = new Map<string, Link>();
  let closing = false;
  const keyOf = ({ claims }: SignedAsk, link: string): string => `${claims.sid} ${link}`;

  const forget = (key: string, link: Link): void => {
    if (open.get(key) !== link) return;
    open.delete(key);
    link.stay();
    link.isOver();
    link.connection.onClosed(1006);
  };

  const openStream = (ask: SignedAsk): Result<Answer> => {
    const key = keyOf(ask, ask.parameters['link'] ?? '');
    if (open.has(key)) return refuse('conflict');
    if (closing || isFull() || !mayCome()) return refuse('overloaded', { retryAfterMs: 5_000 });
    return answered(200, undefined, streamHeaders, (response) => {
      // Taken while this was on its way: the first one has it.
      if (open.has(key)) return void response.destroy();
      response.write(padding);
      const link: Link = { connection: createConnection(hub, streamWire(hub, response), ask.origin), polled: null, taken: 0, stay: () => cancelComment(), leave() {}, ...createOver() };
      let cancelComment = (): void => {};
      const comment = (): void => {
        if (response.writable) response.write(':\n\n');
        cancelComment = hub.clock.after(commentMs, comment);
      };
      cancelComment = hub.clock.after(commentMs, comment);
      open.set(key, link);
      response.on('error', () => {});
      response.on('close', () => forget(key, link));
    });
  };

  const openPolled = (ask: SignedAsk, key: string): Link => {
    const over = createOver();
    const polled = createPolledFrames(hub.clock, over.isOver);
    let cancel = (): void => {};
    const link: Link = {
      connection: createConnection(hub, pollWire(hub, polled, () => forget(key, link)), ask.origin), polled, taken: 0, ...over,
      stay: () => cancel(),
      leave() {
        cancel();
        cancel = hub.clock.after(heartbeat.graceMs, () => polled.waiting || forget(key, link));
      },
    };
    open.set(key, link);
    return link;
  };

  const poll = async (ask: SignedAsk): Promise<Result<Answer>> => {
    const { link: id, after } = ask.body as PollRequest;
    const key = keyOf(ask, id);
    if (!open.has(key)) {
      if (after !== 0) return refuse('gone');
      if (closing || isFull() || !mayCome()) return refuse('overloaded', { retryAfterMs: 5_000 });
    }
    const link = open.get(key) ?? openPolled(ask, key);
    const { polled } = link;
    if (polled === null) return refuse('conflict');
    if (!polled.knows(after)) return refuse('invalid', { details: [{ pointer: '/after', code: 'out-of-range' }] });
    link.stay();
    link.connection.onPong();
    let isWaiting = true;
    ask.onGone(() => {
      if (!isWaiting) return;
      polled.leave();
      link.leave();
    });
    const handed = await polled.take(after, link.taken === 0 ? 0 : pollMs);
    isWaiting = false;
    return handed === null ? refuse('gone') : answered(200, handed);
  };

  const takeFrames = (ask: SignedAsk): Result<Answer> => {
    const { link: id, n, frames } = ask.body as FramesRequest;
    const link = open.get(keyOf(ask, id));
    if (!link) return refuse('gone');
    if (n > link.taken + 1) return refuse('conflict');
    if (n === link.taken + 1) {
      link.taken = n;
      for (const frame of frames) {
        const text = JSON.stringify(frame);
        if (Buffer.byteLength(text) > limits.frameBytes) link.connection.onTooLarge();
        else link.connection.onText(text);
      }
      if (link.polled !== null && link.polled.heldChars > limits.pauseBytes + heldMore) link.connection.end(4508, 'slow-consumer');
    }
    return answered(200, { n: link.taken });
  };

  return {
    get size() {
      return open.size;
    },
    openStream, poll, takeFrames,
    end(code, reason, options) {
      closing = true;
      for (const { connection } of [...open.values()]) connection.end(code, reason, options);
    },
    close: async () => void (await Promise.all([...open.values()].map(({ over }) => over))),
  };
}
