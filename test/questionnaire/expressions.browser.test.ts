/** What is computed in a form: values, conditions, constraints, options, texts; loops end; what cannot be computed is told, and the form goes on. */
import { expect } from '@open-wc/testing';
import { loadExpressions } from '../../src/questionnaire/expressions.js';
import { createFormSession } from '../../src/questionnaire/form-session.js';
import { choice, coding, hl7, item, questionnaire, type Json } from '../support/shared/questionnaires.js';
import { loadForm, openForm, slotOf } from '../support/shared/open-form.js';
import { sessionWarnings } from '../../src/questionnaire/form-warnings.js';

const expression = (text: string, more: Json = {}): Json => ({ valueExpression: { language: 'text/fhirpath', expression: text, ...more } });
const sdc = (name: string, text: string): Json => ({ url: `http://hl7.org/fhir/uv/sdc/StructureDefinition/sdc-questionnaire-${name}`, ...expression(text) });
const variable = (name: string, text: string): Json => hl7('variable', expression(text, { name }));
const answer = (linkId: string): string => `%resource.descendants().where(linkId='${linkId}').answer.value`;
const constraint = (text: string, human: string, severity = 'error'): Json =>
  hl7('questionnaire-constraint', { extension: [{ url: 'key', valueId: 'c1' }, { url: 'severity', valueCode: severity }, { url: 'expression', valueString: text }, { url: 'human', valueString: human }] });

const bmi = questionnaire([
  item('weight', 'decimal'), item('height', 'decimal'),
  item('bmi', 'decimal', { readOnly: true, extension: [sdc('calculatedExpression', `(${answer('weight')} / ${answer('height')}.power(2)).round(1)`)] }),
  item('advice', 'display', { extension: [sdc('enableWhenExpression', `${answer('bmi')} >= 30`)] }),
]);

