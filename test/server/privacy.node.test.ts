/** What is logged and audited: ids and codes. What a patient wrote is in the database and nowhere else. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { openServer, readAudit } from '../support/node/test-server.js';
import { assertDone, call, connect, message, openConversation, openVisitor, post, signIn } from '../support/node/wire-client.js';

const canary = 'canary-7f3e-my-knee-hurts';

test('neither the log nor the audit holds what was written, a token, an address or a query', async (t) => {
  const server = await openServer(t);
  const { url } = server;
  const [visitor, ana] = await Promise.all([openVisitor(url), signIn(url, 'ana@clinic.test')]);
  const { id, epoch } = await openConversation(url, visitor, { first: [{ kind: 'text', text: canary }], page: { name: canary } });
  const [patient, desk] = await Promise.all([connect(url, visitor, [], { page: { name: canary } }), connect(url, ana)]);
  await desk.request({ t: 'sub', d: { stream: id, epoch, seq: 0 } });
  await desk.untilEvent(id, (event) => event.kind === 'message' && JSON.stringify(event).includes(canary));
  assertDone(await desk.submit(id, { kind: 'accept' }));
  assertDone(await desk.submit(`${id}.staff`, { kind: 'note', text: canary }));
  assertDone(await patient.submit(id, message(canary)));
  // Mistakes with content in them: each is answered, none is repeated.
  await patient.submit(id, { kind: 'message', parts: [{ kind: canary, fallback: canary } as never] });
  await post(url, visitor, id, message(canary.repeat(400)));
  await post(url, visitor, id, { kind: 'message', parts: canary });
  await call(url, 'POST', '/v1/desk/conversations/search', { person: ana, body: { visitor: canary } });
  await call(url, 'GET', `/v1/${canary}?q=${canary}`);
  await call(url, 'POST', '/v1/desk/sessions', { body: { email: `${canary}@clinic.test`, password: canary, deviceId: 'd_1' } });
  patient.send({ t: canary, d: { text: canary } });
  patient.send(`{"t":"${canary}`);
  await patient.closed;
  const audit = JSON.stringify(await readAudit(server));
  const log = server.log();
  assert.match(log, /"event":"http.request"/);
  for (const [name, text] of [['log', log], ['audit', audit]] as const) {
    for (const secret of [canary, visitor.token, ana.token, visitor.refreshToken, 'ana@clinic.test', 'correct-horse']) assert.equal(text.includes(secret), false, `${secret.slice(0, 12)}… is in the ${name}`);
  }
  for (const action of ['conversation.create', 'conversation.accept', 'note.add', 'conversation.read', 'conversation.search', 'agent.sign-in', 'server.start', 'server.stop']) assert.match(audit, new RegExp(`"${action}"`));
});

test('every look of an agent at a conversation is audited: by following, by paging, by resuming', async (t) => {
  const server = await openServer(t);
  const { url } = server;
  const [visitor, ana] = await Promise.all([openVisitor(url), signIn(url, 'ana@clinic.test')]);
  const { id, epoch } = await openConversation(url, visitor);
  const looks = async (): Promise<void> => {
    const desk = await connect(url, ana, [{ stream: id, epoch, seq: 0 }]);
    await desk.request({ t: 'sub', d: { stream: id, epoch, seq: 0 } });
    await call(url, 'GET', `/v1/streams/${id}/events`, { person: ana });
    await call(url, 'GET', `/v1/conversations/${id}`, { person: ana });
  };
  await looks();
  const reads = (await readAudit(server)).filter(({ action }) => action === 'conversation.read');
  assert.deepEqual(reads.map(({ actor, target, outcome }) => [actor, target, outcome]), Array.from({ length: 4 }, () => [ana.id, id, 'ok']));
});
