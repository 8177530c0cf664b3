/** A `ChatSession` over a client that does nothing by itself: the test sets snapshots and reads the intents. */
import { CareError, type CareErrorCode } from '../../../src/base/care-error.js';
import { refuse } from '../../../src/base/refuse.js';
import { err, ok, type Result } from '../../../src/base/result.js';
import { createSnapshot, type Snapshot } from '../../../src/base/snapshot.js';
import type { ChatClient, ChatFact } from '../../../src/core/api.js';
import type { ChatSnapshot, ConversationSnapshot, MessageItem, TimelineItem } from '../../../src/core/snapshots.js';
import type { ChatSession, Wanted } from '../../../src/element/chat-core.js';
import type { RestAnswer, RestRequest } from '../../../src/transports/transport.js';
import type { Widget } from '../../../src/protocol/types.js';
import { createFakeClock, type FakeClock } from '../shared/fake-clock.js';
import { createFakeBrowser, createMemoryPorts } from '../shared/memory-ports.js';

export const stubAt = Date.UTC(2026, 2, 2, 15, 0);

export const nurseBy = { id: 'a_nadia', role: 'agent', name: 'Nadia Okafor', title: 'Nurse' } as const;
export const visitorBy = { id: 'v_1', role: 'visitor' } as const;

export const stubWidget: Widget = {
  id: 'main', clinicName: 'Rosewater Clinic', country: 'US', timeZone: 'America/New_York', emergency: [{ kind: 'emergency', number: '911' }],
  privacyUrl: 'https://clinic.example/privacy', languages: ['en', 'es', 'ar'], consents: [], departments: [],
};

export const message = (seq: number, text: string, change: Partial<MessageItem> = {}): MessageItem => ({
  type: 'message', key: `e${seq}`, seq, at: stubAt + seq * 60_000, by: nurseBy, mine: false, text, tombstone: false, state: null, error: null, ...change,
});

export const ownMessage = (seq: number | null, text: string, change: Partial<MessageItem> = {}): MessageItem =>
  message(seq ?? 99, text, { key: `own-${text}`, seq, by: visitorBy, mine: true, state: 'sent', ...change });

export const stubConversation = (items: readonly TimelineItem[], change: Partial<ConversationSnapshot> = {}): ConversationSnapshot => ({
  id: 'c_1', status: 'open', agent: nurseBy, departmentId: null, bot: false, cobrowse: null, createdAt: stubAt, typing: [], readSeq: 0, unread: 0,
  timeline: { chunks: items.length > 0 ? [items] : [], length: items.length, hasOlder: false, loadingOlder: false }, ...change,
});

export const readySnapshot = (change: Partial<ChatSnapshot> = {}): ChatSnapshot => ({
  phase: 'ready', error: null, widget: stubWidget, availability: { v: 1, state: 'online', departments: [], agents: [nurseBy] },
  connection: { state: 'online', retryAt: null, error: null }, durable: true, starting: null, startError: null, conversation: null,
  draft: { text: '', at: 0 }, unread: 0, textChars: 200, ...change,
});

export interface StubChatSession extends ChatSession {
  readonly state: Snapshot<ChatSnapshot>;
  /** What the server answers to a request for a path; `network` where there is nothing. */
  readonly answers: Map<string, unknown>;
  readonly intents: (readonly [name: string, ...args: unknown[]])[];
  readonly clock: FakeClock;
  /** Answers what is asked by REST; absent: no network. */
  rest: ((request: RestRequest) => Promise<Result<RestAnswer>>) | null;
  /** What `send` will answer. */
  sendFails: CareError | null;
  /** What `act` will answer. */
  actFails: CareError | null;
  /** The next `start` is refused, and the client has read again what the clinic asks by then. */
  startRefused: { readonly code: CareErrorCode; readonly widget: Widget } | null;
  /** The conversation that the next `start` opens. */
  opens: ConversationSnapshot | null;
  /** Listeners of snapshot and facts. */
  readonly listeners: number;
  tell(fact: ChatFact): void;
}

