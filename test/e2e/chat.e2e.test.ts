/** A patient and a nurse talk, on two profiles of one engine; the server dies in the middle and comes back. */
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { launch, type Browser, type Page } from '../support/node/driver.js';
import { startTestServer, type TestServer } from '../support/node/server.js';
import { acceptFirst, ensureOpen, send, signIn, startChat } from './steps.js';

describe('a chat between a patient and a nurse', () => {
  let server: TestServer;
  let browser: Browser;
  let patient: Page;
  let nurse: Page;

  before(async () => {
    server = await startTestServer();
    browser = await launch();
    [patient, nurse] = await Promise.all([browser.newPerson(), browser.newPerson()].map(async (person) => (await person).newPage())) as [Page, Page];
  });
  after(async () => {
    await browser?.close();
    await server?.dispose();
  });

  it('goes both ways', async () => {
    await signIn(nurse, server.url);
    await patient.goto(`${server.url}/billing/`);
    await startChat(patient);
    await send(patient, 'Hello, I have a question about my bill.');
    await acceptFirst(nurse);
    await nurse.role('log').waitForText('a question about my bill');
    await send(nurse, 'Good morning, how can I help?');
    await patient.role('log').waitForText('how can I help?');
  });

  it('goes on after the server was killed and started again, and loses nothing', async () => {
    await server.kill();
    await patient.role('textbox', 'Message').fill('Are you still there?');
    await patient.press('Enter');
    await server.start();
    await nurse.role('log').waitForText('Are you still there?', 30_000);
    await send(nurse, 'Yes, I am.');
    await patient.role('log').waitForText('Yes, I am.');
    const { text } = await patient.role('log').waitFor();
    const wanted = ['a question about my bill', 'how can I help?', 'Are you still there?', 'Yes, I am.'];
    for (const part of wanted) assert.equal(text.split(part).length, 2, `${part} is not there exactly once:\n${text}`);
    assert.deepEqual(wanted.map((part) => text.indexOf(part)), wanted.map((part) => text.indexOf(part)).sort((left, right) => left - right));
  });

  it('is there on the next page of the site and after a reload', async () => {
    await patient.goto(`${server.url}/contact/`);
    await ensureOpen(patient);
    await patient.role('log').waitForText('Yes, I am.');
    await patient.reload();
    await ensureOpen(patient);
    await patient.role('log').waitForText('Yes, I am.');
  });
});
