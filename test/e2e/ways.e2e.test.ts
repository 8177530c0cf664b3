/** A hospital's network: no WebSocket passes, perhaps no streamed answer either. Patient and nurse talk all the same, and nothing is lost. */
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { FaultProxy } from '../../src/conformance/proxy/fault-proxy.js';
import type { Rule } from '../../src/conformance/proxy/rules.js';
import { asking, leadThrough, startNetwork } from './network.js';
import { Nurse, reconnectTimeoutMs, type Patient } from './people.js';
import { demoAgents } from './steps.js';
import { allowOtherPort, useStage } from './stage.js';

const noSocket: Rule = { match: { on: 'ws-connect' }, action: { do: 'respond', status: 403, text: 'Forbidden' } };
/** Every answer is held back until it is whole; one that has no end never comes. */
const noStream: Rule = { match: { on: 'http-response' }, action: { do: 'buffer', bytes: 2 ** 40 } };

const networks = [
  { name: 'that lets no WebSocket pass', rules: [noSocket], way: 'sse', used: 'GET /v1/stream' },
  { name: 'that lets no WebSocket and no streamed answer pass', rules: [noSocket, noStream], way: 'poll', used: 'POST /v1/poll' },
] as const;

for (const { name, rules, way, used } of networks) {
  describe(`behind a proxy ${name}`, () => {
    const stage = useStage({ configure: allowOtherPort });
    let proxy: FaultProxy;
    let patient: Patient;
    let nurse: Nurse;
    const flag = (): Promise<string | null> => patient.run(() => localStorage.getItem('care-chat:way'));
    const live = (who: Patient | Nurse): Promise<void> => who.seesNoMore(who instanceof Nurse ? 'connection' : 'notice');

    before(async () => {
      proxy = await startNetwork(stage.server, rules);
      leadThrough(proxy, stage.server);
    });
    after(() => proxy?.close());
    /** Method and path of all requests so far, upgrades too. */
    const asked = (): string[] => proxy.log.filter(({ on }) => on === 'http-request' || on === 'ws-connect').map(({ on, method, path }) => `${on === 'ws-connect' ? 'UPGRADE' : method} ${path}`);

    it('a patient and a nurse find each other', stage.step(async () => {
      [patient, nurse] = await Promise.all([stage.patient(), stage.nurse()]);
      await nurse.page.goto(`${stage.server.url}/desk`);
      await nurse.page.role('textbox', 'Email').fill(demoAgents.nurse.email);
      await nurse.page.role('textbox', 'Password').fill(demoAgents.nurse.password);
      await nurse.page.role('button', 'Sign in').click();
      // The desk shows itself with its first welcome: by then every way above has been tried.
      await nurse.page.css('[part~=waiting]').waitFor(undefined, reconnectTimeoutMs * 2);
      await patient.visit('/appointments/');
      await patient.startChat('Ana Ruiz');
      await patient.say('Hello, I feel dizzy.');
      await patient.seesState(/Sent|Delivered|Read/, reconnectTimeoutMs * 2);
      await nurse.waiting.role('button', 'Accept').waitFor(undefined, reconnectTimeoutMs * 2);
      await nurse.accept();
      await nurse.sees('Hello, I feel dizzy.', reconnectTimeoutMs * 2);
      await nurse.reply('Hello, since when?');
      await patient.sees('Hello, since when?', reconnectTimeoutMs * 2);
    }));

    it(`by ${way}, and no more is shown of it than a line that goes away`, stage.step(async () => {
      await Promise.all([live(patient), live(nurse)]);
      assert.ok(asked().includes('UPGRADE /v1/ws'), 'the WebSocket was tried');
      assert.ok(asked().includes(used), asked().slice(-20).join(', '));
      assert.deepEqual(proxy.unfired(), []);
      await patient.page.waitFor((name: string) => localStorage.getItem('care-chat:way')?.startsWith(name) === true, way);
    }));

    it('everything arrives, once and in order, both ways', stage.step(async () => {
      const texts = ['Hello, I feel dizzy.', 'Hello, since when?'];
      for (let n = 1; n <= 5; n++) {
        await patient.say(`Patient ${n}`);
        await nurse.sees(`Patient ${n}`);
        await nurse.reply(`Nurse ${n}`);
        await patient.sees(`Nurse ${n}`);
        texts.push(`Patient ${n}`, `Nurse ${n}`);
      }
      await patient.seesExactly(texts);
      await nurse.seesExactly(texts);
      await patient.seesState('Read');
    }));

    it('the next page goes that way at once', stage.step(async () => {
      const before = asked().length;
      await patient.visit('/billing/');
      await patient.openPanel();
      await nurse.reply('Are you still there?');
      await patient.sees('Are you still there?');
      await patient.say('Yes, on another page.');
      await nurse.sees('Yes, on another page.');
      const since = asked().slice(before);
      assert.ok(since.includes(used));
      assert.ok(since.filter((one) => one.startsWith('UPGRADE')).length <= 1, 'at most the one attempt while the rest loads');
    }));

    it('left and come back to by the history: closed and opened anew, and nothing is missed', stage.step(async () => {
      const before = asked().length;
      await patient.leaveAndComeBack('/contact/');
      await nurse.reply('While you were on another page?');
      await patient.openPanel();
      await patient.sees('While you were on another page?', reconnectTimeoutMs);
      await patient.say('I am back.');
      await nurse.sees('I am back.');
      await patient.seesState('Read');
      await patient.seesExactly((await nurse.messages()).map(({ text }) => text));
      assert.ok(asked().slice(before).includes(used));
    }));

    it('nothing of it stays after logout()', stage.step(async () => {
      assert.notEqual(await flag(), null);
      await patient.run(() => (document.querySelector('care-chat') as unknown as { logout(): Promise<void> }).logout());
      assert.equal(await flag(), null);
    }));

    it('breaks no policy and asks no other origin', stage.step(() => stage.quiet([asking(proxy), /WebSocket connection to|can.t establish a connection|WebSocket/])));
  });
}
