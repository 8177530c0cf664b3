import type { Network } from '../platform/ports.js';
import type { FrameParser } from '../protocol/parse-frame.js';
import type { Transport } from './transport.js';
/** What every adapter is made from. */
export interface WireOptions {
    /** Where discovery is: an absolute URL. */
    readonly server: string;
    readonly network: Network;
    /** Default: the visitor's frames. The desk gives `parseDeskFrame`. */
    readonly parse?: FrameParser;
}
/** Where discovery leads, each address checked. */
export interface Found {
    readonly rest: string;
    readonly ws: string;
    /** Not validated: whoever looks for a capability looks it up. */
    readonly caps: unknown;
}
export interface RestClient extends Pick<Transport, 'discover' | 'request'> {
    /** Absent before a discovery that went well. Set by the client alone. */
    found?: Found;
}
/** Speaks to one server. Addresses come from its discovery, and are refused where they are not encrypted. */
export declare function createRestClient({ server, network }: Pick<WireOptions, 'server' | 'network'>): RestClient;
