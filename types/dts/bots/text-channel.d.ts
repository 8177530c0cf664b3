import type { Button } from '../protocol/types.js';
import { type Guide } from './guide.js';
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
/** Answers one text. `state` is null where nothing is known of the sender. */
export declare function answerText({ guide, lang, clinic, phone, chatUrl }: TextChannelOptions, state: TextState | null, text: string): TextAnswer;
