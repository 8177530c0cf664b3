/** A content pack's mistakes and findings in sentences, for its author. */
import { CareError } from '../base/care-error.js';
import type { Lint } from '../questionnaire/lint-form.js';
import { lintInWords } from '../questionnaire/lint-words.js';
import { refusalInWords } from '../questionnaire/refusal-words.js';

const findings: Readonly<Record<string, string>> = {
  draft: 'The pack is a draft: no clinician has approved it.',
  'pack-expired': 'The pack has expired, and refuses to run.',
  'expires-soon': 'The pack expires in {about} days.',
  unreviewed: 'A machine made the translation into {about} and nobody has reviewed it: it does not run for patients.',
  'no-provenance': 'Some texts are in {about}, and nobody says who translated them: they are not shown.',
  'red-flags-unread': 'No rule of a level that stops reads the red-flag question.',
  'never-first': 'No answers lead to rule {about}.',
  'unused-message': 'No rule uses this message.',
  'unread-input': 'No rule reads this input.',
  'no-exclusive-none': 'Who has none of these cannot say so: the question needs an option that is exclusive (optionExclusive).',
};

const mistakes: Readonly<Record<string, string>> = {
  missing: 'This has to be there.',
  id: 'This has to be an id: 1 to 64 of A–Z a–z 0–9 _ . : -',
  version: 'The version is a text of at most 40 characters.',
  date: 'This has to be a day, YYYY-MM-DD.',
  status: 'The status is draft or approved.',
  level: 'A level needs an id (1 to 64 of A–Z a–z 0–9 _ . : -) and a title in English.',
  levels: 'There have to be levels, each with an id of its own.',
  input: 'An input is a choice with values, a number or a boolean; "as" is for dates: years, weeks or days; "unit" is for quantities: a UCUM code.',
  twice: 'Two rules have the same id.',
  'unknown-level': 'There is no such level.',
  order: 'This rule is more urgent than one before it.',
  panel: 'The panel is emergency or crisis.',
  message: 'A message is a text in English at least; a rule lists ids of messages.',
  'unknown-message': 'There is no such message.',
  'unknown-input': 'There is no such input.',
  'unknown-value': 'The input has no such value.',
  condition: 'This is no condition, or it does not fit its input.',
  'no-last-rule': 'The last rule has to be {"always": true}.',
  source: 'A source needs a title; its address starts with https://.',
  translation: 'A translation needs provenance (human or machine) and reviewed (true or false).',
  'from-type': 'The question does not give what the input takes.',
  'no-unit': 'The question gives a quantity with a unit: "unit" has to name the one that the numbers of the rules are in, as a UCUM code such as Cel or [degF].',
  'from-unit': 'The question gives a unit, or none, that nothing converts into the unit of the input.',
  'from-option': 'An option of the question is no value of the input.',
  'unknown-question': 'There is no such question.',
  'no-option': 'No option of the question gives this value.',
  'not-first': 'The red-flag question has to be the first one.',
};

/** One line for each finding: the place, then what it is. */
export const packLintInWords = (found: readonly Lint[]): readonly string[] => lintInWords(found, findings);

/** One line for each mistake of a pack that was refused. */
export const packRefusalInWords = ({ code, message, details }: CareError): readonly string[] =>
  details.flatMap((detail) => (Object.hasOwn(mistakes, detail.code) ? [`${detail.pointer || '/'}: ${mistakes[detail.code]!}`] : refusalInWords(new CareError(code, message, { details: [detail] }))));
