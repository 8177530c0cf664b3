/**
 * One item of a Questionnaire, read and judged. What would change the meaning of the form and is not supported is
 * refused with its path; what only changes its looks is passed over. Sources: hl7.org/fhir/R4/questionnaire.html, R5 likewise.
 */
import type { Answer, AnswerKind, Control, FormItem, Finding, ItemType, Markup, Option, Quantity, Wording } from './form.js';
import { answerOf, extensionOf, extensionsOf, extensionValue, integerOf, isDate, isDateTime, isObject, isTime, objectsOf, quantityOf, textOf, wordingOf, type Json } from './fhir-json.js';
import { loadConditions } from './load-conditions.js';
import { loadOptions, loadUnits, mediaOf, type Refuse, type Terminology } from './load-options.js';

/** What loading collects beside the items. */
export interface Findings {
  readonly problems: Finding[];
}

const plainTypes = ['group', 'display', 'string', 'text', 'url', 'choice', 'boolean', 'date', 'dateTime', 'time', 'integer', 'decimal', 'quantity', 'attachment'] as const;
/** A map, because `constructor` is a key of every object. */
const itemTypes: ReadonlyMap<unknown, ItemType> = new Map<unknown, ItemType>([...plainTypes.map((type): [unknown, ItemType] => [type, type]), ['coding', 'choice'], ['open-choice', 'choice']]);
/** Types that may also have a list of options (R5 has it for all of them, R4 for most). */
const optionTypes = new Set<ItemType>(['string', 'text', 'integer', 'decimal', 'date', 'time', 'quantity']);

/** Which `value[x]` answers each type; a choice answers with the type of its options. */
export const kindOfType: Readonly<Record<Exclude<ItemType, 'group' | 'display' | 'choice'>, AnswerKind>> = {
  string: 'valueString', text: 'valueString', url: 'valueUri', boolean: 'valueBoolean', date: 'valueDate', dateTime: 'valueDateTime', time: 'valueTime',
  integer: 'valueInteger', decimal: 'valueDecimal', quantity: 'valueQuantity', attachment: 'valueAttachment',
};

/** Extensions that decide what is asked, filled in or accepted, and that this version cannot honour. */
const unsupported = ['answerExpression', 'candidateExpression', 'lookupQuestionnaire', 'subQuestionnaire', 'questionnaire-signatureRequired', 'unitOpen', 'optionRestriction'] as const;

const helpControls = new Set(['help', 'flyover', 'prompt', 'lower', 'upper']);
const controls = new Set(['radio-button', 'check-box', 'drop-down', 'slider', 'text-box', 'legal', 'page']);

/** HTML autofill tokens a clinic's form may ask for: any but payment cards and secrets. */
const autofill = /^(?!cc-|.*password|one-time|transaction|webauthn)[a-z][a-z0-9-]{1,30}$/;

/** The author's mapping of a question to what a browser knows of the person. */
export const autocompleteExtension = 'urn:care-chat:fhir:autocomplete';

const codesOf = (element: Json, name: string): readonly (string | null)[] => {
  const concept = extensionValue(element, name);
  return isObject(concept) ? objectsOf(concept['coding']).map(({ code }) => textOf(code)) : [];
};

const controlCodeOf = (item: Json): string | null => codesOf(item, 'questionnaire-itemControl')[0] ?? null;

/** `initial` of R4 and R5, or the options marked `initialSelected`. */
function initialOf(item: Json, type: ItemType, options: readonly Option[], units: readonly Option[], refuse: Refuse): readonly Answer[] {
  const selected = options.filter((option) => option.initiallySelected).map((option) => option.value);
  const initial = objectsOf(item['initial']);
  if (initial.length === 0 || type === 'group' || type === 'display') return selected;
  const wanted = type === 'choice' ? null : kindOfType[type];
  return initial.flatMap((entry, index) => {
    const answer = answerOf(entry);
    if (answer && (wanted === null || wanted in answer)) return [answer];
    // "kg" and no number yet: a unit that is chosen beforehand.
    if (type === 'quantity' && isObject(entry['valueQuantity']) && units.length > 0) return [];
    refuse(`/initial/${index}`, 'initial-type');
    return [];
  });
}

