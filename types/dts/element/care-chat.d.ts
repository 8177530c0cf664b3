import type { CareChatConfig, StartOptions } from './host.js';
/** Lets this module be imported where there is no DOM; the class is of no use there. */
declare const Base: typeof HTMLElement;
/**
 * @summary A chat between a patient and a clinic: a launcher button and the panel it opens.
 * @tagname care-chat
 *
 * @attr {string} server - Origin of the backend, such as `https://chat.example.org`. Default: the origin the script came from.
 * @attr {string} widget - Id of the widget on that server. Default `main`.
 * @attr {string} lang - Language as a BCP 47 tag; `en`, `es` and `ar` have words. Default: the nearest `lang` of the page. May change during a chat.
 * @attr {boolean} open - Whether the panel is open; the property is `opened`.
 * @attr {boolean} without-launcher - Shows no launcher; the page opens the panel itself.
 * @attr {string} launcher-label - Text beside the launcher's icon. Default: the icon alone.
 * @attr {string} country - ISO 3166-1 country code such as `US`; decides the emergency number that is shown until the clinic's own is known.
 * @attr {string} page-name - The clinic's own name of the page, shown to staff. Addresses and titles of pages never leave the browser.
 *
 * @slot - Other ways to reach the clinic, such as a telephone number or a form. Shows in the panel while nothing reaches the server, and on the page without scripts.
 *
 * @csspart care-root - The box around everything; it takes no space.
 * @csspart launcher - The button that opens and closes the panel.
 * @csspart launcher-label - Text beside the launcher's icon.
 * @csspart badge - Number of unread messages on the launcher.
 * @csspart panel - The panel.
 * @csspart head - The panel's head.
 * @csspart title - The head's title: the clinic, or whom the visitor talks to.
 * @csspart tools - The head's buttons.
 * @csspart close - The head's close button.
 * @csspart emergency - The emergency line.
 * @csspart body - Everything below the emergency line.
 * @csspart state-view - The view while the panel loads, or could not.
 * @csspart loading - The sentence of that view while it loads.
 * @csspart spinner - The turning circle while something loads.
 * @csspart error - A sentence that says what went wrong.
 * @csspart fallback - The box around the element's children, where the chat cannot be reached.
 * @csspart menu-button - The button that opens the menu.
 * @csspart menu - The menu in the head.
 * @csspart menu-item - An entry of the menu.
 * @csspart welcome - The first view: who is there and when.
 * @csspart consent - The view that asks for consent.
 * @csspart pre-chat - The view with the questions before the chat.
 * @csspart offline - The form of a message that is left, and what became of it.
 * @csspart form - The questions, all together.
 * @csspart form-summary - The box that says how many answers need another look.
 * @csspart form-summary-link - A link of that box to the question it is about.
 * @csspart form-group - Questions that belong together.
 * @csspart form-group-title - Their title.
 * @csspart form-display - Text between the questions.
 * @csspart form-field - One question: label, help, error and control.
 * @csspart form-label - The question itself.
 * @csspart form-required - The word beside a question that must be answered.
 * @csspart form-help - Help on a question.
 * @csspart form-error - What is wrong with an answer.
 * @csspart form-input - A text field, a date or a list to choose from.
 * @csspart form-option - One of several answers, with its box or circle.
 * @csspart form-clear - The button that takes an answer back.
 * @csspart form-caution - What the author would have looked at again; it stops nobody.
 * @csspart form-media - A picture, sound or film of a question, or its title.
 * @csspart form-link - The author's link for more.
 * @csspart form-button - A button of the form: a file, one more, continue.
 * @csspart form-repeat - The buttons of what can be given several times.
 * @csspart ask-progress - How many questions are answered, where they are asked one by one.
 * @csspart ask-turns - What has been answered so far.
 * @csspart ask-question - A question that has been answered.
 * @csspart ask-answer - Its answer.
 * @csspart ask-section - The heading of questions that belong together.
 * @csspart ask-now - The question that is asked now.
 * @csspart ask-why - The expander that says why it is asked.
 * @csspart ask-tap - An answer that is given by one tap.
 * @csspart ask-buttons - The buttons under a question.
 * @csspart ask-review - All answers, before they are sent.
 * @csspart ask-recipient - Who gets them.
 * @csspart checker-open - The button that opens the symptom checker.
 * @csspart checker - A symptom check: what it is, its questions, or why it cannot be used.
 * @csspart checker-about - What it is, who approved it, its version and its sources.
 * @csspart checker-result - Its result.
 * @csspart checker-outcome - The box with the result and what to do.
 * @csspart checker-why - The expander that says why.
 * @csspart checker-bar - The line that stays of a result while something else is shown.
 * @csspart ended - What is shown when a chat has ended.
 * @csspart confirm - The question before a chat is ended.
 * @csspart availability - Who is there and when.
 * @csspart notice - A line of information, such as the state of the connection.
 * @csspart button - Any text button.
 * @csspart transcript - The conversation.
 * @csspart message - Any message.
 * @csspart message-mine - A message of the visitor.
 * @csspart message-theirs - A message of somebody else.
 * @csspart bubble - The box around a message's text.
 * @csspart sender - Name and title above messages.
 * @csspart avatar - The round initials of a sender.
 * @csspart meta - Time and state below a message.
 * @csspart state - State of an own message.
 * @csspart link - A link in a message.
 * @csspart day - The line with the day.
 * @csspart unread-line - The line above new messages.
 * @csspart system - A line about what happened, such as who joined.
 * @csspart form-answers - The answers given before the chat.
 * @csspart bot-choices - The buttons of an assistant's turn.
 * @csspart bot-button - One of them, or a link.
 * @csspart bot-chosen - What was chosen.
 * @csspart asked-form - Questions that are asked within the conversation, one at a time; after it, the form of a rating.
 * @csspart rating-line - The offer to rate a conversation that has ended, and the thanks for it.
 * @csspart bot-line - The line that says that an assistant answers, with the way to a person.
 * @csspart cobrowse - A question or a note of co-browsing: whether a nurse may see the page, what would be seen, what was.
 * @csspart cobrowse-bar - The bar while a nurse sees the page.
 * @csspart cobrowse-picture - The page as the nurse gets it.
 * @csspart red-flag - The note with a number to call, where what is typed asks for one.
 * @csspart typing - The line that says that somebody is typing.
 * @csspart jump-button - The button that jumps to the latest message.
 * @csspart composer - The box around the field and its button.
 * @csspart composer-field - The field in which a message is written.
 * @csspart composer-hint - A hint under the field.
 * @csspart send-button - The button that sends.
 * @csspart announcer - Visually hidden text for screen readers.
 *
 * @cssprop [--care-brand=#0e6660] - Brand colour; one that could not be read is corrected. What is no colour counts as not set.
 * @cssprop [--care-font=system-ui] - Font family.
 * @cssprop [--care-font-size=17px] - Base size of text; everything scales with it.
 * @cssprop [--care-radius=18px] - Roundness of bubbles and panel.
 * @cssprop [--care-inset=20px] - Distance from the window's edges.
 * @cssprop [--care-panel-width=412px] - Width of the panel where there is room.
 * @cssprop [--care-panel-height=720px] - Height of the panel where there is room.
 * @cssprop [--care-z-index=2147483000] - Stacking order of launcher and panel.
 *
 * @cssstate unread - There are unread messages.
 *
 * @fires {CareEvent} care-ready - The element is connected and takes calls.
 * @fires {CareEvent} care-opened - The panel was opened.
 * @fires {CareEvent} care-closed - The panel was closed; a conversation goes on.
 * @fires {CareConversationStartedEvent} care-conversation-started - The server opened a conversation (`conversationId`).
 * @fires {CareMessageSentEvent} care-message-sent - The server stored a message of the visitor (`conversationId`, `cmid`).
 * @fires {CareMessageReceivedEvent} care-message-received - A message arrived (`conversationId`, `eventId`, `role`).
 * @fires {CareUnreadChangedEvent} care-unread-changed - The number of unread messages changed (`unread`).
 * @fires {CareConnectionChangedEvent} care-connection-changed - The state of the connection changed (`state`).
 * @fires {CareConversationEndedEvent} care-conversation-ended - The conversation was ended (`conversationId`, `by`).
 * @fires {CareChatCobrowseEvent} care-chat-cobrowse - Co-browsing was asked for, allowed, paused, declined or ended: a record without content (`session`, `state`, `reason`, `conversationId`, `agentId`, `consentHash`, `grantedAt`, `endedAt`, `frames`).
 * @fires {CareUnmaskSuspectEvent} care-unmask-suspect - A text that is marked as public is masked all the same (`reason`, and the `element` around it).
 * @fires {CareErrorEvent} care-error - Something failed (`code`; with `prefill-invalid` the question, `linkId`).
 * @fires {CareSendRequestEvent} care-send-request - A text is about to be sent (`text`); can be cancelled; does not bubble.
 */
