/** Filling in a form: what is asked, what is wrong, what leaves, what is kept. */
import { expect } from '@open-wc/testing';
import type { Answer } from '../../src/questionnaire/form.js';
import { createFormSession, type FormSession } from '../../src/questionnaire/form-session.js';
import type { ItemSnapshot } from '../../src/questionnaire/form-snapshot.js';
import { loadQuestionnaire } from '../../src/questionnaire/load-questionnaire.js';
import { choice, coding, hl7, item, preChat, questionnaire, translated, type Json } from '../support/shared/questionnaires.js';

function start(json: Json, lang = 'en'): FormSession {
  const loaded = loadQuestionnaire(json, { lang });
  if (!loaded.ok) throw loaded.error;
  return createFormSession(loaded.value);
}

const get = (session: FormSession, linkId: string): ItemSnapshot => session.snapshot.value.items.find((one) => one.linkId === linkId)!;
const shown = (session: FormSession): readonly string[] => session.snapshot.value.items.filter((one) => one.shown).map((one) => one.linkId);
const code = (value: string): Answer => ({ valueCoding: coding(value, `Option ${value}`) });
const words = { yes: 'Yes', no: 'No', formatDate: (date: string) => `on ${date}`, formatNumber: String };
const authored = '2026-11-23T10:00:00.000Z';
const problems = (session: FormSession): readonly string[] => session.validate().map(({ linkId, error }) => `${linkId}: ${error.code}`);

function filled(): FormSession {
  const session = start(preChat);
  session.type('name', ' Ada ');
  session.type('birthday', '1950-03-14');
  session.choose('topic', code('symptom'), true);
  session.answer('fever', [{ valueBoolean: true }]);
  session.type('temperature', '38,5');
  return session;
}

