/**
 * The second backend (demo/vendor-backend) for a test: a process on a free port with a data file of its own, and its console.
 *
 *   const backend = await openVendorBackend({ origins: [site.url] });
 *   backend.type('Good morning.');           // a person of the clinic answers
 *   await backend.kill(); await backend.start();
 *   await backend.dispose();                 // in `after`
 */
import { spawn, type ChildProcessByStdio } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Readable, Writable } from 'node:stream';
import { freePort, installPackages } from './engines.js';
import { projectRoot } from './server.js';

/** Where the backend is. */
export const vendorFolder = join(projectRoot, 'demo/vendor-backend');

interface PythonModule {
  readonly debianPackage: string;
  readonly howToInstall: string;
  readonly findPython: () => string | undefined;
}

/** An interpreter that can run it, installed where that can be done. Undefined, and said aloud: there is none, and this is no CI, where it is a failure. */
export const requirePython = async (): Promise<string | undefined> => {
  const { debianPackage, howToInstall, findPython } = await import(pathToFileURL(join(vendorFolder, 'python.mjs')).href) as PythonModule;
  const found = findPython() ?? (installPackages([[debianPackage]]) ? findPython() : undefined);
  if (found === undefined && ['true', '1'].includes(process.env['CI'] ?? '')) throw new Error(howToInstall);
  if (found === undefined) console.error(`skipped – ${howToInstall}`);
  return found;
};

/** A backend under test. */
export interface VendorBackend {
  readonly url: string;
  readonly port: number;
  /** Everything it wrote, over all its starts. */
  output(): string;
  /** Resolves with the output when it matches; rejects after 20 s. */
  says(pattern: RegExp): Promise<string>;
  /** A line at the console. */
  type(line: string): void;
  /** Starts it, with further arguments, and waits until it listens. */
  start(...args: readonly string[]): Promise<void>;
  /** A second process on the same data: its exit code and what it said. */
  second(): Promise<{ readonly code: number | null; readonly said: string }>;
  kill(): Promise<void>;
  /** SIGTERM; the exit code. */
  stop(): Promise<number | null>;
  dispose(): Promise<void>;
}

/** What of widget.json is another. */
export interface VendorOptions {
  readonly python: string;
  readonly origins?: readonly string[];
  /** Fields of the widget. */
  readonly widget?: Readonly<Record<string, unknown>>;
}

/** Longer than a page gives another one to send what it left (15 s) and a connection to be back. */
const waitMs = 40_000;

/** Starts the backend with its console and waits until it listens. */
export const openVendorBackend = async ({ python, origins = [], widget = {} }: VendorOptions): Promise<VendorBackend> => {
  const folder = mkdtempSync(join(tmpdir(), 'care-chat-vendor-'));
  const port = await freePort();
  const config = JSON.parse(readFileSync(join(vendorFolder, 'widget.json'), 'utf8')) as { readonly widget: object };
  const file = join(folder, 'widget.json');
  writeFileSync(file, JSON.stringify({ ...config, port, data: join(folder, 'chat.db'), origins, widget: { ...config.widget, ...widget } }));
  let output = '';
  let child: ChildProcessByStdio<Writable, Readable, Readable> | undefined;
  const onExit = (): void => void child?.kill('SIGKILL');
  process.once('exit', onExit);

  // As warnings are errors, whatever a newer Python does not like any more is seen here first.
  const launch = (args: readonly string[]): ChildProcessByStdio<Writable, Readable, Readable> =>
    spawn(python, ['-B', '-W', 'error', join(vendorFolder, 'backend.py'), file, ...args], { cwd: folder, stdio: ['pipe', 'pipe', 'pipe'] });
  const until = async (from: number, pattern: RegExp): Promise<string> => {
    const end = Date.now() + waitMs;
    for (;;) {
      if (pattern.test(output.slice(from))) return output;
      if (child === undefined || Date.now() > end) throw new Error(`the backend did not say ${pattern}:\n${output}`);
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  };
  const start = async (...args: readonly string[]): Promise<void> => {
    const from = output.length;
    const started = launch(['--console', ...args]);
    child = started;
    for (const stream of [started.stdout, started.stderr]) stream.setEncoding('utf8').on('data', (chunk: string) => void (output += chunk));
    started.stdin.on('error', () => {});
    started.once('exit', () => {
      if (child === started) child = undefined;
    });
    await until(from, /^care-chat backend at /m);
  };
  const end = (signal: NodeJS.Signals): Promise<number | null> => new Promise((resolve) => {
    if (child === undefined) return resolve(null);
    child.once('exit', (code) => resolve(code));
    child.kill(signal);
  });
  const backend: VendorBackend = {
    url: `http://localhost:${port}`,
    port,
    output: () => output,
    says: (pattern) => until(0, pattern),
    type: (line) => void child?.stdin.write(`${line}\n`),
    start,
    second: () => new Promise((resolve) => {
      const other = launch([]);
      let said = '';
      other.stderr.setEncoding('utf8').on('data', (chunk: string) => void (said += chunk));
      other.once('close', (code) => resolve({ code, said }));
    }),
    kill: async () => void (await end('SIGKILL')),
    stop: () => end('SIGTERM'),
    dispose: async () => {
      await end('SIGKILL');
      process.off('exit', onExit);
      rmSync(folder, { recursive: true, force: true });
    },
  };
  await start();
  return backend;
};
