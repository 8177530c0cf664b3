/** Cases 77, 78 and 92 of the fault model: a page is left while something is being sent. */
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { FaultProxy } from '../../src/conformance/proxy/fault-proxy.js';
import type { Rule } from '../../src/conformance/proxy/rules.js';
import { uiEn } from '../../src/i18n/ui/en.js';
import { poll } from '../support/node/driver.js';
import { asking, leadThrough, startNetwork } from './network.js';
import type { Nurse, Patient } from './people.js';
import { allowOtherPort, useStage } from './stage.js';
import { sendAnswers } from './steps.js';

/** The first submit is lost on its way, as on a line that has died unnoticed. */
const submitLost: Rule = { match: { on: 'frame-to-server', t: 'submit' }, action: { do: 'drop' }, times: 1 };

/** Takes the browser's whole allowance for requests that outlive a page (Fetch: 64 KiB), so that ours is refused. */
const greedy = `addEventListener('pagehide', () => {
  for (let left = 64; left > 0; left--) fetch('/nowhere', { method: 'POST', body: 'x'.repeat(1024), keepalive: true }).catch(() => {});
}, { capture: true });`;

describe('a page that is left while something is being sent', () => {
  const stage = useStage({ configure: allowOtherPort });
  let proxy: FaultProxy;
  let patient: Patient;
  let nurse: Nurse;
  const texts: string[] = [];
  before(async () => {
    proxy = await startNetwork(stage.server);
    leadThrough(proxy, stage.server);
  });
  after(() => proxy?.close());

  /** Writes and enters these one after the other, the first of which is lost on its way: it is being sent, and the others wait behind it. */
  const sayUnheard = async (...all: string[]): Promise<void> => {
    proxy.use([submitLost]);
    for (const text of all) await patient.say(text);
    texts.push(...all);
    const wanted = all.map((_, index) => (index === 0 ? uiEn.stateSending : uiEn.stateQueued));
    let last: string[] = [];
    const probe = async (): Promise<true | undefined> => {
      last = (await patient.states()).slice(-all.length);
      return String(last) === String(wanted) ? true : undefined;
    };
    await poll(probe, () => `wanted ${String(wanted)}, saw ${String(last)}`);
    assert.deepEqual(proxy.unfired(), []);
  };

  /** Answers to the last requests of pages: nothing else is submitted by REST while there is one tab. */
  const lastRequests = (): number[] => proxy.log.filter(({ on, method, path }) => on === 'http-response' && method === 'POST' && /^\/v1\/streams\/[^/]+\/events$/.test(path ?? '')).map(({ status = 0 }) => status);

  /** Leaves the page, and sees that it said with its last request what was being sent. */
  const leave = async (go: () => Promise<unknown>): Promise<void> => {
    const before = lastRequests().length;
    await go();
    await poll(async () => lastRequests().length > before || undefined, () => 'the page that was left sent no last request');
    // Chromium freezes what it keeps for the history, and that is told after the leaving: the same said twice.
    for (const status of lastRequests().slice(before)) assert.ok(status === 201 || status === 200, `answered with ${status}`);
  };

  it('77: reloaded while sending', stage.step(async () => {
    stage.addPage('greedy', greedy);
    [patient, nurse] = await Promise.all([stage.patient(), stage.nurse()]);
    await Promise.all([patient.visit('/'), nurse.signIn()]);
    await patient.startChat('Ivo Brandt');
    await nurse.accept();
    await sayUnheard('r1', 'r2', 'r3');
    await leave(() => patient.page.reload());
    await nurse.seesExactly(texts);
    await patient.openPanel();
    await patient.seesExactly(texts);
  }));

  it('77: from page to page while sending, with the panel open on each', stage.step(async () => {
    for (const path of ['/billing/', '/appointments/', '/contact/']) {
      await sayUnheard(`${path} 1`, `${path} 2`);
      await leave(() => patient.visit(path));
      await patient.page.css('[part~=panel]').waitFor();
      await patient.field.waitFor();
      await nurse.seesExactly(texts);
    }
    await patient.seesExactly(texts);
  }));

  it('77: the tab closed while sending, and another opened later', stage.step(async () => {
    await sayUnheard('c1', 'c2');
    const next = await stage.tab(patient);
    const close = (): Promise<void> => stage.closeTab(patient);
    // Firefox may end the process of a closed tab before its last request has left: then the message is for the next page to deliver.
    await (patient.page.engine === 'firefox' ? close() : leave(close));
    patient = next;
    await patient.visit('/');
    await nurse.seesExactly(texts);
    await patient.openPanel();
    await patient.seesExactly(texts);
  }));

  it('78: left and come back to by the history, kept by the browser or not', stage.step(async () => {
    await sayUnheard('b1', 'b2');
    await leave(() => patient.leaveAndComeBack('/billing/'));
    await patient.openPanel();
    await patient.seesExactly(texts);
    await patient.say('back');
    texts.push('back');
    await nurse.seesExactly(texts);
  }));

  it('92: the last request is refused, because the page has used up what may outlive it: the next page delivers', stage.step(async () => {
    await patient.visit('/greedy/');
    await patient.openPanel();
    await patient.field.waitFor();
    await sayUnheard('k1', 'k2', 'k3');
    const before = lastRequests().length;
    await patient.visit('/');
    await nurse.seesExactly(texts);
    await patient.openPanel();
    await patient.seesExactly(texts);
    assert.equal(lastRequests().length, before, 'the page that was left had room for a last request');
  }));

  it('breaks no policy, logs no error', stage.step(() => stage.quiet([asking(proxy)])));
});

