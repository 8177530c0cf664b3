/**
 * The FHIRPath expressions of a form, found and judged but not parsed. Loaded with the evaluator (`expressions.ts`), only where a form has expressions.
 * SDC: build.fhir.org/ig/HL7/sdc/expressions.html. Other languages (CQL, `x-fhir-query`) would need a server, and are refused.
 */
import type { Answer, Finding, Form, FormItem, Wording } from './form.js';
import { answerOf, extensionOf, extensionsOf, isObject, objectsOf, plain, textOf, wordingOf, type Json } from './fhir-json.js';
import type { Refuse } from './load-options.js';

/** Path of an extension within its element. */
const pathOf = (element: Json, extension: Json): string => `/extension/${objectsOf(element['extension']).indexOf(extension)}`;

/** A FHIRPath expression and where it stands. */
export interface ExpressionAt {
  readonly text: string;
  /** JSON pointer into the Questionnaire. */
  readonly pointer: string;
  /** Name of a variable. */
  readonly name: string | null;
}

/** What must hold (extensions `questionnaire-constraint` and `targetConstraint`). */
export interface Constraint {
  readonly key: string;
  readonly severity: 'error' | 'warning';
  readonly human: Wording;
  readonly expression: ExpressionAt;
}

/** Options that are offered only while an expression is true (SDC `answerOptionsToggleExpression`). */
export interface OptionToggle {
  readonly options: readonly Answer[];
  readonly expression: ExpressionAt;
}

/** Everything that is computed in an item, or in the form as a whole. */
export interface ElementExpressions {
  readonly variables: readonly ExpressionAt[];
  readonly text: ExpressionAt | null;
  readonly enableWhen: ExpressionAt | null;
  readonly calculated: ExpressionAt | null;
  readonly initial: ExpressionAt | null;
  readonly constraints: readonly Constraint[];
  readonly toggles: readonly OptionToggle[];
}

interface Place {
  readonly pointer: string;
  readonly refuse: Refuse;
}

/** A `valueExpression` in FHIRPath. */
function expressionOf(value: unknown, path: string, { pointer, refuse }: Place): ExpressionAt | null {
  const text = isObject(value) ? textOf(value['expression']) : null;
  if (!isObject(value) || text === null) refuse(path, 'expression-missing');
  else if (value['language'] !== 'text/fhirpath') refuse(path, 'expression-language');
  else return { text, pointer: pointer + path, name: textOf(value['name']) };
  return null;
}

function oneOf(element: Json, name: string, place: Place): ExpressionAt | null {
  const extension = extensionOf(element, name);
  return extension ? expressionOf(extension['valueExpression'], pathOf(element, extension), place) : null;
}

function variablesOf(element: Json, place: Place): readonly ExpressionAt[] {
  return extensionsOf(element, 'variable').flatMap((extension) => {
    const expression = expressionOf(extension['valueExpression'], pathOf(element, extension), place);
    if (expression && expression.name === null) place.refuse(pathOf(element, extension), 'variable-name');
    return expression?.name ? [expression] : [];
  });
}

const part = (extension: Json, name: string): Json | undefined => objectsOf(extension['extension']).find(({ url }) => url === name);

/** R4's `questionnaire-constraint` has a text, R5's and SDC's `targetConstraint` an Expression. */
function constraintsOf(element: Json, place: Place): readonly Constraint[] {
  return extensionsOf(element, 'questionnaire-constraint', 'targetConstraint').flatMap((extension): readonly Constraint[] => {
    const path = pathOf(element, extension);
    const stated = part(extension, 'expression');
    const text = textOf(stated?.['valueString']);
    const expression = text === null ? expressionOf(stated?.['valueExpression'], path, place) : { text, pointer: place.pointer + path, name: null };
    const key = textOf(part(extension, 'key')?.['valueId']) ?? path;
    const human = part(extension, 'human');
    const wording = (human && (wordingOf(human, 'valueString') ?? wordingOf(human, 'valueMarkdown'))) ?? plain(key);
    return expression ? [{ key, severity: part(extension, 'severity')?.['valueCode'] === 'warning' ? 'warning' : 'error', human: wording, expression }] : [];
  });
}

function togglesOf(element: Json, place: Place): readonly OptionToggle[] {
  return extensionsOf(element, 'answerOptionsToggleExpression').flatMap((extension): readonly OptionToggle[] => {
    const path = pathOf(element, extension);
    const options = objectsOf(extension['extension']).filter(({ url }) => url === 'option').map(answerOf).filter((answer): answer is Answer => answer !== null);
    const expression = expressionOf(part(extension, 'expression')?.['valueExpression'], path, place);
    if (options.length === 0) place.refuse(path, 'toggle-options');
    return expression ? [{ options, expression }] : [];
  });
}

/** `cqf-expression` on the text itself. */
function textExpressionOf(element: Json, place: Place): ExpressionAt | null {
  const text = element['_text'];
  const extension = extensionOf(text, 'cqf-expression');
  return isObject(text) && extension ? expressionOf(extension['valueExpression'], `/_text${pathOf(text, extension)}`, place) : null;
}

/** What is computed in an item, or in the form; null where nothing is. */
function expressionsIn(element: Json, pointer: string, refuse: Refuse): ElementExpressions | null {
  const place: Place = { pointer, refuse };
  const found: ElementExpressions = {
    variables: variablesOf(element, place),
    text: textExpressionOf(element, place),
    enableWhen: oneOf(element, 'enableWhenExpression', place),
    calculated: oneOf(element, 'calculatedExpression', place),
    initial: oneOf(element, 'initialExpression', place),
    constraints: constraintsOf(element, place),
    toggles: togglesOf(element, place),
  };
  return Object.values(found).some((one: unknown) => (Array.isArray(one) ? one.length > 0 : one !== null)) ? found : null;
}

export interface FormExpressions {
  /** Variables and constraints of the whole form. */
  readonly form: ElementExpressions | null;
  readonly items: ReadonlyMap<FormItem, ElementExpressions>;
  /** Why some of them cannot be evaluated. */
  readonly problems: readonly Finding[];
}

/** Everything that is computed in a form. */
export function findExpressions({ source, items }: Form): FormExpressions {
  const problems: Finding[] = [];
  const find = (element: Json, pointer: string): ElementExpressions | null => expressionsIn(element, pointer, (path, code) => void problems.push({ pointer: pointer + path, code }));
  return { form: find(source, ''), items: new Map(items.flatMap((item) => {
    const found = find(item.source, item.pointer);
    return found ? [[item, found]] : [];
  })), problems };
}
