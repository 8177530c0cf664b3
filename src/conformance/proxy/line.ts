/**
 * One TCP connection as a stream whose sending side can be made bad: bytes that vanish, single-byte segments, a low rate, an end in the middle. The HTTP and
 * WebSocket layers above it write as usual and know nothing of it. What comes in is never touched: faults of the other way are the other end's line.
 */
import type { Socket } from 'node:net';
import { Duplex } from 'node:stream';
import { TLSSocket } from 'node:tls';
import type { CutKind } from './rules.js';

/** How it is sent: `segmentBytes` at a time, `bytesPerSecond` at most (absent: as fast as it goes). */
export interface Slicing {
  readonly segmentBytes: number;
  readonly bytesPerSecond?: number | undefined;
}

/** What is to happen to bytes that are about to be sent. */
export type BytesVerdict =
  | { readonly do: 'pass' }
  /** Sends this many of them, then ends. */
  | { readonly do: 'cut'; readonly keep: number; readonly how: CutKind }
  | { readonly do: 'swallow'; readonly keep: number }
  | { readonly do: 'slice'; readonly slicing: Slicing }
  | { readonly do: 'delay'; readonly delayMs: number };

export interface Line {
  /** For the layers above. */
  readonly stream: Duplex;
  /** Bytes vanish from here on; the other end is told of no end either. */
  readonly swallowing: boolean;
  swallow(): void;
  slice(slicing: Slicing): void;
  /** Sends these bytes as they are, past the layer above. Resolves when they are on their way. */
  writeRaw(bytes: Uint8Array): Promise<void>;
  cut(how: CutKind): void;
}

/** How long a connection whose peer has ended is kept when the end is not to be told. */
const zombieMs = 30_000;

const pause = (delayMs: number): Promise<void> => new Promise((resolve) => {
  if (delayMs <= 0) setImmediate(resolve);
  else setTimeout(resolve, delayMs);
});

/** Takes over a socket. `judge` is asked before bytes are sent; `onEnd` is told once when the socket is gone. */
export const createLine = (socket: Socket, { judge, onEnd }: { judge(bytesBefore: number, byteLength: number): BytesVerdict; onEnd(): void }): Line => {
  let swallowing = false;
  let slicing: Slicing | undefined;
  let sent = 0;
  socket.setNoDelay(true);

  const put = (bytes: Uint8Array): Promise<void> => new Promise((resolve) => {
    if (swallowing || bytes.length === 0 || !socket.writable) return resolve();
    sent += bytes.length;
    // Its failure is told by `close`.
    socket.write(bytes, () => resolve());
  });

  const putSliced = async (bytes: Uint8Array): Promise<void> => {
    for (let at = 0; at < bytes.length && slicing && socket.writable && !swallowing; ) {
      const { segmentBytes, bytesPerSecond } = slicing;
      const part = bytes.subarray(at, at + segmentBytes);
      await put(part);
      at += part.length;
      await pause(bytesPerSecond === undefined ? 0 : (part.length * 1000) / bytesPerSecond);
    }
  };

  const write = (bytes: Uint8Array): Promise<void> => (slicing ? putSliced(bytes) : put(bytes));

  const cut = (how: CutKind): void => {
    if (socket.writableEnded || socket.connecting) {
      // It ends already, or has not begun. A reset on top of a shutdown would leave Node's loop spinning for ever (libuv refuses it, and the request stays).
      if (how === 'rst' || socket.connecting) socket.destroy();
    } else if (how === 'rst' && !(socket instanceof TLSSocket)) {
      // A reset is one of TCP; below TLS there is no way to ask for it.
      // Node sends what is left and a FIN before its reset; a peer that reads them sees an orderly end.
      socket.destroySoon = () => void socket.destroy();
      socket.resetAndDestroy();
    } else socket.end(() => socket.destroy());
    stream.destroy();
  };

  const send = async (bytes: Uint8Array): Promise<void> => {
    const verdict = judge(sent, bytes.length);
    switch (verdict.do) {
      case 'cut':
        await write(bytes.subarray(0, verdict.keep));
        return cut(verdict.how);
      case 'swallow':
        await write(bytes.subarray(0, verdict.keep));
        swallowing = true;
        return;
      case 'slice':
        ({ slicing } = verdict);
        return write(bytes);
      case 'delay':
        await pause(verdict.delayMs);
        return write(bytes);
      default:
        return write(bytes);
    }
  };

  const stream = new Duplex({
    allowHalfOpen: true,
    read: () => void socket.resume(),
    write: (chunk: Buffer, _encoding, done) => void (swallowing ? Promise.resolve() : send(chunk)).then(() => done(), done),
    final(done) {
      if (swallowing || !socket.writable) done();
      else socket.end(() => done());
    },
    destroy(error, done) {
      // A peer whose bytes vanish is not told that anything ended.
      if (!swallowing && !socket.destroyed && socket.writableFinished) socket.destroy();
      else if (!swallowing && !socket.destroyed) socket.end(() => socket.destroy());
      done(error);
    },
  });
  socket.on('data', (chunk) => {
    if (!stream.push(chunk)) socket.pause();
  });
  socket.on('end', () => {
    stream.push(null);
    // The peer has gone; it was told of no end, and after a while nobody asks any more.
    if (swallowing) setTimeout(() => socket.destroy(), zombieMs).unref();
  });
  socket.on('error', () => {});
  socket.once('close', () => {
    if (!stream.destroyed) stream.destroy();
    onEnd();
  });
  stream.on('error', () => {});

  return {
    stream,
    get swallowing() {
      return swallowing;
    },
    swallow() {
      swallowing = true;
    },
    slice(next) {
      slicing = next;
    },
    writeRaw: write,
    cut,
  };
};
