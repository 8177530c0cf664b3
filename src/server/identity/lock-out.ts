/**
 * How often a sign-in was refused. Accounts keep their count in the store, so that a restart does not give six more tries; e-mail addresses
 * without an account are counted in memory in just the same way, so that being locked out does not tell whether there is an account.
 */
import { createHmac } from 'node:crypto';
import type { Config } from '../config/config.js';
import type { AgentAccount, Store } from '../store/store.js';

/** Addresses without an account that are remembered; the oldest is forgotten first. */
const unknownMax = 10_000;

interface Count {
  readonly failures: number;
  readonly lockedUntil: number;
}

export interface LockOut {
  /** Until when the address is locked, or null. */
  lockedUntil(email: string, account: AgentAccount | null, now: number): number | null;
  /** Counts a refusal; true where this one locked. */
  refused(email: string, account: AgentAccount | null, now: number): Promise<boolean>;
}

/** `secret` keys the digest under which an address is remembered, so that none is kept in the clear. */
export function createLockOut({ store, sessions, secret }: { readonly store: Pick<Store, 'putAgent'>; readonly sessions: Config['sessions']; readonly secret: string }): LockOut {
  const unknown = new Map<string, Count>();
  const keyOf = (email: string): string => createHmac('sha256', secret).update(email).digest('base64');
  const next = ({ failures, lockedUntil }: Count, now: number): Count => {
    // A lock that has passed starts the count anew.
    const count = (lockedUntil !== 0 && lockedUntil <= now ? 0 : failures) + 1;
    return count >= sessions.lockAfter ? { failures: count, lockedUntil: now + sessions.lockMs } : { failures: count, lockedUntil: 0 };
  };
  return {
    lockedUntil(email, account, now) {
      const until = (account ?? unknown.get(keyOf(email)))?.lockedUntil ?? 0;
      return until > now ? until : null;
    },
    async refused(email, account, now) {
      if (account) {
        const count = next(account, now);
        await store.putAgent({ ...account, ...count });
        return count.lockedUntil > now;
      }
      const key = keyOf(email);
      const count = next(unknown.get(key) ?? { failures: 0, lockedUntil: 0 }, now);
      unknown.delete(key);
      unknown.set(key, count);
      if (unknown.size > unknownMax) unknown.delete(unknown.keys().next().value!);
      return count.lockedUntil > now;
    },
  };
}
