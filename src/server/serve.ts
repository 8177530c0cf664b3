/** Puts a server together and takes it apart: store, identity, hub, HTTP, socket, static files. Prints nothing. */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Duplex } from 'node:stream';
import type { CareError } from '../base/care-error.js';
import type { Logger } from '../base/logger.js';
import { startAdminSocket } from './admin/admin-socket.js';
import { createAudit } from './audit/audit.js';
import { systemClock, type Clock } from './clock.js';
import { adminSocketFile, databaseFile, type Config } from './config/config.js';
import { createHttpApi, isApiPath } from './http/http-api.js';
import { createHealth } from './http/health.js';
import { problemAnswer, rawProblem, refuseUnreadable, writeAnswer } from './http/answer.js';
import type { Timing } from './hub/context.js';
import { createHub, type Hub } from './hub/create-hub.js';
import { createRate } from './hub/rate.js';
import { problem } from './hub/problems.js';
import { createIdentity } from './identity/create-identity.js';
import type { PasswordCost } from './identity/password.js';
import { createLinks, type Links } from './links/links.js';
import { createLogger } from './log/logger.js';
import { createSocketServer, type Doors, type SocketServer } from './socket/socket-server.js';
import { createStaticFiles } from './static/static-files.js';
import type { FsyncReport } from './store/measure-fsync.js';
import { openSqliteStore, type SqliteStore } from './store/sqlite-store.js';
import { createWireValidator } from './validate/wire.js';

export interface ServerOptions {
  readonly config: Config;
  /** Default: the configuration's. */
  readonly demo?: boolean | undefined;
  /** Wins over the configuration; 0: any free one. */
  readonly port?: number | undefined;
  /** Wins over the configuration; absolute. */
  readonly dataDir?: string | undefined;
  readonly logger?: Logger | undefined;
  readonly clock?: Clock | undefined;
  readonly timing?: Partial<Timing> | undefined;
  /** Cost of new password hashes; tests make them cheap. */
  readonly passwordCost?: PasswordCost | undefined;
  /** The module of the store's thread; tests give one that dies. */
  readonly storeThread?: URL | undefined;
}

export interface RunningServer {
  /** Where a browser reaches it, without a slash at the end. */
  readonly url: string;
  readonly port: number;
  /** Resolves when the store is lost for good: nothing more can be acknowledged, so the process should end and be started again. */
  readonly failed: Promise<void>;
  /** How fast the disk makes something durable. */
  readonly fsync: FsyncReport;
  /** `bye` 4503 to everybody, commits what is under way, closes the store. Idempotent. */
  close(): Promise<void>;
}

interface Parts {
  readonly config: Config;
  readonly log: Logger;
  readonly clock: Clock;
  readonly store: SqliteStore;
  readonly hub: Hub;
  readonly failed: Promise<void>;
  readonly closeAdmin: () => Promise<void>;
}

async function openParts(options: ServerOptions): Promise<Parts> {
  const config: Config = { ...options.config, ...(options.demo === undefined ? {} : { demo: options.demo }), ...(options.dataDir === undefined ? {} : { dataDir: options.dataDir }) };
  const clock = options.clock ?? systemClock;
  const log = options.logger ?? createLogger(config.log.level);
  let fail = (): void => {};
  const failed = new Promise<void>((resolve) => (fail = resolve));
  const onFailure = (error: CareError): void => {
    log.error('store.failed', { code: error.code });
    fail();
  };
  let recovered = (): void => {};
  const opened = await openSqliteStore({
    file: databaseFile(config), onFailure,
    onDown: () => log.error('store.down'),
    onRecovered: () => {
      log.warn('store.recovered');
      recovered();
    },
    ...(options.storeThread === undefined ? {} : { thread: options.storeThread }),
  });
  if (!opened.ok) throw opened.error;
  const store = opened.value;
  const { verdict, medianMicros, slowestMicros, samples } = store.fsync;
  if (verdict === 'fine') log.info('store.fsync', { medianMicros, slowestMicros, samples });
  else log.warn(verdict === 'fast' ? 'store.disk-may-not-be-durable' : 'store.disk-slow', { medianMicros, slowestMicros, samples });
  try {
    const audit = createAudit({ store, now: () => clock.now() });
    const identity = createIdentity({ store, clock, config, audit, ...(options.passwordCost === undefined ? {} : { passwordCost: options.passwordCost }) });
    await identity.seedAgents();
    const hub = createHub({ config, store, identity, audit, clock, log, validator: createWireValidator(), timing: options.timing, writtenAt: store.writtenAt });
    await hub.start();
    recovered = () => hub.startAnew();
    const admin = await startAdminSocket({ file: adminSocketFile(config), logger: log, accounts: identity.accounts, sessions: identity, audit, store });
    if (!admin.ok) log.warn('admin.not-listening', { code: admin.error.code });
    return { config, log, clock, store, hub, failed, closeAdmin: () => (admin.ok ? admin.value.close() : Promise.resolve()) };
  } catch (error) {
    await store.close();
    throw error;
  }
}

const hostName = /^(\[[0-9A-Fa-f:]+\]|[A-Za-z0-9.-]+)(:\d{1,5})?$/;

/** Where clients reach the server: as configured; in demo mode as the request says; else the listening address. */
function createBaseUrl(config: Config, listening: () => string): (request: IncomingMessage) => string {
  return ({ headers }) => {
    if (config.publicUrl !== null) return config.publicUrl;
    return config.demo && headers.host !== undefined && hostName.test(headers.host) ? `http://${headers.host}` : listening();
  };
}

