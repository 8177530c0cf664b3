/** What the relay and its grant say (README §14). The conversation's bundle does not carry this. */
import type { Result } from '../base/result.js';
import { answer } from './parse-rest.js';
import { type Reader, choice, count, flag, isRecord, known, record, text } from './readers.js';
import type { RelayGrant, RelayNotice } from './types.js';

/** `POST /v1/conversations/{id}/relay`. */
export const parseRelayGrant: (body: unknown) => Result<RelayGrant> = answer(record({ token: text, expiresAt: count, url: text }));

const readPeer = record({ t: choice('peer'), on: flag });
/** An unknown reason counts as the end of the session. */
const readEnd = record({ t: choice('end'), reason: known('ended', 'rate', 'refused', 'replaced', 'draining') });
const readNotice: Reader<RelayNotice> = (value) => (isRecord(value) && value['t'] === 'peer' ? readPeer(value) : readEnd(value));

/** A text message of the relay; null where it is none that this version knows. */
export function parseRelayNotice(message: string): RelayNotice | null {
  try {
    return readNotice(JSON.parse(message));
  } catch {
    return null;
  }
}
