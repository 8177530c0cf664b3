/** Findings about a form in sentences, for its author. */
import type { Lint } from './lint-form.js';

const reasons: Readonly<Record<string, string>> = {
  expired: 'The form has expired.',
  retired: 'The form is retired.',
  'no-version': 'Without url and version, an answer cannot say which form it belongs to.',
  'text-missing': 'A question has no text; it is called by what is nearest to it.',
  'enable-when-type': 'The condition compares with what its source never answers.',
  'enable-behavior-missing': 'Several conditions and no enableBehavior: any of them is taken to be enough.',
  'display-answer': 'A display has no answer: it cannot be required and cannot repeat (que-6).',
  'initial-and-options': 'With options, initialSelected says what is chosen beforehand; initial may not stand beside them (que-11).',
  'disabled-display': 'This is no disabledDisplay, hidden or protected: it is hidden.',
  unreachable: 'No answers can bring this up.',
  'expression-loop': 'Computed values need each other: {about}.',
  'unknown-function': 'The function {about} is not known: it comes to nothing.',
  'pattern-unsaid': 'Nobody is told what the pattern asks for: it needs an entryFormat.',
  'none-not-exclusive': '"None" can be chosen together with the others: it needs the extension optionExclusive.',
  'option-twice': 'Two options are the same answer.',
  'translation-missing': 'This text is not translated into {about}, other texts are.',
  'reading-grade': 'This text asks for {about} years of school.',
};

/** One line for each: the place, then what it is. `more`: words for codes that are not a form's own. */
export const lintInWords = (found: readonly Lint[], more: Readonly<Record<string, string>> = {}): readonly string[] =>
  found.map(({ pointer, code, about = '' }) => `${pointer || '/'}: ${(more[code] ?? reasons[code] ?? code).replace('{about}', about)}`);
