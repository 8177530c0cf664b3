/** The driver itself, against a small page: what it finds, clicks and types, and that its probe sees what a page does wrong. */
import assert from 'node:assert/strict';
import { createServer, type Server } from 'node:http';
import { after, before, describe, it } from 'node:test';
import { launch, type Browser, type Page } from './driver.js';
import { probe } from './in-page.js';

const html = `<!doctype html><html lang="en"><head><script src="/probe.js"></script><script src="/page.js" defer></script></head>
<body><label>Outside <input></label><x-box></x-box><p style="color: red">styled</p></body></html>`;
const script = `customElements.define('x-box', class extends HTMLElement {
  connectedCallback() {
    const root = this.attachShadow({ mode: 'open' });
    const button = document.createElement('button');
    button.setAttribute('aria-label', 'Send');
    const area = document.createElement('textarea');
    area.setAttribute('aria-label', 'Message');
    const log = document.createElement('div');
    log.setAttribute('role', 'log');
    const keys = document.createElement('output');
    root.append(area, button, log, keys);
    button.addEventListener('click', (event) => { if (event.isTrusted) log.append(area.value + ';'); });
    area.addEventListener('keydown', (event) => { keys.append((event.shiftKey ? 'Shift+' : '') + event.key + ' '); });
  }
});`;
const policy = "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; require-trusted-types-for 'script'; trusted-types x";

describe('the driver', () => {
  let server: Server;
  let url: string;
  let browser: Browser;
  let page: Page;

  before(async () => {
    server = createServer((request, response) => {
      const path = request.url ?? '/';
      const isScript = path.endsWith('.js');
      response.writeHead(path === '/favicon.ico' ? 404 : 200, { 'content-type': isScript ? 'text/javascript' : 'text/html', 'content-security-policy': policy });
      response.end(path === '/probe.js' ? `(${probe.toString()})();` : isScript ? script : html);
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const address = server.address();
    url = `http://localhost:${typeof address === 'object' && address !== null ? address.port : 0}`;
    browser = await launch();
    page = await (await browser.newPerson()).newPage({ width: 900, height: 600 });
    await page.goto(url);
  });
  after(async () => {
    await browser?.close();
    server?.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  });

  it('sizes the content of the window', async () => {
    assert.deepEqual(await page.evaluate(() => [innerWidth, innerHeight]), [900, 600]);
    await page.setViewport({ width: 500, height: 700 });
    await page.waitFor(() => innerWidth === 500 && innerHeight === 700);
  });

  it('reports a violation of the policy once', async () => {
    const problems = await page.problems();
    assert.ok(problems.some((problem) => problem.kind === 'violation' && problem.text.startsWith('style-src')), JSON.stringify(problems));
    assert.deepEqual(await page.problems(), []);
  });

  it('types and clicks inside a shadow root with real events', async () => {
    await page.role('textbox', 'Message').type('Hello é 你');
    await page.role('button', 'Send').click();
    await page.role('log').waitForText('Hello é 你;');
    await page.role('textbox', 'Message').fill('Again');
    await page.role('button', /^send$/i).click();
    assert.equal(await page.role('log').text(), 'Hello é 你;Again;');
  });

  it('presses keys with modifiers', async () => {
    await page.evaluate(() => document.querySelector('x-box')?.shadowRoot?.querySelector('output')?.replaceChildren());
    await page.role('textbox', 'Message').focus();
    await page.press('Shift+Enter');
    await page.press('Escape');
    assert.match(await page.css('output').text(), /Shift\+Enter Escape/);
    assert.equal((await page.role('textbox', 'Message').waitFor()).value, 'Again\n');
  });

  it('says what it saw when a wait fails', async () => {
    await assert.rejects(page.role('button', 'Nowhere').waitFor(undefined, 100), /"name":"Nowhere".*0 found/);
  });

  it('sees a console error, an unhandled rejection and a request to another origin', async () => {
    await page.evaluate(async () => {
      console.error('bad');
      void Promise.reject(new Error('lost'));
      const image = new Image();
      image.src = 'http://127.0.0.1:9/x.png';
      await new Promise((resolve) => setTimeout(resolve, 50));
    });
    const kinds = new Set((await page.problems()).map((problem) => problem.kind));
    for (const kind of ['console', 'violation'] as const) assert.ok(kinds.has(kind), `${kind} is missing: ${[...kinds].join(' ')}`);
    assert.ok(kinds.has('rejection'), [...kinds].join(' '));
  });

  it('keeps two persons apart, and the tabs of one together', async () => {
    const other = await browser.newPerson();
    const theirs = await other.newPage();
    await page.evaluate(() => localStorage.setItem('who', 'first'));
    await theirs.goto(url);
    assert.equal(await theirs.evaluate(() => localStorage.getItem('who')), null);
    const second = await other.newPage();
    await second.goto(url);
    await second.evaluate(() => localStorage.setItem('who', 'second'));
    // Another process may hear of it a moment later.
    await theirs.waitFor(() => localStorage.getItem('who') === 'second');
    assert.equal(await page.evaluate(() => localStorage.getItem('who')), 'first');
    await other.close();
  });
});
