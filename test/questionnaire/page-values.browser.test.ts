/** What the page knows already: read in the type of the question, refused where it does not fit, locked where it is to be, and marked as long as it stands. */
import { expect } from '@open-wc/testing';
import { checkResponse } from '../../src/questionnaire/check-response.js';
import type { Form } from '../../src/questionnaire/form.js';
import type { FormSession } from '../../src/questionnaire/form-session.js';
import { loadQuestionnaire } from '../../src/questionnaire/load-questionnaire.js';
import { readPageValues, sourceExtension, withPageValues, type Prefill } from '../../src/questionnaire/page-values.js';
import { openSession } from '../support/shared/open-form.js';
import { choice, coding, hl7, item, questionnaire, type Json } from '../support/shared/questionnaires.js';

const load = (json: Json): Form => {
  const loaded = loadQuestionnaire(json, { lang: 'en' });
  if (!loaded.ok) throw loaded.error;
  return loaded.value;
};
const start = (json: Json, prefill: Prefill): { readonly session: FormSession; readonly refused: readonly string[] } => {
  const form = load(json);
  const opened = openSession(form);
  const page = readPageValues(form, prefill, opened.expressions?.fits);
  return { session: withPageValues(openSession(form), page), refused: page.refused };
};
const words = { yes: 'Yes', no: 'No', formatDate: (date: string) => `on ${date}`, formatNumber: String };
const authored = '2026-11-23T10:00:00.000Z';
const answersOf = (session: FormSession, linkId: string): unknown => session.snapshot.value.items.find((one) => one.linkId === linkId)!.answers;
const sources = (session: FormSession): Record<string, string | undefined> => Object.fromEntries(session.toFormAnswers(words).map(({ linkId, source }) => [linkId, source]));
const hidden = { extension: [hl7('questionnaire-hidden', { valueBoolean: true })] };

const kinds = questionnaire([
  item('name', 'string', { maxLength: 10 }), item('born', 'date'), item('member', 'integer'), item('weight', 'decimal'), item('again', 'boolean'), choice('plan', ['gold', 'basic']),
  choice('signs', ['fever', 'cough'], { repeats: true }), item('site', 'string', hidden), item('told', 'string', { repeats: true }),
  item('dose', 'quantity', { extension: ['mg', 'g'].map((code) => hl7('questionnaire-unitOption', { valueCoding: { system: 'http://unitsofmeasure.org', code, display: code } })) }),
]);

