/**
 * The answers a choice offers: `answerOption`, or a ValueSet that is contained in the Questionnaire or was brought by the host. Nothing is
 * ever fetched: a terminology server would learn who opened which form.
 */
import type { Answer, Media, Option } from './form.js';
import { answerOf, codingOf, extensionValue, isObject, objectsOf, plain, textOf, wordingOf, type Json } from './fhir-json.js';

/** Reports a reason to refuse, at a path below the item. */
export type Refuse = (path: string, reason: string) => void;

/** A resource by canonical address, with or without version, or by `#id`. */
export type Terminology = (type: 'ValueSet' | 'CodeSystem', reference: string) => Json | undefined;

const valueTypes = ['valueCoding', 'valueString', 'valueInteger', 'valueDate', 'valueTime', 'valueQuantity'] as const;

/** An Attachment beside a question or an option (SDC `itemMedia`, `itemAnswerMedia`). */
export function mediaOf(element: unknown, name: string): Media | null {
  const attachment = extensionValue(element, name);
  if (!isObject(attachment)) return null;
  return { contentType: textOf(attachment['contentType']), url: textOf(attachment['url']), data: textOf(attachment['data']), title: textOf(attachment['title']) };
}

/** R5 `itemWeight`, R4 `ordinalValue`: on the option, its Coding or its concept. */
function weightOf(...elements: readonly unknown[]): number | null {
  const weight = elements.map((element) => extensionValue(element, 'itemWeight', 'ordinalValue')).find((value) => typeof value === 'number');
  return weight ?? null;
}

const prefixOf = (...elements: readonly unknown[]): string | null =>
  textOf(elements.map((element) => extensionValue(element, 'questionnaire-optionPrefix', 'optionPrefix', 'valueset-label')).find(textOf));

/** The wording of an option as the author wrote it. */
function labelOf(option: Json, value: Answer): Option['label'] | null {
  const coding = option['valueCoding'];
  if (isObject(coding)) return wordingOf(coding, 'display') ?? (typeof coding['code'] === 'string' ? plain(coding['code']) : null);
  if ('valueString' in value) return wordingOf(option, 'valueString');
  if ('valueQuantity' in value) return plain(`${value.valueQuantity.value} ${value.valueQuantity.unit ?? value.valueQuantity.code ?? ''}`.trim());
  return plain(String(Object.values(value)[0]));
}

function fromAnswerOption(options: readonly Json[], refuse: Refuse): readonly Option[] {
  return options.flatMap((option, index) => {
    const path = `/answerOption/${index}`;
    if (option['modifierExtension'] !== undefined) refuse(`${path}/modifierExtension`, 'modifier-extension');
    const value = valueTypes.some((type) => type in option) ? answerOf(option) : null;
    const label = value && labelOf(option, value);
    if (!value || !label) {
      refuse(path, 'option-value');
      return [];
    }
    const coding = option['valueCoding'];
    return [{
      value, label,
      prefix: prefixOf(option, coding),
      exclusive: extensionValue(option, 'questionnaire-optionExclusive') === true,
      initiallySelected: option['initialSelected'] === true,
      weight: weightOf(option, coding, option['_valueString'], option['_valueInteger']),
      media: mediaOf(option, 'itemAnswerMedia'),
    }];
  });
}

interface Concept {
  readonly coding: Json;
  readonly concept: Json;
}

/** Concepts and what is beneath them, without those that only head a list. */
const flatten = (concepts: readonly Json[], beneath: 'contains' | 'concept'): readonly Json[] =>
  concepts.flatMap((concept) => [...(concept['abstract'] === true ? [] : [concept]), ...flatten(objectsOf(concept[beneath]), beneath)]);

/** What one `include` lists, or the whole of a code system that is there. */
function included(include: Json, terminology: Terminology): readonly Concept[] | null {
  if (include['filter'] !== undefined || include['valueSet'] !== undefined) return null;
  const { system, version } = include;
  const codes = typeof system === 'string' ? terminology('CodeSystem', system) : undefined;
  const listed = Array.isArray(include['concept']) ? objectsOf(include['concept']) : codes ? flatten(objectsOf(codes['concept']), 'concept') : null;
  const ofCode = new Map(codes && listed ? flatten(objectsOf(codes['concept']), 'concept').map((concept) => [concept['code'], concept]) : []);
  return listed && listed.map((own) => {
    const concept = { ...ofCode.get(own['code']), ...own };
    return { concept, coding: { code: concept['code'], display: (concept as Json)['display'], _display: (concept as Json)['_display'], system, version } };
  });
}

