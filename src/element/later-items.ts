/**
 * What the transcript does not show itself: the answers of a form, and what a bot does. The chunk `bot` is loaded with the first of it that is seen; until
 * it is here, and where it cannot be had, a turn shows as text, with numbers to answer by.
 */
import { formCard } from '../ui/form-card.js';
import type { BotParts } from './bot.js';
import type { ItemsLook, LaterHost, PanelContext } from './panel-context.js';
import type { LaterTranslate } from './later-views.js';
import { tabFlag } from './tab-flag.js';

/** Gives what shows, at each render; the same object as long as nothing in it changes. */
export function createLaterItems(later: LaterHost, t: () => LaterTranslate, problem: (code: string | null) => string): (context: PanelContext) => ItemsLook {
  const { shadow, host: { loadChunk, widget }, session, requestUpdate } = later;
  let parts: BotParts | null = null;
  let asked = false;
  let bare: { readonly t: LaterTranslate; readonly look: ItemsLook } | null = null;
  const load = async (): Promise<void> => {
    if (asked) return;
    asked = true;
    try {
      const { createBot } = await loadChunk('bot', () => import('./bot.js'));
      parts = createBot({ shadow, client: session.client, problem, requestUpdate, openChecker: session.check, openForm: session.wanted.set });
      // A form that a bot's button had opened before the page was loaded again.
      if (session.wanted.value === null && session.ports.tabFlags.get(tabFlag('form', widget)) !== null) session.wanted.set('asked');
      requestUpdate();
    } catch {
      // Asked for again with the next thing of a bot.
      asked = false;
    }
  };
  return ({ chat: { conversation } }) => {
    const now = t();
    if (parts && conversation) return parts.look(conversation, now);
    if (bare?.t !== now) bare = { t: now, look: { more: (item) => (item.type === 'form' ? formCard(item, now) : void load()) } };
    return bare.look;
  };
}
