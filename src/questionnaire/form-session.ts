/**
 * One person filling in one form: answers go in, a new frozen snapshot comes out. Answers of disabled items are kept, so that a
 * mis-tap is harmless, and never leave. Knows codes and parameters, no sentences; no screen, no clock.
 */
import { createSnapshot, type ReadonlySnapshot } from '../base/snapshot.js';
import type { FormAnswer, FormAnsweredBody } from '../protocol/types.js';
import { checkAnswers, sameAnswer } from './check-answers.js';
import { enabledItems } from './enablement.js';
import { answerOf, isObject } from './fhir-json.js';
import { isQuestion, wordingIn, type Answer, type AnswerError, type Form, type FormItem, type Wording } from './form.js';
import { kindOfType } from './load-item.js';
import { datePrecision, parseTyped, toTyped } from './parse-typed.js';
import { writeFormAnswers, writeResponse, type AnswerWords, type ResponseOptions } from './write-response.js';

export interface OptionSnapshot {
  readonly value: Answer;
  readonly label: string;
  readonly prefix: string | null;
  readonly exclusive: boolean;
  readonly chosen: boolean;
}

/** An item with its texts in the language of the snapshot and what has become of it. */
export interface ItemSnapshot extends Omit<FormItem, 'text' | 'prefix' | 'help' | 'unit' | 'entryFormat' | 'options' | 'children'> {
  /** In the language of the snapshot. Empty for a group without a heading. */
  readonly text: string;
  readonly prefix: string | null;
  readonly help: readonly string[];
  readonly unit: string | null;
  readonly entryFormat: string | null;
  /** Dates: how much of one is asked for. */
  readonly precision: 'day' | 'month' | 'year';
  readonly options: readonly OptionSnapshot[];
  /** By the rules of `enableWhen`. */
  readonly enabled: boolean;
  /** Enabled, not hidden by the author, and the question above it, if any, is answered. */
  readonly shown: boolean;
  readonly answers: readonly Answer[];
  /** What the text field holds, also where it is not an answer (yet). */
  readonly typed: string;
  readonly error: AnswerError | null;
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
}

/** What is kept of an unfinished form. Plain JSON. */
export interface FormDraft {
  readonly form: string;
  readonly answers: Readonly<Record<string, readonly Answer[]>>;
  readonly typed: Readonly<Record<string, string>>;
}

export interface ItemProblem {
  readonly linkId: string;
  readonly error: AnswerError;
}

export interface FormSession {
  readonly form: Form;
  readonly snapshot: ReadonlySnapshot<FormSnapshot>;
  /** Sets the answers of a question. False for an unknown linkId, a group, a display or a read-only item. */
  answer(linkId: string, answers: readonly Answer[]): boolean;
  /** Sets the text of a field; it is read in the type of the item. `problem` overrides what the text says, where a control knows better. */
  type(linkId: string, text: string, problem?: AnswerError['code']): boolean;
  /** Chooses or un-chooses an option; exclusive options and single choices let go of the others. */
  choose(linkId: string, value: Answer, on: boolean): boolean;
  /** The person left the field: from now on its mistakes show, but not yet that it is empty. */
  leave(linkId: string): void;
  /** Checks every shown question and shows what is wrong; in document order. */
  validate(): readonly ItemProblem[];
  /** Answers of disabled items never leave. */
  toResponse(options: ResponseOptions): Record<string, unknown>;
  toFormAnswers(words: AnswerWords): readonly FormAnswer[];
  /** Both together: the body of `form.answered`, in the language of the snapshot. Validate first. `authored` is an ISO instant. */
  toBody(purpose: FormPurpose, authored: string, words: AnswerWords): FormBody;
  toDraft(): FormDraft;
  /** Takes up a draft of the same form and version, in place of what was answered; what does not fit is left out. False for any other draft. */
  restore(draft: unknown): boolean;
  setLang(lang: string): void;
}

