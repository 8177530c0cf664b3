/**
 * `care-chat form preview`: the page on which an author tries a form or a pack, served on this machine only. Every load of the page reads the file again. A page from
 * elsewhere that reaches the port through a name of its own (DNS rebinding) is refused by its Host header.
 */
import { readFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import { basename } from 'node:path';
import { fileURLToPath } from 'node:url';
import { readJson } from './read-json.js';
import { exit, UsageError, type ExitCode, type Terminal } from './terminal.js';

export interface PreviewOptions {
  readonly path: string;
  /** Files with ValueSets and CodeSystems. */
  readonly terminology: readonly string[];
  /** 0: any that is free. */
  readonly port: number;
}

export interface PreviewServer {
  readonly url: string;
  close(): Promise<void>;
}

/** Everything from the server itself; styles are constructed sheets. */
const policy = "default-src 'none'; script-src 'self'; connect-src 'self'; img-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; require-trusted-types-for 'script'; trusted-types care-preview#html care-preview#purify";
const headers = { 'content-security-policy': policy, 'cache-control': 'no-store', 'referrer-policy': 'no-referrer', 'x-content-type-options': 'nosniff', 'cross-origin-resource-policy': 'same-origin' };

const bundle = (file: string): Promise<Buffer> => readFile(fileURLToPath(new URL(`../../preview/${file}`, import.meta.url)));

/** The file as it is now; a mistake in it is told on the page, where the author looks. */
function readPreview({ path, terminology }: PreviewOptions): string {
  try {
    return JSON.stringify({ name: basename(path), json: readJson(path), terminology: terminology.map(readJson) });
  } catch (error) {
    if (error instanceof UsageError) return JSON.stringify({ error: error.message });
    throw error;
  }
}

interface Served {
  readonly type: string;
  read(): Promise<Buffer> | string;
}

const served = (options: PreviewOptions): ReadonlyMap<string, Served> => new Map<string, Served>([
  ['/', { type: 'text/html; charset=utf-8', read: () => bundle('index.html') }],
  ['/preview.js', { type: 'text/javascript; charset=utf-8', read: () => bundle('preview.js') }],
  ['/favicon.ico', { type: 'image/x-icon', read: () => '' }],
  ['/preview.json', { type: 'application/json', read: () => readPreview(options) }],
]);

/** Starts the server on the loopback address. Rejects with the system's error where the port cannot be had. */
export async function startPreview(options: PreviewOptions): Promise<PreviewServer> {
  const files = served(options);
  let port = options.port;
  const server: Server = createServer((request, response) => {
    const file = files.get(request.url ?? '');
    const isOurs = request.headers.host === `localhost:${port}` || request.headers.host === `127.0.0.1:${port}`;
    if (!file || !isOurs || request.method !== 'GET') {
      response.writeHead(isOurs ? (file ? 405 : 404) : 421, headers).end();
      return;
    }
    Promise.resolve(file.read()).then((content) => response.writeHead(200, { ...headers, 'content-type': file.type }).end(content), () => response.writeHead(500, headers).end());
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', resolve);
  });
  const address = server.address();
  if (address !== null && typeof address === 'object') port = address.port;
  return {
    url: `http://localhost:${port}/`,
    close: () => new Promise((resolve) => {
      server.close(() => resolve());
      server.closeAllConnections();
    }),
  };
}

/** Serves until it is asked to stop. Throws `UsageError` where the file is not there or no JSON. */
export async function runPreview(options: PreviewOptions, terminal: Terminal): Promise<ExitCode> {
  readJson(options.path);
  options.terminology.forEach(readJson);
  const stop = terminal.stopRequested();
  let server: PreviewServer;
  try {
    server = await startPreview(options);
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'EADDRINUSE')) throw error;
    terminal.error(`Port ${options.port} is taken by another program. Choose another one: --port N.`);
    return exit.failure;
  }
  terminal.out(`${basename(options.path)} is to be tried on ${server.url} (on this machine only; load the page again after a change; Ctrl+C ends it)`);
  await stop;
  await server.close();
  return exit.ok;
}
