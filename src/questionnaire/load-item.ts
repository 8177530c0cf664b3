/**
 * One item of a Questionnaire, read and judged. What would change the meaning of the form and is not supported by this version is
 * refused with its path; what only changes its looks is passed over. Sources: hl7.org/fhir/R4/questionnaire.html, R5 likewise.
 */
import type { Answer, AnswerKind, Control, EnableWhen, Expected, FormItem, Finding, ItemType, Operator } from './form.js';
import { answerOf, codingOf, extensionOf, extensionsOf, integerOf, isDate, isObject, objectsOf, textOf, wordingOf, type Json } from './fhir-json.js';
import { loadOptions } from './load-options.js';

/** What loading collects beside the items. */
export interface Findings {
  readonly problems: Finding[];
}

/** A map, because `constructor` is a key of every object. */
const itemTypes: ReadonlyMap<unknown, ItemType> = new Map([
  ...(['group', 'display', 'string', 'text', 'choice', 'boolean', 'date', 'integer', 'decimal'] as const).map((type): [string, ItemType] => [type, type]),
  ['coding', 'choice'],
]);

/** Which `value[x]` answers each type; a choice answers with the type of its options. */
export const kindOfType: Readonly<Record<Exclude<ItemType, 'group' | 'display' | 'choice'>, AnswerKind>> = {
  string: 'valueString', text: 'valueString', boolean: 'valueBoolean', date: 'valueDate', integer: 'valueInteger', decimal: 'valueDecimal',
};

/** Extensions that decide what is asked, filled in or accepted, and that this version cannot honour. */
const unsupported = [
  'enableWhenExpression', 'calculatedExpression', 'initialExpression', 'answerExpression', 'candidateExpression', 'answerOptionsToggleExpression',
  'questionnaire-constraint', 'targetConstraint', 'cqf-expression', 'cqf-calculatedValue', 'regex', 'lookupQuestionnaire', 'subQuestionnaire', 'questionnaire-signatureRequired',
] as const;

const helpControls = new Set(['help', 'flyover', 'prompt', 'lower', 'upper']);
const controls = new Set(['radio-button', 'check-box', 'drop-down']);
const operators = new Set(['=', '!=', '>', '<', '>=', '<=', 'exists']);

/** HTML autofill tokens a clinic's form may ask for: any but payment cards and secrets. */
const autofill = /^(?!cc-|.*password|one-time|transaction|webauthn)[a-z][a-z0-9-]{1,30}$/;

/** The author's mapping of a question to what a browser knows of the person. */
export const autocompleteExtension = 'urn:care-chat:fhir:autocomplete';

const controlOf = (item: Json): string | null => {
  const concept = extensionOf(item, 'questionnaire-itemControl')?.['valueCodeableConcept'];
  return isObject(concept) ? textOf(objectsOf(concept['coding'])[0]?.['code']) : null;
};

/** What a condition expects; `never` for types that no item of this version can answer. */
function expectedOf(condition: Json): Expected | null {
  const entry = Object.entries(condition).find(([key]) => /^answer[A-Z]/.test(key));
  if (!entry) return null;
  const [kind, value] = entry;
  if (kind === 'answerBoolean' && typeof value === 'boolean') return { kind: 'boolean', value };
  if ((kind === 'answerInteger' || kind === 'answerDecimal') && typeof value === 'number') return { kind: 'number', value };
  if (kind === 'answerDate' && typeof value === 'string' && isDate(value)) return { kind: 'date', value };
  if (kind === 'answerString' && typeof value === 'string') return { kind: 'string', value };
  const coding = kind === 'answerCoding' ? codingOf(value) : null;
  if (coding) return { kind: 'coding', value: coding };
  return ['answerDateTime', 'answerTime', 'answerQuantity', 'answerReference'].includes(kind) ? { kind: 'never' } : null;
}

function conditionsOf(item: Json, pointer: string, findings: Findings): readonly EnableWhen[] {
  const list = item['enableWhen'];
  if (list !== undefined && !(Array.isArray(list) && list.every(isObject))) findings.problems.push({ pointer: `${pointer}/enableWhen`, code: 'enable-when' });
  return objectsOf(list).flatMap((condition, index) => {
    const at = `${pointer}/enableWhen/${index}`;
    if (condition['modifierExtension'] !== undefined) findings.problems.push({ pointer: `${at}/modifierExtension`, code: 'modifier-extension' });
    const question = textOf(condition['question']);
    const operator = textOf(condition['operator']);
    const expected = expectedOf(condition);
    if ('hasAnswer' in condition) findings.problems.push({ pointer: `${at}/hasAnswer`, code: 'stu3' });
    else if (!question || !operator || !operators.has(operator) || !expected || (operator === 'exists' && expected.kind !== 'boolean')) {
      findings.problems.push({ pointer: at, code: 'enable-when' });
    } else return [{ question, operator: operator as Operator, expected }];
    return [];
  });
}

