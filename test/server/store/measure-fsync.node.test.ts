/** What the measured speed of a disk means, and that measuring leaves nothing behind. */
import assert from 'node:assert/strict';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { fsyncInWords, judgeFsync, measureFsync } from '../../../src/server/store/measure-fsync.js';

test('a disk that is faster than a disk can be is told in words, and so is a slow one; any other is fine', () => {
  const judge = (median: number) => judgeFsync([median, 1, 9_000_000, median, median]);
  assert.deepEqual(judge(24), { verdict: 'fast', medianMicros: 24, slowestMicros: 9_000_000, samples: 5 });
  assert.match(fsyncInWords(judge(24))!, /may not be durable.*24 µs.*battery/);
  assert.equal(judge(30).verdict, 'fine');
  assert.equal(fsyncInWords(judge(4_000)), null);
  assert.equal(judge(50_000).verdict, 'fine');
  assert.match(fsyncInWords(judge(80_000))!, /slow: it takes 80 ms.*Nothing is lost/);
});

test('measuring times at most 50 writes and leaves no file', (t) => {
  const folder = mkdtempSync(join(tmpdir(), 'care-chat-fsync-'));
  t.after(() => rmSync(folder, { recursive: true, force: true }));
  const { samples, medianMicros, slowestMicros } = measureFsync(folder);
  assert.ok(samples >= 5 && samples <= 50 && medianMicros >= 0 && slowestMicros >= medianMicros);
  assert.deepEqual(readdirSync(folder), []);
});
