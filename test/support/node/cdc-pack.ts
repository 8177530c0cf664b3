/**
 * CDC's Coronavirus Self-Checker, version 74, from the table of its decisions to a Questionnaire and a content pack. The table is not part of this project,
 * and CDC has retired the checker: a fixture of the rules, never advice.
 */
import type { Condition } from '../../../src/triage/conditions.js';
import { choice as choiceItem, hl7, item, questionnaire, type Json } from '../shared/questionnaires.js';
import type { Answered } from './content-packs.js';

export interface CdcCase {
  readonly symptoms?: 'listed' | 'other-only' | 'none';
  readonly exposure?: 'yes-or-unknown' | 'no';
  readonly test?: string;
  readonly congregateLiving?: boolean;
  readonly healthcareWorker?: boolean;
  readonly highRisk?: boolean;
  readonly lifeThreatening?: boolean;
}

export interface CdcRow {
  readonly when: CdcCase;
  readonly code: string;
  readonly messages: readonly string[];
  readonly level: string;
}

/** Some texts of the table are in several languages. */
type Said = string | { readonly en: string };

interface Step {
  readonly step: string;
  readonly text: Said;
  readonly options: readonly Said[] & { readonly en: string };
  readonly listedAdult: readonly Said[];
  readonly listedChildExtra: readonly Said[];
  readonly other: Said;
  readonly none: Said;
  readonly conditions: readonly Said[];
  readonly childExtra: readonly Said[];
}

export interface CdcTable {
  readonly title: string;
  readonly entry: readonly Step[];
  readonly adult: readonly CdcRow[];
  readonly pediatric: readonly CdcRow[];
  readonly messages: Readonly<Record<string, Readonly<Record<string, string>>>>;
}

export type CdcPath = 'adult' | 'pediatric';

const alone = 'None of the above';
const firstAdultAge = '18-29 years';
const firstChildAge = '2-4 years';
const oldFrom = '65-69 years';

interface Questions {
  readonly signs: readonly string[];
  readonly ages: readonly string[];
  readonly exposures: readonly string[];
  readonly tests: readonly string[];
  readonly listed: readonly string[];
  readonly other: string;
  readonly none: string;
  readonly conditions: readonly string[];
  textOf(step: string): string;
}

const said = (text: Said): string => (typeof text === 'string' ? text : text.en);

function questionsOf({ entry }: CdcTable): Questions {
  const step = (name: string): Step => entry.find((one) => one.step === name)!;
  const [symptoms, conditions] = [step('Q46'), step('Q49')];
  const ages = JSON.parse(step('Q40').options.en) as readonly string[];
  return {
    signs: said(step('Q52').text).split('\n').filter((line) => line.startsWith('- ')).map((line) => line.slice(2).trim()),
    ages: ages.slice(ages.indexOf(firstChildAge)), exposures: step('Q45').options.map(said), tests: step('Q53').options.map(said),
    listed: [...symptoms.listedAdult, ...symptoms.listedChildExtra].map(said), other: said(symptoms.other), none: said(symptoms.none), conditions: [...conditions.conditions, ...conditions.childExtra].map(said),
    textOf: (name) => said(step(name).text).split('\n')[0]!,
  };
}

/** Values are the options' own words. */
const choice = (linkId: string, text: string, options: readonly string[], more: Json = {}): Json => {
  const exclusive = new Set([alone, 'No symptoms']);
  const built = choiceItem(linkId, options, { text, ...more });
  const listed = built['answerOption'] as readonly Json[];
  return { ...built, answerOption: listed.map((option, index) => (exclusive.has(options[index]!) ? { ...option, extension: [hl7('questionnaire-optionExclusive', { valueBoolean: true })] } : option)) };
};

const when = (linkId: string, codes: readonly string[]): readonly Json[] => codes.map((code) => ({ question: linkId, operator: '=', answerCoding: { code } }));

function toQuestionnaire(table: CdcTable): Json {
  const { signs, ages, exposures, tests, listed, other, none, conditions, textOf } = questionsOf(table);
  const adults = ages.slice(ages.indexOf(firstAdultAge));
  return questionnaire([
    choice('signs', textOf('Q52'), [...signs, alone], { repeats: true }),
    choice('age', textOf('Q40'), ages), choice('exposure', 'Exposed to COVID-19?', exposures), choice('test', textOf('Q53'), tests),
    choice('symptoms', textOf('Q46'), [...listed, other, none], { repeats: true }),
    item('congregate', 'boolean', { text: textOf('Q47/Q50'), enableWhen: when('symptoms', [...listed, none]), enableBehavior: 'any' }),
    item('adults', 'group', {
      enableWhen: when('age', adults), enableBehavior: 'any',
      item: [item('health-worker', 'boolean', { text: textOf('Q48/Q51'), enableWhen: [{ question: 'congregate', operator: '=', answerBoolean: false }] })],
    }),
    choice('conditions', textOf('Q49'), [...conditions, alone], { repeats: true, enableWhen: when('symptoms', listed), enableBehavior: 'any' }),
  ]);
}

