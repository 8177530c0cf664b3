/**
 * Whether the consents that a widget requires were given, and to the texts that it shows: a record counts if it has the version that is
 * configured and the hash of a text that a client shows in that language (S-6.9).
 */
import { createHash } from 'node:crypto';
import type { Result } from '../../base/result.js';
import type { ConsentRecord, ConsentText, LocalText } from '../../protocol/types.js';
import { refuse } from './problems.js';

/** The text in the language that a client shows for a tag: the tag, its primary language, English, whatever there is (S-2.5). */
function textFor(text: LocalText, tag: string): string | undefined {
  const found = [tag, tag.split('-')[0]!, 'en'].find((lang) => Object.hasOwn(text, lang));
  return found === undefined ? Object.values(text)[0] : text[found];
}

const sha256 = (text: string): string => createHash('sha256').update(text, 'utf8').digest('hex');

/** Whether the record is of a text that is configured: the plain one, or the rich one where that was on the screen. */
const isOfText = ({ textHash, locale }: ConsentRecord, { text, html }: ConsentText): boolean =>
  [text, html].some((texts) => {
    const shown = texts && textFor(texts, locale);
    return shown !== undefined && sha256(shown) === textHash;
  });

/** Errors: `consent-required`, with a pointer for each purpose that is missing. */
export function checkConsents(texts: readonly ConsentText[], given: readonly ConsentRecord[] = []): Result<void> {
  const missing = texts
    .filter((text) => text.required && !given.some((record) => record.purpose === text.purpose && record.version === text.version && record.granted && isOfText(record, text)))
    .map((text) => ({ pointer: '/consents', code: `required:${text.purpose}` }));
  return missing.length === 0 ? { ok: true, value: undefined } : refuse('consent-required', { details: missing });
}
