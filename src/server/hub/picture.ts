/** Pictures of a conversation for the wire, made from its row at the head of the log. */
import type { Conversation, ConversationState } from '../../protocol/types.js';
import type { ConversationRow, Store } from '../store/store.js';
import { agentBy } from './principal.js';

/** The state at the head of the log. */
export async function conversationState(store: Store, row: ConversationRow): Promise<ConversationState> {
  const [watermarks, account] = await Promise.all([store.watermarks(row.id), row.agentId === null ? null : store.agent(row.agentId)]);
  return {
    status: row.status,
    ...(row.departmentId === null ? {} : { departmentId: row.departmentId }),
    ...(account ? { agent: agentBy(account) } : {}),
    watermarks: [...watermarks],
    createdAt: row.createdAt,
  };
}

/** A conversation as REST answers it. */
export async function toConversation(store: Store, row: ConversationRow): Promise<Conversation> {
  const [state, { head }] = await Promise.all([conversationState(store, row), store.head(row.id)]);
  return { id: row.id, epoch: store.epoch, head, state };
}
