/** A bot's answer as events of the log: what it is, before its first turn; each turn a message by a `bot`; a way to a person under the last. */
import { localText } from '../../bots/guide.js';
import { buttonsAsText, buttonsOf } from '../../bots/plain-text.js';
import { createGuideTranslate } from '../../i18n/guide/translate-guide.js';
import type { BotAnswer, BotTurn, Button, ButtonsPart, By, Part } from '../../protocol/types.js';
import type { BotConfig } from '../config/config.js';
import { handedOver } from '../hub/bot-rules.js';
import { event, patched, type DecideDeps, type Decision } from '../hub/decision.js';
import type { ConversationRow, NewEvent } from '../store/store.js';
import { personButtonId } from './check-answer.js';

/** The author of what a bot says. */
export const botBy = ({ id, name }: BotConfig, locale: string): By => ({ id: `bot_${id}`.slice(0, 64), role: 'bot', name: localText(name, locale) });

function withPerson(buttons: readonly Button[], locale: string): readonly Button[] {
  if (buttons.some((button) => button.do === 'handoff')) return buttons;
  return [...buttons, { id: personButtonId, label: createGuideTranslate(locale)('talkToPerson'), style: 'quiet', do: 'handoff' }];
}

function partsOf(turn: BotTurn, isLast: boolean, locale: string): readonly Part[] {
  const own = buttonsOf(turn);
  const buttons = isLast ? withPerson(own, locale) : own;
  const part: ButtonsPart = { kind: 'buttons', mode: turn.mode ?? 'once', buttons: [...buttons], fallback: buttonsAsText(buttons) };
  return [...(turn.text === undefined ? [] : [{ kind: 'text' as const, text: turn.text }]), ...(buttons.length > 0 ? [part] : [])];
}

/** What is to be committed for an answer; null where it says nothing. */
export function answerEvents(deps: DecideDeps, row: ConversationRow, bot: BotConfig, answer: BotAnswer, locale: string): Decision | null {
  const by = botBy(bot, locale);
  const { turns, handoff } = answer;
  const say = (parts: readonly Part[]): NewEvent => event(row.id, 'message', by, { parts, lang: locale });
  const said = turns.map((turn, index) => say(partsOf(turn, index === turns.length - 1 && handoff === undefined, locale)));
  const over = handoff && handedOver(deps, row, by, { cause: 'bot', ...handoff });
  if (said.length === 0) return over ?? null;
  const isFirst = row.bot === 'new';
  const disclosure = isFirst ? [say([{ kind: 'text', text: createGuideTranslate(locale)('disclosure') }])] : [];
  return {
    events: [...disclosure, ...said, ...(over?.events ?? [])],
    conversation: over?.conversation ?? patched(row, { bot: 'active' }),
    ...(isFirst ? { audit: deps.audit.entry({ actor: by.id, action: 'bot.disclose', target: row.id }) } : over?.audit && { audit: over.audit }),
  };
}
