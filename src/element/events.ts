/**
 * Events of `<care-chat>`, as classes. All bubble and cross shadow roots, carry ids and kinds and never content; the one exception,
 * `care-send-request`, shows the draft to the page's own listener on the element, can be cancelled, and goes nowhere else.
 */
import type { ConnectionStatus } from '../core/snapshots.js';
import { CareEvent, type CareClosedEvent, type CareErrorEvent, type CareOpenedEvent, type CareReadyEvent } from './tag-events.js';

/** The server opened a conversation. */
export class CareConversationStartedEvent extends CareEvent {
  readonly conversationId: string;
  constructor(conversationId: string) {
    super('care-conversation-started');
    this.conversationId = conversationId;
  }
}

/** The server has stored a message of the visitor. */
export class CareMessageSentEvent extends CareEvent {
  readonly conversationId: string;
  /** The client's id of the message. */
  readonly cmid: string;
  constructor(conversationId: string, cmid: string) {
    super('care-message-sent');
    this.conversationId = conversationId;
    this.cmid = cmid;
  }
}

/** A message of somebody else arrived. */
export class CareMessageReceivedEvent extends CareEvent {
  readonly conversationId: string;
  readonly eventId: string;
  /** Who wrote it: `agent`, `bot` or `system`. */
  readonly role: string;
  constructor(conversationId: string, eventId: string, role: string) {
    super('care-message-received');
    this.conversationId = conversationId;
    this.eventId = eventId;
    this.role = role;
  }
}

/** The number of unread messages changed. */
export class CareUnreadChangedEvent extends CareEvent {
  readonly unread: number;
  constructor(unread: number) {
    super('care-unread-changed');
    this.unread = unread;
  }
}

/** The state of the connection changed. */
export class CareConnectionChangedEvent extends CareEvent {
  readonly state: ConnectionStatus['state'];
  constructor(state: ConnectionStatus['state']) {
    super('care-connection-changed');
    this.state = state;
  }
}

/** The conversation was ended. */
export class CareConversationEndedEvent extends CareEvent {
  readonly conversationId: string;
  /** Who ended it: `visitor`, `agent` or `system`. */
  readonly by: string;
  constructor(conversationId: string, by: string) {
    super('care-conversation-ended');
    this.conversationId = conversationId;
    this.by = by;
  }
}

/** The visitor, or the page through `send()`, wants to send this text. `preventDefault()` keeps it from being sent; the text stays in the field. */
export class CareSendRequestEvent extends Event {
  readonly text: string;
  constructor(text: string) {
    super('care-send-request', { cancelable: true });
    this.text = text;
  }
}

declare global {
  // The platform's way to type addEventListener is to add to this interface.
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
