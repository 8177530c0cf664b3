/** Conditions of a content pack's rules, as data, and how they are read. */
import { isObject, isText, textsOf, type Json, type Report } from './read.js';

/** What a rule may look at. */
export interface PackInput {
  readonly type: 'choice' | 'number' | 'boolean';
  /** Choices only: every value that can be given. */
  readonly values: readonly string[];
  /** Where it is absent, it counts as unknown, and unknown never lowers the level. */
  readonly required: boolean;
  /** The questions whose answers it is, by linkId; empty where only an evaluation by hand gives it. */
  readonly from: readonly string[];
  /** A date of birth or of a beginning, as what has gone by since; null for a number as it is. */
  readonly as: 'years' | 'weeks' | 'days' | null;
  /** A quantity: the unit that the rules' numbers are in (UCUM code), into which answers are converted; null for a plain number. */
  readonly unit: string | null;
}

/** What a condition may ask of one input, or of other conditions. */
export type Condition =
  | { readonly always: true }
  | { readonly all: readonly Condition[] }
  | { readonly any: readonly Condition[] }
  | { readonly not: Condition }
  /** One of these values was given. */
  | { readonly input: string; readonly has: readonly string[] }
  /** Something was given beside these values: "any symptom" is `symptoms` beside `none`. */
  | { readonly input: string; readonly hasBeside: readonly string[] }
  | { readonly input: string; readonly is: boolean }
  | { readonly input: string; readonly atLeast: number }
  | { readonly input: string; readonly below: number };

const maxDepth = 20;

function parseLeaf(json: Json, inputs: ReadonlyMap<string, PackInput>, pointer: string, report: Report): Condition | null {
  const { input, has, hasBeside, is, atLeast, below } = json;
  const declared = isText(input) ? inputs.get(input) : undefined;
  if (!isText(input) || !declared) {
    report(`${pointer}/input`, 'unknown-input');
    return null;
  }
  const values = textsOf(has ?? hasBeside);
  if (values && declared.type === 'choice' && (values.length > 0 || has === undefined)) {
    values.forEach((value, index) => declared.values.includes(value) || report(`${pointer}/${has === undefined ? 'hasBeside' : 'has'}/${index}`, 'unknown-value'));
    return has === undefined ? { input, hasBeside: values } : { input, has: values };
  }
  if (typeof is === 'boolean' && declared.type === 'boolean') return { input, is };
  if (typeof atLeast === 'number' && declared.type === 'number') return { input, atLeast };
  if (typeof below === 'number' && declared.type === 'number') return { input, below };
  report(pointer, 'condition');
  return null;
}

/** What a condition may be made of: exactly one shape, no key beside it, so that a typing mistake is not passed over. */
const shapes = [['always'], ['all'], ['any'], ['not'], ['input', 'has'], ['input', 'hasBeside'], ['input', 'is'], ['input', 'atLeast'], ['input', 'below']];

export function parseCondition(json: unknown, inputs: ReadonlyMap<string, PackInput>, pointer: string, report: Report, depth = 0): Condition | null {
  const keys = isObject(json) ? Object.keys(json) : [];
  if (!isObject(json) || depth > maxDepth || !shapes.some((shape) => shape.length === keys.length && shape.every((key) => keys.includes(key)))) {
    report(pointer, 'condition');
    return null;
  }
  if (json['always'] === true) return { always: true };
  for (const kind of ['all', 'any'] as const) {
    const list = json[kind];
    if (list === undefined) continue;
    if (!Array.isArray(list) || list.length === 0) {
      report(`${pointer}/${kind}`, 'condition');
      return null;
    }
    const parts = list.map((part: unknown, index) => parseCondition(part, inputs, `${pointer}/${kind}/${index}`, report, depth + 1)).filter((part) => part !== null);
    return kind === 'all' ? { all: parts } : { any: parts };
  }
  if (json['not'] !== undefined) {
    const not = parseCondition(json['not'], inputs, `${pointer}/not`, report, depth + 1);
    return not && { not };
  }
  if ('input' in json) return parseLeaf(json, inputs, pointer, report);
  report(pointer, 'condition');
  return null;
}

