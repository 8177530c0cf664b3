/**
 * The answers a choice offers: `answerOption`, or a ValueSet contained in the Questionnaire (enumerated or expanded). Nothing is
 * ever fetched: a terminology server would learn who opened which form.
 */
import type { Answer, Option } from './form.js';
import { answerOf, codingOf, extensionOf, isObject, objectsOf, plain, textOf, wordingOf, type Json } from './fhir-json.js';

/** Reports a reason to refuse, at a path below the item. */
export type Refuse = (path: string, reason: string) => void;

const valueTypes = ['valueCoding', 'valueString', 'valueInteger', 'valueDate'] as const;

/** The wording of an option as the author wrote it. */
function labelOf(option: Json, value: Answer): Option['label'] | null {
  const coding = option['valueCoding'];
  if (isObject(coding)) return wordingOf(coding, 'display') ?? (typeof coding['code'] === 'string' ? plain(coding['code']) : null);
  if ('valueString' in value) return wordingOf(option, 'valueString');
  if ('valueInteger' in value) return plain(String(value.valueInteger));
  return 'valueDate' in value ? plain(value.valueDate) : null;
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
    const exclusive = extensionOf(option, 'questionnaire-optionExclusive')?.['valueBoolean'] === true;
    const prefix = textOf(extensionOf(option, 'questionnaire-optionPrefix', 'optionPrefix')?.['valueString']);
    return [{ value, label, prefix, exclusive, initiallySelected: option['initialSelected'] === true }];
  });
}

/** Concepts of a contained ValueSet as Codings with their wording; null where they are not all written out in it. */
function conceptsOf(valueSet: Json): readonly { readonly coding: Json; readonly concept: Json }[] | null {
  const expansion = valueSet['expansion'];
  const flatten = (concepts: readonly Json[]): readonly Json[] =>
    concepts.flatMap((concept) => [...(concept['abstract'] === true ? [] : [concept]), ...flatten(objectsOf(concept['contains']))]);
  if (isObject(expansion)) return flatten(objectsOf(expansion['contains'])).map((concept) => ({ coding: concept, concept }));
  const compose = valueSet['compose'];
  if (!isObject(compose) || objectsOf(compose['exclude']).length > 0) return null;
  const includes = objectsOf(compose['include']);
  if (includes.some((include) => !Array.isArray(include['concept']) || include['filter'] !== undefined || include['valueSet'] !== undefined)) return null;
  return includes.flatMap((include) => objectsOf(include['concept']).map((concept) => ({ coding: { ...concept, system: include['system'], version: include['version'] }, concept })));
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

function fromValueSet(reference: unknown, contained: readonly Json[], refuse: Refuse): readonly Option[] {
  const valueSet = typeof reference === 'string' && reference.startsWith('#') ? contained.find((resource) => resource['id'] === reference.slice(1)) : undefined;
  if (!valueSet || valueSet['resourceType'] !== 'ValueSet') {
    refuse('/answerValueSet', 'value-set-not-contained');
    return [];
  }
  const concepts = conceptsOf(valueSet);
  if (!concepts) {
    refuse('/answerValueSet', 'value-set-not-enumerated');
    return [];
  }
  return concepts.flatMap(({ coding, concept }) => {
    const valueCoding = codingOf(coding);
    const label = wordingOf(concept, 'display') ?? (valueCoding?.code === undefined ? null : plain(valueCoding.code));
    if (!valueCoding || !label) return [];
    const translated = { text: label.text, translations: { ...designations(concept), ...label.translations } };
    return [{ value: { valueCoding }, label: translated, prefix: null, exclusive: false, initiallySelected: false }];
  });
}

/** The options of a choice item; every reason against them goes to `refuse`. */
export function loadOptions(item: Json, contained: readonly Json[], refuse: Refuse): readonly Option[] {
  const listed = item['answerOption'];
  const set = item['answerValueSet'];
  if (listed !== undefined && set !== undefined) refuse('/answerValueSet', 'options-and-value-set');
  const options = listed !== undefined ? fromAnswerOption(objectsOf(listed), refuse) : set !== undefined ? fromValueSet(set, contained, refuse) : [];
  if (options.length === 0 && set === undefined) refuse('', 'no-options');
  return options;
}
