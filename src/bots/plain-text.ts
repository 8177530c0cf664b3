/**
 * A bot's turn where there are no buttons: numbered text, and what somebody types back. Whoever shows only text, an older client or a text message, and whoever
 * reads the answer agree on the numbers, because both count `optionsOf`.
 */
import type { BotTurn, Button } from '../protocol/types.js';
import { foldReply } from './fold-reply.js';
import { reservedFor } from './reserved-words.js';

/** Buttons that can be answered by text; a link and a telephone number are used as they stand. */
export const optionsOf = (buttons: readonly Button[]): readonly Button[] => buttons.filter((button) => button.do !== 'url' && button.do !== 'call');

/** "(1) Sales (2) Support", then each link and number in a line of its own. */
export function buttonsAsText(buttons: readonly Button[]): string {
  const options = optionsOf(buttons).map(({ label }, index) => `(${index + 1}) ${label}`).join(' ');
  const addresses = buttons.filter((button) => !optionsOf(buttons).includes(button)).map(({ label, to = '' }) => `${label}: ${to}`);
  return [options, ...addresses].filter(Boolean).join('\n');
}

/** A link as a button. */
export const linkButton = ({ label, url }: NonNullable<BotTurn['link']>): Button => ({ id: 'link', label, do: 'url', to: url });

/** Everything of a turn that can be pressed. */
export const buttonsOf = ({ buttons = [], link }: BotTurn): readonly Button[] => (link ? [...buttons, linkButton(link)] : buttons);

/** A turn as plain text. */
export const turnAsText = (turn: BotTurn): string => [turn.text, buttonsAsText(buttonsOf(turn))].filter(Boolean).join('\n');

/**
 * The button that a typed reply means: by its number, its whole label, or a beginning that only one label has. Null where it is none, could be several, or
 * is a word that is reserved (`reserved-words.ts`).
 */
export function matchReply(reply: string, buttons: readonly Button[]): Button | null {
  const wanted = foldReply(reply);
  if (wanted === '' || reservedFor(reply) !== null) return null;
  const options = optionsOf(buttons);
  const only = (found: readonly Button[]): Button | null => (found.length === 1 ? found[0]! : null);
  const named = options.filter(({ label }) => foldReply(label) === wanted);
  if (named.length > 0) return only(named);
  if (/^\d+$/.test(wanted)) return options[Number(wanted) - 1] ?? null;
  return only(options.filter(({ label }) => foldReply(label).startsWith(wanted)));
}
