/**
 * A client on the bare wire that keeps the protocol's rules for clients and writes down all that happens to it: an outbox with one submit on its way per
 * stream, the same cmid on every try (S-5.7, S-5.8), cursors that resume (S-8.5), `sync` for a hole (S-4.8). It is as patient as a person is not: it goes on
 * for ever, with short waits, because it is there to be treated badly.
 */
import { WebSocket } from 'ws';
import type { Validator } from '../../protocol/schema/validate.js';
import type { ClientFrame, Cursor, Discovery, EventPage, Problem, ServerFrame, SubmitResult, WireEvent } from '../../protocol/types.js';
import { subprotocol } from '../../protocol/version.js';
import type { SeededRandom } from '../random.js';
import { type Answer, createAsk } from './asking.js';
import { type History, type HistoryFact, digestOf, toSeen } from './history.js';

export interface RecordingClientOptions {
  /** Its name in the history. */
  readonly name: string;
  /** Origin of the backend, or of the proxy in front of it. */
  readonly server: string;
  readonly history: History;
  readonly validator: Validator;
  readonly random: SeededRandom;
  readonly session: { readonly accessToken: string; readonly refreshToken: string; readonly deviceId: string };
  /** An agent follows by `sub`, a visitor by `hello`. */
  readonly role: 'visitor' | 'agent';
  /** Streams to follow from their beginning, and where they begin. */
  readonly streams: readonly { readonly stream: string; readonly epoch: string }[];
  /** How it submits; `both`: each try one or the other. */
  readonly via: 'socket' | 'rest' | 'both';
  readonly origin?: string | undefined;
  /** Longest wait for an answer. Default 2000. */
  readonly answerMs?: number | undefined;
  /** Longest wait before trying again. Default 300. */
  readonly againMs?: number | undefined;
}

export interface RecordingClient {
  readonly name: string;
  /** Puts a text into the outbox. False where it does not follow the stream. */
  say(stream: string, text: string): boolean;
  /** What is not acknowledged. */
  readonly queued: number;
  queuedIn(stream: string): number;
  cursors(): readonly Cursor[];
  /** Lets go of the connection as a page does that is left; outbox and cursors stay. */
  reload(): void;
  /** Writes down whether it has come to rest. */
  settle(): void;
  /** Reads a log whole, from this origin; null where it could not be read. For the history, once, at the end. */
  readLog(stream: string, server: string): Promise<Extract<HistoryFact, { type: 'log' }> | null>;
  stop(): void;
}

interface Item {
  readonly cmid: string;
  readonly ev: { readonly kind: 'message'; readonly parts: [{ readonly kind: 'text'; readonly text: string }] };
}

interface Following {
  cursor: Cursor;
  readonly outbox: Item[];
  /** A try is under way, or waits for its time. */
  busy: boolean;
  /** The copy is being read anew; what comes meanwhile waits. */
  paging: boolean;
  early: WireEvent[];
  syncedAt: number;
}

/** One connection with what waits for answers on it. */
interface Link {
  readonly socket: WebSocket;
  readonly number: number;
  readonly waiting: Map<number, (frame: Extract<ServerFrame, { t: 'ok' | 'err' | 'welcome' }> | null) => void>;
  live: boolean;
  heardAt: number;
  silenceMs: number;
}

const isSubmitResult = (value: unknown): value is SubmitResult => {
  const { seq, epoch, eventId } = (value ?? {}) as Partial<SubmitResult>;
  return typeof seq === 'number' && typeof epoch === 'string' && typeof eventId === 'string';
};

