/**
 * One person filling in one form: answers go in, a new frozen snapshot comes out. Answers of disabled items are kept, so that a
 * mis-tap is harmless, and never leave. Knows codes and parameters, no sentences; no screen, no clock.
 */
import { createSnapshot, type ReadonlySnapshot } from '../base/snapshot.js';
import type { FormAnswer, FormAnsweredBody } from '../protocol/types.js';
import { checkAnswers, checkCount, sameAnswer, type Fits } from './check-answers.js';
import { enabledSlots } from './enablement.js';
import { isQuestion, isRepeated, valueOf, wordingIn, type Answer, type AnswerError, type Finding, type Form, type FormItem } from './form.js';
import { readDraft, writeDraft, type FormDraft } from './form-draft.js';
import { createCamera, isHidden, isShown, repetitionOf, type FormSnapshot, type Scene } from './form-snapshot.js';
import { choose, chooseOther, keep, nothing, typeInto, type Kept } from './kept.js';
import { createSlots, isWithin, type Slot, type Slots } from './slots.js';
import { writeFormAnswers, writeResponse, type AnswerWords, type Filled, type ResponseOptions } from './write-response.js';

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
  violated(slot: Slot): { readonly severity: 'error' | 'warning'; readonly error: AnswerError } | null;
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
export function createFormSession(form: Form, expressions: Expressions | null = null): FormSession {
  if (form.hasExpressions && !expressions) throw new Error('This form has expressions or patterns: give createFormSession what loadExpressions(form) gives.');
  const slots = createSlots(form);
  const held = new Map<string, Kept>();
  /** Slots whose mistakes show; `all`: also that a required answer is missing. */
  const checked = new Map<string, 'filled' | 'all'>();
  let validated = false;
  let lang = form.lang;
  let enabled: ReadonlySet<Slot> = new Set();
  let reached: ReadonlySet<Slot> = new Set();
  const of = (slot: Slot): Kept => held.get(slot.key) ?? nothing;
  const answersOf = (slot: Slot): readonly Answer[] => of(slot).answers;

  const begin = (slot: Slot, index: number): void => {
    const { item } = slot;
    const initial = isRepeated(item) ? item.initial.slice(index, index + 1) : item.repeats ? item.initial : item.initial.slice(0, 1);
    if (initial.length > 0) held.set(slot.key, keep(item, initial, false));
  };

  const reach = (): void => void ({ enabled, reached } = enabledSlots(slots, answersOf, expressions?.gate));

  /** Of what repeats, the first one answers for how many there are; one that is empty is no mistake while another is not. */
  const countError = (slot: Slot): AnswerError | null => {
    const count = slots.siblings(slot).filter((one) => reached.has(one) && answersOf(one).length > 0).length;
    return count === 0 ? (slot.item.required ? { code: 'required', params: {} } : null) : checkCount(slot.item, count);
  };
  const errorOf = (slot: Slot): AnswerError | null => {
    const { item } = slot;
    const { error, answers } = of(slot);
    const own = error ?? (!isQuestion(item) || (isRepeated(item) && answers.length === 0) ? null : checkAnswers(item, answers, expressions?.fits));
    if (own) return own;
    const counted = isQuestion(item) && isRepeated(item) && slots.siblings(slot)[0] === slot ? countError(slot) : null;
    const violated = expressions?.violated(slot);
    return counted ?? (violated?.severity === 'error' ? violated.error : null);
  };

  const scene: Scene & ExpressionWorld = {
    form, slots, of, answersOf, reach,
    roots: slots.roots,
    get lang() {
      return lang;
    },
    enabled: (slot) => enabled.has(slot),
    reached: (slot) => reached.has(slot),
    textOf: (slot) => expressions?.textOf(slot) ?? (slot.item.text ? wordingIn(slot.item.text, lang, form.language) : ''),
    allows: (slot, option) => !expressions || expressions.allows(slot, option),
    errorOf(slot) {
      const error = checked.has(slot.key) && isShown(scene, slot) && !slot.item.readOnly ? errorOf(slot) : null;
      return error?.code === 'required' && checked.get(slot.key) === 'filled' ? null : error;
    },
    cautionOf(slot) {
      const violated = expressions?.violated(slot);
      return violated?.severity === 'warning' && answersOf(slot).length > 0 ? violated.error : null;
    },
    formErrors: () => (validated && expressions?.violatedByForm()) || [],
    compute(slot, answers) {
      const before = of(slot);
      if (before.said || (before.answers.length === answers.length && before.answers.every((answer, index) => sameAnswer(answer, answers[index]!)))) return false;
      held.set(slot.key, keep(slot.item, answers, false));
      reach();
      return true;
    },
  };
  const settle = (): void => {
    reach();
    if (!expressions) return;
    expressions.settle(scene);
    reach();
  };

  for (const slot of slots.all) begin(slot, slots.siblings(slot).indexOf(slot));
  settle();
  if (expressions) {
    expressions.initial(scene);
    settle();
  }
  const shoot = createCamera(scene);
  const snapshot = createSnapshot(shoot());
  const show = (): void => {
    settle();
    snapshot.set(shoot());
  };
  const change = (key: string, next: (item: FormItem, kept: Kept) => Kept | null): boolean => {
    const slot = slots.byKey(key);
    const kept = slot && isQuestion(slot.item) && !slot.item.readOnly ? next(slot.item, of(slot)) : null;
    if (!kept) return false;
    held.set(key, kept);
    show();
    return true;
  };
  const toFormAnswers = (words: AnswerWords): readonly FormAnswer[] =>
    writeFormAnswers(scene, slots.all.filter((slot) => reached.has(slot) && (!isHidden(slot.item) || answersOf(slot).length > 0)), lang, words);

  return {
    form, snapshot, slots, expressions,
    answer: (key, answers) => change(key, (item) => {
      const given = answers.filter((answer) => valueOf(answer) !== '');
      return keep(item, given, given.length > 0);
    }),
    type: (key, text, code) => change(key, (item, kept) => typeInto(item, kept, text, code)),
    choose: (key, value, on) => change(key, (item, kept) => choose(item, kept, value, on)),
    chooseOther: (key, on) => change(key, (item, kept) => chooseOther(item, kept, on)),
    add(key) {
      const slot = slots.byKey(key);
      const added = slot && repetitionOf(slots, slot)?.canAdd ? slots.add(slot) : null;
      if (!added) return null;
      for (const one of slots.all) if (!held.has(one.key) && isWithin(one, added)) begin(one, one === added ? Infinity : 0);
      show();
      return added.key;
    },
    remove(key) {
      const slot = slots.byKey(key);
      if (!slot || !repetitionOf(slots, slot)?.canRemove) return false;
      for (const { key: gone } of slots.all.filter((one) => isWithin(one, slot))) for (const known of [held, checked]) known.delete(gone);
      slots.remove(slot);
      show();
      return true;
    },
    leave(key) {
      const slot = slots.byKey(key);
      if (!slot) return;
      const { typed, error } = of(slot);
      if (checked.has(key) || (typed.trim() === '' && !error)) return;
      checked.set(key, 'filled');
      snapshot.set(shoot());
    },
    validate() {
      validated = true;
      for (const slot of slots.all) checked.set(slot.key, 'all');
      snapshot.set(shoot());
      const { items, errors } = snapshot.value;
      return [...items.flatMap(({ key, linkId, error }) => (error ? [{ key, linkId, error }] : [])), ...errors.map((error) => ({ key: '', linkId: '', error }))];
    },
    check(key) {
      const slot = slots.byKey(key);
      return slot && isQuestion(slot.item) ? errorOf(slot) : null;
    },
    reached(key) {
      const slot = slots.byKey(key);
      return slot !== undefined && reached.has(slot);
    },
    toResponse: (options) => writeResponse(scene, options),
    toFormAnswers,
    toBody(purpose, authored, words) {
      const { title } = snapshot.value;
      return {
        form: { questionnaire: form.name, ...(title !== null && { title: title.slice(0, 300) }) },
        purpose,
        answers: [...toFormAnswers(words)],
        response: writeResponse(scene, { authored, lang }),
      };
    },
    toDraft: () => writeDraft(form, slots, of),
    restore(draft) {
      const set = ({ key }: Slot, kept: Kept | null): void => void (kept ? held.set(key, kept) : held.delete(key));
      const taken = readDraft(draft, form, slots, set);
      if (taken) show();
      return taken;
    },
    take(answers, anew) {
      if (anew) held.clear();
      // What is computed and nobody can change is computed again.
      for (const [{ key, item }, given] of answers) held.set(key, keep(item, given, !item.readOnly && !isHidden(item)));
      show();
    },
    setLang(next) {
      lang = next;
      show();
    },
  };
}
