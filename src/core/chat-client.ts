/**
 * The patient's conversation without a screen: a thin composition of session, connection, outbox, conversation and drafts.
 * It stores nothing and asks for nothing before `load`, `resume` or `start`.
 */
import { CareError, type CareErrorCode } from '../base/care-error.js';
import { uuidv7 } from '../base/ids.js';
import { type Result, err, ok } from '../base/result.js';
import { createSnapshot } from '../base/snapshot.js';
import { parseConversation, parseConversationList, parseDiscovery, parseEventPage, parseVisitorSession } from '../protocol/parse-rest.js';
import type { Availability, By, Conversation as WireConversation, ParsedEvent, ParsedFrame } from '../protocol/types.js';
import { protocolVersions } from '../protocol/version.js';
import type { ChatClient, ChatClientOptions, ChatFact, StartRequest } from './api.js';
import { createConnection } from './connection.js';
import { type Conversation, createConversation } from './conversation.js';
import { createDrafts } from './drafts.js';
import { createOutbox } from './outbox.js';
import { deviceTimeZone, readPage } from './rest.js';
import { createSession } from './session.js';
import type { ChatSnapshot, MessageItem } from './snapshots.js';

/** What is kept of a conversation between pages. */
interface Live {
  readonly id: string;
  readonly createdAt: number;
}

/** What tabs tell each other: ids and names of things, never text. */
type TabMessage =
  | { readonly t: 'live' | 'reset' | 'logout' | 'adopt' }
  | { readonly t: 'draft'; readonly name: string }
  | { readonly t: 'drop'; readonly cmid: string }
  | { readonly t: 'read'; readonly stream: string; readonly seq: number };

const keepaliveBytes = 60 * 1024;

/** Name of the flag that tells the tag whether a conversation is there: "1" live, "0" ended and still on show. */
export const liveFlag = (widgetId: string): string => `care-chat:live:${widgetId}`;

