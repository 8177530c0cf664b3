/**
 * What the transcript does not show itself: the answers of a form, and what a bot does. The chunk `bot` is loaded with the first of it that is seen; until
 * it is here, and where it cannot be had, a turn shows as text, with numbers to answer by.
 */
import { html, type TemplateResult } from 'lit/html.js';
import type { ConversationSnapshot } from '../core/snapshots.js';
import { formCard } from '../ui/form-card.js';
import type { BotParts } from './bot.js';
import type { ItemsLook, LaterHost, PanelContext } from './panel-context.js';
import type { LaterTranslate } from './later-views.js';
import { tabFlag } from './tab-flag.js';

/** The offer to rate an ended conversation; once that was done, the thanks. */
const ratingLine = ({ timeline }: ConversationSnapshot, t: LaterTranslate, open: () => void): TemplateResult => {
  const isRated = timeline.chunks.some((items) => items.some((item) => item.type === 'form' && item.body.purpose === 'rating'));
  return html`<div class="rating-line" part="rating-line" role="status">${isRated
    ? html`<p>${t('rated')}</p>` : html`<button class="button quiet" part="button" type="button" @click=${open}>${t('rate')}</button>`}</div>`;
};

/** Gives what shows, at each render; `more` is the same as long as nothing in it changes. */
export function createLaterItems(later: LaterHost, t: () => LaterTranslate, problem: (code: string | null) => string): (context: PanelContext) => ItemsLook {
  const { shadow, host: { loadChunk, widget }, session, requestUpdate } = later;
  let parts: BotParts | null = null;
  let asked = false;
  let resumed = false;
  let bare: { readonly t: LaterTranslate; readonly look: ItemsLook } | null = null;
  /** A form that was open here before the page was loaded again. */
  const resume = (): void => {
    if (!resumed && session.wanted.value === null && session.ports.tabFlags.get(tabFlag('form', widget)) !== null) session.wanted.set('asked');
    resumed = true;
  };
  const load = async (): Promise<void> => {
    if (asked) return;
    asked = true;
    try {
      const { createBot } = await loadChunk('bot', () => import('./bot.js'));
      parts = createBot({ shadow, client: session.client, problem, requestUpdate, openChecker: session.check, openForm: session.wanted.set });
      resume();
      requestUpdate();
    } catch {
      // Asked for again with the next thing of a bot.
      asked = false;
    }
  };
  return ({ chat: { conversation, widget: settings } }) => {
    const now = t();
    if (bare?.t !== now) bare = { t: now, look: { more: (item) => (item.type === 'form' ? formCard(item, now) : void load()) } };
    const look = parts && conversation ? parts.look(conversation, now) : bare.look;
    const form = settings?.rating;
    if (!form || conversation?.status !== 'closed') return look;
    resume();
    return { more: look.more, line: ratingLine(conversation, now, () => session.wanted.set({ form })) };
  };
}
