/** A staff member's desk without a screen: the same session, connection, outbox and conversations as the patient's, and the lists of the desk (protocol README §7). */
import type { CareErrorCode } from '../base/care-error.js';
import { refuse } from '../base/refuse.js';
import { type Result, ok } from '../base/result.js';
import { parseAgentSession, parseCannedReplies, parseDeskEventPage, parseSummaryPage } from '../protocol/parse-desk.js';
import type { AgentSession, By, FormAnsweredBody, ParsedEvent, StreamStart, SubmitEvent, Summary } from '../protocol/types.js';
import { createDrafts } from './drafts.js';
import type { DeskClient, DeskClientOptions, DeskFact } from './api.js';
import type { Conversation } from './conversation.js';
import { createLiveClient } from './live-client.js';
import { toMessageEvent } from './outbox.js';
import { relayGrant } from './relay-grant.js';
import { readEvents } from './rest.js';
import type { DeskConversation, DeskSnapshot, Timeline } from './snapshots.js';

const staffOf = (id: string): string => `${id}.staff`;

/** Creates a desk. Making it has no effect; `resume` or `signIn` begins. */
export function createDeskClient(options: DeskClientOptions): DeskClient {
  const { transport, ports } = options;
  const { vault } = ports;
  const summaries = new Map<string, Summary>();
  /** Found by a search, or gone from the lists while on screen. */
  const found = new Map<string, Summary>();
  /** Symptom checks on pages that are not loaded, by conversation; null: looked for, and none found yet. */
  const olderChecks = new Map<string, FormAnsweredBody | null>();
  /** Conversations and staff streams that are followed. */
  const followed = new Map<string, Conversation>();
  let discovered = false;
  let activeId: string | null = null;
  let chosen: 'online' | 'away' | null = null;

  const ready = async (): Promise<Result<void>> => {
    if (discovered) return ok(undefined);
    const answer = await transport.discover(null);
    if (!answer.ok) return answer;
    discovered = true;
    return ok(undefined);
  };

  const live = createLiveClient<AgentSession, DeskSnapshot, DeskFact>({
    ...options, ready,
    initial: {
      phase: 'signed-out', error: null, agent: null, clinicName: null, departments: Object.freeze([]), colleagues: Object.freeze([]), state: 'away', canCobrowse: false,
      canned: Object.freeze([]), waiting: Object.freeze([]), mine: Object.freeze([]), active: null,
    },
    parse: parseAgentSession,
    parsePage: parseDeskEventPage,
    greeting: () => Promise.resolve(ok({})),
    conversations: () => [...followed.values()],
    onWelcome({ desk, streams, caps }) {
      set({ canCobrowse: caps.includes('cobrowse') });
      if (desk) {
        const waitingBefore = new Set(summaries.keys());
        summaries.clear();
        for (const summary of desk.list) summaries.set(summary.id, Object.freeze(summary));
        set({
          phase: 'ready', error: null, agent: Object.freeze(desk.agent), clinicName: desk.clinicName, departments: Object.freeze(desk.departments),
          colleagues: Object.freeze(desk.agents), state: desk.state,
        });
        sortLists();
        for (const summary of desk.list) if (isCalling(summary) && !waitingBefore.has(summary.id)) tell({ type: 'waiting', conversationId: summary.id });
        if (chosen && chosen !== desk.state) void assert(chosen);
      }
      for (const stream of followed.keys()) if (!streams.some((start) => start.stream === stream)) void follow(stream);
      followOwn();
      if (!snapshot.value.canned.length) void loadCanned();
      void outbox.adopt(true);
    },
    onFrame({ t, d }) {
      if (t === 'summary') onSummary(d);
      else if (t === 'colleague') set({ colleagues: Object.freeze(snapshot.value.colleagues.map((one) => (one.id === d.id ? { ...one, state: d.state } : one))) });
    },
    onStopped(code, wipe) {
      void endSession(code, wipe);
    },
    onTab({ t }) {
      if (t !== 'sign-out') return;
      clear();
      session.drop();
      set({ phase: 'signed-out' });
    },
  });
  const { snapshot, session, lead, wire, outbox, drafts, set, tell } = live;
  /** Notes are kept as messages are; other tabs show theirs when the chat is opened there. */
  const noteDrafts = createDrafts(ports, () => {});
  const offHide = ports.page.onHide(noteDrafts.flush);
  const agentId = (): string | null => session.held?.agent.id ?? null;

  function onSummary({ summary, removed }: { readonly summary?: Summary | undefined; readonly removed?: string | undefined }): void {
    let [isNew, isRaised] = [false, false];
    if (summary) {
      const before = summaries.get(summary.id);
      if (before && before.v > summary.v) return;
      summaries.set(summary.id, Object.freeze(summary));
      isNew = isCalling(summary) && !(before && isCalling(before));
      isRaised = !isNew && isCalling(summary) && rankOf(summary) > rankOf(before!);
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
    // Who is told can look the chat up.
    if (isNew || isRaised) tell({ type: 'waiting', conversationId: summary!.id, ...(isRaised && { isRaised: true }) });
  }

  /** Waiting and own, out of the summaries. Closed ones that are on show stay known, and are in neither. */
  function sortLists(): void {
    const all = [...summaries.values()];
    const me = agentId();
    const list = (before: readonly Summary[], next: Summary[]): readonly Summary[] =>
      before.length === next.length && next.every((summary, index) => summary === before[index]) ? before : Object.freeze(next);
    const { value } = snapshot;
    set({
      waiting: list(value.waiting, all.filter(({ status }) => status === 'waiting').sort((a, b) => Number(isCalling(b)) - Number(isCalling(a)) || rankOf(b) - rankOf(a) || (a.waitingSince ?? a.createdAt) - (b.waitingSince ?? b.createdAt))),
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
    const made = live.converse({
      id: stream, createdAt: summary?.createdAt ?? 0, status: summary?.status ?? 'open',
      isMine: (by) => by.role === 'agent' && by.id === agentId(), me, otherSide: 'visitor', isMyMark: (who) => who === agentId(),
      tellsReceipts: () => !stream.endsWith('.staff') && isOwn(stream), onEvent,
    });
    made.snapshot.subscribe(showActive);
    followed.set(stream, made);
    return made;
  };

  /** Reads the newest page and follows from there. */
  async function follow(stream: string): Promise<void> {
    const conversation = followed.get(stream) ?? make(stream);
    if (wire().state !== 'live') return;
    const loaded = conversation.cursor ? ok(undefined) : await conversation.loadTail();
    if (followed.get(stream) !== conversation || live.disposed) return;
    const cursor = conversation.cursor;
    const started = loaded.ok && cursor ? await wire().request({ t: 'sub', d: cursor }) : loaded;
    if (followed.get(stream) !== conversation || live.disposed) return;
    if (started.ok) {
      const start = started.value as Partial<StreamStart> | undefined;
      if (start?.mode !== undefined) conversation.onStart(start as StreamStart);
      conversation.onPending();
    } else if (started.error.retryable) {
      // Read by a request of its own, the page may be missing while the connection lives; what the connection itself lost comes with the next one.
      if (!loaded.ok || started.error.code !== 'network') wire().fail();
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
      if (wire().state === 'live') void wire().request({ t: 'unsub', d: { stream: name } });
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
      void noteDrafts.open(staffOf(id));
    }
    showActive();
  }

  /** Looks for a symptom check on the pages that are not loaded, newest first. Tried again with the next change where it could not be read. */
  async function lookForCheck(id: string, { chunks, hasOlder }: Timeline): Promise<void> {
    const items = chunks.flat();
    if (!hasOlder || olderChecks.has(id) || items.some((item) => item.type === 'form' && isCheck(item.body))) return;
    olderChecks.set(id, null);
    for (let before = items.find(({ seq }) => seq !== null)?.seq; ;) {
      const page = await readEvents(session, parseDeskEventPage, id, before ? { before } : {});
      if (!page.ok) return void olderChecks.delete(id);
      const { events, complete } = page.value;
      const found = [...events].reverse().find((event) => event.kind === 'form.answered' && isCheck(event.d));
      if (found?.kind === 'form.answered') {
        olderChecks.set(id, Object.freeze(found.d));
        return showActive();
      }
      before = events[0]?.seq;
      if (complete || before === undefined) return;
    }
  }

  /** Composes what is on screen; the same parts give the same object. */
  function showActive(): void {
    if (activeId === null) return set({ active: null });
    const conversation = followed.get(activeId);
    if (!conversation) return;
    const before = snapshot.value.active;
    const { value } = conversation.snapshot;
    void lookForCheck(activeId, value.timeline);
    const summary = summaries.get(activeId) ?? found.get(activeId) ?? null;
    const next: DeskConversation = {
      ...value, summary, createdAt: value.createdAt || (summary?.createdAt ?? 0), departmentId: value.departmentId ?? summary?.departmentId ?? null,
      olderCheck: olderChecks.get(activeId) ?? null, notes: followed.get(staffOf(activeId))?.snapshot.value.timeline ?? emptyTimeline, draft: drafts.snapshot.value, noteDraft: noteDrafts.snapshot.value,
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
    const answer = await wire().request({ t: 'availability', d: { state } });
    if (answer.ok) set({ state });
  }

  /** Lets go of everything of this agent's session; what is being written stays on screen until the next sign-in. */
  async function endSession(code: CareErrorCode, wipe: boolean): Promise<void> {
    set({ phase: 'ended', error: code });
    tell({ type: 'error', code });
    await session.forget();
    if (wipe) {
      drafts.unstore();
      noteDrafts.unstore();
      await outbox.clear();
      await vault.wipe();
    }
  }

  /** Empties this page of one agent's work, for the next. */
  const clear = (): void => {
    lead.stop();
    drafts.clear();
    noteDrafts.clear();
    for (const conversation of followed.values()) conversation.dispose();
    followed.clear();
    summaries.clear();
    found.clear();
    olderChecks.clear();
    void outbox.clear();
    activeId = chosen = null;
    set({ waiting: Object.freeze([]), mine: Object.freeze([]), active: null, agent: null, canned: Object.freeze([]), error: null });
  };

  const act = async (id: string, ev: SubmitEvent): Promise<Result<void>> => {
    const done = await outbox.act(id, ev);
    return done.ok ? ok(undefined) : done;
  };

  const write = (text: string, toStream: (id: string) => string, ev: SubmitEvent): Result<string> => {
    if (!text.trim()) return refuse('empty-text');
    if (text.length > snapshot.value.textChars) return refuse('text-too-long');
    if (activeId === null) return refuse('not-ready');
    return ok(outbox.add(toStream(activeId), ev).cmid);
  };

  drafts.snapshot.subscribe(showActive);
  noteDrafts.snapshot.subscribe(showActive);
  const activeConversation = (): Conversation | undefined => (activeId === null ? undefined : followed.get(activeId));

  return {
    snapshot,
    onFact: live.onFact,
    async resume() {
      const tokens = await session.restore();
      if (!tokens || snapshot.value.phase !== 'signed-out') return;
      set({ phase: 'signing-in', agent: Object.freeze(tokens.agent) });
      lead.start();
    },
    async signIn(email, password) {
      const { phase, agent: shown } = snapshot.value;
      set({ phase: 'signing-in', error: null });
      const found = await ready();
      const opened = found.ok ? await session.open('/desk/sessions', { email, password, deviceId: await session.deviceId() }) : found;
      if (!opened.ok) {
        set({ phase: phase === 'ended' ? phase : 'signed-out', error: opened.error.code });
        return opened;
      }
      const { agent } = opened.value;
      const isOther = (await vault.get('agent')) !== agent.id;
      // Somebody else sat here: nothing of theirs is seen by, or goes out under the name of, the next. The same agent goes on where the session ended.
      if (isOther || (shown && shown.id !== agent.id)) clear();
      if (isOther) {
        for (const prefix of ['outbox/', 'draft/']) for (const [key] of await vault.entries(prefix)) await vault.delete(key);
        await vault.set('agent', agent.id);
      }
      set({ agent: Object.freeze(agent) });
      lead.start();
      return ok(undefined);
    },
    async signOut() {
      live.post({ t: 'sign-out' });
      clear();
      set({ phase: 'signed-out' });
      const end = await session.end();
      await vault.wipe();
      await end();
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
      if (activeConversation()?.snapshot.value.status === 'closed') return refuse('closed-conversation');
      const sent = write(text, (id) => id, toMessageEvent(text));
      if (sent.ok) {
        activeConversation()?.setTyping(false);
        drafts.sent(text);
      }
      return sent;
    },
    note(text) {
      const noted = write(text, staffOf, { kind: 'note', text });
      if (noted.ok) noteDrafts.sent(text);
      return noted;
    },
    retry: outbox.retry,
    discard: live.discard,
    setDraft: drafts.set,
    setNoteDraft: noteDrafts.set,
    setTyping: (on) => activeConversation()?.setTyping(on),
    markRead(seq) {
      if (activeId !== null && isOwn(activeId)) activeConversation()?.markRead(seq);
    },
    loadOlder: async () => activeConversation()?.loadOlder(),
    async search(query) {
      const answer = await session.request({ method: 'POST', path: '/desk/conversations/search', body: query });
      const page = answer.ok ? parseSummaryPage(answer.value.body) : answer;
      if (page.ok) for (const summary of page.value.list) found.set(summary.id, Object.freeze(summary));
      showActive();
      return page;
    },
    cobrowse: (ev) => (activeId === null ? Promise.resolve(refuse('not-ready')) : act(activeId, { kind: 'cobrowse', ...ev })),
    relayGrant: (name) => (activeId === null ? Promise.resolve(refuse('not-ready')) : relayGrant(session.request, activeId, name)),
    tryNow: () => wire().tryNow(),
    dispose() {
      offHide();
      noteDrafts.dispose();
      live.dispose();
    },
  };
}

/** Waits for a person: nobody of staff has it, and no bot answers meanwhile. */
const isCalling = ({ status, bot }: Summary): boolean => status === 'waiting' && !bot;

/** How soon it is to be looked at; what nothing was said of is normal. */
const rankOf = ({ priority = 'normal' }: Summary): number => ['low', 'normal', 'high', 'urgent'].indexOf(priority);

const isCheck = (body: FormAnsweredBody): boolean => body.purpose === 'checker';

const emptyTimeline = Object.freeze({ chunks: Object.freeze([]), length: 0, hasOlder: false, loadingOlder: false });
