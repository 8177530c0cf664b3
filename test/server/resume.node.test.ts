/** Resuming: exactly what is behind the cursor, once, in order; or an honest reset. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { askRunningServer } from '../../src/server/admin/admin-socket.js';
import { adminSocketFile } from '../../src/server/config/config.js';
import type { ResetBody } from '../../src/protocol/types.js';
import { openServer } from '../support/node/test-server.js';
import { call, connect, message, openConversation, openVisitor, post, signIn, type Person, type Socket } from '../support/node/wire-client.js';

const generous = { change: <T extends { limits: object }>(config: T): T => ({ ...config, limits: { ...config.limits, submitPerMin: 10_000 } }) };
const seqs = (socket: Socket, stream: string): number[] => socket.events(stream).map(({ seq }) => seq);
const range = (from: number, to: number): number[] => Array.from({ length: to - from + 1 }, (_, n) => from + n);

async function write(url: string, person: Person, stream: string, count: number): Promise<number> {
  let last = 0;
  for (let n = 0; n < count; n++) last = (await post(url, person, stream, message(`m${n}`))).body.seq;
  return last;
}

test('a client that drops and resumes again and again, while the other side writes, has every event once and in order', async (t) => {
  const { url } = await openServer(t, generous);
  const [visitor, ana] = await Promise.all([openVisitor(url), signIn(url, 'ana@clinic.test')]);
  const { id, epoch } = await openConversation(url, visitor);
  await post(url, ana, id, { kind: 'accept' });
  let done = false;
  const writing = write(url, ana, id, 150).finally(() => (done = true));
  const got: number[] = [];
  for (let round = 0; !done && round < 200; round++) {
    const socket = await connect(url, visitor, [{ stream: id, epoch, seq: got.at(-1) ?? 0 }]);
    await socket.untilEvent(id).catch(() => {});
    socket.raw.terminate();
    await socket.closed;
    got.push(...seqs(socket, id));
  }
  const last = await writing;
  const socket = await connect(url, visitor, [{ stream: id, epoch, seq: got.at(-1) ?? 0 }]);
  if ((got.at(-1) ?? 0) < last) await socket.untilEvent(id, ({ seq }) => seq === last);
  got.push(...seqs(socket, id));
  assert.deepEqual(got, range(1, last));
});

test('a client without a cursor gets nothing of the past and everything from now on', async (t) => {
  const { url } = await openServer(t);
  const visitor = await openVisitor(url);
  const { id, head } = await openConversation(url, visitor);
  const socket = await connect(url, visitor);
  assert.deepEqual(socket.welcome.streams.map(({ stream, mode }) => [stream, mode]), [['self', 'resume'], [id, 'resume']]);
  await post(url, visitor, id, message('Now'));
  await socket.untilEvent(id);
  assert.deepEqual(seqs(socket, id), [head + 1]);
});

test('a client without the capability gets single events only, of a long log too', async (t) => {
  const { url } = await openServer(t, generous);
  const visitor = await openVisitor(url);
  const { id, epoch } = await openConversation(url, visitor);
  const last = await write(url, visitor, id, 220);
  const plain = await connect(url, visitor, [{ stream: id, epoch, seq: 0 }], { caps: [] });
  await plain.untilEvent(id, ({ seq }) => seq === last);
  assert.equal(plain.frames.some(({ t: type }) => type === 'events'), false);
  assert.deepEqual(seqs(plain, id), range(1, last));
  const batched = await connect(url, visitor, [{ stream: id, epoch, seq: 0 }]);
  await batched.untilEvent(id, ({ seq }) => seq === last);
  assert.ok(batched.frames.length < 20);
  assert.deepEqual(seqs(batched, id), range(1, last));
});

for (const [reason, cursorOf] of [
  ['epoch', (head: number) => ({ epoch: 'another', seq: head })],
  ['ahead', (head: number, epoch: string) => ({ epoch, seq: head + 1 })],
  ['too-far', (_head: number, epoch: string) => ({ epoch, seq: 0 })],
] as const satisfies readonly (readonly [ResetBody['reason'], unknown])[]) {
  test(`a cursor that cannot be continued is reset (${reason}), and live events go on behind the head`, async (t) => {
    const { url } = await openServer(t, { change: (config) => ({ ...config, limits: { ...config.limits, resumeMax: 3 } }) });
    const visitor = await openVisitor(url);
    const { id, epoch } = await openConversation(url, visitor);
    const head = await write(url, visitor, id, 4);
    const socket = await connect(url, visitor, [{ stream: id, ...cursorOf(head, epoch) }]);
    const reset = await socket.until('reset', (d) => d.stream === id);
    assert.deepEqual([reset.reason, reset.head, reset.floor, reset.epoch, reset.state?.status], [reason, head, 1, epoch, 'waiting']);
    assert.equal(socket.welcome.streams.find(({ stream }) => stream === id)?.mode, 'reset');
    await post(url, visitor, id, message('After'));
    await socket.untilEvent(id);
    assert.deepEqual(seqs(socket, id), [head + 1]);
  });
}

test('sync sends again from a cursor, and unsub ends the following', async (t) => {
  const { url } = await openServer(t);
  const visitor = await openVisitor(url);
  const { id, epoch, head } = await openConversation(url, visitor);
  const socket = await connect(url, visitor);
  const reply = await socket.request({ t: 'sync', d: { stream: id, epoch, seq: 1 } });
  assert.equal(reply.t, 'ok');
  await socket.untilEvent(id, ({ seq }) => seq === head);
  assert.deepEqual(seqs(socket, id), range(2, head));
  await socket.request({ t: 'unsub', d: { stream: id } });
  await post(url, visitor, id, message('Unheard'));
  await socket.request({ t: 'unsub', d: { stream: id } });
  assert.deepEqual(seqs(socket, id), range(2, head));
});

test('a cursor below the floor is reset (pruned); what was pruned is served nowhere, and a late copy of it makes no second message', async (t) => {
  const { url, config } = await openServer(t);
  const visitor = await openVisitor(url);
  const { id, epoch } = await openConversation(url, visitor);
  const first = (await post(url, visitor, id, message('first'), 'pruned-message')).body.seq;
  const last = await write(url, visitor, id, 3);
  const answer = await askRunningServer(adminSocketFile(config), { op: 'stream.prune', stream: id, below: first + 1 });
  assert.deepEqual(answer?.ok && answer.value, { accounts: [], count: first + 1 });
  const [behind, close] = [await connect(url, visitor, [{ stream: id, epoch, seq: first - 1 }]), await connect(url, visitor, [{ stream: id, epoch, seq: first }])];
  const reset = await behind.until('reset');
  assert.deepEqual([reset.reason, reset.floor, reset.head], ['pruned', first + 1, last]);
  await close.untilEvent(id, ({ seq }) => seq === last);
  assert.deepEqual(seqs(close, id), range(first + 1, last));
  for (const query of ['', '?after=0', `?before=${last + 1}`]) {
    const { body } = await call<{ events: { seq: number }[]; floor: number; complete: boolean }>(url, 'GET', `/v1/streams/${id}/events${query}`, { person: visitor });
    assert.deepEqual([body.events.map(({ seq }) => seq), body.floor, body.complete], [range(first + 1, last), first + 1, true]);
  }
  const again = await post(url, visitor, id, message('first'), 'pruned-message');
  assert.deepEqual([again.status, again.body.dup, again.body.seq], [200, true, first]);
  const lower = await askRunningServer(adminSocketFile(config), { op: 'stream.prune', stream: id, below: 1 });
  assert.equal(lower?.ok && lower.value.count, first + 1, 'a floor never falls');
});
