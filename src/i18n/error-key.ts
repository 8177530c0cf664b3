/** Which sentence a problem code gets. Every code has one; what a person can do comes first. What only a start can meet is in `element/start-views.ts`. */
import type { CareErrorCode } from '../base/care-error.js';
import type { UiKey } from './ui/en.js';

const keys: Partial<Record<CareErrorCode, UiKey>> = {
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
export const errorKey = (code: string | null): UiKey => keys[code as CareErrorCode] ?? 'errGeneric';
