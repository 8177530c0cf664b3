/** FHIRPath: what our evaluator says is what HL7's own (fhirpath.js) says; what nobody knows is empty and told, and never a crash. */
import assert from 'node:assert/strict';
import { createRequire } from 'node:module';
import { test } from 'node:test';
import fc from 'fast-check';
import { evaluate } from '../../src/questionnaire/fhirpath/evaluate.js';
import { toNodes, type Nodes } from '../../src/questionnaire/fhirpath/nodes.js';
import { parseExpression } from '../../src/questionnaire/fhirpath/parse-expression.js';
import type { ExpressionWarning } from '../../src/questionnaire/fhirpath/scope.js';

const require = createRequire(import.meta.url);
const oracle = require('fhirpath') as { evaluate(resource: unknown, expression: string, environment: object, model: unknown): unknown[] };
const r4 = require('fhirpath/fhir-context/r4') as unknown;

const ordinal = 'http://hl7.org/fhir/StructureDefinition/ordinalValue';
const coded = (code: string, display: string) => ({ valueCoding: { system: 'urn:test', code, display } });
const resource = {
  resourceType: 'QuestionnaireResponse', status: 'completed', authored: '2026-11-25T10:30:00Z', language: 'en',
  item: [
    { linkId: 'name', text: 'Your name', answer: [{ valueString: 'Ana  Lima' }] },
    { linkId: 'born', answer: [{ valueDate: '1970-10-15' }] },
    { linkId: 'month', answer: [{ valueDate: '1970-10' }] },
    { linkId: 'since', answer: [{ valueDateTime: '2026-11-20T08:15:00Z' }] },
    { linkId: 'alarm', answer: [{ valueTime: '07:30:00' }] },
    { linkId: 'agrees', answer: [{ valueBoolean: true }] },
    { linkId: 'days', answer: [{ valueInteger: 7 }] },
    { linkId: 'fever', answer: [{ valueDecimal: 38.5 }] },
    { linkId: 'weight', answer: [{ valueQuantity: { value: 80, unit: 'kg', system: 'http://unitsofmeasure.org', code: 'kg' } }] },
    { linkId: 'symptoms', answer: [coded('cough', 'Cough'), coded('fever', 'Fever'), coded('other', 'Other')] },
    { linkId: 'empty' },
    { linkId: 'group', item: [
      { linkId: 'height', answer: [{ valueDecimal: 1.8 }] },
      { linkId: 'score', answer: [{ valueCoding: { system: 'urn:test', code: 'b', display: 'Several days', extension: [{ url: ordinal, valueDecimal: 2 }] }, item: [{ linkId: 'note', answer: [{ valueString: 'since Monday' }] }] }] },
      { linkId: 'group.days', answer: [{ valueInteger: 3 }, { valueInteger: 5 }, { valueInteger: 5 }] },
    ] },
  ],
};
const answer = (linkId: string): string => `%resource.descendants().where(linkId='${linkId}').answer.value`;

const nowMs = Date.UTC(2026, 10, 25, 12, 0, 0);
const warningsOf = (warnings: readonly ExpressionWarning[]): readonly string[] => warnings.map(({ code, about }) => `${code} ${about}`);

function ours(expression: string, variables: Readonly<Record<string, unknown>> = {}): { readonly values: readonly unknown[]; readonly warnings: readonly ExpressionWarning[] } {
  const parsed = parseExpression(expression);
  assert.ok(parsed, `cannot read ${expression}`);
  const warnings: ExpressionWarning[] = [];
  const known: Readonly<Record<string, unknown>> = { resource, context: resource, ...variables };
  const nodes: Nodes = evaluate(parsed, toNodes(resource), {
    nowMs, score: () => null,
    variable: (name) => (Object.hasOwn(known, name) ? toNodes(known[name]) : null),
    warn: (warning) => warnings.push(warning),
  });
  return { values: nodes.map(({ value }) => value), warnings };
}