function conditionOf(row: CdcCase, path: CdcPath, { ages, other, none, exposures }: Questions): Condition {
  const adults = ages.slice(ages.indexOf(firstAdultAge));
  const listed: Condition = { input: 'symptoms', hasBeside: [other, none] };
  const symptoms: Readonly<Record<NonNullable<CdcCase['symptoms']>, Condition>> = {
    listed, 'other-only': { all: [{ not: listed }, { input: 'symptoms', has: [other] }] }, none: { input: 'symptoms', has: [none] },
  };
  const old: Condition = { input: 'age', has: ages.slice(ages.indexOf(oldFrom)) };
  const risky: Condition = { any: [{ input: 'conditions', hasBeside: [alone] }, ...(path === 'adult' ? [old] : [])] };
  const flag = (input: string, is: boolean | undefined): readonly Condition[] => (is === undefined ? [] : [{ input, is }]);
  return {
    all: [
      path === 'adult' ? { input: 'age', has: adults } : { input: 'age', hasBeside: adults },
      ...(row.symptoms ? [symptoms[row.symptoms]] : []),
      ...(row.exposure ? [{ input: 'exposure', has: row.exposure === 'no' ? ['No'] : exposures.filter((one) => one !== 'No') }] : []),
      ...(row.test === undefined ? [] : [{ input: 'test', has: [row.test === 'none' ? 'not tested' : row.test] }]),
      ...flag('congregate', row.congregateLiving), ...flag('healthWorker', row.healthcareWorker),
      ...(row.highRisk === undefined ? [] : [row.highRisk ? risky : { not: risky }]),
      ...(row.lifeThreatening ? [{ input: 'signs', hasBeside: [alone] }] : []),
    ],
  };
}

/** Texts in some languages are empty in the table. */
const withoutGaps = (messages: CdcTable['messages']): Json =>
  Object.fromEntries(Object.entries(messages).map(([id, texts]) => [id, Object.fromEntries(Object.entries(texts).filter(([, text]) => text.trim() !== ''))]));

/** The pack: life-threatening signs first, then one rule for each row, most urgent rows first; at last CDC's answer to no answers. */
export function toCdcPack(table: CdcTable): Json {
  const questions = questionsOf(table);
  const levels = ['emergency', 'urgent', 'book', 'self-care'];
  const emergency = (path: CdcPath, code: string): readonly [CdcPath, CdcRow] => [path, { when: { lifeThreatening: true }, code, messages: ['MSG4'], level: 'emergency' }];
  const rows: readonly (readonly [CdcPath, CdcRow])[] = [
    emergency('adult', 'FV-1'), emergency('pediatric', 'FV-87'), ...table.adult.map((row) => ['adult', row] as const), ...table.pediatric.map((row) => ['pediatric', row] as const),
  ];
  const values = (linkId: string, list: readonly string[]): Json => ({ type: 'choice', values: list, from: linkId });
  return {
    id: 'cdc-v74', version: '74', title: { en: table.title }, status: 'draft', author: { name: 'CDC, converted by the tests', on: '2022-10-07' }, approver: null, expires: '2030-01-01',
    levels: levels.map((id) => ({ id, title: { en: id }, stops: id === 'emergency' })),
    redFlags: 'signs',
    inputs: {
      signs: values('signs', [...questions.signs, alone]), age: values('age', questions.ages), exposure: values('exposure', questions.exposures), test: values('test', questions.tests),
      symptoms: values('symptoms', [...questions.listed, questions.other, questions.none]), conditions: values('conditions', [...questions.conditions, alone]),
      congregate: { type: 'boolean', from: 'congregate' }, healthWorker: { type: 'boolean', from: 'health-worker' },
    },
    rules: [
      ...[...rows].sort(([, a], [, b]) => levels.indexOf(a.level) - levels.indexOf(b.level)).map(([path, { when: row, code, messages, level }]) => ({ id: code, level, when: conditionOf(row, path, questions), messages })),
      { id: 'ES-3', level: 'self-care', when: { always: true }, messages: ['MSG0'] },
    ],
    messages: withoutGaps(table.messages),
    questionnaire: toQuestionnaire(table),
  };
}

/** A row's case as taps. `variant` goes through the options that mean the same. */
export function toCdcAnswers(table: CdcTable, path: CdcPath, row: CdcCase, variant: number): Answered {
  const { signs, ages, exposures, listed, other, none, conditions } = questionsOf(table);
  const pick = <T>(options: readonly T[]): T => options[variant % options.length]!;
  const [children, adults] = [ages.slice(0, ages.indexOf(firstAdultAge)), ages.slice(ages.indexOf(firstAdultAge))];
  const young = adults.slice(0, adults.indexOf(oldFrom));
  const byAge = path === 'adult' && row.highRisk === true && variant % 2 === 1;
  const symptoms = { listed: variant % 2 === 0 ? [pick(listed)] : [pick(listed), other], 'other-only': [other], none: [none] };
  return {
    signs: [row.lifeThreatening ? pick(signs) : alone], age: path === 'pediatric' ? pick(children) : byAge ? pick(adults.slice(adults.indexOf(oldFrom))) : pick(young),
    exposure: row.exposure === 'no' ? 'No' : pick(exposures.filter((one) => one !== 'No')), test: row.test === undefined || row.test === 'none' ? 'not tested' : row.test, symptoms: symptoms[row.symptoms ?? 'none'],
    congregate: row.congregateLiving, 'health-worker': row.healthcareWorker, conditions: [row.highRisk === true && !byAge ? pick(conditions) : alone],
  };
}
