/** The log of a conversation and the encrypted way to the other side, as the two sessions see them. Types only. */
import type { CobrowseBody, CobrowseSubmit } from '../../protocol/types.js';

export type { LinkEvents, RelayLink } from '../link/link.js';
export type { PreparedLink } from '../link/prepare-link.js';

/** Where co-browsing stands in a conversation: what was said of it last, and by whom. */
export type CobrowseStanding = Omit<CobrowseBody, 'consent'> & { readonly by: { readonly role: string } };

/** What a side says in the conversation's log. */
export type CobrowseSaying = Omit<CobrowseSubmit, 'kind'>;

export type CobrowseReason = NonNullable<CobrowseBody['reason']>;
