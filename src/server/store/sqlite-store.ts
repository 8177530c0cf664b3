/**
 * The store on one SQLite file: this side speaks with the worker thread that owns it (`sqlite-worker.ts`). If the thread dies, everything
 * that was waiting is rejected, everything later too, and `onFailure` is told: a store never fails in silence.
 */
import { Worker } from 'node:worker_threads';
import { CareError } from '../../base/care-error.js';
import { err, ok, type Result } from '../../base/result.js';
import type { BackupInput, BackupReply } from './backup-thread.js';
import type { FsyncReport } from './measure-fsync.js';
import type { OperationName, Operations, Reply, Request, StoreStats, WorkerInput } from './messages.js';
import type { Store } from './store.js';

export interface SqliteStoreOptions {
  /** The database file; its folder is made where it is missing. */
  readonly file: string;
  /** Told once where the store can do nothing more. The server should stop: readiness is gone for good. */
  readonly onFailure?: (error: CareError) => void;
  /** Told where the disk fails; until `onRecovered` everything is rejected with `overloaded`. What was under way may have been written or not. */
  readonly onDown?: () => void;
  readonly onRecovered?: () => void;
  /** Most writes in one transaction. */
  readonly batchMax?: number;
  /** The module of the thread; tests give one that dies. */
  readonly thread?: URL;
}

/** The store, and what is known of its work. */
export interface SqliteStore extends Store {
  /** How long the disk took to make something durable when the store was opened. */
  readonly fsync: FsyncReport;
  /** The latest time in the store when it was opened. */
  readonly writtenAt: number;
  stats(): Promise<StoreStats>;
  /** A consistent, checked copy while the server runs (`VACUUM INTO`, in a thread of its own). The file must not exist yet. */
  backup(file: string): Promise<void>;
}

/** When a write that the disk did not take is worth another try. */
const retryAfterMs = 2_000;

interface Waiting {
  readonly resolve: (value: unknown) => void;
  readonly reject: (error: CareError) => void;
}

/** One request and its answer at a time, by number. */
function createCalls(worker: Worker, onFailure: (error: CareError) => void): {
  readonly call: (op: Request['op'], args: readonly unknown[]) => Promise<unknown>;
  readonly fail: (error: CareError) => void;
  readonly answer: (reply: Reply) => void;
  readonly stop: () => void;
} {
  const waiting = new Map<number, Waiting>();
  let next = 1;
  let over: CareError | null = null;
  const end = (error: CareError): void => {
    over = error;
    for (const { reject } of waiting.values()) reject(error);
    waiting.clear();
  };
  return {
    call: (op, args) => new Promise((resolve, reject) => {
      if (over) return reject(over);
      const n = next++;
      waiting.set(n, { resolve, reject });
      worker.postMessage({ n, op, args });
    }),
    answer(reply) {
      if (reply.type !== 'done' && reply.type !== 'failed') return;
      const caller = waiting.get(reply.n);
      waiting.delete(reply.n);
      if (reply.type === 'done') caller?.resolve(reply.value);
      else caller?.reject(new CareError(reply.passing ? 'overloaded' : 'internal', `The store refused: ${reply.message}`, { retryable: true, ...(reply.passing ? { retryAfterMs } : {}) }));
    },
    fail(error) {
      if (over) return;
      end(error);
      onFailure(error);
    },
    stop: () => end(new CareError('stopped', 'The store is closed')),
  };
}

/** Runs the thread that copies. Rejects with `internal`, in words. */
const backUp = (from: string, to: string): Promise<void> => new Promise((resolve, reject) => {
  const thread = new Worker(new URL('./backup-thread.js', import.meta.url), { workerData: { from, to } satisfies BackupInput, execArgv: ['--disable-warning=ExperimentalWarning'] });
  const refuse = (why: string): void => reject(new CareError('internal', `The database could not be copied: ${why}.`));
  thread.once('message', (reply: BackupReply) => (reply.ok ? resolve() : refuse(reply.message)));
  thread.once('error', (error) => refuse(error.message));
  thread.once('exit', () => refuse('the thread ended'));
});

