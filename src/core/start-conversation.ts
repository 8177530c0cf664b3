/**
 * How a conversation begins (protocol README S-6.7, S-6.8). Apart from the client, because a visitor who comes back to a
 * conversation does not need it.
 */
import { uuidv7 } from '../base/ids.js';
import { leftFlag } from '../base/left-flag.js';
import type { ReadonlySnapshot } from '../base/snapshot.js';
import { refuse } from '../base/refuse.js';
import { type Result, ok } from '../base/result.js';
import type { Ports } from '../platform/ports.js';
import { parseConversation } from '../protocol/parse-rest.js';
import type { Conversation as WireConversation, VisitorSession } from '../protocol/types.js';
import type { ChatClient, ChatFact, StartRequest } from './api.js';
import type { DraftStore } from './drafts.js';
import { type Outbox, toMessageEvent } from './outbox.js';
import type { Session } from './session.js';
import type { ChatSnapshot, Draft } from './snapshots.js';
import type { TabMessage } from './tab-messages.js';

/** What is kept of a conversation between pages. */
export interface KeptConversation {
  readonly id: string;
  readonly createdAt: number;
}

/** A try to open a conversation whose outcome may be unknown; kept in the vault. */
interface Opening {
  readonly cmid: string;
  /** What was to be said first; null where several tries said different things. */
  readonly text: string | null;
  /** What was to be said behind it. */
  readonly then?: Then;
}

/** What was sent behind the first text. */
type Then = NonNullable<StartRequest['then']>;

/** A conversation that was opened or found, with what was to be said first and is not known to be in it. */
export interface OpenedConversation {
  readonly wire: WireConversation;
  readonly isNew: boolean;
  readonly text: string;
  /** The cmid under which the text is, if it is there. */
  readonly cmid: string;
}

/** Beside it, what was asked for, so that a later page can ask for it again; as long as half-given answers. */
const requestKey = 'start/request';
const requestLifeMs = 30 * 60_000;
/** Refusals after which nothing has begun for certain. */
const surely: readonly string[] = ['overloaded', 'rate-limited'];
/** What is posted again when the page is left must fit into what browsers let outlive a page (64 KiB, all in all). */
const outlivesChars = 15_000;

/** What the client lends. */
export interface StartContext {
  readonly live: {
    readonly session: Pick<Session<VisitorSession>, 'request' | 'forget' | 'held'>; readonly outbox: Pick<Outbox, 'add'>; readonly drafts: DraftStore;
    readonly snapshot: ReadonlySnapshot<Pick<ChatSnapshot, 'starting'>>; set(change: Pick<ChatSnapshot, 'starting'>): void; post(message: TabMessage): void; tell(fact: ChatFact): void; readonly disposed: boolean;
  };
  readonly ports: Pick<Ports, 'clock' | 'randomness' | 'vault' | 'flags' | 'page'>;
  /** The live flag: that something has begun, for later pages. */
  readonly flag: string;
  /** Reads again what the clinic offers and asks. */
  discover(): Promise<unknown>;
  /** Shows the conversation and keeps it live. */
  take(kept: KeptConversation, opened: OpenedConversation): Promise<void>;
  /** The language now, and the page's name. */
  about(): { readonly locale: string; readonly pageName: string | undefined };
}

/** Makes cmids. */
const minter = ({ clock, randomness }: Pick<Ports, 'clock' | 'randomness'>) => (): string => uuidv7(clock.now(), randomness.bytes(16));

/**
 * Opens a conversation, or finds the one that is there. Until the outcome is known the cmid stays, so that no retry opens two. Answers and first text may
 * change between tries: where an earlier try went through after all, the server refuses the changed body under that cmid, and another one finds its conversation (S-6.8).
 */
