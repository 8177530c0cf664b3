/** Who is speaking: passwords, sign-in, tokens and their rotation. */
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, beforeEach, describe, it } from 'node:test';
import type { AgentSession, VisitorSession } from '../../../src/protocol/types.js';
import { createAudit } from '../../../src/server/audit/audit.js';
import type { Config } from '../../../src/server/config/config.js';
import { parseConfig } from '../../../src/server/config/parse.js';
import { createIdentity } from '../../../src/server/identity/create-identity.js';
import type { Identity } from '../../../src/server/identity/identity.js';
import { checkPassword, hashPassword } from '../../../src/server/identity/password.js';
import { openSqliteStore, type SqliteStore } from '../../../src/server/store/sqlite-store.js';

const folder = mkdtempSync(join(tmpdir(), 'care-chat-identity-'));
/** Cheap, so that tests are quick; the form is the same. */
const passwordCost = { ln: 4, r: 8, p: 1 };
const minuteMs = 60_000;
const site = 'https://www.example.org';
let files = 0;
let now = 0;
let store: SqliteStore;
let identity: Identity;
const stores: SqliteStore[] = [];
after(async () => {
  await Promise.all(stores.map((one) => one.close()));
  rmSync(folder, { recursive: true });
});

const clock = { now: () => now, ticks: () => now, after: () => () => {} };
function configOf(demo: boolean): Config {
  const agent = { title: 'Nurse', departments: ['nurse'] };
  const result = parseConfig({
    clinic: { name: 'C', country: 'US', timeZone: 'UTC' },
    widgets: [{ id: 'main', origins: [site], departments: ['nurse'], languages: ['en'], emergency: [{ kind: 'emergency', number: '911' }] }],
    departments: [{ id: 'nurse', name: { en: 'N' } }],
    agents: [{ ...agent, email: 'Nurse@demo.clinic', name: 'Nadia', ...(demo ? { password: 'demo-only' } : {}) }],
    desk: { origins: ['https://desk.example.org'] },
  }, { demo, baseDir: folder });
  assert.ok(result.ok, result.ok ? '' : result.error.message);
  return result.value;
}
const identityOver = (over: SqliteStore, demo: boolean): Identity =>
  createIdentity({ store: over, clock, config: configOf(demo), audit: createAudit({ store: over, now: clock.now }), passwordCost });
async function start(demo = true): Promise<void> {
  const opened = await openSqliteStore({ file: join(folder, `${files++}`, 'x.sqlite') });
  assert.ok(opened.ok);
  store = opened.value;
  stores.push(store);
  identity = identityOver(store, demo);
  await identity.seedAgents();
}
beforeEach(async () => {
  now = 1_800_000_000_000;
  await start();
});

const code = (result: { ok: boolean; error?: { code: string } }): string => (result.ok ? 'ok' : result.error!.code);
const visit = async (deviceId = 'd_1'): Promise<VisitorSession> => {
  const result = await identity.openVisitorSession({ widgetId: 'main', deviceId }, site);
  assert.ok(result.ok);
  return result.value;
};
const signIn = (password = 'demo-only', email = 'nurse@demo.clinic') => identity.signInAgent(email, password, 'd_9', 'https://desk.example.org');
const signedIn = async (): Promise<AgentSession> => {
  const result = await signIn();
  assert.ok(result.ok, code(result));
  return result.value;
};
const refreshed = async (token: string, deviceId = 'd_1'): Promise<VisitorSession | AgentSession> => {
  const result = await identity.refresh(token, deviceId);
  assert.ok(result.ok, code(result));
  return result.value;
};
const claims = async (token: string) => {
  const result = await identity.verify(token);
  assert.ok(result.ok, code(result));
  return result.value;
};
const audited = async (): Promise<string[]> => (await store.auditLog(0, 100)).map(({ action, outcome, code: why }) => [action, outcome, why].filter(Boolean).join(' '));

describe('a password hash', () => {
  it('carries its parameters and a salt of its own, and knows its password only', async () => {
    const [one, two] = await Promise.all([hashPassword('correct horse', passwordCost), hashPassword('correct horse', passwordCost)]);
    assert.match(one, /^\$scrypt\$ln=4,r=8,p=1\$[A-Za-z0-9+/]{22}\$[A-Za-z0-9+/]{43}$/);
    assert.notEqual(one, two);
    assert.equal(await checkPassword('correct horse', one), true);
    assert.equal(await checkPassword('correct horsf', one), false);
    assert.equal(await checkPassword('', one), false);
  });

  it('takes an accented letter however the keyboard makes it', async () => {
    assert.equal(await checkPassword('cafe\u0301', await hashPassword('caf\u00e9', passwordCost)), true);
  });

  it('that is none opens nothing', async () => {
    for (const hash of [null, '', 'plain', '$scrypt$ln=4,r=8,p=1$$', '$argon2id$v=19$m=1$a$b']) assert.equal(await checkPassword('', hash, passwordCost), false);
  });
});

