/** The encrypted way to the other side, as the two sessions see it; `cobrowse/link` makes it. Types only. */
import type { ConsentRecord } from '../../protocol/types.js';
export interface RelayLink {
    /** Sends one message; false where it was dropped: not open, or over what may be sent. */
    send(kind: 'frame' | 'control', bytes: Uint8Array): boolean;
    close(): void;
}
export interface LinkEvents {
    /** The other side is there and keys are agreed. `code`: both sides show the same six digits. */
    ready(code: string): void;
    frame(bytes: Uint8Array): void;
    control(bytes: Uint8Array): void;
    /** Messages are missing. */
    gap(): void;
    peer(on: boolean): void;
    ended(reason: 'rate' | 'revoked' | 'failed' | 'closed'): void;
}
/** A link whose key is made, and told to the other side before it opens. */
export interface PreparedLink {
    /** Our public key. */
    readonly key: string;
    /** Asks for the grant and opens it. Rejects where it may not, or cannot. */
    open(session: string, peerKey: string, events: LinkEvents): Promise<RelayLink>;
}
/** Where co-browsing stands in a conversation, as its log says. */
export interface CobrowseStanding {
    readonly session: string;
    readonly state: 'requested' | 'granted' | 'declined' | 'ended';
    /** Who said so. */
    readonly by: {
        readonly role: string;
    };
    readonly key?: string | undefined;
    readonly minutes?: number | undefined;
    readonly reason?: string | undefined;
    readonly resumes?: string | undefined;
}
/** What a side says in the conversation's log. */
export interface CobrowseSaying {
    readonly session: string;
    readonly state: 'requested' | 'granted' | 'declined' | 'ended';
    readonly key?: string;
    readonly minutes?: number;
    readonly reason?: string;
    readonly consent?: ConsentRecord;
    readonly resumes?: string;
}
