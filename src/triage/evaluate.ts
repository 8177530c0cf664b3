/**
 * First matching rule wins, and what is not known never lowers the level: conditions have three values, and a rule that might match
 * counts as matched. Because rules are ordered by urgency, the answer is the most urgent one that cannot be ruled out. Pure.
 */
import { CareError } from '../base/care-error.js';
import { err, ok, type Result } from '../base/result.js';
import type { LocalText } from '../protocol/types.js';
import type { Condition } from './conditions.js';
import type { Pack, PackRule } from './pack.js';

/** A choice (one or several values), a number, a yes or no; `unknown`, `refused` and `timed-out` for any input. */
export type TriageAnswer = string | readonly string[] | number | boolean;
export type TriageAnswers = Readonly<Record<string, TriageAnswer | undefined>>;

/** An input that made the rule match, and what it was; null where that is not known. */
export interface Reason {
  readonly input: string;
  readonly given: TriageAnswer | null;
}

export interface Outcome {
  readonly pack: string;
  readonly version: string;
  readonly level: string;
  /** In words. */
  readonly title: LocalText;
  /** Whether nothing more is to be asked. */
  readonly stops: boolean;
  readonly panel: PackRule['panel'];
  readonly rule: string;
  readonly why: readonly Reason[];
  readonly messages: readonly { readonly id: string; readonly text: LocalText }[];
}

export type Truth = 'yes' | 'no' | 'maybe';

const unknownTokens: ReadonlySet<unknown> = new Set(['unknown', 'refused', 'timed-out']);
const truth = (value: boolean): Truth => (value ? 'yes' : 'no');

/** What was given for a choice; `unknown` tells that there may be more. A value the pack does not know is unknown, not ignored. */
function chosen(given: TriageAnswer | undefined, known: readonly string[]): { readonly values: readonly string[]; readonly unknown: boolean } {
  const list: readonly unknown[] = Array.isArray(given) ? given : [given];
  const values = list.filter((value): value is string => typeof value === 'string' && known.includes(value));
  return { values, unknown: values.length < list.length };
}

export type Leaf = Extract<Condition, { readonly input: string }>;

function judgeLeaf(leaf: Leaf, pack: Pack, answers: TriageAnswers): Truth {
  const input = pack.inputs.get(leaf.input)!;
  const given = Object.hasOwn(answers, leaf.input) ? answers[leaf.input] : undefined;
  if (given === undefined) return input.required ? 'maybe' : 'no';
  if ('has' in leaf || 'hasBeside' in leaf) {
    const { values, unknown } = chosen(given, input.values);
    const matches = values.some((value) => ('has' in leaf ? leaf.has.includes(value) : !leaf.hasBeside.includes(value)));
    // A value that is listed by the rule itself ("unknown" among the options) has been counted above.
    return matches ? 'yes' : unknown || (input.required && values.length === 0) ? 'maybe' : 'no';
  }
  if ('is' in leaf) return typeof given === 'boolean' ? truth(given === leaf.is) : 'maybe';
  if (typeof given !== 'number' || Number.isNaN(given)) return 'maybe';
  return truth('atLeast' in leaf ? given >= leaf.atLeast : given < leaf.below);
}

/** What a condition asks of inputs, at any depth. */
export function leavesOf(condition: Condition): readonly Leaf[] {
  if ('input' in condition) return [condition];
  if ('not' in condition) return leavesOf(condition.not);
  return 'all' in condition ? condition.all.flatMap(leavesOf) : 'any' in condition ? condition.any.flatMap(leavesOf) : [];
}

function judge(condition: Condition, pack: Pack, answers: TriageAnswers, leaves: Leaf[]): Truth {
  if ('always' in condition) return 'yes';
  if ('not' in condition) {
    const inner = judge(condition.not, pack, answers, []);
    // What speaks for a denial is that its parts do not hold.
    if (inner !== 'yes') leaves.push(...leavesOf(condition.not));
    return inner === 'maybe' ? 'maybe' : truth(inner === 'no');
  }
  if ('input' in condition) {
    const value = judgeLeaf(condition, pack, answers);
    if (value !== 'no') leaves.push(condition);
    return value;
  }
  const parts = ('all' in condition ? condition.all : condition.any).map((part) => judge(part, pack, answers, leaves));
  const [decisive, other]: readonly [Truth, Truth] = 'all' in condition ? ['no', 'yes'] : ['yes', 'no'];
  return parts.includes(decisive) ? decisive : parts.includes('maybe') ? 'maybe' : other;
}

/** Whether a condition holds for these answers; `maybe` where what is not known decides it. */
export const truthOf = (condition: Condition, pack: Pack, answers: TriageAnswers): Truth => judge(condition, pack, answers, []);

const isUnknown = (given: TriageAnswer | undefined): boolean => given === undefined || (Array.isArray(given) ? given.some((value) => unknownTokens.has(value)) : unknownTokens.has(given));

function outcomeOf(pack: Pack, rule: PackRule, leaves: readonly Leaf[], answers: TriageAnswers): Outcome {
  const why = [...new Set(leaves.map((leaf) => leaf.input))].map((input) => {
    const given = Object.hasOwn(answers, input) ? answers[input] : undefined;
    return { input, given: isUnknown(given) ? null : given! };
  });
  const level = pack.levels.find(({ id }) => id === rule.level)!;
  const messages = rule.messages.map((id) => ({ id, text: pack.messages.get(id)! }));
  return { pack: pack.id, version: pack.version, level: rule.level, title: level.title, stops: level.stops, panel: rule.panel, rule: rule.id, why, messages };
}

/** An emergency that is certain by what has been said so far, whatever is still to come; null where there is none. */
export function emergencySoFar(pack: Pack, answers: TriageAnswers): Outcome | null {
  for (const rule of pack.rules) {
    const leaves: Leaf[] = [];
    if (pack.levels.find(({ id }) => id === rule.level)!.stops && judge(rule.when, pack, answers, leaves) === 'yes') return outcomeOf(pack, rule, leaves, answers);
  }
  return null;
}

/**
 * The outcome for these answers at a time (milliseconds since the epoch, UTC). An expired pack refuses, code `config-invalid` with
 * detail `expired`: the host shows the emergency numbers instead.
 */
export function evaluatePack(pack: Pack, answers: TriageAnswers, { nowMs }: { readonly nowMs: number }): Result<Outcome> {
  if (new Date(nowMs).toISOString().slice(0, 10) > pack.expires) {
    return err(new CareError('config-invalid', 'This content pack has expired and must not be used.', { details: [{ pointer: '/expires', code: 'expired' }] }));
  }
  for (const rule of pack.rules) {
    const leaves: Leaf[] = [];
    if (judge(rule.when, pack, answers, leaves) !== 'no') return ok(outcomeOf(pack, rule, leaves, answers));
  }
  throw new Error('a parsed pack ends with a rule that always matches');
}
