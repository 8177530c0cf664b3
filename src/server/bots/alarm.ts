/**
 * Words of a patient in which the device too would hear a red flag (`element/red-flags/`): a guide cannot answer them, and must not say that it did not understand.
 * A person is asked for at once. Nothing of what was heard is kept, and nothing is ranked by it.
 */
import { createGuideTranslate } from '../../i18n/guide/translate-guide.js';
import type { BotAnswer, BotRequest } from '../../protocol/types.js';
import { builtInPhrases } from '../../triage/built-in-phrases.js';
import { createRedFlagFinder, withOwnPhrases } from '../../triage/red-flag-phrases.js';
import type { WidgetConfig } from '../config/config.js';

/** What a guide says to words with a red flag; null where there is none in them, and where the clinic has turned this off. */
export type Alarm = (widget: Pick<WidgetConfig, 'id' | 'redFlags'>, input: BotRequest['input'], locale: string) => BotAnswer | null;

/** Makes what it hears with once for each widget. */
export function createAlarm(): Alarm {
  const finders = new Map<string, ReturnType<typeof createRedFlagFinder>>();
  return ({ id, redFlags }, input, locale) => {
    const text = input.kind === 'start' || input.kind === 'message' ? input.text : undefined;
    if (text === undefined || redFlags?.['off'] === true) return null;
    const find = finders.get(id) ?? createRedFlagFinder(withOwnPhrases(builtInPhrases, redFlags ?? {}));
    finders.set(id, find);
    return find(text) === null ? null : { turns: [{ text: createGuideTranslate(locale)('redFlag') }], handoff: {} };
  };
}
