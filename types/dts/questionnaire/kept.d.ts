import type { Answer, AnswerError, Coding, FormItem } from './form.js';
export interface Kept {
    readonly answers: readonly Answer[];
    /** What the text field holds, also where it is not an answer (yet). */
    readonly typed: string;
    /** An open choice: whether the field beside the options counts. */
    readonly other: boolean;
    readonly unit: Coding | null;
    readonly error: AnswerError | null;
    /** By the person, a draft or a response: what is computed does not write over it. */
    readonly said: boolean;
}
export declare const nothing: Kept;
/** What an answer looks like in a field. */
export declare function keep(item: FormItem, answers: readonly Answer[], said: boolean): Kept;
/** Whether an answer is of a type this item can have; for choices, one of its options or what may be said beside them. */
export declare const suits: (item: FormItem, answer: Answer) => boolean;
/** The text of a field, read in the type of the item. `code`: what is wrong with it, where a control knows better. */
export declare function typeInto(item: FormItem, kept: Kept, text: string, code?: AnswerError['code']): Kept | null;
/** An option, or the unit of a quantity; exclusive options and single choices let go of the others. */
export declare function choose(item: FormItem, kept: Kept, value: Answer, on: boolean): Kept | null;
/** The answer beside the options of an open choice, to be typed. */
export declare function chooseOther(item: FormItem, kept: Kept, on: boolean): Kept | null;
