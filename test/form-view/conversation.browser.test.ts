/** A form as a conversation: one question at a time, by buttons, keyboard and screen reader; back, change, review; nothing leaves unseen. */
import { expect } from '@open-wc/testing';
import { sendKeys } from '@web/test-runner-commands';
import { ar } from '../../src/i18n/form/ar.js';
import { en } from '../../src/i18n/form/en.js';
import { es } from '../../src/i18n/form/es.js';
import { createFormTranslate } from '../../src/i18n/form/translate-form.js';
import { all, button, labelled, microtask, one, spoken, stage, strike, textOf, type, type Stage, type StageOptions } from '../support/browser/form-stage.js';
import { slotOf } from '../support/shared/open-form.js';
import { choice, coding, hl7, item, itemControl, preChat, questionnaire, type Json } from '../support/shared/questionnaires.js';

const talk = (json: unknown, more: StageOptions = {}): Stage => stage(json, { manner: 'conversation', ...more });
const now = ({ root }: Stage): HTMLElement => one(root, '.ask-now');
/** What a screen reader says when the focus comes to the question. */
const asked = (made: Stage): string => textOf(made.root, now(made).getAttribute('aria-labelledby'));
const tap = async (made: Stage, name: string): Promise<void> => {
  button(made.root, name).click();
  await microtask();
};
const turns = ({ root }: Stage): string[] => all(root, '.ask-turn').map((turn) => `${spoken(turn.querySelector('.ask-question')?.textContent ?? '')}: ${spoken(turn.querySelector('.ask-answer')?.textContent ?? '')}`);
const progress = ({ root }: Stage): string => one(root, '.ask-progress span').textContent!;
const isReview = ({ root }: Stage): boolean => root.querySelector('.ask-review') !== null;

/** The pre-chat form, at its third question. */
const atTopic = async (): Promise<Stage> => {
  const made = talk(preChat);
  type(labelled(made.root, 'Your name'), 'Ada');
  await tap(made, 'Continue');
  type(labelled(made.root, 'Date of birth'), '1950-03-14');
  await tap(made, 'Continue');
  return made;
};

const none = { valueCoding: coding('none', 'None of these'), extension: [hl7('questionnaire-optionExclusive', { valueBoolean: true })] };
const several = item('several', 'choice', { repeats: true, answerOption: [{ valueCoding: coding('x', 'Option x') }, { valueCoding: coding('y', 'Option y') }, none] });
const everything = questionnaire([
  item('hello', 'display', { text: 'Answer as well as you can.' }),
  item('part', 'group', { text: 'Symptoms', item: [
    item('cough', 'boolean', { required: true, item: [item('cough-why', 'display', { text: 'It tells us who should call you.', extension: [itemControl('help')] })] }),
    several, item('born', 'date'), item('pain', 'integer', { extension: [itemControl('slider'), hl7('minValue', { valueInteger: 0 }), hl7('maxValue', { valueInteger: 4 })] }),
  ] }),
  item('weight', 'quantity', { extension: ['kg', 'g'].map((code) => hl7('questionnaire-unitOption', { valueCoding: { system: 'http://unitsofmeasure.org', code, display: code } })) }),
  item('words', 'text'), item('file', 'attachment'),
  item('drug', 'string', { repeats: true, required: true }),
  item('people', 'group', { repeats: true, item: [item('who', 'string')] }),
]);

