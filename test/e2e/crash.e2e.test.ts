/** Journey 2: the server is killed in the middle and started again on the same data; nothing is lost, doubled or out of order. */
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { startTestServer, type TestServer } from '../support/node/server.js';
import { reconnectTimeoutMs, type Nurse, type Patient } from './people.js';
import { allowOtherPort, rewritePages, useStage } from './stage.js';

describe('the server dies in the middle of a chat', () => {
  const stage = useStage();
  let site: TestServer;
  let patient: Patient;
  let nurse: Nurse;
  const greeting = ['Hello, I feel dizzy.', 'Hello, since when?'];
  const patients = ['Since Monday.', 'And I am thirsty.', 'Are you there?'];
  const nurses = ['Do you drink enough?', 'How is your blood pressure?', 'I am still here.'];

  before(async () => {
    site = await startTestServer({ configure: allowOtherPort });
    rewritePages(site, (html) => html.replace('<care-chat ', `<care-chat server="${stage.server.url}" `));
  });
  after(() => site?.dispose());

  it('is talking', stage.step(async () => {
    [patient, nurse] = await Promise.all([stage.patient(site.url), stage.nurse()]);
    await Promise.all([patient.visit('/appointments/'), nurse.signIn()]);
    await patient.startChat('Ana Ruiz');
    await nurse.accept();
    await patient.say(greeting[0] ?? '');
    await nurse.sees(greeting[0] ?? '');
    await nurse.reply(greeting[1] ?? '');
    await patient.sees(greeting[1] ?? '');
  }));

  it('keeps what both write while it is down, and says so', stage.step(async () => {
    await stage.server.kill();
    for (const text of patients) await patient.say(text);
    for (const text of nurses) await nurse.reply(text);
    await Promise.all([patient.seesPart('notice', 'No connection. Trying again'), nurse.seesPart('connection', 'No connection. Trying again')]);
    for (const who of [patient, nurse]) {
      await who.seesState(/^(Waiting to send|Sending…)$/);
      const waiting = (await who.states()).filter((words) => /^(Waiting to send|Sending…)$/.test(words));
      assert.equal(waiting.length, 3, `three messages wait, none is called sent: ${(await who.states()).join(', ')}`);
    }
  }));

  it('keeps the patient\'s messages over a reload of the page', stage.step(async () => {
    await patient.page.reload();
    await patient.openPanel();
    for (const text of patients) await patient.sees(text);
    await patient.seesState(/^(Waiting to send|Sending…)$/);
  }));

  it('delivers every message once and in order after it came back', stage.step(async () => {
    await stage.server.start();
    await Promise.all([patient.sees(nurses[2] ?? '', reconnectTimeoutMs), nurse.sees(patients[2] ?? '', reconnectTimeoutMs)]);
    await Promise.all([patient.seesState('Read', reconnectTimeoutMs), nurse.seesState('Read', reconnectTimeoutMs)]);
    const texts = (await patient.messages()).map(({ text }) => text);
    assert.deepEqual([...texts].sort(), [...greeting, ...patients, ...nurses].sort(), 'each once');
    assert.deepEqual(texts.slice(0, 2), greeting);
    assert.deepEqual(texts.filter((text) => patients.includes(text)), patients, 'the patient\'s in order');
    assert.deepEqual(texts.filter((text) => nurses.includes(text)), nurses, 'the nurse\'s in order');
    await nurse.seesExactly(texts);
    await patient.seesNoMore('notice');
    await nurse.seesNoMore('connection');
  }));

  it('shows the same after another reload', stage.step(async () => {
    const texts = (await nurse.messages()).map(({ text }) => text);
    await patient.page.reload();
    await patient.openPanel();
    await patient.seesExactly(texts);
  }));

  it('breaks no policy, logs no error, asks no origin but the chat\'s', stage.step(() => stage.quiet([new RegExp(`^foreign-request: (http|ws)://localhost:${stage.server.port}/`)])));
});
