/** What the sealed link of co-browse needs of a browser: a socket, keys, a time that never goes back. */
import { createBrowserRandomness } from './randomness.js';

/** Fits `LinkPorts` of `cobrowse/link`. */
export const createRelayPorts = () => ({
  openSocket: (url: string, protocol: string): WebSocket => new WebSocket(url, protocol),
  crypto: crypto.subtle,
  random: createBrowserRandomness().bytes,
  ticks: (): number => performance.now(),
});
