/**
 * The door to ws: upgrade (exact Origin, subprotocol), messages, closes. Hands text to the hub and knows nothing of frames. No compression
 * (it fragments memory), no cookie, no token in the URL.
 */
import type { IncomingMessage, Server } from 'node:http';
import type { Duplex } from 'node:stream';
import { WebSocketServer, type RawData, type WebSocket } from 'ws';
import type { WireErrorCode } from '../../base/care-error.js';
import type { ServerFrame } from '../../protocol/types.js';
import { relaySubprotocol } from '../../protocol/parse-relay.js';
import { subprotocol } from '../../protocol/version.js';
import { originAllowed } from '../config/origins.js';
import { createConnection, type Connection } from '../hub/connection.js';
import type { HubContext } from '../hub/context.js';
import { relayMessageBytes } from '../hub/relay.js';
import { rawProblem } from '../http/answer.js';
import { problem } from '../hub/problems.js';
import type { Wire } from '../hub/wire.js';

/** Path of the socket. */
export const socketPath = '/v1/ws';
/** Path of the relay (protocol README §14). */
export const relayPath = '/v1/relay';
/** A peer that does not answer our close is cut after this. */
const closeGraceMs = 3_000;

export interface SocketServer {
  /** Sockets that are open. */
  readonly size: number;
  /** Ends every connection, also those that have not said hello. */
  end(code: number, reason: string, options?: { readonly reconnect?: boolean; readonly retryAfterMs?: number }): void;
  /** Resolves when every socket is closed; cuts those that linger. */
  close(): Promise<void>;
}

/** Who may open a connection, of whatever kind. */
export interface Doors {
  /** As many as may be open at once. */
  isFull(): boolean;
  /** Takes one of those that may come in this second. */
  mayCome(): boolean;
}

/** Every origin that may hold one of our elements; which widget an origin is for is checked when the session is opened. */
export function allOrigins({ config }: Pick<HubContext, 'config'>): readonly string[] {
  return [...new Set([...config.widgets.flatMap((widget) => widget.origins), ...config.desk.origins])];
}

/** Who is refused because everybody comes at once is asked to come back after this. */
const retryAfterMs = 5_000;

/** Answers, and does not wait for ever for a peer that keeps its half of the connection. */
function refuseUpgrade({ log, clock }: HubContext, socket: Duplex, code: WireErrorCode): void {
  log.info('socket.refused', { code });
  socket.end(rawProblem(problem(code, code === 'overloaded' ? { retryAfterMs } : {})));
  clock.after(closeGraceMs, () => socket.destroy());
}

/** Asks to come back later in a frame: a page cannot read the answer to an upgrade that is refused. */
function turnAway({ log }: HubContext, socket: WebSocket, wire: Wire): void {
  log.info('socket.refused', { code: 'overloaded' });
  socket.on('error', () => {});
  wire.send(JSON.stringify({ t: 'bye', d: { code: 1013, reason: 'overloaded', reconnect: true, retryAfterMs } } satisfies ServerFrame));
  wire.close(1013, 'overloaded');
}

const offers = (request: IncomingMessage): readonly string[] => (request.headers['sec-websocket-protocol'] ?? '').split(',').map((name) => name.trim());

const pathOf = (request: IncomingMessage): string => (request.url ?? '').split('?', 1)[0]!;

/** Why an upgrade is refused, or null. `protocols`: by path. No Origin at all is no browser, which other checks keep out. */
function refusal(request: IncomingMessage, origins: readonly string[], protocols: ReadonlyMap<string, string>): WireErrorCode | null {
  const protocol = protocols.get(pathOf(request));
  if (protocol === undefined) return 'not-found';
  const { origin } = request.headers;
  if (origin !== undefined && !originAllowed(origins, origin)) return 'origin-denied';
  return offers(request).includes(protocol) ? null : 'unsupported-version';
}

function toWire(socket: WebSocket, hub: HubContext): Wire {
  return {
    send: (text) => socket.send(text, () => {}),
    get bufferedBytes() {
      return socket.bufferedAmount;
    },
    ping: () => {
      if (socket.readyState === socket.OPEN) socket.ping();
    },
    close(code, reason) {
      // 1006 is never sent: the socket is gone already.
      if (code === 1006) return socket.terminate();
      socket.close(code, reason);
      hub.clock.after(closeGraceMs, () => socket.terminate());
    },
    terminate: () => socket.terminate(),
  };
}

const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/** The text of a message. What is no UTF-8 is no JSON either: it becomes a text that is refused with a code, where the library would close without a word. */
function textOf(bytes: Buffer): string {
  try {
    return utf8.decode(bytes);
  } catch {
    return '';
  }
}

