/** Journey: a guide answers first, by buttons, on every tab; a nurse sees it and takes over. And a bot that does not answer: a person takes over. */
import assert from 'node:assert/strict';
import { after, describe, it } from 'node:test';
import { openWebhook } from '../support/node/bot-config.js';
import type { Nurse, Patient } from './people.js';
import { useStage } from './stage.js';

/** From the launcher to the conversation: the assistant asks whom one wants, so only consent comes before. */
const begin = async (patient: Patient): Promise<void> => {
  await patient.visit('/assistant/');
  await patient.openChat();
  await patient.page.role('button', 'Start chat').click();
  await patient.page.role('checkbox', /I agree/).click();
  await patient.page.role('button', 'Start chat').click();
  await patient.field.waitFor();
};

describe('a guide answers first', () => {
  const stage = useStage();
  let patient: Patient;
  let other: Patient;
  let nurse: Nurse;
  const choice = (who: Patient, name: string) => who.log.role('button', name);

  it('says what it is, as what it is, and offers buttons; nobody is told to wait', stage.step(async () => {
    [patient, nurse] = await Promise.all([stage.patient(), stage.nurse()]);
    await nurse.signIn();
    await begin(patient);
    await patient.sees('You are talking to a bot');
    await patient.sees('What can I help you with?');
    await choice(patient, 'Opening hours').waitFor();
    await patient.seesPart('sender', /Rosewater assistant\s*Automatic assistant/);
    await patient.seesPart('bot-line', 'Automatic assistant');
    assert.equal((await patient.page.css('.queue').matches()).length, 0);
  }));

  it('is worked by keys; an arrow or the focus answers nothing', stage.step(async () => {
    await patient.tabTo(choice(patient, 'Opening hours'), 'Shift+Tab');
    for (const key of ['ArrowDown', 'ArrowRight', 'ArrowUp']) await patient.page.press(key);
    await patient.tabTo(choice(patient, 'An appointment'));
    assert.equal((await patient.sent('submit')).filter(({ d }) => (d['ev'] as { kind: string }).kind === 'action').length, 0);
    await patient.tabTo(choice(patient, 'Opening hours'), 'Shift+Tab');
    await patient.page.press('Enter');
    await patient.sees('A nurse answers day and night.');
    await patient.sees('Chosen: Opening hours');
    await patient.tabTo(patient.log.role('link', 'Call us'));
    await patient.tabTo(choice(patient, 'Something else'));
  }));

  it('keeps what was chosen over a reload and in another tab, where the next answer counts for both', stage.step(async () => {
    await patient.page.reload();
    await patient.openPanel();
    await patient.sees('Chosen: Opening hours');
    await choice(patient, 'Something else').waitFor();
    await choice(patient, 'Opening hours').waitForNone();
    other = await stage.tab(patient);
    await other.visit('/assistant/');
    await other.openPanel();
    await choice(other, 'Something else').click();
    await choice(other, 'An appointment').waitFor();
    await patient.sees('Chosen: Something else');
    await choice(patient, 'An appointment').waitFor();
    await stage.closeTab(other);
  }));

  it('takes words for a press', stage.step(async () => {
    await patient.say('an app');
    await patient.sees('You can look at free times yourself');
    await patient.log.role('link', 'See free times').waitFor();
    // What was offered before is answered by now: it is no longer to be pressed.
    await choice(patient, 'Opening hours').waitForNone();
  }));

  it('shows the nurse what was offered and chosen, and that an assistant answers', stage.step(async () => {
    await nurse.waiting.waitForText('Automatic assistant');
    await nurse.page.css('[part~=waiting] .count').waitForNone();
    await nurse.waiting.role('button', /Automatic assistant/).click();
    await nurse.sees('Chosen: Opening hours');
    await nurse.sees(/Rosewater assistant\s*Automatic assistant/);
    assert.equal((await nurse.log.role('button', 'Ask the front desk').matches()).length, 0);
  }));

  it('makes way for a person at any time', stage.step(async () => {
    await patient.page.css('[part~=bot-line]').role('button', 'Talk to a person').click();
    await patient.sees('A person was asked for');
    await patient.seesPart('notice', 'You are in the queue');
    await patient.seesNoMore('bot-line');
    await choice(patient, 'Ask the front desk').waitForNone();
    await nurse.sees('A person was asked for');
    await nurse.page.css('[part~=waiting] .count').waitForText('1');
    await nurse.accept();
    await nurse.reply('Good morning, this is Nadia.');
    await patient.sees('Good morning, this is Nadia.');
    await patient.say('Hours');
    await nurse.sees('Hours');
    await nurse.reply('From eight on.');
    await patient.sees('From eight on.');
    assert.equal((await patient.page.css('[part~=bot-choices]').role('button').matches()).length, 0);
  }));

  it('leads into the symptom checker', stage.step(async () => {
    other = await stage.patient();
    await begin(other);
    await choice(other, 'My health').click();
    await choice(other, 'Check my symptoms').click();
    await other.page.css('[part~=checker]').waitFor();
    await other.seesPart('checker', /not a diagnosis/i);
  }));

  it('says twice what it knows, and then a person takes over', stage.step(async () => {
    other = await stage.patient();
    await begin(other);
    await choice(other, 'My health').waitFor();
    await other.say('My mother has moved to another town');
    await other.sees('I know only a few things.');
    await other.say('She needs her papers');
    await other.page.waitFor(() => [...document.querySelector('care-chat')!.shadowRoot!.querySelectorAll('.bubble')].filter(({ textContent }) => textContent!.includes('I know only a few things.')).length === 2);
    await choice(other, 'My health').waitFor();
    await other.say('Can somebody help?');
    await other.seesPart('notice', 'You are in the queue');
    await other.page.css('[part~=bot-line]').waitForNone();
  }));

  it('leaves nothing in the consoles', stage.step(() => stage.quiet()));
});

describe('a bot that does not answer', async () => {
  let answers = false;
  const { bot } = await openWebhook({ after }, () => (answers ? { json: { turns: [{ text: 'Here I am.', buttons: [{ id: 'a', label: 'Go on', do: 'reply' }] }] } } : null));
  const stage = useStage({
    configure(config) {
      config['bots'] = [{ id: 'guide', name: { en: 'Slow assistant' }, webhook: { ...bot.webhook, timeoutMs: 1000 } }];
    },
  });
  let patient: Patient;
  let nurse: Nurse;

  it('answers while it can, with buttons', stage.step(async () => {
    answers = true;
    [patient, nurse] = await Promise.all([stage.patient(), stage.nurse()]);
    await nurse.signIn();
    await begin(patient);
    await patient.log.role('button', 'Go on').waitFor();
  }));

  it('is seen to type, and then a person takes over, which everybody is told', stage.step(async () => {
    answers = false;
    await patient.log.role('button', 'Go on').click();
    await patient.seesPart('typing', 'Slow assistant is typing');
    await patient.sees('The assistant cannot go on. Our team takes over.', 20_000);
    await patient.seesPart('notice', 'You are in the queue');
    await nurse.accept();
    await nurse.sees('The assistant cannot go on. Our team takes over.');
    await nurse.reply('I am here.');
    await patient.sees('I am here.');
    assert.match(stage.server.output(), /bot\.failed/);
  }));

  it('leaves nothing in the consoles', stage.step(() => stage.quiet()));
});
