/** Puts a bad network between a client and any transport: frames that vanish, links that break at the worst moment, answers that come late. Seeded. */
import { CareError } from '../../../src/base/care-error.js';
import { err } from '../../../src/base/result.js';
import type { Randomness } from '../../../src/platform/ports.js';
import type { Link, Transport } from '../../../src/transports/transport.js';

export interface Faults {
  /** Chance that a frame to the server is lost and the link with it. */
  readonly lostUp: number;
  /** Chance that a frame to the client is lost and the link with it: an acknowledgement, say. */
  readonly lostDown: number;
  /** Chance that a frame to the client comes twice. */
  readonly doubled: number;
  /** Chance that a link is refused. */
  readonly refused: number;
  /** Chance that a REST request fails before, and that its answer is lost after. */
  readonly rest: number;
  /** False: everything goes well from here on. */
  on: boolean;
}

/** Wraps a transport. */
export function createFaultyTransport(inner: Transport, { unit }: Randomness, faults: Faults): Transport {
  const hit = (chance: number): boolean => faults.on && unit() < chance;
  const lost = () => err(new CareError('network', 'network', { retryable: true }));
  return {
    discover: (widgetId) => inner.discover(widgetId),
    async request(request) {
      if (hit(faults.rest)) return lost();
      const answer = await inner.request(request);
      return hit(faults.rest) ? lost() : answer;
    },
    connect(handlers) {
      let broken = false;
      const cut = (): void => {
        broken = true;
        link.close(1006);
        queueMicrotask(() => handlers.onclose({ code: 1006, reason: '' }));
      };
      const link: Link = inner.connect({
        onopen() {
          if (broken) return;
          if (hit(faults.refused)) cut();
          else handlers.onopen();
        },
        onframe(frame) {
          if (broken) return;
          if (hit(faults.lostDown)) return cut();
          handlers.onframe(frame);
          if (!broken && hit(faults.doubled)) handlers.onframe(frame);
        },
        onbadframe: (t) => broken || handlers.onbadframe(t),
        onclose: (closed) => broken || handlers.onclose(closed),
      });
      return {
        send(frame) {
          if (broken) return false;
          if (hit(faults.lostUp)) {
            cut();
            return true;
          }
          return link.send(frame);
        },
        close: (code) => link.close(code),
      };
    },
  };
}
