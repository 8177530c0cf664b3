/** `Identity` over the store: visitors' sessions, agents' sign-in with lock-out, accounts made from the configuration. */
import { randomBytes } from 'node:crypto';
import { CareError } from '../../base/care-error.js';
import { uuidv7 } from '../../base/ids.js';
import { err, ok, type Result } from '../../base/result.js';
import type { Agent, AgentSession } from '../../protocol/types.js';
import type { Audit } from '../audit/audit.js';
import type { Clock } from '../clock.js';
import { findWidget, type Config } from '../config/config.js';
import { originAllowed } from '../config/origins.js';
import { createSerial } from '../hub/serial.js';
import type { AgentAccount, SessionSubject, Store } from '../store/store.js';
import { createAccounts } from './accounts.js';
import type { Identity } from './identity.js';
import { createLockOut } from './lock-out.js';
import { checkPassword, defaultCost, hashPassword, type PasswordCost } from './password.js';
import { createSessions } from './sessions.js';
import { createTokens } from './tokens.js';

export interface IdentityOptions {
  readonly store: Store;
  readonly clock: Clock;
  readonly config: Config;
  readonly audit: Audit;
  /** Cost of new password hashes. */
  readonly passwordCost?: PasswordCost;
}

/** Marks a hash that was made from a demo password: outside demo mode it opens nothing. */
const demoMark = 'demo:';

/** The part of an account that goes over the wire. */
export const toAgentOnWire = ({ id, email, name, title, departments }: AgentAccount): Agent => ({ id, email, name, title, departments: [...departments] });

/** The hash to check against: none for a disabled account, and none for a demo password outside demo mode. */
function usableHash(account: AgentAccount | null, demo: boolean): string | null {
  if (!account || account.disabled) return null;
  if (!account.passwordHash.startsWith(demoMark)) return account.passwordHash;
  return demo ? account.passwordHash.slice(demoMark.length) : null;
}

/** Creates the identity of a server. Call `seedAgents` once before serving. */
export function createIdentity({ store, clock, config, audit, passwordCost = defaultCost }: IdentityOptions): Identity {
  const tokens = createTokens({ secret: store.secret, now: () => clock.now() });
  const sessions = createSessions({ store, clock, config, audit, tokens });
  const lockOut = createLockOut({ store, sessions: config.sessions, secret: store.secret });
  const signIns = createSerial();

  const trySignIn = async (email: string, password: string, deviceId: string, origin: string | null): Promise<Result<AgentSession>> => {
    const account = await store.agentByEmail(email);
    const actor = account?.id ?? 'unknown';
    const lockedUntil = lockOut.lockedUntil(email, account, clock.now());
    const locked = (until: number): Result<AgentSession> => err(new CareError('locked-out', 'Too many failed sign-ins', { retryAfterMs: until - clock.now() }));
    if (lockedUntil !== null) {
      await audit.write({ actor, action: 'agent.sign-in', outcome: 'refused', code: 'locked-out' });
      return locked(lockedUntil);
    }
    if (!(await checkPassword(password, usableHash(account, config.demo), passwordCost)) || !account) {
      const now = clock.now();
      const nowLocked = await lockOut.refused(email, account, now);
      await audit.write({ actor, action: 'agent.sign-in', outcome: 'refused', code: 'sign-in-failed' });
      if (!nowLocked) return err(new CareError('sign-in-failed', 'E-mail or password is wrong'));
      await audit.write({ actor, action: 'agent.locked', code: 'locked-out' });
      return locked(now + config.sessions.lockMs);
    }
    if (account.failures > 0 || account.lockedUntil > 0) await store.putAgent({ ...account, failures: 0, lockedUntil: 0 });
    const grant = await sessions.open({ role: 'agent', id: account.id }, deviceId, origin);
    await audit.write({ actor, action: 'agent.sign-in' });
    return ok({ agent: toAgentOnWire(account), ...grant });
  };

  const revokeAll = async (subject: Pick<SessionSubject, 'role' | 'id'>, actor: string): Promise<number> => {
    const open = (await store.sessionsOf(subject)).filter((session) => session.revokedAt === null);
    await Promise.all(open.map((session) => sessions.revoke(session.id, actor)));
    return open.length;
  };
  const revokeAgent = async (id: string, actor: string): Promise<void> => void (await revokeAll({ role: 'agent', id }, actor));

  return {
    async openVisitorSession({ widgetId, deviceId }, origin) {
      const widget = findWidget(config, widgetId);
      if (!widget) return err(new CareError('widget-unknown', 'There is no such widget'));
      if (origin !== null && !originAllowed(widget.origins, origin)) return err(new CareError('origin-denied', 'This origin is not allowed'));
      const visitorId = `v_${uuidv7(clock.now(), randomBytes(16))}`;
      const grant = await sessions.open({ role: 'visitor', id: visitorId, widgetId }, deviceId, origin);
      await audit.write({ actor: visitorId, action: 'visitor.session' });
      return ok({ visitorId, ...grant });
    },
    async signInAgent(email, password, deviceId, origin) {
      if (origin !== null && !originAllowed(config.desk.origins, origin)) return err(new CareError('origin-denied', 'This origin is not allowed'));
      const folded = email.trim().toLowerCase();
      // One at a time per address: tries sent at once must not all be judged by the same count.
      return signIns.run(folded, () => trySignIn(folded, password, deviceId, origin));
    },
    async refresh(refreshToken, deviceId) {
      const result = await sessions.refresh(refreshToken, deviceId);
      if (!result.ok) return result;
      const { grant, subject } = result.value;
      if (subject.role === 'visitor') return ok({ visitorId: subject.id, ...grant });
      const account = await store.agent(subject.id);
      return account && !account.disabled ? ok({ agent: toAgentOnWire(account), ...grant }) : err(new CareError('token-invalid'));
    },
    verify: sessions.verify,
    revoke: sessions.revoke,
    isRevoked: sessions.isRevoked,
    onRevoked: sessions.onRevoked,
    sessionsOf: (subject) => store.sessionsOf(subject),
    revokeAgent,
    revokeVisitor: (id, actor) => revokeAll({ role: 'visitor', id }, actor),
    accounts: createAccounts({ store, clock, config, audit, serial: signIns, revokeAgent, usable: (account) => !!usableHash(account, config.demo), passwordCost }),
    async seedAgents() {
      await Promise.all(config.agents.map(async ({ email, name, title, departments, password }) => {
        if (await store.agentByEmail(email)) return;
        const passwordHash = password === null ? '' : `${demoMark}${await hashPassword(password, passwordCost)}`;
        const id = `a_${uuidv7(clock.now(), randomBytes(16))}`;
        await store.putAgent({ id, email, name, title, departments: [...departments], passwordHash, disabled: false, failures: 0, lockedUntil: 0 });
        await audit.write({ actor: 'configuration', action: 'account.seed', target: id });
      }));
    },
  };
}
