/**
 * Events of `<care-chat>`, as classes. All bubble and cross shadow roots, carry ids and kinds and never content; the one exception,
 * `care-send-request`, shows the draft to the page's own listener on the element, can be cancelled, and goes nowhere else.
 */
import type { ConnectionStatus } from '../core/snapshots.js';
import { CareEvent, type CareClosedEvent, type CareErrorEvent, type CareOpenedEvent, type CareReadyEvent } from './tag-events.js';
/** The server opened a conversation. */
export declare class CareConversationStartedEvent extends CareEvent {
    readonly conversationId: string;
    constructor(conversationId: string);
}
/** The server has stored a message of the visitor. */
export declare class CareMessageSentEvent extends CareEvent {
    readonly conversationId: string;
    /** The client's id of the message. */
    readonly cmid: string;
    constructor(conversationId: string, cmid: string);
}
/** A message of somebody else arrived. */
export declare class CareMessageReceivedEvent extends CareEvent {
    readonly conversationId: string;
    readonly eventId: string;
    /** Who wrote it: `agent`, `bot` or `system`. */
    readonly role: string;
    constructor(conversationId: string, eventId: string, role: string);
}
/** The number of unread messages changed. */
export declare class CareUnreadChangedEvent extends CareEvent {
    readonly unread: number;
    constructor(unread: number);
}
/** The state of the connection changed. */
export declare class CareConnectionChangedEvent extends CareEvent {
    readonly state: ConnectionStatus['state'];
    constructor(state: ConnectionStatus['state']);
}
/** The conversation was ended. */
export declare class CareConversationEndedEvent extends CareEvent {
    readonly conversationId: string;
    /** Who ended it: `visitor`, `agent` or `system`. */
    readonly by: string;
    constructor(conversationId: string, by: string);
}
/** The visitor, or the page through `send()`, wants to send this text. `preventDefault()` keeps it from being sent; the text stays in the field. */
export declare class CareSendRequestEvent extends Event {
    readonly text: string;
    constructor(text: string);
}
declare global {
    interface HTMLElementEventMap {
        'care-ready': CareReadyEvent;
        'care-opened': CareOpenedEvent;
        'care-closed': CareClosedEvent;
        'care-conversation-started': CareConversationStartedEvent;
        'care-message-sent': CareMessageSentEvent;
        'care-message-received': CareMessageReceivedEvent;
        'care-unread-changed': CareUnreadChangedEvent;
        'care-connection-changed': CareConnectionChangedEvent;
        'care-conversation-ended': CareConversationEndedEvent;
        'care-error': CareErrorEvent;
        'care-send-request': CareSendRequestEvent;
    }
}
/** Event name → class. */
export type CareChatEventMap = Pick<HTMLElementEventMap, Extract<keyof HTMLElementEventMap, `care-${string}`>>;
