/**
 * The patient's conversation without a screen: a thin composition of session, connection, outbox, conversation and drafts. What not every page needs
 * (opening a conversation, sharing a connection among tabs) is loaded when it does; `chat-client.ts` has it all in one.
 * It stores nothing and asks for nothing before `load`, `resume` or `start`.
 */
import { leftFlag } from '../base/left-flag.js';
import { liveFlagKey } from '../base/live-flag.js';
import { refuse } from '../base/refuse.js';
import { type Result, ok } from '../base/result.js';
import { parseDiscovery, parseEventPage, parseVisitorSession } from '../protocol/parse-rest.js';
import type { Availability, By, ParsedEvent, SubmitEvent, VisitorSession } from '../protocol/types.js';
import { protocolVersions } from '../protocol/version.js';
import type { ChatClient, ChatClientOptions, ChatFact, StartRequest } from './api.js';
import type { Conversation } from './conversation.js';
import type { TabsPart } from './lead.js';
import { createLiveClient } from './live-client.js';
import { toMessageEvent } from './outbox.js';
import { deviceTimeZone } from './rest.js';
import type { ChatSnapshot, MessageItem } from './snapshots.js';
import type { KeptConversation, OpenedConversation } from './start-conversation.js';

/** What is not needed at once: opening a conversation, and what tabs need to share one connection. */
export type MoreOfClient = Pick<typeof import('./start-conversation.js'), 'startConversation'> & TabsPart;

export interface LazyChatClientOptions extends ChatClientOptions {
  /** Loads it, with the first conversation that is opened or the first sign of a second tab. */
  loadMore(): Promise<MoreOfClient>;
}

