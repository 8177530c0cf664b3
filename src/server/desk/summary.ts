/** A conversation in the desk's lists. Each one is a full snapshot, made for one agent (unread counts are personal). */
import type { Summary, SummaryPage, Watermark } from '../../protocol/types.js';
import { findWidget, type Config } from '../config/config.js';
import { isWithBot } from '../hub/bot-rules.js';
import { textOfParts } from '../hub/parts.js';
import { agentBy } from '../hub/principal.js';
import type { ConversationRow, Store, StoredEvent } from '../store/store.js';
import type { Presence } from './presence.js';

export interface SummaryDeps {
  readonly config: Config;
  readonly store: Pick<Store, 'agent' | 'tail' | 'watermarks' | 'conversations'>;
  readonly presence: Presence;
  readonly stamp: () => number;
}

const previewChars = 200;

function lastMessage(event: StoredEvent | null): Pick<Summary, 'lastMessage'> {
  if (event?.kind !== 'message' && event?.kind !== 'action') return {};
  const text = 'label' in event.d ? event.d.label : 'parts' in event.d ? textOfParts(event.d.parts) : '';
  return { lastMessage: { by: event.by, text: text.slice(0, previewChars), seq: event.seq } };
}

/** What the newest check came to, and what the server made of it where that is something else. */
function checkOf(event: StoredEvent | null): Pick<Summary, 'check'> {
  if (event?.kind !== 'form.answered' || !event.d.outcome) return {};
  const { checker, level, title, verdict } = event.d.outcome;
  return { check: { checker, level, title, ...(verdict?.result === 'differs' && verdict.title !== undefined && { differs: verdict.title }) } };
}

function visitorOf({ config, presence }: SummaryDeps, row: ConversationRow): Summary['visitor'] {
  const { online, page, locale: now } = presence.visitor(row.visitorId);
  const locale = now ?? row.locale;
  const shown = page === null ? null : (findWidget(config, row.widgetId)?.pages[page] ?? page);
  return {
    id: row.visitorId,
    ...(row.visitorName === null ? {} : { name: row.visitorName.slice(0, previewChars) }),
    ...(locale === null ? {} : { locale }),
    online,
    ...(shown === null ? {} : { page: shown }),
  };
}

/** The summary for one agent. `v` must be taken before `row` was read. */
export async function toSummary(deps: SummaryDeps, row: ConversationRow, agentId: string, v: number, marks?: readonly Watermark[]): Promise<Summary> {
  const watermarks = marks ?? (await deps.store.watermarks(row.id));
  const read = watermarks.find((mark) => mark.who === agentId)?.read ?? 0;
  const [tail, account] = await Promise.all([deps.store.tail(row.id, read), row.agentId === null ? null : deps.store.agent(row.agentId)]);
  return {
    id: row.id,
    v,
    status: row.status,
    ...(row.departmentId === null ? {} : { departmentId: row.departmentId }),
    ...(account ? { agent: agentBy(account) } : {}),
    visitor: visitorOf(deps, row),
    createdAt: row.createdAt,
    ...(row.waitingSince === null ? {} : { waitingSince: row.waitingSince }),
    ...(row.closedAt === null ? {} : { closedAt: row.closedAt }),
    head: tail.head,
    lastAt: row.lastAt,
    ...lastMessage(tail.last),
    ...checkOf(tail.check),
    unread: tail.unread,
    preChat: [...row.preChat],
    ...(isWithBot(row) && { bot: true }),
    ...(row.offline === null ? {} : { offline: row.offline }),
    ...(row.priority === null ? {} : { priority: row.priority }),
    ...(row.language === null ? {} : { language: row.language }),
  };
}

/** What a desk may search for. `cursor` is the `next` of the page before. */
export interface SearchQuery {
  readonly status?: Summary['status'] | undefined;
  readonly from?: number | undefined;
  readonly to?: number | undefined;
  readonly visitor?: string | undefined;
  readonly cursor?: string | undefined;
  readonly limit: number;
}

function parseCursor(cursor: string | undefined): { createdAt: number; id: string } | null {
  const match = /^(\d{1,16})\.(c_[A-Za-z0-9-]{1,78})$/.exec(cursor ?? '');
  return match ? { createdAt: Number(match[1]), id: match[2]! } : null;
}

/** Conversations of the agent's departments and those assigned, newest first (`from` ≤ time of creation < `to`). A cursor that is not one starts from the newest. */
export async function searchSummaries(deps: SummaryDeps, agent: { readonly id: string; readonly departments: readonly string[] }, query: SearchQuery): Promise<SummaryPage> {
  const v = deps.stamp();
  const before = parseCursor(query.cursor);
  const rows = await deps.store.conversations({
    ...(query.status === undefined ? {} : { status: query.status }),
    ...(query.from === undefined ? {} : { from: query.from }),
    ...(query.to === undefined ? {} : { to: query.to }),
    ...(query.visitor === undefined ? {} : { visitor: query.visitor }),
    ...(before === null ? {} : { before }),
    visibleTo: { agentId: agent.id, departmentIds: agent.departments },
    limit: query.limit + 1,
  });
  const page = rows.slice(0, query.limit);
  const last = page.at(-1);
  return {
    list: await Promise.all(page.map((row) => toSummary(deps, row, agent.id, v))),
    ...(rows.length > query.limit && last ? { next: `${last.createdAt}.${last.id}` } : {}),
  };
}

/** What is on an agent's desk: everything that waits in the departments served, and the agent's own open conversations. */
export async function deskList(deps: SummaryDeps, agent: { readonly id: string; readonly departments: readonly string[] }): Promise<Summary[]> {
  const v = deps.stamp();
  const [waiting, mine] = await Promise.all([
    deps.store.conversations({ status: 'waiting', visibleTo: { agentId: agent.id, departmentIds: agent.departments }, limit: 1000 }),
    deps.store.conversations({ status: 'open', agentId: agent.id, limit: 1000 }),
  ]);
  // One that was accepted between the two questions is in both answers: the later one holds.
  const rows = new Map([...waiting, ...mine].map((row) => [row.id, row]));
  return Promise.all([...rows.values()].map((row) => toSummary(deps, row, agent.id, v)));
}
