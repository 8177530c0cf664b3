/**
 * What the server needs from a store. Implemented by `sqlite-store.ts` (a worker thread with group commit).
 * Laws: `commit` resolves only after the transaction is durable; seq is contiguous per stream and assigned inside it;
 * (stream, dev, cmid) is unique for ever; reads see everything committed before they were called. What cannot be done now but perhaps later
 * (disk full, busy or not answering) is rejected with `overloaded`, and was not done; `onDown`/`onRecovered` of the options tell of the disk.
 */
import type { Agent, CobrowseBody, FormAnswer, OfflineReceipt, Priority, Summary, Watermark, WireEvent } from '../../protocol/types.js';

export type StoredEvent = WireEvent;

/** An event that is to be numbered. `fp`: keyed HMAC of the payload, to tell a repeated submit from a reused cmid. */
export interface NewEvent {
  readonly stream: string;
  readonly kind: WireEvent['kind'];
  readonly by: WireEvent['by'];
  readonly d: unknown;
  readonly dev?: string;
  readonly cmid?: string;
  readonly fp?: string;
}

/** The latest session of co-browse in a conversation. Keys are public ones; what is seen never comes here. */
export interface CobrowseRow {
  readonly session: string;
  readonly state: CobrowseBody['state'];
  /** Who asked, and the public key of theirs. */
  readonly agentId: string;
  readonly key: string;
  readonly minutes: number;
  /** When it is over in any case; 0 before it was granted. */
  readonly until: number;
  /** When it was last changed. */
  readonly at: number;
  readonly reason: NonNullable<CobrowseBody['reason']> | null;
  /** How often the visitor has declined in this conversation. */
  readonly declines: number;
}

/** The materialised state of a conversation, written in the same transaction as the events that changed it. */
export interface ConversationRow {
  readonly id: string;
  readonly visitorId: string;
  readonly widgetId: string;
  readonly status: Summary['status'];
  readonly departmentId: string | null;
  readonly agentId: string | null;
  readonly visitorName: string | null;
  readonly locale: string | null;
  /** Null: nothing was said of it, which counts as normal. */
  readonly priority: Priority | null;
  /** The language that an answer asked for. */
  readonly language: string | null;
  readonly createdAt: number;
  readonly waitingSince: number | null;
  readonly closedAt: number | null;
  readonly lastAt: number;
  readonly preChat: readonly FormAnswer[];
  /** new: a bot is to answer and has not said yet what it is; active: it answers while nobody of staff does; done: a person was asked for; null: no bot. */
  readonly bot: 'new' | 'active' | 'done' | null;
  /** Null: nobody has asked yet. */
  readonly cobrowse: CobrowseRow | null;
  /** Set where it is a message that was left while nobody was there: staff sees it, and no visitor. */
  readonly offline: OfflineReceipt | null;
  /** Grows with each change of this row or its streams. */
  readonly v: number;
}

/** Who did what to which conversation, when. Never content. */
export interface AuditEntry {
  readonly at: number;
  readonly actor: string;
  readonly action: string;
  readonly target?: string | null;
  readonly outcome: 'ok' | 'refused';
  readonly code?: string | null;
}

/** All or nothing. The first event carries the key (dev, cmid) where there is one. `at` of all events is the commit's. */
export interface Commit {
  readonly events: readonly NewEvent[];
  readonly at: number;
  /** Written as given, `v` and `lastAt` excepted (set by the store). */
  readonly conversation?: Omit<ConversationRow, 'v' | 'lastAt'>;
  readonly audit?: AuditEntry | readonly AuditEntry[];
}

export type CommitResult =
  | { readonly type: 'done'; readonly events: readonly StoredEvent[]; readonly conversation: ConversationRow | null }
  /** Known already: the original event. */
  | { readonly type: 'dup'; readonly event: StoredEvent }
  /** Same key, other payload. */
  | { readonly type: 'mismatch' };

export interface StreamHead {
  readonly head: number;
  readonly floor: number;
}

export interface AgentAccount extends Agent {
  readonly passwordHash: string;
  readonly disabled: boolean;
  readonly failures: number;
  readonly lockedUntil: number;
}

export type SessionSubject = { readonly role: 'visitor'; readonly id: string; readonly widgetId: string } | { readonly role: 'agent'; readonly id: string };

