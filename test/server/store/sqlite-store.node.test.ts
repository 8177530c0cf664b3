/** The store on SQLite: its laws (`store.ts`), group commit, restart, one owner. */
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, describe, it } from 'node:test';
import type { Commit, NewEvent, SessionRow, StoredEvent } from '../../../src/server/store/store.js';
import { openSqliteStore, type SqliteStore } from '../../../src/server/store/sqlite-store.js';

const folder = mkdtempSync(join(tmpdir(), 'care-chat-store-'));
let files = 0;
const newFile = (): string => join(folder, `${files++}`, 'care-chat.sqlite');
const opened: SqliteStore[] = [];

async function open(file = newFile(), options: { batchMax?: number } = {}): Promise<SqliteStore> {
  const result = await openSqliteStore({ file, ...options });
  assert.ok(result.ok, result.ok ? '' : result.error.message);
  opened.push(result.value);
  return result.value;
}

after(async () => {
  await Promise.all(opened.map((store) => store.close()));
  rmSync(folder, { recursive: true });
});

const visitor = { id: 'v_1', role: 'visitor', name: 'Ada' } as const;
const agent = { id: 'a_1', role: 'agent', name: 'Nadia', title: 'Nurse' } as const;
const message = (stream: string, cmid?: string, more: Partial<NewEvent> = {}): NewEvent => ({
  stream, kind: 'message', by: visitor, d: { parts: [{ kind: 'text', text: `text of ${cmid ?? 'nobody'}` }] },
  ...(cmid === undefined ? {} : { dev: 'd_1', cmid, fp: `fp-${cmid}` }), ...more,
});
const commit = (...events: NewEvent[]): Commit => ({ at: 1000, events });
const conversation = (id: string, more: Partial<NonNullable<Commit['conversation']>> = {}): NonNullable<Commit['conversation']> => ({
  id, visitorId: 'v_1', widgetId: 'main', status: 'waiting', departmentId: 'nurse', agentId: null, visitorName: 'Zoë Ångström', locale: 'en',
  createdAt: 1000, waitingSince: 1000, closedAt: null, preChat: [{ linkId: 'name', question: 'Your name', answers: ['Zoë'] }], bot: null, cobrowse: null, offline: null, priority: null, language: null, ...more,
});
const done = (result: Awaited<ReturnType<SqliteStore['commit']>>): readonly StoredEvent[] => {
  assert.equal(result.type, 'done');
  return result.type === 'done' ? result.events : [];
};

