/** The server's side: a response is accepted as written by a session, and every tampering with it is refused with place and code. */
import { expect } from '@open-wc/testing';
import { checkResponse } from '../../src/questionnaire/check-response.js';
import { createFormSession } from '../../src/questionnaire/form-session.js';
import type { Form } from '../../src/questionnaire/form.js';
import { loadQuestionnaire } from '../../src/questionnaire/load-questionnaire.js';
import { coding, hl7, item, preChat, questionnaire, type Json } from '../support/shared/questionnaires.js';

function load(json: Json): Form {
  const loaded = loadQuestionnaire(json, { lang: 'en' });
  if (!loaded.ok) throw loaded.error;
  return loaded.value;
}

const form = load(preChat);
const check = (against: Form, given: unknown): ReturnType<typeof checkResponse> => checkResponse(against, given, Date.UTC(2026, 10, 25));
const answered = (linkId: string, ...answer: Json[]): Json => ({ linkId, answer });
const name = answered('name', { valueString: 'Ada' });
const birthday = answered('birthday', { valueDate: '1950-03-14' });
const topic = answered('topic', { valueCoding: coding('refill') });
const response = (items: unknown, more: Json = {}): Json => ({ resourceType: 'QuestionnaireResponse', questionnaire: form.canonical, status: 'completed', item: items, ...more });

const bad: readonly [name: string, response: unknown, pointer: string, code: string][] = [
  ['another kind of resource', { resourceType: 'Patient' }, '/resourceType', 'wrong-type'],
  ['nothing at all', undefined, '/resourceType', 'wrong-type'],
  ['one that is not completed', response([], { status: 'in-progress' }), '/status', 'not-completed'],
  ['an unknown linkId', response([name, birthday, topic, answered('zzz', { valueString: 'x' })]), '/item/3/linkId', 'unknown-link-id'],
  ['an answer of the wrong type', response([answered('name', { valueInteger: 3 }), birthday, topic]), '/item/0', 'wrong-type'],
  ['a type of the future', response([answered('name', { valueHologram: {} }), birthday, topic]), '/item/0/answer/0', 'wrong-type'],
  ['a date that does not exist', response([name, answered('birthday', { valueDate: '1950-02-30' }), topic]), '/item/1/answer/0', 'wrong-type'],
  ['a date out of range', response([name, answered('birthday', { valueDate: '2027-01-01' }), topic]), '/item/1', 'date-too-late'],
  ['an option that is not in the list', response([name, birthday, answered('topic', { valueCoding: coding('free-money') })]), '/item/2', 'not-an-option'],
  ['an option of another system', response([name, birthday, answered('topic', { valueCoding: { ...coding('refill'), system: 'x' } })]), '/item/2', 'not-an-option'],
  ['a text that is too long', response([answered('name', { valueString: 'x'.repeat(41) }), birthday, topic]), '/item/0', 'too-long'],
  ['a required answer missing', response([name, topic]), '/item/1', 'required'],
  ['a required answer of blanks', response([answered('name', { valueString: '  ' }), birthday, topic]), '/item/0', 'required'],
  ['two answers where one is asked', response([answered('name', { valueString: 'a' }, { valueString: 'b' }), birthday, topic]), '/item/0', 'too-many'],
  ['an answer to a question that was not asked', response([name, birthday, topic, answered('fever', { valueBoolean: true })]), '/item/3', 'not-enabled'],
  ['one item twice', response([name, name, birthday, topic]), '/item/1/linkId', 'link-id-twice'],
  ['an item beneath another', response([{ ...name, answer: [{ valueString: 'Ada', item: [birthday] }] }, topic]), '/item/0/answer/0/item/0/linkId', 'wrong-place'],
  ['a modifier extension', response([{ ...name, modifierExtension: [{}] }, birthday, topic]), '/item/0/modifierExtension', 'modifier-extension'],
  ['rules that are elsewhere', response([name, birthday, topic], { implicitRules: 'https://elsewhere.example/rules' }), '/implicitRules', 'implicit-rules'],
  ['items that are no list', response('x'), '/item', 'wrong-type'],
  ['items that are no objects', response([null]), '/item/0/linkId', 'unknown-link-id'],
  ['answers that are no list', response([{ linkId: 'name', answer: 'x' }, birthday, topic]), '/item/0/answer', 'wrong-type'],
];