describe('a form session', () => {
  it('asks what the answers so far call for, and counts it', () => {
    const session = start(preChat);
    expect(shown(session)).to.deep.equal(['name', 'birthday', 'topic', 'words']);
    session.choose('topic', code('symptom'), true);
    expect(shown(session)).to.deep.equal(['name', 'birthday', 'topic', 'fever', 'words']);
    session.answer('fever', [{ valueBoolean: true }]);
    expect(shown(session)).to.include('temperature');
    expect([session.snapshot.value.answered, session.snapshot.value.asked]).to.deep.equal([2, 6]);
  });

  it('takes no whole number that FHIR has no room for, and no text without a character', () => {
    const session = start(questionnaire([item('i', 'integer'), item('s', 'string')]));
    const wrong = (text: string): unknown => (session.type('i', text), session.check('i'));
    expect([wrong('2147483647'), wrong('-2147483648')]).to.deep.equal([null, null]);
    expect(wrong('2147483648')).to.deep.equal({ code: 'too-big', params: { max: 2_147_483_647 } });
    expect(wrong('-2147483649')).to.deep.equal({ code: 'too-small', params: { min: -2_147_483_648 } });
    session.type('i', '');
    session.answer('s', [{ valueString: '' }]);
    expect(session.toResponse({ authored, lang: 'en' })['item']).to.equal(undefined);
  });

  it('gives a new frozen snapshot for each change, and none for a refused one', () => {
    const session = start(preChat);
    const seen: unknown[] = [];
    session.snapshot.subscribe((value) => seen.push(value));
    expect(session.type('name', 'Ada')).to.equal(true);
    expect(session.type('nobody', 'Ada')).to.equal(false);
    expect(session.type('topic', 'Ada')).to.equal(false);
    expect(session.choose('topic', code('invented'), true)).to.equal(false);
    expect(seen.length).to.equal(1);
    expect(Object.isFrozen(seen[0])).to.equal(true);
  });

  it('keeps every item the same object that is as it was, so that a view can pass it over', () => {
    const session = filled();
    const keysOf = (before: readonly ItemSnapshot[]): readonly string[] => session.snapshot.value.items.filter((one) => !before.includes(one)).map(({ key }) => key);
    const { items } = session.snapshot.value;
    session.choose('topic', { valueCoding: coding('refill') }, true);
    expect(keysOf(items)).to.deep.equal(['topic', 'fever', 'temperature']);
    const { items: later } = session.snapshot.value;
    session.setLang('es');
    expect(keysOf(later).length).to.equal(later.length);
  });

  it('writes a response with the canonical, the language and the items as shown', () => {
    expect(filled().toResponse({ authored, lang: 'en' })).to.deep.equal({
      resourceType: 'QuestionnaireResponse', language: 'en', questionnaire: 'https://clinic.example/forms/test|1', status: 'completed', authored,
      item: [
        { linkId: 'name', text: 'Your name', answer: [{ valueString: 'Ada' }] },
        { linkId: 'birthday', text: 'Date of birth', answer: [{ valueDate: '1950-03-14' }] },
        { linkId: 'topic', text: 'What is this about?', answer: [code('symptom')] },
        { linkId: 'fever', text: 'Do you have a fever?', answer: [{ valueBoolean: true }] },
        { linkId: 'temperature', text: 'Temperature', answer: [{ valueDecimal: 38.5 }] },
      ],
    });
  });

  it('keeps the answer of a disabled item and never lets it leave', () => {
    const session = filled();
    session.choose('topic', code('refill'), true);
    const out = JSON.stringify([session.toResponse({ authored, lang: 'en' }), session.toFormAnswers(words)]);
    expect(out).not.to.include('38.5').and.not.to.include('fever');
    session.choose('topic', code('symptom'), true);
    expect(JSON.stringify(session.toResponse({ authored, lang: 'en' }))).to.include('38.5');
  });

  it('tells the nurse every question as shown, with the answer in words and the empty ones too', () => {
    expect(filled().toFormAnswers(words)).to.deep.equal([
      { linkId: 'name', question: 'Your name', answers: ['Ada'] },
      { linkId: 'birthday', question: 'Date of birth', answers: ['on 1950-03-14'] },
      { linkId: 'topic', question: 'What is this about?', answers: ['Option symptom'] },
      { linkId: 'fever', question: 'Do you have a fever?', answers: ['Yes'] },
      { linkId: 'temperature', question: 'Temperature', answers: ['38.5'] },
      { linkId: 'words', question: 'In your own words', answers: [] },
    ]);
  });

  it('finds what is missing and wrong, in document order', () => {
    const session = start(preChat);
    session.type('birthday', '2027-01-01');
    session.type('name', 'x'.repeat(41));
    expect(problems(session)).to.deep.equal(['name: too-long', 'birthday: date-too-late', 'topic: required']);
    expect(get(session, 'name').error).to.deep.equal({ code: 'too-long', params: { max: 40 } });
  });

  it('says nothing of a field before it was left, and does not call an untouched one missing', () => {
    const session = start(preChat);
    session.type('birthday', '1950');
    expect(get(session, 'birthday').error).to.equal(null);
    session.leave('birthday');
    expect(get(session, 'birthday').error?.code).to.equal('not-date');
    session.type('birthday', '');
    expect(get(session, 'birthday').error).to.equal(null);
    session.leave('name');
    expect(get(session, 'name').error).to.equal(null);
    session.type('birthday', '1950-02-28');
    expect(get(session, 'birthday').error).to.equal(null);
  });

  it('does not require what is disabled, hidden or read-only', () => {
    const session = start(questionnaire([
      choice('a', ['x']), item('disabled', 'string', { required: true, enableWhen: [{ question: 'a', operator: 'exists', answerBoolean: true }] }),
      item('hidden', 'string', { required: true, extension: [hl7('questionnaire-hidden', { valueBoolean: true })] }), item('fixed', 'string', { required: true, readOnly: true }),
    ]));
    expect(problems(session)).to.deep.equal([]);
  });

  const typedCases: readonly [type: string, text: string, expected: Answer | string][] = [
    ['integer', '7', { valueInteger: 7 }], ['integer', '-3', { valueInteger: -3 }], ['integer', '٤٢', { valueInteger: 42 }], ['integer', '7.5', 'not-integer'], ['integer', '1e3', 'not-integer'], ['integer', '99999999999999999', 'not-integer'],
    ['decimal', '37.5', { valueDecimal: 37.5 }], ['decimal', '37,5', { valueDecimal: 37.5 }], ['decimal', '٣٧٫٥', { valueDecimal: 37.5 }], ['decimal', '1,000.5', 'not-decimal'], ['decimal', 'warm', 'not-decimal'],
    ['date', '2024-02-29', { valueDate: '2024-02-29' }], ['date', '2024/2/9', { valueDate: '2024-02-09' }], ['date', '2023-02-29', 'not-date'], ['date', '2023', 'not-date'], ['date', '3/4/2023', 'not-date'],
    ['string', ' x ', { valueString: 'x' }], ['text', 'a\nb', { valueString: 'a\nb' }],
  ];
  for (const [type, text, expected] of typedCases) {
    it(`reads "${text}" in a ${type} field as ${JSON.stringify(expected)}`, () => {
      const session = start(questionnaire([item('a', type)]));
      session.type('a', text);
      const got = problems(session);
      expect(typeof expected === 'string' ? got : get(session, 'a').answers).to.deep.equal(typeof expected === 'string' ? [`a: ${expected}`] : [expected]);
      expect(get(session, 'a').typed).to.equal(text);
    });
  }

  it('accepts a year or a month where the entry format asks for no more', () => {
    const session = start(questionnaire([item('y', 'date', { extension: [hl7('entryFormat', { valueString: 'YYYY' })] }), item('m', 'date', { extension: [hl7('entryFormat', { valueString: 'YYYY-MM' })] })]));
    session.type('y', '1950');
    session.type('m', '1950-03');
    expect(problems(session)).to.deep.equal([]);
    expect([get(session, 'y').answers, get(session, 'm').answers]).to.deep.equal([[{ valueDate: '1950' }], [{ valueDate: '1950-03' }]]);
  });

  it('checks ranges, decimal places, lengths and counts', () => {
    const session = start(questionnaire([
      item('n', 'decimal', { extension: [hl7('minValue', { valueDecimal: 1 }), hl7('maxDecimalPlaces', { valueInteger: 1 })] }),
      item('s', 'string', { extension: [hl7('minLength', { valueInteger: 3 })] }),
      choice('c', ['a', 'b', 'c'], { repeats: true, extension: [hl7('questionnaire-maxOccurs', { valueInteger: 2 })] }),
    ]));
    session.type('n', '0.5');
    session.type('s', 'ab');
    for (const one of ['a', 'b', 'c']) session.choose('c', code(one), true);
    expect(problems(session)).to.deep.equal(['n: too-small', 's: too-short', 'c: too-many']);
    session.type('n', '1.25');
    expect(problems(session)[0]).to.equal('n: too-many-decimals');
  });

  it('lets go of the others when an exclusive option is chosen, and of it when another is', () => {
    const none = { valueCoding: coding('none', 'Option none'), extension: [hl7('questionnaire-optionExclusive', { valueBoolean: true })] };
    const session = start(questionnaire([item('c', 'choice', { repeats: true, answerOption: [{ valueCoding: coding('a', 'Option a') }, { valueCoding: coding('b', 'Option b') }, none] })]));
    const chosen = (): readonly unknown[] => get(session, 'c').options.filter((option) => option.chosen).map((option) => option.label);
    session.choose('c', code('b'), true);
    session.choose('c', code('a'), true);
    expect(chosen()).to.deep.equal(['Option a', 'Option b']);
    session.choose('c', code('none'), true);
    expect(chosen()).to.deep.equal(['Option none']);
    session.choose('c', code('a'), true);
    expect(chosen()).to.deep.equal(['Option a']);
    session.answer('c', [code('a'), code('none')]);
    expect(problems(session)).to.deep.equal(['c: exclusive']);
  });

  it('puts what is asked beneath an answer into that answer, and asks it only when there is one', () => {
    const session = start(questionnaire([item('a', 'boolean', { item: [item('b', 'string', { required: true })] })]));
    expect(shown(session)).to.deep.equal(['a']);
    session.answer('a', [{ valueBoolean: false }]);
    expect(shown(session)).to.deep.equal(['a', 'b']);
    session.type('b', 'why');
    expect(session.toResponse({ authored, lang: 'en' })['item']).to.deep.equal([
      { linkId: 'a', text: 'Text of a', answer: [{ valueBoolean: false, item: [{ linkId: 'b', text: 'Text of b', answer: [{ valueString: 'why' }] }] }] },
    ]);
  });

  it('carries initial and hidden values out, and leaves read-only ones alone', () => {
    const session = start(questionnaire([
      item('site', 'string', { initial: [{ valueString: 'north' }], extension: [hl7('questionnaire-hidden', { valueBoolean: true })] }), item('fixed', 'string', { readOnly: true, initial: [{ valueString: 'x' }] }),
    ]));
    expect(session.type('fixed', 'y')).to.equal(false);
    expect(shown(session)).to.deep.equal(['fixed']);
    expect(JSON.stringify(session.toResponse({ authored, lang: 'en' }))).to.include('north').and.to.include('"x"');
  });

  it('takes up its own draft, half-typed text included, after a trip through JSON', () => {
    const first = filled();
    first.type('birthday', '19');
    const second = start(preChat);
    expect(second.restore(JSON.parse(JSON.stringify(first.toDraft())))).to.equal(true);
    expect(get(second, 'birthday').typed).to.equal('19');
    expect(get(second, 'temperature').answers).to.deep.equal([{ valueDecimal: 38.5 }]);
    expect(second.toDraft()).to.deep.equal(first.toDraft());
  });

  it('brings back as typed what is not an answer yet, also where it is too big for FHIR, or stands beside options', () => {
    const day = (code: string) => ({ valueCoding: { system: 'urn:test', code, display: code } });
    const json = questionnaire([
      item('i', 'integer'), item('t', 'time'), item('d', 'decimal'), item('u', 'quantity'),
      { ...item('o', 'open-choice', { repeats: true, answerOption: [day('a'), day('b')], maxLength: 3 }) },
    ]);
    const first = start(json);
    const typed = { i: '5000000000', t: '25:99', d: '38 or so', u: '5 or so', o: 'longer' };
    first.choose('o', day('a'), true);
    for (const [key, text] of Object.entries(typed)) expect(first.type(key, text), key).to.equal(true);
    const second = start(json);
    second.restore(JSON.parse(JSON.stringify(first.toDraft())));
    for (const [key, text] of Object.entries(typed)) {
      expect(get(second, key).typed, key).to.equal(text);
      expect(second.check(key), key).to.deep.equal(first.check(key));
      expect(get(second, key).answers, key).to.deep.equal(get(first, key).answers);
    }
  });

  it('does not bring back an initial value that the person took out', () => {
    const json = questionnaire([item('a', 'string', { initial: [{ valueString: 'x' }] })]);
    const first = start(json);
    first.type('a', '');
    const second = start(json);
    second.restore(first.toDraft());
    expect(get(second, 'a').typed).to.equal('');
  });

  it('ignores a draft of another form, and whatever in its own does not fit', () => {
    const session = start(preChat);
    for (const draft of [null, 3, 'x', [], {}, { form: 'other', answers: { name: [{ valueString: 'Eve' }] } }]) expect(session.restore(draft)).to.equal(false);
    const odd = { form: session.form.name, answers: { name: 'Eve', topic: [{ valueString: 'x' }], birthday: [{ valueDate: 'soon' }], fever: [{}], unknown: [{ valueString: 'y' }] }, typed: { words: 3 } };
    expect(session.restore(odd)).to.equal(true);
    expect(session.toDraft()).to.deep.equal({ form: session.form.name, answers: {}, typed: {} });
  });

  it('changes language without losing an answer, and writes the texts as shown', () => {
    const json = questionnaire([item('a', 'choice', { text: 'Colour', _text: translated({ es: 'Color' }), answerOption: [{ valueCoding: { ...coding('r', 'Red'), _display: translated({ es: 'Rojo' }) } }] })]);
    const session = start(json);
    session.choose('a', { valueCoding: coding('r', 'Red') }, true);
    session.setLang('es');
    expect(get(session, 'a').text).to.equal('Color');
    expect(session.toFormAnswers(words)).to.deep.equal([{ linkId: 'a', question: 'Color', answers: ['Rojo'] }]);
    expect(session.toResponse({ authored, lang: 'es' })['item']).to.deep.equal([{ linkId: 'a', text: 'Color', answer: [{ valueCoding: coding('r', 'Rojo') }] }]);
  });
});