/** Creates a client. Making it has no effect. */
export function createChatClient(options: ChatClientOptions): ChatClient {
  const { transport, ports, widgetId } = options;
  const { clock, vault, flags, tabs, randomness } = ports;
  const flag = liveFlag(widgetId);
  let { locale, pageName } = options;
  const facts = new Set<(fact: ChatFact) => void>();
  let conversation: Conversation | null = null;
  let offConversation = (): void => {};
  let loading: Promise<Result<void>> | null = null;
  let startCmid: string | null = null;
  let typingMinMs = 2000;
  let disposed = false;

  const snapshot = createSnapshot<ChatSnapshot>(Object.freeze({
    phase: 'cold', error: null, widget: null, availability: null, connection: Object.freeze({ state: 'idle', retryAt: null, error: null }), durable: vault.durable,
    starting: false, startError: null, conversation: null, draft: Object.freeze({ text: '', at: 0 }), unread: 0, textChars: 8000,
  }));
  const set = (change: Partial<ChatSnapshot>): void => {
    const now = snapshot.value;
    if (!disposed && (Object.keys(change) as (keyof ChatSnapshot)[]).some((key) => change[key] !== now[key])) snapshot.set(Object.freeze({ ...now, ...change }));
  };
  const tell = (fact: ChatFact): void => {
    for (const listener of [...facts]) listener(fact);
  };
  const post = (message: TabMessage): void => tabs.post(message);

  const session = createSession({
    ports, transport, parse: parseVisitorSession,
    opening: (deviceId) => ({ path: '/sessions', body: { widgetId, deviceId, locale, tz: deviceTimeZone() } }),
  });
  const drafts = createDrafts(ports, (name) => post({ t: 'draft', name }));

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
        return err(new CareError('unsupported-version'));
      }
      typingMinMs = limits.typingMinMs;
      set({ phase: 'ready', widget: Object.freeze(widget), availability: Object.freeze(availability), textChars: limits.textChars });
      return ok(undefined);
    })());

  const connection = createConnection({
    transport, ports,
    async prepare() {
      if (snapshot.value.phase !== 'ready') {
        const found = await discover();
        if (!found.ok) return found;
      }
      const token = await session.token();
      return token.ok ? ok(undefined) : token;
    },
    async hello() {
      const token = await session.token();
      if (!token.ok) return token;
      if (conversation && !conversation.cursor) {
        const loaded = await conversation.loadTail();
        if (!loaded.ok) return loaded;
      }
      return ok({
        v: [...protocolVersions], caps: ['batch'], token: token.value, deviceId: await session.deviceId(), tabId: session.tabId, client: { ...options.client },
        locale, tz: deviceTimeZone(), ...(pageName !== undefined && { page: { name: pageName } }), resume: conversation?.cursor ? [conversation.cursor] : [],
      });
    },
    refresh: () => session.renew(),
    onWelcome(welcome) {
      typingMinMs = welcome.limits.typingMinMs;
      set({ textChars: welcome.limits.textChars });
      if (welcome.availability) onAvailability(welcome.availability);
      const start = welcome.streams.find(({ stream }) => stream === conversation?.id);
      if (start) conversation!.onStart(start);
      outbox.pump();
    },
    onFrame,
    onDown(code) {
      // Too large for the wire (4413): sent again, it would end the connection again.
      outbox.pause(code === 4413 ? 'too-large' : undefined);
      conversation?.onDown();
    },
    onStopped(code, wipe) {
      if (wipe) void forget();
      tell({ type: 'error', code });
    },
  });

  const outbox = createOutbox({
    ports,
    isLive: () => connection.state === 'live',
    request: (frame) => connection.request(frame),
    probe: () => connection.probe(),
    renew: authenticate,
    onChange(stream) {
      if (stream === conversation?.id) conversation.onPending();
    },
    onAcknowledged(item, result) {
      if (item.stream === conversation?.id) conversation.onAcknowledged(item, result.seq, result.at);
    },
    onSent(item) {
      if (item.ev.kind === 'message') tell({ type: 'message-sent', conversationId: item.stream, cmid: item.cmid });
    },
  });

  /** Gives the open connection a fresh token. */
  async function authenticate(): Promise<void> {
    const token = await session.renew();
    if (token.ok) await connection.request({ t: 'auth', d: { token: token.value } });
  }

  function onAvailability(next: Availability): void {
    const now = snapshot.value.availability;
    if (!now || next.v >= now.v) set({ availability: Object.freeze(next) });
  }

  function onFrame(frame: ParsedFrame): void {
    const mine = (stream: string): boolean => stream === conversation?.id;
    switch (frame.t) {
      case 'event':
        if (mine(frame.d.stream)) conversation!.onEvents([frame.d]);
        break;
      case 'events':
        if (mine(frame.d.stream)) conversation!.onEvents(frame.d.list);
        break;
      case 'reset':
        if (mine(frame.d.stream)) conversation!.onReset(frame.d);
        break;
      case 'receipt':
        if (mine(frame.d.stream)) conversation!.onReceipt(frame.d);
        break;
      case 'typing':
        if (mine(frame.d.stream)) conversation!.onTyping(frame.d);
        break;
      case 'presence':
        onAvailability(frame.d);
        break;
      case 'auth.expiring':
        void authenticate();
        break;
      default:
    }
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
  const take = async (live: Live, wire: WireConversation | null): Promise<void> => {
    drop();
    const own = createConversation({
      id: live.id, createdAt: live.createdAt, status: wire?.state.status ?? 'waiting', ports, connection, outbox,
      page: (stream, before, epoch) => readPage(session, parseEventPage, stream, before, epoch),
      isMine: (by) => by.role === 'visitor', me, otherSide: 'agent', isMyMark: (_who, role) => role === 'visitor', tellsReceipts: () => true,
      typingMinMs: () => typingMinMs, onEvent,
      onRead: (seq) => post({ t: 'read', stream: live.id, seq }),
    });
    conversation = own;
    let status = '';
    const show = (): void => {
      const { value } = own.snapshot;
      if (value.status !== status) flags.set(flag, (status = value.status) === 'closed' ? '0' : '1');
      set({ conversation: value, unread: value.unread });
    };
    offConversation = own.snapshot.subscribe(show);
    if (wire) {
      own.begin(wire.epoch);
      own.adopt(wire.state);
    }
    show();
    own.onPending();
    await Promise.all([outbox.adopt(), drafts.open(live.id)]);
    if (conversation !== own || disposed) return;
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
    if (conversation || flags.get(flag) === null) {
      if (!conversation) await drafts.open('new');
      return;
    }
    const live = (await vault.get('live')) as Live | undefined;
    if (conversation || disposed) return;
    if (live) return take(live, null);
    // Expired, or left by a browser that forgot.
    flags.delete(flag);
    await drafts.open('new');
  };

  const open = async (request: StartRequest): Promise<Result<WireConversation>> => {
    if (snapshot.value.phase !== 'ready') {
      const found = await discover();
      if (!found.ok) return found;
    }
    startCmid ??= ((await vault.get('start')) as string | undefined) ?? uuidv7(clock.now(), randomness.bytes(16));
    await vault.set('start', startCmid);
    const body = {
      cmid: startCmid, locale, ...(request.departmentId !== undefined && { departmentId: request.departmentId }), ...(pageName !== undefined && { page: { name: pageName } }),
      ...(request.preChat && { preChat: request.preChat }), ...(request.consents && { consents: request.consents }),
      ...(request.firstText?.trim() && { first: [{ kind: 'text', text: request.firstText }] }),
    };
    const post = (): ReturnType<typeof session.request> => session.request({ method: 'POST', path: '/conversations', body });
    let answer = await post();
    if (!answer.ok && answer.error.code === 'token-invalid') {
      // An earlier visitor of this browser is gone from the server: begin as a new one.
      await session.forget();
      answer = await post();
    }
    if (answer.ok) return parseConversation(answer.value.body);
    if (answer.error.code !== 'cmid-reused') return answer;
    // An earlier try went through and its answer was lost; the answers were changed since. That conversation is there.
    startCmid = null;
    await vault.delete('start');
    const known = await session.request({ method: 'GET', path: '/conversations' });
    const listed = known.ok ? parseConversationList(known.value.body) : known;
    if (!listed.ok) return listed;
    const found = listed.value.list.find(({ state }) => state.status !== 'closed');
    return found ? ok(found) : answer;
  };

  const start = async (request: StartRequest): Promise<Result<string>> => {
    if (snapshot.value.starting) return err(new CareError('not-ready'));
    set({ starting: true, startError: null });
    const opened = await open(request);
    if (disposed) return err(new CareError('stopped'));
    if (!opened.ok) {
      // The clinic has changed what it asks since this page read it.
      if (opened.error.code === 'form-version' || opened.error.code === 'consent-required') await discover();
      set({ starting: false, startError: opened.error.code });
      tell({ type: 'error', code: opened.error.code });
      return opened;
    }
    const { id, state: { createdAt } } = opened.value;
    startCmid = null;
    // What was being written and is not the first message goes on being written in the conversation.
    const { text } = drafts.snapshot.value;
    drafts.clear();
    await vault.set('live', { id, createdAt } satisfies Live);
    await Promise.all([vault.delete('start'), vault.delete('draft/new')]);
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
    startCmid = null;
    set({ startError: null });
    await outbox.clear();
  };

  const leave = async (): Promise<void> => {
    const kept = conversation?.id;
    flags.delete(flag);
    await clearTab();
    await vault.delete('live');
    if (kept) await vault.delete(`draft/${kept}`);
    await drafts.open('new');
  };

  const forget = async (): Promise<void> => {
    flags.delete(flag);
    await clearTab();
    await session.forget();
    await vault.wipe();
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

  const onTab = (message: unknown): void => {
    const told = message as TabMessage | null;
    switch (told?.t) {
      case 'live':
        if (snapshot.value.phase !== 'cold' && !snapshot.value.starting) void resume();
        break;
      case 'reset':
        if (conversation?.snapshot.value.status === 'closed') void clearTab().then(() => drafts.open('new'));
        break;
      case 'logout':
        void clearTab().then(() => session.forget());
        break;
      case 'adopt':
        if (conversation) void outbox.adopt();
        break;
      case 'draft':
        drafts.onRemote(told.name);
        break;
      case 'drop':
        outbox.drop(told.cmid);
        break;
      case 'read':
        if (conversation?.id === told.stream) conversation.onReceipt({ stream: told.stream, who: me().id, role: 'visitor', delivered: told.seq, read: told.seq });
        break;
      default:
    }
  };

  const offs = [
    connection.status.subscribe((status) => set({ connection: status })),
    drafts.snapshot.subscribe((draft) => set({ draft })),
    vault.onDurableChange((durable) => set({ durable })),
    tabs.onMessage(onTab),
    ports.page.onHide(flush),
  ];

  return {
    snapshot,
    onFact(listener) {
      facts.add(listener);
      return () => facts.delete(listener);
    },
    async load() {
      if (snapshot.value.phase !== 'ready') await discover();
    },
    hasLive: () => flags.get(flag) === '1',
    resume,
    start,
    send(text) {
      const refuse = (code: CareErrorCode): Result<string> => err(new CareError(code));
      if (!text.trim()) return refuse('empty-text');
      if (text.length > snapshot.value.textChars) return refuse('text-too-long');
      if (!conversation) return refuse('not-ready');
      if (conversation.snapshot.value.status === 'closed') return refuse('closed-conversation');
      conversation.setTyping(false);
      const { cmid } = outbox.add(conversation.id, { kind: 'message', parts: [{ kind: 'text', text }] });
      drafts.set('');
      return ok(cmid);
    },
    retry: (key) => outbox.retry(key),
    async discard(key) {
      const item = conversation?.snapshot.value.timeline.chunks.at(-1)?.find((each): each is MessageItem => each.type === 'message' && each.key === key);
      const gone = await outbox.discard(key);
      if (gone) post({ t: 'drop', cmid: key });
      return gone ? (item ?? null) : null;
    },
    setDraft: (text) => drafts.set(text),
    holdDraft: (held) => drafts.hold(held),
    setTyping: (on) => conversation?.setTyping(on),
    markRead: (seq) => conversation?.markRead(seq),
    loadOlder: async () => conversation?.loadOlder(),
    async end() {
      if (!conversation) return err(new CareError('not-ready'));
      const done = await outbox.act(conversation.id, { kind: 'close' });
      return done.ok ? ok(undefined) : done;
    },
    async reset() {
      await leave();
      post({ t: 'reset' });
    },
    async logout() {
      const token = session.held?.accessToken;
      if (token !== undefined) void transport.request({ method: 'DELETE', path: '/sessions/current', token, keepalive: true });
      post({ t: 'logout' });
      await forget();
    },
    setPage(name) {
      pageName = name;
      connection.send({ t: 'page', d: { name } });
    },
    setLocale(next) {
      locale = next;
    },
    tryNow: () => connection.tryNow(),
    dispose() {
      disposed = true;
      drafts.dispose();
      offs.forEach((off) => off());
      offConversation();
      conversation?.dispose();
      outbox.dispose();
      connection.dispose();
      session.dispose();
      tabs.close();
    },
  };
}
