/** What an agent sees of a bot: its turns, what was pressed, and that a person was asked for. Nothing can be pressed here. */
import type { Timeline } from '../core/snapshots.js';
import { botItem, pressedIn, type BotTranslate } from '../ui/bot-turn.js';
import type { ShowMore } from '../ui/transcript-types.js';

/** Equal presses give the same function, so that the transcript renders only what changed. */
export function createBotReader(): (timeline: Timeline, t: BotTranslate) => ShowMore {
  let shown: { readonly key: string; readonly t: BotTranslate; readonly more: ShowMore } | null = null;
  return (timeline, t) => {
    const pressed = pressedIn(timeline);
    const key = [...pressed].map(([seq, ids]) => [seq, ...ids].join(' ')).join();
    if (shown?.key === key && shown.t === t) return shown.more;
    const context = { t, self: 'agent' as const, pressed, openAfter: null, formsAfter: null, busy: null, problem: null, canDo: () => true, press: () => {} };
    const more: ShowMore = (item) => botItem(item, context);
    shown = { key, t, more };
    return more;
  };
}