/** The server has opened the conversation, and nobody hears of it. */
const openingUnheard: Rule = { match: { on: 'http-response', method: 'POST', path: '/v1/conversations' }, action: { do: 'delay', delayMs: 600_000 }, times: 1 };
/** It does not even come to the server. */
const openingSlow: Rule = { match: { on: 'http-request', method: 'POST', path: '/v1/conversations' }, action: { do: 'delay', delayMs: 2000 }, times: 1 };
const openingLost: Rule = { match: { on: 'http-request', method: 'POST', path: '/v1/conversations' }, action: { do: 'delay', delayMs: 600_000 }, times: 1 };

for (const [name, rule] of [['without an answer', openingUnheard], ['before the server has heard of it', openingLost]] as const) {
  describe(`a page that is left while a chat begins, ${name}`, () => {
    const stage = useStage({ configure: allowOtherPort });
    let proxy: FaultProxy;
    before(async () => {
      proxy = await startNetwork(stage.server, [rule]);
      leadThrough(proxy, stage.server);
    });
    after(() => proxy?.close());

    it('the next page goes on by itself, its panel closed; the nurse talks to somebody, and to nobody twice', stage.step(async () => {
      const [patient, nurse] = await Promise.all([stage.patient(), stage.nurse()]);
      await Promise.all([patient.visit('/'), nurse.signIn()]);
      await patient.openChat();
      await patient.consent();
      await sendAnswers(patient.page, 'Lea Moser');
      await poll(async () => proxy.unfired().length === 0 || undefined, () => 'nothing was opened');
      await patient.visit('/contact/');
      await nurse.accept();
      await nurse.reply('Hello, this is the nurse.');
      await patient.seesUnread(1);
      await patient.openPanel();
      await patient.seesExactly(['Hello, this is the nurse.']);
      await patient.say('Good.');
      await nurse.seesExactly(['Hello, this is the nurse.', 'Good.']);
      assert.equal((await nurse.page.css('.waiting-entry').matches()).length, 0);
    }));
  });
}

const askNothing = (config: Record<string, unknown>): void => {
  allowOtherPort(config);
  const [main] = config['widgets'] as Record<string, unknown>[];
  for (const asked of ['consents', 'preChat', 'checkers']) delete main![asked];
  main!['departments'] = ['nurse'];
};

