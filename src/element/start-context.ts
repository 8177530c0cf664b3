/** What the views before a conversation share. Types only. */
import type { nothing, TemplateResult } from 'lit/html.js';
import type { CareErrorCode } from '../base/care-error.js';
import type { Result } from '../base/result.js';
import type { FormView } from '../form-view/view-core.js';
import type { StartKey } from '../i18n/start/en.js';
import type { PanelKey } from '../i18n/panel/en.js';
import type { Translate } from '../i18n/translate.js';
import type { FormDraft } from '../questionnaire/form-draft.js';
import type { FormPurpose } from '../questionnaire/form-session.js';
import type { ConsentRecord, FormAnsweredBody, Widget } from '../protocol/types.js';
import type { ChatSession } from './chat-core.js';
import type { Composer } from '../ui/composer.js';
import type { RichTexts } from './consents.js';
import type { ChatHost } from './host.js';
import type { PanelContext } from './panel-context.js';
import type { Words } from './words.js';

/** Where a visitor stands before a conversation. */
export type Step = 'welcome' | 'consent' | 'pre-chat' | 'offline';

export interface StartState {
  step: Step;
  departmentId: string | undefined;
  /** Purposes that are ticked. */
  readonly granted: Set<string>;
  /** "Continue" was pressed with a required box not ticked. */
  consentMissing: boolean;
  /** A message is being left, instead of a chat begun. */
  leaving: boolean;
  /** Who is there is asked, as the chat is to begin. */
  looking: boolean;
  /** Somebody was there when the questions were begun, and nobody is any more. */
  gone: boolean;
  form: FormView | null;
  /** The form was answered before the last chat: the answers are shown, and nothing is asked. */
  again: boolean;
  /** The questions could not be loaded (`chunk-failed`) or understood (`form-unsupported`). */
  formError: CareErrorCode | null;
  /** The symptom checker's own code could not be loaded. */
  checkFailed: boolean;
}

export interface StartIntents {
  begin(): void;
  back(): void;
  chooseDepartment(id: string): void;
  grant(purpose: string, on: boolean): void;
  consent(): void;
  submitForm(): void;
  skipForm(): void;
  changeAnswers(): void;
  leave(): void;
  retryForm(): void;
  openChecker(): void;
}

/** What the panel gives the chunk `start`. */
export interface StartHost {
  readonly shadow: ShadowRoot;
  readonly host: Pick<ChatHost, 'element' | 'loadChunk' | 'pageName' | 'server' | 'shell' | 'widget'>;
  readonly session: ChatSession;
  words(): Words;
  requestUpdate(): void;
  /** Renders, then focuses what the selector finds. */
  focusLater(selector: string): void;
}

/** What the panel uses of the chunk `start`. */
export interface StartParts {
  /** The view of the step; the field stands in for the welcome's button where nothing has to be asked first. */
  view(context: ReadyContext, composer: Composer | null): TemplateResult;
  /** A form that is asked within the conversation. */
  asking(context: PanelContext): TemplateResult | typeof nothing;
  /** Takes up what is wanted of the session, as far as it can be by now. */
  begin(): void;
  /** Asks for a message to be left, with forms that were answered elsewhere. */
  leave(attached?: readonly FormAnsweredBody[]): void;
  restart(): void;
  setLang(): void;
  dispose(): void;
}

/** What the steps give the chunk `offline`. */
export interface OfflineHost extends StartHost {
  /** Out of the chunk `more`, because a page whose panel is closed sends with it, too. */
  readonly createMessageBox: typeof import('./offline/message-box.js').createMessageBox;
  /** The questions on the screen. Refusals: `form-unsupported`; rejects with `chunk-failed`. */
  makeView(questionnaire: unknown, purpose: FormPurpose, onChange: (draft: FormDraft) => void, draft?: unknown): Promise<Result<FormView>>;
  departmentId(): string | undefined;
  pageName(): string | undefined;
  /** The records of what was agreed to. */
  consents(): Promise<readonly ConsentRecord[]>;
  back(): void;
  /** The server did not take it: what the clinic asks is read again, and missing consents are asked for. */
  refused(code: CareErrorCode): Promise<void>;
  /** It is left: what was written for it elsewhere goes. */
  left(): void;
  done(): void;
}

/** What the steps use of the chunk `offline`. */
export interface OfflinePart {
  /** Takes up what an earlier page left unsent; whether there is something to show of it. */
  resume(): Promise<boolean>;
  /** Shows the form. `before`: the questions that were being answered, `text`: what was being written, `with`: what is sent along. */
  open(from: { readonly before: FormView | null; readonly text: string; readonly with?: readonly FormAnsweredBody[] }): Promise<void>;
  view(context: StartContext): TemplateResult;
  setLang(): void;
  dispose(): void;
}

/** The panel's context once the clinic's settings are known. */
export interface ReadyContext extends PanelContext {
  readonly widget: Widget;
}

/** The words of the panel and of the views before a conversation. */
export interface StartWords extends Omit<Words, 't'> {
  readonly t: Translate<PanelKey | StartKey>;
}

/** What a view before a conversation is a function of. */
export interface StartContext extends Omit<ReadyContext, 'words' | 'state' | 'intents'> {
  readonly words: StartWords;
  readonly state: StartState;
  readonly intents: StartIntents;
  readonly rich: RichTexts;
  /** The chunk `offline`, once it has loaded. */
  readonly offline: OfflinePart | null;
}
