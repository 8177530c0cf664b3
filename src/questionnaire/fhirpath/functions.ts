/** The functions of FHIRPath N1 that forms use, and the two of SDC (`weight`, `ordinal`). By name. */
import { distinct, includes } from './equality.js';
import { boolean, childrenOf, isNumber, isQuantity, isText, member, nothing, numberNode, quantityOf, text, toNode, type Node, type Nodes } from './nodes.js';
import { isOfType, single, spend, Trouble, truth, type Scope } from './scope.js';
import type { Expression } from './syntax.js';
import { readPattern, type Pattern } from '../pattern.js';

export type ExpressionFunction = (focus: Nodes, args: readonly Expression[], scope: Scope) => Nodes;

/** An argument that is evaluated for each node, with `$this` and `$index`. */
const forEach = (expression: Expression | undefined, scope: Scope) => (node: Node, index: number): Nodes =>
  expression ? scope.evaluate(expression, { ...scope, focus: [node], index }) : nothing;

const holds = (expression: Expression | undefined, scope: Scope) => {
  const each = forEach(expression, scope);
  return (node: Node, index: number): boolean => truth(each(node, index), 'where') === true;
};

/** An argument that is evaluated once, around the call. */
const argument = (args: readonly Expression[], index: number, scope: Scope): Nodes => (args[index] ? scope.evaluate(args[index], scope) : nothing);

const numberArgument = (args: readonly Expression[], index: number, scope: Scope): number | null => {
  const value = single(argument(args, index, scope), 'argument')?.value;
  return typeof value === 'number' ? value : null;
};

const textArgument = (args: readonly Expression[], index: number, scope: Scope): string | null => {
  const value = single(argument(args, index, scope), 'argument')?.value;
  return typeof value === 'string' ? value : null;
};

/** A function of one text. */
const onText = (run: (value: string, args: readonly Expression[], scope: Scope) => Nodes): ExpressionFunction => (focus, args, scope) => {
  const node = single(focus, 'string');
  return node && typeof node.value === 'string' ? run(node.value, args, scope) : nothing;
};

/** A function of one text and one other that has to be there. */
const withText = (run: (value: string, other: string, args: readonly Expression[], scope: Scope) => Nodes): ExpressionFunction =>
  onText((value, args, scope) => {
    const other = textArgument(args, 0, scope);
    return other === null ? nothing : run(value, other, args, scope);
  });

/** A function of one number; of a quantity, its unit stays. */
const onNumber = (run: (value: number, argument: number | null) => number, type?: 'integer' | 'decimal'): ExpressionFunction => (focus, args, scope) => {
  const node = single(focus, 'number');
  if (!node || (!isNumber(node) && !isQuantity(node))) return nothing;
  const amount = isNumber(node) ? (node.value as number) : quantityOf(node)?.amount;
  return amount === undefined ? nothing : numberNode(run(amount, numberArgument(args, 0, scope)), type);
};

const whole = 'integer';

/** A state of a pattern is looked at in a fraction of the time of a step of an expression. */
const statesPerStep = 16;

/** As decimal arithmetic rounds 2.345 to 2.35, and not as binary does. */
const round = (value: number, places: number): number => Number((Math.sign(value) * Number(`${Math.round(Number(`${Math.abs(value)}e${places}`))}e-${places}`)).toFixed(Math.min(places, 20)));

/** In linear time, and of the same budget as everything else; what cannot be matched so is empty and a warning. */
function matching(source: string, scope: Scope): { readonly pattern: Pattern; readonly spend: (steps: number) => void } {
  const pattern = readPattern(source, true);
  if (typeof pattern === 'string') throw new Trouble('operand-type', 'matches');
  spend(scope, pattern.states);
  return { pattern, spend: (steps) => spend(scope, Math.ceil(steps / statesPerStep)) };
}

function hasMatch(value: string, source: string, scope: Scope, what: 'all' | 'some'): Nodes {
  const { pattern, spend: each } = matching(source, scope);
  return boolean(pattern.has([...value], what, each));
}

function toText({ value, type }: Node): string | null {
  if (typeof value === 'object') {
    const quantity = quantityOf({ value, type });
    return quantity && `${quantity.amount} '${quantity.unit}'`;
  }
  return String(value);
}

