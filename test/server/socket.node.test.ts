/** The socket: who may open one, what ends it, and with which code. */
import assert from 'node:assert/strict';
import { test, type TestContext } from 'node:test';
import { Worker } from 'node:worker_threads';
import { WebSocket } from 'ws';
import { askRunningServer } from '../../src/server/admin/admin-socket.js';
import { adminSocketFile } from '../../src/server/config/config.js';
import type { SubmitResult } from '../../src/protocol/types.js';
import { createTestClock } from '../support/node/test-clock.js';
import { openServer, pageOrigin } from '../support/node/test-server.js';
import { wholeLog } from '../support/node/whole-log.js';
import { assertDone, assertRefused, call, connect, hello, message, openConversation, openSocket, openVisitor, refresh, renewed, signIn, type Person } from '../support/node/wire-client.js';

/** HTTP status with which an upgrade was refused. */
const upgradeStatus = (url: string, options: { origin?: string; protocols?: string[]; path?: string }): Promise<number> => new Promise((resolve, reject) => {
  const socket = new WebSocket(`${url.replace(/^http/, 'ws')}${options.path ?? '/v1/ws'}`, options.protocols ?? ['care-chat.v1'], options.origin === undefined ? {} : { origin: options.origin });
  socket.on('unexpected-response', (_request, response) => resolve(response.statusCode ?? 0));
  socket.on('open', () => reject(new Error('opened')));
  socket.on('error', () => {});
});

test('an upgrade from a wrong origin, without the subprotocol or on another path is refused', async (t) => {
  const { url } = await openServer(t);
  assert.equal(await upgradeStatus(url, { origin: 'https://evil.test' }), 403);
  assert.equal(await upgradeStatus(url, { origin: 'null' }), 403);
  assert.equal(await upgradeStatus(url, { origin: `${pageOrigin}.evil.test` }), 403);
  assert.equal(await upgradeStatus(url, { origin: pageOrigin, protocols: [] }), 406);
  assert.equal(await upgradeStatus(url, { origin: pageOrigin, path: '/v1/other' }), 404);
  assert.equal((await openSocket(url)).raw.protocol, 'care-chat.v1');
});

test('no hello in time ends the connection with 4408', async (t) => {
  const clock = createTestClock();
  const { url } = await openServer(t, { clock });
  const socket = await openSocket(url);
  clock.jump(10_000);
  assert.equal(await socket.closed, 4408);
  assert.equal(socket.bye()?.code, 4408);
});

for (const [what, data, code] of [
  ['half of a JSON text', '{"t":"pi', 4400],
  ['a list', '[1,2]', 4400],
  ['a frame without a type', '{"d":{}}', 4400],
  ['a request without an id', '{"t":"sub","d":{"stream":"self"}}', 4400],
  ['a frame over the limit', `{"t":"ping","d":{"n":1},"x":"${'a'.repeat(70_000)}"}`, 4413],
] as const) {
  test(`${what} ends the connection with ${code}, and says bye`, async (t) => {
    const { url } = await openServer(t);
    const socket = await connect(url, await openVisitor(url));
    socket.send(data);
    assert.equal(await socket.closed, code);
    assert.deepEqual([socket.bye()?.code, socket.bye()?.reconnect], [code, true]);
  });
}

test('a second hello, an unknown frame and a bad request are answered, and the connection stays', async (t) => {
  const { url } = await openServer(t);
  const visitor = await openVisitor(url);
  const socket = await connect(url, visitor);
  assertRefused(await socket.request(hello(visitor)) as never, 'bad-frame');
  assertRefused(await socket.request({ t: '__proto__', d: {} } as never) as never, 'unknown-frame');
  assertRefused(await socket.request({ t: 'sub', d: { stream: 'not a stream' } }) as never, 'invalid');
  socket.send({ t: 'x-vendor.wink', d: {} });
  socket.send({ t: 'ping', d: { n: 77 } });
  assert.equal((await socket.until('pong')).n, 77);
});

