/**
 * What a streamed and a polled link have in common (protocol README §8.7): life and end of the link, the client's frames in numbered batches, and the
 * token, which is the one in `hello` and after it in `auth`. Such a link carries `hello` from the beginning; what it asks for goes out with it.
 */
import type { Result } from '../base/result.js';
import type { Clock, Network, Randomness } from '../platform/ports.js';
import type { FrameParser } from '../protocol/parse-frame.js';
import type { ClientFrame } from '../protocol/types.js';
import type { RestClient } from './rest-client.js';
import type { Link, LinkHandlers, RestAnswer } from './transport.js';

/** What links are made of. */
export interface HttpLinkParts {
  readonly rest: RestClient;
  readonly network: Network;
  readonly clock: Clock;
  readonly randomness: Randomness;
  readonly parse: FrameParser;
}

/** A link as the half sees it that brings the server's frames. */
export interface DownLink {
  readonly id: string;
  readonly closed: boolean;
  /** Aborted at the end of the link. */
  readonly signal: AbortSignal;
  readonly token: string;
  /** The link exists at the server: frames may go out. Resolves when the first batch was taken. */
  established(): Promise<void>;
  /** A frame of the server, as text or as an object. */
  receive(frame: unknown): void;
  /** Asks with the token and in limited time; a failure that may pass is tried again at most three times. Null: the link has ended, and its handlers know why. */
  ask(path: string, body: unknown, timeoutMs: number): Promise<RestAnswer | null>;
  /** Ends the link: with the code of `bye` where one came. */
  end(code?: number): void;
  pause(delayMs: number): Promise<void>;
}

const batchFrames = 50;
/** As many characters as surely fit where one frame of full size does. */
const batchChars = 16_384;
const sendTimeoutMs = 10_000;
const tries = 4;

/** Close code for a refusal: what a socket would have been closed with. */
const closeCodeOf = (answer: Result<RestAnswer>): number => {
  // A page of a proxy is no refusal of the server's.
  const status = answer.ok || answer.error.code === 'bad-answer' ? 0 : (answer.error.status ?? 0);
  return { 401: 4401, 403: 4403, 413: 4413, 422: 4400, 429: 4429 }[status] ?? 1006;
};

/** Opens a link; `run` brings the frames of the server and ends when the link has. */
export function openHttpLink({ rest, clock, randomness, parse }: HttpLinkParts, handlers: LinkHandlers, run: (link: DownLink) => Promise<void>): Link {
  const abort = new AbortController();
  const queue: ClientFrame[] = [];
  let state: 'opening' | 'open' | 'closing' | 'closed' = 'opening';
  let token = '';
  let byeCode = 1006;
  let batch = 0;
  let sending = false;
  let established: (() => void) | null = null;

  const end = (code: number): void => {
    if (state === 'closed') return;
    state = 'closed';
    abort.abort();
    handlers.onclose({ code, reason: '' });
  };
  const gone = (): boolean => state === 'closing' || state === 'closed';

  const down: DownLink = {
    id: Array.from(randomness.bytes(16), (byte) => byte.toString(16).padStart(2, '0')).join(''),
    signal: abort.signal,
    get closed() {
      return gone();
    },
    get token() {
      return token;
    },
    established() {
      const first = new Promise<void>((resolve) => (established = resolve));
      void pump();
      return first;
    },
    receive(input) {
      if (state !== 'open') return;
      const frame = parse(input);
      if (!frame.ok) return handlers.onbadframe(frame.error.t);
      if (frame.value.t === 'bye') byeCode = frame.value.d.code;
      handlers.onframe(frame.value);
    },
    async ask(path, body, timeoutMs) {
      for (let tried = 1; !gone(); tried++) {
        const late = new AbortController();
        const cancel = clock.setTimer(() => late.abort(new DOMException('late', 'TimeoutError')), timeoutMs);
        const stop = (): void => late.abort();
        abort.signal.addEventListener('abort', stop);
        const answer = await rest.request({ method: 'POST', path, token, body, signal: late.signal });
        cancel();
        abort.signal.removeEventListener('abort', stop);
        if (gone()) return null;
        if (answer.ok) return answer.value;
        if (answer.error.code === 'token-expired' || !answer.error.retryable || tried === tries) down.end(closeCodeOf(answer));
        else await down.pause(answer.error.retryAfterMs ?? 250 * 2 ** tried);
      }
      return null;
    },
    end: (code = byeCode) => gone() || end(code),
    pause: (delayMs) => new Promise((resolve) => {
      const done = (): void => {
        cancel();
        abort.signal.removeEventListener('abort', done);
        resolve();
      };
      const cancel = clock.setTimer(done, delayMs);
      abort.signal.addEventListener('abort', done);
    }),
  };

  /** One batch at a time, so that order is kept; what comes meanwhile goes together. */
  const pump = async (): Promise<void> => {
    if (sending || !established || queue.length === 0) return;
    sending = true;
    while (queue.length > 0 && !gone()) {
      const frames = queue.splice(0, 1);
      let chars = JSON.stringify(frames[0]).length;
      while (queue.length > 0 && frames.length < batchFrames && (chars += JSON.stringify(queue[0]).length) <= batchChars) frames.push(queue.shift()!);
      const taken = await down.ask('/frames', { link: down.id, n: ++batch, frames }, sendTimeoutMs);
      if (taken) established();
    }
    sending = false;
  };

  queueMicrotask(() => {
    if (state !== 'opening') return;
    if (!rest.found) return end(1006);
    state = 'open';
    handlers.onopen();
  });
  return {
    send(frame) {
      if (state !== 'open') return false;
      queue.push(frame);
      if (frame.t === 'hello' || frame.t === 'auth') {
        const isFirst = token === '';
        ({ token } = frame.d);
        if (isFirst) void run(down).catch(() => down.end(1006));
      }
      void pump();
      return true;
    },
    close(code = 1000) {
      if (gone()) return;
      state = 'closing';
      abort.abort();
      queueMicrotask(() => end(code));
    },
  };
}
