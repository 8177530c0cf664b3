/**
 * The patient's conversation without a screen: a thin composition of session, connection, outbox, conversation and drafts.
 * It stores nothing and asks for nothing before `load`, `resume` or `start`.
 */
import { uuidv7 } from '../base/ids.js';
import { liveFlagKey } from '../base/live-flag.js';
import { refuse } from '../base/refuse.js';
import { type Result, ok } from '../base/result.js';
import { parseConversation, parseDiscovery, parseEventPage, parseVisitorSession } from '../protocol/parse-rest.js';
import type { Availability, By, Conversation as WireConversation, ParsedEvent, SubmitEvent, VisitorSession } from '../protocol/types.js';
import { protocolVersions } from '../protocol/version.js';
import type { ChatClient, ChatClientOptions, ChatFact, StartRequest } from './api.js';
import type { Conversation } from './conversation.js';
import { createLiveClient } from './live-client.js';
import { deviceTimeZone } from './rest.js';
import type { ChatSnapshot, MessageItem } from './snapshots.js';

/** What is kept of a conversation between pages. */
interface Live {
  readonly id: string;
  readonly createdAt: number;
}

/** A try to open a conversation whose outcome may be unknown. */
interface Opening {
  readonly cmid: string;
  /** What was to be said first; null where several tries said different things. */
  readonly text: string | null;
}

/** A conversation that was opened or found, with what was to be said first and is not known to be in it. */
interface Opened {
  readonly wire: WireConversation;
  readonly isNew: boolean;
  readonly text: string;
  /** The cmid under which the text is, if it is there. */
  readonly cmid: string;
}

const keepaliveBytes = 60 * 1024;

const toMessage = (text: string): SubmitEvent => ({ kind: 'message', parts: [{ kind: 'text', text }] });

