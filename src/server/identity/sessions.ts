/**
 * Sessions: families of refresh tokens, one per sign-in. A token that was rotated gives the same successor again for 60 s, and for longer
 * as long as nobody has used what the rotation handed out (the answer may have been lost on a bad line). After that, a token that comes
 * back is in two hands: the family ends (PROTOCOL §2.5; RFC 9700 §4.14.2).
 */
import { randomBytes } from 'node:crypto';
import { CareError } from '../../base/care-error.js';
import { uuidv7 } from '../../base/ids.js';
import { err, ok, type Result } from '../../base/result.js';
import type { Audit } from '../audit/audit.js';
import type { Clock } from '../clock.js';
import type { Config } from '../config/config.js';
import { createSerial } from '../hub/serial.js';
import { createRecent } from '../recent.js';
import type { SessionRow, SessionSubject, Store } from '../store/store.js';
import type { Claims } from './identity.js';
import type { Tokens } from './tokens.js';

/** For how long a rotated token certainly gets the same successor. */
export const repeatMs = 60_000;
/** Sessions whose state is remembered; what is forgotten is read from the store again. */
const rememberedMax = 50_000;

/** What a client is given. */
export interface Grant {
  readonly accessToken: string;
  readonly expiresAt: number;
  readonly refreshToken: string;
  readonly serverTime: number;
}

export interface Sessions {
  open(subject: SessionSubject, deviceId: string, origin: string | null): Promise<Grant>;
  refresh(refreshToken: string, deviceId: string): Promise<Result<{ readonly grant: Grant; readonly subject: SessionSubject }>>;
  verify(accessToken: string): Promise<Result<Claims>>;
  revoke(sid: string, actor: string): Promise<void>;
  isRevoked(sid: string): Promise<boolean>;
  onRevoked(listener: (sid: string) => void): () => void;
}

export interface SessionsOptions {
  readonly store: Store;
  readonly clock: Clock;
  readonly config: Config;
  readonly audit: Audit;
  readonly tokens: Tokens;
}

