/** Every page of the clinic's site loads without a violation, a console error, or a request to another origin. */
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { launch, type Browser, type Page } from '../support/node/driver.js';
import { startTestServer, type TestServer } from '../support/node/server.js';

const pages = ['/', '/find-a-doctor/', '/appointments/', '/refill/', '/billing/', '/contact/'];

describe('the clinic\'s site', () => {
  let server: TestServer;
  let browser: Browser;
  let page: Page;

  before(async () => {
    server = await startTestServer();
    browser = await launch();
    page = await (await browser.newPerson()).newPage();
  });
  after(async () => {
    await browser?.close();
    await server?.dispose();
  });

  for (const path of pages) {
    it(`shows the launcher on ${path}, with no problem, one request of the chat's, and nothing stored`, async () => {
      await page.goto(`${server.url}${path}`);
      await page.role('button', 'Open chat').waitFor();
      const requests = await page.requests();
      assert.equal(requests.filter((address) => address.includes('/care-chat/')).length, 1, requests.join('\n'));
      const stored = await page.evaluate(async () => {
        const databases = typeof indexedDB.databases === 'function' ? await indexedDB.databases() : [];
        return { local: localStorage.length, session: sessionStorage.length, cookie: document.cookie, databases: databases.map((one) => one.name ?? '') };
      });
      assert.deepEqual(stored, { local: 0, session: 0, cookie: '', databases: [] });
      assert.deepEqual(await page.problems(), []);
    });
  }

  it('shows the desk\'s sign-in without a problem', async () => {
    await page.goto(`${server.url}/desk`);
    await page.role('textbox', 'Email').waitFor();
    await page.role('textbox', 'Password').waitFor();
    await page.role('button', 'Sign in').waitFor();
    assert.deepEqual(await page.problems(), []);
  });
});