describe('values of the page', () => {
  it('are read in the type of the question, from plain values and from FHIR\'s own', () => {
    const { session, refused } = start(kinds, {
      name: 'Ada', born: '1950-03-14', member: '4711', weight: 70.5, again: false, plan: 'gold', signs: ['cough', { valueCoding: coding('fever') }], site: { valueString: 'north' }, told: ['one', 'two'],
      dose: { valueQuantity: { value: 3, unit: 'mg', system: 'http://unitsofmeasure.org', code: 'mg' } },
    });
    expect(refused).to.deep.equal([]);
    expect(['name', 'born', 'member', 'weight', 'again', 'plan', 'site'].map((linkId) => answersOf(session, linkId))).to.deep.equal([
      [{ valueString: 'Ada' }], [{ valueDate: '1950-03-14' }], [{ valueInteger: 4711 }], [{ valueDecimal: 70.5 }], [{ valueBoolean: false }], [{ valueCoding: coding('gold', 'Option gold') }], [{ valueString: 'north' }],
    ]);
    expect(session.toFormAnswers(words).find(({ linkId }) => linkId === 'told')!.answers).to.deep.equal(['one', 'two']);
    expect(session.toFormAnswers(words).find(({ linkId }) => linkId === 'signs')!.answers).to.have.members(['Option cough', 'Option fever']);
    expect(Object.values(sources(session)).every((source) => source === 'page')).to.equal(true);
  });

  it('that do not fit are told by their question, and nothing of them is used', () => {
    const { session, refused } = start(kinds, {
      name: 'Augusta Ada King', born: 'yesterday', member: 1.5, weight: 'heavy', again: 'yes', plan: 'silver', signs: ['cough', 'invented'], dose: 3, told: [{ valueBoolean: true }], site: { valueCode: 'x' } as never,
    });
    expect(refused).to.deep.equal(['name', 'born', 'member', 'weight', 'again', 'plan', 'signs', 'dose', 'told', 'site']);
    expect(session.snapshot.value.items.filter(({ answers }) => answers.length > 0)).to.deep.equal([]);
  });

  it('that cannot be read, or are locked by what is not true or false, do not fit; a code goes without its system', () => {
    const { session, refused } = start(kinds, {
      name: { value: 'Ada', locked: 'yes' as unknown as boolean }, plan: { valueCoding: { code: 'basic' } },
      get born(): string {
        throw new Error('the page');
      },
      again: { value: true, locked: false },
    });
    expect(refused).to.have.members(['name', 'born']);
    expect(['name', 'born', 'plan', 'again'].map((linkId) => answersOf(session, linkId))).to.deep.equal([[], [], [{ valueCoding: coding('basic', 'Option basic') }], [{ valueBoolean: true }]]);
  });

  it('that the page does not know, or of another form, are passed over', () => {
    const { session, refused } = start(kinds, { name: '', born: [], member: { value: '' }, invoice: '7' });
    expect(refused).to.deep.equal([]);
    expect(session.snapshot.value.answered).to.equal(0);
  });

  it('of a question in a group that repeats, or that is computed, do not fit', () => {
    const sum = item('sum', 'integer', { extension: [{ url: 'http://hl7.org/fhir/uv/sdc/StructureDefinition/sdc-questionnaire-calculatedExpression', valueExpression: { language: 'text/fhirpath', expression: '1 + 1' } }] });
    expect(readPageValues(load(questionnaire([item('g', 'group', { repeats: true, item: [item('a', 'string')] }), sum])), { g: 'x', a: 'x', sum: 3 }).refused).to.deep.equal(['g', 'a', 'sum']);
  });

  it('have to have the pattern of their question', () => {
    const json = questionnaire([item('phone', 'string', { extension: [hl7('regex', { valueString: '\\d{3}\\-\\d{4}' })] })]);
    expect([start(json, { phone: '5551234' }).refused, start(json, { phone: '555-1234' }).refused]).to.deep.equal([['phone'], []]);
    expect(readPageValues(load(json), { phone: '555-1234' }).refused).to.deep.equal(['phone']);
  });

  it('that are locked cannot be changed, by a draft neither; the others can, and are the patient\'s from then on', () => {
    const { session } = start(kinds, { name: { value: 'Ada', locked: true }, born: { value: '1950-03-14' }, member: 7 });
    expect(session.type('name', 'Eve')).to.equal(false);
    expect(session.type('born', '1951-03-14')).to.equal(true);
    expect([sources(session)['name'], sources(session)['born'], sources(session)['member']]).to.deep.equal(['page', undefined, 'page']);
    session.restore({ form: session.form.name, answers: { name: [{ valueString: 'Eve' }] }, typed: {} });
    expect(answersOf(session, 'name')).to.deep.equal([{ valueString: 'Ada' }]);
    // Cleared by the patient before the page was left: it stays so.
    expect(answersOf(session, 'member')).to.deep.equal([]);
  });

  it('stay marked where a draft brings them to a page that does not give them', () => {
    const draft = start(kinds, { name: 'Ada', born: '1950-03-14' }).session;
    draft.type('born', '1951-03-14');
    const kept = JSON.parse(JSON.stringify(draft.toDraft())) as unknown;
    const { session } = start(kinds, {});
    session.restore(kept);
    expect([sources(session)['name'], sources(session)['born']]).to.deep.equal(['page', undefined]);
    session.type('name', 'Eve');
    expect(sources(session)['name']).to.equal(undefined);
  });

  it('are marked in the response too, beneath answers and in groups, and the server takes it', () => {
    const json = questionnaire([item('g', 'group', { item: [item('a', 'boolean', { required: true, item: [item('b', 'string')] }), item('c', 'string')] }), item('site', 'string', hidden)]);
    const { session } = start(json, { b: 'below', site: { value: 'north', locked: true } });
    session.answer('a', [{ valueBoolean: true }]);
    session.type('c', 'own');
    const { response } = session.toBody('pre-chat', authored, words);
    const mark = { extension: [{ url: sourceExtension, valueCode: 'page' }] };
    expect(response['item']).to.deep.equal([
      { linkId: 'g', text: 'Text of g', item: [
        { linkId: 'a', text: 'Text of a', answer: [{ valueBoolean: true, item: [{ linkId: 'b', text: 'Text of b', answer: [{ ...mark, valueString: 'below' }] }] }] },
        { linkId: 'c', text: 'Text of c', answer: [{ valueString: 'own' }] },
      ] },
      { linkId: 'site', text: 'Text of site', answer: [{ ...mark, valueString: 'north' }] },
    ]);
    expect(checkResponse(load(json), response, 0).ok).to.equal(true);
  });
});
