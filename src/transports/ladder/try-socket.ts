/** Sees whether a WebSocket gets through by now, beside a link that lives and is not disturbed (protocol README S-8.26). */
import type { Clock } from '../../platform/ports.js';
import type { ClientFrame } from '../../protocol/types.js';
import type { Link, LinkHandlers } from '../transport.js';

/** The first frame of a link. */
export type Hello = Extract<ClientFrame, { t: 'hello' }>;

const answerMs = 10_000;

/**
 * Opens a socket of its own and says hello on it, without a position and without what is news: nothing is sent twice, nothing is set. Any frame that comes is
 * proof, a refusal too. Tells `done` once, when the socket was let go of. What comes back calls it off.
 */
export function trySocket(clock: Clock, open: (handlers: LinkHandlers) => Link, { id, d: { v, token, deviceId, tabId, client } }: Hello, done: (isThrough: boolean) => void): () => void {
  let pending = true;
  const end = (isThrough?: boolean): void => {
    if (!pending) return;
    pending = false;
    cancel();
    link.close();
    if (isThrough !== undefined) done(isThrough);
  };
  const cancel = clock.setTimer(() => end(false), answerMs);
  const link = open({
    onopen: () => void link.send({ t: 'hello', id, d: { v, caps: [], token, deviceId, tabId, client, resume: [] } }),
    onframe: () => end(true),
    onbadframe: () => end(true),
    onclose: () => end(false),
  });
  return () => end();
}
