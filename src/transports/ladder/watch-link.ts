/** Watches one attempt at a link: did this way get through? (protocol README S-8.26) */
import type { Clock } from '../../platform/ports.js';
import type { Link, LinkHandlers } from '../transport.js';

const openMs = 5000;
/** Under the 15 s that a connection allows its hello. */
const welcomeMs = 10_000;
const pongMs = 5000;

/**
 * Opens a link and tells `done` once whether its way got through. Through is the first frame; where the way may be held back on its way (`isSlow`), it
 * is a `pong` that came alone, because a buffer may let a beginning pass and keep what follows. Closed by its user, or by the server for a reason of its own, the link says nothing.
 */
export function watchLink(clock: Clock, open: (handlers: LinkHandlers) => Link, handlers: LinkHandlers, isSlow: boolean, done: (isThrough: boolean) => void): Link {
  let pending = true;
  let late = false;
  let cancel = (): void => {};
  const arm = (delayMs: number): void => {
    cancel();
    cancel = clock.setTimer(() => {
      late = true;
      link.close();
    }, delayMs);
  };
  const settle = (isThrough?: boolean): void => {
    cancel();
    if (pending && isThrough !== undefined) done(isThrough);
    pending = false;
  };
  const link = open({
    onopen() {
      cancel();
      handlers.onopen();
    },
    onframe(frame) {
      if (!pending) return handlers.onframe(frame);
      if (!isSlow || frame.t === 'pong') settle(true);
      else if (frame.t === 'bye') settle();
      else if (frame.t === 'welcome') {
        arm(pongMs);
        link.send({ t: 'ping', d: { n: 0 } });
      }
      handlers.onframe(frame);
    },
    onbadframe: handlers.onbadframe,
    onclose(closed) {
      settle(late || closed.code < 4000 ? false : undefined);
      handlers.onclose(late ? { code: 1006, reason: '' } : closed);
    },
  });
  arm(openMs);
  return {
    send(frame) {
      if (pending && frame.t === 'hello') arm(welcomeMs);
      return link.send(frame);
    },
    close(code) {
      if (!late) settle();
      link.close(code);
    },
  };
}
