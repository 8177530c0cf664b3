/** The packs that ship: every rule can be reached through the questions, no answer leads nowhere, and nothing that is worse or unknown ever lowers the level. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { flesch } from '../../src/cli/reading-grade.js';
import type { Answer } from '../../src/questionnaire/form.js';
import type { ItemSnapshot } from '../../src/questionnaire/form-snapshot.js';
import { createChecker, type Checker } from '../../src/triage/checker.js';
import { evaluatePack } from '../../src/triage/evaluate.js';
import { findUnreachableRules } from '../../src/triage/find-unreachable.js';
import { lintPack } from '../../src/triage/lint-pack.js';
import { answerAll, healthyAdult, inputsOf, loadPack, nowMs, openChecker, packNames, readPackFile, untroubled, type Answered, type Given, type PackName } from '../support/node/content-packs.js';

const casesOfEach = 20_000;
const walks = 100;
const drawnCases = 500;
const checkers = Object.fromEntries(packNames.map((name) => [name, openChecker(loadPack(readPackFile(name)))])) as Record<PackName, Checker>;

const ruleOf = (checker: Checker, answers: Answered): string => {
  answerAll(checker, answers);
  return (checker.emergency() ?? checker.outcome()).rule;
};

const witnesses: Readonly<Record<PackName, { readonly neutral: Answered; readonly rules: Readonly<Record<string, Answered>> }>> = {
  respiratory: {
    neutral: healthyAdult,
    rules: {
      E1: { 'red-flags': ['seizure'] }, E2: { 'red-flags': ['ribs-pulling-in'], who: 'child', 'age-other': 6 }, E3: { who: 'child', 'age-other': 0, 'age-weeks': 11, symptoms: ['fever'] }, E4: { 'red-flags': ['not-sure'] },
      U1: { 'chronic-condition-worse': true }, U2: { who: 'child', 'age-other': 1, symptoms: ['cough'] }, U3: { symptoms: ['cough'], risk: ['pregnant'] }, U4: { symptoms: ['cough'], course: 'worse' }, U5: { test: 'positive-flu', 'age-me': 65 },
      B1: { symptoms: ['cough'], 'onset-days': 10 }, B2: { symptoms: ['other'] }, B3: { who: 'me', 'age-me': 17, symptoms: ['fever'], 'fever-days': 3 },
      S1: { symptoms: ['cough'] }, S2: { test: 'positive-covid' }, S3: { exposure: 'unknown' }, S4: {},
    },
  },
  'phq-9': {
    neutral: untroubled,
    rules: {
      C1: { 'phq-9.9': '1' }, C2: { danger: ['hurt'] }, N1: { 'phq-9.4': undefined }, S20: scores(20), S15: scores(19), S10: scores(14), S5: scores(9), S0: scores(4),
    },
  },
};

/** Eight answers, item 9 left out, that count so much together. */
function scores(total: number): Answered {
  return Object.fromEntries(Array.from({ length: 8 }, (_, index) => [`phq-9.${index + 1}`, String(Math.min(3, Math.max(0, total - 3 * index)))]));
}

