/** Every limit of the configuration (README of the protocol §5, §8.6, §9): what is refused with which code, what stays open, what is closed, and when to come back. */
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { createConnection } from 'node:net';
import { once } from 'node:events';
import { setTimeout as pause } from 'node:timers/promises';
import { test } from 'node:test';
import { Worker } from 'node:worker_threads';
import type { EventPage, Problem } from '../../src/protocol/types.js';
import type { Config } from '../../src/server/config/config.js';
import { rawAnswer } from '../support/node/raw-answer.js';
import { spawnServer } from '../support/node/spawned-server.js';
import { createTestClock, type TestClock } from '../support/node/test-clock.js';
import { openServer } from '../support/node/test-server.js';
import { assertKept, wholeLog } from '../support/node/whole-log.js';
import { assertDone, assertRefused, call, connect, hello, message, openConversation, openSocket, openVisitor, post, refresh, signIn, type RestReply, type Socket } from '../support/node/wire-client.js';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const limited = (limits: Partial<Config['limits']>) => ({ change: (config: Config): Config => ({ ...config, limits: { ...config.limits, ...limits } }) });

/** Closes with this code, after a `bye` with the same. */
async function endOf({ closed, bye }: Socket): Promise<readonly unknown[]> {
  assert.equal(await closed, bye()?.code);
  return [bye()!.code, bye()!.reconnect];
}

interface Scene {
  readonly url: string;
  readonly clock: TestClock;
}

const told = ({ status, headers, body }: RestReply<unknown>): readonly unknown[] => {
  const { code, limit, retryAfterMs, status: said } = body as Problem;
  assert.equal(said, status);
  assert.equal(headers.get('retry-after') === null, retryAfterMs === undefined);
  return [code, ...(limit === undefined ? [] : [limit])];
};
const talk = async (url: string) => {
  const visitor = await openVisitor(url);
  return { visitor, ...await openConversation(url, visitor) };
};
const upgrade = 'GET /v1/ws HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\nSec-WebSocket-Protocol: care-chat.v1\r\n\r\n';
const text = (chars: number) => ({ kind: 'text', text: 'x'.repeat(chars) });
/** The last of so many answers, each asked after the one before. */
async function lastOf(count: number, ask: () => Promise<RestReply<unknown>>): Promise<readonly unknown[]> {
  for (let n = 1; n < count; n++) assert.ok((await ask()).status < 300);
  return told(await ask());
}