/** Creates a client. Making it has no effect. */
export function createLazyChatClient(options: LazyChatClientOptions): ChatClient {
  const { transport, ports, widgetId } = options;
  const { vault, flags } = ports;
  const flag = liveFlagKey(widgetId);
  let { locale, pageName } = options;
  let conversation: Conversation | null = null;
  let offConversation = (): void => {};
  let loading: Promise<Result<void>> | null = null;

  const ready = (): Promise<Result<void>> => (snapshot.value.phase === 'ready' ? Promise.resolve(ok(undefined)) : discover());

  const live = createLiveClient<VisitorSession, ChatSnapshot, ChatFact>({
    ...options, ready, loadTabs: options.loadMore,
    initial: {
      phase: 'cold', error: null, widget: null, availability: null, starting: null, startError: null, conversation: null,
      draft: Object.freeze({ text: '', at: 0 }), unread: 0,
    },
    parse: parseVisitorSession,
    opening: (deviceId) => ({ path: '/sessions', body: { widgetId, deviceId, locale, tz: deviceTimeZone() } }),
    parsePage: parseEventPage,
    async greeting() {
      if (conversation && !conversation.cursor) {
        const loaded = await conversation.loadTail();
        if (!loaded.ok) return loaded;
      }
      return ok({ locale, ...(pageName !== undefined && { page: { name: pageName } }) });
    },
    conversations: () => (conversation ? [conversation] : []),
    onWelcome({ availability }) {
      if (availability) onAvailability(availability);
    },
    onFrame(frame) {
      if (frame.t === 'presence') onAvailability(frame.d);
    },
    onStopped(code, wipe) {
      if (wipe) {
        // Those that follow this tab hear it from nobody else.
        post({ t: 'logout' });
        void forget();
      }
      tell({ type: 'error', code });
    },
    onTab(told) {
      switch (told.t) {
        case 'live':
          if (snapshot.value.phase !== 'cold' && !snapshot.value.starting) void resume();
          break;
        case 'reset':
        case 'logout':
          if (told.t === 'reset' && conversation?.snapshot.value.status !== 'closed') break;
          void clearTab();
          session.drop();
          break;
        case 'read':
          if (conversation?.id === told.stream) conversation.onReceipt({ stream: told.stream, who: me().id, role: 'visitor', delivered: told.seq, read: told.seq });
          break;
        default:
      }
    },
    onSent({ ev, stream, cmid }) {
      if (ev.kind === 'message') tell({ type: 'message-sent', conversationId: stream, cmid });
    },
  });
  const { snapshot, session, lead, wire, outbox, drafts, set, tell, post } = live;

  const discover = (): Promise<Result<void>> =>
    (loading ??= (async () => {
      set({ phase: 'loading', error: null });
      const answer = await transport.discover(widgetId);
      const found = answer.ok ? parseDiscovery(answer.value) : answer;
      loading = null;
      if (!found.ok) {
        set({ phase: 'failed', error: found.error.code });
        return found;
      }
      const { widget, availability, limits, versions } = found.value;
      if (!protocolVersions.some((version) => versions.includes(version))) {
        set({ phase: 'failed', error: 'unsupported-version' });
        return refuse('unsupported-version');
      }
      live.setLimits(limits);
      set({ phase: 'ready', widget: Object.freeze(widget), availability: Object.freeze(availability) });
      return ok(undefined);
    })());

  function onAvailability(next: Availability): void {
    const now = snapshot.value.availability;
    if (!now || next.v >= now.v) set({ availability: Object.freeze(next) });
  }

  const me = (): By => ({ id: session.held?.visitorId ?? 'me', role: 'visitor' });

  const onEvent = (event: ParsedEvent): void => {
    const conversationId = event.stream;
    if (event.kind === 'status' && event.d.status === 'closed') {
      tell({ type: 'conversation-ended', conversationId, by: event.d.reason ?? event.by.role });
    } else if (event.kind === 'message' && event.by.role !== 'visitor' && !('tombstone' in event.d)) {
      tell({ type: 'message-received', conversationId, eventId: event.id, role: event.by.role });
    }
  };

  /** Shows this conversation and keeps it live. */
  const take = async ({ id, createdAt }: KeptConversation, opened?: OpenedConversation): Promise<void> => {
    drop();
    const own = live.converse({
      id, createdAt, status: opened?.wire.state.status ?? 'open', // Nobody is told to wait before the server has said so.
      isMine: (by) => by.role === 'visitor', me, otherSide: 'agent', isMyMark: (_who, role) => role === 'visitor', tellsReceipts: () => true, onEvent,
      onRead: (seq) => post({ t: 'read', stream: id, seq }),
    });
    conversation = own;
    let status = '';
    const show = (): void => {
      const { value } = own.snapshot;
      if (value.status !== status) {
        const closed = (status = value.status) === 'closed';
        flags.set(flag, closed ? '0' : '1');
        if (closed) {
          outbox.unstore(id);
          drafts.unstore();
        }
      }
      set({ conversation: value, unread: value.unread });
    };
    offConversation = own.snapshot.subscribe(show);
    if (opened) {
      // Of one that was there before, the newest page is read first.
      if (opened.isNew) own.begin(opened.wire.epoch);
      own.adopt(opened.wire.state);
    }
    show();
    own.onPending();
    await Promise.all([outbox.adopt(true), drafts.open(id)]);
    if (conversation !== own || live.disposed) return;
    // A hello that does not know of this conversation may have been said already.
    lead.start();
  };

  const drop = (): void => {
    offConversation();
    conversation?.dispose();
    conversation = null;
    set({ conversation: null, unread: 0 });
  };

  const resume = async (): Promise<void> => {
    if (conversation) return;
    // Whoever sends the first message may leave in the next moment.
    drafts.flush();
    const kept = flags.get(flag) === null && flags.keeps() ? undefined : ((await vault.get('live')) as KeptConversation | undefined);
    if (conversation || live.disposed) return;
    if (kept) return take(kept);
    // Expired, or left by a browser that forgot; a store that does not answer may still have it.
    if (vault.durable && flags.get(flag) !== leftFlag) flags.delete(flag);
    await drafts.open('new');
  };

  const start = async (request: StartRequest): Promise<Result<string>> => {
    const { starting } = snapshot.value;
    set({ starting: [...(starting ?? []), request.firstText ?? ''], startError: null });
    // It goes out with the one that is under way.
    if (starting) return refuse('not-ready');
    const started = await options.loadMore().then(
      ({ startConversation }) => startConversation({ live, ports, flag, discover, take, about: () => ({ locale, pageName }) }, request),
      () => refuse('chunk-failed', { retryable: true }),
    );
    // Logged out meanwhile.
    if (!snapshot.value.starting) return refuse('stopped');
    const code = started.ok ? null : started.error.code;
    set({ starting: null, startError: code });
    if (code) tell({ type: 'error', code });
    return started;
  };

  /** Lets go of the conversation in this tab. */
  const clearTab = async (): Promise<void> => {
    lead.stop();
    drop();
    drafts.clear();
    set({ starting: null, startError: null });
    await outbox.clear();
  };

  /** Forgets everything of this browser, at once; what comes back ends the session on the server. */
  const forget = async (): Promise<() => Promise<void>> => {
    flags.delete(flag);
    const cleared = clearTab();
    const end = await session.end();
    await cleared;
    await vault.wipe();
    return end;
  };

  const act = async (ev: SubmitEvent): Promise<Result<void>> => {
    const done = conversation ? await outbox.act(conversation.id, ev) : refuse('not-ready');
    return done.ok ? ok(undefined) : done;
  };

  drafts.snapshot.subscribe((draft) => set({ draft }));
  const offDurable = vault.onDurableChange((durable) => void (durable && flags.get(flag) && snapshot.value.phase !== 'cold' && resume()));

  return {
    snapshot,
    onFact: live.onFact,
    async load(anew) {
      await (anew ? discover() : ready());
    },
    hasLive: () => flags.get(flag) === '1',
    resume,
    start,
    send(text) {
      if (!text.trim()) return refuse('empty-text');
      if (text.length > snapshot.value.textChars) return refuse('text-too-long');
      if (!conversation) return refuse('not-ready');
      if (conversation.snapshot.value.status === 'closed') return refuse('closed-conversation');
      conversation.setTyping(false);
      const { cmid } = outbox.add(conversation.id, toMessageEvent(text));
      drafts.sent(text);
      return ok(cmid);
    },
    submitForm: (form) => (conversation ? ok(outbox.add(conversation.id, { kind: 'form', form }).cmid) : refuse('not-ready')),
    retry: outbox.retry,
    discard: (key) => live.discard(key) as Promise<MessageItem | null>,
    setDraft: drafts.set,
    setTyping: (on) => conversation?.setTyping(on),
    markRead: (seq) => conversation?.markRead(seq),
    loadOlder: async () => conversation?.loadOlder(),
    act,
    request: session.request,
    end: () => act({ kind: 'close' }),
    async reset() {
      const kept = (await vault.get('live')) as KeptConversation | undefined;
      if (kept && conversation && kept.id !== conversation.id) {
        // Another tab has gone on with a new one, unheard by this page.
        await clearTab();
        return resume();
      }
      post({ t: 'reset' });
      void (await forget())();
    },
    async logout() {
      post({ t: 'logout' });
      await (await forget())();
    },
    setPage(name) {
      pageName = name;
      wire().send({ t: 'page', d: { name } });
    },
    setLocale(next) {
      if (next !== locale) wire().send({ t: 'locale', d: { locale: next } });
      locale = next;
    },
    tryNow: () => wire().tryNow(),
    dispose() {
      offDurable();
      offConversation();
      live.dispose();
    },
  };
}
