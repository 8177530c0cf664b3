/**
 * The three browser engines the tests run in: where each is found on this machine, how it is installed where a package manager can,
 * and how the WebKit driver is started and stopped. Knows nothing of tests or of care-chat.
 */
import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { accessSync, constants, existsSync, readdirSync } from 'node:fs';
import { createServer } from 'node:net';
import { delimiter, join } from 'node:path';

/** The engines, in the order in which they are tried. */
export const engineNames = ['chromium', 'firefox', 'webkit'] as const;
/** One browser engine. */
export type EngineName = (typeof engineNames)[number];

/** An engine that can be started: its executables. */
export type Engine = { readonly name: EngineName; readonly binary: string; readonly driver?: string; readonly display?: string };

/** Command-line switches for Chromium: no sandbox (tests run as root in containers), no traffic of its own. */
export const chromiumArgs: readonly string[] = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/** Firefox preferences: a stable locale, and no traffic of its own. */
export const firefoxPreferences: Readonly<Record<string, string | number | boolean>> = {
  'intl.accept_languages': 'en-US',
  'app.update.enabled': false,
  'datareporting.healthreport.uploadEnabled': false,
  'network.captive-portal-service.enabled': false,
  'network.connectivity-service.enabled': false,
  // The panel of downloads would take the focus from the page.
  'browser.download.alwaysOpenPanel': false,
};

const chromiumPlaces = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome-stable',
  '/usr/bin/google-chrome',
  '/snap/bin/chromium',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
  'C:\\Program Files (x86)\\Google\\Chrome\\Application\\chrome.exe',
  'C:\\Program Files (x86)\\Microsoft\\Edge\\Application\\msedge.exe',
];
const firefoxPlaces = [
  '/usr/bin/firefox-esr',
  '/usr/bin/firefox',
  '/Applications/Firefox.app/Contents/MacOS/firefox',
  'C:\\Program Files\\Mozilla Firefox\\firefox.exe',
];

const isExecutable = (path: string): boolean => {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
};

const onPath = (names: readonly string[]): string[] =>
  (process.env['PATH'] ?? '').split(delimiter).flatMap((folder) => names.map((name) => join(folder, name)));

const firstExecutable = (...candidates: readonly (string | undefined)[]): string | undefined =>
  candidates.find((path): path is string => path !== undefined && path !== '' && isExecutable(path));

const findMiniBrowser = (): string | undefined => {
  const roots = ['/usr/lib', '/usr/libexec', '/usr/lib64'];
  const folders = roots.flatMap((root) => {
    if (!existsSync(root)) return [];
    const below = readdirSync(root, { withFileTypes: true }).filter((entry) => entry.isDirectory()).map((entry) => join(root, entry.name));
    return [root, ...below];
  });
  const versions = ['webkit2gtk-4.1', 'webkitgtk-6.0', 'webkit2gtk-4.0'];
  return firstExecutable(
    process.env['MINIBROWSER_PATH'],
    ...versions.flatMap((version) => folders.map((folder) => join(folder, version, 'MiniBrowser'))),
  );
};

/** Finds an engine: CHROME_PATH, FIREFOX_PATH, MINIBROWSER_PATH first, then the usual places; undefined when it is not there. */
export const findEngine = (name: EngineName): Engine | undefined => {
  if (name === 'chromium') {
    const names = ['chromium', 'google-chrome', 'chrome', 'microsoft-edge'];
    const binary = firstExecutable(process.env['CHROME_PATH'], ...chromiumPlaces, ...onPath(names));
    return binary === undefined ? undefined : { name, binary };
  }
  if (name === 'firefox') {
    const binary = firstExecutable(process.env['FIREFOX_PATH'], ...firefoxPlaces, ...onPath(['firefox-esr', 'firefox']));
    return binary === undefined ? undefined : { name, binary };
  }
  const binary = findMiniBrowser();
  const driver = firstExecutable(process.env['WEBKIT_DRIVER_PATH'], '/usr/bin/WebKitWebDriver', ...onPath(['WebKitWebDriver']));
  const display = firstExecutable('/usr/bin/Xvfb', ...onPath(['Xvfb']));
  return binary === undefined || driver === undefined || display === undefined ? undefined : { name, binary, driver, display };
};

const debianPackages: Readonly<Record<EngineName, readonly string[]>> = {
  chromium: ['chromium'],
  firefox: ['firefox-esr'],
  webkit: ['webkit2gtk-driver', 'xvfb'],
};
const elsewhere: Readonly<Record<EngineName, string>> = {
  chromium: 'install Chrome or Chromium, or set CHROME_PATH to it',
  firefox: 'install Firefox, or set FIREFOX_PATH to it',
  webkit: 'install WebKitGTK\'s WebKitWebDriver and MiniBrowser, and Xvfb (Debian: apt-get install webkit2gtk-driver xvfb)',
};

