import { type Answer, type AnswerError, type FormItem } from './form.js';
import type { Kept } from './kept.js';
import type { Slot, Slots } from './slots.js';
import type { Filled } from './write-response.js';
export interface OptionSnapshot {
    readonly value: Answer;
    readonly label: string;
    readonly prefix: string | null;
    readonly exclusive: boolean;
    readonly chosen: boolean;
    readonly media: FormItem['media'];
}
/** An item with its texts in the language of the snapshot and what has become of it. */
export interface ItemSnapshot extends Omit<FormItem, 'text' | 'prefix' | 'shortText' | 'help' | 'unit' | 'units' | 'entryFormat' | 'openLabel' | 'options' | 'children' | 'parent'> {
    /** Names the slot in every call: the linkId, and more where something repeats. */
    readonly key: string;
    /** In the language of the snapshot. Empty for a group without a heading. */
    readonly text: string;
    readonly prefix: string | null;
    readonly shortText: string | null;
    readonly help: readonly string[];
    readonly unit: string | null;
    readonly entryFormat: string | null;
    readonly openLabel: string | null;
    /** Dates: how much of one is asked for. */
    readonly precision: 'day' | 'month' | 'year';
    readonly options: readonly OptionSnapshot[];
    /** Units of a quantity, with the one that is chosen. */
    readonly units: readonly OptionSnapshot[];
    /** By the rules of `enableWhen` and its expression. */
    readonly enabled: boolean;
    /** Enabled, not hidden by the author, and the question above it, if any, is answered. */
    readonly shown: boolean;
    /** Disabled, and the author wants it to be seen all the same (`disabledDisplay`). */
    readonly protected: boolean;
    readonly answers: readonly Answer[];
    /** What the text field holds, also where it is not an answer (yet). Of an open choice: the field beside the options. */
    readonly typed: string;
    /** An open choice: whether the answer beside the options is chosen. */
    readonly otherChosen: boolean;
    readonly error: AnswerError | null;
    /** The author's warning: it does not stop anybody. */
    readonly caution: AnswerError | null;
    /** What repeats: which one this is, from 1, of how many, and whether there may be more or fewer. */
    readonly repetition: {
        readonly number: number;
        readonly of: number;
        readonly canAdd: boolean;
        readonly canRemove: boolean;
    } | null;
    readonly children: readonly ItemSnapshot[];
}
export interface FormSnapshot {
    readonly lang: string;
    readonly title: string | null;
    readonly roots: readonly ItemSnapshot[];
    /** The same items in document order. */
    readonly items: readonly ItemSnapshot[];
    /** Shown questions, and how many of them have an answer. */
    readonly asked: number;
    readonly answered: number;
    /** What is wrong with the answers as a whole; empty before `validate`. */
    readonly errors: readonly AnswerError[];
}
/** What a snapshot is taken of. */
export interface Scene extends Filled {
    readonly slots: Slots;
    readonly lang: string;
    of(slot: Slot): Kept;
    enabled(slot: Slot): boolean;
    /** Whether an expression still offers an option. */
    allows(slot: Slot, option: Answer): boolean;
    /** Mistakes as far as they show. */
    errorOf(slot: Slot): AnswerError | null;
    cautionOf(slot: Slot): AnswerError | null;
    formErrors(): readonly AnswerError[];
}
export declare const isHidden: ({ hidden, parent }: FormItem) => boolean;
/** Asked, and on the screen. */
export declare const isShown: (scene: Filled, slot: Slot) => boolean;
export declare function repetitionOf(slots: Slots, slot: Slot): ItemSnapshot['repetition'];
/** Takes snapshots of one session, one after the other. */
export declare function createCamera(scene: Scene): () => FormSnapshot;
