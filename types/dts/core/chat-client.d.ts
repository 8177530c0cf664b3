import type { ChatClient, ChatClientOptions } from './api.js';
/** Name of the flag that tells the tag whether a conversation is there: "1" live, "0" ended and still on show. */
export declare const liveFlag: (widgetId: string) => string;
/** Creates a client. Making it has no effect. */
export declare function createChatClient(options: ChatClientOptions): ChatClient;
