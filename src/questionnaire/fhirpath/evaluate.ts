/**
 * Evaluates a FHIRPath expression over JSON. Never throws: a function, variable or operation that is not known gives an empty collection and a
 * warning, so that a form goes on working. Bounded: an expression that takes too many steps ends empty.
 */
import { addTime } from './dates.js';
import { distinct, equal, equivalent, includes, order } from './equality.js';
import { functions } from './functions.js';
import { boolean, isNumber, isQuantity, isTemporal, isText, member, nothing, numberNode, quantityNode, quantityOf, text, toNode, type Node, type Nodes } from './nodes.js';
import { isOfType, single, spend, Trouble, truth, type Environment, type Scope } from './scope.js';
import type { Expression } from './syntax.js';

const mostSteps = 200_000;

const arithmetic: Readonly<Record<string, (left: number, right: number) => number>> = {
  '*': (left, right) => left * right,
  '/': (left, right) => left / right,
  div: (left, right) => Math.trunc(left / right),
  mod: (left, right) => left % right,
  '+': (left, right) => left + right,
  '-': (left, right) => left - right,
};

function calculateQuantity(operator: string, left: Node, right: Node): Nodes {
  const [a, b] = [isNumber(left) ? { amount: left.value as number, unit: '1' } : quantityOf(left), isNumber(right) ? { amount: right.value as number, unit: '1' } : quantityOf(right)];
  const calculate = arithmetic[operator];
  if (!a || !b || !calculate) return nothing;
  if (operator === '+' || operator === '-') return a.unit === b.unit ? quantityNode(calculate(a.amount, b.amount), a.unit) : nothing;
  if (operator === '*' && (a.unit === '1' || b.unit === '1')) return quantityNode(a.amount * b.amount, a.unit === '1' ? b.unit : a.unit);
  if (operator === '/' && b.unit === '1') return quantityNode(a.amount / b.amount, a.unit);
  return operator === '/' && a.unit === b.unit ? quantityNode(a.amount / b.amount, '1') : nothing;
}

function calculate(operator: string, left: Node, right: Node): Nodes {
  if (isNumber(left) && isNumber(right)) {
    const whole = operator === 'div' || (operator !== '/' && left.type === 'integer' && right.type === 'integer');
    return numberNode(arithmetic[operator]!(left.value as number, right.value as number), whole ? 'integer' : 'decimal');
  }
  if (operator === '+' && isText(left) && isText(right)) return text(`${left.value as string}${right.value as string}`);
  if ((operator === '+' || operator === '-') && isTemporal(left) && isQuantity(right)) {
    const by = quantityOf(right);
    const moved = by && addTime(left.value as string, operator === '+' ? by.amount : -by.amount, by.unit);
    return moved === null ? nothing : [toNode(moved, left.type)];
  }
  if (isQuantity(left) || isQuantity(right)) return calculateQuantity(operator, left, right);
  throw new Trouble('operand-type', operator);
}

function compare(operator: string, left: Nodes, right: Nodes): Nodes {
  const [a, b] = [single(left, operator), single(right, operator)];
  const compared = a && b && order(a, b);
  if (compared === null) return nothing;
  return boolean(operator === '<' ? compared < 0 : operator === '>' ? compared > 0 : operator === '<=' ? compared <= 0 : compared >= 0);
}

/** Three-valued: unknown stays unknown where it matters. */
const logic: Readonly<Record<string, (left: boolean | null, right: boolean | null) => boolean | null>> = {
  and: (left, right) => (left === false || right === false ? false : left === null || right === null ? null : true),
  or: (left, right) => (left === true || right === true ? true : left === null || right === null ? null : false),
  xor: (left, right) => (left === null || right === null ? null : left !== right),
  implies: (left, right) => (left === false || right === true ? true : left === null || right === null ? null : false),
};

const textOf = (nodes: Nodes): string => {
  const node = single(nodes, '&');
  return node ? String(node.value) : '';
};

const negated = (value: boolean | null): boolean | null => (value === null ? null : !value);

