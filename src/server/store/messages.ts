/** What the store and its worker thread say to each other. Structured clones; no functions, no errors as objects. */
import type { Watermark } from '../../protocol/types.js';
import type { FsyncReport } from './measure-fsync.js';
import type { AgentAccount, AuditEntry, Commit, CommitResult, ConversationQuery, ConversationRow, SessionRow, SessionSubject, StoredEvent, StreamHead, Tail } from './store.js';

/** The operations of the store as the worker does them: synchronously, on one connection. */
export interface Operations {
  commit(commit: Commit): CommitResult;
  mark(stream: string, mark: Watermark): Watermark;
  putAgent(account: AgentAccount): void;
  putSession(session: SessionRow): void;
  useRotation(sessionId: string, rotatedAt: number): void;
  audit(entry: AuditEntry): void;
  prune(stream: string, below: number): number;
  check(at: number): void;
  known(stream: string, dev: string, cmid: string): { readonly event: StoredEvent; readonly fp: string | null } | null;
  head(stream: string): StreamHead;
  readAfter(stream: string, after: number, limit: number): readonly StoredEvent[];
  readBefore(stream: string, before: number, limit: number): readonly StoredEvent[];
  conversation(id: string): ConversationRow | null;
  conversations(query: ConversationQuery): readonly ConversationRow[];
  tail(stream: string, after: number): Tail;
  watermarks(stream: string): readonly Watermark[];
  agentByEmail(email: string): AgentAccount | null;
  agent(id: string): AgentAccount | null;
  agents(): readonly AgentAccount[];
  session(id: string): SessionRow | null;
  sessionByRefresh(refreshHash: string): SessionRow | null;
  sessionsOf(subject: Pick<SessionSubject, 'role' | 'id'>): readonly SessionRow[];
  auditLog(after: number, limit: number): readonly (AuditEntry & { readonly n: number })[];
}

export type OperationName = keyof Operations;

/** Operations that change something: they share transactions, and are answered after the commit. */
export const writes: ReadonlySet<OperationName> = new Set(['commit', 'mark', 'putAgent', 'putSession', 'useRotation', 'audit', 'prune', 'check'] as const);

/** To the worker. */
export type Request =
  | { readonly [K in OperationName]: { readonly n: number; readonly op: K; readonly args: Parameters<Operations[K]> } }[OperationName]
  | { readonly n: number; readonly op: 'stats' | 'close'; readonly args: readonly [] };

/** How many write operations went into how many transactions since the store was opened. */
export interface StoreStats {
  readonly driver: string;
  readonly writes: number;
  readonly transactions: number;
  readonly largestBatch: number;
}

/**
 * From the worker. `refused`: the database may not be used, said in words. `failed.passing`: the same may work later. `down`: the disk failed,
 * and everything is refused until `recovered`. `fatal`: it will do nothing more.
 */
export type Reply =
  | { readonly type: 'ready'; readonly epoch: string; readonly secret: string; readonly driver: string; readonly fsync: FsyncReport; readonly writtenAt: number }
  | { readonly type: 'refused'; readonly message: string }
  | { readonly type: 'done'; readonly n: number; readonly value: unknown }
  | { readonly type: 'failed'; readonly n: number; readonly message: string; readonly passing: boolean }
  | { readonly type: 'down' | 'recovered' }
  | { readonly type: 'fatal'; readonly message: string };

/** Given to the worker at its start. */
export interface WorkerInput {
  readonly file: string;
  /** Most writes in one transaction. */
  readonly batchMax: number;
}
