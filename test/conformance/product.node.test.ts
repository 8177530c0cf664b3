import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, it, type TestContext } from 'node:test';
import { fileURLToPath } from 'node:url';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { AdapterMistake, createAdapter, loadAdapter, operations } from '../../src/conformance/adapter.js';
import { toJunit } from '../../src/conformance/junit.js';
import { KnownFailuresMistake, parseKnownFailures } from '../../src/conformance/known-failures.js';
import { levelsOf, runConformance } from '../../src/conformance/main.js';
import type { Rule } from '../../src/conformance/proxy/rules.js';
import { reportSchema, toReport, type CaseResult } from '../../src/conformance/report.js';
import { openServer, plainConfig } from '../support/node/test-server.js';

const main = fileURLToPath(new URL('../../src/cli/main.js', import.meta.url));
const unlimited = { ...plainConfig, limits: { ...plainConfig.limits, submitPerMin: 1000 } };
const validate = new Ajv2020({ strict: true, allowUnionTypes: true }).compile(reportSchema);

function folderOf(t: TestContext): string {
  const folder = mkdtempSync(join(tmpdir(), 'care-chat-kit-'));
  t.after(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

async function listening(t: TestContext, server: Server): Promise<string> {
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  t.after(() => {
    server.closeAllConnections();
    server.close();
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

const result = (more: Partial<CaseResult>): CaseResult => ({ id: 'S-1.1/a', clause: 'S-1.1', level: 'core', name: 'a', outcome: 'pass', known: false, detail: null, durationMs: 5, ...more });
const reportOf = (cases: readonly CaseResult[], stopped: string | null = null) => toReport({ format: 'care-chat-conformance-1', url: 'http://x', levels: ['core'], seed: 1, startedAt: 1, durationMs: 2, fixed: [], unfired: [], stopped, clauses: { covered: 1, testable: 1 }, cases }, true);

describe('a run', () => {
  it('ends with code 3 and in words where nothing answers', async () => {
    const lines: string[] = [];
    const report = await runConformance({ url: 'http://127.0.0.1:9', timeoutMs: 500, print: (line) => lines.push(line) });
    assert.deepEqual([report.exitCode, report.cases.length], [3, 0]);
    assert.match(lines.join('\n'), /could not be reached: .*no answer/);
    assert.ok(validate(report), JSON.stringify(validate.errors));
  });

  it('ends in bounded time where a server takes every request and answers none', { timeout: 10_000 }, async (t) => {
    const report = await runConformance({ url: await listening(t, createServer(() => {})), timeoutMs: 300 });
    assert.equal(report.exitCode, 3);
  });

  it('stops where a server stops answering in the middle, and says so', { timeout: 60_000 }, async (t) => {
    const { url } = await openServer(t, { file: unlimited });
    let asked = 0;
    const front = await listening(t, createServer((request, response) => {
      // The first discoveries are answered, then nothing is.
      if (++asked > 3) return;
      void fetch(`${url}${request.url ?? ''}`).then(async (answer) => response.writeHead(answer.status, { 'content-type': 'application/json' }).end((await answer.text()).replaceAll(`${url}/v1`, `${front}/v1`)));
    }));
    const report = await runConformance({ url: front, timeoutMs: 300, quick: true });
    assert.equal(report.exitCode, 1);
    assert.match(report.stopped ?? '', /stopped answering after \d+ of/);
    assert.ok(report.cases.length < 20, `${report.cases.length} cases`);
  });

  it('ends early with what it knows when it is asked to, and is not green', async (t) => {
    const { url } = await openServer(t, { file: unlimited });
    const stop = new AbortController();
    let seen = 0;
    const report = await runConformance({ url, signal: stop.signal, print: (line) => {
      if (line.startsWith('[') && ++seen === 3) stop.abort();
    } });
    assert.deepEqual([report.exitCode, report.passed], [1, 3]);
    assert.match(report.stopped ?? '', /stopped by request after 3 of/);
  });

  it('repeats ids, texts and order with its seed', async (t) => {
    const once = async (seed: number): Promise<readonly string[]> => {
      const bodies: string[] = [];
      const { url } = await openServer(t, { file: unlimited });
      const front = await listening(t, createServer((request, response) => {
        void (async () => {
          let body = '';
          for await (const chunk of request.setEncoding('utf8')) body += String(chunk);
          if (request.url === '/v1/sessions') bodies.push(body);
          const headers = Object.fromEntries(Object.entries(request.headers).filter(([name]) => name === 'content-type' || name === 'authorization')) as Record<string, string>;
          const answer = await fetch(`${url}${request.url ?? ''}`, { method: request.method ?? 'GET', headers, ...(body !== '' && { body }) });
          response.writeHead(answer.status, { 'content-type': answer.headers.get('content-type') ?? '' }).end((await answer.text()).replaceAll(`${url}/v1"`, `${front}/v1"`));
        })();
      }));
      await runConformance({ url: front, seed, only: 'S-4.2,S-6.1,S-9.3' });
      return bodies;
    };
    const [first, again, other] = [await once(7), await once(7), await once(8)];
    assert.ok(first.length > 3);
    assert.deepEqual(again, first);
    assert.notDeepEqual(other, first);
  });

  it('counts a known failure apart, tells one that is fixed, and names the clause where to read', async (t) => {
    const { url } = await openServer(t, { file: unlimited });
    const front = await listening(t, createServer((request, response) => {
      void fetch(`${url}${request.url ?? ''}`).then(async (answer) => response.writeHead(200, { 'content-type': 'application/json' }).end(await answer.text()));
    }));
    const [wrong, fine] = ['S-3.2/an-unknown-widget-is-told', 'S-3.3/there-is-an-emergency-line'];
    const only = `${wrong},${fine}`;
    const lines: string[] = [];
    assert.equal((await runConformance({ url: front, only })).exitCode, 1);
    const report = await runConformance({ url: front, only, knownFailures: new Set([wrong, fine]), print: (line) => lines.push(line) });
    assert.deepEqual([report.exitCode, report.known, report.failed, report.fixed], [0, 1, 0, [fine]]);
    assert.ok(lines.includes(`fixed, remove the line: ${fine}`));
    assert.match(report.cases.find(({ id }) => id === wrong)?.detail ?? '', /status: expected 404, got 200; read S-3\.2 in the specification, §3$/);
    assert.ok(validate(report), JSON.stringify(validate.errors));
  });

  it('brings core with desk, and nothing twice', () => {
    assert.deepEqual(levelsOf(['desk', 'core', 'chaos']), ['core', 'desk', 'chaos']);
  });
});

describe('the list of known failures', () => {
  it('has ids and comments, and is refused with the line that names no case', () => {
    assert.deepEqual([...parseKnownFailures('# all\nS-1.1/a  # later\r\n\n', new Set(['S-1.1/a']))], ['S-1.1/a']);
    assert.throws(() => parseKnownFailures('\nS-1.1/b', new Set(['S-1.1/a'])), (error) => error instanceof KnownFailuresMistake && /line 2 .*"S-1\.1\/b"/.test(error.message));
  });
});

describe('the adapter', () => {
  it('is refused with a name that is no operation, with what is no function, and empty', () => {
    assert.throws(() => createAdapter({ kill_9: () => {} }), (error) => error instanceof AdapterMistake && /"kill_9", which is no operation\. Operations: .*kill9/.test(error.message));
    assert.throws(() => createAdapter({ kill9: 1 }), /"kill9" is no function/);
    assert.throws(() => createAdapter({}), /no operation/);
  });

  it('is a module of functions, by name or as default; what is absent is skipped by its name', async (t) => {
    const file = join(folderOf(t), 'vendor.mjs');
    writeFileSync(file, 'export const now = ({ offsetMs }) => ({ now: offsetMs });\nexport default { restart() { throw new TypeError("port taken"); } };\n');
    const adapter = await loadAdapter(file);
    assert.deepEqual([adapter.has('now'), adapter.has('restart'), adapter.has('kill9')], [true, true, false]);
    assert.deepEqual(await adapter.call('now', { offsetMs: 5 }), { now: 5 });
    await assert.rejects(adapter.call('restart'), /`restart` failed: TypeError: port taken/);
    await assert.rejects(adapter.call('kill9'), /needs the adapter's operation `kill9`/);
    await assert.rejects(loadAdapter(join(tmpdir(), 'no-such-adapter.mjs')), /cannot be read/);
  });

  it('is an address: 404 and 501 say that an operation is absent', async (t) => {
    const asked: string[] = [];
    const url = await listening(t, createServer((request, response) => {
      asked.push(`${request.method} ${request.url}`);
      response.writeHead(request.url?.endsWith('/revoke') ? 200 : 501).end('{}');
    }));
    const adapter = await loadAdapter(url);
    assert.deepEqual(await adapter.call('revoke', { visitorId: 'v_1' }), {});
    await assert.rejects(adapter.call('prune'), /needs the adapter's operation `prune`/);
    assert.deepEqual([adapter.has('revoke'), adapter.has('prune'), asked[0]], [true, false, 'POST /_care/test/revoke']);
  });

  it('of the documents can be used as it stands there', async (t) => {
    const file = join(folderOf(t), 'vendor.mjs');
    const guide = readFileSync(fileURLToPath(new URL('../../../src/conformance/README.md', import.meta.url)), 'utf8');
    writeFileSync(file, /```js\n(.*?)```/s.exec(guide)?.[1] ?? '');
    const adapter = await loadAdapter(file);
    assert.ok(adapter.has('kill9') && adapter.has('now'));
    for (const name of Object.keys(operations)) assert.ok(guide.includes(name), `the guide does not name ${name}`);
  });

  it('that a case needs and is not there is named in the report', async (t) => {
    const { url } = await openServer(t, { file: unlimited });
    const report = await runConformance({ url, levels: ['chaos'], only: 'S-5.3' });
    assert.deepEqual(report.cases.map(({ outcome, detail }) => [outcome, detail]), [['skip', 'needs the adapter\'s `kill9`'], ['skip', 'needs the adapter\'s `kill9`']]);
    assert.equal(report.exitCode, 1);
  });
});

describe('faults for a whole run', () => {
  const guide = readFileSync(fileURLToPath(new URL('../../../src/conformance/README.md', import.meta.url)), 'utf8');
  const documented = JSON.parse(/```json\n(\[.*?)```/s.exec(guide)?.[1] ?? '') as readonly Rule[];

  it('as the documents show them are met by a backend that keeps the specification', async (t) => {
    const { url } = await openServer(t, { file: unlimited });
    const lines: string[] = [];
    const report = await runConformance({ url, only: 'S-5.6,S-4.10', faults: documented, print: (line) => lines.push(line) });
    assert.deepEqual([report.exitCode, report.passed, report.unfired], [0, 2, []], lines.join('\n'));
    assert.ok(validate(report), JSON.stringify(validate.errors));
  });

  it('of which one never fired are told, and the run is not green', async (t) => {
    const { url } = await openServer(t, { file: unlimited });
    const lines: string[] = [];
    const report = await runConformance({ url, only: 'S-4.10', faults: documented, print: (line) => lines.push(line) });
    assert.deepEqual([report.exitCode, report.failed, report.unfired], [1, 0, ['acknowledgements are slow']]);
    assert.ok(lines.includes('this rule never fired, so nothing is proved by it: acknowledgements are slow'));
  });

  it('that the proxy does not know are refused by their name, before anything is asked', async (t) => {
    const file = join(folderOf(t), 'faults.json');
    for (const [text, said] of [
      ['[{ "match": { "on": "frame-to-client", "t": "ok" }, "action": { "do": "vanish" } }]', /rule 1, action: unknown action "vanish"; there are refuse, cut/],
      ['[{ "match": { "on": "frame-to-client", "type": "ok" }, "action": { "do": "cut" } }]', /rule 1, match frame-to-client: unknown field "type"/],
      ['[', /that is not JSON/],
    ] as const) {
      writeFileSync(file, text);
      const kit = spawn(process.execPath, [main, 'conformance', '--url', 'http://127.0.0.1:9', '--faults', file], { stdio: ['ignore', 'ignore', 'pipe'] });
      let out = '';
      kit.stderr.setEncoding('utf8').on('data', (chunk: string) => (out += chunk));
      const [code] = await once(kit, 'exit') as [number];
      assert.equal(code, 2, out);
      assert.match(out, said);
    }
  });
});

describe('the reports', () => {
  it('as JUnit are escaped, and say known, skipped and stopped', () => {
    const xml = toJunit(reportOf([result({}), result({ id: 'S-1.1/b', outcome: 'fail', detail: '<"&\'\u0000\ud800>\n' }), result({ id: 'S-1.1/c', outcome: 'fail', known: true, detail: 'x' }), result({ id: 'S-1.1/d', outcome: 'skip', detail: 'y' })], 'halt & stop'));
    assert.match(xml, /tests="4" failures="1" errors="0" skipped="2"/);
    assert.ok(xml.includes('<failure message="a: &#60;&#34;&#38;&#39;\ufffd\ufffd&#62;&#10;"/>'));
    assert.ok(xml.includes('<skipped message="known failure: a: x"/>') && xml.includes('<error message="halt &#38; stop"/>'));
    assert.ok(!/&(?!#\d+;)/.test(xml));
  });

  it('are hashed: what differs has another badge', () => {
    const [one, two] = [reportOf([result({})]), reportOf([result({ durationMs: 6 })])];
    assert.match(one.badges[0] ?? '', /^care-chat v1 core 1\/1 sha256:[0-9a-f]{16}$/);
    assert.notEqual(one.hash, two.hash);
  });
});

describe('care-chat conformance, as a process', () => {
  it('ends on SIGINT with what it knows', { timeout: 60_000 }, async (t) => {
    const { url } = await openServer(t, { file: unlimited });
    const kit = spawn(process.execPath, [main, 'conformance', '--url', url], { stdio: ['ignore', 'pipe', 'pipe'] });
    let out = '';
    kit.stdout.setEncoding('utf8').on('data', (chunk: string) => {
      out += chunk;
      if (/\[ *3\//.test(out)) kit.kill('SIGINT');
    });
    const [code] = await once(kit, 'exit') as [number];
    assert.equal(code, 1);
    assert.match(out, /stopped by request after \d+ of \d+ cases/);
    assert.match(out, /care-chat v1 core/);
  });
});
