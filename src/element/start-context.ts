/** What the views before a conversation share. Types only. */
import type { TemplateResult } from 'lit/html.js';
import type { CareErrorCode } from '../base/care-error.js';
import type { FormView } from '../form-view/form-view.js';
import type { StartKey } from '../i18n/start/en.js';
import type { PanelKey } from '../i18n/panel/en.js';
import type { Translate } from '../i18n/translate.js';
import type { Widget } from '../protocol/types.js';
import type { ChatSession } from './chat-core.js';
import type { RichTexts } from './consents.js';
import type { ChatHost } from './host.js';
import type { PanelContext } from './panel-context.js';
import type { Words } from './words.js';

/** Where a visitor stands before a conversation. */
export type Step = 'welcome' | 'consent' | 'pre-chat';

export interface StartState {
  step: Step;
  departmentId: string | undefined;
  /** Purposes that are ticked. */
  readonly granted: Set<string>;
  /** "Continue" was pressed with a required box not ticked. */
  consentMissing: boolean;
  form: FormView | null;
  /** The questions could not be loaded (`chunk-failed`) or understood (`form-unsupported`). */
  formError: CareErrorCode | null;
}

export interface StartIntents {
  begin(): void;
  back(): void;
  chooseDepartment(id: string): void;
  grant(purpose: string, on: boolean): void;
  consent(): void;
  submitForm(): void;
  retryForm(): void;
}

/** What the panel gives the chunk `start`. */
export interface StartHost {
  readonly shadow: ShadowRoot;
  readonly host: Pick<ChatHost, 'loadChunk' | 'widget'>;
  readonly session: ChatSession;
  words(): Words;
  requestUpdate(): void;
  /** Renders, then focuses what the selector finds. */
  focusLater(selector: string): void;
}

/** What the panel uses of the chunk `start`. */
export interface StartParts {
  /** The view of the step; `composer` stands in for the welcome's button where nothing has to be asked first. */
  view(context: ReadyContext, composer: TemplateResult | null): TemplateResult;
  begin(): void;
  restart(): void;
  setLang(): void;
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
}
