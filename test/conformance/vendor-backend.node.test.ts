import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { describe, it, type TestContext } from 'node:test';
import { createAdapter } from '../../src/conformance/adapter.js';
import { runConformance } from '../../src/conformance/main.js';
import type { ConformanceReport } from '../../src/conformance/report.js';
import { freePort } from '../support/node/engines.js';
import { assertCoreInTime, failures } from '../support/node/kit-report.js';
import { projectRoot } from '../support/node/server.js';
import { openVendorBackend, requirePython, vendorFolder, type VendorBackend, type VendorOptions } from '../support/node/vendor-backend.js';

const python = await requirePython();
const options = { skip: python === undefined ? 'no Python with websockets' : false };
const pageOrigin = 'https://www.clinic.test';
const skips = ({ cases }: ConformanceReport): readonly (string | null)[] => cases.filter(({ outcome }) => outcome === 'skip').map(({ detail }) => detail);
const outcomeOf = ({ cases }: ConformanceReport, name: RegExp): readonly string[] => cases.filter((item) => name.test(item.name)).map(({ outcome }) => outcome);

async function open(t: TestContext, more: Omit<VendorOptions, 'python'> = {}): Promise<VendorBackend> {
  const backend = await openVendorBackend({ python: python!, ...more });
  t.after(() => backend.dispose());
  return backend;
}

/** What the kit may do to it beside the protocol. */
const adapterOf = (backend: VendorBackend): ReturnType<typeof createAdapter> => createAdapter({
  kill9: async () => {
    await backend.kill();
    await backend.start();
  },
  restart: async () => {
    await backend.stop();
    await backend.start();
  },
  newEpoch: async () => {
    await backend.stop();
    await backend.start('--restored');
  },
  agentSend: ({ conversationId, text }: Readonly<Record<string, unknown>>) => backend.type(`${String(conversationId)} ${String(text)}`),
  close: ({ conversationId }: Readonly<Record<string, unknown>>) => backend.type(`${String(conversationId)} /close`),
});

describe('the second backend', options, () => {
  it('has fewer than 600 lines, comments and all, none of them over 130 wide', () => {
    const lines = readdirSync(vendorFolder).filter((name) => name.endsWith('.py')).flatMap((name) => readFileSync(join(vendorFolder, name), 'utf8').trimEnd().split('\n'));
    assert(lines.length > 400 && lines.length < 600, `${lines.length} lines`);
    assert.deepEqual(lines.filter((line) => line.length > 130), []);
  });

  it('passes core, auth and chaos, killed and restarted on the way, sending nothing that the schemas do not know', async (t) => {
    const backend = await open(t);
    const report = await runConformance({ url: backend.url, widget: 'main', levels: ['core', 'auth', 'chaos'], seed: 42, strict: true, adapter: adapterOf(backend) });
    assert.deepEqual(failures(report), []);
    assert.equal(report.exitCode, 0);
    assert(report.passed > 100, `${report.passed} passed`);
    assertCoreInTime(report);
    assert.deepEqual(outcomeOf(report, /^killed /), ['pass', 'pass']);
    assert.deepEqual(outcomeOf(report, /^what staff writes|that staff has ended/), ['pass', 'pass']);
    assert.deepEqual(skips(report).filter((detail) => !/^needs (the adapter's|--origin)/.test(detail ?? '')), []);
    assert.deepEqual(outcomeOf(report, /^a new epoch /), ['pass', 'pass']);
    assert.doesNotMatch(backend.output(), /in a request|Traceback|was never/);
  });

  it('passes core as a browser of an allowed origin, with a required consent', async (t) => {
    const consents = [{ purpose: 'chat', version: '1', required: true, text: { en: 'We keep this.', es: 'Lo guardamos.' } }];
    const backend = await open(t, { origins: [pageOrigin], widget: { consents } });
    const report = await runConformance({ url: backend.url, origin: pageOrigin, quick: true, strict: true, adapter: adapterOf(backend) });
    assert.deepEqual(failures(report), []);
    assert.deepEqual(skips(report), ['needs the adapter\'s `assign`, `transfer`', 'needs the adapter\'s `assign`, `typing`', 'needs the adapter\'s `setAvailability`']);
  });

  it('lets no second process write the same file, and says so', async (t) => {
    const backend = await open(t);
    const { code, said } = await backend.second();
    assert.equal(code, 1);
    assert.match(said, /^Another process uses .*chat\.db: end it, or name another file/);
  });

  it('is what a vendor has who follows the quick start: every line of it runs, and it ends with a green core', async (t) => {
    const specification = readFileSync(join(projectRoot, 'src/protocol/README.md'), 'utf8');
    const chapter = specification.slice(specification.indexOf('\n## 13.'));
    const blocks = [...chapter.matchAll(/^( *)```sh\n([^]*?)^\1```$/gm)].map(([, indent, text]) => text!.replaceAll(new RegExp(`^${indent}`, 'gm'), ''));
    assert(blocks.length >= 5, `${blocks.length} blocks`);
    const data = mkdtempSync(join(tmpdir(), 'care-chat-quick-start-'));
    t.after(() => rmSync(data, { recursive: true, force: true }));
    // In a vendor's project `npx care-chat` is the published command; here it is this checkout's.
    const script = ['set -euo pipefail', 'npx() { shift; node dist/src/cli/main.js "$@"; }', 'trap \'kill $(jobs -p)\' EXIT', ...blocks].join('\n');
    const port = await freePort();
    const said = await new Promise<string>((resolve, reject) => {
      const shell = spawn('bash', ['-c', script], { cwd: projectRoot, env: { ...process.env, PORT: String(port), DATA: join(data, 'chat.db'), PATH: `${dirname(process.execPath)}${delimiter}${process.env['PATH']}` }, stdio: ['ignore', 'pipe', 'pipe'] });
      let text = '';
      for (const stream of [shell.stdout, shell.stderr]) stream.setEncoding('utf8').on('data', (chunk: string) => void (text += chunk));
      shell.once('close', (code) => (code === 0 ? resolve(text) : reject(new Error(`the quick start ended with ${code}:\n${text}`))));
    });
    assert.match(said, /"protocol": "care-chat"/);
    assert.match(said, /"dup": true/);
    assert.match(said, /"cmid-reused"/);
    assert.match(said, /"text": "Are you there\?"/);
    const [, passed, of] = said.match(/care-chat v1 core (\d+)\/(\d+)/) ?? [];
    assert.equal(passed, of);
    assert(Number(passed) > 60, said);
  });
});
