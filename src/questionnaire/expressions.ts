/**
 * What is computed in a form: variables, `calculatedExpression`, `initialExpression`, `enableWhenExpression`, constraints, options that come and go, texts
 * (SDC, build.fhir.org/ig/HL7/sdc/expressions.html); and the patterns of answers. Loaded only for forms that have either. What cannot be computed is empty and told to the
 * author; the form goes on.
 */
import { CareError } from '../base/care-error.js';
import { err, ok, type Result } from '../base/result.js';
import { sameAnswer } from './check-answers.js';
import { answerOf, isObject } from './fhir-json.js';
import { evaluate } from './fhirpath/evaluate.js';
import { nothing, quantityOf, toNode, toNodes, type Node, type Nodes } from './fhirpath/nodes.js';
import { parseExpression } from './fhirpath/parse-expression.js';
import { truth, type Environment } from './fhirpath/scope.js';
import type { Expression } from './fhirpath/syntax.js';
import type { Answer, AnswerError, Finding, Form, FormItem, Option } from './form.js';
import type { Expressions, ExpressionWorld } from './form-session.js';
import { findExpressions, type Constraint, type ElementExpressions, type ExpressionAt, type FormExpressions } from './load-expressions.js';
import { kindOfType } from './load-item.js';
import { loadQuestionnaire, type LoadOptions } from './load-questionnaire.js';
import { quantityIn } from './parse-typed.js';
import { readPattern, type Pattern } from './pattern.js';
import type { Slot } from './slots.js';
import { writeItems } from './write-response.js';

export interface ExpressionOptions {
  /** Milliseconds since the epoch, UTC: `now()` and `today()`. */
  readonly nowMs: number;
  /** Resources of the launch context by name (`user`, `page` …): only what the host chooses to give. */
  readonly launch?: Readonly<Record<string, unknown>>;
}

/** Computed values may depend on each other; so many rounds are enough for any form that comes to rest. */
const mostRounds = 12;

/** All expressions of an item or of the form, with what they are for left out. */
const expressionsIn = (found: ElementExpressions): readonly ExpressionAt[] =>
  [...found.variables, found.text, found.enableWhen, found.calculated, found.initial, ...found.constraints.map(({ expression }) => expression), ...found.toggles.map(({ expression }) => expression)].filter((one) => one !== null);

/** What was read of a form before a session of it. */
interface Parsed {
  readonly expressions: ReadonlyMap<ExpressionAt, Expression>;
  /** By what the author wrote. */
  readonly patterns: ReadonlyMap<string, Pattern>;
}

function parseAll({ form, items, problems: found }: FormExpressions, all: Form['items']): Result<Parsed> {
  const expressions = new Map<ExpressionAt, Expression>();
  const patterns = new Map<string, Pattern>();
  const problems = [...found];
  for (const at of [...(form ? expressionsIn(form) : []), ...[...items.values()].flatMap(expressionsIn)]) {
    const expression = parseExpression(at.text);
    if (expression) expressions.set(at, expression);
    else problems.push({ pointer: at.pointer, code: 'expression-syntax' });
  }
  for (const { regex, pointer } of all) {
    if (regex === null) continue;
    const pattern = readPattern(regex);
    if (typeof pattern === 'string') problems.push({ pointer: `${pointer}/extension`, code: pattern });
    else patterns.set(regex, pattern);
  }
  return problems.length === 0 ? ok({ expressions, patterns }) : err(new CareError('form-unsupported', 'An expression or a pattern of the form cannot be read.', { details: problems }));
}

/** Scores of options, found by what was chosen. */
function weightsOf(form: Form): (node: Node) => number | null {
  const scored: readonly Option[] = form.items.flatMap(({ options }) => options.filter(({ weight }) => weight !== null));
  return ({ value }) => {
    const inner = isObject(value) && !('code' in value) && !('display' in value) ? answerOf(value) : null;
    const answer = inner ?? answerOf({ [isObject(value) ? 'valueCoding' : typeof value === 'number' ? 'valueInteger' : 'valueString']: value });
    return (answer && scored.find((option) => sameAnswer(option.value, answer))?.weight) ?? null;
  };
}

/** A computed value as an answer of the item, or null. */
function toAnswer({ value, type }: Node, item: FormItem): Answer | null {
  if (item.type === 'choice') {
    const option = item.options.find(({ value: one }) => ('valueCoding' in one ? one.valueCoding.code === (isObject(value) ? value['code'] : value) : Object.values(one)[0] === value));
    return option?.value ?? (item.open === 'valueString' && typeof value === 'string' ? { valueString: value } : null);
  }
  if (item.type === 'group' || item.type === 'display') return null;
  if (item.type === 'quantity') {
    const amount = typeof value === 'number' ? value : quantityOf({ value, type })?.amount;
    const unit = item.units[0]?.value;
    if (isObject(value) && value['unit'] !== '1') return answerOf({ valueQuantity: value });
    return amount === undefined ? null : { valueQuantity: quantityIn(amount, unit && 'valueCoding' in unit ? unit.valueCoding : null) };
  }
  const kind = kindOfType[item.type];
  if (kind === 'valueString') return typeof value === 'object' ? null : { valueString: String(value) };
  if (kind === 'valueDate' && typeof value === 'string') return answerOf({ valueDate: value.slice(0, 10) });
  if (kind === 'valueDecimal' && isObject(value)) return answerOf({ valueDecimal: quantityOf({ value, type })?.amount });
  return answerOf({ [kind]: value });
}

