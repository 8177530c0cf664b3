/** The chunk `start`: everything between the opened panel and a conversation. A visitor who comes back to one does not load it. */
import type { TemplateResult } from 'lit/html.js';
import { toSheet } from '../ui/css.js';
import { startEn } from '../i18n/start/en.js';
import { createTranslate } from '../i18n/translate.js';
import { createRichTexts } from './consents.js';
import { createFirstWords } from './first-words.js';
import type { StartContext, StartHost, StartParts, StartWords, Step } from './start-context.js';
import { createSteps } from './start-intents.js';
import { startStyles } from './start-styles.js';
import { consentView, offlineStep, preChatView, welcomeView } from './start-views.js';
import type { Words } from './words.js';

let sheet: CSSStyleSheet | undefined;

const views: Record<Step, (context: StartContext, composer: TemplateResult | null) => TemplateResult> = { welcome: welcomeView, consent: consentView, 'pre-chat': preChatView, offline: offlineStep };

const known = new WeakMap<Words, StartWords>();
const toStartWords = (words: Words): StartWords => {
  const made = known.get(words) ?? { ...words, t: createTranslate(words.tag, { ...words.messages, ...(words.startMessages ?? startEn) }) };
  known.set(words, made);
  return made;
};

/** Puts the styles into the shadow root once and gives the views and their intents. */
export function createStart(start: StartHost): StartParts {
  const { shadow, host: { loadChunk }, requestUpdate } = start;
  const rich = createRichTexts(() => loadChunk('rich', () => import('../privacy/html/render-markup.js')), requestUpdate);
  const steps = createSteps(start, rich);
  const { state, intents, asked, begin, leave, restart, setLang, dispose } = steps;
  const firstWords = createFirstWords(start.session.client, requestUpdate);
  sheet ??= toSheet(startStyles);
  if (!shadow.adoptedStyleSheets.includes(sheet)) shadow.adoptedStyleSheets = [...shadow.adoptedStyleSheets, sheet];
  return {
    begin, leave, restart, setLang, dispose,
    asking: (context) => asked.view({ ...context, words: toStartWords(context.words) }),
    view: (context, composer) => views[state.step]({ ...context, state, intents, words: toStartWords(context.words), rich, offline: steps.offline }, composer && firstWords(context, composer)),
  };
}
