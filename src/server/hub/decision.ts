/** What the rules of `decide.ts` and `bot-rules.ts` are made of. */
import type { Result } from '../../base/result.js';
import type { By, SubmitEvent } from '../../protocol/types.js';
import type { Audit, AuditFact } from '../audit/audit.js';
import type { Config } from '../config/config.js';
import type { Commit, ConversationRow, NewEvent, Store } from '../store/store.js';
import { systemBy, type Principal } from './principal.js';
import { selfKey } from './rights.js';

/** What is to be committed, before the idempotency key is put on the first event. */
export type Decision = Omit<Commit, 'at'>;

export interface DecideDeps {
  readonly store: Store;
  readonly config: Config;
  readonly audit: Audit;
  readonly now: () => number;
}

type RowPatch = Partial<Pick<ConversationRow, 'status' | 'agentId' | 'departmentId' | 'waitingSince' | 'closedAt' | 'bot' | 'cobrowse'>>;
export type Kind = SubmitEvent['kind'];

export interface Situation<K extends Kind> {
  readonly deps: DecideDeps;
  readonly principal: Principal;
  readonly row: ConversationRow;
  readonly ev: Extract<SubmitEvent, { kind: K }>;
}

export type Rule<K extends Kind> = (situation: Situation<K>) => Promise<Result<Decision>> | Result<Decision>;

export const accepted = (decision: Decision): Result<Decision> => ({ ok: true, value: decision });

/** The row as it is to be written. */
export function patched(row: ConversationRow, patch: RowPatch): NonNullable<Commit['conversation']> {
  const { v: _v, lastAt: _lastAt, ...rest } = row;
  return { ...rest, ...patch };
}

export const event = (stream: string, kind: NewEvent['kind'], by: By, d: unknown): NewEvent => ({ stream, kind, by, d });

/** What the visitor's own stream says about a change of status. */
export const updated = (row: ConversationRow, status: ConversationRow['status']): readonly NewEvent[] =>
  row.offline ? [] : [event(selfKey(row.visitorId), 'conversation.updated', systemBy, { conversationId: row.id, status })];

export const inDepartment = (row: Pick<ConversationRow, 'departmentId'>): { departmentId?: string } => (row.departmentId === null ? {} : { departmentId: row.departmentId });

export const audited = (deps: DecideDeps, principal: Principal, action: AuditFact['action'], target: string): Commit['audit'] =>
  deps.audit.entry({ actor: principal.id, action, target });
