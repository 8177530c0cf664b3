/** A raw client of the socket: the kit's one door to `ws`. Collects every frame, checks each against the schema, never reconnects. */
import type { Socket } from 'node:net';
import { WebSocket } from 'ws';
import type { Validator } from '../protocol/schema/validate.js';
import type { ClientFrame, Cursor, ServerFrame, WelcomeBody } from '../protocol/types.js';
import { subprotocol } from '../protocol/version.js';
import { Failed, Unanswered, expect } from './expect.js';

type Of<T extends ServerFrame['t']> = Extract<ServerFrame, { t: T }>;

export interface KitSocket {
  /** Everything that came, in order. */
  readonly frames: readonly ServerFrame[];
  send(frame: ClientFrame): void;
  /** Sends text or bytes as they are. */
  sendRaw(data: string | Uint8Array): void;
  /** The first frame, from `from` on (an index into `frames`), of this type for which the test holds. Fails after the time-out. */
  next<T extends ServerFrame['t']>(t: T, test?: (frame: Of<T>) => boolean, from?: number): Promise<Of<T>>;
  /** The reply to a request: `ok`, `err` or `welcome`. */
  reply(id: number): Promise<Of<'ok'> | Of<'err'> | Of<'welcome'>>;
  /** The answer to the first request, or that nobody more is let in (`bye` 1013, S-8.14). */
  admission(): Promise<Of<'ok'> | Of<'err'> | Of<'welcome'> | Of<'bye'>>;
  hello(who: Greeting): Promise<WelcomeBody>;
  /** The frame `hello` would send. */
  greeting(who: Greeting): ClientFrame;
  /** Resolves when the connection has ended. */
  closed(): Promise<{ readonly code: number }>;
  close(): void;
  /** The connection below, for a reader that stalls. */
  readonly line: Socket;
  /** Throws where a frame was not what the schema says. */
  verify(): void;
}

export interface Greeting {
  readonly accessToken: string;
  readonly deviceId: string;
  readonly resume?: readonly Cursor[];
  readonly v?: readonly string[];
  readonly caps?: readonly string[];
}

export interface SocketOptions {
  readonly validator: Validator;
  readonly origin?: string | undefined;
  readonly timeoutMs: number;
  readonly protocol?: string;
}

/** Opens a socket, or tells the HTTP status with which the upgrade was refused. */
export function openSocket(url: string, options: SocketOptions): Promise<KitSocket | { readonly refused: number }> {
  return new Promise((resolve, reject) => {
    const socket = new WebSocket(url, options.protocol ?? subprotocol, { perMessageDeflate: false, handshakeTimeout: options.timeoutMs, ...(options.origin && { origin: options.origin }) });
    socket.on('unexpected-response', (_request, response) => {
      resolve({ refused: response.statusCode ?? 0 });
      socket.terminate();
    });
    let line: Socket | undefined;
    socket.once('upgrade', (response) => (line = response.socket));
    socket.once('open', () => resolve(wrap(socket, line!, options)));
    socket.on('error', (error) => reject(new Unanswered(`the socket could not be opened (${'code' in error ? String(error.code) : error.message.slice(0, 80)})`)));
  });
}

const isReply = (id: number) => (frame: ServerFrame): frame is Of<'ok'> | Of<'err'> | Of<'welcome'> => (frame.t === 'ok' || frame.t === 'err' || frame.t === 'welcome') && frame.re === id;

function wrap(socket: WebSocket, line: Socket, { validator, timeoutMs }: SocketOptions): KitSocket {
  const frames: ServerFrame[] = [];
  const mistakes: string[] = [];
  const waiting = new Set<() => void>();
  let code: number | null = null;
  let requests = 0;
  const wake = (): void => [...waiting].forEach((look) => look());

  socket.on('message', (data, binary) => {
    const read = binary ? null : validator.frame('server', String(data));
    if (read?.ok) frames.push(read.frame as ServerFrame);
    else mistakes.push(read ? `${read.t ?? 'a frame'}: ${read.refusal.code} ${read.refusal.errors.map(({ pointer, code: mistake }) => `${pointer} ${mistake}`).slice(0, 3).join(', ')}` : 'a binary message');
    wake();
  });
  socket.once('close', (closeCode) => {
    code = closeCode;
    wake();
  });

  const until = <T>(look: () => T | undefined, what: string): Promise<T> => new Promise((resolve, reject) => {
    const finish = (settle: () => void): void => {
      clearTimeout(timer);
      waiting.delete(tick);
      settle();
    };
    const tick = (): void => {
      const found = look();
      if (found !== undefined) finish(() => resolve(found));
    };
    const timer = setTimeout(() => finish(() => reject(new Failed(`waited ${timeoutMs} ms for ${what}${code === null ? '' : `; closed with ${code}`}${mistakes.length > 0 ? `; ${mistakes[0]}` : ''}`))), timeoutMs);
    waiting.add(tick);
    tick();
  });

  const own: KitSocket = {
    frames,
    send: (frame) => socket.send(JSON.stringify(frame)),
    sendRaw: (data) => socket.send(data),
    next: (t, test = () => true, from = 0) => until(() => frames.slice(from).find((frame): frame is Of<typeof t> => frame.t === t && test(frame as Of<typeof t>)), `\`${t}\``),
    reply: (id) => until(() => frames.find(isReply(id)), `the reply to request ${id}`),
    admission: () => until(() => frames.find(isReply(1)) ?? frames.find((frame): frame is Of<'bye'> => frame.t === 'bye' && frame.d.code === 1013), 'the reply to `hello`'),
    greeting: ({ accessToken, deviceId, resume = [], v = ['1'], caps = ['batch'] }) => ({
      t: 'hello', id: ++requests,
      d: { v: [...v], caps: [...caps], token: accessToken, deviceId, tabId: 't_kit', client: { name: 'conformance', version: '1' }, resume: [...resume] },
    }),
    async hello(who) {
      const frame = own.greeting(who);
      own.send(frame);
      const reply = await own.reply(1);
      expect(reply.t === 'welcome', `hello was answered by \`${reply.t}\`${reply.t === 'err' ? ` ${reply.d.code}` : ''}`);
      return reply.d;
    },
    closed: () => until(() => (code === null ? undefined : { code }), 'the connection to be closed'),
    close: () => socket.terminate(),
    line,
    verify() {
      if (mistakes.length > 0) throw new Failed(`a frame is not what its schema says: ${mistakes[0]}`);
    },
  };
  return own;
}