/** Creates a client. Making it has no effect. */
export function createChatClient(options: ChatClientOptions): ChatClient {
  const { transport, ports, widgetId } = options;
  const { clock, vault, flags, randomness } = ports;
  const flag = liveFlagKey(widgetId);
  let { locale, pageName } = options;
  let conversation: Conversation | null = null;
  let offConversation = (): void => {};
  let loading: Promise<Result<void>> | null = null;
  let opening: Opening | undefined;

  const ready = (): Promise<Result<void>> => (snapshot.value.phase === 'ready' ? Promise.resolve(ok(undefined)) : discover());

  const live = createLiveClient<VisitorSession, ChatSnapshot, ChatFact>({
    ...options, ready,
    initial: {
      phase: 'cold', error: null, widget: null, availability: null, starting: false, startError: null, conversation: null,
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
      if (wipe) void forget();
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
        case 'adopt':
          if (conversation) void outbox.adopt();
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
  const { snapshot, session, connection, outbox, drafts, set, tell, post } = live;

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
  const take = async ({ id, createdAt }: Live, opened?: Opened): Promise<void> => {
    drop();
    const own = live.converse({
      id, createdAt, status: opened?.wire.state.status ?? 'waiting',
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
    await Promise.all([outbox.adopt(), drafts.open(id)]);
    if (conversation !== own || live.disposed) return;
    // A hello that does not know of this conversation may have been said already.
    connection.stop();
    connection.start();
  };

  const drop = (): void => {
    offConversation();
    conversation?.dispose();
    conversation = null;
    set({ conversation: null, unread: 0 });
  };

  const resume = async (): Promise<void> => {
    if (conversation) return;
    const kept = flags.get(flag) === null ? undefined : ((await vault.get('live')) as Live | undefined);
    if (conversation || live.disposed) return;
    if (kept) return take(kept);
    // Expired, or left by a browser that forgot.
    flags.delete(flag);
    await drafts.open('new');
  };

  const mint = (): string => uuidv7(clock.now(), randomness.bytes(16));

  /**
   * Opens a conversation, or finds the one that is there. Until the outcome is known the cmid stays, so that no retry opens two. Answers and first text may
   * change between tries: where an earlier try went through after all, the server refuses the changed body under that cmid, and another one finds its conversation (S-6.8).
   */
  const open = async ({ departmentId, preChat, consents, firstText }: StartRequest): Promise<Result<Opened>> => {
    const text = firstText?.trim() ? firstText : '';
    opening ??= (await vault.get('start')) as Opening | undefined;
    opening = { cmid: opening?.cmid ?? mint(), text: !opening || opening.text === text ? text : null };
    await vault.set('start', opening);
    let { cmid } = opening;
    const post = (own: string): ReturnType<typeof session.request> =>
      session.request({
        method: 'POST', path: '/conversations',
        body: { cmid: own, locale, departmentId, page: pageName === undefined ? undefined : { name: pageName }, preChat, consents, ...(text && { first: [{ kind: 'text', text }] }) },
      });
    let answer = await post(cmid);
    if (!answer.ok && answer.error.code === 'token-invalid') {
      // An earlier visitor of this browser is gone from the server: begin as a new one.
      await session.forget();
      answer = await post(cmid);
    }
    if (!answer.ok && answer.error.code === 'cmid-reused') {
      const other = mint();
      answer = await post(other);
      if (opening.text === null) cmid = other;
    }
    if (!answer.ok) return answer;
    const wire = parseConversation(answer.value.body);
    return wire.ok ? ok({ wire: wire.value, isNew: answer.value.status === 201, text, cmid }) : wire;
  };

  const start = async (request: StartRequest): Promise<Result<string>> => {
    if (snapshot.value.starting) return refuse('not-ready');
    set({ starting: true, startError: null });
    const opened = await open(request);
    if (live.disposed) return refuse('stopped');
    if (!opened.ok) {
      const { code } = opened.error;
      // The clinic has changed what it asks since this page read it.
      if (code === 'form-version' || code === 'consent-required') await discover();
      set({ starting: false, startError: code });
      tell({ type: 'error', code });
      return opened;
    }
    const { wire: { id, state: { createdAt } }, isNew, text: first, cmid } = opened.value;
    opening = undefined;
    // What was being written and is not the first message goes on being written in the conversation.
    const { text } = drafts.snapshot.value;
    drafts.clear();
    await vault.set('live', { id, createdAt } satisfies Live);
    await Promise.all([vault.delete('start'), vault.delete('draft/new')]);
    // A conversation that was there may lack the first message, or have it under its cmid: then the log will say so before anything is sent.
    if (first && !isNew) outbox.add(id, toMessage(first), cmid);
    await take({ id, createdAt }, opened.value);
    if (text !== (request.firstText ?? '')) drafts.set(text);
    set({ starting: false });
    post({ t: 'live' });
    tell({ type: 'conversation-started', conversationId: id });
    return ok(id);
  };

  /** Lets go of the conversation in this tab. */
  const clearTab = async (): Promise<void> => {
    connection.stop();
    drop();
    drafts.clear();
    opening = undefined;
    set({ startError: null });
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

  /** The page is being left: the first thing that is not settled goes with one last request, under its own cmid. */
  const flush = (): void => {
    drafts.flush();
    const token = session.held?.accessToken;
    if (token === undefined) return;
    let room = keepaliveBytes;
    for (const { stream, cmid, clientAt, ev } of outbox.heads()) {
      const body = { cmid, clientAt, ev };
      room -= new TextEncoder().encode(JSON.stringify(body)).length;
      if (room < 0) break;
      void transport.request({ method: 'POST', path: `/streams/${encodeURIComponent(stream)}/events`, token, body, keepalive: true });
    }
    post({ t: 'adopt' });
  };

  drafts.snapshot.subscribe((draft) => set({ draft }));
  const offHide = ports.page.onHide(flush);

  return {
    snapshot,
    onFact: live.onFact,
    async load() {
      await ready();
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
      const { cmid } = outbox.add(conversation.id, toMessage(text));
      drafts.set('');
      return ok(cmid);
    },
    retry: outbox.retry,
    discard: (key) => live.discard(key) as Promise<MessageItem | null>,
    setDraft: drafts.set,
    holdDraft: drafts.hold,
    setTyping: (on) => conversation?.setTyping(on),
    markRead: (seq) => conversation?.markRead(seq),
    loadOlder: async () => conversation?.loadOlder(),
    async end() {
      if (!conversation) return refuse('not-ready');
      const done = await outbox.act(conversation.id, { kind: 'close' });
      return done.ok ? ok(undefined) : done;
    },
    async reset() {
      const kept = (await vault.get('live')) as Live | undefined;
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
      connection.send({ t: 'page', d: { name } });
    },
    setLocale(next) {
      if (next !== locale) connection.send({ t: 'locale', d: { locale: next } });
      locale = next;
    },
    tryNow: connection.tryNow,
    dispose() {
      offHide();
      offConversation();
      live.dispose();
    },
  };
}
