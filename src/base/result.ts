/** Expected failures as values: a thrown error is a programmer's mistake or a cancellation. */
import type { CareError } from './care-error.js';

/** The outcome of something that may be refused. */
export type Result<T, E = CareError> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly error: E };

/** Wraps a value as a success. */
export const ok = <T>(value: T): { readonly ok: true; readonly value: T } => ({ ok: true, value });

/** Wraps an error as a failure. */
export const err = <E>(error: E): { readonly ok: false; readonly error: E } => ({ ok: false, error });
