/** Live frames as a streamed answer, read by `fetch` and never by `EventSource`, which could carry no token (protocol README S-8.22). Keeps the laws of `transport.ts`. */
import { parseServerFrame } from '../../protocol/parse-frame.js';
import { type DownLink, type HttpLinkParts, openHttpLink } from '../http-link.js';
import { type WireOptions, createRestClient } from '../rest-client.js';
import type { Link, LinkHandlers, Transport } from '../transport.js';
import { createEventStreamReader } from './event-stream.js';

/** Opens one streamed link. */
export const openStreamLink = (parts: HttpLinkParts, handlers: LinkHandlers): Link => openHttpLink(parts, handlers, (link) => read(parts, link));

/** As long as a socket has to open. */
const openMs = 5000;

async function read({ rest, network, clock }: HttpLinkParts, link: DownLink): Promise<void> {
  // What is held back until it is whole never begins.
  const cancel = clock.setTimer(() => link.end(1006), openMs);
  const answer = await network.request({
    method: 'GET', url: `${rest.found!.rest}/stream?link=${link.id}`, headers: { authorization: `Bearer ${link.token}`, accept: 'text/event-stream' }, signal: link.signal,
  }).finally(cancel);
  if (answer.status === 401) {
    // The server's own refusal, or a proxy that wants a password of its own.
    const problem = JSON.parse(await answer.text()) as { readonly code?: unknown } | null;
    return link.end(String(problem?.code).startsWith('token-') ? 4401 : 1006);
  }
  if (answer.status === 503) {
    const problem = JSON.parse(await answer.text()) as { readonly code?: unknown; readonly retryAfterMs?: unknown } | null;
    // What a socket would have been told.
    if (problem?.code === 'overloaded') link.receive({ t: 'bye', d: { code: 1013, reason: 'overloaded', reconnect: true, retryAfterMs: problem.retryAfterMs } });
    return link.end();
  }
  if (answer.status !== 200 || !answer.header('content-type')?.startsWith('text/event-stream') || !answer.body) return link.end(1006);
  void link.established();
  const decoder = new TextDecoder();
  const take = createEventStreamReader(link.receive);
  const reader = answer.body.getReader();
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return link.end();
    take(decoder.decode(value, { stream: true }));
  }
}

/** Speaks to one server, by streamed answers only. */
export function createSseTransport({ parse = parseServerFrame, ...options }: WireOptions & Pick<HttpLinkParts, 'clock' | 'randomness'>): Transport {
  const rest = createRestClient(options);
  return { discover: rest.discover, request: rest.request, connect: (handlers) => openStreamLink({ ...options, rest, parse }, handlers) };
}