type Limit = keyof Config['limits'];
/** How each limit is met, and what is told then; or in words what happens where nothing is. */
const cases: { readonly [L in Limit]: string | readonly [set: number, met: (scene: Scene) => Promise<readonly unknown[]>, told: readonly unknown[]] } = {
  frameBytes: [4096, async ({ url }) => told(await call(url, 'POST', '/v1/sessions', { body: { widgetId: 'main', deviceId: 'd_1', tz: 'x'.repeat(5000) } })), ['too-large', 4096]],
  textChars: [100, async ({ url }) => {
    const { visitor, id } = await talk(url);
    return told(await post(url, visitor, id, { kind: 'message', parts: [text(101)] }));
  }, ['too-large', 100]],
  partsPerMessage: [2, async ({ url }) => {
    const { visitor, id } = await talk(url);
    return told(await post(url, visitor, id, { kind: 'message', parts: [text(1), text(1), text(1)] }));
  }, ['too-large', 2]],
  inflightPerStream: 'only 1 can be set; it is the client\'s to keep, and more are not refused: the kit\'s case of S-5.7',
  submitPerMin: [3, async ({ url }) => {
    // Opening counts as one.
    const { visitor, id } = await talk(url);
    return lastOf(3, () => post(url, visitor, id, message('m')));
  }, ['rate-limited']],
  typingMinMs: 'a signal that comes sooner is dropped',
  resumeMax: [1, async ({ url }) => {
    const { visitor, id, epoch } = await talk(url);
    const socket = await connect(url, visitor, [{ stream: id, epoch, seq: 0 }]);
    return [(await socket.until('reset')).reason];
  }, ['too-far']],
  pageMax: [1, async ({ url }) => {
    const { visitor, id } = await talk(url);
    const { body } = await call<EventPage>(url, 'GET', `/v1/streams/${id}/events?after=0&limit=200`, { person: visitor });
    return [body.events.length, body.complete];
  }, [1, false]],
  helloTimeoutMs: [9_000, async ({ url, clock }) => {
    const socket = await openSocket(url);
    clock.jump(9_000);
    return endOf(socket);
  }, [4408, true]],
  badFramesPerMin: [1, async ({ url }) => {
    const socket = await connect(url, await openVisitor(url));
    for (let n = 0; n < 2; n++) socket.send({ t: 'typing', d: {} });
    return endOf(socket);
  }, [4400, true]],
  connectionsPerDevice: [1, async ({ url }) => {
    const visitor = await openVisitor(url);
    await connect(url, visitor);
    const second = await openSocket(url);
    assertRefused(await second.request(hello(visitor)), 'rate-limited');
    return endOf(second);
  }, [4429, true]],
  sessionsPerMin: [2, ({ url }) => lastOf(3, () => call(url, 'POST', '/v1/sessions', { body: { widgetId: 'main', deviceId: 'd_1' } })), ['rate-limited']],
  signInsPerMin: [2, ({ url }) => lastOf(3, () => call(url, 'POST', '/v1/desk/sessions', { body: { email: 'ana@clinic.test', password: 'correct-horse', deviceId: 'd_1' } })), ['rate-limited']],
  connections: [1, async ({ url }) => {
    await openSocket(url);
    const answer = await rawAnswer(url, upgrade);
    return [/^HTTP\/1\.1 (\d+)/.exec(answer)?.[1], /Retry-After: (\d+)/.exec(answer)?.[1], (JSON.parse(answer.slice(answer.indexOf('\r\n\r\n'))) as Problem).code];
  }, ['503', '5', 'overloaded']],
  connectsPerSec: [1, async ({ url }) => {
    // At once, so that no second passes in between.
    const bye = await Promise.any(Array.from({ length: 10 }, async () => (await openSocket(url)).until('bye')));
    return [bye.code, bye.reconnect, bye.retryAfterMs];
  }, [1013, true, 5_000]],
  framesPerMin: [10, async ({ url }) => {
    const socket = await connect(url, await openVisitor(url));
    for (let n = 0; n < 20; n++) socket.send({ t: 'ping', d: { n } });
    return endOf(socket);
  }, [4429, true]],
  requestsPerMin: [10, async ({ url }) => {
    const { visitor: person } = await talk(url);
    return [...await lastOf(10, () => call(url, 'GET', '/v1/conversations', { person })), ...await lastOf(11, () => call(url, 'GET', '/v1/availability'))];
  }, ['rate-limited', 'rate-limited']],
  lightBytes: 'what is light is left out; its test is with the polled links',
  pauseBytes: 'messages wait in the log; the test of stalled readers is below',
  stalledMs: 'bye 4508; the test of stalled readers is below',
  headersTimeoutMs: '504; its test is the last one',
  requestTimeoutMs: '504; its test is the last one',
};

for (const [limit, one] of Object.entries(cases) as [Limit, (typeof cases)[Limit]][]) {
  if (typeof one === 'string') continue;
  const [set, met, expected] = one;
  test(`who meets \`${limit}\` is told ${expected.join(', ')}`, async (t) => {
    const clock = createTestClock();
    const { url } = await openServer(t, { clock, ...limited({ [limit]: set }) });
    assert.deepEqual(await met({ url, clock }), expected);
  });
}

test('an upgrade that is refused is let go of, also where the peer keeps its half of the connection', { timeout: 20_000 }, async (t) => {
  const clock = createTestClock();
  const { url } = await openServer(t, { clock });
  const socket = createConnection({ port: Number(new URL(url).port), host: 'localhost', allowHalfOpen: true });
  const gone = once(socket, 'error') as Promise<[NodeJS.ErrnoException]>;
  socket.resume().write(upgrade.replace('/v1/ws', '/v1/elsewhere'));
  await once(socket, 'end');
  await clock.whenSet(3_000);
  clock.jump(3_000);
  const write = (): void => void (socket.writable && socket.write('x', () => setImmediate(write)));
  write();
  assert.match((await gone)[0].code ?? '', /^(EPIPE|ECONNRESET)$/);
});

/** Both ends have a descriptor for each, in a process each; some are for everything else. */
const connectionsBack = 2_500;
const openFilesMax = Number(spawnSync('sh', ['-c', 'ulimit -n']).stdout) || Infinity;
const tooFewFiles = openFilesMax < connectionsBack + 200 && `only ${openFilesMax} files may be open here: a storm of ${connectionsBack} connections cannot be made`;

