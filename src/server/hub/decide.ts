/**
 * What a submit means: the events that follow from it, or why it is refused. Runs inside the conversation's queue (`serial.ts`), on the
 * committed state. Writes nothing.
 */
import type { Result } from '../../base/result.js';
import type { By, SubmitEvent } from '../../protocol/types.js';
import { findWidget } from '../config/config.js';
import type { Commit, ConversationRow, NewEvent, Store } from '../store/store.js';
import { action, escalate, handedOver, isWithBot } from './bot-rules.js';
import { cobrowse, withCobrowseOver } from './cobrowse-rules.js';
import { accepted, audited, event, inDepartment, patched, updated, type DecideDeps, type Decision, type Kind, type Rule, type Situation } from './decision.js';
import { checkHandOver } from './check-outcome.js';
import { moreUrgent } from './hand-over.js';
import { checkInChat } from './in-chat.js';
import { agentBy, byOf, systemBy, type Principal } from './principal.js';
import { refuse } from './problems.js';
import { servedBy, staffStream } from './rights.js';
import { checkParts } from './parts.js';

const message: Rule<'message'> = ({ deps, principal, row, ev }) => {
  if (row.status === 'closed') return refuse('closed-conversation');
  if (row.offline || (principal.role === 'agent' && row.agentId !== principal.id)) return refuse('forbidden');
  const parts = checkParts(ev.parts, deps.config.limits, '/ev/parts');
  if (!parts.ok) return parts;
  return accepted({
    events: [event(row.id, 'message', byOf(principal), { parts: parts.value, ...(ev.lang === undefined ? {} : { lang: ev.lang }) })],
    conversation: patched(row, {}),
  });
};

const close: Rule<'close'> = ({ deps, principal, row }) => {
  if (row.status === 'closed') return refuse('closed-conversation');
  if (principal.role === 'agent' && row.status === 'open' && row.agentId !== principal.id) return refuse('forbidden');
  return accepted({
    events: [event(row.id, 'status', byOf(principal), { status: 'closed', reason: principal.role }), ...updated(row, 'closed')],
    conversation: patched(row, { status: 'closed', closedAt: deps.now(), waitingSince: null }),
    audit: audited(deps, principal, 'conversation.close', row.id),
  });
};

const consent: Rule<'consent'> = ({ deps, principal, row, ev }) => accepted({
  events: [event(row.id, 'consent', byOf(principal), ev.consent)],
  conversation: patched(row, {}),
  audit: audited(deps, principal, 'consent.record', row.id),
});

const form: Rule<'form'> = async ({ deps, principal, row, ev }) => {
  const { purpose } = ev.form;
  if (row.status === 'closed' && purpose !== 'rating') return refuse('closed-conversation');
  const widget = findWidget(deps.config, row.widgetId);
  const checked = purpose === 'in-chat' || purpose === 'rating' ? await checkInChat(deps.store, row.id, widget, ev.form, deps.now()) : checkHandOver(widget, ev.form, '/ev/form', deps.now());
  if (!checked.ok) return checked;
  const { form: body, priority, to } = checked.value;
  const raised = { ...row, priority: moreUrgent(row.priority, priority) };
  // Whose result is for people does not have to find them.
  const over = to === 'people' && isWithBot(row) ? handedOver(deps, raised, systemBy, { cause: 'checker' }) : null;
  return accepted({
    events: [event(row.id, 'form.answered', byOf(principal), body), ...(over?.events ?? [])],
    conversation: over?.conversation ?? patched(raised, {}),
    audit: audited(deps, principal, 'form.answer', row.id),
  });
};

/** Events that put a conversation into somebody's hands. The first is the one that is keyed. */
function taken(row: ConversationRow, by: By, agent: By, reason: 'accepted' | 'assigned' | 'reopened'): NewEvent[] {
  const status = row.status === 'open' ? [] : [event(row.id, 'status', by, { status: 'open', reason: reason === 'reopened' ? 'reopened' : 'accepted' }), ...updated(row, 'open')];
  return [
    event(row.id, 'assignment', by, { state: 'assigned', agent, ...inDepartment(row), reason }),
    ...status,
    event(row.id, 'participant.joined', systemBy, { who: agent }),
  ];
}

const openRow = (row: ConversationRow, agentId: string): NonNullable<Commit['conversation']> => patched(row, { status: 'open', agentId, waitingSince: null, closedAt: null });

async function overFull({ store, config }: DecideDeps, agentId: string): Promise<boolean> {
  const { maxOpen } = config.desk;
  return maxOpen > 0 && (await store.conversations({ status: 'open', agentId, limit: maxOpen })).length >= maxOpen;
}

const accept: Rule<'accept'> = async ({ deps, principal, row }) => {
  if (row.status === 'closed') return refuse('closed-conversation');
  if (row.status !== 'waiting') return refuse('conflict');
  if (await overFull(deps, principal.id)) return refuse('conflict', { details: [{ pointer: '/ev/kind', code: 'max-open' }] });
  const by = byOf(principal);
  return accepted({ events: taken(row, by, by, 'accepted'), conversation: openRow(row, principal.id), audit: audited(deps, principal, 'conversation.accept', row.id) });
};

/** Whether a bot answers again when staff gives a conversation back: as the clinic has set it. It then says anew that it is one. */
function botAfterReturn({ config }: DecideDeps, { bot, widgetId }: ConversationRow): ConversationRow['bot'] {
  if (bot === null) return null;
  return findWidget(config, widgetId)?.bot?.onReturn === 'resume' ? 'new' : 'done';
}