for (const name of packNames) {
  const { pack } = checkers[name];
  const { neutral, rules } = witnesses[name];

  test(`${name}: answers lead to every rule, and to every level`, () => {
    assert.deepEqual(Object.keys(rules).sort(), pack.rules.map(({ id }) => id).sort());
    for (const [rule, change] of Object.entries(rules)) assert.equal(ruleOf(checkers[name], { ...neutral, ...change }), rule, JSON.stringify(change));
    assert.deepEqual(pack.levels.filter(({ id }) => !pack.rules.some(({ level }) => level === id)), []);
    assert.deepEqual(findUnreachableRules(pack, checkers[name].session.form), []);
  });

  test(`${name}: everything is there in every language, and plain`, () => {
    const found = lintPack(pack, { nowMs, gradeOf: flesch, highestGrade: 8 });
    // The wording of these two is PHQ-9's own, which is not ours to change.
    const published = [['/questionnaire/item/1/item/7/text', 'reading-grade'], ['/questionnaire/item/1/item/8/text', 'reading-grade']];
    assert.deepEqual(found.map(({ pointer, code }) => [pointer, code]), [['/status', 'draft'], ['/translations/es', 'unreviewed'], ['/translations/ar', 'unreviewed'], ...(name === 'phq-9' ? published : [])]);
    assert.deepEqual([...pack.translations.keys()], ['es', 'ar']);
    assert.equal(pack.approver, null);
    assert.ok(pack.sources.length > 0 && pack.sources.every(({ url }) => url?.startsWith('https://')));
  });

  test(`${name}: every question explains itself, and no message talks anybody out of care`, () => {
    for (const { linkId, type, help, parent } of checkers[name].session.form.items) {
      const explained = help.length > 0 || (parent !== null && parent.help.length > 0) || type === 'display' || linkId === 'total';
      assert.ok(explained, linkId);
    }
    for (const { id, messages, level } of pack.rules) {
      assert.ok(messages.length > 0, id);
      if (!pack.levels.find((one) => one.id === level)!.stops) assert.ok(messages.includes('any-time') && messages.some((message) => message === 'warning-signs' || message === 'if-worse'), id);
    }
  });

  test(`${name}: runs on its last day only, and only in languages that somebody has reviewed`, () => {
    const start = (lang: string, day: string, allowUnreviewed = false): string | undefined => {
      const checker = createChecker(pack, { lang, nowMs: Date.parse(`${day}T23:59:59Z`), allowUnreviewed });
      return checker.ok ? checker.value.session.snapshot.value.lang : checker.error.details[0]!.code;
    };
    assert.equal(start('en', pack.expires), 'en');
    const next = new Date(Date.parse(pack.expires) + 86_400_000).toISOString().slice(0, 10);
    assert.equal(start('en', next), 'expired');
    assert.deepEqual(['es', 'es-MX', 'ar'].map((lang) => start(lang, pack.expires)), ['unreviewed', 'unreviewed', 'unreviewed']);
    assert.deepEqual(['es', 'ar'].map((lang) => start(lang, pack.expires, true)), ['es', 'ar']);
    assert.equal(start('fr', pack.expires), 'en');
  });

  test(`${name}: whatever is answered, there is a next question or an outcome`, () => {
    fc.assert(fc.property(fc.infiniteStream(fc.nat(1000)), (numbers) => {
      const checker = openChecker(pack);
      const { session } = checker;
      const next = (limit: number): number => (numbers.next().value as number) % limit;
      for (let step = 0; checker.emergency() === null; step++) {
        const open = session.snapshot.value.items.find(({ shown, type, answers, readOnly }) => shown && type !== 'group' && type !== 'display' && answers.length === 0 && !readOnly);
        if (!open) break;
        assert.ok(step < 50, 'the questions come to an end');
        assert.ok(session.answer(open.key, someAnswer(open, next)), open.linkId);
      }
      const { stops, title, messages } = checker.emergency() ?? checker.outcome();
      if (!stops) assert.deepEqual(session.validate(), []);
      assert.ok(messages.length > 0 && title['en']);
    }), { numRuns: walks });
  });
}

function someAnswer({ type, options, repeats, minValue, maxValue, linkId }: ItemSnapshot, next: (limit: number) => number): readonly Answer[] {
  if (type === 'boolean') return [{ valueBoolean: next(2) === 0 }];
  if (type === 'integer' && typeof minValue === 'number' && typeof maxValue === 'number') return [{ valueInteger: minValue + next(maxValue - minValue + 1) }];
  assert.ok(options.length > 0, linkId);
  const chosen = options[next(options.length)]!;
  if (!repeats || chosen.exclusive) return [chosen.value];
  return options.filter((option) => option === chosen || (!option.exclusive && next(3) === 0)).map(({ value }) => value);
}

