/** The symptom checker, from the launcher to the nurse: by the keyboard alone, with nothing on the network while it is answered; and an emergency, which stops it. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Locator } from '../support/node/driver.js';
import type { Nurse, Patient } from './people.js';
import { useStage } from './stage.js';
import { leaveMessage } from './steps.js';

interface QuestionnaireResponse {
  readonly resourceType: string;
  readonly status: string;
  readonly item: readonly { readonly linkId: string; readonly answer: readonly Record<string, unknown>[] }[];
}

type Chat = HTMLElement & { openChecker(id?: string): Promise<void>; logout(): Promise<void> };

/** What the nurse would find in the downloads folder. */
const downloads = async (nurse: Nurse): Promise<QuestionnaireResponse> => {
  await nurse.run(() => {
    const make = URL.createObjectURL.bind(URL);
    URL.createObjectURL = (blob: Blob) => {
      void blob.text().then((text) => ((globalThis as { careSaved?: string }).careSaved = text));
      return make(blob);
    };
  });
  await nurse.page.css('[part~=check-card]').role('button', 'Download QuestionnaireResponse (JSON)').click();
  await nurse.page.waitFor(() => 'careSaved' in globalThis);
  return JSON.parse(await nurse.run(() => (globalThis as unknown as { careSaved: string }).careSaved)) as QuestionnaireResponse;
};

/** The emergency line and the crisis line, as links that dial. */
const seesLines = async (patient: Patient): Promise<void> => {
  await patient.seesPart('emergency', '911');
  await patient.seesPart('emergency', '988');
  const dialled = await patient.run(() => [...document.querySelector('care-chat')!.shadowRoot!.querySelectorAll<HTMLAnchorElement>('.emergency a')].filter((link) => link.checkVisibility()).map(({ href }) => href));
  assert.deepEqual(dialled, ['tel:911', 'tel:988']);
};

describe('a symptom check without a mouse', () => {
  const stage = useStage();
  let patient: Patient;
  let nurse: Nurse;
  let requested: readonly string[];

  /** What the panel fetches for later comes by itself, whatever is done. */
  /** In no order: WebKit does not always list them in the same one. */
  const requests = async (): Promise<string[]> => (await patient.page.requests()).filter((address) => !address.endsWith('/later.js')).sort();
  const choose = async (target: Locator, key: string): Promise<void> => {
    await target.waitFor();
    await patient.tabTo(target);
    await patient.page.press(key);
  };
  const button = (name: string | RegExp): Promise<void> => choose(patient.page.role('button', name), 'Enter');
  const check = (name: string | RegExp): Promise<void> => choose(patient.page.role('checkbox', name), 'Space');
  const write = async (label: RegExp, text: string): Promise<void> => {
    const field = patient.page.role('textbox', label);
    await field.waitFor();
    await patient.tabTo(field);
    await patient.page.type(text);
    await patient.page.press('Enter');
  };

  it('says what it is before it asks, with the lines in sight', stage.step(async () => {
    [patient, nurse] = await Promise.all([stage.patient(), stage.nurse()]);
    await Promise.all([patient.visit('/contact/'), nurse.signIn()]);
    await button('Open chat');
    await seesLines(patient);
    await button('Check your symptoms');
    for (const words of ['This is not a diagnosis', 'No clinician has approved this check', 'Written by The care-chat project', 'Version 1, valid until May 31, 2027', 'Your answers stay on this device']) await patient.seesPart('checker', words);
    await seesLines(patient);
    requested = await requests();
    await button('Start');
  }));

  it('asks one question at a time, and nothing of the network', stage.step(async () => {
    await check('None of these');
    await button('Continue');
    await button('For me');
    await write(/^How old are you/, '71');
    await check('Cough');
    await check('Headache');
    await button('Continue');
    await button('They stay the same');
    await button('Skip');
    await button('No');
    await check('None of these');
    await button('Continue');
    await button('No test');
    await button('Yes');
    await patient.seesPart('ask-review', 'Check your answers');
    await button('Change: How are the symptoms changing?');
    await button('They are getting better');
    await button('See the result');
    await patient.seesPart('checker-outcome', 'Urgent: get care today');
    assert.deepEqual(await requests(), requested);
    assert.equal(await patient.sockets(), 0);
    const clear = await patient.run(() => JSON.stringify([{ ...localStorage }, { ...sessionStorage }, document.cookie, location.href, document.title]));
    assert.ok(!/cough|headache|urgent|respiratory|\b71\b/i.test(clear), clear);
  }));

  it('says why, and who has not approved it', stage.step(async () => {
    await choose(patient.page.css('[part~=checker-why] summary'), 'Enter');
    for (const words of ['Which of these symptoms are there now?', 'Cough', 'How old are you, in years?', '71', 'Rule U3']) await patient.seesPart('checker-why', words);
    await patient.seesPart('checker-about', 'This is not a diagnosis');
    await patient.seesPart('checker-result', 'No clinician has approved this check');
    await seesLines(patient);
  }));

  it('hands over after consent and questions, and the nurse sees what was answered', stage.step(async () => {
    await button('Send my answers to a nurse');
    await check(/I agree/);
    await button('Continue');
    const name = patient.page.role('textbox', /^Your name/);
    await name.waitFor();
    await patient.tabTo(name);
    await patient.page.type('Signe Holm');
    await choose(patient.page.role('radio', 'A question for a nurse'), 'Space');
    await button('Start chat');
    await patient.field.waitFor((match) => match.isFocused);
    await patient.page.css('[part~=form-answers]').waitForCount(2);
    await nurse.waiting.waitForText('Signe Holm');
    await nurse.accept();
    for (const words of [
      'Cough, cold, flu or COVID-19', 'Urgent: get care today', 'U3', 'respiratory, version 1', 'No clinician has approved this content.',
      'First: is any of these happening right now?', 'None of these', 'How old are you, in years?', '71', /Cough\s+Headache/, /How are the symptoms changing\?\s+They are getting better\s+changed/, /How many days ago did the first symptom start\?\s+Skipped/,
    ]) await nurse.seesPart('check-card', words);
  }));

  it('gives the answers as a FHIR resource', stage.step(async () => {
    const response = await downloads(nurse);
    assert.deepEqual([response.resourceType, response.status], ['QuestionnaireResponse', 'completed']);
    const answers = new Map(response.item.map(({ linkId, answer }) => [linkId, answer]));
    assert.deepEqual(answers.get('age-me'), [{ valueInteger: 71 }]);
    assert.equal(answers.get('symptoms')?.length, 2);
    assert.ok(!answers.has('onset-days') && !answers.has('age-other'));
  }));

  it('left nothing of the check in this browser, and the lines stay after the chat', stage.step(async () => {
    const session = await patient.run(() => JSON.stringify({ ...sessionStorage }));
    assert.ok(!session.includes('care-chat:live'), session);
    await patient.endChat();
    await seesLines(patient);
    await patient.run(() => (document.querySelector('care-chat') as Chat).logout());
    await seesLines(patient);
    await stage.quiet();
  }));
});

