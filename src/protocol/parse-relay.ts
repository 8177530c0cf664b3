/** What the relay and its grant say (README §14). Reads by itself: what it borrowed of the conversation's readers would be kept for it in every conversation's bundle. */
import { CareError } from '../base/care-error.js';
import type { Result } from '../base/result.js';
import type { RelayGrant, RelayNotice } from './types.js';

/** Subprotocol of the relay. */
export const relaySubprotocol = 'care-chat.relay.v1';

type Fields = Readonly<Record<string, unknown>>;
const fieldsOf = (value: unknown): Fields => (typeof value === 'object' && value !== null ? (value as Fields) : {});
const isText = (value: unknown): value is string => typeof value === 'string' && value !== '';

/** `POST /v1/conversations/{id}/relay`. */
export function parseRelayGrant(body: unknown): Result<RelayGrant> {
  const { token, expiresAt, url } = fieldsOf(body);
  return isText(token) && isText(url) && Number.isSafeInteger(expiresAt) && (expiresAt as number) >= 0
    ? { ok: true, value: { token, url, expiresAt: expiresAt as number } }
    : { ok: false, error: new CareError('bad-answer', 'bad-answer', { retryable: true }) };
}

const reasons = ['ended', 'rate', 'refused', 'replaced', 'draining'] as const;

/** A text message of the relay; null where it is none that this version knows. An unknown reason counts as the end of the session. */
export function parseRelayNotice(message: string): RelayNotice | null {
  try {
    const { t, on, reason } = fieldsOf(JSON.parse(message));
    if (t === 'peer' && typeof on === 'boolean') return { t, on };
    return t === 'end' && isText(reason) ? { t, reason: reasons.find((one) => one === reason) ?? 'ended' } : null;
  } catch {
    return null;
  }
}
