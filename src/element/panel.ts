/**
 * The chunk `panel`: renders the conversation into the tag's shell with Lit. Snapshots come in, intents go out; what it keeps itself is
 * only where the visitor stands (step, menu, question before ending). No nested elements: all is in the tag's one shadow root.
 */
import { html, nothing, render, type TemplateResult } from 'lit/html.js';
import type { ChatSnapshot } from '../core/snapshots.js';
import { createAnnouncer, createArrivals } from '../ui/announcer.js';
import { createComposer, isComposing } from '../ui/composer.js';
import { toSheet } from '../ui/css.js';
import { composerStyles, noticeStyles, transcriptStyles } from '../ui/styles.js';
import { moreTokens } from '../ui/tokens.js';
import { createTranscript } from '../ui/transcript.js';
import { personName } from '../ui/transcript-items.js';
import type { ChatSession } from './chat-core.js';
import { composerTemplate, conversationView, menuTemplate, titleTemplate } from './conversation-view.js';
import type { ChatHost, PanelView } from './host.js';
import { createPanelIntents } from './panel-intents.js';
import type { BareLook, LaterParts, PanelContext, PanelState, TroubleViews } from './panel-context.js';
import { panelStyles } from './panel-styles.js';
import { createPhoneLayout, type PhoneLayout } from './phone-layout.js';
import type { StartParts } from './start-context.js';
import { errorView, loadingView } from './state-views.js';
import { englishWords, loadWords, type Words } from './words.js';

let sheet: CSSStyleSheet | undefined;

/** A part of the shell, and our node in it. */
type Place = readonly [part: HTMLElement, view: HTMLElement];

const firstState = (): PanelState => ({
  confirmingEnd: false, ending: false, endFailed: false, menuOpen: false, firstUnreadSeq: null, sendError: null, caution: null,
});

/** When the panel has been up for so long it loads what it may need once there is no network. */
const laterDelayMs = 1500;

