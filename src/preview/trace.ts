/** Why things are as they are, for an author: which conditions of an item hold, and which rules of a pack. Pure. */
import { conditionHolds, nearest } from '../questionnaire/enablement.js';
import { valueOf, type Answer, type EnableWhen } from '../questionnaire/form.js';
import type { FormSession } from '../questionnaire/form-session.js';
import type { ItemSnapshot } from '../questionnaire/form-snapshot.js';
import { findExpressions } from '../questionnaire/load-expressions.js';
import type { Checker } from '../triage/checker.js';
import { truthOf, type Truth } from '../triage/evaluate.js';
import type { Slot } from '../questionnaire/slots.js';

export interface ConditionTrace {
  readonly words: string;
  readonly holds: boolean;
}

export interface ItemTrace {
  readonly item: ItemSnapshot;
  readonly state: 'shown' | 'hidden by the author' | 'waits for the answer above' | 'disabled';
  /** Whether one condition is enough, or all are needed; empty for an item without. */
  readonly conditions: readonly ConditionTrace[];
  readonly needs: 'all' | 'any';
}

export interface RuleTrace {
  readonly id: string;
  readonly level: string;
  readonly truth: Truth;
  /** The one that decides: the first that holds, or may. */
  readonly decides: boolean;
}

/** An answer in an author's terms: its code rather than its text. */
export const answerInCode = (answer: Answer): string => {
  if ('valueCoding' in answer) return answer.valueCoding.code ?? answer.valueCoding.display ?? '';
  if ('valueQuantity' in answer) return `${answer.valueQuantity.value} ${answer.valueQuantity.unit ?? answer.valueQuantity.code ?? ''}`.trim();
  if ('valueAttachment' in answer) return answer.valueAttachment.title ?? answer.valueAttachment.contentType ?? 'a file';
  return String(valueOf(answer));
};

const conditionInWords = ({ question, operator, expected }: EnableWhen): string => {
  if (operator === 'exists') return `${question} ${expected && valueOf(expected) === true ? 'is answered' : 'is not answered'}`;
  return `${question} ${operator} ${expected ? answerInCode(expected) : 'a reference'}`;
};

const stateOf = ({ shown, enabled, hidden }: ItemSnapshot): ItemTrace['state'] => (shown ? 'shown' : !enabled ? 'disabled' : hidden ? 'hidden by the author' : 'waits for the answer above');

/** Every item as it is now, in document order. */
export function traceItems(session: FormSession): readonly ItemTrace[] {
  const { items } = session.snapshot.value;
  const byKey = new Map(items.map((item) => [item.key, item]));
  const computed = findExpressions(session.form).items;
  const given = (slot: Slot): readonly Answer[] => {
    const source = byKey.get(slot.key);
    return source?.enabled ? source.answers : [];
  };
  return items.map((item) => {
    const slot = session.slots.byKey(item.key)!;
    const gate = computed.get(slot.item)?.enableWhen;
    return {
      item, state: stateOf(item), needs: item.enableBehavior === 'all' ? 'all' : 'any',
      conditions: [
        ...item.enableWhen.map((condition) => ({ words: conditionInWords(condition), holds: conditionHolds(condition, nearest(session.slots, slot, condition.question).flatMap(given)) })),
        ...(gate ? [{ words: gate.text, holds: session.expressions!.gate(slot) }] : []),
      ],
    };
  });
}

/** Every rule of a pack, most urgent first. */
export function traceRules({ pack, answers }: Checker): readonly RuleTrace[] {
  const given = answers();
  const truths = pack.rules.map(({ when }) => truthOf(when, pack, given));
  const decides = truths.findIndex((truth) => truth !== 'no');
  return pack.rules.map(({ id, level }, index) => ({ id, level, truth: truths[index]!, decides: index === decides }));
}