const operators: Readonly<Record<string, (left: Nodes, right: Nodes) => Nodes>> = {
  '=': (left, right) => boolean(equal(left, right)),
  '!=': (left, right) => boolean(negated(equal(left, right))),
  '~': (left, right) => boolean(equivalent(left, right)),
  '!~': (left, right) => boolean(!equivalent(left, right)),
  '|': (left, right) => distinct([...left, ...right]),
  '&': (left, right) => text(textOf(left) + textOf(right)),
  in: (left, right) => {
    const node = single(left, 'in');
    return node ? boolean(includes(right, node)) : nothing;
  },
  contains: (left, right) => {
    const node = single(right, 'contains');
    return node ? boolean(includes(left, node)) : nothing;
  },
};

function evaluateBinary({ operator, left, right }: Extract<Expression, { is: 'binary' }>, scope: Scope): Nodes {
  const a = evaluateIn(left, scope);
  const connective = logic[operator];
  if (connective) {
    const first = truth(a, operator);
    if ((operator === 'and' && first === false) || (operator === 'implies' && first === false)) return boolean(operator === 'implies');
    if (operator === 'or' && first === true) return boolean(true);
    return boolean(connective(first, truth(evaluateIn(right, scope), operator)));
  }
  const b = evaluateIn(right, scope);
  if (operators[operator]) return operators[operator](a, b);
  if ('<>='.includes(operator[0]!)) return compare(operator, a, b);
  const [x, y] = [single(a, operator), single(b, operator)];
  return x && y ? calculate(operator, x, y) : nothing;
}

function evaluateMember({ of, name }: Extract<Expression, { is: 'member' }>, scope: Scope): Nodes {
  if (of) return evaluateIn(of, scope).flatMap((node) => member(node, name));
  // `QuestionnaireResponse.item` begins with the type of what it is about.
  const [first] = scope.focus;
  if (first && first.type === name && /^[A-Z]/.test(name)) return scope.focus;
  return scope.focus.flatMap((node) => member(node, name));
}

function evaluateCall({ of, name, args }: Extract<Expression, { is: 'call' }>, scope: Scope): Nodes {
  const call = Object.hasOwn(functions, name) ? functions[name] : undefined;
  if (!call) {
    scope.env.warn({ code: 'unknown-function', about: name });
    return nothing;
  }
  return call(of ? evaluateIn(of, scope) : scope.focus, args, scope);
}

/** One part of an expression, in a scope. */
function evaluateIn(expression: Expression, scope: Scope): Nodes {
  spend(scope, 1);
  switch (expression.is) {
    case 'empty': return nothing;
    case 'literal': return [toNode(expression.text, expression.kind)];
    case 'number': return [toNode(expression.value, expression.whole ? 'integer' : 'decimal')];
    case 'boolean': return boolean(expression.value);
    case 'quantity': return quantityNode(expression.value, expression.unit);
    case 'own': return expression.name === 'this' ? scope.focus : expression.name === 'index' ? numberNode(scope.index, 'integer') : scope.total;
    case 'variable': {
      const found = scope.env.variable(expression.name);
      if (!found) scope.env.warn({ code: 'unknown-variable', about: expression.name });
      return found ?? nothing;
    }
    case 'member': return evaluateMember(expression, scope);
    case 'call': return evaluateCall(expression, scope);
    case 'at': {
      const index = single(evaluateIn(expression.index, scope), '[]')?.value;
      const node = typeof index === 'number' ? evaluateIn(expression.of, scope)[index] : undefined;
      return node ? [node] : nothing;
    }
    case 'sign': {
      const node = single(evaluateIn(expression.of, scope), '-');
      if (!node) return nothing;
      if (!isNumber(node) && !isQuantity(node)) throw new Trouble('operand-type', '-');
      return expression.minus ? calculate('*', toNode(-1, 'integer'), node) : [node];
    }
    case 'type': {
      const node = single(evaluateIn(expression.of, scope), expression.operator);
      if (!node) return nothing;
      const is = isOfType(node, expression.type);
      return expression.operator === 'is' ? boolean(is) : is ? [node] : nothing;
    }
    case 'binary': return evaluateBinary(expression, scope);
  }
}

/** Evaluates an expression with `context` as its focus. */
export function evaluate(expression: Expression, context: Nodes, env: Environment): Nodes {
  try {
    return evaluateIn(expression, { env, focus: context, index: 0, total: nothing, budget: { steps: mostSteps }, evaluate: evaluateIn });
  } catch (error) {
    if (!(error instanceof Trouble)) throw error;
    env.warn({ code: error.code, about: error.about });
    return nothing;
  }
}
