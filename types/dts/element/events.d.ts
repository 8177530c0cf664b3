/**
 * Events of `<care-chat>`. All bubble and cross shadow roots, carry ids and kinds and never content; the one exception,
 * `care-send-request`, shows the draft to the page's own listener on the element, can be cancelled, and goes nowhere else.
 */
import type { CareErrorCode } from '../base/care-error.js';
import type { CobrowseAudit } from '../cobrowse/session/patient.js';
import type { TripwireReason } from '../cobrowse/record/string-table.js';
import type { ConnectionStatus } from '../core/snapshots.js';
import type { CareEvent } from './tag-events.js';
/** Something failed; `code` is one of the documented codes. */
export interface CareErrorEvent extends CareEvent {
    readonly code: CareErrorCode;
    /** With `prefill-invalid`: the question. */
    readonly linkId?: string;
}
/** The server opened a conversation. */
export interface CareConversationStartedEvent extends CareEvent {
    readonly conversationId: string;
}
/** The server has stored a message of the visitor. */
export interface CareMessageSentEvent extends CareEvent {
    readonly conversationId: string;
    /** The client's id of the message. */
    readonly cmid: string;
}
/** A message of somebody else arrived. */
export interface CareMessageReceivedEvent extends CareEvent {
    readonly conversationId: string;
    readonly eventId: string;
    /** Who wrote it: `agent`, `bot` or `system`. */
    readonly role: string;
}
/** The number of unread messages changed. */
export interface CareUnreadChangedEvent extends CareEvent {
    readonly unread: number;
}
/** The state of the connection changed. */
export interface CareConnectionChangedEvent extends CareEvent {
    readonly state: ConnectionStatus['state'];
}
/** The conversation was ended. */
export interface CareConversationEndedEvent extends CareEvent {
    readonly conversationId: string;
    /** Who ended it: `visitor`, `agent` or `system`. */
    readonly by: string;
}
/** The visitor, or the page through `send()`, wants to send this text. `preventDefault()` keeps it from being sent; the text stays in the field. */
export interface CareSendRequestEvent extends Event {
    readonly text: string;
}
/** Where co-browsing stands: a record for the clinic, without content. */
export interface CareChatCobrowseEvent extends CareEvent, CobrowseAudit {
    readonly conversationId: string | null;
    readonly agentId: string | null;
}
/** A text is marked as public, but looks personal, or is new since the patient's first input: it was not shown. */
export interface CareUnmaskSuspectEvent extends CareEvent {
    readonly reason: TripwireReason;
    /** The element around the text. */
    readonly element: Element;
}
declare global {
    interface HTMLElementEventMap {
        'care-ready': CareEvent;
        'care-opened': CareEvent;
        'care-closed': CareEvent;
        'care-conversation-started': CareConversationStartedEvent;
        'care-message-sent': CareMessageSentEvent;
        'care-message-received': CareMessageReceivedEvent;
        'care-unread-changed': CareUnreadChangedEvent;
        'care-connection-changed': CareConnectionChangedEvent;
        'care-conversation-ended': CareConversationEndedEvent;
        'care-chat-cobrowse': CareChatCobrowseEvent;
        'care-unmask-suspect': CareUnmaskSuspectEvent;
        'care-error': CareErrorEvent;
        'care-send-request': CareSendRequestEvent;
    }
}
/** Event name → event. */
export type CareChatEventMap = Pick<HTMLElementEventMap, Extract<keyof HTMLElementEventMap, `care-${string}`>>;
