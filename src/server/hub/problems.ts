/** Refusals: one shape for REST bodies and `err` frames (RFC 9457, README "Problems"). Never holds what was sent. */
import { CareError, type CareErrorOptions, type WireErrorCode } from '../../base/care-error.js';
import type { Result } from '../../base/result.js';
import type { Refusal } from '../../protocol/schema/validate.js';
import { problemTable } from '../../protocol/version.js';
import type { Problem } from '../../protocol/types.js';

interface RefusalOptions extends CareErrorOptions {
  /** The limit that was passed, for `too-large`. */
  readonly limit?: number | undefined;
}

/** An error on its way to the wire, with the limit that was passed. */
class WireRefusal extends CareError {
  readonly limit: number | undefined;

  constructor(code: WireErrorCode, message: string, { limit, ...options }: RefusalOptions) {
    super(code, message, options);
    this.limit = limit;
  }
}

/** A `CareError` with a wire code, its English title and its default for `retryable`. */
export function problem(code: WireErrorCode, options: RefusalOptions = {}): CareError {
  const [status, title, retryable] = problemTable[code];
  return new WireRefusal(code, title, { retryable, status, ...options });
}

/** The same as a refused result. */
export const refuse = (code: WireErrorCode, options: RefusalOptions = {}): Result<never> => ({ ok: false, error: problem(code, options) });

/** A refusal of the schema check as an error. */
export const fromRefusal = ({ code, errors, limit }: Refusal): CareError => problem(code, { details: errors, limit });

const isWireCode = (code: string): code is WireErrorCode => Object.hasOwn(problemTable, code);

/** The wire form of an error. A code that has no place on the wire becomes `internal`. */
export function toProblem(error: CareError): Problem {
  const code: WireErrorCode = isWireCode(error.code) ? error.code : 'internal';
  const [status, title, retryable] = problemTable[code];
  return {
    type: `https://care-chat.dev/problems/${code}`,
    title,
    status,
    code,
    // An error of another room may not say; then the code's own default counts.
    retryable: error instanceof WireRefusal ? error.retryable : error.retryable || retryable,
    ...(error.retryAfterMs === undefined ? {} : { retryAfterMs: Math.ceil(error.retryAfterMs) }),
    ...(error.details.length === 0 ? {} : { errors: error.details.slice(0, 50).map(({ pointer, code: mistake }) => ({ pointer: pointer.slice(0, 300), code: mistake })) }),
    ...(error instanceof WireRefusal && error.limit !== undefined ? { limit: error.limit } : {}),
  };
}

/** An unexpected failure: told as `internal` (or `overloaded`, where the store said so), never with its own message. */
export const fromThrown = (thrown: unknown): CareError => (thrown instanceof CareError && isWireCode(thrown.code) ? thrown : problem('internal'));

/** The same refusal with its pointers beneath `prefix`. */
export function withPointers(error: CareError, prefix: string): CareError {
  if (error.details.length === 0 || !isWireCode(error.code)) return error;
  const { retryable, retryAfterMs } = error;
  return problem(error.code, {
    retryable,
    ...(retryAfterMs === undefined ? {} : { retryAfterMs }),
    details: error.details.map(({ pointer, code }) => ({ pointer: prefix + pointer, code })),
    limit: error instanceof WireRefusal ? error.limit : undefined,
  });
}
