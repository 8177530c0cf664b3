/** The adapter for the protocol's own wire: REST by `fetch`, live frames by one WebSocket (protocol README §3, §7, §8). Keeps the laws of `transport.ts`. */
import type { Network, SocketLike } from '../../platform/ports.js';
import { type FrameParser, parseServerFrame } from '../../protocol/parse-frame.js';
import { subprotocol } from '../../protocol/version.js';
import { type WireOptions, createRestClient } from '../rest-client.js';
import type { Link, LinkHandlers, Transport } from '../transport.js';

/** What the adapter is made from. */
export type WebSocketTransportOptions = WireOptions;

/** Speaks to one server, by WebSocket only. */
export function createWebSocketTransport({ server, network, parse = parseServerFrame }: WebSocketTransportOptions): Transport {
  const rest = createRestClient({ server, network });
  return { discover: rest.discover, request: rest.request, connect: (handlers) => openSocketLink(rest.found?.ws, network, parse, handlers) };
}

/** Opens one socket. Without `url` there was no discovery. */
export function openSocketLink(url: string | undefined, network: Network, parse: FrameParser, handlers: LinkHandlers): Link {
  let state: 'opening' | 'open' | 'closing' | 'closed' = 'opening';
  let socket: SocketLike | undefined;
  const end = (code: number, reason: string): void => {
    if (state === 'closed') return;
    state = 'closed';
    handlers.onclose({ code, reason });
  };
  try {
    if (!url) throw new Error();
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
