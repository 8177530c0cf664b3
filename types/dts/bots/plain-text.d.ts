/**
 * A bot's turn where there are no buttons: numbered text, and what somebody types back. Whoever shows only text, an older client or a text message, and whoever
 * reads the answer agree on the numbers, because both count `optionsOf`.
 */
import type { BotTurn, Button } from '../protocol/types.js';
/** Buttons that can be answered by text; a link and a telephone number are used as they stand. */
export declare const optionsOf: (buttons: readonly Button[]) => readonly Button[];
/** "(1) Sales (2) Support", then each link and number in a line of its own. */
export declare function buttonsAsText(buttons: readonly Button[]): string;
/** A link as a button. */
export declare const linkButton: ({ label, url }: NonNullable<BotTurn["link"]>) => Button;
/** Everything of a turn that can be pressed. */
export declare const buttonsOf: ({ buttons, link }: BotTurn) => readonly Button[];
/** A turn as plain text. */
export declare const turnAsText: (turn: BotTurn) => string;
/**
 * The button that a typed reply means: by its number, its whole label, or a beginning that only one label has. Null where it is none, could be several, or
 * is a word that is reserved (`reserved-words.ts`).
 */
export declare function matchReply(reply: string, buttons: readonly Button[]): Button | null;
