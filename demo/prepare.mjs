/**
 * Gets a fresh clone ready: installs the packages when they are missing or stale, builds when a source is newer than the build.
 * Node built-ins only, because it runs before anything is installed. Used by `npm start` and `npm test`.
 */
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

/** The root of the project. */
export const root = resolve(dirname(fileURLToPath(import.meta.url)), '..');
const stampPath = join(root, 'dist', '.built');

const readJson = (path) => (existsSync(path) ? JSON.parse(readFileSync(path, 'utf8')) : undefined);

/** True when node_modules holds what package-lock.json asks for (packages for other platforms excepted). */
export const isInstalled = () => {
  const wanted = readJson(join(root, 'package-lock.json'));
  const present = readJson(join(root, 'node_modules', '.package-lock.json'));
  if (wanted === undefined || present === undefined) return false;
  return Object.entries(wanted.packages).every(([path, entry]) => {
    if (path === '' || entry.link === true) return true;
    const found = present.packages[path];
    return found === undefined ? entry.optional === true || entry.devOptional === true || entry.peer === true : found.version === entry.version;
  });
};

/** Runs npm with the given arguments; the npm that started us if there is one, the one on the PATH otherwise. Returns its exit code. */
export const npm = (...args) => {
  const own = process.env.npm_execpath;
  const options = { cwd: root, stdio: 'inherit' };
  const result =
    own !== undefined && /npm-cli\.[cm]?js$/.test(own)
      ? spawnSync(process.execPath, [own, ...args], options)
      : spawnSync('npm', args, { ...options, shell: process.platform === 'win32' });
  if (result.error) console.error(`npm could not be started: ${result.error.message}`);
  return result.status ?? 1;
};

/** Installs the packages when they are missing or stale; ends the process when that fails. */
export const ensureInstalled = () => {
  if (isInstalled()) return;
  console.log('Installing packages (npm ci) …');
  const code = npm('ci', '--no-audit', '--no-fund');
  if (code !== 0) {
    console.error('npm ci failed: see its message above.');
    process.exit(code);
  }
};

/** Every file under a folder, as paths from the root, sorted. */
export const filesUnder = (folder) => {
  const absolute = join(root, folder);
  if (!existsSync(absolute)) return [];
  if (statSync(absolute).isFile()) return [folder];
  return readdirSync(absolute, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(root, join(entry.parentPath ?? entry.path, entry.name)).replaceAll('\\', '/'))
    .sort();
};

const sources = ['src', 'demo/site', 'rollup.config.mjs', 'package.json', 'package-lock.json', 'tsconfig.base.json', 'test/gates/manifest.mjs'];

const sourceState = () => {
  const hash = createHash('sha256');
  for (const path of sources.flatMap(filesUnder)) {
    const { size, mtimeMs } = statSync(join(root, path));
    hash.update(`${path} ${size} ${mtimeMs}\n`);
  }
  return hash.digest('hex');
};

/** Deletes compiled files whose source is gone: a deleted test must not run on. */
export const pruneCompiled = () => {
  for (const path of [...filesUnder('dist/src'), ...filesUnder('dist/test')]) {
    const source = path.slice('dist/'.length).replace(/(\.d\.ts|\.js)$/, '.ts');
    if (source !== path.slice('dist/'.length) && !existsSync(join(root, source))) rmSync(join(root, path));
  }
};

/** True when no source changed since the last whole build. */
export const isBuilt = () => existsSync(stampPath) && readFileSync(stampPath, 'utf8') === sourceState();

/** Builds when a source changed since the last build; ends the process when that fails. */
export const ensureBuilt = () => {
  if (isBuilt()) return;
  console.log('Building …');
  const code = npm('run', '--silent', 'build');
  if (code !== 0) {
    console.error('The build failed: see its message above.');
    process.exit(code);
  }
};

// `node demo/prepare.mjs prune|stamp`: the first and the last step of `npm run build`; `ready`: installed and built.
if (process.argv[1] !== undefined && import.meta.url === pathToFileURL(process.argv[1]).href) {
  if (process.argv[2] === 'ready') {
    ensureInstalled();
    ensureBuilt();
  }
  if (process.argv[2] === 'prune') pruneCompiled();
  if (process.argv[2] === 'stamp') {
    mkdirSync(dirname(stampPath), { recursive: true });
    writeFileSync(stampPath, sourceState());
  }
}
