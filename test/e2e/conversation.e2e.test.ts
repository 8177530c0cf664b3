/** Journey 1: a patient and a nurse talk, from the home page to a chat that is closed, found and opened again. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Nurse, Patient } from './people.js';
import { useStage } from './stage.js';
import { agree } from './steps.js';

const secret = 'Internal: ring her daughter first';

describe('a patient and a nurse talk', () => {
  const stage = useStage();
  let patient: Patient;
  let nurse: Nurse;

  it('begins with consent and questions, and waits in the queue', stage.step(async () => {
    [patient, nurse] = await Promise.all([stage.patient(), stage.nurse()]);
    await Promise.all([patient.visit('/'), nurse.signIn()]);
    await patient.openChat();
    await patient.seesPart('emergency', '911');
    await patient.consent();
    await patient.fillPreChat('Maria Lindqvist');
    await patient.seesPart('notice', 'You are in the queue');
    await patient.say('Good morning, my knee hurts.');
    await patient.seesState('Sent');
  }));

  it('shows the nurse who waits, with the answers, before she accepts', stage.step(async () => {
    await nurse.waiting.waitForText('Maria Lindqvist');
    await nurse.waiting.waitForText('On “Home”');
    await nurse.waiting.role('button', /Maria Lindqvist/).click();
    await nurse.seesPart('pre-chat-card', 'A question for a nurse');
    await nurse.seesPart('read-only', 'You are looking at a waiting chat.');
    await nurse.accept();
    await nurse.waiting.role('button', 'Accept').waitForNone();
    await patient.seesNoMore('queue');
    await patient.seesPart('title', 'Nadia Okafor');
  }));

  it('carries messages both ways, each once, and says when they were read', stage.step(async () => {
    await nurse.sees('Good morning, my knee hurts.');
    await patient.seesState('Read');
    await nurse.reply('Good morning. Since when?');
    await patient.sees('Good morning. Since when?');
    await nurse.seesState('Read');
    const texts = ['Good morning, my knee hurts.', 'Good morning. Since when?'];
    await patient.seesExactly(texts);
    await nurse.seesExactly(texts);
    assert.deepEqual((await patient.messages()).map(({ mine }) => mine), [true, false]);
    assert.deepEqual((await nurse.messages()).map(({ mine }) => mine), [false, true]);
  }));

  it('shows each that the other types, until it is sent', stage.step(async () => {
    await nurse.startsTyping('Does it');
    await patient.seesPart('typing', 'Nadia Okafor is typing');
    await nurse.page.type(' swell?');
    await nurse.page.press('Enter');
    await patient.sees('Does it swell?');
    await patient.seesNoMore('typing');
    await patient.startsTyping('Yes');
    await nurse.seesPart('typing', 'Maria Lindqvist is typing');
    await patient.page.press('Enter');
    await nurse.seesNoMore('typing');
    await nurse.sees('Yes');
    await nurse.seesState('Read');
  }));

  it('goes on from page to page, open as it was, under the clinic\'s own page names', stage.step(async () => {
    await patient.visit('/billing/');
    await patient.page.css('[part~=panel]').waitFor();
    await patient.sees('Does it swell?');
    await nurse.seesPart('visitor-card', 'Billing');
    await nurse.seesPart('conversation-header', 'On “Billing”');
    // Again and again: a visit has many pages.
    for (const path of ['/find-a-doctor/', '/appointments/', '/appointments/']) {
      await patient.visit(path);
      await patient.page.css('[part~=panel]').waitFor();
      await patient.sees('Does it swell?');
    }
    await patient.closePanel();
    await patient.visit('/contact/');
    assert.equal(await patient.page.css('[part~=panel]').count(), 0, 'a panel that was closed stays closed');
    await nurse.seesPart('visitor-card', 'Contact');
  }));

  it('counts what is unread while the panel is closed, and tells the nurse honestly how far her message came', stage.step(async () => {
    await patient.page.goto('about:blank');
    await nurse.seesPart('visitor-card', 'Offline');
    await nurse.reply('Please put ice on it.');
    await nurse.seesState('Sent');
    await patient.visit('/contact/');
    await nurse.seesState('Delivered');
    await patient.seesUnread(1);
    await nurse.reply('Ten minutes will do.');
    await patient.seesUnread(2);
    await nurse.seesState('Delivered');
    await patient.openPanel();
    await patient.sees('Ten minutes will do.');
    await patient.page.css('[part~=unread-line]').waitFor();
    await nurse.seesState('Read');
    await patient.seesUnread(0);
  }));

  it('keeps a staff note from the patient', stage.step(async () => {
    await nurse.addNote(secret);
    const text = await nurse.sendCanned('moment');
    await patient.sees(text);
    const seen = (await patient.shownAndHidden()) + (await patient.received());
    assert.ok(seen.includes(text), 'the recorder saw the canned reply');
    assert.ok(!seen.includes('ring her daughter'), 'the note reached the patient\'s browser');
  }));

  it('fills the variables of a canned reply', stage.step(async () => {
    const text = await nurse.sendCanned('hello');
    assert.match(text, /Maria Lindqvist.*Nadia Okafor.*Rosewater Clinic/);
    await patient.sees(text);
  }));

  it('ends when the nurse closes it; the patient can start anew, with what was being written', stage.step(async () => {
    await patient.field.fill('And one more');
    await nurse.closeChat();
    await patient.seesPart('ended', 'This chat has ended');
    await patient.page.role('button', 'New chat').click();
    await agree(patient.page);
    await patient.seesPart('pre-chat', 'You answered these questions before your last chat.');
    await patient.page.role('button', 'Change answers').click();
    await patient.fillPreChat('Peter Hall');
    await nurse.waiting.waitForText('Peter Hall');
    await patient.field.waitFor((match) => match.value === 'And one more');
  }));

  it('is found by the visitor\'s name, and opened again', stage.step(async () => {
    await nurse.findClosed('Maria');
    await nurse.sees('my knee hurts');
    await nurse.page.role('list', 'Staff notes').waitForText(secret);
    await nurse.reopen();
    await nurse.reply('One more thing.');
    await nurse.seesState(/Sent|Delivered|Read/);
  }));

  it('breaks no policy, logs no error, asks no other origin', stage.step(() => stage.quiet()));
});
