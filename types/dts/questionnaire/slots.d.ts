/**
 * The items of a form as they are there now: one slot for each, several where a group or a question repeats. A slot is a place for an answer; what is in
 * it, and whether it is enabled, is for others to say.
 */
import type { Form, FormItem } from './form.js';
export interface Slot {
    readonly item: FormItem;
    /** Unique, and the same after a reload: the linkId, and behind it which repetition it is in, other than the first ones. */
    readonly key: string;
    readonly parent: Slot | null;
    /** Number of the repetition, counted from 0, never given twice. 0 where nothing repeats. */
    readonly repetition: number;
    readonly children: readonly Slot[];
}
export interface Slots {
    readonly roots: readonly Slot[];
    /** In document order. */
    readonly all: readonly Slot[];
    byKey(key: string): Slot | undefined;
    byLinkId(linkId: string): readonly Slot[];
    /** The repetitions of a slot's item beside it, itself among them. */
    siblings(slot: Slot): readonly Slot[];
    /** One more repetition behind the last one. Null where the item does not repeat or the form is too large. `repetition`: as it was in a draft. */
    add(slot: Slot, repetition?: number): Slot | null;
    /** Takes a repetition away, unless it is the only one. */
    remove(slot: Slot): boolean;
}
/** Whether a slot is this one, or stands beneath it. */
export declare const isWithin: (slot: Slot, ancestor: Slot) => boolean;
/** Starts with as many repetitions as the author wants at least, and one of everything else. */
export declare function createSlots(form: Form): Slots;
