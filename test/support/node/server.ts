/**
 * The real server for a test: `care-chat serve --demo` in a process of its own, on a free port, with a data folder of its own. The clinic's site
 * and the bundles are served from a copy, in which every page has the probe (see in-page.ts) as its first script; a test may tamper with the copy.
 *
 *   const server = await startTestServer();      // waits until it is ready
 *   server.url, server.output()
 *   await server.kill();                         // kill -9
 *   await server.start();                        // again, on the same port, with the same data
 *   await server.stop();                         // SIGTERM, returns the exit code; removes the folder with `dispose`
 *   await server.dispose();                      // in `after`
 */
import { spawn, type ChildProcess } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { freePort } from './engines.js';
import { probe } from './in-page.js';

/** The root of the project: this file is dist/test/support/node/server.js. */
export const projectRoot = resolve(import.meta.dirname, '../../../..');

/** Options of a test server. */
export type TestServerOptions = {
  /** Changes the parsed configuration before it is written. */
  readonly configure?: (config: Record<string, unknown>) => void;
  /** Environment variables besides PORT and CARE_CHAT_DATA. */
  readonly env?: Readonly<Record<string, string>>;
  /** False for a server that is not in demo mode. */
  readonly isDemo?: boolean;
};

/** A server under test. */
export type TestServer = {
  readonly url: string;
  readonly port: number;
  /** The copy: `dist/demo`, `dist/cdn`, `demo/care-chat.config.json`, `data`. */
  readonly folder: string;
  /** Everything the server wrote to stdout and stderr, over all its starts. */
  output(): string;
  /** True while the process runs. */
  isRunning(): boolean;
  start(): Promise<void>;
  /** SIGKILL: nothing is flushed, nobody is told. */
  kill(): Promise<void>;
  /** SIGSTOP and SIGCONT: it accepts, and says nothing. */
  hang(isHanging: boolean): void;
  /** SIGTERM; the exit code. */
  stop(): Promise<number | null>;
  /** Stops it if it runs, and removes the folder. */
  dispose(): Promise<void>;
};

const readyTimeoutMs = 60_000;
const stopTimeoutMs = 15_000;

const stage = (configure: TestServerOptions['configure']): string => {
  const folder = mkdtempSync(join(tmpdir(), 'care-chat-e2e-'));
  for (const part of ['dist/demo', 'dist/cdn', 'src/triage/packs']) cpSync(join(projectRoot, part), join(folder, part), { recursive: true });
  mkdirSync(join(folder, 'demo'));
  mkdirSync(join(folder, 'data'));
  for (const name of readdirSync(join(projectRoot, 'demo')).filter((one) => one.endsWith('.json'))) cpSync(join(projectRoot, 'demo', name), join(folder, 'demo', name));
  const site = join(folder, 'dist/demo');
  writeFileSync(join(site, 'probe.js'), `(${probe.toString()})();\n`);
  for (const entry of readdirSync(site, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile() || !entry.name.endsWith('.html')) continue;
    const path = join(entry.parentPath, entry.name);
    const text = readFileSync(path, 'utf8');
    if (!text.includes('<head>')) throw new Error(`${path} has no <head> to put the probe into`);
    writeFileSync(path, text.replace('<head>', '<head>\n    <script src="/probe.js"></script>'));
  }
  if (configure !== undefined) {
    const path = join(folder, 'demo/care-chat.config.json');
    const config = JSON.parse(readFileSync(path, 'utf8')) as Record<string, unknown>;
    configure(config);
    writeFileSync(path, JSON.stringify(config));
  }
  return folder;
};

const exited = (child: ChildProcess): Promise<number | null> =>
  new Promise((resolve) => {
    if (child.exitCode !== null || child.signalCode !== null) resolve(child.exitCode);
    else child.once('exit', (code) => resolve(code));
  });

const waitUntilReady = async (url: string, child: ChildProcess, output: () => string): Promise<void> => {
  const until = Date.now() + readyTimeoutMs;
  for (;;) {
    if (child.exitCode !== null || child.signalCode !== null) throw new Error(`the server ended (${child.exitCode ?? child.signalCode}):\n${output()}`);
    const isReady = await fetch(`${url}/readyz`).then((answer) => answer.ok, () => false);
    if (isReady) return;
    if (Date.now() > until) throw new Error(`the server was not ready after ${readyTimeoutMs} ms:\n${output()}`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
};

/** Starts the built server on a free port and waits until it is ready. */
export const startTestServer = async ({ configure, env = {}, isDemo = true }: TestServerOptions = {}): Promise<TestServer> => {
  const main = join(projectRoot, 'dist/src/cli/main.js');
  if (!existsSync(main)) throw new Error('there is no build: npm run build');
  const folder = stage(configure);
  const port = await freePort();
  const url = `http://localhost:${port}`;
  let output = '';
  let child: ChildProcess | undefined;
  const onExit = (): void => void child?.kill('SIGKILL');
  process.once('exit', onExit);

  const start = async (): Promise<void> => {
    if (child !== undefined) throw new Error('the server runs already');
    const started = spawn(process.execPath, [main, 'serve', '--config', join(folder, 'demo/care-chat.config.json'), ...(isDemo ? ['--demo'] : [])], {
      cwd: folder,
      env: { ...process.env, PORT: String(port), CARE_CHAT_DATA: join(folder, 'data'), ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    child = started;
    for (const stream of [started.stdout, started.stderr]) stream.setEncoding('utf8').on('data', (chunk: string) => void (output += chunk));
    started.once('exit', () => {
      if (child === started) child = undefined;
    });
    await waitUntilReady(url, started, () => output);
  };
  const end = async (signal: 'SIGKILL' | 'SIGTERM'): Promise<number | null> => {
    const running = child;
    if (running === undefined) return null;
    const gone = exited(running);
    running.kill(signal);
    const force = setTimeout(() => running.kill('SIGKILL'), stopTimeoutMs);
    const code = await gone;
    clearTimeout(force);
    return code;
  };
  const dispose = async (): Promise<void> => {
    await end('SIGTERM');
    process.off('exit', onExit);
    rmSync(folder, { recursive: true, force: true });
  };
  try {
    await start();
  } catch (cause) {
    await dispose();
    throw cause;
  }
  return {
    url,
    port,
    folder,
    output: () => output,
    isRunning: () => child !== undefined,
    start,
    kill: async () => void (await end('SIGKILL')),
    hang: (isHanging) => void child?.kill(isHanging ? 'SIGSTOP' : 'SIGCONT'),
    stop: () => end('SIGTERM'),
    dispose,
  };
};