function createStore(file: string, worker: Worker, { call, stop }: ReturnType<typeof createCalls>, { epoch, secret, fsync, writtenAt }: Extract<Reply, { type: 'ready' }>): SqliteStore {
  const run = <K extends OperationName>(op: K, ...args: Parameters<Operations[K]>) => call(op, args) as Promise<ReturnType<Operations[K]>>;
  let closing: Promise<void> | null = null;
  const close = async (): Promise<void> => {
    // What was asked for before is in the worker's queue, ahead of this; what is asked for later is refused below.
    await call('close', []).catch(() => {});
    stop();
    await worker.terminate();
  };
  const open = <A extends readonly unknown[], R>(method: (...args: A) => Promise<R>) => (...args: A): Promise<R> =>
    closing ? Promise.reject(new CareError('stopped', 'The store is closed')) : method(...args);
  const operation = <K extends OperationName>(op: K) => open((...args: Parameters<Operations[K]>) => run(op, ...args));
  return {
    epoch,
    secret,
    fsync,
    writtenAt,
    commit: operation('commit'),
    known: operation('known'),
    head: operation('head'),
    readAfter: operation('readAfter'),
    readBefore: operation('readBefore'),
    conversation: operation('conversation'),
    conversations: operation('conversations'),
    tail: operation('tail'),
    watermarks: operation('watermarks'),
    mark: operation('mark'),
    agentByEmail: operation('agentByEmail'),
    agent: operation('agent'),
    agents: operation('agents'),
    putAgent: operation('putAgent'),
    session: operation('session'),
    sessionByRefresh: operation('sessionByRefresh'),
    putSession: operation('putSession'),
    useRotation: operation('useRotation'),
    sessionsOf: operation('sessionsOf'),
    audit: operation('audit'),
    auditLog: operation('auditLog'),
    prune: operation('prune'),
    check: open(() => run('check', Date.now())),
    stats: open(() => call('stats', []) as Promise<StoreStats>),
    backup: open((to: string) => backUp(file, to)),
    close: () => (closing ??= close()),
  };
}

/**
 * Opens (or creates) the store and brings it to the newest version.
 * Errors: `internal`, not retryable, with the reason in words: another server has the file, it is of a newer version, it is no database.
 */
export async function openSqliteStore({ file, onFailure = () => {}, onDown = () => {}, onRecovered = () => {}, batchMax = 256, thread = new URL('./sqlite-worker.js', import.meta.url) }: SqliteStoreOptions): Promise<Result<SqliteStore>> {
  const input: WorkerInput = { file, batchMax };
  // `node:sqlite` calls itself experimental at every start; nobody who runs a server can do anything about it.
  const worker = new Worker(thread, { workerData: input, execArgv: ['--disable-warning=ExperimentalWarning'] });
  const calls = createCalls(worker, onFailure);
  let isReady = false;
  return new Promise((resolve) => {
    // Nobody was given this store: whoever opened it is told by the result, and once.
    const refuse = (message: string): void => {
      calls.stop();
      resolve(err(new CareError('internal', message)));
    };
    worker.on('message', (reply: Reply) => {
      if (reply.type === 'ready') {
        isReady = true;
        resolve(ok(createStore(file, worker, calls, reply)));
      }
      else if (reply.type === 'refused') refuse(reply.message);
      else if (reply.type === 'down') onDown();
      else if (reply.type === 'recovered') onRecovered();
      else if (reply.type === 'fatal') calls.fail(new CareError('internal', `The database has failed: ${reply.message}`));
      else calls.answer(reply);
    });
    const died = (why: string): void => {
      if (!isReady) refuse(`The store's thread ended before it was ready: ${why}`);
      else calls.fail(new CareError('internal', `The store's thread ended: ${why}`));
    };
    worker.on('error', (error) => died(error.message));
    worker.on('exit', (code) => died(`exit code ${code}`));
  });
}
