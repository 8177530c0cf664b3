/** An external bot: what it is sent, how its answers are taken, and what happens where there are none. */
import assert from 'node:assert/strict';
import { createHmac } from 'node:crypto';
import { test } from 'node:test';
import type { EscalatedBody, WireEvent } from '../../../src/protocol/types.js';
import { openWebhook, webhookSecret, withBot, type Reply } from '../../support/node/bot-config.js';
import { createTestClock } from '../../support/node/test-clock.js';
import { openServer, type TestServer } from '../../support/node/test-server.js';
import { assertDone, connect, message, openConversation, openVisitor, type Socket } from '../../support/node/wire-client.js';

const hello = { turns: [{ text: 'Yes?', buttons: [{ id: 'a', label: 'First', do: 'reply' }, { id: 'b', label: 'Second', do: 'reply' }], link: { label: 'Our site', url: 'https://www.clinic.test/' } }] };
const isTurn = (event: WireEvent): boolean => event.kind === 'message' && event.by.role === 'bot';

async function begin(t: Parameters<typeof openServer>[0], reply: (n: number) => Reply | Promise<Reply>, more: Parameters<typeof openServer>[1] = {}): Promise<{ server: TestServer; hook: Awaited<ReturnType<typeof openWebhook>>; patient: Socket; id: string }> {
  const hook = await openWebhook(t, (_asked, n) => reply(n));
  const server = await openServer(t, { file: withBot(hook.bot), ...more });
  const visitor = await openVisitor(server.url);
  const patient = await connect(server.url, visitor);
  const { id } = await openConversation(server.url, visitor, { locale: 'en', first: [{ kind: 'text', text: 'Hello?' }] });
  return { server, hook, patient, id };
}

/** Waits for what is to come by itself, at most 5 s. */
async function until(fits: () => boolean): Promise<void> {
  for (const end = Date.now() + 5_000; !fits();) {
    assert.ok(Date.now() < end, 'did not come');
    await new Promise((resolve) => setImmediate(resolve));
  }
}

const overTo = async (patient: Socket, id: string): Promise<WireEvent> => patient.untilEvent(id, ({ kind }) => kind === 'escalated');

test('each turn is posted, signed, with the id of the button; the answer is said', async (t) => {
  const { hook, patient, id } = await begin(t, (n) => ({ json: n === 1 ? hello : { turns: [{ text: `Turn ${n}` }] } }));
  const turn = await patient.untilEvent(id, (event) => isTurn(event) && JSON.stringify(event.d).includes('"buttons"'));
  assertDone(await patient.submit(id, { kind: 'action', target: turn.seq, buttonId: 'b' }));
  await patient.untilEvent(id, (event) => isTurn(event) && JSON.stringify(event.d).includes('Turn 2'));
  assertDone(await patient.submit(id, message('Anything else')));
  await patient.untilEvent(id, (event) => isTurn(event) && JSON.stringify(event.d).includes('Turn 3'));

  assert.deepEqual(hook.asked.map(({ body }) => body.input), [{ kind: 'start', text: 'Hello?' }, { kind: 'action', buttonId: 'b', label: 'Second' }, { kind: 'message', text: 'Anything else' }]);
  for (const { body, raw, headers } of hook.asked) {
    assert.deepEqual(Object.keys(body).sort(), ['at', 'botId', 'conversationId', 'input', 'locale', 'turnId', 'v', 'widgetId']);
    assert.equal(headers['idempotency-key'], body.turnId);
    const [, seconds, mac] = /^t=(\d+),v1=([0-9a-f]{64})$/.exec(String(headers['care-chat-signature'])) ?? [];
    assert.equal(mac, createHmac('sha256', webhookSecret).update(`${seconds}.${raw}`).digest('hex'));
    assert.ok(Math.abs(Number(seconds) * 1000 - Date.now()) < 60_000);
  }
});

test('what fails for now is tried again under the same key; then a person takes over, and everybody is told', async (t) => {
  const { server, hook, patient, id } = await begin(t, () => ({ status: 503 }));
  const escalated = await overTo(patient, id);
  assert.deepEqual([escalated.d, escalated.by.role], [{ cause: 'failed' } satisfies EscalatedBody, 'system']);
  assert.equal(new Set(hook.asked.map(({ headers }) => headers['idempotency-key'])).size, 1);
  assert.equal(hook.asked.length, 3);
  assert.match(server.log(), /"bot\.failed"|bot\.failed/);
  assert.ok(!server.log().includes('Hello?'));
});

test('one that comes to itself in time is not replaced', async (t) => {
  const { patient, id } = await begin(t, (n) => (n < 3 ? { status: 500 } : { json: hello }));
  await patient.untilEvent(id, (event) => isTurn(event) && JSON.stringify(event.d).includes('Yes?'));
  assert.ok(!patient.events(id).some(({ kind }) => kind === 'escalated'));
});

test('no answer in three seconds, three times, is a failure; until then the patient sees that it types', async (t) => {
  const clock = createTestClock({ isStill: true });
  const { server, hook, patient, id } = await begin(t, () => null, { clock });
  await patient.until('typing', ({ on, stream }) => on && stream === id);
  await until(() => hook.asked.length > 0);
  const from = clock.ticks();
  await until(() => {
    clock.jump(100);
    return patient.events(id).some(({ kind }) => kind === 'escalated');
  });
  assert.ok(clock.ticks() - from >= 9000);
  assert.match(server.log(), /timeout/);
});