/** What expressions look at in one round: the response so far, and which item of it is whose. */
interface Round {
  readonly response: Nodes;
  readonly itemOf: ReadonlyMap<Slot, Nodes>;
  /** Variables that are known already, by where they stand. */
  readonly variables: Map<ExpressionAt, Map<Slot | null, Nodes>>;
}

const look = (world: ExpressionWorld): Round => {
  const itemOf = new Map<Slot, Nodes>();
  const item = writeItems(world, world.roots, world.lang, { all: true, onItem: (slot, json) => itemOf.set(slot, [toNode(json)]) });
  return { response: toNodes({ resourceType: 'QuestionnaireResponse', status: 'in-progress', item }), itemOf, variables: new Map() };
};

/** What an expression said last, of each slot. */
class Computing implements Expressions {
  readonly #gates = new Map<Slot, boolean>();
  readonly #texts = new Map<Slot, string>();
  readonly #disallowed = new Map<Slot, readonly Answer[]>();
  readonly #violated = new Map<Slot, Constraint>();
  #broken: readonly Constraint[] = [];
  readonly #warnings = new Map<string, Finding>();
  readonly #underWay = new Set<ExpressionAt>();

  constructor(readonly found: FormExpressions, readonly form: Form, readonly parsed: Parsed, readonly options: ExpressionOptions, readonly score: Environment['score']) {}

  get warnings(): readonly Finding[] {
    return [...this.#warnings.values()];
  }

  gate = (slot: Slot): boolean => this.#gates.get(slot) ?? !this.#of(slot)?.enableWhen;

  fits = (pattern: string, text: string): boolean => this.parsed.patterns.get(pattern)!.has([...text], 'all');

  allows(slot: Slot, option: Answer): boolean {
    return !this.#disallowed.get(slot)?.some((one) => sameAnswer(one, option));
  }

  textOf(slot: Slot): string | null {
    return this.#texts.get(slot) ?? null;
  }

  violated(slot: Slot): ReturnType<Expressions['violated']> {
    const constraint = this.#violated.get(slot);
    return constraint ? { severity: constraint.severity, error: { code: 'constraint', params: {}, message: constraint.human } } : null;
  }

  violatedByForm(): readonly AnswerError[] {
    return this.#broken.map(({ human }) => ({ code: 'constraint', params: {}, message: human }));
  }

  settle(world: ExpressionWorld): void {
    const computed = world.slots.all.filter((slot) => this.#of(slot));
    if (computed.length === 0 && !this.found.form) return;
    for (let number = 0; ; number++) {
      const round = look(world);
      const changed = computed.map((slot) => this.#compute(slot, round, world)).some((one) => one);
      if (!changed) break;
      // What was enabled only now, or no longer, is another answer for the others.
      world.reach();
      if (number < mostRounds + computed.length) continue;
      this.#warn(computed[0]!.item.pointer, 'expression-loop');
      break;
    }
    const round = look(world);
    for (const slot of computed) this.#judge(slot, round, world);
    this.#broken = (this.found.form?.constraints ?? []).filter(({ severity, expression }) => severity === 'error' && this.#holds(expression, null, round) === false);
  }

  initial(world: ExpressionWorld): void {
    const round = look(world);
    for (const slot of world.slots.all) {
      const at = this.#of(slot)?.initial;
      if (at) world.compute(slot, this.#answers(at, slot, round));
    }
  }

  #of({ item }: Slot): ElementExpressions | undefined {
    return this.found.items.get(item);
  }

  #warn(pointer: string, code: string): void {
    this.#warnings.set(`${pointer} ${code}`, { pointer, code });
  }

  /** True where anything came out that was not so before. */
  #compute(slot: Slot, round: Round, world: ExpressionWorld): boolean {
    const { enableWhen, calculated, toggles, text } = this.#of(slot)!;
    let changed = false;
    if (enableWhen) {
      const open = this.#holds(enableWhen, slot, round) === true;
      changed = this.gate(slot) !== open;
      this.#gates.set(slot, open);
    }
    if (text) {
      const [node] = this.#evaluate(text, slot, round);
      if (node && typeof node.value !== 'object') this.#texts.set(slot, String(node.value));
      else this.#texts.delete(slot);
    }
    if (toggles.length > 0) changed = this.#toggle(slot, round) || changed;
    return (calculated !== null && world.reached(slot) && world.compute(slot, this.#answers(calculated, slot, round))) || changed;
  }

  #toggle(slot: Slot, round: Round): boolean {
    const disallowed = this.#of(slot)!.toggles.filter(({ expression }) => this.#holds(expression, slot, round) === false).flatMap(({ options }) => options);
    const before = this.#disallowed.get(slot) ?? [];
    this.#disallowed.set(slot, disallowed);
    return disallowed.length !== before.length || disallowed.some((one, index) => !sameAnswer(one, before[index]!));
  }

  #judge(slot: Slot, round: Round, world: ExpressionWorld): void {
    const broken = world.reached(slot) ? this.#of(slot)!.constraints.filter(({ expression }) => this.#holds(expression, slot, round) === false) : [];
    const worst = broken.find(({ severity }) => severity === 'error') ?? broken[0];
    if (worst && (slot.item.type === 'group' || world.answersOf(slot).length > 0)) this.#violated.set(slot, worst);
    else this.#violated.delete(slot);
  }

  #holds(at: ExpressionAt, slot: Slot | null, round: Round): boolean | null {
    const nodes = this.#evaluate(at, slot, round);
    return nodes.length > 1 ? true : truth(nodes, '');
  }

