/** The socket: who may open one, what ends it, and with which code. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { WebSocket } from 'ws';
import { createTestClock } from '../support/node/test-clock.js';
import { openServer, pageOrigin } from '../support/node/test-server.js';
import { assertDone, assertRefused, call, connect, hello, message, openConversation, openSocket, openVisitor, signIn } from '../support/node/wire-client.js';

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

test('a token about to end is told; after the end a submit is refused but may be tried again; then the connection ends with 4401', async (t) => {
  const clock = createTestClock();
  // A day without a ping: these hands are turned far.
  const { url } = await openServer(t, { clock, change: (config) => ({ ...config, heartbeat: { intervalMs: 86_400_000, graceMs: 10_000 } }) });
  const visitor = await openVisitor(url);
  const { id } = await openConversation(url, visitor);
  const socket = await connect(url, visitor);
  clock.jump(socket.welcome.tokenExpiresAt - 59_000 - clock.now());
  const { inMs } = await socket.until('auth.expiring');
  assert.ok(inMs > 0 && inMs <= 60_000);
  clock.jump(60_000);
  const refused = await socket.submit(id, message('Late'), 'late-but-same');
  assertRefused(refused, 'token-expired');
  assert.equal(refused.t === 'err' && refused.d.retryable, true);
  const { body } = await call<{ accessToken: string; expiresAt: number }>(url, 'POST', '/v1/sessions/refresh', { origin: pageOrigin, body: { refreshToken: visitor.refreshToken, deviceId: visitor.deviceId } });
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
