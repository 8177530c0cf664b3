import { type Fits } from './check-answers.js';
import { type Answer, type Form, type FormItem } from './form.js';
import type { FormSession } from './form-session.js';
/** A FHIR `value[x]` object such as `{valueDate: '1950-03-14'}`; or a text, which is read in the type of the question (an option by its code or its label), a number, yes or no. */
export type PageValue = Answer | string | number | boolean;
/** Values by linkId; several where a question takes several. `locked`: the patient sees it as text and cannot change it. */
export type Prefill = Readonly<Record<string, PageValue | readonly PageValue[] | {
    readonly value: PageValue | readonly PageValue[];
    readonly locked?: boolean;
}>>;
/** Values that were found to fit, by linkId. */
export interface PageValues {
    readonly values: ReadonlyMap<string, readonly Answer[]>;
    /** linkIds whose value does not fit the question: nothing of it is used. */
    readonly refused: readonly string[];
}
/** In a QuestionnaireResponse, on an answer that the page gave and the patient did not change. */
export declare const sourceExtension = "urn:care-chat:fhir:answer-source";
/** Whether the page may know the answer. */
export declare const mayBeOfPage: (item: FormItem) => boolean;
/**
 * Reads what the page gives for a form that was just loaded, and locks there what is to be locked: call it before a session is created. A linkId that this form
 * does not have is passed over, because a page has several forms. `fits`: of the form's expressions, where it has any.
 */
export declare function readPageValues(form: Form, prefill: Prefill, fits?: Fits): PageValues;
/** Puts the values into a fresh session, and gives a session that marks those that the patient leaves as they are. */
export declare function withPageValues(session: FormSession, { values }: PageValues): FormSession;
