/** How the database gets its shape. */
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, describe, it } from 'node:test';
import { openDatabase, type Database } from '../../../src/server/store/driver.js';
import { migrate, migrations, UnusableDatabase } from '../../../src/server/store/migrations.js';
import { openSqliteStore } from '../../../src/server/store/sqlite-store.js';

const folder = mkdtempSync(join(tmpdir(), 'care-chat-migrations-'));
let files = 0;
const databases: Database[] = [];
const newFile = (): string => join(folder, `${files++}.sqlite`);
const openNew = (file = newFile()): Database => {
  const db = openDatabase(file);
  databases.push(db);
  return db;
};
after(() => {
  for (const db of databases) db.close();
  rmSync(folder, { recursive: true });
});

describe('migrations', () => {
  it('are numbered from 1 without a gap', () => {
    assert.deepEqual(migrations.map((step) => step.version), migrations.map((_, n) => n + 1));
  });

  it('bring an empty file to the newest version, once', () => {
    const db = openNew();
    const newest = migrations.length;
    assert.deepEqual(migrate(db, 77), { from: 0, to: newest });
    assert.deepEqual(migrate(db, 78), { from: newest, to: newest });
    assert.deepEqual(db.prepare('select version, applied_at from migration').all().map((row) => [row['version'], row['applied_at']]), migrations.map(({ version }) => [version, 77]));
  });

  it('run only the steps that are missing, and keep what was there', () => {
    const db = openNew();
    migrate(db, 1);
    db.prepare(`insert into meta (key, value) values ('mine', 'kept')`).run();
    const next = migrations.length + 1;
    assert.deepEqual(migrate(db, 2, [...migrations, { version: next, name: 'one more', sql: 'alter table meta add column note text' }]), { from: next - 1, to: next });
    const row = db.prepare(`select value, note from meta where key = 'mine'`).get();
    assert.deepEqual([row?.['value'], row?.['note']], ['kept', null]);
  });

  it('leave no trace of a step that fails', () => {
    const db = openNew();
    migrate(db, 1);
    const next = migrations.length + 1;
    assert.throws(() => migrate(db, 2, [...migrations, { version: next, name: 'broken', sql: 'create table half (x); insert into nowhere values (1)' }]));
    assert.equal(db.prepare(`select count(*) as n from sqlite_master where name = 'half'`).get()?.['n'], 0);
    assert.deepEqual(migrate(db, 3), { from: next - 1, to: next - 1 });
  });

  it('refuse a database of a newer version, in words, and one of another program', async () => {
    const file = newFile();
    const db = openNew(file);
    migrate(db, 1, [...migrations, { version: 99, name: 'from the future', sql: 'create table future (x)' }]);
    assert.throws(() => migrate(db, 2), (error) => error instanceof UnusableDatabase && /version 99.*newer care-chat/.test(error.message));
    const refused = await openSqliteStore({ file });
    assert.ok(!refused.ok && /newer care-chat/.test(refused.error.message));

    const other = openNew();
    other.exec('create table someone_elses (x)');
    assert.throws(() => migrate(other, 1), (error) => error instanceof UnusableDatabase && /other program/.test(error.message));
  });

  it('are not tried on a file that is no database', async () => {
    const file = newFile();
    writeFileSync(file, 'this is a text, and a long one, so that it cannot be taken for an empty database file of any kind at all');
    const refused = await openSqliteStore({ file });
    assert.ok(!refused.ok && refused.error.message.includes('cannot be opened'));
  });
});