async function open({ live: { session }, ports, flag, about }: StartContext, request: StartRequest, opening: Opening, isWanted: () => Promise<boolean>): Promise<Result<OpenedConversation>> {
  const { vault, flags, page } = ports;
  const { departmentId, preChat, consents, firstText } = request;
  const { locale, pageName } = about();
  const text = firstText?.trim() ? firstText : '';
  let { cmid } = opening;
  const operation = (own: string) => ({
    method: 'POST', path: '/conversations',
    body: { cmid: own, locale, departmentId, page: pageName === undefined ? undefined : { name: pageName }, preChat, consents, ...(text && { first: [{ kind: 'text', text }] }) },
  }) as const;
  const post = (own: string): ReturnType<typeof session.request> => session.request(operation(own));
  // One last try outlives the page; the server knows it by its cmid.
  const off = page.onHide(() => {
    const last = operation(opening.cmid);
    if (session.held && JSON.stringify(last).length < outlivesChars) void session.request({ ...last, keepalive: true });
  });
  let answer = await post(cmid);
  if (!answer.ok && answer.error.code === 'token-invalid' && (await isWanted())) {
    // An earlier visitor of this browser is gone from the server: begin as a new one.
    await session.forget();
    answer = await post(cmid);
  }
  if (!answer.ok && answer.error.code === 'cmid-reused') {
    const other = minter(ports)();
    answer = await post(other);
    if (opening.text === null) cmid = other;
  }
  off();
  if (!answer.ok) {
    // What was refused is not asked for again; what nobody answered may be there.
    if (!answer.error.retryable || surely.includes(answer.error.code)) {
      await vault.delete(requestKey);
      if (flags.get(flag) === leftFlag) flags.delete(flag);
    }
    return answer;
  }
  const wire = parseConversation(answer.value.body);
  return wire.ok ? ok({ wire: wire.value, isNew: answer.value.status === 201, text, cmid }) : wire;
}

/** What was typed behind a text that a draft began with; all of it, where it does not. */
function behind(typed: string, text: string): string {
  const [now, before] = [typed.trimStart(), text.trim()];
  return now.startsWith(before) ? now.slice(before.length).trimStart() : typed;
}

/** A text that goes on from what an earlier try was to say, a line each, is that again, and what is new behind it; null where it is another text. */
function asBefore(text: string, before: Opening, mint: () => string): { readonly firstText: string; readonly then: Then } | null {
  const ends = (rest: string): boolean => rest === '' || rest.startsWith('\n');
  if (!before.text || !text.startsWith(before.text)) return null;
  let rest = text.slice(before.text.length);
  if (!ends(rest)) return null;
  const then = [];
  for (const one of before.then ?? []) {
    const next = rest.slice(1 + one.text.length);
    if (!rest.startsWith(`\n${one.text}`) || !ends(next)) break;
    then.push(one);
    rest = next;
  }
  return { firstText: before.text, then: [...then, ...(rest.trim() ? [{ text: rest.trim(), cmid: mint() }] : [])] };
}

const toKept = ({ wire: { id, state: { createdAt } } }: OpenedConversation): KeptConversation => ({ id, createdAt });

