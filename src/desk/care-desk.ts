/**
 * `<care-desk>`: composition root of the agents' desk. Makes the client, renders snapshots into one shadow root, and turns what happens into
 * sound, title badge, announcements and events. The views know nothing of this file; the core knows nothing of the screen.
 * A quarter of it is the manual of the class, from which the reference is generated: it has to stand at the class, whatever its length.
 */
import { render } from 'lit/html.js';
import { createDisposables, type Disposables } from '../base/disposables.js';
import type { DeskFact } from '../core/api.js';
import type { DeskSnapshot } from '../core/snapshots.js';
import { createAnnouncer, type Announcer } from '../ui/announcer.js';
import { createComposer, type Composer } from '../ui/composer.js';
import { createConnectionLine, type ConnectionLine } from '../ui/connection-line.js';
import { toSheet } from '../ui/css.js';
import { botStyles } from '../ui/bot-styles.js';
import { formCardStyles } from '../ui/form-card.js';
import { composerStyles, controlStyles, transcriptStyles } from '../ui/styles.js';
import { tokens } from '../ui/tokens.js';
import { createTranscript, type Transcript } from '../ui/transcript.js';
import { createChime, type Chime } from './chime.js';
import { createDeskWiring, scriptOrigin, type DeskWiring } from './create-desk-wiring.js';
import { createDeskAlerts, type DeskAlerts } from './desk-alerts.js';
import { createDeskActions, type DeskActions, type FocusTarget } from './desk-actions.js';
import { CareDeskAcceptedEvent, CareDeskErrorEvent, CareDeskMessageReceivedEvent, CareDeskSignedInEvent, CareDeskSignedOutEvent, CareDeskWaitingEvent } from './desk-events.js';
import { focusWithin, keepFocus } from './desk-focus.js';
import { chooseLanguage, createLanguage, type Language } from './desk-language.js';
import { readSettings, writeLang, writeSwitch, type DeskSettings } from './desk-settings.js';
import { initialViewState, type DeskViewState } from './desk-state.js';
import { columnStyles, shellStyles } from './desk-styles.js';
import { createVisitorNamer } from './named-timeline.js';
import { createBotReader } from './bot-reader.js';
import { createViewers, type Viewers } from './cobrowse/viewers.js';
import { connectionFrame, hasNotices, shellView } from './shell-view.js';
import { shortcutOf } from './shortcuts.js';
import { createTitleBadge, type TitleBadge } from './title-badge.js';
import { version } from './version.js';

let sheets: CSSStyleSheet[] | null = null;

/** What lives from being connected to being disconnected. */
interface Connected {
  readonly wiring: DeskWiring;
  readonly act: DeskActions;
  readonly announcer: Announcer;
  readonly transcript: Transcript;
  readonly composer: Composer;
  readonly noteComposer: Composer;
  readonly chime: Chime;
  readonly badge: TitleBadge;
  readonly alerts: DeskAlerts;
  readonly connection: ConnectionLine;
  readonly nameVisitor: ReturnType<typeof createVisitorNamer>;
  readonly readBot: ReturnType<typeof createBotReader>;
  readonly viewers: Viewers;
  readonly bag: Disposables;
}

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
export class CareDesk extends HTMLElement {
  static readonly observedAttributes = ['server', 'lang', 'title-badge'];

  readonly #root: HTMLElement;
  readonly #shadow: ShadowRoot;
  #connected: Connected | null = null;
  #state: DeskViewState = initialViewState;
  #settings: DeskSettings = { sound: true, badge: true, shortcuts: true, lang: null };
  #language: Language | null = null;
  #frame = 0;
  #cancelTick: (() => void) | null = null;
  /** Where an act of the person leads; waits until that place is there, or until they do something else. */
  #focus: FocusTarget | null = null;
  #before: DeskSnapshot | null = null;
  /** Whose the state of the screen is; outlives a session that ended. */
  #agentId: string | null = null;

  constructor() {
    super();
    this.#shadow = this.attachShadow({ mode: 'open' });
    sheets ??= [tokens, controlStyles, transcriptStyles, formCardStyles, botStyles, composerStyles, shellStyles, columnStyles].map(toSheet);
    this.#shadow.adoptedStyleSheets = sheets;
    this.#root = document.createElement('div');
    this.#root.className = 'care-root';
    this.#shadow.append(this.#root);
  }

