/** The form on the screen: names, help and errors for everybody, keyboard, mistakes said and led to, nothing submitted by itself. */
import { expect } from '@open-wc/testing';
import { ar } from '../../src/i18n/form/ar.js';
import { en } from '../../src/i18n/form/en.js';
import { es } from '../../src/i18n/form/es.js';
import { createFormTranslate } from '../../src/i18n/form/translate-form.js';
import { all, labelled, microtask, one, stage, strike, textOf, type } from '../support/browser/form-stage.js';
import { choice, coding, hl7, item, itemControl, preChat, questionnaire, translated, type Json } from '../support/shared/questionnaires.js';

describe('form view', () => {
  afterEach(strike);

  it('passes the accessibility audit, empty and full of mistakes', async () => {
    const { view, root } = stage(preChat);
    await expect(root.host).to.be.accessible();
    labelled(root, 'Option symptom').click();
    view.submit();
    await microtask();
    expect(all(root, '.form-error').length).to.equal(2);
    await expect(root.host).to.be.accessible();
  });

  it('passes the accessibility audit with groups, lists, several answers, read-only and right-to-left', async () => {
    const json = questionnaire([
      item('g', 'group', { item: [choice('many', ['a', 'b'], { repeats: true, required: true }), choice('list', ['1', '2', '3', '4', '5', '6', '7', '8'])] }),
      item('fixed', 'string', { readOnly: true, initial: [{ valueString: 'x' }] }), item('note', 'display'), item('long', 'text'),
    ]);
    const { view, root } = stage(json, { lang: 'ar', t: createFormTranslate('ar', ar) });
    root.host.setAttribute('dir', 'rtl');
    view.submit();
    await microtask();
    await expect(root.host).to.be.accessible();
  });

  it('names every field and says in words which are required', () => {
    const { root } = stage(preChat);
    expect(labelled(root, 'Your name').labels![0]!.textContent!.replace(/\s+/g, ' ').trim()).to.equal('Your name (required)');
    expect(labelled(root, 'Your name').getAttribute('aria-required')).to.equal('true');
    expect(labelled(root, 'In your own words').getAttribute('aria-required')).to.equal(null);
    expect(one(root, 'legend').textContent!.replace(/\s+/g, ' ').trim()).to.equal('What is this about? (required)');
    expect(one(root, 'fieldset').getAttribute('role')).to.equal('radiogroup');
  });

  it('ties help to its field', () => {
    const { root } = stage(preChat);
    expect(textOf(root, one(root, 'fieldset').getAttribute('aria-describedby'))).to.include('We use this to find the right nurse.');
  });

  it('asks follow-up questions as soon as they are called for, and no sooner', () => {
    const { root } = stage(preChat);
    expect(all(root, 'legend').length).to.equal(1);
    labelled(root, 'Option symptom').click();
    expect(all(root, 'legend').length).to.equal(2);
    labelled(root, 'Yes').click();
    expect(labelled(root, 'Temperature').inputMode).to.equal('decimal');
    labelled(root, 'Option refill').click();
    expect(all(root, 'legend').length).to.equal(1);
  });

  it('hands out a draft after each change and takes it up again', () => {
    const first = stage(preChat);
    type(labelled(first.root, 'Your name'), 'Ada');
    labelled(first.root, 'Option refill').click();
    expect(first.drafts.length).to.equal(2);
    const second = stage(preChat, { draft: JSON.parse(JSON.stringify(first.drafts.at(-1))) });
    expect(labelled(second.root, 'Your name').value).to.equal('Ada');
    expect(labelled(second.root, 'Option refill').checked).to.equal(true);
  });

  it('does not submit with mistakes: says each beside its field, sums them up, and focuses the first', async () => {
    const { view, root } = stage(preChat);
    const status = one(root, '[role=status]');
    expect(view.submit()).to.equal(null);
    await microtask();
    expect(one(root, '[role=status]')).to.equal(status);
    expect(status.textContent!.trim()).to.equal('3 answers need another look.');
    const name = labelled(root, 'Your name');
    expect(root.activeElement).to.equal(name);
    expect(name.getAttribute('aria-invalid')).to.equal('true');
    expect(textOf(root, name.getAttribute('aria-describedby'))).to.include('Please answer this question.');
    const links = all<HTMLButtonElement>(root, '.form-summary button');
    expect(links.length).to.equal(3);
    links[2]!.click();
    await microtask();
    expect(root.activeElement).to.equal(labelled(root, 'Option appointment'));
  });

  it('takes a mistake back as soon as it is mended', async () => {
    const { view, root } = stage(preChat);
    view.submit();
    await microtask();
    type(labelled(root, 'Your name'), 'Ada');
    expect(labelled(root, 'Your name').getAttribute('aria-invalid')).to.equal(null);
    expect(one(root, '[role=status]').textContent!.trim()).to.equal('2 answers need another look.');
  });

  it('gives the body for the wire once everything is right', () => {
    const { view, root } = stage(preChat);
    type(labelled(root, 'Your name'), 'Ada');
    type(labelled(root, 'Date of birth'), '1950-03-14');
    labelled(root, 'Option refill').click();
    const body = view.submit()!;
    expect(body.form).to.deep.equal({ questionnaire: 'https://clinic.example/forms/test|1', title: 'Before we start' });
    expect(body.purpose).to.equal('pre-chat');
    expect(body.answers.slice(0, 3)).to.deep.equal([
      { linkId: 'name', question: 'Your name', answers: ['Ada'] }, { linkId: 'birthday', question: 'Date of birth', answers: ['March 14, 1950'] }, { linkId: 'topic', question: 'What is this about?', answers: ['Option refill'] },
    ]);
    expect(body.response['authored']).to.equal('2023-11-14T22:13:20.000Z');
    expect(root.querySelector('.form-error')).to.equal(null);
  });

  it('never submits by itself: Enter in a field and a choice change nothing but the answer', () => {
    const { root, drafts } = stage(questionnaire([item('a', 'string'), choice('b', ['x'])]));
    const input = labelled(root, 'Text of a');
    expect(input.form).to.equal(null);
    input.dispatchEvent(new KeyboardEvent('keydown', { key: 'Enter', bubbles: true }));
    expect(drafts.length).to.equal(0);
  });

  it('shows a few options as buttons and many as a list, unless the author says otherwise', () => {
    const codes = ['1', '2', '3', '4', '5', '6', '7', '8'];
    const { root } = stage(questionnaire([
      choice('few', codes.slice(0, 7)), choice('many', codes), choice('few-list', codes.slice(0, 2), { extension: [itemControl('drop-down')] }), choice('many-radios', codes, { extension: [itemControl('radio-button')] }),
    ]));
    expect(all(root, 'select').length).to.equal(2);
    expect(all(root, 'fieldset').map((set) => all(set, 'input[type=radio]').length)).to.deep.equal([7, 8]);
  });

  it('chooses from a list and lets go of the choice', () => {
    const { view, root } = stage(questionnaire([choice('a', ['x', 'y'], { extension: [itemControl('drop-down')] })]));
    const select = one<HTMLSelectElement>(root, 'select');
    const pick = (index: number): void => {
      select.selectedIndex = index;
      select.dispatchEvent(new Event('change', { bubbles: true }));
    };
    pick(2);
    expect(view.session.snapshot.value.items[0]!.answers).to.deep.equal([{ valueCoding: coding('y', 'Option y') }]);
    pick(0);
    expect(view.session.snapshot.value.items[0]!.answers).to.deep.equal([]);
    expect(select.selectedIndex).to.equal(0);
  });

  it('offers several answers as check boxes, with an exclusive one', () => {
    const none = { valueCoding: coding('none', 'None of these'), extension: [hl7('questionnaire-optionExclusive', { valueBoolean: true })] };
    const { root } = stage(questionnaire([item('a', 'choice', { repeats: true, answerOption: [{ valueCoding: coding('x', 'Option x') }, none] })]));
    labelled(root, 'Option x').click();
    labelled(root, 'None of these').click();
    expect(all<HTMLInputElement>(root, 'input').map((box) => box.checked)).to.deep.equal([false, true]);
    expect(one(root, 'fieldset').getAttribute('role')).to.equal('group');
  });

  it('lets an optional single choice be taken back', () => {
    const { root } = stage(questionnaire([item('a', 'boolean')]));
    expect(root.querySelector('.form-clear')).to.equal(null);
    labelled(root, 'No').click();
    one<HTMLButtonElement>(root, '.form-clear').click();
    expect(all<HTMLInputElement>(root, 'input').map((radio) => radio.checked)).to.deep.equal([false, false]);
  });

  it('uses the native date control where there is one, and says the format where there is none', () => {
    const { root } = stage(questionnaire([item('a', 'date'), item('y', 'date', { extension: [hl7('entryFormat', { valueString: 'YYYY' })] })]));
    const probe = document.createElement('input');
    probe.type = 'date';
    const native = probe.type === 'date';
    expect(labelled(root, 'Text of a').type).to.equal(native ? 'date' : 'text');
    expect(textOf(root, labelled(root, 'Text of a').getAttribute('aria-describedby'))).to.equal(native ? '' : 'Year-month-day, for example 1950-03-14.');
    expect(labelled(root, 'Text of y').type).to.equal('text');
    expect(textOf(root, labelled(root, 'Text of y').getAttribute('aria-describedby'))).to.equal('Year, for example 1950.');
  });

  it('fills in by itself only what the author mapped', () => {
    const { root } = stage(preChat);
    expect(labelled(root, 'Your name').autocomplete).to.equal('name');
    expect(labelled(root, 'In your own words').autocomplete).to.equal('off');
  });

  it('keeps text fields at 16 px or more, so that a phone does not zoom', () => {
    const { root } = stage(preChat);
    for (const field of all(root, '.form-input, .form-help, .form-label, .form-error')) expect(parseFloat(getComputedStyle(field).fontSize)).to.be.at.least(16);
  });

  it('changes language with everything typed still there', () => {
    const { view, root } = stage(preChat);
    type(labelled(root, 'Your name'), 'Ada');
    view.setLang('es', createFormTranslate('es', es));
    expect(labelled(root, 'Su nombre (obligatorio)').value).to.equal('Ada');
    expect(one(root, '.form-fields').getAttribute('lang')).to.equal('es');
  });

  it('says on leaving the field that there is no such date, though nothing told of it as it was typed', async () => {
    const { root } = stage(preChat);
    const field = labelled(root, 'Date of birth');
    if (field.type === 'date') {
      field.focus();
      Object.defineProperty(field, 'validity', { value: { badInput: true } });
    } else type(field, '02/30/1985');
    expect(all(root, '.form-error').length).to.equal(0);
    labelled(root, 'Your name').focus();
    await microtask();
    await microtask();
    expect(textOf(root, field.getAttribute('aria-describedby'))).to.include('Please give a full date that exists');
    expect(field.getAttribute('aria-invalid')).to.equal('true');
    expect(root.activeElement).to.equal(labelled(root, 'Your name'));
  });

  it('goes back to English in every word, though the host has no sentences for it', () => {
    const { view, root } = stage(preChat);
    const inEnglish = root.textContent;
    view.setLang('ar', createFormTranslate('ar', ar));
    expect(root.textContent).to.include('مطلوب');
    view.setLang('en');
    expect(root.textContent).to.equal(inEnglish);
    view.submit();
    expect(root.textContent).not.to.match(/\p{Script=Arabic}/u);
  });

  it('says every kind of mistake in every language without a hole in the sentence', () => {
    for (const [lang, messages] of [['en', en], ['es', es], ['ar', ar]] as const) {
      const t = createFormTranslate(lang, messages);
      const { view, root } = stage(questionnaire([
        item('n', 'decimal', { extension: [hl7('minValue', { valueDecimal: 5 })] }), item('s', 'string', { maxLength: 2 }), item('d', 'date', { extension: [hl7('minValue', { valueDate: '2020-01-01' })] }), item('r', 'string', { required: true }),
      ]), { lang, t });
      view.session.type('n', '1');
      view.session.type('s', 'abc');
      view.session.type('d', '2019-01-01');
      view.submit();
      const said = all(root, '.form-error').map((error) => error.textContent!);
      expect(said.length).to.equal(4);
      for (const sentence of said) expect(sentence).not.to.match(/[{}]|undefined/);
    }
  });

  it('renders markup in a form as text', () => {
    const evil = '<img src=x onerror="window.pwned=1"><script>window.pwned=1</' + 'script>';
    const { root } = stage(questionnaire([item('a', 'string', { text: evil, _text: translated({ es: evil }) }), item('d', 'display', { text: evil }), choice('c', ['x'], { text: evil, prefix: evil })]));
    expect(all(root, 'img, script').length).to.equal(0);
    expect((globalThis as Json)['pwned']).to.equal(undefined);
  });

  it('has ids of its own for each form in one shadow root', () => {
    const ids = [stage(preChat), stage(preChat)].flatMap(({ root }) => all(root, '[id]').map((element) => element.id));
    expect(new Set(ids).size).to.equal(ids.length);
  });
});
