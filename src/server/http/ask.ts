/** A request as a handler sees it: read, checked, and known who asks. */
import type { Result } from '../../base/result.js';
import type { Claims } from '../identity/identity.js';
import type { Principal } from '../hub/principal.js';
import type { Answer } from './answer.js';
import type { Parameters } from './router.js';

/** `body` fits the operation's schema; cast it to its type. */
export interface Ask {
  readonly parameters: Parameters;
  readonly body: unknown;
  readonly origin: string | null;
  /** Where clients reach this server, without a slash at the end. */
  readonly baseUrl: string;
  /** Runs when the connection over which was asked is gone, or the answer is out. */
  onGone(run: () => void): void;
}

/** Of an operation that needs a token. */
export interface SignedAsk extends Ask {
  readonly claims: Claims;
  readonly principal: Principal;
}

export type Handler = (ask: Ask) => Promise<Result<Answer>>;
export type SignedHandler = (ask: SignedAsk) => Promise<Result<Answer>>;

/** A handler's success. */
export const answered = (status: number, body?: unknown, headers?: Readonly<Record<string, string>>, stream?: Answer['stream']): Result<Answer> =>
  ({ ok: true, value: { status, ...(body === undefined ? {} : { body }), ...(headers === undefined ? {} : { headers }), ...(stream === undefined ? {} : { stream }) } });

/** A result with its value made into an answer. */
export const answerWith = <T>(result: Result<T>, status: number): Result<Answer> => (result.ok ? answered(status, result.value) : result);
