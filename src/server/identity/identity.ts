/**
 * Who is speaking: sessions of visitors and agents, and the accounts of agents. What the hub calls; `create-identity.ts` implements it.
 * No e-mail address, password or token is ever part of an error or a log line.
 */
import type { Result } from '../../base/result.js';
import type { AgentSession, VisitorSession } from '../../protocol/types.js';
import type { SessionRow, SessionSubject } from '../store/store.js';
import type { Accounts } from './accounts.js';

/** What an access token says. */
export interface Claims {
  /** Visitor or agent id. */
  readonly sub: string;
  readonly role: 'visitor' | 'agent';
  readonly deviceId: string;
  /** Visitors only. */
  readonly widgetId: string | null;
  /** The session (family of refresh tokens). */
  readonly sid: string;
  /** Where the session was opened. */
  readonly origin: string | null;
  /** When the token ends, milliseconds since the epoch. */
  readonly expiresAt: number;
}

export interface Identity {
  /**
   * A new visitor with a session. `origin`: the request's `Origin` header, or null where there was none (not a browser).
   * Errors: `widget-unknown`, `origin-denied`.
   */
  openVisitorSession(request: { readonly widgetId: string; readonly deviceId: string }, origin: string | null): Promise<Result<VisitorSession>>;
  /** Errors: `sign-in-failed` (also for an unknown or disabled account, after the same time), `locked-out` with `retryAfterMs`, `origin-denied`. */
  signInAgent(email: string, password: string, deviceId: string, origin: string | null): Promise<Result<AgentSession>>;
  /** New tokens for old: `VisitorSession` or `AgentSession`, by the session's side. Errors: `token-invalid`; never retryable. */
  refresh(refreshToken: string, deviceId: string): Promise<Result<VisitorSession | AgentSession>>;
  /** Signature, expiry, and that the session was not revoked. Errors: `token-expired`, `token-invalid`. */
  verify(accessToken: string): Promise<Result<Claims>>;
  /** Ends a session at once; idempotent. `actor`: id of who did it, for the audit. */
  revoke(sid: string, actor: string): Promise<void>;
  /** Answered from memory once a session was seen. */
  isRevoked(sid: string): Promise<boolean>;
  /** Told each time a session ends by `revoke`, reuse of an old token, or an account being disabled: close its connections (4410). */
  onRevoked(listener: (sid: string) => void): () => void;
  sessionsOf(subject: SessionSubject): Promise<readonly SessionRow[]>;
  /** Ends every session of an agent (password reset, account disabled). */
  revokeAgent(agentId: string, actor: string): Promise<void>;
  /** Ends every session of a visitor (a lost phone); how many were open. */
  revokeVisitor(visitorId: string, actor: string): Promise<number>;
  /** Makes the accounts that the configuration names and the store does not have. Call once at start. */
  seedAgents(): Promise<void>;
  /** Agents' accounts, for the command line. */
  readonly accounts: Accounts;
}