/** Quantities come out of both in their own shape. */
const plain = (value: unknown): unknown => {
  if (typeof value === 'object' && value !== null && 'value' in value) {
    const { value: amount, unit, code } = value as { readonly value: unknown; readonly unit?: unknown; readonly code?: unknown };
    return `${String(amount)} '${String(code ?? unit)}'`.replace(/'(year|month|week|day|hour|minute|second)'$/, '$1');
  }
  return typeof value === 'number' ? Number(value.toPrecision(12)) : value;
};
const theirs = (expression: string): unknown[] => oracle.evaluate(resource, expression, { resource, context: resource }, r4).map((value) => (typeof value === 'object' && value !== null && !Array.isArray(value) && Object.getPrototypeOf(value) !== Object.prototype ? String(value) : value));

const same = (expression: string): void => {
  const { values } = ours(expression);
  assert.deepEqual(values.map(plain), theirs(expression).map(plain), expression);
};

const expressions: Readonly<Record<string, readonly string[]>> = {
  'paths': ['item.linkId', 'QuestionnaireResponse.item.linkId', 'item[0].text', 'item[99]', "item.where(linkId='name').answer.value", 'item.answer.value.code', 'nothing.at.all', 'item.answer.valueCoding.display', '%resource.authored', 'item.last().linkId', 'item.first().linkId', '`status`'],
  'existence': ['{}.empty()', 'item.empty()', 'item.exists()', "item.exists(linkId='born')", "item.exists(linkId='nobody')", 'item.all(linkId.exists())', 'item.all(answer.exists())', '(true | false).allTrue()', '(1|2|2|3).count()', '(1|2).combine(2).count()', '(1).combine(1).distinct()', '(1).combine(1).isDistinct()', '{}.not()', 'true.not()', '(1|2).subsetOf(1|2|3)', '(1|2|3).supersetOf(1|2)', 'item.text.hasValue()', 'item.hasValue()', '{}.allTrue()', '(true).combine(false).anyTrue()', '(true).combine(false).anyFalse()', '(false).allFalse()'],
  'filtering': ["item.where(answer.value = 7).linkId", 'item.select(linkId)', 'repeat(item).linkId', 'repeat(item | answer).linkId', 'item.answer.value.ofType(Coding).code', 'item.answer.value.ofType(integer)', 'item.answer.value.ofType(string)', 'item.answer.value.ofType(decimal)', 'item.answer.value.ofType(boolean)', `descendants().where(linkId='score').answer.value.extension('${ordinal}').value`, 'item.select(answer.count())', "item.where($index = 2).linkId", 'descendants().count() > 30', 'item.answer.children().count() > 5'],
  'subsets': ['(1|2|3).first()', '(1|2|3).last()', '(1|2|3).tail()', '(1|2|3).skip(1)', '(1|2|3).take(2)', '(1|2|3).skip(9)', '(1|2|3).intersect(2|3|4)', '(1|2|3).exclude(2)', '(1|2).union(2|3)', '(1|2).combine(2|3)', '(5).single()', '(1|2|3)[1]'],
  'text': ["'abc'.startsWith('a')", "'abc'.endsWith('bc')", "'abc'.contains('d')", "'abcb'.indexOf('b')", "'abc'.indexOf('z')", "'A1A 1A1'.matches('[A-Z][0-9][A-Z] [0-9][A-Z][0-9]')", "'abc'.replace('b', 'x')", "'abcb'.replace('b', '')", "'2020-05-06'.replaceMatches('(\\\\d+)-(\\\\d+)-(\\\\d+)', '$3.$2.$1')", "'abcdef'.substring(2)", "'abcdef'.substring(1, 3)", "'abc'.substring(9)", "'abc'.upper()", "'ABC'.lower()", "' a '.trim()", "'abc'.length()", "'abc'.toChars()", "'a,b'.split(',')", "('a'|'b').join('-')", "'a' & {} & 'b'", "'a' + 'b'", "'a' + {}", "'it\\'s'", "'\\u00e9'"],
  'numbers': ['1 + 2', '7 / 2', '7 div 2', '-7 div 2', '7 mod 3', '2 * 3.5', '1 - 0.9', '0.1 + 0.2', '1 / 0', '5 div 0', '(-5).abs()', '1.2.ceiling()', '(1.8).floor()', '(-1.8).truncate()', '2.345.round(2)', '2.5.round()', '16.sqrt()', '(-1).sqrt()', '0.exp()', '1.ln()', '100.log(10)', '2.power(10)', '(-1).power(0.5)', '(1|2|3).sum()', '(1.5|2).sum()', '(1|2|3).aggregate($this + $total, 0)', '-3', '+3', '-(1 + 2)', '1 + 2 * 3', '(1 + 2) * 3', '2 * 3 - 4 / 2', "80 / (1.8.power(2))", '(80 / (1.8.power(2))).round(1)', '3 = 3.0', '1 < 2.5'],
  'comparison': ['1 = 1', '1 = 2', '1 != 2', '{} = 1', '(1|2) = (1|2)', '(1|2) = (2|1)', "'A b' ~ 'a B'", '1 ~ 1.0', '{} ~ {}', "'a' < 'b'", '1 <= 1', '2 >= 3', "'a' in ('a'|'b')", "('a'|'b') contains 'c'", '1 !~ 2', '1 = true', "'1' = 1"],
  'logic': ['true and false', 'true and {}', 'false and {}', 'true or {}', 'false or {}', 'true xor true', 'true xor {}', 'true implies false', '{} implies true', 'false implies {}', '{} implies {}', 'true and true or false', 'false or true and false'],
  'iif': ["iif(true, 'a', 'b')", "iif(false, 'a')", "iif({}, 'a', 'b')", "iif(1 = 1, 1, 1/0)", "'x'.iif($this = 'x', 1, 2)"],
  'types': ['1 is Integer', '1 is Decimal', "'a' is String", "1 as Integer", "'a' as Integer", 'item.answer.value.first() is string', '@2020-01-01 is Date', 'true is Boolean', '%resource is QuestionnaireResponse'],
  'conversion': ["'7'.toInteger()", "'7.5'.toInteger()", "'7.5'.toDecimal()", "'x'.toInteger()", 'true.toInteger()', '7.toString()', '7.5.toString()', 'true.toString()', "'yes'.toBoolean()", "'2020-01-02'.toDate()", "'2020-01-02T10:00:00Z'.toDate()", '@2020-01-02.toString()', "'10:30'.toTime()", `${answer('born')}.toString()`, `${answer('born')}.toString().substring(0,4).toInteger()`],
  'dates': ['@2020-01-31 + 1 month', '@2020-02-29 + 1 year', '@2020-01-01 - 1 day', '@2020 + 1 year', '@2020-05 + 12 months', '(@2020-01-01T10:00:00Z + 90 minutes) = @2020-01-01T11:30:00Z', '@T10:00:00 + 30 minutes', '@2020-01-01 < @2020-01-02', '@2020 < @2020-06', '@2021 > @2020-06', '@2020-01-01 = @2020-01-01', '@2020-01 = @2020-01-01', `${answer('born')} < @2000-01-01`, `${answer('born')} <= today() - 18 years`, `${answer('month')} > @1970`, '@2020-01-01T10:00:00Z = @2020-01-01T11:00:00+01:00', `${answer('since')} > @2026-01-01`, `${answer('alarm')} < @T08:00:00`, 'today() = now().toDate()', '@2020-03-31 - 1 month', "@2020-01-01 + 2 weeks", "(@2020-01-01T00:00:00.000Z + 1 'd') = @2020-01-02T00:00:00Z"],
  'quantities': ["5 'mg' = 5 'mg'", "5 'mg' > 3 'mg'", "5 'mg' + 3 'mg'", "2 * 5 'mg'", "10 'mg' / 2", `${answer('weight')} > 70 'kg'`, `${answer('weight')}.value`, "1 day = 1 day", "5 'mg' = 6 'mg'"],
  'the forms of the world': [
    "%resource.item.where(linkId='symptoms').answer.value.code contains 'fever'", "item.where(linkId='symptoms').answer.where(value.code='cough').exists()", `(${answer('weight')}.value / ${answer('height')}.power(2)).round(1)`,
    "%resource.repeat(item).where(linkId='days').answer.value > 5 and %resource.repeat(item).where(linkId='fever').answer.value >= 38", "item.where(linkId='born' and answer.empty().not()).select(today().toString().substring(0,4).toInteger() - answer.value.toString().substring(0,4).toInteger())",
    "iif(item.where(linkId='nobody').answer.value.exists(), 1, 0) + iif(item.where(linkId='days').answer.value.exists(), 2, 0)", "%resource.item.where(linkId='name').answer.all(value.matches('[A-Z].*'))", "descendants().where(linkId = 'group.days').answer.value.sum()",
  ],
};

