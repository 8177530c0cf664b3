/** Why a Questionnaire was refused, in sentences for the person who wrote or configured it. For the server, the command line and previews. */
import type { CareError } from '../base/care-error.js';

/** By code; the code of an extension that is not supported is the extension's name. */
const reasons: Readonly<Record<string, string>> = {
  'not-questionnaire': 'This is not a FHIR Questionnaire.',
  stu3: 'This is a FHIR STU3 Questionnaire; convert it to R4 or R5.',
  'modifier-extension': 'A modifier extension that is not known may change the meaning of the form.',
  'item-type': 'This version does not know the type of this item.',
  'open-choice': 'This version does not support answers outside the list of options.',
  'repeating-group': 'This version does not support groups that repeat.',
  'repeating-question': 'This version supports several answers only for choices.',
  'options-on-other-type': 'This version supports a list of options only for choices.',
  'options-and-value-set': 'An item cannot have both options and a value set (que-4).',
  'option-value': 'An option needs a valueCoding, valueString, valueInteger or valueDate.',
  'no-options': 'A choice needs options.',
  'value-set-not-contained': 'Only value sets contained in the Questionnaire are read; nothing is fetched.',
  'value-set-not-enumerated': 'A contained value set must list its concepts.',
  'initial-type': 'The initial value is not of the type of the item.',
  'min-value': 'The least value is not of the type of the item.',
  'max-value': 'The greatest value is not of the type of the item.',
  'enable-when': 'A condition needs a question, an operator and an answer of a known type.',
  'enable-when-loop': 'The conditions depend on each other in a circle.',
  'item-shape': 'Items must be a list of objects.',
  'link-id-missing': 'Every item needs a linkId of at most 255 characters.',
  'link-id-twice': 'Two items have the same linkId (que-2).',
  'text-missing': 'A question that is shown needs a text.',
  'too-many-items': 'A form has at most 500 items.',
  'too-deep': 'Items nest at most 12 deep.',
  'text-too-long': 'A question has at most 2000 characters.',
};

/** One line per obstacle of a `form-unsupported` error: JSON pointer, then the reason. */
export const refusalInWords = (error: CareError): readonly string[] =>
  error.details.map(({ pointer, code }) => `${pointer || '/'}: ${Object.hasOwn(reasons, code) ? reasons[code]! : `This version does not support ${code}.`}`);
