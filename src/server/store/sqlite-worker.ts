/**
 * The writer thread: one connection, one owner, group commit. All requests that arrived while a transaction ran go into the next one
 * (at most `batchMax` writes), in order, each write in a savepoint of its own; the answers go out after the commit, so that nobody is
 * told of anything that is not durable. A slow fsync stalls this thread and no other.
 */
import { randomBytes } from 'node:crypto';
import { dirname } from 'node:path';
import { parentPort, workerData, type MessagePort } from 'node:worker_threads';
import { newEpoch } from './copy-database.js';
import type { Database } from './driver.js';
import { measureFsync, type FsyncReport } from './measure-fsync.js';
import { writes, type OperationName, type Operations, type Reply, type Request, type StoreStats, type WorkerInput } from './messages.js';
import { UnusableDatabase } from './migrations.js';
import { openOwned, takeLock, troubleOf, type StoreTrouble } from './open-database.js';
import { createOperations } from './operations.js';

const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));

/** A value that is made once, at the first start, and kept. */
function keep(db: Database, key: string, make: () => string): string {
  db.prepare('insert into meta (key, value) values (?, ?) on conflict (key) do nothing').run(key, make());
  return String(db.prepare('select value from meta where key = ?').get(key)?.['value']);
}

/** The latest time that was written. */
function latestTime(db: Database): number {
  const row = db.prepare('select max((select coalesce(max(last_at), 0) from conversation), coalesce((select at from audit order by n desc limit 1), 0)) as at').get();
  return Number(row?.['at'] ?? 0);
}

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

/** What can be tried again later, as far as the store knows. */
const passing: ReadonlySet<StoreTrouble> = new Set(['busy', 'full', 'disk'] as const);
const toFailed = (n: number, error: unknown): Reply => ({ type: 'failed', n, message: messageOf(error), passing: passing.has(troubleOf(error)) });

const isWrite = (request: Request): boolean => writes.has(request.op as OperationName);

function runOne(db: Database, operations: Operations, request: Request): Reply {
  const operation = operations[request.op as OperationName] as (...args: readonly unknown[]) => unknown;
  if (!isWrite(request)) {
    try {
      return { type: 'done', n: request.n, value: operation(...request.args) };
    } catch (error) {
      return toFailed(request.n, error);
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
    return toFailed(request.n, error);
  }
}

/** The first wait before a database is opened again whose disk failed, and the longest. */
const reopenAfterMs = 100;
const reopenAtMostMs = 1_000;

function serve(port: MessagePort, file: string, lock: Database, first: Database, batchMax: number, fsync: FsyncReport): void {
  let db: Database | null = first;
  const epoch = keep(first, 'epoch', newEpoch);
  let operations = createOperations(first, epoch);
  const stats: Stats = { writes: 0, transactions: 0, largestBatch: 0 };
  const queue: Request[] = [];
  let scheduled = false;
  const reply = (message: Reply): void => port.postMessage(message);
  const fatal = (error: unknown): void => {
    reply({ type: 'fatal', message: messageOf(error) });
    port.close();
  };

  /** After a failed write to the disk nothing that this connection says can be trusted: it is closed, and what is on the disk is read anew. */
  const reopen = (waitMs: number): void => {
    setTimeout(() => {
      try {
        const opened = openOwned(file);
        operations = createOperations(opened, epoch);
        db = opened;
        reply({ type: 'recovered' });
      } catch (error) {
        if (troubleOf(error) === 'damaged' || error instanceof UnusableDatabase) fatal(error);
        else reopen(Math.min(reopenAtMostMs, waitMs * 2));
      }
    }, waitMs);
  };
  const giveUpConnection = (): void => {
    try {
      db?.close();
    } catch {
      // It could not say goodbye to its disk.
    }
    db = null;
    reply({ type: 'down' });
    reopen(reopenAfterMs);
  };

  const control = (request: Request): void => {
    if (request.op === 'stats') {
      reply({ type: 'done', n: request.n, value: { driver: first.driver, ...stats } satisfies StoreStats });
      return;
    }
    try {
      db?.exec('pragma wal_checkpoint(truncate)');
      db?.close();
    } catch {
      // What is committed is in the log, and is read from there at the next start.
    }
    lock.close();
    reply({ type: 'done', n: request.n, value: null });
    port.close();
  };
  const isControl = (request: Request): boolean => request.op === 'stats' || request.op === 'close';

  const nextBatch = (): Request[] => {
    let count = 0;
    let end = 0;
    while (end < queue.length && !isControl(queue[end]!) && (count < batchMax || !isWrite(queue[end]!))) count += isWrite(queue[end++]!) ? 1 : 0;
    return queue.splice(0, end);
  };

  const work = (batch: readonly Request[]): void => {
    if (db === null) {
      for (const { n } of batch) reply({ type: 'failed', n, message: 'the disk does not answer', passing: true });
      return;
    }
    try {
      for (const message of runBatch(db, operations, batch, stats)) reply(message);
    } catch (error) {
      for (const { n } of batch) reply(toFailed(n, error));
      const trouble = troubleOf(error);
      if (trouble === 'damaged') fatal(error);
      else if (trouble === 'disk') giveUpConnection();
    }
  };
  const drain = (): void => {
    scheduled = false;
    const next = queue[0];
    if (!next) return;
    if (isControl(next)) control(queue.shift()!);
    else work(nextBatch());
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
  reply({ type: 'ready', epoch, secret: keep(first, 'secret', () => randomBytes(32).toString('hex')), driver: first.driver, fsync, writtenAt: latestTime(first) });
}

function open(port: MessagePort, { file, batchMax }: WorkerInput): void {
  const lock = takeLock(file);
  try {
    const fsync = measureFsync(dirname(file));
    serve(port, file, lock, openOwned(file), batchMax, fsync);
  } catch (error) {
    lock.close();
    throw error;
  }
}

function start(port: MessagePort, input: WorkerInput): void {
  try {
    open(port, input);
  } catch (error) {
    const message = error instanceof UnusableDatabase ? error.message : `The database ${input.file} cannot be opened: ${messageOf(error)}.`;
    port.postMessage({ type: 'refused', message } satisfies Reply);
    port.close();
  }
}

if (parentPort) start(parentPort, workerData as WorkerInput);
