/** `fetch` and `WebSocket` behind the network port: no cookies, no cache, no redirects, no referrer (protocol README §7, §8). */
import type { Network } from '../ports.js';

const defaultTimeoutMs = 20_000;

/** The browser's network. Rejects only when no answer was had. */
export function createBrowserNetwork(): Network {
  return {
    async request({ method, url, headers, body, keepalive, timeoutMs = defaultTimeoutMs, signal }) {
      const response = await fetch(url, {
        method,
        ...(headers && { headers }),
        ...(body !== undefined && { body }),
        ...(keepalive && { keepalive }),
        // A request that is to outlive the page must not be ended by the page's own deadline.
        ...(!keepalive && { signal: signal ?? AbortSignal.timeout(timeoutMs) }),
        credentials: 'omit',
        cache: 'no-store',
        redirect: 'error',
        referrerPolicy: 'no-referrer',
      });
      return { status: response.status, header: (name) => response.headers.get(name), text: () => response.text(), body: response.body };
    },

    openSocket(url, protocol, handlers) {
      const socket = new WebSocket(url, protocol);
      let closed = false;
      const end = (code: number, reason: string): void => {
        if (closed) return;
        closed = true;
        handlers.onclose(code, reason);
      };
      socket.onopen = () => handlers.onopen();
      socket.onmessage = (event) => closed || handlers.onmessage(event.data);
      // `error` is always followed by `close`, which has the code; the first one wins only where no `close` comes (frozen pages).
      socket.onclose = (event) => end(event.code, event.reason);
      return {
        send: (text) => socket.send(text),
        close(code, reason) {
          socket.close(code, reason);
        },
        get bufferedBytes() {
          return socket.bufferedAmount;
        },
      };
    },
  };
}
