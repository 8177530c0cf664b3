/**
 * Which items are enabled: FHIR R5 semantics (hl7.org/fhir/R5/questionnaire-definitions.html#Questionnaire.item.enableWhen)
 * for R4 forms too. `!=` is true when unanswered; a disabled source counts as unanswered even while its answer is kept in
 * memory; a disabled ancestor disables; any of several answers may match. Dates of different precision that cannot be told
 * apart enable, because a question too many is safer than one too few. Pure.
 */
import type { Answer, Coding, EnableWhen, Expected, Form, FormItem } from './form.js';

/** The answers kept for a linkId, enabled or not. */
export type AnswersOf = (linkId: string) => readonly Answer[];

/** Below, equal or above zero; null where the two cannot be compared; 'unsure' where precision differs. */
type Order = number | 'unsure' | null;

const sameCoding = (a: Coding, b: Coding): boolean =>
  a.code !== undefined && b.code !== undefined
    ? a.code === b.code && (a.system === undefined || b.system === undefined || a.system === b.system)
    : a.display !== undefined && a.display === b.display;

function compareDates(answer: string, expected: string): Order {
  const length = Math.min(answer.length, expected.length);
  const [a, b] = [answer.slice(0, length), expected.slice(0, length)];
  if (a !== b) return a < b ? -1 : 1;
  return answer.length === expected.length ? 0 : 'unsure';
}

/** HL7's own test form compares a Coding with strings and numbers: its code is what is meant (HEALTH §1.4). */
function compareCoding(coding: Coding, expected: Expected): Order {
  if (expected.kind === 'coding') return sameCoding(coding, expected.value) ? 0 : null;
  if (expected.kind === 'string') return coding.code === expected.value ? 0 : null;
  return expected.kind === 'number' && coding.code !== undefined && coding.code.trim() !== '' && Number(coding.code) === expected.value ? 0 : null;
}

function compare(answer: Answer, expected: Expected): Order {
  if ('valueCoding' in answer) return compareCoding(answer.valueCoding, expected);
  if ('valueBoolean' in answer) return expected.kind === 'boolean' && answer.valueBoolean === expected.value ? 0 : null;
  if ('valueDate' in answer) return expected.kind === 'date' ? compareDates(answer.valueDate, expected.value) : null;
  if ('valueString' in answer) return expected.kind === 'string' ? (answer.valueString === expected.value ? 0 : answer.valueString < expected.value ? -1 : 1) : null;
  const number = 'valueInteger' in answer ? answer.valueInteger : answer.valueDecimal;
  return expected.kind === 'number' ? number - expected.value : null;
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
  if (operator === 'exists') return (answers.length > 0) === (expected.kind === 'boolean' && expected.value);
  const orders = answers.map((answer) => compare(answer, expected));
  if (operator === '!=') return !orders.includes(0);
  return orders.some((order) => order === 'unsure' || (order !== null && matches[operator](order)));
}

/** linkIds of all enabled items. Loops were refused at load, so this ends. */
export function enabledItems(form: Form, answersOf: AnswersOf): ReadonlySet<string> {
  const known = new Map<string, boolean>();
  const isEnabled = (item: FormItem): boolean => {
    const before = known.get(item.linkId);
    if (before !== undefined) return before;
    const enabled = (item.parent === null || isEnabled(item.parent)) && ownConditionsHold(item);
    known.set(item.linkId, enabled);
    return enabled;
  };
  const ownConditionsHold = (item: FormItem): boolean => {
    if (item.enableWhen.length === 0) return true;
    const holds = (condition: EnableWhen): boolean => {
      const source = form.byLinkId.get(condition.question);
      return conditionHolds(condition, source && isEnabled(source) ? answersOf(source.linkId) : []);
    };
    return item.enableBehavior === 'all' ? item.enableWhen.every(holds) : item.enableWhen.some(holds);
  };
  return new Set(form.items.filter(isEnabled).map((item) => item.linkId));
}

/** Items of a loop in which enablement depends on itself, or an empty list. Checked once, at load. */
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