const toInteger = ({ value }: Node): number | null => {
  if (typeof value === 'boolean') return Number(value);
  if (typeof value === 'number') return Number.isInteger(value) ? value : null;
  return typeof value === 'string' && /^[+-]?\d+$/.test(value) ? Number(value) : null;
};

const toDecimal = ({ value }: Node): number | null =>
  typeof value === 'boolean' ? Number(value) : typeof value === 'number' ? value : typeof value === 'string' && /^[+-]?\d+(\.\d+)?$/.test(value) ? Number(value) : null;

function toBoolean({ value }: Node): boolean | null {
  if (typeof value === 'boolean') return value;
  if (value === 1 || /^(true|t|yes|y|1|1\.0)$/i.test(String(value))) return true;
  return value === 0 || /^(false|f|no|n|0|0\.0)$/i.test(String(value)) ? false : null;
}

/** A function that turns one value into another, or into nothing. */
const convert = (run: (node: Node) => Nodes): ExpressionFunction => (focus) => {
  const node = single(focus, 'conversion');
  return node ? run(node) : nothing;
};

const asNumber = (value: number | null, type: 'integer' | 'decimal'): Nodes => (value === null ? nothing : numberNode(value, type));

/** Adds up numbers, or quantities of one unit. */
function total(focus: Nodes): Nodes {
  if (focus.length === 0) return nothing;
  if (focus.every(isNumber)) return numberNode(focus.reduce((sum, { value }) => sum + (value as number), 0), focus.every(({ type }) => type === 'integer') ? 'integer' : 'decimal');
  const quantities = focus.map((node) => (isQuantity(node) ? quantityOf(node) : null));
  const unit = quantities[0]?.unit;
  if (quantities.some((one) => one === null || one.unit !== unit)) throw new Trouble('operand-type', 'sum');
  return [toNode({ value: quantities.reduce((sum, one) => sum + one!.amount, 0), unit, code: unit }, 'Quantity')];
}

/** Everything that can be reached by an expression again and again, each once. */
function repeat(focus: Nodes, args: readonly Expression[], scope: Scope): Nodes {
  const each = forEach(args[0], scope);
  const seen = new Set<unknown>();
  const found: Node[] = [];
  for (let layer = focus; layer.length > 0; ) {
    layer = layer.flatMap(each).filter(({ value }) => {
      const isNew = !seen.has(value);
      seen.add(value);
      return isNew;
    });
    spend(scope, layer.length);
    found.push(...layer);
  }
  return found;
}

function descendants(focus: Nodes, scope: Scope): Nodes {
  const found: Node[] = [];
  for (let layer = focus.flatMap(childrenOf); layer.length > 0; layer = layer.flatMap(childrenOf)) {
    spend(scope, layer.length);
    found.push(...layer);
  }
  return found;
}

function aggregate(focus: Nodes, args: readonly Expression[], scope: Scope): Nodes {
  let sum = argument(args, 1, scope);
  focus.forEach((node, index) => {
    sum = args[0] ? scope.evaluate(args[0], { ...scope, focus: [node], index, total: sum }) : nothing;
  });
  return sum;
}

/** The type that an argument names, as `Coding` or `System.String`. */
const typeArgument = ([type]: readonly Expression[]): string => (type?.is === 'member' ? type.name : '');

const pad = (value: number): string => String(value).padStart(2, '0');
/** The person's own day: an age changes at their midnight. */
const localDate = (nowMs: number): string => {
  const now = new Date(nowMs);
  return `${now.getFullYear()}-${pad(now.getMonth() + 1)}-${pad(now.getDate())}`;
};
const localTime = (nowMs: number): string => {
  const now = new Date(nowMs);
  return `${pad(now.getHours())}:${pad(now.getMinutes())}:${pad(now.getSeconds())}.${String(now.getMilliseconds()).padStart(3, '0')}`;
};
const localZone = (nowMs: number): string => {
  const minutes = -new Date(nowMs).getTimezoneOffset();
  return `${minutes < 0 ? '-' : '+'}${pad(Math.floor(Math.abs(minutes) / 60))}:${pad(Math.abs(minutes) % 60)}`;
};

const weight: ExpressionFunction = (focus, _args, { env }) => focus.flatMap((node) => {
  const score = env.score(node);
  return score === null ? nothing : numberNode(score);
});

