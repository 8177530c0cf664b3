/** Who did what, when, to which conversation, session or account. A closed list of actions; never content, never an e-mail address. */
import type { AuditEntry, Store } from '../store/store.js';

/** Every action that is recorded. */
export const auditActions = [
  'visitor.session', 'visitor.end', 'agent.sign-in', 'agent.sign-out', 'agent.locked', 'session.revoked', 'session.reuse',
  'account.add', 'account.reset', 'account.disable', 'account.enable', 'account.seed',
  'conversation.create', 'message.leave', 'conversation.accept', 'conversation.assign', 'conversation.return', 'conversation.close', 'conversation.reopen',
  'conversation.escalate', 'cobrowse.request', 'cobrowse.grant', 'cobrowse.decline', 'cobrowse.connect', 'cobrowse.end', 'conversation.read', 'bot.disclose', 'conversation.search', 'note.add', 'consent.record', 'form.answer', 'store.backup', 'store.restore', 'stream.prune', 'server.start', 'server.stop',
] as const;

export type AuditAction = (typeof auditActions)[number];

/** An entry without its time. `actor` and `target` are opaque ids. */
export interface AuditFact {
  readonly actor: string;
  readonly action: AuditAction;
  readonly target?: string | null;
  readonly outcome?: 'ok' | 'refused';
  readonly code?: string | null;
}

export interface Audit {
  /** Resolves after the entry is durable. */
  write(fact: AuditFact): Promise<void>;
  /** The entry to put into a `Commit`, so that it is written with the change or not at all. */
  entry(fact: AuditFact): AuditEntry;
}

/** A writer of the store's audit log. */
export function createAudit({ store, now }: { readonly store: Pick<Store, 'audit'>; readonly now: () => number }): Audit {
  const entry = (fact: AuditFact): AuditEntry => ({
    at: now(), actor: fact.actor, action: fact.action, target: fact.target ?? null, outcome: fact.outcome ?? 'ok', code: fact.code ?? null,
  });
  return { entry, write: (fact) => store.audit(entry(fact)) };
}
