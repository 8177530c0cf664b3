/**
 * The door to pino. Structured lines of ids, codes, counts and flags (`LogFields` has no place for more): no patient text, no URL query,
 * no token, no e-mail address. Every line has `event`, a name of our own.
 */
import { pino, type DestinationStream } from 'pino';
import type { Logger } from '../../base/logger.js';

/** A logger that writes JSON lines to standard error, or to `destination`. */
export function createLogger(level: 'debug' | 'info' | 'warn' | 'error' | 'silent', destination?: DestinationStream): Logger {
  const log = pino(
    { level, base: null, messageKey: 'event', timestamp: () => `,"at":${Date.now()}`, formatters: { level: (label) => ({ level: label }) } },
    destination ?? pino.destination({ fd: 2, sync: true }),
  );
  return {
    debug: (event, fields) => log.debug(fields ?? {}, event),
    info: (event, fields) => log.info(fields ?? {}, event),
    warn: (event, fields) => log.warn(fields ?? {}, event),
    error: (event, fields) => log.error(fields ?? {}, event),
  };
}
