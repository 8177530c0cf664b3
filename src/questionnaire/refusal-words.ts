/** Why a Questionnaire was refused, in sentences for the person who wrote or configured it. For the server, the command line and previews. */
import type { CareError } from '../base/care-error.js';

/** By code; the code of an extension that is not supported is the extension's name. */
const reasons: Readonly<Record<string, string>> = {
  'not-questionnaire': 'This is not a FHIR Questionnaire.',
  stu3: 'This is a FHIR STU3 Questionnaire; convert it to R4 or R5.',
  'modifier-extension': 'A modifier extension that is not known may change the meaning of the form.',
  'implicit-rules': 'Rules that are not known (implicitRules) may change the meaning of the form.',
  'item-type': 'This version does not know the type of this item.',
  'open-choice': 'This is no answerConstraint: optionsOnly, optionsOrType or optionsOrString.',
  reference: 'A question for a reference needs a server to search in; this version asks none.',
  'options-on-other-type': 'An item of this type cannot have a list of options.',
  'options-and-value-set': 'An item cannot have both options and a value set (que-4).',
  'option-value': 'An option needs a valueCoding, valueString, valueInteger, valueDate, valueTime or valueQuantity.',
  'no-options': 'A choice needs options.',
  'value-set-not-contained': 'Only value sets that are contained in the Questionnaire or brought along are read; nothing is fetched.',
  'value-set-not-enumerated': 'A contained value set must list its concepts.',
  'initial-type': 'The initial value is not of the type of the item.',
  'min-value': 'The least value is not of the type of the item.',
  'max-value': 'The greatest value is not of the type of the item.',
  'enable-when': 'A condition needs a question, an operator and one answer of a known type.',
  'enable-behavior': 'This is no enableBehavior: all or any.',
  'enable-when-loop': 'The conditions depend on each other in a circle.',
  'expression-missing': 'An expression has no text.',
  'expression-language': 'Only expressions in text/fhirpath are evaluated; CQL and queries need a server.',
  'expression-syntax': 'This expression cannot be read as FHIRPath.',
  'variable-name': 'A variable needs a name.',
  'toggle-options': 'Options that come and go have to be named.',
  regex: 'This regular expression cannot be read.',
  'regex-unsafe': 'This regular expression is too long, or counts too far: it would hold up a browser.',
  'regex-unsupported': 'This regular expression looks ahead or behind, or refers back to a group; this version does neither.',
  'critical-extension': 'The author says that the form cannot do without an extension that this version does not know.',
  'cqf-calculatedValue': 'This version does not support limits that are computed.',
  'item-shape': 'Items must be a list of objects.',
  'link-id-missing': 'Every item needs a linkId of at most 255 characters.',
  'link-id-twice': 'Two items have the same linkId (que-2).',
  'too-many-items': 'A form has at most 500 items.',
  'too-deep': 'Items nest at most 12 deep.',
  'text-too-long': 'A question has at most 2000 characters.',
};

/** One line per obstacle of a `form-unsupported` error: JSON pointer, then the reason. */
export const refusalInWords = (error: CareError): readonly string[] =>
  error.details.map(({ pointer, code }) => `${pointer || '/'}: ${Object.hasOwn(reasons, code) ? reasons[code]! : `This version does not support ${code}.`}`);
