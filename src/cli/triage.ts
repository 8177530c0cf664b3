/** `care-chat triage evaluate`: what a content pack says to a set of answers, so that a clinic can test its pack in its own CI. */
import { readFileSync } from 'node:fs';
import { evaluatePack, type TriageAnswers } from '../triage/evaluate.js';
import { parsePack } from '../triage/pack.js';
import { need, readOptions } from './options.js';
import { exit, UsageError, type ExitCode, type Terminal } from './terminal.js';

export const triageHelp = `care-chat triage: symptom checker content packs

  care-chat triage evaluate PACK.json --answers ANSWERS.json [--on YYYY-MM-DD]

Prints the outcome as JSON: level, rule, why, messages. ANSWERS.json maps each input to a value, a list of values,
a number, true or false; "unknown", "refused" and "timed-out" go for any input and never lower the level.
A pack with mistakes is refused with the place of each; an expired one is refused.

  --on   evaluate as of this day instead of today`;

/** Reads a JSON file; a mistake in it is the caller's and is told in one line. */
function readJson(path: string): unknown {
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch {
    throw new UsageError(`cannot read ${path}`);
  }
  try {
    return JSON.parse(text) as unknown;
  } catch {
    throw new UsageError(`${path} is not JSON`);
  }
}

const isAnswer = (value: unknown): boolean => ['string', 'number', 'boolean'].includes(typeof value) || (Array.isArray(value) && value.every((entry) => typeof entry === 'string'));

function readAnswers(path: string): TriageAnswers {
  const json = readJson(path);
  if (typeof json !== 'object' || json === null || Array.isArray(json)) throw new UsageError(`${path} has to be an object of answers`);
  const wrong = Object.entries(json).find(([, value]) => !isAnswer(value));
  if (wrong) throw new UsageError(`the answer to "${wrong[0]}" in ${path} has to be a text, a list of texts, a number, true or false`);
  return json as TriageAnswers;
}

function dayOf(text: string | undefined): number {
  if (text === undefined) return Date.now();
  const at = /^\d{4}-\d\d-\d\d$/.test(text) ? Date.parse(text) : NaN;
  if (Number.isNaN(at)) throw new UsageError('--on needs a day, YYYY-MM-DD');
  return at;
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
  const outcome = pack.ok ? evaluatePack(pack.value, answers, { nowMs }) : pack;
  if (!outcome.ok) {
    terminal.error(outcome.error.message);
    for (const { pointer, code } of outcome.error.details) terminal.error(`  ${pointer}: ${code}`);
    return exit.failure;
  }
  terminal.out(JSON.stringify(outcome.value, null, 2));
  return exit.ok;
}
