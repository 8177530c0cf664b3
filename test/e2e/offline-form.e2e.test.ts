/** Journey: nobody is there. A message is left, kept until the server has it, and found by the nurse; and what was being answered becomes one when the last nurse goes. */
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { FaultProxy } from '../../src/conformance/proxy/fault-proxy.js';
import { startEn } from '../../src/i18n/start/en.js';
import { poll } from '../support/node/driver.js';
import { asking, leadThrough, setFault, startNetwork } from './network.js';
import type { Nurse, Patient } from './people.js';
import { allowOtherPort, useStage } from './stage.js';
import { leaveMessage, openMessageForm } from './steps.js';

const reference = /[0-9A-Z]{4}-[0-9A-Z]{4}/;

describe('when nobody is there', () => {
  const stage = useStage({ configure: allowOtherPort });
  let proxy: FaultProxy;
  let patient: Patient;
  let nurse: Nurse;
  let told: string;
  before(async () => {
    proxy = await startNetwork(stage.server);
    leadThrough(proxy, stage.server);
  });
  after(() => proxy?.close());

  /** REST requests of this page so far, by path, in the order of names: WebKit lists them in more than one. */
  const asked = async (): Promise<string[]> => (await patient.page.requests()).map((address) => new URL(address).pathname).filter((path) => path.startsWith('/v1/')).sort();
  const referenceSeen = async (): Promise<string> => {
    await patient.seesPart('offline', reference, 40_000);
    const [match] = await patient.page.css('[part~=offline]').matches();
    return reference.exec(match!.text)![0];
  };

  it('a message is left, with a reference and a time; the emergency line stays, no socket opens, nothing is asked afterwards', stage.step(async () => {
    patient = await stage.patient();
    await patient.visit('/billing/');
    await patient.openChat();
    await openMessageForm(patient.page);
    await patient.seesPart('emergency', '911');
    await leaveMessage(patient.page, 'Grace Lund');
    told = await referenceSeen();
    await patient.seesPart('offline', startEn.leavePromise);
    await patient.seesPart('emergency', '911');
    await poll(async () => ((await asked()).includes('/v1/sessions/current') ? true : undefined), () => 'the session is not ended');
    const all = await asked();
    assert.deepEqual(all.filter((path) => path !== '/v1/availability'), ['/v1/offline', '/v1/sessions', '/v1/sessions/current']);
    assert.equal(await patient.run(() => (globalThis as unknown as { careSockets: unknown[] }).careSockets.length), 0);
    // The panel closed and opened again, the page looked away from and at: nothing.
    await patient.closePanel();
    await patient.openPanel();
    await patient.run(() => void (window.dispatchEvent(new Event('online')), document.dispatchEvent(new Event('visibilitychange'))));
    await patient.seesPart('offline', told);
    assert.deepEqual(await asked(), all);
    const clear = await patient.run(() => JSON.stringify([{ ...localStorage }, { ...sessionStorage }, document.cookie, location.href]));
    assert.ok(!/Grace|prescription|\b555\b/.test(clear), clear);
  }));

  it('the nurse finds it: what it is, the reference, the answers; takes it and marks it as done', stage.step(async () => {
    nurse = await stage.nurse();
    await nurse.signIn();
    await nurse.waiting.waitForText(told);
    await nurse.waiting.waitForText('Left a message');
    await nurse.waiting.role('button', 'Accept').click();
    await nurse.page.css('[part~=pre-chat-card]').waitForText('A new prescription');
    await nurse.page.css('[part~=pre-chat-card]').waitForText('555-0100');
    await nurse.page.role('button', 'Mark as done').click();
    await nurse.page.role('button', 'Open again').waitFor();
    await nurse.waiting.waitForText(/^$/);
  }));

  it('one that cannot be sent says so, is kept over a change of page, and is sent once when the network is back', stage.step(async () => {
    await stage.leave(nurse);
    patient = await stage.patient();
    await patient.visit('/billing/');
    await patient.openChat();
    await openMessageForm(patient.page);
    setFault(proxy, 'cut');
    await leaveMessage(patient.page, 'Hana Novak');
    await patient.seesPart('offline', startEn.leaveWaiting);
    await patient.seesPart('emergency', '911');
    setFault(proxy, 'none');
    await patient.visit('/contact/');
    await patient.openPanel();
    told = await referenceSeen();
    nurse = await stage.nurse();
    await nurse.signIn();
    await nurse.waiting.waitForText(told);
    assert.equal((await nurse.waiting.role('button', 'Accept').matches()).length, 1);
  }));

  it('one that an earlier page could not send goes out on the next page by itself, once, with the panel closed', stage.step(async () => {
    await stage.leave(nurse);
    patient = await stage.patient();
    await patient.visit('/billing/');
    await patient.openChat();
    await openMessageForm(patient.page);
    setFault(proxy, 'cut');
    await leaveMessage(patient.page, 'Ida Moe');
    await patient.seesPart('offline', startEn.leaveWaiting);
    const flags = await patient.run(() => JSON.stringify({ ...localStorage }));
    assert.match(flags, /"care-chat:live:[a-z]+":"2"/);
    assert.ok(!/Ida|prescription/.test(flags), flags);
    setFault(proxy, 'none');
    await patient.visit('/contact/');
    nurse = await stage.nurse();
    await nurse.signIn();
    await nurse.waiting.waitForText('Ida Moe');
    assert.equal(await patient.page.css('[part~=offline]').count(), 0, 'the panel is closed');
    await poll(async () => ((await patient.run(() => JSON.stringify({ ...localStorage }))).includes('care-chat:live') ? undefined : true), () => 'the flag is still there');
    // The tab that wrote it shows its reference.
    await patient.openPanel();
    told = await referenceSeen();
    await nurse.waiting.waitForText(told);
    assert.equal((await nurse.waiting.role('button', 'Accept').matches()).length, 2, 'Hana\'s and this one');
    const all = await asked();
    assert.ok(all.filter((path) => path === '/v1/offline').length === 1, all.join());
    await patient.visit('/billing/');
    await patient.page.role('button', 'Open chat').waitFor();
    assert.deepEqual(await asked(), [], 'nothing is sent before the visitor does something');
  }));

  it('the questions of somebody who began with a nurse there become a message with all their answers', stage.step(async () => {
    patient = await stage.patient();
    await patient.visit('/billing/');
    await patient.openChat();
    await patient.consent(/^Front desk|^Billing/);
    await patient.page.role('textbox', /^Your name/).fill('Lena Fox');
    await stage.leave(nurse);
    // Who types is told when the last look at who is there is old enough.
    const details = patient.page.role('textbox', /^Tell us more/);
    let words = 'My bill is wrong';
    await poll(async () => {
      await details.fill((words += '.'));
      return (await patient.page.css('[part~=pre-chat]').matches()).length > 0 && (await patient.shownAndHidden()).includes(startEn.leaveGone) ? true : undefined;
    }, () => 'nobody says that nobody is there', 45_000);
    await patient.page.role('button', startEn.leaveMessage).click();
    await patient.page.role('textbox', /^Your name/).waitFor((match) => match.value === 'Lena Fox');
    await patient.page.role('textbox', /^What is it about/).waitFor((match) => /Tell us more My bill is wrong/.test(match.value ?? ''));
    await patient.page.role('textbox', /^Phone number/).fill('555-0177');
    await patient.page.role('button', startEn.leaveSend).click();
    told = await referenceSeen();
    nurse = await stage.nurse();
    await nurse.signIn();
    await nurse.waiting.waitForText(told);
  }));

  it('breaks no policy', stage.step(() => stage.quiet([asking(proxy)])));
});
