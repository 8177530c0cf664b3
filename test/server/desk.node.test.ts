/** The desk: queue, race for a conversation, who is here, and what happens when a browser dies. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Summary } from '../../src/protocol/types.js';
import { databaseFile } from '../../src/server/config/config.js';
import { openSqliteStore } from '../../src/server/store/sqlite-store.js';
import { createTestClock } from '../support/node/test-clock.js';
import { openServer, type ConfigChange } from '../support/node/test-server.js';
import { assertDone, call, connect, message, openConversation, openVisitor, post, signIn } from '../support/node/wire-client.js';

const lostAfter = (agentLostMs: number): ConfigChange => (config) => ({ ...config, desk: { ...config.desk, agentLostMs } });

test('of two agents who accept at once one gets the conversation and the other a conflict; it leaves the other\'s list', async (t) => {
  const { url } = await openServer(t);
  const [visitor, ana, ben] = await Promise.all([openVisitor(url), signIn(url, 'ana@clinic.test'), signIn(url, 'ben@clinic.test')]);
  const desks = await Promise.all([connect(url, ana), connect(url, ben)]);
  const { id } = await openConversation(url, visitor);
  await Promise.all(desks.map((desk) => desk.until('summary', (d) => d.summary?.id === id)));
  const replies = await Promise.all(desks.map((desk) => desk.submit(id, { kind: 'accept' })));
  const winner = replies.findIndex(({ t: type }) => type === 'ok');
  const loser = replies[1 - winner];
  assert.equal(loser?.t === 'err' && loser.d.code, 'conflict');
  const { summary } = await desks[winner]!.until('summary', (d) => d.summary?.status === 'open');
  assert.equal(summary?.agent?.id, [ana, ben][winner]?.id);
  await desks[1 - winner]!.until('summary', (d) => d.removed === id);
});

test('the welcome of an agent has what waits in the departments served and the own open conversations', async (t) => {
  const { url } = await openServer(t);
  const [one, two, three, ana] = await Promise.all([openVisitor(url), openVisitor(url), openVisitor(url), signIn(url, 'ana@clinic.test')]);
  const waiting = await openConversation(url, one, { departmentId: 'nurse', first: [{ kind: 'text', text: 'a'.repeat(500) }] });
  await openConversation(url, two, { departmentId: 'billing' });
  const mine = await openConversation(url, three, { departmentId: 'nurse' });
  await post(url, ana, mine.id, { kind: 'accept' });
  const { welcome } = await connect(url, ana);
  const { desk } = welcome;
  assert.deepEqual(desk?.list.map(({ id }) => id).sort(), [waiting.id, mine.id].sort());
  assert.equal(desk?.list.find(({ id }) => id === waiting.id)?.lastMessage?.text.length, 200);
  assert.deepEqual([desk?.agent.name, desk?.state, desk?.clinicName], ['Ana', 'online', 'Test Clinic']);
  assert.deepEqual(desk?.agents.map(({ name, state }) => [name, state]).sort(), [['Ana', 'online'], ['Ben', 'offline'], ['Cy', 'offline']]);
});

test('when an agent is gone for too long, the open conversation goes back to the queue and others are told', async (t) => {
  const { url, log } = await openServer(t, { change: lostAfter(150) });
  const [visitor, ana, ben] = await Promise.all([openVisitor(url), signIn(url, 'ana@clinic.test'), signIn(url, 'ben@clinic.test')]);
  const { id } = await openConversation(url, visitor);
  const [dying, other, patient] = await Promise.all([connect(url, ana), connect(url, ben), connect(url, visitor)]);
  assertDone(await dying.submit(id, { kind: 'accept' }));
  await other.until('summary', (d) => d.removed === id);
  dying.raw.terminate();
  await other.until('colleague', (d) => d.id === ana.id && d.state === 'offline');
  const back = await patient.untilEvent(id, (event) => event.kind === 'assignment' && event.d.state === 'queued' && event.d.reason === 'agent-lost');
  assert.equal(back.by.role, 'system');
  await patient.untilEvent(id, (event) => event.kind === 'status' && event.d.status === 'waiting');
  await other.until('summary', (d) => d.summary?.id === id && d.summary.status === 'waiting');
  assert.equal((await post(url, ben, id, { kind: 'accept' })).status, 201);
  assert.match(log(), /desk\.agent-lost/);
});

test('an agent who returns in time keeps the conversation', async (t) => {
  const clock = createTestClock();
  const { url } = await openServer(t, { clock, change: lostAfter(5_000) });
  const [visitor, ana] = await Promise.all([openVisitor(url), signIn(url, 'ana@clinic.test')]);
  const { id } = await openConversation(url, visitor);
  const first = await connect(url, ana);
  assertDone(await first.submit(id, { kind: 'accept' }));
  first.raw.terminate();
  await first.closed;
  const second = await connect(url, ana);
  // Past the grace: a timer that was not cancelled fires now.
  clock.jump(6_000);
  assertDone(await second.submit(id, message('Still here')));
  const { body } = await call<{ list: Summary[] }>(url, 'POST', '/v1/desk/conversations/search', { person: ana, body: { status: 'open' } });
  assert.equal(body.list[0]?.agent?.id, ana.id);
});

test('after a restart, agents who do not come back lose their conversations to the queue too', async (t) => {
  const server = await openServer(t, { change: lostAfter(300) });
  const [visitor, ana] = await Promise.all([openVisitor(server.url), signIn(server.url, 'ana@clinic.test')]);
  const { id } = await openConversation(server.url, visitor);
  await post(server.url, ana, id, { kind: 'accept' });
  const { url } = await server.restart();
  const patient = await connect(url, visitor);
  await patient.untilEvent(id, (event) => event.kind === 'assignment' && event.d.state === 'queued');
});

test('visitors are told when somebody can answer and when nobody can any more', async (t) => {
  const { url } = await openServer(t);
  const [visitor, ana] = await Promise.all([openVisitor(url), signIn(url, 'ana@clinic.test')]);
  const patient = await connect(url, visitor);
  assert.equal(patient.welcome.availability?.state, 'offline');
  const desk = await connect(url, ana);
  const online = await patient.until('presence', (d) => d.state === 'online');
  assert.deepEqual(online.departments.map(({ id, state }) => [id, state]), [['nurse', 'online'], ['billing', 'offline']]);
  assert.deepEqual(online.agents.map(({ name, title }) => [name, title]), [['Ana', 'Nurse']]);
  await desk.request({ t: 'availability', d: { state: 'away' } });
  const away = await patient.until('presence', (d) => d.v > online.v);
  assert.equal(away.state, 'offline');
  const { body } = await call<{ state: string; v: number }>(url, 'GET', '/v1/availability?widget=main');
  assert.equal(body.state, 'offline');
  assert.ok(body.v > away.v);
});

test('conversations are found by status, visitor and date, a page at a time', async (t) => {
  const { url } = await openServer(t);
  const ana = await signIn(url, 'ana@clinic.test');
  const ids: string[] = [];
  for (let n = 0; n < 5; n++) {
    const visitor = await openVisitor(url);
    const { id } = await openConversation(url, visitor);
    await post(url, visitor, id, { kind: 'close' });
    ids.unshift(id);
  }
  const seen: string[] = [];
  for (let cursor: string | undefined; ;) {
    const { body } = await call<{ list: Summary[]; next?: string }>(url, 'POST', '/v1/desk/conversations/search', { person: ana, body: { status: 'closed', limit: 2, cursor } });
    seen.push(...body.list.map(({ id }) => id));
    if (!body.next) break;
    cursor = body.next;
  }
  assert.deepEqual(seen, ids);
  const none = await call<{ list: Summary[] }>(url, 'POST', '/v1/desk/conversations/search', { person: ana, body: { from: Date.now() + 60_000 } });
  assert.deepEqual(none.body.list, []);
  const one = await call<{ list: Summary[] }>(url, 'POST', '/v1/desk/conversations/search', { person: ana, body: { visitor: ids[2] } });
  assert.deepEqual(one.body.list.map(({ id }) => id), [ids[2]]);
});

test('a chat that was assigned to an agent is found by her though its department is not hers, and `to` is not part of the span', async (t) => {
  const server = await openServer(t);
  const [visitor, ana, ben] = await Promise.all([openVisitor(server.url), signIn(server.url, 'ana@clinic.test'), signIn(server.url, 'ben@clinic.test')]);
  const { id } = await openConversation(server.url, visitor, { departmentId: 'nurse' });
  await post(server.url, ana, id, { kind: 'accept' });
  await post(server.url, ana, id, { kind: 'close' });
  await server.close();
  const opened = await openSqliteStore({ file: databaseFile(server.config) });
  assert.ok(opened.ok);
  const account = await opened.value.agent(ana.id);
  await opened.value.putAgent({ ...account!, departments: ['billing'] });
  const { url } = await opened.value.close().then(() => server.restart());
  const found = async (person: typeof ana, query: object): Promise<number[]> =>
    (await call<{ list: Summary[] }>(url, 'POST', '/v1/desk/conversations/search', { person, body: { status: 'closed', ...query } })).body.list.map(({ createdAt }) => createdAt);
  const [createdAt = 0] = await found(ana, {});
  assert.ok(createdAt > 0);
  assert.deepEqual([await found(ana, { from: createdAt, to: createdAt + 1 }), await found(ana, { to: createdAt }), await found(ben, { from: createdAt + 1 })], [[createdAt], [], []]);
});

test('the page on which a visitor was last, or opened the chat, is told after the visitor has left too', async (t) => {
  const clock = createTestClock();
  const { url } = await openServer(t, { clock });
  const [left, never, ana] = await Promise.all([openVisitor(url), openVisitor(url), signIn(url, 'ana@clinic.test')]);
  const desk = await connect(url, ana);
  const patient = await connect(url, left, [], { page: { name: 'home' } });
  const { id } = await openConversation(url, left);
  await desk.until('summary', (d) => d.summary?.id === id && d.summary.visitor.online && d.summary.visitor.page === 'Front page');
  await patient.close();
  await desk.until('summary', (d) => {
    clock.jump(1_000);
    return d.summary?.id === id && !d.summary.visitor.online && d.summary.visitor.page === 'Front page';
  });
  const other = await openConversation(url, never, { page: { name: 'home' } });
  await desk.until('summary', (d) => d.summary?.id === other.id && !d.summary.visitor.online && d.summary.visitor.page === 'Front page');
});

test('staff see the language the visitor reads now, not the one the chat began in', async (t) => {
  const { url } = await openServer(t);
  const [visitor, ana] = await Promise.all([openVisitor(url), signIn(url, 'ana@clinic.test')]);
  const desk = await connect(url, ana);
  const { id } = await openConversation(url, visitor, { locale: 'en' });
  await desk.until('summary', (d) => d.summary?.id === id && d.summary.visitor.locale === 'en');
  const patient = await connect(url, visitor, []);
  patient.send({ t: 'locale', d: { locale: 'ar' } });
  await desk.until('summary', (d) => d.summary?.id === id && d.summary.visitor.locale === 'ar');
});

test('a visitor who goes from page to page stays online, and the page is told by the clinic\'s name for it', async (t) => {
  const { url } = await openServer(t);
  const [visitor, ana] = await Promise.all([openVisitor(url), signIn(url, 'ana@clinic.test')]);
  const desk = await connect(url, ana);
  const first = await connect(url, visitor, [], { page: { name: 'home' } });
  const { id } = await openConversation(url, visitor);
  await desk.until('summary', (d) => d.summary?.visitor.page === 'Front page');
  await first.close();
  const second = await connect(url, visitor);
  second.send({ t: 'page', d: { name: 'billing' } });
  await desk.until('summary', (d) => d.summary?.id === id && d.summary.visitor.page === 'billing');
  assert.equal(desk.frames.some((frame) => frame.t === 'summary' && frame.d.summary?.visitor.online === false), false);
});
