/**
 * A symptom check under way: a form session of the pack's questions, and what its rules make of the answers so far. Runs where the answers are: nothing leaves
 * here by itself. Knows no screen.
 */
import { CareError } from '../base/care-error.js';
import { err, ok, type Result } from '../base/result.js';
import { loadExpressions } from '../questionnaire/expressions.js';
import type { Answer, Form } from '../questionnaire/form.js';
import { createFormSession, type FormSession } from '../questionnaire/form-session.js';
import type { ItemSnapshot } from '../questionnaire/form-snapshot.js';
import { loadQuestionnaire } from '../questionnaire/load-questionnaire.js';
import type { PackInput } from './conditions.js';
import { emergencySoFar, evaluatePack, type Outcome, type TriageAnswer, type TriageAnswers } from './evaluate.js';
import { valueOfOption, type Pack } from './pack.js';
import { convertUnit } from './units.js';

export interface CheckerOptions {
  /** BCP 47 tag. */
  readonly lang: string;
  /** Milliseconds since the epoch, UTC. */
  readonly nowMs: number;
  /** Lets a machine's translation run that nobody has reviewed: for demonstrations only. */
  readonly allowUnreviewed?: boolean;
}

export interface Checker {
  readonly pack: Pack;
  readonly session: FormSession;
  /** What the rules see of the answers; what was asked and not answered is `unknown`. */
  answers(): TriageAnswers;
  /** An emergency that what was said already makes certain, or null: nothing more is to be asked then. */
  emergency(): Outcome | null;
  /** The outcome of what was said; what was not said counts as the worst it could be. */
  outcome(): Outcome;
}

const dayMs = 86_400_000;

/** Whole years, weeks or days since a date that may be only a year or a month: then the fewest, because young children are the more urgent. */
export function since(date: string, as: NonNullable<PackInput['as']>, nowMs: number): number {
  const [year = '', month = '12', day] = date.split('-');
  const last = day ?? String(new Date(Date.UTC(Number(year), Number(month), 0)).getUTCDate());
  const at = Date.UTC(Number(year), Number(month) - 1, Number(last));
  if (as !== 'years') return Math.max(0, Math.floor((nowMs - at) / dayMs / (as === 'weeks' ? 7 : 1)));
  const now = new Date(nowMs);
  const before = now.getUTCMonth() + 1 < Number(month) || (now.getUTCMonth() + 1 === Number(month) && now.getUTCDate() < Number(last));
  return Math.max(0, now.getUTCFullYear() - Number(year) - Number(before));
}

function valueOf(answer: Answer, { as, unit: wanted }: PackInput, nowMs: number): string | number | boolean {
  if ('valueQuantity' in answer) {
    const { value, code, unit = '' } = answer.valueQuantity;
    return convertUnit(value, code ?? unit, wanted ?? '') ?? 'unknown';
  }
  if ('valueDate' in answer && as !== null) return since(answer.valueDate, as, nowMs);
  const [value] = Object.values(answer) as [unknown];
  return typeof value === 'number' || typeof value === 'boolean' ? value : valueOfOption(answer);
}

/** What an input is by the questions it comes from: undefined where none of them is asked. */
function inputOf(input: PackInput, items: readonly ItemSnapshot[], nowMs: number): TriageAnswer | undefined {
  if (items.length === 0) return undefined;
  const given = items.flatMap(({ answers }) => answers.map((answer) => valueOf(answer, input, nowMs)));
  const open = items.some(({ answers }) => answers.length === 0);
  if (input.type === 'choice') return [...given.map(String), ...(open ? ['unknown'] : [])];
  return given[0] ?? 'unknown';
}

/** What the rules see of a session's answers. */
export function toTriageAnswers(pack: Pack, session: FormSession, nowMs: number): TriageAnswers {
  const asked = session.snapshot.value.items.filter(({ key }) => session.reached(key));
  return Object.fromEntries([...pack.inputs].flatMap(([name, input]) => {
    const value = inputOf(input, asked.filter(({ linkId }) => input.from.includes(linkId)), nowMs);
    return value === undefined ? [] : [[name, value]];
  }));
}

const refuse = (pointer: string, code: string, words: string): Result<never> => err(new CareError('config-invalid', words, { details: [{ pointer, code }] }));

/** In which language a pack runs for somebody who reads `lang`. Refusal: `unreviewed`. */
export function packLanguage(pack: Pack, { lang, allowUnreviewed = false }: Pick<CheckerOptions, 'lang' | 'allowUnreviewed'>): Result<string> {
  const primary = lang.toLowerCase().split('-')[0]!;
  const provenance = pack.translations.get(lang.toLowerCase()) ?? pack.translations.get(primary);
  if (provenance?.by === 'machine' && !provenance.reviewed && !allowUnreviewed) return refuse(`/translations/${primary}`, 'unreviewed', 'A machine put this content pack into that language, and nobody has reviewed it.');
  return ok(provenance || primary === 'en' ? lang : 'en');
}

/** The questions of a pack that may run. Refusals, code `config-invalid`: `expired`, `unreviewed` (the language), `missing` (no questions). */
export function loadPackForm(pack: Pack, options: CheckerOptions): Result<Form> {
  if (!pack.questionnaire) return refuse('/questionnaire', 'missing', 'This content pack has no questions.');
  if (new Date(options.nowMs).toISOString().slice(0, 10) > pack.expires) return refuse('/expires', 'expired', 'This content pack has expired and must not be used.');
  const lang = packLanguage(pack, options);
  return lang.ok ? loadQuestionnaire(pack.questionnaire, { lang: lang.value }) : lang;
}

/** Begins a check, with what computes in it loaded. Refusals: those of `loadPackForm`, and `form-unsupported` for an expression that cannot be read. */
export function createChecker(pack: Pack, options: CheckerOptions): Result<Checker> {
  const form = loadPackForm(pack, options);
  if (!form.ok) return form;
  const expressions = form.value.hasExpressions ? loadExpressions(form.value, options) : null;
  if (expressions && !expressions.ok) return expressions;
  return ok(beginCheck(pack, createFormSession(form.value, expressions?.value ?? null), options.nowMs));
}

/** A check on a session of the pack's questions. */
export function beginCheck(pack: Pack, session: FormSession, nowMs: number): Checker {
  const answers = (): TriageAnswers => toTriageAnswers(pack, session, nowMs);
  const outcome = (): Outcome => {
    const found = evaluatePack(pack, answers(), { nowMs });
    if (!found.ok) throw found.error;
    return found.value;
  };
  return {
    pack, session, answers, outcome,
    emergency() {
      const certain = emergencySoFar(pack, answers());
      if (certain) return certain;
      // A red flag is an emergency before the age is known.
      const flags = session.snapshot.value.items.find(({ linkId }) => linkId === pack.redFlags);
      const flagged = flags?.answers.some((answer) => !flags.options.some((option) => option.exclusive && option.chosen && valueOfOption(option.value) === valueOfOption(answer)));
      const found = flagged ? outcome() : null;
      return found?.stops ? found : null;
    },
  };
}
