import assert from 'node:assert/strict';
import { describe, it, type TestContext } from 'node:test';
import { createServer, request as httpRequest, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { WebSocket, WebSocketServer } from 'ws';
import { createAdapter } from '../../src/conformance/adapter.js';
import { createStaff } from '../../src/conformance/adapters/staff.js';
import type { Level } from '../../src/conformance/case.js';
import { runConformance } from '../../src/conformance/main.js';
import type { ConformanceReport } from '../../src/conformance/report.js';
import { systemClock } from '../../src/server/clock.js';
import { openServer, plainConfig } from '../support/node/test-server.js';

/** A frame on its way to the client: what goes out instead. `cut` closes without a word. */
type Frames = (frame: { readonly t: string; readonly d: Record<string, unknown> }, cut: () => void) => readonly unknown[];

interface Exchange {
  readonly method: string;
  readonly path: string;
  readonly request: string;
  readonly status: number;
  readonly headers: IncomingMessage['headers'];
  readonly body: string;
}

type Frame = Parameters<Frames>[0];

/** What a defect may change: the request on its way in, the answer on its way out; and whom it lets in. */
interface Defect {
  readonly inward?: (method: string, path: string, body: string) => string;
  /** Frames on their way out, and in, of one connection; what goes in may take its time. */
  readonly frames?: () => Frames;
  readonly framesIn?: () => (frame: Frame) => Promise<readonly unknown[]>;
  /** Before an upgrade is answered: false refuses it. `open`: connections that there are; `broken`: how many ended without a close. */
  readonly admits?: (state: { readonly open: number; readonly broken: number }) => boolean;
  /** Bytes of a connection as they come; false ends it. */
  readonly bears?: (chunk: Buffer) => boolean;
  /** Bytes of a connection as they come; false: nobody hears them. */
  readonly hears?: (chunk: Buffer) => boolean;
  /** Whether a frame is kept for a client that has so many bytes still to take. */
  readonly keeps?: (waitingBytes: number) => boolean;
  readonly outward?: (exchange: Exchange) => Partial<Pick<Exchange, 'status' | 'headers' | 'body'>>;
}

const read = async (stream: IncomingMessage): Promise<string> => {
  let text = '';
  for await (const chunk of stream.setEncoding('utf8')) text += String(chunk);
  return text;
};

/** Joins two sockets, with what a defect makes of the frames on their ways. */
function relay(client: WebSocket, server: WebSocket, { frames = () => (frame) => [frame], framesIn, keeps = () => true }: Defect): void {
  const [out, into] = [frames(), framesIn?.()];
  let before = Promise.resolve();
  client.on('message', (data, binary) => {
    if (!into || binary) return server.send(data, { binary });
    before = before.then(async () => {
      for (const frame of await into(JSON.parse(String(data)) as Frame)) server.send(JSON.stringify(frame));
    });
  });
  // A close follows.
  client.on('error', () => {});
  client.on('close', () => server.terminate());
  server.on('message', (data) => {
    for (const frame of out(JSON.parse(String(data)) as Frame, () => client.terminate())) if (keeps(client.bufferedAmount)) client.send(JSON.stringify(frame));
  });
  server.on('close', (code) => client.close(code === 1005 || code === 1006 ? 1000 : code));
}

/** The reference backend behind a proxy that breaks one rule: a backend as a vendor might have written it. */
async function openBroken(t: TestContext, defect: Defect, limits: Readonly<Record<string, number>> = {}): Promise<{ readonly url: string; readonly behind: string }> {
  const { inward = (_method, _path, body) => body, outward = () => ({}), admits = () => true, bears = () => true, hears = () => true } = defect;
  const { url, port } = await openServer(t, { file: { ...plainConfig, limits: { ...plainConfig.limits, submitPerMin: 1000, ...limits } }, clock: { ...systemClock, now: () => Date.now() + clockOffMs } });
  clockOffMs = 0;
  let broken = 0;
  const answer = async (incoming: IncomingMessage, response: ServerResponse): Promise<void> => {
    const [method, path] = [incoming.method ?? 'GET', incoming.url ?? '/'];
    const request = await read(incoming);
    const sent = inward(method, path, request);
    const { 'content-length': _length, host: _host, ...headers } = incoming.headers;
    const upstream = await new Promise<IncomingMessage>((resolve, reject) => {
      const onward = httpRequest({ port, host: '127.0.0.1', method, path, headers: { ...headers, host: `localhost:${port}`, ...(sent !== '' && { 'content-length': Buffer.byteLength(sent) }) } }, resolve);
      onward.on('error', reject);
      onward.end(sent);
    });
    if (upstream.headers['content-type']?.startsWith('text/event-stream')) {
      response.writeHead(upstream.statusCode ?? 0, upstream.headers);
      response.on('close', () => upstream.destroy());
      upstream.pipe(response);
      return;
    }
    const exchange: Exchange = { method, path, request, status: upstream.statusCode ?? 0, headers: upstream.headers, body: await read(upstream) };
    const changed = { ...exchange, ...outward(exchange) };
    const { 'content-length': _old, 'transfer-encoding': _encoding, ...kept } = changed.headers;
    const own = `127.0.0.1:${(proxy.address() as AddressInfo).port}`;
    response.writeHead(changed.status, kept).end(changed.body.replaceAll(`"${url}/v1"`, `"http://${own}/v1"`).replaceAll(`"${url.replace('http', 'ws')}/v1/ws"`, `"ws://${own}/v1/ws"`));
  };
  const proxy = createServer((incoming, response) => {
    answer(incoming, response).catch(() => response.destroy());
  });
  const sockets = new WebSocketServer({ noServer: true, handleProtocols: (offered) => [...offered][0] ?? false });
  proxy.on('upgrade', (incoming, socket, head) => {
    socket.on('error', () => {});
    if (!admits({ open: sockets.clients.size, broken })) return socket.end('HTTP/1.1 503 Refused\r\nconnection: close\r\n\r\n');
    const emit = socket.emit.bind(socket);
    socket.emit = (name: string, ...values: unknown[]) => (name === 'data' && !hears(values[0] as Buffer)) || emit(name, ...values);
    socket.on('data', (chunk: Buffer) => bears(chunk) || socket.destroy());
    const server = new WebSocket(`${url.replace('http', 'ws')}${incoming.url ?? ''}`, incoming.headers['sec-websocket-protocol'], { ...(incoming.headers.origin && { origin: incoming.headers.origin }) });
    server.once('open', () => sockets.handleUpgrade(incoming, socket, head, (client) => {
      relay(client, server, defect);
      client.on('close', (code) => (broken += code === 1006 ? 1 : 0));
    }));
    server.once('unexpected-response', (_request, refusal) => {
      socket.end(`HTTP/1.1 ${refusal.statusCode ?? 500} Refused\r\nconnection: close\r\n\r\n`);
      server.terminate();
    });
    server.on('error', () => {});
  });
  await new Promise<void>((resolve) => {
    proxy.listen(0, '127.0.0.1', resolve);
  });
  t.after(() => new Promise<void>((resolve) => {
    proxy.close(() => resolve());
    for (const client of sockets.clients) client.terminate();
    proxy.closeAllConnections();
  }));
  return { url: `http://127.0.0.1:${(proxy.address() as AddressInfo).port}`, behind: url };
}

/** How far the server's clock is off. */
let clockOffMs = 0;

/** What a vendor's adapter does: staff by the desk of the server behind, and its clock. */
function adapterFor(t: TestContext, behind: string): Readonly<Record<string, unknown>> {
  const { leave, ...staff } = createStaff({ url: behind, email: 'ben@clinic.test', password: 'correct-horse' });
  t.after(leave);
  return {
    ...staff,
    now: ({ offsetMs }: { readonly offsetMs: number }) => (clockOffMs = offsetMs),
    expireTokens: () => (clockOffMs = 3_600_000),
    memory: () => ({ bytes: process.memoryUsage().rss }),
  };
}

const pause = (delayMs: number): Promise<void> => new Promise((resolve) => {
  setTimeout(resolve, delayMs);
});
const isEvent = ({ t }: Frame): boolean => t === 'event' || t === 'events';
/** Events of a frame changed one by one; null: it is left out. */
const eachEvent = ({ t, d }: Frame, edit: (event: Record<string, unknown>) => Record<string, unknown> | null): readonly unknown[] => {
  const list = (t === 'event' ? [d] : d['list'] as readonly Record<string, unknown>[]).map(edit).filter((event) => event !== null);
  return list.length === 0 ? [] : t === 'event' ? [{ t, d: list[0] }] : [{ t, d: { ...d, list } }];
};
/** Where keys live only as long as a connection, the same cmid is another one on the next. Not seen from outside: the old one is told. */
const inKey = (text: string, connection: number): string => text.replaceAll(/"cmid":"(msg-[^"]+)"/g, `"cmid":"$1_of_${connection}"`);
const ofKey = (text: string): string => text.replaceAll(/(msg-[a-z0-9]+)_of_\d+/g, '$1');
let connections = 0;
/** Now and then an event once more: each whose number 7 divides, of those that a connection is told again, or of those that are new to it. */
const doubling = (of: 'old' | 'new'): Defect => ({
  frames: () => {
    const heads = new Map<unknown, number>();
    return (frame) => {
      if (frame.t === 'welcome') for (const { stream, head } of frame.d['streams'] as readonly { readonly stream: string; readonly head: number }[]) heads.set(stream, head);
      if (!isEvent(frame)) return [frame];
      const isDoubled = ({ stream, seq }: Record<string, unknown>): boolean => Number(seq) % 7 === 0 && (Number(seq) <= (heads.get(stream) ?? 0) ? 'old' : 'new') === of;
      return [frame, ...eachEvent(frame, (event) => (isDoubled(event) ? event : null))];
    };
  },
});

