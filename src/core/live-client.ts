/**
 * What the patient's client and the desk have in common: one session, one connection, one outbox, one draft store, a snapshot and facts, and the way
 * of a frame or a tab's message to the conversation it is about. Which conversations there are is for the client to say.
 */
import type { CareErrorCode } from '../base/care-error.js';
import { merge } from '../base/merge.js';
import { type Result, ok } from '../base/result.js';
import { type ReadonlySnapshot, createSnapshot } from '../base/snapshot.js';
import type { Ports } from '../platform/ports.js';
import type { HelloBody, Limits, ParsedEventPage, ParsedFrame, WelcomeBody } from '../protocol/types.js';
import { protocolVersions } from '../protocol/version.js';
import type { Transport } from '../transports/transport.js';
import { type Connection, createConnection } from './connection.js';
import { type Conversation, type ConversationOptions, createConversation } from './conversation.js';
import { type DraftStore, createDrafts } from './drafts.js';
import { type Outbox, type OutboxItem, createOutbox } from './outbox.js';
import { type Lead, type LoadTabs, createLead } from './lead.js';
import { deviceTimeZone, eventsPath, readEvents } from './rest.js';
import { type Session, type SessionOptions, type SessionTokens, createSession } from './session.js';
import type { ConnectionStatus, MessageItem, NoteItem } from './snapshots.js';
import type { TabMessage } from './tab-messages.js';

/** What every client's snapshot has. */
interface LiveSnapshot {
  readonly connection: ConnectionStatus;
  readonly durable: boolean;
  readonly textChars: number;
}

export interface LiveClientOptions<T extends SessionTokens, S extends LiveSnapshot> extends Pick<SessionOptions<T>, 'parse' | 'opening' | 'ready'> {
  readonly transport: Transport;
  readonly ports: Ports;
  readonly client: { readonly name: string; readonly version: string };
  /** The snapshot to begin with; what is known of connection and vault is put in. */
  readonly initial: Omit<S, keyof LiveSnapshot>;
  parsePage(body: unknown): Result<ParsedEventPage>;
  /** Makes the conversations ready to be resumed; what else to say in the greeting. */
  greeting(): Promise<Result<Partial<HelloBody>>>;
  conversations(): readonly Conversation[];
  onWelcome(welcome: WelcomeBody): void;
  /** A frame that is about no single conversation. */
  onFrame(frame: ParsedFrame): void;
  onStopped(code: CareErrorCode, wipe: boolean): void;
  onTab(message: TabMessage): void;
  onSent?(item: OutboxItem): void;
  /** Loads what tabs need to share one connection; absent: each has its own. */
  readonly loadTabs?: LoadTabs | undefined;
}

export interface LiveClient<T extends SessionTokens, S, F> {
  readonly snapshot: ReadonlySnapshot<S>;
  readonly session: Session<T>;
  /** Wants or does without a connection: this tab's own, or that of the tab it follows. */
  readonly lead: Pick<Lead, 'start' | 'stop'>;
  /** The connection in force, this tab's own or by way of the tab it follows. */
  wire(): Wire;
  readonly outbox: Outbox;
  readonly drafts: DraftStore;
  readonly disposed: boolean;
  /** Changes the snapshot, if anything is different. */
  set(change: Partial<S>): void;
  tell(fact: F): void;
  onFact(listener: (fact: F) => void): () => void;
  post(message: TabMessage): void;
  setLimits(limits: Limits): void;
  /** Makes a conversation on this connection. */
  converse(own: Omit<ConversationOptions, 'ports' | 'wire' | 'outbox' | 'page' | 'typingMinMs'>): Conversation;
  /** Takes something out of the outbox, in all tabs, and gives what was on show of it. */
  discard(key: string): Promise<MessageItem | NoteItem | null>;
  dispose(): void;
}

/** What is asked of a connection, this tab's own or another's. */
export type Wire = Pick<Connection, 'state' | 'send' | 'request' | 'tryNow' | 'fail'>;

const keepaliveBytes = 60 * 1024;