/** The body of `form.answered` (protocol README), and what a form can be for. */
export type FormBody = FormAnsweredBody;
export type FormPurpose = FormBody['purpose'];

interface Kept {
  readonly answers: readonly Answer[];
  readonly typed: string;
  readonly error: AnswerError | null;
}

const nothing: Kept = { answers: [], typed: '', error: null };

const keep = (answers: readonly Answer[]): Kept => ({ answers, typed: toTyped(answers[0]), error: null });

/** Whether an answer is of a type this item can have; for choices, one of its options. */
const suits = (item: FormItem, answer: Answer): boolean =>
  item.type === 'choice' ? item.options.some((option) => sameAnswer(option.value, answer)) : item.type !== 'group' && item.type !== 'display' && kindOfType[item.type] in answer;

/** Starts a session with the form's initial values. */
export function createFormSession(form: Form): FormSession {
  const kept = new Map<string, Kept>(form.items.filter((item) => item.initial.length > 0).map((item) => [item.linkId, keep(item.initial)]));
  /** Items whose mistakes show; `all`: also that a required answer is missing. */
  const checked = new Map<string, 'filled' | 'all'>();
  let lang = form.lang;
  const of = (linkId: string): Kept => kept.get(linkId) ?? nothing;

  /** What is asked now: enabled, and every question above has an answer that this one can belong to. */
  const reach = (): { enabled: ReadonlySet<string>; reached: ReadonlySet<string> } => {
    const enabled = enabledItems(form, (linkId) => of(linkId).answers);
    const reached = new Set<string>();
    for (const item of form.items) {
      const { parent } = item;
      const open = parent === null || (reached.has(parent.linkId) && (parent.type === 'group' || of(parent.linkId).answers.length > 0));
      if (open && enabled.has(item.linkId)) reached.add(item.linkId);
    }
    return { enabled, reached };
  };
  const isHidden = (item: FormItem): boolean => item.hidden || (item.parent !== null && isHidden(item.parent));
  const errorOf = (item: FormItem): AnswerError | null => of(item.linkId).error ?? checkAnswers(item, of(item.linkId).answers);

  const render = (): FormSnapshot => {
    const { enabled, reached } = reach();
    const say = (wording: Wording | null): string | null => wording && wordingIn(wording, lang, form.language);
    const items: ItemSnapshot[] = [];
    const shoot = (item: FormItem): ItemSnapshot => {
      const { answers, typed } = of(item.linkId);
      const shown = reached.has(item.linkId) && !isHidden(item);
      const error = shown && isQuestion(item) && !item.readOnly && checked.has(item.linkId) ? errorOf(item) : null;
      const at = items.length;
      items.length++;
      return (items[at] = Object.freeze<ItemSnapshot>({
        ...item, precision: datePrecision(item),
        text: say(item.text) ?? '', prefix: say(item.prefix), help: item.help.map((help) => say(help)!), unit: say(item.unit), entryFormat: say(item.entryFormat),
        options: item.options.map((option) => ({ ...option, label: say(option.label)!, chosen: answers.some((answer) => sameAnswer(answer, option.value)) })),
        enabled: enabled.has(item.linkId), shown, answers, typed,
        error: error?.code === 'required' && checked.get(item.linkId) === 'filled' ? null : error,
        children: item.children.map(shoot),
      }));
    };
    const roots = form.roots.map(shoot);
    const asked = items.filter((item) => item.shown && item.type !== 'group' && item.type !== 'display');
    return Object.freeze<FormSnapshot>({ lang, title: say(form.title), roots, items, asked: asked.length, answered: asked.filter((item) => item.answers.length > 0).length });
  };

  const snapshot = createSnapshot(render());
  const show = (): void => snapshot.set(render());
  const editable = (linkId: string): FormItem | null => {
    const item = form.byLinkId.get(linkId);
    return item && isQuestion(item) && !item.readOnly ? item : null;
  };
  const set = (linkId: string, next: Kept): true => {
    kept.set(linkId, next);
    show();
    return true;
  };
  const live = (): ((item: FormItem) => readonly Answer[]) => {
    const { reached } = reach();
    return (item) => (reached.has(item.linkId) ? of(item.linkId).answers : []);
  };

  const toFormAnswers = (words: AnswerWords): readonly FormAnswer[] => {
    const { reached } = reach();
    return writeFormAnswers(form, (item) => reached.has(item.linkId) && (!isHidden(item) || of(item.linkId).answers.length > 0), live(), lang, words);
  };

  return {
    form,
    snapshot,
    answer: (linkId, answers) => editable(linkId) !== null && set(linkId, keep([...answers])),
    type(linkId, text, code) {
      const item = editable(linkId);
      if (!item || item.type === 'choice' || item.type === 'boolean') return false;
      const parsed = code === undefined ? parseTyped(item, text) : { answers: [], error: { code, params: {} } };
      return set(linkId, { ...parsed, typed: text });
    },
    choose(linkId, value, on) {
      const item = editable(linkId);
      if (!item || !suits(item, value)) return false;
      const others = of(linkId).answers.filter((answer) => !sameAnswer(answer, value));
      const exclusive = (answer: Answer): boolean => item.options.some((option) => option.exclusive && sameAnswer(option.value, answer));
      const stay = !on ? others : !item.repeats || exclusive(value) ? [] : others.filter((answer) => !exclusive(answer));
      const chosen = on ? [...stay, value] : stay;
      // In the order of the options, so that what leaves does not depend on the order of taps.
      const rank = (answer: Answer): number => item.options.findIndex((option) => sameAnswer(option.value, answer));
      return set(linkId, keep([...chosen].sort((a, b) => rank(a) - rank(b))));
    },
    leave(linkId) {
      const { typed, error } = of(linkId);
      if (checked.has(linkId) || (typed.trim() === '' && !error)) return;
      checked.set(linkId, 'filled');
      show();
    },
    validate() {
      for (const item of form.items) if (isQuestion(item)) checked.set(item.linkId, 'all');
      show();
      return snapshot.value.items.flatMap(({ linkId, error }) => (error ? [{ linkId, error }] : []));
    },
    toResponse: (options) => writeResponse(form, live(), options),
    toFormAnswers,
    toBody(purpose, authored, words) {
      const { title } = snapshot.value;
      return {
        form: { questionnaire: form.name, ...(title !== null && { title: title.slice(0, 300) }) },
        purpose,
        answers: [...toFormAnswers(words)],
        response: writeResponse(form, live(), { authored, lang }),
      };
    },
    toDraft() {
      const all = [...kept];
      return {
        form: form.name,
        answers: Object.fromEntries(all.filter(([, { answers }]) => answers.length > 0).map(([linkId, { answers }]) => [linkId, answers])),
        typed: Object.fromEntries(all.filter(([, { answers, typed }]) => answers.length === 0 && typed !== '').map(([linkId, { typed }]) => [linkId, typed])),
      };
    },
    restore(draft) {
      if (!isObject(draft) || draft['form'] !== form.name) return false;
      const { answers, typed } = draft;
      for (const item of form.items.filter((candidate) => isQuestion(candidate) && !candidate.readOnly)) {
        const stored = isObject(answers) && Object.hasOwn(answers, item.linkId) ? answers[item.linkId] : undefined;
        const fitting = (Array.isArray(stored) ? stored : []).map(answerOf).filter((answer): answer is Answer => answer !== null && suits(item, answer));
        const text = isObject(typed) && Object.hasOwn(typed, item.linkId) ? typed[item.linkId] : undefined;
        if (fitting.length > 0) kept.set(item.linkId, keep(item.repeats ? fitting : fitting.slice(0, 1)));
        else if (typeof text === 'string') kept.set(item.linkId, { ...parseTyped(item, text), typed: text });
        else kept.delete(item.linkId);
      }
      show();
      return true;
    },
    setLang(next) {
      lang = next;
      show();
    },
  };
}
