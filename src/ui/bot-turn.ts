/**
 * A bot's turn on the screen: its words, and its buttons while they can be pressed. Buttons are plain buttons in a group that is named by the words, so that
 * neither focus nor an arrow key answers anything. Once answered they are text that says what was chosen, as they are for whoever only reads along.
 */
import { html, nothing, type TemplateResult } from 'lit/html.js';
import type { BotKey } from '../i18n/bot/en.js';
import type { Translate } from '../i18n/translate.js';
import type { UiKey } from '../i18n/ui/en.js';
import { formCard } from './form-card.js';
import { tickIcon } from './icons.js';
import { linkify } from './linkify.js';
import { personName } from './transcript-items.js';
import type { Person, TranscriptAction, TranscriptButton, TranscriptEscalated, TranscriptItem, TranscriptMessage, TranscriptPart, TranscriptTimeline } from './transcript-types.js';

export type BotTranslate = Translate<BotKey | UiKey>;

export interface BotViewContext {
  readonly t: BotTranslate;
  /** Whoever reads this. */
  readonly self: Person['role'];
  /** What was pressed, of each message, by its seq. */
  readonly pressed: ReadonlyMap<number, ReadonlySet<string>>;
  /** Messages behind this seq can be answered now; null: none can. */
  readonly openAfter: number | null;
  /** The same of buttons that open a form. */
  readonly formsAfter: number | null;
  /** What is on its way, as `pressKey`. */
  readonly busy: string | null;
  /** Why a press was refused: its place, as `pressKey`, and a sentence. */
  readonly problem: readonly [key: string, sentence: string] | null;
  /** Whether there is somebody who can do that. */
  canDo(button: TranscriptButton): boolean;
  press(message: TranscriptMessage, button: TranscriptButton): void;
}

type ButtonsPart = Extract<TranscriptPart, { readonly buttons: unknown }>;

/** Names a button of a message. */
export const pressKey = (seq: number | null, buttonId: string): string => `${seq} ${buttonId}`;

/** What was pressed in a conversation, by the seq of the message; a button that opens a form, by answering it. */
export function pressedIn({ chunks }: Pick<TranscriptTimeline, 'chunks'>): ReadonlyMap<number, ReadonlySet<string>> {
  const pressed = new Map<number, Set<string>>();
  for (const item of chunks.flat()) {
    const button = item.type === 'action' ? item : item.type === 'form' ? item.body.asked : undefined;
    if (button) pressed.set(button.target, (pressed.get(button.target) ?? new Set()).add(button.buttonId));
  }
  return pressed;
}

/** Behind which seq a bot's turns are still to be answered: the last thing that the visitor did and the bot has gone on from. */
export function openAfterIn({ chunks }: Pick<TranscriptTimeline, 'chunks'>): number {
  let done = 0;
  let open = 0;
  for (const item of chunks.flat()) {
    if (item.type !== 'message' && item.type !== 'action' && item.type !== 'form') continue;
    if (item.by.role === 'visitor') done = item.seq ?? done;
    else if (item.by.role === 'bot') open = done;
  }
  return open;
}

