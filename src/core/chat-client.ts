/** The patient's client with everything in it: for headless use, where no part has to come later. The element loads parts on demand (`lazy-chat-client.ts`). */
import type { ChatClient, ChatClientOptions } from './api.js';
import { createLazyChatClient } from './lazy-chat-client.js';
import { startConversation } from './start-conversation.js';
import { follow, lead } from './tabs.js';

/** Creates a client. Making it has no effect. */
export const createChatClient = (options: ChatClientOptions): ChatClient => createLazyChatClient({ ...options, loadMore: () => Promise.resolve({ startConversation, follow, lead }) });
