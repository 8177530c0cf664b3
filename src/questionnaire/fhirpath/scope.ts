/** What a running expression carries with it, and the rules about single values that operators and functions share. */
import type { Node, Nodes } from './nodes.js';
import type { Expression } from './syntax.js';

/** Codes: `unknown-function`, `unknown-variable`, `several-values` (one was expected), `operand-type`, `too-many-steps`. */
export interface ExpressionWarning {
  readonly code: string;
  /** What it was: a name of the expression, never a value. */
  readonly about: string;
}

export interface Environment {
  /** `%name`, or null where there is none. */
  variable(name: string): Nodes | null;
  /** Milliseconds since the epoch, UTC. */
  readonly nowMs: number;
  /** Score of a Coding or another answer (`weight()`, `ordinal()`); null where there is none. */
  score(node: Node): number | null;
  warn(warning: ExpressionWarning): void;
}

/** Where a part of an expression is evaluated. */
export interface Scope {
  readonly env: Environment;
  readonly focus: Nodes;
  readonly index: number;
  readonly total: Nodes;
  readonly budget: { steps: number };
  evaluate(expression: Expression, scope: Scope): Nodes;
}

/** Ends an evaluation, with the code of a warning. */
export class Trouble extends Error {
  constructor(readonly code: string, readonly about: string) {
    super(code);
  }
}

/** Takes steps off the budget; what has none left ends. */
export function spend({ budget }: Scope, steps: number): void {
  budget.steps -= steps;
  if (budget.steps < 0) throw new Trouble('too-many-steps', 'expression');
}

/** The one node that is expected, or null. */
export function single(nodes: Nodes, about: string): Node | null {
  if (nodes.length > 1) throw new Trouble('several-values', about);
  return nodes[0] ?? null;
}

/** As a condition: one value that is not a boolean is true (FHIRPath N1 §4.5). */
export function truth(nodes: Nodes, about: string): boolean | null {
  const node = single(nodes, about);
  return node && (typeof node.value === 'boolean' ? node.value : true);
}

const systemTypes: Readonly<Record<string, string>> = { Boolean: 'boolean', Integer: 'integer', Decimal: 'decimal', String: 'string', Date: 'date', DateTime: 'dateTime', Time: 'time' };
const strings = new Set(['uri', 'url', 'code', 'markdown', 'id']);

/** Whether a node is of a type, named as in FHIR or as in `System`. */
export const isOfType = ({ type, value }: Node, wanted: string): boolean => {
  const name = systemTypes[wanted] ?? wanted;
  if (type === name || (name === 'string' && strings.has(type)) || (name === 'Quantity' && (type === 'Age' || type === 'Duration'))) return true;
  return (name === 'Resource' || name === 'DomainResource') && typeof value === 'object' && value !== null && 'resourceType' in value;
};
