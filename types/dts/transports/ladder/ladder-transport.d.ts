import type { Clock, FlagStore, Randomness } from '../../platform/ports.js';
import { type FrameParser } from '../../protocol/parse-frame.js';
import { type RestClient, type WireOptions } from '../rest-client.js';
import type { Link, LinkHandlers, Transport } from '../transport.js';
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
/** Speaks to one server, by whatever gets through. */
export declare function createLadderTransport(options: LadderOptions): Transport;
