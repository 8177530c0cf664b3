/**
 * A FHIR Questionnaire (R4 or R5, as JSON) becomes a `Form`, or is refused with the path and the reason of every obstacle: code
 * `form-unsupported`. Never half-rendered, never thrown at: the input is a stranger's. The reasons in sentences are in `refusal-words.ts`,
 * which the patient's browser does not need. Markup, media and links are handed on as they are, for the view to clean and to ask for; nothing is followed.
 */
import { CareError } from '../base/care-error.js';
import { err, ok, type Result } from '../base/result.js';
import { findLoop } from './enablement.js';
import { isQuestion, type Form, type FormItem, type Finding, type Wording } from './form.js';
import { extensionsOf, isObject, objectsOf, plain, textOf, valueIn, wordingOf, type Json } from './fhir-json.js';
import { knownValueSets } from './known-value-sets.js';
import { isHelp, loadItem, unsupportedFormExtensions, type Findings } from './load-item.js';
import type { Terminology } from './load-options.js';

export interface LoadOptions {
  /** BCP 47 tag of the person who will fill it in. */
  readonly lang: string;
  /** FHIR ValueSets and CodeSystems, or Bundles of them, for a form that refers to some by address. Nothing is fetched. */
  readonly terminology?: readonly unknown[];
}

/** More than a person would fill in, and a bound for what a hostile file can cost. */
const maxItems = 500;
const maxDepth = 12;
const maxReported = 50;

const refusal = (problems: readonly Finding[]): CareError =>
  new CareError('form-unsupported', `Form not supported: ${problems.slice(0, 3).map(({ pointer, code }) => `${pointer || '/'} ${code}`).join(', ')}`, { details: problems.slice(0, maxReported) });

type Draft = { -readonly [K in keyof FormItem]: FormItem[K] };

interface Loading extends Findings {
  readonly terminology: Terminology;
  readonly items: FormItem[];
  readonly byLinkId: Map<string, FormItem>;
}

/** Display children that explain their parent become its help, or its unit; they are not items of their own. */
function takeHelp(parent: Draft | null, loaded: ReturnType<typeof loadItem>): boolean {
  if (!parent || loaded.type !== 'display' || !loaded.text || loaded.enableWhen.length > 0) return false;
  if (loaded.controlCode === 'unit') parent.unit ??= loaded.text;
  else if (isHelp(loaded.controlCode)) parent.help = [...parent.help, loaded.text];
  else return false;
  return true;
}

function checkIdentity(loaded: ReturnType<typeof loadItem>, loading: Loading): void {
  const refuse = (path: string, code: string): void => void loading.problems.push({ pointer: loaded.pointer + path, code });
  if (loaded.linkId === '' || loaded.linkId.length > 255) refuse('/linkId', 'link-id-missing');
  else if (loading.byLinkId.has(loaded.linkId)) refuse('/linkId', 'link-id-twice');
  if (loaded.text && loaded.text.text.length > 2000) refuse('/text', 'text-too-long');
}

/** A question without a text of its own is called by what is nearest: its code, its help, what it stands beneath, its list of answers, at the worst its linkId. The author is warned. */
function nameQuestion(item: Draft, loading: Loading): void {
  if (item.text || extensionsOf(item.source['_text'], textExpression).length > 0) return;
  const { shortText, help, source } = item;
  const [first, ...others] = help;
  let above = item.parent;
  while (above && !above.text) above = above.parent;
  const set = typeof source['answerValueSet'] === 'string' ? loading.terminology('ValueSet', source['answerValueSet']) : undefined;
  item.text = shortText ?? first ?? above?.text ?? (set && (wordingOf(set, 'title') ?? wordingOf(set, 'name'))) ?? plain(item.linkId);
  if (item.text === first) item.help = others;
}

function loadItems(list: unknown, at: string, parent: Draft | null, depth: number, loading: Loading): readonly FormItem[] {
  if (depth > maxDepth) {
    loading.problems.push({ pointer: at, code: 'too-deep' });
    return [];
  }
  if (list !== undefined && !(Array.isArray(list) && list.every(isObject))) loading.problems.push({ pointer: at, code: 'item-shape' });
  return objectsOf(list).flatMap((json, index) => {
    if (loading.items.length >= maxItems) {
      if (!loading.problems.some((problem) => problem.code === 'too-many-items')) loading.problems.push({ pointer: at, code: 'too-many-items' });
      return [];
    }
    const loaded = loadItem(json, `${at}/${index}`, loading.terminology, loading);
    checkIdentity(loaded, loading);
    const { controlCode: _unused, ...rest } = loaded;
    const item: Draft = { ...rest, parent, children: [] };
    if (takeHelp(parent, loaded)) {
      loading.byLinkId.set(item.linkId, item);
      return [];
    }
    loading.items.push(item);
    loading.byLinkId.set(item.linkId, item);
    item.children = loadItems(json['item'], `${at}/${index}/item`, item, depth + 1, loading);
    if (isQuestion(item)) nameQuestion(item, loading);
    return [item];
  });
}

