/** Live frames as answers of long polls, one poll at a time (protocol README S-8.23). Keeps the laws of `transport.ts`. */
import { parseServerFrame } from '../../protocol/parse-frame.js';
import { type DownLink, type HttpLinkParts, openHttpLink } from '../http-link.js';
import { type WireOptions, createRestClient } from '../rest-client.js';
import type { Link, LinkHandlers, Transport } from '../transport.js';

/** The server answers after 25 s. */
const pollTimeoutMs = 35_000;
const openTimeoutMs = 10_000;

/** Opens one polled link. */
export const openPollLink = (parts: HttpLinkParts, handlers: LinkHandlers): Link => openHttpLink(parts, handlers, poll);

async function poll(link: DownLink): Promise<void> {
  let after = 0;
  for (let first = true; !link.closed; first = false) {
    const answer = await link.ask('/poll', { link: link.id, after }, first ? openTimeoutMs : pollTimeoutMs);
    if (!answer) return;
    const { frames, next } = answer.body as { readonly frames: readonly { readonly t?: unknown }[]; readonly next: number };
    for (const frame of frames) {
      link.receive(frame);
      if (frame.t === 'bye') link.end();
    }
    // What is no answer of ours has thrown by now, and ended the link.
    if (!(next >= after)) return link.end(1006);
    after = next;
    // Before the first batch was taken the server has nothing to wait for.
    if (first) await link.established();
  }
}

/** Speaks to one server, by long polls only. */
export function createPollTransport({ parse = parseServerFrame, ...options }: WireOptions & Pick<HttpLinkParts, 'clock' | 'randomness'>): Transport {
  const rest = createRestClient(options);
  return { discover: rest.discover, request: rest.request, connect: (handlers) => openPollLink({ ...options, rest, parse }, handlers) };
}
