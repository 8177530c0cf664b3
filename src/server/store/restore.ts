/**
 * Puts a backup in the place of the database, while no server runs. What was there is kept aside. The restored history gets a new epoch, each
 * time, so that every client notices. At every moment the folder holds a whole database under its name: the old one or the new one.
 */
import { randomBytes } from 'node:crypto';
import { copyFileSync, existsSync, linkSync, renameSync, rmSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import { CareError } from '../../base/care-error.js';
import { err, ok, type Result } from '../../base/result.js';
import { checkIntegrity, flush, newEpoch } from './copy-database.js';
import { openDatabase } from './driver.js';
import { migrate, UnusableDatabase } from './migrations.js';
import { makePrivately, takeLock } from './open-database.js';

export interface Restored {
  /** Where the database that was there is now; null where there was none. */
  readonly aside: string | null;
  readonly epoch: string;
}

/** A copy of the backup, checked, with its new epoch and the entry in its audit log. The backup itself is only read. */
function prepare(from: string, temporary: string, now: number): string {
  makePrivately(temporary);
  copyFileSync(from, temporary);
  const db = openDatabase(temporary);
  try {
    // One file, nothing beside it.
    db.exec('pragma journal_mode = delete');
    checkIntegrity(db);
    if (db.prepare(`select count(*) as tables from sqlite_master where type = 'table'`).get()?.['tables'] === 0) throw new UnusableDatabase('The file is empty: there is no backup in it.');
    migrate(db, now);
    const epoch = newEpoch();
    db.prepare(`insert into meta (key, value) values ('epoch', ?) on conflict (key) do update set value = excluded.value`).run(epoch);
    db.prepare('insert into audit (at, actor, action, target, outcome, code) values (?, ?, ?, null, ?, null)').run(now, 'command-line', 'store.restore', 'ok');
    return epoch;
  } finally {
    db.close();
  }
}

/** Brings what stands in the write-ahead log into the file. A database that is too damaged for that is put aside with its log. */
function settle(file: string): void {
  try {
    const db = openDatabase(file);
    try {
      db.prepare('pragma wal_checkpoint(truncate)').all();
    } finally {
      db.close();
    }
  } catch {
    // The reason for restoring, perhaps.
  }
}

/** Gives the old database a second name, and moves its log there too: a log that stayed would be taken for the new database's. */
function putAside(file: string, now: number): string | null {
  if (!existsSync(file)) return null;
  settle(file);
  const stamp = new Date(now).toISOString().replace(/[-:]/g, '').replace(/\..*/, 'Z');
  let aside = `${file}.before-restore-${stamp}`;
  for (let n = 2; existsSync(aside); n++) aside = `${file}.before-restore-${stamp}-${n}`;
  try {
    linkSync(file, aside);
  } catch {
    // A file system without links.
    copyFileSync(file, aside);
    flush(aside);
  }
  for (const suffix of ['-wal', '-shm']) if (existsSync(`${file}${suffix}`)) renameSync(`${file}${suffix}`, `${aside}${suffix}`);
  return aside;
}

const refusal = (from: string, error: unknown): CareError => {
  if (error instanceof UnusableDatabase) return new CareError('invalid', error.message);
  const message = error instanceof Error ? error.message : 'unknown error';
  if (/not a database/.test(message)) return new CareError('invalid', `${from} is no care-chat database.`);
  if (/malformed|damaged/.test(message)) return new CareError('invalid', `${from} is damaged: it did not pass SQLite's integrity check. Take an older backup.`);
  return new CareError('internal', `${from} cannot be restored: ${message}.`);
};

/**
 * Restores `from` to `file`. Errors, in words: `invalid` (no such file, in use, damaged, of another program or a newer version, or a server
 * is running), `internal` (the file system). Nothing was changed then.
 */
export function restoreDatabase(from: string, file: string, now: number): Result<Restored> {
  if (!existsSync(from) || !statSync(from).isFile()) return err(new CareError('invalid', `${from} cannot be read: there is no such file.`));
  if (existsSync(`${from}-wal`) && statSync(`${from}-wal`).size > 0) {
    return err(new CareError('invalid', `${from} is a database in use (there is a log beside it), and a part of it would be missing. Make a backup with: care-chat backup`));
  }
  let temporary = '';
  let lock: ReturnType<typeof takeLock> | null = null;
  try {
    lock = takeLock(file);
    temporary = `${file}.restoring-${randomBytes(4).toString('hex')}`;
    const epoch = prepare(from, temporary, now);
    flush(temporary);
    const aside = putAside(file, now);
    renameSync(temporary, file);
    flush(dirname(file));
    return ok({ aside, epoch });
  } catch (error) {
    return err(refusal(from, error));
  } finally {
    if (temporary !== '') rmSync(temporary, { force: true });
    lock?.close();
  }
}
