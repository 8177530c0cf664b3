/**
 * What the tabs of one browser say to each other once there is a second one. One has the connection (`lead.ts`) and rings when the log
 * has grown; the others read the log themselves and send what is typed in them themselves, by REST, which is the same operation (protocol README S-5.1).
 * So nothing that a person wrote goes from tab to tab: only names, numbers and states do. A tab that is followed and does not answer loses the lead.
 */
import type { Result } from '../base/result.js';
import { refuse } from '../base/refuse.js';
import type { Ports } from '../platform/ports.js';
import { answer, parseConversation } from '../protocol/parse-rest.js';
import { readSubmitResult } from '../protocol/parse-shared.js';
import type { Cursor, ParsedEventPage, ParsedFrame, ParsedResult, StreamStart, WelcomeBody } from '../protocol/types.js';
import type { Connection, Request } from './connection.js';
import type { Conversation } from './conversation.js';
import type { Outbox } from './outbox.js';
import { eventsPath, readEvents } from './rest.js';
import type { Session, SessionTokens } from './session.js';
import type { ConnectionStatus } from './snapshots.js';
import type { SaidFrame, TabMessage } from './tab-messages.js';
import { createTimers } from './timers.js';

export interface TabsContext {
  readonly ports: Pick<Ports, 'clock' | 'page'>;
  readonly connection: Connection;
  readonly session: Pick<Session<SessionTokens>, 'request'>;
  readonly outbox: Pick<Outbox, 'pump' | 'pause'>;
  conversations(): readonly Conversation[];
  parsePage(body: unknown): Result<ParsedEventPage>;
  post(message: TabMessage): void;
  onFrame(frame: ParsedFrame): void;
  onStatus(status: ConnectionStatus): void;
  /** Takes the lead from a tab that does not answer. */
  steal(): void;
}

/** The side of the tab that has the connection. */
export interface Leading {
  onMessage(message: TabMessage): void;
  onFrame(frame: ParsedFrame): void;
  onWelcome(welcome: WelcomeBody): void;
  dispose(): void;
}

/** The side of a tab that follows; in place of a connection of its own. */
export interface Following extends Pick<Connection, 'state' | 'send' | 'request' | 'tryNow' | 'fail'> {
  /** Is the other one still there? Without an answer in 2.5 s its lead is taken. */
  ask(): void;
  onMessage(message: TabMessage): void;
  dispose(): void;
}

const answerMs = 2500;
const askEveryMs = 25_000;
const pullAgainMs = 3000;

/** Tells the other tabs how this tab's connection is, now and whenever it changes, and what comes over it. */
export function lead({ ports: { page }, connection, conversations, post }: Omit<TabsContext, 'steal'>): Leading {
  const tell = (starts?: readonly StreamStart[]): void =>
    post({
      t: 'lead', status: connection.status.value, visible: page.visible(),
      starts: starts ?? conversations().flatMap(({ cursor }) => (cursor ? [{ stream: cursor.stream, epoch: cursor.epoch, head: cursor.seq, mode: 'resume' as const }] : [])),
    });
  const dispose = connection.status.subscribe(() => tell());
  tell();
  return {
    dispose,
    onMessage(message) {
      if (message.t === 'ask') tell();
      else if (message.t === 'now') connection.tryNow();
      else if (message.t === 'say') connection.send(message.frame);
    },
    onFrame(frame) {
      if (frame.t === 'event' || frame.t === 'events') {
        const last = frame.t === 'event' ? frame.d : frame.d.list.at(-1);
        if (last) post({ t: 'ring', stream: last.stream, epoch: last.epoch, seq: last.seq });
      } else if (frame.t === 'reset' || frame.t === 'receipt' || frame.t === 'typing' || frame.t === 'presence') post({ t: 'frame', frame });
    },
    onWelcome: ({ streams }) => tell(streams),
  };
}