const all = (focus: Nodes, wanted: boolean): boolean => focus.every(({ value }) => value === wanted);

/** By name. Own properties only: a form may not call `constructor`. */
export const functions: Readonly<Record<string, ExpressionFunction>> = {
  // Existence
  empty: (focus) => boolean(focus.length === 0),
  exists: (focus, args, scope) => boolean(args.length > 0 ? focus.some(holds(args[0], scope)) : focus.length > 0),
  all: (focus, args, scope) => boolean(focus.every(holds(args[0], scope))),
  allTrue: (focus) => boolean(all(focus, true)),
  allFalse: (focus) => boolean(all(focus, false)),
  anyTrue: (focus) => boolean(focus.some(({ value }) => value === true)),
  anyFalse: (focus) => boolean(focus.some(({ value }) => value === false)),
  count: (focus) => numberNode(focus.length, whole),
  distinct,
  isDistinct: (focus) => boolean(distinct(focus).length === focus.length),
  hasValue: (focus) => boolean(focus.length === 1 && typeof focus[0]!.value !== 'object'),
  not: (focus) => {
    const value = truth(focus, 'not');
    return value === null ? nothing : boolean(!value);
  },
  subsetOf: (focus, args, scope) => {
    const others = argument(args, 0, scope);
    return boolean(focus.every((node) => includes(others, node)));
  },
  supersetOf: (focus, args, scope) => boolean(argument(args, 0, scope).every((node) => includes(focus, node))),
  // Filtering and projection
  where: (focus, args, scope) => focus.filter(holds(args[0], scope)),
  select: (focus, args, scope) => focus.flatMap(forEach(args[0], scope)),
  repeat,
  ofType: (focus, args) => focus.filter((node) => isOfType(node, typeArgument(args))),
  is: (focus, args) => {
    const node = single(focus, 'is');
    return node ? boolean(isOfType(node, typeArgument(args))) : nothing;
  },
  as: (focus, args) => focus.filter((node) => isOfType(node, typeArgument(args))),
  extension: (focus, args, scope) => {
    const url = textArgument(args, 0, scope);
    return focus.flatMap((node) => member(node, 'extension')).filter((node) => member(node, 'url')[0]?.value === url);
  },
  // Subsetting
  first: (focus) => focus.slice(0, 1),
  last: (focus) => focus.slice(-1),
  tail: (focus) => focus.slice(1),
  skip: (focus, args, scope) => focus.slice(Math.max(0, numberArgument(args, 0, scope) ?? 0)),
  take: (focus, args, scope) => focus.slice(0, Math.max(0, numberArgument(args, 0, scope) ?? 0)),
  single: (focus) => {
    const node = single(focus, 'single');
    return node ? [node] : nothing;
  },
  intersect: (focus, args, scope) => {
    const others = argument(args, 0, scope);
    return distinct(focus.filter((node) => includes(others, node)));
  },
  exclude: (focus, args, scope) => {
    const others = argument(args, 0, scope);
    return focus.filter((node) => !includes(others, node));
  },
  union: (focus, args, scope) => distinct([...focus, ...argument(args, 0, scope)]),
  combine: (focus, args, scope) => [...focus, ...argument(args, 0, scope)],
  children: (focus) => focus.flatMap(childrenOf),
  descendants: (focus, _args, scope) => descendants(focus, scope),
  // Text
  startsWith: withText((value, other) => boolean(value.startsWith(other))),
  endsWith: withText((value, other) => boolean(value.endsWith(other))),
  contains: withText((value, other) => boolean(value.includes(other))),
  indexOf: withText((value, other) => numberNode(value.indexOf(other), whole)),
  matches: withText((value, pattern, _args, scope) => hasMatch(value, pattern, scope, 'some')),
  matchesFull: withText((value, pattern, _args, scope) => hasMatch(value, pattern, scope, 'all')),
  replace: withText((value, pattern, args, scope) => {
    const by = textArgument(args, 1, scope);
    return by === null ? nothing : text(value.replaceAll(pattern, () => by));
  }),
  replaceMatches: withText((value, pattern, args, scope) => {
    const by = textArgument(args, 1, scope);
    if (by === null) return nothing;
    const { pattern: read, spend: each } = matching(pattern, scope);
    return text(read.replace([...value], by, each));
  }),
  substring: onText((value, args, scope) => {
    const start = numberArgument(args, 0, scope);
    const length = numberArgument(args, 1, scope);
    return start === null || start < 0 || start >= value.length ? nothing : text(value.slice(start, length === null ? undefined : start + Math.max(0, length)));
  }),
  upper: onText((value) => text(value.toUpperCase())),
  lower: onText((value) => text(value.toLowerCase())),
  trim: onText((value) => text(value.trim())),
  length: onText((value) => numberNode(value.length, whole)),
  toChars: onText((value) => [...value].flatMap(text)),
  split: withText((value, by) => value.split(by).flatMap(text)),
  join: (focus, args, scope) => {
    const by = textArgument(args, 0, scope) ?? '';
    if (!focus.every(isText)) throw new Trouble('operand-type', 'join');
    return focus.length === 0 ? nothing : text(focus.map(({ value }) => value as string).join(by));
  },
  // Numbers
  abs: onNumber(Math.abs),
  ceiling: onNumber(Math.ceil, whole),
  floor: onNumber(Math.floor, whole),
  truncate: onNumber(Math.trunc, whole),
  round: onNumber((value, places) => round(value, places ?? 0)),
  sqrt: onNumber(Math.sqrt),
  exp: onNumber(Math.exp),
  ln: onNumber(Math.log),
  log: onNumber((value, base) => (base === null ? NaN : Math.log(value) / Math.log(base))),
  power: onNumber((value, exponent) => (exponent === null ? NaN : value ** exponent)),
  sum: total,
  min: (focus) => extreme(focus, -1),
  max: (focus) => extreme(focus, 1),
  avg: (focus) => (focus.length > 0 && focus.every(isNumber) ? numberNode(focus.reduce((sum, { value }) => sum + (value as number), 0) / focus.length) : nothing),
  aggregate,
  weight,
  ordinal: weight,
  // Conversion
  iif: (focus, args, scope) => {
    const inner = focus.length === 1 ? { ...scope, focus } : scope;
    return truth(argument(args, 0, inner), 'iif') === true ? argument(args, 1, inner) : argument(args, 2, inner);
  },
  toString: convert((node) => {
    const written = toText(node);
    return written === null ? nothing : text(written);
  }),
  toInteger: convert((node) => asNumber(toInteger(node), whole)),
  toDecimal: convert((node) => asNumber(toDecimal(node), 'decimal')),
  toBoolean: convert((node) => boolean(toBoolean(node))),
  toDate: convert(({ value, type }) => (typeof value === 'string' && (type === 'dateTime' || /^\d{4}(-\d\d(-\d\d)?)?$/.test(value)) ? [toNode(value.split('T')[0], 'date')] : nothing)),
  toDateTime: convert(({ value }) => (typeof value === 'string' && /^\d{4}(-\d\d){0,2}(T|$)/.test(value) ? [toNode(value, 'dateTime')] : nothing)),
  toTime: convert(({ value }) => (typeof value === 'string' && /^\d\d(:\d\d(:\d\d(\.\d+)?)?)?$/.test(value) ? [toNode(value, 'time')] : nothing)),
  toQuantity: convert((node) => (isQuantity(node) ? [node] : isNumber(node) ? [toNode({ value: node.value, unit: '1', code: '1' }, 'Quantity')] : nothing)),
  convertsToInteger: (focus) => boolean(focus.length === 1 && toInteger(focus[0]!) !== null),
  convertsToDecimal: (focus) => boolean(focus.length === 1 && toDecimal(focus[0]!) !== null),
  today: (_focus, _args, { env }) => [toNode(localDate(env.nowMs), 'date')],
  now: (_focus, _args, { env }) => [toNode(`${localDate(env.nowMs)}T${localTime(env.nowMs)}${localZone(env.nowMs)}`, 'dateTime')],
  timeOfDay: (_focus, _args, { env }) => [toNode(localTime(env.nowMs), 'time')],
  trace: (focus) => focus,
};

function extreme(focus: Nodes, sign: 1 | -1): Nodes {
  if (focus.length === 0 || !focus.every(isNumber)) return nothing;
  return [focus.reduce((best, node) => ((node.value as number) * sign > (best.value as number) * sign ? node : best))];
}
