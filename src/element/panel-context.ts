/** What the panel's views share: one look at the state, and the intents. Types only, so that each view is a pure function of them. */
import type { nothing, TemplateResult } from 'lit/html.js';
import type { ChatSnapshot } from '../core/snapshots.js';
import type { ShowMore } from '../ui/transcript-types.js';
import type { ChatSession } from './chat-core.js';
import type { ChatHost } from './host.js';
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
  /** What to think of before the draft is sent: a sentence. */
  caution: string | null;
}

export interface PanelIntents {
  retryLoad(): void;
  /** Resolves when it is known what became of it: queued, or a problem is on the screen. */
  send(text: string): Promise<void>;
  input(text: string): void;
  typing(on: boolean): void;
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
  /** The line about the connection; nothing while all is well. */
  readonly notice: TemplateResult | typeof nothing;
  /** Other ways to reach the clinic, where the chat is none; nothing while it is. */
  readonly fallback: TemplateResult | typeof nothing;
  /** Above the field: a number to call, where what is typed asks for one. */
  readonly redFlag?: TemplateResult | typeof nothing;
  /** The sentence of a problem code. */
  readonly problem: (code: string | null) => string;
}

/** What is wrong, on the screen. */
export type TroubleViews = Pick<PanelContext, 'notice' | 'fallback' | 'redFlag'>;

/** What the panel gives the chunk `later`. */
export interface LaterHost {
  readonly shadow: ShadowRoot;
  readonly host: Pick<ChatHost, 'element' | 'shell' | 'loadChunk' | 'widget' | 'pageName'>;
  readonly session: Pick<ChatSession, 'client' | 'ports' | 'check' | 'wanted' | 'fail'>;
  words(): Words;
  announce(sentence: string): void;
  requestUpdate(): void;
}

/** What the transcript does not show itself. */
export interface ItemsLook {
  readonly more: ShowMore;
  /** Above the field, while a bot has the conversation. */
  readonly line?: TemplateResult;
}

/** The same before the chunk `later` is there: it only asks for it. */
export interface BareLook extends ItemsLook {
  more(): undefined;
}

/** What the panel uses of the chunk `later`. */
export interface LaterParts {
  /** A sentence where a draft has a number in it that should not be in a chat. */
  cautionFor(text: string): string | null;
  /** Looks at each render at what works and what does not. `canStart`: the steps before a conversation are there. */
  look(chat: ChatSnapshot, canStart: boolean): TroubleViews;
  tryNow(): void;
  dispose(): void;
  problem(code: string | null): string;
  /** What shows of a form's answers and of a bot. */
  items(context: PanelContext): ItemsLook;
  /** What is in the menu. */
  menu(context: PanelContext): TemplateResult;
  /** The question before a chat is ended. */
  confirmEnd(context: PanelContext): TemplateResult;
}
