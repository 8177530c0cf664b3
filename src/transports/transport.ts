/**
 * The adapter between the conversation core and a wire. Everything that must not be lost, doubled or reordered lives above it
 * (`core/`); an adapter only moves frames and bodies, so that a vendor with a wire of its own maps frames and is done.
 *
 * Laws (kept by `test/contracts/transport.ts` for every adapter):
 * 1. `connect` returns at once; exactly one `onclose` follows sooner or later, also after `close()`, and nothing after it.
 * 2. Frames arrive in the order in which the server sent them, each parsed by `protocol/parse-frame` (or `parse-desk`); what does not parse is reported
 *    to `onbadframe` (with its `t` where that is readable, never its content) and otherwise dropped.
 * 3. `send` never throws. On a link that is not open it drops the frame and returns false.
 * 4. `request` resolves with a value or a `CareError`; it never throws and never retries.
 * 5. No token in a URL, no cookie, no log line.
 */
import type { Result } from '../base/result.js';
import type { ClientFrame, ParsedFrame, Problem } from '../protocol/types.js';

/** Why a link ended. `code` is a WebSocket close code or one of README §8.5; 1006 where none came. */
export interface LinkClosed {
  readonly code: number;
  readonly reason: string;
}

export interface LinkHandlers {
  /** The link can carry `hello` now. */
  onopen(): void;
  onframe(frame: ParsedFrame): void;
  onbadframe(t: string | null): void;
  onclose(closed: LinkClosed): void;
}

/** One attempt at a live connection. */
export interface Link {
  send(frame: ClientFrame): boolean;
  close(code?: number): void;
}

/** A REST operation. `path` begins with a slash and is relative to the discovered REST base. */
export interface RestRequest {
  readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE';
  readonly path: string;
  readonly token?: string;
  readonly body?: unknown;
  readonly keepalive?: boolean;
  /** As in the network port. */
  readonly signal?: AbortSignal;
}

export interface RestAnswer {
  readonly status: number;
  /** Parsed JSON; null for an empty body. Not validated: the caller parses what it reads. */
  readonly body: unknown;
}

/** Moves frames and bodies to and from one backend. */
export interface Transport {
  /** `GET {server}/.well-known/care-chat?widget=…`, without credentials. Codes: network, bad-answer, and the problem's own. */
  discover(widgetId: string | null): Promise<Result<unknown>>;
  /** A failure is the server's problem as `CareError`, or `network` / `timeout` (both retryable) or `bad-answer` (not JSON: a proxy, a captive portal; retryable). */
  request(request: RestRequest): Promise<Result<RestAnswer>>;
  connect(handlers: LinkHandlers): Link;
}

export type { ClientFrame, ParsedFrame, Problem };
