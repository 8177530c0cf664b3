/**
 * The documented restore, end to end: talk, back up under load, talk on, kill, restore, start. Clients with old cursors are told that the history is
 * another one and come to what is there now; what they had not got rid of is delivered; what was acknowledged after the backup is gone.
 */
import assert from 'node:assert/strict';
import { copyFileSync, existsSync, mkdtempSync, readdirSync, rmSync, statSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test, type TestContext } from 'node:test';
import { runCli } from '../../../src/cli/run-cli.js';
import { openDatabase } from '../../../src/server/store/driver.js';
import { spawnServer } from '../../support/node/spawned-server.js';
import { plainConfig } from '../../support/node/test-server.js';
import { wholeLog } from '../../support/node/whole-log.js';
import { call, connect, message, openConversation, openVisitor, post, refresh, renewed } from '../../support/node/wire-client.js';

interface Said {
  readonly code: number;
  readonly words: string;
}

function createPlace(t: TestContext): { readonly dataDir: string; readonly file: string; readonly run: (...args: string[]) => Promise<Said> } {
  const folder = mkdtempSync(join(tmpdir(), 'care-chat-restore-'));
  t.after(() => rmSync(folder, { recursive: true, force: true }));
  const dataDir = join(folder, 'data');
  const file = join(folder, 'care-chat.config.json');
  writeFileSync(file, JSON.stringify({ ...plainConfig, data: dataDir }));
  return {
    dataDir, file,
    async run(...args) {
      const words: string[] = [];
      const code = await runCli([...args, '--config', file, '--demo'], {
        env: {}, out: (line) => words.push(line), error: (line) => words.push(line), readInput: () => Promise.resolve(null), stopRequested: () => Promise.resolve(),
      });
      return { code, words: words.join('\n') };
    },
  };
}

test('what is restored is the backup, under a new epoch, for clients that were connected and for those that were away', async (t) => {
  const { dataDir, run } = createPlace(t);
  const copy = join(dataDir, '..', 'copy.sqlite');
  let server = await spawnServer(dataDir);
  t.after(() => server.kill());
  const [one, two] = [await openVisitor(server.url), await openVisitor(server.url)];
  const [mine, theirs] = [await openConversation(server.url, one), await openConversation(server.url, two)];
  await post(server.url, one, mine.id, message('before'), 'before-backup');

  // The copy is made while people write; each of their messages is acknowledged all the same.
  let writing = true;
  let written = 0;
  const load = (async () => {
    for (; writing; written++) assert.equal((await post(server.url, two, theirs.id, message('load'), `under-load-${written}`)).status, 201);
  })();
  const backedUp = await run('backup', '--to', copy);
  writing = false;
  await load;
  assert.deepEqual([backedUp.code, statSync(copy).mode & 0o777], [0, 0o600], backedUp.words);
  assert.ok(written > 0);
  assert.deepEqual(readdirSync(join(dataDir, '..')).filter((name) => name.endsWith('.part')), []);
  assert.match((await run('backup', '--to', copy)).words, /is there already/);
  assert.match((await run('restore', '--from', copy)).words, /Another care-chat server is using/);

  const lost = await post(server.url, one, mine.id, message('after'), 'after-backup');
  assert.equal(lost.status, 201);
  const late = await openVisitor(server.url);
  // Both have tokens that the backup has never seen.
  const fresh = renewed(one, (await refresh(server.url, one)).body);
  const freshTwice = renewed(fresh, (await refresh(server.url, fresh)).body);
  const connected = await connect(server.url, freshTwice, [{ stream: mine.id, epoch: mine.epoch, seq: lost.body.seq }]);
  await server.kill();
  await connected.closed;

  const restored = await run('restore', '--from', copy);
  assert.equal(restored.code, 0, restored.words);
  const aside = readdirSync(dataDir).find((name) => name.includes('.before-restore-') && !/-(wal|shm)$/.test(name));
  assert.ok(aside !== undefined && restored.words.includes(aside));
  const before = openDatabase(join(dataDir, aside));
  assert.equal(before.prepare(`select count(*) as n from event where cmid = 'after-backup'`).get()?.['n'], 1, 'the old database is whole');
  before.close();
  assert.equal(statSync(join(dataDir, 'care-chat.sqlite')).mode & 0o777, 0o600);

  server = await spawnServer(dataDir);
  const back = await connect(server.url, freshTwice, [{ stream: mine.id, epoch: mine.epoch, seq: lost.body.seq }, { stream: 'self', epoch: mine.epoch, seq: 1 }]);
  const reset = await back.until('reset', ({ stream }) => stream === mine.id);
  assert.equal(reset.reason, 'epoch');
  assert.notEqual(reset.epoch, mine.epoch);
  const held = await wholeLog(server.url, freshTwice, mine.id);
  assert.deepEqual(held.map(({ seq }) => seq), Array.from({ length: reset.head }, (_, n) => n + 1));
  assert.ok(held.some(({ cmid }) => cmid === 'before-backup'));
  assert.equal(held.some(({ cmid }) => cmid === 'after-backup'), false, 'gone, as is documented');
  // What the client still has in its outbox goes the usual way.
  const outbox = await back.submit(mine.id, message('typed offline'), 'typed-offline');
  assert.equal(outbox.t, 'ok');
  assert.equal((await back.untilEvent(mine.id, ({ cmid }) => cmid === 'typed-offline')).seq, reset.head + 1);
  // A browser that was away all the time, with the token of the backup; one with a newer token goes on too, and an older one is still a thief's.
  assert.equal((await refresh(server.url, two)).status, 200);
  const onward = await refresh(server.url, freshTwice);
  assert.deepEqual([onward.status, onward.body.visitorId], [200, one.id]);
  await call(server.url, 'GET', '/v1/conversations', { person: renewed(one, onward.body) });
  assert.equal((await refresh(server.url, one)).status, 401);
  // Who came after the backup is not known.
  assert.equal((await refresh(server.url, late)).status, 401);

  await server.stop();
  const again = await run('restore', '--from', copy);
  assert.equal(again.code, 0, again.words);
  server = await spawnServer(dataDir);
  const { body } = await call<{ epoch: string }>(server.url, 'GET', `/v1/conversations/${theirs.id}`, { person: two });
  assert.ok(![mine.epoch, reset.epoch].includes(body.epoch), 'each restore is another history');
  await server.stop();
  const database = openDatabase(join(dataDir, 'care-chat.sqlite'));
  assert.equal(database.prepare(`select count(*) as n from audit where action = 'store.restore' and actor = 'command-line'`).get()?.['n'], 1);
  database.close();
});

