/** The `care-chat` command: what a person types, what is answered, and the exit code. */
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { createConnection, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, describe, it } from 'node:test';
import { fileURLToPath } from 'node:url';
import { runCli } from '../../../src/cli/run-cli.js';
import { silentLogger } from '../../../src/base/logger.js';
import { askRunningServer, startAdminSocket } from '../../../src/server/admin/admin-socket.js';
import { createAudit } from '../../../src/server/audit/audit.js';
import { systemClock } from '../../../src/server/clock.js';
import { adminSocketFile, databaseFile, type Config } from '../../../src/server/config/config.js';
import { loadConfig } from '../../../src/server/config/parse.js';
import { createIdentity } from '../../../src/server/identity/create-identity.js';
import { openSqliteStore } from '../../../src/server/store/sqlite-store.js';

const main = fileURLToPath(new URL('../../../src/cli/main.js', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'care-chat-cli-'));
after(() => rmSync(folder, { recursive: true }));

let clinics = 0;
/** A configuration in a folder of its own. */
function clinic(more: Record<string, unknown> = {}): string {
  const path = join(folder, `c${clinics++}`);
  mkdirSync(path);
  const file = join(path, 'care-chat.config.json');
  writeFileSync(file, JSON.stringify({
    clinic: { name: 'C', country: 'US', timeZone: 'UTC' }, listen: { port: 0 }, log: { level: 'silent' },
    widgets: [{ id: 'main', origins: ['https://www.example.org'], departments: ['nurse'], languages: ['en'], emergency: [{ kind: 'emergency', number: '911' }] }],
    departments: [{ id: 'nurse', name: { en: 'N' } }], ...more,
  }));
  return file;
}
function configAt(file: string): Config {
  const config = loadConfig(file, { demo: false });
  assert.ok(config.ok, config.ok ? '' : config.error.message);
  return config.value;
}
interface Said {
  readonly code: number;
  readonly out: string;
  readonly error: string;
}
async function run(args: readonly string[], { input = null, env = {} }: { input?: string | null; env?: Record<string, string> } = {}): Promise<Said> {
  const [out, error]: [string[], string[]] = [[], []];
  const code = await runCli(args, { env, out: (line) => out.push(line), error: (line) => error.push(line), readInput: () => Promise.resolve(input), stopRequested: () => Promise.resolve() });
  return { code, out: out.join('\n'), error: error.join('\n') };
}