  #answers(at: ExpressionAt, slot: Slot, round: Round): readonly Answer[] {
    const { item } = slot;
    const nodes = this.#evaluate(at, slot, round);
    const answers = (item.repeats ? nodes : nodes.slice(0, 1)).map((node) => toAnswer(node, item));
    if (answers.includes(null)) this.#warn(at.pointer, 'computed-type');
    return answers.filter((answer): answer is Answer => answer !== null);
  }

  #evaluate(at: ExpressionAt, slot: Slot | null, round: Round): Nodes {
    return evaluate(this.parsed.expressions.get(at)!, slot ? (round.itemOf.get(slot) ?? nothing) : round.response, {
      nowMs: this.options.nowMs,
      score: this.score,
      variable: (name) => this.#variable(name, slot, round),
      warn: ({ code }) => this.#warn(at.pointer, code),
    });
  }

  #variable(name: string, slot: Slot | null, round: Round): Nodes | null {
    for (let place = slot; place; place = place.parent) {
      const own = this.#of(place)?.variables.find((variable) => variable.name === name);
      if (own) return this.#known(own, place, round);
    }
    const shared = this.found.form?.variables.find((variable) => variable.name === name);
    if (shared) return this.#known(shared, null, round);
    if (name === 'resource' || name === 'rootResource') return round.response;
    if (name === 'context') return slot ? (round.itemOf.get(slot) ?? nothing) : round.response;
    if (name === 'questionnaire') return toNodes(this.form.source);
    if (name === 'qitem') return slot ? toNodes(slot.item.source) : nothing;
    if (name === 'ucum') return toNodes('http://unitsofmeasure.org');
    if (name === 'sct') return toNodes('http://snomed.info/sct');
    if (name === 'loinc') return toNodes('http://loinc.org');
    const { launch = {} } = this.options;
    return Object.hasOwn(launch, name) ? toNodes(launch[name]) : null;
  }

  /** Each variable once a round; one that needs itself is empty. */
  #known(variable: ExpressionAt, place: Slot | null, round: Round): Nodes {
    const values = round.variables.get(variable) ?? new Map<Slot | null, Nodes>();
    round.variables.set(variable, values);
    const before = values.get(place);
    if (before) return before;
    if (this.#underWay.has(variable)) {
      this.#warn(variable.pointer, 'expression-loop');
      return nothing;
    }
    this.#underWay.add(variable);
    const nodes = this.#evaluate(variable, place, round);
    this.#underWay.delete(variable);
    values.set(place, nodes);
    return nodes;
  }
}

/** Reads the expressions and patterns of a form, for one session of it. Refusals: `form-unsupported` with the place of every one that cannot be read or evaluated. */
export function loadExpressions(form: Form, options: ExpressionOptions): Result<Expressions> {
  const found = findExpressions(form);
  const parsed = parseAll(found, form.items);
  return parsed.ok ? ok(new Computing(found, form, parsed.value, options, weightsOf(form))) : parsed;
}

/** Loads a Questionnaire and judges its expressions and patterns at once, where nobody waits for it. Refusals: `form-unsupported`. */
export function loadWithExpressions(json: unknown, options: LoadOptions): Result<Form> {
  const loaded = loadQuestionnaire(json, options);
  if (!loaded.ok || !loaded.value.hasExpressions) return loaded;
  const expressions = loadExpressions(loaded.value, { nowMs: 0 });
  return expressions.ok ? loaded : expressions;
}
