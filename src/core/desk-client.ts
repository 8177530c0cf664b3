/** A staff member's desk without a screen: the same session, connection, outbox and conversations as the patient's, and the lists of the desk (protocol README §7). */
import { CareError, type CareErrorCode } from '../base/care-error.js';
import { type Result, err, ok } from '../base/result.js';
import { createSnapshot } from '../base/snapshot.js';
import { parseAgentSession, parseCannedReplies, parseDeskEventPage, parseSummaryPage } from '../protocol/parse-desk.js';
import type { By, ParsedEvent, ParsedFrame, StreamStart, SubmitEvent, Summary } from '../protocol/types.js';
import { protocolVersions } from '../protocol/version.js';
import type { DeskClient, DeskClientOptions, DeskFact } from './api.js';
import { createConnection } from './connection.js';
import { type Conversation, createConversation } from './conversation.js';
import { createDrafts } from './drafts.js';
import { createOutbox } from './outbox.js';
import { deviceTimeZone, readPage } from './rest.js';
import { createSession } from './session.js';
import type { DeskConversation, DeskSnapshot, MessageItem } from './snapshots.js';

const staffOf = (id: string): string => `${id}.staff`;

/** Creates a desk. Making it has no effect; `resume` or `signIn` begins. */
export function createDeskClient(options: DeskClientOptions): DeskClient {
  const { transport, ports } = options;
  const { vault, tabs } = ports;
  const facts = new Set<(fact: DeskFact) => void>();
  const summaries = new Map<string, Summary>();
  /** Found by a search, or gone from the lists while on screen. */
  const found = new Map<string, Summary>();
  /** Conversations and staff streams that are followed. */
  const followed = new Map<string, Conversation>();
  let discovered = false;
  let activeId: string | null = null;
  let chosen: 'online' | 'away' | null = null;
  let typingMinMs = 2000;
  let textChars = 8000;
  let disposed = false;

  const snapshot = createSnapshot<DeskSnapshot>(Object.freeze({
    phase: 'signed-out', error: null, connection: Object.freeze({ state: 'idle', retryAt: null, error: null }), durable: vault.durable, agent: null, clinicName: null,
    departments: Object.freeze([]), colleagues: Object.freeze([]), state: 'away', canned: Object.freeze([]), waiting: Object.freeze([]), mine: Object.freeze([]), active: null,
  }));
  const set = (change: Partial<DeskSnapshot>): void => {
    const now = snapshot.value;
    if (!disposed && (Object.keys(change) as (keyof DeskSnapshot)[]).some((key) => change[key] !== now[key])) snapshot.set(Object.freeze({ ...now, ...change }));
  };
  const tell = (fact: DeskFact): void => {
    for (const listener of [...facts]) listener(fact);
  };

  const session = createSession({ ports, transport, parse: parseAgentSession });
  const drafts = createDrafts(ports, (name) => tabs.post({ t: 'draft', name }));
  const agentId = (): string | null => session.held?.agent.id ?? null;

  const discover = async (): Promise<Result<void>> => {
    if (discovered) return ok(undefined);
    const answer = await transport.discover(null);
    if (!answer.ok) return answer;
    discovered = true;
    return ok(undefined);
  };

  const connection = createConnection({
    transport, ports,
    async prepare() {
      const found = await discover();
      if (!found.ok) return found;
      const token = await session.token();
      return token.ok ? ok(undefined) : token;
    },
    async hello() {
      const token = await session.token();
      if (!token.ok) return token;
      return ok({
        v: [...protocolVersions], caps: ['batch'], token: token.value, deviceId: await session.deviceId(), tabId: session.tabId, client: { ...options.client },
        tz: deviceTimeZone(), resume: [...followed.values()].flatMap(({ cursor }) => cursor ?? []),
      });
    },
    refresh: () => session.renew(),
    onWelcome({ limits, desk, streams }) {
      ({ typingMinMs, textChars } = limits);
      if (desk) {
        const waitingBefore = new Set(summaries.keys());
        summaries.clear();
        for (const summary of desk.list) summaries.set(summary.id, Object.freeze(summary));
        set({
          phase: 'ready', error: null, agent: Object.freeze(desk.agent), clinicName: desk.clinicName, departments: Object.freeze(desk.departments),
          colleagues: Object.freeze(desk.agents), state: desk.state,
        });
        sortLists();
        for (const { id, status } of desk.list) if (status === 'waiting' && !waitingBefore.has(id)) tell({ type: 'waiting', conversationId: id });
        if (chosen && chosen !== desk.state) void assert(chosen);
      }
      const started = new Map(streams.map((start) => [start.stream, start]));
      for (const [stream, conversation] of followed) {
        const start = started.get(stream);
        if (start) conversation.onStart(start);
        else void follow(stream);
      }
      followOwn();
      if (!snapshot.value.canned.length) void loadCanned();
      void outbox.adopt().then(() => outbox.pump());
      outbox.pump();
    },
    onFrame,
    onDown(code) {
      outbox.pause(code === 4413 ? 'too-large' : undefined);
      for (const conversation of followed.values()) conversation.onDown();
    },
    onStopped(code, wipe) {
      void endSession(code, wipe);
    },
  });

  const outbox = createOutbox({
    ports,
    isLive: () => connection.state === 'live',
    request: (frame) => connection.request(frame),
    probe: () => connection.probe(),
    renew: authenticate,
    onChange: (stream) => followed.get(stream)?.onPending(),
    onAcknowledged: (item, result) => followed.get(item.stream)?.onAcknowledged(item, result.seq, result.at),
  });

  async function authenticate(): Promise<void> {
    const token = await session.renew();
    if (token.ok) await connection.request({ t: 'auth', d: { token: token.value } });
  }

  function onFrame(frame: ParsedFrame): void {
    switch (frame.t) {
      case 'event':
        followed.get(frame.d.stream)?.onEvents([frame.d]);
        break;
      case 'events':
        followed.get(frame.d.stream)?.onEvents(frame.d.list);
        break;
      case 'reset':
        followed.get(frame.d.stream)?.onReset(frame.d);
        break;
      case 'receipt':
        followed.get(frame.d.stream)?.onReceipt(frame.d);
        break;
      case 'typing':
        followed.get(frame.d.stream)?.onTyping(frame.d);
        break;
      case 'summary':
        onSummary(frame.d);
        break;
      case 'colleague':
        set({ colleagues: Object.freeze(snapshot.value.colleagues.map((one) => (one.id === frame.d.id ? { ...one, state: frame.d.state } : one))) });
        break;
      case 'auth.expiring':
        void authenticate();
        break;
      default:
    }
  }

  function onSummary({ summary, removed }: { readonly summary?: Summary | undefined; readonly removed?: string | undefined }): void {
    if (summary) {
      const before = summaries.get(summary.id);
      if (before && before.v > summary.v) return;
      summaries.set(summary.id, Object.freeze(summary));
      if (summary.status === 'waiting' && before?.status !== 'waiting') tell({ type: 'waiting', conversationId: summary.id });
    }
    if (removed !== undefined) {
      const last = summaries.get(removed);
      if (last) found.set(removed, last);
      summaries.delete(removed);
    }
    sortLists();
    for (const stream of [...followed.keys()]) {
      const id = stream.replace(/\.staff$/, '');
      if (id !== activeId && !snapshot.value.mine.some((own) => own.id === id)) release(id);
    }
    followOwn();
  }

  /** Waiting and own, out of the summaries. Closed ones that are on show stay known, and are in neither. */
  function sortLists(): void {
    const all = [...summaries.values()];
    const me = agentId();
    const list = (before: readonly Summary[], next: Summary[]): readonly Summary[] =>
      before.length === next.length && next.every((summary, index) => summary === before[index]) ? before : Object.freeze(next);
    const { value } = snapshot;
    set({
      waiting: list(value.waiting, all.filter(({ status }) => status === 'waiting').sort((a, b) => (a.waitingSince ?? a.createdAt) - (b.waitingSince ?? b.createdAt))),
      mine: list(value.mine, all.filter(({ status, agent }) => status === 'open' && agent?.id === me).sort((a, b) => b.lastAt - a.lastAt)),
    });
    showActive();
  }

  const isOwn = (id: string): boolean => followed.get(id)?.snapshot.value.agent?.id === agentId() || summaries.get(id)?.agent?.id === agentId();

  /** Own open conversations are followed, so that what arrives counts as delivered and opening one is instant. */
  function followOwn(): void {
    for (const { id } of snapshot.value.mine) if (!followed.has(id)) void follow(id);
  }

  const me = (): By => ({ id: agentId() ?? 'me', role: 'agent', ...(session.held && { name: session.held.agent.name, title: session.held.agent.title }) });

  const onEvent = (event: ParsedEvent): void => {
    if (event.kind === 'message' && event.by.role === 'visitor' && !('tombstone' in event.d)) {
      tell({ type: 'message-received', conversationId: event.stream, eventId: event.id });
    }
  };

  const make = (stream: string): Conversation => {
    const summary = summaries.get(stream) ?? found.get(stream);
    const made = createConversation({
      id: stream, createdAt: summary?.createdAt ?? 0, status: summary?.status ?? 'open', ports, connection, outbox,
      page: (name, before, epoch) => readPage(session, parseDeskEventPage, name, before, epoch),
      isMine: (by) => by.role === 'agent' && by.id === agentId(), me, otherSide: 'visitor', isMyMark: (who) => who === agentId(),
      tellsReceipts: () => !stream.endsWith('.staff') && isOwn(stream), typingMinMs: () => typingMinMs, onEvent,
    });
    made.snapshot.subscribe(showActive);
    followed.set(stream, made);
    return made;
  };

  /** Reads the newest page and follows from there. */
  async function follow(stream: string): Promise<void> {
    const conversation = followed.get(stream) ?? make(stream);
    if (connection.state !== 'live') return;
    const loaded = conversation.cursor ? ok(undefined) : await conversation.loadTail();
    if (followed.get(stream) !== conversation || disposed) return;
    const cursor = conversation.cursor;
    const started = loaded.ok && cursor ? await connection.request({ t: 'sub', d: cursor }) : loaded;
    if (followed.get(stream) !== conversation || disposed) return;
    if (started.ok) {
      const start = started.value as Partial<StreamStart> | undefined;
      if (start?.mode !== undefined) conversation.onStart(start as StreamStart);
      conversation.onPending();
    } else if (started.error.retryable) {
      if (started.error.code !== 'network') connection.fail();
    } else {
      release(stream);
      tell({ type: 'error', code: started.error.code });
      if (stream === activeId) open(null);
    }
  }

  function release(stream: string): void {
    for (const name of [stream, staffOf(stream)]) {
      // A staff stream has none of its own.
      if (!followed.has(name)) continue;
      followed.get(name)!.dispose();
      followed.delete(name);
      if (connection.state === 'live') void connection.request({ t: 'unsub', d: { stream: name } });
    }
  }

  function open(id: string | null): void {
    if (id === activeId) return;
    const before = activeId;
    activeId = id;
    if (before !== null) release(snapshot.value.mine.some((own) => own.id === before) ? staffOf(before) : before);
    if (id !== null) {
      for (const stream of [id, staffOf(id)]) if (!followed.has(stream)) void follow(stream);
      void drafts.open(id);
    }
    showActive();
  }

  /** Composes what is on screen; the same parts give the same object. */
  function showActive(): void {
    if (activeId === null) return set({ active: null });
    const conversation = followed.get(activeId);
    if (!conversation) return;
    const before = snapshot.value.active;
    const next: DeskConversation = {
      ...conversation.snapshot.value, summary: summaries.get(activeId) ?? found.get(activeId) ?? null,
      notes: followed.get(staffOf(activeId))?.snapshot.value.timeline ?? emptyTimeline, draft: drafts.snapshot.value,
    };
    if (before && (Object.keys(next) as (keyof DeskConversation)[]).every((key) => next[key] === before[key])) return;
    set({ active: Object.freeze(next) });
  }

  async function loadCanned(): Promise<void> {
    const answer = await session.request({ method: 'GET', path: '/desk/canned' });
    const canned = answer.ok ? parseCannedReplies(answer.value.body) : answer;
    if (canned.ok) set({ canned: Object.freeze(canned.value.list) });
  }

  async function assert(state: 'online' | 'away'): Promise<void> {
    const answer = await connection.request({ t: 'availability', d: { state } });
    if (answer.ok) set({ state });
  }

  /** Lets go of everything of this agent's session; what is being written stays on screen until the next sign-in. */
  async function endSession(code: CareErrorCode, wipe: boolean): Promise<void> {
    set({ phase: 'ended', error: code });
    tell({ type: 'error', code });
    await session.forget();
    if (wipe) {
      await outbox.clear();
      await vault.wipe();
    }
  }

  const clear = (): void => {
    connection.stop();
    for (const conversation of followed.values()) conversation.dispose();
    followed.clear();
    summaries.clear();
    found.clear();
    void outbox.clear();
    activeId = chosen = null;
    set({ waiting: Object.freeze([]), mine: Object.freeze([]), active: null, agent: null, canned: Object.freeze([]), error: null });
  };

  const act = async (id: string, ev: SubmitEvent): Promise<Result<void>> => {
    const done = await outbox.act(id, ev);
    return done.ok ? ok(undefined) : done;
  };

  const write = (text: string, toStream: (id: string) => string, ev: SubmitEvent): Result<string> => {
    if (!text.trim()) return err(new CareError('empty-text'));
    if (text.length > textChars) return err(new CareError('text-too-long'));
    if (activeId === null) return err(new CareError('not-ready'));
    return ok(outbox.add(toStream(activeId), ev).cmid);
  };

  const onTab = (message: unknown): void => {
    const told = message as { readonly t?: unknown; readonly name?: unknown } | null;
    if (told?.t === 'draft' && typeof told.name === 'string') drafts.onRemote(told.name);
    else if (told?.t === 'sign-out') {
      clear();
      void session.forget();
      set({ phase: 'signed-out' });
    }
  };

  const offs = [
    connection.status.subscribe((status) => set({ connection: status })),
    drafts.snapshot.subscribe(showActive),
    vault.onDurableChange((durable) => set({ durable })),
    tabs.onMessage(onTab),
    ports.page.onHide(() => drafts.flush()),
  ];
  const activeConversation = (): Conversation | undefined => (activeId === null ? undefined : followed.get(activeId));

  return {
    snapshot,
    onFact(listener) {
      facts.add(listener);
      return () => facts.delete(listener);
    },
    async resume() {
      const tokens = await session.restore();
      if (!tokens || snapshot.value.phase !== 'signed-out') return;
      set({ phase: 'signing-in', agent: Object.freeze(tokens.agent) });
      connection.start();
    },
    async signIn(email, password) {
      const draft = drafts.snapshot.value;
      const kept = activeId;
      const { phase } = snapshot.value;
      set({ phase: 'signing-in', error: null });
      const ready = await discover();
      const opened = ready.ok ? await session.open('/desk/sessions', { email, password, deviceId: await session.deviceId() }) : ready;
      if (!opened.ok) {
        set({ phase: phase === 'ended' ? phase : 'signed-out', error: opened.error.code });
        return opened;
      }
      const { agent } = opened.value;
      const before = await vault.get('agent');
      if (before !== agent.id) {
        // Somebody else sat here: nothing of theirs goes out under another name.
        clear();
        for (const prefix of ['outbox/', 'draft/']) for (const [key] of await vault.entries(prefix)) await vault.delete(key);
        await vault.set('agent', agent.id);
      } else if (kept !== null && draft.text) await drafts.open(kept);
      set({ agent: Object.freeze(agent) });
      connection.start();
      return ok(undefined);
    },
    async signOut() {
      const token = session.held?.accessToken;
      if (token !== undefined) void transport.request({ method: 'DELETE', path: '/sessions/current', token, keepalive: true });
      tabs.post({ t: 'sign-out' });
      clear();
      drafts.clear();
      set({ phase: 'signed-out' });
      await session.forget();
      await vault.wipe();
    },
    setState(state) {
      chosen = state;
      void assert(state);
    },
    open,
    async accept(id) {
      const done = await act(id, { kind: 'accept' });
      if (done.ok) open(id);
      return done;
    },
    assign: (id, agent) => act(id, { kind: 'assign', ...(agent !== null && { agentId: agent }) }),
    close: (id) => act(id, { kind: 'close' }),
    reopen: (id) => act(id, { kind: 'reopen' }),
    send(text) {
      if (activeConversation()?.snapshot.value.status === 'closed') return err(new CareError('closed-conversation'));
      const sent = write(text, (id) => id, { kind: 'message', parts: [{ kind: 'text', text }] });
      if (sent.ok) {
        activeConversation()?.setTyping(false);
        drafts.set('');
      }
      return sent;
    },
    note: (text) => write(text, staffOf, { kind: 'note', text }),
    retry: (key) => outbox.retry(key),
    async discard(key) {
      const item = activeConversation()?.snapshot.value.timeline.chunks.at(-1)?.find((each): each is MessageItem => each.type === 'message' && each.key === key);
      return (await outbox.discard(key)) ? (item ?? null) : null;
    },
    setDraft: (text) => drafts.set(text),
    holdDraft: (held) => drafts.hold(held),
    setTyping: (on) => activeConversation()?.setTyping(on),
    markRead(seq) {
      if (activeId !== null && isOwn(activeId)) activeConversation()?.markRead(seq);
    },
    loadOlder: async () => activeConversation()?.loadOlder(),
    async search(query) {
      const answer = await session.request({ method: 'POST', path: '/desk/conversations/search', body: query });
      const page = answer.ok ? parseSummaryPage(answer.value.body) : answer;
      if (page.ok) for (const summary of page.value.list) found.set(summary.id, Object.freeze(summary));
      return page;
    },
    tryNow: () => connection.tryNow(),
    dispose() {
      disposed = true;
      drafts.dispose();
      offs.forEach((off) => off());
      for (const conversation of followed.values()) conversation.dispose();
      outbox.dispose();
      connection.dispose();
      session.dispose();
      tabs.close();
    },
  };
}

const emptyTimeline = Object.freeze({ chunks: Object.freeze([]), length: 0, hasOlder: false, loadingOlder: false });
