/** Who is here: visitors with their page, agents with their state. In memory only; nothing of it is ever logged or stored. */
import type { Clock } from '../clock.js';
import { createRecent } from '../recent.js';

export type AgentState = 'online' | 'away' | 'offline';

export interface Presence {
  visitorCame(visitorId: string): void;
  visitorLeft(visitorId: string): void;
  /** Where the visitor is; also of one who is not connected (who has just opened a conversation over REST). */
  visitorPage(visitorId: string, name: string): void;
  /** The language the visitor reads now. */
  visitorLocale(visitorId: string, locale: string): void;
  /** `page` and `locale`: the last ones known, also of one who has left. */
  visitor(visitorId: string): { readonly online: boolean; readonly page: string | null; readonly locale: string | null };
  agentCame(agentId: string): void;
  agentLeft(agentId: string): void;
  setAgentState(agentId: string, state: 'online' | 'away'): void;
  agentState(agentId: string): AgentState;
  /** What an agent chose, also while not connected. */
  chosenState(agentId: string): 'online' | 'away';
  onlineAgents(): readonly string[];
  onVisitor(listener: (visitorId: string) => void): void;
  onAgent(listener: (agentId: string, state: AgentState) => void): void;
}

/** Going from page to page closes one socket and opens another; only after this long is a visitor told to be gone. */
const visitorGraceMs = 4_000;
/** Visitors whose last page and language are remembered. */
const rememberedMax = 20_000;

interface VisitorEntry {
  connections: number;
  cancel: (() => void) | null;
}

/** An empty room. */
export function createPresence(clock: Clock): Presence {
  const visitors = new Map<string, VisitorEntry>();
  const pages = createRecent<string>(rememberedMax);
  const locales = createRecent<string>(rememberedMax);
  const remember = (of: typeof pages, id: string, what: string): void => {
    const isNews = of.get(id) !== what;
    of.set(id, what);
    if (isNews) tellVisitor(id);
  };
  const agents = new Map<string, { connections: number; chosen: 'online' | 'away' }>();
  const visitorListeners: ((visitorId: string) => void)[] = [];
  const agentListeners: ((agentId: string, state: AgentState) => void)[] = [];
  const tellVisitor = (id: string): void => visitorListeners.forEach((listener) => listener(id));
  const agentState = (id: string): AgentState => {
    const entry = agents.get(id);
    return entry && entry.connections > 0 ? entry.chosen : 'offline';
  };
  const changeAgent = (id: string, change: (entry: { connections: number; chosen: 'online' | 'away' }) => void): void => {
    const before = agentState(id);
    const entry = agents.get(id) ?? { connections: 0, chosen: 'online' as const };
    agents.set(id, entry);
    change(entry);
    const after = agentState(id);
    if (after !== before) agentListeners.forEach((listener) => listener(id, after));
  };
  return {
    visitorCame(id) {
      const entry = visitors.get(id) ?? { connections: 0, cancel: null };
      entry.cancel?.();
      const wasHere = entry.connections > 0 || entry.cancel !== null;
      visitors.set(id, { ...entry, connections: entry.connections + 1, cancel: null });
      if (!wasHere) tellVisitor(id);
    },
    visitorLeft(id) {
      const entry = visitors.get(id);
      if (!entry) return;
      entry.connections -= 1;
      if (entry.connections > 0) return;
      entry.cancel = clock.after(visitorGraceMs, () => {
        visitors.delete(id);
        tellVisitor(id);
      });
    },
    visitorPage: (id, name) => remember(pages, id, name),
    visitorLocale: (id, locale) => remember(locales, id, locale),
    visitor: (id) => ({ online: visitors.has(id), page: pages.get(id) ?? null, locale: locales.get(id) ?? null }),
    agentCame: (id) => changeAgent(id, (entry) => (entry.connections += 1)),
    agentLeft: (id) => changeAgent(id, (entry) => (entry.connections -= 1)),
    setAgentState: (id, state) => changeAgent(id, (entry) => (entry.chosen = state)),
    agentState,
    chosenState: (id) => agents.get(id)?.chosen ?? 'online',
    onlineAgents: () => [...agents.keys()].filter((id) => agentState(id) === 'online'),
    onVisitor: (listener) => void visitorListeners.push(listener),
    onAgent: (listener) => void agentListeners.push(listener),
  };
}
