/** Where co-browsing meets the conversation's core and the relay: the one place that knows how a standing is read, an answer is given, and a link is made. */
import { CareError } from '../../base/care-error.js';
import type { CobrowseStanding } from '../../cobrowse/session/relay.js';
import type { ConversationSnapshot } from '../../core/snapshots.js';
import type { ChatSession } from '../chat-core.js';
import type { CobrowseWay } from './cobrowse.js';

/** Where it stands in a conversation, as its log says; null where nobody has asked. */
export const standingOf = (conversation: ConversationSnapshot | null): CobrowseStanding | null => conversation?.cobrowse ?? null;

export const createWay = ({ client }: Pick<ChatSession, 'client'>): CobrowseWay => ({
  say: async (saying) => (await client.act({ kind: 'cobrowse', ...saying })).ok,
  async prepareLink({ prepareLink, relayGrant, createRelayPorts }) {
    const { conversation } = client.snapshot.value;
    if (!conversation) throw new CareError('not-ready');
    return prepareLink('patient', (session) => relayGrant(client.request, conversation.id, session), createRelayPorts());
  },
});