/** A family of refresh tokens on one device. Hashes only. */
export interface SessionRow {
  readonly id: string;
  readonly subject: SessionSubject;
  readonly deviceId: string;
  readonly origin: string | null;
  readonly refreshHash: string;
  readonly previousHash: string | null;
  readonly rotatedAt: number;
  /** `rotatedAt` of the newest rotation of which an access token was seen in use: what it replaced must not come back. Written by `useRotation` only. */
  readonly usedRotation: number | null;
  /** The successor handed out at `rotatedAt`, sealed with the server's key, so that a lost answer can be repeated for 60 s. */
  readonly successorSealed: string | null;
  readonly createdAt: number;
  readonly lastUsedAt: number;
  readonly expiresAt: number;
  readonly revokedAt: number | null;
}

export interface ConversationQuery {
  readonly status?: Summary['status'];
  /** Not closed. One query, so that a change from waiting to open in between hides nothing. */
  readonly active?: true;
  /** No message that was left. */
  readonly live?: true;
  readonly visitorId?: string;
  readonly widgetId?: string;
  readonly agentId?: string;
  /** What this agent may see: conversations of these departments or of none, and those assigned. */
  readonly visibleTo?: { readonly agentId: string; readonly departmentIds: readonly string[] };
  /** Created at this time or later. */
  readonly from?: number;
  /** Created before this time. */
  readonly to?: number;
  /** Part of the visitor's name, the start of an id, or a reference, case-insensitive. */
  readonly visitor?: string;
  /** Rows before this position (created_at, id), newest first. */
  readonly before?: { readonly createdAt: number; readonly id: string };
  readonly limit: number;
}

/** The end of a stream, as a list shows it. */
export interface Tail {
  /** The latest message or pressed button of a person. What a bot or the server says is no news of the visitor. */
  readonly last: StoredEvent | null;
  /** The latest symptom check that was handed over. */
  readonly check: StoredEvent | null;
  /** How many of the visitor's messages and buttons have seq > `after`. */
  readonly unread: number;
  readonly head: number;
}

export interface Store {
  readonly epoch: string;
  /** Random bytes made at first start, for signing and sealing. Hexadecimal, 32 bytes. */
  readonly secret: string;
  commit(commit: Commit): Promise<CommitResult>;
  /** The event stored under this key, with its fingerprint, or null. Lets a repeated submit be answered before the state is judged (an `accept` that was taken must not come back as `conflict`). */
  known(stream: string, dev: string, cmid: string): Promise<{ readonly event: StoredEvent; readonly fp: string | null } | null>;
  head(stream: string): Promise<StreamHead>;
  /** Events with seq > after, ascending. */
  readAfter(stream: string, after: number, limit: number): Promise<readonly StoredEvent[]>;
  /** Events with seq < before, the last `limit` of them, ascending. */
  readBefore(stream: string, before: number, limit: number): Promise<readonly StoredEvent[]>;
  conversation(id: string): Promise<ConversationRow | null>;
  conversations(query: ConversationQuery): Promise<readonly ConversationRow[]>;
  tail(stream: string, after: number): Promise<Tail>;
  watermarks(stream: string): Promise<readonly Watermark[]>;
  /** Max-merge; resolves with the merged value. */
  mark(stream: string, mark: Watermark): Promise<Watermark>;
  agentByEmail(email: string): Promise<AgentAccount | null>;
  agent(id: string): Promise<AgentAccount | null>;
  agents(): Promise<readonly AgentAccount[]>;
  /** Insert or replace by id. */
  putAgent(account: AgentAccount): Promise<void>;
  session(id: string): Promise<SessionRow | null>;
  sessionByRefresh(refreshHash: string): Promise<SessionRow | null>;
  /** Insert or replace by id, `usedRotation` excepted. */
  putSession(session: SessionRow): Promise<void>;
  /** Max-merge of `usedRotation`. */
  useRotation(sessionId: string, rotatedAt: number): Promise<void>;
  sessionsOf(subject: Pick<SessionSubject, 'role' | 'id'>): Promise<readonly SessionRow[]>;
  audit(entry: AuditEntry): Promise<void>;
  auditLog(after: number, limit: number): Promise<readonly (AuditEntry & { readonly n: number })[]>;
  /**
   * Erases the content of events with seq < below, and serves them no more; resolves with the new floor (never above head + 1, never lower
   * than before). Their keys stay, so that a late copy of one is not taken for a new message.
   */
  prune(stream: string, below: number): Promise<number>;
  /** A write that needs room, and a read, for readiness. */
  check(): Promise<void>;
  close(): Promise<void>;
}
