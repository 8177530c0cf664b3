/** Journey 8: what axe-core finds in every page and every main state: nothing. And what is said, where the focus is and what the keyboard reaches when the network fails. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { after, before, describe, it } from 'node:test';
import type { FaultProxy } from '../../src/conformance/proxy/fault-proxy.js';
import { linkEn } from '../../src/i18n/link/en.js';
import { uiEn } from '../../src/i18n/ui/en.js';
import { panelEn } from '../../src/i18n/panel/en.js';
import { deskEn } from '../../src/i18n/desk/en.js';
import { poll, type Locator, type Page } from '../support/node/driver.js';
import { asking, leadThrough, setFault, spoilMessages, startNetwork } from './network.js';
import { reconnectTimeoutMs, type Nurse, type Patient } from './people.js';
import { allowOtherPort, storeNothing, useStage } from './stage.js';

const axeSource = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/** What axe finds: each violation with its rule and its elements. Its script comes through the debugger, which no policy of the page stops. */
const audit = async (page: Page): Promise<string[]> => {
  if (!(await page.evaluate(() => 'axe' in globalThis))) await page.raw.run(`() => { ${axeSource}\n; }`, []);
  return page.evaluate(async () => {
    type Axe = { run(context: Document, options: object): Promise<{ violations: { id: string; nodes: { target: unknown; failureSummary?: string }[] }[] }> };
    const { axe } = globalThis as unknown as { axe: Axe };
    // Colours are judged once everything that comes in has come in.
    const roots = [document, ...[...document.querySelectorAll('care-chat,care-desk')].flatMap((one) => one.shadowRoot ?? [])];
    const finite = roots.flatMap((root) => root.getAnimations()).filter((animation) => animation.effect?.getComputedTiming().iterations !== Infinity);
    await Promise.allSettled(finite.map((animation) => animation.finished));
    const { violations } = await axe.run(document, { resultTypes: ['violations'], preload: false });
    return violations.flatMap(({ id, nodes }) => nodes.map(({ target, failureSummary }) => `${id}: ${JSON.stringify(target)} ${failureSummary ?? ''}`));
  });
};

/** Fails with what was found, under the name of the state. */
const clean = async (page: Page, state: string): Promise<void> => assert.deepEqual(await audit(page), [], state);

describe('the audit of axe-core', () => {
  const stage = useStage();
  let patient: Patient;
  let nurse: Nurse;

  it('finds nothing on the pages of the site with the panel closed', stage.step(async () => {
    patient = await stage.patient();
    const found: string[] = [];
    for (const path of ['/', '/find-a-doctor/', '/appointments/', '/refill/', '/billing/', '/contact/']) {
      await patient.visit(path);
      found.push(...(await audit(patient.page)).map((text) => `${path} ${text}`));
    }
    assert.deepEqual(found, []);
  }));

  it('finds nothing in the welcome, the consent, and the form with its errors', stage.step(async () => {
    await patient.openChat();
    await clean(patient.page, 'welcome');
    await patient.page.role('button', 'Start chat').click();
    await patient.page.role('checkbox', /I agree/).waitFor();
    await patient.page.role('button', 'Continue').click();
    await patient.page.css('[part~=consent]').waitForText('Please tick this box');
    await clean(patient.page, 'consent refused');
    await patient.page.role('checkbox', /I agree/).click();
    await patient.page.role('button', 'Continue').click();
    await patient.page.role('textbox', /^Your name/).waitFor();
    await clean(patient.page, 'form');
    await patient.page.role('button', 'Start chat').click();
    await patient.page.css('[part~=pre-chat]').waitForText('Please answer this question.');
    await clean(patient.page, 'form with errors');
    await patient.fillPreChat('Hanna Nowak');
  }));

  it('finds nothing in the desk\'s sign-in and queue', stage.step(async () => {
    nurse = await stage.nurse();
    await nurse.page.goto(patient.at('/desk'));
    await nurse.page.role('button', 'Sign in').waitFor();
    await clean(nurse.page, 'sign-in');
    await nurse.signIn();
    await nurse.waiting.waitForText('Hanna Nowak');
    await clean(nurse.page, 'queue');
  }));

  it('finds nothing in the conversation on both sides', stage.step(async () => {
    await nurse.accept();
    await patient.say('Hello, see https://example.org please.');
    await nurse.sees('Hello, see');
    await nurse.reply('I will have a look.');
    await patient.sees('I will have a look.');
    await nurse.addNote('Prefers the phone.');
    await clean(patient.page, 'conversation');
    await patient.openMenu();
    await clean(patient.page, 'menu');
    await patient.openMenu();
    await patient.field.fill('I have chest pain');
    await patient.seesPart('red-flag', '911');
    await clean(patient.page, 'a number beside what is typed');
    await patient.field.fill('');
    await nurse.field.fill('/');
    await nurse.page.role('listbox', 'Canned replies').waitFor();
    await clean(nurse.page, 'conversation at the desk, with canned replies');
    await nurse.page.press('Escape');
  }));

  it('finds nothing in Arabic', stage.step(async () => {
    await patient.run(() => document.querySelector('care-chat')?.setAttribute('lang', 'ar'));
    await patient.page.css('[part~=body]').waitFor((match) => match.attributes['dir'] === 'rtl');
    await patient.seesPart('red-flag', '911');
    await clean(patient.page, 'conversation in Arabic');
    await patient.run(() => document.querySelector('care-chat')?.setAttribute('lang', 'en'));
    await patient.field.waitFor();
  }));

  it('finds nothing where the chat has ended, and in the search', stage.step(async () => {
    await nurse.closeChat();
    await patient.page.css('[part~=ended]').waitFor();
    await clean(patient.page, 'ended');
    await nurse.findClosed('Hanna');
    await clean(nurse.page, 'search');
  }));

  it('breaks no policy, logs no error, asks no other origin', stage.step(() => stage.quiet()));
});