/** Opens a conversation with what the visitor was asked and said first. Resolves with its id, or why not; what was typed stays the draft until it is in. */
export async function startConversation(context: StartContext, asked: StartRequest): Promise<Result<string>> {
  const { live: { outbox, drafts, snapshot, set, post, tell }, ports, flag, discover, take } = context;
  const { vault, flags } = ports;
  const mint = minter(ports);
  drafts.flush();
  const before = (await vault.get('start')) as Opening | undefined;
  const request = { ...asked, ...(before && asked.firstText && !asked.then && asBefore(asked.firstText, before, mint)) };
  const first = request.firstText?.trim() ? request.firstText : '';
  const opening: Opening = { cmid: before?.cmid ?? mint(), text: !before || before.text === first ? first : null };
  const sentMeanwhile = (): readonly string[] => snapshot.value.starting?.slice(1) ?? [];
  let { then = [] } = request;
  // What is sent before there is a conversation waits for it, on a later page too.
  const keep = (): Promise<unknown> => {
    then = sentMeanwhile().map((text, i) => then[i] ?? { text, cmid: mint() });
    return Promise.all([vault.set('start', { ...opening, then }), vault.set(requestKey, { ...request, then }, requestLifeMs)]);
  };
  /** Whoever logs out, here or in another tab, wipes what is kept of it. */
  const isWanted = async (id?: string): Promise<boolean> =>
    ((await vault.get('start')) as Opening | undefined)?.cmid === opening.cmid || (id !== undefined && ((await vault.get('live')) as KeptConversation | undefined)?.id === id);
  if (!snapshot.value.starting) return refuse('stopped');
  set({ starting: [first, ...then.map(({ text }) => text), ...sentMeanwhile()] });
  flags.set(flag, leftFlag);
  await keep();
  const off = snapshot.subscribe(() => then.length < sentMeanwhile().length && void keep());
  const opened = await open(context, request, opening, isWanted);
  const wanted = context.live.disposed || !opened.ok || (await isWanted(opened.value.wire.id));
  // Another tab may have gone on with it, and with what was being written.
  const elsewhere = opened.ok && wanted && !context.live.disposed ? ((await Promise.all([vault.get(`draft/${opened.value.wire.id}`), vault.set('live', toKept(opened.value))]))[0] as Draft | undefined) : undefined;
  off();
  if (context.live.disposed || !wanted) return refuse('stopped');
  if (!opened.ok) {
    // The clinic has changed what it asks since this page read it.
    if (opened.error.code === 'form-version' || opened.error.code === 'consent-required') await discover();
    if (first) forgetWithText(context, first);
    return opened;
  }
  const { isNew, cmid } = opened.value;
  const kept = toKept(opened.value);
  // A conversation that was there may lack the first message, or have it under its cmid: then the log will say so before anything is sent.
  if (first && !isNew) outbox.add(kept.id, toMessageEvent(first), cmid);
  for (const next of then) outbox.add(kept.id, toMessageEvent(next.text), next.cmid);
  // What was being written and was not sent goes on being written in the conversation.
  const draft = drafts.snapshot.value;
  const rest = [first, ...then.map(({ text }) => text)].reduce(behind, draft.text);
  drafts.clear();
  const taken = take(kept, opened.value);
  if (!elsewhere || elsewhere.at < draft.at) drafts.set(rest);
  await taken;
  await Promise.all([vault.delete('start'), vault.delete(requestKey), vault.delete('draft/new')]);
  post({ t: 'live' });
  tell({ type: 'conversation-started', conversationId: kept.id });
  return ok(kept.id);
}

/** After a start that failed its text is in the field again: taken out of it by the patient, no later page sends it. */
function forgetWithText({ live: { drafts, snapshot }, ports: { vault, flags }, flag }: StartContext, text: string): void {
  const off = drafts.snapshot.subscribe((draft) => {
    if (draft.text.includes(text) && snapshot.value.starting === null) return;
    off();
    if (snapshot.value.starting !== null) return;
    void vault.delete(requestKey);
    if (flags.get(flag) === leftFlag) flags.delete(flag);
  });
}

/** Whether somebody asked for a conversation, here or on an earlier page, and has not been heard of since. */
export const isStartPending = async ({ vault }: Pick<Ports, 'vault'>): Promise<boolean> => (await vault.get(requestKey)) !== undefined;

/** Asks again for the conversation that an earlier page asked for without hearing the answer. Resolves with whether another try may help. */
export async function startAgain(client: ChatClient, { vault }: Pick<Ports, 'vault'>): Promise<boolean> {
  const request = (await vault.get(requestKey)) as StartRequest | undefined;
  // Where there is a conversation, only what was to be said behind the first text may be missing in it.
  if (!request || (client.snapshot.value.conversation && !request.then?.length)) return false;
  const started = await client.start(request);
  return !started.ok && started.error.retryable;
}
