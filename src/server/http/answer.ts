/** Answers: JSON, problems (RFC 9457), and the headers every answer has. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Duplex } from 'node:stream';
import type { CareError } from '../../base/care-error.js';
import { problem, toProblem } from '../hub/problems.js';

export interface Answer {
  readonly status: number;
  /** Written as JSON; absent: no body. */
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
  /** Goes on writing after the headers, instead of a body. */
  readonly stream?: ((response: ServerResponse) => void) | undefined;
}

/** On every answer of the API. It is no page, so it may do nothing at all. */
export const apiHeaders: Readonly<Record<string, string>> = {
  'Cache-Control': 'no-store',
  'Content-Security-Policy': "default-src 'none'; frame-ancestors 'none'",
  'Referrer-Policy': 'no-referrer',
  'X-Content-Type-Options': 'nosniff',
};

/** A refusal as an answer, with `Retry-After` where there is something to wait for. */
export function problemAnswer(error: CareError): Answer {
  const body = toProblem(error);
  return {
    status: body.status,
    body,
    headers: {
      'Content-Type': 'application/problem+json',
      ...(body.retryAfterMs === undefined ? {} : { 'Retry-After': String(Math.max(1, Math.ceil(body.retryAfterMs / 1000))) }),
    },
  };
}

/** What Node says of a request that is none; anything else is one that cannot be read. */
const unreadable: Readonly<Record<string, 'too-large' | 'timeout'>> = { HPE_HEADER_OVERFLOW: 'too-large', ERR_HTTP_REQUEST_TIMEOUT: 'timeout' };

/** Answers what is no HTTP, a head that is too large, or a request that never ends: a problem, then the end of the connection. */
export function refuseUnreadable(error: Error & { readonly code?: string }, socket: Duplex): void {
  if (!socket.writable || error.code === 'ECONNRESET') return void socket.destroy();
  socket.end(rawProblem(problem(unreadable[error.code ?? ''] ?? 'bad-frame')));
}

/** A refusal as the bytes of a whole answer, for a connection that no `ServerResponse` belongs to. */
export function rawProblem(error: CareError): string {
  const { status, body, headers } = problemAnswer(error);
  const text = JSON.stringify(body);
  const lines = Object.entries({ ...apiHeaders, ...headers, 'Content-Length': String(Buffer.byteLength(text)), Connection: 'close' }).map(([name, value]) => `${name}: ${value}`);
  return [`HTTP/1.1 ${status} Refused`, ...lines, '', text].join('\r\n');
}

/** Writes an answer. */
export function writeAnswer(request: IncomingMessage, response: ServerResponse, answer: Answer, headers: Readonly<Record<string, string>>): void {
  if (response.headersSent || response.destroyed) return;
  const text = answer.body === undefined ? null : JSON.stringify(answer.body);
  response.writeHead(answer.status, {
    ...apiHeaders,
    ...headers,
    ...(text === null ? {} : { 'Content-Type': 'application/json', 'Content-Length': String(Buffer.byteLength(text)) }),
    // A body that was not read to its end would be taken for the next request.
    ...(request.complete ? {} : { Connection: 'close' }),
    ...answer.headers,
  });
  if (answer.stream) return answer.stream(response);
  response.end(request.method === 'HEAD' ? undefined : (text ?? undefined));
}
