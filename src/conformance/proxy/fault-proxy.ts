/**
 * The fault proxy: stands in front of any backend and makes the network between it and its clients bad, by rules. It speaks HTTP and WebSocket and knows of the
 * protocol only that a frame is JSON with a `t`, and where discovery is. README.md beside this file is for those who use it.
 */
import { createServer as createHttpServer } from 'node:http';
import { connect as connectTcp, createServer, isIP, type AddressInfo } from 'node:net';
import type { Duplex } from 'node:stream';
import { connect as connectTls } from 'node:tls';
import { type Hop, cutHop, sliceHop, swallowHop } from './hop.js';
import { relayHttp, type HttpRelayOptions } from './http-relay.js';
import { type BytesVerdict, type Line, createLine } from './line.js';
import { createRoutes } from './routes.js';
import { type RuleCount, createRuleBook } from './rule-book.js';
import type { Action, CutKind, Direction, Rule } from './rules.js';
import { createSocketRelay } from './socket-relay.js';
import { type TrafficEntry, createTrafficLog } from './traffic.js';

export interface FaultProxyOptions {
  /** Origin of the server under test, `http:` or `https:`. */
  readonly target: string;
  /** Repeats every choice of chance. */
  readonly seed: number;
  /** Rules to begin with; default none. */
  readonly rules?: readonly Rule[] | undefined;
  /** Where to listen; default any free port. */
  readonly port?: number | undefined;
  /** Entries of the log that are kept. Default 10,000. */
  readonly logLimit?: number | undefined;
}

export interface FaultProxy {
  /** Origin for clients, `http://127.0.0.1:…`; `http://localhost:…` is as good. */
  readonly url: string;
  readonly port: number;
  /** Replaces the rules, and begins to count anew. Throws `RuleError`, which names the mistake; then the rules stay as they were. */
  use(rules: readonly Rule[]): void;
  /** What passed, oldest first: types, places, times; never content. */
  readonly log: readonly TrafficEntry[];
  /** How often each rule fired. */
  fired(): readonly RuleCount[];
  /** Names of the rules that never fired: a test that counts on them has tested nothing. */
  unfired(): readonly string[];
  /** Ends all connections now. */
  cut(how?: CutKind): void;
  /** From now on another server stands behind the same address (the same data on another port). What is open stays where it is. */
  retarget(target: string): void;
  /** Ends all connections and stops listening. */
  close(): Promise<void>;
}

/** What a rule on bytes makes of those at hand. */
const toVerdict = (action: Action, offset: number, byteLength: number, unit: () => number): BytesVerdict => {
  switch (action.do) {
    case 'cut': return { do: 'cut', keep: action.when === 'after' ? byteLength : offset, how: action.how ?? 'fin' };
    case 'tear': return { do: 'cut', keep: Math.min(offset + (action.bytes ?? Math.ceil((byteLength - offset) / 2)), byteLength), how: action.how ?? 'fin' };
    case 'swallow': return { do: 'swallow', keep: offset };
    case 'slice': return { do: 'slice', slicing: { segmentBytes: action.segmentBytes ?? 1, bytesPerSecond: action.bytesPerSecond } };
    case 'delay': return { do: 'delay', delayMs: action.delayMs + unit() * (action.jitterMs ?? 0) };
    default: return { do: 'pass' };
  }
};

