/** The ladder with all its rungs in one piece, for whoever loads nothing later: the desk, and pages that bring their own bundle. */
import type { Transport } from '../transport.js';
import { type LadderOptions, createLadderTransport } from './ladder-transport.js';
import * as ways from './ways.js';

/** Speaks to one server by WebSocket, or by a streamed answer or long polls where the network lets nothing else pass. Remembers for 10 minutes, in a flag, what got through. */
export const createTransport = (options: Omit<LadderOptions, 'load'>): Transport => createLadderTransport({ ...options, load: () => Promise.resolve(ways) });
