/** The package's main export: classes, events and the headless conversation. Importing it changes nothing, in a page or in Node. */
export { CareChat } from './element/care-chat.js';
export type { CareChatConfig } from './element/host.js';
export type { CallQueue, QueuedCall } from './element/call-queue.js';
export { CareEvent } from './element/tag-events.js';
export type {
  CareChatCobrowseEvent, CareChatEventMap, CareUnmaskSuspectEvent, CareErrorEvent, CareConnectionChangedEvent, CareConversationEndedEvent, CareConversationStartedEvent, CareMessageReceivedEvent, CareMessageSentEvent, CareSendRequestEvent,
  CareUnreadChangedEvent,
} from './element/events.js';
export { CareError, type CareErrorCode } from './base/care-error.js';
export type { Result } from './base/result.js';
export type { ReadonlySnapshot } from './base/snapshot.js';
export { createChatClient } from './core/chat-client.js';
export type { ChatClient, ChatClientOptions, ChatFact, StartRequest } from './core/api.js';
export type { ChatSnapshot, ConnectionStatus, ConversationSnapshot, DeliveryState, Draft, MessageItem, Timeline, TimelineItem } from './core/snapshots.js';
export type { Clock, FlagStore, Network, PageSignals, Ports, Randomness, TabChannel, Vault } from './platform/ports.js';
export { createBrowserPorts } from './platform/browser/create-ports.js';
export { openVault } from './privacy/vault/open-vault.js';
export type { Link, LinkHandlers, RestAnswer, RestRequest, Transport } from './transports/transport.js';
export { createTransport } from './transports/ladder/every-way.js';
export { createWebSocketTransport } from './transports/websocket/websocket-transport.js';
export { answerText, type TextAnswer, type TextChannelOptions, type TextState } from './bots/text-channel.js';
export { buttonsAsText, matchReply, turnAsText } from './bots/plain-text.js';
export type { Guide, GuideButton, GuideStep } from './bots/guide.js';
