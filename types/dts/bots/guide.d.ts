import type { BotTurn, LocalText } from '../protocol/types.js';
/** A button as its author writes it; exactly one of what it leads to, but for `go` beside `form`. */
export interface GuideButton {
    readonly id: string;
    readonly label: LocalText;
    readonly style?: 'primary' | 'quiet';
    /** Another step; beside `form`, the one that follows once it was answered. */
    readonly go?: string;
    /** A link: https, mailto, tel, or a path of the clinic's own site. */
    readonly url?: string;
    /** A telephone number. */
    readonly call?: string;
    /** A form of the widget. */
    readonly form?: string;
    /** A symptom checker of the widget. */
    readonly checker?: string;
    /** People of this department. */
    readonly department?: string;
    /** A person. */
    readonly human?: true;
}
export interface GuideStep {
    readonly id: string;
    readonly text: LocalText;
    readonly mode?: 'once' | 'many';
    readonly buttons?: readonly GuideButton[];
}
/** What the clinic wants done about words that name no button. */
export interface GuideFallback {
    /** In place of our own sentence; the buttons follow. */
    readonly text?: LocalText;
    /** So many such answers in a row, and the next such words bring a person; without it, never. */
    readonly handOverAfter?: number;
    /** Whose people. */
    readonly department?: string;
}
export interface Guide {
    /** The step it begins with. */
    readonly start: string;
    readonly steps: readonly GuideStep[];
    readonly notUnderstood?: GuideFallback;
}
/** What a guide does about a button. */
export type GuideMove = {
    readonly type: 'say';
    readonly turn: BotTurn;
}
/** It is not of this guide, or no longer. */
 | {
    readonly type: 'unknown';
}
/** Not for the guide: a link, a checker, a person. */
 | {
    readonly type: 'none';
};
/** A clinic's text in the language that fits best, else English, else whatever there is. */
export declare function localText(text: LocalText, lang: string): string;
/** What each of an author's targets is on the wire. */
declare const targets: readonly [readonly ["form", "form"], readonly ["go", "reply"], readonly ["url", "url"], readonly ["call", "call"], readonly ["checker", "checker"], readonly ["department", "department"], readonly ["human", "handoff"]];
/** The targets that a button names. One is right. */
export declare const targetsOf: (button: GuideButton) => readonly (typeof targets)[number][0][];
/** What the guide says first. */
export declare function startTurn(guide: Guide, lang: string): BotTurn;
/** What follows from a button of an earlier turn, by the id that it was given out with. A form is to be answered first. */
export declare function pressGuide(guide: Guide, buttonId: string, lang: string): GuideMove;
/** What follows once the form of a button was answered. */
export declare const formAnswered: (guide: Guide, buttonId: string, lang: string) => GuideMove;
export {};