describe('an emergency', () => {
  const stage = useStage();
  let patient: Patient;
  let nurse: Nurse;
  const assertive = (): Promise<string[]> => patient.run(() => [...document.querySelector('care-chat')!.shadowRoot!.querySelectorAll('[aria-live=assertive] p')].map(({ textContent }) => textContent ?? ''));

  it('stops the questions at one tap, and says what to do once', stage.step(async () => {
    [patient, nurse] = await Promise.all([stage.patient(), stage.nurse()]);
    await Promise.all([patient.visit('/appointments/'), nurse.signIn()]);
    await patient.run(() => (document.querySelector('care-chat') as Chat).openChecker('respiratory'));
    await patient.page.role('button', 'Start').click();
    await patient.page.role('checkbox', /^Trouble breathing/).click();
    await patient.seesPart('checker-outcome', 'Emergency: get help now');
    await patient.seesPart('checker-outcome', 'This may be an emergency.');
    const said = await assertive();
    assert.equal(said.length, 1, JSON.stringify(said));
    assert.match(said[0]!, /^Call 911\. This may be an emergency\./);
    await patient.seesPart('checker-why', 'Trouble breathing, or very fast breathing');
    await patient.page.css('[part~=ask-now]').waitForNone();
  }));

  it('is there again after a reload, by itself, also while the server is gone', stage.step(async () => {
    await patient.page.reload();
    await patient.seesPart('checker-outcome', 'Emergency: get help now');
    assert.deepEqual(await assertive(), []);
    await patient.visit('/billing/');
    await patient.seesPart('checker-outcome', 'Emergency: get help now');
    const clear = await patient.run(() => JSON.stringify([{ ...localStorage }, { ...sessionStorage }]));
    assert.ok(!/emergency|breathing/i.test(clear), clear);
    await stage.server.kill();
    await patient.seesPart('checker-outcome', 'Emergency: get help now');
    await seesLines(patient);
    await stage.server.start();
    await nurse.comeBack();
  }));

  it('is not covered by consent, questions or the conversation', stage.step(async () => {
    await patient.page.role('button', 'Send my answers to a nurse').click();
    await patient.page.role('checkbox', /I agree/).click();
    await patient.seesPart('checker-bar', 'Emergency: get help now');
    await patient.page.role('button', 'Continue').click();
    await patient.page.role('textbox', /^Your name/).fill('Olav Berg');
    await seesLines(patient);
    await patient.page.role('radio', 'A question for a nurse').click();
    await patient.page.role('button', 'Start chat').click();
    await patient.field.waitFor();
    await patient.seesPart('checker-bar', 'Emergency: get help now');
    await nurse.waiting.waitForText('Olav Berg');
    await nurse.accept();
    for (const words of ['Emergency: get help now', 'An emergency ended the questions.', 'Trouble breathing, or very fast breathing']) await nurse.seesPart('check-card', words);
    const response = await downloads(nurse);
    assert.deepEqual([response.status, response.item.map(({ linkId }) => linkId)], ['stopped', ['red-flags']]);
    await nurse.reply('I am calling you now.');
    await patient.sees('I am calling you now.');
    await patient.page.reload();
    await patient.seesPart('checker-bar', 'Emergency: get help now');
    await patient.sees('I am calling you now.');
  }));

  it('goes with the visitor', stage.step(async () => {
    await patient.run(() => (document.querySelector('care-chat') as Chat).logout());
    await patient.page.css('[part~=checker-bar]').waitForNone();
    await patient.visit('/');
    await patient.openChat();
    assert.equal(await patient.page.css('[part~=checker-bar], [part~=checker-outcome]').count(), 0);
    await seesLines(patient);
    await stage.quiet([/did not load: .*later\.js|ERR_CONNECTION_REFUSED|WebSocket|NetworkError|could not connect|Could not connect|can.t establish|connection to ws/i]);
  }));
});

