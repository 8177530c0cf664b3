/**
 * Which slots are enabled: FHIR R5 semantics (hl7.org/fhir/R5/questionnaire-definitions.html#Questionnaire.item.enableWhen)
 * for R4 forms too. `!=` is true when unanswered; a source that is disabled or not reached counts as unanswered even while its
 * answer is kept in memory; a disabled ancestor disables; any of several answers may match. Dates of different precision that cannot be told
 * apart enable, because a question too many is safer than one too few. Pure.
 */
import { withSeconds } from './fhir-json.js';
import { valueOf, type Answer, type Coding, type EnableWhen, type FormItem, type Quantity } from './form.js';
import { isWithin, type Slot, type Slots } from './slots.js';

/** The answers kept in a slot, enabled or not. */
export type AnswersOf = (slot: Slot) => readonly Answer[];

/** Below, equal or above zero; null where the two cannot be compared; 'unsure' where precision differs. */
type Order = number | 'unsure' | null;

const sameCoding = (a: Coding, b: Coding): boolean =>
  a.code !== undefined && b.code !== undefined
    ? a.code === b.code && (a.system === undefined || b.system === undefined || a.system === b.system)
    : a.display !== undefined && a.display === b.display;

function compareDates(answer: string, expected: string): Order {
  if (answer.includes('T') && expected.includes('T')) return Date.parse(answer) - Date.parse(expected);
  const [day, otherDay] = [answer.slice(0, 10), expected.slice(0, 10)];
  const length = Math.min(day.length, otherDay.length);
  const [a, b] = [day.slice(0, length), otherDay.slice(0, length)];
  if (a !== b) return a < b ? -1 : 1;
  return answer.length === expected.length ? 0 : 'unsure';
}

const compareText = (answer: string, expected: string): Order => (answer === expected ? 0 : answer < expected ? -1 : 1);

/** In the same unit only: nothing here knows how many grams an ounce has. */
function compareQuantities(answer: Quantity, expected: Quantity): Order {
  const [unit, wanted] = [answer.code ?? answer.unit, expected.code ?? expected.unit];
  return unit === wanted || wanted === undefined || unit === undefined ? answer.value - expected.value : null;
}

/** HL7's own test form compares a Coding with strings and numbers: its code is what is meant. */
function compareCoding(coding: Coding, expected: Answer): Order {
  const { code = '' } = coding;
  const same = 'valueCoding' in expected ? sameCoding(coding, expected.valueCoding)
    : 'valueString' in expected ? code === expected.valueString
    : typeof valueOf(expected) === 'number' && code.trim() !== '' && Number(code) === valueOf(expected);
  return same ? 0 : null;
}

const isDay = (answer: Answer): boolean => 'valueDate' in answer || 'valueDateTime' in answer;

function compare(answer: Answer, expected: Answer | null): Order {
  if (!expected) return null;
  if ('valueCoding' in answer) return compareCoding(answer.valueCoding, expected);
  if ('valueQuantity' in answer && 'valueQuantity' in expected) return compareQuantities(answer.valueQuantity, expected.valueQuantity);
  const value = 'valueQuantity' in answer ? answer.valueQuantity.value : valueOf(answer);
  const wanted = valueOf(expected);
  if (typeof value === 'number') return typeof wanted === 'number' ? value - wanted : null;
  if (typeof value !== 'string' || typeof wanted !== 'string') return value === wanted ? 0 : null;
  if (isDay(answer)) return isDay(expected) ? compareDates(value, wanted) : null;
  if ('valueTime' in answer) return 'valueTime' in expected ? compareText(withSeconds(value), withSeconds(wanted)) : null;
  return 'valueString' in expected ? compareText(value, wanted) : null;
}

const matches: Readonly<Record<Exclude<EnableWhen['operator'], 'exists' | '!='>, (order: number) => boolean>> = {
  '=': (order) => order === 0,
  '>': (order) => order > 0,
  '<': (order) => order < 0,
  '>=': (order) => order >= 0,
  '<=': (order) => order <= 0,
};