describe('care-chat', () => {
  it('tells its commands, and what each of them takes', async () => {
    const help = await run(['--help']);
    assert.equal(help.code, 0);
    for (const name of ['serve', 'agent', 'config', 'backup', 'restore', 'prune', 'visitor', 'conformance']) {
      assert.match(help.out, new RegExp(`care-chat ${name} `));
      const own = await run([name, '--help']);
      assert.equal(own.code, 0, name);
      assert.match(own.out, new RegExp(`^care-chat ${name}: `));
      assert.equal((await run(['help', name])).out, own.out);
    }
  });

  it('tells the exit codes of the kit in the words of its guide', async () => {
    const guide = readFileSync(fileURLToPath(new URL('../../../../src/conformance/README.md', import.meta.url)), 'utf8');
    const { out } = await run(['conformance', '--help']);
    const told = [...guide.matchAll(/^\| (\d) \| (.*) \|$/gm)].map(([, code, words]) => `  ${code!.padEnd(22)}${words!.replaceAll('`', '')}`);
    assert.equal(out.slice(out.indexOf('Exit code:\n')), ['Exit code:', ...told].join('\n'));
  });

  it('answers a wrong call with code 2, in words, on standard error', async () => {
    const cases: readonly (readonly [args: string[], words: RegExp])[] = [
      [[], /care-chat serve/], [['serv'], /there is no command "serv"\. Did you mean "serve"\?/], [['serve'], /--config FILE is needed/], [['serve', '--prot', '1'], /Unknown option '--prot'/],
      [['serve', '--config', 'x', '--port', '99999'], /port number/], [['serve', '--config', 'x', 'surplus'], /one word too many/], [['agent'], /care-chat agent list/],
      [['agent', 'fire', '--config', 'x'], /there is no "agent fire"/], [['agent', 'add', '--config', 'x'], /--email is needed/],
      [['agent', 'add', '--config', 'x', '--email', 'a@b.example', '--name', 'A', '--title', 'T'], /--department is needed/],
      [['agent', 'reset', '--config', 'x', '--email', 'a@b.example', '--password-stdin'], /not from the keyboard/], [['config'], /config check FILE/], [['config', 'check'], /needs the FILE/],
      [['backup', '--config', 'x'], /--to FILE is needed/], [['conformance'], /--url is needed/], [['conformance', '--url', 'nonsense'], /must be an address/],
      [['conformance', '--url', 'http://localhost', '--level', 'desk'], /needs --agent/], [['conformance', '--url', 'http://localhost', '--level', 'core,gold'], /--level knows core, auth, .* and all, not "gold"/],
      [['conformance', '--url', 'http://localhost', '--adapter', './nowhere.mjs'], /nowhere\.mjs cannot be read/], [['conformance', '--url', 'http://localhost', '--known-failures', './nowhere.txt'], /nowhere\.txt cannot be read/],
    ];
    for (const [args, words] of cases) {
      const said = await run(args);
      assert.equal(said.code, 2, args.join(' '));
      assert.match(said.error, words, args.join(' '));
      assert.equal(said.out, '');
      assert.ok(!said.error.includes('    at '), 'no stack trace');
    }
  });

  it('has code 1 and the reason where something failed', async () => {
    for (const args of [['serve'], ['agent', 'list'], ['backup', '--to', join(folder, 'copy')]]) {
      const said = await run([...args, '--config', join(folder, 'nowhere.json')]);
      assert.equal(said.code, 1);
      assert.match(said.error, /nowhere\.json cannot be read/);
    }
  });
});

describe('care-chat config check', () => {
  it('says that a file is fine, or every mistake of it', async () => {
    const fine = await run(['config', 'check', clinic()]);
    assert.deepEqual([fine.code, fine.error], [0, '']);
    assert.match(fine.out, /is fine: 1 widget, 1 department, 0 agents, 0 canned replies\.$/);
    const wrong = await run(['config', 'check', clinic({ listne: {}, limits: { textChars: 'many' } })]);
    assert.equal(wrong.code, 1);
    assert.match(wrong.error, /has 2 mistakes:\n.*\/listne: .*Did you mean "listen"\?\n.*\/limits\/textChars: must be a whole number\./s);
  });
});

describe('care-chat agent', () => {
  const add = (file: string, ...more: string[]): string[] => ['agent', 'add', '--config', file, '--email', 'nadia@clinic.example', '--name', 'Nadia', '--title', 'Nurse', '--department', 'nurse', ...more];

  it('adds, lists, resets, disables and enables accounts while no server runs', async () => {
    const file = clinic();
    const added = await run(add(file));
    assert.equal(added.code, 0, added.error);
    const password = /Password \(shown this once\): (\S+)/.exec(added.out)?.[1] ?? '';
    assert.match(password, /^([a-z2-9]{5}-){3}[a-z2-9]{5}$/);
    assert.match((await run(['agent', 'list', '--config', file])).out, /^E-MAIL .*\nnadia@clinic\.example +Nadia +Nurse +nurse +active$/);
    const again = await run(add(file));
    assert.equal(again.code, 1);
    assert.match(again.error, /already/);
    const reset = await run(['agent', 'reset', '--config', file, '--email', 'Nadia@clinic.example', '--password-stdin'], { input: 'from another program\n' });
    assert.equal(reset.code, 0);
    assert.ok(!reset.out.includes('from another program'), 'a password that was given is not printed');
    assert.equal((await run(['agent', 'disable', '--config', file, '--email', 'nadia@clinic.example'])).code, 0);
    assert.match((await run(['agent', 'list', '--config', file])).out, /disabled$/);
    assert.equal((await run(['agent', 'enable', '--config', file, '--email', 'nadia@clinic.example'])).code, 0);
    assert.match((await run(['agent', 'list', '--config', file])).out, /active$/);
    const short = await run(add(file, '--email', 'b@clinic.example', '--password-stdin'), { input: 'short\n' });
    assert.deepEqual([short.code, short.error], [1, 'A password needs at least 12 characters.']);
    assert.equal(existsSync(adminSocketFile(configAt(file))), false);
  });

  it('does the same through the socket of a running server, whose sessions end at once', async () => {
    const file = clinic();
    const config = configAt(file);
    const opened = await openSqliteStore({ file: databaseFile(config) });
    assert.ok(opened.ok);
    const store = opened.value;
    const audit = createAudit({ store, now: () => systemClock.now() });
    const identity = createIdentity({ store, clock: systemClock, config, audit });
    const socketFile = adminSocketFile(config);
    writeFileSync(socketFile, 'left by a server that was killed');
    const starting = startAdminSocket({ file: socketFile, logger: silentLogger, accounts: identity.accounts, sessions: identity, audit, store });
    const modeAtFirst = statSync(socketFile).mode & 0o777;
    const socket = await starting;
    assert.ok(socket.ok);
    try {
      assert.equal(modeAtFirst, 0o600, 'from the moment it exists');
      assert.equal((await run(add(file, '--password-stdin'), { input: 'a good password' })).code, 0);
      const session = await identity.signInAgent('nadia@clinic.example', 'a good password', 'd_1', null);
      assert.ok(session.ok);
      const ended: string[] = [];
      identity.onRevoked((sid) => ended.push(sid));
      assert.equal((await run(['agent', 'disable', '--config', file, '--email', 'nadia@clinic.example'])).code, 0);
      assert.equal(ended.length, 1);
      assert.equal((await identity.verify(session.value.accessToken)).ok, false);
      const unknown = await run(['agent', 'reset', '--config', file, '--email', 'nobody@clinic.example']);
      assert.deepEqual([unknown.code, unknown.error], [1, 'There is no account with this e-mail address.']);
      const copy = join(folder, 'running.sqlite');
      assert.equal((await run(['backup', '--config', file, '--to', copy])).code, 0);
      assert.equal(existsSync(copy), true);
      assert.match((await run(['backup', '--config', file, '--to', copy])).error, /is there already/);
      const backups = (await store.auditLog(0, 100)).filter(({ action }) => action === 'store.backup');
      assert.deepEqual(backups.map(({ actor, outcome }) => [actor, outcome]), [['command-line', 'ok']]);
    } finally {
      await socket.value.close();
      await store.close();
    }
    assert.equal(existsSync(socketFile), false);
    assert.match((await run(['agent', 'list', '--config', file])).out, /nadia@clinic\.example/);
  });

  it('says to stop the server where it runs without a socket', async () => {
    const file = clinic();
    const opened = await openSqliteStore({ file: databaseFile(configAt(file)) });
    assert.ok(opened.ok);
    const said = await run(['agent', 'list', '--config', file]);
    await opened.value.close();
    assert.equal(said.code, 1);
    assert.match(said.error, /Another care-chat server is using .*stop the other one/);
  });
});

describe('the admin socket', () => {
  it('refuses what is no command, answers in order, and ends a line that never ends', async () => {
    const file = join(folder, 'a.sock');
    const accounts = { list: () => Promise.resolve([]) } as unknown as Parameters<typeof startAdminSocket>[0]['accounts'];
    const sessions = { revokeVisitor: () => Promise.resolve(0) };
    const entries: string[] = [];
    const audit: Parameters<typeof startAdminSocket>[0]['audit'] = { write: async ({ action, outcome }) => void entries.push(`${action} ${outcome ?? 'ok'}`), entry: () => assert.fail() };
    const started = await startAdminSocket({ file, logger: silentLogger, accounts, sessions, audit, store: { backup: () => Promise.reject(new Error('secret detail')), prune: () => Promise.resolve(1) } });
    assert.ok(started.ok);
    const client = createConnection(file);
    client.setEncoding('utf8');
    // Being cut off while writing is what is wanted in the end.
    client.on('error', () => {});
    client.write('nonsense\n{"op":"agent.fire"}\n{"op":"agent.reset","email":"a@b.example"}\n{"op":"backup","file":"/x"}\n{"op":"agent.list"}\n');
    let text = '';
    while (text.split('\n').length < 6) text += String((await once(client, 'data'))[0]);
    const answers = text.trim().split('\n').map((line) => JSON.parse(line) as { ok: boolean; code?: string; message?: string });
    assert.equal(answers.filter((answer) => answer.code === 'invalid').length, 3);
    assert.ok(answers.some((answer) => answer.code === 'internal') && !text.includes('secret detail'));
    assert.ok(answers.some((answer) => answer.ok));
    assert.deepEqual(entries, ['store.backup ok', 'store.backup refused']);
    client.write('x'.repeat(1_100_000));
    if (!client.closed) await new Promise((resolve) => client.on('close', resolve));
    await started.value.close();
    assert.equal(await askRunningServer(file, { op: 'agent.list' }), null);
  });

  it('that answers what cannot be read is told in words', async () => {
    const file = join(folder, 'b.sock');
    for (const line of ['not JSON', 'null', '7', '{"ok":true}', '{"ok":false,"code":7}']) {
      const server = createServer((socket) => socket.resume().end(`${line}\n`));
      await new Promise<void>((resolve) => server.listen(file, resolve));
      const answer = await askRunningServer(file, { op: 'agent.list' });
      assert.ok(answer && !answer.ok && answer.error.code === 'internal', line);
      assert.match(answer.error.message, /no answer that can be read/);
      await new Promise((resolve) => server.close(resolve));
    }
  });
});

describe('care-chat serve', () => {
  it('prints its address and the demo sign-ins, keeps its word over SIGTERM, and ends with code 0', async () => {
    const file = clinic({ agents: [{ email: 'nurse@demo.clinic', name: 'Nadia', title: 'Nurse', departments: ['nurse'], password: 'demo-only' }] });
    const data = join(folder, 'served');
    const server = spawn(process.execPath, [main, 'serve', '--config', file, '--demo', '--port', '0'], { env: { ...process.env, CARE_CHAT_DATA: data }, stdio: ['ignore', 'pipe', 'inherit'] });
    server.stdout.setEncoding('utf8');
    let out = '';
    while (!out.includes('password demo-only')) out += String((await once(server.stdout, 'data'))[0]);
    const url = /care-chat is ready on (http:\/\/localhost:\d+)/.exec(out)?.[1] ?? '';
    assert.equal((await fetch(`${url}/healthz`)).status, 200);
    assert.match(out, /nurse@demo\.clinic/);

    const list = await run(['agent', 'list', '--config', file, '--demo'], { env: { CARE_CHAT_DATA: data } });
    assert.match(list.out, /nurse@demo\.clinic .* active/, list.error);

    const second = await run(['serve', '--config', file, '--demo', '--port', '0'], { env: { CARE_CHAT_DATA: data } });
    assert.equal(second.code, 1);
    assert.match(second.error, /Another care-chat server is using/);

    const taken = await run(['serve', '--config', file, '--demo', '--port', new URL(url).port], { env: { CARE_CHAT_DATA: join(folder, 'other') } });
    assert.equal(taken.code, 1);
    assert.match(taken.error, /^Port \d+ is taken by another program/);

    server.kill('SIGTERM');
    assert.deepEqual(await once(server, 'exit'), [0, null]);
    assert.ok(readFileSync(join(data, 'care-chat.sqlite')).length > 0);
    assert.equal(existsSync(join(data, 'admin.sock')), false);
  });
});