/** minValue and maxValue in the type of the item. */
function limitOf(item: Json, name: 'minValue' | 'maxValue', type: ItemType, refuse: Refuse): number | string | null {
  const extension = extensionOf(item, name);
  if (!extension) return null;
  if (Object.keys(extension).some((key) => key.startsWith('_value') && extensionOf(extension[key], 'cqf-calculatedValue'))) {
    refuse('/extension', 'cqf-calculatedValue');
    return null;
  }
  const value = answerOf(extension);
  const [found] = value ? Object.values(value) as unknown[] : [];
  if ((type === 'integer' || type === 'decimal') && typeof found === 'number') return found;
  if ((type === 'date' || type === 'dateTime') && typeof found === 'string' && (isDate(found) || isDateTime(found))) return found;
  if (type === 'time' && typeof found === 'string' && isTime(found)) return found;
  refuse('/extension', `${name === 'minValue' ? 'min' : 'max'}-value`);
  return null;
}

/** SDC `minQuantity`, or `minValue` with a Quantity. */
const quantityLimitOf = (item: Json, edge: 'min' | 'max'): Quantity | null => quantityOf(extensionValue(item, `${edge}Quantity`, `${edge}Value`));

/** What may be answered beside the options. */
function openOf(item: Json, type: ItemType | undefined, refuse: Refuse): AnswerKind | null {
  const constraint = item['answerConstraint'] ?? extensionValue(item, 'answerConstraint') ?? (item['type'] === 'open-choice' ? 'optionsOrString' : 'optionsOnly');
  if (constraint === 'optionsOnly') return null;
  if (constraint === 'optionsOrString') return 'valueString';
  if (constraint === 'optionsOrType') return type && optionTypes.has(type) ? kindOfType[type as 'string'] : 'valueString';
  refuse('/answerConstraint', 'open-choice');
  return null;
}

/** Everything about the item that makes it more than this version can honour. */
function refuseWhatIsNotSupported(item: Json, type: ItemType | undefined, refuse: Refuse): void {
  if (item['modifierExtension'] !== undefined) refuse('/modifierExtension', 'modifier-extension');
  if (item['option'] !== undefined || item['options'] !== undefined) refuse(item['option'] === undefined ? '/options' : '/option', 'stu3');
  if (type === undefined) refuse('/type', item['type'] === 'reference' ? 'reference' : 'item-type');
  if (item['answerValueSet'] !== undefined && type !== 'choice') refuse('/answerValueSet', 'options-on-other-type');
  if (item['answerOption'] !== undefined && type !== undefined && type !== 'choice' && !optionTypes.has(type)) refuse('/answerOption', 'options-on-other-type');
  for (const name of unsupported) if (extensionOf(item, name)) refuse('/extension', name);
}

function markupOf(item: Json): Markup | null {
  for (const kind of ['xhtml', 'markdown'] as const) {
    const source = textOf(extensionValue(item['_text'], `rendering-${kind}`));
    if (source !== null) return { kind, source };
  }
  return null;
}

const httpsOf = (value: unknown): string | null => (typeof value === 'string' && /^https:\/\/[^\s]+$/.test(value) ? value : null);

const wordingIn = (item: Json, name: string): Wording | null => {
  const extension = extensionOf(item, name);
  return extension ? wordingOf(extension, 'valueString') : null;
};

/** What the author's code system calls the item. */
const codeOf = (item: Json): FormItem['text'] => {
  const [code] = objectsOf(item['code']);
  return code ? wordingOf(code, 'display') : null;
};