for (const [what, reply] of [
  ['a refusal', { status: 403 }],
  ['a redirect', { status: 307, location: 'https://elsewhere.test/' }],
  ['no JSON', { raw: '<p>secret</p>' }],
  ['another type', { raw: '{"turns":[]}', type: 'text/html' }],
  ['more than 64 KiB', { raw: JSON.stringify({ turns: [], padding: 'x'.repeat(70_000) }) }],
  ['what the schema refuses', { json: { turns: [{ text: 'secret', buttons: [{ id: 'a', label: 'A', do: 'explode' }] }] } }],
  ['a link to a script', { json: { turns: [{ link: { label: 'secret', url: 'javascript:alert(1)' } }] } }],
  ['two buttons of one id', { json: { turns: [{ text: 'secret', buttons: [{ id: 'a', label: 'A', do: 'reply' }, { id: 'a', label: 'B', do: 'reply' }] }] } }],
  ['a department of somebody else', { json: { turns: [], handoff: { departmentId: 'nowhere' } } }],
  ['half a character', { raw: '{"turns":[{"text":"secret \\ud800"}]}' }],
  ['a turn that says nothing', { json: { turns: [{}] } }],
  ['no turn at all', { json: { turns: [] } }],
] as const satisfies readonly (readonly [string, Reply])[]) {
  test(`an answer that cannot be said is not tried again, and not logged: ${what}`, async (t) => {
    const { server, hook, patient, id } = await begin(t, () => reply);
    assert.deepEqual((await overTo(patient, id)).d, { cause: 'failed' });
    assert.equal(hook.asked.length, 1);
    assert.ok(!server.log().includes('secret'));
    assert.ok(!patient.events(id).some(isTurn));
  });
}

test('no turn leaves nobody waiting: to words and to a press a person takes over', async (t) => {
  for (const ev of [message('Anything else'), { kind: 'action', target: 0, buttonId: 'a' }] as const) {
    const { hook, patient, id } = await begin(t, (n) => ({ json: n === 1 ? hello : { turns: [] } }));
    const turn = await patient.untilEvent(id, (event) => isTurn(event) && JSON.stringify(event.d).includes('"buttons"'));
    assertDone(await patient.submit(id, 'target' in ev ? { ...ev, target: turn.seq } : ev));
    assert.deepEqual((await overTo(patient, id)).d, { cause: 'failed' });
    assert.equal(hook.asked.length, 2);
  }
});

test('a button that opens a checker needs no words, of an earlier turn neither', async (t) => {
  const check = { text: 'Shall we look at your symptoms?', buttons: [{ id: 'check', label: 'Yes', do: 'checker', to: 'respiratory' }] };
  const { hook, patient, id } = await begin(t, (n) => ({ json: { turns: n === 1 ? [check, ...hello.turns] : n === 2 ? [] : [{ text: `Turn ${n}` }] } }));
  const { seq } = await patient.untilEvent(id, (event) => isTurn(event) && JSON.stringify(event.d).includes('"checker"'));
  await patient.untilEvent(id, (event) => isTurn(event) && JSON.stringify(event.d).includes('Yes?'));
  assertDone(await patient.submit(id, { kind: 'action', target: seq, buttonId: 'check' }));
  await until(() => hook.asked.length === 2);
  assertDone(await patient.submit(id, message('And now?')));
  await patient.untilEvent(id, (event) => isTurn(event) && JSON.stringify(event.d).includes('Turn 3'));
  assert.ok(!patient.events(id).some(({ kind }) => kind === 'escalated'));
});

test('the bot may hand over itself, behind its last words', async (t) => {
  const { patient, id } = await begin(t, () => ({ json: { turns: [{ text: 'One moment.' }], handoff: { reason: 'wants a bill', departmentId: 'billing' } } }));
  const { d, by } = await overTo(patient, id);
  assert.deepEqual([d, by.role], [{ cause: 'bot', reason: 'wants a bill', departmentId: 'billing' }, 'bot']);
});

test('an answer that comes after a person was asked for is dropped', async (t) => {
  let answer = (): void => {};
  const asked = new Promise<void>((resolve) => (answer = resolve));
  let reached = (): void => {};
  const isAsked = new Promise<void>((resolve) => (reached = resolve));
  const { server, patient, id } = await begin(t, async () => {
    reached();
    await asked;
    return { json: hello };
  });
  await isAsked;
  assertDone(await patient.submit(id, { kind: 'escalate' }));
  answer();
  await patient.until('typing', ({ on, stream }) => !on && stream === id);
  await server.close();
  assert.ok(!patient.events(id).some(isTurn));
});

test('a turn that was under way when the server stopped is asked again, under the same key, when it starts', async (t) => {
  const { server, hook, id } = await begin(t, (n) => (n === 1 ? null : { json: hello }));
  await until(() => hook.asked.length > 0);
  await server.restart();
  await until(() => hook.asked.length > 1);
  assert.equal(hook.asked[1]!.body.turnId, hook.asked[0]!.body.turnId);
  assert.equal(hook.asked[1]!.body.conversationId, id);
});
