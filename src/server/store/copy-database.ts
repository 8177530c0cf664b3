/** Whole copies of a database: made beside their place, checked, flushed, and only then named. */
import { randomBytes } from 'node:crypto';
import { closeSync, fsyncSync, linkSync, openSync, rmSync } from 'node:fs';
import { dirname } from 'node:path';
import { openDatabase, type Database } from './driver.js';
import { makePrivately } from './open-database.js';

/** A name for the history of a database: what clients were sent under another one is not in it. */
export const newEpoch = (): string => randomBytes(6).toString('hex');

/** Makes what was written to a file, or the names in a folder, durable. */
export function flush(path: string): void {
  const handle = openSync(path, 'r');
  try {
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
}

/** Throws where SQLite finds damage. */
export function checkIntegrity(db: Database): void {
  const rows = db.prepare('pragma integrity_check').all();
  if (rows.length !== 1 || Object.values(rows[0]!)[0] !== 'ok') throw new Error('the database is damaged (integrity check)');
}

/** Copies a database, which may be in use, to a file that must not exist yet. The copy gets an epoch of its own. Throws in words. */
export function copyDatabase(from: string, to: string): void {
  const temporary = `${to}.${randomBytes(4).toString('hex')}.part`;
  try {
    // SQLite takes an empty file for none, and keeps its rights.
    makePrivately(temporary);
    const source = openDatabase(from);
    try {
      source.exec('pragma busy_timeout = 5000');
      source.prepare('vacuum into ?').run(temporary);
    } finally {
      source.close();
    }
    const copy = openDatabase(temporary);
    try {
      checkIntegrity(copy);
      copy.prepare(`update meta set value = ? where key = 'epoch'`).run(newEpoch());
    } finally {
      copy.close();
    }
    flush(temporary);
    // A link refuses a name that is taken; a rename would overwrite.
    linkSync(temporary, to);
  } finally {
    rmSync(temporary, { force: true });
  }
  flush(dirname(to));
}
