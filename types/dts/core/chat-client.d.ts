/** The patient's client with everything in it: for headless use, where no part has to come later. The element loads parts on demand (`lazy-chat-client.ts`). */
import type { ChatClient, ChatClientOptions } from './api.js';
/** Creates a client. Making it has no effect. */
export declare const createChatClient: (options: ChatClientOptions) => ChatClient;
