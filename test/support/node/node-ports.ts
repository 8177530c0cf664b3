/** Ports of a page that runs in Node: real time, real network, storage in memory that outlives the page. Leaving the page ends what a browser would end. */
import { WebSocket } from 'ws';
import type { Network, Ports } from '../../../src/platform/ports.js';
import { createFakePage, createLock, createMemoryFlags, createMemoryVault, createSeededRandomness, createTabHub, type FakePage } from '../shared/memory-ports.js';

/** What the pages and tabs of one browser share, and what outlives them. */
export interface NodeBrowser {
  readonly vaultContent: Map<string, string>;
  readonly flagContent: Map<string, string>;
  readonly openTab: ReturnType<typeof createTabHub>;
  readonly lock: ReturnType<typeof createLock>;
}

/** A browser with nothing in it. */
export const createNodeBrowser = (): NodeBrowser => ({ vaultContent: new Map(), flagContent: new Map(), openTab: createTabHub(), lock: createLock() });

export interface NodePage {
  readonly ports: Ports;
  readonly page: FakePage;
  /** Ends sockets and requests, those with `keepalive` excepted. */
  leave(): void;
}

const defaultTimeoutMs = 20_000;

const createNetwork = (signal: AbortSignal, sockets: Set<WebSocket>): Network => ({
  async request({ method, url, headers, body, keepalive, timeoutMs = defaultTimeoutMs, signal: own }) {
    const response = await fetch(url, {
      method,
      ...(headers && { headers }),
      ...(body !== undefined && { body }),
      signal: keepalive ? AbortSignal.timeout(defaultTimeoutMs) : AbortSignal.any([signal, own ?? AbortSignal.timeout(timeoutMs)]),
      redirect: 'error',
    });
    return { status: response.status, header: (name) => response.headers.get(name), text: () => response.text(), body: response.body as ReadableStream<Uint8Array> | null };
  },
  openSocket(url, protocol, handlers) {
    signal.throwIfAborted();
    const socket = new WebSocket(url, protocol, { perMessageDeflate: false });
    sockets.add(socket);
    socket.on('open', () => handlers.onopen());
    socket.on('message', (data, binary) => handlers.onmessage(binary ? data : String(data)));
    socket.on('error', () => {});
    socket.on('close', (code, reason) => {
      sockets.delete(socket);
      handlers.onclose(code, String(reason));
    });
    return {
      send: (text) => socket.send(text),
      close: (code, reason) => socket.close(code, reason),
      get bufferedBytes() {
        return socket.bufferedAmount;
      },
    };
  },
});

/** Opens a page in a browser; `tabFlags` outlive it as `sessionStorage` does. */
export const openNodePage = (browser: NodeBrowser, tabFlags: Map<string, string>, seed: number): NodePage => {
  const page = createFakePage();
  const ending = new AbortController();
  const sockets = new Set<WebSocket>();
  const timers = new Set<NodeJS.Timeout>();
  return {
    page,
    ports: {
      clock: {
        now: Date.now,
        setTimer(run, delayMs) {
          if (ending.signal.aborted) return () => {};
          const timer = setTimeout(() => {
            timers.delete(timer);
            run();
          }, delayMs);
          timers.add(timer);
          return () => {
            clearTimeout(timer);
            timers.delete(timer);
          };
        },
      },
      randomness: createSeededRandomness(seed),
      network: createNetwork(ending.signal, sockets),
      page,
      vault: createMemoryVault(browser.vaultContent),
      flags: createMemoryFlags(browser.flagContent),
      tabFlags: createMemoryFlags(tabFlags),
      tabs: browser.openTab(),
      lock: browser.lock,
    },
    leave() {
      ending.abort();
      for (const timer of timers) clearTimeout(timer);
      for (const socket of sockets) socket.terminate();
    },
  };
};
