/**
 * Begins with the WebSocket and, where that does not get through, goes over to what does (protocol README S-8.26). This is the part that every conversation
 * carries, so it only notices that an attempt comes to nothing; the ladder itself (`ways.ts`) is loaded then, or where a flag says that it was needed before.
 */
import { wayFlagKey } from '../../base/way-flag.js';
import type { Clock, FlagStore, Randomness } from '../../platform/ports.js';
import { type FrameParser, parseServerFrame } from '../../protocol/parse-frame.js';
import { type RestClient, type WireOptions, createRestClient } from '../rest-client.js';
import type { Link, LinkHandlers, Transport } from '../transport.js';
import { openSocketLink } from '../websocket/websocket-transport.js';

/** Address and ports. */
export interface WayOptions extends WireOptions {
  readonly clock: Clock;
  readonly randomness: Randomness;
  readonly flags: FlagStore;
}

/** What `load` gives: the module `ways.ts`. */
export interface WaysModule {
  createWays(options: WayOptions, rest: RestClient, parse: FrameParser): (handlers: LinkHandlers) => Link;
}

/** What the transport is made from. */
export interface LadderOptions extends WayOptions {
  /** Loads the ladder. Where it rejects, the WebSocket goes on being tried. */
  load(): Promise<WaysModule>;
}

const openMs = 5000;

/** Speaks to one server, by whatever gets through. */
export function createLadderTransport(options: LadderOptions): Transport {
  const { network, clock, flags, parse = parseServerFrame } = options;
  const rest = createRestClient(options);
  let ways: ReturnType<WaysModule['createWays']> | undefined;

  return {
    discover: rest.discover,
    request: rest.request,
    connect(handlers) {
      if (ways) return ways(handlers);
      let heard = false;
      // 4408: no hello in time, as the server would say.
      const climb = (): unknown =>
        heard || options.load().then(({ createWays }) => {
          ways ??= createWays(options, rest, parse);
          if (!heard) link.close(4408);
        }, () => {});
      const cancel = clock.setTimer(climb, openMs);
      const link = openSocketLink(rest.found?.ws, network, parse, {
        ...handlers,
        onopen() {
          cancel();
          handlers.onopen();
        },
        onframe(frame) {
          heard = true;
          handlers.onframe(frame);
        },
        onclose(closed) {
          climb();
          handlers.onclose(closed);
        },
      });
      if (flags.get(wayFlagKey)) climb();
      return link;
    },
  };
}
