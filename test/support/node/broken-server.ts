/**
 * A small backend of one stream, as somebody might write it in an afternoon: `node broken-server.js DATA_DIR '{"defect": …}'`. With the defect `none` it keeps the rules;
 * each other one is a mistake that real backends make. Prints its address and process id as one line. For the checker only: it knows nobody and refuses nothing.
 */
import { openSync, readFileSync, writeSync } from 'node:fs';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { WebSocketServer, type WebSocket } from 'ws';
import type { ClientFrame, SubmitEvent, SubmitResult, WireEvent } from '../../../src/protocol/types.js';

/** The mistakes. */
export const defects = ['ack-before-commit', 'no-dedupe', 'replay-then-subscribe', 'live-only', 'dedupe-in-memory'] as const;
export type Defect = (typeof defects)[number] | 'none';

/** The only stream there is, and its epoch. */
export const brokenStream = { stream: 'c_1', epoch: 'k1' } as const;

interface Follower {
  readonly socket: WebSocket;
  readonly device: string;
  /** What was sent; where the server counts. */
  seq: number;
  /** Told of what comes; where it does not. */
  live: boolean;
}

const file = (dataDir: string): string => join(dataDir, 'log.jsonl');

/** What is on the disk; a torn last line is none. */
const load = (dataDir: string): WireEvent[] => {
  let text = '';
  try {
    text = readFileSync(file(dataDir), 'utf8');
  } catch {
    // The first start.
  }
  return text.split('\n').slice(0, -1).map((line) => JSON.parse(line) as WireEvent);
};

const wait = (delayMs: number): Promise<void> => new Promise((resolve) => {
  setTimeout(resolve, delayMs);
});

class Backend {
  readonly #log: WireEvent[];
  readonly #out: number;
  readonly #known = new Map<string, SubmitResult>();
  readonly #followers = new Set<Follower>();
  readonly #defect: Defect;

  constructor(dataDir: string, defect: Defect) {
    this.#defect = defect;
    this.#log = load(dataDir);
    this.#out = openSync(file(dataDir), 'a');
    if (defect !== 'dedupe-in-memory') for (const event of this.#log) this.#known.set(`${event.dev} ${event.cmid}`, this.#result(event));
  }

  #result = ({ stream, epoch, seq, id, at, cmid }: WireEvent): SubmitResult => ({ stream, epoch, seq, eventId: id, at, cmid: cmid ?? '' });

  submit(dev: string, cmid: string, ev: SubmitEvent): SubmitResult {
    const key = `${dev} ${cmid}`;
    const known = this.#known.get(key);
    if (known && this.#defect !== 'no-dedupe') return { ...known, dup: true };
    const seq = this.#log.length + 1;
    const event = { ...brokenStream, seq, id: `e_${seq}_${Math.random().toString(36).slice(2, 8)}`, kind: 'message', at: Date.now(), by: { id: dev, role: 'visitor' }, d: { parts: (ev as { readonly parts: unknown }).parts }, cmid, dev } as unknown as WireEvent;
    const commit = (): void => void writeSync(this.#out, `${JSON.stringify(event)}\n`);
    if (this.#defect === 'ack-before-commit') setTimeout(commit, 80);
    else commit();
    this.#log.push(event);
    const result = this.#result(event);
    this.#known.set(key, result);
    this.#publish(event);
    return result;
  }

  #send({ socket, device }: Follower, event: WireEvent): void {
    const { cmid, dev, ...rest } = event;
    socket.send(JSON.stringify({ t: 'event', d: { ...rest, ...(dev === device && { cmid, dev }) } }));
  }

  /** From a cursor there is one way for live, replay and resume. */
  #pump(follower: Follower): void {
    for (; follower.seq < this.#log.length; follower.seq++) this.#send(follower, this.#log[follower.seq]!);
  }

  #publish(event: WireEvent): void {
    for (const follower of this.#followers) {
      if (this.#defect !== 'replay-then-subscribe' && this.#defect !== 'live-only') this.#pump(follower);
      else if (follower.live) this.#send(follower, event);
    }
  }

  async #follow(follower: Follower, from: number): Promise<void> {
    follower.seq = from;
    this.#followers.add(follower);
    if (this.#defect === 'live-only') follower.live = true;
    else if (this.#defect === 'replay-then-subscribe') {
      const missed = this.#log.slice(from);
      // Reading takes a while; what is said meanwhile is neither in what was read nor told.
      await wait(10);
      for (const event of missed) this.#send(follower, event);
      follower.live = true;
    } else this.#pump(follower);
  }

  accept(socket: WebSocket): void {
    const follower: Follower = { socket, device: '', seq: 0, live: false };
    const pings = setInterval(() => socket.send('{"t":"ping","d":{"n":1}}'), 500);
    socket.on('error', () => {});
    socket.on('close', () => {
      clearInterval(pings);
      this.#followers.delete(follower);
    });
    socket.on('message', (data) => {
      const frame = JSON.parse(String(data)) as ClientFrame;
      const reply = (t: string, d: unknown): void => socket.send(JSON.stringify({ t, re: 'id' in frame ? frame.id : undefined, d }));
      if (frame.t === 'hello') {
        Object.assign(follower, { device: frame.d.deviceId });
        reply('welcome', { v: '1', connId: 'n', caps: [], hb: { intervalMs: 500, graceMs: 500 }, streams: [] });
        void this.#follow(follower, frame.d.resume[0]?.seq ?? 0);
      } else if (frame.t === 'submit') reply('ok', this.submit(follower.device, frame.d.cmid, frame.d.ev));
      else if (frame.t === 'sync') {
        reply('ok', {});
        void this.#follow(follower, frame.d.seq);
      }
    });
  }

  async answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = new URL(request.url ?? '/', `http://${request.headers.host ?? 'localhost'}`);
    const send = (status: number, body: unknown): void => void response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
    if (url.pathname === '/.well-known/care-chat') return send(200, { rest: `${url.origin}/v1`, ws: `${url.origin.replace('http', 'ws')}/v1/ws` });
    const device = request.headers.authorization?.replace('Bearer ', '') ?? '';
    if (request.method === 'GET') {
      const events = this.#log.slice(Number(url.searchParams.get('after') ?? 0)).map(({ cmid, dev, ...rest }) => ({ ...rest, ...(dev === device && { cmid, dev }) }));
      return send(200, { ...brokenStream, head: this.#log.length, floor: 1, complete: true, events });
    }
    let body = '';
    for await (const chunk of request.setEncoding('utf8')) body += String(chunk);
    const { cmid, ev } = JSON.parse(body) as { readonly cmid: string; readonly ev: SubmitEvent };
    send(201, this.submit(device, cmid, ev));
  }
}

const [, own, dataDir, options = '{}'] = process.argv;
// Also imported for its names.
if (own?.endsWith('broken-server.js') && dataDir !== undefined) {
  const { defect = 'none' } = JSON.parse(options) as { readonly defect?: Defect };
  const backend = new Backend(dataDir, defect);
  const server = createServer((request, response) => {
    backend.answer(request, response).catch(() => response.destroy());
  });
  const sockets = new WebSocketServer({ server, handleProtocols: (offered) => [...offered][0] ?? false });
  sockets.on('connection', (socket) => backend.accept(socket));
  server.listen(0, '127.0.0.1', () => process.stdout.write(`http://127.0.0.1:${(server.address() as AddressInfo).port} ${process.pid}\n`));
}
