/**
 * The one error of the product. Compare `code`; never `name`, `message` or `instanceof`.
 * No message, cause or field may ever hold what a patient typed.
 */
/** Problem codes that travel on the wire (protocol README, "Problems"). */
export type WireErrorCode = 'bad-frame' | 'unknown-frame' | 'invalid' | 'cmid-reused' | 'token-missing' | 'token-expired' | 'token-invalid' | 'forbidden' | 'origin-denied' | 'widget-unknown' | 'consent-required' | 'not-found' | 'gone' | 'conflict' | 'closed-conversation' | 'form-version' | 'too-large' | 'unsupported-type' | 'unsupported-version' | 'rate-limited' | 'epoch-changed' | 'not-supported' | 'overloaded' | 'internal' | 'timeout' | 'sign-in-failed' | 'locked-out';
/** Codes that arise on this side of the wire only. */
export type LocalErrorCode = 'network' | 'bad-answer' | 'chunk-failed' | 'storage-unavailable' | 'config-invalid' | 'form-unsupported' | 'form-invalid' | 'empty-text' | 'text-too-long' | 'not-ready' | 'stopped' | 'insecure-server' | 'prefill-invalid' | 'form-unknown' | 'form-required';
/** Every code a `CareError` can carry. */
export type CareErrorCode = WireErrorCode | LocalErrorCode;
export interface CareErrorOptions {
    /** Whether the same request may succeed later, unchanged. Default false. */
    readonly retryable?: boolean;
    /** How long to wait before the next try, in milliseconds. */
    readonly retryAfterMs?: number;
    /** HTTP status where there was one. */
    readonly status?: number;
    /** Where in the input each mistake is: JSON pointers and codes, never values. */
    readonly details?: readonly {
        readonly pointer: string;
        readonly code: string;
    }[];
    readonly cause?: unknown;
}
/** An error with a documented code that tells whether trying again makes sense. */
export declare class CareError extends Error {
    readonly code: CareErrorCode;
    readonly retryable: boolean;
    readonly retryAfterMs: number | undefined;
    readonly status: number | undefined;
    readonly details: readonly {
        readonly pointer: string;
        readonly code: string;
    }[];
    constructor(code: CareErrorCode, message?: string, options?: CareErrorOptions);
}