function createListener({ config, log, clock, store, hub }: Parts, links: Links, listening: () => string, draining: () => boolean): (request: IncomingMessage, response: ServerResponse) => void {
  const api = createHttpApi(hub.context, links, createBaseUrl(config, listening), draining);
  const health = createHealth({ store, clock, draining, fsync: store.fsync });
  const files = createStaticFiles(config);
  const answer = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const path = (request.url ?? '/').split('?', 1)[0] ?? '/';
    if (isApiPath(path)) return api(request, response);
    const known = await health(path);
    if (known) return writeAnswer(request, response, known, {});
    if (!(await files(request, response, path))) writeAnswer(request, response, problemAnswer(problem('not-found')), {});
  };
  return (request, response) => {
    // HTTP/1.1 wants one (RFC 9112 §3.2); Node's own refusal would say nothing.
    if (request.headers.host === undefined && request.httpVersion === '1.1') return writeAnswer(request, response, problemAnswer(problem('bad-frame')), {});
    answer(request, response).catch((error: unknown) => {
      log.error('http.failed', { reason: error instanceof Error ? error.name : 'unknown' });
      if (response.headersSent) response.destroy();
      else writeAnswer(request, response, problemAnswer(problem('internal')), {});
    });
  };
}

/** Node looks for requests that take too long at intervals; the usual 30 s would double the shorter times. */
const serverTimes = ({ limits }: Config) =>
  ({ requestTimeout: Math.max(limits.requestTimeoutMs, limits.headersTimeoutMs), headersTimeout: limits.headersTimeoutMs, keepAliveTimeout: 10_000, connectionsCheckingInterval: 1_000, requireHostHeader: false });

/** What Node would refuse without a word of ours. */
function refuseUnusual(server: Server): void {
  server.on('clientError', refuseUnreadable);
  server.on('checkExpectation', (request: IncomingMessage, response: ServerResponse) => writeAnswer(request, response, problemAnswer(problem('not-supported')), { Connection: 'close' }));
  server.on('connect', (_request: IncomingMessage, socket: Duplex) => {
    socket.on('error', () => {});
    socket.end(rawProblem(problem('not-supported')), () => socket.destroy());
  });
}

const listen = (server: Server, host: string, port: number): Promise<number> => new Promise((resolve, reject) => {
  server.once('error', reject);
  server.listen(port, host, () => {
    server.off('error', reject);
    resolve((server.address() as AddressInfo).port);
  });
});

function urlOf({ publicUrl, listen: { host } }: Config, port: number): string {
  if (publicUrl !== null) return publicUrl;
  const name = host === '0.0.0.0' || host === '::' || host === '127.0.0.1' ? 'localhost' : host.includes(':') ? `[${host}]` : host;
  return `http://${name}:${port}`;
}

async function stop({ hub, log, clock, store, closeAdmin }: Parts, server: Server, sockets: SocketServer, links: Links): Promise<void> {
  log.info('server.draining');
  for (const connections of [sockets, links]) connections.end(4503, 'draining', { reconnect: true, retryAfterMs: 1_000 });
  await hub.drain();
  // It listens until then: who is between two polls comes for its `bye`.
  await Promise.all([sockets.close(), links.close()]);
  const closed = new Promise<void>((resolve) => server.close(() => resolve()));
  // A request that is under way has this long; a stalled one must not keep the server.
  const cancel = clock.after(5_000, () => server.closeAllConnections());
  await closed;
  cancel();
  await closeAdmin();
  // A store that is lost takes no entry; everybody who wrote has been told.
  await hub.context.audit.write({ actor: 'server', action: 'server.stop' }).catch(() => log.error('audit.failed'));
  await store.close();
  log.info('server.stopped');
}

/** Starts a server; resolves when it takes requests. Rejects with the reason where the store or the port cannot be had. */
export async function startServer(options: ServerOptions): Promise<RunningServer> {
  const parts = await openParts(options);
  const { config, log, hub, store, closeAdmin } = parts;
  let url = '';
  let closing: Promise<void> | null = null;
  const { limits } = config;
  const accepts = createRate(limits.connectsPerSec, () => hub.context.clock.ticks(), 1_000);
  // Connections of all kinds count for the same limits.
  const doors: Doors = { isFull: () => sockets.size + links.size >= limits.connections, mayCome: () => accepts.take('').ok };
  const links = createLinks(hub.context, doors);
  const server = createServer(serverTimes(config), createListener(parts, links, () => url, () => closing !== null));
  // Node ends what is idle when it stops to listen, and would keep what becomes idle after that.
  server.on('request', (_request, response) => response.once('close', () => server.listening || server.closeIdleConnections()));
  refuseUnusual(server);
  const sockets = createSocketServer(server, hub.context, doors);
  let port: number;
  try {
    port = await listen(server, config.listen.host, options.port ?? config.listen.port);
  } catch (error) {
    await hub.drain();
    await closeAdmin();
    await store.close();
    throw error;
  }
  url = urlOf(config, port);
  await hub.context.audit.write({ actor: 'server', action: 'server.start' });
  log.info('server.started', { port, demo: config.demo });
  return { url, port, failed: parts.failed, fsync: store.fsync, close: () => (closing ??= stop(parts, server, sockets, links)) };
}
