/** The fault proxy: every match point and every action, against a small server that records what reaches it. */
import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer, type IncomingMessage } from 'node:http';
import { connect, type AddressInfo, type Socket } from 'node:net';
import { describe, it, type TestContext } from 'node:test';
import { WebSocket, WebSocketServer } from 'ws';
import { startFaultProxy, type FaultProxy } from '../../src/conformance/proxy/fault-proxy.js';
import { RuleError, type Rule } from '../../src/conformance/proxy/rules.js';
import { openServer, plainConfig } from '../support/node/test-server.js';

interface Origin {
  readonly url: string;
  /** Requests that arrived whole: method, path, body. */
  readonly requests: string[];
  /** Messages that arrived on sockets. */
  readonly frames: string[];
  readonly sockets: Set<WebSocket>;
  /** Requests whose body ended too early. */
  torn: number;
  /** Sizes of what single reads of a connection gave. */
  readonly reads: number[];
  /** How connections of sockets ended. */
  readonly closes: number[];
}

/** Echoes frames as they are; answers requests with what they asked. */
async function openOrigin(t: TestContext): Promise<Origin> {
  const server = createServer((incoming, response) => {
    let body = '';
    incoming.setEncoding('utf8').on('data', (chunk: string) => (body += chunk));
    incoming.on('error', () => origin.torn++);
    incoming.on('end', () => {
      if (!incoming.complete) return;
      origin.requests.push(`${incoming.method} ${incoming.url} ${body}`);
      if (incoming.url === '/stream') {
        response.writeHead(200, { 'content-type': 'text/event-stream' });
        response.write('data: 1\n\n');
        setTimeout(() => response.end('data: 2\n\n'), 150);
        return;
      }
      response.writeHead(201, { 'content-type': 'application/json', 'x-seen': String(incoming.headers['x-sent'] ?? ''), 'set-cookie': ['a=1', 'b=2'] });
      response.end(JSON.stringify({ path: incoming.url, body }));
    });
  });
  const upgrades = new WebSocketServer({ noServer: true, handleProtocols: (offered) => [...offered][0] ?? false });
  server.on('connection', (socket) => socket.on('data', (chunk: Buffer) => origin.reads.push(chunk.length)));
  server.on('upgrade', (incoming, socket, head) => {
    if (incoming.url === '/denied') {
      socket.end('HTTP/1.1 403 Forbidden\r\ncontent-type: application/problem+json\r\ncontent-length: 2\r\nconnection: close\r\n\r\n{}');
      return;
    }
    upgrades.handleUpgrade(incoming, socket, head, (client) => {
      origin.sockets.add(client);
      client.on('message', (data, binary) => {
        origin.frames.push(binary ? 'binary' : String(data));
        client.send(data, { binary });
      });
      client.on('close', (code) => origin.closes.push(code));
      client.on('error', () => {});
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  t.after(() => {
    for (const client of origin.sockets) client.terminate();
    server.close();
    server.closeAllConnections();
  });
  const origin: Origin = { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, requests: [], frames: [], sockets: new Set(), torn: 0, reads: [], closes: [] };
  return origin;
}

async function open(t: TestContext, rules: readonly Rule[] = []): Promise<{ readonly origin: Origin; readonly proxy: FaultProxy }> {
  const origin = await openOrigin(t);
  const proxy = await startFaultProxy({ target: origin.url, seed: 7, rules });
  t.after(() => proxy.close());
  return { origin, proxy };
}

interface Client {
  readonly raw: WebSocket;
  readonly got: string[];
  readonly closed: Promise<number>;
  send(frame: unknown): void;
  /** Resolves when so many messages are here. */
  has(count: number): Promise<readonly string[]>;
}

const socketOf = (raw: WebSocket): Socket => (raw as unknown as { readonly _socket: Socket })._socket;

async function dial({ url }: FaultProxy, path = '/ws'): Promise<Client> {
  const raw = new WebSocket(`${url.replace('http', 'ws')}${path}`, ['care-chat.v1']);
  const got: string[] = [];
  raw.on('error', () => {});
  raw.on('message', (data, binary) => {
    got.push(binary ? 'binary' : String(data));
    raw.emit('got');
  });
  const closed = once(raw, 'close').then(([code]) => code as number);
  await once(raw, 'open');
  return {
    raw, got, closed,
    send: (frame) => raw.send(typeof frame === 'string' ? frame : JSON.stringify(frame)),
    async has(count) {
      while (got.length < count) await once(raw, 'got');
      return got;
    },
  };
}

const until = async (holds: () => boolean, what: string): Promise<void> => {
  for (const end = Date.now() + 5000; !holds(); ) {
    assert.ok(Date.now() < end, `waited in vain for ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
};
const quiet = (delayMs = 150): Promise<void> => new Promise((resolve) => setTimeout(resolve, delayMs));
const texts = (client: Client): readonly string[] => client.got.map((text) => (JSON.parse(text) as { readonly t: string }).t);
const post = (proxy: FaultProxy, path = '/v1/x', body = '{"a":1}'): Promise<Response> => fetch(`${proxy.url}${path}`, { method: 'POST', body, headers: { 'content-type': 'application/json', 'x-sent': 'yes' } });

describe('the fault proxy without rules', () => {
  it('passes requests, answers and their headers as they are', async (t) => {
    const { origin, proxy } = await open(t);
    const answer = await post(proxy, '/v1/x?q=1');
    assert.equal(answer.status, 201);
    assert.equal(answer.headers.get('x-seen'), 'yes');
    assert.deepEqual(answer.headers.getSetCookie(), ['a=1', 'b=2']);
    assert.deepEqual(await answer.json(), { path: '/v1/x?q=1', body: '{"a":1}' });
    assert.deepEqual(origin.requests, ['POST /v1/x?q=1 {"a":1}']);
  });

  it('passes a stream as it comes, not when it is complete', async (t) => {
    const { proxy } = await open(t);
    const reader = (await fetch(`${proxy.url}/stream`)).body!.getReader();
    const began = Date.now();
    assert.equal(new TextDecoder().decode((await reader.read()).value), 'data: 1\n\n');
    assert.ok(Date.now() - began < 120, 'the first part came before the second was sent');
    assert.equal(new TextDecoder().decode((await reader.read()).value), 'data: 2\n\n');
    assert.equal((await reader.read()).done, true);
  });

  it('passes frames, binary messages, the subprotocol, and closes with their code, both ways', async (t) => {
    const { origin, proxy } = await open(t);
    const first = await dial(proxy);
    assert.equal(first.raw.protocol, 'care-chat.v1');
    first.send({ t: 'a' });
    first.raw.send(Buffer.from([1, 2]));
    assert.deepEqual(await first.has(2), ['{"t":"a"}', 'binary']);
    first.raw.close(4001, 'bye');
    await until(() => origin.closes.includes(4001), 'the close of the client');
    const second = await dial(proxy);
    for (const socket of origin.sockets) socket.close(4503, 'draining');
    assert.equal(await second.closed, 4503);
    const third = await dial(proxy);
    third.raw.terminate();
    await until(() => origin.closes.includes(1006), 'the end without a close');
  });

  it('passes a refused upgrade with its status', async (t) => {
    const { proxy } = await open(t);
    const raw = new WebSocket(`${proxy.url.replace('http', 'ws')}/denied`);
    raw.on('error', () => {});
    const [, answer] = (await once(raw, 'unexpected-response')) as [unknown, IncomingMessage];
    assert.equal(answer.statusCode, 403);
    assert.equal(answer.headers['content-type'], 'application/problem+json');
    raw.terminate();
  });

  it('leads discovery, REST and socket of a real backend through itself', async (t) => {
    const { url } = await openServer(t, { file: plainConfig });
    const proxy = await startFaultProxy({ target: url, seed: 1 });
    t.after(() => proxy.close());
    const discovery = (await (await fetch(`${proxy.url}/.well-known/care-chat`)).json()) as { readonly rest: string; readonly ws: string };
    assert.equal(discovery.rest, `${proxy.url}/v1`);
    assert.equal(discovery.ws, `${proxy.url.replace('http', 'ws')}/v1/ws`);
    const session = await fetch(`${discovery.rest}/sessions`, { method: 'POST', headers: { 'content-type': 'application/json' }, body: '{"widgetId":"main","deviceId":"d_proxy"}' });
    assert.equal(session.status, 201);
    const socket = new WebSocket(discovery.ws, 'care-chat.v1');
    await once(socket, 'open');
    socket.terminate();
  });

  it('sends REST and socket to other hosts where discovery names them', async (t) => {
    const [rest, ws] = [await openOrigin(t), await openOrigin(t)];
    const discovering = createServer((_incoming, response) => response.end(JSON.stringify({ rest: `${rest.url}/api`, ws: `${ws.url.replace('http', 'ws')}/live`, other: 'https://elsewhere.test/x' })));
    await new Promise<void>((resolve) => discovering.listen(0, '127.0.0.1', resolve));
    const proxy = await startFaultProxy({ target: `http://127.0.0.1:${(discovering.address() as AddressInfo).port}`, seed: 1 });
    t.after(async () => {
      await proxy.close();
      discovering.close();
    });
    const found = await (await fetch(`${proxy.url}/.well-known/care-chat`)).json();
    assert.deepEqual(found, { rest: `${proxy.url}/api`, ws: `${proxy.url.replace('http', 'ws')}/live`, other: 'https://elsewhere.test/x' });
    await post(proxy, '/api/x');
    assert.equal(rest.requests.length, 1);
    const client = await dial(proxy, '/live');
    client.send({ t: 'a' });
    await client.has(1);
    assert.equal(ws.frames.length, 1);
  });

  it('leads to another server after retarget, and ends connections when the server is gone', async (t) => {
    const { origin, proxy } = await open(t);
    const other = await openOrigin(t);
    await post(proxy);
    proxy.retarget(other.url);
    await post(proxy);
    assert.deepEqual([origin.requests.length, other.requests.length], [1, 1]);
    proxy.retarget('http://127.0.0.1:9');
    await assert.rejects(post(proxy));
    const raw = new WebSocket(proxy.url.replace('http', 'ws'));
    await once(raw, 'error');
  });

  it('keeps a log of types and times, and no content', async (t) => {
    const { proxy } = await open(t);
    const client = await dial(proxy);
    client.send({ t: 'submit', d: { text: 'my chest hurts' } });
    await client.has(1);
    await post(proxy, '/v1/x?token=secret', '{"text":"my chest hurts"}');
    const log = JSON.stringify(proxy.log);
    assert.deepEqual(proxy.log.map(({ on }) => on), ['ws-connect', 'frame-to-server', 'frame-to-client', 'http-request', 'http-response']);
    assert.deepEqual(proxy.log.map(({ connection }) => connection), [1, 1, 1, 2, 2]);
    assert.equal(proxy.log[1]?.t, 'submit');
    assert.ok(!/chest|secret/.test(log));
  });

  it('forgets the oldest of its log', async (t) => {
    const origin = await openOrigin(t);
    const proxy = await startFaultProxy({ target: origin.url, seed: 1, logLimit: 10 });
    t.after(() => proxy.close());
    const client = await dial(proxy);
    for (let n = 0; n < 30; n++) client.send({ t: `n${n}` });
    await client.has(30);
    assert.ok(proxy.log.length <= 20);
    assert.equal(proxy.log.at(-1)?.t, 'n29');
  });

  it('makes a fast sender wait for a reader that does not read', async (t) => {
    const { origin, proxy } = await open(t);
    const client = await dial(proxy);
    client.raw.pause();
    const [socket] = origin.sockets;
    const block = `{"t":"big","d":"${'x'.repeat(100_000)}"}`;
    for (let n = 0; n < 600; n++) socket!.send(block);
    await quiet(500);
    assert.ok(socket!.bufferedAmount > 10_000_000, 'most of it waits at the server');
    client.raw.resume();
    assert.equal((await client.has(600)).length, 600);
  });
});

describe('rules', () => {
  const message = { on: 'frame-to-client' } as const;
  const wrong: Readonly<Record<string, readonly [rule: unknown, says: RegExp]>> = {
    'no list': [undefined, /rules must be a list/],
    'an unknown match point': [[{ match: { on: 'ws-frame' }, action: { do: 'drop' } }], /rule 1, match: unknown match point "ws-frame"; there are ws-connect/],
    'an unknown action': [[{ match: message, action: { do: 'supress' } }], /rule 1, action: unknown action "supress"; there are refuse/],
    'a name of every object': [[{ match: message, action: { do: 'constructor' } }], /unknown action "constructor"/],
    'an unknown field of a rule': [[{ match: message, action: { do: 'drop' }, time: 1 }], /unknown field "time"/],
    'an unknown field of a match': [[{ match: { ...message, type: 'ok' }, action: { do: 'drop' } }], /rule 1, match frame-to-client: unknown field "type"; there are on, nth/],
    'a field of another match point': [[{ match: { on: 'http-request', t: 'ok' }, action: { do: 'delay', delayMs: 1 } }], /unknown field "t"/],
    'an unknown field of an action': [[{ match: message, action: { do: 'cut', kind: 'rst' } }], /rule 1, action cut: unknown field "kind"/],
    'an action that cannot act there': [[{ match: { on: 'http-request' }, action: { do: 'drop' } }], /"drop" cannot act on http-request/],
    'a missing field': [[{ match: message, action: { do: 'delay' } }], /"delayMs" is missing/],
    'nothing to inject': [[{ match: message, action: { do: 'inject' } }], /needs one of frame, text/],
    'a field that means nothing there': [[{ match: message, action: { do: 'replace', status: 500 } }], /"status" means nothing on frame-to-client/],
    'a wrong kind': [[{ match: { ...message, nth: 0 }, action: { do: 'drop' } }], /"nth" must be a whole number from 1/],
    'a wrong word': [[{ match: message, action: { do: 'cut', how: 'hard' } }], /"how" must be one of fin, rst/],
    'a pointer that is none': [[{ match: { ...message, where: { stream: 'x' } }, action: { do: 'drop' } }], /JSON pointer/],
    'a time without a time': [[{ match: { on: 'time' }, action: { do: 'cut' } }], /needs "afterMs" or "everyMs"/],
    'the second of two': [[{ match: message, action: { do: 'drop' } }, { match: message }], /rule 2: "action" must be an object/],
  };
  for (const [name, [rules, says]] of Object.entries(wrong)) {
    it(`refuses ${name}, and says so`, async (t) => {
      const { proxy } = await open(t, [{ name: 'old', match: message, action: { do: 'drop' } }]);
      assert.throws(() => proxy.use(rules as never), (error) => error instanceof RuleError && says.test(error.message));
      assert.deepEqual(proxy.unfired(), ['old'], 'the rules before are still there');
    });
  }

  it('tells which never fired, and how often the others did', async (t) => {
    const { proxy } = await open(t, [
      { name: 'twice', match: { on: 'frame-to-server', t: 'a' }, action: { do: 'drop' }, times: 2 },
      { match: { on: 'frame-to-server', t: 'never' }, action: { do: 'drop' } },
    ]);
    const client = await dial(proxy);
    for (const t of ['a', 'b', 'a', 'a']) client.send({ t });
    await client.has(2);
    assert.deepEqual(texts(client), ['b', 'a']);
    assert.deepEqual(proxy.fired(), [{ rule: 'twice', do: 'drop', count: 2 }, { rule: '2 frame-to-server drop', do: 'drop', count: 0 }]);
    assert.deepEqual(proxy.unfired(), ['2 frame-to-server drop']);
    assert.deepEqual(proxy.log.filter(({ rule }) => rule === 'twice').map(({ did }) => did), ['drop', 'drop']);
  });

  it('match by type, by several types, by what a frame has and says, and by number', async (t) => {
    const { proxy } = await open(t, [
      { match: { on: 'frame-to-server', t: ['x', 'y'] }, action: { do: 'drop' } },
      { match: { on: 'frame-to-server', has: '/d/cmid' }, action: { do: 'drop' } },
      { match: { on: 'frame-to-server', where: { '/d/stream': 'c_1', '/n': 2 } }, action: { do: 'drop' } },
      { match: { on: 'frame-to-server', t: 'third', nth: 3 }, action: { do: 'drop' } },
    ]);
    const client = await dial(proxy);
    const sent = [{ t: 'x' }, { t: 'y' }, { t: 'a', d: { cmid: 'q' } }, { t: 'b', d: { stream: 'c_1' }, n: 2 }, { t: 'c', d: { stream: 'c_1' }, n: 1 }, ...[1, 2, 3, 4].map((n) => ({ t: 'third', n })), { t: 'end' }];
    for (const frame of sent) client.send(frame);
    client.send('no json');
    await client.has(6);
    assert.deepEqual(client.got.slice(0, 5).map((text) => { const { t, n } = JSON.parse(text) as { t: string; n?: number }; return `${t}${n ?? ''}`; }), ['c1', 'third1', 'third2', 'third4', 'end']);
    assert.deepEqual(proxy.unfired(), []);
  });

  it('match by path, method and status, with * for any letters', async (t) => {
    const { proxy } = await open(t, [
      { match: { on: 'http-request', path: '/v1/streams/*/events', method: 'POST' }, action: { do: 'respond', status: 503 } },
      { match: { on: 'http-response', path: '/odd.path', status: 201 }, action: { do: 'respond', status: 418 } },
    ]);
    const status = async (path: string, method = 'POST'): Promise<number> => (await fetch(`${proxy.url}${path}`, { method })).status;
    assert.deepEqual([await status('/v1/streams/c_1/events?x=1'), await status('/v1/streams/c_1/events', 'GET'), await status('/v1/streams/c_1/receipt'), await status('/odd.path'), await status('/oddXpath')], [503, 201, 201, 418, 201]);
  });

  it('fire by chance as the seed says: the same seed meets the same faults', async (t) => {
    const origin = await openOrigin(t);
    const runs: string[] = [];
    for (const seed of [5, 5, 6]) {
      const proxy = await startFaultProxy({ target: origin.url, seed, rules: [{ match: { on: 'frame-to-server', t: 'n', probability: 0.5 }, action: { do: 'drop' } }] });
      const client = await dial(proxy);
      for (let n = 0; n < 40; n++) client.send({ t: 'n', n });
      client.send({ t: 'end' });
      await until(() => client.got.at(-1) === '{"t":"end"}', 'the end');
      runs.push(client.got.join());
      await proxy.close();
    }
    assert.equal(runs[0], runs[1]);
    assert.notEqual(runs[0], runs[2]);
  });

  it('can be replaced while connections are open', async (t) => {
    const { proxy } = await open(t, [{ match: { on: 'frame-to-server' }, action: { do: 'drop' } }]);
    const client = await dial(proxy);
    client.send({ t: 'a' });
    await until(() => proxy.unfired().length === 0, 'the first rule');
    proxy.use([]);
    client.send({ t: 'b' });
    await client.has(1);
    assert.deepEqual(texts(client), ['b']);
  });
});

describe('actions on frames', () => {
  it('cut before: the frame never arrives, and both ends see the end', async (t) => {
    const { origin, proxy } = await open(t, [{ match: { on: 'frame-to-server', t: 'submit' }, action: { do: 'cut' } }]);
    const client = await dial(proxy);
    client.send({ t: 'submit' });
    assert.equal(await client.closed, 1006);
    await until(() => origin.closes.length === 1, 'the end at the server');
    assert.deepEqual(origin.frames, []);
  });

  it('cut after: the frame arrives, its answer does not', async (t) => {
    const { origin, proxy } = await open(t, [{ match: { on: 'frame-to-server', t: 'submit' }, action: { do: 'cut', when: 'after', how: 'rst' } }]);
    const client = await dial(proxy);
    client.send({ t: 'submit' });
    assert.equal(await client.closed, 1006);
    await until(() => origin.frames.length === 1, 'the frame at the server');
    assert.deepEqual(client.got, []);
  });

  it('cut with a reset gives the client a reset', async (t) => {
    const { proxy } = await open(t, [{ match: { on: 'frame-to-client', t: 'ok' }, action: { do: 'cut', how: 'rst' } }]);
    const client = await dial(proxy);
    const failed = once(socketOf(client.raw), 'error');
    client.send({ t: 'ok' });
    assert.equal(((await failed)[0] as NodeJS.ErrnoException).code, 'ECONNRESET');
    assert.deepEqual(client.got, []);
  });

  for (const side of ['frame-to-server', 'frame-to-client'] as const) {
    it(`tear: a part of the message arrives, then the end (${side})`, async (t) => {
      const { origin, proxy } = await open(t, [{ match: { on: side, t: 'long' }, action: { do: 'tear', bytes: 50 } }]);
      const client = await dial(proxy);
      const before = { server: origin.reads.reduce((sum, one) => sum + one, 0), client: socketOf(client.raw).bytesRead };
      const socket = socketOf(client.raw);
      client.send({ t: 'long', d: 'x'.repeat(200) });
      assert.equal(await client.closed, 1006);
      await until(() => origin.closes.length === 1, 'the end at the server');
      if (side === 'frame-to-server') {
        assert.deepEqual(origin.frames, []);
        assert.equal(origin.reads.reduce((sum, one) => sum + one, 0) - before.server, 50);
      } else {
        assert.deepEqual(client.got, []);
        assert.equal(socket.bytesRead - before.client, 50);
      }
    });
  }

  it('swallow: one way is dead and nobody is told; the other goes on', async (t) => {
    const { origin, proxy } = await open(t, [{ match: { on: 'frame-to-server', t: 'last' }, action: { do: 'swallow' } }]);
    const client = await dial(proxy);
    client.send({ t: 'last' });
    client.send({ t: 'later' });
    await quiet();
    assert.deepEqual(origin.frames, []);
    for (const socket of origin.sockets) socket.send('{"t":"hello"}');
    await client.has(1);
    client.raw.terminate();
    await quiet();
    assert.deepEqual(origin.closes, [], 'the end of the client is swallowed too');
  });

  it('swallow the other way: the server hears, the client does not, also not of the end', async (t) => {
    const { origin, proxy } = await open(t, [{ match: { on: 'frame-to-server', t: 'last' }, action: { do: 'swallow', direction: 'to-client' } }]);
    const client = await dial(proxy);
    client.send({ t: 'last' });
    client.send({ t: 'later' });
    await until(() => origin.frames.length === 1, 'what came after');
    for (const socket of origin.sockets) socket.close(4503);
    await quiet();
    assert.equal(client.raw.readyState, WebSocket.OPEN);
    assert.deepEqual(client.got, []);
  });

  it('delay: later, and in order', async (t) => {
    const { proxy } = await open(t, [{ match: { on: 'frame-to-server', t: 'slow' }, action: { do: 'delay', delayMs: 120, jitterMs: 20 } }]);
    const client = await dial(proxy);
    const began = Date.now();
    client.send({ t: 'slow' });
    client.send({ t: 'fast' });
    await client.has(2);
    assert.deepEqual(texts(client), ['slow', 'fast']);
    assert.ok(Date.now() - began >= 115);
  });

  it('slice: single-byte segments arrive whole, no faster than the rate', async (t) => {
    const { origin, proxy } = await open(t, [{ match: { on: 'frame-to-server', t: 'piece' }, action: { do: 'slice', bytesPerSecond: 500, direction: 'to-server' } }]);
    const client = await dial(proxy);
    origin.reads.length = 0;
    const began = Date.now();
    client.send({ t: 'piece', d: 'x'.repeat(60) });
    await client.has(1);
    assert.ok(Date.now() - began > 120, 'about 80 bytes at 500 a second');
    assert.ok(origin.reads.length > 40, `${origin.reads.length} reads`);
  });

  it('inject: something more, before or after, to either end', async (t) => {
    const { origin, proxy } = await open(t, [
      { match: { on: 'frame-to-server', t: 'a' }, action: { do: 'inject', frame: { t: 'up' } } },
      { match: { on: 'frame-to-client', t: 'a' }, action: { do: 'inject', text: '{"t":"down"}', when: 'after' } },
      { match: { on: 'frame-to-client', t: 'b' }, action: { do: 'inject', frame: { t: 'back' }, to: 'server' } },
    ]);
    const client = await dial(proxy);
    client.send({ t: 'a' });
    client.send({ t: 'b' });
    await until(() => client.got.includes('{"t":"back"}'), 'the echo of what was injected');
    assert.deepEqual(texts(client), ['up', 'a', 'down', 'b', 'back']);
    assert.deepEqual(origin.frames.map((text) => (JSON.parse(text) as { readonly t: string }).t), ['up', 'a', 'b', 'back']);
  });

  it('replace: another frame, another text, or the same with changes', async (t) => {
    const { proxy } = await open(t, [
      { match: { on: 'frame-to-client', t: 'a' }, action: { do: 'replace', frame: { t: 'other' } } },
      { match: { on: 'frame-to-client', t: 'b' }, action: { do: 'replace', text: 'not json' } },
      { match: { on: 'frame-to-client', t: 'c' }, action: { do: 'replace', set: { '/d/seq': 9, '/d/list/1/x': true, '/new/deep': 1 } } },
    ]);
    const client = await dial(proxy);
    for (const frame of [{ t: 'a' }, { t: 'b' }, { t: 'c', d: { seq: 1, list: [{ x: 0 }, { x: 0, y: 1 }] } }]) client.send(frame);
    assert.deepEqual(await client.has(3), ['{"t":"other"}', 'not json', '{"t":"c","d":{"seq":9,"list":[{"x":0},{"x":true,"y":1}]},"new":{"deep":1}}']);
  });

  it('duplicate and reorder', async (t) => {
    const { proxy } = await open(t, [
      { match: { on: 'frame-to-server', t: 'two' }, action: { do: 'duplicate' } },
      { match: { on: 'frame-to-server', t: 'late' }, action: { do: 'reorder' } },
      { match: { on: 'frame-to-server', t: 'alone' }, action: { do: 'reorder', withinMs: 30 } },
    ]);
    const client = await dial(proxy);
    for (const t of ['two', 'late', 'next', 'alone']) client.send({ t });
    await client.has(5);
    assert.deepEqual(texts(client), ['two', 'two', 'next', 'late', 'alone']);
  });
});

describe('actions on connections', () => {
  it('refuse: with a status, or with a reset', async (t) => {
    const { origin, proxy } = await open(t, [
      { match: { on: 'ws-connect', nth: 1 }, action: { do: 'refuse', status: 403 } },
      { match: { on: 'ws-connect', nth: 1 }, action: { do: 'refuse' } },
      { match: { on: 'ws-connect', path: '/portal' }, action: { do: 'respond', status: 200, text: '<title>Log in</title>' } },
    ]);
    const end = async (path: string): Promise<string> => {
      const raw = new WebSocket(`${proxy.url.replace('http', 'ws')}${path}`);
      raw.on('error', () => {});
      return new Promise((resolve) => {
        raw.once('unexpected-response', (_request, answer) => resolve(String(answer.statusCode)));
        raw.once('close', (code) => resolve(`closed ${code}`));
      });
    };
    assert.deepEqual([await end('/ws'), await end('/ws'), await end('/portal')], ['403', 'closed 1006', '200']);
    assert.equal(origin.sockets.size, 0);
    await dial(proxy);
  });

  it('swallow: the upgrade is never answered', async (t) => {
    const { origin, proxy } = await open(t, [{ match: { on: 'ws-connect' }, action: { do: 'swallow' } }]);
    const raw = new WebSocket(proxy.url.replace('http', 'ws'), { handshakeTimeout: 150 });
    const [error] = (await once(raw, 'error')) as [Error];
    assert.match(error.message, /timed out/);
    assert.equal(origin.sockets.size, 0);
  });

  it('delay and slice: later and in pieces, and it works', async (t) => {
    const { proxy } = await open(t, [{ match: { on: 'ws-connect', nth: 1 }, action: { do: 'delay', delayMs: 100 } }, { match: { on: 'ws-connect' }, action: { do: 'slice', segmentBytes: 7 } }]);
    const began = Date.now();
    await dial(proxy);
    assert.ok(Date.now() - began >= 95);
    const client = await dial(proxy);
    client.send({ t: 'a', d: 'y'.repeat(500) });
    await client.has(1);
  });

  it('on time: cut, swallow, slice and inject, once or again and again', async (t) => {
    const { origin, proxy } = await open(t);
    const client = await dial(proxy);
    proxy.use([{ match: { on: 'time', everyMs: 20 }, action: { do: 'inject', frame: { t: 'tick' } }, times: 3 }]);
    await client.has(3);
    await quiet(80);
    assert.equal(client.got.length, 3);
    proxy.use([{ match: { on: 'time', afterMs: 10 }, action: { do: 'slice', segmentBytes: 3 } }]);
    await until(() => proxy.unfired().length === 0, 'the slicing');
    client.send({ t: 'pieces' });
    await client.has(4);
    proxy.use([{ match: { on: 'time', afterMs: 10 }, action: { do: 'swallow', direction: 'to-server' } }]);
    await until(() => proxy.unfired().length === 0, 'the swallowing');
    client.send({ t: 'lost' });
    await quiet();
    assert.equal(origin.frames.length, 1);
    proxy.use([{ match: { on: 'time', afterMs: 10 }, action: { do: 'cut', how: 'rst' } }]);
    assert.equal(await client.closed, 1006);
  });

  it('cut() ends everything that is open, now', async (t) => {
    const { proxy } = await open(t);
    const clients = await Promise.all([dial(proxy), dial(proxy)]);
    proxy.cut();
    assert.deepEqual(await Promise.all(clients.map(({ closed }) => closed)), [1006, 1006]);
    await dial(proxy);
  });
});

describe('actions on bytes', () => {
  /** What a plain connection gets of an answer. */
  const ask = async (proxy: FaultProxy): Promise<{ readonly text: string; readonly error: string | null }> => {
    const socket = connect(proxy.port, '127.0.0.1');
    let text = '';
    let error: string | null = null;
    socket.on('data', (chunk) => (text += String(chunk)));
    socket.on('error', ({ message }) => (error = message));
    socket.write('POST /v1/x HTTP/1.1\r\nhost: x\r\nconnection: close\r\ncontent-length: 300\r\n\r\n' + 'z'.repeat(300));
    await Promise.race([new Promise((resolve) => socket.once('close', resolve)), quiet(700)]);
    socket.destroy();
    return { text, error };
  };

  it('tear and cut: exactly so many bytes, then an end or a reset', async (t) => {
    const { proxy } = await open(t, [{ match: { on: 'bytes', direction: 'to-client', afterBytes: 20 }, action: { do: 'cut' }, times: 1 }, { match: { on: 'bytes', direction: 'to-client' }, action: { do: 'tear', bytes: 3, how: 'fin' }, times: 1 }]);
    const [first, second] = [await ask(proxy), await ask(proxy)];
    assert.equal(first.text.length, 20);
    assert.equal(second.text.length, 3);
    proxy.use([{ match: { on: 'bytes', direction: 'to-client', afterBytes: 0 }, action: { do: 'cut', how: 'rst' } }]);
    assert.match((await ask(proxy)).error ?? '', /ECONNRESET/);
  });

  it('to the server: what was torn never counts as a request', async (t) => {
    const { origin, proxy } = await open(t, [{ match: { on: 'bytes', direction: 'to-server', afterBytes: 200 }, action: { do: 'cut' } }]);
    await ask(proxy);
    await until(() => origin.torn === 1, 'the torn request');
    assert.deepEqual(origin.requests, []);
    assert.equal(origin.reads.reduce((sum, one) => sum + one, 0), 200);
  });

  it('swallow: so many bytes, then nothing and no end', async (t) => {
    const { proxy } = await open(t, [{ match: { on: 'bytes', direction: 'to-client', afterBytes: 10 }, action: { do: 'swallow' } }]);
    const { text, error } = await ask(proxy);
    assert.equal(text.length, 10);
    assert.equal(error, null);
  });

  it('delay and slice: everything arrives', async (t) => {
    const { proxy } = await open(t, [
      { match: { on: 'bytes', direction: 'to-client' }, action: { do: 'delay', delayMs: 60 }, times: 1 },
      { match: { on: 'bytes', direction: 'to-server' }, action: { do: 'slice', segmentBytes: 11 }, times: 1 },
    ]);
    const began = Date.now();
    const { text } = await ask(proxy);
    assert.match(text, /"body":"z{300}"/);
    assert.ok(Date.now() - began >= 55);
    assert.deepEqual(proxy.unfired(), []);
  });
});

describe('actions on requests and answers', () => {
  const request = { on: 'http-request', path: '/v1/*' } as const;
  const response = { on: 'http-response', path: '/v1/*' } as const;

  it('refuse and cut before: the request never arrives', async (t) => {
    const { origin, proxy } = await open(t, [{ match: request, action: { do: 'refuse' }, times: 1 }, { match: request, action: { do: 'refuse', status: 502 }, times: 1 }, { match: request, action: { do: 'cut' } }]);
    await assert.rejects(post(proxy));
    assert.equal((await post(proxy)).status, 502);
    await assert.rejects(post(proxy));
    assert.deepEqual(origin.requests, []);
  });

  it('cut after, and cut of the answer: it is done, and the client does not know', async (t) => {
    const { origin, proxy } = await open(t, [{ match: request, action: { do: 'cut', when: 'after', how: 'rst' }, times: 1 }, { match: response, action: { do: 'cut', how: 'rst' } }]);
    await assert.rejects(post(proxy));
    await assert.rejects(post(proxy));
    assert.equal(origin.requests.length, 2);
  });

  it('cut after the answer: the client has it', async (t) => {
    const { proxy } = await open(t, [{ match: response, action: { do: 'cut', when: 'after' } }]);
    assert.deepEqual(await (await post(proxy)).json(), { path: '/v1/x', body: '{"a":1}' });
  });

  it('tear: half a request is none, half an answer neither', async (t) => {
    const { origin, proxy } = await open(t, [{ match: request, action: { do: 'tear' }, times: 1 }, { match: response, action: { do: 'tear', bytes: 5 } }]);
    await assert.rejects(post(proxy));
    await until(() => origin.torn === 1, 'the torn request');
    assert.deepEqual(origin.requests, []);
    const answer = await post(proxy);
    assert.equal(answer.status, 201);
    await assert.rejects(answer.text());
  });

  it('swallow: no answer ever comes; whether the request arrived depends on the way', async (t) => {
    const { origin, proxy } = await open(t, [{ match: request, action: { do: 'swallow' }, times: 1 }, { match: request, action: { do: 'swallow', direction: 'to-client' }, times: 1 }, { match: response, action: { do: 'swallow' } }]);
    const late = async (): Promise<void> => {
      await assert.rejects(fetch(`${proxy.url}/v1/x`, { method: 'POST', body: '1', signal: AbortSignal.timeout(200) }), { name: 'TimeoutError' });
    };
    await late();
    assert.equal(origin.requests.length, 0);
    await late();
    assert.equal(origin.requests.length, 1);
    await late();
    assert.equal(origin.requests.length, 2);
    assert.deepEqual(proxy.unfired(), []);
  });

  it('delay, slice, replace: the request reaches the server later, in pieces, or changed', async (t) => {
    const { origin, proxy } = await open(t, [
      { match: request, action: { do: 'delay', delayMs: 80 }, times: 1 }, { match: request, action: { do: 'slice' }, times: 1 },
      { match: request, action: { do: 'replace', set: { '/a': 2 } }, times: 1 }, { match: request, action: { do: 'replace', text: 'x' }, times: 1 }, { match: request, action: { do: 'replace', body: [1] }, times: 1 },
    ]);
    const began = Date.now();
    await post(proxy);
    assert.ok(Date.now() - began >= 75);
    for (let n = 0; n < 4; n++) assert.equal((await post(proxy)).status, 201);
    assert.deepEqual(origin.requests.map((line) => line.split(' ')[2]), ['{"a":1}', '{"a":1}', '{"a":2}', 'x', '[1]']);
  });

  it('duplicate: the server gets it twice, the client one answer', async (t) => {
    const { origin, proxy } = await open(t, [{ match: request, action: { do: 'duplicate' } }]);
    const answer = await post(proxy);
    assert.deepEqual(await answer.json(), { path: '/v1/x', body: '{"a":1}' });
    await until(() => origin.requests.length === 2, 'the copy');
  });

  it('respond: in the server\'s place, as a captive portal or an overloaded gateway does', async (t) => {
    const { origin, proxy } = await open(t, [
      { match: request, action: { do: 'respond', status: 503, headers: { 'retry-after': '3' } }, times: 1 },
      { match: request, action: { do: 'respond', status: 200, text: '<title>Log in</title>' }, times: 1 },
      { match: response, action: { do: 'respond', status: 429, body: { code: 'rate-limited' } } },
    ]);
    const [busy, portal] = [await post(proxy), await post(proxy)];
    assert.deepEqual([busy.status, busy.headers.get('retry-after')], [503, '3']);
    assert.deepEqual([portal.status, portal.headers.get('content-type'), await portal.text()], [200, 'text/html', '<title>Log in</title>']);
    assert.equal(origin.requests.length, 0);
    const refused = await post(proxy);
    assert.deepEqual([refused.status, await refused.json()], [429, { code: 'rate-limited' }]);
    assert.equal(origin.requests.length, 1);
  });

  it('replace, delay and slice of an answer', async (t) => {
    const { proxy } = await open(t, [
      { match: response, action: { do: 'replace', set: { '/body': 'changed' }, status: 200 }, times: 1 },
      { match: response, action: { do: 'delay', delayMs: 80 }, times: 1 },
      { match: response, action: { do: 'slice', direction: 'to-client' }, times: 1 },
    ]);
    const first = await post(proxy);
    assert.deepEqual([first.status, await first.json()], [200, { path: '/v1/x', body: 'changed' }]);
    const began = Date.now();
    await post(proxy);
    assert.ok(Date.now() - began >= 75);
    assert.deepEqual(await (await post(proxy)).json(), { path: '/v1/x', body: '{"a":1}' });
  });

  it('buffer: a stream comes in blocks', async (t) => {
    const { proxy } = await open(t, [{ match: { on: 'http-response', path: '/stream' }, action: { do: 'buffer', bytes: 4096 } }]);
    const reader = (await fetch(`${proxy.url}/stream`)).body!.getReader();
    assert.equal(new TextDecoder().decode((await reader.read()).value), 'data: 1\n\ndata: 2\n\n');
  });
});