/** Concepts of a ValueSet as Codings with their wording; null where they are not all written out. */
function conceptsOf(valueSet: Json, terminology: Terminology): readonly Concept[] | null {
  const expansion = valueSet['expansion'];
  if (isObject(expansion)) return flatten(objectsOf(expansion['contains']), 'contains').map((concept) => ({ coding: concept, concept }));
  const compose = valueSet['compose'];
  if (!isObject(compose) || objectsOf(compose['exclude']).length > 0) return null;
  const lists = objectsOf(compose['include']).map((include) => included(include, terminology));
  return lists.includes(null) ? null : lists.flatMap((list) => list!);
}

/** `designation` is how value sets carry translations. */
function designations(concept: Json): Readonly<Record<string, string>> {
  const found: Record<string, string> = {};
  for (const designation of objectsOf(concept['designation'])) {
    const { language, value } = designation;
    if (typeof language === 'string' && typeof value === 'string') found[language.toLowerCase()] = value;
  }
  return found;
}

function fromValueSet(reference: unknown, path: string, terminology: Terminology, refuse: Refuse): readonly Option[] {
  const valueSet = typeof reference === 'string' ? terminology('ValueSet', reference) : undefined;
  if (!valueSet) {
    refuse(path, 'value-set-not-contained');
    return [];
  }
  const { compose } = valueSet as { readonly compose?: Json };
  if ([valueSet, compose, ...objectsOf(compose?.['include'])].some((part) => part?.['modifierExtension'] !== undefined)) {
    refuse(path, 'modifier-extension');
    return [];
  }
  const concepts = conceptsOf(valueSet, terminology);
  if (!concepts) {
    refuse(path, 'value-set-not-enumerated');
    return [];
  }
  return concepts.flatMap(({ coding, concept }) => {
    const valueCoding = codingOf(coding);
    const label = wordingOf(concept, 'display') ?? (valueCoding?.code === undefined ? null : plain(valueCoding.code));
    if (!valueCoding || !label) return [];
    const translated = { text: label.text, translations: { ...designations(concept), ...label.translations } };
    return [{ value: { valueCoding }, label: translated, prefix: prefixOf(concept), exclusive: false, initiallySelected: false, weight: weightOf(concept), media: null }];
  });
}

/** The options of a choice item; every reason against them goes to `refuse`. */
export function loadOptions(item: Json, terminology: Terminology, refuse: Refuse): readonly Option[] {
  const listed = item['answerOption'];
  const set = item['answerValueSet'];
  if (listed !== undefined && set !== undefined) refuse('/answerValueSet', 'options-and-value-set');
  const options = listed !== undefined ? fromAnswerOption(objectsOf(listed), refuse) : set !== undefined ? fromValueSet(set, '/answerValueSet', terminology, refuse) : [];
  // One that is never shown may carry a value without a list.
  if (options.length === 0 && set === undefined && !objectsOf(item['initial']).length) refuse('', 'no-options');
  return options;
}

/** The units of a quantity: one that is set, a list, or a ValueSet. None means that a unit cannot be chosen. */
export function loadUnits(item: Json, terminology: Terminology, refuse: Refuse): readonly Option[] {
  const toOption = (coding: unknown): readonly Option[] => {
    const valueCoding = codingOf(coding);
    const label = isObject(coding) ? (wordingOf(coding, 'display') ?? wordingOf(coding, 'code')) : null;
    return valueCoding && label ? [{ value: { valueCoding }, label, prefix: null, exclusive: false, initiallySelected: false, weight: null, media: null }] : [];
  };
  const set = extensionValue(item, 'questionnaire-unitValueSet');
  const listed = objectsOf(item['extension']).filter(({ url }) => String(url).endsWith('/questionnaire-unitOption')).flatMap(({ valueCoding }) => toOption(valueCoding));
  if (listed.length > 0) return listed;
  if (set !== undefined) return fromValueSet(set, '/extension', terminology, refuse);
  const single = toOption(extensionValue(item, 'questionnaire-unit'));
  if (single.length > 0) return single;
  // The unit of what it starts with.
  return objectsOf(item['initial']).flatMap(({ valueQuantity }) => (isObject(valueQuantity) ? toOption({ ...valueQuantity, display: valueQuantity['unit'] }) : [])).slice(0, 1);
}
