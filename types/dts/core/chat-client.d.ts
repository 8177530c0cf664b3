import type { ChatClient, ChatClientOptions } from './api.js';
/** Creates a client. Making it has no effect. */
export declare function createChatClient(options: ChatClientOptions): ChatClient;
