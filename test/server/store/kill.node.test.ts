/** What was acknowledged is there after kill -9, exactly once and in order. */
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, describe, it } from 'node:test';
import { fileURLToPath } from 'node:url';
import { openSqliteStore } from '../../../src/server/store/sqlite-store.js';

const folder = mkdtempSync(join(tmpdir(), 'care-chat-kill-'));
const file = join(folder, 'care-chat.sqlite');
const child = fileURLToPath(new URL('../../support/node/store-writer-child.js', import.meta.url));
const rounds = 6;

after(() => rmSync(folder, { recursive: true }));

/** Lets a process write until `count` acknowledgements were seen, kills it, and returns all of them. */
async function writeAndKill(round: number, count: number): Promise<string[]> {
  const writer = spawn(process.execPath, [child, file, String(round)], { stdio: ['ignore', 'pipe', 'inherit'] });
  let text = '';
  writer.stdout.setEncoding('utf8');
  writer.stdout.on('data', (chunk: string) => {
    text += chunk;
    if (text.split('\n').length > count) writer.kill('SIGKILL');
  });
  const [, signal] = (await once(writer, 'close')) as [number | null, string | null];
  assert.equal(signal, 'SIGKILL');
  // The last line may be torn; then nobody has been told.
  return text.split('\n').slice(0, -1);
}

describe('a store whose process is killed while it writes', () => {
  it(`has every acknowledged event exactly once and in order, over ${rounds} rounds`, async () => {
    const acknowledged: string[] = [];
    for (let round = 0; round < rounds; round++) {
      // Not the same place each time: the kill is to fall before, in and after a commit.
      acknowledged.push(...(await writeAndKill(round, 150 + round * 37)));
      const opened = await openSqliteStore({ file });
      assert.ok(opened.ok, opened.ok ? '' : opened.error.message);
      const store = opened.value;
      const kept: string[] = [];
      for (const stream of ['c_0', 'c_1', 'c_2']) {
        const events = await store.readAfter(stream, 0, 1_000_000);
        assert.deepEqual(events.map((event) => event.seq), events.map((_, n) => n + 1), `${stream} is contiguous`);
        assert.equal((await store.head(stream)).head, events.length);
        assert.equal(new Set(events.map((event) => event.cmid)).size, events.length, `${stream} has no cmid twice`);
        for (const writer of new Set(events.map((event) => event.cmid!.replace(/-\d+$/, '')))) {
          const numbers = events.filter((event) => event.cmid!.startsWith(`${writer}-`)).map((event) => Number(event.cmid!.split('-')[2]));
          assert.deepEqual(numbers, numbers.map((_, n) => n), `${writer} is in the order in which it wrote`);
        }
        kept.push(...events.map((event) => `${stream} ${event.seq} ${event.cmid!}`));
      }
      const there = new Set(kept);
      assert.deepEqual(acknowledged.filter((line) => !there.has(line)), [], 'acknowledged and lost');
      await store.close();
    }
    assert.ok(acknowledged.length > rounds * 100);
  });

  it('is refused to a second process for as long as the first lives', async () => {
    const writer = spawn(process.execPath, [child, file, 'owner'], { stdio: ['ignore', 'pipe', 'inherit'] });
    await once(writer.stdout, 'data');
    let failures = 0;
    const second = await openSqliteStore({ file, onFailure: () => failures++ });
    assert.ok(!second.ok && /Another care-chat server is using/.test(second.error.message));
    writer.kill('SIGKILL');
    await once(writer, 'close');
    const third = await openSqliteStore({ file });
    assert.ok(third.ok);
    await third.value.close();
    assert.equal(failures, 0, 'a store that nobody was given cannot fail');
  });
});
