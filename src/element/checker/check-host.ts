/** What the symptom checker's chunk is given, and what the steps before a conversation use of it. Types only. */
import type { Result } from '../../base/result.js';
import type { CareError } from '../../base/care-error.js';
import type { FormAnsweredBody } from '../../protocol/types.js';
import type { Form } from '../../questionnaire/form.js';
import type { Expressions } from '../../questionnaire/form-session.js';
import type { ChatHost } from '../host.js';
import type { StartHost } from '../start-context.js';

/** What the chunk `form` lends: both stand on the same engine. */
export interface FormParts {
  adopt(shadow: ShadowRoot, styles: string): void;
  expressionsOf(form: Form, options: Pick<ChatHost, 'loadChunk'>): Promise<Result<Expressions | null>>;
  readonly wordsOf: typeof import('../../form-view/form-words.js').wordsOf;
  loadTalk(loadChunk: ChatHost['loadChunk']): Promise<typeof import('../form-talk.js')>;
}

export interface CheckHost extends Pick<StartHost, 'shadow' | 'host' | 'session' | 'words'> {
  readonly form: FormParts;
  /** The person wants a nurse to have this: into a conversation, which may have to be begun. */
  send(answers: FormAnsweredBody): void;
}

export interface CheckPart {
  /** Opens the checker with this id; '': the only one there is, or the choice of them. A check that is under way is shown instead. */
  open(id: string): Promise<void>;
  /** Takes up what this tab kept over a reload. */
  restore(): Promise<void>;
  /** What is wanted to be forgotten meanwhile is kept on purpose. */
  readonly isHeld: boolean;
  /** Runs what wipes this browser, and keeps the check over it. */
  through(wipe: () => Promise<void>): Promise<void>;
  /** The answers are on their way into a conversation, under this key; null: they are with the server. */
  handedOver(key: string | null): void;
  forget(): void;
  setLang(): void;
  dispose(): void;
}

/** Why a check is not begun. */
export type Refusal = 'expired' | 'unreviewed' | 'unusable';

/** The code of a refusal of `triage/checker`. */
export const refusalOf = ({ details }: CareError): Refusal => {
  const code = details[0]?.code;
  return code === 'expired' || code === 'unreviewed' ? code : 'unusable';
};