test(`${connectionsBack} connections that come back at once: some are let in, the others told when; all get in, those inside notice nothing, and nothing is lost`, { skip: tooFewFiles, timeout: 90_000 }, async (t) => {
  const dataDir = mkdtempSync(join(tmpdir(), 'care-chat-storm-'));
  const connectsPerSec = 200;
  const { url, kill, log } = await spawnServer(dataDir, { limits: { connectsPerSec, sessionsPerMin: 10_000, framesPerMin: 1_000_000 } });
  t.after(async () => {
    await kill();
    rmSync(dataDir, { recursive: true, force: true });
  });
  const deadlineMs = 30_000;
  // Ten pages of each visitor, who missed one message and has typed another.
  const people = await Promise.all(Array.from({ length: connectionsBack / 10 }, async (_, n) => {
    const { visitor, id, epoch, head } = await talk(url);
    const missed = `missed-in-the-storm-${n}`;
    const { seq } = (await post(url, visitor, id, message(missed), missed)).body;
    return { visitor, id, cursor: { stream: id, epoch, seq: head }, missed, typed: `typed-in-the-storm-${n}`, acknowledged: new Map([[missed, seq]]) };
  }));
  const insider = await talk(url);
  const inside = await connect(url, insider.visitor);
  const seen = { in: 0, toldToWait: 0 };
  const comeBack = async ({ visitor, id, cursor, typed, acknowledged }: (typeof people)[number]): Promise<Socket> => {
    for (;;) {
      const socket = await openSocket(url, { deadlineMs });
      const welcomed = await socket.request(hello(visitor, [cursor])).then(({ t: type }) => type === 'welcome', () => false);
      if (welcomed) {
        seen.in += 1;
        const { seq } = assertDone(await socket.submit(id, message(typed), typed));
        assert.equal(acknowledged.get(typed) ?? seq, seq, 'every page is told the same');
        acknowledged.set(typed, seq);
        return socket;
      }
      seen.toldToWait += 1;
      const { code, retryAfterMs = 0 } = socket.bye()!;
      assert.deepEqual([await socket.closed, code, retryAfterMs], [1013, 1013, 5_000]);
      // As the client does it.
      await pause(retryAfterMs * (1 + Math.random() / 2));
    }
  };
  const startedAt = performance.now();
  let over = false;
  const storm = Promise.all(people.flatMap((person) => Array.from({ length: 10 }, () => comeBack(person)))).finally(() => (over = true));
  let said = 0;
  for (; !over; said++) assertDone(await inside.submit(insider.id, message('still here'), `inside-the-storm-${said}`));
  const sockets = await storm;
  const seconds = (performance.now() - startedAt) / 1000;
  t.diagnostic(`${seen.in} in after ${seconds.toFixed(1)} s, ${seen.toldToWait} times told to wait, ${said} messages of who was inside`);
  assert.equal(seen.in, connectionsBack);
  assert.ok(seen.toldToWait > 0 && seen.in <= connectsPerSec * (seconds + 1), 'no more a second than may');
  assert.ok(said > 10 && inside.raw.readyState === inside.raw.OPEN);
  assert.doesNotMatch(log(), /"event":"[a-z.]*failed"/);
  for (const [n, { visitor, id, cursor, missed, typed, acknowledged }] of people.entries()) {
    const events = await wholeLog(url, visitor, id);
    assertKept(events, acknowledged, [missed, typed]);
    for (const socket of sockets.slice(n * 10, n * 10 + 10)) {
      await socket.untilEvent(id, ({ seq }) => seq === events.length);
      assert.deepEqual(socket.events(id).map(({ seq }) => seq), events.map(({ seq }) => seq).filter((seq) => seq > cursor.seq));
    }
  }
  for (const { raw } of sockets) raw.terminate();
});

test('more frames a minute than allowed close the connection with 4429 and when to come back; pings of the protocol below count too', async (t) => {
  const { url } = await openServer(t, limited({ framesPerMin: 30 }));
  const [frames, pings] = [await connect(url, await openVisitor(url)), await connect(url, await openVisitor(url))];
  for (let n = 0; n < 40; n++) frames.send({ t: 'ping', d: { n } });
  for (let n = 0; n < 40; n++) pings.raw.ping('x'.repeat(100));
  for (const socket of [frames, pings]) {
    assert.equal(await socket.closed, 4429);
    assert.deepEqual([socket.bye()?.reconnect, socket.bye()?.retryAfterMs], [true, 30_000]);
  }
});

