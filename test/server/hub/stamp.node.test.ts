/** Version numbers of snapshots only grow. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createStamp } from '../../../src/server/hub/stamp.js';

test('numbers grow while the clock stands still, goes back, and after a restart with a clock that was put back', () => {
  let now = 1_000_000;
  const stamp = createStamp(() => now);
  const first = stamp();
  assert.ok(stamp() > first);
  now -= 500_000;
  const before = stamp();
  assert.ok(before > first);
  const restarted = createStamp(() => now, first);
  assert.ok(restarted() > before);
  assert.equal(createStamp(() => 2_000_000, first)(), 2_000_000, 'a clock that is right is followed');
});