describe('the log of the SQLite store', () => {
  it('numbers each stream from 1 without a gap, however many write at once', async () => {
    const store = await open();
    const streams = ['c_a', 'c_b', 'c_c'];
    const results = await Promise.all(Array.from({ length: 300 }, (_, n) => store.commit(commit(message(streams[n % 3]!, `cmid-${n}`)))));
    for (const stream of streams) {
      const seqs = results.flatMap(done).filter((event) => event.stream === stream).map((event) => event.seq);
      assert.deepEqual(seqs, Array.from({ length: 100 }, (_, n) => n + 1));
      assert.deepEqual((await store.readAfter(stream, 0, 1000)).map((event) => event.seq), seqs);
      assert.deepEqual(await store.head(stream), { head: 100, floor: 1 });
    }
  });

  it('gives back an event as it was put in', async () => {
    const store = await open();
    const [event] = done(await store.commit(commit(message('c_a', 'cmid-1', { by: agent, d: { parts: [{ kind: 'text', text: 'ein \u0000 Wort \ud800 مرحبا' }], lang: 'de' } }))));
    assert.deepEqual(event, {
      stream: 'c_a', epoch: store.epoch, seq: 1, id: event!.id, kind: 'message', at: 1000, by: agent, cmid: 'cmid-1', dev: 'd_1',
      d: { parts: [{ kind: 'text', text: 'ein \u0000 Wort \ud800 مرحبا' }], lang: 'de' },
    });
    assert.match(event!.id, /^e_[0-9a-f-]{36}$/);
    assert.deepEqual(await store.readAfter('c_a', 0, 10), [event]);
  });

  it('answers a repeated key with the original event, also among copies that come at once', async () => {
    const store = await open();
    const results = await Promise.all(Array.from({ length: 50 }, () => store.commit(commit(message('c_a', 'cmid-1')))));
    const first = done(results[0]!)[0]!;
    for (const result of results.slice(1)) assert.deepEqual(result, { type: 'dup', event: first });
    assert.equal((await store.head('c_a')).head, 1);
    assert.deepEqual(await store.known('c_a', 'd_1', 'cmid-1'), { event: first, fp: 'fp-cmid-1' });
    assert.equal(await store.known('c_a', 'd_2', 'cmid-1'), null);
  });

  it('refuses another payload under a known key and changes nothing', async () => {
    const store = await open();
    done(await store.commit(commit(message('c_a', 'cmid-1'))));
    const result = await store.commit({ ...commit(message('c_a', 'cmid-1', { fp: 'other' })), conversation: conversation('c_a') });
    assert.deepEqual(result, { type: 'mismatch' });
    assert.equal(await store.conversation('c_a'), null);
    assert.equal((await store.head('c_a')).head, 1);
  });

  it('takes the same cmid from another device, and in another stream, as another message', async () => {
    const store = await open();
    done(await store.commit(commit(message('c_a', 'cmid-1'))));
    done(await store.commit(commit(message('c_a', 'cmid-1', { dev: 'd_2' }))));
    done(await store.commit(commit(message('c_b', 'cmid-1'))));
  });

  it('writes the events of several streams, the conversation and the audit entry together', async () => {
    const store = await open();
    const result = await store.commit({
      at: 2000, events: [message('self:v_1', 'cmid-1', { kind: 'conversation.created', d: { conversationId: 'c_a' } }), message('c_a'), message('c_a'), message('c_a.staff')],
      conversation: conversation('c_a'), audit: { at: 2000, actor: 'v_1', action: 'conversation.create', target: 'c_a', outcome: 'ok' },
    });
    assert.deepEqual(done(result).map(({ stream, seq }) => `${stream} ${seq}`), ['self:v_1 1', 'c_a 1', 'c_a 2', 'c_a.staff 1']);
    const row = await store.conversation('c_a');
    assert.deepEqual(row, { ...conversation('c_a'), lastAt: 2000, v: 1 });
    assert.deepEqual(result.type === 'done' && result.conversation, row);
    assert.deepEqual((await store.auditLog(0, 10)).map(({ action, target }) => [action, target]), [['conversation.create', 'c_a']]);
  });

  it('keeps nothing of a commit that fails halfway, and all of those that ran beside it', async () => {
    const store = await open();
    const broken = { ...message('c_a'), by: { id: null, role: 'visitor' } } as unknown as NewEvent;
    const results = await Promise.allSettled([
      store.commit(commit(message('c_a', 'cmid-1'))),
      store.commit({ ...commit(message('c_b', 'cmid-2'), broken), conversation: conversation('c_b') }),
      store.commit(commit(message('c_a', 'cmid-3'))),
    ]);
    assert.deepEqual(results.map((result) => result.status), ['fulfilled', 'rejected', 'fulfilled']);
    assert.equal((await store.head('c_b')).head, 0);
    assert.equal(await store.conversation('c_b'), null);
    assert.deepEqual((await store.readAfter('c_a', 0, 10)).map((event) => event.seq), [1, 2]);
  });

  it('pages forwards and backwards', async () => {
    const store = await open();
    await Promise.all(Array.from({ length: 10 }, (_, n) => store.commit(commit(message('c_a', `cmid-${n}`)))));
    const seqs = async (events: Promise<readonly StoredEvent[]>): Promise<number[]> => (await events).map((event) => event.seq);
    assert.deepEqual(await seqs(store.readAfter('c_a', 7, 2)), [8, 9]);
    assert.deepEqual(await seqs(store.readBefore('c_a', 4, 2)), [2, 3]);
    assert.deepEqual(await seqs(store.readBefore('c_a', 11, 3)), [8, 9, 10]);
    assert.deepEqual(await seqs(store.readAfter('c_z', 0, 2)), []);
  });

  it('tells the last message and how many of the visitor are unread', async () => {
    const store = await open();
    for (const [n, by] of [visitor, agent, visitor, visitor].entries()) done(await store.commit(commit(message('c_a', `cmid-${n}`, { by }))));
    done(await store.commit(commit(message('c_a', undefined, { kind: 'status', d: { status: 'closed' } }))));
    const tail = await store.tail('c_a', 1);
    assert.deepEqual([tail.last?.seq, tail.unread, tail.head], [4, 2, 5]);
    assert.deepEqual(await store.tail('c_z', 0), { last: null, unread: 0, head: 0, check: null });
  });
});

