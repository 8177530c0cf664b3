/**
 * The proposal for a respiratory checker, as a pack of conditions written here, against its published vectors. The files are not part
 * of this project: CARE_CHAT_CORPUS names their folder, and without it these tests are skipped aloud.
 */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { evaluatePack, type TriageAnswers } from '../../src/triage/evaluate.js';
import { parsePack, type Condition } from '../../src/triage/pack.js';

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
    id: 'proposal', version: '0', status: 'draft', approver: null, expires: '2030-01-01', levels: proposal.levels, messages: {},
    inputs: {
      redFlags: choice([...new Set([...inputs.redFlags.adult, ...inputs.redFlags.child, 'not-sure', 'none'])]), symptoms: choice(bare(inputs.symptoms)), risk: choice(inputs.risk), test: choice(inputs.test), course: choice(inputs.course),
      exposure: choice(['yes', 'no']), ageYears: { type: 'number' }, ageWeeks: { type: 'number' }, onsetDays: { type: 'number' }, feverDays: { type: 'number' }, chronicConditionWorse: { type: 'boolean' },
    },
    rules: proposal.rules.map(({ id, level }) => ({ id, level, when: when[id], messages: [] })),
  };
}

test('a pack of the proposed rules decides every published vector', { skip: corpus ? false : 'CARE_CHAT_CORPUS is not set' }, () => {
  const proposal = JSON.parse(readFileSync(join(corpus!, 'triage', 'respiratory-checker-2026.proposal.json'), 'utf8')) as Proposal;
  const pack = parsePack(toPack(proposal));
  if (!pack.ok) assert.fail(JSON.stringify(pack.error.details));
  assert.ok(proposal.vectors.length >= 20);
  for (const vector of proposal.vectors) {
    const outcome = evaluatePack(pack.value, vector.in, { nowMs: Date.UTC(2026, 10, 23) });
    assert.equal(outcome.ok && outcome.value.rule, vector.out, JSON.stringify(vector.in));
  }
});