/** What an item is like without its answers: texts and looks. */
function looksOf(item: Json): Pick<FormItem, 'text' | 'prefix' | 'shortText' | 'markup' | 'media' | 'supportLink' | 'category' | 'entryFormat' | 'control' | 'sliderStep' | 'openLabel' | 'autocomplete' | 'disabledDisplay'> {
  const token = textOf(extensionValue(item, autocompleteExtension));
  const control = controlCodeOf(item);
  return {
    text: wordingOf(item, 'text') ?? codeOf(item),
    prefix: wordingOf(item, 'prefix'),
    shortText: wordingIn(item, 'shortText'),
    markup: markupOf(item),
    media: mediaOf(item, 'itemMedia'),
    supportLink: httpsOf(extensionValue(item, 'questionnaire-supportLink')),
    category: codesOf(item, 'questionnaire-displayCategory')[0] ?? null,
    entryFormat: wordingIn(item, 'entryFormat'),
    control: control !== null && controls.has(control) ? (control as Control) : null,
    sliderStep: integerOf(extensionValue(item, 'questionnaire-sliderStepValue')),
    openLabel: wordingIn(item, 'openLabel'),
    autocomplete: token !== null && autofill.test(token) ? token : null,
    disabledDisplay: (item['disabledDisplay'] ?? extensionValue(item, 'disabledDisplay')) === 'protected' ? 'protected' : 'hidden',
  };
}

/** Reads one item; its children are read by the caller. What speaks against it goes to `findings`. */
export function loadItem(item: Json, pointer: string, terminology: Terminology, findings: Findings): Omit<FormItem, 'parent' | 'children'> & { readonly controlCode: string | null } {
  const refuse: Refuse = (path, code) => void findings.problems.push({ pointer: pointer + path, code });
  const stated = itemTypes.get(item['type']);
  refuseWhatIsNotSupported(item, stated, refuse);
  const known: ItemType = stated === undefined ? 'string' : item['answerOption'] !== undefined && optionTypes.has(stated) ? 'choice' : stated;
  const options = known === 'choice' ? loadOptions(item, terminology, refuse) : [];
  const units = known === 'quantity' ? loadUnits(item, terminology, refuse) : [];
  const behavior = item['enableBehavior'] ?? null;
  const isBehavior = behavior === 'all' || behavior === 'any' || behavior === null;
  if (!isBehavior) refuse('/enableBehavior', 'enable-behavior');
  const unit = extensionValue(item, 'questionnaire-unit');
  const count = (name: string): number | null => integerOf(extensionValue(item, name));
  const size = extensionValue(item, 'maxSize');
  return {
    ...looksOf(item),
    linkId: textOf(item['linkId']) ?? '',
    type: known,
    pointer,
    help: [],
    unit: isObject(unit) ? (wordingOf(unit, 'display') ?? wordingOf(unit, 'code')) : null,
    required: item['required'] === true && known !== 'display',
    repeats: item['repeats'] === true,
    readOnly: item['readOnly'] === true,
    hidden: extensionValue(item, 'questionnaire-hidden') === true,
    minLength: count('minLength'),
    maxLength: integerOf(item['maxLength']),
    minValue: known === 'quantity' ? null : limitOf(item, 'minValue', known, refuse),
    maxValue: known === 'quantity' ? null : limitOf(item, 'maxValue', known, refuse),
    minQuantity: quantityLimitOf(item, 'min'),
    maxQuantity: quantityLimitOf(item, 'max'),
    maxDecimalPlaces: count('maxDecimalPlaces'),
    minOccurs: count('questionnaire-minOccurs'),
    maxOccurs: count('questionnaire-maxOccurs'),
    regex: textOf(extensionValue(item, 'regex')),
    regexMessage: wordingIn(item, 'http://biodesign.stanford.edu/fhir/StructureDefinition/validationtext'),
    mimeTypes: extensionsOf(item, 'mimeType').flatMap(({ valueCode }) => textOf(valueCode) ?? []),
    maxSizeBytes: typeof size === 'number' ? Math.round(size * 1_048_576) : null,
    options,
    open: known === 'choice' ? openOf(item, stated, refuse) : null,
    units,
    initial: initialOf(item, known, options, units, refuse),
    enableWhen: loadConditions(item, refuse),
    enableBehavior: isBehavior ? behavior : null,
    source: item,
    controlCode: controlCodeOf(item),
  };
}

/** Whether a display child explains its parent rather than standing by itself. */
export const isHelp = (controlCode: string | null): boolean => controlCode !== null && helpControls.has(controlCode);

/** Form-wide extensions that this version cannot honour. */
export const unsupportedFormExtensions = (questionnaire: Json): readonly string[] =>
  unsupported.filter((name) => extensionsOf(questionnaire, name).length > 0);