describe('watermarks of the SQLite store', () => {
  it('never fall, never pass the head, and a read is a delivery', async () => {
    const store = await open();
    await Promise.all(Array.from({ length: 5 }, (_, n) => store.commit(commit(message('c_a', `cmid-${n}`)))));
    const mark = (delivered: number, read: number) => store.mark('c_a', { who: 'a_1', role: 'agent', delivered, read });
    assert.deepEqual(await mark(2, 1), { who: 'a_1', role: 'agent', delivered: 2, read: 1 });
    assert.deepEqual(await mark(1, 0), { who: 'a_1', role: 'agent', delivered: 2, read: 1 });
    assert.deepEqual(await mark(0, 4), { who: 'a_1', role: 'agent', delivered: 4, read: 4 });
    assert.deepEqual(await mark(99, 99), { who: 'a_1', role: 'agent', delivered: 5, read: 5 });
    assert.deepEqual(await store.watermarks('c_a'), [{ who: 'a_1', role: 'agent', delivered: 5, read: 5 }]);
  });

  it('make the version of the conversation grow only where they rise', async () => {
    const store = await open();
    await store.commit({ ...commit(message('c_a')), conversation: conversation('c_a') });
    const version = async (): Promise<number | undefined> => (await store.conversation('c_a'))?.v;
    assert.equal(await version(), 1);
    await store.mark('c_a', { who: 'a_1', role: 'agent', delivered: 1, read: 1 });
    assert.equal(await version(), 2);
    await store.mark('c_a', { who: 'a_1', role: 'agent', delivered: 1, read: 1 });
    assert.equal(await version(), 2);
    await store.commit(commit(message('c_a.staff', undefined, { kind: 'note', d: { text: 'x' } })));
    assert.equal(await version(), 3);
  });
});