describe('a visitor', () => {
  it('gets a session whose access token says who, where and until when', async () => {
    const session = await visit();
    assert.deepEqual(await claims(session.accessToken), {
      sub: session.visitorId, role: 'visitor', deviceId: 'd_1', widgetId: 'main', sid: (await store.sessionsOf({ role: 'visitor', id: session.visitorId }))[0]!.id,
      origin: site, expiresAt: now + 10 * minuteMs,
    });
    assert.deepEqual([session.expiresAt, session.serverTime], [now + 10 * minuteMs, now]);
    assert.notEqual((await visit()).visitorId, session.visitorId);
  });

  it('is refused for an unknown widget and from an origin that is not allowed', async () => {
    assert.equal(code(await identity.openVisitorSession({ widgetId: 'none', deviceId: 'd' }, site)), 'widget-unknown');
    assert.equal(code(await identity.openVisitorSession({ widgetId: 'main', deviceId: 'd' }, 'https://evil.example')), 'origin-denied');
    assert.equal(code(await identity.openVisitorSession({ widgetId: 'main', deviceId: 'd' }, null)), 'ok');
  });

  it('is known by the refresh token after the access token has ended', async () => {
    const session = await visit();
    now += 10 * minuteMs;
    const old = await identity.verify(session.accessToken);
    assert.equal(code(old), 'token-expired');
    assert.equal(!old.ok && old.error.retryable, true);
    const next = await refreshed(session.refreshToken);
    assert.equal('visitorId' in next && next.visitorId, session.visitorId);
    assert.equal((await claims(next.accessToken)).sub, session.visitorId);
    assert.notEqual(next.refreshToken, session.refreshToken);
  });

  it('is forgotten when the session was not used for its whole life', async () => {
    const session = await visit();
    now += 29 * 24 * 60 * minuteMs;
    const next = await refreshed(session.refreshToken);
    now += 30 * 24 * 60 * minuteMs;
    assert.equal(code(await identity.refresh(next.refreshToken, 'd_1')), 'token-invalid');
  });
});

describe('a refresh token', () => {
  it('gives the same successor for 60 s, also to copies that come at once', async () => {
    const session = await visit();
    const answers = await Promise.all([1, 2, 3].map(() => refreshed(session.refreshToken)));
    assert.equal(new Set(answers.map((answer) => answer.refreshToken)).size, 1);
    await claims(answers[0]!.accessToken);
    now += minuteMs;
    assert.equal((await refreshed(session.refreshToken)).refreshToken, answers[0]!.refreshToken);
  });

  it('that comes back after 60 s ends the family, once its successor was in use', async () => {
    const ended: string[] = [];
    identity.onRevoked((sid) => ended.push(sid));
    const session = await visit();
    const next = await refreshed(session.refreshToken);
    const { sid } = await claims(next.accessToken);
    now += minuteMs + 2;
    assert.equal(code(await identity.refresh(session.refreshToken, 'd_1')), 'token-invalid');
    assert.equal(code(await identity.verify(next.accessToken)), 'token-invalid');
    assert.equal(code(await identity.refresh(next.refreshToken, 'd_1')), 'token-invalid');
    assert.deepEqual(ended, [sid]);
    assert.ok((await audited()).includes('session.reuse refused'));
  });

  it('whose answer was lost on a bad line still works later, as nobody has used what it gave', async () => {
    const session = await visit();
    const lost = await refreshed(session.refreshToken);
    now += 60 * minuteMs;
    assert.equal((await refreshed(session.refreshToken)).refreshToken, lost.refreshToken);
  });

  it('of two rotations ago ends the family', async () => {
    const session = await visit();
    const last = await refreshed((await refreshed(session.refreshToken)).refreshToken);
    assert.equal(code(await identity.refresh(session.refreshToken, 'd_1')), 'token-invalid');
    assert.equal(code(await identity.refresh(last.refreshToken, 'd_1')), 'token-invalid');
  });

  it('is for its own device, and a forged one ends nothing', async () => {
    const session = await visit();
    assert.equal(code(await identity.refresh(session.refreshToken, 'd_2')), 'token-invalid');
    const [sid, random] = session.refreshToken.split('.');
    for (const forged of ['', 'x', `${sid}.${random}`, `${sid}.${random}.AAAAAAAAAAAAAAAAAAAAAA`, `${session.refreshToken}x`, `${session.refreshToken}.x`]) {
      assert.equal(code(await identity.refresh(forged, 'd_1')), 'token-invalid');
    }
    await refreshed(session.refreshToken);
  });

  it('is kept as a hash, and its successor sealed', async () => {
    const session = await visit();
    const next = await refreshed(session.refreshToken);
    const rows = JSON.stringify(await store.sessionsOf({ role: 'visitor', id: session.visitorId }));
    for (const token of [session.refreshToken, next.refreshToken]) assert.ok(!rows.includes(token.split('.')[1]!));
  });

  it('that comes back after its successor was in use ends the family, over a restart too', async () => {
    const session = await visit();
    const next = await refreshed(session.refreshToken);
    await claims(next.accessToken);
    identity = identityOver(store, true);
    now += minuteMs + 2;
    assert.equal(code(await identity.refresh(session.refreshToken, 'd_1')), 'token-invalid');
    assert.equal(code(await identity.verify(next.accessToken)), 'token-invalid');
    assert.ok((await audited()).includes('session.reuse refused'));
  });

  it('works after a restart', async () => {
    const session = await visit();
    const next = await refreshed(session.refreshToken);
    identity = identityOver(store, true);
    assert.equal((await refreshed(session.refreshToken)).refreshToken, next.refreshToken);
    await claims(session.accessToken);
  });
});