/** Creates the session with a first snapshot; in the same browser as another, where one is given. */
export function createStubChatSession(first: ChatSnapshot, browser?: Pick<StubChatSession, 'clock' | 'ports'>): StubChatSession {
  const clock = browser?.clock ?? createFakeClock(stubAt);
  const ports = browser?.ports ?? createMemoryPorts(createFakeBrowser(clock));
  const inner = createSnapshot(first);
  const facts = new Set<(fact: ChatFact) => void>();
  const intents: (readonly [string, ...unknown[]])[] = [];
  const wanted = createSnapshot<Wanted | null>(null);
  let subscribers = 0;
  const answers = new Map<string, unknown>();
  const request: ChatSession['transport']['request'] = async ({ method, path }) => {
    note('request')(method, path);
    return answers.has(path) ? ok({ status: 200, body: answers.get(path) }) : refuse('network', { retryable: true });
  };
  const note = (name: string) => (...args: unknown[]): void => void intents.push([name, ...args]);
  const done = (name: string) => async (...args: unknown[]): Promise<void> => note(name)(...args);
  const client: ChatClient = {
    snapshot: {
      get value() {
        return inner.value;
      },
      subscribe(listener) {
        subscribers++;
        const off = inner.subscribe(listener);
        return () => {
          subscribers--;
          off();
        };
      },
    },
    onFact(listener) {
      facts.add(listener);
      return () => facts.delete(listener);
    },
    load: done('load'), hasLive: () => false, resume: done('resume'),
    async start(request) {
      note('start')(request);
      const refused = session.startRefused;
      session.startRefused = null;
      if (refused) {
        inner.update((now) => ({ ...now, widget: refused.widget, startError: refused.code }));
        return err(new CareError(refused.code));
      }
      inner.update((now) => ({ ...now, startError: null, conversation: session.opens ?? now.conversation }));
      return ok('c_1');
    },
    send: () => err(new CareError('not-ready')),
    submitForm(form) {
      if (!inner.value.conversation) return refuse('not-ready');
      note('submitForm')(form);
      return ok('m_form');
    },
    retry: note('retry'),
    async discard(key) {
      note('discard')(key);
      return ownMessage(null, 'given up');
    },
    setDraft(text) {
      note('setDraft')(text);
      inner.update((now) => ({ ...now, draft: { text, at: clock.now() } }));
    },
    setTyping: note('setTyping'), markRead: note('markRead'), loadOlder: done('loadOlder'),
    async act(ev) {
      note('act')(ev);
      return session.actFails ? err(session.actFails) : ok(undefined);
    },
    request: (asked) => session.transport.request(asked),
    end: async () => ok(undefined), reset: done('reset'), logout: done('logout'), setPage: note('setPage'), setLocale: note('setLocale'), tryNow: note('tryNow'), dispose: note('dispose'),
  };
  const session: StubChatSession = {
    client, ports, wanted, rest: null, transport: { request: (asked) => session.rest?.(asked) ?? request(asked) }, state: inner, answers, intents, clock, sendFails: null, actFails: null, startRefused: null, opens: null,
    get listeners() {
      return subscribers + facts.size;
    },
    tell: (fact) => facts.forEach((listener) => listener(fact)),
    mustAsk: () => (inner.value.widget?.consents.length ?? 0) > 0 || inner.value.widget?.preChat !== undefined,
    load: done('load'),
    async send(text) {
      note('send')(text);
      if (session.sendFails) throw session.sendFails;
      client.setDraft('');
      return true;
    },
    check: (id = '') => wanted.set(`check:${id}`),
    asked: {},
    async start(options = {}) {
      this.asked = options;
      wanted.set('chat');
    },
    async end() {
      note('end')();
      inner.update((now) => ({ ...now, conversation: now.conversation && { ...now.conversation, status: 'closed' } }));
      return true;
    },
    logout: done('logout'), setLang: note('setLang'), setOpened: note('setOpened'), fail: note('fail'), loadMore: () => import('../../../src/element/more.js'), dispose: note('dispose'),
  };
  return session;
}