/** Starts a proxy on a free port of localhost. Rejects where the port cannot be had; throws `RuleError` for wrong rules. */
export const startFaultProxy = async ({ target, seed, rules = [], port: wantedPort = 0, logLimit = 10_000 }: FaultProxyOptions): Promise<FaultProxy> => {
  const book = createRuleBook(seed);
  book.use(rules);
  const traffic = createTrafficLog(logLimit);
  const hops = new Set<Hop>();
  const lines = new Set<Line>();
  const hopOf = new WeakMap<Duplex, Hop>();
  let connections = 0;
  let stopTimers = (): void => {};

  const open = (socket: Parameters<typeof createLine>[0], connection: number, direction: Direction, onEnd = (): void => {}): Line => {
    const line = createLine(socket, {
      judge(bytesBefore, byteLength) {
        const firing = book.pick({ on: 'bytes', direction, bytesBefore, byteLength });
        if (!firing) return { do: 'pass' };
        traffic.note({ connection, on: 'bytes', sizeBytes: byteLength, rule: firing.rule, did: firing.action.do });
        return toVerdict(firing.action, firing.offset, byteLength, book.unit);
      },
      onEnd() {
        lines.delete(line);
        onEnd();
      },
    });
    lines.add(line);
    return line;
  };

  const listener = createServer({ allowHalfOpen: true, noDelay: true });
  await new Promise<void>((resolve, reject) => {
    listener.once('error', reject);
    listener.listen(wantedPort, '127.0.0.1', resolve);
  });
  const { port } = listener.address() as AddressInfo;
  const routes = createRoutes(target);

  const relays: HttpRelayOptions = {
    routes,
    connect(hop, to) {
      const isTls = to.protocol === 'https:';
      const where = { host: to.hostname.replace(/^\[|\]$/g, ''), port: Number(to.port || (isTls ? 443 : 80)) };
      return (hop.server = open(isTls ? connectTls({ ...where, ...(isIP(where.host) === 0 && { servername: where.host }), ALPNProtocols: ['http/1.1'] }) : connectTcp({ ...where, allowHalfOpen: true }), hop.id, 'to-server'));
    },
  };
  const socketRelay = createSocketRelay(relays);
  // Nothing here may end a connection that a rule keeps open.
  const http = createHttpServer({ requestTimeout: 0, headersTimeout: 0, keepAliveTimeout: 60_000, insecureHTTPParser: false });
  http.on('request', (incoming, response) => {
    const hop = hopOf.get(incoming.socket);
    if (hop) void relayHttp(relays, hop, incoming, response);
  });
  http.on('upgrade', (incoming, stream, head) => {
    const hop = hopOf.get(stream);
    if (hop) void socketRelay.relay(hop, incoming, head);
  });
  http.on('clientError', (_error, stream) => void stream.destroy());
  listener.on('connection', (socket) => {
    const id = ++connections;
    const client = open(socket, id, 'to-client', () => hops.delete(hop));
    const hop: Hop = { id, book, client, server: null, note: (entry) => traffic.note({ connection: id, ...entry }) };
    hops.add(hop);
    hopOf.set(client.stream, hop);
    http.emit('connection', client.stream);
  });

  /** A rule on time, once for every connection there is. */
  const actOn = (hop: Hop, action: Action): void => {
    if (action.do === 'cut') cutHop(hop, action.how ?? 'fin');
    else if (action.do === 'swallow') swallowHop(hop, action.direction ?? 'both');
    else if (action.do === 'slice') sliceHop(hop, action);
    else if (action.do === 'inject') socketRelay.inject(hop, action.to ?? 'client', action.text ?? JSON.stringify(action.frame));
  };
  const startTimers = (): void => {
    stopTimers();
    const stops = book.timed().map(({ match: { afterMs, everyMs }, fire }) => {
      let timer: NodeJS.Timeout;
      const run = (): void => {
        for (const hop of hops) {
          const firing = fire();
          if (!firing) continue;
          hop.note({ on: 'time', rule: firing.rule, did: firing.action.do });
          actOn(hop, firing.action);
        }
        if (everyMs !== undefined) timer = setTimeout(run, everyMs);
      };
      timer = setTimeout(run, afterMs ?? everyMs);
      return () => clearTimeout(timer);
    });
    stopTimers = () => stops.forEach((stop) => stop());
  };
  startTimers();

  const cut = (how: CutKind = 'fin'): void => {
    for (const line of lines) line.cut(how);
  };
  return {
    url: `http://127.0.0.1:${port}`,
    port,
    use(next) {
      book.use(next);
      startTimers();
    },
    log: traffic.entries,
    fired: book.counts,
    unfired: () => book.counts().filter(({ count }) => count === 0).map(({ rule }) => rule),
    cut,
    retarget: routes.retarget,
    close: () =>
      new Promise((resolve) => {
        stopTimers();
        listener.close(() => resolve());
        cut('rst');
        http.close();
      }),
  };
};
