/** Which rules no answers can lead to: as the questions allow, and no further. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { loadQuestionnaire } from '../../src/questionnaire/load-questionnaire.js';
import { findUnreachableRules } from '../../src/triage/find-unreachable.js';
import { loadPack } from '../support/node/content-packs.js';
import { choice, hl7, item, questionnaire, type Json } from '../support/shared/questionnaires.js';
import { samplePack } from '../support/shared/sample-pack.js';

interface Case {
  readonly several?: boolean;
  readonly exclusive?: 'a' | 'b';
  readonly least?: number;
}

/** Ids of the rules that nothing leads to; the last rule, `rest`, is added. */
function unreachable(rules: Readonly<Record<string, unknown>>, { several = true, exclusive, least = 0 }: Case = {}): readonly string[] {
  const signs = choice('signs', ['a', 'b', 'c'], { repeats: several });
  const options = (signs['answerOption'] as readonly Json[]).map((option, index) => ('abc'[index] === exclusive ? { ...option, extension: [hl7('questionnaire-optionExclusive', { valueBoolean: true })] } : option));
  const form = questionnaire([{ ...signs, answerOption: options }, item('days', 'integer', { extension: [hl7('minValue', { valueInteger: least })] }), item('worse', 'boolean')]);
  const pack = loadPack({
    ...samplePack, redFlags: 'signs', questionnaire: form, messages: {},
    inputs: { signs: { type: 'choice', values: ['a', 'b', 'c'], from: 'signs' }, days: { type: 'number', from: 'days' }, worse: { type: 'boolean', from: 'worse' } },
    rules: Object.entries({ ...rules, rest: { always: true } }).map(([id, when]) => ({ id, level: 'book', when })),
  });
  const loaded = loadQuestionnaire(form, { lang: 'en' });
  if (!loaded.ok) throw loaded.error;
  return findUnreachableRules(pack, loaded.value).map((index) => pack.rules[index]!.id);
}

const signs = (...has: string[]): unknown => ({ input: 'signs', has });
const beside = (...hasBeside: string[]): unknown => ({ input: 'signs', hasBeside });
const days = (atLeast: number): unknown => ({ input: 'days', atLeast });
const before = (below: number): unknown => ({ input: 'days', below });

test('a rule behind one that takes all its cases', () => {
  assert.deepEqual(unreachable({ one: days(3), two: days(5), three: { all: [days(5), signs('a')] } }), ['two', 'three']);
  assert.deepEqual(unreachable({ one: signs('a'), two: beside('b', 'c') }), ['two']);
  assert.deepEqual(unreachable({ one: { any: [{ input: 'worse', is: true }, { not: { input: 'worse', is: true } }] }, two: signs('a') }), ['two', 'rest']);
  assert.deepEqual(unreachable({ one: { all: [days(3), signs('a')] }, two: { all: [days(3), signs('b')] }, three: days(3), four: signs('a') }), []);
});

test('a number that the question does not take', () => {
  const rules = { one: days(3), two: before(3) };
  assert.deepEqual([unreachable(rules), unreachable(rules, { least: 3 })], [[], ['two']]);
  assert.deepEqual(unreachable({ ...rules, three: before(2) }, { least: 4 }), ['two', 'three']);
  assert.deepEqual(unreachable({ one: days(3), two: before(2.5), three: { all: [before(3), { not: before(2.5) }, { not: { not: before(3) } }] } }), ['three'], 'no whole number is between');
});

test('options that cannot be chosen together', () => {
  const rules = { one: { not: { all: [signs('a'), signs('b')] } }, two: signs('c') };
  assert.deepEqual(unreachable(rules), []);
  assert.deepEqual(unreachable(rules, { several: false }), ['two', 'rest']);
  assert.deepEqual(unreachable(rules, { exclusive: 'a' }), ['two', 'rest']);
});

test('more cases than can be looked at count as reachable', () => {
  const inputs = Object.fromEntries(Array.from({ length: 24 }, (_, index) => [`n${index}`, { type: 'number' }]));
  const odd = { any: Object.keys(inputs).map((input) => ({ all: [{ input, atLeast: 1 }, { input, below: 2 }] })) };
  const pack = loadPack({ ...samplePack, inputs, messages: {}, rules: [{ id: 'one', level: 'book', when: { not: odd } }, { id: 'two', level: 'book', when: { all: Object.keys(inputs).map((input) => ({ not: { input, atLeast: 1 } })) } }, { id: 'rest', level: 'book', when: { always: true } }] });
  assert.ok(!findUnreachableRules(pack, null).includes(2));
});
