/** The guide of a configuration as a bot: what was pressed leads to a step. */
import { formAnswered, localText, pressGuide, startTurn, type Guide } from '../../bots/guide.js';
import { matchReply } from '../../bots/plain-text.js';
import { createGuideTranslate } from '../../i18n/guide/translate-guide.js';
import type { BotAnswer, BotTurn } from '../../protocol/types.js';
import type { Bot, BotInput } from './bot.js';

/** The first step; or the one that the visitor's first words name. */
function opening(guide: Guide, text: string, locale: string): BotTurn {
  const first = startTurn(guide, locale);
  const move = pressGuide(guide, matchReply(text, first.buttons ?? [])?.id ?? '', locale);
  return move.type === 'say' ? move.turn : first;
}

/** What is said to words that name no button: the ways on, those of the beginning where the last step has none; or a person takes over. */
function notUnderstood(guide: Guide, { locale, offered, missed }: BotInput): BotAnswer {
  const { text, handOverAfter, department } = guide.notUnderstood ?? {};
  if (handOverAfter !== undefined && missed >= handOverAfter) return { turns: [], handoff: { ...(department !== undefined && { departmentId: department }) } };
  const buttons = offered.some((button) => button.do !== 'handoff') ? offered : startTurn(guide, locale).buttons ?? [];
  return { turns: [{ text: text ? localText(text, locale) : createGuideTranslate(locale)('notUnderstood'), ...(buttons.length > 0 && { buttons: [...buttons] }) }] };
}

function answerTo(guide: Guide, asked: BotInput): BotAnswer {
  const { input, locale, offered } = asked;
  const say = (turn: BotTurn): BotAnswer => ({ turns: [turn] });
  if (input.kind === 'start') return say(opening(guide, input.text ?? '', locale));
  if (input.kind === 'message') return notUnderstood(guide, asked);
  // Named in words, it could not be opened: only who presses it can answer.
  if (input.kind === 'action' && input.text !== undefined && offered.find(({ id }) => id === input.buttonId)?.do === 'form') return say({ text: createGuideTranslate(locale)('pressButton'), buttons: [...offered] });
  const move = input.kind === 'form' ? formAnswered(guide, input.buttonId, locale) : pressGuide(guide, input.buttonId, locale);
  if (move.type === 'none') return { turns: [] };
  // A step that is gone since the guide was changed: it begins anew.
  return say(move.type === 'say' ? move.turn : startTurn(guide, locale));
}

/** A bot that is ready at once and knows only its guide. */
export const createGuideBot = (guide: Guide): Bot => ({ answer: (input) => Promise.resolve({ ok: true, value: answerTo(guide, input) }) });
