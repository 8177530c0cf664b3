/**
 * One person filling in one form: answers go in, a new frozen snapshot comes out. Answers of disabled items are kept, so that a
 * mis-tap is harmless, and never leave. Knows codes and parameters, no sentences; no screen, no clock.
 */
import { type ReadonlySnapshot } from '../base/snapshot.js';
import type { FormAnswer, FormAnsweredBody } from '../protocol/types.js';
import { type Fits } from './check-answers.js';
import { type Answer, type AnswerError, type Finding, type Form } from './form.js';
import { type FormDraft } from './form-draft.js';
import { type FormSnapshot } from './form-snapshot.js';
import { type Slot, type Slots } from './slots.js';
import { type AnswerWords, type Filled, type ResponseOptions } from './write-response.js';
export interface ItemProblem {
    readonly key: string;
    readonly linkId: string;
    readonly error: AnswerError;
}
export interface FormSession {
    readonly form: Form;
    readonly snapshot: ReadonlySnapshot<FormSnapshot>;
    /** Sets the answers of a slot. False for an unknown key, a group, a display or what is read-only. */
    answer(key: string, answers: readonly Answer[]): boolean;
    /** Sets the text of a field; it is read in the type of the item. `problem` overrides what the text says, where a control knows better. */
    type(key: string, text: string, problem?: AnswerError['code']): boolean;
    /** Chooses or un-chooses an option, or the unit of a quantity; exclusive options and single choices let go of the others. */
    choose(key: string, value: Answer, on: boolean): boolean;
    /** An open choice: the answer beside the options, to be typed. */
    chooseOther(key: string, on: boolean): boolean;
    /** One more of what repeats, behind the last one: its key. Null where there may be no more. */
    add(key: string): string | null;
    remove(key: string): boolean;
    /** The person left the field: from now on its mistakes show, but not yet that it is empty. */
    leave(key: string): void;
    /** Checks every shown question and the form as a whole (key and linkId empty), and shows what is wrong; in document order. */
    validate(): readonly ItemProblem[];
    /** What is wrong with one question, shown or not. */
    check(key: string): AnswerError | null;
    /** Whether a slot is asked: enabled, and what it stands beneath is there and answered. */
    reached(key: string): boolean;
    /** Answers of disabled items never leave. */
    toResponse(options: ResponseOptions): Record<string, unknown>;
    toFormAnswers(words: AnswerWords): readonly FormAnswer[];
    /** Both together: the body of `form.answered`, in the language of the snapshot. Validate first. `authored` is an ISO instant. */
    toBody(purpose: FormPurpose, authored: string, words: AnswerWords): FormBody;
    toDraft(): FormDraft;
    /** Takes up a draft of the same form and version, in place of what was answered; what does not fit is left out. False for any other draft. */
    restore(draft: unknown): boolean;
    /** The places of the answers; `fill-response.ts` finds where others belong. */
    readonly slots: Slots;
    /** Takes up answers that were found to belong in these slots, read-only and computed ones too. `anew`: in place of everything. */
    take(answers: ReadonlyMap<Slot, readonly Answer[]>, anew: boolean): void;
    /** What is computed in the form, if anything. */
    readonly expressions: Expressions | null;
    setLang(lang: string): void;
}
/** The body of `form.answered` (protocol README), and what a form can be for. */
export type FormBody = FormAnsweredBody;
export type FormPurpose = FormBody['purpose'];
/** What a form with expressions or patterns works with: `expressions.ts`, loaded only where it is needed. */
export interface Expressions {
    /** Computes until nothing changes any more. */
    settle(world: ExpressionWorld): void;
    /** What is answered before anybody answers (`initialExpression`). */
    initial(world: ExpressionWorld): void;
    /** Whether an expression keeps a slot enabled. */
    gate(slot: Slot): boolean;
    allows(slot: Slot, option: Answer): boolean;
    textOf(slot: Slot): string | null;
    /** The constraint that does not hold, the worst one first. */
    violated(slot: Slot): {
        readonly severity: 'error' | 'warning';
        readonly error: AnswerError;
    } | null;
    /** Constraints of the whole form that do not hold. */
    violatedByForm(): readonly AnswerError[];
    /** Whether a text has a pattern of the form. */
    readonly fits: Fits;
    readonly warnings: readonly Finding[];
}
/** What expressions see of a session, and may do in it. */
export interface ExpressionWorld extends Filled {
    readonly slots: Slots;
    readonly lang: string;
    /** Sets what was computed, unless the person said something else. True if that changed anything. */
    compute(slot: Slot, answers: readonly Answer[]): boolean;
    /** What is enabled follows what the expressions say by now. */
    reach(): void;
}
/** Starts a session with the form's initial values. `expressions`: of `loadExpressions(form)`, which a form with expressions needs. */
export declare function createFormSession(form: Form, expressions?: Expressions | null): FormSession;