let fresh = 0;
const isSubmit = (method: string, path: string): boolean => method === 'POST' && path.endsWith('/events');
const change = (body: string, edit: (value: Record<string, unknown>) => Record<string, unknown>): string => JSON.stringify(edit(JSON.parse(body) as Record<string, unknown>));

interface Broken {
  readonly defect: Defect;
  /** Clauses, or ids of cases. */
  readonly caught: readonly string[];
  readonly limits?: Readonly<Record<string, number>>;
  /** What each of these cases must say. */
  readonly because?: RegExp;
  /** At which the kit must catch it. Default: all of these. */
  readonly levels?: readonly Level[];
  /** Longest wait for an answer. Default 500. */
  readonly timeoutMs?: number;
  /** One of the cases waits for a time-out. */
  readonly slow?: boolean;
  /** Operations that do not do what they say. */
  readonly adapter?: Readonly<Record<string, unknown>>;
}

const defects: Readonly<Record<string, Broken>> = {
  'acknowledges without remembering the cmid': {
    defect: { inward: (method, path, body) => (isSubmit(method, path) && body.startsWith('{') ? change(body, (value) => ({ ...value, cmid: `${String(value['cmid']).slice(0, 20)}${++fresh}` })) : body) },
    caught: ['S-5.4', 'S-5.5', 'S-5.2/a-cmid-of-8-to-64-letters-digits-and-is-taken-another-is-refused'],
  },
  'says ok to everything it cannot store': {
    defect: { outward: ({ method, path, status }) => (isSubmit(method, path) && status >= 400 ? { status: 201, body: '{"ok":true}' } : {}) },
    caught: ['S-5.5', 'S-5.10', 'S-9.3'],
  },
  'leaves a hole in the log': {
    defect: { outward: ({ method, path, status, body }) => (method === 'GET' && path.includes('/events?after=0') && status === 200 ? { body: change(body, (page) => ({ ...page, events: (page['events'] as readonly unknown[]).slice(1) })) } : {}) },
    caught: ['S-4.2'],
  },
  'never rotates the refresh token': {
    defect: { outward: ({ path, status, body, request }) => (path.endsWith('/sessions/refresh') && status === 200 ? { body: change(body, (session) => ({ ...session, refreshToken: (JSON.parse(request) as { readonly refreshToken: string }).refreshToken })) } : {}) },
    caught: ['S-6.2'],
  },
  'answers refusals as plain text': {
    defect: { outward: ({ status }) => (status >= 400 ? { headers: { 'content-type': 'text/plain' }, body: 'Sorry' } : {}) },
    caught: ['S-3.2', 'S-6.4', 'S-9.5'],
  },
  'allows every origin': {
    defect: { outward: ({ path, method, status }) => (method === 'POST' && path === '/v1/sessions' && status === 403 ? { status: 201, headers: { 'access-control-allow-origin': '*' }, body: '{}' } : {}) },
    caught: ['S-6.6'],
  },
  'closes without bye': {
    defect: { frames: () => (frame) => (frame.t === 'bye' ? [] : [frame]) },
    caught: ['S-8.2', 'S-8.4', 'S-10.5', 'S-6.3'],
  },
  'loses events while somebody resumes': {
    defect: { frames: () => {
      let seen = 0;
      return (frame) => (frame.t === 'events' || frame.t === 'event' ? (++seen === 1 ? [] : [frame]) : [frame]);
    } },
    caught: ['S-8.5', 'S-8.7', 'S-8.7/cut-again-and-again-while-resuming-everything-comes-once-and-in-order'],
  },
  'sends events twice': {
    defect: { frames: () => (frame) => (frame.t === 'events' || frame.t === 'event' ? [frame, frame] : [frame]) },
    caught: ['S-8.7'],
  },
  'sends each seventh event twice as it happens': {
    defect: doubling('new'),
    because: /numbers of the events: expected \[.*6,7,8,.*got \[.*6,7,7,8,/,
    caught: ['S-8.7/one-after-the-other-as-they-are-said-many-events-come-once-each-and-in-order'],
    levels: ['core'],
  },
  'sends each seventh event twice to who resumes': {
    defect: doubling('old'),
    because: /numbers of the events: expected \[.*6,7,8,.*got \[/,
    caught: ['S-8.7/resumed-from-far-behind-many-events-come-once-each-and-in-order-and-so-does-the-next'],
    levels: ['core'],
  },
  'resumes where it should reset': {
    defect: { frames: () => (frame) => (frame.t === 'reset' ? [] : frame.t === 'welcome' ? [{ ...frame, d: { ...frame.d, streams: (frame.d['streams'] as readonly object[]).map((start) => ({ ...start, mode: 'resume' })) } }] : [frame]) },
    caught: ['S-8.5', 'S-8.5/further-behind-than-the-limit-is-a-reset'],
    limits: { resumeMax: 20 },
  },
  'hangs up on a frame it does not know': {
    defect: { frames: () => (frame, cut) => {
      if (frame.t !== 'err' || frame.d['code'] !== 'unknown-frame') return [frame];
      cut();
      return [];
    } },
    caught: ['S-10.4'],
  },
  'sends frames of another shape': {
    defect: { frames: () => (frame) => (frame.t === 'ok' ? [{ ...frame, re: 'two' }] : [frame]) },
    caught: ['S-5.1', 'S-5.6', 'S-8.6'],
  },
  'sets a cookie': {
    defect: { outward: ({ headers }) => ({ headers: { ...headers, 'set-cookie': ['session=1'] } }) },
    caught: ['S-6.4'],
  },
  'keeps the keys of a connection only': {
    defect: {
      framesIn: () => {
        const own = ++connections;
        return (frame) => Promise.resolve([JSON.parse(inKey(JSON.stringify(frame), own))]);
      },
      frames: () => (frame) => [JSON.parse(ofKey(JSON.stringify(frame)))],
      outward: ({ body }) => ({ body: ofKey(body) }),
    },
    because: /events with this cmid: expected \[\[5,.*got \[\[4,/,
    caught: [
      'S-5.2/cut-when-the-submit-has-left-it-is-one-event-when-it-is-sent-again', 'S-5.4/cut-when-the-acknowledgement-was-lost-it-is-one-event-when-it-is-sent-again',
      'S-5.6/cut-behind-the-acknowledgement-the-event-is-there-when-one-resumes', 'S-8.7/on-a-line-that-swallows-what-comes-nothing-is-missing-on-the-next',
      'S-5.2/on-a-line-of-which-one-side-was-ended-it-is-one-event-when-it-is-sent-again',
    ],
  },
  ...Object.fromEntries(([['torn', 'cut-in-the-middle-of-a-frame'], ['reset', 'on-a-line-that-was-reset']] as const).map(([how, name]) => [`lets nobody in again whose line broke (${how})`, {
    defect: { admits: ({ broken }) => broken === 0 },
    because: /the upgrade was refused with 503; read/,
    caught: [`S-5.2/${name}-it-is-one-event-when-it-is-sent-again`],
  } satisfies Broken])),
  ...Object.fromEntries(['S-5.2/on-a-line-that-swallows-what-is-sent-it-is-one-event-when-it-is-sent-again', 'S-8.7/two-connections-of-one-device-of-which-one-is-dead-both-have-everything-once'].map((id) => [`lets nobody in while it takes an older connection for open (${id.slice(0, 5)})`, {
    defect: { admits: ({ open }) => open === 0 },
    because: /the upgrade was refused with 503; read/,
    caught: [id],
  } satisfies Broken])),
  'hangs up on who sends slowly': {
    defect: { bears: ({ length }) => length > 100 },
    because: /the reply to request [23]; closed with 1006/,
    caught: ['S-8.1/a-frame-one-byte-at-a-time-is-a-frame', 'S-8.1/a-frame-at-1-kb-a-second-and-seconds-apart-is-a-frame'],
    slow: true,
  },
  'passes over what is no whole frame of a text': {
    defect: { hears: ([first = 0, second = 0]) => first === 0x81 && second >= 0x80 },
    because: /waited 500 ms for (the connection to be closed|`pong`)/,
    caught: [
      ...['a-message-in-three-fragments', 'a-ping-of-the-websocket-between-two-fragments', 'a-message-whose-first-fragment-is-empty', 'a-pong-of-the-websocket-that-nobody-asked-for'].map((name) => `S-8.1/${name}-is-taken`),
      ...['a-frame-without-a-mask', 'a-reserved-bit', 'an-unknown-opcode', 'a-ping-in-fragments', 'a-ping-of-126-bytes', 'a-continuation-of-nothing', 'a-message-inside-another', 'a-close-with-half-a-code'].map((name) => `S-8.1/${name}-ends-the-connection-and-no-other`),
    ],
  },
  'reads one frame of what comes together, and short ones only': {
    defect: { hears: (chunk) => chunk.length > 250 || chunk.length < 125 && (chunk[1]! & 0x7f) + 6 === chunk.length },
    because: /waited 500 ms for `pong`/,
    caught: ['two-messages-in-one-segment', 'a-message-of-125-bytes', 'a-message-of-126-bytes'].map((name) => `S-8.1/${name}-is-taken`),
  },
  'reads what is no UTF-8': {
    defect: { hears: (chunk) => chunk.length !== 10 },
    because: /waited 500 ms for the connection to be closed/,
    caught: ['S-8.1/a-text-that-is-no-utf-8-ends-the-connection-and-no-other'],
  },
  'answers nobody when many come': {
    defect: { framesIn: () => {
      const isOneTooMany = ++connections > 50;
      return (frame) => Promise.resolve(isOneTooMany ? [] : [frame]);
    } },
    because: /waited \d+ ms for the reply to `hello`/,
    timeoutMs: 1000,
    caught: ['S-8.3/a-storm-of-connections-is-answered-each-with-a-welcome-or-a-refusal'],
  },
  'lets everybody write as fast as they can': {
    defect: { outward: ({ path, body }) => (path.startsWith('/.well-known/') ? { body: change(body, (found) => ({ ...found, limits: { ...found['limits'] as object, submitPerMin: 40 } })) } : {}) },
    because: /messages at once were all taken/,
    caught: ['S-8.17/who-is-too-fast-is-told-how-long-to-wait-and-the-order-stays', 'S-8.17/a-rate-that-was-set-is-kept-told-and-over-when-it-is-taken-back'],
    adapter: { setRate: () => {} },
  },
  'refuses who is too fast without a time': {
    defect: { frames: () => ({ t, d: { retryAfterMs, ...d }, ...frame }) => [{ ...frame, t, d: { ...d, ...(t !== 'err' && retryAfterMs !== undefined && { retryAfterMs }) } }] },
    because: /`retryAfterMs` is missing/,
    caught: ['S-8.17/who-is-too-fast-is-told-how-long-to-wait-and-the-order-stays'],
    limits: { submitPerMin: 40 },
  },
  'does everything in turn, typing too': {
    defect: { framesIn: () => async (frame) => {
      if (frame.t === 'typing') await pause(8);
      return [frame];
    } },
    because: /a message took \d+ ms behind a flood of typing/,
    timeoutMs: 5000,
    caught: ['S-8.11/a-flood-of-typing-delays-no-message'],
  },
  'keeps everything for who reads nothing': {
    defect: {},
    because: /memory grew by \d+ MB/,
    timeoutMs: 5000,
    caught: ['S-8.16/readers-that-stall-cost-no-memory-for-what-they-do-not-take'],
  },
  'forgets what a reader did not take': {
    defect: { keeps: (waitingBytes) => waitingBytes < 100_000 },
    because: /waited \d+ ms for `event|after \d+ came \d+/,
    timeoutMs: 2000,
    caught: ['S-8.16/a-reader-that-stalls-is-let-go-and-gets-everything-when-it-comes-back'],
    slow: true,
  },
  'takes what is sent with a token that has ended': {
    defect: {},
    because: /was not refused with `token-expired`/,
    caught: ['S-8.8/a-token-that-has-ended-refuses-a-submit-that-may-be-tried-again'],
    adapter: { expireTokens: () => {} },
  },
  'takes what is older by its clock for told': {
    defect: { frames: () => {
      let newest = Date.now() - 60_000;
      return (frame) => (isEvent(frame) ? eachEvent(frame, (event) => {
        if (Number(event['at']) < newest) return null;
        newest = Number(event['at']);
        return event;
      }) : [frame]);
    } },
    because: /waited \d+ ms for `event`/,
    caught: ['S-4.2/a-clock-that-jumps-back-changes-no-order'],
  },
  'tells visitors the keys of staff': {
    defect: { frames: () => (frame) => (isEvent(frame) ? eachEvent(frame, (event) => ({ cmid: 'the-key-of-staff', dev: 'd_desk', ...event })) : [frame]) },
    because: /got \["agent","the-key-of-staff","d_desk"\]/,
    caught: ['S-4.7/what-staff-writes-comes-with-its-author-and-without-cmid-or-device'],
  },
  'tells of messages only': {
    defect: { frames: () => (frame) => (isEvent(frame) ? eachEvent(frame, (event) => (event['kind'] === 'message' ? event : null)) : [frame]) },
    because: /waited \d+ ms for `event`/,
    caught: ['S-4.14/that-staff-takes-and-returns-a-conversation-is-told-by-events', 'S-5.10/a-conversation-that-staff-has-ended-takes-no-message-and-another-can-be-opened'],
  },
  'keeps what it knows of staff to itself': {
    defect: { frames: () => (frame) => (frame.t === 'typing' || frame.t === 'presence' ? [] : [frame]) },
    because: /waited \d+ ms for `(typing|presence)`/,
    caught: ['S-8.11/that-staff-types-is-told-and-leaves-nothing-in-the-log', 'S-8.12/that-staff-comes-and-goes-is-told-as-presence-each-time-with-a-larger-v'],
  },
};

const failing = ({ cases }: ConformanceReport): ReadonlySet<string> => new Set(cases.filter(({ outcome }) => outcome === 'fail').flatMap(({ id, clause }) => [id, clause]));
const everyLevel = ['core', 'auth', 'chaos'] as const;

describe('the kit against a backend', () => {
  it('that breaks nothing, behind the same proxy: passes', async (t) => {
    const { url, behind } = await openBroken(t, {}, { resumeMax: 100, submitPerMin: 250 });
    const { memory: _memory, ...adapter } = adapterFor(t, behind);
    const report = await runConformance({ url, widget: 'main', levels: everyLevel, seed: 7, quick: true, connections: 100, adapter: createAdapter(adapter) });
    assert.deepEqual([...failing(report)], []);
  });

  for (const [name, { defect, caught, limits, because, timeoutMs = 500, slow = false, levels = everyLevel, adapter = {} }] of Object.entries(defects)) {
    it(`that ${name}: catches it`, async (t) => {
      connections = 0;
      const { url, behind } = await openBroken(t, defect, limits);
      const report = await runConformance({ url, widget: 'main', levels, seed: 7, quick: !slow, timeoutMs, connections: 100, stallMs: 1000, only: caught.join(','), adapter: createAdapter({ ...adapterFor(t, behind), ...adapter }) });
      assert.equal(report.exitCode, 1);
      const found = failing(report);
      for (const wanted of caught) assert(found.has(wanted), `${wanted} was not among ${[...found].join(', ')}`);
      if (because) for (const { id, detail } of report.cases) if (caught.includes(id)) assert.match(detail ?? '', because);
    });
  }
});
