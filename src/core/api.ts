/** Intents: what a view may ask of the core. Implemented by `chat-client.ts` and `desk-client.ts`. */
import type { CareError, CareErrorCode } from '../base/care-error.js';
import type { Result } from '../base/result.js';
import type { ReadonlySnapshot } from '../base/snapshot.js';
import type { Ports } from '../platform/ports.js';
import type { CobrowseSubmit, ConsentRecord, ConversationStatus, FormAnsweredBody, RelayGrant, SubmitEvent, SummaryPage } from '../protocol/types.js';
import type { Transport } from '../transports/transport.js';
import type { Session, SessionTokens } from './session.js';
import type { ChatSnapshot, DeskSnapshot, MessageItem, NoteItem } from './snapshots.js';

export interface ChatClientOptions {
  readonly transport: Transport;
  readonly ports: Ports;
  readonly widgetId: string;
  readonly locale: string;
  readonly client: { readonly name: string; readonly version: string };
  /** The clinic's own name of the page, if the site gave one. */
  readonly pageName?: string | undefined;
}

/** Things that happened, for the element's events: ids and kinds, never content. */
export type ChatFact =
  | { readonly type: 'conversation-started'; readonly conversationId: string }
  | { readonly type: 'conversation-ended'; readonly conversationId: string; readonly by: string }
  | { readonly type: 'message-sent'; readonly conversationId: string; readonly cmid: string }
  | { readonly type: 'message-received'; readonly conversationId: string; readonly eventId: string; readonly role: string }
  | { readonly type: 'error'; readonly code: CareErrorCode };

export interface StartRequest {
  readonly departmentId?: string | undefined;
  readonly preChat?: FormAnsweredBody | undefined;
  readonly consents?: readonly ConsentRecord[] | undefined;
  readonly firstText?: string | undefined;
  /** What was sent after it before there was a conversation, each with the cmid under which it goes out. */
  readonly then?: readonly { readonly text: string; readonly cmid: string }[] | undefined;
}

/** A patient's conversation without a screen. */
export interface ChatClient {
  readonly snapshot: ReadonlySnapshot<ChatSnapshot>;
  onFact(listener: (fact: ChatFact) => void): () => void;
  /** Reads discovery (no session, nothing stored). Idempotent, but for `anew`; after `failed`, tries again. */
  load(anew?: boolean): Promise<void>;
  /** Whether an earlier visit left a live conversation (a flag in clear storage; no content). */
  hasLive(): boolean;
  /** Takes up the live conversation of an earlier page, if there is one. */
  resume(): Promise<void>;
  /**
   * Opens a conversation; the same cmid is used until it succeeded, so a retry never opens two. Where the visitor has a live one already, that is taken
   * and the first text goes into it as a message. While one is being opened another text is kept for it, as a message behind the first; the call itself
   * resolves with `not-ready`.
   */
  start(request: StartRequest): Promise<Result<string>>;
  /** Queues a message; durable in the vault before the first attempt. Codes: empty-text, text-too-long, closed-conversation, not-ready. */
  send(text: string): Result<string, CareError>;
  /** Queues the answers of a form for the conversation, as durably as a message. Code: not-ready where there is none. */
  submitForm(form: FormAnsweredBody): Result<string>;
  /** Tries a failed message again. */
  retry(key: string): void;
  /** Gives up a failed or queued message; its text is returned so that it can be edited. Null for a form: its title was not typed. */
  discard(key: string): Promise<MessageItem | null>;
  setDraft(text: string): void;
  setTyping(on: boolean): void;
  /** Everything up to here was on screen while the page was visible. */
  markRead(seq: number): void;
  loadOlder(): Promise<void>;
  /** Presses a button, asks for a person. Resolves with the server's answer; not kept where there is no connection (`network`). */
  act(ev: SubmitEvent): Promise<Result<void>>;
  /** A request in this visitor's name, for what is loaded later (`relay-grant.ts`). */
  readonly request: Session<SessionTokens>['request'];
  end(): Promise<Result<void>>;
  /**
   * Back to the start screen after a conversation ended: wipes this browser and ends the session on the server, so that the next chat begins as a new
   * anonymous visitor. Resolves when the wipe is done; the server is told in the background.
   */
  reset(): Promise<void>;
  /** Wipes this browser at once (tokens, drafts, outbox, device id), then ends the session on the server, which takes at most 4 s. */
  logout(): Promise<void>;
  setPage(name: string): void;
  setLocale(locale: string): void;
  /** Tries to connect now; does not advance the backoff. */
  tryNow(): void;
  /** Lets go of timers, socket and listeners. What is queued stays in the vault. */
  dispose(): void;
}

export interface DeskClientOptions {
  readonly transport: Transport;
  readonly ports: Ports;
  readonly client: { readonly name: string; readonly version: string };
}

export interface ClosedQuery {
  readonly status?: ConversationStatus | undefined;
  readonly from?: number | undefined;
  readonly to?: number | undefined;
  readonly visitor?: string | undefined;
  readonly cursor?: string | undefined;
}

export type DeskFact =
  /** `isRaised`: it waited already, and has become more urgent. */
  | { readonly type: 'waiting'; readonly conversationId: string; readonly isRaised?: true }
  | { readonly type: 'message-received'; readonly conversationId: string; readonly eventId: string }
  | { readonly type: 'error'; readonly code: CareErrorCode };

/** A staff member's desk without a screen. */
export interface DeskClient {
  readonly snapshot: ReadonlySnapshot<DeskSnapshot>;
  onFact(listener: (fact: DeskFact) => void): () => void;
  /** Takes up a session of this browser, if one is stored. */
  resume(): Promise<void>;
  signIn(email: string, password: string): Promise<Result<void>>;
  signOut(): Promise<void>;
  setState(state: 'online' | 'away'): void;
  /** Shows a conversation (waiting, own, or closed). */
  open(conversationId: string | null): void;
  accept(conversationId: string): Promise<Result<void>>;
  assign(conversationId: string, agentId: string | null): Promise<Result<void>>;
  close(conversationId: string): Promise<Result<void>>;
  reopen(conversationId: string): Promise<Result<void>>;
  send(text: string): Result<string, CareError>;
  note(text: string): Result<string, CareError>;
  /** Tries a failed message or note again. */
  retry(key: string): void;
  /** Gives up a failed or queued message or note; its text is returned so that it can be edited. */
  discard(key: string): Promise<MessageItem | NoteItem | null>;
  setDraft(text: string): void;
  setNoteDraft(text: string): void;
  setTyping(on: boolean): void;
  markRead(seq: number): void;
  loadOlder(): Promise<void>;
  search(query: ClosedQuery): Promise<Result<SummaryPage>>;
  /** Asks to see the page of the conversation on screen, or ends that. Resolves with the server's answer. */
  cobrowse(ev: Omit<CobrowseSubmit, 'kind'>): Promise<Result<void>>;
  /** A way into the relay of a session of the conversation on screen. */
  relayGrant(session: string): Promise<Result<RelayGrant>>;
  tryNow(): void;
  dispose(): void;
}
