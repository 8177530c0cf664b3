/** Keeps every desk's lists true: a full summary on each change, at most ten a second per conversation, and who of the colleagues is here. */
import type { Logger } from '../../base/logger.js';
import type { Watermark } from '../../protocol/types.js';
import type { Clock } from '../clock.js';
import { servedBy } from '../hub/rights.js';
import type { LiveConnection, Registry } from '../hub/registry.js';
import type { ConversationRow, Store } from '../store/store.js';
import { toSummary, type SummaryDeps } from './summary.js';

export interface DeskFeed {
  /** Something about this conversation changed. */
  touch(conversationId: string): void;
  /** Something about this visitor changed: their live conversations are touched. */
  touchVisitor(visitorId: string): void;
  stop(): void;
}

interface FeedDeps {
  readonly summaries: SummaryDeps;
  readonly store: Pick<Store, 'conversation' | 'conversations' | 'watermarks'>;
  readonly registry: Registry;
  readonly clock: Clock;
  readonly log: Logger;
  readonly everyMs: number;
}

/** Whether a conversation is in an agent's lists: waiting in a department served, or open with this agent. */
const isListed = (row: ConversationRow, desk: LiveConnection): boolean => {
  if (desk.principal.role !== 'agent') return false;
  return row.status === 'waiting' ? servedBy(desk.principal.account, row) : row.status === 'open' && row.agentId === desk.principal.id;
};

async function tell(deps: FeedDeps, desk: LiveConnection, row: ConversationRow, v: number, marks: readonly Watermark[]): Promise<boolean> {
  if (desk.early) {
    desk.early.add(row.id);
    return true;
  }
  const listed = isListed(row, desk);
  const wasListed = desk.listed.has(row.id);
  if (!listed && wasListed) {
    if (!desk.sendLight({ t: 'summary', d: { removed: row.id } })) return false;
    desk.listed.delete(row.id);
  }
  if (!listed && !desk.follows(row.id)) return true;
  const summary = await toSummary(deps.summaries, row, desk.principal.id, v, marks);
  if (!desk.sendLight({ t: 'summary', d: { summary } })) return false;
  if (listed) desk.listed.add(row.id);
  return true;
}

/** Creates the feed; nobody is told before the first `touch`. */
export function createFeed(deps: FeedDeps): DeskFeed {
  /** Conversation → whether it was touched again while a summary was on its way. */
  const busy = new Map<string, boolean>();
  let stopped = false;

  /** Resolves to false where a desk was too slow and must be told again. */
  const flush = async (id: string): Promise<boolean> => {
    const desks = [...deps.registry.desks];
    if (desks.length === 0) return true;
    const v = deps.summaries.stamp();
    const row = await deps.store.conversation(id);
    if (!row) return true;
    const marks = await deps.store.watermarks(id);
    const told = await Promise.all(desks.map((desk) => tell(deps, desk, row, v, marks)));
    return told.every(Boolean);
  };

  const run = (id: string): void => {
    busy.set(id, false);
    flush(id)
      .catch((error: unknown) => {
        deps.log.error('desk.feed-failed', { conversationId: id, reason: error instanceof Error ? error.name : 'unknown' });
        return false;
      })
      .then((complete) => {
        if (!complete) busy.set(id, true);
        deps.clock.after(complete ? deps.everyMs : deps.everyMs * 10, () => {
          const again = busy.get(id);
          busy.delete(id);
          if (again && !stopped) run(id);
        });
      });
  };

  const touch = (id: string): void => {
    if (stopped) return;
    if (busy.has(id)) busy.set(id, true);
    else run(id);
  };

  return {
    touch,
    touchVisitor(visitorId) {
      if (stopped) return;
      deps.store.conversations({ visitorId, active: true, limit: 20 })
        .then((rows) => rows.forEach((row) => touch(row.id)))
        .catch(() => deps.log.error('desk.feed-failed', { visitorId }));
    },
    stop() {
      stopped = true;
    },
  };
}
