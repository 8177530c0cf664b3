import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { describe, it } from 'node:test';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { Parser } from '@asyncapi/parser';

const root = fileURLToPath(new URL('../../../', import.meta.url));
const run = promisify(execFile);

/** Lints without a word to the network: no telemetry, no look for a newer version. */
const lint = (file: string): Promise<{ readonly stdout: string; readonly stderr: string }> =>
  run(process.execPath, [`${root}node_modules/@redocly/cli/bin/cli.js`, 'lint', '--extends', 'recommended', '--format', 'json', file], {
    cwd: root, env: { ...process.env, REDOCLY_TELEMETRY: 'off', REDOCLY_SUPPRESS_UPDATE_NOTICE: 'true', CI: 'true' },
  });

describe('the documents', () => {
  for (const file of ['types/openapi.json', 'types/asyncapi.json']) {
    it(`${file} passes redocly without an error or a warning`, async () => {
      const { stdout } = await lint(file);
      const { totals } = JSON.parse(stdout) as { readonly totals: { readonly errors: number; readonly warnings: number } };
      assert.deepEqual([totals.errors, totals.warnings], [0, 0], stdout.slice(0, 2000));
    });
  }

  it('types/asyncapi.json passes the AsyncAPI parser', async () => {
    const { document, diagnostics } = await new Parser().parse(readFileSync(`${root}types/asyncapi.json`, 'utf8'));
    const errors = diagnostics.filter(({ severity }) => severity === 0);
    assert.deepEqual(errors.map(({ message, path }) => `${path.join('/')}: ${message}`), []);
    assert(document);
  });
});