/** Events that put a conversation back into the queue; also used when an agent's browser is gone. */
export async function returned(deps: DecideDeps, row: ConversationRow, by: By, reason: 'returned' | 'agent-lost'): Promise<Decision> {
  const account = row.agentId === null ? null : await deps.store.agent(row.agentId);
  return withCobrowseOver(deps, row, {
    events: [
      event(row.id, 'assignment', by, { state: 'queued', ...inDepartment(row), reason }),
      event(row.id, 'status', by, { status: 'waiting', reason: 'returned' }),
      ...(account ? [event(row.id, 'participant.left', systemBy, { who: agentBy(account) })] : []),
      ...updated(row, 'waiting'),
    ],
    conversation: patched(row, { status: 'waiting', agentId: null, waitingSince: deps.now(), bot: botAfterReturn(deps, row) }),
    audit: deps.audit.entry({ actor: by.id, action: 'conversation.return', target: row.id }),
  });
}

const assign: Rule<'assign'> = async ({ deps, principal, row, ev }) => {
  if (row.status === 'closed') return refuse('closed-conversation');
  const by = byOf(principal);
  if (ev.agentId === undefined) return row.status === 'waiting' ? refuse('conflict') : accepted(await returned(deps, row, by, 'returned'));
  if (ev.agentId === row.agentId) return refuse('conflict');
  const target = await deps.store.agent(ev.agentId);
  if (!target || target.disabled || !servedBy(target, { departmentId: row.departmentId, agentId: null })) return refuse('invalid', { details: [{ pointer: '/ev/agentId', code: 'unknown-value' }] });
  const before = row.agentId === null ? null : await deps.store.agent(row.agentId);
  return accepted({
    events: [...taken(row, by, agentBy(target), 'assigned'), ...(before ? [event(row.id, 'participant.left', systemBy, { who: agentBy(before) })] : [])],
    conversation: openRow(row, target.id),
    audit: audited(deps, principal, 'conversation.assign', row.id),
  });
};

const reopen: Rule<'reopen'> = async ({ deps, principal, row }) => {
  if (row.status !== 'closed') return refuse('conflict');
  if (!row.offline && (await findActive(deps.store, row.visitorId, row.widgetId))) return refuse('conflict', { details: [{ pointer: '/stream', code: 'other-active' }] });
  const by = byOf(principal);
  return accepted({ events: taken(row, by, by, 'reopened'), conversation: openRow(row, principal.id), audit: audited(deps, principal, 'conversation.reopen', row.id) });
};

const note: Rule<'note'> = ({ deps, principal, row, ev }) => {
  const { textChars } = deps.config.limits;
  if (ev.text.length > textChars) return refuse('too-large', { details: [{ pointer: '/ev/text', code: 'too-long' }], limit: textChars });
  return accepted({
    events: [event(staffStream(row.id), 'note', byOf(principal), { text: ev.text })],
    conversation: patched(row, {}),
    audit: audited(deps, principal, 'note.add', row.id),
  });
};

/** kind → rule, who may, and on which kind of stream. */
const rules: { readonly [K in Kind]: { readonly rule: Rule<K>; readonly roles: readonly Principal['role'][]; readonly on: 'conversation' | 'staff' } } = {
  message: { rule: message, roles: ['visitor', 'agent'], on: 'conversation' },
  close: { rule: close, roles: ['visitor', 'agent'], on: 'conversation' },
  consent: { rule: consent, roles: ['visitor'], on: 'conversation' },
  action: { rule: action, roles: ['visitor'], on: 'conversation' },
  escalate: { rule: escalate, roles: ['visitor'], on: 'conversation' },
  form: { rule: form, roles: ['visitor'], on: 'conversation' },
  cobrowse: { rule: cobrowse, roles: ['visitor', 'agent'], on: 'conversation' },
  accept: { rule: accept, roles: ['agent'], on: 'conversation' },
  assign: { rule: assign, roles: ['agent'], on: 'conversation' },
  reopen: { rule: reopen, roles: ['agent'], on: 'conversation' },
  note: { rule: note, roles: ['agent'], on: 'staff' },
};

async function apply<K extends Kind>(kind: K, situation: Situation<K>): Promise<Result<Decision>> {
  return rules[kind].rule(situation);
}

/**
 * The decision on one submit. Errors: `forbidden`, `invalid`, `closed-conversation`, `conflict`, `too-large`, `not-supported`.
 */
export async function decide(deps: DecideDeps, principal: Principal, row: ConversationRow | null, type: 'self' | 'conversation' | 'staff', ev: SubmitEvent): Promise<Result<Decision>> {
  const { roles, on } = rules[ev.kind];
  if (!roles.includes(principal.role)) return refuse('forbidden');
  if (row === null || on !== type) return refuse('invalid', { details: [{ pointer: '/stream', code: 'wrong-stream' }] });
  const decision = await apply(ev.kind, { deps, principal, row, ev } as Situation<typeof ev.kind>);
  return decision.ok ? accepted(withCobrowseOver(deps, row, decision.value)) : decision;
}

/** The visitor's conversation at this widget that is not closed, if there is one. */
export async function findActive(store: Store, visitorId: string, widgetId: string): Promise<ConversationRow | null> {
  const [row] = await store.conversations({ visitorId, widgetId, active: true, live: true, limit: 1 });
  return row ?? null;
}

