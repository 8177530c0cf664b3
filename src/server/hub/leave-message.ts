/**
 * A message that is left while nobody is there: a conversation for staff only, which nobody of the visitor's side can read or write in. Its id is made of
 * the key (visitor, device, cmid), so that a request that comes again finds what it made.
 */
import { createHmac, randomInt } from 'node:crypto';
import type { Result } from '../../base/result.js';
import type { FormAnsweredBody, OfflineReceipt, OfflineRequest } from '../../protocol/types.js';
import { findDepartment, findWidget, type Config, type WidgetConfig } from '../config/config.js';
import { afterOpenTime } from '../config/hours.js';
import type { Commit, NewEvent } from '../store/store.js';
import { takeAttached } from './check-outcome.js';
import { checkConsents } from './consents.js';
import { fingerprint } from './fingerprint.js';
import { moreUrgent } from './hand-over.js';
import { checkForm, visitorNameOf } from './pre-chat.js';
import { byOf, systemBy, type VisitorPrincipal } from './principal.js';
import { refuse } from './problems.js';
import { routeOf } from './route.js';
import type { SubmitDeps } from './submit.js';

export interface Left {
  readonly receipt: OfflineReceipt;
  /** False where it was left before. */
  readonly isNew: boolean;
}

/** Without letters that are taken for others when read aloud or written down. */
const letters = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const fourLetters = (): string => Array.from({ length: 4 }, () => letters[randomInt(letters.length)]).join('');

/** 40 random bits, as people tell them to each other. */
const newReference = (): string => `${fourLetters()}-${fourLetters()}`;

const idOf = (secret: string, { id, deviceId }: VisitorPrincipal, cmid: string): string =>
  `c_${createHmac('sha256', Buffer.from(secret, 'hex')).update(JSON.stringify([id, deviceId, cmid])).digest('hex').slice(0, 32)}`;

function check(widget: WidgetConfig, { departmentId, consents, form, attached = [] }: OfflineRequest, nowMs: number): Result<void> {
  const mistake = (pointer: string): Result<void> => refuse('invalid', { details: [{ pointer, code: 'unknown-value' }] });
  if (widget.offline === null) return refuse('not-supported');
  if (departmentId !== undefined && !widget.departments.includes(departmentId)) return mistake('/departmentId');
  const agreed = checkConsents(widget.consents, consents);
  if (!agreed.ok) return agreed;
  if (form.purpose !== 'offline') return mistake('/form/purpose');
  const wrong = attached.findIndex(({ purpose }) => purpose === 'offline');
  return wrong >= 0 ? mistake(`/attached/${wrong}/purpose`) : checkForm(widget.offline, form, '/form', nowMs);
}

function receiptOf(config: Config, departmentId: string | null, at: number): OfflineReceipt {
  const department = departmentId === null ? undefined : findDepartment(config, departmentId);
  const promisedAt = department ? afterOpenTime(department.hours, at, department.responseMs) : null;
  return { reference: newReference(), ...(promisedAt === null ? {} : { promisedAt }) };
}

function eventsOf(visitor: VisitorPrincipal, stream: string, departmentId: string | null, { consents = [] }: OfflineRequest, forms: readonly FormAnsweredBody[], key: Pick<NewEvent, 'dev' | 'cmid' | 'fp'>): NewEvent[] {
  const by = byOf(visitor);
  const [first, ...rest]: NewEvent[] = [
    ...consents.map((d): NewEvent => ({ stream, kind: 'consent', by, d })),
    ...forms.map((d): NewEvent => ({ stream, kind: 'form.answered', by, d })),
    { stream, kind: 'assignment', by: systemBy, d: { state: 'queued', ...(departmentId === null ? {} : { departmentId }), reason: 'created' } },
    { stream, kind: 'status', by: systemBy, d: { status: 'waiting' } },
  ];
  return [{ ...first!, ...key }, ...rest];
}

async function leaveInQueue(deps: SubmitDeps, visitor: VisitorPrincipal, request: OfflineRequest): Promise<Result<Left>> {
  const { store, config, audit, ledger } = deps;
  const { cmid, ...payload } = request;
  const id = idOf(store.secret, visitor, cmid);
  const key = { dev: visitor.deviceId, cmid, fp: fingerprint(store.secret, payload) };
  const before = async (): Promise<Result<Left>> => {
    const receipt = (await store.conversation(id))?.offline;
    return receipt ? { ok: true, value: { receipt, isNew: false } } : refuse('internal');
  };
  const known = await store.known(id, key.dev, cmid);
  if (known) return known.fp === key.fp ? before() : refuse('cmid-reused');
  const widget = findWidget(config, visitor.widgetId);
  if (!widget) return refuse('widget-unknown');
  const at = deps.now();
  const checked = check(widget, request, at);
  if (!checked.ok) return checked;
  const routed = routeOf(widget, request.form.response);
  const departmentId = routed.departmentId ?? request.departmentId ?? widget.departments[0] ?? null;
  const more = (request.attached ?? []).map((given) => takeAttached(widget, given, at) ?? { form: given, priority: null });
  const priority = more.reduce((highest, one) => moreUrgent(highest, one.priority), routed.priority);
  const receipt = receiptOf(config, departmentId, at);
  const conversation: NonNullable<Commit['conversation']> = {
    id, visitorId: visitor.id, widgetId: visitor.widgetId, status: 'waiting', departmentId, agentId: null, visitorName: visitorNameOf(request.form), locale: request.locale ?? null, priority, language: routed.language,
    createdAt: at, waitingSince: at, closedAt: null, preChat: request.form.answers, bot: null, cobrowse: null, offline: receipt,
  };
  const result = await ledger.commit({
    events: eventsOf(visitor, id, departmentId, request, [request.form, ...more.map((one) => one.form)], key), conversation, at,
    audit: audit.entry({ actor: visitor.id, action: 'message.leave', target: id }),
  });
  if (result.type === 'mismatch') return refuse('cmid-reused');
  return result.type === 'dup' ? before() : { ok: true, value: { receipt, isNew: true } };
}

/**
 * Leaves a message; resolves after it is durable. Errors: `rate-limited`, `cmid-reused`, `widget-unknown`, `not-supported`, `invalid`, `consent-required`, `form-version`.
 */
export async function leaveMessage(deps: SubmitDeps, visitor: VisitorPrincipal, request: OfflineRequest): Promise<Result<Left>> {
  const rate = deps.submitRate.take(visitor.sid);
  return rate.ok ? deps.serial.run(`visitor:${visitor.id}`, () => leaveInQueue(deps, visitor, request)) : rate;
}
