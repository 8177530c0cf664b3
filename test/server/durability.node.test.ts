/** `kill -9` at any moment: what was acknowledged is there, once, in order. */
import assert from 'node:assert/strict';
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { call, connect, message, openConversation, openVisitor, type Person } from '../support/node/wire-client.js';

const child = fileURLToPath(new URL('../support/node/serve-child.js', import.meta.url));

async function spawnServer(dataDir: string): Promise<{ process: ChildProcess; url: string }> {
  const server = spawn(process.execPath, [child, dataDir], { stdio: ['ignore', 'pipe', 'inherit'] });
  const [line] = (await once(server.stdout!, 'data')) as [Buffer];
  return { process: server, url: String(line).trim() };
}

async function kill(server: ChildProcess): Promise<void> {
  const exited = once(server, 'exit');
  server.kill('SIGKILL');
  await exited;
}

interface Event {
  readonly seq: number;
  readonly cmid?: string;
}

async function whole(url: string, visitor: Person, stream: string): Promise<Event[]> {
  const events: Event[] = [];
  for (;;) {
    const { body } = await call<{ events: Event[]; complete: boolean }>(url, 'GET', `/v1/streams/${stream}/events?after=${events.at(-1)?.seq ?? 0}`, { person: visitor });
    events.push(...body.events);
    if (body.complete) return events;
  }
}

test('kill -9 in the middle of sending loses no acknowledged message and doubles none that is sent again', async (t) => {
  const dataDir = mkdtempSync(join(tmpdir(), 'care-chat-kill-'));
  let server = await spawnServer(dataDir);
  t.after(async () => {
    if (server.process.exitCode === null && server.process.signalCode === null) await kill(server.process);
    rmSync(dataDir, { recursive: true, force: true });
  });
  const visitor = await openVisitor(server.url);
  const { id, head, epoch } = await openConversation(server.url, visitor);
  const acknowledged = new Map<string, number>();
  let next = 0;
  let unsure: string[] = [];
  for (let round = 0; round < 4; round++) {
    const socket = await connect(server.url, visitor);
    // What had no answer when the server died is sent again first, under its own key.
    const sent = [...unsure, ...Array.from({ length: 40 }, () => `kill-test-${next++}`)];
    const answers = sent.map((cmid) => socket.submit(id, message(cmid), cmid).then((reply) => {
      if (reply.t === 'ok') acknowledged.set(cmid, (reply.d as { seq: number }).seq);
    }, () => {}));
    await Promise.race(answers.slice(5 + round * 7));
    await kill(server.process);
    await Promise.all(answers);
    unsure = sent.filter((cmid) => !acknowledged.has(cmid));
    server = await spawnServer(dataDir);
  }
  const socket = await connect(server.url, visitor);
  for (const cmid of unsure) acknowledged.set(cmid, ((await socket.submit(id, message(cmid), cmid)).d as { seq: number }).seq);
  assert.equal(acknowledged.size, next);
  const events = await whole(server.url, visitor, id);
  assert.deepEqual(events.map(({ seq }) => seq), events.map((_, index) => index + 1));
  assert.equal(events.length, head + next);
  for (const [cmid, seq] of acknowledged) assert.equal(events[seq - 1]?.cmid, cmid);
  assert.equal((await call<{ epoch: string }>(server.url, 'GET', `/v1/conversations/${id}`, { person: visitor })).body.epoch, epoch);
});