/** Whether one condition holds for these answers of its source (none, if the source is disabled). */
export function conditionHolds(condition: EnableWhen, answers: readonly Answer[]): boolean {
  const { operator, expected } = condition;
  if (operator === 'exists') return (answers.length > 0) === (expected !== null && valueOf(expected) === true);
  const orders = answers.map((answer) => compare(answer, expected));
  if (operator === '!=') return !orders.includes(0);
  return orders.some((order) => order === 'unsure' || (order !== null && matches[operator](order)));
}

/** Whether dates of different precision leave open what a condition says of these answers; it then counts as enabling. */
export const isUnsure = ({ operator, expected }: EnableWhen, answers: readonly Answer[]): boolean => operator !== 'exists' && answers.some((answer) => compare(answer, expected) === 'unsure');

/** The nearest slots of a question: those that share most ancestors with this one. Several only where none is nearer than the others. */
export function nearest(slots: Slots, from: Slot, linkId: string): readonly Slot[] {
  const all = slots.byLinkId(linkId);
  if (all.length < 2) return all;
  for (let above: Slot | null = from; above; above = above.parent) {
    const ancestor = above;
    const within = all.filter((slot) => isWithin(slot, ancestor));
    if (within.length > 0) return within;
  }
  return all;
}

/** Several slots that are not the repetitions of one question: FHIR calls this an error; a question too many is safer than one too few. */
export const isAmbiguous = (sources: readonly Slot[]): boolean => sources.some(({ parent }) => parent !== sources[0]!.parent) || (sources.length > 1 && sources[0]!.item.type === 'group');

export interface Enabled {
  readonly enabled: ReadonlySet<Slot>;
  /** What is asked now: enabled, and every question above has an answer that this one can belong to. */
  readonly reached: ReadonlySet<Slot>;
}

/** All enabled slots. Loops were refused at load, so this ends. `gate`: what an expression says of a slot. */
export function enabledSlots(slots: Slots, answersOf: AnswersOf, gate: (slot: Slot) => boolean = () => true): Enabled {
  const known = new Map<Slot, boolean>();
  const isEnabled = (slot: Slot): boolean => {
    const before = known.get(slot);
    if (before !== undefined) return before;
    const enabled = (slot.parent === null || isEnabled(slot.parent)) && gate(slot) && ownConditionsHold(slot);
    known.set(slot, enabled);
    return enabled;
  };
  const isReached = (slot: Slot): boolean => {
    const { parent, item } = slot;
    return isEnabled(slot) && (parent === null || (isReached(parent) && (parent.item.type === 'group' || item.type === 'display' || answersOf(parent).length > 0)));
  };
  const ownConditionsHold = (slot: Slot): boolean => {
    const { enableWhen, enableBehavior } = slot.item;
    if (enableWhen.length === 0) return true;
    const holds = (condition: EnableWhen): boolean => {
      const sources = nearest(slots, slot, condition.question);
      const answers = (list: readonly Slot[]): readonly Answer[] => list.filter(isReached).flatMap(answersOf);
      return isAmbiguous(sources) ? sources.some((source) => conditionHolds(condition, answers([source]))) : conditionHolds(condition, answers(sources));
    };
    return enableBehavior === 'all' ? enableWhen.every(holds) : enableWhen.some(holds);
  };
  return { enabled: new Set(slots.all.filter(isEnabled)), reached: new Set(slots.all.filter(isReached)) };
}

/** An item of a loop in which enablement depends on itself, or null. Checked once, at load. */
export function findLoop(roots: readonly FormItem[], byLinkId: ReadonlyMap<string, FormItem>): FormItem | null {
  const state = new Map<FormItem, 'open' | 'done'>();
  const visit = (item: FormItem): FormItem | null => {
    if (state.get(item) === 'done') return null;
    if (state.get(item) === 'open') return item;
    state.set(item, 'open');
    const needs = [item.parent, ...item.enableWhen.map((condition) => byLinkId.get(condition.question))];
    for (const need of needs) {
      const found = need && visit(need);
      if (found) return found;
    }
    state.set(item, 'done');
    return null;
  };
  const all = (items: readonly FormItem[]): FormItem | null => {
    for (const item of items) {
      const found = visit(item) ?? all(item.children);
      if (found) return found;
    }
    return null;
  };
  return all(roots);
}
