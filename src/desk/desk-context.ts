/** What every view of the desk is given. */
import type { nothing, TemplateResult } from 'lit/html.js';
import type { DeskSnapshot } from '../core/snapshots.js';
import type { Translate } from '../i18n/translate.js';
import type { BotKey } from '../i18n/bot/en.js';
import type { UiKey } from '../i18n/ui/en.js';
import type { Composer } from '../ui/composer.js';
import type { Formats } from '../ui/formats.js';
import type { Transcript } from '../ui/transcript.js';
import type { createBotReader } from './bot-reader.js';
import type { Viewers } from './cobrowse/viewers.js';
import type { DeskActions } from './desk-actions.js';
import type { DeskSettings } from './desk-settings.js';
import type { DeskViewState } from './desk-state.js';
import type { DeskWords } from './desk-words.js';
import type { createVisitorNamer } from './named-timeline.js';

/** Everything a view gets: what is, what it is called, and what can be done. */
export interface DeskContext {
  readonly snapshot: DeskSnapshot;
  readonly state: DeskViewState;
  readonly settings: DeskSettings;
  readonly words: DeskWords;
  readonly t: DeskWords['t'];
  /** Sentences of the shared parts. */
  readonly ui: Translate<UiKey | BotKey>;
  readonly formats: Formats;
  readonly now: number;
  readonly act: DeskActions;
  readonly transcript: Transcript;
  readonly composer: Composer;
  readonly noteComposer: Composer;
  /** The line about the connection; nothing while all is well. */
  readonly connection: TemplateResult | typeof nothing;
  readonly nameVisitor: ReturnType<typeof createVisitorNamer>;
  readonly readBot: ReturnType<typeof createBotReader>;
  /** The patient's page, where it was asked for. */
  readonly viewers: Pick<Viewers, 'view'>;
}
