/**
 * The SQL of the store. Each operation runs inside the transaction (and savepoint) that the worker has opened for it; a write that
 * returns `dup` or `mismatch` has changed nothing. Must not know threads or transactions.
 */
import { randomBytes } from 'node:crypto';
import { fold } from '../../base/fold.js';
import { uuidv7 } from '../../base/ids.js';
import type { Database, SqlRow, SqlValue } from './driver.js';
import type { Operations } from './messages.js';
import { encodeBody, jsonCodec, toAgent, toAudit, toConversation, toEvent, toSession, toWatermark } from './rows.js';
import type { Commit, CommitResult, ConversationQuery, ConversationRow, NewEvent, StoredEvent } from './store.js';

/** More than a message of usual length with all its index entries. */
const probeBytes = 65_536;

/** How many forms of a conversation are looked at for the newest symptom check; nobody answers more after one. */
const formsLookedAt = 20;

/** The conversation that a stream belongs to: itself, or the one whose staff stream it is. */
const conversationOf = (stream: string): string => stream.replace(/\.staff$/, '');

const orNull = <T>(row: SqlRow | undefined, map: (row: SqlRow) => T): T | null => (row ? map(row) : null);

function createLog(db: Database, epoch: string): Pick<Operations, 'known' | 'head' | 'prune' | 'readAfter' | 'readBefore' | 'tail'> & {
  readonly append: (event: NewEvent, at: number) => StoredEvent;
} {
  const byKey = db.prepare('select * from event where stream = ? and dev = ? and cmid = ?');
  const number = db.prepare('insert into stream (id, head) values (?, 1) on conflict (id) do update set head = head + 1 returning head');
  const insert = db.prepare(`insert into event (stream, seq, id, kind, at, by_id, by_role, by_name, by_title, dev, cmid, fp, codec, body)
    values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`);
  const headOf = db.prepare('select head, floor from stream where id = ?');
  const after = db.prepare('select * from event where stream = ? and seq > ? and seq >= ? order by seq limit ?');
  const before = db.prepare('select * from event where stream = ? and seq < ? and seq >= ? order by seq desc limit ?');
  const last = db.prepare(`select * from event where stream = ? and seq >= ? and kind in ('message', 'action') and by_role in ('visitor', 'agent') order by seq desc limit 1`);
  const forms = db.prepare(`select * from event where stream = ? and seq >= ? and kind = 'form.answered' order by seq desc limit ${formsLookedAt}`);
  const unread = db.prepare(`select count(*) as count from event where stream = ? and seq > ? and kind in ('message', 'action') and by_role = 'visitor'`);
  const raise = db.prepare('update stream set floor = max(floor, min(?, head + 1)) where id = ? returning floor');
  const erase = db.prepare(`update event set body = '{}', codec = ?, by_name = null, by_title = null where stream = ? and seq < ?`);
  const event = (row: SqlRow): StoredEvent => toEvent(row, epoch);
  const head = (stream: string): { head: number; floor: number } => {
    const row = headOf.get(stream);
    return { head: Number(row?.['head'] ?? 0), floor: Number(row?.['floor'] ?? 1) };
  };
  return {
    known: (stream, dev, cmid) => orNull(byKey.get(stream, dev, cmid), (row) => ({ event: event(row), fp: row['fp'] === null ? null : String(row['fp']) })),
    append({ stream, kind, by, d, dev, cmid, fp }, at) {
      const seq = Number(number.get(stream)?.['head']);
      const id = `e_${uuidv7(at, randomBytes(16))}`;
      const body = encodeBody(d);
      insert.run(stream, seq, id, kind, at, by.id, by.role, by.name ?? null, by.title ?? null, dev ?? null, cmid ?? null, fp ?? null, jsonCodec, body);
      return event({
        stream, seq, id, kind, at, by_id: by.id, by_role: by.role, by_name: by.name ?? null, by_title: by.title ?? null, dev: dev ?? null, cmid: cmid ?? null, codec: jsonCodec, body,
      });
    },
    head,
    prune(stream, below) {
      const floor = Number(raise.get(below, stream)?.['floor'] ?? 1);
      erase.run(jsonCodec, stream, floor);
      return floor;
    },
    readAfter: (stream, from, limit) => after.all(stream, from, head(stream).floor, limit).map(event),
    readBefore: (stream, to, limit) => before.all(stream, to, head(stream).floor, limit).map(event).reverse(),
    tail(stream, from) {
      const { floor, head: end } = head(stream);
      const check = forms.all(stream, floor).map(event).find((one) => one.kind === 'form.answered' && one.d.purpose === 'checker') ?? null;
      return { last: orNull(last.get(stream, floor), event), check, unread: Number(unread.get(stream, from)?.['count']), head: end };
    },
  };
}