/** Renders into the shell until disposed of. Resolves once the visitor's language is there, or cannot be had. */
export async function createPanel(host: ChatHost, session: ChatSession): Promise<PanelView> {
  const { shell } = host;
  const { client, ports } = session;
  const shadow = shell.root.getRootNode() as ShadowRoot;
  const state = firstState();
  const life = new AbortController();
  const setTimer = ports.clock.setTimer.bind(ports.clock);
  let words: Words = englishWords();
  let langAsked = '';
  /** A language whose words could not be loaded: asked for once more when the panel is opened again. */
  let langMissed = '';
  let scheduled = false;
  /** Nothing is drawn before the words are there: the shell shows that it loads. */
  let ready = false;
  /** Selector of what gets the focus after the next render, because the visitor's action led there. */
  let focusNext: string | null = null;
  let start: StartParts | null = null;
  let startLoading = false;
  let startFailed = false;
  let startedHere: string | null = null;
  let later: LaterParts | null = null;
  let laterAsked = false;
  let laterFailed = false;
  /** The conversation on the screen. */
  let offs: (() => void)[] = [];
  let shownId: string | undefined;
  let wasOpened: boolean | undefined;

  sheet ??= toSheet(moreTokens + noticeStyles + transcriptStyles + composerStyles + panelStyles);
  if (!shadow.adoptedStyleSheets.includes(sheet)) shadow.adoptedStyleSheets = [...shadow.adoptedStyleSheets, sheet];

  // Lit keeps what it knows on the node it renders into: nodes of our own, so that the next panel begins afresh.
  const [titleView, toolsView, bodyView] = [shell.title, shell.tools, shell.body].map((part) => {
    const view = document.createElement(part.localName === 'h2' ? 'span' : 'div');
    view.className = 'view';
    return [part, view] as const;
  }) as [Place, Place, Place];
  const requestUpdate = (): void => {
    if (!ready || scheduled || life.signal.aborted) return;
    scheduled = true;
    queueMicrotask(() => {
      scheduled = false;
      if (!life.signal.aborted) draw();
    });
  };
  const { loadChunk } = host;
  const loadStart = async (): Promise<void> => {
    if (start || startLoading) return;
    startLoading = true;
    try {
      const { createStart } = await loadChunk('start', () => import('./start.js'));
      start = createStart({ shadow, host, session, requestUpdate, focusLater, words: () => words });
      begin();
      startFailed = false;
    } catch {
      startFailed = true;
      session.fail('chunk-failed');
    }
    startLoading = false;
    requestUpdate();
  };
  const loadLater = async (): Promise<void> => {
    if (later || laterAsked) return;
    laterAsked = true;
    try {
      const { createLater } = await loadChunk('later', () => import('./later.js'));
      later = createLater({ shadow, host, session, requestUpdate, announce: announcer.announce, words: () => words });
      problem = later.problem;
      if (state.menuOpen) focusNext = '.menu .menu-item';
      laterFailed = false;
    } catch {
      laterFailed = true;
    }
    requestUpdate();
  };
  /** Until its words are here, every problem is taken for the one that keeps them away. */
  let problem = (_code: string | null): string => {
    void loadLater();
    return words.t('errNetwork');
  };
  /** Rules for numbers come with what comes later; without them the chat goes on all the same. */
  const cautionFor = (text: string): string | null => {
    if ((text.match(/\p{Nd}/gu)?.length ?? 0) < 9) return null;
    void loadLater();
    return later && later.cautionFor(text);
  };
  const bare: BareLook = { more: () => void loadLater() };
  const transcript = createTranscript({ requestUpdate });
  const composer = createComposer({ setTimer });
  const announcer = createAnnouncer(setTimer);
  const arrivals = createArrivals<NonNullable<ChatSnapshot['conversation']>['timeline']['chunks'][number][number]>();
  let layout: PhoneLayout | undefined;
  const focusLater = (selector: string): void => {
    focusNext = selector;
    requestUpdate();
  };
  const intents = createPanelIntents({
    host, session, state, transcript, requestUpdate, focusLater,
    restart: (before) => {
      session.asked = { before };
      start?.restart();
      focusLater('.view-title');
    },
    retryStart: () => {
      startFailed = false;
      void loadStart();
    },
    wantLater: () => {
      if (laterFailed) laterAsked = laterFailed = false;
      void loadLater();
    },
    tryNow: () => (later ?? client).tryNow(),
  });

  /** Somebody wants a conversation, or a symptom check: the steps know what to do, once they have loaded. */
  const begin = (): void => {
    if (!session.wanted.value) return;
    if (start) start.begin();
    else if (!startFailed) void loadStart();
  };

  const bodyTemplate = (context: PanelContext): TemplateResult => {
    const { chat } = context;
    if (chat.conversation) return conversationView(context, chat.conversation, { transcript, composer, later, bare, start });
    const failed = startFailed ? 'chunk-failed' : chat.phase === 'failed' && !chat.widget ? chat.error : null;
    // What was typed waits here for another try.
    if (failed) return errorView(context, failed, chat.draft.text ? composerTemplate(context, composer) : nothing);
    if (!chat.widget || !start) {
      void loadStart();
      return loadingView(context);
    }
    return start.view({ ...context, widget: chat.widget }, session.mustAsk() ? null : composer);
  };

  /** What is said and shown of trouble as long as the rest of it is not here; that there is some makes it be asked for. */
  const bareTrouble = ({ phase, connection: { state: link }, startError }: ChatSnapshot): TroubleViews => {
    const isBad = link === 'waiting' || link === 'stopped';
    if (isBad || startError || phase === 'failed') void loadLater();
    return {
      notice: isBad ? html`<p class="notice" part="notice"><span>${words.t('reconnecting')}</span><button class="button quiet small" part="button" type="button" @click=${intents.tryNow}>${words.t('tryNow')}</button></p>` : nothing,
      fallback: phase === 'failed' || link === 'stopped' || (laterFailed && (isBad || startError)) ? html`<slot></slot>` : nothing,
    };
  };

  const hadFocus = (): boolean => shell.panel.contains(shadow.activeElement);
  const draw = (): void => {
    const chat = client.snapshot.value;
    const context: PanelContext = { words, chat, state, intents, problem, ...(later ? later.look(chat, !!start && !startFailed) : bareTrouble(chat)) };
    // Another conversation, begun here or in another tab: nothing of the last one stays.
    if (chat.conversation?.id !== shownId) {
      if (shownId) Object.assign(state, { firstUnreadSeq: null, confirmingEnd: false, sendError: null });
      shownId = chat.conversation?.id;
      transcript.reset();
    }
    const goOnAt = hadFocus() && (shadow.activeElement!.closest('.composer') ? '.composer-field, .view-title' : '.view-title');
    state.caution = cautionFor(chat.draft.text);
    render(titleTemplate(context, words.t('transcript')), titleView[1]);
    render(menuTemplate(context, later, laterFailed), toolsView[1]);
    render(bodyTemplate(context), bodyView[1]);
    const target = focusNext && shell.panel.querySelector<HTMLElement>(focusNext);
    focusNext = null;
    if (target) target.focus();
    // What had the focus is gone from the screen, or is another field now: keep it in the panel, or the next Tab would start at the top of the page.
    else if (goOnAt && !hadFocus()) (shell.panel.querySelector<HTMLElement>(goOnAt) ?? shell.panel).focus();
  };

  const announce = (chat: ChatSnapshot): void => {
    const { conversation } = chat;
    const fresh = arrivals.next(conversation?.id ?? null, conversation?.timeline.chunks ?? [], conversation !== null && conversation.id === startedHere);
    for (const item of fresh) {
      if (item.type !== 'message' || item.mine || item.tombstone) continue;
      const name = personName(item.by, words.t);
      announcer.announce(host.element.opened ? words.t('newMessageFrom', { name, text: item.text }) : words.t('newMessageClosed', { name }));
    }
  };
  const onSnapshot = (chat: ChatSnapshot): void => {
    announce(chat);
    begin();
    requestUpdate();
  };
  const useLang = async (): Promise<void> => {
    const wanted = host.lang();
    if (wanted === langAsked) return;
    langAsked = wanted;
    langMissed = '';
    try {
      const next = await loadWords(wanted, host);
      if (langAsked !== wanted || life.signal.aborted) return;
      words = next;
    } catch {
      if (langAsked !== wanted || life.signal.aborted) return;
      // Words that cannot be had do not stand between a patient and the clinic: what is there stays, and the shell's words go with it.
      langMissed = wanted;
      langAsked = words.tag;
      session.fail('chunk-failed');
      host.setLang(words.tag);
    }
    client.setLocale(langAsked);
    start?.setLang();
    requestUpdate();
  };
  const onKeydown = (event: KeyboardEvent): void => {
    if (event.key !== 'Escape' || isComposing(event) || composer.composing) return;
    event.stopPropagation();
    if (state.menuOpen) intents.toggleMenu(false);
    else if (state.confirmingEnd) intents.askEnd(false);
    else host.close();
  };
  const onPointerDown = (event: Event): void => {
    if (!state.menuOpen || shell.tools.contains(event.target as Node)) return;
    state.menuOpen = false;
    requestUpdate();
  };
  const syncOpened = (): void => {
    const { opened } = host.element;
    if (opened === wasOpened) return;
    const again = opened && wasOpened === false && langMissed;
    wasOpened = opened;
    session.setOpened(opened);
    if (again) host.setLang(again);
    const { conversation } = client.snapshot.value;
    state.firstUnreadSeq = opened && conversation && conversation.unread > 0 ? conversation.readSeq + 1 : null;
    state.menuOpen = false;
    requestUpdate();
  };

  const mount = (): void => {
    ready = true;
    layout = createPhoneLayout(shell.root, shell.panel, () => host.close());
    shell.root.append(announcer.region);
    shell.panel.addEventListener('keydown', onKeydown, { signal: life.signal });
    shell.panel.addEventListener('pointerdown', onPointerDown, { signal: life.signal });
    host.element.addEventListener('focusout', requestUpdate, { signal: life.signal });
    offs = [
      client.snapshot.subscribe(onSnapshot),
      client.onFact((fact) => {
        if (fact.type !== 'conversation-started') return;
        startedHere = fact.conversationId;
        session.setOpened(host.element.opened);
      }),
      session.wanted.subscribe(begin),
      setTimer(() => void loadLater(), laterDelayMs),
    ];
    shell.title.setAttribute('data-panel', '');
    for (const [part, view] of [titleView, toolsView, bodyView]) part.replaceChildren(view);
    syncOpened();
    announce(client.snapshot.value);
    draw();
    begin();
  };

  // What came before is history; what comes while the words load is announced when they are there.
  announce(client.snapshot.value);
  await useLang();
  if (host.clear()) mount();

  return {
    update() {
      void useLang();
      const page = host.pageName();
      intents.setPage(page);
      syncOpened();
    },
    focus() {
      const coarse = matchMedia('(pointer: coarse)').matches;
      const target = coarse ? null : shell.panel.querySelector<HTMLElement>('.composer-field, .view-title');
      (target ?? shell.panel).focus();
    },
    dispose() {
      life.abort();
      later?.dispose();
      start?.dispose();
      for (const off of offs) off();
      transcript.dispose();
      composer.dispose();
      announcer.dispose();
      announcer.region.remove();
      layout?.dispose();
      for (const [, view] of [titleView, toolsView, bodyView]) {
        render(html``, view);
        view.remove();
      }
      if (ready) shell.title.removeAttribute('data-panel');
    },
  };
}
