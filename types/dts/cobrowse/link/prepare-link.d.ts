/** A link in two steps: the key is told to the other side in the chat before there is anything to open. */
import type { Result } from '../../base/result.js';
import type { RelayGrant } from '../../protocol/types.js';
import { type LinkEvents, type LinkOptions, type LinkPorts, type RelayLink } from './link.js';
export interface PreparedLink {
    /** Our public key. */
    readonly key: string;
    /** Asks for a way into the relay and opens it. Rejects where there is none. May be called again, for the same session or one that goes on from it. */
    open(session: string, peerKey: string, events: LinkEvents): Promise<RelayLink>;
}
/** Makes the keys. `grant`: asks the server (`core/relay-grant.ts`). */
export declare function prepareLink(role: LinkOptions['role'], grant: (session: string) => Promise<Result<RelayGrant>>, ports: LinkPorts): Promise<PreparedLink>;