/** A choice of several; `none` goes with nothing else. */
const several = (codes: readonly string[]): fc.Arbitrary<readonly string[]> => fc.oneof(fc.constant(['none']), fc.subarray([...codes], { minLength: 1 }));
const maybe = (given: fc.Arbitrary<Given>): fc.Arbitrary<Given> => fc.option(given, { nil: undefined, freq: 12 });
const codesOf = (name: PackName, linkId: string): readonly string[] =>
  checkers[name].session.form.byLinkId.get(linkId)!.options.flatMap(({ value, exclusive }) => ('valueCoding' in value && !exclusive ? [value.valueCoding.code!] : []));
const choicesOf = (name: PackName, linkId: string): fc.Arbitrary<Given> => fc.constantFrom(...codesOf(name, linkId));

/** A change of one answer, and what it may change it to. */
interface Step {
  readonly linkId: string;
  worsen(given: Exclude<Given, undefined>, next: number): Given;
}

const add = (name: PackName, linkId: string): Step => ({
  linkId,
  worsen: (given, next) => [...new Set([...(given as readonly string[]).filter((code) => code !== 'none'), codesOf(name, linkId)[next % codesOf(name, linkId).length]!])],
});
const raise = (linkId: string): Step => ({ linkId, worsen: (given, next) => Number(given) + next });
const climb = (linkId: string, ladder: readonly string[]): Step => ({ linkId, worsen: (given, next) => ladder[Math.min(ladder.length - 1, ladder.indexOf(given as string) + next % ladder.length)] });

const scored = Array.from({ length: 9 }, (_, index) => `phq-9.${index + 1}`);
const random: Readonly<Record<PackName, { readonly answers: fc.Arbitrary<Answered>; readonly steps: readonly Step[] }>> = {
  respiratory: {
    answers: fc.record({
      'red-flags': fc.oneof({ weight: 9, arbitrary: fc.constant(['none']) }, { weight: 1, arbitrary: maybe(several(codesOf('respiratory', 'red-flags'))) }),
      who: maybe(choicesOf('respiratory', 'who')), 'age-me': maybe(fc.nat(100)), 'age-other': maybe(fc.oneof(fc.nat(3), fc.nat(100))), 'age-weeks': maybe(fc.nat(53)),
      symptoms: maybe(several(codesOf('respiratory', 'symptoms'))), course: maybe(choicesOf('respiratory', 'course')), 'onset-days': maybe(fc.nat(20)), 'fever-days': maybe(fc.nat(6)),
      'chronic-condition-worse': maybe(fc.oneof({ weight: 5, arbitrary: fc.constant(false) }, fc.boolean())), risk: maybe(several(codesOf('respiratory', 'risk'))), test: maybe(choicesOf('respiratory', 'test')), exposure: maybe(choicesOf('respiratory', 'exposure')),
    }),
    steps: [
      add('respiratory', 'red-flags'), add('respiratory', 'symptoms'), add('respiratory', 'risk'), raise('onset-days'), raise('fever-days'), climb('course', ['better', 'same', 'worse', 'better-then-worse']),
      climb('test', ['none', 'negative', 'pending', 'positive-flu', 'positive-covid']), climb('exposure', ['no', 'unknown', 'yes']), { linkId: 'chronic-condition-worse', worsen: () => true },
    ],
  },
  'phq-9': {
    answers: fc.record({
      danger: fc.oneof({ weight: 9, arbitrary: fc.constant(['none']) }, { weight: 1, arbitrary: maybe(several(codesOf('phq-9', 'danger'))) }),
      ...Object.fromEntries(scored.map((linkId, index) => [linkId, index === 8 ? maybe(fc.oneof({ weight: 5, arbitrary: fc.constant('0') }, choicesOf('phq-9', linkId))) : fc.option(choicesOf('phq-9', linkId), { nil: undefined, freq: 40 })])),
    }),
    steps: [add('phq-9', 'danger'), ...scored.map((linkId) => climb(linkId, ['0', '1', '2', '3']))],
  },
};

