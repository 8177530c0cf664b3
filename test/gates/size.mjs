/**
 * Exact sizes (brotli, quality 11) of what a visitor loads, per scenario, compared with test/gates/sizes.json: a growth fails, and a saving
 * fails too until it is written down by `npm run size -- --write`. Budgets are in the file as well and are never written by the tool.
 * The files of a scenario come from the graph of the bundler (care-chat.chunks.json), not from a list kept by hand.
 */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { brotliCompressSync, constants } from 'node:zlib';
import { root } from '../../demo/prepare.mjs';
import { scenarios } from './size-scenarios.mjs';

const { values } = parseArgs({ options: { write: { type: 'boolean', default: false } } });
const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
const folder = join(root, 'dist/cdn', version);
const recordPath = join(root, 'test/gates/sizes.json');

if (!existsSync(join(folder, 'care-chat.chunks.json'))) {
  console.error('there is no build to measure: npm run build');
  process.exit(1);
}
const readGraph = (name) => JSON.parse(readFileSync(join(folder, `${name}.chunks.json`), 'utf8'));
const graphs = { 'care-chat': readGraph('care-chat'), 'care-desk': readGraph('care-desk') };
const recorded = existsSync(recordPath) ? JSON.parse(readFileSync(recordPath, 'utf8')) : {};

/** Not chunks of their own, because the element's core has a part of them. */
const measuredAlone = new Map(['questionnaire.js', 'cobrowse-recorder.js'].map((file) => [file, join(root, 'dist/measured', file)]));

const brotliSizes = new Map();
const brotliSize = (file) => {
  if (!brotliSizes.has(file)) {
    const bytes = readFileSync(measuredAlone.get(file) ?? join(folder, file));
    const params = { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length };
    brotliSizes.set(file, brotliCompressSync(bytes, { params }).length);
  }
  return brotliSizes.get(file);
};

const problems = [];
const measured = {};
const rows = [];
for (const { name, budgetBytes, files, maxRequests } of scenarios(graphs)) {
  const list = [...new Set(files)];
  const sizeBytes = list.reduce((sum, file) => sum + brotliSize(file), 0);
  measured[name] = { sizeBytes, files: Object.fromEntries(list.map((file) => [file, brotliSize(file)])) };
  const before = recorded[name]?.sizeBytes;
  const isSame = JSON.stringify(recorded[name]) === JSON.stringify(measured[name]);
  if (budgetBytes !== undefined && sizeBytes > budgetBytes) problems.push(`${name}: ${sizeBytes} bytes are over the budget of ${budgetBytes}`);
  if (maxRequests !== undefined && list.length > maxRequests) problems.push(`${name}: ${list.length} requests, at most ${maxRequests} are allowed`);
  if (!isSame && !values.write) problems.push(`${name}: ${sizeBytes} bytes, written down are ${before ?? 'none'} (npm run size -- --write)`);
  rows.push([name, sizeBytes, budgetBytes ?? '', before === undefined ? 'new' : sizeBytes - before, list.length, list.join(' ')]);
}
for (const name of Object.keys(recorded)) if (!(name in measured) && !values.write) problems.push(`${name} is written down, but is no scenario any more`);

console.log(`${'scenario'.padEnd(44)} ${'bytes'.padStart(7)} ${'budget'.padStart(7)} ${'change'.padStart(7)}  files`);
for (const [name, size, budget, change, count, list] of rows) {
  console.log(`${name.padEnd(44)} ${String(size).padStart(7)} ${String(budget).padStart(7)} ${String(change).padStart(7)}  ${count}: ${list}`);
}
if (values.write) writeFileSync(recordPath, `${JSON.stringify(measured, null, 2)}\n`);
for (const problem of problems) console.error(`✗ ${problem}`);
process.exitCode = problems.length === 0 ? 0 : 1;
