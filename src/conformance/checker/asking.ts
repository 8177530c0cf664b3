/** REST as a recorded client speaks it: never throws, tells refusals to the history, and knows an answer of the fault proxy from one of the backend. */
import type { Validator } from '../../protocol/schema/validate.js';
import { ownAnswerHeader } from '../proxy/http-parts.js';
import type { History } from './history.js';

export interface Answer {
  /** 0: there was no answer, or none that can be read: the outcome is unknown. */
  readonly status: number;
  readonly body: unknown;
}

export interface AskOptions {
  readonly client: string;
  readonly history: History;
  readonly validator: Validator;
  /** `Origin` to send; default none. */
  readonly origin?: string | undefined;
  readonly timeoutMs: number;
}

export type Ask = (method: string, url: string, request?: { readonly token?: string | undefined; readonly body?: unknown }) => Promise<Answer>;

const unknown: Answer = { status: 0, body: null };

/** Creates the way to ask. */
export const createAsk = ({ client, history, validator, origin, timeoutMs }: AskOptions): Ask => async (method, url, { token, body } = {}) => {
  try {
    const response = await fetch(url, {
      method,
      redirect: 'error',
      signal: AbortSignal.timeout(timeoutMs),
      headers: { ...(origin && { origin }), ...(token && { authorization: `Bearer ${token}` }), ...(body !== undefined && { 'content-type': 'application/json' }) },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
    const text = await response.text();
    const { status } = response;
    if (response.headers.has(ownAnswerHeader)) return unknown;
    let read: unknown = null;
    let isJson = true;
    try {
      if (text !== '') read = JSON.parse(text);
    } catch {
      isJson = false;
    }
    if (!response.ok) {
      const valid = isJson && validator.check('Problem', read) === null;
      history.add({ type: 'refusal', client, status, valid, code: valid ? (read as { readonly code: string }).code : null });
    }
    return isJson ? { status, body: read } : unknown;
  } catch {
    return unknown;
  }
};
