/** Co-browse: who may ask, answer and end (protocol README §14), and what ends it by itself. What is seen never comes here. */
import type { Result } from '../../base/result.js';
import type { CobrowseBody } from '../../protocol/types.js';
import type { AuditFact } from '../audit/audit.js';
import { findWidget, type CobrowseConfig } from '../config/config.js';
import type { CobrowseRow, ConversationRow } from '../store/store.js';
import { accepted, event, patched, type DecideDeps, type Decision, type Rule, type Situation } from './decision.js';
import { byOf, systemBy, type Principal } from './principal.js';
import { refuse } from './problems.js';

type Reason = NonNullable<CobrowseBody['reason']>;
type Asked = Situation<'cobrowse'> & { readonly settings: CobrowseConfig };

/** So long a visitor may go on from a session that ended because the page was left. */
const resumeMs = 120_000;
/** After so many the agent does not ask again in this conversation. */
const declinesMax = 2;

/** Why a visitor may say that it was declined, or is over; and an agent, that it is over. The first where nothing was said. */
const reasons: Readonly<Record<'declined' | Principal['role'], readonly Reason[]>> = {
  declined: ['patient', 'timeout', 'unsupported'],
  visitor: ['stopped', 'timeout', 'left', 'nurse', 'closed', 'error', 'rate'],
  agent: ['nurse', 'timeout', 'error', 'rate'],
};

/** Whether something is asked or shown now. */
export const isLive = (cobrowse: CobrowseRow | null): cobrowse is CobrowseRow & { readonly state: 'requested' | 'granted' } => cobrowse?.state === 'requested' || cobrowse?.state === 'granted';

const conflict = (code: string): Result<never> => refuse('conflict', { details: [{ pointer: '/ev/state', code }] });
const missing = (field: keyof CobrowseBody): Result<never> => refuse('invalid', { details: [{ pointer: `/ev/${field}`, code: 'required' }] });

/** How much of the time is left, in minutes that have begun. */
const minutesLeft = (deps: DecideDeps, { until }: CobrowseRow): number => Math.max(1, Math.ceil((until - deps.now()) / 60_000));

/** The end of a session. Where the page was left the next one finds in it what it needs to go on. */
const ending = (deps: DecideDeps, last: CobrowseRow, reason: Reason): CobrowseBody =>
  ({ session: last.session, state: 'ended', reason, ...(reason === 'left' && last.state === 'granted' ? { key: last.key, minutes: minutesLeft(deps, last) } : {}) });

function decided({ deps, principal, row }: Asked, action: AuditFact['action'], d: CobrowseBody, cobrowse: CobrowseRow, code: string): Result<Decision> {
  return accepted({
    events: [event(row.id, 'cobrowse', byOf(principal), d)],
    conversation: patched(row, { cobrowse }),
    audit: deps.audit.entry({ actor: principal.id, action, target: row.id, code }),
  });
}

function request(asked: Asked): Result<Decision> {
  const { deps, principal, row, settings, ev: { session, key, minutes } } = asked;
  if (principal.role !== 'agent' || row.status !== 'open' || row.agentId !== principal.id) return refuse('forbidden');
  if (key === undefined) return missing('key');
  if (isLive(row.cobrowse)) return conflict('busy');
  if (row.cobrowse?.session === session) return conflict('session-known');
  const declines = row.cobrowse?.declines ?? 0;
  if (declines >= declinesMax) return conflict('declined-twice');
  const granted = Math.min(minutes ?? settings.minutes, settings.minutes);
  const cobrowse: CobrowseRow = { session, state: 'requested', agentId: principal.id, key, minutes: granted, until: 0, at: deps.now(), reason: null, declines };
  return decided(asked, 'cobrowse.request', { session, state: 'requested', key, minutes: granted }, cobrowse, session);
}