describe('an access token', () => {
  it('that was changed, is of another kind, or is of another server, is not valid', async () => {
    const { accessToken, refreshToken } = await visit();
    const [head, body, signature] = accessToken.split('.');
    const as = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url');
    const payload = JSON.parse(Buffer.from(body!, 'base64url').toString()) as object;
    for (const token of ['', 'x', refreshToken, `${head}.${as({ ...payload, role: 'agent' })}.${signature}`, `${as({ alg: 'none' })}.${body}.`]) {
      assert.equal(code(await identity.verify(token)), 'token-invalid');
    }
    await start();
    assert.equal(code(await identity.verify(accessToken)), 'token-invalid');
  });

  it('ends with its session, which is told once', async () => {
    const ended: string[] = [];
    const stop = identity.onRevoked((sid) => ended.push(sid));
    const session = await visit();
    const { sid } = await claims(session.accessToken);
    assert.equal(await identity.isRevoked(sid), false);
    await identity.revoke(sid, 'v_1');
    await identity.revoke(sid, 'v_1');
    assert.equal(await identity.isRevoked(sid), true);
    assert.equal(code(await identity.verify(session.accessToken)), 'token-invalid');
    assert.equal(code(await identity.refresh(session.refreshToken, 'd_1')), 'token-invalid');
    assert.deepEqual(ended, [sid]);
    stop();
    assert.equal(await identityOver(store, true).isRevoked(sid), true, 'also for a process that did not see it');
    assert.equal(await identity.isRevoked('s_unknown'), true);
  });
});

