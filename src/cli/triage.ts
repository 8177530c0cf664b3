/** `care-chat triage evaluate`: what a content pack says to a set of answers, so that a clinic can test its pack in its own CI. */
import { CareError } from '../base/care-error.js';
import { err, ok, type Result } from '../base/result.js';
import { otherForm } from '../questionnaire/evaluate-form.js';
import { fillAnswers, fillResponse } from '../questionnaire/fill-response.js';
import { didYouMean } from '../server/config/mistakes.js';
import { createChecker } from '../triage/checker.js';
import { evaluatePack, type Outcome, type TriageAnswers } from '../triage/evaluate.js';
import { packRefusalInWords } from '../triage/lint-words.js';
import { parsePack, type Pack } from '../triage/pack.js';
import { need, readOptions } from './options.js';
import { dayOf, readJson, readObject } from './read-json.js';
import { exit, UsageError, type ExitCode, type Terminal } from './terminal.js';

export const triageHelp = `care-chat triage: symptom checker content packs

  care-chat triage evaluate PACK.json --answers ANSWERS.json [--on YYYY-MM-DD]

Prints the outcome as JSON: level, rule, why, messages. ANSWERS.json gives the answers to the pack's questions, as a
FHIR QuestionnaireResponse or as lists of FHIR value[x] objects by linkId; or the inputs of its rules: each a value, a
list of values, a number (in the input's unit), true or false. "unknown", "refused" and "timed-out" go for any input and
never lower the level; red flags that are not given are unknown, and there are none where "none" or an empty list is
given. Other inputs that are not given and not required were not said. A name that the pack does not have is refused.
A pack with mistakes is refused with the place of each; an expired one is refused.

  --on   evaluate as of this day instead of today`;

const isAnswer = (value: unknown): boolean => ['string', 'number', 'boolean'].includes(typeof value) || (Array.isArray(value) && value.every((entry) => typeof entry === 'string'));

type FhirAnswers = Readonly<Record<string, unknown>>;

/** A QuestionnaireResponse, or lists of `value[x]` objects. */
const isFhir = (json: FhirAnswers): boolean =>
  json['resourceType'] === 'QuestionnaireResponse' || Object.values(json).some((value) => Array.isArray(value) && value.some((entry) => typeof entry === 'object' && entry !== null));

function readAnswers(path: string): FhirAnswers {
  const json = readObject(path, 'an object of answers');
  const wrong = Object.entries(json).find(([, value]) => !isAnswer(value));
  if (isFhir(json)) return json;
  if (wrong) throw new UsageError(`the answer to "${wrong[0]}" in ${path} has to be a text, a list of texts, a number, true or false`);
  return json;
}

/** Names that no input has: an answer under one of them would be passed over, and a red flag with it. */
function unknownNames({ inputs }: Pack, answers: FhirAnswers): string | null {
  const known = [...inputs.keys()];
  const hint = (name: string): string => {
    const asked = known.filter((input) => inputs.get(input)!.from.includes(name));
    return asked.length > 0 ? ` Question "${name}" is read by ${asked.map((input) => `"${input}"`).join(', ')}.` : didYouMean(name, known) || ` There are: ${known.join(', ')}.`;
  };
  const lines = Object.keys(answers).filter((name) => !inputs.has(name)).map((name) => `  "${name}".${hint(name)}`);
  return lines.length > 0 ? ['these answers are to inputs that the pack does not have:', ...lines].join('\n') : null;
}

/** The red-flag question is asked of everybody, so that where nothing is said of it nobody knows; as with the form, and unlike an optional input. */
const unansweredFlags = ({ inputs, redFlags }: Pack): TriageAnswers =>
  Object.fromEntries([...inputs].filter(([, { from }]) => redFlags !== null && from.includes(redFlags)).map(([name]) => [name, 'unknown']));

/** What a pack decides, on answers of its form or on inputs of its rules. Throws `UsageError`. */
function decide(pack: Pack, answers: FhirAnswers, nowMs: number): Result<Outcome> {
  if (!isFhir(answers)) {
    const wrong = unknownNames(pack, answers);
    if (wrong !== null) throw new UsageError(wrong);
    return evaluatePack(pack, { ...unansweredFlags(pack), ...(answers as TriageAnswers) }, { nowMs });
  }
  const checker = createChecker(pack, { lang: 'en', nowMs });
  if (!checker.ok) return checker;
  const { session, emergency, outcome } = checker.value;
  if (otherForm(session.form, answers) === 'other-questionnaire') throw new UsageError(`the answers are of ${String(answers['questionnaire'])}, and the pack asks ${session.form.name}`);
  const { mistakes } = answers['resourceType'] === 'QuestionnaireResponse' ? fillResponse(session, answers) : fillAnswers(session, answers);
  return mistakes.length > 0 ? err(new CareError('form-invalid', 'The answers do not fit the questions.', { details: mistakes })) : ok(emergency() ?? outcome());
}

/** The subcommand. Throws `UsageError`. */
export function runTriage(args: readonly string[], terminal: Terminal): ExitCode {
  const { values, positionals } = readOptions(args, { answers: { type: 'string' }, on: { type: 'string' }, help: { type: 'boolean', short: 'h' } });
  if (values.help) {
    terminal.out(triageHelp);
    return exit.ok;
  }
  const [action, path, ...more] = positionals;
  if (action !== 'evaluate') throw new UsageError(action === undefined ? 'what about the pack? "triage evaluate PACK.json"' : `there is no "triage ${action}"`);
  if (path === undefined) throw new UsageError('triage evaluate needs PACK.json');
  if (more.length > 0) throw new UsageError(`"${more[0]!}" is one word too many`);
  const answers = readAnswers(need(values.answers, '--answers'));
  const nowMs = dayOf(values.on);
  const pack = parsePack(readJson(path));
  const outcome = pack.ok ? decide(pack.value, answers, nowMs) : pack;
  if (!outcome.ok) {
    terminal.error(outcome.error.message);
    for (const line of packRefusalInWords(outcome.error)) terminal.error(`  ${line}`);
    return exit.failure;
  }
  terminal.out(JSON.stringify(outcome.value, null, 2));
  return exit.ok;
}