describe('form as a conversation', () => {
  afterEach(strike);

  it('passes the accessibility audit at every step, both ways round', async () => {
    const made = talk(everything, { recipient: 'Rosewater Clinic' });
    await expect(made.root.host).to.be.accessible();
    await tap(made, 'Yes');
    await expect(made.root.host).to.be.accessible();
    for (let step = 0; step < 6; step++) await tap(made, 'Skip');
    button(made.root, 'Continue').click();
    await microtask();
    await expect(made.root.host).to.be.accessible();
    type(labelled(made.root, 'Text of drug'), 'Aspirin');
    await tap(made, 'Continue');
    await tap(made, 'Add another');
    type(labelled(made.root, 'Text of drug'), 'Ibuprofen');
    await tap(made, 'Continue');
    await expect(made.root.host).to.be.accessible();
    await tap(made, 'No, continue');
    await tap(made, 'Skip');
    await tap(made, 'No, continue');
    expect(isReview(made)).to.equal(true);
    made.root.host.setAttribute('dir', 'rtl');
    made.view.setLang('ar', createFormTranslate('ar', ar));
    await expect(made.root.host).to.be.accessible();
  });

  it('asks one question at a time, each read once with its section, and moves the focus only then', async () => {
    const made = talk(everything);
    expect(made.root.activeElement).to.equal(null);
    expect(all(made.root, '.ask-now').length).to.equal(1);
    expect(asked(made)).to.equal('Symptoms Text of cough (required)');
    expect(textOf(made.root, now(made).getAttribute('aria-describedby'))).to.equal('Answer as well as you can.');
    await tap(made, 'Yes');
    expect(asked(made)).to.equal('Text of several');
    expect(made.root.activeElement).to.equal(now(made));
    expect(now(made).tagName + String(now(made).tabIndex) + String(now(made).getAttribute('role'))).to.equal('DIV-1group');
    expect(all(made.root, '[aria-live], [role=log], [role=alert]').length).to.equal(0);
    expect(spoken(all(made.root, '[role=status]').map(({ textContent }) => textContent).join(''))).to.equal('');
  });

  it('takes a single choice by one tap, and keeps it as text', async () => {
    const made = await atTopic();
    await tap(made, 'Option refill');
    expect(turns(made)).to.deep.equal(['Your name: Ada', 'Date of birth: March 14, 1950', 'What is this about?: Option refill']);
    expect(all(one(made.root, '.ask-turns'), 'button').map((one) => one.getAttribute('aria-label'))).to.deep.equal(['Change: Your name', 'Change: Date of birth', 'Change: What is this about?']);
    expect(asked(made)).to.equal('In your own words');
  });

  it('takes several choices only when told, and none of them alone', async () => {
    const made = talk(questionnaire([several, item('after', 'string')]));
    labelled(made.root, 'Option x').click();
    labelled(made.root, 'Option y').click();
    expect(asked(made)).to.equal('Text of several');
    labelled(made.root, 'None of these').click();
    expect(all<HTMLInputElement>(made.root, 'input').map(({ checked }) => checked)).to.deep.equal([false, false, true]);
    labelled(made.root, 'Option y').click();
    await tap(made, 'Continue');
    expect(turns(made)).to.deep.equal(['Text of several: Option y']);
  });

  it('never goes on by arrow keys or by the focus', async () => {
    const codes = ['1', '2', '3', '4', '5', '6', '7', '8'];
    for (const kind of [item('a', 'boolean'), choice('a', ['x', 'y']), choice('a', codes), several, item('a', 'integer', { extension: [itemControl('slider'), hl7('minValue', { valueInteger: 0 }), hl7('maxValue', { valueInteger: 4 })] })]) {
      const made = talk(questionnaire([kind, item('after', 'string')]));
      const before = asked(made);
      for (const control of all<HTMLElement>(now(made), 'button:not(.form-button), input, select')) {
        control.focus();
        for (const key of ['ArrowDown', 'ArrowRight', 'ArrowUp', 'Home']) await sendKeys({ press: key });
      }
      expect(asked(made)).to.equal(before);
      expect(turns(made)).to.deep.equal([]);
      strike();
    }
  });

  it('is answered by keyboard alone', async () => {
    const made = talk(questionnaire([choice('a', ['x', 'y'], { required: true }), several, item('b', 'string'), item('c', 'boolean', { required: true })]));
    button(made.root, 'Option x').focus();
    await sendKeys({ press: 'Tab' });
    expect(spoken(made.root.activeElement!.textContent!)).to.equal('Option y');
    await sendKeys({ press: 'Enter' });
    expect(asked(made)).to.equal('Text of several');
    // Twice by mistake: nothing is chosen by it.
    await sendKeys({ press: 'Enter' });
    await sendKeys({ press: ' ' });
    expect(asked(made)).to.equal('Text of several');
    await sendKeys({ press: 'Tab' });
    await sendKeys({ press: ' ' });
    expect(labelled(made.root, 'Option x').checked).to.equal(true);
    await sendKeys({ press: 'Enter' });
    expect(asked(made)).to.equal('Text of several');
    button(made.root, 'Continue').focus();
    await sendKeys({ press: 'Enter' });
    await sendKeys({ press: 'Tab' });
    // No letter twice in a row: WebKit's driver types it once.
    await sendKeys({ type: 'Nuts' });
    await sendKeys({ press: 'Enter' });
    expect(asked(made)).to.equal('Text of c (required)');
    await sendKeys({ press: 'Tab' });
    await sendKeys({ press: 'Tab' });
    await sendKeys({ press: ' ' });
    expect(isReview(made)).to.equal(true);
    expect(turns(made)).to.deep.equal(['Text of a: Option y', 'Text of several: Option x', 'Text of b: Nuts', 'Text of c: No']);
  });

  it('does not go on with the Enter of an input method', () => {
    const made = talk(questionnaire([item('a', 'string'), item('b', 'string')]));
    const field = labelled(made.root, 'Text of a');
    type(field, 'に');
    field.dispatchEvent(new KeyboardEvent('keydown', { key: 'Enter', bubbles: true, isComposing: true }));
    expect(asked(made)).to.equal('Text of a');
    field.dispatchEvent(new KeyboardEvent('keydown', { key: 'Enter', bubbles: true }));
    expect(asked(made)).to.equal('Text of b');
  });

  it('stays where an answer is missing or wrong, says so, and leads to the field', async () => {
    const made = talk(questionnaire([item('n', 'integer', { required: true })]));
    expect(all(made.root, 'button').map(({ textContent }) => spoken(textContent!))).to.deep.equal(['Continue']);
    await tap(made, 'Continue');
    const field = labelled(made.root, 'Text of n');
    expect(made.root.activeElement).to.equal(field);
    expect(textOf(made.root, field.getAttribute('aria-describedby'))).to.equal('Please answer this question.');
    type(field, 'x');
    await tap(made, 'Continue');
    expect(textOf(made.root, field.getAttribute('aria-describedby'))).to.equal('Please write a whole number, for example 3.');
    type(field, '3');
    await tap(made, 'Continue');
    expect(isReview(made)).to.equal(true);
  });

  it('skips what is optional, whatever was begun', async () => {
    const made = talk(questionnaire([item('n', 'integer'), item('b', 'string')]));
    type(labelled(made.root, 'Text of n'), 'x');
    await tap(made, 'Skip');
    expect(turns(made)).to.deep.equal(['Text of n: Skipped']);
    await tap(made, 'Skip');
    expect(made.view.submit()!.answers.map(({ answers }) => answers)).to.deep.equal([[], []]);
  });

  it('leaves half a date behind that was skipped', async () => {
    const made = talk(questionnaire([item('d', 'date'), item('b', 'string')]));
    const field = labelled(made.root, 'Text of d');
    Object.defineProperty(field, 'validity', { value: { badInput: true } });
    type(field, '');
    await tap(made, 'Skip');
    await microtask();
    await tap(made, 'Skip');
    expect(made.view.submit()!.answers.map(({ answers }) => answers)).to.deep.equal([[], []]);
  });

  it('goes back one question at a time, with the answer still there', async () => {
    const made = talk(questionnaire([item('a', 'boolean'), item('b', 'string'), item('c', 'string')]));
    await tap(made, 'Yes');
    type(labelled(made.root, 'Text of b'), 'Bees');
    await tap(made, 'Continue');
    await tap(made, 'Previous question');
    expect(labelled(made.root, 'Text of b').value).to.equal('Bees');
    expect(made.root.activeElement).to.equal(now(made));
    await tap(made, 'Previous question');
    expect(spoken(one(made.root, '.ask-tap[data-chosen]').textContent!)).to.equal('Yes (your answer)');
    expect(turns(made)).to.deep.equal([]);
    await tap(made, 'Continue');
    expect(asked(made)).to.equal('Text of b');
    await tap(made, 'Continue');
    expect(asked(made)).to.equal('Text of c');
  });

  it('changes an earlier answer, and asks what that brings up before it goes on', async () => {
    const made = await atTopic();
    await tap(made, 'Option symptom');
    await tap(made, 'Yes');
    type(labelled(made.root, 'Temperature'), '39');
    await tap(made, 'Continue');
    expect(asked(made)).to.equal('In your own words');
    await tap(made, 'Change: What is this about?');
    expect(made.root.activeElement).to.equal(now(made));
    await tap(made, 'Option refill');
    expect(asked(made)).to.equal('In your own words');
    expect(turns(made).length).to.equal(3);
    await tap(made, 'Skip');
    expect(JSON.stringify(made.view.submit())).not.to.include('39');
    await tap(made, 'Change: What is this about?');
    await tap(made, 'Option symptom');
    // What was answered before is there again, and nothing of it has to be asked anew.
    expect(isReview(made)).to.equal(true);
    expect(turns(made)).to.include('Temperature: 39');
    await tap(made, 'Change: Do you have a fever?');
    await tap(made, 'Skip');
    expect(turns(made).some((turn) => turn.startsWith('Temperature'))).to.equal(false);
  });

  it('asks what a change brings up for the first time', async () => {
    const made = await atTopic();
    await tap(made, 'Option refill');
    await tap(made, 'Skip');
    expect(made.view.ready).to.equal(true);
    await tap(made, 'Change: What is this about?');
    expect(made.view.ready).to.equal(false);
    await tap(made, 'Option symptom');
    expect(asked(made)).to.equal('Do you have a fever?');
    expect(made.view.submit()).to.equal(null);
  });

  it('tells how far it has come of what can be reached', async () => {
    const made = talk(questionnaire([item('a', 'boolean'), item('b', 'string', { enableWhen: [{ question: 'a', operator: '=', answerBoolean: true }] }), item('c', 'string')]));
    expect(progress(made)).to.equal('0 of 2 answered');
    await tap(made, 'Yes');
    expect(progress(made)).to.equal('1 of 3 answered');
    await tap(made, 'Skip');
    expect(progress(made)).to.equal('1 of 3 answered');
  });

  it('explains why it asks, when asked', () => {
    const made = talk(everything);
    const why = one<HTMLDetailsElement>(made.root, 'details');
    expect(why.open).to.equal(false);
    expect(one(why, 'summary').textContent).to.equal('Why we ask');
    one<HTMLElement>(why, 'summary').click();
    expect(why.open).to.equal(true);
    expect(one(why, 'p').textContent).to.equal('It tells us who should call you.');
  });

  it('shows everything before it is sent: who gets it, and what is not on screen', async () => {
    const made = talk(questionnaire([
      item('a', 'boolean'), item('s', 'string', { text: 'Where this form was opened', initial: [{ valueString: 'billing' }], extension: [hl7('questionnaire-hidden', { valueBoolean: true })] }), item('r', 'string', { readOnly: true, initial: [{ valueString: 'fixed' }] }),
    ]), { recipient: 'Rosewater Clinic' });
    await tap(made, 'No');
    expect(made.root.activeElement!.textContent).to.equal('Check your answers');
    const said = spoken(one(made.root, '.ask-review').textContent!);
    expect(said).to.include('Your answers go to Rosewater Clinic.');
    expect(said).to.include('Where this form was opened: billing');
    expect(said).to.include('Text of r: fixed');
    const body = made.view.submit()!;
    expect(body.answers.length).to.equal(3);
    for (const answer of body.answers.flatMap(({ answers }) => answers)) expect(said).to.include(answer);
  });

  it('says on the way what the author wants to be seen though it does not apply, and asks it once it does', async () => {
    const when = { enableWhen: [{ question: 'a', operator: '=', answerBoolean: true }], disabledDisplay: 'protected' };
    const made = talk(questionnaire([
      item('a', 'boolean'), item('g', 'group', { text: 'If yes', ...when, item: [item('b', 'string'), item('c', 'string', { extension: [hl7('questionnaire-hidden', { valueBoolean: true })] })] }), item('d', 'string', { ...when }), item('e', 'string'),
    ]));
    await tap(made, 'No');
    expect(asked(made)).to.equal('If yes Text of e');
    expect(textOf(made.root, now(made).getAttribute('aria-describedby'))).to.equal('Text of b (does not apply) Text of d (does not apply)');
    expect(all(made.root, '.ask-now input').length).to.equal(1);
    await tap(made, 'Skip');
    expect(spoken(one(made.root, '.ask-review').textContent!)).to.include('Text of d (does not apply)');
    expect(made.view.submit()!.answers.map(({ linkId }) => linkId)).to.deep.equal(['a', 'e']);
    await tap(made, 'Change: Text of a');
    await tap(made, 'Yes');
    expect(asked(made)).to.equal('If yes Text of b');
    await tap(made, 'Skip');
    expect(asked(made)).to.equal('Text of d');
  });

  it('says at the end what does not fit together, and leads there', async () => {
    const constraint = hl7('questionnaire-constraint', { extension: [
      { url: 'key', valueId: 'k' }, { url: 'severity', valueCode: 'error' }, { url: 'expression', valueString: "%resource.item.where(linkId='a').answer.value < 9" }, { url: 'human', valueString: 'Too much in all.' },
    ] });
    const made = talk(questionnaire([item('a', 'integer')], { extension: [constraint] }));
    type(labelled(made.root, 'Text of a'), '10');
    await tap(made, 'Continue');
    expect(made.view.submit()).to.equal(null);
    await microtask();
    expect(made.root.activeElement).to.equal(one(made.root, '.form-summary'));
    expect(one(made.root, '.form-summary').textContent).to.include('Too much in all.');
    await tap(made, 'Change: Text of a');
    type(labelled(made.root, 'Text of a'), '3');
    await tap(made, 'Continue');
    expect(made.view.submit()).not.to.equal(null);
  });

  it('asks whether there is more of what repeats, and lets go of it again', async () => {
    const made = talk(questionnaire([item('people', 'group', { text: 'Person', repeats: true, item: [item('who', 'string'), item('age', 'integer')] }), item('drug', 'string', { repeats: true })]));
    type(labelled(made.root, 'Text of who'), 'Ada');
    await tap(made, 'Continue');
    await tap(made, 'Skip');
    expect(asked(made)).to.equal('Person: Would you like to add another?');
    await tap(made, 'Add another');
    expect(asked(made)).to.equal('Person (2 of 2) Text of who');
    type(labelled(made.root, 'Text of who'), 'Bob');
    await tap(made, 'Continue');
    await tap(made, 'Skip');
    await tap(made, 'No, continue');
    await tap(made, 'Skip');
    expect(isReview(made)).to.equal(true);
    expect(turns(made).filter((turn) => turn.startsWith('Text of who'))).to.deep.equal(['Text of who: Ada', 'Text of who: Bob']);
    await tap(made, 'Remove: Person (2 of 2)');
    expect(one(made.root, '.form-told').textContent).to.equal('Removed.');
    await tap(made, 'Add another: Person');
    // Called as the one before was, and yet another.
    expect(asked(made)).to.equal('Person (2 of 2) Text of who');
    expect(labelled(made.root, 'Text of who').value).to.equal('');
    type(labelled(made.root, 'Text of who'), 'Bob');
    await tap(made, 'Continue');
    await tap(made, 'Skip');
    await tap(made, 'No, continue');
    await tap(made, 'Remove: Person (1 of 2)');
    expect(turns(made).filter((turn) => turn.startsWith('Text of who'))).to.deep.equal(['Text of who: Bob']);
    await tap(made, 'Add another: Person');
    expect(asked(made)).to.equal('Person (2 of 2) Text of who');
  });

  it('takes an answer beside the options, once it is written', async () => {
    const made = talk(questionnaire([item('open', 'open-choice', { answerOption: [{ valueCoding: coding('a', 'Option a') }] })]));
    await tap(made, 'Other');
    const field = one<HTMLInputElement>(made.root, '[id$="-other"]');
    expect(made.root.activeElement).to.equal(field);
    expect(made.root.querySelector('.form-error')).to.equal(null);
    await tap(made, 'Continue');
    expect(isReview(made)).to.equal(false);
    expect(textOf(made.root, one(made.root, '[id$="-other"]').getAttribute('aria-describedby'))).to.equal('Please answer this question.');
    type(one(made.root, '[id$="-other"]'), 'Bees');
    await tap(made, 'Continue');
    expect(turns(made)).to.deep.equal(['Text of open: Bees']);
  });

  it('goes on where it was left, also behind what was skipped', async () => {
    const first = await atTopic();
    await tap(first, 'Option symptom');
    await tap(first, 'Skip');
    const draft = JSON.parse(JSON.stringify(first.drafts.at(-1))) as unknown;
    const second = talk(preChat, { draft });
    expect(turns(second)).to.deep.equal(turns(first));
    expect(asked(second)).to.equal('In your own words');
    expect(labelled(stage(preChat, { draft }).root, 'Your name').value).to.equal('Ada');
    const { passed: _unused, ...ofForm } = draft as { passed: unknown };
    expect(asked(talk(preChat, { draft: ofForm }))).to.equal('Do you have a fever?');
  });

  it('speaks every language, with everything typed still there', async () => {
    for (const [lang, messages] of [['en', en], ['es', es], ['ar', ar]] as const) {
      const made = talk(preChat);
      type(labelled(made.root, 'Your name'), 'Ada');
      await tap(made, 'Continue');
      type(labelled(made.root, 'Date of birth'), '1950-03-14');
      await tap(made, 'Continue');
      made.view.setLang(lang, createFormTranslate(lang, messages));
      expect(turns(made)[0]).to.match(/: Ada$/);
      expect(turns(made)[1]).to.include({ en: 'March 14, 1950', es: '14 de marzo de 1950', ar: 'مارس' }[lang]);
      expect(one(made.root, '.form-fields').getAttribute('lang')).to.equal(lang);
      expect(made.root.textContent).not.to.match(/[{}]|undefined/);
    }
  });

  it('has targets of 44 px and text of 16 px, in 320 px too, with nothing cut off', async () => {
    const made = talk(everything);
    (made.root.host as HTMLElement).style.cssText = 'display: block; inline-size: 320px';
    await tap(made, 'Yes');
    await tap(made, 'Skip');
    const fits = (): void => {
      for (const target of all<HTMLElement>(made.root, 'button, summary, input, textarea, select')) expect((target.closest('label') ?? target).getBoundingClientRect().height, target.outerHTML).to.be.at.least(44);
      expect(one(made.root, '.form-fields').scrollWidth).to.be.at.most(320);
      for (const field of all(made.root, '.form-input, .ask-tap, .form-button')) expect(parseFloat(getComputedStyle(field).fontSize)).to.be.at.least(16);
    };
    for (let step = 0; step < 5; step++) {
      fits();
      await tap(made, 'Skip');
    }
    fits();
  });

  it('never turns what a form says into markup', async () => {
    const evil = '<img src=x onerror="window.pwned=1"><script>window.pwned=1</' + 'script><a href="javascript:window.pwned=1">x</a>';
    const xhtml = { extension: [hl7('rendering-xhtml', { valueString: evil }), hl7('rendering-markdown', { valueMarkdown: evil })] };
    const link = hl7('questionnaire-supportLink', { valueUri: 'javascript:window.pwned=1' });
    const json = questionnaire([
      item('d', 'display', { text: evil, _text: xhtml }),
      item('g', 'group', { text: evil, _text: xhtml, prefix: evil, extension: [link], item: [
        choice('c', ['x'], { text: evil, _text: xhtml, extension: [link], answerOption: [{ valueCoding: coding('e', evil) }], item: [item('h', 'display', { text: evil, extension: [itemControl('help')] })] }),
      ] }),
      item('s', 'string', { text: evil, readOnly: true, initial: [{ valueString: evil }] }),
    ], { title: evil });
    const made = talk(json, { recipient: evil });
    const clean = (): void => {
      expect(all(made.root, 'img, script, a').length).to.equal(0);
      expect((globalThis as Json)['pwned']).to.equal(undefined);
    };
    clean();
    one<HTMLButtonElement>(made.root, '.ask-tap').click();
    expect(isReview(made)).to.equal(true);
    clean();
    expect(slotOf(made.view.session, 'c').answers.length).to.equal(1);
  });
});
