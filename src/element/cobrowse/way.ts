/** Where co-browsing meets the conversation's core and the relay: the one place that knows how a standing is read, an answer is given, and a link is made. */
import { CareError } from '../../base/care-error.js';
import type { CobrowseStanding, PreparedLink } from '../../cobrowse/session/relay.js';
import type { ConversationSnapshot } from '../../core/snapshots.js';
import type { SubmitEvent } from '../../protocol/types.js';
import type { ChatSession } from '../chat-core.js';
import type { CobrowseWay } from './cobrowse.js';

/** Where it stands in a conversation, as its log says; null where nobody has asked. */
export const standingOf = (conversation: (ConversationSnapshot & { readonly cobrowse?: CobrowseStanding | null }) | null): CobrowseStanding | null => conversation?.cobrowse ?? null;

export const createWay = ({ client }: Pick<ChatSession, 'client'>): CobrowseWay => ({
  async say(saying) {
    const said = await client.act({ kind: 'cobrowse', ...saying } as unknown as SubmitEvent);
    return said.ok;
  },
  async prepareLink(): Promise<PreparedLink> {
    throw new CareError('not-supported');
  },
});
