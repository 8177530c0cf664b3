/** What a slot holds: the answers, and what its field shows. Each change of the person gives a new one, or null where it cannot be. Pure. */
import { sameAnswer } from './check-answers.js';
import type { Answer, AnswerError, Coding, FormItem } from './form.js';
import { kindOfType } from './load-item.js';
import { parseTyped, toTyped } from './parse-typed.js';

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

export const nothing: Kept = { answers: [], typed: '', other: false, unit: null, error: null, said: false };

const isOption = (item: FormItem, answer: Answer): boolean => item.options.some((option) => sameAnswer(option.value, answer));
const isExclusive = (item: FormItem, answer: Answer): boolean => item.options.some((option) => option.exclusive && sameAnswer(option.value, answer));

/** What an answer looks like in a field. */
export function keep(item: FormItem, answers: readonly Answer[], said: boolean): Kept {
  const [first] = answers;
  const free = item.type === 'choice' ? answers.find((answer) => !isOption(item, answer)) : first;
  const unit = first && 'valueQuantity' in first ? item.units.find(({ value }) => 'valueCoding' in value && (value.valueCoding.code ?? value.valueCoding.display) === (first.valueQuantity.code ?? first.valueQuantity.unit)) : undefined;
  return { answers, typed: toTyped(free), other: item.type === 'choice' && free !== undefined, unit: unit && 'valueCoding' in unit.value ? unit.value.valueCoding : null, error: null, said };
}

/** Whether an answer is of a type this item can have; for choices, one of its options or what may be said beside them. */
export const suits = (item: FormItem, answer: Answer): boolean =>
  item.type === 'choice' ? isOption(item, answer) || (item.open !== null && item.open in answer) : item.type !== 'group' && item.type !== 'display' && kindOfType[item.type] in answer;

/** A unit that is alone is the one. */
const onlyUnit = ({ units }: FormItem): Coding | null => {
  const value = units.length === 1 ? units[0]!.value : null;
  return value && 'valueCoding' in value ? value.valueCoding : null;
};

/** In the order of the options, so that what leaves does not depend on the order of taps; what is said beside them comes last. */
const inOrder = (item: FormItem, answers: readonly Answer[]): readonly Answer[] => {
  const rank = (answer: Answer): number => (item.options.findIndex((option) => sameAnswer(option.value, answer)) + 1) || item.options.length + 1;
  return [...answers].sort((a, b) => rank(a) - rank(b));
};

function typeOther(item: FormItem, kept: Kept, text: string): Kept {
  const parsed = parseTyped(item, text);
  const beside = item.repeats ? kept.answers.filter((answer) => isOption(item, answer) && !isExclusive(item, answer)) : [];
  return { ...kept, ...parsed, answers: [...beside, ...parsed.answers], typed: text, other: true, said: true };
}

/** The text of a field, read in the type of the item. `code`: what is wrong with it, where a control knows better. */
export function typeInto(item: FormItem, kept: Kept, text: string, code?: AnswerError['code']): Kept | null {
  if (item.type === 'boolean' || item.type === 'attachment') return null;
  if (item.type === 'choice') return item.open === null ? null : typeOther(item, kept, text);
  const unit = kept.unit ?? onlyUnit(item);
  const parsed = code === undefined ? parseTyped(item, text, unit) : { answers: [], error: { code, params: {} } };
  return { ...parsed, typed: text, other: false, unit, said: text.trim() !== '' };
}

function chooseUnit(item: FormItem, kept: Kept, unit: Coding, on: boolean): Kept | null {
  if (!item.units.some(({ value }) => sameAnswer(value, { valueCoding: unit }))) return null;
  const chosen = on ? unit : null;
  return { ...kept, ...parseTyped(item, kept.typed, chosen), unit: chosen };
}

/** An option, or the unit of a quantity; exclusive options and single choices let go of the others. */
export function choose(item: FormItem, kept: Kept, value: Answer, on: boolean): Kept | null {
  if (item.type === 'quantity' && 'valueCoding' in value) return chooseUnit(item, kept, value.valueCoding, on);
  if (!suits(item, value)) return null;
  if (item.type !== 'choice') return keep(item, on ? [value] : [], on);
  const alone = on && (!item.repeats || isExclusive(item, value));
  const stay = alone ? [] : kept.answers.filter((answer) => !sameAnswer(answer, value) && !(on && isExclusive(item, answer)));
  const next = keep(item, inOrder(item, on ? [...stay, value] : stay), true);
  const { other, typed, error } = kept;
  // What is being written beside the options is not an answer yet, and stays all the same.
  return other && item.repeats && !alone ? { ...next, other, typed, error } : next;
}

/** The answer beside the options of an open choice, to be typed. */
export function chooseOther(item: FormItem, kept: Kept, on: boolean): Kept | null {
  if (item.open === null) return null;
  return on ? typeOther(item, kept, kept.typed) : { ...kept, answers: kept.answers.filter((answer) => isOption(item, answer)), other: false, error: null };
}