describe('the search of the SQLite store', () => {
  it('finds by status, visitor, agent, departments, dates and part of a name in any script, newest first, page by page', async () => {
    const store = await open();
    const rows = [
      conversation('c_1', { createdAt: 1, status: 'closed', visitorName: 'Zoë Ångström' }),
      conversation('c_2', { createdAt: 2, status: 'open', agentId: 'a_1', departmentId: 'frontdesk', visitorName: 'محمد' }),
      conversation('c_3', { createdAt: 3, visitorId: 'v_2', visitorName: null }),
      conversation('c_4', { createdAt: 3, status: 'closed', visitorName: 'ZOE 100%', widgetId: 'other' }),
    ];
    for (const row of rows) await store.commit({ ...commit(message(row.id)), conversation: row });
    const ids = async (query: Omit<Parameters<SqliteStore['conversations']>[0], 'limit'>, limit = 10): Promise<string[]> =>
      (await store.conversations({ ...query, limit })).map((row) => row.id);
    assert.deepEqual(await ids({}), ['c_4', 'c_3', 'c_2', 'c_1']);
    assert.deepEqual(await ids({}, 2), ['c_4', 'c_3']);
    assert.deepEqual(await ids({ before: { createdAt: 3, id: 'c_3' } }), ['c_2', 'c_1']);
    assert.deepEqual(await ids({ status: 'closed' }), ['c_4', 'c_1']);
    assert.deepEqual(await ids({ visitorId: 'v_2' }), ['c_3']);
    assert.deepEqual(await ids({ agentId: 'a_1' }), ['c_2']);
    assert.deepEqual(await ids({ widgetId: 'other' }), ['c_4']);
    assert.deepEqual(await ids({ active: true }), ['c_3', 'c_2']);
    assert.deepEqual(await ids({ visibleTo: { agentId: 'a_9', departmentIds: ['frontdesk', 'x'] } }), ['c_2']);
    assert.deepEqual(await ids({ visibleTo: { agentId: 'a_9', departmentIds: [] } }), []);
    assert.deepEqual(await ids({ visibleTo: { agentId: 'a_1', departmentIds: [] } }), ['c_2'], 'assigned, of a department that is not served');
    assert.deepEqual(await ids({ from: 2, to: 3 }), ['c_2'], 'from ≤ t < to');
    assert.deepEqual(await ids({ visitor: 'zoe' }), ['c_4', 'c_1']);
    assert.deepEqual(await ids({ visitor: ' ÅNG ' }), ['c_1']);
    assert.deepEqual(await ids({ visitor: 'محم' }), ['c_2']);
    assert.deepEqual(await ids({ visitor: '%' }), ['c_4']);
    assert.deepEqual(await ids({ visitor: 'c_3' }), ['c_3']);
    assert.deepEqual(await ids({ visitor: 'V_2' }), ['c_3']);
    assert.deepEqual(await ids({ visitor: `'; drop table event; --` }), []);
  });
});

describe('accounts and sessions of the SQLite store', () => {
  it('finds an account by e-mail in any case, and refuses a second one with the same', async () => {
    const store = await open();
    const account = { id: 'a_1', email: 'Nurse@Demo.clinic', name: 'N', title: 'Nurse', departments: ['nurse'], passwordHash: 'h', disabled: false, failures: 2, lockedUntil: 5 };
    await store.putAgent(account);
    assert.deepEqual(await store.agentByEmail(' nurse@demo.CLINIC '), account);
    assert.deepEqual(await store.agent('a_1'), account);
    await store.putAgent({ ...account, disabled: true });
    assert.deepEqual(await store.agents(), [{ ...account, disabled: true }]);
    await assert.rejects(store.putAgent({ ...account, id: 'a_2' }), { code: 'internal' });
  });

  it('finds a session by its id, its refresh token and the one before, and by its subject', async () => {
    const store = await open();
    const session: SessionRow = {
      id: 's_1', subject: { role: 'visitor', id: 'v_1', widgetId: 'main' }, deviceId: 'd_1', origin: 'https://a.example', refreshHash: 'h1', previousHash: null,
      rotatedAt: 1, usedRotation: null, successorSealed: null, createdAt: 1, lastUsedAt: 1, expiresAt: 9, revokedAt: null,
    };
    const rotated: SessionRow = { ...session, refreshHash: 'h2', previousHash: 'h1', successorSealed: 'x', rotatedAt: 2, lastUsedAt: 2, expiresAt: 10, revokedAt: 3 };
    await store.putSession(session);
    await store.putSession({ ...session, id: 's_2', subject: { role: 'agent', id: 'v_1' }, refreshHash: 'k1', origin: null });
    await store.putSession(rotated);
    assert.deepEqual(await store.session('s_1'), rotated);
    assert.deepEqual(await store.sessionByRefresh('h1'), rotated);
    assert.deepEqual(await store.sessionByRefresh('h2'), rotated);
    assert.equal(await store.sessionByRefresh('h3'), null);
    assert.deepEqual(await store.sessionsOf(session.subject), [rotated]);
    assert.deepEqual((await store.sessionsOf({ role: 'agent', id: 'v_1' })).map(({ id, subject }) => [id, subject]), [['s_2', { role: 'agent', id: 'v_1' }]]);
    for (const rotation of [2, 1]) await store.useRotation('s_1', rotation);
    await store.putSession(session);
    assert.deepEqual(await store.session('s_1'), { ...session, usedRotation: 2 }, 'the largest, whatever row is put');
    await store.useRotation('s_none', 1);
    assert.equal(await store.session('s_none'), null);
  });
});