/** Starts a client; it connects at once. */
export const startRecordingClient = (options: RecordingClientOptions): RecordingClient => {
  const { name, server, history, random, role, via, origin, answerMs = 2000, againMs = 300 } = options;
  const { deviceId } = options.session;
  let { accessToken, refreshToken } = options.session;
  const ask = createAsk({ client: name, history, validator: options.validator, origin, timeoutMs: answerMs });
  const following = new Map<string, Following>(options.streams.map(({ stream, epoch }) => [stream, { cursor: { stream, epoch, seq: 0 }, outbox: [], busy: false, paging: false, early: [], syncedAt: 0 }]));
  const timers = new Set<NodeJS.Timeout>();
  let link: Link | null = null;
  let links = 0;
  let requests = 0;
  let addresses: { readonly rest: string; readonly ws: string } | null = null;
  let refreshing: Promise<void> | null = null;
  let stopped = false;
  for (const stream of following.keys()) history.add({ type: 'may', client: name, stream });

  const later = (run: () => void, delayMs: number): void => {
    if (stopped) return;
    const timer = setTimeout(() => {
      timers.delete(timer);
      run();
    }, delayMs);
    timers.add(timer);
  };
  const again = (): number => 10 + random.unit() * againMs;
  const wait = (delayMs: number): Promise<void> => new Promise((resolve) => later(resolve, delayMs));

  const discover = async (): Promise<boolean> => {
    if (addresses) return true;
    const { status, body } = await ask('GET', `${server}/.well-known/care-chat`);
    if (status !== 200) return false;
    const { rest, ws } = body as Discovery;
    addresses = { rest, ws };
    return true;
  };

  const refresh = (): Promise<void> =>
    (refreshing ??= (async () => {
      const { status, body } = await ask('POST', `${addresses?.rest ?? ''}/sessions/refresh`, { body: { refreshToken, deviceId } });
      if (status === 200) ({ accessToken, refreshToken } = body as { readonly accessToken: string; readonly refreshToken: string });
    })().finally(() => {
      refreshing = null;
    }));

  const request = (frame: { readonly t: string; readonly d: unknown }, on: Link): Promise<Extract<ServerFrame, { t: 'ok' | 'err' | 'welcome' }> | null> => new Promise((resolve) => {
    const id = ++requests;
    const finish = (reply: Parameters<typeof resolve>[0]): void => resolve(reply);
    on.waiting.set(id, finish);
    later(() => finish(null), answerMs);
    on.socket.send(JSON.stringify({ ...frame, id }));
  });

  const note = (problem: Problem): void => {
    const valid = options.validator.check('Problem', problem) === null;
    history.add({ type: 'refusal', client: name, status: problem.status, code: valid ? problem.code : null, valid });
  };

  // — taking in —

  const sync = (one: Following): void => {
    if (!link?.live || Date.now() - one.syncedAt < 500) return;
    one.syncedAt = Date.now();
    const own = link;
    const { stream, epoch, seq } = one.cursor;
    void request({ t: 'sync', d: { stream, epoch, seq } }, own).then((reply) => {
      // Nobody answered, or the hole is still there: begin with another connection.
      if (reply?.t !== 'ok' && own === link) own.socket.terminate();
    });
  };

  const take = (event: WireEvent, connection: number): void => {
    const one = following.get(event.stream);
    if (!one) {
      // A visitor's own stream is everybody's `self`: of no use to compare.
      if (event.stream !== 'self') history.add({ type: 'event', client: name, connection, stream: event.stream, applied: false, event: toSeen(event) });
      return;
    }
    if (one.paging) return void one.early.push(event);
    const { epoch, seq } = one.cursor;
    const applied = event.epoch === epoch && event.seq === seq + 1;
    history.add({ type: 'event', client: name, connection, stream: event.stream, applied, event: toSeen(event) });
    if (applied) one.cursor = { ...one.cursor, seq: event.seq };
    else if (event.epoch !== epoch || event.seq > seq) return sync(one);
    if (applied && link?.live && random.unit() < 0.2) link.socket.send(JSON.stringify({ t: 'receipt', d: { stream: event.stream, delivered: event.seq, read: event.seq - 1 } } satisfies ClientFrame));
  };

  const readPages = async (stream: string, base: string): Promise<{ readonly events: readonly WireEvent[]; readonly head: number; readonly epoch: string } | null> => {
    const events: WireEvent[] = [];
    for (;;) {
      const { status, body } = await ask('GET', `${base}/streams/${encodeURIComponent(stream)}/events?after=${events.at(-1)?.seq ?? 0}`, { token: accessToken });
      if (status !== 200) return null;
      const page = body as EventPage;
      events.push(...(page.events as WireEvent[]));
      if (page.complete || page.events.length === 0) return { events, head: page.head, epoch: page.epoch };
    }
  };

  const readAnew = async (one: Following, own: Link): Promise<void> => {
    if (one.paging) return;
    one.paging = true;
    const read = await readPages(one.cursor.stream, addresses!.rest);
    one.paging = false;
    const early = one.early.splice(0);
    if (!read) return own.socket.terminate();
    history.add({ type: 'reset', client: name, stream: one.cursor.stream });
    one.cursor = { stream: one.cursor.stream, epoch: read.epoch, seq: 0 };
    for (const event of [...read.events, ...early]) take(event, own.number);
  };

  // — the connection —

  const onFrame = (frame: ServerFrame, own: Link): void => {
    own.heardAt = Date.now();
    switch (frame.t) {
      case 'ping':
        return own.socket.send(JSON.stringify({ t: 'pong', d: frame.d } satisfies ClientFrame));
      case 'event':
        return take(frame.d, own.number);
      case 'events':
        return frame.d.list.forEach((event) => take(event as WireEvent, own.number));
      case 'receipt':
        return history.add({ type: 'watermark', client: name, connection: own.number, stream: frame.d.stream, who: frame.d.who, delivered: frame.d.delivered, read: frame.d.read });
      case 'reset': {
        const one = following.get(frame.d.stream);
        if (one) void readAnew(one, own);
        return;
      }
      case 'auth.expiring':
        return void refresh().then(() => own.live && void request({ t: 'auth', d: { token: accessToken } }, own));
      case 'ok':
      case 'err':
      case 'welcome':
        if (frame.t === 'err') note(frame.d);
        return own.waiting.get(frame.re ?? 0)?.(frame);
      default:
    }
  };

  const greet = async (own: Link): Promise<void> => {
    const resume = role === 'visitor' ? [...following.values()].map(({ cursor }) => cursor) : [];
    const reply = await request({ t: 'hello', d: { v: ['1'], caps: ['batch'], token: accessToken, deviceId, tabId: `t_${own.number}`, client: { name: 'checker', version: '1' }, resume } }, own);
    if (reply?.t === 'err' && ['token-expired', 'token-invalid'].includes(reply.d.code)) await refresh();
    if (reply?.t !== 'welcome') return own.socket.terminate();
    own.silenceMs = reply.d.hb.intervalMs + reply.d.hb.graceMs;
    if (role === 'agent') {
      for (const { cursor } of following.values()) {
        const { stream, epoch, seq } = cursor;
        const started = await request({ t: 'sub', d: { stream, epoch, seq } }, own);
        if (started?.t !== 'ok') return own.socket.terminate();
      }
    }
    own.live = true;
    for (const stream of following.keys()) pump(stream);
  };

  const connect = async (): Promise<void> => {
    if (!(await discover())) return later(() => void connect(), again());
    if (stopped) return;
    history.add({ type: 'connect', client: name });
    const socket = new WebSocket(addresses!.ws, subprotocol, { perMessageDeflate: false, handshakeTimeout: answerMs, ...(origin && { origin }) });
    const own: Link = { socket, number: ++links, waiting: new Map(), live: false, heardAt: Date.now(), silenceMs: 35_000 };
    link = own;
    // Half-open: nothing is heard any more, and nothing says so.
    const watch = setInterval(() => {
      if (Date.now() - own.heardAt > own.silenceMs) socket.terminate();
    }, 250);
    socket.on('error', () => {});
    socket.on('open', () => void greet(own));
    socket.on('message', (data) => {
      try {
        onFrame(JSON.parse(String(data)) as ServerFrame, own);
      } catch {
        // What cannot be read is no frame; whoever waits for it waits in vain and asks again.
      }
    });
    socket.on('close', () => {
      clearInterval(watch);
      own.live = false;
      for (const finish of own.waiting.values()) finish(null);
      if (link === own) link = null;
      later(() => void connect(), again());
    });
  };

  // — sending —

  const overSocket = async (stream: string, { cmid, ev }: Item, own: Link): Promise<Answer> => {
    const reply = await request({ t: 'submit', d: { stream, cmid, ev } }, own);
    if (reply?.t === 'ok') return { status: 200, body: reply.d };
    return reply?.t === 'err' ? { status: reply.d.status, body: reply.d } : { status: 0, body: null };
  };

  const overRest = (stream: string, { cmid, ev }: Item): Promise<Answer> => ask('POST', `${addresses!.rest}/streams/${encodeURIComponent(stream)}/events`, { token: accessToken, body: { cmid, ev } });

  /** One try. True: this submit is done with. */
  const attempt = async (stream: string, item: Item): Promise<boolean> => {
    const key = { client: name, device: deviceId, stream, cmid: item.cmid };
    const isRest = via === 'rest' || (via === 'both' && random.unit() < 0.3);
    if (isRest ? !addresses : !link?.live) {
      await wait(20);
      return false;
    }
    const { status, body } = isRest ? await overRest(stream, item) : await overSocket(stream, item, link!);
    if ((status === 200 || status === 201) && isSubmitResult(body)) {
      history.add({ type: 'ok', ...key, epoch: body.epoch, seq: body.seq, eventId: body.eventId, eventAt: body.at, dup: body.dup === true });
      return true;
    }
    const problem = status >= 400 ? (body as Problem | null) : null;
    if (problem && !problem.retryable && problem.code !== 'token-invalid') {
      history.add({ type: 'fail', ...key, code: problem.code });
      return true;
    }
    history.add({ type: 'unknown', ...key });
    if (problem?.code === 'token-expired' || problem?.code === 'token-invalid') await refresh();
    await wait(Math.max(problem?.retryAfterMs ?? 0, again()));
    return false;
  };

  function pump(stream: string): void {
    const one = following.get(stream);
    const [head] = one?.outbox ?? [];
    if (!one || !head || one.busy || stopped) return;
    one.busy = true;
    void attempt(stream, head).then((done) => {
      one.busy = false;
      if (done) one.outbox.shift();
      pump(stream);
    });
  }

  void connect();
  return {
    name,
    say(stream, text) {
      const one = following.get(stream);
      if (!one) return false;
      const ev: Item['ev'] = { kind: 'message', parts: [{ kind: 'text', text }] };
      const cmid = random.id('c-');
      history.add({ type: 'invoke', client: name, device: deviceId, stream, cmid, digest: digestOf(ev) });
      one.outbox.push({ cmid, ev });
      pump(stream);
      return true;
    },
    get queued() {
      return [...following.values()].reduce((sum, { outbox }) => sum + outbox.length, 0);
    },
    queuedIn: (stream) => following.get(stream)?.outbox.length ?? 0,
    cursors: () => [...following.values()].map(({ cursor }) => cursor),
    reload: () => link?.socket.terminate(),
    settle() {
      history.add({ type: 'settled', client: name, queued: this.queued, cursors: this.cursors() });
    },
    async readLog(stream, at) {
      const read = await readPages(stream, `${at}${new URL(addresses?.rest ?? `${at}/v1`).pathname}`);
      return read && { type: 'log', client: name, stream, epoch: read.epoch, head: read.head, events: read.events.map(toSeen) };
    },
    stop() {
      stopped = true;
      for (const timer of timers) clearTimeout(timer);
      link?.socket.terminate();
    },
  };
};
