/** Names and numbers of the protocol that both sides share (README §1, §8.5, §9). */
import type { WireErrorCode } from '../base/care-error.js';

/** Major versions spoken, best first. */
export const protocolVersions = ['1'] as const;

/** WebSocket subprotocol of major version 1. */
export const subprotocol = 'care-chat.v1';

/** HTTP status, English title and whether the same request may be tried again, per problem code. */
export const problemTable: { readonly [C in WireErrorCode]: readonly [status: number, title: string, retryable: boolean] } = {
  'bad-frame': [400, 'The frame could not be read', false],
  'unknown-frame': [400, 'The frame type is not known', false],
  invalid: [422, 'The input is not valid', false],
  'cmid-reused': [422, 'This cmid was used for something else', false],
  'token-missing': [401, 'A token is needed', false],
  'token-expired': [401, 'The token has expired', true],
  'token-invalid': [401, 'The token is not valid', false],
  forbidden: [403, 'Not allowed', false],
  'origin-denied': [403, 'This origin is not allowed', false],
  'widget-unknown': [404, 'There is no such widget', false],
  'consent-required': [403, 'A consent is needed first', false],
  'not-found': [404, 'Not found', false],
  gone: [410, 'No longer there', false],
  conflict: [409, 'Somebody else was first', false],
  'closed-conversation': [409, 'The conversation is closed', false],
  'form-version': [409, 'The form has changed', false],
  'too-large': [413, 'Too large', false],
  'unsupported-type': [415, 'This content type is not supported', false],
  'unsupported-version': [406, 'No common protocol version', false],
  'rate-limited': [429, 'Too many requests', true],
  'epoch-changed': [410, 'The stream was renumbered', false],
  'not-supported': [501, 'Not supported', false],
  overloaded: [503, 'Overloaded', true],
  internal: [500, 'Internal error', true],
  timeout: [504, 'Timed out', true],
  'sign-in-failed': [401, 'E-mail or password is wrong', false],
  'locked-out': [423, 'Too many failed sign-ins', false],
};

/** What a client does after a close: reconnect with backoff, at once, after a token refresh; or stop, with or without wiping. */
export type CloseAction = 'backoff' | 'now' | 'max-backoff' | 'refresh' | 'stop' | 'stop-wipe';

/** README §8.5. Codes not listed reconnect with backoff. */
export const closeActions: Readonly<Record<number, CloseAction>> = {
  1000: 'stop',
  4400: 'max-backoff',
  4401: 'refresh',
  4403: 'stop',
  4406: 'stop',
  4408: 'backoff',
  4410: 'stop-wipe',
  4413: 'backoff',
  4429: 'backoff',
  4440: 'stop-wipe',
  4503: 'backoff',
  4508: 'now',
};
