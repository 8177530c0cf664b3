/** The parts of a message, as they will be stored. Text is plain; kinds of later versions are refused until they are built; `x-…` is carried. */
import type { Result } from '../../base/result.js';
import type { Limits, Part } from '../../protocol/types.js';
import { refuse } from './problems.js';

const isText = (part: Part): part is Extract<Part, { kind: 'text' }> & { text: string } => part.kind === 'text';

/** Known fields only. Errors: `too-large` (text over `textChars`, too many parts), `invalid`, `not-supported`. */
export function checkParts(parts: readonly Part[], limits: Limits, pointer: string): Result<readonly Part[]> {
  if (parts.length > limits.partsPerMessage) return refuse('too-large', { details: [{ pointer, code: 'too-many' }], limit: limits.partsPerMessage });
  const checked: Part[] = [];
  for (const [index, part] of parts.entries()) {
    const where = `${pointer}/${index}`;
    if (isText(part)) {
      if (part.text.length > limits.textChars) return refuse('too-large', { details: [{ pointer: `${where}/text`, code: 'too-long' }], limit: limits.textChars });
      if (part.text.trim() === '') return refuse('invalid', { details: [{ pointer: `${where}/text`, code: 'empty' }] });
      checked.push({ kind: 'text', text: part.text });
    } else if (part.kind.startsWith('x-')) {
      checked.push(part);
    } else {
      return refuse('not-supported', { details: [{ pointer: `${where}/kind`, code: 'not-supported' }] });
    }
  }
  return { ok: true, value: checked };
}

/** The text of the parts in one line of reading: text as it is, the fall-back for any other kind. */
export const textOfParts = (parts: readonly Part[]): string => parts.map((part) => (isText(part) ? part.text : 'fallback' in part ? part.fallback : '')).join('\n');
