/**
 * A guide over a channel that has only text and is open to read, such as SMS: what to answer to what somebody sent. It says the clinic's own words and
 * nothing else: nothing that was sent is repeated, no conversation is opened, and whatever is about a person's health goes on in the secure chat, by a link.
 * STOP, HELP and START come before everything (`reserved-words.ts`). Pure: the caller keeps, per sender, what it is given back.
 */
import { createGuideTranslate } from '../i18n/guide/translate-guide.js';
import type { BotTurn, Button } from '../protocol/types.js';
import { pressGuide, startTurn, type Guide } from './guide.js';
import { matchReply, optionsOf, turnAsText } from './plain-text.js';
import { reservedFor } from './reserved-words.js';

/** What is kept of a sender; JSON, without a word of theirs. */
export interface TextState {
  /** They get nothing until they send START. */
  readonly stopped: boolean;
  /** The buttons of the last turn, which a number is about. */
  readonly offered: readonly Button[];
}

export interface TextChannelOptions {
  readonly guide: Guide;
  /** BCP 47. */
  readonly lang: string;
  readonly clinic: string;
  /** As dialled. */
  readonly phone: string;
  /** Where the secure chat is, https. */
  readonly chatUrl: string;
}

export interface TextAnswer {
  /** To be kept; null: still nothing is known of the sender, whose next text begins the guide. */
  readonly state: TextState | null;
  /** To be sent, in order; empty: nothing. */
  readonly texts: readonly string[];
}

/** What this channel can offer: steps of the guide, and the secure chat for all that needs it. */
function offeredHere({ buttons = [], ...turn }: BotTurn, chatUrl: string): BotTurn {
  const absolute = buttons.map((button): Button => (button.do === 'url' && button.to?.startsWith('/') ? { ...button, to: new URL(button.to, chatUrl).href } : button));
  return { ...turn, ...(absolute.length > 0 && { buttons: absolute }) };
}

/** Answers one text. `state` is null where nothing is known of the sender. */
export function answerText({ guide, lang, clinic, phone, chatUrl }: TextChannelOptions, state: TextState | null, text: string): TextAnswer {
  const t = createGuideTranslate(lang);
  const params = { clinic, phone, url: chatUrl };
  const say = (turn: BotTurn, ...before: readonly string[]): TextAnswer => {
    const here = offeredHere(turn, chatUrl);
    const choose = optionsOf(here.buttons ?? []).length > 0 ? [t('textChoose')] : [];
    return { state: { stopped: false, offered: here.buttons ?? [] }, texts: [...before, [turnAsText(here), ...choose].join('\n')] };
  };
  const begin = (): TextAnswer => say(startTurn(guide, lang), t('textIntro', params));
  const reserved = reservedFor(text);
  // Whoever asks who writes is told, also one who wants no messages (CTIA). STOP is answered once; after that, nothing but these is.
  if (reserved === 'help') return { state, texts: [t('textHelp', params)] };
  if (reserved === 'stop') return { state: { stopped: true, offered: [] }, texts: state?.stopped ? [] : [t('textStopped', params)] };
  if (reserved === 'start') return begin();
  if (state?.stopped) return { state, texts: [] };
  if (state === null) return begin();
  const named = matchReply(text, state.offered);
  if (named === null) return { state, texts: [t('textNotUnderstood', params)] };
  if (named.do !== 'reply') return { state, texts: [t('textSecure', params)] };
  const move = pressGuide(guide, named.id, lang);
  return move.type === 'say' ? say(move.turn) : begin();
}
