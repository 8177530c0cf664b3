/** REST as the kit speaks it: every refusal must be a well-formed problem (S-9.1), every answer what its schema says. */
import type { Validator } from '../protocol/schema/validate.js';
import { Failed, Unanswered, expect, expectEqual } from './expect.js';

export interface KitRequest {
  readonly token?: string | undefined;
  readonly body?: unknown;
  /** Sent as it is, instead of `body`. */
  readonly raw?: string;
  readonly headers?: Readonly<Record<string, string>>;
}

export interface KitAnswer {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  /** Undefined where the text is not JSON. */
  readonly body: unknown;
}

export interface Rest {
  request(method: string, url: string, request?: KitRequest): Promise<KitAnswer>;
  /** The body of an answer with one of these statuses, checked against a schema. */
  accepted<T>(answer: KitAnswer, statuses: readonly number[], schema: string, what: string): T;
  /** Checks that it was refused with this status and code. */
  refused(answer: KitAnswer, status: number, codes: readonly string[], what: string): void;
}

const parse = (text: string): unknown => {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
};

/** Why no answer came: the name of the time-out or of the system's error. */
function reasonOf(error: unknown, timeoutMs: number): string {
  if (error instanceof Error && error.name === 'TimeoutError') return `no answer within ${timeoutMs} ms`;
  const cause = error instanceof Error && error.cause instanceof Error ? error.cause : null;
  return `no answer (${cause && 'code' in cause ? String(cause.code) : cause?.message.slice(0, 80) ?? (error instanceof Error ? error.name : 'unknown')})`;
}

/** Waits. */
export const pause = (delayMs: number): Promise<void> => new Promise((resolve) => {
  setTimeout(resolve, delayMs);
});

/** Creates the client. Waits and asks again (twice at most) where the server says `rate-limited` with a short delay: the kit is many visitors at one address. */
export function createRest(validator: Validator, options: { readonly origin?: string | undefined; readonly timeoutMs: number }): Rest {
  const once = async (method: string, url: string, { token, body, raw, headers }: KitRequest): Promise<KitAnswer> => {
    const payload = raw ?? (body === undefined ? undefined : JSON.stringify(body));
    const exchange = fetch(url, {
      method,
      redirect: 'error',
      signal: AbortSignal.timeout(options.timeoutMs),
      headers: {
        ...(options.origin && { origin: options.origin }),
        ...(payload !== undefined && { 'content-type': 'application/json' }),
        ...(token && { authorization: `Bearer ${token}` }),
        ...headers,
      },
      ...(payload !== undefined && { body: payload }),
    }).then(async (answer) => ({ answer, text: await answer.text() }));
    const { answer, text } = await exchange.catch((error: unknown) => {
      throw new Unanswered(`${method} ${new URL(url).pathname}: ${reasonOf(error, options.timeoutMs)}`);
    });
    return { status: answer.status, headers: answer.headers, text, body: parse(text) };
  };

  return {
    async request(method, url, request = {}) {
      let answer = await once(method, url, request);
      for (let tries = 0; tries < 2 && answer.status === 429; tries++) {
        const { retryAfterMs = 1000 } = (answer.body ?? {}) as { readonly retryAfterMs?: number };
        if (retryAfterMs > 5000) break;
        await pause(retryAfterMs);
        answer = await once(method, url, request);
      }
      return answer;
    },
    accepted<T>(answer: KitAnswer, statuses: readonly number[], schema: string, what: string): T {
      const { code } = (answer.body ?? {}) as { readonly code?: unknown };
      expect(statuses.includes(answer.status), `${what}: expected ${statuses.join(' or ')}, got ${answer.status}${typeof code === 'string' ? ` ${code.slice(0, 60)}` : ''}`);
      const refusal = validator.check(schema, answer.body);
      if (refusal) throw new Failed(`${what}: the answer is no ${schema}: ${refusal.errors.map(({ pointer, code: mistake }) => `${pointer || '/'} ${mistake}`).slice(0, 5).join(', ')}`);
      return answer.body as T;
    },
    refused(answer, status, codes, what) {
      const { code, status: told } = (answer.body ?? {}) as { readonly code?: unknown; readonly status?: unknown };
      expectEqual(answer.status, status, `${what}: status`);
      expect(codes.includes(String(code)), `${what}: expected code ${codes.join(' or ')}, got ${String(code).slice(0, 60)}`);
      expect(validator.check('Problem', answer.body) === null, `${what}: the body is no Problem`);
      expectEqual(told, status, `${what}: status in the problem`);
      expect((answer.headers.get('content-type') ?? '').startsWith('application/problem+json'), `${what}: expected application/problem+json`);
    },
  };
}
