/**
 * The tag `<care-chat>`: public surface, lifecycle, and the loading of what it needs on intent. Small on purpose: it is all a page pays
 * for before its visitor wants to talk. The conversation is in the chunk `core`, its view in the chunk `panel`. Long because the class comment
 * is the reference manual, from which README and manifest are made.
 */
import { baseTokens } from '../ui/base-tokens.js';
import { buttonStyles } from '../ui/button-styles.js';
import { toSheet } from '../ui/css.js';
import { readLiveFlag } from '../platform/browser/live-flag.js';
import { whenIdle } from '../platform/browser/idle.js';
import type { EmergencyLine } from '../protocol/types.js';
import type { CareErrorCode } from '../base/care-error.js';
import type { ChatSession } from './chat-core.js';
import { takeQueue } from './call-queue.js';
import { CareEvent } from './tag-events.js';
import type { CareChatConfig, ChatHost, PanelView, StartOptions } from './host.js';
import { loadChunk } from './load-chunk.js';
import { createShell, type TagShell } from './shell.js';
import { tagStyles } from './tag-styles.js';

/** Lets this module be imported where there is no DOM; the class is of no use there. */
const Base = (globalThis.HTMLElement ?? class {}) as typeof HTMLElement;

let sheet: CSSStyleSheet | undefined;

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
export class CareChat extends Base {
  static readonly observedAttributes = ['server', 'widget', 'lang', 'open', 'without-launcher', 'launcher-label', 'country', 'page-name'];

  #shell: TagShell | undefined;
  #config: CareChatConfig = {};
  #unread = 0;
  #lines: readonly (EmergencyLine | undefined)[] = [];
  #session: Promise<ChatSession> | undefined;
  #panel: PanelView | undefined;
  /** The life whose panel is there, or on its way; 0: none. */
  #mounting = 0;
  #let: (() => void)[] = [];
  #backTo: HTMLElement | undefined;
  /** Counts connections, so that what was awaited for an earlier one is dropped. */
  #life = 1;

  /** Whether the panel is open; reflects the attribute `open`. */
  get opened(): boolean {
    return this.hasAttribute('open');
  }
  set opened(value: boolean) {
    this.toggleAttribute('open', value);
  }

