import { type Chime } from './chime.js';
import { type DeskWiring } from './create-desk-wiring.js';
import { CareDeskAcceptedEvent, CareDeskErrorEvent, CareDeskMessageReceivedEvent, CareDeskSignedInEvent, CareDeskSignedOutEvent, CareDeskWaitingEvent } from './desk-events.js';
/**
 * The desk at which a clinic's staff answer patients: sign in, see who waits, accept, write, note, hand over, close and find again.
 *
 * It fills its box: give it a height, such as `block-size: 100dvh`, and the page to itself (it brings its own `main` landmark).
 * Under 44 rem of its own width it shows one column, under 72 rem two. Light and dark follow `color-scheme`.
 *
 * @summary The agents' desk of care-chat.
 * @attr {string} server - Address of the backend. Default: the origin this script was loaded from. Read when the element is connected; a change connects anew.
 * @attr {string} lang - Language of the desk until the agent chooses one: `en`, `es` or `ar`. Default: the browser's.
 * @attr {'on'|'off'} title-badge - `off` leaves the page's title alone. Default `on`: "(2) …" while the page is hidden and something is new; a number only, never a name or text.
 * @fires {CareDeskSignedInEvent} care-desk-signed-in - An agent is signed in (`agentId`).
 * @fires {CareDeskSignedOutEvent} care-desk-signed-out - The agent signed out, or the session was ended (`reason`: `signed-out` or `ended`).
 * @fires {CareDeskWaitingEvent} care-desk-waiting - A conversation began to wait, or became more urgent (`conversationId`).
 * @fires {CareDeskAcceptedEvent} care-desk-accepted - The server confirmed that the agent accepted a conversation (`conversationId`).
 * @fires {CareDeskMessageReceivedEvent} care-desk-message-received - A visitor's message arrived (`conversationId`, `eventId`); never its text.
 * @fires {CareDeskErrorEvent} care-desk-error - Something was refused or failed (`code`).
 * @csspart desk - The whole desk once signed in.
 * @csspart sign-in - The sign-in screen.
 * @csspart sign-in-card - The card with the sign-in fields.
 * @csspart sign-in-button - The "Sign in" button.
 * @csspart header - The top line.
 * @csspart state-switch - Online / away.
 * @csspart sound-button - Sound on or off.
 * @csspart help-button - Opens the keyboard help.
 * @csspart settings-button - Opens the agent's settings.
 * @csspart settings - The settings.
 * @csspart language - The choice of language.
 * @csspart notices - Connection line and other notices.
 * @csspart connection - The connection line.
 * @csspart not-durable - The notice that this browser stores nothing.
 * @csspart lists - The left column.
 * @csspart tab - A tab of the left column.
 * @csspart waiting - The section of waiting chats.
 * @csspart waiting-entry - One waiting chat.
 * @csspart waiting-check - that a symptom check came along, and what it came to
 * @csspart waiting-language - the language that was asked for
 * @csspart accept-button - Accepts a waiting chat.
 * @csspart mine - The section of own chats.
 * @csspart chat - One chat in a list.
 * @csspart chat-current - The chat that is on screen.
 * @csspart unread-badge - Number of unread messages.
 * @csspart closed - The search of closed chats.
 * @csspart conversation - The middle column.
 * @csspart conversation-header - Who it is and what can be done.
 * @csspart back-button - Back to the list on a narrow screen.
 * @csspart assign-button - Opens the choice of colleagues.
 * @csspart assign-menu - The choice of colleagues.
 * @csspart close-button - Asks whether to close the chat.
 * @csspart confirm - The question before closing.
 * @csspart details-button - Opens the details where there is no third column.
 * @csspart read-only - The line in place of the composer.
 * @csspart reopen-button - Opens a closed chat again.
 * @csspart done-button - Marks a message that was left as done.
 * @csspart nothing-selected - The middle column without a chat.
 * @csspart transcript - The messages.
 * @csspart day - The line with the day.
 * @csspart unread-line - The line before the first unread message.
 * @csspart system - A sentence about what happened, such as who joined.
 * @csspart form-answers - The answers given before the chat, among the messages.
 * @csspart message - One message.
 * @csspart message-mine - A message of the agent's own.
 * @csspart message-theirs - A message of somebody else.
 * @csspart sender - Who wrote: picture, name, title.
 * @csspart avatar - A person's initials in a circle.
 * @csspart bubble - A message's text.
 * @csspart link - A link in a message or a note.
 * @csspart meta - Time and state under a message.
 * @csspart state - The state of an own message: queued, sending, sent, delivered, read, failed.
 * @csspart bot-choices - What an assistant offered.
 * @csspart bot-button - A link that an assistant gave.
 * @csspart bot-chosen - What was chosen of it.
 * @csspart typing - The line that says that the visitor is typing.
 * @csspart jump-button - Goes to the newest message.
 * @csspart composer - The field and its button.
 * @csspart composer-hint - What is said under the field, as that a text is too long.
 * @csspart composer-field - The field "Message" (and "Staff note").
 * @csspart send-button - The button "Send" (and "Add note").
 * @csspart canned-button - Opens the canned replies.
 * @csspart canned - The list of canned replies.
 * @csspart canned-option - One canned reply.
 * @csspart viewer-button - Asks the patient to show the page.
 * @csspart viewer - The patient's page, and what can be done about it.
 * @csspart viewer-stage - The picture of the page.
 * @csspart details - The right column.
 * @csspart details-close - Closes the details.
 * @csspart visitor-card - Who the visitor is.
 * @csspart check-card - What a symptom check came to.
 * @csspart check-verdict - In it, where the server did not come to the same, or could not check it.
 * @csspart answered-card - A form that the visitor answered within the chat.
 * @csspart pre-chat-card - The answers given before the chat.
 * @csspart notes-card - The staff notes.
 * @csspart note - One staff note.
 * @csspart toast - The floating sentence about what was done or refused.
 * @csspart announcer - What a screen reader is told; hidden from sight.
 * @csspart help - The keyboard help.
 * @csspart button - Every button with a text.
 * @cssprop [--care-brand=#0e6660] - The brand colour; corrected where its contrast would fail.
 * @cssprop [--care-font=system-ui] - Font family.
 * @cssprop [--care-font-size=.9375rem] - Base size of text; everything scales with it.
 * @cssprop [--care-radius=16px] - Roundness of bubbles and fields.
 */
export declare class CareDesk extends HTMLElement {
    #private;
    static readonly observedAttributes: string[];
    constructor();
    /** Address of the backend. */
    get server(): string;
    set server(address: string);
    /** Makes the client; a test gives its own. */
    protected createWiring(): DeskWiring;
    /** Makes the sound; a test listens instead. */
    protected createChime(): Chime;
    connectedCallback(): void;
    disconnectedCallback(): void;
    attributeChangedCallback(name: string, old: string | null, next: string | null): void;
}
declare global {
    interface HTMLElementTagNameMap {
        'care-desk': CareDesk;
    }
    interface HTMLElementEventMap {
        'care-desk-signed-in': CareDeskSignedInEvent;
        'care-desk-signed-out': CareDeskSignedOutEvent;
        'care-desk-waiting': CareDeskWaitingEvent;
        'care-desk-accepted': CareDeskAcceptedEvent;
        'care-desk-message-received': CareDeskMessageReceivedEvent;
        'care-desk-error': CareDeskErrorEvent;
    }
}
