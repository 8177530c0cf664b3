/**
 * What leaves the form: a QuestionnaireResponse (hl7.org/fhir/R4/questionnaireresponse.html, valid in R5 too) and the answers as
 * shown. Only answers of slots that are enabled get here; everything else stays in memory.
 */
import type { FormAnswer } from '../protocol/types.js';
import type { Answer, Form, FormItem } from './form.js';
import type { Slot } from './slots.js';
/** What is written. */
export interface Filled {
    readonly form: Form;
    readonly roots: readonly Slot[];
    /** Whether a slot is asked: enabled, and what it stands beneath is there. */
    reached(slot: Slot): boolean;
    answersOf(slot: Slot): readonly Answer[];
    /** Text of the item as it is shown, in the language that was asked for; empty for none. */
    textOf(slot: Slot): string;
}
/** Words and formats that the engine does not have itself. */
export interface AnswerWords {
    readonly yes: string;
    readonly no: string;
    /** An ISO date, perhaps only a year or a month, perhaps with a time, as a person reads it. */
    formatDate(date: string): string;
    formatNumber(value: number): string;
}
export interface ResponseOptions {
    /** ISO instant. */
    readonly authored: string;
    readonly lang: string;
    /** Default `completed`. `stopped`: partly answered, and not to be gone on with. */
    readonly status?: 'completed' | 'in-progress' | 'stopped';
}
type Json = Record<string, unknown>;
/** How items are written: `all` also those without an answer, which an expression may look at; `onItem` learns which item is whose. */
export interface Writing {
    readonly all?: boolean;
    onItem?(slot: Slot, json: Json): void;
}
/** The items of a response beneath these slots. */
export declare function writeItems(filled: Filled, slots: readonly Slot[], lang: string, writing?: Writing): readonly Json[];
/** A QuestionnaireResponse. Questions without an answer are left out, as FHIR has it. */
export declare function writeResponse(filled: Filled, { authored, lang, status }: ResponseOptions): Json;
/** One answer in words. */
export declare function answerInWords(form: Form, item: FormItem, answer: Answer, lang: string, words: AnswerWords): string;
/** Every question that was put, as shown, with its answers in words; unanswered ones with an empty list. A question that repeats stands once for each group it is in. */
export declare function writeFormAnswers(filled: Filled, slots: readonly Slot[], lang: string, words: AnswerWords): readonly FormAnswer[];
export {};
