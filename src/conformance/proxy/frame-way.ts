/** One way of a WebSocket through the proxy: messages in order, one at a time, no more held than a few; rules on frames act here. */
import { WebSocket, type RawData } from 'ws';
import { type Hop, cutHop, noteOf, sliceHop, swallowHop, wait, waitFor } from './hop.js';
import { withValues } from './json-pointer.js';
import type { Action } from './rules.js';
import { encodeFrame } from './wire-frame.js';

interface Message {
  readonly data: Buffer;
  readonly binary: boolean;
  /** Parsed; undefined where it is no JSON. */
  readonly frame: unknown;
  readonly t: string | null;
}

export interface FrameWay {
  /** Sends something to the end of this way, beside what passes. */
  put(text: string): Promise<void>;
}

export interface FrameWayOptions {
  readonly hop: Hop;
  readonly from: WebSocket;
  readonly to: WebSocket;
  readonly side: 'to-server' | 'to-client';
  /** The other way; for `inject`. */
  other(): FrameWay;
}

/** Messages that may wait before the sender is made to wait. */
const mostWaiting = 32;
/** How long a message waits for the next one to change places with. */
const reorderMs = 100;

const toBuffer = (data: RawData): Buffer => (Buffer.isBuffer(data) ? data : Array.isArray(data) ? Buffer.concat(data) : Buffer.from(data));

const read = (raw: RawData, binary: boolean): Message => {
  const data = toBuffer(raw);
  if (binary) return { data, binary, frame: undefined, t: null };
  try {
    const frame = JSON.parse(data.toString('utf8')) as unknown;
    const { t } = (frame ?? {}) as { readonly t?: unknown };
    return { data, binary, frame, t: typeof t === 'string' ? t : null };
  } catch {
    return { data, binary, frame: undefined, t: null };
  }
};

const textOf = ({ frame, text }: { readonly frame?: unknown; readonly text?: string | undefined }): string => text ?? JSON.stringify(frame);

/** Joins `from` to `to`. */
export const createFrameWay = ({ hop, from, to, side, other }: FrameWayOptions): FrameWay => {
  const isUp = side === 'to-server';
  const on = isUp ? 'frame-to-server' : 'frame-to-client';
  const end = isUp ? 'server' : 'client';
  const line = (isUp ? hop.server : hop.client)!;
  let tail = Promise.resolve();
  let waiting = 0;
  let held: Message | null = null;

  const put = (data: Buffer | string, binary = false): Promise<void> => new Promise((resolve) => {
    if (to.readyState !== WebSocket.OPEN) return resolve();
    to.send(data, { binary }, () => resolve());
  });
  const pass = ({ data, binary }: Message): Promise<void> => put(data, binary);

  /** What was held to come later comes now. */
  const release = async (): Promise<void> => {
    const late = held;
    held = null;
    if (late) await pass(late);
  };

  const enqueue = (run: () => Promise<void>): void => {
    tail = tail.then(run).catch(() => {});
  };

  const acts: { readonly [D in Action['do']]?: (action: Extract<Action, { do: D }>, message: Message) => Promise<void> } = {
    async cut({ how = 'fin', when = 'before' }, message) {
      if (when === 'after') await pass(message);
      cutHop(hop, how, when === 'after' ? end : undefined);
    },
    async tear({ bytes, how = 'fin' }, { data, binary }) {
      const encoded = encodeFrame(data, { binary, masked: isUp });
      await line.writeRaw(encoded.subarray(0, Math.min(bytes ?? Math.ceil(encoded.length / 2), encoded.length - 1)));
      cutHop(hop, how, end);
    },
    async swallow({ direction = side }) {
      swallowHop(hop, direction);
    },
    async drop() {},
    async delay(action, message) {
      await waitFor(action, hop.book.unit);
      await pass(message);
    },
    async slice(action, message) {
      sliceHop(hop, action);
      await pass(message);
    },
    async inject({ to: toEnd = end, when = 'before', ...content }, message) {
      const send = (): Promise<void> => (toEnd === end ? put(textOf(content)) : other().put(textOf(content)));
      if (when === 'before') await send();
      await pass(message);
      if (when === 'after') await send();
    },
    async replace({ set, ...content }, { frame }) {
      await put(set ? JSON.stringify(withValues(frame, set)) : textOf(content));
    },
    async duplicate({ copies = 2 }, message) {
      for (let copy = 0; copy < copies; copy++) await pass(message);
    },
    async reorder({ withinMs = reorderMs }, message) {
      await release();
      held = message;
      void wait(withinMs).then(() => enqueue(async () => (held === message ? release() : undefined)));
    },
  };

  const handle = async (message: Message): Promise<void> => {
    const firing = hop.book.pick({ on, t: message.t, frame: message.frame });
    hop.note({ on, t: message.t, sizeBytes: message.data.length, ...noteOf(firing) });
    if (!firing) await pass(message);
    else {
      const act = acts[firing.action.do] as ((action: Action, message: Message) => Promise<void>) | undefined;
      await act?.(firing.action, message);
    }
    if (held !== message) await release();
  };

  from.on('message', (raw, binary) => {
    if (++waiting === mostWaiting) from.pause();
    enqueue(async () => {
      try {
        await handle(read(raw, binary));
      } finally {
        if (--waiting === mostWaiting / 2 && from.readyState === WebSocket.OPEN) from.resume();
      }
    });
  });
  from.on('error', () => {});
  from.on('close', (code, reason) => {
    hop.note({ on: 'ws-close', code, by: isUp ? 'client' : 'server' });
    enqueue(async () => {
      await release();
      if (line.swallowing) return;
      // Without a closing frame it just ended.
      if (code === 1006) line.cut('fin');
      else if (code === 1005) to.close();
      else to.close(code, reason);
    });
  });
  return { put };
};
