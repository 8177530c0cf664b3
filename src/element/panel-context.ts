/** What the panel's views share: one look at the state, and the intents. Types only, so that each view is a pure function of them. */
import type { ChatSnapshot } from '../core/snapshots.js';
import type { FormView } from '../form-view/form-view.js';
import type { Widget } from '../protocol/types.js';
import type { Translate } from '../i18n/translate.js';
import type { PanelKey } from '../i18n/panel/en.js';
import type { StartKey } from '../i18n/start/en.js';
import type { RichTexts } from './consents.js';
import type { Words } from './words.js';

/** Where a visitor stands before a conversation. */
export type Step = 'welcome' | 'consent' | 'pre-chat';

export interface PanelState {
  step: Step;
  departmentId: string | undefined;
  /** Purposes that are ticked. */
  readonly granted: Set<string>;
  /** "Continue" was pressed with a required box not ticked. */
  consentMissing: boolean;
  form: FormView | null;
  /** The questions could not be loaded (`chunk-failed`) or understood (`form-unsupported`). */
  formError: string | null;
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
  begin(): void;
  back(): void;
  chooseDepartment(id: string): void;
  grant(purpose: string, on: boolean): void;
  consent(): void;
  submitForm(): void;
  retryForm(): void;
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

/** A context once the clinic's settings are known. */
export interface ReadyContext extends PanelContext {
  readonly widget: Widget;
}

/** The words of the panel and of the views before a conversation. */
export interface StartWords extends Omit<Words, 't'> {
  readonly t: Translate<PanelKey | StartKey>;
}

/** A ready context with the words of the chunk `start`. */
export interface StartContext extends Omit<ReadyContext, 'words'> {
  readonly words: StartWords;
  readonly rich: RichTexts;
}
