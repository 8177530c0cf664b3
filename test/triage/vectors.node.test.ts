/**
 * The proposal for a respiratory checker, as a pack of conditions written here and as our pack with its questions, against its published vectors. The
 * files are not part of this project: CARE_CHAT_CORPUS names their folder, and without it these tests are skipped aloud.
 */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { evaluatePack, type TriageAnswers } from '../../src/triage/evaluate.js';
import type { Condition } from '../../src/triage/conditions.js';
import { parsePack } from '../../src/triage/pack.js';
import { answerAll, healthyAdult, loadPack, nowMs, openChecker, readPackFile, type Answered } from '../support/node/content-packs.js';

const corpus = process.env['CARE_CHAT_CORPUS'];

interface Proposal {
  readonly levels: readonly string[];
  readonly inputs: { readonly redFlags: { readonly adult: readonly string[]; readonly child: readonly string[] }; readonly symptoms: readonly string[]; readonly risk: readonly string[]; readonly test: readonly string[]; readonly course: readonly string[] };
  readonly rules: readonly { readonly id: string; readonly level: string }[];
  readonly vectors: readonly { readonly in: TriageAnswers; readonly out: string }[];
}

/** The proposal's prose rules, as conditions. Risk includes age from 65. */
function conditions(proposal: Proposal): Readonly<Record<string, Condition>> {
  const { adult, child } = proposal.inputs.redFlags;
  const anySymptom: Condition = { input: 'symptoms', hasBeside: ['none'] };
  const anyRisk: Condition = { any: [{ input: 'ageYears', atLeast: 65 }, { input: 'risk', hasBeside: [] }] };
  return {
    E1: { all: [{ input: 'ageYears', atLeast: 18 }, { input: 'redFlags', has: adult }] },
    E2: { all: [{ input: 'ageYears', below: 18 }, { input: 'redFlags', has: child }] },
    E3: { all: [{ input: 'ageWeeks', below: 12 }, { input: 'symptoms', has: ['fever'] }] },
    E4: { input: 'redFlags', has: ['not-sure'] },
    U1: { any: [{ input: 'course', has: ['better-then-worse'] }, { input: 'chronicConditionWorse', is: true }] },
    U2: { all: [{ input: 'ageYears', below: 2 }, anySymptom] },
    U3: { all: [anySymptom, anyRisk] },
    U4: { any: [{ input: 'symptoms', has: ['short-of-breath-on-exertion'] }, { input: 'course', has: ['worse'] }] },
    U5: { all: [{ input: 'test', has: ['positive-covid', 'positive-flu'] }, anyRisk] },
    B1: { all: [anySymptom, { input: 'onsetDays', atLeast: 10 }] },
    B2: { input: 'symptoms', has: ['other'] },
    B3: { all: [{ input: 'ageYears', atLeast: 2 }, { input: 'ageYears', below: 18 }, { input: 'feverDays', atLeast: 3 }] },
    S1: anySymptom,
    S2: { input: 'test', has: ['positive-covid', 'positive-flu'] },
    S3: { input: 'exposure', has: ['yes'] },
    S4: { always: true },
  };
}

function toPack(proposal: Proposal): unknown {
  const when = conditions(proposal);
  const choice = (values: readonly string[]): unknown => ({ type: 'choice', values });
  const bare = (values: readonly string[]): readonly string[] => values.map((value) => value.split(' ')[0]!);
  const { inputs } = proposal;
  return {
    id: 'proposal', version: '0', title: { en: 'Proposal' }, status: 'draft', author: { name: 'The tests', on: '2026-11-25' }, approver: null, expires: '2030-01-01', messages: {},
    levels: proposal.levels.map((id) => ({ id, title: { en: id }, stops: id === 'emergency' })),
    inputs: {
      redFlags: choice([...new Set([...inputs.redFlags.adult, ...inputs.redFlags.child, 'not-sure', 'none'])]), symptoms: choice(bare(inputs.symptoms)), risk: choice(inputs.risk), test: choice(inputs.test), course: choice(inputs.course),
      exposure: choice(['yes', 'no']), ageYears: { type: 'number' }, ageWeeks: { type: 'number' }, onsetDays: { type: 'number' }, feverDays: { type: 'number' }, chronicConditionWorse: { type: 'boolean' },
    },
    rules: proposal.rules.map(({ id, level }) => ({ id, level, when: when[id], messages: [] })),
  };
}