for (const [what, list] of Object.entries(expressions)) {
  test(`says what HL7's own evaluator says: ${what}`, () => {
    const different: string[] = [];
    for (const expression of list) {
      try {
        same(expression);
      } catch (error) {
        different.push((error as Error).message.slice(0, 400));
      }
    }
    assert.deepEqual(different, []);
  });
}

test('differs where HL7\'s evaluator does not keep the specification', () => {
  // N1 §4.1.1: decimals, not binary fractions. §6.1.2: in any order, white space made equal.
  for (const [expression, value] of [['1.005.round(2)', 1.01], ['(1|2) ~ (2|1)', true], ["'A b' ~ 'a  B'", true]] as const) assert.deepEqual(ours(expression).values, [value], expression);
});

test('what is not known is empty and told; the rest of the expression goes on', () => {
  const { values, warnings } = ours("iif(item.fantasy().exists(), 1, 2)");
  assert.deepEqual(values, [2]);
  assert.deepEqual(warningsOf(warnings), ['unknown-function fantasy']);
  assert.deepEqual(ours('%nobody.name.exists()'), { values: [false], warnings: [{ code: 'unknown-variable', about: 'nobody' }] });
  assert.deepEqual(ours("constructor('alert(1)')").warnings, [{ code: 'unknown-function', about: 'constructor' }]);
  assert.deepEqual(warningsOf(ours('item.linkId + 1').warnings), ['several-values +']);
  assert.deepEqual(warningsOf(ours("'a' * 2").warnings), ['operand-type *']);
});

