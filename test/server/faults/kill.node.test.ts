/** `kill -9` over the wire, with writes in flight, at random points: what was acknowledged is there, once, in order (§4.4 cases 31 and 32). */
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { spawnServer, type SpawnedServer } from '../../support/node/spawned-server.js';
import { assertKept, wholeLog } from '../../support/node/whole-log.js';
import { call, connect, message, openConversation, openVisitor, type Person, type Socket } from '../../support/node/wire-client.js';

const rounds = 20;
const seed = Number(process.env['CARE_SEED'] ?? Math.floor(Math.random() * 2 ** 31));

/** Mulberry32: small, and the same everywhere. */
function createRandom(from: number): () => number {
  let state = from;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** What one patient sends: one message at a time, in order, each again under its key until it was acknowledged. */
interface Sender {
  readonly order: string[];
  readonly acknowledged: Map<string, number>;
  readonly stream: string;
  readonly visitor: Person;
  pending: string | null;
}

/** Sends until the server dies; the message without an answer stays pending. */
async function sendUntilDeath(server: SpawnedServer, sender: Sender, onAck: () => void): Promise<void> {
  // The others may have been quick: then the kill falls into this one's hello.
  const socket: Socket | null = await connect(server.url, sender.visitor).catch(() => null);
  if (socket === null) return;
  for (;;) {
    if (sender.pending === null) {
      sender.pending = `kill-${sender.visitor.id.slice(-12)}-${sender.order.length}`;
      sender.order.push(sender.pending);
    }
    const cmid = sender.order.at(-1)!;
    const reply: Awaited<ReturnType<Socket['submit']>> | null = await socket.submit(sender.stream, message(cmid), cmid).catch(() => null);
    if (reply === null) return;
    assert.equal(reply.t, 'ok', JSON.stringify(reply.d));
    sender.acknowledged.set(cmid, (reply.d as { seq: number }).seq);
    sender.pending = null;
    onAck();
  }
}

test(`kill -9 at ${rounds} random points loses no acknowledged message, doubles none and keeps the order`, async (t) => {
  t.diagnostic(`seed ${seed}: repeat with CARE_SEED=${seed}`);
  const random = createRandom(seed);
  const dataDir = mkdtempSync(join(tmpdir(), 'care-chat-kill-'));
  let server = await spawnServer(dataDir);
  t.after(async () => {
    await server.kill();
    rmSync(dataDir, { recursive: true, force: true });
  });
  const senders: Sender[] = [];
  for (let n = 0; n < 4; n++) {
    const visitor = await openVisitor(server.url);
    senders.push({ visitor, stream: (await openConversation(server.url, visitor)).id, order: [], acknowledged: new Map(), pending: null });
  }
  const { epoch } = (await wholeLog(server.url, senders[0]!.visitor, senders[0]!.stream))[0]!;
  for (let round = 0; round < rounds; round++) {
    let left = 1 + Math.floor(random() * 60);
    let resolve = (): void => {};
    const promise = new Promise<void>((done) => (resolve = done));
    const sending = senders.map((sender) => sendUntilDeath(server, sender, () => (--left === 0 ? resolve() : undefined)));
    await promise;
    // Not always right behind an acknowledgement.
    if (random() < 0.5) await new Promise((done) => setTimeout(done, Math.floor(random() * 4)));
    await server.kill();
    await Promise.all(sending);
    server = await spawnServer(dataDir);
  }
  for (const sender of senders) {
    if (sender.pending !== null) {
      const cmid = sender.order.at(-1)!;
      const { body } = await call<{ seq: number }>(server.url, 'POST', `/v1/streams/${sender.stream}/events`, { person: sender.visitor, body: { cmid, ev: message(cmid) } });
      sender.acknowledged.set(cmid, body.seq);
    }
    assert.equal(sender.acknowledged.size, sender.order.length);
    const events = await wholeLog(server.url, sender.visitor, sender.stream);
    assertKept(events, sender.acknowledged, sender.order);
    assert.ok(events.every((event) => event.epoch === epoch), 'a restart is no new epoch');
  }
  assert.ok(senders.reduce((sum, { order }) => sum + order.length, 0) > rounds * 4);
});
