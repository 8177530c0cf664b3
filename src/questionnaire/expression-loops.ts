/** What is computed, or enabled by an expression, and needs itself: it comes to nothing, or to whatever a bounded number of rounds gives. For authors; not for the patient's browser. */
import type { Finding, Form } from './form.js';
import { findExpressions } from './load-expressions.js';
import { parseExpression } from './fhirpath/parse-expression.js';
import { partsOf } from './fhirpath/syntax.js';

export interface ExpressionLoop extends Finding {
  /** linkId of the item whose expression it is. */
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

/** Expressions that need each other, seen in what they name, and in the conditions beside them. */
export function findExpressionLoops(form: Form): readonly ExpressionLoop[] {
  const found = findExpressions(form).items;
  const computed = [...found].flatMap(([{ linkId }, { calculated, enableWhen }]) => [calculated, enableWhen].flatMap((one) => (one ? [{ linkId, pointer: one.pointer, text: one.text }] : [])));
  const needs = new Map([...form.byLinkId].map(([linkId, { enableWhen }]) => [
    linkId, [...enableWhen.map(({ question }) => question), ...computed.flatMap((one) => (one.linkId === linkId ? namedIn(one.text, form) : []))],
  ]));
  const inLoop = (start: string): boolean => {
    const seen = new Set<string>();
    const visit = (linkId: string): boolean => (needs.get(linkId) ?? []).some((next) => next === start || (!seen.has(next) && (seen.add(next), visit(next))));
    return visit(start);
  };
  return computed.filter(({ linkId }) => inLoop(linkId)).map(({ linkId, pointer }) => ({ pointer, code: 'expression-loop', about: linkId }));
}
