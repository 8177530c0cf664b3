/** The chunk `start`: everything between the opened panel and a conversation. A visitor who comes back to one does not load it. */
import type { TemplateResult } from 'lit/html.js';
import { toSheet } from '../ui/css.js';
import { startEn } from '../i18n/start/en.js';
import { createTranslate } from '../i18n/translate.js';
import { createRichTexts, toConsentRecords, type RichTexts } from './consents.js';
import type { ChatHost } from './host.js';
import type { PanelState, ReadyContext, StartContext, StartWords } from './panel-context.js';
import { startStyles } from './start-styles.js';
import { consentView, preChatView, welcomeView } from './start-views.js';
import type { Words } from './words.js';

let sheet: CSSStyleSheet | undefined;

/** The parts of the chunk that the panel uses. */
export interface StartParts {
  /** The view of the step; `composer` stands in for the welcome's button where nothing has to be asked first. */
  view(context: ReadyContext, composer: TemplateResult | null): TemplateResult;
  /** What was agreed to, with a hash of what was shown. */
  records(consents: Parameters<typeof toConsentRecords>[0], granted: ReadonlySet<string>, tag: string): ReturnType<typeof toConsentRecords>;
}

const views: Record<PanelState['step'], (context: StartContext, composer: TemplateResult | null) => TemplateResult> = { welcome: welcomeView, consent: consentView, 'pre-chat': preChatView };

const known = new WeakMap<Words, StartWords>();
const toStartWords = (words: Words): StartWords => {
  const made = known.get(words) ?? { ...words, t: createTranslate(words.tag, { ...words.messages, ...(words.startMessages ?? startEn) }) };
  known.set(words, made);
  return made;
};

/** Puts the styles into `shadow` once and gives the views. */
export function createStart(shadow: ShadowRoot, { loadChunk }: Pick<ChatHost, 'loadChunk'>, requestUpdate: () => void): StartParts {
  const rich: RichTexts = createRichTexts(() => loadChunk('rich', () => import('../privacy/html/sanitize.js')), requestUpdate);
  sheet ??= toSheet(startStyles);
  if (!shadow.adoptedStyleSheets.includes(sheet)) shadow.adoptedStyleSheets = [...shadow.adoptedStyleSheets, sheet];
  return {
    view: (context, composer) => views[context.state.step]({ ...context, words: toStartWords(context.words), rich }, composer),
    records: (consents, granted, tag) => toConsentRecords(consents, granted, tag, rich),
  };
}
