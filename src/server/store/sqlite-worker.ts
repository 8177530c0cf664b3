/**
 * The writer thread: one connection, one owner, group commit. All requests that arrived while a transaction ran go into the next one
 * (at most `batchMax` writes), in order, each write in a savepoint of its own; the answers go out after the commit, so that nobody is
 * told of anything that is not durable. A slow fsync stalls this thread and no other.
 */
import { randomBytes } from 'node:crypto';
import { chmodSync, mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { parentPort, workerData, type MessagePort } from 'node:worker_threads';
import { openDatabase, type Database } from './driver.js';
import { writes, type OperationName, type Operations, type Reply, type Request, type StoreStats, type WorkerInput } from './messages.js';
import { migrate, UnusableDatabase } from './migrations.js';
import { createOperations } from './operations.js';

const codeOf = (error: unknown): string => (error instanceof Error && 'code' in error ? String(error.code) : '');
const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));
const isBusy = (error: unknown): boolean => codeOf(error).startsWith('SQLITE_BUSY') || /database is locked|database table is locked/.test(messageOf(error));

/** Holds `….lock` exclusively for as long as the process lives: SQLite alone would let a second server write to the same file. */
function takeLock(file: string): Database {
  const lock = openDatabase(`${file}.lock`);
  try {
    // A server that is just ending gets a moment to let go.
    lock.exec('pragma busy_timeout = 1500');
    lock.exec('begin exclusive');
    return lock;
  } catch (error) {
    lock.close();
    if (!isBusy(error)) throw error;
    throw new UnusableDatabase(`Another care-chat server is using ${file}. One database has one server: stop the other one, or give this one a data folder of its own.`);
  }
}

function openStore(file: string): { readonly db: Database; readonly lock: Database } {
  mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
  const lock = takeLock(file);
  try {
    const db = openDatabase(file);
    // Patients' words: for the account that runs the server, and nobody else. The -wal and -shm files take the same mode.
    chmodSync(file, 0o600);
    db.exec('pragma busy_timeout = 5000; pragma journal_mode = wal; pragma synchronous = full; pragma foreign_keys = on');
    migrate(db, Date.now());
    return { db, lock };
  } catch (error) {
    lock.close();
    throw error;
  }
}

/** A value that is made once, at the first start, and kept. */
function keep(db: Database, key: string, make: () => string): string {
  db.prepare('insert into meta (key, value) values (?, ?) on conflict (key) do nothing').run(key, make());
  return String(db.prepare('select value from meta where key = ?').get(key)?.['value']);
}

/** Copies the database. The copy gets an epoch of its own: what clients were sent after the copy was made is not in it. */
function backUp(db: Database, file: string): void {
  db.prepare('vacuum into ?').run(file);
  chmodSync(file, 0o600);
  const copy = openDatabase(file);
  try {
    copy.prepare(`update meta set value = ? where key = 'epoch'`).run(newEpoch());
  } finally {
    copy.close();
  }
}

const newEpoch = (): string => randomBytes(6).toString('hex');

interface Stats {
  writes: number;
  transactions: number;
  largestBatch: number;
}

/** Runs a list of requests as one transaction and returns the answers. Throws where the transaction as a whole failed; nothing of it is kept then. */
function runBatch(db: Database, operations: Operations, batch: readonly Request[], stats: Stats): Reply[] {
  const writing = batch.filter((request) => isWrite(request)).length;
  if (writing > 0) db.exec('begin immediate');
  try {
    const replies = batch.map((request) => runOne(db, operations, request));
    if (writing > 0) {
      db.exec('commit');
      stats.writes += writing;
      stats.transactions += 1;
      stats.largestBatch = Math.max(stats.largestBatch, writing);
    }
    return replies;
  } catch (error) {
    try {
      if (writing > 0) db.exec('rollback');
    } catch {
      // SQLite has rolled back by itself (disk full, I/O error); the first error tells why.
    }
    throw error;
  }
}

const isWrite = (request: Request): boolean => writes.has(request.op as OperationName);

