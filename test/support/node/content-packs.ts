/** The content packs as whoever installs the package gets them, and a check of one with answers by linkId. */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Answer } from '../../../src/questionnaire/form.js';
import { createChecker, type Checker } from '../../../src/triage/checker.js';
import type { TriageAnswer, TriageAnswers } from '../../../src/triage/evaluate.js';
import { parsePack, type Pack } from '../../../src/triage/pack.js';

export const packNames = ['respiratory', 'phq-9'] as const;
export type PackName = (typeof packNames)[number];

/** A day on which every pack runs. */
export const nowMs = Date.UTC(2026, 10, 25);

const { resolve } = createRequire(import.meta.url);
const files = { respiratory: resolve('care-chat/packs/respiratory.json'), 'phq-9': resolve('care-chat/packs/phq-9.json') } satisfies Record<PackName, string>;

export const readPackFile = (name: PackName): Record<string, unknown> => JSON.parse(readFileSync(files[name], 'utf8')) as Record<string, unknown>;

export function loadPack(json: unknown): Pack {
  const pack = parsePack(json);
  if (!pack.ok) throw new Error(JSON.stringify(pack.error.details));
  return pack.value;
}

export function openChecker(pack: Pack): Checker {
  const checker = createChecker(pack, { lang: 'en', nowMs });
  if (!checker.ok) throw checker.error;
  return checker.value;
}

export type Given = string | readonly string[] | number | boolean | undefined;
/** By linkId: codes of options, a number, true or false; undefined for a question that is not answered. */
export type Answered = Readonly<Record<string, Given>>;

/** Starts a check anew with these answers, those of disabled questions among them. */
export function answerAll({ session }: Checker, answers: Answered): void {
  const toAnswers = (linkId: string, given: Given): readonly Answer[] => {
    if (given === undefined) return [];
    if (typeof given === 'boolean') return [{ valueBoolean: given }];
    if (typeof given === 'number') return [{ valueInteger: given }];
    const codes = typeof given === 'string' ? [given] : given;
    return codes.map((code) => {
      const option = session.form.byLinkId.get(linkId)?.options.find(({ value }) => 'valueCoding' in value && value.valueCoding.code === code);
      if (!option) throw new Error(`"${linkId}" has no option "${code}"`);
      return option.value;
    });
  };
  session.restore({ form: session.form.name, answers: Object.fromEntries(Object.entries(answers).map(([linkId, given]) => [linkId, toAnswers(linkId, given)])), typed: {} });
}

/** Answers with nothing to tell: a healthy adult. */
export const healthyAdult = {
  'red-flags': ['none'], who: 'me', 'age-me': 40, 'age-other': 40, 'age-weeks': 30, symptoms: ['none'], course: 'same', 'onset-days': 2, 'fever-days': 1, 'chronic-condition-worse': false, risk: ['none'], test: 'none', exposure: 'no', vaccination: 'up-to-date',
} satisfies Answered;

/** The same for PHQ-9. */
export const untroubled: Answered = { danger: ['none'], ...Object.fromEntries(Array.from({ length: 9 }, (_, index) => [`phq-9.${index + 1}`, '0'])) };

/** What the rules have to see of answers, said here once more so that many cases can be tried without drawing a form for each. */
export const inputsOf: Readonly<Record<PackName, (answers: Answered) => TriageAnswers>> = {
  respiratory(answers) {
    const { who } = answers;
    const age = who === undefined ? undefined : seen(answers[who === 'me' ? 'age-me' : 'age-other']);
    const symptoms = choice(answers['symptoms']);
    const some = symptoms.some((symptom) => symptom !== 'none' && symptom !== 'unknown');
    return defined({
      redFlags: choice(answers['red-flags']), ageYears: age, ageWeeks: typeof age === 'number' && age < 1 ? seen(answers['age-weeks']) : undefined, symptoms,
      course: some ? choice(answers['course']) : undefined, onsetDays: some ? seen(answers['onset-days']) : undefined, feverDays: symptoms.includes('fever') ? seen(answers['fever-days']) : undefined,
      chronicConditionWorse: seen(answers['chronic-condition-worse']), risk: choice(answers['risk']), test: choice(answers['test']), exposure: symptoms.includes('none') ? choice(answers['exposure']) : undefined,
    });
  },
  'phq-9'(answers) {
    const items = Array.from({ length: 9 }, (_, index) => answers[`phq-9.${index + 1}`]);
    return { danger: choice(answers['danger']), item9: choice(items[8]), total: items.includes(undefined) ? 'unknown' : items.reduce((sum: number, one) => sum + Number(one), 0) };
  },
};

const seen = (given: Given): TriageAnswer => given ?? 'unknown';
const choice = (given: Given): readonly string[] => (given === undefined ? ['unknown'] : [given].flat().map(String));
const defined = (answers: TriageAnswers): TriageAnswers => Object.fromEntries(Object.entries(answers).filter(([, given]) => given !== undefined));