/** The where clause of a search, and its values. */
function searchClause(query: ConversationQuery): readonly [sql: string, values: readonly SqlValue[]] {
  const terms: string[] = [];
  const values: SqlValue[] = [];
  const add = (sql: string, ...bound: SqlValue[]): void => {
    terms.push(sql);
    values.push(...bound);
  };
  if (query.status !== undefined) add('status = ?', query.status);
  if (query.active) add(`status <> 'closed'`);
  if (query.live) add('reference is null');
  if (query.visitorId !== undefined) add('visitor_id = ?', query.visitorId);
  if (query.widgetId !== undefined) add('widget_id = ?', query.widgetId);
  if (query.agentId !== undefined) add('agent_id = ?', query.agentId);
  if (query.visibleTo !== undefined) {
    const { agentId, departmentIds } = query.visibleTo;
    add('(agent_id = ? or department_id is null or department_id in (select value from json_each(?)))', agentId, JSON.stringify(departmentIds));
  }
  if (query.from !== undefined) add('created_at >= ?', query.from);
  if (query.to !== undefined) add('created_at < ?', query.to);
  if (query.before !== undefined) add('(created_at, id) < (?, ?)', query.before.createdAt, query.before.id);
  const visitor = query.visitor === undefined ? '' : fold(query.visitor.trim());
  if (visitor !== '') {
    // Ids begin with a letter and an underscore, which a person who copies one from a report may leave out.
    const starts = (column: string): string => `substr(lower(${column}), 1, length(?)) = ? or substr(lower(${column}), 3, length(?)) = ?`;
    add(`(instr(visitor_folded, ?) > 0 or ${starts('id')} or ${starts('visitor_id')} or replace(lower(reference), '-', '') = replace(?, '-', ''))`, ...Array<string>(10).fill(visitor));
  }
  return [terms.length > 0 ? `where ${terms.join(' and ')}` : '', values];
}

