/** What an author should look at although the form works, for `care-chat form lint`. Not for the patient's browser. */
import type { Answer, EnableWhen, Finding, Form, FormItem, Option, Wording } from './form.js';
import { isQuestion, valueOf } from './form.js';
import { sameAnswer } from './check-answers.js';
import { conditionHolds } from './enablement.js';
import { findWarnings } from './form-warnings.js';
import { findExpressionLoops } from './expression-loops.js';
import { findUnknownFunctions } from './unknown-functions.js';
import { findExpressions, type FormExpressions } from './load-expressions.js';
import { mayBeOfPage } from './page-values.js';

export interface Lint extends Finding {
  /** Language, grade or linkId that the finding is about. */
  readonly about?: string;
}

export interface LintOptions {
  readonly nowMs: number;
  /** Grade of a text in years of school, or null for a language that it cannot judge. */
  gradeOf(text: string, lang: string): number | null;
  /** Texts above this grade are told. */
  readonly highestGrade: number;
  /** Languages that every text should be in, beside those that some text is in. */
  readonly languages?: readonly string[];
  /** Whether the clinic's page may know answers already (default: yes). A symptom check takes none. */
  readonly pageValues?: boolean;
}

const noneWords = /^(none( of (the above|these( apply)?))?|no,? none|i have none|ningun[oa]( de (los|las|estos|estas).*)?|لا شيء.*)\.?$/i;
const noneCodes = /^(none|nil|no-symptoms?)$/i;

const isNone = ({ label, value }: Option): boolean => noneWords.test(label.text.trim()) || ('valueCoding' in value && noneCodes.test(value.valueCoding.code ?? ''));

/** "None of the above" beside others makes no sense, and a pack that reads both is at a loss. */
const findNone = ({ items }: Form): readonly Lint[] =>
  items.filter(({ repeats, type }) => repeats && type === 'choice').flatMap(({ options, pointer, source }) => options.flatMap((option, index) =>
    (isNone(option) && !option.exclusive ? [{ pointer: source['answerOption'] === undefined ? pointer : `${pointer}/answerOption/${index}`, code: 'none-not-exclusive' }] : [])));

/** Numbers that stand for all: each one that a condition names, each limit, and one between and beyond them. */
function numbersOf({ type, minValue, maxValue }: FormItem, conditions: readonly EnableWhen[]): readonly Answer[] {
  const points = [minValue, maxValue, ...conditions.map(({ expected }) => expected && valueOf(expected))].filter((value): value is number => typeof value === 'number').sort((a, b) => a - b);
  if (points.length === 0) return [{ valueDecimal: 0 }];
  const all = [...points, ...points.map((point, index) => (point + (points[index + 1] ?? point + 2)) / 2), points[0]! - 1];
  return (type === 'integer' ? all.flatMap((value) => [Math.floor(value), Math.ceil(value)]) : all)
    .filter((value) => (typeof minValue !== 'number' || value >= minValue) && (typeof maxValue !== 'number' || value <= maxValue)).map((valueDecimal) => ({ valueDecimal }));
}

/** Single answers that the source can give; null where anything can be. */
const answersOf = (source: FormItem, conditions: readonly EnableWhen[]): readonly Answer[] | null =>
  source.type === 'boolean' ? [{ valueBoolean: true }, { valueBoolean: false }]
    : source.type === 'choice' && source.open === null ? source.options.map(({ value }) => value)
    : source.type === 'integer' || source.type === 'decimal' ? numbersOf(source, conditions) : null;

const mayBeSeveral = ({ repeats, parent }: FormItem): boolean => repeats || (parent !== null && mayBeSeveral(parent));

/** Whether any answers that the source can give meet all these conditions on it. Only closed sources can say no. */
function canHold(conditions: readonly EnableWhen[], source: FormItem, computed: FormExpressions['items'], pageValues: boolean): boolean {
  const hold = (answers: readonly Answer[]): boolean => conditions.every((condition) => conditionHolds(condition, answers));
  if (hold([])) return true;
  if (!isQuestion(source)) return false;
  if ((source.readOnly || source.hidden) && !computed.has(source) && !(pageValues && mayBeOfPage(source))) return hold(source.initial);
  const possible = answersOf(source, conditions);
  if (possible === null) return true;
  // Of several answers, any may match: the most that every `!=` lets stand.
  const most = possible.filter((answer) => conditions.every((condition) => condition.operator !== '!=' || conditionHolds(condition, [answer])));
  return (mayBeSeveral(source) && hold(most)) || possible.some((answer) => hold([answer]));
}

