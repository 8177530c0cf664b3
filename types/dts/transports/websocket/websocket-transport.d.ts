/** The adapter for the protocol's own wire: REST by `fetch`, live frames by one WebSocket (protocol README §3, §7, §8). Keeps the laws of `transport.ts`. */
import type { Network } from '../../platform/ports.js';
import { type FrameParser } from '../../protocol/parse-frame.js';
import { type WireOptions } from '../rest-client.js';
import type { Link, LinkHandlers, Transport } from '../transport.js';
/** What the adapter is made from. */
export type WebSocketTransportOptions = WireOptions;
/** Speaks to one server, by WebSocket only. */
export declare function createWebSocketTransport({ server, network, parse }: WebSocketTransportOptions): Transport;
/** Opens one socket. Without `url` there was no discovery. */
export declare function openSocketLink(url: string | undefined, network: Network, parse: FrameParser, handlers: LinkHandlers): Link;
