/** The answer to a message that was left (README S-6.15). The conversation's bundle does not carry this; the desk reads the same in its summaries. */
import type { Result } from '../base/result.js';
import { answer } from './parse-rest.js';
import { type Reader, count, maybe, record, text } from './readers.js';
import type { OfflineReceipt } from './types.js';

export const readOfflineReceipt: Reader<OfflineReceipt> = record({ reference: text, promisedAt: maybe(count) });

/** `POST /v1/offline`. */
export const parseOfflineReceipt: (body: unknown) => Result<OfflineReceipt> = answer(readOfflineReceipt);
