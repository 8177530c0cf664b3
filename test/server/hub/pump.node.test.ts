/** Delivery under back-pressure: memory stays flat, nothing is lost, and a peer that takes nothing is let go. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setImmediate as turn } from 'node:timers/promises';
import { createDoorbell } from '../../../src/server/hub/doorbell.js';
import { createPump, type Pump } from '../../../src/server/hub/pump.js';
import { pollMs, type Wire } from '../../../src/server/hub/wire.js';
import type { StoredEvent } from '../../../src/server/store/store.js';

const eventBytes = 100_000;
const pauseBytes = 1_048_576;

function scene() {
  const log: StoredEvent[] = [];
  const doorbell = createDoorbell();
  const timers = new Set<{ at: number; run: () => void }>();
  const state = { now: 0, buffered: 0, stalled: 0, failed: 0, broken: false, delivered: [] as number[], highest: 0 };
  const clock = {
    now: () => 0,
    ticks: () => state.now,
    after(delayMs: number, run: () => void) {
      const entry = { at: state.now + delayMs, run };
      timers.add(entry);
      return () => void timers.delete(entry);
    },
  };
  const wire: Wire = { send() {}, get bufferedBytes() { return state.buffered; }, ping() {}, close() {}, terminate() {} };
  const pump: Pump = createPump({
    clock, doorbell, wire, pageMax: 5, limits: { pauseBytes, stalledMs: 30_000 },
    store: {
      async readAfter(_stream, after, limit) {
        if (state.broken) throw new Error('broken');
        return log.filter(({ seq }) => seq > after).slice(0, limit);
      },
    },
    deliver(events) {
      state.delivered.push(...events.map(({ seq }) => seq));
      state.buffered += events.length * eventBytes;
      state.highest = Math.max(state.highest, state.buffered);
    },
    onStalled: () => void (state.stalled += 1),
    onFailed: () => void (state.failed += 1),
  });
  const settle = async (): Promise<void> => {
    for (let n = 0; n < 30; n++) await turn();
  };
  return {
    state, pump, settle,
    write(count: number) {
      for (let n = 0; n < count; n++) log.push({ seq: log.length + 1 } as StoredEvent);
      doorbell.ring(['c_1']);
    },
    async pass(ms: number) {
      state.now += ms;
      for (const entry of [...timers].filter(({ at }) => at <= state.now)) {
        timers.delete(entry);
        entry.run();
      }
      await settle();
    },
  };
}

const upTo = (last: number): number[] => Array.from({ length: last }, (_, n) => n + 1);

test('the cursor stops where the peer does not take what is sent, and goes on when it does', async () => {
  const { state, pump, write, settle, pass } = scene();
  pump.follow('c_1', 0);
  write(100);
  await settle();
  const stoppedAt = state.delivered.length;
  assert.ok(stoppedAt < 100);
  assert.ok(state.highest <= pauseBytes + 5 * eventBytes);
  for (let n = 0; n < 60 && state.delivered.length < 100; n++) {
    state.buffered = 0;
    await pass(pollMs);
  }
  assert.deepEqual(state.delivered, upTo(100));
  assert.equal(state.stalled, 0);
});

test('a peer that takes nothing for 30 s is let go; one that takes a little is not', async () => {
  const { state, pump, write, settle, pass } = scene();
  pump.follow('c_1', 0);
  write(100);
  await settle();
  for (let n = 0; n < 40; n++) {
    state.buffered -= 1;
    await pass(1_000);
  }
  assert.equal(state.stalled, 0);
  await pass(29_000);
  assert.equal(state.stalled, 0);
  await pass(1_500);
  assert.equal(state.stalled, 1);
  pump.stop();
});

test('a ring during a read is not lost, and a stream followed anew goes on from there', async () => {
  const { state, pump, write, settle } = scene();
  pump.follow('c_1', 0);
  write(1);
  write(1);
  await settle();
  assert.deepEqual(state.delivered, [1, 2]);
  pump.follow('c_1', 1);
  await settle();
  assert.deepEqual(state.delivered, [1, 2, 2]);
  pump.unfollow('c_1');
  write(1);
  await settle();
  assert.deepEqual(state.delivered, [1, 2, 2]);
});

test('a store that fails is told, and nothing is skipped', async () => {
  const { state, pump, write, settle } = scene();
  pump.follow('c_1', 0);
  await settle();
  state.broken = true;
  write(2);
  await settle();
  assert.deepEqual([state.failed, state.delivered], [1, []]);
});
