/** Health and readiness, and what follows when the store is lost. */
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { runServe } from '../../src/cli/serve.js';
import { createHealth } from '../../src/server/http/health.js';
import { createTestClock } from '../support/node/test-clock.js';
import { openServer, plainConfig } from '../support/node/test-server.js';

const storeThread = new URL('../support/node/failing-store-thread.js', import.meta.url);
const deadlineMs = 10_000;

test('a store that refuses, one that does not answer, and a server that stops are not ready; the process is healthy all the same', async () => {
  const clock = createTestClock();
  const state = { check: (): Promise<void> => Promise.resolve(), draining: false };
  const answer = createHealth({ clock, fsync: { verdict: 'fine', medianMicros: 900, slowestMicros: 1200, samples: 50 }, store: { check: () => state.check() }, draining: () => state.draining });
  assert.deepEqual(await answer('/readyz'), { status: 200, body: { status: 'ready', disk: { verdict: 'fine', medianMicros: 900 } } });
  state.check = () => Promise.reject(new Error('disk full'));
  assert.deepEqual(await answer('/readyz'), { status: 503, body: { status: 'not-ready' }, headers: { 'Retry-After': '2' } });
  state.check = () => new Promise(() => {});
  const late = answer('/readyz');
  clock.jump(2_000);
  assert.equal((await late)?.status, 503);
  state.check = () => Promise.resolve();
  state.draining = true;
  assert.equal((await answer('/readyz'))?.status, 503);
  assert.equal((await answer('/healthz'))?.status, 200);
  assert.equal(await answer('/v1/ws'), null);
});

test('a server whose store is lost says so: not ready, and `failed` resolves', { timeout: deadlineMs }, async (t) => {
  const { url, failed, close, log } = await openServer(t, { storeThread });
  const ready = await fetch(`${url}/readyz`);
  assert.deepEqual([ready.status, ready.headers.get('retry-after'), await ready.json()], [503, '2', { status: 'not-ready' }]);
  await failed;
  assert.equal((await fetch(`${url}/readyz`)).status, 503);
  assert.equal((await fetch(`${url}/healthz`)).status, 200);
  await close();
  assert.match(log(), /store\.failed/);
});

test('`care-chat serve` ends with code 1 and the reason when the store is lost', { timeout: deadlineMs }, async (t) => {
  const folder = mkdtempSync(join(tmpdir(), 'care-chat-lost-'));
  t.after(() => rmSync(folder, { recursive: true, force: true }));
  const file = join(folder, 'care-chat.config.json');
  const { agents: _agents, ...config } = plainConfig;
  writeFileSync(file, JSON.stringify({ ...config, log: { level: 'silent' } }));
  const errors: string[] = [];
  const statuses: Promise<number>[] = [];
  const code = await runServe(['--config', file, '--port', '0'], {
    env: {}, readInput: () => Promise.resolve(null), stopRequested: () => new Promise(() => {}),
    error: (line) => void errors.push(line),
    // The first line is its address: asking whether it is ready is what kills the store here.
    out: (line) => void statuses.push(fetch(`${line.slice(line.indexOf('http'))}/readyz`).then(({ status }) => status)),
  }, { storeThread });
  assert.equal(code, 1);
  assert.deepEqual(await Promise.all(statuses), [503]);
  assert.match(errors.join('\n'), /can no longer be written/);
});
