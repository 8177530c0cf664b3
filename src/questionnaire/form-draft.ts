/** What is kept of an unfinished form, and taken up again: of the same form and version only; what does not fit is left out. */
import { answerOf, isObject } from './fhir-json.js';
import { isQuestion, isRepeated, type Answer, type Form } from './form.js';
import { keep, nothing, suits, typeInto, type Kept } from './kept.js';
import type { Slot, Slots } from './slots.js';

/** Plain JSON. */
export interface FormDraft {
  readonly form: string;
  readonly answers: Readonly<Record<string, readonly Answer[]>>;
  readonly typed: Readonly<Record<string, string>>;
  /** Repetitions, by the key of the first one. */
  readonly repetitions?: Readonly<Record<string, readonly number[]>>;
}

export function writeDraft({ name }: Form, slots: Slots, of: (slot: Slot) => Kept): FormDraft {
  const answers = new Map<string, readonly Answer[]>();
  const typed = new Map<string, string>();
  const repetitions = new Map<string, readonly number[]>();
  for (const slot of slots.all) {
    const { key, item } = slot;
    const kept = of(slot);
    const all = isRepeated(item) ? slots.siblings(slot) : [];
    // What FHIR has no room for, such as a number beyond 32 bits, is not read again as an answer, but as it was typed.
    const lasting = kept.answers.filter((answer) => answerOf(answer) !== null);
    if (lasting.length > 0) answers.set(key, lasting);
    if (kept.typed !== '' && (kept.error !== null || lasting.length < Math.max(kept.answers.length, 1))) typed.set(key, kept.typed);
    if (all.length > 1 && all[0] === slot) repetitions.set(key, all.map(({ repetition }) => repetition));
  }
  return { form: name, answers: Object.fromEntries(answers), typed: Object.fromEntries(typed), ...(repetitions.size > 0 && { repetitions: Object.fromEntries(repetitions) }) };
}

/** From the outside in, because what stands within a repetition is there only once that is. */
function readRepetitions(wanted: unknown, slots: Slots): void {
  if (!isObject(wanted)) return;
  for (let depth = 0; depth < 12; depth++) {
    for (const [key, numbers] of Object.entries(wanted)) {
      const slot = slots.byKey(key);
      if (slot && Array.isArray(numbers)) for (const number of numbers.slice(0, 100)) if (Number.isSafeInteger(number) && number >= 0) slots.add(slot, number as number);
    }
  }
}

const ownOf = (object: unknown, key: string): unknown => (isObject(object) && Object.hasOwn(object, key) ? object[key] : undefined);

/** What a draft says of one slot; null for nothing. */
function readSlot({ item, key }: Slot, answers: unknown, typed: unknown): Kept | null {
  const stored = ownOf(answers, key);
  const text = ownOf(typed, key);
  const fitting = (Array.isArray(stored) ? stored : []).map(answerOf).filter((answer): answer is Answer => answer !== null && suits(item, answer));
  const kept = fitting.length > 0 ? keep(item, item.repeats && !isRepeated(item) ? fitting : fitting.slice(0, 1), true) : null;
  // Beside options, text that is not an answer yet does not take their place.
  const read = typeof text === 'string' ? typeInto(item, kept ?? nothing, text) : null;
  return read ? { ...read, said: true } : kept;
}

/** Puts a draft in place of what was answered. False for one of another form, or none. */
export function readDraft(draft: unknown, form: Form, slots: Slots, set: (slot: Slot, kept: Kept | null) => void): boolean {
  if (!isObject(draft) || draft['form'] !== form.name) return false;
  readRepetitions(draft['repetitions'], slots);
  for (const slot of slots.all) if (isQuestion(slot.item) && !slot.item.readOnly) set(slot, readSlot(slot, draft['answers'], draft['typed']));
  return true;
}
