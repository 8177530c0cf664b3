/** What the screen itself knows: which pane, which menu, what is half typed outside the core's drafts. Nothing of this is stored. */
import type { CareErrorCode } from '../base/care-error.js';
import type { CannedReply, Summary } from '../protocol/types.js';
import type { CannedQuery } from './canned-replies.js';

/** An open list of canned replies. */
export interface CannedOpen {
  readonly query: CannedQuery;
  readonly matches: readonly CannedReply[];
  /** Which one Enter inserts. */
  readonly index: number;
}

export interface ClosedSearch {
  readonly results: readonly Summary[] | null;
  readonly next: string | null;
  readonly busy: boolean;
  readonly error: CareErrorCode | 'dates-wrong' | null;
}

export interface SignInState {
  readonly showPassword: boolean;
  readonly emailMissing: boolean;
  readonly passwordMissing: boolean;
  readonly error: CareErrorCode | null;
}

/** What is said over everything until it is dismissed or something else is done. */
export interface DeskMessage {
  readonly text: string;
  readonly bad: boolean;
}

export interface DeskViewState {
  readonly tab: 'chats' | 'closed';
  /** Which of the two is on a narrow screen. */
  readonly pane: 'list' | 'conversation';
  /** The details drawer where there is no room for a third column. */
  readonly detailsOpen: boolean;
  readonly menu: 'none' | 'settings' | 'assign';
  readonly confirmingClose: boolean;
  readonly helpOpen: boolean;
  readonly signIn: SignInState;
  /** Conversations with an accept, hand-over, close or reopen under way. */
  readonly pending: ReadonlySet<string>;
  readonly message: DeskMessage | null;
  readonly durableDismissed: boolean;
  readonly search: ClosedSearch;
  readonly canned: CannedOpen | null;
  /** Where the "new messages" line stands in the conversation on screen. */
  readonly unreadFrom: { readonly id: string; readonly seq: number | null } | null;
}

/** How the screen begins. */
export const initialViewState: DeskViewState = {
  tab: 'chats', pane: 'list', detailsOpen: false, menu: 'none', confirmingClose: false, helpOpen: false,
  signIn: { showPassword: false, emailMissing: false, passwordMissing: false, error: null },
  pending: new Set(), message: null, durableDismissed: false,
  search: { results: null, next: null, busy: false, error: null },
  canned: null, unreadFrom: null,
};
