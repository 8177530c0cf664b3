/** Journey 11: the questions before a chat come one at a time, and are answered by the keyboard alone; everything is there to be looked at before it goes; the nurse gets what was chosen. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { choice, coding, hl7, item, itemControl, questionnaire } from '../support/shared/questionnaires.js';
import type { Locator } from '../support/node/driver.js';
import type { Nurse, Patient } from './people.js';
import { useStage } from './stage.js';

const ucum = (code: string): Record<string, unknown> => hl7('questionnaire-unitOption', { valueCoding: { system: 'http://unitsofmeasure.org', code, display: code } });
const preChat = questionnaire([
  choice('topic', ['cough', 'rash'], { text: 'What is it about?', required: true, item: [item('topic-why', 'display', { text: 'So that the right nurse answers.', extension: [itemControl('help')] })] }),
  item('where', 'string', { text: 'Where is the rash?', enableWhen: [{ question: 'topic', operator: '=', answerCoding: coding('rash') }] }),
  choice('signs', ['fever', 'chills'], {
    text: 'Do you have any of these?', repeats: true,
    answerOption: [...['fever', 'chills'].map((code) => ({ valueCoding: coding(code, `Option ${code}`) })), { valueCoding: coding('none', 'None of these'), extension: [hl7('questionnaire-optionExclusive', { valueBoolean: true })] }],
  }),
  item('since', 'date', { text: 'Since when?' }),
  item('weight', 'quantity', { text: 'Your weight', extension: [ucum('kg'), ucum('lb')] }),
  item('pain', 'integer', { text: 'How bad is it?', required: true, extension: [itemControl('slider'), hl7('minValue', { valueInteger: 0 }), hl7('maxValue', { valueInteger: 10 })] }),
  item('words', 'text', { text: 'In your own words' }),
], { extension: [{ url: 'http://hl7.org/fhir/uv/sdc/StructureDefinition/sdc-questionnaire-entryMode', valueCode: 'prior-edit' }] });

const configure = (config: Record<string, unknown>): void => {
  for (const widget of config['widgets'] as Record<string, unknown>[]) widget['preChat'] = preChat;
};

describe('one question at a time, without a mouse', () => {
  const stage = useStage({ configure });
  let patient: Patient;
  let nurse: Nurse;

  const now = (): Locator => patient.page.css('[part~=ask-now]');
  /** The question that is asked, with the focus on it. */
  const isAsked = async (question: string): Promise<void> => {
    await now().waitFor((match) => match.text.includes(question) && match.isFocused);
  };
  const press = async (target: Locator, key = 'Enter'): Promise<void> => {
    await patient.tabTo(target);
    await patient.page.press(key);
  };
  const button = (name: string | RegExp): Locator => patient.page.role('button', name);
  const turns = async (): Promise<string[]> => (await patient.page.css('[part~=ask-answer]').matches()).map(({ text }) => text);
  const isChecked = (name: string): Promise<boolean> =>
    patient.run((label) => [...document.querySelector('care-chat')!.shadowRoot!.querySelectorAll('label')].some((one) => one.textContent!.trim() === label && one.querySelector('input')!.checked), name);

  it('opens at the first question, which says why it is asked; arrow keys choose nothing', stage.step(async () => {
    [patient, nurse] = await Promise.all([stage.patient(), stage.nurse()]);
    await patient.visit('/contact/');
    await press(button('Open chat'));
    await button('Start chat').waitFor();
    await patient.tabTo(patient.page.role('radio', /^Nurse line/));
    await press(button('Start chat'));
    await press(patient.page.role('checkbox', /I agree/), 'Space');
    await press(button('Continue'));
    await now().waitForText('What is it about?');
    await press(patient.page.css('[part~=ask-why] summary'));
    await now().waitForText('So that the right nurse answers.');
    await patient.tabTo(button('Option cough'));
    for (const key of ['ArrowDown', 'ArrowRight', 'ArrowUp', 'Home', 'End']) await patient.page.press(key);
    await button('Option cough').waitFor((match) => match.isFocused);
    assert.match(await now().text(), /What is it about\?/);
    assert.deepEqual(await turns(), []);
  }));

  it('one tap answers a single choice; several wait for Continue, and "none" is alone', stage.step(async () => {
    await patient.page.press('Enter');
    await isAsked('Do you have any of these?');
    const box = (name: string): Locator => patient.page.role('checkbox', name);
    for (const name of ['Option fever', 'Option chills']) await press(box(name), 'Space');
    await press(box('None of these'), 'Space');
    assert.deepEqual(await Promise.all(['Option fever', 'Option chills', 'None of these'].map(isChecked)), [false, false, true]);
    await patient.tabTo(box('Option chills'), 'Shift+Tab');
    await patient.page.press('Space');
    assert.deepEqual(await Promise.all(['Option fever', 'Option chills', 'None of these'].map(isChecked)), [false, true, false]);
    assert.match(await now().text(), /any of these/);
    await press(button('Continue'));
    await isAsked('Since when?');
  }));

  it('a date, a number with its unit; back, with the answer still there', stage.step(async () => {
    const { page } = patient;
    await patient.tabTo(page.role('textbox', /^Since when/));
    // Where the browser has no control for dates it is a text.
    const hasControl = await patient.run(() => Object.assign(document.createElement('input'), { type: 'date' }).type === 'date');
    // WebKit's goes from the month to the day when it is told to, the others' by themselves.
    await page.type(!hasControl ? '2026-11-20' : page.engine === 'webkit' ? '11-20-2026' : '11202026');
    await press(button('Continue'));
    await isAsked('Your weight');
    await press(button('Previous question'));
    await isAsked('Since when?');
    await press(button('Continue'));
    await isAsked('Your weight');
    await patient.tabTo(page.role('textbox', /^Your weight/));
    await page.type('80.5');
    await page.press('Enter');
    await now().waitForText('Please choose a unit.');
    await patient.tabTo(page.role('combobox', /^Unit/));
    await page.type('k');
    await press(button('Continue'));
    await isAsked('How bad is it?');
  }));

  it('a scale of buttons, and what is optional is skipped; then everything is there to be looked at', stage.step(async () => {
    await press(button('7'));
    await isAsked('In your own words');
    await press(button('Skip'));
    await patient.page.css('[part~=ask-review]').waitForText('Check your answers');
    assert.deepEqual(await turns(), ['Option cough', 'Option chills', 'November 20, 2026', '80.5 kg', '7', 'Skipped']);
  }));

  it('an earlier answer is changed: what that brings up is asked, and nothing else again', stage.step(async () => {
    await press(button('Change: What is it about?'));
    await isAsked('What is it about?');
    await button(/^Option cough\s+\(your answer\)/).waitFor();
    await press(button('Option rash'));
    await isAsked('Where is the rash?');
    await patient.tabTo(patient.page.role('textbox', /^Where is the rash/));
    await patient.page.type('On my arm');
    await patient.page.press('Enter');
    await patient.page.css('[part~=ask-review]').waitForText('On my arm');
    assert.deepEqual(await turns(), ['Option rash', 'On my arm', 'Option chills', 'November 20, 2026', '80.5 kg', '7', 'Skipped']);
  }));

  it('the nurse sees every question as it was put, with what was answered last', stage.step(async () => {
    await press(button('Start chat'));
    await patient.field.waitFor((match) => match.isFocused);
    await nurse.signIn();
    await nurse.accept();
    const card = nurse.page.css('[part~=pre-chat-card]');
    for (const text of ['What is it about?', 'Option rash', 'On my arm', 'Option chills', '80.5 kg', 'How bad is it?', 'In your own words']) await card.waitForText(text);
    assert.doesNotMatch(await card.text(), /Option cough/);
  }));

  it('nothing has gone wrong on the way', stage.step(() => stage.quiet()));
});