/** Sessions over a store. One instance per process: what it remembers is the truth. */
export function createSessions({ store, clock, config, audit, tokens }: SessionsOptions): Sessions {
  const serial = createSerial();
  const revoked = createRecent<boolean>(rememberedMax);
  /** The newest rotation of a session of which a token was seen in use, and of which the store knows. */
  const usedRotation = createRecent<number>(rememberedMax);
  const listeners = new Set<(sid: string) => void>();

  const endOf = (subject: SessionSubject, createdAt: number, now: number): number => {
    const { refreshTtlMs, agentIdleMs, agentMaxMs } = config.sessions;
    return subject.role === 'visitor' ? now + refreshTtlMs : Math.min(now + agentIdleMs, createdAt + agentMaxMs);
  };
  const grant = async (row: SessionRow, refreshToken: string): Promise<Grant> => {
    const now = clock.now();
    // Whole seconds, as the token has them, so that both sides mean the same moment.
    const expiresAt = Math.floor(Math.min(now + config.sessions.accessTtlMs, row.expiresAt) / 1000) * 1000;
    const { subject, deviceId, origin, id: sid, rotatedAt } = row;
    const widgetId = subject.role === 'visitor' ? subject.widgetId : null;
    const accessToken = await tokens.signAccess({ sub: subject.id, role: subject.role, deviceId, widgetId, sid, origin, expiresAt, rotatedAt });
    return { accessToken, expiresAt, refreshToken, serverTime: now };
  };
  const end = async (row: SessionRow, actor: string, action: 'session.revoked' | 'session.reuse'): Promise<void> => {
    revoked.set(row.id, true);
    await store.putSession({ ...row, revokedAt: clock.now() });
    await audit.write({ actor, action, target: row.id, outcome: action === 'session.reuse' ? 'refused' : 'ok' });
    for (const listener of [...listeners]) listener(row.id);
  };
  const rotate = async (row: SessionRow): Promise<Grant> => {
    const now = clock.now();
    // Always a larger number than the one before, also where the clock stands still or was put back.
    const rotatedAt = Math.max(now, row.rotatedAt + 1);
    const successor = tokens.mintRefresh(row.id, rotatedAt);
    const next: SessionRow = {
      ...row,
      refreshHash: tokens.hashRefresh(successor),
      previousHash: row.refreshHash,
      rotatedAt,
      successorSealed: tokens.seal(row.id, successor),
      lastUsedAt: now,
      expiresAt: endOf(row.subject, row.createdAt, now),
    };
    await store.putSession(next);
    return grant(next, successor);
  };
  const repeatable = (row: SessionRow): boolean =>
    clock.now() - row.rotatedAt <= repeatMs || (row.usedRotation ?? -1) < row.rotatedAt;

  const refreshOne = async (sid: string, token: string, deviceId: string): Promise<Result<{ readonly grant: Grant; readonly subject: SessionSubject }>> => {
    const row = await store.session(sid);
    const invalid = err(new CareError('token-invalid'));
    if (!row || row.revokedAt !== null || row.deviceId !== deviceId || clock.now() >= row.expiresAt) return invalid;
    const hash = tokens.hashRefresh(token);
    if (hash === row.refreshHash) return ok({ grant: await rotate(row), subject: row.subject });
    if (hash === row.previousHash && row.successorSealed !== null && repeatable(row)) {
      const successor = tokens.unseal(sid, row.successorSealed);
      if (successor !== null) return ok({ grant: await grant(row, successor), subject: row.subject });
    }
    // Ours, and from a rotation that this store has not seen: it was restored from a backup that is older. The person goes on.
    const rotation = tokens.rotationOf(token);
    if (rotation > row.rotatedAt) return ok({ grant: await rotate({ ...row, refreshHash: hash, rotatedAt: rotation }), subject: row.subject });
    await end(row, row.subject.id, 'session.reuse');
    return invalid;
  };
  const isRevoked = async (sid: string): Promise<boolean> => {
    const known = revoked.get(sid);
    if (known !== undefined) return known;
    const row = await store.session(sid);
    // A revocation may have come while the store was asked.
    const answer = revoked.get(sid) ?? (row === null || row.revokedAt !== null);
    revoked.set(sid, answer);
    return answer;
  };

  /** Durable before the token does anything, so that a restart does not forget whose hands the session is in. One write per rotation. */
  const noteUse = async (sid: string, rotatedAt: number): Promise<void> => {
    await store.useRotation(sid, rotatedAt);
    if ((usedRotation.get(sid) ?? -1) < rotatedAt) usedRotation.set(sid, rotatedAt);
  };

  return {
    async open(subject, deviceId, origin) {
      const now = clock.now();
      const id = `s_${uuidv7(now, randomBytes(16))}`;
      const refreshToken = tokens.mintRefresh(id, now);
      const row: SessionRow = {
        id, subject, deviceId, origin, refreshHash: tokens.hashRefresh(refreshToken), previousHash: null, rotatedAt: now, usedRotation: null, successorSealed: null,
        createdAt: now, lastUsedAt: now, expiresAt: endOf(subject, now, now), revokedAt: null,
      };
      await store.putSession(row);
      revoked.set(id, false);
      // The first token replaces none, so that nobody need know when it is used.
      usedRotation.set(id, now);
      return grant(row, refreshToken);
    },
    async refresh(token, deviceId) {
      const sid = tokens.sidOfRefresh(token);
      return sid === null ? err(new CareError('token-invalid')) : serial.run(sid, () => refreshOne(sid, token, deviceId));
    },
    async verify(accessToken) {
      const read = await tokens.readAccess(accessToken);
      if (!read.ok) return read;
      const { rotatedAt, ...claims } = read.value;
      if ((usedRotation.get(claims.sid) ?? -1) < rotatedAt) await noteUse(claims.sid, rotatedAt);
      // Last, so that nothing is waited for between this answer and its use.
      return (await isRevoked(claims.sid)) ? err(new CareError('token-invalid')) : ok(claims);
    },
    revoke: (sid, actor) => serial.run(sid, async () => {
      const row = await store.session(sid);
      if (row && row.revokedAt === null) await end(row, actor, 'session.revoked');
    }),
    isRevoked,
    onRevoked(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}
