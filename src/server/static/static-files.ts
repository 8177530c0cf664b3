/**
 * Serves folders of files as they are: the demo's site and the released bundles. Only what lies in a mounted folder, never a dot file, never
 * through a link that leads out of it. Compressed with Brotli (a `.br` file beside it wins), revalidated by ETag.
 */
import { createHash } from 'node:crypto';
import { readFile, realpath, stat } from 'node:fs/promises';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { extname, join, sep } from 'node:path';
import { promisify } from 'node:util';
import { brotliCompress, constants } from 'node:zlib';
import type { Config, StaticMount } from '../config/config.js';
import { pagePolicy } from './page-policy.js';

const compress = promisify(brotliCompress);

const types: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8', '.js': 'text/javascript; charset=utf-8', '.mjs': 'text/javascript; charset=utf-8', '.css': 'text/css; charset=utf-8',
  '.json': 'application/json', '.map': 'application/json', '.svg': 'image/svg+xml', '.png': 'image/png', '.jpg': 'image/jpeg', '.webp': 'image/webp', '.avif': 'image/avif',
  '.ico': 'image/x-icon', '.woff2': 'font/woff2', '.txt': 'text/plain; charset=utf-8', '.webmanifest': 'application/manifest+json', '.pdf': 'application/pdf',
};
const compressible = /^(text\/|application\/(json|manifest)|image\/svg)/;
/** The bundles of one release: their bytes never change, and pages of any origin check them by hash. */
const versioned = /^\/care-chat\/\d+\.\d+\.\d+[^/]*\//;
/** Files kept in memory with their compressed form; the rest is read each time. */
const cachedFilesMax = 500;

interface Served {
  readonly stamp: string;
  readonly type: string;
  readonly etag: string;
  readonly plain: Buffer;
  readonly brotli: Buffer | null;
}

/** A file beneath a mounted folder; both paths are real ones, without links. */
interface Beneath {
  readonly root: string;
  readonly file: string;
}

/** Path → file, and the status with which it is served. */
interface Found extends Beneath {
  readonly status: 200 | 404;
  readonly mount: StaticMount;
}

/** The real path of something beneath `root`, links followed; null where it is not there or a link leads out. */
async function realBeneath(root: string, path: string): Promise<string | null> {
  const real = await realpath(path).catch(() => null);
  return real !== null && (real === root || real.startsWith(root.endsWith(sep) ? root : root + sep)) ? real : null;
}

/** The compressed form that stands beside a file. */
async function madeBefore({ root, file }: Beneath): Promise<Buffer | null> {
  const real = await realBeneath(root, `${file}.br`);
  return real === null ? null : readFile(real).catch(() => null);
}

async function load(found: Beneath, stamp: string): Promise<Served> {
  const { file } = found;
  const type = types[extname(file).toLowerCase()] ?? 'application/octet-stream';
  const plain = await readFile(file);
  const etag = `"${createHash('sha256').update(plain).digest('base64url').slice(0, 27)}"`;
  if (!compressible.test(type) || plain.length < 500) return { stamp, type, etag, plain, brotli: null };
  const made = await madeBefore(found) ?? await compress(plain, { params: { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_SIZE_HINT]: plain.length } });
  return { stamp, type, etag, plain, brotli: made.length < plain.length ? made : null };
}

/** The file beneath `dir`, if there is one: itself, or the `index.html` of a folder. Never outside of `dir`. */
async function fileBeneath(dir: string, path: string): Promise<Beneath | null> {
  const root = await realpath(dir).catch(() => null);
  const wanted = root === null ? null : await realBeneath(root, join(root, path));
  if (root === null || wanted === null) return null;
  const info = await stat(wanted).catch(() => null);
  if (info?.isFile()) return path.endsWith('/') ? null : { root, file: wanted };
  const index = info?.isDirectory() ? await realBeneath(root, join(wanted, 'index.html')) : null;
  return index !== null && (await stat(index).catch(() => null))?.isFile() ? { root, file: index } : null;
}

