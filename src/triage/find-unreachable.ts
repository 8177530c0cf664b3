/**
 * Which rules no answers can lead to, for authors. What each input can be is taken apart into the few kinds that its conditions tell apart; the search over
 * them ends where the rule is impossible or one before it is certain. Where there are too many to look at, a rule counts as reachable.
 */
import type { Form, FormItem } from '../questionnaire/form.js';
import type { PackInput } from './conditions.js';
import { leavesOf, truthOf, type Leaf, type TriageAnswer } from './evaluate.js';
import { valueOfOption, type Pack } from './pack.js';

/** No value of any input, and so unknown to every condition. */
const unknown = '\u0000';
const mostKinds = 64;
const mostSteps = 20_000;

type Given = TriageAnswer | undefined;

/** One list of values for each way in which the conditions can see a choice. */
function kindsOfChoice({ values }: PackInput, leaves: readonly Leaf[], questions: readonly FormItem[]): readonly Given[] {
  const alone = new Set(questions.flatMap(({ options }) => options.filter(({ exclusive }) => exclusive).map(({ value }) => valueOfOption(value))));
  const several = questions.length !== 1 || questions[0]!.repeats;
  const seen = (leaf: Leaf, value: string): boolean => ('has' in leaf ? leaf.has.includes(value) : 'hasBeside' in leaf && !leaf.hasBeside.includes(value));
  const kinds = new Map<string, readonly string[]>();
  const add = (kind: readonly string[]): void => {
    const signature = leaves.map((leaf) => Number(kind.some((value) => seen(leaf, value)))).join('');
    if (kinds.size < mostKinds && !kinds.has(signature)) kinds.set(signature, kind);
  };
  for (const value of values) add([value]);
  // Grows while it is gone through.
  if (several) for (const kind of kinds.values()) if (!alone.has(kind[0]!)) for (const value of values) if (!alone.has(value)) add([...kind, value]);
  return [...kinds.values()];
}

/** The least number between one limit of the conditions and the next, as far as the questions allow it. */
function kindsOfNumber(leaves: readonly Leaf[], questions: readonly FormItem[]): readonly Given[] {
  const limits = [...new Set(leaves.flatMap((leaf) => ('atLeast' in leaf ? [leaf.atLeast] : 'below' in leaf ? [leaf.below] : [])))].sort((a, b) => a - b);
  const edge = (name: 'minValue' | 'maxValue', choose: (...values: number[]) => number, none: number): number =>
    questions.length === 0 ? none : choose(...questions.map((item) => (typeof item[name] === 'number' ? item[name] : none)));
  const [least, most] = [edge('minValue', Math.min, -Infinity), edge('maxValue', Math.max, Infinity)];
  const whole = questions.length > 0 && questions.every(({ type }) => type !== 'decimal' && type !== 'quantity');
  const starts = [Math.max(least, (limits[0] ?? 1) - 1), ...limits.map((limit) => Math.max(limit, least))];
  return starts.map((start) => (whole ? Math.ceil(start) : start)).filter((value, index) => value <= most && value < (limits[index] ?? Infinity));
}

function kindsOf(input: PackInput, leaves: readonly Leaf[], form: Form | null): readonly Given[] {
  const questions = input.from.flatMap((linkId) => form?.byLinkId.get(linkId) ?? []);
  const known = input.type === 'choice' ? kindsOfChoice(input, leaves, questions) : input.type === 'number' ? kindsOfNumber(leaves, questions) : [true, false];
  return [...known, ...(input.required ? [] : [undefined]), unknown];
}

function canBeFirst(pack: Pack, index: number, kinds: ReadonlyMap<string, readonly Given[]>): boolean {
  const rule = pack.rules[index]!;
  const before = pack.rules.slice(0, index);
  const names = [...new Set([rule, ...before].flatMap(({ when }) => leavesOf(when)).map(({ input }) => input))];
  const answers: Record<string, Given> = Object.fromEntries(names.map((name) => [name, unknown]));
  let steps = 0;
  const search = (depth: number): boolean => {
    if (++steps > mostSteps) return true;
    if (truthOf(rule.when, pack, answers) === 'no') return false;
    const earlier = before.map(({ when }) => truthOf(when, pack, answers));
    if (earlier.includes('yes')) return false;
    if (!earlier.includes('maybe')) return true;
    const name = names[depth];
    return name !== undefined && kinds.get(name)!.some((given) => {
      answers[name] = given;
      const found = search(depth + 1);
      answers[name] = unknown;
      return found;
    });
  };
  return search(0);
}

/** Positions of rules that can never be the first match. */
export function findUnreachableRules(pack: Pack, form: Form | null): readonly number[] {
  const leaves = pack.rules.flatMap(({ when }) => leavesOf(when));
  const kinds = new Map([...pack.inputs].map(([name, input]) => [name, kindsOf(input, leaves.filter((leaf) => leaf.input === name), form)]));
  return pack.rules.flatMap((_, index) => (canBeFirst(pack, index, kinds) ? [] : [index]));
}