export declare class CareChat extends Base {
    #private;
    static readonly observedAttributes: string[];
    /** Whether the panel is open; reflects the attribute `open`. */
    get opened(): boolean;
    set opened(value: boolean);
    /** Settings as an object; attributes of the same name win. Set it before or after the element is connected. */
    get config(): CareChatConfig;
    set config(value: CareChatConfig);
    /** Opens the panel. Moves the focus into it only where a visitor's click or key is just being handled. */
    open(): void;
    /** Closes the panel; a conversation goes on. */
    close(): void;
    /** Opens or closes the panel. */
    toggle(): void;
    /** Sends a text as the visitor's message, or opens the panel with it as the draft where something must be asked first. Resolves with whether it is on its way. */
    send(text: string): Promise<boolean>;
    /** Opens the panel and starts a conversation, asking first what the clinic wants asked. */
    startConversation(options?: StartOptions): Promise<void>;
    /** Opens the panel with a symptom checker of the clinic: the one with this id, or the only one there is, or the choice of them. */
    openChecker(id?: string): Promise<void>;
    /** Ends the conversation. Resolves with whether the server knows. */
    endConversation(): Promise<boolean>;
    /** Wipes what this browser knows of the visitor (drafts, unsent messages, the session) and ends the session on the server. */
    logout(): Promise<void>;
    /** Tells staff which page the visitor is on, by the clinic's own name; for client-side navigation. */
    pageChanged(name?: string): void;
    connectedCallback(): void;
    disconnectedCallback(): void;
    attributeChangedCallback(name: string, before: string | null, after: string | null): void;
}
/** The events' and the queue's types, with the global declarations they bring. */
export type { CallQueue } from './call-queue.js';
export type { CareChatEventMap } from './events.js';
declare global {
    interface HTMLElementTagNameMap {
        'care-chat': CareChat;
    }
}
