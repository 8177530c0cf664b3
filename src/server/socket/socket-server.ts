/**
 * The door to ws: upgrade (exact Origin, subprotocol), messages, closes. Hands text to the hub and knows nothing of frames. No compression
 * (it fragments memory), no cookie, no token in the URL.
 */
import type { IncomingMessage, Server } from 'node:http';
import type { Duplex } from 'node:stream';
import { WebSocketServer, type RawData, type WebSocket } from 'ws';
import type { WireErrorCode } from '../../base/care-error.js';
import { subprotocol } from '../../protocol/version.js';
import { originAllowed } from '../config/origins.js';
import { createConnection, type Connection } from '../hub/connection.js';
import type { HubContext } from '../hub/context.js';
import { problem, toProblem } from '../hub/problems.js';
import type { Wire } from '../hub/wire.js';

/** Path of the socket. */
export const socketPath = '/v1/ws';
/** A peer that does not answer our close is cut after this. */
const closeGraceMs = 3_000;

export interface SocketServer {
  /** Ends every connection, also those that have not said hello. */
  end(code: number, reason: string, options?: { readonly reconnect?: boolean; readonly retryAfterMs?: number }): void;
  /** Resolves when every socket is closed; cuts those that linger. */
  close(): Promise<void>;
}

/** Every origin that may hold one of our elements; which widget an origin is for is checked when the session is opened. */
export function allOrigins({ config }: Pick<HubContext, 'config'>): readonly string[] {
  return [...new Set([...config.widgets.flatMap((widget) => widget.origins), ...config.desk.origins])];
}

function refuseUpgrade(socket: Duplex, code: WireErrorCode, retryAfterMs?: number): void {
  const body = JSON.stringify(toProblem(problem(code, retryAfterMs === undefined ? {} : { retryAfterMs })));
  const { status } = problem(code);
  const retry = retryAfterMs === undefined ? '' : `Retry-After: ${Math.ceil(retryAfterMs / 1000)}\r\n`;
  socket.end(`HTTP/1.1 ${status} Refused\r\nContent-Type: application/problem+json\r\nContent-Length: ${Buffer.byteLength(body)}\r\n${retry}Connection: close\r\n\r\n${body}`);
}

const offers = (request: IncomingMessage): readonly string[] => (request.headers['sec-websocket-protocol'] ?? '').split(',').map((name) => name.trim());

/** Why an upgrade is refused, or null. No Origin at all is no browser, which other checks keep out. */
function refusal(request: IncomingMessage, origins: readonly string[]): WireErrorCode | null {
  if ((request.url ?? '').split('?')[0] !== socketPath) return 'not-found';
  const { origin } = request.headers;
  if (origin !== undefined && !originAllowed(origins, origin)) return 'origin-denied';
  return offers(request).includes(subprotocol) ? null : 'unsupported-version';
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

function attach(socket: WebSocket, connection: Connection, frameBytes: number): void {
  socket.on('message', (data: RawData, isBinary: boolean) => {
    if (isBinary) return connection.onBinary();
    const bytes = data as Buffer;
    if (bytes.length > frameBytes) return connection.onTooLarge();
    connection.onText(bytes.toString('utf8'));
  });
  socket.on('pong', () => connection.onPong());
  socket.on('close', (code) => connection.onClosed(code));
  // A close always follows; what broke is a matter of the network.
  socket.on('error', () => {});
}

/** Takes upgrades of a server over to the hub. */
export function createSocketServer(server: Server, hub: HubContext): SocketServer {
  const { limits } = hub.config;
  const origins = allOrigins(hub);
  const connections = new Map<WebSocket, Connection>();
  let closing = false;
  // Far over what is allowed: a frame somewhat too large gets its own code, `bye` included; this only bounds memory.
  const sockets = new WebSocketServer({ noServer: true, perMessageDeflate: false, maxPayload: Math.max(1_048_576, limits.frameBytes * 4), handleProtocols: () => subprotocol, clientTracking: false });

  server.on('upgrade', (request: IncomingMessage, socket: Duplex, head: Buffer) => {
    socket.on('error', () => {});
    const code = refusal(request, origins);
    if (code !== null) {
      hub.log.info('socket.refused', { code });
      return refuseUpgrade(socket, code);
    }
    if (closing || connections.size >= limits.connections) return refuseUpgrade(socket, 'overloaded', 5_000);
    sockets.handleUpgrade(request, socket, head, (ws) => {
      const connection = createConnection(hub, toWire(ws, hub), request.headers.origin ?? null);
      connections.set(ws, connection);
      attach(ws, connection, limits.frameBytes);
      ws.on('close', () => connections.delete(ws));
    });
  });

  return {
    end(code, reason, options) {
      closing = true;
      for (const connection of connections.values()) connection.end(code, reason, options);
    },
    async close() {
      closing = true;
      const open = [...connections.keys()];
      await Promise.all(open.map((ws) => new Promise<void>((resolve) => {
        if (ws.readyState === ws.CLOSED) return resolve();
        ws.once('close', () => resolve());
      })));
      sockets.close();
    },
  };
}