describe('checking a response', () => {
  it('wants the seconds of a time, as FHIR does, and takes every option and typed time of its own sessions', () => {
    const clocks = load(questionnaire([item('t', 'time'), item('d', 'dateTime'), item('o', 'choice', { answerOption: [{ valueTime: '08:00' }, { valueTime: '20:00:00' }] }), item('i', 'time', { initial: [{ valueTime: '07:15' }] })]));
    const of = (items: Json[]): Json => ({ resourceType: 'QuestionnaireResponse', questionnaire: clocks.canonical, status: 'completed', item: items });
    const codes = (items: Json[]): unknown => {
      const checked = check(clocks, of(items));
      return checked.ok ? [] : checked.error.details;
    };
    expect(codes([answered('t', { valueTime: '14:30' }), answered('d', { valueDateTime: '2026-11-25T14:30+01:00' }), answered('o', { valueTime: '08:00' })])).to.deep.equal([0, 1, 2].map((index) => ({ pointer: `/item/${index}/answer/0`, code: 'wrong-type' })));
    expect(codes([answered('t', { valueTime: '14:30:00.5' }), answered('d', { valueDateTime: '2026-11-25T14:30:00+01:00' }), answered('o', { valueTime: '08:00:00' })])).to.deep.equal([]);
    const session = createFormSession(clocks);
    session.type('t', '14:30');
    session.type('d', '2026-11-25T14:30+01:00');
    session.choose('o', session.snapshot.value.items.find(({ key }) => key === 'o')!.options[0]!.value, true);
    const written = session.toResponse({ authored: '2026-11-25T12:00:00Z', lang: 'en' });
    expect(JSON.stringify(written['item'])).to.include('14:30:00').and.include('2026-11-25T14:30:00+01:00').and.include('08:00:00').and.include('07:15:00');
    expect(check(clocks, written).ok).to.equal(true);
  });

  it('accepts what a session wrote', () => {
    const session = createFormSession(form);
    session.type('name', 'Ada');
    session.type('birthday', '1950-03-14');
    session.choose('topic', { valueCoding: coding('symptom') }, true);
    session.answer('fever', [{ valueBoolean: true }]);
    session.type('temperature', '38.5');
    expect(session.validate()).to.deep.equal([]);
    const checked = check(form, JSON.parse(JSON.stringify(session.toResponse({ authored: '2026-11-23T10:00:00Z', lang: 'en' }))));
    expect(checked.ok && checked.value.answers.get('temperature')).to.deep.equal([{ valueDecimal: 38.5 }]);
  });

  for (const [what, tampered, pointer, code] of bad) {
    it(`refuses ${what}`, () => {
      const checked = check(form, tampered);
      if (checked.ok) throw new Error('was accepted');
      expect(checked.error.code).to.equal('form-invalid');
      expect(checked.error.details).to.deep.include({ pointer, code });
    });
  }

  it('is not held up by a pattern that tries every way', () => {
    const patterned = load(questionnaire([item('a', 'string', { extension: [hl7('regex', { valueString: '(.*a){20}|(a|a)*b' })] })]));
    const codes = (text: string): unknown => {
      const checked = check(patterned, response([answered('a', { valueString: text })]));
      return checked.ok ? [] : checked.error.details.map(({ code }) => code);
    };
    expect([codes(`${'a'.repeat(7999)}c`), codes(`${'a'.repeat(7999)}b`), codes('a'.repeat(20))]).to.deep.equal([['pattern'], [], []]);
  });

  it('refuses a response to another version with a code of its own', () => {
    const checked = check(form, response([name, birthday, topic], { questionnaire: 'https://clinic.example/forms/test|0' }));
    expect(!checked.ok && checked.error.code).to.equal('form-version');
  });

  it('never repeats what was answered', () => {
    const secret = 'sEcReT';
    const checked = check(form, response([answered('name', { valueString: secret.repeat(20) }), answered(secret, { valueString: secret }), answered('topic', { valueCoding: coding(secret) })]));
    expect(!checked.ok && JSON.stringify([checked.error.message, checked.error.details])).not.to.include(secret);
  });

  it('accepts what is nested beneath an answer, and requires it there', () => {
    const nested = load(questionnaire([item('a', 'boolean', { item: [item('b', 'string', { required: true })] })]));
    const one = (inner?: Json): Json => response([{ linkId: 'a', answer: [{ valueBoolean: true, ...(inner && { item: [inner] }) }] }]);
    expect(check(nested, one(answered('b', { valueString: 'x' }))).ok).to.equal(true);
    expect(check(nested, one()).ok).to.equal(false);
    expect(check(nested, response([])).ok).to.equal(true);
  });
});
