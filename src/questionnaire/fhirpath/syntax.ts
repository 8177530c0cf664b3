/** The syntax tree of a FHIRPath expression (hl7.org/fhirpath/N1), as `parse-expression.ts` makes it. */

export type Expression =
  | { readonly is: 'empty' }
  | { readonly is: 'literal'; readonly kind: 'string' | 'date' | 'dateTime' | 'time'; readonly text: string }
  | { readonly is: 'number'; readonly value: number; readonly whole: boolean }
  | { readonly is: 'boolean'; readonly value: boolean }
  | { readonly is: 'quantity'; readonly value: number; readonly unit: string }
  /** `$this`, `$index`, `$total`. */
  | { readonly is: 'own'; readonly name: string }
  /** `%resource` */
  | { readonly is: 'variable'; readonly name: string }
  | { readonly is: 'member'; readonly of: Expression | null; readonly name: string }
  | { readonly is: 'call'; readonly of: Expression | null; readonly name: string; readonly args: readonly Expression[] }
  | { readonly is: 'at'; readonly of: Expression; readonly index: Expression }
  | { readonly is: 'sign'; readonly minus: boolean; readonly of: Expression }
  | { readonly is: 'type'; readonly operator: 'is' | 'as'; readonly of: Expression; readonly type: string }
  | { readonly is: 'binary'; readonly operator: string; readonly left: Expression; readonly right: Expression };

/** All parts of an expression, itself first. */
export function* partsOf(expression: Expression): Generator<Expression> {
  yield expression;
  const inner = 'left' in expression ? [expression.left, expression.right] : [
    ...('of' in expression && expression.of ? [expression.of] : []),
    ...('index' in expression ? [expression.index] : []),
    ...('args' in expression ? expression.args : []),
  ];
  for (const part of inner) yield* partsOf(part);
}
