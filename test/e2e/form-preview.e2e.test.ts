/** `care-chat form preview` in a browser: a form and a pack, both manners, and what an author sees of them, live. */
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { startPreview } from '../../src/cli/form-preview.js';
import { readPackFile } from '../support/node/content-packs.js';
import { launch, type Browser, type Page } from '../support/node/driver.js';
import { item, preChat, questionnaire } from '../support/shared/questionnaires.js';

let folder: string;
let browser: Browser;
before(async () => {
  folder = mkdtempSync(join(tmpdir(), 'care-chat-preview-'));
  browser = await launch();
});
after(async () => {
  await browser?.close();
  rmSync(folder, { recursive: true, force: true });
});

const path = (json: unknown): string => {
  const file = join(folder, 'form.json');
  writeFileSync(file, JSON.stringify(json));
  return file;
};

/** Opens the preview of a file; at the end nothing has been asked of anybody else, and nothing has gone wrong. */
async function preview(json: unknown, look: (page: Page) => Promise<void>): Promise<void> {
  const server = await startPreview({ path: path(json), terminology: [], port: 0 });
  const person = await browser.newPerson();
  try {
    const page = await person.newPage({ width: 1280, height: 900 });
    await page.goto(server.url);
    await look(page);
    assert.deepEqual((await page.problems()).filter(({ kind }) => kind !== 'no-probe'), []);
    for (const address of await page.requests()) assert.ok(address.startsWith(server.url), address);
  } finally {
    await person.close();
    await server.close();
  }
}

const row = (page: Page, linkId: string): Promise<string> => page.evaluate((id) => [...document.querySelectorAll('.sheet tr')].find((one) => one.querySelector('code')?.textContent === id)?.textContent?.replace(/\s+/g, ' ') ?? '', linkId);

test('a form: what is answered shows at once in its items, its rules and its response', () => preview(preChat, async (page) => {
  await page.css('.form-fields').waitFor();
  assert.match(await row(page, 'fever'), /disabled\s*topic = symptom/);
  await page.role('radio', 'Option symptom').click();
  await page.waitFor(() => document.querySelector('.sheet')!.textContent!.includes('1 of 5'));
  assert.match(await row(page, 'fever'), /shown\s*topic = symptom/);
  await page.role('tab', 'Rules').click();
  await page.css('.sheet').waitForText('Is asked when');
  assert.match(await row(page, 'temperature'), /fever = true\s*disabled/);
  await page.press('ArrowLeft');
  await page.press('ArrowLeft');
  await page.css('.sheet pre').waitForText('"code": "symptom"');
  assert.match(await page.css('.sheet pre').text(), /"status": "in-progress"/);
  await page.role('button', 'Check the answers').click();
  await page.css('.form-summary').waitForText('Your name');
}));

test('a form, one question at a time, with what was answered already, and in another language', () => preview(preChat, async (page) => {
  await page.role('textbox', /^Your name/).fill('Ada');
  await page.role('button', 'One at a time').click();
  await page.css('.ask-turns').waitForText('Ada');
  await page.css('.ask-now').waitForText('Date of birth');
  await page.role('combobox', 'Language').waitFor();
  await page.evaluate(() => {
    const select = document.querySelector<HTMLSelectElement>('header select')!;
    select.value = 'ar';
    select.dispatchEvent(new Event('change', { bubbles: true }));
  });
  await page.css('.ask-turns').waitForText('اسمك');
  assert.equal(await page.evaluate(() => document.querySelector('.phone')!.getAttribute('dir')), 'rtl');
  await page.role('button', 'Start over').click();
  await page.css('.ask-now').waitForText('اسمك');
}));

test('a pack: the rule that decides, and what led to it', () => preview(readPackFile('respiratory'), async (page) => {
  await page.role('tab', 'Rules').click();
  await page.css('.outcome').waitForText('not known');
  await page.role('checkbox', /^Trouble breathing/).click();
  await page.css('.outcome').waitForText('redFlags: trouble-breathing');
  assert.match(await page.css('.sheet tr.decides').text(), /decides/);
}));

test('what cannot be shown is refused with place and reason', () => preview(questionnaire([item('a', 'hologram')]), async (page) => {
  await page.css('.refused').waitForText('/item/0/type: This version does not know the type of this item.');
}));