describe('a symptom check at 400 %', () => {
  const stage = useStage();
  let patient: Patient;

  it('shows the first question from its beginning, taller than the window as it is', stage.step(async () => {
    patient = await stage.patient();
    await patient.page.setViewport({ width: 320, height: 256 });
    await patient.visit('/contact/');
    await patient.run(() => (document.querySelector('care-chat') as Chat).openChecker('respiratory'));
    const start = patient.page.role('button', 'Start');
    await start.waitFor();
    await patient.tabTo(start);
    await patient.page.press('Enter');
    await patient.page.css('[part~=ask-now]').waitFor((match) => match.isFocused);
    const { top, height, seen } = await patient.run(() => {
      const { top, height } = document.querySelector('care-chat')!.shadowRoot!.querySelector('[part~=ask-now]')!.getBoundingClientRect();
      return { top, height, seen: innerHeight };
    });
    assert.ok(height > seen, `it fits: ${height} px`);
    assert.ok(top >= 0 && top < seen / 4, `it begins at ${top} px`);
  }));

  it('keeps what is typed and not sent on, over a look at another page', stage.step(async () => {
    for (const action of [() => patient.page.role('checkbox', 'None of these').click(), () => patient.page.role('button', 'Continue').click(), () => patient.page.role('button', 'For me').click()]) await action();
    const age = patient.page.role('textbox', /^How old are you/);
    await age.waitFor();
    await patient.tabTo(age);
    await patient.page.type('34');
    // The panel is open again by itself, and covers the launcher on so small a screen.
    await patient.page.goto(patient.at('/billing/'));
    await age.waitFor((match) => match.value === '34');
    await stage.quiet();
  }));
});

describe('a symptom check while nobody is there', () => {
  const stage = useStage();
  let patient: Patient;
  let nurse: Nurse;

  it('goes along with a message that is left', stage.step(async () => {
    patient = await stage.patient();
    await patient.visit('/contact/');
    await patient.run(() => (document.querySelector('care-chat') as Chat).openChecker('respiratory'));
    await patient.page.role('button', 'Start').click();
    await patient.page.role('checkbox', /^Trouble breathing/).click();
    await patient.seesPart('checker-outcome', 'Emergency: get help now');
    await patient.seesPart('checker-result', 'Nobody is here right now.');
    await patient.page.role('button', 'Send my answers to a nurse').click();
    await patient.page.role('checkbox', /I agree/).click();
    await patient.page.role('button', 'Continue').click();
    await patient.page.role('textbox', /^What is it about/).waitFor();
    await patient.seesPart('checker-bar', 'Emergency: get help now');
    await leaveMessage(patient.page, 'Edda Lind');
    await patient.seesPart('offline', /[0-9A-Z]{4}-[0-9A-Z]{4}/, 40_000);
    await seesLines(patient);
  }));

  it('and is on the nurse\'s desk with that message, first because of its priority, as a card', stage.step(async () => {
    nurse = await stage.nurse();
    await nurse.signIn();
    await nurse.waiting.waitForText('Edda Lind');
    await nurse.waiting.waitForText('Left a message');
    await nurse.waiting.waitForText('Urgent');
    await nurse.waiting.role('button', 'Accept').click();
    for (const words of ['Emergency: get help now', 'An emergency ended the questions.', 'Trouble breathing, or very fast breathing']) await nurse.seesPart('check-card', words);
    assert.equal(await nurse.page.css('[part~=check-verdict]').count(), 0, 'the server came to the same');
    await nurse.page.css('[part~=pre-chat-card]').waitForText('A new prescription');
    const response = await downloads(nurse);
    assert.deepEqual([response.status, response.item.map(({ linkId }) => linkId)], ['stopped', ['red-flags']]);
    await stage.quiet();
  }));
});