/** One line that tells a person how to get an engine that was not found. */
export const howToInstall = (name: EngineName): string => `${name}: ${elsewhere[name]}`;

/** Installs groups of packages by apt-get, where this is root on a Debian-like system; true when it tried. */
export const installPackages = (groups: readonly (readonly string[])[]): boolean => {
  const isRoot = process.getuid?.() === 0;
  if (groups.length === 0 || !isRoot || !existsSync('/etc/debian_version') || !existsSync('/usr/bin/apt-get')) return false;
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  // Two test files may come here at the same time: the second waits for the first.
  const run = (...args: string[]): number | null => spawnSync('apt-get', ['-o', 'DPkg::Lock::Timeout=120', ...args], { stdio: ['ignore', 'ignore', 'inherit'], env }).status;
  run('update', '-qq');
  for (const packages of groups) {
    console.log(`installing ${packages.join(', ')} by apt-get`);
    run('install', '-y', '-qq', ...packages);
  }
  return true;
};

/** Installs missing engines, where that can be done; true when it tried. */
export const installEngines = (names: readonly EngineName[]): boolean => installPackages(names.map((name) => debianPackages[name]));

/** A TCP port of the loopback address that was free a moment ago. */
export const freePort = (): Promise<number> =>
  new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => (typeof address === 'object' && address !== null ? resolve(address.port) : reject(new Error('no port'))));
    });
  });

const waitForPort = async (port: number, child: ChildProcess, timeoutMs: number): Promise<void> => {
  const until = Date.now() + timeoutMs;
  while (Date.now() < until) {
    if (child.exitCode !== null) throw new Error(`the WebKit driver ended with exit code ${child.exitCode}`);
    try {
      const answer = await fetch(`http://127.0.0.1:${port}/status`);
      if (answer.ok) return;
    } catch {
      // It does not listen yet.
    }
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error(`the WebKit driver did not answer within ${timeoutMs} ms`);
};

const endProcess = (child: ChildProcess): Promise<void> =>
  new Promise((resolve) => {
    if (child.exitCode !== null || child.signalCode !== null) return resolve();
    const force = setTimeout(() => child.kill('SIGKILL'), 2000);
    child.once('exit', () => {
      clearTimeout(force);
      resolve();
    });
    child.kill('SIGTERM');
  });

/** A running WebKitWebDriver with its own X display. */
export type WebkitDriver = { readonly port: number; stop(): Promise<void> };

const startDisplay = (path: string): Promise<{ display: string; child: ChildProcess }> =>
  new Promise((resolve, reject) => {
    // Xvfb picks a free display number and writes it to the file descriptor we name: no race with another run's display.
    const child = spawn(path, ['-displayfd', '3', '-screen', '0', '1366x900x24', '-nolisten', 'tcp'], {
      stdio: ['ignore', 'ignore', 'ignore', 'pipe'],
    });
    child.once('error', reject);
    child.once('exit', (code) => reject(new Error(`Xvfb ended with exit code ${code}`)));
    const numbers = child.stdio[3];
    numbers?.once('data', (chunk: Buffer) => resolve({ display: `:${chunk.toString().trim()}`, child }));
  });

/** Starts the WebKit driver under its own X display on a free port; `stop` ends both. */
export const startWebkitDriver = async (engine: Engine): Promise<WebkitDriver> => {
  if (engine.driver === undefined || engine.display === undefined) throw new Error(howToInstall('webkit'));
  const x = await startDisplay(engine.display);
  const port = await freePort();
  const child = spawn(engine.driver, [`--port=${port}`, '--host=127.0.0.1'], {
    stdio: 'ignore',
    env: { ...process.env, DISPLAY: x.display, WEBKIT_DISABLE_COMPOSITING_MODE: '1', LIBGL_ALWAYS_SOFTWARE: '1', NO_AT_BRIDGE: '1', LC_ALL: 'C.UTF-8', LANG: 'en_US.UTF-8', LANGUAGE: 'en_US' },
  });
  const stop = async (): Promise<void> => {
    await endProcess(child);
    await endProcess(x.child);
  };
  const onExit = (): void => {
    child.kill('SIGKILL');
    x.child.kill('SIGKILL');
  };
  process.once('exit', onExit);
  try {
    await waitForPort(port, child, 10_000);
  } catch (cause) {
    await stop();
    throw cause;
  }
  return {
    port,
    stop: async () => {
      process.off('exit', onExit);
      await stop();
    },
  };
};

/** The capabilities a WebKit session is asked for with; without `wdio:enforceWebDriverClassic` the driver refuses it. */
export const webkitCapabilities = (engine: Engine): Record<string, unknown> => ({
  browserName: 'MiniBrowser',
  'wdio:enforceWebDriverClassic': true,
  'webkitgtk:browserOptions': { binary: engine.binary, args: ['--automation'] },
});
