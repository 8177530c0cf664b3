/** Everything a client needs from a browser, in one bag. Making it has no effect: nothing is opened, stored or requested. */
import type { Clock, FlagStore, Ports, Vault } from '../ports.js';
export interface BrowserPortsOptions {
    /** The vault, or how to make it from the clock and the flags of the browser. */
    readonly vault: Vault | ((parts: {
        readonly clock: Clock;
        readonly flags: FlagStore;
    }) => Vault);
    /** Name of the channel among tabs: same server and widget, same name. */
    readonly channelName: string;
}
/** The browser's ports. */
export declare function createBrowserPorts({ vault, channelName }: BrowserPortsOptions): Ports;
