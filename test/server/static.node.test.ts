/** Static files: the demo's pages under their policy, released bundles for any origin, nothing outside the folders. */
import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test, type TestContext } from 'node:test';
import { pagePolicy } from '../../src/server/static/page-policy.js';
import { openServer, plainConfig, type TestServer } from '../support/node/test-server.js';
import { assertRefused, call } from '../support/node/wire-client.js';

const files: Readonly<Record<string, string>> = {
  'site/index.html': '<!doctype html><title>Home</title>',
  'site/find-a-doctor/index.html': '<!doctype html><title>Doctors</title>',
  'site/desk/index.html': '<!doctype html><title>Desk</title>',
  'site/404.html': '<!doctype html><title>Not here</title>',
  'site/.secret': 'secret',
  'site/assets/site.css': `body { color: black }\n${'/* long enough to compress */'.repeat(40)}`,
  'cdn/1.2.3/care-chat.js': `export const x = 1;\n${'// long enough to compress\n'.repeat(60)}`,
  'outside.txt': 'outside',
};

async function openSite(t: TestContext, demo = true): Promise<TestServer> {
  const dir = mkdtempSync(join(tmpdir(), 'care-chat-site-'));
  t.after(() => rmSync(dir, { recursive: true, force: true }));
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(join(dir, path, '..'), { recursive: true });
    writeFileSync(join(dir, path), text);
  }
  symlinkSync(join(dir, 'outside.txt'), join(dir, 'site', 'link.txt'));
  mkdirSync(join(dir, 'site', 'linked'));
  symlinkSync(join(dir, 'outside.txt'), join(dir, 'site', 'linked', 'index.html'));
  symlinkSync(join(dir, 'outside.txt'), join(dir, 'site', 'assets', 'site.css.br'));
  symlinkSync(join(dir, 'site', 'index.html'), join(dir, 'site', 'desk', 'inner.html'));
  const file = { ...plainConfig, static: [{ path: '/', dir: join(dir, 'site') }, { path: '/care-chat/', dir: join(dir, 'cdn') }] };
  return openServer(t, { file, change: (config) => ({ ...config, demo }) });
}

/** A request whose path is sent as it is: fetch would tidy it. */
const rawStatus = (url: string, path: string): Promise<number> => new Promise((resolve, reject) => {
  const { hostname, port } = new URL(url);
  request({ hostname, port, path, method: 'GET' }, (response) => {
    response.resume();
    resolve(response.statusCode ?? 0);
  }).on('error', reject).end();
});

test('pages have pretty addresses, their type and the policy; another path has the site\'s own 404', async (t) => {
  const { url } = await openSite(t);
  for (const [path, status, title] of [['/', 200, 'Home'], ['/find-a-doctor/', 200, 'Doctors'], ['/desk', 200, 'Desk'], ['/nothing/here', 404, 'Not here']] as const) {
    const response = await fetch(`${url}${path}`);
    assert.equal(response.status, status, path);
    assert.equal(response.headers.get('content-type'), 'text/html; charset=utf-8');
    assert.equal(response.headers.get('content-security-policy'), pagePolicy);
    assert.equal(response.headers.get('x-content-type-options'), 'nosniff');
    assert.ok((await response.text()).includes(title));
  }
});

test('what is unchanged is not sent again, and text is compressed for whoever takes it', async (t) => {
  const { url } = await openSite(t);
  const first = await fetch(`${url}/assets/site.css`, { headers: { 'Accept-Encoding': 'br' } });
  assert.deepEqual([first.headers.get('content-encoding'), first.headers.get('vary')], ['br', 'Accept-Encoding']);
  assert.equal(await first.text(), files['site/assets/site.css']);
  const plain = await fetch(`${url}/assets/site.css`, { headers: { 'Accept-Encoding': 'identity' } });
  assert.deepEqual([plain.headers.get('content-encoding'), await plain.text()], [null, files['site/assets/site.css']]);
  const again = await fetch(`${url}/assets/site.css`, { headers: { 'If-None-Match': first.headers.get('etag') ?? '' } });
  assert.equal(again.status, 304);
});

test('a release\'s files are for every origin and, outside of a demo, for ever', async (t) => {
  const [demo, real] = [await openSite(t), await openSite(t, false)];
  const [first, second] = [await fetch(`${demo.url}/care-chat/1.2.3/care-chat.js`), await fetch(`${real.url}/care-chat/1.2.3/care-chat.js`)];
  for (const response of [first, second]) {
    assert.deepEqual([response.status, response.headers.get('access-control-allow-origin'), response.headers.get('content-type')], [200, '*', 'text/javascript; charset=utf-8']);
  }
  assert.equal(first.headers.get('cache-control'), 'no-cache');
  assert.equal(second.headers.get('cache-control'), 'public, max-age=31536000, immutable');
  assert.equal((await fetch(`${real.url}/care-chat/9.9.9/care-chat.js`)).headers.get('content-type'), 'application/problem+json');
});

test('nothing outside of the folders can be had, by no spelling, and no hidden file', async (t) => {
  const { url } = await openSite(t);
  for (const path of ['/../outside.txt', '/%2e%2e/outside.txt', '/..%2foutside.txt', '/assets/..%5c..%5coutside.txt', '/link.txt', '/linked/', '/linked', '/.secret', '/care-chat/../../outside.txt', '/%00', '/%zz']) {
    assert.equal(await rawStatus(url, path), 404, path);
  }
  assertRefused(await call(url, 'POST', '/'), 'not-found');
  // A compressed form that is a link out is not served: one is made instead.
  assert.equal(await (await fetch(`${url}/assets/site.css`, { headers: { 'Accept-Encoding': 'br' } })).text(), files['site/assets/site.css']);
  assert.equal((await fetch(`${url}/desk/inner.html`)).status, 200, 'a link that stays inside');
});
