/**
 * The history of the database's shape. A migration that was released is never changed; a new shape is a new number.
 * Runs at each start, before anything else is read.
 */
import type { Database } from './driver.js';

/** One step from version n−1 to n. */
export interface Migration {
  readonly version: number;
  readonly name: string;
  readonly sql: string;
}

/** All steps, in order from 1. */
export const migrations: readonly Migration[] = [
  {
    version: 1,
    name: 'log, conversations, accounts, sessions, audit',
    sql: `
      create table meta (key text primary key, value text not null) without rowid;
      create table stream (id text primary key, head integer not null default 0, floor integer not null default 1) without rowid;
      create table event (
        stream text not null, seq integer not null, id text not null, kind text not null, at integer not null,
        by_id text not null, by_role text not null, by_name text, by_title text,
        dev text, cmid text, fp text, codec integer not null, body text not null,
        primary key (stream, seq)
      ) without rowid;
      create unique index event_id on event (id);
      create unique index event_key on event (stream, dev, cmid) where cmid is not null;
      create table conversation (
        id text primary key, visitor_id text not null, widget_id text not null, status text not null, department_id text, agent_id text,
        visitor_name text, visitor_folded text, locale text, created_at integer not null, waiting_since integer, closed_at integer,
        last_at integer not null, codec integer not null, pre_chat text not null, v integer not null
      ) without rowid;
      create index conversation_newest on conversation (created_at, id);
      create index conversation_status on conversation (status, created_at, id);
      create index conversation_visitor on conversation (visitor_id, created_at, id);
      create index conversation_agent on conversation (agent_id, status) where agent_id is not null;
      create index conversation_waiting on conversation (department_id, waiting_since) where status = 'waiting';
      create table watermark (stream text not null, who text not null, role text not null, delivered integer not null, read integer not null, primary key (stream, who)) without rowid;
      create table agent (
        id text primary key, email text not null, email_folded text not null unique, name text not null, title text not null, departments text not null,
        password_hash text not null, disabled integer not null, failures integer not null, locked_until integer not null
      ) without rowid;
      create table session (
        id text primary key, role text not null, subject text not null, widget_id text, device_id text not null, origin text,
        refresh_hash text not null, previous_hash text, rotated_at integer not null, successor_sealed text,
        created_at integer not null, last_used_at integer not null, expires_at integer not null, revoked_at integer
      ) without rowid;
      create unique index session_refresh on session (refresh_hash);
      create index session_previous on session (previous_hash) where previous_hash is not null;
      create index session_subject on session (role, subject, created_at);
      create table audit (n integer primary key autoincrement, at integer not null, actor text not null, action text not null, target text, outcome text not null, code text);
    `,
  },
  {
    version: 2,
    name: 'which rotation of a session is in use',
    sql: 'alter table session add column used_rotation integer',
  },
  {
    version: 3,
    name: 'what a bot does in a conversation',
    sql: 'alter table conversation add column bot text',
  },
  {
    version: 4,
    name: 'messages that were left while nobody was there',
    sql: `
      alter table conversation add column reference text;
      alter table conversation add column promised_at integer;
      create unique index conversation_reference on conversation (reference) where reference is not null;
    `,
  },
  {
    version: 5,
    name: 'how soon staff is to look at a conversation, and the language that was asked for',
    sql: `
      alter table conversation add column priority text;
      alter table conversation add column language text;
    `,
  },
  {
    version: 6,
    name: 'the latest session of co-browse',
    sql: 'alter table conversation add column cobrowse text',
  },
];

/** Why a database cannot be used, in words for the person who runs the server. */
export class UnusableDatabase extends Error {}

function currentVersion(db: Database): number {
  const tables = db.prepare(`select name from sqlite_master where type = 'table' and name not like 'sqlite_%'`).all().map((row) => String(row['name']));
  if (tables.length === 0) return 0;
  if (!tables.includes('migration')) throw new UnusableDatabase('The file is a database of some other program: it has tables, but none of care-chat. Choose another data folder.');
  return Number(db.prepare('select max(version) as version from migration').get()?.['version'] ?? 0);
}

/**
 * Brings a database to the newest version, each step in a transaction of its own. Returns the versions before and after.
 * Throws `UnusableDatabase` where the file was written by a newer care-chat or by another program; nothing was changed then.
 */
export function migrate(db: Database, now: number, steps: readonly Migration[] = migrations): { readonly from: number; readonly to: number } {
  const from = currentVersion(db);
  const to = steps[steps.length - 1]?.version ?? 0;
  if (from > to) {
    throw new UnusableDatabase(`The database has version ${from}, and this care-chat knows versions up to ${to}. It was written by a newer care-chat: install that one, or restore a backup.`);
  }
  for (const step of steps.filter(({ version }) => version > from)) {
    db.exec('begin immediate');
    try {
      db.exec('create table if not exists migration (version integer primary key, name text not null, applied_at integer not null)');
      db.exec(step.sql);
      db.prepare('insert into migration (version, name, applied_at) values (?, ?, ?)').run(step.version, step.name, now);
      db.exec('commit');
    } catch (error) {
      db.exec('rollback');
      throw error;
    }
  }
  return { from, to };
}