/** What is granted: the request that waits, or a session that ended because the page was left. */
function grantable({ deps, row, ev: { session, resumes } }: Asked): Result<CobrowseRow> {
  const { cobrowse: last } = row;
  if (resumes === undefined) return last?.state === 'requested' && last.session === session ? { ok: true, value: { ...last, until: deps.now() + last.minutes * 60_000 } } : conflict('not-requested');
  const may = last?.state === 'ended' && last.reason === 'left' && last.session === resumes && session !== resumes
    && last.agentId === row.agentId && deps.now() - last.at <= resumeMs && deps.now() < last.until;
  return may ? { ok: true, value: { ...last, session, reason: null } } : conflict('cannot-resume');
}

function grant(asked: Asked): Result<Decision> {
  const { deps, principal, ev: { session, key, consent, resumes } } = asked;
  if (principal.role !== 'visitor') return refuse('forbidden');
  if (key === undefined) return missing('key');
  if (consent === undefined) return missing('consent');
  if (consent.purpose !== 'cobrowse' || !consent.granted) return refuse('consent-required', { details: [{ pointer: '/ev/consent', code: 'required:cobrowse' }] });
  const found = grantable(asked);
  if (!found.ok) return found;
  const cobrowse: CobrowseRow = { ...found.value, state: 'granted', at: deps.now() };
  return decided(asked, 'cobrowse.grant', { session, state: 'granted', key, minutes: minutesLeft(deps, cobrowse), consent, ...(resumes === undefined ? {} : { resumes }) }, cobrowse, session);
}

function finish(asked: Asked, state: 'declined' | 'ended'): Result<Decision> {
  const { deps, principal, row: { cobrowse: last }, ev: { session, reason } } = asked;
  if (state === 'declined' && principal.role !== 'visitor') return refuse('forbidden');
  if (!isLive(last) || last.session !== session || (state === 'declined' && last.state !== 'requested')) return conflict('over');
  const allowed = reasons[state === 'declined' ? 'declined' : principal.role];
  const why = reason ?? allowed[0]!;
  if (!allowed.includes(why)) return refuse('invalid', { details: [{ pointer: '/ev/reason', code: 'unknown-value' }] });
  // Whoever cannot show a page has not said no.
  const declines = last.declines + (state === 'declined' && why !== 'unsupported' ? 1 : 0);
  return decided(asked, state === 'declined' ? 'cobrowse.decline' : 'cobrowse.end', state === 'ended' ? ending(deps, last, why) : { session, state, reason: why }, { ...last, state, reason: why, at: deps.now(), declines }, why);
}

export const cobrowse: Rule<'cobrowse'> = (situation) => {
  const { deps, principal, row, ev } = situation;
  const settings = findWidget(deps.config, row.widgetId)?.cobrowse ?? null;
  if (settings === null) return refuse('not-supported');
  if (row.status === 'closed') return refuse('closed-conversation');
  if (principal.role === 'agent' && row.agentId !== principal.id) return refuse('forbidden');
  const asked: Asked = { ...situation, settings };
  if (ev.state === 'requested') return request(asked);
  return ev.state === 'granted' ? grant(asked) : finish(asked, ev.state);
};

/** What the server itself ends. */
export function cobrowseOver(deps: DecideDeps, row: ConversationRow, last: CobrowseRow, reason: Reason): Decision & { readonly conversation: NonNullable<Decision['conversation']> } {
  return {
    events: [event(row.id, 'cobrowse', systemBy, ending(deps, last, reason))],
    conversation: patched(row, { cobrowse: { ...last, state: 'ended', reason, at: deps.now() } }),
    audit: deps.audit.entry({ actor: 'server', action: 'cobrowse.end', target: row.id, code: reason }),
  };
}

/** A decision, and the end of what was shown where the conversation ends with it, or is in other hands. */
export function withCobrowseOver(deps: DecideDeps, row: ConversationRow, decision: Decision): Decision {
  const { conversation } = decision;
  // The decision may be about it already.
  if (!isLive(row.cobrowse) || !conversation || conversation.cobrowse !== row.cobrowse || (conversation.status === 'open' && conversation.agentId === row.cobrowse.agentId)) return decision;
  const over = cobrowseOver(deps, row, row.cobrowse, 'closed');
  return {
    ...decision,
    events: [...decision.events, ...over.events],
    conversation: { ...conversation, cobrowse: over.conversation.cobrowse },
    audit: [decision.audit ?? [], over.audit ?? []].flat(),
  };
}