for (const name of packNames) {
  const checker = checkers[name];
  const { pack } = checker;
  const rankOf = (answers: Answered): number => {
    const outcome = evaluatePack(pack, inputsOf[name](answers), { nowMs });
    if (!outcome.ok) throw outcome.error;
    return pack.levels.findIndex(({ id }) => id === outcome.value.level);
  };

  test(`${name}: the rules see what was answered (${drawnCases} cases)`, () => {
    fc.assert(fc.property(random[name].answers, (answers) => {
      answerAll(checker, answers);
      assert.deepEqual(checker.answers(), inputsOf[name](answers));
    }), { numRuns: drawnCases });
  });

  test(`${name}: what is worse never lowers the level (${casesOfEach} cases)`, () => {
    const { answers, steps } = random[name];
    const met = new Set<number>();
    fc.assert(fc.property(answers, fc.constantFrom(...steps), fc.nat(20), (given, { linkId, worsen }, next) => {
      fc.pre(given[linkId] !== undefined);
      const before = rankOf(given);
      met.add(before);
      assert.ok(rankOf({ ...given, [linkId]: worsen(given[linkId]!, next) }) <= before);
    }), { numRuns: casesOfEach });
    assert.equal(met.size, pack.levels.length, 'cases of every level');
  });

  test(`${name}: an answer that is not given never lowers the level (${casesOfEach} cases)`, () => {
    const linkIds = Object.keys(witnesses[name].neutral);
    fc.assert(fc.property(random[name].answers, fc.constantFrom(...linkIds), (given, linkId) => {
      assert.ok(rankOf({ ...given, [linkId]: undefined }) <= rankOf(given));
    }), { numRuns: casesOfEach });
  });
}

test('phq-9: thoughts of death bring the crisis line whatever the total, and no answer says a severity that is not known', () => {
  const checker = checkers['phq-9'];
  answerAll(checker, { ...untroubled, 'phq-9.9': '1' });
  const crisis = checker.emergency()!;
  assert.deepEqual([crisis.rule, crisis.panel, crisis.level, crisis.why], ['C1', 'crisis', 'crisis', [{ input: 'item9', given: ['1'] }]]);
  answerAll(checker, { ...untroubled, ...scores(24), 'phq-9.1': undefined });
  assert.equal(checker.emergency(), null);
  assert.equal(checker.outcome().level, 'no-score');
  answerAll(checker, { danger: ['hurt'] });
  assert.deepEqual([checker.emergency()?.rule, checker.emergency()?.panel], ['C2', 'emergency']);
});

test('phq-9: the total is the sum of the nine answers', () => {
  const checker = checkers['phq-9'];
  answerAll(checker, { ...untroubled, ...scores(17) });
  assert.equal(checker.answers()['total'], 17);
  assert.equal(checker.outcome().rule, 'S15');
});

test('a pack whose question waits for what a page would know is told: a symptom check takes nothing from the page', () => {
  const json = structuredClone(readPackFile('respiratory')) as { questionnaire: { item: Record<string, unknown>[] } };
  json.questionnaire.item.push(
    { linkId: 'known', type: 'boolean', text: 'Known here', extension: [{ url: 'http://hl7.org/fhir/StructureDefinition/questionnaire-hidden', valueBoolean: true }] },
    { linkId: 'late', type: 'string', text: 'More', enableWhen: [{ question: 'known', operator: '=', answerBoolean: true }] },
  );
  const found = lintPack(loadPack(json), { nowMs, gradeOf: flesch, highestGrade: 8 }).filter(({ code }) => code === 'unreachable');
  assert.deepEqual(found.map(({ pointer }) => pointer), [`/questionnaire/item/${json.questionnaire.item.length - 1}`]);
});

test('no message says that somebody is there: a result is shown whoever is, and the screen knows', () => {
  const promise = /nurse here|stays open|someone is here|(hablar|enfermer[ao]) aquí|hablar aquí|sigue abierto|التحدث هنا|تبقى هذه المحادثة/i;
  for (const name of packNames) for (const [id, texts] of Object.entries(readPackFile(name)['messages'] as Record<string, Record<string, string>>)) for (const [lang, text] of Object.entries(texts)) {
    assert.doesNotMatch(text, promise, `${name} ${id} ${lang}`);
  }
});