test('an expression without end ends', () => {
  assert.deepEqual(warningsOf(ours('1.repeat($this + 1)').warnings), ['too-many-steps expression']);
  const many = `'${'a'.repeat(2000)}!'`;
  assert.deepEqual(ours(`${many}.matches('(a+)+$')`), { values: [false], warnings: [] });
  assert.deepEqual(ours(`${many}.matchesFull('(a|a)*b')`), { values: [false], warnings: [] });
  assert.deepEqual(ours(`${many}.replaceMatches('(a+)+!', '[$1]')`), { values: [`[${'a'.repeat(2000)}]`], warnings: [] });
  assert.deepEqual(warningsOf(ours(`${many}.replaceMatches('a.*b|a', 'x')`).warnings), ['too-many-steps expression']);
  for (const call of ["matches('(?=a)')", "replaceMatches('(a)\\\\1', 'x')", "matches('a{3000}')"]) assert.deepEqual(warningsOf(ours(`'aa'.${call}`).warnings), ['operand-type matches'], call);
  assert.equal(parseExpression('('.repeat(10_000)), null);
});

test('text that is no expression is refused, and none makes the parser or the evaluator throw', () => {
  for (const text of ['', '1 +', "'open", 'a..b', 'item.where(', '@20', 'a b', '%']) assert.equal(parseExpression(text), null, text);
  const tokens = ['item', '.', 'where(', ')', "linkId='born'", 'answer', 'value', '+', '-', '*', '/', 'div', 'and', 'or', '=', '<', '|', '[0]', '(', '{}', '1', '2.5', "'a'", '@2020-01-01', '%resource', '$this', '.first()', '.sum()', '.toString()', '.repeat(item)', ' is ', 'Integer', '5 days', '.not()', ','];
  fc.assert(fc.property(fc.array(fc.constantFrom(...tokens), { maxLength: 14 }), (parts) => {
    const parsed = parseExpression(parts.join(' '));
    if (parsed) evaluate(parsed, toNodes(resource), { nowMs, score: () => null, variable: () => toNodes(resource), warn: () => {} });
  }), { numRuns: 3000 });
});
