/** Groups and questions that repeat: adding, taking away, conditions within and across them, and how they leave and come back. */
import { expect } from '@open-wc/testing';
import { checkResponse } from '../../src/questionnaire/check-response.js';
import { fillResponse } from '../../src/questionnaire/fill-response.js';
import { hl7, item, questionnaire, type Json } from '../support/shared/questionnaires.js';
import { loadForm, openForm, openSession, slotOf, testNowMs } from '../support/shared/open-form.js';
import { sessionWarnings } from '../../src/questionnaire/form-warnings.js';

const medicines = questionnaire([
  item('med', 'group', { repeats: true, extension: [hl7('questionnaire-maxOccurs', { valueInteger: 3 })], item: [
    item('name', 'string', { required: true }),
    item('daily', 'boolean'),
    item('when', 'time', { repeats: true, enableWhen: [{ question: 'daily', operator: '=', answerBoolean: true }] }),
  ] }),
  item('any', 'string', { enableWhen: [{ question: 'name', operator: '=', answerString: 'aspirin' }] }),
]);
const written = (session: ReturnType<typeof openForm>): Json => JSON.parse(JSON.stringify(session.toResponse({ authored: '2026-11-25T12:00:00Z', lang: 'en' }))) as Json;

describe('what repeats', () => {
  it('is added behind the last and taken away, within the author\'s bounds; the first keeps its name', () => {
    const session = openForm(medicines);
    expect([session.add('med'), session.add('med'), session.add('med')]).to.deep.equal(['med~1', 'med~2', null]);
    expect(slotOf(session, 'med~2').repetition).to.deep.equal({ number: 3, of: 3, canAdd: false, canRemove: true });
    session.type('name~1', 'ibuprofen');
    expect(session.remove('med~1')).to.equal(true);
    expect(session.add('med')).to.equal('med~3');
    expect(slotOf(session, 'name~3').typed).to.equal('');
    expect([session.remove('med'), session.remove('med~2'), session.remove('med~3')]).to.deep.equal([true, true, false]);
  });

  it('forgets with a repetition what was wrong in it', () => {
    const session = openForm(medicines);
    session.add('med');
    session.validate();
    expect(slotOf(session, 'name~1').error).to.not.equal(null);
    session.remove('med~1');
    session.add('med');
    expect(slotOf(session, 'name~1').error).to.equal(null);
  });

  it('asks each repetition about itself: conditions look at the nearest question', () => {
    const session = openForm(medicines);
    session.add('med');
    session.answer('daily~1', [{ valueBoolean: true }]);
    expect([slotOf(session, 'when').enabled, slotOf(session, 'when~1.0').enabled]).to.deep.equal([false, true]);
  });

  it('asks what stands outside where any repetition matches, and warns the author', () => {
    const session = openForm(medicines);
    expect(sessionWarnings(session)).to.deep.equal([]);
    session.add('med');
    session.type('name~1', 'aspirin');
    expect(slotOf(session, 'any').enabled).to.equal(true);
    expect(sessionWarnings(session)).to.deep.equal([{ pointer: '/item/1/enableWhen/0', code: 'enable-when-ambiguous' }]);
  });

  it('leaves as FHIR has it: a group as several items, a question as one with several answers', () => {
    const session = openForm(medicines);
    session.add('med');
    session.type('name', 'aspirin');
    session.type('name~1', 'metformin');
    session.answer('daily~1', [{ valueBoolean: true }]);
    session.type('when~1.0', '08:00');
    expect(session.add('when~1.0')).to.equal('when~1.1');
    session.type('when~1.1', '20:00');
    const response = written(session);
    expect(response['item']).to.deep.equal([
      { linkId: 'med', text: 'Text of med', item: [{ linkId: 'name', text: 'Text of name', answer: [{ valueString: 'aspirin' }] }] },
      { linkId: 'med', text: 'Text of med', item: [
        { linkId: 'name', text: 'Text of name', answer: [{ valueString: 'metformin' }] }, { linkId: 'daily', text: 'Text of daily', answer: [{ valueBoolean: true }] },
        { linkId: 'when', text: 'Text of when', answer: [{ valueTime: '08:00:00' }, { valueTime: '20:00:00' }] },
      ] },
    ]);
    const form = loadForm(medicines);
    expect(checkResponse(form, response, testNowMs).ok).to.equal(true);
    const again = openSession(form);
    expect(fillResponse(again, response).mistakes).to.deep.equal([]);
    expect(written(again)).to.deep.equal(response);
    expect(session.toFormAnswers({ yes: 'yes', no: 'no', formatDate: String, formatNumber: String }).map(({ linkId, answers }) => [linkId, answers])).to.deep.equal([
      ['name', ['aspirin']], ['daily', []], ['name', ['metformin']], ['daily', ['yes']], ['when', ['08:00', '20:00']], ['any', []],
    ]);
  });

  it('comes back from a draft with every repetition in its place', () => {
    const session = openForm(medicines);
    session.add('med');
    session.add('med');
    session.remove('med~1');
    session.type('name~2', 'third');
    session.answer('daily~2', [{ valueBoolean: true }]);
    session.add('when~2.0');
    session.type('when~2.1', 'half');
    const again = openForm(medicines);
    expect(again.restore(JSON.parse(JSON.stringify(session.toDraft())))).to.equal(true);
    expect([slotOf(again, 'name~2').typed, slotOf(again, 'when~2.1').typed]).to.deep.equal(['third', 'half']);
  });

  it('is judged together: one answer is enough, too few are told once, an empty row is no mistake', () => {
    const session = openForm(questionnaire([item('a', 'integer', { repeats: true, required: true, extension: [hl7('questionnaire-minOccurs', { valueInteger: 2 })] })]));
    expect(session.snapshot.value.items.map(({ key }) => key)).to.deep.equal(['a', 'a~1']);
    expect(session.validate().map(({ key, error }) => [key, error.code])).to.deep.equal([['a', 'required']]);
    session.type('a~1', '5');
    expect(session.validate().map(({ key, error }) => [key, error.code])).to.deep.equal([['a', 'too-few']]);
    session.type('a', '5');
    session.add('a');
    expect(session.validate()).to.deep.equal([]);
    expect((written(session)['item'] as Json[])[0]!['answer']).to.deep.equal([{ valueInteger: 5 }, { valueInteger: 5 }]);
  });

  it('is refused in a response where the author allows one', () => {
    const form = loadForm(questionnaire([item('g', 'group', { item: [item('a', 'string')] })]));
    const one: Json = { linkId: 'g', item: [{ linkId: 'a', answer: [{ valueString: 'x' }] }] };
    const checked = checkResponse(form, { resourceType: 'QuestionnaireResponse', questionnaire: form.canonical, status: 'completed', item: [one, one] }, testNowMs);
    expect(checked.ok ? [] : checked.error.details).to.deep.equal([{ pointer: '/item/1/linkId', code: 'link-id-twice' }]);
  });

  it('cannot be made to grow without end', () => {
    const deep = questionnaire([item('g', 'group', { repeats: true, item: [item('h', 'group', { repeats: true, extension: [hl7('questionnaire-minOccurs', { valueInteger: 1000 })], item: [item('a', 'string')] })] })]);
    const session = openForm(deep);
    for (let n = 0; n < 200; n++) session.add('g');
    expect(session.snapshot.value.items.length).to.be.lessThan(3500);
    const huge = { item: Array.from({ length: 5000 }, () => ({ linkId: 'g' })) };
    expect(fillResponse(openForm(deep), huge).mistakes.length).to.be.greaterThan(0);
  });
});