function attach(socket: WebSocket, connection: Connection, frameBytes: number): void {
  socket.on('message', (data: RawData, isBinary: boolean) => {
    if (isBinary) return connection.onBinary();
    const bytes = data as Buffer;
    if (bytes.length > frameBytes) return connection.onTooLarge();
    connection.onText(textOf(bytes));
  });
  socket.on('ping', (data) => {
    // Answered by ourselves: the library would hold an answer to each for a peer that reads none.
    if (connection.onPing()) socket.pong(data, false, () => {});
  });
  socket.on('pong', () => connection.onPong());
  socket.on('close', (code) => connection.onClosed(code));
  // A close always follows; what broke is a matter of the network.
  socket.on('error', () => {});
}

/** Gives a socket to the relay, which knows its messages only. A peer that answers no ping is let go of. */
function attachRelay(socket: WebSocket, hub: HubContext, origin: string | null): void {
  const { clock, config: { heartbeat: { intervalMs, graceMs } } } = hub;
  const wire = toWire(socket, hub);
  const peer = hub.relay.open({ send: (data) => socket.send(data, () => {}), get bufferedBytes() { return wire.bufferedBytes; }, close: wire.close }, origin);
  let heardAt = clock.ticks();
  const heard = (): void => void (heardAt = clock.ticks());
  const beat = (): void => {
    if (clock.ticks() - heardAt > intervalMs + graceMs) return wire.terminate();
    wire.ping();
    cancel = clock.after(intervalMs, beat);
  };
  let cancel = clock.after(intervalMs, beat);
  socket.on('message', (data: RawData, isBinary: boolean) => {
    heard();
    if (isBinary) peer.onBytes(data as Buffer);
    else peer.onText(textOf(data as Buffer));
  });
  socket.on('ping', (data) => {
    heard();
    // As above: no answer is held for a peer that reads none.
    if (wire.bufferedBytes < relayMessageBytes) socket.pong(data, false, () => {});
  });
  socket.on('pong', heard);
  socket.on('close', () => {
    cancel();
    peer.onClosed();
  });
  socket.on('error', () => {});
}

/** Takes upgrades of a server over to the hub. `isFull` and, where it is not, `mayCome` are asked for each new connection. */
export function createSocketServer(server: Server, hub: HubContext, { isFull, mayCome }: Doors): SocketServer {
  const { limits } = hub.config;
  const origins = allOrigins(hub);
  const protocols = new Map([[socketPath, subprotocol], ...(hub.relay.isOn ? [[relayPath, relaySubprotocol] as const] : [])]);
  /** Null: turned away, and not gone yet. */
  const connections = new Map<WebSocket, Connection | null>();
  const relayed = new Set<WebSocket>();
  let closing = false;
  // Far over what is allowed: a frame somewhat too large gets its own code, `bye` included; this only bounds memory.
  const sockets = new WebSocketServer({ noServer: true, perMessageDeflate: false, autoPong: false, skipUTF8Validation: true, maxPayload: Math.max(1_048_576, limits.frameBytes * 4), handleProtocols: () => subprotocol, clientTracking: false });

  // What is somewhat too large is told, as above.
  const relays = new WebSocketServer({ noServer: true, perMessageDeflate: false, autoPong: false, maxPayload: relayMessageBytes * 4, handleProtocols: () => relaySubprotocol, clientTracking: false });

  // A handshake that is none.
  for (const each of [sockets, relays]) each.on('wsClientError', (_error: Error, socket: Duplex) => refuseUpgrade(hub, socket, 'bad-frame'));
  server.on('upgrade', (request: IncomingMessage, socket: Duplex, head: Buffer) => {
    socket.on('error', () => {});
    const code = refusal(request, origins, protocols) ?? (closing || isFull() ? 'overloaded' : null);
    if (code !== null) return refuseUpgrade(hub, socket, code);
    if (pathOf(request) === relayPath) return relays.handleUpgrade(request, socket, head, (ws) => {
      relayed.add(ws);
      ws.on('close', () => relayed.delete(ws));
      if (mayCome()) return attachRelay(ws, hub, request.headers.origin ?? null);
      ws.on('error', () => {});
      toWire(ws, hub).close(1013, 'overloaded');
    });
    sockets.handleUpgrade(request, socket, head, (ws) => {
      const wire = toWire(ws, hub);
      const connection = mayCome() ? createConnection(hub, wire, request.headers.origin ?? null) : null;
      connections.set(ws, connection);
      ws.on('close', () => connections.delete(ws));
      if (connection) attach(ws, connection, limits.frameBytes);
      else turnAway(hub, ws, wire);
    });
  });

  return {
    get size() {
      return connections.size + relayed.size;
    },
    end(code, reason, options) {
      closing = true;
      for (const connection of connections.values()) connection?.end(code, reason, options);
      hub.relay.end();
    },
    async close() {
      closing = true;
      const open = [...connections.keys(), ...relayed];
      await Promise.all(open.map((ws) => new Promise<void>((resolve) => {
        if (ws.readyState === ws.CLOSED) return resolve();
        ws.once('close', () => resolve());
      })));
      for (const each of [sockets, relays]) each.close();
    },
  };
}
