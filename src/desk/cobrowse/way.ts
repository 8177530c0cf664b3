/** Where the desk's view of a page meets the core and the relay: the one place that knows how a standing is read, a question is asked, and a link is made. */
import { CareError } from '../../base/care-error.js';
import type { Result } from '../../base/result.js';
import type { NursePorts } from '../../cobrowse/session/nurse.js';
import type { CobrowseSaying, CobrowseStanding, PreparedLink } from '../../cobrowse/session/relay.js';
import type { DeskClient } from '../../core/api.js';
import type { DeskConversation } from '../../core/snapshots.js';

/** What the core lends for it, where the server can. */
export interface CobrowseClient {
  cobrowse(saying: CobrowseSaying): Promise<Result<void>>;
}
const lent = (client: DeskClient): CobrowseClient | null => ('cobrowse' in client ? (client as DeskClient & CobrowseClient) : null);

export const canAsk = (client: DeskClient): boolean => lent(client) !== null;

/** Where it stands in a conversation, as its log says; null where nobody has asked. */
export const standingOf = (conversation: (DeskConversation & { readonly cobrowse?: CobrowseStanding | null }) | null): CobrowseStanding | null => conversation?.cobrowse ?? null;

export const createWay = (client: DeskClient): Pick<NursePorts, 'say' | 'prepareLink'> => ({
  async say(saying) {
    const said = await lent(client)!.cobrowse(saying);
    return said.ok ? null : (said.error.details.find(({ code }) => code === 'declined-twice')?.code ?? said.error.code);
  },
  async prepareLink(): Promise<PreparedLink> {
    throw new CareError('not-supported');
  },
});
