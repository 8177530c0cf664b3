/** `care-chat triage evaluate`, as a person or a CI job calls it. */
import assert from 'node:assert/strict';
import { join } from 'node:path';
import { test } from 'node:test';
import { prepareCli } from '../support/node/cli-calls.js';
import { samplePack } from '../support/shared/sample-pack.js';

const { folder, file, call } = prepareCli('triage');
const pack = file('pack.json', samplePack);
const answers = file('answers.json', { redFlags: ['none'], canWalk: false });

test('prints level, rule, why and messages as JSON', async () => {
  const { code, out } = await call('evaluate', pack, '--answers', answers, '--on', '2026-11-23');
  assert.equal(code, 0);
  const outcome = JSON.parse(out) as Record<string, unknown>;
  assert.equal(outcome['level'], 'urgent');
  assert.equal(outcome['rule'], 'U1');
  assert.deepEqual(outcome['why'], [{ input: 'canWalk', given: false }]);
  assert.deepEqual(outcome['messages'], [{ id: 'today', text: { en: 'See somebody today.' } }]);
});

test('refuses an expired pack and says so', async () => {
  const { code, out, error } = await call('evaluate', pack, '--answers', answers, '--on', '2027-07-01');
  assert.deepEqual([code, out], [1, '']);
  assert.match(error, /expired/);
});

test('refuses a pack with a mistake and says where', async () => {
  const { code, error } = await call('evaluate', file('bad.json', { ...samplePack, rules: [] }), '--answers', answers);
  assert.equal(code, 1);
  assert.match(error, /\/rules: no-last-rule/);
});

test('answers a wrong call with what is missing', async () => {
  const calls: readonly [readonly string[], RegExp][] = [
    [[], /what about the pack/], [['evaluate'], /needs PACK/], [['evaluate', pack], /--answers is needed/], [['guess', pack], /no "triage guess"/], [['evaluate', join(folder, 'none.json'), '--answers', answers], /cannot read/],
    [['evaluate', pack, '--answers', file('text.json', 'x')], /not JSON/], [['evaluate', pack, '--answers', file('odd.json', { redFlags: {} })], /"redFlags"/], [['evaluate', pack, '--answers', answers, '--on', 'soon'], /YYYY-MM-DD/],
  ];
  for (const [args, expected] of calls) {
    const { code, error } = await call(...args);
    assert.equal(code, 2);
    assert.match(error, expected);
  }
});
