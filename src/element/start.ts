/** The chunk `start`: everything between the opened panel and a conversation. A visitor who comes back to one does not load it. */
import type { TemplateResult } from 'lit/html.js';
import { toSheet } from '../ui/css.js';
import { toConsentRecords } from './consents.js';
import type { PanelState, ReadyContext } from './panel-context.js';
import { startStyles } from './start-styles.js';
import { consentView, preChatView, welcomeView } from './start-views.js';

let sheet: CSSStyleSheet | undefined;

/** The parts of the chunk that the panel uses. */
export interface StartParts {
  /** The view of the step; `composer` stands in for the welcome's button where nothing has to be asked first. */
  view(context: ReadyContext, composer: TemplateResult | null): TemplateResult;
  readonly toConsentRecords: typeof toConsentRecords;
}

const views: Record<PanelState['step'], (context: ReadyContext, composer: TemplateResult | null) => TemplateResult> = { welcome: welcomeView, consent: consentView, 'pre-chat': preChatView };

/** Puts the styles into `shadow` once and gives the views. */
export function createStart(shadow: ShadowRoot): StartParts {
  sheet ??= toSheet(startStyles);
  if (!shadow.adoptedStyleSheets.includes(sheet)) shadow.adoptedStyleSheets = [...shadow.adoptedStyleSheets, sheet];
  return { view: (context, composer) => views[context.state.step](context, composer), toConsentRecords };
}
