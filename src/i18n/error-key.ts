/** Which sentence a problem code gets. Every code has one; what a person can do comes first. What only a start can meet is in `element/start-views.ts`. */
import type { CareErrorCode } from '../base/care-error.js';
import type { LaterKey } from './later/en.js';

/** Where it is: what says that there is no network has to be there without one. */
type ErrorKey = LaterKey | 'errNetwork';

const keys: Partial<Record<CareErrorCode, ErrorKey>> = {
  network: 'errNetwork', timeout: 'errNetwork',
  'bad-answer': 'errBadAnswer', 'bad-frame': 'errBadAnswer', 'unknown-frame': 'errBadAnswer',
  'widget-unknown': 'errWidget', 'config-invalid': 'errConfig', 'insecure-server': 'errInsecure',
  'origin-denied': 'errOrigin', forbidden: 'errOrigin',
  'text-too-long': 'errTooLong', 'too-large': 'errTooLong',
  'empty-text': 'errEmpty',
  'closed-conversation': 'errClosed', gone: 'errClosed', 'not-found': 'errClosed',
  'rate-limited': 'errRate', overloaded: 'errBusy', internal: 'errBusy',
  'token-missing': 'errSession', 'token-expired': 'errSession', 'token-invalid': 'errSession',
  'chunk-failed': 'errChunk', 'unsupported-version': 'errVersion', stopped: 'errStopped',
};

/** The message key of a code; a general one for what only a programmer could act on. */
export const errorKey = (code: string | null): ErrorKey => keys[code as CareErrorCode] ?? 'errGeneric';
