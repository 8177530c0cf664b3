/** Journey 8: what axe-core finds in every page and every main state: nothing. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { describe, it } from 'node:test';
import type { Page } from '../support/node/driver.js';
import type { Nurse, Patient } from './people.js';
import { useStage } from './stage.js';

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
    for (const path of ['/', '/find-a-doctor/', '/appointments/', '/billing/', '/contact/']) {
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
    await nurse.field.fill('/');
    await nurse.page.role('listbox', 'Canned replies').waitFor();
    await clean(nurse.page, 'conversation at the desk, with canned replies');
    await nurse.page.press('Escape');
  }));

  it('finds nothing in Arabic', stage.step(async () => {
    await patient.run(() => document.querySelector('care-chat')?.setAttribute('lang', 'ar'));
    await patient.page.css('[part~=body]').waitFor((match) => match.attributes['dir'] === 'rtl');
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
