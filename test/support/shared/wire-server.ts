/** A fake network whose far end is the loopback backend: real URLs, real JSON text, a fake `fetch` and a fake socket. Answers can be replaced to be bad. */
import type { Network, SocketHandlers } from '../../../src/platform/ports.js';
import { createLoopbackServer } from '../../../src/transports/loopback/loopback-server.js';
import type { LoopbackOptions, LoopbackServer } from '../../../src/transports/loopback/loopback-model.js';
import type { ClientFrame } from '../../../src/protocol/types.js';

export interface WireServer {
  readonly network: Network;
  readonly server: LoopbackServer;
  readonly addresses: string[];
  readonly requests: { readonly method: string; readonly url: string; readonly headers: Readonly<Record<string, string>>; readonly body: string | undefined; readonly keepalive: boolean }[];
  /** Raw text to the newest socket. */
  push(text: string): void;
  cut(code: number): void;
  /** What discovery says, changed. */
  discovery: Record<string, unknown>;
  /** Answers the next requests with this instead. */
  replace: ((url: string) => { status: number; text: string; headers?: Readonly<Record<string, string>> } | Error | null) | null;
}

/** Starts the far end. */
export function createWireServer(options: LoopbackOptions): WireServer {
  const server = createLoopbackServer(options);
  let newest: SocketHandlers | null = null;
  const far: WireServer = {
    server,
    addresses: [],
    requests: [],
    discovery: {},
    replace: null,
    push: (text) => newest?.onmessage(text),
    cut: (code) => newest?.onclose(code, ''),
    network: {
      async request({ method, url, headers = {}, body, keepalive = false }) {
        far.addresses.push(url);
        far.requests.push({ method, url, headers, body, keepalive });
        await Promise.resolve();
        const other = far.replace?.(url);
        if (other instanceof Error) throw other;
        const answer = other ?? respond(method, new URL(url), headers, body);
        return { status: answer.status, header: (name) => answer.headers?.[name] ?? null, text: async () => answer.text };
      },
      openSocket(url, _protocol, handlers) {
        far.addresses.push(url);
        newest = handlers;
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
      const found = { protocol: 'care-chat', versions: ['1'], rest: `${url.origin}/v1`, ws: `${url.origin.replace(/^http/, 'ws')}/v1/ws`, caps: [], limits: server.limits, widget: server.widget, availability: server.availability(), ...far.discovery };
      return { status: 200, text: JSON.stringify(found) };
    }
    const { status, body: answer } = server.rest(method, url.pathname.replace(/^\/v1/, '') + url.search, headers['authorization']?.replace(/^Bearer /, ''), body === undefined ? undefined : JSON.parse(body));
    return { status, text: answer === null ? '' : JSON.stringify(answer) };
  };
  return far;
}