/** Keeps what the live region of a page's element is given, from now on. */
const listen = (page: Page): Promise<void> => page.evaluate(() => {
  const region = document.querySelector('care-chat,care-desk')?.shadowRoot?.querySelector('[part~=announcer]') as Element;
  const said: string[] = [];
  Object.defineProperty(globalThis, 'careSaid', { value: said });
  new MutationObserver((changes) => {
    for (const { addedNodes } of changes) for (const { textContent } of addedNodes) said.push(textContent ?? '');
  }).observe(region, { childList: true });
});

/** What was said since the last call. */
const heard = (page: Page): Promise<string[]> => page.evaluate(() => (globalThis as unknown as { careSaid: string[] }).careSaid.splice(0));

describe('when the network fails', () => {
  const stage = useStage({ configure: allowOtherPort });
  let proxy: FaultProxy;
  let patient: Patient;
  let nurse: Nurse;
  let both: readonly (Patient | Nurse)[];
  before(async () => {
    proxy = await startNetwork(stage.server);
    leadThrough(proxy, stage.server);
  });
  after(() => proxy?.close());

  const line = ({ page }: Patient | Nurse): Locator => page.css('p.notice[part=notice],p[part=connection]');
  const button = ({ page }: Patient | Nurse, name: string | RegExp): Locator => page.role('button', name);
  const heardNothingBut = async (who: Patient | Nurse, ...sentences: (string | RegExp)[]): Promise<void> => {
    const all = await heard(who.page);
    assert.equal(all.length, sentences.length, JSON.stringify(all));
    for (const [i, wanted] of sentences.entries()) assert.match(all[i] ?? '', typeof wanted === 'string' ? new RegExp(`^${wanted.replace(/[.?]/g, '\\$&')}$`) : wanted);
  };
  /** By the keyboard alone; WCAG 2.2, 2.5.8 wants 24 pixels each way. */
  const press = async (who: Patient | Nurse, name: string, keys = 'Shift+Tab'): Promise<void> => {
    await who.tabTo(button(who, name), keys);
    const { width, height } = await button(who, name).waitFor();
    assert.ok(width >= 24 && height >= 24, `${name}: ${width} × ${height}`);
    await who.page.press('Enter');
  };
  const attempts = (): number => proxy.log.filter(({ on }) => on === 'ws-connect').length;
  const focused = (who: Patient | Nurse): Promise<unknown> => who.field.waitFor((match) => match.isFocused);

  it('both talk', stage.step(async () => {
    [patient, nurse] = await Promise.all([stage.patient(), stage.nurse()]);
    both = [patient, nurse];
    await Promise.all([patient.visit('/'), nurse.signIn()]);
    await patient.startChat('Hanna Nowak');
    await nurse.accept();
    await patient.say('Hello.');
    await nurse.sees('Hello.');
    for (const who of both) {
      await who.field.click();
      await listen(who.page);
    }
  }));

  it('a connection that is gone is said once, however often another is sought, and the focus stays', stage.step(async () => {
    const before = attempts();
    setFault(proxy, 'cut');
    for (const who of both) await line(who).waitForText('No connection');
    await poll(async () => (attempts() >= before + 6 ? true : undefined), () => `six attempts of both, saw ${attempts() - before}`, reconnectTimeoutMs);
    for (const who of both) {
      await heardNothingBut(who, uiEn.reconnecting);
      await focused(who);
      await clean(who.page, 'reconnecting');
    }
  }));

  it('the other ways are said once, when there have been enough seconds', stage.step(async () => {
    await patient.page.css('[part~=fallback]').waitFor(undefined, reconnectTimeoutMs);
    await heardNothingBut(patient, /^You can also reach us this way: .*555-0100/);
    await focused(patient);
    await clean(patient.page, 'other ways');
  }));

  it('"Try now" by the keyboard: what comes of it is said, and the focus stays on it', stage.step(async () => {
    for (const who of both) {
      await button(who, linkEn.trying).waitForNone();
      await press(who, uiEn.tryNow);
      await button(who, linkEn.trying).waitFor((match) => match.isFocused);
      await clean(who.page, 'trying');
      await button(who, uiEn.tryNow).waitFor((match) => match.isFocused);
      await heardNothingBut(who, uiEn.reconnecting);
    }
  }));

  it('a device that is offline', stage.step(async () => {
    if (!patient.page.can('offline')) return console.log(`# ${patient.page.engine} cannot be asked to be offline`);
    for (const who of both) {
      await who.page.offline(true);
      await line(who).waitForText(linkEn.deviceOffline);
      await clean(who.page, 'offline');
      await heardNothingBut(who, linkEn.deviceOffline);
      await who.page.offline(false);
      await line(who).waitForText('No connection');
      await heardNothingBut(who, uiEn.reconnecting);
    }
  }));

  it('a connection that is back is said once; the focus stays in the element, though its button is gone', stage.step(async () => {
    setFault(proxy, 'none');
    for (const who of both) {
      await line(who).waitForNone(reconnectTimeoutMs);
      await heardNothingBut(who, linkEn.connectedAgain);
      await who.page.waitFor(() => /^CARE-/.test(document.activeElement?.tagName ?? ''));
    }
  }));

  it('a message that was not sent: said once; "Try again" and "Edit" by the keyboard', stage.step(async () => {
    proxy.use([spoilMessages]);
    for (const who of both) {
      await who.say('Is this sent?');
      await who.seesState(uiEn.stateFailed);
      await heardNothingBut(who, /^Not sent: Is this sent\? – ./);
      await focused(who);
      await clean(who.page, 'not sent');
      await press(who, uiEn.retry);
      await poll(async () => ((await heard(who.page)).length > 0 ? true : undefined), () => 'that the other try failed, too');
      // The button that had the focus is gone, and the focus went to the beginning: forward from there, or the keys would leave the page for the browser's own buttons.
      await press(who, uiEn.edit, 'Tab');
      await who.field.waitFor((match) => match.value === 'Is this sent?');
      await button(who, uiEn.retry).waitForNone();
    }
    assert.deepEqual(proxy.unfired(), []);
    proxy.use([]);
  }));

  it('a second tab, which follows the first', stage.step(async () => {
    const tab = await stage.tab(patient);
    await tab.visit('/billing/');
    await tab.openPanel();
    await tab.field.waitFor();
    await listen(tab.page);
    setFault(proxy, 'cut');
    await line(tab).waitForText('No connection', reconnectTimeoutMs);
    await clean(tab.page, 'reconnecting in a second tab');
    setFault(proxy, 'none');
    await line(tab).waitForNone(reconnectTimeoutMs);
    // The other ways are said as well where it took long.
    const all = (await heard(tab.page)).filter((sentence) => !sentence.startsWith('You can also'));
    assert.deepEqual(all, [uiEn.reconnecting, linkEn.connectedAgain]);
    await stage.closeTab(tab);
  }));

  it('a browser that stores nothing', stage.step(async () => {
    await Promise.all(both.map((who) => stage.leave(who)));
    storeNothing(stage.server);
    [patient, nurse] = await Promise.all([stage.patient(), stage.nurse()]);
    await Promise.all([patient.visit('/'), nurse.signIn()]);
    await patient.startChat('Hanna Nowak');
    await patient.page.css('[part~=notice]').nth(0).waitForText(panelEn.notDurable);
    await nurse.seesPart('not-durable', deskEn['notice.notDurable']);
    await clean(patient.page, 'nothing is stored');
    await clean(nurse.page, 'nothing is stored');
  }));

  it('breaks no policy; only the failing network is heard of', stage.step(() => stage.quiet([asking(proxy)])));
});
