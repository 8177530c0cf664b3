/**
 * The chunk `later`: the menu, the rules for numbers that should not be in a chat, the question before a chat is ended, what to say and to show when something is wrong. Not needed when the panel opens,
 * and of no use if it could not be had once the network is gone: so the panel loads it when it has nothing better to do.
 */
import { errorKey } from '../i18n/error-key.js';
import { laterEn } from '../i18n/later/en.js';
import { createTranslate } from '../i18n/translate.js';
import { findSensitive } from '../privacy/mask/find-sensitive.js';
import { toSheet } from '../ui/css.js';
import { formCardStyles } from '../ui/form-card.js';
import { laterStyles } from './later-styles.js';
import { createLaterItems } from './later-items.js';
import { confirmEndView, menuView, type LaterTranslate } from './later-views.js';
import type { LaterHost, LaterParts } from './panel-context.js';
import { createCobrowseWatch } from './cobrowse/watch.js';
import { createEar } from './red-flags/ear.js';
import { createTrouble } from './trouble.js';
import type { Words } from './words.js';

let sheet: CSSStyleSheet | undefined;

const known = new WeakMap<Words, LaterTranslate>();
const toLater = (words: Words): LaterTranslate => {
  const made = known.get(words) ?? createTranslate(words.tag, { ...words.messages, ...(words.laterMessages ?? laterEn) });
  known.set(words, made);
  return made;
};

/** Puts the styles into the shadow root once and gives the views. */
export function createLater(later: LaterHost): LaterParts {
  const { shadow, words } = later;
  sheet ??= toSheet(laterStyles + formCardStyles);
  if (!shadow.adoptedStyleSheets.includes(sheet)) shadow.adoptedStyleSheets = [...shadow.adoptedStyleSheets, sheet];
  const t = (): LaterTranslate => toLater(words());
  const problem = (code: string | null): string => t()(code === null ? 'stopped' : errorKey(code));
  const trouble = createTrouble({ ...later, t, problem });
  const ear = createEar(later, t);
  const cobrowse = createCobrowseWatch(later);
  return {
    cautionFor: (text) => (findSensitive(text).length > 0 ? t()('sensitiveWarning') : null),
    problem,
    tryNow: trouble.tryNow,
    look(chat, canStart) {
      cobrowse.look(chat);
      return { ...trouble.look(chat, canStart), ...ear.look(chat) };
    },
    items: createLaterItems(later, t, problem),
    menu: (context) => menuView(context, t()),
    confirmEnd: (context) => confirmEndView(context, t()),
    dispose() {
      trouble.dispose();
      ear.dispose();
      cobrowse.dispose();
    },
  };
}