test('signals that cannot be read are dropped until there are too many', async (t) => {
  const { url } = await openServer(t, { change: (config) => ({ ...config, limits: { ...config.limits, badFramesPerMin: 5 } }) });
  const socket = await connect(url, await openVisitor(url));
  for (let n = 0; n < 5; n++) socket.send({ t: 'typing', d: { stream: 7 } });
  socket.send({ t: 'ping', d: { n: 1 } });
  await socket.until('pong');
  socket.send({ t: 'receipt', d: { stream: 'c_not-mine', read: 1 } });
  assert.equal(await socket.closed, 4400);
});

test('a peer that is silent for an interval and the grace is cut; one that answers stays', async (t) => {
  const clock = createTestClock();
  const { url } = await openServer(t, { clock });
  const visitor = await openVisitor(url);
  const [alive, silent] = await Promise.all([connect(url, visitor), connect(url, visitor)]);
  silent.raw.pause();
  for (let n = 1; n <= 3; n++) {
    clock.jump(20_000);
    alive.send({ t: 'ping', d: { n } });
    await alive.until('pong', (d) => d.n === n);
  }
  silent.raw.resume();
  assert.equal(await silent.closed, 1006);
  assert.ok(alive.frames.some(({ t: type }) => type === 'ping'));
  assert.equal(alive.raw.readyState, WebSocket.OPEN);
});

const noPings = { intervalMs: 86_400_000, graceMs: 10_000 };

/** A visitor in a conversation, whose token lives `leftMs` more. A day without a ping: these hands are turned far. */
async function openNearItsEnd(t: TestContext, leftMs: number) {
  const clock = createTestClock();
  const { url } = await openServer(t, { clock, change: (config) => ({ ...config, heartbeat: noPings }) });
  const visitor = await openVisitor(url);
  const { id } = await openConversation(url, visitor);
  const socket = await connect(url, visitor);
  clock.jump(socket.welcome.tokenExpiresAt - leftMs - clock.now());
  return { clock, url, visitor, id, socket };
}

/** Keeps commits from the store until they are let go. */
function holdCommits(t: TestContext): { readonly asked: Promise<void>; release(): void } {
  const held: (() => void)[] = [];
  let note = (): void => {};
  const asked = new Promise<void>((resolve) => (note = resolve));
  const { postMessage } = Worker.prototype;
  const { mock } = t.mock.method(Worker.prototype, 'postMessage', function (this: Worker, request: { readonly op?: string }) {
    const pass = (): void => postMessage.call(this, request);
    if (request.op !== 'commit') return pass();
    held.push(pass);
    note();
  });
  return {
    asked,
    release() {
      mock.restore();
      for (const pass of held) pass();
    },
  };
}

/** The one event under this key. */
async function assertOnce(url: string, visitor: Person, stream: string, cmid: string, { seq }: SubmitResult): Promise<void> {
  assert.deepEqual((await wholeLog(url, visitor, stream)).filter((event) => event.cmid === cmid).map((event) => event.seq), [seq]);
}

test('a token about to end is told; after the end a submit is refused but may be tried again; then the connection ends with 4401', async (t) => {
  const { clock, url, visitor, id, socket } = await openNearItsEnd(t, 59_000);
  const { inMs } = await socket.until('auth.expiring');
  assert.ok(inMs > 0 && inMs <= 60_000);
  clock.jump(60_000);
  const refused = await socket.submit(id, message('Late'), 'late-but-same');
  assertRefused(refused, 'token-expired');
  assert.equal(refused.t === 'err' && refused.d.retryable, true);
  const { body } = await refresh(url, visitor);
  const renewed = await socket.request({ t: 'auth', d: { token: body.accessToken } });
  assert.deepEqual(renewed.t === 'ok' && renewed.d, { expiresAt: body.expiresAt });
  assertDone(await socket.submit(id, message('Late'), 'late-but-same'));
  clock.jump(body.expiresAt + 26_000 - clock.now());
  assert.equal(await socket.closed, 4401);
  assert.equal(socket.bye()?.reason, 'token-expired');
});

