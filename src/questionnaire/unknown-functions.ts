/** Functions that an expression calls and that nobody here knows: they come to nothing, with a warning only where they are reached. For authors; not for the patient's browser. */
import type { Finding, Form } from './form.js';
import { functions } from './fhirpath/functions.js';
import { parseExpression } from './fhirpath/parse-expression.js';
import { partsOf } from './fhirpath/syntax.js';
import { findExpressions, type ElementExpressions, type ExpressionAt } from './load-expressions.js';

export interface UnknownFunction extends Finding {
  /** Its name. */
  readonly about: string;
}

const textsOf = ({ variables, text, enableWhen, calculated, initial, constraints, toggles }: ElementExpressions): readonly ExpressionAt[] =>
  [...variables, text, enableWhen, calculated, initial, ...constraints.map(({ expression }) => expression), ...toggles.map(({ expression }) => expression)].filter((one) => one !== null);

/** Every one of them, once for each expression. */
export function findUnknownFunctions(form: Form): readonly UnknownFunction[] {
  const found = findExpressions(form);
  return [...(found.form ? [found.form] : []), ...found.items.values()].flatMap(textsOf).flatMap(({ text, pointer }) => {
    const parsed = parseExpression(text);
    const names = new Set(parsed ? [...partsOf(parsed)].flatMap((part) => (part.is === 'call' && !Object.hasOwn(functions, part.name) ? [part.name] : [])) : []);
    return [...names].map((about) => ({ pointer, code: 'unknown-function', about }));
  });
}