describe('an agent', () => {
  it('signs in with the e-mail in any case, and is told who he is', async () => {
    const { agent, accessToken } = await signedIn();
    assert.deepEqual(agent, { id: agent.id, email: 'Nurse@demo.clinic', name: 'Nadia', title: 'Nurse', departments: ['nurse'] });
    assert.deepEqual([(await claims(accessToken)).role, (await claims(accessToken)).widgetId], ['agent', null]);
    assert.equal(code(await signIn('demo-only', ' NURSE@DEMO.CLINIC ')), 'ok');
    assert.ok((await audited()).includes('agent.sign-in ok'));
  });

  it('is refused alike for a wrong password and an unknown address, and from another origin', async () => {
    const [wrong, unknown] = [await signIn('wrong'), await signIn('wrong', 'nobody@demo.clinic')];
    assert.deepEqual([code(wrong), code(unknown)], ['sign-in-failed', 'sign-in-failed']);
    assert.ok(!wrong.ok && !unknown.ok && wrong.error.message === unknown.error.message);
    assert.equal(code(await identity.signInAgent('nurse@demo.clinic', 'demo-only', 'd', 'https://evil.example')), 'origin-denied');
    assert.ok(!JSON.stringify(await store.auditLog(0, 100)).includes('demo.clinic'), 'no e-mail address in the audit');
  });

  for (const [who, email] of [['an account', 'nurse@demo.clinic'], ['an address without one', 'nobody@demo.clinic']] as const) {
    it(`is locked out after 6 failures for 15 minutes: ${who}`, async () => {
      const tries = await Promise.all(Array.from({ length: 8 }, () => signIn('wrong', email)));
      assert.deepEqual(tries.map(code), [...Array<string>(5).fill('sign-in-failed'), 'locked-out', 'locked-out', 'locked-out']);
      const locked = await signIn('demo-only', email);
      assert.ok(!locked.ok && locked.error.code === 'locked-out' && locked.error.retryAfterMs === 15 * minuteMs);
      now += 15 * minuteMs - 1;
      assert.equal(code(await signIn('demo-only', email)), 'locked-out');
      now += 1;
      assert.equal(code(await signIn('wrong', email)), 'sign-in-failed', 'the count begins anew');
      assert.equal(code(await signIn('demo-only', email)), email.startsWith('nurse') ? 'ok' : 'sign-in-failed');
    });
  }

  it('stays locked out over a restart, and has a fresh count after a sign-in', async () => {
    for (let n = 0; n < 5; n++) await signIn('wrong');
    await signedIn();
    for (let n = 0; n < 5; n++) assert.equal(code(await signIn('wrong')), 'sign-in-failed');
    assert.equal(code(await signIn('wrong')), 'locked-out');
    identity = identityOver(store, true);
    assert.equal(code(await signIn()), 'locked-out');
  });

  it('signs in again after 12 hours without use, and 16 hours after signing in', async () => {
    const idle = await signedIn();
    const busy = await signedIn();
    now += 11 * 60 * minuteMs;
    let token = (await refreshed(busy.refreshToken, 'd_9')).refreshToken;
    now += 60 * minuteMs;
    assert.equal(code(await identity.refresh(idle.refreshToken, 'd_9')), 'token-invalid');
    now += 4 * 60 * minuteMs - 1000;
    const last = await refreshed(token, 'd_9');
    assert.equal(last.expiresAt, now + 1000, 'an access token does not outlive its session');
    token = last.refreshToken;
    now += 1000;
    assert.equal(code(await identity.refresh(token, 'd_9')), 'token-invalid');
  });

  it('with a demo password is nobody outside demo mode', async () => {
    await signedIn();
    identity = identityOver(store, false);
    assert.equal(code(await signIn()), 'sign-in-failed');
    assert.deepEqual((await identity.accounts.list()).map((account) => account.state), ['no-password']);
  });

  it('of the configuration is made once, and cannot sign in before a reset', async () => {
    await start(false);
    await identity.seedAgents();
    assert.deepEqual((await identity.accounts.list()).map(({ email, state }) => [email, state]), [['Nurse@demo.clinic', 'no-password']]);
    assert.equal(code(await signIn('')), 'sign-in-failed');
    assert.ok((await identity.accounts.reset('nurse@demo.clinic', 'a long enough one', 'command-line')).ok);
    assert.equal(code(await signIn('a long enough one')), 'ok');
  });
});

describe('accounts', () => {
  const account = { email: 'New@clinic.example', name: 'New', title: 'Nurse', departments: ['nurse'], password: 'twelve chars' };

  it('are added once, with a department that exists and a password that is long enough', async () => {
    assert.equal(code(await identity.accounts.add(account, 'me')), 'ok');
    assert.equal(code(await identity.accounts.add({ ...account, email: 'new@CLINIC.example' }, 'me')), 'conflict');
    const bad = [{ departments: ['nurze'] }, { departments: [] }, { password: 'short' }, { password: 'x'.repeat(201) }, { email: 'not one' }, { name: ' ' }, { title: '' }];
    for (const more of bad) assert.equal(code(await identity.accounts.add({ ...account, email: 'other@clinic.example', ...more }, 'me')), 'invalid', JSON.stringify(more));
    assert.equal(code(await signIn(account.password, account.email)), 'ok');
  });

  it('that are disabled or reset lose every session at once', async () => {
    const session = await signedIn();
    assert.equal(code(await identity.accounts.disable('nurse@demo.clinic', 'me')), 'ok');
    assert.equal(code(await identity.verify(session.accessToken)), 'token-invalid');
    assert.equal(code(await identity.refresh(session.refreshToken, 'd_9')), 'token-invalid');
    assert.equal(code(await signIn()), 'sign-in-failed');
    assert.equal(code(await identity.accounts.enable('nurse@demo.clinic', 'me')), 'ok');
    const again = await signedIn();
    assert.equal(code(await identity.accounts.reset('nurse@demo.clinic', 'another password', 'me')), 'ok');
    assert.equal(code(await identity.verify(again.accessToken)), 'token-invalid');
    assert.equal(code(await signIn('another password')), 'ok');
    assert.equal(code(await identity.accounts.disable('nobody@demo.clinic', 'me')), 'not-found');
    assert.deepEqual((await audited()).filter((line) => line.startsWith('account.')), ['account.seed ok', 'account.disable ok', 'account.enable ok', 'account.reset ok']);
  });

  it('that are reset are unlocked', async () => {
    for (let n = 0; n < 6; n++) await signIn('wrong');
    assert.deepEqual((await identity.accounts.list()).map((line) => line.state), ['locked']);
    await identity.accounts.reset('nurse@demo.clinic', 'another password', 'me');
    assert.equal(code(await signIn('another password')), 'ok');
  });
});
