/**
 * A disk that is slow, full or gone, in a real process (§4.4 cases 34, 35 and 36): no acknowledged message is lost, what cannot be kept is
 * refused with `overloaded`, readiness tells the truth, heartbeats go on, and the server recovers by itself. And fsync is really asked for.
 */
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { spawnSync } from 'node:child_process';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { test, type TestContext } from 'node:test';
import type { Problem, SubmitResult } from '../../../src/protocol/types.js';
import { openLine } from '../../support/node/link-client.js';
import { cannotInject, spawnServer, traceCalls, type SpawnedServer } from '../../support/node/spawned-server.js';
import { assertKept, wholeLog } from '../../support/node/whole-log.js';
import { connect, message, openConversation, openVisitor, post, type Person } from '../../support/node/wire-client.js';

/** A client that cannot wait as long as it is told. */
const betweenTriesMs = 100;
const betweenLooksMs = 250;

interface Chat {
  readonly server: SpawnedServer;
  readonly visitor: Person;
  readonly stream: string;
  readonly dataDir: string;
}

async function openChat(t: TestContext, more: Record<string, unknown> = {}, dataDir = mkdtempSync(join(tmpdir(), 'care-chat-disk-'))): Promise<Chat> {
  const server = await spawnServer(dataDir, more);
  t.after(async () => {
    await server.kill();
    rmSync(dataDir, { recursive: true, force: true });
  });
  const visitor = await openVisitor(server.url);
  return { server, visitor, stream: (await openConversation(server.url, visitor)).id, dataDir };
}

const ready = async ({ url }: SpawnedServer): Promise<number> => (await fetch(`${url}/readyz`)).status;

/** Sends one message again and again, under one key, until it is acknowledged or `deadlineMs` have passed; every refusal must be an honest one. */
async function sendUntilKept({ server, visitor, stream }: Chat, cmid: string, deadlineMs = 20_000): Promise<{ readonly seq: number; readonly refusals: number }> {
  const until = Date.now() + deadlineMs;
  for (let refusals = 0; ; refusals++) {
    const { status, headers, body } = await post(server.url, visitor, stream, message(cmid), cmid);
    if (status === 200 || status === 201) return { seq: body.seq, refusals };
    assertHonest(status, headers, body);
    assert.ok(Date.now() < until, 'it never recovered');
    await pause(betweenTriesMs);
  }
}

function assertHonest(status: number, headers: Headers, body: Problem): void {
  assert.deepEqual([status, body.code, body.retryable, headers.get('content-type')], [503, 'overloaded', true, 'application/problem+json']);
  assert.ok((body.retryAfterMs ?? 0) > 0 && Number(headers.get('retry-after')) >= 1);
}

for (const way of ['socket', 'stream', 'poll'] as const) for (const delayMs of [5, 50]) {
  test(`by ${way}: an fsync that takes ${delayMs} ms delays acknowledgements, shares them out, and stops no heartbeat`, { skip: cannotInject }, async (t) => {
    const chat = await openChat(t, { heartbeat: { intervalMs: 1000, graceMs: 1000 } });
    const { server, visitor, stream } = chat;
    const line = await openLine(t, way, server.url, visitor);
    const fault = await traceCalls(server, 'fdatasync,fsync', `fdatasync,fsync:delay_enter=${delayMs * 1000}`);
    const acknowledged = new Map<string, number>();
    const order: string[] = [];
    // Asked while the store is busy: an answer that waited for it would come with the acknowledgements.
    for (let n = 1; line.frames.filter(({ t: type }) => type === 'ping').length < 3; n++) {
      const sent = Array.from({ length: 20 }, (_, at) => `slow-${order.length + at}-key`);
      order.push(...sent);
      await line.send([...sent.map((cmid, at) => ({ t: 'submit', id: n * 100 + at, d: { stream, cmid, ev: message(cmid) } })), { t: 'ping', d: { n } }]);
      await line.until('pong', (d) => d.n === n);
      const isTold = (cmid: string): boolean => line.frames.some((frame) => frame.t === 'ok' && 'cmid' in frame.d && frame.d.cmid === cmid);
      assert.ok(!sent.every(isTold), 'the answer to a ping waited for the disk');
      for (const cmid of sent) acknowledged.set(cmid, ((await line.until('ok', (d) => 'cmid' in d && d.cmid === cmid)) as SubmitResult).seq);
    }
    await fault.end();
    assertKept(await wholeLog(server.url, visitor, stream), acknowledged, order);
  });
}

test('every commit is followed by an fsync: at least one per transaction that was acknowledged alone', { skip: cannotInject }, async (t) => {
  const { server, visitor, stream } = await openChat(t);
  const fault = await traceCalls(server, 'fdatasync,fsync');
  const alone = 25;
  for (let n = 0; n < alone; n++) assert.equal((await post(server.url, visitor, stream, message(`m${n}`))).status, 201);
  const calls = (await fault.end()).match(/f(data)?sync\([^)]*\) *= 0/g)?.length ?? 0;
  assert.ok(calls >= alone, `${calls} fsyncs for ${alone} commits`);
});

