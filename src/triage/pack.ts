/**
 * A content pack is data: inputs, ordered rules, levels, messages, who approved it and until when. Read here and judged whole: a pack
 * with a mistake does not load, because a checker with a hole in it is worse than none. Holds no clinical content itself.
 */
import { CareError } from '../base/care-error.js';
import { err, ok, type Result } from '../base/result.js';
import type { LocalText } from '../protocol/types.js';

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

export interface PackInput {
  readonly type: 'choice' | 'number' | 'boolean';
  /** Choices only: every value that can be given. */
  readonly values: readonly string[];
  /** Where it is absent, it counts as unknown, and unknown never lowers the level. */
  readonly required: boolean;
}

export interface PackRule {
  readonly id: string;
  readonly level: string;
  readonly when: Condition;
  readonly messages: readonly string[];
}

export interface Pack {
  readonly id: string;
  readonly version: string;
  /** Only `approved` packs are for patients; the host decides what it shows of others. */
  readonly status: 'draft' | 'approved';
  /** Who approved it; null for a draft. */
  readonly approver: string | null;
  /** Last day it may run, `YYYY-MM-DD`, UTC. */
  readonly expires: string;
  /** Most urgent first. */
  readonly levels: readonly string[];
  readonly inputs: ReadonlyMap<string, PackInput>;
  /** First match wins; never more urgent than the rule before. */
  readonly rules: readonly PackRule[];
  readonly messages: ReadonlyMap<string, LocalText>;
}

type Json = Readonly<Record<string, unknown>>;
type Report = (pointer: string, code: string) => void;

const isObject = (value: unknown): value is Json => typeof value === 'object' && value !== null && !Array.isArray(value);
const isText = (value: unknown): value is string => typeof value === 'string' && value.trim() !== '';
const textsOf = (value: unknown): readonly string[] | null => (Array.isArray(value) && value.every(isText) ? value : null);

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

function parseCondition(json: unknown, inputs: ReadonlyMap<string, PackInput>, pointer: string, report: Report, depth = 0): Condition | null {
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

function parseInputs(json: unknown, report: Report): ReadonlyMap<string, PackInput> {
  const inputs = new Map<string, PackInput>();
  for (const [name, input] of isObject(json) ? Object.entries(json) : []) {
    const values = isObject(input) ? textsOf(input['values']) : null;
    const type = isObject(input) ? input['type'] : null;
    if ((type === 'choice' && values && values.length > 0) || type === 'number' || type === 'boolean') {
      inputs.set(name, { type, values: values ?? [], required: isObject(input) && input['required'] === true });
    } else report(`/inputs/${name}`, 'input');
  }
  if (inputs.size === 0) report('/inputs', 'missing');
  return inputs;
}

function parseRules(json: unknown, levels: readonly string[], inputs: ReadonlyMap<string, PackInput>, messages: ReadonlyMap<string, LocalText>, report: Report): readonly PackRule[] {
  const rules: PackRule[] = [];
  let urgency = 0;
  (Array.isArray(json) ? json : []).forEach((rule: unknown, index) => {
    const at = `/rules/${index}`;
    if (!isObject(rule) || !isText(rule['id'])) return report(`${at}/id`, 'missing');
    const { id, level } = rule;
    if (rules.some((before) => before.id === id)) report(`${at}/id`, 'twice');
    const rank = levels.indexOf(String(level));
    if (rank < 0) return report(`${at}/level`, 'unknown-level');
    if (rank < urgency) report(`${at}/level`, 'order');
    urgency = Math.max(urgency, rank);
    const said = textsOf(rule['messages'] ?? []);
    if (!said) report(`${at}/messages`, 'message');
    said?.forEach((message, position) => messages.has(message) || report(`${at}/messages/${position}`, 'unknown-message'));
    const when = parseCondition(rule['when'], inputs, `${at}/when`, report);
    if (when && said) rules.push({ id, level: String(level), when, messages: said });
  });
  const last = rules.at(-1);
  if (!last || !('always' in last.when)) report('/rules', 'no-last-rule');
  return rules;
}

function parseMessages(json: unknown, report: Report): ReadonlyMap<string, LocalText> {
  const messages = new Map<string, LocalText>();
  for (const [id, message] of isObject(json) ? Object.entries(json) : []) {
    if (isObject(message) && isText(message['en']) && Object.values(message).every(isText)) messages.set(id, message as LocalText);
    else report(`/messages/${id}`, 'message');
  }
  return messages;
}

/** Whether a day exists, `YYYY-MM-DD`. */
const isDay = (value: unknown): value is string =>
  typeof value === 'string' && /^\d{4}-\d\d-\d\d$/.test(value) && !Number.isNaN(Date.parse(value)) && new Date(value).toISOString().startsWith(value);

/** Reads a pack. Refusals: code `config-invalid`, every mistake in `details` as JSON pointer and code. */
export function parsePack(json: unknown): Result<Pack> {
  const mistakes: { pointer: string; code: string }[] = [];
  const report: Report = (pointer, code) => void mistakes.push({ pointer, code });
  const pack = isObject(json) ? json : {};
  const { id, version, status, approver, expires } = pack;
  for (const [name, value] of Object.entries({ id, version })) if (!isText(value)) report(`/${name}`, 'missing');
  if (status !== 'draft' && status !== 'approved') report('/status', 'status');
  if (status === 'approved' && !isText(approver)) report('/approver', 'missing');
  if (!isDay(expires)) report('/expires', 'date');
  const levels = textsOf(pack['levels']) ?? [];
  if (levels.length === 0 || new Set(levels).size !== levels.length) report('/levels', 'levels');
  const inputs = parseInputs(pack['inputs'], report);
  const messages = parseMessages(pack['messages'], report);
  const rules = parseRules(pack['rules'], levels, inputs, messages, report);
  if (mistakes.length > 0) return err(new CareError('config-invalid', 'This content pack has mistakes.', { details: mistakes.slice(0, 50) }));
  return ok({
    id: String(id), version: String(version), status: status === 'approved' ? 'approved' : 'draft', approver: isText(approver) ? approver : null,
    expires: String(expires), levels, inputs, rules, messages,
  });
}
