/** What the sealed link of co-browse needs of a browser: a socket, keys, a time that never goes back. */

/** Fits `LinkPorts` of `cobrowse/link`. */
export const createRelayPorts = () => ({
  openSocket: (url: string, protocol: string): WebSocket => new WebSocket(url, protocol),
  crypto: crypto.subtle,
  random: (count: number): Uint8Array => crypto.getRandomValues(new Uint8Array(count)),
  ticks: (): number => performance.now(),
});
