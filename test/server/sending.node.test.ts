/** One submit, one event: over both transports, at once, again, after a restart. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createTestClock } from '../support/node/test-clock.js';
import { openServer } from '../support/node/test-server.js';
import { assertDone, assertRefused, call, connect, message, openConversation, openVisitor, post, refresh, renewed, signIn } from '../support/node/wire-client.js';

test('the same submit a hundred times at once over WebSocket and REST makes one event, and all get its number', async (t) => {
  const { url } = await openServer(t, { change: (config) => ({ ...config, limits: { ...config.limits, submitPerMin: 1000 } }) });
  const visitor = await openVisitor(url);
  const { id, head } = await openConversation(url, visitor);
  const patient = await connect(url, visitor);
  const cmid = 'same-submit-twice';
  const replies = await Promise.all(Array.from({ length: 100 }, (_, n) => (n % 2 ? patient.submit(id, message('Once'), cmid).then(assertDone) : post(url, visitor, id, message('Once'), cmid).then(({ body }) => body))));
  assert.deepEqual(new Set(replies.map(({ seq }) => seq)), new Set([head + 1]));
  assert.equal(new Set(replies.map(({ eventId }) => eventId)).size, 1);
  assert.equal(replies.filter(({ dup }) => !dup).length, 1);
  const page = await call<{ head: number }>(url, 'GET', `/v1/streams/${id}/events`, { person: visitor });
  assert.equal(page.body.head, head + 1);
});

test('a cmid that was used for something else is refused and changes nothing', async (t) => {
  const { url } = await openServer(t);
  const visitor = await openVisitor(url);
  const { id } = await openConversation(url, visitor);
  const first = await post(url, visitor, id, message('One'), 'used-before');
  assertRefused(await post(url, visitor, id, message('Two'), 'used-before'), 'cmid-reused');
  const again = await post(url, visitor, id, message('One'), 'used-before');
  assert.deepEqual([again.status, again.body.dup, again.body.seq, again.body.at], [200, true, first.body.seq, first.body.at]);
});

test('a repeated accept is answered as done, though the state has moved on', async (t) => {
  const { url } = await openServer(t);
  const [visitor, ana] = await Promise.all([openVisitor(url), signIn(url, 'ana@clinic.test')]);
  const { id } = await openConversation(url, visitor);
  const first = await post(url, ana, id, { kind: 'accept' }, 'accept-once');
  const again = await post(url, ana, id, { kind: 'accept' }, 'accept-once');
  assert.deepEqual([first.status, again.status, again.body.seq], [201, 200, first.body.seq]);
  assertRefused(await post(url, ana, id, { kind: 'accept' }, 'accept-twice'), 'conflict');
});

test('what was acknowledged is there after a restart, under the same key and epoch', async (t) => {
  const server = await openServer(t);
  const visitor = await openVisitor(server.url);
  const { id, epoch } = await openConversation(server.url, visitor);
  const before = await post(server.url, visitor, id, message('Keep me'), 'kept-over-restart');
  const { url } = await server.restart();
  const again = await post(url, visitor, id, message('Keep me'), 'kept-over-restart');
  assert.deepEqual([again.status, again.body.seq, again.body.at, again.body.epoch], [200, before.body.seq, before.body.at, epoch]);
});

test('a phone that comes back after a day with what it had said is answered as then', async (t) => {
  const clock = createTestClock();
  const { url } = await openServer(t, { clock });
  const visitor = await openVisitor(url);
  const { id } = await openConversation(url, visitor);
  const before = await post(url, visitor, id, message('Said yesterday'), 'said-yesterday');
  clock.jump(25 * 3_600_000);
  const { body } = await refresh(url, visitor);
  const again = await post(url, renewed(visitor, body), id, message('Said yesterday'), 'said-yesterday');
  assert.deepEqual([again.status, again.body.dup, again.body.seq, again.body.at], [200, true, before.body.seq, before.body.at]);
});

test('messages of several senders at once get numbers without a hole', async (t) => {
  const { url } = await openServer(t, { change: (config) => ({ ...config, limits: { ...config.limits, submitPerMin: 1000 } }) });
  const [visitor, ana] = await Promise.all([openVisitor(url), signIn(url, 'ana@clinic.test')]);
  const { id, epoch } = await openConversation(url, visitor);
  await post(url, ana, id, { kind: 'accept' });
  const [patient, desk] = await Promise.all([connect(url, visitor, [{ stream: id, epoch, seq: 0 }]), connect(url, ana, [{ stream: id, epoch, seq: 0 }])]);
  const sent = await Promise.all(Array.from({ length: 120 }, (_, n) => (n % 2 ? patient : desk).submit(id, message(`n${n}`)).then(assertDone)));
  const last = Math.max(...sent.map(({ seq }) => seq));
  await Promise.all([patient, desk].map((socket) => socket.untilEvent(id, ({ seq }) => seq === last)));
  for (const socket of [patient, desk]) assert.deepEqual(socket.events(id).map(({ seq }) => seq), Array.from({ length: last }, (_, n) => n + 1));
  assert.deepEqual(patient.events(id).map((event) => event.id), desk.events(id).map((event) => event.id));
});

test('cmid and device of an event are told to the same person only', async (t) => {
  const { url } = await openServer(t);
  const [visitor, ana] = await Promise.all([openVisitor(url), signIn(url, 'ana@clinic.test')]);
  const { id, epoch } = await openConversation(url, visitor);
  const desk = await connect(url, ana);
  await desk.request({ t: 'sub', d: { stream: id, epoch, seq: 0 } });
  const patient = await connect(url, visitor);
  const { seq } = assertDone(await patient.submit(id, message('Mine'), 'my-own-key'));
  const [own, other] = await Promise.all([patient, desk].map((socket) => socket.untilEvent(id, (event) => event.seq === seq)));
  assert.deepEqual([own?.cmid, own?.dev], ['my-own-key', visitor.deviceId]);
  assert.deepEqual([other?.cmid, other?.dev], [undefined, undefined]);
});

test('a text over the limit is refused with the limit, and nothing is stored', async (t) => {
  const { url } = await openServer(t);
  const visitor = await openVisitor(url);
  const { id, head } = await openConversation(url, visitor);
  const patient = await connect(url, visitor);
  const reply = await patient.submit(id, message('a'.repeat(8001)));
  assertRefused(reply, 'too-large');
  assert.equal(reply.t === 'err' && reply.d.limit, 8000);
  assertRefused(await post(url, visitor, id, { kind: 'message', parts: [{ kind: 'card', fallback: 'later' }] }), 'not-supported');
  assertRefused(await post(url, visitor, id, message('   ')), 'invalid');
  const { body } = await call<{ head: number }>(url, 'GET', `/v1/conversations/${id}`, { person: visitor });
  assert.equal(body.head, head);
});

test('more messages a minute than allowed are refused with how long to wait, on both transports together', async (t) => {
  const { url } = await openServer(t, { change: (config) => ({ ...config, limits: { ...config.limits, submitPerMin: 3 } }) });
  const visitor = await openVisitor(url);
  const { id } = await openConversation(url, visitor);
  const patient = await connect(url, visitor);
  assertDone(await patient.submit(id, message('1')));
  assert.equal((await post(url, visitor, id, message('2'))).status, 201);
  const refused = await post(url, visitor, id, message('3'));
  assertRefused(refused, 'rate-limited');
  assert.ok(Number(refused.headers.get('retry-after')) >= 1);
  assertRefused(await patient.submit(id, message('3')), 'rate-limited');
  const other = await openVisitor(url);
  const theirs = await openConversation(url, other);
  assert.equal((await post(url, other, theirs.id, message('free'))).status, 201);
});