describe('a chat that takes its time to begin', () => {
  const stage = useStage({ configure: askNothing });
  let proxy: FaultProxy;
  before(async () => {
    proxy = await startNetwork(stage.server, [openingSlow]);
    leadThrough(proxy, stage.server);
  });
  after(() => proxy?.close());

  it('goes on being written in: what was sent stands above the field, and goes out in that order', stage.step(async () => {
    const [patient, nurse] = await Promise.all([stage.patient(), stage.nurse()]);
    await Promise.all([patient.visit('/'), nurse.signIn()]);
    await patient.openPanel();
    await patient.field.fill('  My chest hurts.');
    // As fast as keys can come, and with a blank line before the text.
    await patient.page.press('Enter');
    await patient.page.press('Shift+Enter');
    await patient.page.type('Since Monday.\nAnd my arm');
    await patient.field.waitFor((match) => match.value === 'And my arm' && match.isFocused);
    await patient.page.css('[part~=message-mine]').waitForCount(2);
    await nurse.accept();
    await nurse.seesExactly(['My chest hurts.', 'Since Monday.']);
    await patient.seesExactly(['My chest hurts.', 'Since Monday.']);
    await patient.field.waitFor((match) => match.value === 'And my arm' && match.isFocused);
    await patient.page.press('Enter');
    await nurse.seesExactly(['My chest hurts.', 'Since Monday.', 'And my arm']);
    assert.equal(proxy.unfired().length, 0);
  }));
});

describe('a first message, and the page is left', () => {
  const stage = useStage({ configure: askNothing });
  let proxy: FaultProxy;
  before(async () => {
    proxy = await startNetwork(stage.server, [openingLost]);
    leadThrough(proxy, stage.server);
  });
  after(() => proxy?.close());

  it('while it is on its way: the next page sends it by itself', stage.step(async () => {
    const [patient, nurse] = await Promise.all([stage.patient(), stage.nurse()]);
    await Promise.all([patient.visit('/'), nurse.signIn()]);
    await patient.openPanel();
    await patient.field.fill('My chest hurts.');
    await patient.page.press('Enter');
    await poll(async () => proxy.unfired().length === 0 || undefined, () => 'nothing was opened');
    await patient.page.css('[part~=message-mine]').waitForText(/My chest hurts\.[^]*Sending/);
    const before = await patient.sealedBytes('start/');
    await patient.page.type('Since Monday.');
    await patient.page.press('Enter');
    await patient.page.css('[part~=message-mine]').nth(1).waitForText('Since Monday.');
    await patient.field.waitFor((match) => match.value === '');
    await poll(async () => (await patient.sealedBytes('start/')) > before || undefined, () => 'the second text was not kept');
    await patient.visit('/contact/');
    await nurse.accept();
    await nurse.seesExactly(['My chest hurts.', 'Since Monday.']);
    await nurse.reply('I am here.');
    await patient.seesUnread(1);
    await patient.openPanel();
    await patient.seesExactly(['My chest hurts.', 'Since Monday.', 'I am here.']);
    await stage.leave(patient);
  }));
});

describe('a page that is left in the middle of the questions', () => {
  const stage = useStage();

  it('finds what was answered on the next page, and nothing of it after logout()', stage.step(async () => {
    const patient = await stage.patient();
    const name = patient.page.role('textbox', /^Your name/);
    const chosen = patient.page.css('[part~=form-option]:has(:checked)');
    await patient.visit('/');
    await patient.openChat();
    await patient.consent();
    await patient.page.role('radio', 'A question for a nurse').click();
    await chosen.waitForText('A question for a nurse');
    await name.fill('Runa Dahl');
    await patient.visit('/billing/');
    await patient.openChat();
    await patient.consent();
    await chosen.waitForText('A question for a nurse');
    // The last letters may still have been on their way into the store.
    await name.waitFor((match) => (match.value ?? '').startsWith('R'));
    await patient.run(() => (document.querySelector('care-chat') as unknown as { logout(): Promise<void> }).logout());
    await patient.page.role('button', 'Start chat').waitFor();
    await patient.consent();
    await name.waitFor((match) => match.value === '');
    await chosen.waitForNone();
    await stage.quiet();
  }));
});
