/** `care-chat form preview`: what its server gives, to whom, and how the command ends. The page itself: test/e2e/form-preview.e2e.test.ts. */
import assert from 'node:assert/strict';
import { get, type IncomingHttpHeaders } from 'node:http';
import { test } from 'node:test';
import { startPreview } from '../../src/cli/form-preview.js';
import { runCli } from '../../src/cli/run-cli.js';
import { prepareCli } from '../support/node/cli-calls.js';
import { item, questionnaire } from '../support/shared/questionnaires.js';

const { file, call } = prepareCli('form');
const form = file('form.json', questionnaire([item('a', 'string')]));

interface Answer {
  readonly status: number | undefined;
  readonly headers: IncomingHttpHeaders;
  readonly text: string;
}

const ask = (url: string, headers: Readonly<Record<string, string>> = {}): Promise<Answer> => new Promise((resolve, reject) => {
  get(url.replace('localhost', '127.0.0.1'), { agent: false, headers: { host: new URL(url).host, ...headers } }, (response) => {
    let text = '';
    response.setEncoding('utf8').on('data', (chunk) => (text += chunk)).on('end', () => resolve({ status: response.statusCode, headers: response.headers, text }));
  }).on('error', reject);
});

test('serves the page and the file under a strict policy, to this machine only', async () => {
  const server = await startPreview({ path: form, terminology: [], port: 0 });
  try {
    const page = await ask(server.url);
    assert.deepEqual([page.status, page.headers['content-type']], [200, 'text/html; charset=utf-8']);
    assert.doesNotMatch(page.text, /https?:|<style|<script(?! type="module" src="\/preview\.js">)/);
    for (const { headers } of [page, await ask(`${server.url}preview.json`), await ask(`${server.url}nothing`)]) {
      const policy = headers['content-security-policy'] as string;
      assert.match(policy, /^default-src 'none'; script-src 'self';/);
      assert.match(policy, /require-trusted-types-for 'script'/);
      assert.doesNotMatch(policy, /unsafe|\*|https?:|data:/);
      assert.equal(headers['cache-control'], 'no-store');
    }
    assert.equal((await ask(`${server.url}../../package.json`)).status, 404);
    // A name that somebody else lets point to this machine.
    assert.deepEqual([(await ask(server.url, { host: 'evil.example' })).status, (await ask(`${server.url}preview.json`, { host: `evil.example:${new URL(server.url).port}` })).text], [421, '']);
  } finally {
    await server.close();
  }
});

test('reads the file again for each load of the page, and tells there what is wrong with it', async () => {
  const server = await startPreview({ path: form, terminology: [file('sets.json', { resourceType: 'ValueSet' })], port: 0 });
  try {
    const read = async (): Promise<Record<string, unknown>> => JSON.parse((await ask(`${server.url}preview.json`)).text) as Record<string, unknown>;
    assert.deepEqual(await read(), { name: 'form.json', json: questionnaire([item('a', 'string')]), terminology: [{ resourceType: 'ValueSet' }] });
    file('form.json', '{"half": ');
    assert.match(String((await read())['error']), /is not JSON/);
    file('form.json', questionnaire([item('b', 'string')]));
    assert.deepEqual((await read())['json'], questionnaire([item('b', 'string')]));
  } finally {
    await server.close();
  }
});

test('says where it is, and ends when it is asked to', async () => {
  const out: string[] = [];
  let url = '';
  let status: number | undefined;
  const terminal = {
    env: {}, out: (line: string) => void out.push(line), error: (line: string) => void out.push(line), readInput: async () => null,
    stopRequested: () => new Promise<void>((resolve) => {
      const look = setInterval(() => {
        [url = ''] = /http:\/\/localhost:\d+\//.exec(out.join('\n')) ?? [];
        if (url === '') return;
        clearInterval(look);
        void ask(url).then((answer) => {
          status = answer.status;
          resolve();
        });
      }, 5);
    }),
  };
  assert.equal(await runCli(['form', 'preview', form], terminal), 0);
  assert.equal(status, 200);
  await assert.rejects(ask(url), /ECONNREFUSED/);
});

test('a mistake in the call is told in words', async () => {
  assert.match((await call('preview')).error, /needs FORM/);
  assert.match((await call('preview', 'nowhere.json')).error, /cannot read nowhere\.json/);
  assert.match((await call('preview', form, '--port', 'x')).error, /--port must be a port number/);
  const server = await startPreview({ path: form, terminology: [], port: 0 });
  const { code, error } = await call('preview', form, '--port', new URL(server.url).port);
  await server.close();
  assert.deepEqual([code, /is taken by another program/.test(error)], [1, true]);
});
