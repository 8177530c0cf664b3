/** Journey: a nurse asks to see the page, the patient looks at the picture and shares it, is pointed at things and proposed a text, goes on with it on the next page, and stops. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Nurse, Patient } from './people.js';
import { useStage } from './stage.js';

const secret = 'QZXJVKQZXJVK';

describe('a nurse is shown a page', () => {
  const stage = useStage({
    configure(config) {
      for (const widget of config['widgets'] as { cobrowse?: object }[]) widget.cobrowse = { enabled: true };
    },
  });
  let patient: Patient;
  let nurse: Nurse;
  /** Marks a heading as public, plants a secret and a field. */
  const prepare = (): Promise<unknown> => patient.page.evaluate((word) => {
    document.querySelector('h1')!.setAttribute('data-care-unmask', '');
    const form = document.createElement('form');
    const [name, label, field] = [document.createElement('p'), document.createElement('label'), document.createElement('input')];
    name.textContent = word;
    label.setAttribute('data-care-unmask', '');
    label.append('Pharmacy ', field);
    form.append(name, label);
    document.querySelector('h1')!.after(form);
  }, secret);
  const place = () => patient.page.css('.cobrowse');
  const press = (name: string): Promise<void> => patient.page.css('.cobrowse').role('button', name).click();
  const scripts = (): Promise<string[]> => patient.page.evaluate(() => performance.getEntriesByType('resource').map(({ name }) => name.replace(/.*\//, '')).filter((name) => name.startsWith('cobrowse')));

  it('asks, and loads nothing for the patient but the question', stage.step(async () => {
    [patient, nurse] = await Promise.all([stage.patient(), stage.nurse()]);
    await nurse.signIn();
    await patient.visit('/contact/');
    await patient.startChat('Maria Lindqvist');
    await nurse.accept();
    // Another page, on which nothing was put in yet.
    await patient.visit('/billing/');
    await prepare();
    await nurse.page.role('button', 'Ask to see the page').click();
    await nurse.seesPart('viewer', 'has a minute to answer');
    await place().waitForText('asks to see this page');
    await place().waitForText('For 30 minutes at most');
    assert.deepEqual([...new Set(await scripts())], ['cobrowse-ask.js']);
  }));

  it('is declined, and says so', stage.step(async () => {
    await press('Do not allow');
    await nurse.seesPart('viewer', 'does not want to show the page');
    await place().waitForNone();
  }));

  it('shows the patient the picture first, then the nurse the same', stage.step(async () => {
    await nurse.page.role('button', 'Ask to see the page').click();
    await place().waitForText('asks to see this page');
    await press('Allow');
    await place().waitForText('This is what');
    await place().waitForText('Pharmacy');
    if (process.env['CARE_SHOT']) await patient.page.screenshot(process.env['CARE_SHOT']);
    assert.equal(await nurse.page.evaluate(() => document.querySelector('care-desk')!.shadowRoot!.querySelector('.cobrowse-page')), null);
    await press('Share this page');
    await nurse.seesPart('viewer', 'You see the page now');
    await nurse.page.css('[part~=viewer]').waitForText('Pharmacy');
  }));

  it('shows both sides the same code, and the nurse no secret', stage.step(async () => {
    const code = (await nurse.page.css('.viewer-code').waitForText(/\d{3} \d{3}/)).text.replace(/\D/g, '');
    await press('More');
    const theirs = (await place().waitForText(/Security code: \d{3} \d{3}/)).text.match(/code: (\d{3}) (\d{3})/)!;
    assert.equal(theirs[1]! + theirs[2]!, code);
    await press('More');
    const seen = await nurse.page.evaluate(() => document.querySelector('care-desk')!.shadowRoot!.querySelector('[part~=viewer]')!.textContent);
    assert.ok(!seen!.includes(secret) && !seen!.includes('Lindqvist'));
  }));

  it('is pointed at things', stage.step(async () => {
    await nurse.page.role('button', 'Mark').click();
    await nurse.page.css('[part~=viewer-stage]').click();
    await patient.page.css('.cobrowse-mark').includingHidden().waitForText('1');
    await nurse.page.role('button', 'Clear').click();
    await patient.page.css('.cobrowse-mark').waitForNone();
  }));

  it('is paused, and the nurse sees why', stage.step(async () => {
    await press('Pause');
    await nurse.seesPart('viewer', 'The patient has paused');
    await press('Go on');
    await nurse.seesPart('viewer', 'You see the page now');
  }));

  it('asks on the next page whether to go on', stage.step(async () => {
    await patient.visit('/contact/');
    await place().waitForText('Go on sharing');
    await press('Share this page too');
    await nurse.seesPart('viewer', 'You see the page now', 20_000);
  }));

  it('stops by the keyboard, says what was shown, and leaves the nurse nothing', stage.step(async () => {
    await patient.page.press('Alt+Shift+S');
    await place().waitForText('Sharing has ended');
    await place().waitForText('You stopped it');
    await nurse.seesPart('viewer', 'has stopped sharing');
    assert.equal(await nurse.page.evaluate(() => document.querySelector('care-desk')!.shadowRoot!.querySelector('.cobrowse-page')), null);
  }));
});