test('a fresh token of somebody else ends the connection with 4403', async (t) => {
  const { url } = await openServer(t);
  const [one, two] = await Promise.all([openVisitor(url), openVisitor(url)]);
  const socket = await connect(url, one);
  socket.send({ t: 'auth', id: 9, d: { token: two.token } });
  assert.equal(await socket.closed, 4403);
  assert.equal(socket.bye()?.reconnect, false);
});

test('ending a session closes its sockets with 4410 and tells them to forget, on every device of that session only', async (t) => {
  const { url } = await openServer(t);
  const [visitor, other] = await Promise.all([openVisitor(url), openVisitor(url)]);
  const [one, two, stays] = await Promise.all([connect(url, visitor), connect(url, visitor), connect(url, other)]);
  assert.equal((await call(url, 'DELETE', '/v1/sessions/current', { person: visitor })).status, 204);
  assert.deepEqual(await Promise.all([one.closed, two.closed]), [4410, 4410]);
  assert.deepEqual([one.bye()?.wipe, one.bye()?.reconnect], [true, false]);
  assert.equal(stays.raw.readyState, WebSocket.OPEN);
  assertRefused(await call(url, 'GET', '/v1/conversations', { person: visitor }), 'token-invalid');
});

test('a graceful stop says bye 4503 to everybody, also before hello, and keeps what was sent', async (t) => {
  const server = await openServer(t);
  const { url } = server;
  const [visitor, ana] = await Promise.all([openVisitor(url), signIn(url, 'ana@clinic.test')]);
  const { id } = await openConversation(url, visitor);
  const [patient, desk, unknown] = [await connect(url, visitor), await connect(url, ana), await openSocket(url)];
  assertDone(await patient.submit(id, message('Before the stop')));
  await server.close();
  for (const socket of [patient, desk, unknown]) {
    assert.equal(await socket.closed, 4503);
    assert.deepEqual([socket.bye()?.reason, socket.bye()?.reconnect], ['draining', true]);
  }
});

test('more connections of one device than allowed are turned away with 4429', async (t) => {
  const { url } = await openServer(t, { change: (config) => ({ ...config, limits: { ...config.limits, connectionsPerDevice: 2 } }) });
  const visitor = await openVisitor(url);
  await Promise.all([connect(url, visitor), connect(url, visitor)]);
  const third = await openSocket(url);
  assertRefused(await third.request(hello(visitor)) as never, 'rate-limited');
  assert.equal(await third.closed, 4429);
});

test('an operator who revokes a visitor ends every session of that visitor: 4410, and late frames do nothing', async (t) => {
  const { url, config } = await openServer(t);
  const [visitor, other] = [await openVisitor(url), await openVisitor(url)];
  const { id, head } = await openConversation(url, visitor);
  const [socket, stays] = [await connect(url, visitor), await connect(url, other)];
  const answer = askRunningServer(adminSocketFile(config), { op: 'visitor.revoke', visitorId: visitor.id });
  const revoked = await answer;
  assert.equal(revoked?.ok && revoked.value.count, 1);
  socket.send({ t: 'submit', id: 99, d: { stream: id, cmid: 'too-late-frame', ev: message('Too late') } });
  assert.equal(await socket.closed, 4410);
  assert.equal(socket.bye()?.wipe, true);
  assert.equal(stays.raw.readyState, WebSocket.OPEN);
  assertRefused(await call(url, 'GET', `/v1/conversations/${id}`, { person: visitor }), 'token-invalid');
  const ana = await signIn(url, 'ana@clinic.test');
  assert.equal((await call<{ head: number }>(url, 'GET', `/v1/conversations/${id}`, { person: ana })).body.head, head);
});

