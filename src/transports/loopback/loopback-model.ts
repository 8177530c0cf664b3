/** What the parts of the loopback backend share: its state, who is connected, and three words of the protocol. */
import type { WireErrorCode } from '../../base/care-error.js';
import type { Clock } from '../../platform/ports.js';
import type { Agent, Availability, By, ClientFrame, Conversation, ConversationRequest, ConversationState, Limits, Problem, ServerFrame, Submit, SubmitResult, Summary, WireEvent, Widget } from '../../protocol/types.js';
import { problemTable } from '../../protocol/version.js';

export interface LoopbackOptions {
  readonly clock: Clock;
  /** Members of staff who can sign in; the password is compared as it is. */
  readonly agents?: readonly { readonly agent: Agent; readonly password: string }[];
  readonly widget?: Partial<Widget>;
  readonly limits?: Partial<Limits>;
}

/** Who an access token stands for. */
export interface LoopbackSession {
  readonly subject: string;
  readonly role: 'visitor' | 'agent';
  readonly by: By;
  readonly deviceId: string;
  readonly expiresAt: number;
  readonly refreshToken: string;
}

/** A live connection as the server sees it. */
export interface LoopbackPeer {
  send(frame: ServerFrame): void;
  close(code: number): void;
}

/** A conversation with everything the server knows of it. */
export interface LoopbackConversation {
  readonly id: string;
  readonly visitorId: string;
  state: ConversationState;
  v: number;
}

export interface LoopbackServer {
  readonly options: LoopbackOptions;
  readonly sessions: Map<string, LoopbackSession>;
  readonly conversations: Map<string, LoopbackConversation>;
  readonly widget: Widget;
  readonly limits: Limits;
  epoch: string;
  availability(): Availability;
  id(prefix: string): string;
  log(stream: string): readonly WireEvent[];
  canSee(session: LoopbackSession, stream: string): boolean;
  summary(id: string): Summary;
  toConversation(id: string): Conversation;
  openConversation(session: LoopbackSession, request: ConversationRequest): { readonly created: boolean; readonly id: string } | WireErrorCode;
  submit(session: LoopbackSession, submit: Submit): SubmitResult | WireErrorCode;
  rest(method: string, path: string, token: string | undefined, body: unknown): { readonly status: number; readonly body: unknown };
  /** A client's frames; returns what takes them and what ends the connection. */
  attach(peer: LoopbackPeer): { receive(frame: ClientFrame): void; detach(): void };
  /** A member of staff, or a bot, writes. */
  say(conversationId: string, by: By, text: string): void;
  typing(conversationId: string, by: By, on: boolean): void;
  /** Ends every connection with this code. */
  cut(code: number): void;
  /** Every published position is void: as after a restored backup. Keeps the first `keep` events of each log. */
  renumber(keep: number): void;
}

/** A refusal as the protocol writes it. */
export const toProblem = (code: WireErrorCode): Problem => {
  const [status, title, retryable] = problemTable[code];
  return { type: `https://care-chat.dev/problems/${code}`, title, status, code, retryable };
};

/** A member of staff as author. */
export const toBy = ({ id, name, title }: Agent): By => ({ id, role: 'agent', name, title });

/** Keys are told only to the person's own devices (S-4.7). */
export function forReader(event: WireEvent, session: LoopbackSession): WireEvent {
  if (event.by.id === session.by.id) return event;
  const { cmid: _cmid, dev: _dev, ...rest } = event;
  return rest as WireEvent;
}
