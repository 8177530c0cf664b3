/** A rule's number is in one unit, an answer may be in another: it is converted, or unknown; and a pack that does not say which unit it means is refused. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fillAnswers } from '../../src/questionnaire/fill-response.js';
import { packRefusalInWords } from '../../src/triage/lint-words.js';
import { parsePack } from '../../src/triage/pack.js';
import { convertUnit } from '../../src/triage/units.js';
import { loadPack, openChecker } from '../support/node/content-packs.js';
import { hl7, item, questionnaire, type Json } from '../support/shared/questionnaires.js';
import { samplePack } from '../support/shared/sample-pack.js';

const ucum = 'http://unitsofmeasure.org';
const unitOption = (code: string): Json => hl7('questionnaire-unitOption', { valueCoding: { system: ucum, code, display: code } });

interface Case {
  /** Of the input. */
  readonly unit?: unknown;
  /** That the question offers. */
  readonly offers?: readonly string[];
  readonly question?: Json;
}

function feverPack({ unit, offers = ['[degF]', 'Cel'], question = item('temp', 'quantity', { extension: offers.map(unitOption) }) }: Case): Json {
  return {
    ...samplePack, redFlags: 'stiff', questionnaire: questionnaire([item('stiff', 'boolean'), question]), messages: {},
    inputs: { stiff: { type: 'boolean', from: 'stiff' }, temp: { type: 'number', from: 'temp', ...(unit !== undefined && { unit }) } },
    rules: [
      { id: 'E', level: 'emergency', when: { input: 'stiff', is: true } }, { id: 'U', level: 'urgent', when: { input: 'temp', atLeast: 103 } }, { id: 'B', level: 'book', when: { input: 'temp', atLeast: 101 } },
      { id: 'S', level: 'self-care', when: { always: true } },
    ],
  };
}

const ruleOf = (pack: Json, valueQuantity: Json): string => {
  const checker = openChecker(loadPack(pack));
  assert.deepEqual(fillAnswers(checker.session, { stiff: [{ valueBoolean: false }], temp: [{ valueQuantity }] }).mistakes, []);
  return checker.outcome().rule;
};
const refusals = (pack: Json): readonly string[] => {
  const parsed = parsePack(pack);
  return parsed.ok ? [] : parsed.error.details.map(({ pointer, code }) => `${pointer} ${code}`);
};

test('the same temperature comes to the same, whichever unit it is said in', () => {
  const pack = feverPack({ unit: '[degF]' });
  for (const [fahrenheit, celsius, rule] of [[105.8, 41, 'U'], [103.1, 39.5, 'U'], [101.3, 38.5, 'B'], [98.6, 37, 'S']] as const) {
    assert.equal(ruleOf(pack, { value: fahrenheit, system: ucum, code: '[degF]' }), rule, `${fahrenheit} °F`);
    assert.equal(ruleOf(pack, { value: celsius, system: ucum, code: 'Cel' }), rule, `${celsius} °C`);
  }
});

test('a quantity in a unit that nothing converts, or in none, is unknown and never lowers the level', () => {
  const open = feverPack({ question: item('temp', 'quantity') });
  assert.equal(ruleOf(open, { value: 98.6 }), 'S');
  for (const quantity of [{ value: 37, code: 'Cel' }, { value: 37, unit: '°C' }, { value: 0, code: 'constructor' }]) assert.equal(ruleOf(open, quantity), 'U', JSON.stringify(quantity));
});

test('a pack is refused where its rules and its question do not agree on units', () => {
  const cases: readonly [why: string, given: Case, found: readonly string[]][] = [
    ['two units, none named', {}, ['/inputs/temp/unit no-unit']],
    ['one unit, none named', { offers: ['Cel'] }, ['/inputs/temp/unit no-unit']],
    ['another kind of quantity', { unit: 'kg' }, ['/inputs/temp/from from-unit']],
    ['one of the units does not convert', { unit: '[degF]', offers: ['[degF]', 'feverish'] }, ['/inputs/temp/from from-unit']],
    ['a unit, and a question without', { unit: 'Cel', offers: [] }, ['/inputs/temp/from from-unit']],
    ['a unit, and a bare number', { unit: 'Cel', question: item('temp', 'decimal') }, ['/inputs/temp/from from-unit']],
    ['a unit that is no text', { unit: 7 }, ['/inputs/temp input', '/rules/1/when/input unknown-input', '/rules/2/when/input unknown-input']],
    ['the unit is named', { unit: 'Cel' }, []],
    ['a bare number', { question: item('temp', 'decimal') }, []],
    ['no unit anywhere', { offers: [] }, []],
  ];
  for (const [why, given, found] of cases) assert.deepEqual(refusals(feverPack(given)), found, why);
  const refused = parsePack(feverPack({}));
  assert.match(!refused.ok && packRefusalInWords(refused.error).join() || '', /^\/inputs\/temp\/unit: .*UCUM/);
});

test('units of one kind become one another, exactly at the limits of rules, and others do not', () => {
  const known: readonly [from: number, unit: string, to: string, expected: number][] = [
    [40, 'Cel', '[degF]', 104], [39.4, 'Cel', '[degF]', 102.92], [100.4, '[degF]', 'Cel', 38], [-40, '[degF]', 'Cel', -40], [5, '[lb_av]', 'kg', 2.26796185], [2500, 'g', 'kg', 2.5], [2.5, 'kg', 'g', 2500], [16, '[oz_av]', '[lb_av]', 1],
    [1.8, 'm', 'cm', 180], [70, '[in_i]', 'cm', 177.8], [6, '[ft_i]', '[in_i]', 72], [12, 'wk', 'd', 84], [1, 'a', 'mo', 12], [90, 'min', 'h', 1.5], [7, 'local', 'local', 7],
  ];
  for (const [from, unit, to, expected] of known) {
    assert.equal(convertUnit(from, unit, to), expected, `${from} ${unit} in ${to}`);
    assert.equal(convertUnit(expected, to, unit), from, `${expected} ${to} in ${unit}`);
  }
  for (const [from, to] of [['Cel', 'kg'], ['g', 'm'], ['', 'Cel'], ['Cel', ''], ['toString', 'g'], ['cel', 'Cel']] as const) assert.equal(convertUnit(1, from, to), null, `${from} in ${to}`);
});
