/** Addresses and networks of the proxies in front of the server: `127.0.0.1`, `10.0.0.0/8`, `fd00::/8`. */
import { BlockList, isIP, isIPv4 } from 'node:net';

/** Parts of a network as it is written; null where it is none. */
function parseNetwork(value: string): { readonly address: string; readonly prefix: number | null; readonly family: 'ipv4' | 'ipv6' } | null {
  const [address = '', prefix, more] = value.split('/');
  const version = isIP(address);
  if (version === 0 || more !== undefined || address.includes('%')) return null;
  const family = version === 4 ? 'ipv4' : 'ipv6';
  if (prefix === undefined) return { address, prefix: null, family };
  return /^\d{1,3}$/.test(prefix) && Number(prefix) <= (version === 4 ? 32 : 128) ? { address, prefix: Number(prefix), family } : null;
}

/** Why a configured network is not one, in words; null where it is fine. */
export function networkMistake(value: string): string | null {
  const network = parseNetwork(value);
  if (!network) return 'is not an IP address or network; write it like "10.0.0.7" or "10.0.0.0/8"';
  return network.prefix === 0 ? 'would trust every address, and so whatever anybody claims; name the proxy' : null;
}

/** An address in its one form: an IPv4 one that came over an IPv6 socket as IPv4, without a zone. Null for anything that is no address. */
export function toAddress(value: string): string | null {
  const text = value.replace(/^::ffff:(?=\d+\.)|%.*$/gi, '');
  return isIP(text) > 0 ? text : null;
}

/** Whether an address (as `toAddress` gives it) is in one of the networks. */
export function createNetworks(values: readonly string[]): (address: string) => boolean {
  const list = new BlockList();
  for (const value of values) {
    const network = parseNetwork(value);
    if (network?.prefix === null) list.addAddress(network.address, network.family);
    else if (network) list.addSubnet(network.address, network.prefix, network.family);
  }
  return (address) => list.check(address, isIPv4(address) ? 'ipv4' : 'ipv6');
}
