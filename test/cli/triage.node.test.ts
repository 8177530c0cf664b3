/** `care-chat triage evaluate`, as a person or a CI job calls it. */
import assert from 'node:assert/strict';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { test } from 'node:test';
import { prepareCli } from '../support/node/cli-calls.js';
import { sampleCheck } from '../support/shared/sample-check.js';
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
  assert.match(error, /\/rules: [A-Z].* .*\.$/m, 'in a sentence, as lint says it');
  assert.doesNotMatch(error, /no-last-rule/);
});

test('red flags that nobody answered are an emergency, as in the form of the same answers', async () => {
  const { resolve } = createRequire(import.meta.url);
  const respiratory = resolve('care-chat/packs/respiratory.json');
  const outcomeOf = async (given: unknown): Promise<string> => {
    const { code, out, error } = await call('evaluate', respiratory, '--answers', file('given.json', given), '--on', '2026-11-25');
    assert.deepEqual([code, error], [0, '']);
    return (JSON.parse(out) as { readonly rule: string }).rule;
  };
  const coded = (code: string): unknown => [{ valueCoding: { code } }];
  const asForm = await outcomeOf({ who: coded('me'), 'age-me': [{ valueInteger: 40 }], symptoms: coded('cough') });
  assert.equal(asForm, 'E1');
  assert.equal(await outcomeOf({ ageYears: 40, symptoms: ['cough'] }), asForm);
  assert.equal(await outcomeOf({ ageYears: 6 }), 'E2');
  assert.equal(await outcomeOf({}), 'E1');
  assert.equal(await outcomeOf({ ageYears: 40, redFlags: ['siezure'] }), 'E1');
  assert.equal(await outcomeOf({ ageYears: 40, redFlags: ['none'], symptoms: ['cough'] }), 'S1');
  assert.equal(await outcomeOf({ ageYears: 40, redFlags: [], symptoms: ['cough'] }), 'S1');
});

test('refuses answers to what the pack does not ask, and says what it may be', async () => {
  const { resolve } = createRequire(import.meta.url);
  const cases: readonly [string, unknown, RegExp][] = [
    [pack, { redFlag: ['foot-cold'], canWalk: true }, /"redFlag"\. Did you mean "redFlags"\?/], [pack, { weather: 'rain' }, /"weather"\. There are: redFlags, signs, ageYears/],
    [resolve('care-chat/packs/respiratory.json'), { ageYears: 40, 'red-flags': ['seizure'], 'age-me': 4 }, /"red-flags"\. Question "red-flags" is read by "redFlags"\.\n.*"age-me"\. .*"ageYears"/],
  ];
  for (const [path, given, expected] of cases) {
    const { code, out, error } = await call('evaluate', path, '--answers', file('names.json', given), '--on', '2026-11-25');
    assert.deepEqual([code, out], [2, '']);
    assert.match(error, expected);
  }
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

test('takes no answers of another questionnaire, and no day that there is not', async () => {
  const asking = file('asking.json', sampleCheck);
  const of = (questionnaire: string): string => file(`of-${questionnaire.length}.json`, { resourceType: 'QuestionnaireResponse', status: 'completed', questionnaire, item: [] });
  const other = await call('evaluate', asking, '--answers', of('https://clinic.example/forms/another|1'), '--on', '2026-11-25');
  assert.equal(other.code, 2);
  assert.match(other.error, /the answers are of https:\/\/clinic\.example\/forms\/another\|1, and the pack asks /);
  const own = (sampleCheck as { readonly questionnaire: { readonly url: string } }).questionnaire.url;
  assert.equal((await call('evaluate', asking, '--answers', of(own), '--on', '2026-11-25')).code, 0);
  const never = await call('evaluate', pack, '--answers', answers, '--on', '2026-02-31');
  assert.deepEqual([never.code, never.out], [2, '']);
  assert.match(never.error, /there is no day 2026-02-31\. See/);
  assert.doesNotMatch((await call('evaluate', pack, '--answers', file('unknown.json', { nobody: 'knows' }))).error, /\.\. See/);
});