/** A condition on something that is not there would hide its item for ever. */
function checkSources(loading: Loading): void {
  for (const { pointer, enableWhen } of loading.items) {
    enableWhen.forEach(({ question }, index) => {
      if (!loading.byLinkId.has(question)) loading.problems.push({ pointer: `${pointer}/enableWhen/${index}/question`, code: 'enable-when' });
    });
  }
}

/** A value set or code system of the form itself, by `#id` or its address, or one that the host brings. */
function findTerminology(json: Json, brought: readonly unknown[]): Terminology {
  const contained = objectsOf(json['contained']);
  const known = [...contained, ...objectsOf(brought).flatMap((one) => (one['resourceType'] === 'Bundle' ? objectsOf(one['entry']).map(({ resource }) => resource).filter(isObject) : [one])), ...knownValueSets];
  return (type, reference) => {
    const [url, version] = reference.split('|');
    return (reference.startsWith('#') ? contained : known).find((one) =>
      one['resourceType'] === type && (reference.startsWith('#') ? one['id'] === reference.slice(1) : one['url'] === url && (version === undefined || one['version'] === version)));
  };
}

/** The author says which extensions a form cannot do without (SDC `criticalExtension`); only looks may be missed. */
function refuseCriticalExtensions(json: Json, loading: Loading): void {
  for (const extension of extensionsOf(json, 'http://hl7.org/fhir/uv/sdc/StructureDefinition/sdc-rendering-criticalExtension', 'rendering-criticalExtension')) {
    const name = String(valueIn(extension)).replace(/.*\/(sdc-)?(questionnaire-)?/, '');
    if (!honoured.includes(name)) loading.problems.push({ pointer: '/extension', code: 'critical-extension' });
  }
}

const textExpression = 'cqf-expression';

/** Whether `load-expressions.ts` finds something to evaluate. */
const isComputed = (element: Json): boolean => extensionsOf(element['_text'], textExpression).length > 0 || extensionsOf(element,
  'variable', 'calculatedExpression', 'enableWhenExpression', 'initialExpression', 'answerOptionsToggleExpression', 'questionnaire-constraint', 'targetConstraint').length > 0;

/** Names of extensions, without `questionnaire-`. */
const honoured: readonly string[] = [
  'hidden', 'itemControl', 'optionExclusive', 'optionPrefix', 'unit', 'unitOption', 'minOccurs', 'maxOccurs', 'constraint', 'displayCategory', 'supportLink', 'targetConstraint', 'regex', 'minLength',
  'minValue', 'maxValue', 'maxDecimalPlaces', 'entryFormat', 'ordinalValue', 'itemWeight', 'translation', 'rendering-markdown', 'rendering-xhtml', 'variable', 'calculatedExpression', 'enableWhenExpression',
  'initialExpression', 'answerOptionsToggleExpression', 'itemMedia', 'itemAnswerMedia', 'minQuantity', 'maxQuantity', 'mimeType', 'maxSize', 'shortText', 'openLabel', textExpression,
];

const canonicalOf = (json: Json): string | null => {
  const url = textOf(json['url']);
  const version = textOf(json['version']);
  return url === null ? null : version === null ? url : `${url}|${version}`;
};

/** Loads a Questionnaire. Refusals: code `form-unsupported`, every reason in `details` (JSON pointer and code). */
export function loadQuestionnaire(json: unknown, { lang, terminology = [] }: LoadOptions): Result<Form> {
  if (!isObject(json) || json['resourceType'] !== 'Questionnaire') return err(refusal([{ pointer: '', code: 'not-questionnaire' }]));
  const loading: Loading = { problems: [], terminology: findTerminology(json, terminology), items: [], byLinkId: new Map() };
  if (json['modifierExtension'] !== undefined) loading.problems.push({ pointer: '/modifierExtension', code: 'modifier-extension' });
  if (json['implicitRules'] !== undefined) loading.problems.push({ pointer: '/implicitRules', code: 'implicit-rules' });
  for (const code of unsupportedFormExtensions(json)) loading.problems.push({ pointer: '/extension', code });
  refuseCriticalExtensions(json, loading);
  const roots = loadItems(json['item'], '/item', null, 1, loading);
  checkSources(loading);
  if (loading.problems.length === 0) {
    const loop = findLoop(roots, loading.byLinkId);
    if (loop) loading.problems.push({ pointer: `${loop.pointer}/enableWhen`, code: 'enable-when-loop' });
  }
  if (loading.problems.length > 0) return err(refusal(loading.problems));
  const canonical = canonicalOf(json);
  const id = textOf(json['id']);
  return ok({
    canonical,
    name: (canonical ?? (id === null ? 'unnamed' : `Questionnaire/${id}`)).slice(0, 300),
    title: titleOf(json),
    language: textOf(json['language']),
    lang,
    roots,
    items: loading.items,
    byLinkId: loading.byLinkId,
    hasExpressions: isComputed(json) || loading.items.some(({ source, regex }) => regex !== null || isComputed(source)),
    source: json,
  });
}

const titleOf = (json: Json): Wording | null => wordingOf(json, 'title');
