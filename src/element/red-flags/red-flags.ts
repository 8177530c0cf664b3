/**
 * The chunk `red-flags`: while somebody types, a note with the number to call where the words ask for one. It is found here and stays here: no request, no event, nothing
 * stored. The note takes no focus, covers nothing and stops nothing; once it is there it stays until it is closed, because whoever takes a sentence back may mean it all the same.
 */
import { nothing, render, type TemplateResult } from 'lit/html.js';
import type { ChatSnapshot } from '../../core/snapshots.js';
import type { Widget } from '../../protocol/types.js';
import { builtInPhrases } from '../../triage/built-in-phrases.js';
import { createRedFlagFinder, withOwnPhrases, type RedFlagKind } from '../../triage/red-flag-phrases.js';
import { isComposing } from '../../ui/composer.js';
import { toSheet } from '../../ui/css.js';
import type { LaterHost } from '../panel-context.js';
import type { LaterTranslate } from '../later-views.js';
import { redFlagStyles } from './red-flag-styles.js';
import { numbersFor, redFlagView } from './red-flag-view.js';

export type TextField = HTMLTextAreaElement | HTMLInputElement;

export interface RedFlagsHost extends LaterHost {
  t(): LaterTranslate;
}

export interface RedFlags {
  /** This was typed into the field. */
  typed(field: TextField, text: string): void;
  /** The note, at each render; what stands above the field. */
  look(chat: ChatSnapshot): TemplateResult | typeof nothing;
  /** The visitor is gone, and with them what was typed. */
  forget(): void;
  dispose(): void;
}

/** From a key press until it is looked at. */
const pauseMs = 250;

let sheet: CSSStyleSheet | undefined;

/** Puts the styles into the shadow root once and waits for words. */
export function createRedFlags({ shadow, host: { shell }, session: { client, ports: { clock } }, words, t, announce, requestUpdate }: RedFlagsHost): RedFlags {
  /** The kind whose note is up. */
  let shown: RedFlagKind | null = null;
  /** The kinds that were closed while this message is written. */
  const closed = new Set<RedFlagKind>();
  let field: TextField | null = null;
  let text = '';
  let cancel: (() => void) | null = null;
  let conversationId = client.snapshot.value.conversation?.id;
  let wasClosed = client.snapshot.value.conversation?.status === 'closed';
  let madeFor: Widget['redFlags'] | null = null;
  let find: ReturnType<typeof createRedFlagFinder>;
  /** Where something covers the panel's body (the symptom checker), the note stands below it. */
  const place = document.createElement('div');
  place.className = 'red-flag-place';
  shell.panel.append(place);
  sheet ??= toSheet(redFlagStyles);
  if (!shadow.adoptedStyleSheets.includes(sheet)) shadow.adoptedStyleSheets = [...shadow.adoptedStyleSheets, sheet];

  const template = (): TemplateResult | typeof nothing =>
    shown === null ? nothing : redFlagView(t(), shown, numbersFor(shown, client.snapshot.value.widget?.emergency ?? [], shell.panel, t(), words().tag), close);
  const stop = (): void => {
    cancel?.();
    cancel = null;
  };
  const listen = (): void => {
    cancel = null;
    const settings = client.snapshot.value.widget?.redFlags;
    if (madeFor !== settings) find = createRedFlagFinder(withOwnPhrases(builtInPhrases, settings ?? {}));
    madeFor = settings;
    const kind = find(text);
    // The crisis note names the emergency number, too.
    if (kind === null || kind === shown || closed.has(kind) || shown === 'crisis') return;
    shown = kind;
    const [title, what] = kind === 'crisis' ? [t()('flagCrisis'), t()('flagCrisisDo')] : [t()('flagEmergency'), t()('flagEmergencyDo')];
    announce([`${title}.`, what, ...numbersFor(kind, client.snapshot.value.widget?.emergency ?? [], shell.panel, t(), words().tag).map((line) => line.text)].join(' '));
    requestUpdate();
    // The note takes room from what scrolls: the field that is written in stays in sight.
    queueMicrotask(() => shadow.activeElement === field && field?.scrollIntoView({ block: 'nearest' }));
  };
  const forget = (): void => {
    stop();
    closed.clear();
    shown = null;
    text = '';
  };
  const notes = (): readonly Element[] => [...shell.panel.querySelectorAll('.red-flag')];
  const close = (): void => {
    if (shown !== null && field?.value.trim()) closed.add(shown);
    shown = null;
    // Whoever pressed the button goes on where they were writing.
    if (notes().some((note) => note.contains(shadow.activeElement))) field?.focus();
    requestUpdate();
  };
  /** Before the panel takes Escape for itself; the menu and the question before ending come first. */
  const onKeydown = (event: KeyboardEvent): void => {
    if (event.key !== 'Escape' || isComposing(event) || (event.target as Element).closest('.tools, .confirm') || !notes().some((note) => note.getClientRects().length > 0)) return;
    event.stopPropagation();
    close();
  };
  shell.panel.addEventListener('keydown', onKeydown, true);

  return {
    typed(next, now) {
      // Another field, or begun anew: another message.
      if (next !== field || !now.trim()) closed.clear();
      field = next;
      text = now;
      cancel ??= clock.setTimer(listen, pauseMs);
    },
    look({ conversation, draft }) {
      if (draft.text === '' && field?.matches('.composer-field')) closed.clear();
      const isClosed = conversation?.status === 'closed';
      // What is written once it has ended, as a rating, is another text.
      if (conversationId !== undefined && (conversation?.id !== conversationId || (isClosed && !wasClosed))) forget();
      conversationId = conversation?.id;
      wasClosed = isClosed;
      place.dir = shell.body.dir;
      render(template(), place);
      return template();
    },
    forget() {
      forget();
      requestUpdate();
    },
    dispose() {
      stop();
      shell.panel.removeEventListener('keydown', onKeydown, true);
      render(nothing, place);
      place.remove();
    },
  };
}
