/**
 * Opening the file of the store: one owner by a lock of our own, for the eyes of one account, durable settings. Shared by the server's
 * thread and by the commands that work while no server runs.
 */
import { chmodSync, closeSync, mkdirSync, openSync, realpathSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { openDatabase, type Database } from './driver.js';
import { migrate, UnusableDatabase } from './migrations.js';

const codeOf = (error: unknown): string => (error instanceof Error && 'code' in error ? String(error.code) : '');
const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));
const isBusy = (error: unknown): boolean => codeOf(error).startsWith('SQLITE_BUSY') || /database is locked|database table is locked/.test(messageOf(error));

/** What went wrong with a database: `busy` and `full` pass by themselves, after `disk` the connection must be opened anew, after `damaged` nothing helps. */
export type StoreTrouble = 'busy' | 'full' | 'disk' | 'damaged' | 'other';

/** Reads SQLite's error, by its code or (libraries differ) its words. */
export function troubleOf(error: unknown): StoreTrouble {
  const [code, message] = [codeOf(error), messageOf(error)];
  if (isBusy(error)) return 'busy';
  if (/SQLITE_FULL|ENOSPC|EDQUOT/.test(code) || /database or disk is full/.test(message)) return 'full';
  if (/SQLITE_(CORRUPT|NOTADB)/.test(code) || /malformed|not a database/.test(message)) return 'damaged';
  if (/SQLITE_(IOERR|CANTOPEN|READONLY)/.test(code) || /disk I\/O error|unable to open database|readonly database/.test(message)) return 'disk';
  return 'other';
}

/** Makes a file that is not there with the rights it is to have, so that it never exists with others. */
export const makePrivately = (file: string): void => closeSync(openSync(file, 'a', 0o600));

/** The name of a file without links in the path to it, so that two ways to one folder are one lock. */
const realName = (file: string): string => join(realpathSync(dirname(file)), basename(file));

/**
 * Holds `….lock` exclusively for as long as the process lives: SQLite alone would let a second server write to the same file.
 * Throws `UnusableDatabase` where another process holds it.
 */
export function takeLock(file: string): Database {
  mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
  const name = `${realName(file)}.lock`;
  makePrivately(name);
  const lock = openDatabase(name);
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

/**
 * Opens the database and brings it to the newest version. Call it while holding the lock. What a process left in the log after a failed
 * fsync may be in the page cache only: the checkpoint writes it into the database itself, with an fsync of its own, before anybody
 * is told that it is there. Throws what SQLite throws.
 */
export function openOwned(file: string): Database {
  // Patients' words: for the account that runs the server, and nobody else. The -wal and -shm files take the same mode.
  makePrivately(file);
  chmodSync(file, 0o600);
  const db = openDatabase(file);
  try {
    db.exec('pragma busy_timeout = 5000; pragma journal_mode = wal; pragma synchronous = full; pragma foreign_keys = on');
    migrate(db, Date.now());
    db.prepare('pragma wal_checkpoint(truncate)').all();
    return db;
  } catch (error) {
    db.close();
    throw error;
  }
}
