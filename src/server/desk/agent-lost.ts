/**
 * When an agent's last connection is gone for longer than `desk.agentLostMs`, open conversations go back to the queue. One who returns in time
 * keeps them. After a restart of the server everybody with open conversations is waited for in the same way.
 */
import type { Logger } from '../../base/logger.js';
import type { Clock } from '../clock.js';
import { returned } from '../hub/decide.js';
import type { DecideDeps } from '../hub/decision.js';
import type { Ledger } from '../hub/ledger.js';
import { systemBy } from '../hub/principal.js';
import type { Serial } from '../hub/serial.js';
import type { ConversationRow } from '../store/store.js';
import type { Presence } from './presence.js';

export interface AgentLostDeps extends DecideDeps {
  readonly clock: Clock;
  readonly ledger: Ledger;
  readonly serial: Serial;
  readonly presence: Presence;
  readonly log: Logger;
}

export interface AgentLost {
  /** Waits for everybody who has open conversations and is not here. Call once at start. */
  start(): Promise<void>;
  /** Waits for one agent who has just been given a conversation and may not be here. */
  watch(agentId: string): void;
  stop(): void;
}

const pageSize = 200;

/** Watches presence and returns conversations of agents who are lost. */
export function createAgentLost(deps: AgentLostDeps): AgentLost {
  const waiting = new Map<string, () => void>();
  const { store, presence, log } = deps;
  let stopped = false;

  const giveBack = (id: string, agentId: string): Promise<void> => deps.serial.run(id, async () => {
    const row = await store.conversation(id);
    if (stopped || !row || row.status !== 'open' || row.agentId !== agentId || presence.agentState(agentId) !== 'offline') return;
    const decision = await returned(deps, row, systemBy, 'agent-lost');
    await deps.ledger.commit({ ...decision, at: deps.now() });
    log.info('desk.agent-lost', { agentId, conversationId: id });
  });

  const lost = async (agentId: string): Promise<void> => {
    waiting.delete(agentId);
    try {
      for (const row of await allOpen(agentId)) await giveBack(row.id, agentId);
    } catch (error) {
      log.error('desk.agent-lost-failed', { agentId, reason: error instanceof Error ? error.name : 'unknown' });
      if (!stopped) watch(agentId);
    }
  };

  async function allOpen(agentId?: string): Promise<ConversationRow[]> {
    const rows: ConversationRow[] = [];
    for (;;) {
      const last = rows.at(-1);
      const page = await store.conversations({ status: 'open', limit: pageSize, ...(agentId === undefined ? {} : { agentId }), ...(last ? { before: { createdAt: last.createdAt, id: last.id } } : {}) });
      rows.push(...page);
      if (page.length < pageSize) return rows;
    }
  }

  function watch(agentId: string): void {
    if (stopped || waiting.has(agentId) || presence.agentState(agentId) !== 'offline') return;
    waiting.set(agentId, deps.clock.after(deps.config.desk.agentLostMs, () => void lost(agentId)));
  }

  presence.onAgent((agentId, state) => {
    if (state === 'offline') return watch(agentId);
    waiting.get(agentId)?.();
    waiting.delete(agentId);
  });

  return {
    async start() {
      for (const row of await allOpen()) if (row.agentId !== null) watch(row.agentId);
    },
    watch,
    stop() {
      stopped = true;
      for (const cancel of waiting.values()) cancel();
      waiting.clear();
    },
  };
}
