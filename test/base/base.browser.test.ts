import { expect } from '@open-wc/testing';
import { backoffMs } from '../../src/base/backoff.js';
import { CareError } from '../../src/base/care-error.js';
import { createDisposables } from '../../src/base/disposables.js';
import { uuidv7 } from '../../src/base/ids.js';
import { createSnapshot } from '../../src/base/snapshot.js';

describe('snapshot', () => {
  it('tells listeners of a change, and of nothing when the value is identical', () => {
    const seen: number[] = [];
    const snapshot = createSnapshot(1);
    snapshot.subscribe((value) => seen.push(value));
    snapshot.set(2);
    snapshot.set(2);
    snapshot.update((value) => value + 1);
    expect(seen).to.deep.equal([2, 3]);
  });

  it('stops telling who has unsubscribed, also in the middle of a round', () => {
    const seen: string[] = [];
    const snapshot = createSnapshot(0);
    const stop = snapshot.subscribe(() => {
      seen.push('first');
      stop();
    });
    snapshot.subscribe(() => seen.push('second'));
    snapshot.set(1);
    snapshot.set(2);
    expect(seen).to.deep.equal(['first', 'second', 'second']);
  });
});

describe('disposables', () => {
  it('let go newest first, once, and at once when added too late', () => {
    const order: string[] = [];
    const bag = createDisposables();
    bag.add(() => order.push('a'));
    bag.add(() => order.push('b'));
    bag.dispose();
    bag.dispose();
    bag.add(() => order.push('late'));
    expect(order).to.deep.equal(['b', 'a', 'late']);
  });
});

describe('backoff', () => {
  it('is spread over the whole range, grows to its cap and never spins', () => {
    expect(backoffMs(0, { random: () => 0 })).to.equal(100);
    expect(backoffMs(0, { random: () => 0.999 })).to.be.at.most(500);
    expect(backoffMs(3, { random: () => 0.5 })).to.equal(2000);
    expect(backoffMs(1000, { random: () => 1 })).to.equal(30_000);
  });
});

describe('uuidv7', () => {
  it('has the version and variant of RFC 9562 and sorts by time', () => {
    const random = new Uint8Array(16).fill(255);
    const earlier = uuidv7(1_700_000_000_000, random);
    const later = uuidv7(1_700_000_000_001, new Uint8Array(16));
    expect(earlier).to.match(/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
    expect(earlier < later).to.equal(true);
    expect(earlier.slice(0, 13).replace('-', '')).to.equal((1_700_000_000_000).toString(16).padStart(12, '0'));
  });
});

describe('CareError', () => {
  it('carries its code, and is not retryable unless it says so', () => {
    const error = new CareError('invalid', undefined, { details: [{ pointer: '/d', code: 'type' }] });
    expect([error.code, error.retryable, error.message]).to.deep.equal(['invalid', false, 'invalid']);
    expect(error.details).to.deep.equal([{ pointer: '/d', code: 'type' }]);
  });
});
