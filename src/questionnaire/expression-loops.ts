/** Computed values that need each other: they come to nothing, or to whatever a bounded number of rounds gives. For authors; not for the patient's browser. */
import type { Finding, Form } from './form.js';
import { findExpressions } from './load-expressions.js';
import { parseExpression } from './fhirpath/parse-expression.js';
import { partsOf } from './fhirpath/syntax.js';

export interface ExpressionLoop extends Finding {
  /** linkId of the computed question. */
  readonly about: string;
}

/** Operators beside which a text is compared with a linkId; anywhere else it is a text. */
const comparing = new Set(['=', '~', 'in', '|']);

/** linkIds that an expression asks for. */
const namedIn = (text: string, form: Form): readonly string[] => {
  const parsed = parseExpression(text);
  return parsed ? [...partsOf(parsed)].flatMap((part) => (part.is === 'binary' && comparing.has(part.operator) ? [part.left, part.right] : []))
    .flatMap((part) => (part.is === 'literal' && part.kind === 'string' && form.byLinkId.has(part.text) ? [part.text] : [])) : [];
};

/** Computed values that need each other, seen in what their expressions name. */
export function findExpressionLoops(form: Form): readonly ExpressionLoop[] {
  const computed = [...findExpressions(form).items].flatMap(([{ linkId }, { calculated }]) => (calculated ? [{ linkId, calculated }] : []));
  const needs = new Map(computed.map(({ linkId, calculated }) => [linkId, namedIn(calculated.text, form)]));
  const inLoop = (start: string): boolean => {
    const seen = new Set<string>();
    const visit = (linkId: string): boolean => (needs.get(linkId) ?? []).some((next) => next === start || (!seen.has(next) && (seen.add(next), visit(next))));
    return visit(start);
  };
  return computed.filter(({ linkId }) => inLoop(linkId)).map(({ linkId, calculated: { pointer } }) => ({ pointer, code: 'expression-loop', about: linkId }));
}
