/** A patient and a nurse talk, over the bare wire. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Summary } from '../../src/protocol/types.js';
import { openServer } from '../support/node/test-server.js';
import { assertDone, assertRefused, call, connect, message, openConversation, openVisitor, post, signIn } from '../support/node/wire-client.js';

const words = (events: readonly { kind: string; d: unknown }[]): string[] =>
  events.filter(({ kind }) => kind === 'message').map(({ d }) => (d as { parts: { text: string }[] }).parts[0]!.text);

test('a message goes from the visitor to the agent and an answer comes back, in one order for both', async (t) => {
  const { url } = await openServer(t);
  const [visitor, ana] = await Promise.all([openVisitor(url), signIn(url, 'ana@clinic.test')]);
  const desk = await connect(url, ana);
  const patient = await connect(url, visitor);
  const { id, epoch } = await openConversation(url, visitor, { first: [{ kind: 'text', text: 'Hello?' }], page: { name: 'home' }, locale: 'en' });

  const { summary } = await desk.until('summary', (d) => d.summary?.id === id && d.summary.visitor.page !== undefined);
  assert.equal(summary?.status, 'waiting');
  assert.equal(summary?.visitor.page, 'Front page');
  assert.equal(summary?.lastMessage?.text, 'Hello?');
  assert.equal(summary?.unread, 1);

  await desk.request({ t: 'sub', d: { stream: id, epoch, seq: 0 } });
  assertDone(await desk.submit(id, { kind: 'accept' }));
  assertDone(await desk.submit(id, message('Good morning')));
  await patient.untilEvent(id, (event) => event.kind === 'message' && event.by.role === 'agent');
  assertDone(await patient.submit(id, message('My knee hurts')));
  assertDone(await desk.submit(id, { kind: 'close' }));
  await patient.untilEvent(id, (event) => event.kind === 'status' && event.d.status === 'closed');

  const page = await call<{ events: { seq: number; kind: string; d: unknown; by: { role: string; name?: string; title?: string } }[]; complete: boolean }>(url, 'GET', `/v1/streams/${id}/events?after=0`, { person: visitor });
  assert.deepEqual(page.body.events.map(({ seq }) => seq), page.body.events.map((_, index) => index + 1));
  assert.deepEqual(words(page.body.events), ['Hello?', 'Good morning', 'My knee hurts']);
  assert.deepEqual(words(patient.events(id)), words(page.body.events));
  const answer = page.body.events.find(({ by }) => by.role === 'agent' && by.name === 'Ana');
  assert.equal(answer?.by.title, 'Nurse');
  assertRefused(await patient.submit(id, message('Too late')), 'closed-conversation');
});

test('a visitor who follows the own stream is told of a conversation opened in another tab and gets all of it', async (t) => {
  const { url } = await openServer(t);
  const visitor = await openVisitor(url);
  const tab = await connect(url, visitor);
  const { id } = await openConversation(url, visitor, { first: [{ kind: 'text', text: 'From the other tab' }] });
  await tab.untilEvent('self', (event) => event.kind === 'conversation.created');
  await tab.untilEvent(id, (event) => event.kind === 'message');
  assert.deepEqual(tab.events(id).map(({ seq }) => seq), [1, 2, 3]);
});

test('opening is idempotent by cmid and gives the one live conversation to a second request', async (t) => {
  const { url } = await openServer(t);
  const visitor = await openVisitor(url);
  const request = { cmid: 'open-conversation-1', first: [{ kind: 'text', text: 'Hi' }] };
  const replies = await Promise.all([1, 2, 3].map(() => call<{ id: string }>(url, 'POST', '/v1/conversations', { person: visitor, body: request })));
  assert.deepEqual(replies.map(({ status }) => status).sort(), [200, 200, 201]);
  assert.equal(new Set(replies.map(({ body }) => body.id)).size, 1);
  const other = await call<{ id: string }>(url, 'POST', '/v1/conversations', { person: visitor, body: { cmid: 'open-conversation-2' } });
  assert.equal(other.status, 200);
  assert.equal(other.body.id, replies[0]?.body.id);
  assertRefused(await call(url, 'POST', '/v1/conversations', { person: visitor, body: { ...request, locale: 'es' } }), 'cmid-reused');
});

test('a closed conversation can be reopened by an agent, unless the visitor has begun another', async (t) => {
  const { url } = await openServer(t);
  const [visitor, ana] = await Promise.all([openVisitor(url), signIn(url, 'ana@clinic.test')]);
  const patient = await connect(url, visitor);
  const first = await openConversation(url, visitor);
  assert.equal((await post(url, visitor, first.id, { kind: 'close' })).status, 201);
  assert.equal((await post(url, ana, first.id, { kind: 'reopen' })).status, 201);
  await patient.untilEvent('self', (event) => event.kind === 'conversation.updated' && event.d.status === 'open');
  assert.equal((await post(url, ana, first.id, message('One more thing'))).status, 201);
  assert.equal((await post(url, visitor, first.id, { kind: 'close' })).status, 201);
  await openConversation(url, visitor);
  assertRefused(await post(url, ana, first.id, { kind: 'reopen' }), 'conflict');
});

test('receipts are told to the other side, never fall and never pass the head', async (t) => {
  const { url } = await openServer(t);
  const [visitor, ana] = await Promise.all([openVisitor(url), signIn(url, 'ana@clinic.test')]);
  const { id, epoch } = await openConversation(url, visitor, { first: [{ kind: 'text', text: 'Hi' }] });
  const [patient, desk] = await Promise.all([connect(url, visitor), connect(url, ana)]);
  await desk.request({ t: 'sub', d: { stream: id, epoch, seq: 0 } });
  const { body: head } = await call<{ head: number }>(url, 'GET', `/v1/conversations/${id}`, { person: visitor });
  desk.send({ t: 'receipt', d: { stream: id, read: 999 } });
  const told = await patient.until('receipt', (d) => d.who === ana.id);
  assert.deepEqual([told.delivered, told.read, told.role], [head.head, head.head, 'agent']);
  const lower = await call<{ read: number }>(url, 'PUT', `/v1/streams/${id}/receipt`, { person: ana, body: { read: 1 } });
  assert.equal(lower.body.read, head.head);
  const { summary } = await desk.until('summary', (d) => d.summary?.id === id && d.summary.unread === 0);
  assert.equal(summary?.unread, 0);
});

test('typing is told to the other side only, at most once in its time, and leaves nothing in the log', async (t) => {
  const { url } = await openServer(t);
  const [visitor, ana] = await Promise.all([openVisitor(url), signIn(url, 'ana@clinic.test')]);
  const { id, epoch, head } = await openConversation(url, visitor);
  const [patient, desk] = await Promise.all([connect(url, visitor), connect(url, ana)]);
  await desk.request({ t: 'sub', d: { stream: id, epoch, seq: 0 } });
  for (const on of [true, true, true]) patient.send({ t: 'typing', d: { stream: id, on } });
  await desk.until('typing', (d) => d.who === visitor.id && d.on);
  await patient.close();
  await desk.until('typing', (d) => d.who === visitor.id && !d.on);
  assert.equal(desk.frames.filter((frame) => frame.t === 'typing' && frame.d.on).length, 1);
  const { body } = await call<{ head: number }>(url, 'GET', `/v1/conversations/${id}`, { person: visitor });
  assert.equal(body.head, head);
});

test('staff notes are in the staff stream and reach no visitor', async (t) => {
  const { url } = await openServer(t);
  const [visitor, ana] = await Promise.all([openVisitor(url), signIn(url, 'ana@clinic.test')]);
  const { id, epoch } = await openConversation(url, visitor);
  const [patient, desk] = await Promise.all([connect(url, visitor), connect(url, ana)]);
  await desk.request({ t: 'sub', d: { stream: `${id}.staff`, epoch, seq: 0 } });
  assertDone(await desk.submit(`${id}.staff`, { kind: 'note', text: 'Prefers a call' }));
  const note = await desk.untilEvent(`${id}.staff`);
  assert.equal(note.by.name, 'Ana');
  assertRefused(await desk.submit(id, { kind: 'note', text: 'Wrong stream' }), 'invalid');
  assertDone(await patient.submit(id, message('Anything else')));
  await patient.untilEvent(id, (event) => event.kind === 'message');
  assert.equal(JSON.stringify(patient.frames).includes('Prefers'), false);
});

test('a summary of a conversation that changes quickly comes at most ten times a second, and the last one is true', async (t) => {
  const { url } = await openServer(t);
  const [visitor, ana] = await Promise.all([openVisitor(url), signIn(url, 'ana@clinic.test')]);
  const desk = await connect(url, ana);
  const { id } = await openConversation(url, visitor);
  const startedAt = Date.now();
  for (let n = 1; n <= 40; n++) assert.equal((await post(url, visitor, id, message(`Number ${n}`))).status, 201);
  const { summary } = await desk.until('summary', (d) => d.summary?.lastMessage?.text === 'Number 40' && d.summary.unread === 40);
  const tookMs = Date.now() - startedAt;
  const all = desk.frames.flatMap((frame) => (frame.t === 'summary' && frame.d.summary ? [frame.d.summary] : []) as Summary[]);
  assert.ok(all.length <= tookMs / 100 + 2, `${all.length} summaries in ${tookMs} ms`);
  assert.deepEqual(all.map(({ v }) => v), [...all.map(({ v }) => v)].sort((a, b) => a - b));
  assert.equal(summary?.visitor.id, visitor.id);
});