/** `initial` of R4 and R5, or the options marked `initialSelected`. */
function initialOf(item: Json, type: ItemType, options: FormItem['options'], pointer: string, findings: Findings): readonly Answer[] {
  const selected = options.filter((option) => option.initiallySelected).map((option) => option.value);
  const initial = objectsOf(item['initial']);
  if (initial.length === 0 || type === 'group' || type === 'display') return selected;
  const wanted = type === 'choice' ? null : kindOfType[type];
  return initial.flatMap((entry, index) => {
    const answer = answerOf(entry);
    if (answer && (wanted === null || wanted in answer)) return [answer];
    findings.problems.push({ pointer: `${pointer}/initial/${index}`, code: 'initial-type' });
    return [];
  });
}

/** minValue and maxValue in the type of the item. */
function limitOf(item: Json, name: 'minValue' | 'maxValue', type: ItemType, pointer: string, findings: Findings): number | string | null {
  const extension = extensionOf(item, name);
  if (!extension) return null;
  const value = answerOf(extension);
  if (value && 'valueDate' in value && type === 'date') return value.valueDate;
  if (value && (type === 'integer' || type === 'decimal')) {
    if ('valueInteger' in value) return value.valueInteger;
    if ('valueDecimal' in value) return value.valueDecimal;
  }
  findings.problems.push({ pointer: `${pointer}/extension`, code: `${name === 'minValue' ? 'min' : 'max'}-value` });
  return null;
}

/** Everything about the item that makes it more than this version can honour. */
function refuseWhatIsNotSupported(item: Json, type: ItemType | undefined, pointer: string, findings: Findings): void {
  const refuse = (path: string, code: string): void => void findings.problems.push({ pointer: pointer + path, code });
  if (item['modifierExtension'] !== undefined) refuse('/modifierExtension', 'modifier-extension');
  if (item['option'] !== undefined || item['options'] !== undefined) refuse(item['option'] === undefined ? '/options' : '/option', 'stu3');
  if (type === undefined) refuse('/type', 'item-type');
  if (item['answerConstraint'] !== undefined && item['answerConstraint'] !== 'optionsOnly') refuse('/answerConstraint', 'open-choice');
  if (item['repeats'] === true && type !== 'choice' && type !== 'display') refuse('/repeats', type === 'group' ? 'repeating-group' : 'repeating-question');
  if (type !== undefined && type !== 'choice' && (item['answerOption'] !== undefined || item['answerValueSet'] !== undefined)) refuse('', 'options-on-other-type');
  for (const name of unsupported) if (extensionOf(item, name)) refuse('/extension', name);
}

const shapes = (item: Json): Control => {
  const control = controlOf(item);
  return control !== null && controls.has(control) ? (control as Control) : null;
};

/** Reads one item; its children are read by the caller. What speaks against it goes to `findings`. */
export function loadItem(item: Json, pointer: string, contained: readonly Json[], findings: Findings): Omit<FormItem, 'parent' | 'children'> & { readonly controlCode: string | null } {
  const type = itemTypes.get(item['type']);
  refuseWhatIsNotSupported(item, type, pointer, findings);
  const known = type ?? 'string';
  const options = known === 'choice' ? loadOptions(item, contained, (path, code) => findings.problems.push({ pointer: pointer + path, code })) : [];
  const conditions = conditionsOf(item, pointer, findings);
  const behavior = item['enableBehavior'];
  const unit = extensionOf(item, 'questionnaire-unit')?.['valueCoding'];
  const entryFormat = extensionOf(item, 'entryFormat');
  const token = textOf(extensionOf(item, autocompleteExtension)?.['valueCode']);
  const count = (name: string): number | null => integerOf(extensionOf(item, name)?.['valueInteger']);
  return {
    linkId: textOf(item['linkId']) ?? '',
    type: known,
    pointer,
    text: wordingOf(item, 'text'),
    prefix: wordingOf(item, 'prefix'),
    help: [],
    unit: isObject(unit) ? (wordingOf(unit, 'display') ?? wordingOf(unit, 'code')) : null,
    required: item['required'] === true && known !== 'display',
    repeats: item['repeats'] === true,
    readOnly: item['readOnly'] === true,
    hidden: extensionOf(item, 'questionnaire-hidden')?.['valueBoolean'] === true,
    minLength: count('minLength'),
    maxLength: integerOf(item['maxLength']),
    minValue: limitOf(item, 'minValue', known, pointer, findings),
    maxValue: limitOf(item, 'maxValue', known, pointer, findings),
    maxDecimalPlaces: count('maxDecimalPlaces'),
    minOccurs: count('questionnaire-minOccurs'),
    maxOccurs: count('questionnaire-maxOccurs'),
    entryFormat: entryFormat ? wordingOf(entryFormat, 'valueString') : null,
    control: shapes(item),
    autocomplete: token !== null && autofill.test(token) ? token : null,
    options,
    initial: initialOf(item, known, options, pointer, findings),
    enableWhen: conditions,
    enableBehavior: behavior === 'all' || behavior === 'any' ? behavior : null,
    controlCode: controlOf(item),
  };
}

/** Whether a display child explains its parent rather than standing by itself. */
export const isHelp = (controlCode: string | null): boolean => controlCode !== null && helpControls.has(controlCode);

/** Form-wide extensions that this version cannot honour. */
export const unsupportedFormExtensions = (questionnaire: Json): readonly string[] =>
  unsupported.filter((name) => extensionsOf(questionnaire, name).length > 0);
