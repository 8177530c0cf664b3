/** What was agreed to, as a record: version, language, and a hash of the text exactly as it was shown. */
import type { ConsentRecord, ConsentText } from '../protocol/types.js';
import { toLocal } from './words.js';

const sha256 = async (text: string): Promise<string> => {
  const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(text));
  return Array.from(new Uint8Array(digest), (byte) => byte.toString(16).padStart(2, '0')).join('');
};

/** The records for the clinic's consents; `granted` holds the purposes that were ticked. */
export const toConsentRecords = (consents: readonly ConsentText[], granted: ReadonlySet<string>, tag: string): Promise<ConsentRecord[]> =>
  Promise.all(consents.map(async ({ purpose, version, text }) => ({ purpose, version, granted: granted.has(purpose), textHash: await sha256(toLocal(text, tag)), locale: tag })));
