import assert from 'node:assert/strict';
import { readFileSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { fileURLToPath } from 'node:url';
import { runConformance, type ConformanceReport } from '../../src/conformance/main.js';
import { openServer, pageOrigin, plainConfig } from '../support/node/test-server.js';

const account = { email: 'ben@clinic.test', password: 'correct-horse' };
const unlimited = { ...plainConfig, limits: { ...plainConfig.limits, submitPerMin: 1000 } };
const failures = ({ cases }: ConformanceReport): readonly string[] => cases.filter(({ outcome }) => outcome === 'fail').map(({ clause, name, detail }) => `${clause} ${name}: ${detail}`);
/** What was skipped although it could have been tested. */
const skips = ({ cases }: ConformanceReport): readonly string[] => cases.filter(({ outcome, detail }) => outcome === 'skip' && !detail?.startsWith('not applicable: ')).map(({ clause, name }) => `${clause} ${name}`);

describe('the kit against the reference backend', () => {
  it('passes both levels, sending nothing that the schemas do not know', async (t) => {
    const { url } = await openServer(t, { file: unlimited });
    const report = await runConformance({ url, widget: 'main', level: 'desk', seed: 42, agent: account, strict: true });
    assert.deepEqual(failures(report), []);
    assert.equal(report.exitCode, 0);
    assert.equal(report.failed, 0);
    assert(report.passed > 60, `${report.passed} passed`);
  });

  it('passes as a browser of an allowed origin, with a required consent and a form before the chat', async (t) => {
    const folder = mkdtempSync(join(tmpdir(), 'care-chat-kit-'));
    t.after(() => rmSync(folder, { recursive: true, force: true }));
    const questionnaire: unknown = JSON.parse(readFileSync(fileURLToPath(new URL('../../../demo/pre-chat.json', import.meta.url)), 'utf8'));
    const [widget] = plainConfig.widgets;
    const { url } = await openServer(t, { file: { ...unlimited, widgets: [{ ...widget, preChat: questionnaire, consents: [{ purpose: 'chat', version: '1', required: true, text: { en: 'We keep this.' } }] }] } });
    const file = join(folder, 'report.json');
    const lines: string[] = [];
    const report = await runConformance({ url, origin: pageOrigin, quick: true, strict: true, report: file, print: (line) => lines.push(line) });
    assert.deepEqual(failures(report), []);
    assert.deepEqual(skips(report), []);
    assert.deepEqual(JSON.parse(readFileSync(file, 'utf8')), JSON.parse(JSON.stringify(report)));
    assert.match(lines.at(-1) ?? '', /^\d+ passed, 0 failed, \d+ skipped$/);
  });

  it('fails, and does not throw, where nothing answers', async () => {
    const report = await runConformance({ url: 'http://127.0.0.1:9', only: 'S-3', timeoutMs: 500 });
    assert.equal(report.exitCode, 1);
    assert.equal(report.passed, 0);
  });
});
