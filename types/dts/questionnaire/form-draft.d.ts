import { type Answer, type Form } from './form.js';
import { type Kept } from './kept.js';
import type { Slot, Slots } from './slots.js';
/** Plain JSON. */
export interface FormDraft {
    readonly form: string;
    readonly answers: Readonly<Record<string, readonly Answer[]>>;
    readonly typed: Readonly<Record<string, string>>;
    /** Repetitions, by the key of the first one. */
    readonly repetitions?: Readonly<Record<string, readonly number[]>>;
}
export declare function writeDraft({ name }: Form, slots: Slots, of: (slot: Slot) => Kept): FormDraft;
/** Puts a draft in place of what was answered. False for one of another form, or none. */
export declare function readDraft(draft: unknown, form: Form, slots: Slots, set: (slot: Slot, kept: Kept | null) => void): boolean;
