/** Discovery and REST by `fetch` (protocol README §3, §7): what every adapter for the protocol's own wires shares. Keeps laws 4 and 5 of `transport.ts`. */
import { refuse } from '../base/refuse.js';
import { type Result, ok } from '../base/result.js';
import type { HttpRequest, Network } from '../platform/ports.js';
import type { FrameParser } from '../protocol/parse-frame.js';
import { toCareError } from '../protocol/parse-rest.js';
import { parseServerUrl } from './server-url.js';
import type { RestAnswer, Transport } from './transport.js';

/** What every adapter is made from. */
export interface WireOptions {
  /** Where discovery is: an absolute URL. */
  readonly server: string;
  readonly network: Network;
  /** Default: the visitor's frames. The desk gives `parseDeskFrame`. */
  readonly parse?: FrameParser;
}

/** Where discovery leads, each address checked. */
export interface Found {
  readonly rest: string;
  readonly ws: string;
  /** Not validated: whoever looks for a capability looks it up. */
  readonly caps: unknown;
}

export interface RestClient extends Pick<Transport, 'discover' | 'request'> {
  /** Absent before a discovery that went well. Set by the client alone. */
  found?: Found;
}

/** Milliseconds of a Retry-After: seconds, or a date (RFC 9110 §10.2.3); NaN for none. */
const readWait = (header: string | null): number => (header ? Number(header) * 1000 || Date.parse(header) - Date.now() : NaN);

/** Speaks to one server. Addresses come from its discovery, and are refused where they are not encrypted. */
export function createRestClient({ server, network }: Pick<WireOptions, 'server' | 'network'>): RestClient {
  const ask = async (request: HttpRequest): Promise<Result<RestAnswer>> => {
    let status: number;
    let text: string;
    let wait: number;
    try {
      const response = await network.request(request);
      status = response.status;
      wait = readWait(response.header('retry-after'));
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

  const client: RestClient = {
    async discover(widgetId) {
      const base = parseServerUrl(server);
      if (!base.ok) return base;
      const answer = await ask({ method: 'GET', url: `${base.value}/.well-known/care-chat${widgetId === null ? '' : `?widget=${encodeURIComponent(widgetId)}`}` });
      if (!answer.ok) return answer;
      const told = answer.value.body as { readonly rest?: unknown; readonly ws?: unknown; readonly caps?: unknown } | null;
      if (typeof told?.rest !== 'string' || typeof told.ws !== 'string') return refuse('bad-answer', { retryable: true });
      const rest = parseServerUrl(told.rest);
      const ws = parseServerUrl(told.ws, 'ws');
      if (!rest.ok) return rest;
      if (!ws.ok) return ws;
      client.found = { rest: rest.value, ws: ws.value, caps: told.caps };
      return ok(told);
    },

    request({ method, path, token, body, keepalive, signal }) {
      const { found } = client;
      if (!found) return Promise.resolve(refuse('not-ready', { retryable: true }));
      return ask({
        method,
        url: found.rest + path,
        headers: { ...(token && { authorization: `Bearer ${token}` }), ...(body !== undefined && { 'content-type': 'application/json' }) },
        ...(body !== undefined && { body: JSON.stringify(body) }),
        ...(keepalive && { keepalive }),
        ...(signal && { signal }),
      });
    },
  };
  return client;
}
