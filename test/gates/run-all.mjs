/** Orders the parts of `npm test`, prints what each counted, and the sum as the very last line. */
import { pruneCompiled } from '../../demo/prepare.mjs';
import { runBrowserSuites } from './browser-suite.mjs';
import { buildAll, compile, runLayers, runLint, runGenerated, runSizes, runTypes, takeGenerated } from './static-gates.mjs';
import { runNodeSuite } from './node-suite.mjs';

const parts = ['types', 'lint', 'layers', 'generated', 'sizes', 'node', 'browser', 'e2e'];
const engineNames = ['chromium', 'firefox', 'webkit'];
const partsThatNeedTheBuild = ['generated', 'sizes', 'node', 'e2e'];

/** Finds the engines, installs the missing ones where that can be done, and says which cannot be had. */
const chooseEngines = async (wanted) => {
  const { findEngine, installEngines, howToInstall } = await import('../../dist/test/support/node/engines.js');
  const missing = () => wanted.filter((name) => findEngine(name) === undefined);
  if (missing().length > 0) installEngines(missing());
  const absent = missing();
  for (const name of absent) console.log(`not found – ${howToInstall(name)}`);
  return { present: wanted.filter((name) => !absent.includes(name)), absent };
};

const timed = async (results, run) => {
  const startedAt = Date.now();
  const found = [await run()].flat();
  const seconds = (Date.now() - startedAt) / 1000;
  for (const result of found) {
    results.push({ ...result, seconds });
    console.log(`${result.failed > 0 ? '✗' : '✓'} ${result.name}: ${result.passed} passed, ${result.failed} failed, ${result.skipped} skipped (${seconds.toFixed(1)} s)`);
    for (const failure of result.failures) console.log(`\n${failure}\n`);
  }
};

const runEngineSuites = async ({ results, wants, options }) => {
  if (!wants('browser') && !wants('e2e')) return;
  const wanted = options.engines ?? engineNames;
  const unknown = wanted.filter((name) => !engineNames.includes(name));
  if (unknown.length > 0) throw new Error(`no such engine: ${unknown.join(', ')}`);
  const { present, absent } = await chooseEngines(wanted);
  for (const name of absent) {
    const isFailure = options.isCi;
    results.push({ name: `engine: ${name}`, passed: 0, failed: isFailure ? 1 : 0, skipped: isFailure ? 0 : 1, failures: [`the engine ${name} cannot be had`] });
  }
  if (present.length === 0) {
    results.push({ name: 'engines', passed: 0, failed: 1, skipped: 0, failures: ['no browser engine was found'] });
    return;
  }
  if (wants('browser')) await timed(results, () => runBrowserSuites({ engines: present, only: options.files, grep: options.grep }));
  if (!wants('e2e')) return;
  for (const engine of present) {
    await timed(results, () =>
      runNodeSuite({ name: `e2e: ${engine}`, ending: '.e2e.test.js', only: options.files, grep: options.grep, concurrency: 2, timeoutMs: 180_000, env: { CARE_ENGINE: engine } }),
    );
  }
};

/** A failure for the summary, which may be all that is kept of a long log: what was seen, without where in the code; a step that was not tried takes one line. */
const inShort = (failure) => {
  const lines = failure.split('\n').filter((line) => line.trim() && !/^\s+at /.test(line));
  const shown = /not tried, because the journey broke/.test(failure) ? [`${lines[0]}: not tried`] : lines.slice(0, 20);
  return `- ${shown.map((line) => line.slice(0, 2000)).join('\n  ')}`;
};

const printSum = (results) => {
  const sum = (key) => results.reduce((total, one) => total + one[key], 0);
  console.log('\n— summary —');
  for (const one of results) {
    const time = one.seconds === undefined ? '' : `  ${one.seconds.toFixed(1)} s`;
    console.log(`${one.failed > 0 ? '✗' : one.passed > 0 ? '✓' : '–'} ${one.name.padEnd(20)} ${one.passed} passed, ${one.failed} failed, ${one.skipped} skipped${time}`);
  }
  const failures = results.flatMap((one) => (one.failed > 0 ? one.failures : []));
  if (failures.length > 0) console.log(`\nfailed:\n${failures.map(inShort).join('\n')}`);
  const skipped = sum('skipped') > 0 ? `, ${sum('skipped')} skipped` : '';
  console.log(`\n${sum('passed')} passed, ${sum('failed')} failed${skipped}`);
  return sum('failed') > 0 || sum('passed') === 0 ? 1 : 0;
};

/** Runs the parts that were asked for (all by default) and returns the exit code. */
export const runAll = async (options) => {
  const unknown = (options.only ?? []).filter((part) => !parts.includes(part));
  if (unknown.length > 0) {
    console.error(`no such part: ${unknown.join(', ')}; there are ${parts.join(', ')}`);
    return 2;
  }
  const wants = (part) => options.only === undefined || options.only.includes(part);
  const results = [];
  try {
    pruneCompiled();
    const before = takeGenerated();
    // These read sources only: they run beside the compiler.
    const lint = wants('lint') ? runLint() : undefined;
    const layers = wants('layers') ? runLayers() : undefined;
    const compiled = options.isBuildWanted ? await compile() : undefined;
    if (wants('types')) await timed(results, () => runTypes(compiled));
    if (layers !== undefined) await timed(results, () => layers);
    if (lint !== undefined) await timed(results, () => lint);
    if (options.isBuildWanted && partsThatNeedTheBuild.some(wants)) await timed(results, buildAll);
    if (wants('generated')) await timed(results, () => runGenerated(before));
    if (wants('sizes')) await timed(results, runSizes);
    if (wants('node')) await timed(results, () => runNodeSuite({ name: 'node', ending: '.node.test.js', only: options.files, grep: options.grep, timeoutMs: 300_000 }));
    await runEngineSuites({ results, wants, options });
  } catch (error) {
    results.push({ name: 'runner', passed: 0, failed: 1, skipped: 0, failures: [error.stack ?? String(error)] });
  }
  return printSum(results);
};