function runOne(db: Database, operations: Operations, request: Request): Reply {
  const operation = operations[request.op as OperationName] as (...args: readonly unknown[]) => unknown;
  if (!isWrite(request)) {
    try {
      return { type: 'done', n: request.n, value: operation(...request.args) };
    } catch (error) {
      return { type: 'failed', n: request.n, message: messageOf(error) };
    }
  }
  db.exec('savepoint one');
  try {
    const value = operation(...request.args);
    db.exec('release one');
    return { type: 'done', n: request.n, value };
  } catch (error) {
    // Throws where SQLite has given up the whole transaction: then the batch as a whole has failed.
    db.exec('rollback to one');
    db.exec('release one');
    return { type: 'failed', n: request.n, message: messageOf(error) };
  }
}

function serve(port: MessagePort, { db, lock }: { readonly db: Database; readonly lock: Database }, batchMax: number): void {
  const epoch = keep(db, 'epoch', newEpoch);
  const operations = createOperations(db, epoch);
  const stats: Stats = { writes: 0, transactions: 0, largestBatch: 0 };
  const queue: Request[] = [];
  let scheduled = false;
  const reply = (message: Reply): void => port.postMessage(message);

  const control = (request: Request): void => {
    try {
      if (request.op === 'stats') {
        reply({ type: 'done', n: request.n, value: { driver: db.driver, ...stats } satisfies StoreStats });
      } else if (request.op === 'backup') {
        backUp(db, request.args[0]);
        reply({ type: 'done', n: request.n, value: null });
      } else if (request.op === 'close') {
        db.exec('pragma wal_checkpoint(truncate)');
        db.close();
        lock.close();
        reply({ type: 'done', n: request.n, value: null });
        port.close();
      }
    } catch (error) {
      reply({ type: 'failed', n: request.n, message: messageOf(error) });
    }
  };
  const isControl = (request: Request): boolean => request.op === 'stats' || request.op === 'close' || request.op === 'backup';

  const nextBatch = (): Request[] => {
    let count = 0;
    let end = 0;
    while (end < queue.length && !isControl(queue[end]!) && (count < batchMax || !isWrite(queue[end]!))) count += isWrite(queue[end++]!) ? 1 : 0;
    return queue.splice(0, end);
  };

  const drain = (): void => {
    scheduled = false;
    const first = queue[0];
    if (!first) return;
    if (isControl(first)) {
      control(queue.shift()!);
    } else {
      const batch = nextBatch();
      try {
        for (const message of runBatch(db, operations, batch, stats)) reply(message);
      } catch (error) {
        for (const { n } of batch) reply({ type: 'failed', n, message: messageOf(error) });
        // After a failed write to the disk nothing that SQLite says about it can be trusted; a full disk or a busy file can be tried again.
        if (/SQLITE_(IOERR|CORRUPT|NOTADB)/.test(codeOf(error)) || /disk I\/O error|malformed|not a database/.test(messageOf(error))) {
          reply({ type: 'fatal', message: messageOf(error) });
          port.close();
          return;
        }
      }
    }
    schedule();
  };
  const schedule = (): void => {
    // After the messages that are waiting in the port, so that they join the batch.
    if (scheduled || queue.length === 0) return;
    scheduled = true;
    setImmediate(drain);
  };
  port.on('message', (request: Request) => {
    queue.push(request);
    schedule();
  });
  reply({ type: 'ready', epoch, secret: keep(db, 'secret', () => randomBytes(32).toString('hex')), driver: db.driver });
}

function start(port: MessagePort, { file, batchMax }: WorkerInput): void {
  try {
    serve(port, openStore(file), batchMax);
  } catch (error) {
    const message = error instanceof UnusableDatabase ? error.message : `The database ${file} cannot be opened: ${messageOf(error)}.`;
    port.postMessage({ type: 'refused', message } satisfies Reply);
    port.close();
  }
}

if (parentPort) start(parentPort, workerData as WorkerInput);
