/** `care-chat form`: what a FHIR Questionnaire makes of answers, and what its author should look at, so that a clinic can test its forms in its own CI. */
import { flesch } from './reading-grade.js';
import type { CareError } from '../base/care-error.js';
import { evaluateForm } from '../questionnaire/evaluate-form.js';
import { loadWithExpressions } from '../questionnaire/expressions.js';
import type { Form } from '../questionnaire/form.js';
import { lintForm, type Lint, type LintOptions } from '../questionnaire/lint-form.js';
import { lintInWords } from '../questionnaire/lint-words.js';
import { refusalInWords } from '../questionnaire/refusal-words.js';
import { lintPack } from '../triage/lint-pack.js';
import { packLintInWords, packRefusalInWords } from '../triage/lint-words.js';
import { parsePack } from '../triage/pack.js';
import { need, readOptions, readPort } from './options.js';
import { runPreview } from './form-preview.js';
import { dayOf, readJson, readObject } from './read-json.js';
import { exit, UsageError, type ExitCode, type Terminal } from './terminal.js';

export const formHelp = `care-chat form: HL7 FHIR Questionnaires, R4 and R5

  care-chat form evaluate FORM.json --answers ANSWERS.json [--lang TAG] [--on YYYY-MM-DD] [--context CONTEXT.json]
  care-chat form lint FORM.json|PACK.json [--grade N] [--json]
  care-chat form preview FORM.json|PACK.json [--port N]

evaluate prints JSON: enabled and disabled linkIds, values (computed ones too) by linkId, score, errors, warnings and
the QuestionnaireResponse. ANSWERS.json is a QuestionnaireResponse, or an object that gives each linkId a list of
FHIR value[x] objects: {"age": [{"valueInteger": 40}]}. Exit code 0 also where answers are missing or wrong.

lint says what to look at, in a form or in a symptom checker's content pack: one line each, with the place in the file.
Exit code 1 where it found something.

preview serves a page on this machine only: the form or the pack as a patient sees it, all questions or one at a time,
and beside it, live, the response, the items, and which conditions and rules hold.

  --lang         language of the texts in the response (default: the form's own)
  --on           evaluate as of this day instead of today
  --context      an object of FHIR resources by name, for %user, %page and others
  --terminology  a ValueSet, a CodeSystem or a Bundle of them that the form refers to by address; may be given again
  --grade        school years that a text may ask of its reader (default 8; English texts)
  --json         findings as JSON
  --port         port of the preview (default: any that is free)`;

const options = {
  answers: { type: 'string' }, lang: { type: 'string' }, on: { type: 'string' }, context: { type: 'string' }, terminology: { type: 'string', multiple: true }, grade: { type: 'string' }, json: { type: 'boolean' }, port: { type: 'string' },
  help: { type: 'boolean', short: 'h' },
} as const;
type Values = ReturnType<typeof readOptions<typeof options>>['values'];

function refuse(error: CareError, terminal: Terminal, inWords = refusalInWords): ExitCode {
  terminal.error(error.message);
  for (const line of inWords(error)) terminal.error(`  ${line}`);
  return exit.failure;
}

function load(json: unknown, { lang, terminology }: Values): ReturnType<typeof loadWithExpressions> {
  if (lang !== undefined && !/^[A-Za-z]{2,3}(-[A-Za-z0-9]{1,8})*$/.test(lang)) throw new UsageError('--lang needs a language tag, such as en or es-MX');
  const own = typeof json === 'object' && json !== null && 'language' in json && typeof json.language === 'string' ? json.language : 'en';
  return loadWithExpressions(json, { lang: lang ?? own, terminology: (terminology ?? []).map(readJson) });
}

function evaluate(form: Form, values: Values, terminal: Terminal): ExitCode {
  const answers = readObject(need(values.answers, '--answers'), 'a QuestionnaireResponse or an object of answers');
  const launch = values.context === undefined ? {} : readObject(values.context, 'an object of resources');
  const evaluated = evaluateForm(form, answers, { nowMs: dayOf(values.on), launch });
  if (!evaluated.ok) return refuse(evaluated.error, terminal);
  terminal.out(JSON.stringify(evaluated.value, null, 2));
  return exit.ok;
}

function lintOptionsOf({ grade = '8', on }: Values): LintOptions {
  if (!/^\d{1,2}$/.test(grade)) throw new UsageError('--grade needs a number of school years');
  return { nowMs: dayOf(on), gradeOf: flesch, highestGrade: Number(grade) };
}

function tell(found: readonly Lint[], { json }: Values, terminal: Terminal, inWords: (found: readonly Lint[]) => readonly string[]): ExitCode {
  if (json) terminal.out(JSON.stringify(found, null, 2));
  else for (const line of inWords(found)) terminal.out(line);
  if (!json && found.length === 0) terminal.out('Nothing to look at.');
  return found.length === 0 ? exit.ok : exit.failure;
}

const lint = (form: Form, values: Values, terminal: Terminal): ExitCode => tell(lintForm(form, lintOptionsOf(values)), values, terminal, (found) => lintInWords(found));

/** A content pack has rules beside its questionnaire. */
const isPack = (json: unknown): boolean => typeof json === 'object' && json !== null && 'rules' in json && !('resourceType' in json);

function lintPackFile(json: unknown, values: Values, terminal: Terminal): ExitCode {
  const pack = parsePack(json);
  return pack.ok ? tell(lintPack(pack.value, lintOptionsOf(values)), values, terminal, packLintInWords) : refuse(pack.error, terminal, packRefusalInWords);
}

const actions = new Map([['evaluate', evaluate], ['lint', lint]]);

/** The subcommand. Throws `UsageError`. */
export function runForm(args: readonly string[], terminal: Terminal): ExitCode | Promise<ExitCode> {
  const { values, positionals } = readOptions(args, options);
  if (values.help) {
    terminal.out(formHelp);
    return exit.ok;
  }
  const [name, path, ...more] = positionals;
  const action = actions.get(name ?? '');
  if (!action && name !== 'preview') throw new UsageError(name === undefined ? 'what about the form? "form evaluate FORM.json", "form lint FORM.json" or "form preview FORM.json"' : `there is no "form ${name}"`);
  if (path === undefined) throw new UsageError(`form ${name!} needs FORM.json`);
  if (more.length > 0) throw new UsageError(`"${more[0]!}" is one word too many`);
  if (!action) return runPreview({ path, terminology: values.terminology ?? [], port: readPort(values.port, '--port') ?? 0 }, terminal);
  const json = readJson(path);
  if (name === 'lint' && isPack(json)) return lintPackFile(json, values, terminal);
  const form = load(json, values);
  return form.ok ? action(form.value, values, terminal) : refuse(form.error, terminal);
}
