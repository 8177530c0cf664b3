/** Answers: JSON, problems (RFC 9457), and the headers every answer has. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { CareError } from '../../base/care-error.js';
import { toProblem } from '../hub/problems.js';

export interface Answer {
  readonly status: number;
  /** Written as JSON; absent: no body. */
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
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
  response.end(request.method === 'HEAD' ? undefined : (text ?? undefined));
}