function decodePath(path: string): string | null {
  try {
    const decoded = decodeURIComponent(path);
    const bad = /[\0\\]/.test(decoded) || decoded.split('/').some((segment) => segment.startsWith('.'));
    return bad ? null : decoded;
  } catch {
    return null;
  }
}

async function find(mounts: readonly StaticMount[], path: string): Promise<Found | null> {
  const decoded = decodePath(path);
  for (const mount of decoded === null ? [] : mounts) {
    if (!decoded!.startsWith(mount.path)) continue;
    const found = await fileBeneath(mount.dir, decoded!.slice(mount.path.length));
    if (found !== null) return { ...found, status: 200, mount };
  }
  const site = mounts.find((mount) => mount.path === '/');
  const page = site && !versioned.test(path) ? await fileBeneath(site.dir, '404.html') : null;
  return site && page !== null ? { ...page, status: 404, mount: site } : null;
}

const takesBrotli = ({ headers }: IncomingMessage): boolean => /(^|,)\s*br\s*(,|;(?!\s*q=0(\.0*)?\s*(,|$))|$)/.test(String(headers['accept-encoding'] ?? ''));

function headersOf({ status, mount }: Found, { type, etag, brotli }: Served, path: string, { demo }: Config): Record<string, string> {
  const released = versioned.test(path);
  const policy = type.startsWith('text/html') ? (mount.csp ?? (demo ? pagePolicy : null)) : null;
  return {
    'Content-Type': type,
    'X-Content-Type-Options': 'nosniff',
    'Referrer-Policy': 'strict-origin-when-cross-origin',
    // A demo is built again and again under one version number; a release is not.
    'Cache-Control': released && !demo ? 'public, max-age=31536000, immutable' : 'no-cache',
    ...(status === 200 ? { ETag: etag } : {}),
    ...(brotli ? { Vary: 'Accept-Encoding' } : {}),
    ...(released ? { 'Access-Control-Allow-Origin': '*', 'Cross-Origin-Resource-Policy': 'cross-origin' } : {}),
    ...(policy === null ? {} : { 'Content-Security-Policy': policy }),
  };
}

/** Serves one request. Resolves to false where no mounted folder has the path, and none has a page for that; also for whoever wants more than to read. */
export type ServeFile = (request: IncomingMessage, response: ServerResponse, path: string) => Promise<boolean>;

/** Creates the server of the configured folders; the longest mount path wins. */
export function createStaticFiles(config: Config): ServeFile {
  const mounts = [...config.static].sort((a, b) => b.path.length - a.path.length);
  const cache = new Map<string, Promise<Served>>();

  const served = async (found: Beneath): Promise<Served> => {
    const { mtimeMs, size } = await stat(found.file);
    const stamp = `${mtimeMs}:${size}`;
    // By folder too: what stands beside a file may be in one mounted folder and outside of another.
    const key = `${found.root}\0${found.file}`;
    const known = await cache.get(key)?.catch(() => null);
    if (known?.stamp === stamp) return known;
    const fresh = load(found, stamp);
    if (cache.size >= cachedFilesMax) cache.clear();
    cache.set(key, fresh);
    return fresh;
  };

  return async (request, response, path) => {
    if (request.method !== 'GET' && request.method !== 'HEAD') return false;
    const found = await find(mounts, path);
    if (!found) return false;
    const file = await served(found);
    const headers = headersOf(found, file, path, config);
    if (found.status === 200 && request.headers['if-none-match']?.split(',').some((tag) => tag.trim().replace(/^W\//, '') === file.etag)) {
      response.writeHead(304, headers).end();
      return true;
    }
    const brotli = file.brotli !== null && takesBrotli(request);
    const body = brotli ? file.brotli : file.plain;
    response.writeHead(found.status, { ...headers, ...(brotli ? { 'Content-Encoding': 'br' } : {}), 'Content-Length': String(body.length) });
    response.end(request.method === 'HEAD' ? undefined : body);
    return true;
  };
}