const skip = corpus ? false : 'CARE_CHAT_CORPUS is not set';
const readProposal = (): Proposal => JSON.parse(readFileSync(join(corpus!, 'triage', 'respiratory-checker-2026.proposal.json'), 'utf8')) as Proposal;

test('a pack of the proposed rules decides every published vector', { skip }, () => {
  const proposal = readProposal();
  const pack = parsePack(toPack(proposal));
  if (!pack.ok) assert.fail(JSON.stringify(pack.error.details));
  assert.ok(proposal.vectors.length >= 20);
  for (const vector of proposal.vectors) {
    const outcome = evaluatePack(pack.value, vector.in, { nowMs });
    assert.equal(outcome.ok && outcome.value.rule, vector.out, JSON.stringify(vector.in));
  }
});

/** Signs that our one screen for all ages asks for together with another. */
const together: Readonly<Record<string, string>> = {
  'fast-or-trouble-breathing': 'trouble-breathing', 'bluish-lips-face': 'pale-gray-blue-skin-lips-nails', 'chest-pain': 'chest-or-belly-pain-pressure-persistent',
  'dehydration-no-urine-8h-dry-mouth-no-tears': 'not-urinating', 'not-alert-or-interacting': 'cannot-wake-or-stay-awake',
};
const linkIds: Readonly<Record<string, string>> = { symptoms: 'symptoms', course: 'course', onsetDays: 'onset-days', feverDays: 'fever-days', chronicConditionWorse: 'chronic-condition-worse', risk: 'risk', test: 'test', exposure: 'exposure', vaccination: 'vaccination', ageWeeks: 'age-weeks' };

/** A vector's inputs as answers to our questions; whatever it does not speak of has nothing to tell. */
function toAnswered(inputs: TriageAnswers): Answered {
  const { ageYears, redFlags = ['none'], healthcareWorker: _notAsked, ...others } = inputs;
  const age = ageYears as number;
  return {
    ...healthyAdult, who: age < 18 ? 'child' : 'me', 'age-me': age, 'age-other': age, 'red-flags': (redFlags as readonly string[]).map((sign) => together[sign] ?? sign),
    ...Object.fromEntries(Object.entries(others).map(([input, given]) => [linkIds[input] ?? assert.fail(`nothing asks for ${input}`), given])),
  };
}

test('our respiratory pack decides every published vector, by its questions and by the inputs as they stand', { skip }, () => {
  const { vectors } = readProposal();
  const checker = openChecker(loadPack(readPackFile('respiratory')));
  for (const { in: inputs, out } of vectors) {
    const bare = evaluatePack(checker.pack, inputs, { nowMs });
    assert.equal(bare.ok && bare.value.rule, out, JSON.stringify(inputs));
    answerAll(checker, toAnswered(inputs));
    assert.equal((checker.emergency() ?? checker.outcome()).rule, out, JSON.stringify(inputs));
  }
});

test('every proposed red flag is an emergency as soon as it is tapped, and of its age once that is known', { skip }, () => {
  const { adult, child } = readProposal().inputs.redFlags;
  const checker = openChecker(loadPack(readPackFile('respiratory')));
  for (const [signs, ageYears, rule] of [[adult, 30, 'E1'], [child, 6, 'E2']] as const) {
    for (const sign of signs) {
      answerAll(checker, { 'red-flags': [together[sign] ?? sign] });
      assert.equal(checker.emergency()?.level, 'emergency', sign);
      answerAll(checker, toAnswered({ ageYears, redFlags: [sign] }));
      assert.equal(checker.emergency()?.rule, rule, sign);
    }
  }
});