/** Follows the tab that has the connection. Asks for it at once. */
export function follow({ ports: { clock, page }, session, outbox, conversations, parsePage, post, onFrame, onStatus, steal }: TabsContext): Following {
  const { at, cancel, has, cancelAll } = createTimers(clock);
  let live = false;
  let known = false;
  let disposed = false;
  /** Conversations that are being read, and whether there is more to read behind that. */
  const reading = new Map<Conversation, boolean>();

  const ask = (): void => {
    post({ t: 'ask' });
    if (!has('answer')) at('answer', answerMs, steal);
  };

  const read = (conversation: Conversation, path: string): ReturnType<typeof session.request> => session.request({ method: 'GET', path: path + encodeURIComponent(conversation.id) });

  /** Reads what is missing of one conversation; false where that has to be tried again. */
  const catchUp = async (conversation: Conversation): Promise<boolean> => {
    if (!conversation.cursor) {
      const found = await read(conversation, '/conversations/');
      const state = found.ok ? parseConversation(found.value.body) : found;
      if (!state.ok) return !state.error.retryable;
      conversation.adopt(state.value.state);
      return (await conversation.loadTail()).ok;
    }
    for (;;) {
      const cursor: Cursor = conversation.cursor;
      const { seq } = cursor;
      const page = await readEvents(session, parsePage, cursor.stream, { after: seq, epoch: cursor.epoch });
      if (disposed) return true;
      if (!page.ok && page.error.code !== 'epoch-changed') return !page.error.retryable;
      if (!page.ok || page.value.floor > seq + 1 || page.value.head < seq) {
        conversation.onReset({ stream: cursor.stream, epoch: cursor.epoch, head: 0, floor: 1, reason: 'epoch' });
        return true;
      }
      conversation.onEvents(page.value.events);
      // Nothing was taken: another reading was faster, or there is nothing more.
      if (page.value.complete || conversation.cursor.seq === seq) return true;
    }
  };

  const pull = async (conversation: Conversation): Promise<void> => {
    if (reading.has(conversation)) return void reading.set(conversation, true);
    reading.set(conversation, false);
    const done = await catchUp(conversation);
    const more = reading.get(conversation);
    reading.delete(conversation);
    if (disposed || !conversations().includes(conversation)) return;
    if (!done) at(conversation.id, pullAgainMs, () => void pull(conversation));
    else if (more) void pull(conversation);
  };

  const onLead = ({ status, visible, starts }: Extract<TabMessage, { t: 'lead' }>): void => {
    const now = status.state === 'online';
    // Timers of a page in the background come late: whoever is on screen is the better one to try again.
    if (!now && !visible && page.visible() && known) return steal();
    known = true;
    cancel('answer');
    at('ask', askEveryMs, ask);
    onStatus(status);
    const before = live;
    live = now;
    if (before && !now) {
      outbox.pause();
      for (const conversation of conversations()) conversation.onDown();
    }
    if (!now) return;
    for (const conversation of conversations()) {
      const start = starts.find(({ stream }) => stream === conversation.id);
      if (start && conversation.cursor) conversation.onStart(start);
      if (!start || start.epoch !== conversation.cursor?.epoch || start.head > conversation.cursor.seq) void pull(conversation);
    }
    outbox.pump();
  };

  const submit = async ({ stream, ...body }: Extract<Request, { t: 'submit' }>['d']): Promise<Result<ParsedResult>> => {
    const sent = await session.request({ method: 'POST', path: eventsPath(stream), body });
    if (sent.ok) return answer(readSubmitResult)(sent.value.body);
    // No connection ended that would begin again: the outbox tries again by itself.
    return sent.error.code === 'network' ? refuse('timeout', { retryable: true }) : sent;
  };

  at('ask', 0, ask);
  return {
    get state() {
      return live ? 'live' : 'waiting';
    },
    send(frame) {
      if (live) post({ t: 'say', frame: frame as SaidFrame });
      return live;
    },
    request(frame) {
      if (frame.t === 'submit') return submit(frame.d);
      const conversation = frame.t === 'sync' && conversations().find(({ id }) => id === frame.d.stream);
      if (conversation) void pull(conversation);
      return Promise.resolve(refuse('not-supported'));
    },
    tryNow() {
      post({ t: 'now' });
      ask();
    },
    fail: steal,
    ask,
    onMessage(message) {
      if (message.t === 'lead') onLead(message);
      else if (message.t === 'frame') onFrame(message.frame);
      else if (message.t === 'ring') {
        const conversation = conversations().find(({ id }) => id === message.stream);
        if (conversation && (conversation.cursor?.epoch !== message.epoch || conversation.cursor.seq < message.seq)) void pull(conversation);
      }
    },
    dispose() {
      disposed = true;
      cancelAll();
    },
  };
}
