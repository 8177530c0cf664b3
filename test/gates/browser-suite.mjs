/** The browser tests: runs web-test-runner in the engines that are there, and counts its JSON report per engine. */
import { mkdtempSync, readFileSync, rmSync, existsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { filesUnder } from '../../demo/prepare.mjs';
import { runTool } from './run-process.mjs';

const summarise = (engine, rows, files) => {
  const result = { name: `browser: ${engine}`, passed: 0, failed: 0, skipped: 0, failures: [] };
  for (const file of files) {
    const row = rows.find((one) => one.engine === engine && one.file.endsWith(file));
    const fail = (text) => {
      result.failed += 1;
      result.failures.push(`${engine} ${file}: ${text}`);
    };
    if (row === undefined) {
      fail('was not run');
      continue;
    }
    for (const test of row.tests) {
      if (test.state === 'failed') fail(`${test.name}\n    ${test.error ?? ''}`);
      else result[test.state] += 1;
    }
    const hasFailedTest = row.tests.some((test) => test.state === 'failed');
    if (row.errors.length > 0 || (!row.passed && !hasFailedTest)) fail(row.errors.join('\n    ') || 'the page failed outside a test');
    if (row.tests.length === 0 && row.errors.length === 0 && !process.env.CARE_GREP) fail('no test was read');
  }
  return result;
};

/** Runs the browser tests in the given engines; every engine is one suite. */
export const runBrowserSuites = async ({ engines, only, grep }) => {
  const files = filesUnder('dist/test').filter((path) => path.endsWith('.browser.test.js') && (only === undefined || path.includes(only)));
  if (files.length === 0) {
    return engines.map((engine) => ({ name: `browser: ${engine}`, passed: 0, failed: 1, skipped: 0, failures: [`${engine}: no test file was found`] }));
  }
  const { findEngine, startWebkitDriver } = await import('../../dist/test/support/node/engines.js');
  const folder = mkdtempSync(join(tmpdir(), 'care-chat-report-'));
  const driver = engines.includes('webkit') ? await startWebkitDriver(findEngine('webkit')) : undefined;
  try {
    const report = join(folder, 'report.json');
    const env = {
      CARE_ENGINES: engines.join(','),
      CARE_TEST_FILES: files.join(','),
      CARE_REPORT: report,
      ...(grep === undefined ? {} : { CARE_GREP: grep }),
      ...(driver === undefined ? {} : { CARE_WEBKIT_PORT: String(driver.port) }),
    };
    const { code, output } = await runTool('@web/test-runner/dist/bin.js', ['--config', 'web-test-runner.config.mjs'], { env, live: true });
    if (!existsSync(report)) {
      return engines.map((engine) => ({ name: `browser: ${engine}`, passed: 0, failed: 1, skipped: 0, failures: [`${engine}: no report was written\n${output}`] }));
    }
    const rows = JSON.parse(readFileSync(report, 'utf8'));
    const results = engines.map((engine) => summarise(engine, rows, files));
    if (code !== 0 && results.every((one) => one.failed === 0)) {
      results[0].failed += 1;
      results[0].failures.push(`the runner ended with exit code ${code} though every test passed\n${output.slice(-2000)}`);
    }
    return results;
  } finally {
    await driver?.stop();
    rmSync(folder, { recursive: true, force: true });
  }
};