test('a file that is no backup of ours is refused in words, and nothing is changed', async (t) => {
  const { dataDir, run } = createPlace(t);
  assert.equal((await run('agent', 'list')).code, 0);
  const copy = join(dataDir, '..', 'copy.sqlite');
  assert.equal((await run('backup', '--to', copy)).code, 0);
  const variant = (name: string, change: (file: string) => void): string => {
    const file = join(dataDir, '..', name);
    copyFileSync(copy, file);
    change(file);
    return file;
  };
  const sql = (text: string) => (file: string): void => {
    const db = openDatabase(file);
    db.exec(text);
    db.close();
  };
  const names = readdirSync(dataDir).sort();
  const cases: readonly (readonly [file: string, words: RegExp])[] = [
    [join(dataDir, 'nowhere.sqlite'), /there is no such file/],
    [variant('text.sqlite', (file) => writeFileSync(file, 'this is no database at all, but a long enough text')), /is no care-chat database/],
    [variant('empty.sqlite', (file) => truncateSync(file)), /is empty/],
    [variant('other.sqlite', (file) => (rmSync(file), sql('create table visits (n)')(file))), /of some other program/],
    [variant('newer.sqlite', sql(`insert into migration (version, name, applied_at) values (999, 'later', 0)`)), /newer care-chat/],
    [variant('torn.sqlite', (file) => truncateSync(file, 12_288)), /damaged|no care-chat database/],
    [variant('used.sqlite', (file) => writeFileSync(`${file}-wal`, 'x')), /a database in use/],
  ];
  for (const [file, words] of cases) {
    const said = await run('restore', '--from', file);
    assert.equal(said.code, 1, file);
    assert.match(said.words, words);
    assert.deepEqual(readdirSync(dataDir).sort(), names, `${file}: nothing was left behind`);
  }
  assert.ok(existsSync(copy));
});
