/** Enablement with FHIR R5 semantics, as a table: what a condition makes of the answers of its source. */
import { expect } from '@open-wc/testing';
import { checkResponse } from '../../src/questionnaire/check-response.js';
import { conditionHolds } from '../../src/questionnaire/enablement.js';
import type { Answer, EnableWhen, Operator } from '../../src/questionnaire/form.js';
import { findWarnings, sessionWarnings } from '../../src/questionnaire/form-warnings.js';
import { createFormSession, type FormSession } from '../../src/questionnaire/form-session.js';
import { loadQuestionnaire } from '../../src/questionnaire/load-questionnaire.js';
import { choice, coding, item, questionnaire, type Json } from '../support/shared/questionnaires.js';

const code = (value: string, system?: string): Answer => ({ valueCoding: { code: value, ...(system !== undefined && { system }) } });
const bool = (value: boolean): Answer => ({ valueBoolean: value });
const num = (value: number): Answer => ({ valueDecimal: value });
const str = (value: string): Answer => ({ valueString: value });
const date = (value: string): Answer => ({ valueDate: value });

const table: readonly [name: string, operator: Operator, expected: Answer | null, answers: readonly Answer[], holds: boolean][] = [
  ['= one equal answer', '=', code('a'), [code('a')], true],
  ['= any of several', '=', code('b'), [code('a'), code('b')], true],
  ['= none equal', '=', code('c'), [code('a'), code('b')], false],
  ['= unanswered', '=', code('a'), [], false],
  ['= same code of another system', '=', code('a', 's1'), [code('a', 's2')], false],
  ['= same code and system', '=', code('a', 's1'), [code('a', 's1')], true],
  ['!= unanswered is true', '!=', code('a'), [], true],
  ['!= no answer equal', '!=', code('a'), [code('b'), code('c')], true],
  ['!= one of several equal', '!=', code('a'), [code('a'), code('b')], false],
  ['exists true, answered', 'exists', bool(true), [{ valueString: 'x' }], true],
  ['exists true, unanswered', 'exists', bool(true), [], false],
  ['exists false, unanswered', 'exists', bool(false), [], true],
  ['exists false, answered', 'exists', bool(false), [{ valueBoolean: false }], false],
  ['boolean false is an answer', '=', bool(false), [{ valueBoolean: false }], true],
  ['boolean != true when false', '!=', bool(true), [{ valueBoolean: false }], true],
  ['> on integer', '>', num(5), [{ valueInteger: 6 }], true],
  ['> equal', '>', num(5), [{ valueInteger: 5 }], false],
  ['>= equal', '>=', num(5), [{ valueInteger: 5 }], true],
  ['< decimal against integer', '<', num(5), [{ valueDecimal: 4.9 }], true],
  ['<= above', '<=', num(5), [{ valueDecimal: 5.1 }], false],
  ['> unanswered is false', '>', num(5), [], false],
  ['<= unanswered is false', '<=', num(5), [], false],
  ['> any of several', '>', num(5), [{ valueInteger: 1 }, { valueInteger: 9 }], true],
  ['string equal', '=', str('x'), [{ valueString: 'x' }], true],
  ['string order', '>', str('a'), [{ valueString: 'b' }], true],
  ['date before', '<', date('2020-01-02'), [{ valueDate: '2020-01-01' }], true],
  ['date equal', '=', date('2020-01-02'), [{ valueDate: '2020-01-02' }], true],
  ['year decides', '>', date('1970'), [{ valueDate: '1971-10-15' }], true],
  ['year does not decide: enabled', '>', date('1970'), [{ valueDate: '1970-10-15' }], true],
  ['year does not decide backwards: enabled', '<', date('1970'), [{ valueDate: '1970-10-15' }], true],
  ['earlier year is not later', '>', date('1970'), [{ valueDate: '1969-10-15' }], false],
  ['date against a time of day never matches', '=', date('2020-01-01'), [{ valueTime: '08:00:00' }], false],
  ['date with a time against a date', '>', date('2020-01-01'), [{ valueDateTime: '2020-01-02T08:00:00Z' }], true],
  ['time without seconds', '=', { valueTime: '08:00' }, [{ valueTime: '08:00:00' }], true],
  ['text against a date never matches', '=', date('2020-01-01'), [{ valueString: '2020-01-01' }], false],
  ['boolean against a number never matches', '=', num(1), [{ valueBoolean: true }], false],
  ['quantity against a number', '>', num(5), [{ valueQuantity: { value: 6, unit: 'kg' } }], true],
  ['quantity in another unit', '>', { valueQuantity: { value: 5, unit: 'g' } }, [{ valueQuantity: { value: 6, unit: 'kg' } }], false],
  ['coding without a code against zero', '=', num(0), [{ valueCoding: { display: 'Zero' } }], false],
  ['coding against string compares the code', '=', str('a'), [code('a')], true],
  ['coding against number compares the code', '=', num(2), [code('2')], true],
  ['string answer against coding never matches', '=', code('a'), [{ valueString: 'a' }], false],
  ['a type no item can answer never matches', '=', null, [{ valueString: 'a' }], false],
  ['a type no item can answer is never equal', '!=', null, [{ valueString: 'a' }], true],
];

