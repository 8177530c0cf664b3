/** A fake network whose far end is the loopback backend: real URLs, real JSON text, a fake `fetch` with streamed answers and a fake socket. Answers can be replaced to be bad. */
import type { HttpResponse, Network } from '../../../src/platform/ports.js';
import { createLoopbackServer } from '../../../src/transports/loopback/loopback-server.js';
import type { LoopbackOptions, LoopbackServer } from '../../../src/transports/loopback/loopback-model.js';
import type { ClientFrame } from '../../../src/protocol/types.js';

export interface WireServer {
  readonly network: Network;
  readonly server: LoopbackServer;
  readonly addresses: string[];
  readonly requests: { readonly method: string; readonly url: string; readonly headers: Readonly<Record<string, string>>; readonly body: string | undefined; readonly keepalive: boolean }[];
  /** Raw text to the newest connection, of whatever kind. */
  push(text: string): void;
  /** Ends the newest connection as the server does: a socket by its code, the others by `bye`. */
  cut(code: number): void;
  /** What a network lets pass. `swallowed`: it opens, and nothing comes through. */
  readonly passes: { socket: 'yes' | 'no' | 'hangs' | 'swallowed'; stream: 'yes' | 'no' | 'swallowed' | 'buffered'; poll: boolean; http: boolean };
  /** Links that are open now, and batches that were handed over on them. */
  readonly links: Map<string, WireLink>;
  /** The problem with which a stream is refused. */
  refuseStreams: { readonly status: number; readonly code: string; readonly [field: string]: unknown } | null;
  /** What discovery says, changed. */
  discovery: Record<string, unknown>;
  /** Answers the next requests with this instead. */
  replace: ((url: string) => { status: number; text: string; headers?: Readonly<Record<string, string>> } | Error | null) | null;
}

/** A streamed or polled link at the far end. */
export interface WireLink {
  readonly batches: number[];
  readonly deliver: (text: string) => void;
  readonly end: () => void;
  readonly receive: (frame: ClientFrame) => void;
  readonly poll: ((after: number) => Promise<{ frames: unknown[]; next: number }>) | null;
}

/** A poll is answered by then, if with nothing. */
const pollMs = 25_000;

