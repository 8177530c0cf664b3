/** Journey 6: whatever is wrong, a person is told what to do, the emergency line is in sight, nothing typed is lost, and a retry works once the fault is gone. */
import assert from 'node:assert/strict';
import { readFileSync, readdirSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { laterEn } from '../../src/i18n/later/en.js';
import { tagWords } from '../../src/i18n/tag.js';
import type { FaultProxy } from '../../src/conformance/proxy/fault-proxy.js';
import { addressOf, asking, setFault, startNetwork } from './network.js';
import type { Nurse, Patient } from './people.js';
import { allowOtherPort, useStage } from './stage.js';

const textChars = 100;

/** A short limit of text; pages may connect to another port, where the proxy is. */
const configure = (config: Record<string, unknown>): void => {
  config['limits'] = { textChars };
  allowOtherPort(config);
};

describe('when something is wrong', () => {
  const stage = useStage({ configure });
  let proxy: FaultProxy;
  let patient: Patient;
  let nurse: Nurse;
  before(async () => {
    proxy = await startNetwork(stage.server);
  });
  after(() => proxy?.close());

  const setAttribute = (name: string, value: string): Promise<void> => patient.run((key, text) => document.querySelector('care-chat')?.setAttribute(key, text), name, value);
  const tryAgain = (): Promise<void> => patient.page.css('[part~=state-view]').role('button', 'Try again').click();
  /** A sentence in place of the chat, the emergency line above it, the clinic's telephone below. */
  const failsWith = async (sentence: string): Promise<void> => {
    await patient.seesPart('error', sentence);
    await patient.seesPart('emergency', '911');
    await patient.page.css('care-chat p').waitForText('You can always call us');
  };
  const chunk = (name: string): string => {
    const cdn = join(stage.server.folder, 'dist/cdn');
    return join(cdn, readdirSync(cdn)[0] ?? '', name);
  };

  it('an unknown widget', stage.step(async () => {
    patient = await stage.patient();
    await patient.visit('/');
    await setAttribute('widget', 'nope');
    await patient.page.role('button', 'Open chat').click();
    await failsWith(laterEn.errWidget);
    await setAttribute('widget', 'main');
    await patient.page.role('button', 'Start chat').waitFor();
  }));

  it('a page of an origin that is not allowed', stage.step(async () => {
    await patient.page.goto(`http://127.0.0.1:${stage.server.port}/contact/`);
    await setAttribute('server', stage.server.url);
    await patient.page.role('button', 'Open chat').click();
    await failsWith(laterEn.errOrigin);
  }));

  it('a server that answers HTML, until it does not', stage.step(async () => {
    await patient.visit('/billing/');
    setFault(proxy, 'html');
    await setAttribute('server', addressOf(proxy));
    await patient.page.role('button', 'Open chat').click();
    await failsWith(laterEn.errBadAnswer);
    await tryAgain();
    await failsWith(laterEn.errBadAnswer);
    setFault(proxy, 'none');
    await tryAgain();
    await patient.page.role('button', 'Start chat').waitFor();
  }));

  it('a server that begins to answer HTML in the middle of the form: the answers stay', stage.step(async () => {
    await patient.consent();
    await patient.page.role('textbox', /^Your name/).fill('Erik Holm');
    await patient.page.role('radio', 'A question for a nurse').click();
    setFault(proxy, 'html');
    await patient.page.role('button', 'Start chat').click();
    await patient.seesPart('notice', laterEn.errBadAnswer);
    await patient.seesPart('emergency', '911');
    await patient.page.role('textbox', /^Your name/).waitFor((match) => match.value === 'Erik Holm');
    setFault(proxy, 'none');
    await patient.page.role('button', 'Start chat').click();
    await patient.field.waitFor();
  }));

  it('and in the middle of the chat: what is written is kept and sent later', stage.step(async () => {
    nurse = await stage.nurse();
    await nurse.signIn();
    await nurse.accept();
    await patient.say('Before the fault.');
    await nurse.sees('Before the fault.');
    setFault(proxy, 'html');
    await patient.say('During the fault.');
    await patient.startsTyping('A draft');
    await patient.seesPart('notice', 'Trying again');
    setFault(proxy, 'none');
    await nurse.sees('During the fault.', 30_000);
    await patient.field.waitFor((match) => match.value === 'A draft');
    await patient.page.press('Enter');
    await nurse.sees('A draft');
    await nurse.seesExactly(['Before the fault.', 'During the fault.', 'A draft']);
  }));

  it('a text over the limit waits in the field until it is shortened', stage.step(async () => {
    const long = 'x'.repeat(textChars + 3);
    await patient.field.fill(long);
    await patient.seesPart('composer-hint', 'Too long by 3 characters.');
    await patient.page.role('button', 'Send').waitFor((match) => !match.isEnabled);
    await patient.page.press('Enter');
    await patient.field.waitFor((match) => match.value === long);
    for (let i = 0; i < 3; i++) await patient.page.press('Backspace');
    await patient.page.css('[part~=composer-hint]').waitForNone();
    await patient.page.press('Enter');
    await nurse.sees(long.slice(3));
    assert.ok(!(await nurse.messages()).some(({ text }) => text.length > textChars));
  }));

  it('a chunk that is not there: another try gets it', stage.step(async () => {
    for (const name of ['panel.js', 'core.js']) {
      // A browser of its own each time: one that has the file in its cache does not miss it.
      if (name !== 'panel.js') await stage.leave(patient);
      patient = await stage.patient();
      await patient.visit('/');
      renameSync(chunk(name), chunk(`${name}.away`));
      await patient.page.role('button', 'Open chat').click();
      await failsWith(tagWords.en.failed);
      renameSync(chunk(`${name}.away`), chunk(name));
      await tryAgain();
      await patient.page.role('button', 'Start chat').waitFor();
    }
  }));

  it('the chunk of the form, in the middle of it', stage.step(async () => {
    renameSync(chunk('form.js'), chunk('form.js.away'));
    await patient.page.role('button', 'Start chat').click();
    await patient.page.role('checkbox', /I agree/).click();
    await patient.page.role('button', 'Continue').click();
    await patient.seesPart('notice', laterEn.errChunk);
    await patient.seesPart('emergency', '911');
    renameSync(chunk('form.js.away'), chunk('form.js'));
    await patient.page.css('[part~=pre-chat]').role('button', 'Try again').click();
    await patient.page.role('textbox', /^Your name/).waitFor();
  }));

  it('a chunk that was tampered with never runs', stage.step(async () => {
    const whole = readFileSync(chunk('panel.js'), 'utf8');
    writeFileSync(chunk('panel.js'), `globalThis.tampered = true;${whole}`);
    patient = await stage.patient();
    await patient.visit('/contact/');
    await patient.page.role('button', 'Open chat').click();
    await failsWith(tagWords.en.failed);
    assert.equal(await patient.run(() => 'tampered' in globalThis), false);
    writeFileSync(chunk('panel.js'), whole);
    await tryAgain();
    await patient.page.role('button', 'Start chat').waitFor();
    assert.equal(await patient.run(() => 'tampered' in globalThis), false);
  }));

  it('breaks no policy and logs no error; only the faults that were made are heard of', stage.step(() =>
    stage.quiet([/^error: did not load: <(link|script)[^>]*(panel|core|form)\.js/, asking(proxy), new RegExp(`^foreign-request: (http|ws)://localhost:${stage.server.port}/`)]),
  ));
});
