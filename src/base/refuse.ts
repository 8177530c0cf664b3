/** The short way to an expected failure. */
import { CareError, type CareErrorCode, type CareErrorOptions } from './care-error.js';
import { type Result, err } from './result.js';

/** A failure with this code, whose message says no more than the code. */
export const refuse = (code: CareErrorCode, options?: CareErrorOptions): Result<never> => err(new CareError(code, code, options));
