/** What a schema cannot say about a bot's answer: it leads only where this widget may lead, and each button can be told from the others. */
import { buttonsOf } from '../../bots/plain-text.js';
import type { BotAnswer, BotTurn, Button } from '../../protocol/types.js';
import type { WidgetConfig } from '../config/config.js';

/** Id of the button that every last turn has. */
export const personButtonId = 'human';

/** An address that a button may open: of the web, encrypted; mail; telephone; or a path of the clinic's own site. */
export const isAllowedUrl = (url: string): boolean => /^\/(?![/\\])/.test(url) || (/^(https|mailto|tel):/i.test(url) && URL.canParse(url));

type Within = Pick<WidgetConfig, 'departments' | 'forms'>;

function isSound({ do: does, to }: Button, { departments, forms }: Within): boolean {
  if (does === 'reply' || does === 'handoff') return true;
  if (to === undefined) return false;
  if (does === 'url') return isAllowedUrl(to);
  if (does === 'call') return /^[0-9+*# -]{2,30}$/.test(to);
  if (does === 'form') return forms.has(to);
  return does !== 'department' || departments.includes(to);
}

const isTurn = (turn: BotTurn, widget: Within): boolean => {
  const buttons = buttonsOf(turn);
  const distinct = new Set(buttons.map(({ id }) => id)).size === buttons.length;
  const isPerson = buttons.every(({ id, do: does }) => id !== personButtonId || does === 'handoff');
  return (turn.text !== undefined || buttons.length > 0) && distinct && isPerson && buttons.every((button) => isSound(button, widget));
};

const isUnicode = (value: unknown): boolean =>
  typeof value === 'string' ? !/\p{Surrogate}/u.test(value) : typeof value !== 'object' || value === null || Object.values(value).every(isUnicode);

/** Whether an answer of the right shape can be said at this widget. */
export const isSayable = (answer: BotAnswer, widget: Within): boolean =>
  isUnicode(answer) && answer.turns.every((turn) => isTurn(turn, widget)) && (answer.handoff?.departmentId === undefined || widget.departments.includes(answer.handoff.departmentId));