  /** Settings as an object; attributes of the same name win. Set it before or after the element is connected. */
  get config(): CareChatConfig {
    return this.#config;
  }
  set config(value: CareChatConfig) {
    const [server, widget] = [this.#server, this.#widget];
    this.#config = value;
    if (server !== this.#server || widget !== this.#widget) this.#restart();
    this.#update();
  }

  /** Opens the panel. Moves the focus into it only where a visitor's click or key is just being handled. */
  open(): void {
    const { event } = window;
    this.#show(event?.isTrusted === true && /^(click|key|pointer|touch)/.test(event.type));
  }

  /** Closes the panel; a conversation goes on. */
  close(): void {
    this.opened = false;
  }

  /** Opens or closes the panel. */
  toggle(): void {
    if (this.opened) this.close();
    else this.open();
  }

  /** Sends a text as the visitor's message, or opens the panel with it as the draft where something must be asked first. Resolves with whether it is on its way. */
  async send(text: string): Promise<boolean> {
    return (await this.#core((session) => session.send(text))) ?? false;
  }

  /** Opens the panel and starts a conversation, asking first what the clinic wants asked. */
  async startConversation(options?: StartOptions): Promise<void> {
    this.open();
    await this.#core((session) => session.start(options));
  }

  /** Opens the panel with a symptom checker of the clinic: the one with this id, or the only one there is, or the choice of them. */
  async openChecker(id?: string): Promise<void> {
    this.open();
    await this.#core((session) => session.check(id));
  }

  /** Ends the conversation. Resolves with whether the server knows. */
  async endConversation(): Promise<boolean> {
    return (await this.#core((session) => session.end())) ?? false;
  }

  /** Wipes what this browser knows of the visitor (drafts, unsent messages, the session) and ends the session on the server. */
  async logout(): Promise<void> {
    await this.#core((session) => session.logout());
  }

  /** Tells staff which page the visitor is on, by the clinic's own name; for client-side navigation. */
  pageChanged(name?: string): void {
    if (name !== undefined) this.setAttribute('page-name', name);
  }

  connectedCallback(): void {
    for (const name of ['config', 'opened'] as const) this.#replay(name);
    if (!this.#shell) this.#build();
    const held: (() => void)[] = (this.#let = []);
    this.#update();
    queueMicrotask(() => {
      if (held !== this.#let) return;
      this.dispatchEvent(new CareEvent('care-ready'));
      held.push(takeQueue(this));
    });
    if (this.opened) void this.#mount();
    else if (readLiveFlag(this.#widget)) this.#let.push(whenIdle(() => void this.#core(() => undefined)));
  }

  disconnectedCallback(): void {
    for (const release of this.#let) release();
    this.#let = [];
    this.#release();
  }

  attributeChangedCallback(name: string, before: string | null, after: string | null): void {
    if (before === after || !this.#shell || !this.isConnected) return;
    if (name === 'server' || name === 'widget') this.#restart();
    this.#update();
    if (name === 'open') this.#openChanged();
  }

  /** A setting: the attribute, where it is there, else the property. */
  #read(attribute: 'server' | 'widget' | 'country' | 'launcher-label' | 'page-name', key: Exclude<keyof CareChatConfig, 'prefill' | 'cobrowse'> = attribute as 'server'): string | undefined {
    return this.getAttribute(attribute) ?? this.#config[key];
  }

  get #server(): string {
    return this.#read('server') || new URL(import.meta.url).origin;
  }

  get #widget(): string {
    return this.#read('widget') || 'main';
  }

  get #lang(): string {
    return this.lang || this.#config.lang || this.closest<HTMLElement>('[lang]')?.lang || document.documentElement.lang || 'en';
  }

  /** A property set before the class came is an own property that hides the accessor: take it off and set it again. */
  #replay(name: 'config' | 'opened'): void {
    if (!Object.hasOwn(this, name)) return;
    const value = this[name];
    delete (this as Partial<this>)[name];
    Object.assign(this, { [name]: value });
  }

  #build(): void {
    const shadow = this.attachShadow({ mode: 'open' });
    sheet ??= toSheet(baseTokens + buttonStyles + tagStyles);
    shadow.adoptedStyleSheets = [sheet];
    this.#shell = createShell(shadow, {
      toggle: () => (this.opened ? this.close() : this.#show(true, this.#shell!.launcher)),
      close: () => this.close(),
      intent: () => this.#preload(),
      retry: () => void this.#mount(),
    });
  }

  #update(): void {
    const shell = this.#shell;
    if (!shell) return;
    const lang = this.#lang;
    shell.root.style.setProperty('--care-brand', this.#config.brand ?? '');
    // No colour at all (the root's flood colour, which paints nothing, is then the initial one): back to our own, or nobody would see the launcher.
    if (getComputedStyle(shell.root).floodColor === 'rgb(0, 0, 0)') shell.root.style.setProperty('--care-brand', 'initial');
    shell.update({
      lang,
      opened: this.opened,
      withoutLauncher: this.hasAttribute('without-launcher'),
      launcherLabel: this.#read('launcher-label', 'launcherLabel') ?? '',
      unread: this.#unread,
      country: this.#read('country') ?? '',
      emergency: this.#config.emergency,
      lines: this.#lines,
    });
    this.#panel?.update();
  }

  /** Opens; `byVisitor` moves the focus in, and later back to where it was. */
  #show(byVisitor: boolean, from = document.activeElement): void {
    if (byVisitor && !this.opened) this.#backTo = from as HTMLElement;
    this.opened = true;
    if (byVisitor) (this.#panel ?? this.#shell?.panel)?.focus();
  }

  #openChanged(): void {
    if (this.opened) {
      void this.#mount();
      this.dispatchEvent(new CareEvent('care-opened'));
      return;
    }
    const back = this.#backTo;
    this.#backTo = undefined;
    // Only a visitor who came in by the keyboard or a click is led back, and only if the focus was still inside.
    if (this.matches(':focus-within') || document.activeElement === document.body) back?.focus();
    this.dispatchEvent(new CareEvent('care-closed'));
  }

  #preload(): void {
    importCore().catch(() => {});
    importPanel().catch(() => {});
  }

  /** The conversation, loaded on first use; the result of `use`, or undefined where it could not be loaded. */
  async #core<T>(use: (session: ChatSession) => T | Promise<T>): Promise<T | undefined> {
    let session: ChatSession;
    try {
      session = await (this.#session ??= importCore().then(({ createChatSession }) => createChatSession(this.#host())));
    } catch {
      this.#session = undefined;
      this.#fail('chunk-failed');
      return undefined;
    }
    try {
      return await use(session);
    } catch (error) {
      this.#fail((error as { code?: CareErrorCode }).code ?? 'internal');
      return undefined;
    }
  }

  #fail(code: CareErrorCode): void {
    this.dispatchEvent(new CareEvent('care-error', { code }));
  }

  /** Shows the panel's view, loading it where needed. Once per life: what an earlier one began is let go of when it comes. */
  async #mount(): Promise<void> {
    const shell = this.#shell!;
    const life = this.#life;
    if (this.#mounting === life) return;
    this.#mounting = life;
    shell.show('loading');
    const panel = importPanel().catch(() => undefined);
    const session = await this.#core((value) => value);
    const view = await panel;
    if (life !== this.#life) return;
    if (!session || !view) {
      if (session) this.#fail('chunk-failed');
      this.#mounting = 0;
      shell.show('failed');
      return;
    }
    const made = await view.createPanel(this.#host(), session);
    if (life !== this.#life) return made.dispose();
    this.#panel = made;
    if (shell.panel.contains(this.shadowRoot!.activeElement)) made.focus();
  }

  /** Another server or widget: let go of the old conversation's view and take the new one's. */
  #restart(): void {
    this.#release();
    this.#lines = [];
    if (this.isConnected && this.opened) void this.#mount();
  }

  #release(): void {
    this.#life++;
    this.#panel?.dispose();
    this.#panel = undefined;
    void this.#session?.then((session) => session.dispose(), () => {});
    this.#session = undefined;
    this.#unread = 0;
  }

  #host(): ChatHost {
    const life = this.#life;
    return {
      element: this,
      shell: this.#shell!,
      server: this.#server,
      widget: this.#widget,
      lang: () => this.#lang,
      pageName: () => this.#read('page-name', 'pageName'),
      loadChunk,
      open: () => {
        this.opened = true;
      },
      close: () => this.close(),
      clear: () => life === this.#life && (this.#shell!.show('none'), true),
      setUnread: (count) => {
        this.#unread = count;
        this.#update();
      },
      setEmergency: (lines) => {
        this.#lines = lines;
        this.#update();
      },
      setLang: (lang) => this.setAttribute('lang', lang),
    };
  }
}

/** The events' and the queue's types, with the global declarations they bring. */
export type { CallQueue } from './call-queue.js';
export type { CareChatEventMap } from './events.js';

const importCore = () => loadChunk('core', () => import('./chat-core.js'));
const importPanel = () => loadChunk('panel', () => import('./panel.js'));

declare global {
  interface HTMLElementTagNameMap {
    'care-chat': CareChat;
  }
}
