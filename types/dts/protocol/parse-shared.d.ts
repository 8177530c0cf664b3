/** Readers of what frames and REST answers have in common: authors, states, events (README §4, §5, §6). */
import type { By, ConversationState, ParsedEvent, Problem, SubmitResult } from './types.js';
import { type Reader } from './readers.js';
/** README S-4.6: an unknown role speaks as `system`. */
export declare const readBy: Reader<By>;
/** Language tag → text; what is not text is left out. */
export declare const readLocalText: Reader<Record<string, string>>;
/** README S-6.11: an unknown status is taken for `open`. */
export declare const readStatus: Reader<"closed" | "open" | "waiting">;
/** State at the head of a conversation's log. */
export declare const readConversationState: Reader<ConversationState>;
/** RFC 9457 problem; only status and code are relied on. */
export declare const readProblem: Reader<Problem>;
/** What a submit became. */
export declare const readSubmitResult: Reader<SubmitResult>;
/** Cursor fields: never read apart. */
export declare const cursorFields: {
    stream: Reader<string>;
    epoch: Reader<string>;
};
/** A question as shown, with its answers. */
export declare const answerFields: {
    linkId: Reader<string>;
    question: Reader<string>;
    answers: Reader<string[]>;
};
/** A form that was answered, but for the answers. */
export declare const formFields: {
    form: Reader<{
        questionnaire: string;
        title: string | undefined;
    }>;
    purpose: Reader<"checker" | "in-chat" | "offline" | "pre-chat" | "rating">;
    response: Reader<Record<string, unknown>>;
    asked: Reader<{
        target: number;
        buttonId: string;
    } | undefined>;
};
/** Kind → reader of the body. A Map, so that no name from the wire reaches a prototype. */
export type BodyReaders = ReadonlyMap<string, Reader<unknown>>;
/** Bodies a visitor's client reads. What it does nothing with (consents, its own stream) keeps its place as an unknown one does (README S-4.9). */
export declare const visitorBodies: BodyReaders;
/**
 * Reads an event. A kind that is not known, or a body that cannot be read, becomes an `UnknownEvent`: the cursor must advance over it,
 * or the client would ask for it for ever (README S-4.9). Refuses only where the head is not readable.
 */
export declare const createEventReader: (bodies: BodyReaders) => Reader<ParsedEvent>;