function createConversations(db: Database): Pick<Operations, 'conversation' | 'conversations'> & {
  readonly write: (row: NonNullable<Commit['conversation']>, at: number) => void;
  readonly touch: (id: string, at: number | null) => void;
} {
  const byId = db.prepare('select * from conversation where id = ?');
  const put = db.prepare(`insert into conversation (id, visitor_id, widget_id, status, department_id, agent_id, visitor_name, visitor_folded, locale,
      created_at, waiting_since, closed_at, last_at, codec, pre_chat, bot, cobrowse, reference, promised_at, priority, language, v) values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 1)
    on conflict (id) do update set visitor_id = excluded.visitor_id, widget_id = excluded.widget_id, status = excluded.status,
      department_id = excluded.department_id, agent_id = excluded.agent_id, visitor_name = excluded.visitor_name, visitor_folded = excluded.visitor_folded,
      locale = excluded.locale, created_at = excluded.created_at, waiting_since = excluded.waiting_since, closed_at = excluded.closed_at,
      last_at = max(last_at, excluded.last_at), codec = excluded.codec, pre_chat = excluded.pre_chat, bot = excluded.bot, cobrowse = excluded.cobrowse,
      priority = excluded.priority, language = excluded.language, v = v + 1`);
  const grow = db.prepare('update conversation set v = v + 1, last_at = max(last_at, ?) where id = ?');
  return {
    write(row, at) {
      put.run(row.id, row.visitorId, row.widgetId, row.status, row.departmentId, row.agentId, row.visitorName, row.visitorName === null ? null : fold(row.visitorName),
        row.locale, row.createdAt, row.waitingSince, row.closedAt, at, jsonCodec, encodeBody(row.preChat), row.bot, row.cobrowse === null ? null : encodeBody(row.cobrowse), row.offline?.reference ?? null, row.offline?.promisedAt ?? null, row.priority, row.language);
    },
    touch: (id, at) => grow.run(at ?? 0, id),
    conversation: (id) => orNull(byId.get(id), toConversation),
    conversations(query) {
      const [where, values] = searchClause(query);
      return db.prepare(`select * from conversation ${where} order by created_at desc, id desc limit ?`).all(...values, query.limit).map(toConversation);
    },
  };
}

function createAccounts(db: Database): Pick<Operations, 'agentByEmail' | 'agent' | 'agents' | 'putAgent' | 'session' | 'sessionByRefresh' | 'sessionsOf' | 'putSession' | 'useRotation'> {
  const agentByEmail = db.prepare('select * from agent where email_folded = ?');
  const agentById = db.prepare('select * from agent where id = ?');
  const allAgents = db.prepare('select * from agent order by name, id');
  const putAgent = db.prepare(`insert into agent (id, email, email_folded, name, title, departments, password_hash, disabled, failures, locked_until)
    values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?) on conflict (id) do update set email = excluded.email, email_folded = excluded.email_folded, name = excluded.name,
      title = excluded.title, departments = excluded.departments, password_hash = excluded.password_hash, disabled = excluded.disabled,
      failures = excluded.failures, locked_until = excluded.locked_until`);
  const sessionById = db.prepare('select * from session where id = ?');
  const sessionByHash = db.prepare('select * from session where refresh_hash = ? union all select * from session where previous_hash = ? limit 1');
  const sessionsBySubject = db.prepare('select * from session where role = ? and subject = ? order by created_at');
  const putSession = db.prepare(`insert into session (id, role, subject, widget_id, device_id, origin, refresh_hash, previous_hash, rotated_at, successor_sealed,
      created_at, last_used_at, expires_at, revoked_at) values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
    on conflict (id) do update set refresh_hash = excluded.refresh_hash, previous_hash = excluded.previous_hash, rotated_at = excluded.rotated_at,
      successor_sealed = excluded.successor_sealed, last_used_at = excluded.last_used_at, expires_at = excluded.expires_at, revoked_at = excluded.revoked_at`);
  const useRotation = db.prepare('update session set used_rotation = ? where id = ? and (used_rotation is null or used_rotation < ?)');
  return {
    agentByEmail: (email) => orNull(agentByEmail.get(email.trim().toLowerCase()), toAgent),
    agent: (id) => orNull(agentById.get(id), toAgent),
    agents: () => allAgents.all().map(toAgent),
    putAgent(account) {
      putAgent.run(account.id, account.email, account.email.trim().toLowerCase(), account.name, account.title, JSON.stringify(account.departments),
        account.passwordHash, account.disabled ? 1 : 0, account.failures, account.lockedUntil);
    },
    session: (id) => orNull(sessionById.get(id), toSession),
    sessionByRefresh: (hash) => orNull(sessionByHash.get(hash, hash), toSession),
    sessionsOf: (subject) => sessionsBySubject.all(subject.role, subject.id).map(toSession),
    putSession(session) {
      putSession.run(session.id, session.subject.role, session.subject.id, session.subject.role === 'visitor' ? session.subject.widgetId : null, session.deviceId,
        session.origin, session.refreshHash, session.previousHash, session.rotatedAt, session.successorSealed, session.createdAt, session.lastUsedAt,
        session.expiresAt, session.revokedAt);
    },
    useRotation: (id, rotatedAt) => void useRotation.run(rotatedAt, id, rotatedAt),
  };
}

