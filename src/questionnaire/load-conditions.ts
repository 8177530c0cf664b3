/** `enableWhen` of one item, read and judged: hl7.org/fhir/R5/questionnaire-definitions.html#Questionnaire.item.enableWhen. */
import type { Answer, EnableWhen, Operator } from './form.js';
import { answerOf, isObject, objectsOf, textOf, type Json } from './fhir-json.js';
import type { Refuse } from './load-options.js';

const operators = new Set(['=', '!=', '>', '<', '>=', '<=', 'exists']);

const answerTypes = /^answer(?=(Boolean|Integer|Decimal|Date|DateTime|Time|String|Coding|Quantity|Reference)$)/;

/** The `answer[x]` of a condition; null for a reference, which nothing here answers; undefined for none that could be compared, or several. */
function expectedOf(condition: Json): Answer | null | undefined {
  const [kind, another] = Object.keys(condition).filter((key) => answerTypes.test(key));
  if (another) return undefined;
  if (kind === 'answerReference') return null;
  return (kind && answerOf({ [kind.replace('answer', 'value')]: condition[kind] })) || undefined;
}

/** The conditions of an item; every reason against them goes to `refuse`. */
export function loadConditions(item: Json, refuse: Refuse): readonly EnableWhen[] {
  const list = item['enableWhen'];
  if (list !== undefined && !(Array.isArray(list) && list.every(isObject))) refuse('/enableWhen', 'enable-when');
  return objectsOf(list).flatMap((condition, index) => {
    const at = `/enableWhen/${index}`;
    if (condition['modifierExtension'] !== undefined) refuse(`${at}/modifierExtension`, 'modifier-extension');
    const question = textOf(condition['question']);
    const operator = textOf(condition['operator']);
    const expected = expectedOf(condition);
    if ('hasAnswer' in condition) refuse(`${at}/hasAnswer`, 'stu3');
    else if (!question || !operator || !operators.has(operator) || expected === undefined || (operator === 'exists' && !(expected && 'valueBoolean' in expected))) refuse(at, 'enable-when');
    else return [{ question, operator: operator as Operator, expected }];
    return [];
  });
}
