/**
 * How a conversation begins (protocol README S-6.7, S-6.8). Apart from the client, because a visitor who comes back to a
 * conversation does not need it.
 */
import { uuidv7 } from '../base/ids.js';
import { refuse } from '../base/refuse.js';
import { type Result, ok } from '../base/result.js';
import type { Ports } from '../platform/ports.js';
import { parseConversation } from '../protocol/parse-rest.js';
import type { Conversation as WireConversation, VisitorSession } from '../protocol/types.js';
import type { StartRequest } from './api.js';
import type { DraftStore } from './drafts.js';
import { type Outbox, toMessageEvent } from './outbox.js';
import type { Session } from './session.js';

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
}

/** A conversation that was opened or found, with what was to be said first and is not known to be in it. */
export interface OpenedConversation {
  readonly wire: WireConversation;
  readonly isNew: boolean;
  readonly text: string;
  /** The cmid under which the text is, if it is there. */
  readonly cmid: string;
}

/** What the client lends. */
export interface StartContext {
  readonly live: { readonly session: Pick<Session<VisitorSession>, 'request' | 'forget'>; readonly outbox: Pick<Outbox, 'add'>; readonly drafts: DraftStore; readonly disposed: boolean };
  readonly ports: Pick<Ports, 'clock' | 'randomness' | 'vault'>;
  /** Reads again what the clinic offers and asks. */
  discover(): Promise<unknown>;
  /** Shows the conversation and keeps it live. */
  take(kept: KeptConversation, opened: OpenedConversation): Promise<void>;
  /** The language now, and the page's name. */
  about(): { readonly locale: string; readonly pageName: string | undefined };
}

/**
 * Opens a conversation, or finds the one that is there. Until the outcome is known the cmid stays, so that no retry opens two. Answers and first text may
 * change between tries: where an earlier try went through after all, the server refuses the changed body under that cmid, and another one finds its conversation (S-6.8).
 */
async function open({ live: { session }, ports: { clock, randomness, vault }, about }: StartContext, { departmentId, preChat, consents, firstText }: StartRequest): Promise<Result<OpenedConversation>> {
  const mint = (): string => uuidv7(clock.now(), randomness.bytes(16));
  const { locale, pageName } = about();
  const text = firstText?.trim() ? firstText : '';
  const before = (await vault.get('start')) as Opening | undefined;
  const opening: Opening = { cmid: before?.cmid ?? mint(), text: !before || before.text === text ? text : null };
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
}

/** What was typed behind a text that a draft began with; all of it, where it does not. */
function behind(typed: string, text: string): string {
  const [now, before] = [typed.trimStart(), text.trim()];
  return now.startsWith(before) ? now.slice(before.length).trimStart() : typed;
}

/** Opens a conversation with what the visitor was asked and said first. Resolves with its id, or why not; what was typed stays the draft until it is in. */
export async function startConversation(context: StartContext, request: StartRequest): Promise<Result<string>> {
  const { live: { outbox, drafts }, ports: { vault }, discover, take } = context;
  const opened = await open(context, request);
  if (context.live.disposed) return refuse('stopped');
  if (!opened.ok) {
    // The clinic has changed what it asks since this page read it.
    if (opened.error.code === 'form-version' || opened.error.code === 'consent-required') await discover();
    return opened;
  }
  const { wire: { id, state: { createdAt } }, isNew, text: first, cmid } = opened.value;
  // What was being written and is not the first message goes on being written in the conversation.
  const { text } = drafts.snapshot.value;
  drafts.clear();
  await vault.set('live', { id, createdAt } satisfies KeptConversation);
  await Promise.all([vault.delete('start'), vault.delete('draft/new')]);
  // A conversation that was there may lack the first message, or have it under its cmid: then the log will say so before anything is sent.
  if (first && !isNew) outbox.add(id, toMessageEvent(first), cmid);
  await take({ id, createdAt }, opened.value);
  const rest = behind(text, request.firstText ?? '');
  // Somebody who went on typing meanwhile began anew.
  drafts.set([rest, drafts.snapshot.value.text].filter(Boolean).join(' '));
  return ok(id);
}
