/**
 * Opening a conversation: idempotent by cmid, one that is not closed per visitor and widget, everything in one transaction. The key sits on
 * `conversation.created` in the visitor's own stream, because the new conversation's stream is not known to a client that tries again.
 */
import { randomBytes } from 'node:crypto';
import { uuidv7 } from '../../base/ids.js';
import type { Result } from '../../base/result.js';
import type { By, Conversation, ConversationRequest, FormAnsweredBody } from '../../protocol/types.js';
import { findWidget, questionsOf, type WidgetConfig } from '../config/config.js';
import type { Commit, ConversationRow, NewEvent } from '../store/store.js';
import { checkConsents } from './consents.js';
import { findActive } from './decide.js';
import { fingerprint } from './fingerprint.js';
import { checkParts } from './parts.js';
import { toConversation } from './picture.js';
import { checkPreChat, visitorNameOf } from './pre-chat.js';
import { byOf, systemBy, type VisitorPrincipal } from './principal.js';
import { refuse } from './problems.js';
import { routeOf, type Routed } from './route.js';
import { selfKey } from './rights.js';
import type { SubmitDeps } from './submit.js';

export interface Created {
  readonly conversation: Conversation;
  /** False where it existed already. */
  readonly created: boolean;
}

interface Checked extends Routed {
  readonly first: readonly unknown[] | null;
  readonly preChat: FormAnsweredBody | null;
}

function check(deps: SubmitDeps, widget: WidgetConfig, request: ConversationRequest): Result<Checked> {
  const { departmentId } = request;
  if (departmentId !== undefined && !widget.departments.includes(departmentId)) return refuse('invalid', { details: [{ pointer: '/departmentId', code: 'unknown-value' }] });
  const consents = checkConsents(widget.consents, request.consents);
  if (!consents.ok) return consents;
  const chosen = departmentId ?? widget.departments[0] ?? null;
  const preChat = checkPreChat(questionsOf(deps.config, widget, chosen), widget.forms, request.preChat, deps.now(), widget.preChatSkippable);
  if (!preChat.ok) return preChat;
  const first = request.first === undefined ? null : checkParts(request.first, deps.config.limits, '/first');
  if (first !== null && !first.ok) return first;
  const routed = routeOf(widget, request.preChat?.response);
  return { ok: true, value: { ...routed, departmentId: routed.departmentId ?? chosen, first: first?.value ?? null, preChat: request.preChat ?? null } };
}

function newRow(visitor: VisitorPrincipal, { bot }: WidgetConfig, request: ConversationRequest, { departmentId, priority, language, preChat }: Checked, at: number): NonNullable<Commit['conversation']> {
  return {
    id: `c_${uuidv7(at, randomBytes(16))}`,
    visitorId: visitor.id,
    widgetId: visitor.widgetId,
    status: 'waiting',
    departmentId,
    agentId: null,
    visitorName: preChat ? visitorNameOf(preChat) : null,
    locale: request.locale ?? null,
    priority,
    language,
    createdAt: at,
    waitingSince: at,
    closedAt: null,
    preChat: preChat?.answers ?? [],
    bot: bot === null ? null : 'new',
    cobrowse: null,
    offline: null,
  };
}

function eventsOf(by: By, row: NonNullable<Commit['conversation']>, request: ConversationRequest, checked: Checked, key: { dev: string; cmid: string; fp: string }): NewEvent[] {
  const event = (kind: NewEvent['kind'], author: By, d: unknown): NewEvent => ({ stream: row.id, kind, by: author, d });
  const department = row.departmentId === null ? {} : { departmentId: row.departmentId };
  return [
    { stream: selfKey(row.visitorId), kind: 'conversation.created', by, d: { conversationId: row.id }, ...key },
    ...(request.consents ?? []).map((record) => event('consent', by, record)),
    ...(checked.preChat ? [event('form.answered', by, checked.preChat)] : []),
    event('assignment', systemBy, { state: 'queued', ...department, reason: 'created' }),
    event('status', systemBy, { status: 'waiting' }),
    ...(checked.first ? [{ ...event('message', by, { parts: checked.first }), dev: key.dev, cmid: key.cmid, fp: key.fp }] : []),
  ];
}

async function existing(deps: SubmitDeps, row: ConversationRow | null): Promise<Result<Created>> {
  return row ? { ok: true, value: { conversation: await toConversation(deps.store, row), created: false } } : refuse('internal');
}

const createdId = (d: unknown): string => (d as { conversationId: string }).conversationId;

async function createInQueue(deps: SubmitDeps, visitor: VisitorPrincipal, request: ConversationRequest): Promise<Result<Created>> {
  const { cmid, ...payload } = request;
  const key = { dev: visitor.deviceId, cmid, fp: fingerprint(deps.store.secret, payload) };
  const known = await deps.store.known(selfKey(visitor.id), key.dev, cmid);
  if (known) return known.fp === key.fp ? existing(deps, await deps.store.conversation(createdId(known.event.d))) : refuse('cmid-reused');
  const active = await findActive(deps.store, visitor.id, visitor.widgetId);
  if (active) return existing(deps, active);
  const widget = findWidget(deps.config, visitor.widgetId);
  if (!widget) return refuse('widget-unknown');
  const checked = check(deps, widget, request);
  if (!checked.ok) return checked;
  const at = deps.now();
  const row = newRow(visitor, widget, request, checked.value, at);
  const result = await deps.ledger.commit({
    events: eventsOf(byOf(visitor), row, request, checked.value, key),
    conversation: row,
    at,
    audit: deps.audit.entry({ actor: visitor.id, action: 'conversation.create', target: row.id }),
  });
  if (result.type === 'mismatch') return refuse('cmid-reused');
  if (result.type === 'dup') return existing(deps, await deps.store.conversation(createdId(result.event.d)));
  return { ok: true, value: { conversation: await toConversation(deps.store, { ...row, v: 0, lastAt: at }), created: true } };
}

/**
 * Opens a conversation, or finds the one that is there. Errors: `rate-limited`, `cmid-reused`, `widget-unknown`, `invalid`, `consent-required`,
 * `form-version`, `too-large`, `not-supported`.
 */
export async function createConversation(deps: SubmitDeps, visitor: VisitorPrincipal, request: ConversationRequest): Promise<Result<Created>> {
  const rate = deps.submitRate.take(visitor.sid);
  return rate.ok ? deps.serial.run(`visitor:${visitor.id}`, () => createInQueue(deps, visitor, request)) : rate;
}
