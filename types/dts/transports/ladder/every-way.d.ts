/** The ladder with all its rungs in one piece, for whoever loads nothing later: the desk, and pages that bring their own bundle. */
import type { Transport } from '../transport.js';
import { type LadderOptions } from './ladder-transport.js';
/** Speaks to one server by WebSocket, or by a streamed answer or long polls where the network lets nothing else pass. Remembers for 10 minutes, in a flag, what got through. */
export declare const createTransport: (options: Omit<LadderOptions, "load">) => Transport;
