/** The gates that need no browser: types, lint, layers, generated files, sizes, and the build they rest on. */
import { createHash } from 'node:crypto';
import { readFileSync, existsSync } from 'node:fs';
import { join } from 'node:path';
import { filesUnder, npm, root } from '../../demo/prepare.mjs';
import { gateResult, runProcess, runTool } from './run-process.mjs';

/** Compiles everything, tests included; files with errors are emitted all the same, so that other suites can run. */
export const compile = () => runTool('typescript/bin/tsc', ['-b', '--pretty', 'false']);

/** Types: the compile without an error, and the consumer of the published declarations. */
export const runTypes = async (compiled) => {
  const project = compiled ?? (await compile());
  if (project.code !== 0) return gateResult('types', false, project.output);
  if (!existsSync(join(root, 'test/types/tsconfig.json'))) return gateResult('types', true);
  const consumer = await runTool('typescript/bin/tsc', ['-p', 'test/types/tsconfig.json', '--pretty', 'false']);
  return gateResult('types', consumer.code === 0, consumer.output);
};

/** Lint, with no warning allowed. */
export const runLint = async () => {
  const { code, output } = await runTool('eslint/bin/eslint.js', ['--max-warnings', '0', '.']);
  return gateResult('lint', code === 0, output);
};

/** The table of rooms, the doors of dependencies, cycles, and the proof that the gate read every file. */
export const runLayers = async () => {
  const { code, output } = await runProcess(process.execPath, ['test/gates/layers.mjs']);
  return gateResult('layers', code === 0, output);
};

/** The whole build; one gate. */
export const buildAll = async () => gateResult('build', npm('run', '--silent', 'build') === 0, 'see above');

const generated = ['types', 'README.md', 'src/protocol/README.md'];

/** The state of the generated, committed files. */
export const takeGenerated = () =>
  new Map(generated.flatMap(filesUnder).map((path) => [path, createHash('sha256').update(readFileSync(join(root, path))).digest('hex')]));

/** Fails when the build changed a generated file: what was there before was stale. */
export const runGenerated = (before) => {
  const after = takeGenerated();
  const changed = [...new Set([...before.keys(), ...after.keys()])].filter((path) => before.get(path) !== after.get(path));
  return gateResult('generated', changed.length === 0, `these generated files were stale, and are written anew; commit them:\n${changed.join('\n')}`);
};

/** The exact sizes per scenario. */
export const runSizes = async () => {
  const { code, output } = await runProcess(process.execPath, ['test/gates/size.mjs']);
  return gateResult('sizes', code === 0, output);
};