describe('expressions', () => {
  it('are needed by a form that has some', () => {
    expect(loadForm(bmi).hasExpressions).to.equal(true);
    expect(() => createFormSession(loadForm(bmi))).to.throw(/loadExpressions/);
    const patterned = loadForm(questionnaire([item('a', 'string', { extension: [hl7('regex', { valueString: '\\d+' })] })]));
    expect(patterned.hasExpressions).to.equal(true);
    expect(() => createFormSession(patterned)).to.throw(/loadExpressions/);
  });

  it('compute values, and what depends on them, at every answer', () => {
    const session = openForm(bmi);
    expect(slotOf(session, 'bmi').answers).to.deep.equal([]);
    session.type('weight', '95');
    session.type('height', '1.75');
    expect(slotOf(session, 'bmi').answers).to.deep.equal([{ valueDecimal: 31 }]);
    expect(slotOf(session, 'advice').shown).to.equal(true);
    session.type('height', '2');
    expect([slotOf(session, 'bmi').answers, slotOf(session, 'advice').shown]).to.deep.equal([[{ valueDecimal: 23.8 }], false]);
    session.type('height', '');
    expect(slotOf(session, 'bmi').answers).to.deep.equal([]);
  });

  it('do not write over what a person said, and compute again when it is taken back', () => {
    const session = openForm(questionnaire([item('a', 'integer'), item('b', 'integer', { extension: [sdc('calculatedExpression', `${answer('a')} * 2`)] })]));
    session.type('a', '4');
    session.type('b', '9');
    session.type('a', '5');
    expect(slotOf(session, 'b').answers).to.deep.equal([{ valueInteger: 9 }]);
    session.type('b', '');
    expect(slotOf(session, 'b').answers).to.deep.equal([{ valueInteger: 10 }]);
  });

  it('never count what is disabled', () => {
    const session = openForm(questionnaire([
      item('on', 'boolean'), item('n', 'integer', { enableWhen: [{ question: 'on', operator: '=', answerBoolean: true }] }),
      item('sum', 'integer', { readOnly: true, extension: [sdc('calculatedExpression', `iif(${answer('n')}.exists(), ${answer('n')}, 0)`)] }),
    ]));
    session.type('n', '7');
    expect(slotOf(session, 'sum').answers).to.deep.equal([{ valueInteger: 0 }]);
    session.answer('on', [{ valueBoolean: true }]);
    expect(slotOf(session, 'sum').answers).to.deep.equal([{ valueInteger: 7 }]);
  });

  it('follow one another down a chain of conditions, longer than it is wide, and back', () => {
    const links = Array.from({ length: 20 }, (_, i) => `q${i}`);
    const session = openForm(questionnaire([
      ...links.map((linkId, i) => item(linkId, 'boolean', i === 0 ? {} : { extension: [sdc('enableWhenExpression', `${answer(links[i - 1]!)}.exists()`)] })),
      item('n', 'integer', { readOnly: true, extension: [sdc('calculatedExpression', links.map((linkId) => `iif(${answer(linkId)}.exists(), 1, 0)`).join(' + '))] }),
      item('gate', 'boolean', { enableWhen: [{ question: 'q1', operator: 'exists', answerBoolean: true }] }),
    ]));
    const all = (): void => links.forEach((linkId) => session.answer(linkId, [{ valueBoolean: true }]));
    const left = (): unknown => ((session.toResponse({ authored: '', lang: 'en', status: 'completed' })['item'] ?? []) as { linkId: string; answer: unknown }[]).map(({ linkId, answer: given }) => (linkId === 'n' ? given : linkId));
    all();
    expect(left()).to.deep.equal([...links, [{ valueInteger: 20 }]]);
    session.answer('q0', []);
    expect(left(), 'nothing of what hung on it').to.deep.equal([[{ valueInteger: 0 }]]);
    session.answer('q0', [{ valueBoolean: true }]);
    expect(left()).to.deep.equal([...links, [{ valueInteger: 20 }]]);
    // Later answers first: what is not reached is kept, and counts once it is.
    const other = openForm(session.form.source as Json);
    other.restore(session.toDraft());
    expect(links.every((linkId) => slotOf(other, linkId).enabled)).to.equal(true);
  });

  it('use variables of the form and of what they stand in, the nearest first', () => {
    const session = openForm(questionnaire([
      item('a', 'integer'),
      item('g', 'group', { extension: [variable('x', '%double + 1')], item: [item('b', 'integer', { readOnly: true, extension: [sdc('calculatedExpression', '%x')] })] }),
      item('c', 'integer', { readOnly: true, extension: [sdc('calculatedExpression', '%x')] }),
    ], { extension: [variable('double', `${answer('a')} * 2`), variable('x', '100')] }));
    session.type('a', '3');
    expect([slotOf(session, 'b').answers, slotOf(session, 'c').answers]).to.deep.equal([[{ valueInteger: 7 }], [{ valueInteger: 100 }]]);
  });

  it('that go round in a circle end, and the author is told', () => {
    const session = openForm(questionnaire([
      item('a', 'integer', { extension: [sdc('calculatedExpression', `iif(${answer('b')}.exists(), ${answer('b')}, 0) + 1`)] }),
      item('b', 'integer', { extension: [sdc('calculatedExpression', `iif(${answer('a')}.exists(), ${answer('a')}, 0) + 1`)] }),
    ], { extension: [variable('v', '%w'), variable('w', '%v')] }));
    expect(sessionWarnings(session).map(({ code }) => code)).to.include('expression-loop');
    session.type('a', '1');
    expect(slotOf(session, 'b').answers).to.deep.equal([{ valueInteger: 2 }]);
  });

  it('enable both by condition and by expression, where both are there', () => {
    const session = openForm(questionnaire([item('a', 'boolean'), item('b', 'boolean'), item('c', 'string', { enableWhen: [{ question: 'a', operator: '=', answerBoolean: true }], extension: [sdc('enableWhenExpression', `${answer('b')}`)] })]));
    session.answer('a', [{ valueBoolean: true }]);
    expect(slotOf(session, 'c').enabled).to.equal(false);
    session.answer('b', [{ valueBoolean: true }]);
    expect(slotOf(session, 'c').enabled).to.equal(true);
    session.answer('a', [{ valueBoolean: false }]);
    expect(slotOf(session, 'c').enabled).to.equal(false);
  });

  it('refuse by constraints in the author\'s words; a warning stops nobody', () => {
    const session = openForm(questionnaire([
      item('a', 'string'), item('b', 'string', { extension: [constraint(`%context.answer.value = ${answer('a')}`, 'Please write the same twice.')] }),
      item('n', 'integer', { extension: [constraint('%context.answer.value < 10', 'That is a lot.', 'warning')] }),
    ], { extension: [constraint(`${answer('a')}.exists() or ${answer('n')}.exists()`, 'Please answer one of the two.')] }));
    expect(session.validate().map(({ key, error }) => [key, error.message?.text])).to.deep.equal([['', 'Please answer one of the two.']]);
    session.type('a', 'x');
    session.type('b', 'y');
    session.type('n', '11');
    expect(session.validate().map(({ key, error }) => [key, error.code, error.message?.text])).to.deep.equal([['b', 'constraint', 'Please write the same twice.']]);
    expect(slotOf(session, 'n').caution?.message?.text).to.equal('That is a lot.');
    session.type('b', 'x');
    expect(session.validate()).to.deep.equal([]);
  });

  it('offer options only while they apply', () => {
    const toggle: Json = { url: 'http://hl7.org/fhir/uv/sdc/StructureDefinition/sdc-questionnaire-answerOptionsToggleExpression', extension: [{ url: 'option', valueCoding: coding('y') }, { url: 'expression', ...expression(`${answer('on')}`) }] };
    const session = openForm(questionnaire([item('on', 'boolean'), choice('a', ['x', 'y'], { extension: [toggle] })]));
    const offered = (): readonly string[] => slotOf(session, 'a').options.map(({ label }) => label);
    session.answer('on', [{ valueBoolean: false }]);
    expect(offered()).to.deep.equal(['Option x']);
    session.answer('on', [{ valueBoolean: true }]);
    expect(offered()).to.deep.equal(['Option x', 'Option y']);
  });

  it('say texts, and what was said leaves as it was shown', () => {
    const session = openForm(questionnaire([item('a', 'string'), item('b', 'string', { text: 'And?', _text: { extension: [hl7('cqf-expression', expression(`'And you, ' & ${answer('a')} & '?'`))] } })]));
    session.type('a', 'Ana');
    session.type('b', 'fine');
    expect(slotOf(session, 'b').text).to.equal('And you, Ana?');
    expect((session.toResponse({ authored: '2026-11-25T12:00:00Z', lang: 'en' })['item'] as Json[])[1]!['text']).to.equal('And you, Ana?');
  });

  it('fill in what the host gives of the person and the page, and nothing else', () => {
    const form = questionnaire([
      item('name', 'string', { extension: [sdc('initialExpression', '%user.name')] }), item('day', 'date', { extension: [sdc('initialExpression', 'today()')] }),
      item('secret', 'string', { extension: [sdc('initialExpression', '%patient.name.family')] }),
    ]);
    const session = openForm(form, { user: { name: 'Ana' } });
    expect(slotOf(session, 'name').answers).to.deep.equal([{ valueString: 'Ana' }]);
    expect(slotOf(session, 'day').answers).to.deep.equal([{ valueDate: '2026-11-25' }]);
    expect(slotOf(session, 'secret').answers).to.deep.equal([]);
    expect(sessionWarnings(session)).to.deep.equal([{ pointer: '/item/2/extension/0', code: 'unknown-variable' }]);
    session.type('name', 'Maria');
    expect(slotOf(session, 'name').answers).to.deep.equal([{ valueString: 'Maria' }]);
  });

  it('weigh answers (PHQ-9), and are empty where a function is not known', () => {
    const scored = (linkId: string): Json => item(linkId, 'choice', { answerOption: [0, 1, 2, 3].map((weight) => ({ valueCoding: { system: 'urn:phq', code: `c${weight}`, display: `${weight}`, extension: [hl7('itemWeight', { valueDecimal: weight })] } })) });
    const session = openForm(questionnaire([
      item('q', 'group', { item: [scored('q1'), scored('q2')] }),
      item('total', 'integer', { readOnly: true, extension: [sdc('calculatedExpression', "%resource.item.where(linkId='q').item.answer.value.weight().sum()")] }),
      item('odd', 'integer', { readOnly: true, extension: [sdc('calculatedExpression', 'fantasy(1)')] }),
    ]));
    session.choose('q1', { valueCoding: { system: 'urn:phq', code: 'c3' } }, true);
    session.choose('q2', { valueCoding: { system: 'urn:phq', code: 'c2' } }, true);
    expect(slotOf(session, 'total').answers).to.deep.equal([{ valueInteger: 5 }]);
    expect(sessionWarnings(session)).to.deep.equal([{ pointer: '/item/2/extension/0', code: 'unknown-function' }]);
  });

  it('that cannot be read refuse the form, with their place', () => {
    const loaded = loadExpressions(loadForm(questionnaire([item('a', 'string', { extension: [sdc('calculatedExpression', '1 +')] })])), { nowMs: 0 });
    expect(loaded.ok ? null : loaded.error.details).to.deep.equal([{ pointer: '/item/0/extension/0', code: 'expression-syntax' }]);
  });
});
