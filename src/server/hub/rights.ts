/**
 * Who may see which stream. A visitor: `self` and own conversations, never a staff stream or a message that was left. An agent: conversations of the departments
 * served and those assigned, with their staff streams. Whether something may be *done* is decided in `decide.ts`.
 */
import type { Result } from '../../base/result.js';
import type { WireEvent } from '../../protocol/types.js';
import type { ConversationRow, Store, StoredEvent } from '../store/store.js';
import type { Principal } from './principal.js';
import { refuse } from './problems.js';

/** A stream that a principal may see. `key` is its name in the store. */
export interface Readable {
  readonly stream: string;
  readonly key: string;
  readonly type: 'self' | 'conversation' | 'staff';
  readonly row: ConversationRow | null;
}

/** Name in the store of a visitor's own stream; on the wire it is `self`. */
export const selfKey = (visitorId: string): string => `self:${visitorId}`;
/** Name of a conversation's staff stream. */
export const staffStream = (conversationId: string): string => `${conversationId}.staff`;

/** Whether an agent may see a conversation. */
export const servedBy = (agent: { readonly id: string; readonly departments: readonly string[] }, row: Pick<ConversationRow, 'departmentId' | 'agentId'>): boolean =>
  row.agentId === agent.id || row.departmentId === null || agent.departments.includes(row.departmentId);

/**
 * The stream, if this principal may see it. Errors: `not-found` (also for another visitor's conversation, so that ids cannot be
 * probed), `forbidden` (a visitor asks for a staff stream; an agent for another department's conversation).
 */
export async function findReadable(store: Store, principal: Principal, stream: string): Promise<Result<Readable>> {
  if (stream === 'self') {
    return principal.role === 'visitor' ? { ok: true, value: { stream, key: selfKey(principal.id), type: 'self', row: null } } : refuse('forbidden');
  }
  const staff = stream.endsWith('.staff');
  if (staff && principal.role === 'visitor') return refuse('forbidden');
  const row = await store.conversation(staff ? stream.slice(0, -'.staff'.length) : stream);
  if (!row) return refuse('not-found');
  if (principal.role === 'visitor') {
    if (row.offline || row.visitorId !== principal.id || row.widgetId !== principal.widgetId) return refuse('not-found');
  } else if (!servedBy(principal.account, row)) {
    return refuse('forbidden');
  }
  return { ok: true, value: { stream, key: stream, type: staff ? 'staff' : 'conversation', row } };
}

/** An event as this principal may see it: `self` by its wire name, idempotency key only on the person's own events. */
export function toVisible(event: StoredEvent, principal: Principal): WireEvent {
  const own = event.by.role === principal.role && event.by.id === principal.id;
  const { cmid, dev, ...rest } = event;
  const stream = event.stream.startsWith('self:') ? 'self' : event.stream;
  return { ...rest, stream, ...(own && cmid !== undefined ? { cmid } : {}), ...(own && dev !== undefined ? { dev } : {}) } as WireEvent;
}