function start(items: readonly Json[]): FormSession {
  const loaded = loadQuestionnaire(questionnaire(items), { lang: 'en' });
  if (!loaded.ok) throw loaded.error;
  return createFormSession(loaded.value);
}

const enabledIn = (session: FormSession): readonly string[] => session.snapshot.value.items.filter((one) => one.enabled).map((one) => one.linkId);
const is = (question: string, value: string): Json => ({ question, operator: '=', answerCoding: coding(value) });
const tap = (session: FormSession, linkId: string, value: string): boolean => session.choose(linkId, { valueCoding: coding(value) }, true);

describe('enablement', () => {
  for (const [name, operator, expected, answers, holds] of table) {
    it(`${name} → ${holds ? 'holds' : 'does not hold'}`, () => {
      const condition: EnableWhen = { question: 'q', operator, expected };
      expect(conditionHolds(condition, answers)).to.equal(holds);
    });
  }

  it('treats a disabled source as unanswered even though its answer is kept', () => {
    const session = start([
      choice('a', ['x', 'y']),
      choice('b', ['x'], { enableWhen: [is('a', 'x')] }),
      item('c', 'string', { enableWhen: [is('b', 'x')] }),
      item('not-b', 'string', { enableWhen: [{ question: 'b', operator: '!=', answerCoding: coding('x') }] }),
    ]);
    tap(session, 'a', 'x');
    tap(session, 'b', 'x');
    expect(enabledIn(session)).to.deep.equal(['a', 'b', 'c']);
    tap(session, 'a', 'y');
    expect(enabledIn(session)).to.deep.equal(['a', 'not-b']);
    tap(session, 'a', 'x');
    expect(enabledIn(session)).to.deep.equal(['a', 'b', 'c']);
  });

  it('treats a source beneath a question without an answer as unanswered even though its answer is kept', () => {
    const yes = (question: string, operator: Operator): Json => ({ question, operator, answerBoolean: true });
    const session = start([
      item('p', 'boolean', { item: [item('c', 'boolean', { item: [item('deep', 'boolean')] })] }),
      item('d', 'string', { required: true, enableWhen: [yes('c', '=')] }),
      item('e', 'string', { enableWhen: [yes('deep', 'exists')] }),
      item('not-c', 'string', { required: true, enableWhen: [yes('c', '!=')] }),
    ]);
    for (const linkId of ['p', 'c', 'deep']) session.answer(linkId, [bool(true)]);
    session.type('d', 'Warfarin');
    expect(enabledIn(session)).to.deep.equal(['p', 'c', 'deep', 'd', 'e']);
    session.answer('p', []);
    expect(enabledIn(session)).to.deep.equal(['p', 'c', 'deep', 'not-c']);
    session.answer('p', [bool(false)]);
    expect(enabledIn(session)).to.deep.equal(['p', 'c', 'deep', 'd', 'e']);
  });

  it('asks what the server asks after an answer was taken back', () => {
    const session = start([
      item('p', 'boolean', { item: [item('c', 'boolean')] }),
      item('d', 'string', { required: true, enableWhen: [{ question: 'c', operator: '=', answerBoolean: true }] }),
      item('not-c', 'string', { required: true, enableWhen: [{ question: 'c', operator: '!=', answerBoolean: true }] }),
    ]);
    const judge = (): readonly unknown[] => {
      const mine = session.validate().map(({ linkId }) => linkId);
      const checked = checkResponse(session.form, session.toResponse({ authored: '2026-11-23T10:00:00Z', lang: 'en' }), Date.UTC(2026, 10, 25));
      return [mine, checked.ok ? [] : checked.error.details.map(({ pointer, code: why }) => `${pointer} ${why}`)];
    };
    session.answer('p', [bool(true)]);
    session.answer('c', [bool(true)]);
    session.type('d', 'Warfarin');
    expect(judge()).to.deep.equal([[], []]);
    session.answer('p', []);
    expect(judge()).to.deep.equal([['not-c'], ['/item/2 required']]);
    session.type('not-c', 'x');
    expect(judge()).to.deep.equal([[], []]);
  });

  it('disables everything under a disabled ancestor, whatever its own conditions say', () => {
    const session = start([choice('a', ['x', 'y']), item('g', 'group', { enableWhen: [is('a', 'x')], item: [item('h', 'group', { item: [item('deep', 'string')] })] })]);
    expect(enabledIn(session)).to.deep.equal(['a']);
    tap(session, 'a', 'x');
    expect(enabledIn(session)).to.deep.equal(['a', 'g', 'h', 'deep']);
  });

  it('needs all conditions with all, one with any, and one where the author did not say', () => {
    const conditions = [is('a', 'x'), is('b', 'x')];
    const session = start([
      choice('a', ['x']), choice('b', ['x']),
      item('all', 'string', { enableWhen: conditions, enableBehavior: 'all' }), item('any', 'string', { enableWhen: conditions, enableBehavior: 'any' }), item('unsaid', 'string', { enableWhen: conditions }),
    ]);
    expect(findWarnings(session.form).map((warning) => warning.code)).to.deep.equal(['enable-behavior-missing']);
    tap(session, 'a', 'x');
    expect(enabledIn(session)).to.deep.equal(['a', 'b', 'any', 'unsaid']);
    tap(session, 'b', 'x');
    expect(enabledIn(session)).to.include('all');
  });

  it('tells the author that dates of different precision enabled, as long as they are asked', () => {
    const than = (operator: Operator, answerDate = '1970'): Json => ({ question: 's', operator, answerDate });
    const session = start([
      item('ask', 'boolean'), item('s', 'date', { enableWhen: [{ question: 'ask', operator: '=', answerBoolean: true }] }),
      ...(['>', '=', '!='] as const).map((operator) => item(operator, 'string', { enableWhen: [than(operator)] })),
      item('sure', 'string', { enableWhen: [than('>', '1969')] }), item('exists', 'string', { enableWhen: [{ question: 's', operator: 'exists', answerBoolean: true }] }),
    ]);
    session.answer('s', [date('1970-10-15')]);
    expect(sessionWarnings(session)).to.deep.equal([]);
    session.answer('ask', [bool(true)]);
    expect(enabledIn(session)).to.deep.equal(['ask', 's', '>', '=', '!=', 'sure', 'exists']);
    expect(sessionWarnings(session)).to.deep.equal([2, 3, 4].map((index) => ({ pointer: `/item/${index}/enableWhen/0`, code: 'enable-when-unsure' })));
    session.answer('s', [date('1971-10-15')]);
    expect(sessionWarnings(session)).to.deep.equal([]);
  });

  it('warns of a condition whose source can never give such an answer', () => {
    const session = start([choice('a', ['x']), item('b', 'string', { enableWhen: [{ question: 'a', operator: '=', answerString: 'x' }] })]);
    expect(findWarnings(session.form)).to.deep.equal([{ pointer: '/item/1/enableWhen/0', code: 'enable-when-type' }]);
  });
});