/** Wires the parts. Has no effect but to listen to the page and the other tabs. */
export function createLiveClient<T extends SessionTokens, S extends LiveSnapshot, F>(options: LiveClientOptions<T, S>): LiveClient<T, S, F> {
  const { transport, ports, conversations } = options;
  const { vault, tabs } = ports;
  const facts = new Set<(fact: F) => void>();
  let typingMinMs = 2000;
  let disposed = false;

  const session = createSession({ ...options, ports, transport });
  const post = (message: TabMessage): void => tabs.post(message);
  const drafts = createDrafts(ports, (name) => post({ t: 'draft', name }));
  const find = (stream: string): Conversation | undefined => conversations().find(({ id }) => id === stream);

  /** Gives the open connection a fresh token. */
  const authenticate = async (): Promise<void> => {
    const token = await session.renew();
    if (token.ok && !lead.following) await connection.request({ t: 'auth', d: { token: token.value } });
  };

  const connection = createConnection({
    transport, ports,
    async prepare() {
      const found = await options.ready();
      return found.ok ? session.token() : found;
    },
    async hello() {
      const token = await session.token();
      if (!token.ok) return token;
      const greeting = await options.greeting();
      if (!greeting.ok) return greeting;
      return ok({
        v: [...protocolVersions], caps: ['batch', 'bot.buttons', 'cobrowse'], token: token.value, deviceId: await session.deviceId(), tabId: session.tabId, client: { ...options.client },
        tz: deviceTimeZone(), resume: conversations().flatMap(({ cursor }) => cursor ?? []), ...greeting.value,
      });
    },
    refresh: session.renew,
    onWelcome(welcome) {
      setLimits(welcome.limits);
      for (const start of welcome.streams) find(start.stream)?.onStart(start);
      options.onWelcome(welcome);
      outbox.pump();
      lead.onWelcome(welcome);
    },
    onFrame(frame) {
      onFrame(frame);
      lead.onFrame(frame);
    },
    onDown(code) {
      // Too large for the wire (4413; 1009 where the server's library says it): sent again, it would end the connection again.
      outbox.pause(code === 1009 || code === 4413 ? 'too-large' : undefined);
      for (const conversation of conversations()) conversation.onDown();
    },
    onStopped: options.onStopped,
  });

  function onFrame(frame: ParsedFrame): void {
    switch (frame.t) {
      case 'event':
        return find(frame.d.stream)?.onEvents([frame.d]);
      case 'events':
        return find(frame.d.stream)?.onEvents(frame.d.list);
      case 'reset':
        return find(frame.d.stream)?.onReset(frame.d);
      case 'receipt':
        return find(frame.d.stream)?.onReceipt(frame.d);
      case 'typing':
        return find(frame.d.stream)?.onTyping(frame.d);
      case 'auth.expiring':
        return void authenticate();
      default:
        options.onFrame(frame);
    }
  }

  const wire = (): Wire => lead.following ?? connection;

  const outbox: Outbox = createOutbox({
    ports,
    isLive: () => wire().state === 'live',
    request: (frame) => wire().request(frame),
    probe: () => (lead.following ? lead.following.ask() : connection.probe()),
    renew: authenticate,
    onStored: () => post({ t: 'queued' }),
    onChange: (stream) => find(stream)?.onPending(),
    onAcknowledged: (item, { seq, at }) => find(item.stream)?.onAcknowledged(item, seq, at),
    onSent: options.onSent,
  });

  const snapshot = createSnapshot(Object.freeze({ ...options.initial, connection: connection.status.value, durable: vault.durable, textChars: 8000 }) as unknown as S);
  const set = (change: Partial<S> | Partial<LiveSnapshot>): void => {
    if (!disposed) merge(snapshot, change as Partial<S>);
  };
  const setLimits = (limits: Limits): void => {
    ({ typingMinMs } = limits);
    set({ textChars: limits.textChars });
  };

  const onStatus = (status: ConnectionStatus): void => set({ connection: status });
  const lead: Lead = createLead({
    ports, connection, load: options.loadTabs,
    context: { ports, connection, session, outbox, conversations, parsePage: options.parsePage, post, onFrame, onStatus },
    onRole() {
      onStatus(connection.status.value);
      void outbox.adopt(!lead.following);
    },
  });

  /** The page is being left: the first thing of each stream that is not settled goes with one last request, under its own cmid (Fetch: 64 KiB for all that outlive a page). */
  const flush = (): void => {
    drafts.flush();
    const token = session.held?.accessToken;
    if (!token) return;
    let room = keepaliveBytes;
    for (const { stream, cmid, clientAt, ev } of outbox.heads()) {
      const body = { cmid, clientAt, ev };
      if ((room -= new Blob([JSON.stringify(body)]).size) < 0) break;
      void transport.request({ method: 'POST', path: eventsPath(stream), token, body, keepalive: true });
    }
    post({ t: 'adopt' });
  };

  connection.status.subscribe((status) => lead.following || onStatus(status));
  const offs = [
    ports.page.onHide(flush),
    vault.onDurableChange((durable) => set({ durable })),
    tabs.onMessage((message) => {
      const told = message as TabMessage | null;
      if (told?.t === 'draft') drafts.onRemote(told.name);
      else if (told?.t === 'drop') outbox.drop(told.cmid);
      else if (told?.t === 'queued' || told?.t === 'adopt') void (conversations().length && outbox.adopt(told.t === 'adopt'));
      else if (told) {
        lead.onMessage(told);
        options.onTab(told);
      }
    }),
  ];

  return {
    snapshot, session, lead, wire, outbox, drafts, set, post, setLimits,
    get disposed() {
      return disposed;
    },
    tell(fact) {
      for (const listener of [...facts]) listener(fact);
    },
    onFact(listener) {
      facts.add(listener);
      return () => facts.delete(listener);
    },
    converse: (own) =>
      createConversation({
        ports, wire, outbox, typingMinMs: () => typingMinMs,
        page: (stream, range) => readEvents(session, options.parsePage, stream, range),
        ...own,
      }),
    async discard(key) {
      const item = conversations().flatMap(({ snapshot: { value } }) => value.timeline.chunks.at(-1) ?? []).find((each): each is MessageItem | NoteItem => each.key === key);
      const given = await outbox.discard(key);
      if (!given) return null;
      post({ t: 'drop', cmid: key });
      // A form's title was not typed by anybody.
      return (given.ev.kind !== 'form' && item) || null;
    },
    dispose() {
      disposed = true;
      drafts.dispose();
      offs.forEach((off) => off());
      lead.stop();
      for (const each of [...conversations(), outbox, connection, session]) each.dispose();
      tabs.close();
    },
  };
}
