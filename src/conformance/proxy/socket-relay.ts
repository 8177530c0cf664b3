/** WebSocket connections through the proxy: the upgrade is answered as the server answers it; then two ways of frames. */
import type { IncomingMessage } from 'node:http';
import { WebSocket, WebSocketServer } from 'ws';
import { createFrameWay, type FrameWay } from './frame-way.js';
import { type Hop, noteOf, sliceHop, waitFor } from './hop.js';
import { answerOf, passedHeaders, pathOf, readAll } from './http-parts.js';
import type { HttpRelayOptions } from './http-relay.js';
import type { Action } from './rules.js';

const maxPayload = 64 * 1024 * 1024;
const handshakeHeaders = ['sec-websocket-key', 'sec-websocket-version', 'sec-websocket-protocol', 'sec-websocket-extensions'];

/** Answers an upgrade with something else. */
const answerUpgrade = ({ client }: Hop, { status, headers, body }: { readonly status: number; readonly headers: Readonly<Record<string, string>> | readonly (readonly [string, string])[]; readonly body: Buffer | string }): void => {
  const pairs = Array.isArray(headers) ? (headers as readonly (readonly [string, string])[]) : Object.entries(headers);
  const lines = [`HTTP/1.1 ${status} Refused`, ...pairs.map(([name, value]) => `${name}: ${value}`), `content-length: ${Buffer.byteLength(body)}`, 'connection: close', '', ''];
  client.stream.end(Buffer.concat([Buffer.from(lines.join('\r\n')), Buffer.from(body)]));
};

export interface SocketRelay {
  relay(hop: Hop, incoming: IncomingMessage, head: Buffer): Promise<void>;
  /** Sends something to one end of every open socket of a hop; for rules on time. */
  inject(hop: Hop, to: 'server' | 'client', text: string): void;
}

/** Creates the relay. */
export const createSocketRelay = ({ routes, connect }: HttpRelayOptions): SocketRelay => {
  /** What the server chose, for the answer to the client. */
  const chosen = new WeakMap<IncomingMessage, string>();
  const ways = new WeakMap<Hop, { readonly up: FrameWay; readonly down: FrameWay }>();
  const sockets = new WebSocketServer({ noServer: true, maxPayload, perMessageDeflate: false, clientTracking: false, handleProtocols: (_offered, incoming) => chosen.get(incoming) || false });

  const join = (hop: Hop, incoming: IncomingMessage, head: Buffer): void => {
    const to = routes.toTarget('ws', incoming.url ?? '/');
    const line = connect(hop, to);
    const protocols = incoming.headers['sec-websocket-protocol']?.split(',').map((name) => name.trim()) ?? [];
    const headers = Object.fromEntries(passedHeaders(incoming, handshakeHeaders));
    const server = new WebSocket(`${to.protocol === 'https:' ? 'wss:' : 'ws:'}//${to.host}${to.pathname}${to.search}`, protocols, {
      headers, maxPayload, perMessageDeflate: false, createConnection: (() => line.stream) as never,
    });
    let isOpen = false;
    server.once('open', () => {
      isOpen = true;
      chosen.set(incoming, server.protocol);
      sockets.handleUpgrade(incoming, hop.client.stream, head, (client) => {
        const up: FrameWay = createFrameWay({ hop, from: client, to: server, side: 'to-server', other: () => down });
        const down: FrameWay = createFrameWay({ hop, from: server, to: client, side: 'to-client', other: () => up });
        ways.set(hop, { up, down });
      });
    });
    server.once('unexpected-response', (_request, answer) => {
      const headersOf = passedHeaders(answer, ['content-length']);
      readAll(answer).then((body) => answerUpgrade(hop, { status: answer.statusCode ?? 502, headers: headersOf, body }), () => hop.client.cut('rst'));
    });
    server.on('error', () => isOpen || hop.client.cut('rst'));
    hop.client.stream.once('close', () => isOpen || server.terminate());
  };

  return {
    async relay(hop, incoming, head) {
      const path = pathOf(incoming.url);
      const firing = hop.book.pick({ on: 'ws-connect', path });
      hop.note({ on: 'ws-connect', path, ...noteOf(firing) });
      const action: Action | undefined = firing?.action;
      switch (action?.do) {
        case 'refuse':
          if (action.status === undefined) hop.client.cut('rst');
          else answerUpgrade(hop, { status: action.status, headers: {}, body: '' });
          return;
        case 'respond':
          return answerUpgrade(hop, answerOf(action));
        case 'swallow':
          // Accepted by TCP, and never answered.
          hop.client.swallow();
          if (action.direction !== 'to-client') return;
          break;
        case 'delay':
          await waitFor(action, hop.book.unit);
          break;
        default:
      }
      join(hop, incoming, head);
      if (action?.do === 'slice') sliceHop(hop, action);
    },
    inject(hop, to, text) {
      const both = ways.get(hop);
      void (to === 'server' ? both?.up : both?.down)?.put(text);
    },
  };
};
