import type { Network } from '../../platform/ports.js';
import { type FrameParser } from '../../protocol/parse-frame.js';
import type { Transport } from '../transport.js';
export interface WebSocketTransportOptions {
    /** Where discovery is: an absolute URL. */
    readonly server: string;
    readonly network: Network;
    /** Default: the visitor's frames. The desk gives `parseDeskFrame`. */
    readonly parse?: FrameParser;
}
/** Speaks to one server. REST and WebSocket addresses come from its discovery, and are refused where they are not encrypted. */
export declare function createWebSocketTransport({ server, network, parse }: WebSocketTransportOptions): Transport;
