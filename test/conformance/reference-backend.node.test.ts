import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, it, type TestContext } from 'node:test';
import { fileURLToPath } from 'node:url';
import { levels } from '../../src/conformance/case.js';
import { runConformance } from '../../src/conformance/main.js';
import type { ConformanceReport, Outcome } from '../../src/conformance/report.js';
import { guide, withBot } from '../support/node/bot-config.js';
import { withCobrowse } from '../support/node/relay-client.js';
import { freePort } from '../support/node/engines.js';
import { assertCoreInTime, failures } from '../support/node/kit-report.js';
import { openServer, pageOrigin, plainConfig } from '../support/node/test-server.js';

const account = { email: 'ben@clinic.test', password: 'correct-horse' };
const main = fileURLToPath(new URL('../../src/cli/main.js', import.meta.url));
const adapter = fileURLToPath(new URL('../../src/conformance/adapters/reference-adapter.js', import.meta.url));
const preChat: unknown = JSON.parse(readFileSync(fileURLToPath(new URL('../../../demo/pre-chat.json', import.meta.url)), 'utf8'));
const forms = { intake: { resourceType: 'Questionnaire', url: 'urn:test:intake', version: '1', status: 'active', item: [{ linkId: 'why', text: 'Why?', type: 'string', required: true }] } };
/** A required consent, a form before the chat, one in it, which is offered after it as well. */
const asking = { ...plainConfig.widgets[0], preChat, forms, rating: 'intake', consents: [{ purpose: 'chat', version: '1', required: true, text: { en: 'We keep this.' } }] };
const unlimited = { ...plainConfig, limits: { ...plainConfig.limits, submitPerMin: 1000 } };
const reasons = ({ cases }: ConformanceReport, outcome: Outcome): readonly string[] => cases.filter((item) => item.outcome === outcome).map(({ id, detail }) => `${id}: ${detail}`);

function folderOf(t: TestContext): string {
  const folder = mkdtempSync(join(tmpdir(), 'care-chat-kit-'));
  t.after(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

describe('the kit against the reference backend', () => {
  it('passes core, auth and desk, sending nothing that the schemas do not know', async (t) => {
    const { url } = await openServer(t, { file: unlimited });
    const report = await runConformance({ url, widget: 'main', levels: ['desk', 'auth'], seed: 42, agent: account, strict: true });
    assert.deepEqual(failures(report), []);
    assert.equal(report.exitCode, 0);
    assert.equal(report.failed, 0);
    assert(report.passed > 100, `${report.passed} passed`);
    assertCoreInTime(report);
  });

  it('passes as a browser of an allowed origin, with a required consent and a form before the chat', async (t) => {
    const folder = folderOf(t);
    const { url } = await openServer(t, { file: { ...unlimited, widgets: [asking] } });
    const file = join(folder, 'report.json');
    const lines: string[] = [];
    const report = await runConformance({ url, origin: pageOrigin, quick: true, strict: true, report: file, print: (line) => lines.push(line) });
    assert.deepEqual(failures(report), []);
    assert.deepEqual(reasons(report, 'skip').filter((reason) => !reason.includes(': needs the adapter\'s ')), []);
    assert.deepEqual(JSON.parse(readFileSync(file, 'utf8')), JSON.parse(JSON.stringify(report)));
    assert.match(lines.at(-2) ?? '', /^\d+ passed, 0 failed, \d+ skipped, \d+ not applicable, /);
    assert.equal(lines.at(-1), `care-chat v1 core ${report.passed}/${report.passed} (${report.skipped} skipped) sha256:${report.hash.slice(0, 16)}`);
  });

  it('passes bot at a widget where one answers, each case of it', async (t) => {
    const file = withBot({ guide });
    const { url } = await openServer(t, { file: { ...file, widgets: file.widgets.map((widget) => ({ ...widget, forms })), limits: unlimited.limits } });
    const report = await runConformance({ url, widget: 'main', levels: ['bot'], seed: 42, strict: true });
    assert.deepEqual(failures(report), []);
    assert.deepEqual(reasons(report, 'not-applicable').filter((reason) => !/: capability `[a-z.]+` is draft$/.test(reason)), []);
    assert(report.passed >= 9, `${report.passed} passed`);
  });

  it('passes relay at a widget that has co-browse on, each case of it', async (t) => {
    const { url } = await openServer(t, { file: { ...withCobrowse(), limits: unlimited.limits } });
    const report = await runConformance({ url, widget: 'main', levels: ['relay'], seed: 42, agent: account, strict: true });
    assert.deepEqual(failures(report), []);
    assert.deepEqual([...reasons(report, 'not-applicable'), ...reasons(report, 'skip')], []);
    assert(report.passed >= 16, `${report.passed} passed`);
  });

  it('passes every case there is through its adapter, killed and restarted on the way; what is not applicable is a missing capability, and no process is left', { timeout: 300_000 }, async (t) => {
    const folder = folderOf(t);
    const [config, junit, out] = ['care-chat.config.json', 'out.xml', 'out.json'].map((name) => join(folder, name));
    // Low enough that the kit reaches them.
    const limits = { ...plainConfig.limits, submitPerMin: 200, resumeMax: 60, connectsPerSec: 200 };
    writeFileSync(config!, JSON.stringify({ ...plainConfig, limits, widgets: [asking], log: { level: 'silent' } }));
    const port = String(await freePort());
    const kit = spawn(process.execPath, [main, 'conformance', '--url', `http://localhost:${port}`, '--origin', pageOrigin, '--level', 'all', '--agent', account.email, '--adapter', adapter, '--seed', '42', '--junit', junit!, '--report', out!, '--strict'], {
      env: { ...process.env, CARE_CHAT_CONFIG: config, CARE_CHAT_DATA: folder, CARE_CHAT_PORT: port, CARE_CHAT_PASSWORD: account.password }, stdio: ['ignore', 'pipe', 'pipe'],
    });
    let said = '';
    for (const stream of [kit.stdout, kit.stderr]) stream.setEncoding('utf8').on('data', (chunk: string) => (said += chunk));
    const [code] = await once(kit, 'exit') as [number];
    assert.equal(code, 0, said);
    const report = JSON.parse(readFileSync(out!, 'utf8')) as ConformanceReport;
    assert.deepEqual(reasons(report, 'skip'), []);
    assert.deepEqual(reasons(report, 'not-applicable').filter((reason) => !/: capability `[a-z.]+` is (draft|not served at this widget)$/.test(reason)), []);
    assert.deepEqual(report.levels, Object.keys(levels));
    assert.match(said, /^care-chat v1 chaos (\d+)\/\1 sha256:[0-9a-f]{16}$/m);
    assert.match(readFileSync(junit!, 'utf8'), /failures="0"/);
    await assert.rejects(fetch(`http://localhost:${port}/`));
  });
});
