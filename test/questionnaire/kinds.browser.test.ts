/** Every kind of answer: how it is typed or chosen, what is refused and why, and what leaves. */
import { expect } from '@open-wc/testing';
import { choice, coding, hl7, item, questionnaire, type Json } from '../support/shared/questionnaires.js';
import { loadForm, openForm, slotOf } from '../support/shared/open-form.js';
import { scoreOf } from '../../src/questionnaire/score.js';

const sdc = (name: string, value: Json): Json => ({ url: `http://hl7.org/fhir/uv/sdc/StructureDefinition/sdc-questionnaire-${name}`, ...value });
const kg: Json = { system: 'http://unitsofmeasure.org', code: 'kg', display: 'kg' };
const lb: Json = { system: 'http://unitsofmeasure.org', code: '[lb_av]', display: 'lb' };
const only = (json: Json) => openForm(questionnaire([json]));
const answersOf = (session: ReturnType<typeof openForm>): unknown => (session.toResponse({ authored: '2026-11-25T12:00:00Z', lang: 'en' })['item'] as { readonly answer: unknown }[] | undefined)?.[0]?.answer;

const typed: readonly [name: string, item: Json, text: string, outcome: Json | string][] = [
  ['a time', item('a', 'time'), '8:30', { valueTime: '08:30:00' }],
  ['a time that does not exist', item('a', 'time'), '25:00', 'not-time'],
  ['a time before the first', item('a', 'time', { extension: [hl7('minValue', { valueTime: '09:00:00' })] }), '08:30', 'date-too-early'],
  ['a day and a time with its offset', item('a', 'dateTime'), '2026-11-20T08:15:00+02:00', { valueDateTime: '2026-11-20T08:15:00+02:00' }],
  ['a day alone where a time may follow', item('a', 'dateTime'), '2026-11-20', { valueDateTime: '2026-11-20' }],
  ['half a time', item('a', 'dateTime'), '2026-11-20T8', 'not-date-time'],
  ['an address', item('a', 'url'), 'example.org/page', { valueUri: 'https://example.org/page' }],
  ['an address that runs', item('a', 'url'), 'javascript:alert(1)', 'not-url'],
  ['a quantity in its one unit', item('a', 'quantity', { extension: [hl7('questionnaire-unit', { valueCoding: kg })] }), '80,5', { valueQuantity: { value: 80.5, unit: 'kg', system: 'http://unitsofmeasure.org', code: 'kg' } }],
  ['a quantity below the least', item('a', 'quantity', { extension: [hl7('questionnaire-unit', { valueCoding: kg }), sdc('minQuantity', { valueQuantity: { value: 20, code: 'kg' } })] }), '5', 'too-small'],
  ['a quantity of several units before one is chosen', item('a', 'quantity', { extension: [hl7('questionnaire-unitOption', { valueCoding: kg }), hl7('questionnaire-unitOption', { valueCoding: lb })] }), '80', 'no-unit'],
  ['a text that has the pattern', item('a', 'string', { extension: [hl7('regex', { valueString: '[A-Z]\\d{3}' })] }), 'A123', { valueString: 'A123' }],
  ['a text that a pattern with a needless backslash takes', item('a', 'string', { extension: [hl7('regex', { valueString: '\\d{3}\\-\\d{4}' })] }), '555-1234', { valueString: '555-1234' }],
  ['a long text for a pattern that tries every way', item('a', 'string', { extension: [hl7('regex', { valueString: '(a|a)*b' })] }), 'a'.repeat(8000), 'pattern'],
  ['a text that has it only in part', item('a', 'string', { extension: [hl7('regex', { valueString: '[A-Z]\\d{3}' })] }), 'A1234', 'pattern'],
];

