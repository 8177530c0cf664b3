/** The adapter for the protocol's own wire: REST by `fetch`, live frames by one WebSocket (protocol README §3, §7, §8). Keeps the laws of `transport.ts`. */
import { refuse } from '../../base/refuse.js';
import { type Result, ok } from '../../base/result.js';
import type { HttpRequest, Network, SocketLike } from '../../platform/ports.js';
import { type FrameParser, parseServerFrame } from '../../protocol/parse-frame.js';
import { toCareError } from '../../protocol/parse-rest.js';
import { subprotocol } from '../../protocol/version.js';
import { parseServerUrl } from '../server-url.js';
import type { Link, LinkHandlers, RestAnswer, Transport } from '../transport.js';

export interface WebSocketTransportOptions {
  /** Where discovery is: an absolute URL. */
  readonly server: string;
  readonly network: Network;
  /** Default: the visitor's frames. The desk gives `parseDeskFrame`. */
  readonly parse?: FrameParser;
}

/** Speaks to one server. REST and WebSocket addresses come from its discovery, and are refused where they are not encrypted. */
export function createWebSocketTransport({ server, network, parse = parseServerFrame }: WebSocketTransportOptions): Transport {
  let rest: string | null = null;
  let ws: string | null = null;

  const ask = async (request: HttpRequest): Promise<Result<RestAnswer>> => {
    let status: number;
    let text: string;
    let wait: number;
    try {
      const response = await network.request(request);
      status = response.status;
      wait = Number(response.header('retry-after') ?? NaN) * 1000;
      text = await response.text();
    } catch (cause) {
      const late = cause instanceof Error && cause.name === 'TimeoutError';
      return refuse(late ? 'timeout' : 'network', { retryable: true });
    }
    let body: unknown = null;
    try {
      if (text) body = JSON.parse(text);
    } catch {
      // A proxy's page, a captive portal: whoever answered, it was not the server.
      return refuse('bad-answer', { retryable: true, status });
    }
    if (status >= 200 && status < 300) return ok({ status, body });
    const { code, retryable, retryAfterMs = wait >= 0 ? wait : undefined, details } = toCareError(status, body);
    return refuse(code, { retryable, status, details, ...(retryAfterMs !== undefined && { retryAfterMs }) });
  };

  return {
    async discover(widgetId) {
      const base = parseServerUrl(server);
      if (!base.ok) return base;
      const answer = await ask({ method: 'GET', url: `${base.value}/.well-known/care-chat${widgetId === null ? '' : `?widget=${encodeURIComponent(widgetId)}`}` });
      if (!answer.ok) return answer;
      const found = answer.value.body as { readonly rest?: unknown; readonly ws?: unknown } | null;
      if (typeof found?.rest !== 'string' || typeof found.ws !== 'string') return refuse('bad-answer', { retryable: true });
      const restUrl = parseServerUrl(found.rest);
      const wsUrl = parseServerUrl(found.ws, 'ws');
      if (!restUrl.ok) return restUrl;
      if (!wsUrl.ok) return wsUrl;
      rest = restUrl.value;
      ws = wsUrl.value;
      return ok(found);
    },

    request({ method, path, token, body, keepalive }) {
      if (rest === null) return Promise.resolve(refuse('not-ready', { retryable: true }));
      return ask({
        method,
        url: rest + path,
        headers: { ...(token && { authorization: `Bearer ${token}` }), ...(body !== undefined && { 'content-type': 'application/json' }) },
        ...(body !== undefined && { body: JSON.stringify(body) }),
        ...(keepalive && { keepalive }),
      });
    },

    connect: (handlers) => openLink(ws, network, parse, handlers),
  };
}

function openLink(url: string | null, network: Network, parse: FrameParser, handlers: LinkHandlers): Link {
  let state: 'opening' | 'open' | 'closing' | 'closed' = 'opening';
  let socket: SocketLike | undefined;
  const end = (code: number, reason: string): void => {
    if (state === 'closed') return;
    state = 'closed';
    handlers.onclose({ code, reason });
  };
  try {
    if (url === null) throw new Error('not discovered');
    socket = network.openSocket(url, subprotocol, {
      onopen() {
        if (state !== 'opening') return;
        state = 'open';
        handlers.onopen();
      },
      onmessage(data) {
        if (state !== 'open') return;
        const frame = parse(typeof data === 'string' ? data : null);
        if (frame.ok) handlers.onframe(frame.value);
        else handlers.onbadframe(frame.error.t);
      },
      onclose: end,
    });
  } catch {
    // Refused before it began (a Content-Security-Policy, an address that is none): told like any other loss, and later, as the law wants.
    queueMicrotask(() => end(1006, ''));
  }
  return {
    send(frame) {
      if (state !== 'open') return false;
      try {
        socket!.send(JSON.stringify(frame));
        return true;
      } catch {
        return false;
      }
    },
    close(code = 1000) {
      try {
        socket?.close(code);
      } catch {
        // Already gone.
      }
      // Browsers wait long for a peer that is gone; for us it ends here.
      if (state !== 'closed') state = 'closing';
      queueMicrotask(() => end(code, ''));
    },
  };
}