test('a store that is gone for 5 s refuses everything with `overloaded`, says that it is not ready, and is back by itself', { skip: cannotInject }, async (t) => {
  const chat = await openChat(t);
  const { server, visitor, stream } = chat;
  const socket = await connect(server.url, visitor);
  const acknowledged = new Map([['before-the-fault', (await sendUntilKept(chat, 'before-the-fault')).seq]]);
  const order = ['before-the-fault', 'during-the-fault', 'after-the-fault'];
  const fault = await traceCalls(server, 'fdatasync,fsync', 'fdatasync,fsync:error=EIO');
  const during = sendUntilKept(chat, 'during-the-fault');
  const states: number[] = [];
  const until = Date.now() + 5_000;
  while (Date.now() < until) {
    states.push(await ready(server));
    assert.equal((await fetch(`${server.url}/healthz`)).status, 200);
    // Nothing is waited for: it must not say in between that it is ready.
    await pause(betweenLooksMs);
  }
  await fault.end();
  const { seq, refusals } = await during;
  acknowledged.set('during-the-fault', seq);
  assert.ok(refusals > 3, 'refused while it was gone');
  assert.ok(states.length > 5 && states.every((status) => status === 503), `not ready meanwhile: ${states.join(' ')}`);
  // What was under way may have been written: who was connected comes back and reads anew.
  assert.equal(await socket.closed, 1012);
  assert.deepEqual([socket.bye()?.reason, socket.bye()?.reconnect], ['store-recovered', true]);
  acknowledged.set('after-the-fault', (await sendUntilKept(chat, 'after-the-fault')).seq);
  assert.equal(await ready(server), 200);
  assertKept(await wholeLog(server.url, visitor, stream), acknowledged, order);
  assert.match(server.log(), /store\.down[\s\S]*store\.recovered/);
});

/** A folder on a file system of 3 MB. */
function smallDisk(): { readonly folder: string; readonly remove: () => void } | string {
  const folder = mkdtempSync(join(tmpdir(), 'care-chat-full-'));
  const mounted = spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=3m', 'tmpfs', folder]);
  if (mounted.status === 0) return { folder, remove: () => void spawnSync('umount', ['-l', folder]) };
  rmSync(folder, { recursive: true, force: true });
  return 'a small file system cannot be mounted here (that takes root): a full disk cannot be made';
}

test('a full disk refuses with `overloaded` and acknowledges nothing; when there is room again the same message is taken', async (t) => {
  const disk = smallDisk();
  if (typeof disk === 'string') return t.skip(disk);
  t.after(disk.remove);
  const chat = await openChat(t, {}, disk.folder);
  const { server, visitor, stream } = chat;
  const acknowledged = new Map<string, number>();
  const order: string[] = [];
  // Somebody else fills the disk.
  const filler = join(disk.folder, 'filler');
  spawnSync('dd', ['if=/dev/zero', `of=${filler}`, 'bs=16k']);
  let refused: { status: number; headers: Headers; body: Problem } | null = null;
  for (let n = 0; n < 200 && !refused; n++) {
    const cmid = `full-${n}-message`;
    const reply = await post(server.url, visitor, stream, message('x'.repeat(7_000)), cmid);
    order.push(cmid);
    if (reply.status === 201) acknowledged.set(cmid, reply.body.seq);
    else refused = reply;
  }
  assert.ok(refused, 'the disk was full');
  assertHonest(refused.status, refused.headers, refused.body);
  assert.equal(await ready(server), 503);
  const kept = await wholeLog(server.url, visitor, stream);
  assert.equal(kept.some(({ cmid }) => cmid === order.at(-1)), false, 'what was refused is not there');
  rmSync(filler);
  const last = await post(server.url, visitor, stream, message('x'.repeat(7_000)), order.at(-1));
  assert.equal(last.status, 201);
  acknowledged.set(order.at(-1)!, last.body.seq);
  assert.equal(await ready(server), 200);
  assertKept(await wholeLog(server.url, visitor, stream), acknowledged, order);
});

test('a second server is refused in words by whatever name it calls the folder, and let in after a kill -9', async (t) => {
  const { server, dataDir } = await openChat(t);
  const link = `${dataDir}-link`;
  spawnSync('ln', ['-s', dataDir, link]);
  t.after(() => rmSync(link, { force: true }));
  for (const name of [dataDir, link, join(dataDir, '..', dataDir.split('/').at(-1)!, '.')]) {
    await assert.rejects(spawnServer(name), /Another care-chat server is using/);
  }
  await server.kill();
  const next = await spawnServer(link);
  assert.equal(await ready(next), 200);
  assert.equal(await next.stop(), 0);
});

test('the disk was measured: the log and readiness say how fast it is', async (t) => {
  const { server } = await openChat(t);
  const { disk } = (await (await fetch(`${server.url}/readyz`)).json()) as { disk: { verdict: string; medianMicros: number } };
  assert.ok(disk.medianMicros >= 0 && ['fine', 'fast', 'slow'].includes(disk.verdict));
  assert.match(server.log(), /store\.(fsync|disk-may-not-be-durable|disk-slow)"/);
});