test('two connections of one device overlap: a late frame on the old one and the same on the new one are one message, and both are told', async (t) => {
  const { url } = await openServer(t);
  const visitor = await openVisitor(url);
  const { id } = await openConversation(url, visitor);
  const old = await connect(url, visitor);
  const fresh = await connect(url, visitor);
  const replies = await Promise.all([fresh, old].map((socket) => socket.submit(id, message('Once'), 'overlapping-one').then(assertDone)));
  assert.equal(new Set(replies.map(({ seq }) => seq)).size, 1);
  assert.equal(replies.filter(({ dup }) => dup).length, 1);
  await Promise.all([old, fresh].map((socket) => socket.untilEvent(id, ({ seq }) => seq === replies[0]!.seq)));
  old.raw.terminate();
  assertDone(await fresh.submit(id, message('On the new one'), 'overlapping-two'));
});

test('a submit that came before its token ended is honoured, though it is decided afterwards', async (t) => {
  const { clock, url, visitor, id, socket } = await openNearItsEnd(t, 10_000);
  const held = holdCommits(t);
  const sent = socket.submit(id, message('In time'), 'in-time-one');
  await held.asked;
  clock.jump(11_000);
  assertRefused(await socket.submit(id, message('Late'), 'not-in-time'), 'token-expired');
  held.release();
  const told = assertDone(await sent);
  assert.equal(told.dup, undefined);
  await assertOnce(url, renewed(visitor, (await refresh(url, visitor)).body), id, 'in-time-one', told);
});

test('a submit whose token ended on its way is refused; with a fresh token the same cmid is one event, and told', async (t) => {
  const { clock, url, visitor, id, socket } = await openNearItsEnd(t, 10_000);
  const sent = socket.submit(id, message('On its way'), 'on-its-way');
  clock.jump(11_000);
  assertRefused(await sent, 'token-expired');
  const fresh = renewed(visitor, (await refresh(url, visitor)).body);
  await socket.request({ t: 'auth', d: { token: fresh.token } });
  const told = assertDone(await socket.submit(id, message('On its way'), 'on-its-way'));
  assert.equal(told.dup, undefined);
  await assertOnce(url, fresh, id, 'on-its-way', told);
});

test('a submit whose connection ended with its token before the answer: who comes back with a fresh one is told, and there is one event', async (t) => {
  const { clock, url, visitor, id, socket } = await openNearItsEnd(t, 10_000);
  const held = holdCommits(t);
  const outcome = socket.submit(id, message('Unanswered'), 'unanswered').then(() => 'told', () => 'unknown');
  await held.asked;
  clock.jump(36_000);
  assert.deepEqual([await socket.closed, await outcome], [4401, 'unknown']);
  const fresh = renewed(visitor, (await refresh(url, visitor)).body);
  const again = (await connect(url, fresh)).submit(id, message('Unanswered'), 'unanswered');
  held.release();
  const told = assertDone(await again);
  assert.equal(told.dup, true);
  await assertOnce(url, fresh, id, 'unanswered', told);
});

test('a token that lives no longer than the notice is asked to be renewed once per life, and in time', async (t) => {
  const clock = createTestClock();
  const { url } = await openServer(t, { clock, change: (config) => ({ ...config, heartbeat: noPings, sessions: { ...config.sessions, accessTtlMs: 60_000 } }) });
  let visitor = await openVisitor(url);
  const socket = await connect(url, visitor);
  let endsAt = socket.welcome.tokenExpiresAt;
  const asked = (): number => socket.frames.filter(({ t: type }) => type === 'auth.expiring').length;
  for (let life = 0; life < 3; life++) {
    socket.send({ t: 'ping', d: { n: life } });
    await socket.until('pong', ({ n }) => n === life);
    assert.equal(asked(), life, 'not before half of its life');
    clock.jump(endsAt - 20_000 - clock.now());
    await socket.until('auth.expiring', () => asked() > life);
    const { body } = await refresh(url, visitor);
    visitor = renewed(visitor, body);
    endsAt = body.expiresAt;
    const reply = await socket.request({ t: 'auth', d: { token: visitor.token } });
    assert.deepEqual(reply.t === 'ok' && reply.d, { expiresAt: endsAt });
  }
  assert.deepEqual([asked(), socket.raw.readyState], [3, WebSocket.OPEN]);
});