test('after a 429 the connection stays, and what waits is sent again in its order', async (t) => {
  const clock = createTestClock();
  const { url } = await openServer(t, { clock, ...limited({ submitPerMin: 4 }) });
  const visitor = await openVisitor(url);
  const { id } = await openConversation(url, visitor);
  const socket = await connect(url, visitor);
  const order = Array.from({ length: 9 }, (_, n) => `in-order-${n}`);
  const acknowledged = new Map<string, number>();
  let waits = 0;
  for (const cmid of order) {
    for (;;) {
      const reply = await socket.submit(id, message(cmid), cmid);
      if (reply.t === 'ok') {
        acknowledged.set(cmid, (reply.d as { seq: number }).seq);
        break;
      }
      assertRefused(reply, 'rate-limited');
      assert.ok(reply.d.retryable && (reply.d.retryAfterMs ?? 0) > 0);
      waits += 1;
      clock.jump(reply.d.retryAfterMs!);
    }
  }
  assert.ok(waits >= 5);
  assertKept(await wholeLog(url, visitor, id), acknowledged, order);
});

test('a flood of typing is dropped before the store is asked; the message in its middle is taken, and one signal is passed on', async (t) => {
  const asked = t.mock.method(Worker.prototype, 'postMessage').mock;
  const { url, log } = await openServer(t);
  const [visitor, ana] = [await openVisitor(url), await signIn(url, 'ana@clinic.test')];
  const { id, epoch } = await openConversation(url, visitor);
  await post(url, ana, id, { kind: 'accept' });
  const [patient, desk] = [await connect(url, visitor), await connect(url, ana)];
  await desk.request({ t: 'sub', d: { stream: id, epoch, seq: 0 } });
  patient.send({ t: 'typing', d: { stream: id, on: true } });
  await desk.until('typing');
  const before = asked.callCount();
  for (let n = 0; n < 500; n++) patient.send({ t: 'typing', d: { stream: id, on: true } });
  const sent = patient.submit(id, message('in the flood'), 'in-the-flood');
  for (let n = 0; n < 500; n++) patient.send({ t: 'typing', d: { stream: id, on: true } });
  patient.send({ t: 'ping', d: { n: 7 } });
  await patient.until('pong');
  assertDone(await sent);
  await desk.untilEvent(id, (event) => event.kind === 'message');
  // What one message takes; each signal would be a question more.
  const questions = asked.callCount() - before;
  assert.ok(questions > 0 && questions < 50, `the store was asked ${questions} times`);
  assert.equal(desk.frames.filter(({ t: type }) => type === 'typing').length, 1);
  assert.doesNotMatch(log(), /socket\.(end|failed)/);
});

test('a reader that takes nothing keeps the server\'s memory flat, is let go with 4508, and resumes where it was', { timeout: 60_000 }, async (t) => {
  const dataDir = mkdtempSync(join(tmpdir(), 'care-chat-stalled-'));
  const server = await spawnServer(dataDir, { limits: { stalledMs: 2_000, resumeMax: 10_000, requestsPerMin: 100_000 } });
  t.after(async () => {
    await server.kill();
    rmSync(dataDir, { recursive: true, force: true });
  });
  const { url } = server;
  const visitor = await openVisitor(url);
  const { id, epoch } = await openConversation(url, visitor);
  const text = 'ж'.repeat(7_900);
  let last = 0;
  for (let n = 0; n < 20; n++) last = Math.max(...(await Promise.all(Array.from({ length: 25 }, () => post(url, visitor, id, { kind: 'message', parts: [{ kind: 'text', text }, { kind: 'text', text }] })))).map(({ body }) => body.seq));
  const before = await server.memory();
  const stalled = await Promise.all(Array.from({ length: 8 }, async () => {
    const socket = await openSocket(url);
    socket.raw.pause();
    socket.send({ t: 'hello', id: 1, d: { v: ['1'], caps: ['batch'], token: visitor.token, deviceId: visitor.deviceId, tabId: 't_1', client: { name: 'test', version: '0' }, resume: [{ stream: id, epoch, seq: 0 }] } });
    return socket;
  }));
  // 500 messages of 31 KB for each of eight: 124 MB, if they were held.
  let most = 0;
  const until = Date.now() + 15_000;
  while (Date.now() < until && (server.log().match(/slow-consumer/g)?.length ?? 0) < stalled.length) {
    most = Math.max(most, await server.memory());
    await pause(50);
  }
  assert.equal(server.log().match(/"code":4508/g)?.length, stalled.length);
  const grownMb = Math.round((most - before) / 1_048_576);
  t.diagnostic(`memory grew by ${grownMb} MB for ${stalled.length} stalled readers of 15 MB each`);
  // Each may hold 1 MB that is not taken, and the page that went over it.
  assert.ok(grownMb < 8 * 4, `grew by ${grownMb} MB`);
  for (const socket of stalled) socket.raw.terminate();
  const back = await connect(url, visitor, [{ stream: id, epoch, seq: 0 }]);
  await back.untilEvent(id, ({ seq }) => seq === last);
  assert.deepEqual(back.events(id).map(({ seq }) => seq), Array.from({ length: last }, (_, n) => n + 1));
});

