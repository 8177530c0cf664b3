/** What happens between two steps of one request: the store or the session is changed there, on purpose. */
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test, type TestContext } from 'node:test';
import { silentLogger } from '../../../src/base/logger.js';
import type { ServerFrame } from '../../../src/protocol/types.js';
import { createAudit } from '../../../src/server/audit/audit.js';
import { parseConfig } from '../../../src/server/config/parse.js';
import { createConnection } from '../../../src/server/hub/connection.js';
import { createHub } from '../../../src/server/hub/create-hub.js';
import { findActive } from '../../../src/server/hub/decide.js';
import { createIdentity } from '../../../src/server/identity/create-identity.js';
import type { Identity } from '../../../src/server/identity/identity.js';
import { openSqliteStore } from '../../../src/server/store/sqlite-store.js';
import type { ConversationRow, Store } from '../../../src/server/store/store.js';
import { createWireValidator } from '../../../src/server/validate/wire.js';
import { createTestClock } from '../../support/node/test-clock.js';
import { pageOrigin, plainConfig } from '../../support/node/test-server.js';

const rowOf = (visitorId: string, status: ConversationRow['status'] = 'waiting', id = 'c_race'): Omit<ConversationRow, 'v' | 'lastAt'> => ({
  id, visitorId, widgetId: 'main', status, departmentId: 'nurse', agentId: status === 'open' ? 'a_1' : null, visitorName: null, locale: null,
  createdAt: 1000, waitingSince: 1000, closedAt: null, preChat: [], bot: null, cobrowse: null, offline: null, priority: null, language: null,
});

/** Writes a conversation as opening one does: its own events, and the news of it in the visitor's stream. */
const write = (store: Store, row: ReturnType<typeof rowOf>): Promise<unknown> => store.commit({
  at: 1000, conversation: row,
  events: [
    { stream: `self:${row.visitorId}`, kind: 'conversation.created', by: { id: row.visitorId, role: 'visitor' }, d: { conversationId: row.id } },
    { stream: row.id, kind: 'status', by: { id: 'system', role: 'system' }, d: { status: row.status } },
  ],
});

async function openScene(t: TestContext) {
  const dataDir = mkdtempSync(join(tmpdir(), 'care-chat-races-'));
  const opened = await openSqliteStore({ file: join(dataDir, 'x.sqlite') });
  const parsed = parseConfig(plainConfig, { demo: true, baseDir: dataDir, dataDir });
  assert.ok(opened.ok && parsed.ok);
  const { value: store } = opened;
  const { value: config } = parsed;
  t.after(async () => {
    await store.close();
    rmSync(dataDir, { recursive: true, force: true });
  });
  const clock = createTestClock();
  const audit = createAudit({ store, now: () => clock.now() });
  const identity = createIdentity({ store, clock, config, audit, passwordCost: { ln: 4, r: 8, p: 1 } });
  const session = await identity.openVisitorSession({ widgetId: 'main', deviceId: 'd_1' }, pageOrigin);
  assert.ok(session.ok);
  const { visitorId, accessToken } = session.value;

  /** Says hello over a store or an identity in which something comes in between; resolves with the frames when `until` came. */
  const greet = (changed: { readonly store?: Partial<Store>; readonly identity?: Partial<Identity> }, until: (frame: ServerFrame) => boolean): Promise<readonly ServerFrame[]> => new Promise((resolve) => {
    const hub = createHub({ config, store: { ...store, ...changed.store }, identity: { ...identity, ...changed.identity }, audit, clock, log: silentLogger, validator: createWireValidator() });
    const frames: ServerFrame[] = [];
    const connection = createConnection(hub.context, {
      send(text) {
        frames.push(JSON.parse(text) as ServerFrame);
        if (until(frames.at(-1)!)) resolve(frames);
      },
      bufferedBytes: 0, ping() {}, terminate() {}, close: (code) => setImmediate(() => connection.onClosed(code)),
    }, pageOrigin);
    t.after(() => hub.drain());
    connection.onText(JSON.stringify({ t: 'hello', id: 1, d: { v: ['1'], caps: ['batch'], token: accessToken, deviceId: 'd_1', tabId: 't_1', client: { name: 'test', version: '0' }, resume: [] } }));
  });
  return { store, identity, visitorId, greet };
}

const deadlineMs = 5_000;

test('a conversation that is accepted while the live one is looked for is found', async (t) => {
  const { store, visitorId } = await openScene(t);
  await write(store, rowOf(visitorId));
  let asked = 0;
  const found = await findActive({ ...store, async conversations(query) {
    const rows = await store.conversations(query);
    if (asked++ === 0) await store.commit({ at: 1001, events: [], conversation: rowOf(visitorId, 'open') });
    return rows;
  } }, visitorId, 'main');
  assert.equal(found?.id, 'c_race');
  await store.commit({ at: 1002, events: [], conversation: rowOf(visitorId, 'closed') });
  assert.equal(await findActive(store, visitorId, 'main'), null);
});

test('a conversation that is accepted during the hello is among the streams of the welcome', { timeout: deadlineMs }, async (t) => {
  const { store, visitorId, greet } = await openScene(t);
  await write(store, rowOf(visitorId));
  let asked = 0;
  const frames = await greet({ store: { async conversations(query) {
    const rows = await store.conversations(query);
    if (query.widgetId !== undefined && asked++ === 0) await store.commit({ at: 1001, events: [], conversation: rowOf(visitorId, 'open') });
    return rows;
  } } }, ({ t: type }) => type === 'welcome');
  const welcome = frames.find((frame) => frame.t === 'welcome');
  assert.deepEqual(welcome?.t === 'welcome' && welcome.d.streams.map(({ stream }) => stream), ['self', 'c_race']);
});

test('a conversation that is opened in another tab during the hello comes as an event behind the welcome', { timeout: deadlineMs }, async (t) => {
  const { store, visitorId, greet } = await openScene(t);
  const eventsOf = (frame: ServerFrame) => (frame.t === 'event' ? [frame.d] : frame.t === 'events' ? frame.d.list : []);
  const frames = await greet({ store: { async conversations(query) {
    const rows = await store.conversations(query);
    if (query.widgetId !== undefined) await write(store, rowOf(visitorId));
    return rows;
  } } }, (frame) => eventsOf(frame).some(({ stream }) => stream === 'c_race'));
  assert.deepEqual(frames.flatMap(eventsOf).map(({ stream, kind }) => [stream, kind]), [['self', 'conversation.created'], ['c_race', 'status']]);
});

test('a session that is ended between the check of its token and the connection\'s entry in the registry ends the connection', { timeout: deadlineMs }, async (t) => {
  const { identity, greet } = await openScene(t);
  const frames = await greet({ identity: { async verify(token) {
    const verified = await identity.verify(token);
    if (verified.ok) await identity.revoke(verified.value.sid, 'somebody');
    return verified;
  } } }, ({ t: type }) => type === 'bye' || type === 'welcome');
  assert.deepEqual(frames, [{ t: 'bye', d: { code: 4410, reason: 'session-ended', reconnect: false, wipe: true } }]);
});
