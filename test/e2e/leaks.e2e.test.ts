/** The benchmark of leaks itself: it finds what a stock recorder lets out, and finds nothing of ours. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { findLeaks, leaksByKind } from '../support/node/leaks.js';

describe('the page of canaries', () => {
  it('is let out by rrweb, however strict, and not by ours', async () => {
    const seed = Math.floor(Math.random() * 2 ** 31);
    const leaks = await findLeaks(seed);
    const counts = new Map([...leaks].map(([name, { channels }]) => [name, channels.filter(({ forms }) => forms.length > 0).map((one) => one.name)]));
    assert.deepEqual(counts.get('care-chat'), [], `seed ${seed}`);
    assert.ok(leaks.get('care-chat')!.channels.length >= 250);
    assert.ok(leaks.get('care-chat')!.bytes > 1000);
    const [plain, strict, most] = [...counts.values()].slice(1).map((list) => list.length) as [number, number, number];
    assert.ok(plain > strict && strict >= most && most > 20, [plain, strict, most].join());
    assert.equal(leaksByKind(leaks).reduce((sum, { planted }) => sum + planted, 0), leaks.get('care-chat')!.channels.length);
  });
});
