/** The node:test suites: runs compiled files in processes of their own and counts the events of Node's own runner. */
import { run } from 'node:test';
import { join } from 'node:path';
import { filesUnder, root } from '../../demo/prepare.mjs';

const describeError = (error) => {
  const cause = error?.cause ?? error;
  return typeof cause === 'object' && cause !== null ? (cause.stack ?? cause.message ?? String(cause)) : String(cause);
};

/**
 * Runs the files whose name ends so.
 * @param {{ name: string, ending: string, only?: string, grep?: string, concurrency?: number, timeoutMs?: number, env?: Record<string, string> }} options
 */
export const runNodeSuite = ({ name, ending, only, grep, concurrency = 2, timeoutMs = 120_000, env = {} }) =>
  new Promise((resolve) => {
    const files = filesUnder('dist/test').filter((path) => path.endsWith(ending) && (only === undefined || path.includes(only)));
    const result = { name, passed: 0, failed: 0, skipped: 0, failures: [] };
    const seen = new Map(files.map((file) => [join(root, file), 0]));
    const fail = (text) => {
      result.failed += 1;
      result.failures.push(`${name}: ${text}`);
      console.log(`  ✗ ${text.split('\n')[0]}`);
    };
    if (files.length === 0) {
      fail('no test file was found');
      resolve(result);
      return;
    }
    // A file's process inherits our environment; two suites with different values never run at the same time.
    Object.assign(process.env, env);
    const stream = run({
      files: [...seen.keys()],
      concurrency,
      timeout: timeoutMs,
      ...(grep === undefined ? {} : { testNamePatterns: [new RegExp(grep)] }),
    });
    const isWholeFile = (event) => [...seen.keys()].includes(event.name) || files.includes(event.name);
    const count = (file) => seen.has(file) && seen.set(file, seen.get(file) + 1);
    stream.on('test:pass', (event) => {
      if (event.details?.type === 'suite' || isWholeFile(event)) return;
      count(event.file);
      if (event.skip !== undefined || event.todo !== undefined) result.skipped += 1;
      else result.passed += 1;
    });
    stream.on('test:fail', (event) => {
      const type = event.details?.error?.failureType;
      // A suite fails when a test of it failed: that test is counted already. A suite that failed by itself (a hook) is not.
      if (event.details?.type === 'suite' && type === 'subtestsFailed') return;
      if (isWholeFile(event) && (seen.get(event.name) ?? 0) > 0 && type === 'subtestsFailed') return;
      count(event.file);
      if (event.todo !== undefined) result.skipped += 1;
      else fail(`${event.name} (${String(event.file ?? '').replace(`${root}/`, '')})\n    ${describeError(event.details?.error)}`);
    });
    stream.on('test:stderr', (event) => process.stderr.write(event.message));
    stream.on('test:stdout', (event) => process.env.CARE_VERBOSE && process.stdout.write(event.message));
    stream.once('error', (error) => fail(describeError(error)));
    stream.once('end', () => {
      for (const key of Object.keys(env)) delete process.env[key];
      for (const [file, tests] of seen) if (tests === 0 && grep === undefined) fail(`no test was read in ${file.replace(`${root}/`, '')}`);
      if (result.passed + result.failed === 0) fail('no test was read');
      resolve(result);
    });
    stream.resume();
  });