/** The operations on an open, migrated database. */
export function createOperations(db: Database, epoch: string): Operations {
  const { append, ...log } = createLog(db, epoch);
  const { write, touch, ...conversations } = createConversations(db);
  const marks = db.prepare('select * from watermark where stream = ? order by who');
  const mark = db.prepare(`insert into watermark (stream, who, role, delivered, read) values (?, ?, ?, ?, ?)
    on conflict (stream, who) do update set delivered = max(delivered, excluded.delivered), read = max(read, excluded.read) returning *`);
  const markOf = db.prepare('select * from watermark where stream = ? and who = ?');
  const audit = db.prepare('insert into audit (at, actor, action, target, outcome, code) values (?, ?, ?, ?, ?, ?)');
  const auditLog = db.prepare('select * from audit where n > ? order by n limit ?');
  const beat = db.prepare(`insert into meta (key, value) values ('checked_at', ?) on conflict (key) do update set value = excluded.value returning value`);

  const room = db.prepare('insert into meta (key, value) values (?, cast(zeroblob(?) as text)) on conflict (key) do update set value = excluded.value');
  const noRoom = db.prepare('delete from meta where key = ?');

  /** What a repeated submit is told; null where the key is new or there is none. */
  const repeated = ({ stream, dev, cmid, fp }: NewEvent): CommitResult | null => {
    const held = dev === undefined || cmid === undefined ? null : log.known(stream, dev, cmid);
    if (!held) return null;
    return held.fp === (fp ?? null) ? { type: 'dup', event: held.event } : { type: 'mismatch' };
  };

  const operations: Operations = {
    ...log,
    ...conversations,
    ...createAccounts(db),
    commit(commit) {
      for (const event of commit.events) {
        const result = repeated(event);
        if (result) return result;
      }
      const events = commit.events.map((event) => append(event, commit.at));
      const touched = new Set(commit.events.map((event) => conversationOf(event.stream)));
      if (commit.conversation) {
        write(commit.conversation, commit.at);
        touched.delete(commit.conversation.id);
      }
      for (const id of touched) touch(id, commit.at);
      for (const entry of [commit.audit ?? []].flat()) operations.audit(entry);
      const ids = commit.conversation ? [commit.conversation.id] : [...touched];
      const conversation = ids.reduce<ConversationRow | null>((found, id) => found ?? conversations.conversation(id), null);
      return { type: 'done', events, conversation };
    },
    watermarks: (stream) => marks.all(stream).map(toWatermark),
    mark(stream, { who, role, delivered, read }) {
      // Nobody has read what is not there, whatever a client says.
      const { head } = log.head(stream);
      const [upToRead, upToDelivered] = [Math.min(read, head), Math.min(Math.max(delivered, read), head)];
      const held = orNull(markOf.get(stream, who), toWatermark);
      if (held && held.delivered >= upToDelivered && held.read >= upToRead) return held;
      const merged = mark.get(stream, who, role, upToDelivered, upToRead);
      touch(conversationOf(stream), null);
      return toWatermark(merged!);
    },
    audit: (entry) => audit.run(entry.at, entry.actor, entry.action, entry.target ?? null, entry.outcome, entry.code ?? null),
    auditLog: (after, limit) => auditLog.all(after, limit).map(toAudit),
    check(at) {
      // Needs pages that are free now: on a full disk the small write below may still go through, and no message would.
      room.run('room', probeBytes);
      noRoom.run('room');
      if (beat.get(String(at))?.['value'] !== String(at)) throw new Error('what was written was not read back');
    },
  };
  return operations;
}
