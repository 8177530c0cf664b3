/** Everything a client needs from a browser, in one bag. Making it has no effect: nothing is opened, stored or requested. */
import type { Clock, FlagStore, Ports, Vault } from '../ports.js';
import { createBrowserClock } from './clock.js';
import { createFlagStore } from './flag-store.js';
import { createBrowserNetwork } from './network.js';
import { createPageSignals } from './page-signals.js';
import { createBrowserRandomness } from './randomness.js';
import { createTabChannel } from './tab-channel.js';
import { createTabLock } from './tab-lock.js';

export interface BrowserPortsOptions {
  /** The vault, or how to make it from the clock and the flags of the browser. */
  readonly vault: Vault | ((parts: { readonly clock: Clock; readonly flags: FlagStore }) => Vault);
  /** Name of the channel among tabs: same server and widget, same name. */
  readonly channelName: string;
}

/** The browser's ports. */
export function createBrowserPorts({ vault, channelName }: BrowserPortsOptions): Ports {
  const clock = createBrowserClock();
  const tabFlags = createFlagStore(() => sessionStorage);
  const flags = createFlagStore(() => localStorage, tabFlags);
  return {
    clock,
    randomness: createBrowserRandomness(),
    network: createBrowserNetwork(),
    page: createPageSignals(clock),
    vault: typeof vault === 'function' ? vault({ clock, flags }) : vault,
    flags,
    tabFlags,
    tabs: createTabChannel(channelName),
    lock: createTabLock(channelName),
  };
}
