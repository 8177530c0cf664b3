/**
 * `npm test`: installs what is missing, builds, and runs every gate and every suite. The last line is `N passed, N failed, N skipped`.
 *
 * Parts:   node test/run.mjs --only browser,node     (types, lint, layers, generated, sizes, browser, node, e2e)
 *          --engines chromium,firefox,webkit         engines of browser and e2e
 *          --files core/outbox                       only test files whose path has this in it
 *          --grep "keeps order"                      only tests whose name matches
 *          --no-build                                uses dist/ as it is
 *
 * With CI=true all three engines are required; elsewhere an engine that cannot be had is named and counted as skipped.
 */
import { parseArgs } from 'node:util';
import { ensureInstalled } from '../demo/prepare.mjs';

const { values } = parseArgs({
  options: {
    only: { type: 'string' },
    engines: { type: 'string' },
    files: { type: 'string' },
    grep: { type: 'string' },
    'no-build': { type: 'boolean', default: false },
  },
});

ensureInstalled();
// Imported only now: these modules need the packages.
const { runAll } = await import('./gates/run-all.mjs');
process.exitCode = await runAll({
  only: values.only?.split(','),
  engines: values.engines?.split(','),
  files: values.files,
  grep: values.grep,
  isBuildWanted: !values['no-build'],
  isCi: process.env.CI === 'true' || process.env.CI === '1',
});