describe('the SQLite store as a process keeps it', () => {
  it('puts what arrives together into one transaction, at most batchMax writes each', async () => {
    const store = await open(undefined, { batchMax: 50 });
    await Promise.all(Array.from({ length: 200 }, (_, n) => store.commit(commit(message('c_a', `cmid-${n}`)))));
    const { writes, transactions, largestBatch } = await store.stats();
    assert.equal(writes, 200);
    assert.equal(largestBatch, 50);
    assert.ok(transactions >= 4 && transactions < 60, `${transactions} transactions for 200 commits`);
  });

  it('has everything after a restart: log, keys, epoch, secret', async () => {
    const file = newFile();
    const before = await open(file);
    const [event] = done(await before.commit({ ...commit(message('c_a', 'cmid-1')), conversation: conversation('c_a') }));
    await before.close();
    const store = await open(file);
    assert.deepEqual([store.epoch, store.secret], [before.epoch, before.secret]);
    assert.match(store.secret, /^[0-9a-f]{64}$/);
    assert.deepEqual(await store.commit(commit(message('c_a', 'cmid-1'))), { type: 'dup', event });
    assert.deepEqual(done(await store.commit(commit(message('c_a', 'cmid-2'))))[0]?.seq, 2);
    assert.equal((await store.conversation('c_a'))?.v, 2);
  });

  it('refuses a second owner of the file in words, and lets one in after the first has closed', async () => {
    const file = newFile();
    const first = await open(file);
    const second = await openSqliteStore({ file });
    assert.ok(!second.ok);
    assert.match(second.error.message, /Another care-chat server is using/);
    await first.check();
    await first.close();
    await (await open(file)).check();
  });

  it('does what was asked before close, and refuses what comes after', async () => {
    const store = await open();
    const pending = Array.from({ length: 20 }, (_, n) => store.commit(commit(message('c_a', `cmid-${n}`))));
    const closed = store.close();
    await assert.rejects(store.check(), { code: 'stopped' });
    await closed;
    assert.equal((await Promise.all(pending)).flatMap(done).length, 20);
    await store.close();
  });

  it('rejects all that waits and all that comes when its thread dies, and says so once', async () => {
    const failures: string[] = [];
    const thread = new URL('../../support/node/dying-store-thread.js', import.meta.url);
    const result = await openSqliteStore({ file: newFile(), thread, onFailure: (error) => failures.push(error.code) });
    assert.ok(result.ok);
    const store = result.value;
    const waiting = await Promise.allSettled([store.check(), store.head('c_a'), store.commit(commit(message('c_a')))]);
    assert.deepEqual(waiting.map((one) => one.status === 'rejected' && (one.reason as { code: string }).code), ['internal', 'internal', 'internal']);
    await assert.rejects(store.check(), { code: 'internal' });
    assert.deepEqual(failures, ['internal']);
    await store.close();
  });

  it('is for the eyes of its own account only', async () => {
    const file = newFile();
    const store = await open(file);
    await store.check();
    for (const name of [file, `${file}-wal`]) assert.equal(statSync(name).mode & 0o077, 0, name);
    assert.equal(statSync(join(file, '..')).mode & 0o077, 0);
  });

  it('makes a copy while it runs, whose history has an epoch of its own', async () => {
    const store = await open();
    done(await store.commit(commit(message('c_a', 'cmid-1'))));
    const copy = newFile();
    await (await open(copy)).close();
    rmSync(copy);
    await store.backup(copy);
    await assert.rejects(store.backup(copy), { code: 'internal' });
    const restored = await open(copy);
    assert.equal((await restored.head('c_a')).head, 1);
    assert.notEqual(restored.epoch, store.epoch);
    assert.equal(restored.secret, store.secret);
  });
});
