/**
 * The rungs of the ladder and the memory of which one got through (protocol README S-8.26). A failure counts only when the server
 * answers otherwise: being offline says nothing about ways.
 */
import { wayFlagKey } from '../../base/way-flag.js';
import type { FrameParser } from '../../protocol/parse-frame.js';
import { openPollLink } from '../poll/poll-transport.js';
import type { RestClient } from '../rest-client.js';
import { openStreamLink } from '../sse/sse-transport.js';
import type { Link, LinkHandlers } from '../transport.js';
import { openSocketLink } from '../websocket/websocket-transport.js';
import type { WayOptions } from './ladder-transport.js';
import { type Hello, trySocket } from './try-socket.js';
import { watchLink } from './watch-link.js';

type Way = 'sse' | 'poll';

const rememberMs = 600_000;
const openers = { sse: openStreamLink, poll: openPollLink } as const;

/** What opens a link on the rung whose turn it is. */
export function createWays(options: WayOptions, rest: RestClient, parse: FrameParser): (handlers: LinkHandlers) => Link {
  const { flags, clock, network } = options;
  /** How often in a row the WebSocket did not get through; once before this was loaded. */
  let misses = 1;
  /** The rung below the WebSocket whose turn it is, while none is remembered. */
  let turn: Way | undefined;

  /** The first of these that the server has. */
  const served = (...ways: readonly Way[]): Way | undefined => {
    const caps: unknown = rest.found?.caps;
    return ways.find((way) => Array.isArray(caps) && caps.includes(way));
  };

  const remembered = (): Way | undefined => {
    const flag = flags.get(wayFlagKey);
    if (!flag) return undefined;
    const [way, at] = flag.split(' ');
    const ageMs = clock.now() - Number(at);
    // A clock that was set back makes it old, too.
    if (ageMs >= 0 && ageMs < rememberMs) return served(way as Way);
    flags.delete(wayFlagKey);
    misses = 0;
    return undefined;
  };

  /** Whether the server itself answers, if only with a refusal. */
  const reached = async (): Promise<boolean> => {
    const answer = await rest.request({ method: 'GET', path: '/availability' });
    return answer.ok || !['network', 'timeout', 'bad-answer', 'overloaded', 'internal'].includes(answer.error.code);
  };

  const judgeSocket = async (isThrough: boolean): Promise<void> => {
    if (isThrough) misses = 0;
    else if (await reached()) turn = ++misses > 1 ? served('sse', 'poll') : undefined;
    // What reaches no server says nothing about ways, and neither does the miss before it.
    else misses = 0;
  };

  const judge = async (way: Way, isThrough: boolean): Promise<void> => {
    if (isThrough) {
      turn = undefined;
      misses = 0;
      if (!remembered()) flags.set(wayFlagKey, `${way} ${clock.now()}`);
    } else if (await reached()) {
      flags.delete(wayFlagKey);
      turn = way === 'sse' ? served('poll') : undefined;
      misses = 0;
    }
  };

  const openSocket = (handlers: LinkHandlers): Link => openSocketLink(rest.found?.ws, network, parse, handlers);

  /** While this link lives the WebSocket is tried beside it, each time that what is remembered has grown old. */
  const openLower = (way: Way, handlers: LinkHandlers): Link => {
    let hello: Hello | undefined;
    let closed = false;
    let callOff = (): void => {};
    const tryLater = (): void => {
      if (!closed) callOff = clock.setTimer(() => (callOff = trySocket(clock, openSocket, hello!, (isThrough) => void judgeTry(isThrough))), rememberMs);
    };
    const judgeTry = async (isThrough: boolean): Promise<void> => {
      if (isThrough) {
        flags.delete(wayFlagKey);
        // The code after which a client comes back at once.
        return link.close(4508);
      }
      if (await reached()) flags.set(wayFlagKey, `${way} ${clock.now()}`);
      tryLater();
    };
    const own: LinkHandlers = {
      ...handlers,
      onclose(closing) {
        closed = true;
        callOff();
        handlers.onclose(closing);
      },
    };
    const link = watchLink(clock, (watched) => openers[way]({ ...options, rest, parse }, watched), own, true, (isThrough) => {
      void judge(way, isThrough);
      if (isThrough) tryLater();
    });
    return {
      close: link.close,
      send(frame) {
        if (frame.t === 'hello') hello = frame;
        return link.send(frame);
      },
    };
  };

  return (handlers) => {
    const way = remembered() ?? turn;
    return way ? openLower(way, handlers) : watchLink(clock, openSocket, handlers, false, (isThrough) => void judgeSocket(isThrough));
  };
}
