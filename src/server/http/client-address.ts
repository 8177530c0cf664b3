/**
 * From which network address a request comes, for the limits. Behind a proxy that is in `X-Forwarded-For`, to which every proxy appends
 * the address it was asked from; what stands left of the last address that is not a trusted proxy's is the client's own claim.
 */
import type { IncomingMessage } from 'node:http';
import { createNetworks, toAddress } from '../config/networks.js';

/** One entry of the header: an address, perhaps with a port (`192.0.2.1:4711`, `[2001:db8::1]:4711`). */
const hopOf = (entry: string): string | null => {
  const text = entry.trim();
  const [, bracketed, dotted] = /^\[([^\]]*)\](?::\d{1,5})?$|^([\d.]+):\d{1,5}$/.exec(text) ?? [];
  return toAddress(bracketed ?? dotted ?? text);
};

/** Tells the address of a request. Without trusted proxies that is the peer's, whatever the header says. */
export function createClientAddress(trustedProxies: readonly string[]): (request: Pick<IncomingMessage, 'headers' | 'socket'>) => string {
  const isProxy = createNetworks(trustedProxies);
  return ({ headers, socket }) => {
    let address = toAddress(socket.remoteAddress ?? '');
    if (address === null) return 'unknown';
    const hops = String(headers['x-forwarded-for'] ?? '').split(',');
    while (isProxy(address)) {
      const last = hops.pop();
      const hop: string | null = last === undefined ? null : hopOf(last);
      // Nothing more is told, or something that is no address: the nearest proxy that is known stands for all behind it.
      if (hop === null) return address;
      address = hop;
    }
    return address;
  };
}
