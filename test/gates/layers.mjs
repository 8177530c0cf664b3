/**
 * The layers gate: reads every module under src/ with dependency-cruiser and checks the table of rooms, the doors of dependencies, that there
 * are no cycles (type imports count), what loads lazily, and that the tool read as many modules as there are files.
 *
 * Run: node test/gates/layers.mjs [--root FOLDER]   (FOLDER holds src/; a test plants a violation in one of its own)
 */
import { readdirSync, existsSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { cruise } from 'dependency-cruiser';
import extractTSConfig from 'dependency-cruiser/config-utl/extract-ts-config';
import { root as ownRoot } from '../../demo/prepare.mjs';
import { doors, lazyRooms, rooms, serverDoors } from './layer-rules.mjs';

const roomNames = Object.keys(rooms).sort((left, right) => right.length - left.length);
const isWithin = (path, place) => path === `src/${place}` || path.startsWith(`src/${place}/`);
const roomOf = (path) => roomNames.find((name) => isWithin(path, name));
const isTypeOnly = (dependency) => dependency.typeOnly === true || dependency.dependencyTypes.includes('type-only') || dependency.preCompilationOnly === true;

const packageOf = (dependency) => {
  const parts = dependency.module.split('/');
  return dependency.module.startsWith('@') ? parts.slice(0, 2).join('/') : parts[0];
};

const checkDoor = (from, name, serverImporters) => {
  const places = doors[name];
  if (places !== undefined && !places.some((place) => isWithin(from, place))) {
    return [`${from} imports the package ${name}; its only door is ${places.map((place) => `src/${place}`).join(', ')}`];
  }
  if (!serverDoors.includes(name)) return places === undefined && !name.startsWith('node:') ? [`${from} imports the package ${name}, which has no door in test/gates/layer-rules.mjs`] : [];
  if (from.startsWith('src/protocol/generate/') || from.startsWith('src/conformance/')) return [];
  if (!from.startsWith('src/server/')) return [`${from} imports the package ${name}; only one folder of src/server may`];
  const folder = from.split('/').slice(0, 3).join('/');
  serverImporters.set(name, (serverImporters.get(name) ?? new Set()).add(folder));
  return [];
};

const checkImports = (modules) => {
  const problems = [];
  const serverImporters = new Map();
  for (const { source, dependencies } of modules) {
    const room = roomOf(source);
    if (room === undefined) {
      problems.push(`${source} is in no room of test/gates/layer-rules.mjs`);
      continue;
    }
    for (const dependency of dependencies) {
      const to = dependency.resolved;
      const isLocal = dependency.module.startsWith('.');
      const isCore = dependency.coreModule || dependency.module.startsWith('node:');
      if (isCore) {
        const isNodeRoom = ['server', 'conformance', 'cli'].includes(room) || source.startsWith('src/protocol/generate/');
        if (!isNodeRoom) problems.push(`${source} imports ${dependency.module}; only server, conformance and cli run in Node`);
      } else if (!isLocal) problems.push(...checkDoor(source, packageOf(dependency), serverImporters));
      else if (dependency.couldNotResolve) problems.push(`${source} imports ${dependency.module}, which is not there`);
      else if (to.endsWith('.json')) problems.push(`${source} imports the data file ${to}; read it at run time or make it a module`);
      else {
        const target = roomOf(to);
        const isAllowed = target === room || rooms[room].some((place) => isWithin(to, place));
        if (!isAllowed) problems.push(`${source} → ${to}: the room ${room} may not import ${target ?? 'a file outside the rooms'}`);
      }
    }
  }
  for (const [name, folders] of serverImporters) {
    if (folders.size > 1) problems.push(`the package ${name} is imported from ${[...folders].join(' and ')}: one folder of src/server is its door`);
  }
  return problems;
};

const checkCycles = (modules) =>
  modules.flatMap(({ source, dependencies }) =>
    dependencies
      .filter((dependency) => dependency.circular)
      .map((dependency) => `a cycle: ${[source, ...(dependency.cycle ?? []).map((step) => step.name ?? step)].join(' → ')}`),
  );

const checkLazy = (modules) => {
  const bySource = new Map(modules.map((one) => [one.source, one]));
  return lazyRooms.flatMap(({ entry, never, packages }) => {
    const problems = [];
    const seen = new Set();
    const walk = (source, trail) => {
      if (seen.has(source)) return;
      seen.add(source);
      for (const dependency of bySource.get(source)?.dependencies ?? []) {
        if (dependency.dynamic || isTypeOnly(dependency)) continue;
        const to = dependency.resolved;
        const isForbidden = dependency.module.startsWith('.') ? never.some((place) => isWithin(to, place)) : packages.includes(packageOf(dependency));
        if (isForbidden) problems.push(`src/${entry} loads ${to} at once (${[...trail, source].join(' → ')}): it must come by import()`);
        else walk(to, [...trail, source]);
      }
    };
    walk(`src/${entry}`, []);
    return problems;
  });
};

const listFiles = (folder) =>
  readdirSync(join(folder, 'src'), { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile() && /\.[cm]?[jt]sx?$/.test(entry.name))
    .map((entry) => relative(folder, join(entry.parentPath ?? entry.path, entry.name)).replaceAll('\\', '/'));

/**
 * Checks the sources under `root`/src.
 * @returns {Promise<{ problems: string[], read: number }>}
 */
export const checkLayers = async (root) => {
  const configFile = join(ownRoot, 'src/tsconfig.dom.json');
  const { output } = await cruise(
    ['src'],
    {
      baseDir: root,
      doNotFollow: { path: 'node_modules' },
      tsPreCompilationDeps: true,
      combinedDependencies: false,
      validate: true,
      ruleSet: { forbidden: [{ name: 'no-cycle', severity: 'error', from: {}, to: { circular: true } }] },
      enhancedResolveOptions: { exportsFields: ['exports'], conditionNames: ['import', 'node', 'default', 'types'], extensions: ['.ts', '.js', '.mjs', '.json'] },
    },
    { extensionAlias: { '.js': ['.ts', '.js'], '.mjs': ['.mts', '.mjs'] } },
    { tsConfig: extractTSConfig(configFile) },
  );
  const files = listFiles(root);
  const modules = output.modules.filter((one) => one.source.startsWith('src/'));
  const read = new Set(modules.filter((one) => !one.couldNotResolve).map((one) => one.source));
  const unread = files.filter((file) => !read.has(file));
  const edges = modules.reduce((sum, one) => sum + one.dependencies.length, 0);
  const problems = [
    ...(files.length === 0 ? ['there is no file under src/'] : []),
    ...unread.map((file) => `${file} was not read by dependency-cruiser`),
    ...(read.size !== files.length ? [`dependency-cruiser read ${read.size} modules, but there are ${files.length} files`] : []),
    ...(files.length > 10 && edges === 0 ? ['dependency-cruiser found no import at all: it cannot read TypeScript here'] : []),
    ...checkImports(modules),
    ...checkCycles(modules),
    ...checkLazy(modules),
  ];
  return { problems: [...new Set(problems)], read: read.size };
};

const { values } = parseArgs({ options: { root: { type: 'string' } } });
const root = resolve(values.root ?? ownRoot);
if (!existsSync(join(root, 'src'))) throw new Error(`there is no src/ in ${root}`);
const { problems, read } = await checkLayers(root);
for (const problem of problems) console.error(problem);
console.log(problems.length === 0 ? `layers: ${read} modules read, no violation` : `layers: ${problems.length} violations in ${read} modules`);
process.exitCode = problems.length === 0 ? 0 : 1;