/** The address that a button opens: of the web, mail, telephone, or a path of the page's own site; null where it opens none. */
export function addressOf({ do: does, to = '' }: Pick<TranscriptButton, 'do' | 'to'>): string | null {
  if (does === 'call') return /^[0-9+*# -]{2,30}$/.test(to) ? `tel:${to.replaceAll(' ', '')}` : null;
  if (does !== 'url') return null;
  if (/^\/(?![/\\])/.test(to)) return to;
  return /^(https|mailto|tel):/i.test(to) && URL.canParse(to) ? new URL(to).href : null;
}

const isLink = ({ do: does }: TranscriptButton): boolean => does === 'url' || does === 'call';

const linkView = (button: TranscriptButton): TemplateResult | typeof nothing => {
  const address = addressOf(button);
  if (address === null) return nothing;
  const tab = /^(https:|\/)/.test(address);
  return html`<a class="button quiet small" part="bot-button" href=${address} target=${tab ? '_blank' : nothing} rel="noopener noreferrer">${button.label}</a>`;
};

const choiceView = (message: TranscriptMessage, button: TranscriptButton, context: BotViewContext): TemplateResult => {
  const press = (event: Event): void => {
    if (context.busy !== null) return;
    // The button is about to go: what it belongs to stays.
    (event.currentTarget as HTMLElement).closest<HTMLElement>('.bot-choices')?.focus();
    context.press(message, button);
  };
  return html`<button class="button small ${button.style === 'primary' ? '' : 'quiet'}" part="bot-button" type="button" aria-disabled=${context.busy === null ? nothing : 'true'} @click=${press}>${button.label}</button>`;
};

const partView = (message: TranscriptMessage, part: ButtonsPart, labelId: string, context: BotViewContext): TemplateResult => {
  const { t, pressed, problem } = context;
  const chosen = part.buttons.filter(({ id }) => pressed.get(message.seq ?? 0)?.has(id));
  const isOpen = ({ do: does }: TranscriptButton): boolean => {
    const after = does === 'form' ? context.formsAfter : context.openAfter;
    return after !== null && message.seq !== null && (part.mode === 'many' || (chosen.length === 0 && message.seq > after));
  };
  const choices = part.buttons.filter((button) => !isLink(button) && context.canDo(button));
  const past = choices.filter((button) => !isOpen(button));
  const said = chosen.length > 0 ? 'chosen' : past.length === 0 ? null : 'offered';
  const wrong = part.buttons.find(({ id }) => problem?.[0] === pressKey(message.seq, id));
  return html`
    <div class="bot-choices" part="bot-choices" role="group" tabindex="-1" aria-labelledby=${labelId}>
      ${said ? html`<p class="bot-chosen ${said === 'chosen' ? 'yes' : ''}" part="bot-chosen" dir="auto">${said === 'chosen' ? tickIcon : nothing}<span>${t(said, { label: (said === 'chosen' ? chosen : past).map(({ label }) => label).join(', ') })}</span></p>` : nothing}
      ${part.buttons.map((button) => (isLink(button) ? linkView(button) : isOpen(button) && choices.includes(button) ? choiceView(message, button, context) : nothing))}
      ${wrong ? html`<p class="bot-problem" role="alert">${problem![1]}</p>` : nothing}
    </div>`;
};

const isButtons = (part: TranscriptPart): part is ButtonsPart => 'buttons' in part;
const wordsOf = (parts: readonly TranscriptPart[]): string => parts.flatMap((part) => (isButtons(part) ? [] : 'text' in part ? part.text : part.fallback)).join('\n');

const turnView = (message: TranscriptMessage, parts: readonly TranscriptPart[], context: BotViewContext): TemplateResult => {
  const words = wordsOf(parts);
  const id = `bot-turn-${message.seq}`;
  return html`
    <div class="bubble" part="bubble" dir="auto" id=${id} ?hidden=${words === ''}>${words === '' ? personName(message.by, context.t) : linkify(words)}</div>
    ${parts.filter(isButtons).map((part) => partView(message, part, id, context))}`;
};

const causes = { visitor: 'personAsked', failed: 'botFailed', checker: 'checkTaken' } as const;
const escalatedText = ({ cause, by }: TranscriptEscalated, t: BotTranslate): string => (cause === 'bot' ? t('botHandsOver', { name: personName(by, t) }) : t(causes[cause]));

const actionView = ({ by, seq, label }: TranscriptAction, { t, self }: BotViewContext): TemplateResult => {
  const mine = by.role === self;
  return html`
    <div class="message first last ${mine ? 'mine' : 'theirs'}" part="message ${mine ? 'message-mine' : 'message-theirs'}" data-seq=${seq}>
      <span class="sr-only">${mine ? t('you') : personName(by, t)}:</span><div class="bubble" part="bubble" dir="auto">${label}</div>
    </div>`;
};

/** What the transcript does not show itself: answers of a form, and what a bot has to do with. */
export function botItem(item: TranscriptItem, context: BotViewContext): TemplateResult | undefined {
  switch (item.type) {
    case 'message':
      return item.parts && item.by.role !== 'visitor' ? turnView(item, item.parts, context) : undefined;
    case 'form':
      return formCard(item, context.t);
    case 'action':
      return actionView(item, context);
    case 'escalated':
      return html`<p class="system" part="system" data-seq=${item.seq}>${escalatedText(item, context.t)}</p>`;
    default:
      return undefined;
  }
}
