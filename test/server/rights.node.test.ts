/** Who may see and do what. Every refusal has a code. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { openServer, readAudit } from '../support/node/test-server.js';
import { assertRefused, call, connect, message, openConversation, openVisitor, post, signIn } from '../support/node/wire-client.js';

test('another visitor\'s conversation does not exist, on any way to it', async (t) => {
  const { url } = await openServer(t);
  const [owner, other] = await Promise.all([openVisitor(url), openVisitor(url)]);
  const { id, epoch } = await openConversation(url, owner, { first: [{ kind: 'text', text: 'Private' }] });
  const socket = await connect(url, other, [{ stream: id, epoch, seq: 0 }]);
  assert.equal(socket.welcome.streams.some(({ stream }) => stream === id), false);
  for (const reply of [
    await socket.request({ t: 'sub', d: { stream: id, epoch, seq: 0 } }),
    await socket.request({ t: 'sync', d: { stream: id, epoch, seq: 0 } }),
    await socket.submit(id, message('In here')),
    await call(url, 'GET', `/v1/streams/${id}/events?after=0`, { person: other }),
    await call(url, 'GET', `/v1/conversations/${id}`, { person: other }),
    await call(url, 'PUT', `/v1/streams/${id}/receipt`, { person: other, body: { read: 1 } }),
    await post(url, other, id, message('In here')),
  ]) assertRefused(reply as never, 'not-found');
  assert.equal(JSON.stringify(socket.frames).includes('Private'), false);
});

test('a visitor cannot follow a staff stream, not even of the own conversation', async (t) => {
  const { url } = await openServer(t);
  const visitor = await openVisitor(url);
  const { id, epoch } = await openConversation(url, visitor);
  const socket = await connect(url, visitor, [{ stream: `${id}.staff`, epoch, seq: 0 }]);
  assert.equal(socket.welcome.streams.some(({ stream }) => stream.endsWith('.staff')), false);
  assertRefused(await socket.request({ t: 'sub', d: { stream: `${id}.staff` } }) as never, 'forbidden');
  assertRefused(await call(url, 'GET', `/v1/streams/${id}.staff/events`, { person: visitor }), 'forbidden');
  assertRefused(await socket.submit(`${id}.staff`, { kind: 'note', text: 'x' }), 'forbidden');
});

test('a visitor cannot do what only staff may', async (t) => {
  const { url } = await openServer(t);
  const visitor = await openVisitor(url);
  const { id } = await openConversation(url, visitor);
  for (const ev of [{ kind: 'accept' }, { kind: 'assign' }, { kind: 'reopen' }, { kind: 'note', text: 'x' }]) assertRefused(await post(url, visitor, id, ev), 'forbidden');
  assertRefused(await call(url, 'GET', '/v1/desk/canned', { person: visitor }), 'forbidden');
  assertRefused(await call(url, 'POST', '/v1/desk/conversations/search', { person: visitor, body: {} }), 'forbidden');
  const socket = await connect(url, visitor);
  assertRefused(await socket.request({ t: 'availability', d: { state: 'online' } }) as never, 'forbidden');
});

test('an agent of another department is refused, and that is in the audit log', async (t) => {
  const server = await openServer(t);
  const { url } = server;
  const [visitor, cy, ana] = await Promise.all([openVisitor(url), signIn(url, 'cy@clinic.test'), signIn(url, 'ana@clinic.test')]);
  const { id, epoch } = await openConversation(url, visitor, { departmentId: 'nurse', first: [{ kind: 'text', text: 'For nurses' }] });
  const desk = await connect(url, cy, [{ stream: id, epoch, seq: 0 }]);
  assert.deepEqual([desk.welcome.desk?.list, desk.welcome.streams], [[], []]);
  assertRefused(await desk.request({ t: 'sub', d: { stream: id } }) as never, 'forbidden');
  assertRefused(await desk.submit(id, { kind: 'accept' }), 'forbidden');
  assertRefused(await call(url, 'GET', `/v1/streams/${id}.staff/events`, { person: cy }), 'forbidden');
  const found = await call<{ list: unknown[] }>(url, 'POST', '/v1/desk/conversations/search', { person: cy, body: {} });
  assert.deepEqual(found.body.list, []);
  assert.equal(JSON.stringify(desk.frames).includes('For nurses'), false);
  assert.equal((await call<{ list: unknown[] }>(url, 'POST', '/v1/desk/conversations/search', { person: ana, body: {} })).body.list.length, 1);
  const audit = await readAudit(server);
  const refused = audit.filter(({ actor, outcome, code }) => actor === cy.id && outcome === 'refused' && code === 'forbidden');
  assert.deepEqual(new Set(refused.map(({ action, target }) => `${action} ${target}`)), new Set([`conversation.read ${id}`, `conversation.read ${id}.staff`]));
});

test('only the agent a conversation is assigned to writes in it', async (t) => {
  const { url } = await openServer(t);
  const [visitor, ana, ben] = await Promise.all([openVisitor(url), signIn(url, 'ana@clinic.test'), signIn(url, 'ben@clinic.test')]);
  const { id } = await openConversation(url, visitor);
  assertRefused(await post(url, ana, id, message('Before accepting')), 'forbidden');
  assert.equal((await post(url, ana, id, { kind: 'accept' })).status, 201);
  assertRefused(await post(url, ben, id, message('Not mine')), 'forbidden');
  assertRefused(await post(url, ben, id, { kind: 'close' }), 'forbidden');
  assert.equal((await post(url, ana, id, message('Mine'))).status, 201);
  assert.equal((await post(url, ana, id, { kind: 'assign', agentId: ben.id })).status, 201);
  assertRefused(await post(url, ana, id, message('No more')), 'forbidden');
  assert.equal((await post(url, ben, id, message('Now mine'))).status, 201);
});

test('a conversation is not handed to somebody who does not serve its department', async (t) => {
  const { url } = await openServer(t);
  const [visitor, ana, cy] = await Promise.all([openVisitor(url), signIn(url, 'ana@clinic.test'), signIn(url, 'cy@clinic.test')]);
  const { id } = await openConversation(url, visitor, { departmentId: 'nurse' });
  await post(url, ana, id, { kind: 'accept' });
  assertRefused(await post(url, ana, id, { kind: 'assign', agentId: cy.id }), 'invalid');
  assertRefused(await post(url, ana, id, { kind: 'assign', agentId: 'a_nobody' }), 'invalid');
});

test('a token works on its own origin and device only', async (t) => {
  const { url } = await openServer(t);
  const visitor = await openVisitor(url);
  assertRefused(await call(url, 'GET', '/v1/conversations', { person: visitor, origin: 'https://second.test' }), 'origin-denied');
  assert.equal((await call(url, 'GET', '/v1/conversations', { person: visitor, origin: null })).status, 200);
  await assert.rejects(connect(url, { ...visitor, deviceId: 'd_other_device' }));
});
