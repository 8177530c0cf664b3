/** What the panel's views share: one look at the state, and the intents. Types only, so that each view is a pure function of them. */
import type { ChatSnapshot } from '../core/snapshots.js';
import type { Words } from './words.js';

export interface PanelState {
  confirmingEnd: boolean;
  ending: boolean;
  endFailed: boolean;
  menuOpen: boolean;
  /** Seq of the first message that was unread when the panel was opened. */
  firstUnreadSeq: number | null;
  /** A text that could not be sent, and why: a problem code. */
  sendError: string | null;
  /** The draft holds what looks like the number of a card or of a person. */
  sensitive: boolean;
}

export interface PanelIntents {
  retryLoad(): void;
  send(text: string): void;
  input(text: string): void;
  typing(on: boolean): void;
  composerFocus(on: boolean): void;
  tryNow(): void;
  askEnd(on: boolean): void;
  end(): void;
  newChat(): void;
  toggleMenu(on: boolean): void;
  setLang(lang: string): void;
  retry(key: string): void;
  discard(key: string): void;
  readUpTo(seq: number): void;
  loadOlder(): void;
}

export interface PanelContext {
  readonly words: Words;
  readonly chat: ChatSnapshot;
  readonly state: PanelState;
  readonly intents: PanelIntents;
}