/** Starts the far end. */
export function createWireServer(options: LoopbackOptions): WireServer {
  const server = createLoopbackServer(options);
  let newest: { push(text: string): void; cut(code: number): void } | null = null;
  const far: WireServer = {
    server,
    addresses: [],
    requests: [],
    discovery: {},
    refuseStreams: null,
    replace: null,
    passes: { socket: 'yes', stream: 'yes', poll: true, http: true },
    links: new Map(),
    push: (text) => newest?.push(text),
    cut: (code) => newest?.cut(code),
    network: {
      async request({ method, url, headers = {}, body, keepalive = false, signal }) {
        far.addresses.push(url);
        far.requests.push({ method, url, headers, body, keepalive });
        await Promise.resolve();
        if (!far.passes.http) throw new TypeError('offline');
        const special = await respondLink(new URL(url), headers, body, signal);
        if (special) return special;
        const other = far.replace?.(url);
        if (other instanceof Error) throw other;
        const answer = other ?? respond(method, new URL(url), headers, body);
        return { status: answer.status, header: (name) => answer.headers?.[name] ?? null, text: async () => answer.text };
      },
      openSocket(url, _protocol, handlers) {
        far.addresses.push(url);
        if (!far.passes.http || far.passes.socket === 'no') {
          queueMicrotask(() => handlers.onclose(1006, ''));
          return { send() {}, close() {}, bufferedBytes: 0 };
        }
        if (far.passes.socket === 'hangs') return { send() {}, close() {}, bufferedBytes: 0 };
        if (far.passes.socket === 'swallowed') {
          queueMicrotask(() => handlers.onopen());
          return { send() {}, close() {}, bufferedBytes: 0 };
        }
        newest = { push: (text) => handlers.onmessage(text), cut: (code) => handlers.onclose(code, '') };
        let closed = false;
        const end = (code: number): void => {
          if (closed) return;
          closed = true;
          connection.detach();
          handlers.onclose(code, '');
        };
        const connection = server.attach({ send: (frame) => queueMicrotask(() => closed || handlers.onmessage(JSON.stringify(frame))), close: (code) => queueMicrotask(() => end(code)) });
        queueMicrotask(() => closed || handlers.onopen());
        return { send: (text) => connection.receive(JSON.parse(text) as ClientFrame), close: (code = 1000) => queueMicrotask(() => end(code)), bufferedBytes: 0 };
      },
    },
  };
  const respond = (method: string, url: URL, headers: Readonly<Record<string, string>>, body: string | undefined): { status: number; text: string; headers?: Readonly<Record<string, string>> } => {
    if (url.pathname === '/.well-known/care-chat') {
      if (url.searchParams.get('widget') !== server.widget.id && url.searchParams.has('widget')) return { status: 404, text: JSON.stringify({ status: 404, code: 'widget-unknown', type: '', title: '' }) };
      const found = { protocol: 'care-chat', versions: ['1'], rest: `${url.origin}/v1`, ws: `${url.origin.replace(/^http/, 'ws')}/v1/ws`, caps: ['sse', 'poll'], limits: server.limits, widget: server.widget, availability: server.availability(), ...far.discovery };
      return { status: 200, text: JSON.stringify(found) };
    }
    const { status, body: answer } = server.rest(method, url.pathname.replace(/^\/v1/, '') + url.search, headers['authorization']?.replace(/^Bearer /, ''), body === undefined ? undefined : JSON.parse(body));
    return { status, text: answer === null ? '' : JSON.stringify(answer) };
  };
  const openLink = (id: string, deliver: (text: string) => void, end: () => void, poll: WireLink['poll']): WireLink => {
    const connection = server.attach({ send: (frame) => queueMicrotask(() => deliver(JSON.stringify(frame))), close: (code) => queueMicrotask(() => bye(code)) });
    const bye = (code: number): void => {
      deliver(JSON.stringify({ t: 'bye', d: { code, reason: 'test', reconnect: true } }));
      end();
    };
    const link: WireLink = { batches: [], deliver, receive: (frame) => connection.receive(frame), poll, end() {
      if (far.links.get(id) !== link) return;
      far.links.delete(id);
      connection.detach();
      end();
    } };
    far.links.set(id, link);
    newest = { push: deliver, cut: bye };
    return link;
  };

  const refusedWith = (problem: NonNullable<WireServer['refuseStreams']>): HttpResponse => ({ status: problem.status, header: () => 'application/problem+json', text: async () => JSON.stringify(problem) });
  const refused = (status: number, code: string): HttpResponse => refusedWith({ status, code, type: '', title: '' });
  const answered = (body: unknown): HttpResponse => ({ status: 200, header: () => 'application/json', text: async () => JSON.stringify(body) });

  const openStream = (id: string, signal: AbortSignal | undefined): HttpResponse => {
    const encoder = new TextEncoder();
    let controller!: ReadableStreamDefaultController<Uint8Array>;
    let open = true;
    const body = new ReadableStream<Uint8Array>({ start: (made) => void (controller = made) });
    const write = (text: string): void => {
      if (open) controller.enqueue(encoder.encode(text));
    };
    let held = '';
    const link = openLink(id, (text) => {
      if (far.passes.stream === 'swallowed') return;
      held += `data: ${text}\n\n`;
      // Holds back what does not fill the buffer: the welcome passes with what comes beside it, a small frame alone does not.
      if (far.passes.stream === 'buffered' && !text.includes('"welcome"')) return;
      write(held);
      held = '';
    }, () => {
      if (open) controller.close();
      open = false;
    }, null);
    signal?.addEventListener('abort', () => {
      if (open) controller.error(signal.reason);
      open = false;
      link.end();
    });
    write(`:${' '.repeat(100)}\n\n`);
    return { status: 200, header: () => 'text/event-stream', text: () => Promise.reject(new Error('streamed')), body };
  };

  const openPoll = (id: string): WireLink => {
    const frames: string[] = [];
    let first = 0;
    let wake = (): void => {};
    const sleep = (): Promise<void> => new Promise((resolve) => {
      const cancel = options.clock.setTimer(() => wake(), pollMs);
      wake = () => {
        cancel();
        resolve();
      };
    });
    return openLink(id, (text) => {
      frames.push(text);
      wake();
    }, () => wake(), async (after) => {
      frames.splice(0, after - first);
      first = after;
      wake();
      if (frames.length === 0 && far.links.get(id)!.batches.length > 0) await sleep();
      return { frames: frames.map((text) => JSON.parse(text) as unknown), next: after + frames.length };
    });
  };

  const respondLink = async ({ pathname, searchParams }: URL, headers: Readonly<Record<string, string>>, body: string | undefined, signal: AbortSignal | undefined): Promise<HttpResponse | null> => {
    if (!/^\/v1\/(stream|poll|frames)$/.test(pathname)) return null;
    const token = headers['authorization']?.replace(/^Bearer /, '') ?? '';
    if (!server.sessions.has(token)) return refused(401, 'token-invalid');
    if (pathname === '/v1/stream' && far.refuseStreams) return refusedWith(far.refuseStreams);
    if (pathname === '/v1/stream') return far.passes.stream === 'no' ? { ...answered({}), header: () => 'text/html' } : openStream(searchParams.get('link')!, signal);
    const asked = JSON.parse(body!) as { link: string; after: number; n: number; frames: ClientFrame[] };
    if (pathname === '/v1/frames') {
      const link = far.links.get(asked.link);
      if (!link) return refused(410, 'gone');
      if (!link.batches.includes(asked.n)) for (const frame of asked.frames) link.receive(frame);
      link.batches.push(asked.n);
      return answered({ n: asked.n });
    }
    if (!far.passes.poll) throw new TypeError('blocked');
    const link = far.links.get(asked.link) ?? (asked.after === 0 ? openPoll(asked.link) : undefined);
    if (!link) return refused(410, 'gone');
    const aborted = new Promise<never>((_resolve, reject) => signal?.addEventListener('abort', () => {
      if (far.links.get(asked.link) === link && !(signal.reason instanceof DOMException && signal.reason.name === 'TimeoutError')) link.end();
      reject(new DOMException('aborted', signal.reason instanceof DOMException ? signal.reason.name : 'AbortError'));
    }));
    return Promise.race([link.poll!(asked.after).then(answered), aborted]);
  };
  return far;
}