test('a clock that is put back by an hour keeps nobody out: rates, heartbeat, tokens and keys go on', async (t) => {
  const clock = createTestClock();
  const { url } = await openServer(t, { clock, ...limited({ submitPerMin: 5 }) });
  const visitor = await openVisitor(url);
  const { id } = await openConversation(url, visitor);
  const [socket, silent] = [await connect(url, visitor), await connect(url, visitor)];
  const first = assertDone(await socket.submit(id, message('before'), 'before-the-jump'));
  silent.raw.pause();
  clock.setBack(3_600_000);
  const again = assertDone(await socket.submit(id, message('before'), 'before-the-jump'));
  assert.deepEqual([again.seq, again.at, again.dup], [first.seq, first.at, true]);
  for (let n = 0; n < 5; n++) await socket.submit(id, message(`m${n}`), `after-the-jump-${n}`);
  assertRefused(await socket.submit(id, message('m9'), 'after-the-jump-9'), 'rate-limited');
  clock.jump(13_000);
  assertDone(await socket.submit(id, message('m9'), 'after-the-jump-9'));
  const { status, body } = await refresh(url, visitor);
  assert.equal(status, 200);
  assert.equal((await socket.request({ t: 'auth', d: { token: body.accessToken } })).t, 'ok');
  for (let n = 0; n < 3; n++) {
    clock.jump(20_000);
    socket.send({ t: 'ping', d: { n: 100 + n } });
    await socket.until('pong', (d) => d.n === 100 + n);
  }
  silent.raw.resume();
  assert.equal(await silent.closed, 1006, 'the dead are still found');
  assert.equal(socket.raw.readyState, socket.raw.OPEN);
  const events = await wholeLog(url, visitor, id);
  assert.deepEqual(events.map(({ seq }) => seq), events.map((_, n) => n + 1));
});

test('what is no HTTP, a head that is too large and a request that never ends are answered with a problem, and the connection ends', { timeout: 20_000 }, async (t) => {
  const { url } = await openServer(t, limited({ headersTimeoutMs: 1_000, requestTimeoutMs: 2_000 }));
  const cases: readonly (readonly [bytes: string | Buffer, status: number, code: string])[] = [
    ['\x16\x03\x01 this is TLS\r\n\r\n', 400, 'bad-frame'],
    ['GET / HTTP/9.9\r\n\r\n', 400, 'bad-frame'],
    [`GET / HTTP/1.1\r\nHost: x\r\nX: ${'a'.repeat(40_000)}\r\n\r\n`, 413, 'too-large'],
    ['GET /v1/availability HTTP/1.1\r\nHost: x\r\nX-Half: ', 504, 'timeout'],
    ['POST /v1/sessions HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 100\r\n\r\n{"widgetId":', 504, 'timeout'],
    ['POST /v1/sessions HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n', 400, 'bad-frame'],
  ];
  await Promise.all(cases.map(async ([bytes, status, code]) => {
    const text = await rawAnswer(url, bytes);
    assert.ok(text.startsWith(`HTTP/1.1 ${status} `) && text.includes('application/problem+json') && text.includes(`"code":"${code}"`), `${code}: ${text.slice(0, 200)}`);
  }));
});
