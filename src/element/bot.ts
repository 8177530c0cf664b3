/** The chunk `bot`: buttons that can be pressed, what was chosen, and the way to a person. Loaded with the first thing that a bot does. */
import type { ChatClient } from '../core/api.js';
import type { ConversationSnapshot } from '../core/snapshots.js';
import { botItem, openAfterIn, pressedIn, pressKey, type BotTranslate } from '../ui/bot-turn.js';
import { botStyles } from '../ui/bot-styles.js';
import { toSheet } from '../ui/css.js';
import type { TranscriptButton, TranscriptMessage } from '../ui/transcript-types.js';
import { botLine } from './bot-line.js';
import type { WantedForm } from './chat-core.js';
import type { ItemsLook } from './panel-context.js';

export interface BotHost {
  readonly shadow: ShadowRoot;
  readonly client: Pick<ChatClient, 'act' | 'snapshot'>;
  problem(code: string | null): string;
  requestUpdate(): void;
  /** Opens a symptom checker of the widget. */
  openChecker(id: string): void;
  /** Opens a form of the widget. */
  openForm(wanted: WantedForm): void;
}

export interface BotParts {
  /** A look is the same object as long as nothing in it changes. */
  look(conversation: ConversationSnapshot, t: BotTranslate): ItemsLook;
}

let sheet: CSSStyleSheet | undefined;

/** Stands in for the message and button where a person was asked for by the line. */
const personKey = 'person';

/** Puts the styles into the shadow root once. Nothing is pressed yet. */
export function createBot({ shadow, client, problem, requestUpdate, openChecker, openForm }: BotHost): BotParts {
  let busy: string | null = null;
  let wrong: readonly [key: string, sentence: string] | null = null;
  let shown: { readonly of: readonly unknown[]; readonly look: ItemsLook } | null = null;
  sheet ??= toSheet(botStyles);
  if (!shadow.adoptedStyleSheets.includes(sheet)) shadow.adoptedStyleSheets = [...shadow.adoptedStyleSheets, sheet];

  const act = async (key: string, ev: Parameters<ChatClient['act']>[0]): Promise<void> => {
    busy = key;
    wrong = null;
    requestUpdate();
    const done = await client.act(ev);
    busy = null;
    // Somebody was faster, in another tab or on the desk: the log says who.
    if (!done.ok && done.error.code !== 'conflict') wrong = [key, problem(done.error.code)];
    requestUpdate();
  };
  const press = ({ seq }: TranscriptMessage, { id, do: does, to }: TranscriptButton): void => {
    if (seq === null) return;
    // What answers it is what is sent of the form: whoever closes it has chosen nothing.
    if (does === 'form' && to !== undefined) return openForm({ form: to, asked: { target: seq, buttonId: id } });
    void act(pressKey(seq, id), { kind: 'action', target: seq, buttonId: id });
    if (does === 'checker' && to !== undefined) openChecker(to);
  };
  const ask = (): void => void act(personKey, { kind: 'escalate' });
  const canDo = ({ do: does, to }: TranscriptButton): boolean => {
    const { widget } = client.snapshot.value;
    return does === 'form' ? widget?.forms?.includes(to ?? '') === true : does !== 'checker' || widget?.checkers?.some(({ id }) => id === to) === true;
  };

  return {
    look({ timeline, status, bot }, t) {
      const pressed = pressedIn(timeline);
      const enabled = bot && status === 'waiting';
      const answeredTo = openAfterIn(timeline);
      const openAfter = enabled ? answeredTo : null;
      // Questions that a bot has asked can still be answered when a person has come.
      const formsAfter = status === 'closed' ? null : answeredTo;
      const of = [t, client.snapshot.value.widget, openAfter, formsAfter, busy, wrong, [...pressed].map(([seq, ids]) => [seq, ...ids].join(' ')).join()];
      if (shown && of.every((part, index) => part === shown!.of[index])) return shown.look;
      const context = { t, self: 'visitor' as const, pressed, openAfter, formsAfter, busy, problem: wrong, canDo, press };
      const look: ItemsLook = {
        more: (item) => botItem(item, context),
        ...(enabled && { line: botLine(t, { busy: busy === personKey, problem: wrong?.[0] === personKey ? wrong[1] : null, ask }) }),
      };
      shown = { of, look };
      return look;
    },
  };
}
