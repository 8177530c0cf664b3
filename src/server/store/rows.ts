/** Rows of the database ↔ values of `store.ts`. Every body is kept with the number of its codec, so that encryption at rest will not be a rewrite. */
import type { FormAnswer, OfflineReceipt, Watermark } from '../../protocol/types.js';
import type { SqlRow, SqlValue } from './driver.js';
import type { AgentAccount, AuditEntry, ConversationRow, SessionRow, StoredEvent } from './store.js';

/** How a body is kept. 0: JSON, in the clear. */
export const jsonCodec = 0;

/** A body as it is kept. */
export const encodeBody = (value: unknown): string => JSON.stringify(value ?? {});

/** A body as it was given. Throws on a codec that this version does not know. */
export function decodeBody(codec: SqlValue | undefined, body: SqlValue | undefined): unknown {
  if (codec !== jsonCodec) throw new Error(`a body has codec ${String(codec)}, which this version does not know`);
  return JSON.parse(String(body));
}

const text = (row: SqlRow, key: string): string => String(row[key]);
const textOrNull = (row: SqlRow, key: string): string | null => (row[key] === null || row[key] === undefined ? null : String(row[key]));
const number = (row: SqlRow, key: string): number => Number(row[key]);
const numberOrNull = (row: SqlRow, key: string): number | null => (row[key] === null || row[key] === undefined ? null : Number(row[key]));

/** An event as it goes out. The kind decides the body's shape; both were written together from a checked value. */
export function toEvent(row: SqlRow, epoch: string): StoredEvent {
  const [name, title, cmid, dev] = [textOrNull(row, 'by_name'), textOrNull(row, 'by_title'), textOrNull(row, 'cmid'), textOrNull(row, 'dev')];
  return {
    stream: text(row, 'stream'),
    epoch,
    seq: number(row, 'seq'),
    id: text(row, 'id'),
    kind: text(row, 'kind'),
    at: number(row, 'at'),
    by: { id: text(row, 'by_id'), role: text(row, 'by_role'), ...(name === null ? {} : { name }), ...(title === null ? {} : { title }) },
    ...(cmid === null ? {} : { cmid }),
    ...(dev === null ? {} : { dev }),
    d: decodeBody(row['codec'], row['body']),
  } as StoredEvent;
}

function toReceipt(row: SqlRow): OfflineReceipt | null {
  const [reference, promisedAt] = [textOrNull(row, 'reference'), numberOrNull(row, 'promised_at')];
  return reference === null ? null : { reference, ...(promisedAt === null ? {} : { promisedAt }) };
}

export function toConversation(row: SqlRow): ConversationRow {
  return {
    id: text(row, 'id'),
    visitorId: text(row, 'visitor_id'),
    widgetId: text(row, 'widget_id'),
    status: text(row, 'status') as ConversationRow['status'],
    departmentId: textOrNull(row, 'department_id'),
    agentId: textOrNull(row, 'agent_id'),
    visitorName: textOrNull(row, 'visitor_name'),
    locale: textOrNull(row, 'locale'),
    priority: textOrNull(row, 'priority') as ConversationRow['priority'],
    language: textOrNull(row, 'language'),
    createdAt: number(row, 'created_at'),
    waitingSince: numberOrNull(row, 'waiting_since'),
    closedAt: numberOrNull(row, 'closed_at'),
    lastAt: number(row, 'last_at'),
    preChat: decodeBody(row['codec'], row['pre_chat']) as FormAnswer[],
    bot: textOrNull(row, 'bot') as ConversationRow['bot'],
    cobrowse: row['cobrowse'] === null ? null : decodeBody(row['codec'], row['cobrowse']) as ConversationRow['cobrowse'],
    offline: toReceipt(row),
    v: number(row, 'v'),
  };
}

export function toWatermark(row: SqlRow): Watermark {
  return { who: text(row, 'who'), role: text(row, 'role') as Watermark['role'], delivered: number(row, 'delivered'), read: number(row, 'read') };
}

export function toAgent(row: SqlRow): AgentAccount {
  return {
    id: text(row, 'id'),
    email: text(row, 'email'),
    name: text(row, 'name'),
    title: text(row, 'title'),
    departments: JSON.parse(text(row, 'departments')) as string[],
    passwordHash: text(row, 'password_hash'),
    disabled: number(row, 'disabled') === 1,
    failures: number(row, 'failures'),
    lockedUntil: number(row, 'locked_until'),
  };
}

export function toSession(row: SqlRow): SessionRow {
  const id = text(row, 'subject');
  return {
    id: text(row, 'id'),
    subject: text(row, 'role') === 'agent' ? { role: 'agent', id } : { role: 'visitor', id, widgetId: text(row, 'widget_id') },
    deviceId: text(row, 'device_id'),
    origin: textOrNull(row, 'origin'),
    refreshHash: text(row, 'refresh_hash'),
    previousHash: textOrNull(row, 'previous_hash'),
    rotatedAt: number(row, 'rotated_at'),
    usedRotation: numberOrNull(row, 'used_rotation'),
    successorSealed: textOrNull(row, 'successor_sealed'),
    createdAt: number(row, 'created_at'),
    lastUsedAt: number(row, 'last_used_at'),
    expiresAt: number(row, 'expires_at'),
    revokedAt: numberOrNull(row, 'revoked_at'),
  };
}

export function toAudit(row: SqlRow): AuditEntry & { readonly n: number } {
  return {
    n: number(row, 'n'),
    at: number(row, 'at'),
    actor: text(row, 'actor'),
    action: text(row, 'action'),
    target: textOrNull(row, 'target'),
    outcome: text(row, 'outcome') as AuditEntry['outcome'],
    code: textOrNull(row, 'code'),
  };
}
