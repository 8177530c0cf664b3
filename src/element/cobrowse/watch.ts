/**
 * Sees in a conversation that a nurse asks to see the page, or that one was being shown before this page, and loads what follows from it; else nothing of co-browsing
 * is loaded. From here on it is also known whether the patient has put something into the page.
 */
import type { LaterHost } from '../panel-context.js';
import type { ChatSnapshot } from '../../core/snapshots.js';
import type { CobrowsePart } from './cobrowse.js';
import { createWay, standingOf } from './way.js';

const inputs = ['beforeinput', 'input', 'change', 'paste', 'drop', 'click'];

/**
 * Whether something may have been put in before we listened. The one click is that which opened the chat. A browser that counts no events (Safari before 26.2) knows
 * at least whether there was any; if there was, it is taken for a yes.
 */
const hadInputBefore = (): boolean => {
  const { eventCounts } = performance as unknown as { readonly eventCounts?: ReadonlyMap<string, number> };
  const count = (name: string): number => eventCounts?.get(name) ?? 0;
  if ((navigator.userActivation as UserActivation | undefined)?.hasBeenActive === false) return false;
  return !eventCounts || count('input') + count('beforeinput') + count('drop') > 0 || count('click') > 1;
};

export function createCobrowseWatch(later: LaterHost): { look(chat: ChatSnapshot): void; dispose(): void } {
  const { host, host: { loadChunk }, session } = later;
  const life = new AbortController();
  let hadInput = hadInputBefore();
  let part: CobrowsePart | null = null;
  let isAsked = false;
  let id: string | null = null;
  for (const name of inputs) {
    window.addEventListener(name, ({ target }) => {
      hadInput ||= target !== host.element;
    }, { capture: true, passive: true, signal: life.signal });
  }
  const tell = ({ conversation, widget }: ChatSnapshot): void => {
    const isOpen = conversation?.status === 'open';
    if (!isOpen || conversation.id !== id) {
      if (id !== null) part?.closed();
      id = conversation?.id ?? null;
    }
    if (isOpen) part?.look(standingOf(conversation), conversation.agent, widget?.clinicName ?? '');
  };
  const load = async (): Promise<void> => {
    isAsked = true;
    try {
      const { createCobrowse } = await loadChunk('cobrowse-ask', () => import('./cobrowse.js'));
      if (life.signal.aborted) return;
      part = createCobrowse({ ...later, way: createWay(session), hadInput: () => hadInput });
      tell(session.client.snapshot.value);
    } catch {
      // Asked for again with the next look; until then the nurse gets no answer, which is a no.
      isAsked = false;
    }
  };
  return {
    look(chat) {
      const standing = standingOf(chat.conversation);
      if (part) tell(chat);
      else if (!isAsked && standing && standing.state !== 'declined' && (standing.state === 'requested' || session.ports.tabFlags.get(`care-chat:cobrowse:${host.widget}`) !== null)) void load();
    },
    dispose() {
      life.abort();
      part?.dispose();
    },
  };
}