describe('kinds of answers', () => {
  for (const [name, json, text, outcome] of typed) {
    it(`reads ${name}`, () => {
      const session = only(json);
      session.type('a', text);
      const wrong = session.validate().map(({ error }) => error.code);
      if (typeof outcome === 'string') expect(wrong).to.deep.equal([outcome]);
      else expect([wrong, answersOf(session)]).to.deep.equal([[], [outcome]]);
    });
  }

  it('says the author\'s own sentence where an answer has not the pattern', () => {
    const session = only(item('a', 'string', { extension: [hl7('regex', { valueString: '\\d+' }), { url: 'http://biodesign.stanford.edu/fhir/StructureDefinition/validationtext', valueString: 'Digits only.' }] }));
    session.type('a', 'x');
    expect(session.validate()[0]!.error.message?.text).to.equal('Digits only.');
  });

  it('gives a local time its offset, and shows it again as typed', () => {
    const session = only(item('a', 'dateTime'));
    session.type('a', '2026-11-20T08:15');
    const [answer] = slotOf(session, 'a').answers as [{ readonly valueDateTime: string }];
    expect(answer.valueDateTime).to.match(/^2026-11-20T08:15:00[+-]\d\d:\d\d$/);
    expect(new Date(answer.valueDateTime).getTime()).to.equal(new Date('2026-11-20T08:15').getTime());
    session.restore(session.toDraft());
    expect(slotOf(session, 'a').typed).to.equal('2026-11-20T08:15');
  });

  it('takes the unit that is chosen, before or after the number', () => {
    const session = only(item('a', 'quantity', { extension: [hl7('questionnaire-unitOption', { valueCoding: kg }), hl7('questionnaire-unitOption', { valueCoding: lb })] }));
    session.type('a', '180');
    session.choose('a', { valueCoding: lb as { code: string } }, true);
    expect(answersOf(session)).to.deep.equal([{ valueQuantity: { value: 180, unit: 'lb', system: 'http://unitsofmeasure.org', code: '[lb_av]' } }]);
    expect(slotOf(session, 'a').units.map(({ chosen }) => chosen)).to.deep.equal([false, true]);
    expect(session.choose('a', { valueCoding: { code: 'stone' } }, true)).to.equal(false);
  });

  it('takes an answer beside the options where the author lets it, and forgets it when an option is chosen', () => {
    const session = only(choice('a', ['x', 'y'], { type: 'open-choice' }));
    session.chooseOther('a', true);
    expect(session.validate()).to.deep.equal([]);
    session.type('a', 'something else');
    expect(answersOf(session)).to.deep.equal([{ valueString: 'something else' }]);
    session.choose('a', { valueCoding: coding('x', 'Option x') as { code: string } }, true);
    expect(answersOf(session)).to.deep.equal([{ valueCoding: coding('x', 'Option x') }]);
    expect(slotOf(session, 'a').otherChosen).to.equal(false);
    const draft = openForm(questionnaire([choice('a', ['x'], { type: 'coding', answerConstraint: 'optionsOrString', repeats: true })]));
    draft.choose('a', { valueCoding: coding('x', 'Option x') as { code: string } }, true);
    draft.type('a', 'and this');
    const kept = draft.toDraft();
    draft.type('a', '');
    draft.restore(kept);
    expect(answersOf(draft)).to.deep.equal([{ valueCoding: coding('x', 'Option x') }, { valueString: 'and this' }]);
    expect(slotOf(draft, 'a').typed).to.equal('and this');
  });

  it('takes only options where the author does not', () => {
    const session = only(choice('a', ['x']));
    expect(session.type('a', 'something else')).to.equal(false);
    expect(session.chooseOther('a', true)).to.equal(false);
    session.answer('a', [{ valueString: 'x' }]);
    expect(session.validate()[0]!.error.code).to.equal('not-an-option');
  });

  it('takes files of the kinds and sizes that the author names', () => {
    const session = only(item('a', 'attachment', { extension: [hl7('mimeType', { valueCode: 'image/*' }), hl7('maxSize', { valueDecimal: 0.00001 })] }));
    const outcome = (contentType: string, data: string): unknown => {
      session.answer('a', [{ valueAttachment: { contentType, data } }]);
      return session.validate()[0]?.error;
    };
    expect(outcome('application/pdf', 'AAAA')).to.deep.include({ code: 'attachment-type' });
    expect(outcome('image/png', 'A'.repeat(16))).to.deep.include({ code: 'attachment-size', params: { max: 10 } });
    expect(outcome('image/png', 'AAAAAAA=')).to.equal(undefined);
  });

  it('reads options of other types than codes', () => {
    const session = only(item('a', 'integer', { answerOption: [{ valueInteger: 1 }, { valueInteger: 2 }] }));
    expect(session.choose('a', { valueInteger: 2 }, true)).to.equal(true);
    expect(answersOf(session)).to.deep.equal([{ valueInteger: 2 }]);
  });

  it('keeps a disabled question in view where the author wants it, but takes no answer of it out', () => {
    const session = openForm(questionnaire([item('a', 'boolean'), item('b', 'string', { disabledDisplay: 'protected', enableWhen: [{ question: 'a', operator: '=', answerBoolean: true }] })]));
    session.type('b', 'typed early');
    expect(slotOf(session, 'b')).to.include({ shown: false, protected: true });
    expect(JSON.stringify(session.toResponse({ authored: '2026-11-25T12:00:00Z', lang: 'en' }))).not.to.contain('early');
  });

  it('adds up what options weigh, and gives no total while one is missing', () => {
    const weighed = (linkId: string): Json => item(linkId, 'choice', { answerOption: [0, 1, 2].map((weight) => ({ valueCoding: { code: `w${weight}`, display: `W${weight}`, extension: [hl7('ordinalValue', { valueDecimal: weight })] } })) });
    const session = openForm(questionnaire([weighed('a'), weighed('b'), item('c', 'string')]));
    session.choose('a', { valueCoding: { code: 'w2' } }, true);
    expect(scoreOf(session)).to.deep.equal({ total: null, answered: 1, asked: 2 });
    session.choose('b', { valueCoding: { code: 'w1' } }, true);
    expect(scoreOf(session)).to.deep.equal({ total: 3, answered: 2, asked: 2 });
  });

  it('takes whole code systems that the host brings, and refuses them otherwise', () => {
    const form = questionnaire([item('a', 'choice', { answerValueSet: 'https://clinic.example/vs' })]);
    expect(() => openForm(form)).to.throw();
    const codeSystem = { resourceType: 'CodeSystem', url: 'https://clinic.example/cs', concept: [{ code: 'top', display: 'Top', concept: [{ code: 'leaf', display: 'Leaf' }] }] };
    const valueSet = { resourceType: 'ValueSet', url: 'https://clinic.example/vs', compose: { include: [{ system: codeSystem.url }] } };
    const loaded = loadForm(form, { terminology: [{ resourceType: 'Bundle', entry: [{ resource: valueSet }, { resource: codeSystem }] }] });
    expect(loaded.items[0]!.options.map(({ label }) => label.text)).to.deep.equal(['Top', 'Leaf']);
  });
});
