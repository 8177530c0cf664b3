/**
 * One connection, from the first frame to the close. Knows frames, not sockets (`wire.ts`). Order of the first frame, deadlines, bad frames,
 * heartbeat and the end of the token are kept here; what each request does is in `requests.ts`.
 */
import { randomBytes } from 'node:crypto';
import type { CareError } from '../../base/care-error.js';
import type { ClientFrame } from '../../protocol/types.js';
import type { HubContext } from './context.js';
import { greet } from './hello.js';
import { fromRefusal, fromThrown, problem, toProblem } from './problems.js';
import { createRate, type Rate } from './rate.js';
import { answer } from './requests.js';
import type { EndOptions, Session } from './session.js';
import type { Wire } from './wire.js';

/** What the socket tells its connection. */
export interface Connection {
  onText(text: string): void;
  /** Anything else than a text message: reserved for a later capability. */
  onBinary(): void;
  /** A ping of the WebSocket protocol itself; whether it is to be answered. */
  onPing(): boolean;
  onPong(): void;
  /** The peer sent more than `frameBytes` in one message. */
  onTooLarge(): void;
  onClosed(code: number): void;
  end(code: number, reason: string, options?: EndOptions): void;
}

/** Codes after which a client must not come back by itself. */
const finalCodes = new Set([1000, 4403, 4406, 4410, 4440]);

function createSession(hub: HubContext, wire: Wire, origin: string | null): Session {
  const cleanUp: (() => void)[] = [];
  const badSignals = createRate(hub.config.limits.badFramesPerMin, () => hub.clock.ticks());
  const session: Session = {
    hub,
    id: randomBytes(9).toString('base64url'),
    wire,
    origin,
    live: null,
    ended: false,
    send(frame) {
      if (!session.ended) wire.send(JSON.stringify(frame));
    },
    sendLight(frame) {
      // Before the welcome there is nothing to keep true; what may be missed is noted in `early`.
      if (session.ended || session.live?.connection.early !== null) return true;
      if (wire.bufferedBytes > hub.config.limits.lightBytes) return false;
      wire.send(JSON.stringify(frame));
      return true;
    },
    refuse(id, error) {
      session.send({ t: 'err', ...(id === null ? {} : { re: id }), d: toProblem(error) });
    },
    end(code, reason, options = {}) {
      if (session.ended) return;
      session.send({ t: 'bye', d: { code, reason, reconnect: options.reconnect ?? !finalCodes.has(code), ...(options.retryAfterMs === undefined ? {} : { retryAfterMs: options.retryAfterMs }), ...(options.wipe ? { wipe: true } : {}) } });
      session.ended = true;
      hub.log.info('socket.end', { connId: session.id, code, reason });
      for (const run of cleanUp.splice(0)) run();
      wire.close(code, reason);
    },
    badSignal() {
      if (!badSignals.take('').ok) session.end(4400, 'bad-frames');
    },
    onEnd(run) {
      if (session.ended) run();
      else cleanUp.push(run);
    },
  };
  return session;
}

/** Pings, and cuts a peer from whom nothing came for an interval and the grace. */
function startHeartbeat(session: Session, heardAt: () => number): void {
  const { clock, config } = session.hub;
  const { intervalMs, graceMs } = config.heartbeat;
  let n = 0;
  let cancel = (): void => {};
  const beat = (): void => {
    if (session.ended) return;
    if (clock.ticks() - heardAt() > intervalMs + graceMs) {
      session.hub.log.info('socket.silent', { connId: session.id });
      session.wire.terminate();
      return;
    }
    n += 1;
    session.send({ t: 'ping', d: { n } });
    session.wire.ping();
    cancel = clock.after(intervalMs, beat);
  };
  cancel = clock.after(intervalMs, beat);
  session.onEnd(() => cancel());
}

/** Reads frames in order; after the hello, requests run side by side (a stream's own order is kept by its queue). */
function createReader(session: Session, mayTake: () => boolean): (text: string) => void {
  const { hub } = session;
  let greeted: Promise<void> | null = null;

  const fail = (id: number | null, thrown: unknown): void => {
    const error = fromThrown(thrown);
    hub.log.error('socket.failed', { connId: session.id, code: error.code, reason: thrown instanceof Error ? thrown.name : 'unknown' });
    session.refuse(id, error);
  };

  const notHello = (id: number | null): void => {
    if (id !== null) session.refuse(id, problem('bad-frame', { details: [{ pointer: '/t', code: 'hello-first' }] }));
    session.end(4400, 'hello-first');
  };

  const take = (frame: ClientFrame): void => {
    const id = 'id' in frame ? frame.id : null;
    if (greeted === null) {
      if (frame.t !== 'hello') return notHello(id);
      greeted = greet(session, frame).catch((error: unknown) => {
        fail(frame.id, error);
        if (fromThrown(error).code === 'overloaded') session.end(1013, 'overloaded', { retryAfterMs: 2_000 });
        else session.end(1011, 'internal');
      });
      return;
    }
    if (frame.t === 'hello') return session.refuse(frame.id, problem('bad-frame', { details: [{ pointer: '/t', code: 'hello-twice' }] }));
    void greeted.then(() => (session.ended || !session.live ? undefined : answer(session, session.live, frame))).catch((error: unknown) => fail(id, error));
  };

  const bad = (t: string | null, id: number | null, error: CareError): void => {
    if (error.code === 'bad-frame') return session.end(4400, 'bad-frame');
    if (greeted === null && t !== 'hello') return notHello(id);
    if (id !== null) session.refuse(id, error);
    else if (error.code !== 'unknown-frame') session.badSignal();
  };

  return (text) => {
    if (!mayTake()) return;
    const read = hub.validator.frame('client', text, hub.config.limits);
    if (read.ok) take(read.frame as ClientFrame);
    else bad(read.t, read.id, fromRefusal(read.refusal));
  };
}

/** Creates a connection that waits for its hello. `origin`: of the upgrade request. */
export function createConnection(hub: HubContext, wire: Wire, origin: string | null): Connection {
  const session = createSession(hub, wire, origin);
  const frames: Rate = createRate(hub.config.limits.framesPerMin, () => hub.clock.ticks());
  const mayTake = (): boolean => {
    if (frames.take('').ok) return true;
    session.end(4429, 'rate-limited', { retryAfterMs: 30_000 });
    return false;
  };
  const read = createReader(session, mayTake);
  let heardAt = hub.clock.ticks();
  const heard = (): void => void (heardAt = hub.clock.ticks());
  session.onEnd(hub.clock.after(hub.config.limits.helloTimeoutMs, () => {
    if (!session.live) session.end(4408, 'hello-timeout');
  }));
  startHeartbeat(session, () => heardAt);
  return {
    onText(text) {
      heard();
      if (!session.ended) read(text);
    },
    onBinary() {
      heard();
      session.end(4400, 'binary');
    },
    onPing() {
      heard();
      return !session.ended && mayTake();
    },
    onPong: heard,
    onTooLarge: () => session.end(4413, 'too-large'),
    onClosed(code) {
      hub.log.info('socket.closed', { connId: session.id, code });
      const { live } = session;
      session.live = null;
      live?.leave();
      if (session.ended) return;
      session.end(1006, 'closed');
    },
    end: session.end,
  };
}
