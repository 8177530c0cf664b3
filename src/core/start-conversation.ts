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

/** A try to open a conversation whose outcome may be unknown; kept in the vault under its cmid, so that each tab has its own. */
interface Opening {
  readonly cmid: string;
  /** What was to be said first. */
  readonly text: string;
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

const openingKey = (cmid: string): string => `start/${cmid}`;
/** Beside it, what was asked for, so that a later page can ask for it again; as long as half-given answers. */
const requestPrefix = 'start-request/';
const requestLifeMs = 30 * 60_000;
/** By client: the try of this page that failed last. Its text is in the field again. */
const failed = new WeakMap<object, string>();
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
  const { page } = ports;
  const { departmentId, preChat, consents, firstText } = request;
  const { locale, pageName } = about();
  const text = firstText?.trim() ? firstText : '';
  const { cmid } = opening;
  const operation = (own: string) => ({
    method: 'POST', path: '/conversations',
    body: { cmid: own, locale, departmentId, page: pageName === undefined ? undefined : { name: pageName }, preChat, consents, ...(text && { first: [{ kind: 'text', text }] }) },
  }) as const;
  const post = (own: string): ReturnType<typeof session.request> => session.request(operation(own));
  // One last try outlives the page; the server knows it by its cmid.
  const off = page.onHide(() => {
    const last = operation(cmid);
    if (session.held && JSON.stringify(last).length < outlivesChars) void session.request({ ...last, keepalive: true });
  });
  let answer = await post(cmid);
  if (!answer.ok && answer.error.code === 'token-invalid' && (await isWanted())) {
    // An earlier visitor of this browser is gone from the server: begin as a new one.
    await session.forget();
    answer = await post(cmid);
  }
  // Answers have changed since a try that went through: its text is there, under this cmid.
  if (!answer.ok && answer.error.code === 'cmid-reused') answer = await post(minter(ports)());
  off();
  if (!answer.ok) {
    // What was refused is not asked for again; what nobody answered may be there.
    if (!answer.error.retryable || surely.includes(answer.error.code)) await letGo({ ports, flag }, opening.cmid);
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

/** What of a draft was not sent, here or (a line or more of its own) in another tab. */
function unsent(typed: string, sent: readonly string[], others: readonly string[]): string {
  const other = others.findIndex((text) => text.trim() && `${typed.trim()}\n`.startsWith(`${text.trim()}\n`));
  if (other >= 0) return unsent(behind(typed, others[other]!), sent, others.filter((_, i) => i !== other));
  const [next, ...more] = sent;
  return next === undefined ? typed : unsent(behind(typed, next), more, others);
}

/** A text that goes on from what an earlier try was to say, a line each, is that again, and what is new behind it; null where it is another text. */
function asBefore({ firstText: text = '', then: given }: StartRequest, before: Opening, mint: () => string): Pick<StartRequest, 'firstText' | 'then'> | null {
  const ends = (rest: string): boolean => rest === '' || rest.startsWith('\n');
  if (given || !text.trim() || !before.text) return (text.trim() ? text : '') === before.text ? {} : null;
  if (!text.startsWith(before.text)) return null;
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

const openings = async ({ vault }: Pick<Ports, 'vault'>): Promise<readonly Opening[]> => (await vault.entries('start/')).map(([, one]) => one as Opening);
const requests = async ({ vault }: Pick<Ports, 'vault'>): Promise<readonly (readonly [cmid: string, request: StartRequest])[]> =>
  (await vault.entries(requestPrefix)).map(([key, one]) => [key.slice(requestPrefix.length), one as StartRequest]);

/** No later page asks for it again. */
async function letGo({ ports, flag }: { readonly ports: Pick<Ports, 'vault' | 'flags'>; readonly flag: string }, cmid: string): Promise<void> {
  await ports.vault.delete(requestPrefix + cmid);
  if (ports.flags.get(flag) === leftFlag && (await requests(ports)).length === 0) ports.flags.delete(flag);
}

/** Opens a conversation with what the visitor was asked and said first. Resolves with its id, or why not; what was typed stays the draft until it is in. */
export async function startConversation(context: StartContext, asked: StartRequest): Promise<Result<string>> {
  const { live, live: { outbox, drafts, snapshot, set, post, tell }, ports, flag, discover, take } = context;
  const { vault, flags } = ports;
  const mint = minter(ports);
  drafts.flush();
  let before: Opening | undefined;
  let request = asked;
  for (const one of await openings(ports)) {
    const again = before ? null : asBefore(asked, one, mint);
    if (again) [before, request] = [one, { ...asked, ...again }];
  }
  const first = request.firstText?.trim() ? request.firstText : '';
  const opening: Opening = { cmid: before?.cmid ?? mint(), text: first };
  // What failed here and is said otherwise now is not asked for again.
  const old = failed.get(live);
  if (old !== undefined && old !== opening.cmid) await Promise.all([letGo(context, old), vault.delete(openingKey(old))]);
  failed.delete(live);
  const sentMeanwhile = (): readonly string[] => snapshot.value.starting?.slice(1) ?? [];
  let { then = [] } = request;
  // What is sent before there is a conversation waits for it, on a later page too.
  const keep = (): Promise<unknown> => {
    then = sentMeanwhile().map((text, i) => then[i] ?? { text, cmid: mint() });
    return Promise.all([vault.set(openingKey(opening.cmid), { ...opening, then }), vault.set(requestPrefix + opening.cmid, { ...request, then }, requestLifeMs)]);
  };
  /** Whoever logs out, here or in another tab, wipes what is kept of it. */
  const isWanted = async (id?: string): Promise<boolean> =>
    (await vault.get(openingKey(opening.cmid))) !== undefined || (id !== undefined && ((await vault.get('live')) as KeptConversation | undefined)?.id === id);
  if (!snapshot.value.starting) return refuse('stopped');
  set({ starting: [first, ...then.map(({ text }) => text), ...sentMeanwhile()] });
  flags.set(flag, leftFlag);
  await keep();
  const off = snapshot.subscribe(() => then.length < sentMeanwhile().length && void keep());
  const opened = await open(context, request, opening, isWanted);
  const wanted = live.disposed || !opened.ok || (await isWanted(opened.value.wire.id));
  // Another tab may have gone on with it, and with what was being written.
  const known = opened.ok && wanted && !live.disposed ? await Promise.all([vault.get(`draft/${opened.value.wire.id}`), vault.get('draft/new'), requests(ports), vault.set('live', toKept(opened.value))]) : null;
  off();
  if (live.disposed || !wanted) return refuse('stopped');
  if (!opened.ok) {
    // The clinic has changed what it asks since this page read it.
    if (opened.error.code === 'form-version' || opened.error.code === 'consent-required') await discover();
    failed.set(live, opening.cmid);
    if (first) forgetWithText(context, opening.cmid);
    return opened;
  }
  const { isNew, cmid } = opened.value;
  const kept = toKept(opened.value);
  const [elsewhere, stored, pending] = known! as readonly [Draft | undefined, Draft | undefined, Awaited<ReturnType<typeof requests>>, void];
  // A conversation that was there may lack the first message, or have it under its cmid: then the log will say so before anything is sent.
  if (first && !isNew) outbox.add(kept.id, toMessageEvent(first), cmid);
  for (const next of then) outbox.add(kept.id, toMessageEvent(next.text), next.cmid);
  // What was being written and was not sent goes on being written in the conversation; what another tab has sent, and has put away by now, does not.
  const draft = drafts.snapshot.value;
  const others = pending.flatMap(([of, { firstText = '', then: more = [] }]) => (of === opening.cmid ? [] : [firstText, ...more.map(({ text }) => text)]));
  const rest = drafts.own || stored ? unsent(draft.text, [first, ...then.map(({ text }) => text)], others) : '';
  drafts.clear();
  const taken = take(kept, opened.value);
  if (!elsewhere || elsewhere.at < draft.at) drafts.set(rest);
  await taken;
  await Promise.all([vault.delete(openingKey(opening.cmid)), vault.delete(requestPrefix + opening.cmid), vault.delete('draft/new')]);
  post({ t: 'live' });
  tell({ type: 'conversation-started', conversationId: kept.id });
  return ok(kept.id);
}

/** After a start that failed its text is in the field again: once the patient writes anything else there, the field is what counts, and no later page sends it. */
function forgetWithText(context: StartContext, cmid: string): void {
  const { drafts, snapshot } = context.live;
  const { text } = drafts.snapshot.value;
  const off = drafts.snapshot.subscribe((draft) => {
    if (draft.text === text && snapshot.value.starting === null) return;
    off();
    if (snapshot.value.starting === null) void letGo(context, cmid);
  });
}

/** Whether somebody asked for a conversation, here or on an earlier page, and has not been heard of since. */
export const isStartPending = async (ports: Pick<Ports, 'vault'>): Promise<boolean> => (await requests(ports)).length > 0;

/** Asks again for what earlier pages asked for without hearing the answer, one after the other. Resolves with whether another try may help. */
export async function startAgain(client: ChatClient, ports: Pick<Ports, 'vault'>): Promise<boolean> {
  let mayHelp = false;
  for (const [, request] of await requests(ports)) {
    const started = await client.start(request);
    mayHelp ||= !started.ok && started.error.retryable;
  }
  return mayHelp;
}
