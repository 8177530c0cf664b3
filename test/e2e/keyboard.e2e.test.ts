/** Journey 5: both without a mouse. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Nurse, Patient } from './people.js';
import { useStage } from './stage.js';

describe('patient and nurse without a mouse', () => {
  const stage = useStage();
  let patient: Patient;
  let nurse: Nurse;

  it('the patient opens, consents, answers, and is in the queue', stage.step(async () => {
    [patient, nurse] = await Promise.all([stage.patient(), stage.nurse()]);
    await patient.visit('/contact/');
    const { page } = patient;
    await patient.tabTo(page.role('button', 'Open chat'));
    await page.press('Enter');
    await page.role('button', 'Start chat').waitFor();
    await patient.tabTo(page.role('radio', /^Nurse line/));
    await patient.tabTo(page.role('button', 'Start chat'));
    await page.press('Enter');
    await patient.tabTo(page.role('checkbox', /I agree/));
    await page.press('Space');
    await patient.tabTo(page.role('button', 'Continue'));
    await page.press('Enter');
    const name = page.role('textbox', /^Your name/);
    await name.waitFor();
    await patient.tabTo(page.role('button', 'Start chat'));
    await page.press('Enter');
    await page.css('[part~=pre-chat]').waitForText('Please answer this question.');
    await name.waitFor((match) => match.isFocused);
    await page.type('Tove Lund');
    await patient.tabTo(page.role('radio', 'A question for a nurse'));
    await page.press('Space');
    await page.role('radio', 'A question for a nurse').waitFor();
    await patient.tabTo(page.role('button', 'Start chat'));
    await page.press('Enter');
    await patient.field.waitFor((match) => match.isFocused);
  }));

  it('the nurse signs in, accepts and replies', stage.step(async () => {
    const { page } = nurse;
    await page.goto(patient.at('/desk'));
    await nurse.tabTo(page.role('textbox', 'Email'));
    await page.type('nurse@demo.clinic');
    await nurse.tabTo(page.role('textbox', 'Password'));
    await page.type('demo-only');
    await page.press('Enter');
    await nurse.waiting.waitForText('Tove Lund');
    await nurse.tabTo(nurse.waiting.role('button', 'Accept'));
    await page.press('Enter');
    await nurse.field.waitFor((match) => match.isFocused);
    await page.type('Hello Tove');
    await page.press('Enter');
    await patient.sees('Hello Tove');
  }));

  it('they talk; Shift+Enter breaks the line', stage.step(async () => {
    await patient.page.type('First line');
    await patient.page.press('Shift+Enter');
    await patient.page.type('second line');
    await patient.page.press('Enter');
    await nurse.sees(/First line\s+second line/);
    assert.equal((await nurse.messages()).length, 2);
  }));

  it('Escape closes the panel, and the focus is on the launcher again', stage.step(async () => {
    await patient.page.press('Escape');
    await patient.page.role('button', 'Open chat').waitFor((match) => match.isFocused);
    await patient.page.press('Enter');
    await patient.field.waitFor((match) => match.isFocused);
  }));

  it('the patient ends the chat', stage.step(async () => {
    const { page } = patient;
    await patient.tabTo(page.role('button', 'More'), 'Shift+Tab');
    await page.press('Enter');
    await patient.tabTo(page.css('[part~=menu]').role('button', 'End chat'));
    await page.press('Enter');
    await page.role('button', 'Keep chatting').waitFor((match) => match.isFocused);
    await patient.tabTo(page.css('[part~=confirm]').role('button', 'End chat'));
    await page.press('Enter');
    await page.css('[part~=ended]').waitForText('This chat has ended');
    await patient.tabTo(page.role('button', 'New chat'));
    await page.press('Enter');
    await page.role('button', 'Start chat').waitFor();
    await nurse.page.css('[part~=read-only]').waitForText('This chat is closed.');
  }));

  it('breaks no policy, logs no error, asks no other origin', stage.step(() => stage.quiet()));
});