/** Items that no answers can bring up. What is read-only or hidden has the value that it starts with, or one of the page. */
function findUnreachable(form: Form, pageValues = true): readonly Lint[] {
  const { items: computed } = findExpressions(form);
  const reachable = new Map<FormItem, boolean>();
  const isReachable = (item: FormItem): boolean => {
    const known = reachable.get(item);
    if (known !== undefined) return known;
    reachable.set(item, true);
    const holds = (conditions: readonly EnableWhen[]): boolean => {
      const source = form.byLinkId.get(conditions[0]!.question)!;
      return isReachable(source) ? canHold(conditions, source, computed, pageValues) : conditions.every((condition) => conditionHolds(condition, []));
    };
    const { enableWhen, enableBehavior, parent } = item;
    const own = enableWhen.length === 0 || (enableBehavior === 'all' ? enableWhen.every(({ question }) => holds(enableWhen.filter((one) => one.question === question))) : enableWhen.some((condition) => holds([condition])));
    const is = own && (parent === null || isReachable(parent));
    reachable.set(item, is);
    return is;
  };
  return form.items.filter((item) => !isReachable(item) && (item.parent === null || isReachable(item.parent))).map(({ pointer }) => ({ pointer, code: 'unreachable' }));
}

interface Text {
  readonly wording: Wording;
  readonly pointer: string;
}

const textsOf = (form: Form): readonly Text[] => [
  ...(form.title ? [{ wording: form.title, pointer: '/title' }] : []),
  ...[...form.byLinkId.values()].flatMap(({ text, options, pointer, source }) => [
    ...(text && typeof source['text'] === 'string' ? [{ wording: text, pointer: `${pointer}/text` }] : []),
    ...options.map(({ label }, index) => ({ wording: label, pointer: `${pointer}/answerOption/${index}` })),
  ]),
];

/** A language in which something is said is one in which all should be. */
function findMissingTranslations(form: Form, also: readonly string[]): readonly Lint[] {
  const texts = textsOf(form).filter(({ wording }) => /\p{L}{2}/u.test(wording.text));
  const languages = new Set([...also, ...texts.flatMap(({ wording }) => Object.keys(wording.translations))]);
  return texts.flatMap(({ wording, pointer }) => [...languages].filter((lang) => !Object.hasOwn(wording.translations, lang)).map((lang) => ({ pointer, code: 'translation-missing', about: lang })));
}

function findHardTexts(form: Form, { gradeOf, highestGrade }: LintOptions): readonly Lint[] {
  return textsOf(form).flatMap(({ wording, pointer }) => {
    const grade = gradeOf(wording.text, form.language ?? 'en');
    return grade !== null && grade > highestGrade ? [{ pointer, code: 'reading-grade', about: grade.toFixed(1) }] : [];
  });
}

function findAge({ source }: Form, nowMs: number): readonly Lint[] {
  const period = source['effectivePeriod'];
  const end = typeof period === 'object' && period !== null ? (period as { readonly end?: unknown }).end : undefined;
  return [
    ...(typeof end === 'string' && Date.parse(end) < nowMs ? [{ pointer: '/effectivePeriod/end', code: 'expired' }] : []),
    ...(source['status'] === 'retired' ? [{ pointer: '/status', code: 'retired' }] : []),
    ...(typeof source['url'] !== 'string' || typeof source['version'] !== 'string' ? [{ pointer: '/version', code: 'no-version' }] : []),
  ];
}

/** Two options that are the same one: an answer cannot tell them apart. */
const findTwins = ({ items }: Form): readonly Lint[] =>
  items.filter(isQuestion).flatMap(({ options, pointer }) => options.flatMap(({ value }, index) => (options.slice(0, index).some((before) => sameAnswer(before.value, value)) ? [{ pointer: `${pointer}/answerOption/${index}`, code: 'option-twice' }] : [])));

/** What FHIR forbids although it can mean only one thing: it is passed over, as HL7's own examples need. */
const findForbidden = ({ byLinkId }: Form): readonly Lint[] => [...byLinkId.values()].flatMap(({ type, pointer, source }) => {
  const display = source['disabledDisplay'];
  return [
    ...['required', 'repeats'].flatMap((name) => (type === 'display' && source[name] === true ? [{ pointer: `${pointer}/${name}`, code: 'display-answer' }] : [])),
    ...(source['answerOption'] !== undefined && source['initial'] !== undefined ? [{ pointer: `${pointer}/initial`, code: 'initial-and-options' }] : []),
    ...(display !== undefined && display !== 'hidden' && display !== 'protected' ? [{ pointer: `${pointer}/disabledDisplay`, code: 'disabled-display' }] : []),
  ];
});

/** Who does not meet a pattern is told what is wanted by the author's sentence, or by the format; without both nobody can guess it. */
const findUnsaidPatterns = ({ items }: Form): readonly Lint[] =>
  items.filter(({ regex, regexMessage, entryFormat }) => regex !== null && regexMessage === null && entryFormat === null).map(({ pointer }) => ({ pointer, code: 'pattern-unsaid' }));

/** Everything, in document order of kinds: what may hide a question first, what only reads badly last. */
export const lintForm = (form: Form, options: LintOptions): readonly Lint[] => [
  ...findAge(form, options.nowMs), ...findWarnings(form), ...findForbidden(form), ...findUnreachable(form, options.pageValues), ...findExpressionLoops(form), ...findUnknownFunctions(form), ...findUnsaidPatterns(form), ...findNone(form), ...findTwins(form), ...findMissingTranslations(form, options.languages ?? []), ...findHardTexts(form, options),
];
