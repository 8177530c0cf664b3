/** What a visitor does with a bot: presses a button, or asks for a person (protocol README §5.1). And how a conversation passes from a bot to people. */
import type { Result } from '../../base/result.js';
import type { ActionBody, Button, ButtonsPart, By, EscalatedBody, FormAnsweredBody } from '../../protocol/types.js';
import { findWidget } from '../config/config.js';
import type { ConversationRow, Store, StoredEvent } from '../store/store.js';
import { accepted, event, inDepartment, patched, type DecideDeps, type Decision, type Rule } from './decision.js';
import { byOf, systemBy } from './principal.js';
import { refuse } from './problems.js';

/** Whether a bot answers now: nobody of staff has the conversation, and nobody was asked for. */
export const isWithBot = ({ status, bot }: Pick<ConversationRow, 'status' | 'bot'>): boolean => status === 'waiting' && (bot === 'new' || bot === 'active');

/** Events that hand a conversation from a bot to people. The first is the one that is keyed. */
export function handedOver(deps: DecideDeps, row: ConversationRow, by: By, body: EscalatedBody): Decision {
  const next = { departmentId: body.departmentId ?? row.departmentId };
  return {
    events: [
      event(row.id, 'escalated', by, body),
      event(row.id, 'assignment', systemBy, { state: 'queued', ...inDepartment(next), reason: 'escalated' }),
    ],
    conversation: patched(row, { ...next, bot: 'done', waitingSince: deps.now() }),
    audit: deps.audit.entry({ actor: by.id, action: 'conversation.escalate', target: row.id }),
  };
}

const partsOf = (message: StoredEvent | undefined): readonly ButtonsPart[] =>
  message?.kind === 'message' && message.by.role !== 'visitor' && 'parts' in message.d ? message.d.parts.filter((part): part is ButtonsPart => part.kind === 'buttons') : [];

const pageSize = 200;

/** Whether one of these buttons of the message was pressed already, or its form answered. */
async function isAnswered(store: Store, stream: string, target: number, buttons: readonly Button[]): Promise<boolean> {
  const isOf = ({ kind, d }: StoredEvent): boolean => {
    const pressed = kind === 'action' ? (d as ActionBody) : kind === 'form.answered' ? (d as FormAnsweredBody).asked : undefined;
    return pressed?.target === target && buttons.some(({ id }) => id === pressed.buttonId);
  };
  for (let after = target; ;) {
    const page = await store.readAfter(stream, after, pageSize);
    if (page.some(isOf)) return true;
    const last = page.at(-1);
    if (!last || page.length < pageSize) return false;
    after = last.seq;
  }
}

/** The button that was pressed, with those beside it. */
async function buttonOf(store: Store, stream: string, target: number, buttonId: string): Promise<{ readonly part: ButtonsPart; readonly button: Button } | 'no-target' | 'no-button'> {
  const [message] = await store.readAfter(stream, target - 1, 1);
  const parts = message?.seq === target ? partsOf(message) : [];
  if (parts.length === 0) return 'no-target';
  const part = parts.find(({ buttons }) => buttons.some(({ id }) => id === buttonId));
  const button = part?.buttons.find(({ id }) => id === buttonId);
  return part && button ? { part, button } : 'no-button';
}

const unknown = (pointer: string): Result<never> => refuse('invalid', { details: [{ pointer, code: 'unknown-value' }] });

export const action: Rule<'action'> = async ({ deps, principal, row, ev: { target, buttonId } }) => {
  if (row.status === 'closed') return refuse('closed-conversation');
  const found = await buttonOf(deps.store, row.id, target, buttonId);
  if (typeof found === 'string') return unknown(found === 'no-target' ? '/ev/target' : '/ev/buttonId');
  const { part, button } = found;
  if (part.mode === 'once' && await isAnswered(deps.store, row.id, target, part.buttons)) return refuse('conflict', { details: [{ pointer: '/ev/buttonId', code: 'answered' }] });
  const by = byOf(principal);
  const pressed = event(row.id, 'action', by, { target, buttonId, label: button.label } satisfies ActionBody);
  const wantsPerson = isWithBot(row) && (button.do === 'handoff' || button.do === 'department');
  if (!wantsPerson) return accepted({ events: [pressed], conversation: patched(row, {}) });
  const over = handedOver(deps, row, by, { cause: 'visitor', ...(button.do === 'department' && button.to !== undefined && { departmentId: button.to }) });
  return accepted({ ...over, events: [pressed, ...over.events] });
};

export const escalate: Rule<'escalate'> = ({ deps, principal, row, ev: { reason, departmentId } }) => {
  if (row.status === 'closed') return refuse('closed-conversation');
  if (!isWithBot(row)) return refuse('conflict', { details: [{ pointer: '/ev/kind', code: 'no-bot' }] });
  if (departmentId !== undefined && !findWidget(deps.config, row.widgetId)?.departments.includes(departmentId)) return unknown('/ev/departmentId');
  return accepted(handedOver(deps, row, byOf(principal), { cause: 'visitor', ...(reason !== undefined && { reason }), ...(departmentId !== undefined && { departmentId }) }));
};

/** Whether a form may be answered for a button: of a message of this conversation, that opens this form, once where the button is for once. Errors: `invalid`, `conflict`. */
export async function checkAsked(store: Store, stream: string, { target, buttonId }: NonNullable<FormAnsweredBody['asked']>, formId: string): Promise<Result<void>> {
  const found = await buttonOf(store, stream, target, buttonId);
  if (typeof found === 'string') return unknown(`/ev/form/asked/${found === 'no-target' ? 'target' : 'buttonId'}`);
  const { part, button } = found;
  if (button.do !== 'form' || button.to !== formId) return unknown('/ev/form/asked/buttonId');
  if (part.mode === 'once' && await isAnswered(store, stream, target, part.buttons)) return refuse('conflict', { details: [{ pointer: '/ev/form/asked', code: 'answered' }] });
  return { ok: true, value: undefined };
}