  /** Address of the backend. */
  get server(): string {
    return this.getAttribute('server') ?? scriptOrigin();
  }
  set server(address: string) {
    this.setAttribute('server', address);
  }

  /** Makes the client; a test gives its own. */
  protected createWiring(): DeskWiring {
    return createDeskWiring(this.server, { name: 'care-desk', version });
  }

  /** Makes the sound; a test listens instead. */
  protected createChime(): Chime {
    return createChime(() => (typeof AudioContext === 'undefined' ? null : new AudioContext()));
  }

  connectedCallback(): void {
    const bag = createDisposables();
    const wiring = this.createWiring();
    const { client, ports } = wiring;
    bag.add(() => wiring.dispose());
    this.#settings = readSettings(ports.flags);
    this.#chooseLanguage();
    const setTimer = ports.clock.setTimer.bind(ports.clock);
    const announcer = createAnnouncer(setTimer);
    const transcript = createTranscript({ requestUpdate: () => this.#requestRender() });
    const composer = createComposer({ setTimer, id: 'desk-message' });
    const noteComposer = createComposer({ setTimer, id: 'desk-note' });
    const chime = this.createChime();
    const badge = createTitleBadge(document);
    const alerts = createDeskAlerts({
      wiring, announcer, chime, badge,
      language: () => this.#words, settings: () => this.#settings, mayBadge: () => this.getAttribute('title-badge') !== 'off',
    });
    this.#shadow.append(announcer.region);
    bag.add(() => announcer.region.remove());
    const connection = createConnectionLine({
      frame: connectionFrame, clock: ports.clock, status: () => client.snapshot.value.connection, t: () => this.#words.ui, problem: (code) => this.#words.words.error(code ?? 'stopped'),
      tryNow: () => client.tryNow(), announce: announcer.announce, requestUpdate: () => this.#requestRender(),
    });
    for (const part of [announcer, transcript, composer, noteComposer, chime, connection]) bag.add(() => part.dispose());
    bag.add(() => badge.clear());
    const viewers = createViewers({
      shadow: this.#shadow, client, ports, announce: announcer.announce, requestUpdate: () => this.#requestRender(), failed: () => this.#connected?.act.cannotSee(),
    });
    bag.add(() => viewers.dispose());
    this.#connected = { wiring, bag, announcer, transcript, composer, noteComposer, chime, badge, alerts, connection, viewers, nameVisitor: createVisitorNamer(), readBot: createBotReader(), act: this.#createActions(wiring, announcer, composer, transcript) };
    this.#before = null;
    bag.add(client.snapshot.subscribe((next) => this.#onSnapshot(next)));
    bag.add(client.onFact((fact) => this.#onFact(fact)));
    bag.add(ports.page.onVisibilityChange(() => this.#onVisibility()));
    this.#listen(bag);
    this.#onSnapshot(client.snapshot.value);
    this.#render();
    void client.resume();
  }

  disconnectedCallback(): void {
    const connected = this.#connected;
    this.#connected = null;
    cancelAnimationFrame(this.#frame);
    this.#frame = 0;
    this.#cancelTick?.();
    this.#cancelTick = null;
    connected?.bag.dispose();
    this.#state = initialViewState;
    this.#before = null;
    this.#agentId = null;
    this.#focus = null;
    // Nothing of what patients wrote stays behind in a node that somebody may hold on to.
    render(null, this.#root);
  }

  attributeChangedCallback(name: string, old: string | null, next: string | null): void {
    if (old === next || !this.#connected) return;
    if (name === 'server') {
      this.disconnectedCallback();
      this.connectedCallback();
    } else if (name === 'lang') {
      this.#chooseLanguage();
      this.#requestRender();
    } else this.#connected.badge.clear();
  }

  #createActions(wiring: DeskWiring, announcer: Announcer, composer: Composer, transcript: Transcript): DeskActions {
    const { client, ports } = wiring;
    return createDeskActions({
      client,
      state: () => this.#state,
      setState: (change) => {
        this.#state = { ...this.#state, ...change };
        this.#requestRender();
      },
      words: () => this.#words.words,
      focus: (target) => {
        this.#focus = target;
        this.#requestRender();
      },
      announce: (sentence) => announcer.announce(sentence),
      setSwitch: (name, on) => {
        writeSwitch(ports.flags, name, on);
        this.#settings = { ...this.#settings, [name]: on };
        if (name === 'badge' && !on) this.#connected?.badge.clear();
        this.#requestRender();
      },
      setLang: (lang) => {
        writeLang(ports.flags, lang);
        this.#settings = { ...this.#settings, lang };
        this.#chooseLanguage();
        this.#requestRender();
      },
      caret: () => composer.caret,
      placeCaret: (index) => {
        this.#render();
        composer.focus();
        composer.setCaret(index);
      },
      jumpToLatest: () => transcript.jumpToLatest(),
      askToSee: () => void this.#connected?.viewers.ask(),
      onAccepted: (id) => void this.dispatchEvent(new CareDeskAcceptedEvent(id)),
      onError: (code) => void this.dispatchEvent(new CareDeskErrorEvent(code)),
    });
  }

  get #words(): Language {
    return (this.#language ??= createLanguage('en'));
  }

  #chooseLanguage(): void {
    const lang = chooseLanguage([this.#settings.lang, this.getAttribute('lang'), ...navigator.languages]);
    if (this.#language?.words.lang !== lang) this.#language = createLanguage(lang);
    this.#root.lang = lang;
    this.#root.dir = this.#words.words.dir;
  }

  #listen(bag: Disposables): void {
    const on = <K extends keyof HTMLElementEventMap>(type: K, run: (event: HTMLElementEventMap[K]) => void): void => {
      this.#root.addEventListener(type, run);
      bag.add(() => this.#root.removeEventListener(type, run));
    };
    on('keydown', (event) => this.#onKeydown(event));
    on('pointerdown', (event) => {
      this.#focus = null;
      if (this.#settings.sound) this.#connected?.chime.unlock();
      const inside = event.composedPath().some((node) => node instanceof Element && (node.hasAttribute('data-menu') || node.hasAttribute('aria-expanded')));
      if (this.#state.menu !== 'none' && !inside) {
        this.#state = { ...this.#state, menu: 'none' };
        this.#requestRender();
      }
    });
    // Shortcuts also work where nothing has the focus, as after a click on plain text.
    const onPageKey = (event: KeyboardEvent): void => {
      if (event.target === document.body || event.target === this) this.#onKeydown(event);
    };
    document.addEventListener('keydown', onPageKey);
    bag.add(() => document.removeEventListener('keydown', onPageKey));
  }

  #onKeydown(event: KeyboardEvent): void {
    const connected = this.#connected;
    if (!connected || event.defaultPrevented) return;
    this.#focus = null;
    if (this.#settings.sound) connected.chime.unlock();
    const { act, wiring } = connected;
    if (wiring.client.snapshot.value.phase !== 'ready' || this.#state.helpOpen) return;
    if (event.key === 'Escape' && !event.isComposing) {
      if (act.escape()) event.preventDefault();
      return;
    }
    if (!this.#settings.shortcuts) return;
    const target = event.composedPath()[0];
    const typing = target instanceof HTMLTextAreaElement || target instanceof HTMLSelectElement || (target instanceof HTMLInputElement && target.type !== 'radio' && target.type !== 'checkbox');
    const shortcut = shortcutOf(event, typing);
    if (!shortcut) return;
    event.preventDefault();
    const run: Readonly<Record<typeof shortcut, () => void>> = {
      next: () => act.step(1), previous: () => act.step(-1), accept: () => act.acceptLongest(), help: () => act.openHelp(),
      message: () => { focusWithin(this.#root, 'composer'); },
    };
    run[shortcut]();
  }

  #onSnapshot(next: DeskSnapshot): void {
    const connected = this.#connected;
    if (!connected) return;
    const before = this.#before;
    this.#before = next;
    this.#forgetOther(next.agent?.id ?? null);
    this.#tellPhase(before, next);
    if (before?.active?.id !== next.active?.id) this.#onActiveChange(next);
    connected.alerts.onSnapshot(before, next);
    connected.viewers.look(next);
    this.#requestRender();
  }

  /** Whoever signs in after another agent finds nothing of theirs: no note half written, no search, no menu. */
  #forgetOther(agentId: string | null): void {
    if (agentId === null || agentId === this.#agentId) return;
    if (this.#agentId !== null) this.#state = initialViewState;
    this.#agentId = agentId;
  }

  #onActiveChange({ active }: DeskSnapshot): void {
    this.#connected?.transcript.reset();
    const unread = active ? Math.max(active.unread, active.summary?.unread ?? 0) : 0;
    this.#state = {
      ...this.#state, confirmingClose: false, canned: null,
      menu: this.#state.menu === 'assign' ? 'none' : this.#state.menu,
      unreadFrom: active ? { id: active.id, seq: unread > 0 && active.readSeq > 0 ? active.readSeq + 1 : null } : null,
      ...(!active && { pane: 'list', detailsOpen: false }),
    };
  }

  #tellPhase(before: DeskSnapshot | null, next: DeskSnapshot): void {
    if (before?.phase === next.phase) return;
    if (next.phase === 'ready' && next.agent) this.dispatchEvent(new CareDeskSignedInEvent(next.agent.id));
    // A session that merely ended keeps what was half written for the same agent; signing out keeps nothing.
    if (next.phase === 'signed-out' && (before?.phase === 'ready' || before?.phase === 'ended')) this.#state = initialViewState;
    if (before?.phase === 'ready') {
      if (next.phase === 'ended') this.#state = { ...this.#state, menu: 'none', helpOpen: false, message: null };
      this.#connected?.badge.clear();
      // What was said last may be a patient's words.
      this.#connected?.announcer.region.replaceChildren();
      if (next.phase !== 'signing-in') this.dispatchEvent(new CareDeskSignedOutEvent(next.phase === 'ended' ? 'ended' : 'signed-out'));
    }
  }

  #onFact(fact: DeskFact): void {
    const connected = this.#connected;
    if (!connected) return;
    if (fact.type === 'error') {
      this.dispatchEvent(new CareDeskErrorEvent(fact.code));
      return;
    }
    connected.alerts.onFact(fact);
    this.dispatchEvent(fact.type === 'waiting' ? new CareDeskWaitingEvent(fact.conversationId) : new CareDeskMessageReceivedEvent(fact.conversationId, fact.eventId));
  }

  #onVisibility(): void {
    if (!this.#connected?.wiring.ports.page.visible()) return;
    this.#connected.badge.clear();
    this.#requestRender();
  }

  #requestRender(): void {
    if (this.#frame !== 0 || !this.#connected) return;
    this.#frame = requestAnimationFrame(() => {
      this.#frame = 0;
      this.#render();
    });
  }

  #render(): void {
    const connected = this.#connected;
    if (!connected) return;
    const { wiring, act, transcript, composer, noteComposer, connection, nameVisitor, readBot, viewers } = connected;
    const snapshot = wiring.client.snapshot.value;
    const { words, ui, formats } = this.#words;
    const focused = this.#shadow.activeElement;
    // A first try is not worth a word.
    connection.speak(hasNotices(snapshot) && (connection.isSpokenOf || snapshot.connection.state !== 'connecting'));
    render(
      shellView(
        { snapshot, state: this.#state, settings: this.#settings, words, t: words.t, ui, formats, now: wiring.ports.clock.now(), act, transcript, composer, noteComposer, connection: connection.view(), nameVisitor, readBot, viewers },
        () => void (focusWithin(this.#root, 'composer') || focusWithin(this.#root, 'heading')),
      ),
      this.#root,
    );
    const dialog = this.#root.querySelector('dialog');
    if (dialog && dialog.open !== this.#state.helpOpen) {
      if (this.#state.helpOpen) dialog.showModal();
      else dialog.close();
    }
    if (this.#focus && focusWithin(this.#root, this.#focus)) this.#focus = null;
    else keepFocus(this.#root, focused, this.#state.pane);
    this.#tick(snapshot);
  }

  /** While something on screen counts seconds, and somebody can see it. */
  #tick(snapshot: DeskSnapshot): void {
    const { clock, page } = this.#connected!.wiring.ports;
    const isDown = hasNotices(snapshot) && snapshot.connection.state === 'waiting';
    const counts = (isDown || (snapshot.phase === 'ready' && snapshot.waiting.length > 0)) && page.visible();
    if (!counts) {
      this.#cancelTick?.();
      this.#cancelTick = null;
    } else {
      this.#cancelTick ??= clock.setTimer(() => {
        this.#cancelTick = null;
        this.#requestRender();
      }, 1000);
    }
  }
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
