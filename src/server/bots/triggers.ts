/** Which events of a conversation a bot has to answer. */
import type { ActionBody, BotRequest, Button } from '../../protocol/types.js';
import { matchReply } from '../../bots/plain-text.js';
import { textOfParts } from '../hub/parts.js';
import type { StoredEvent } from '../store/store.js';

/** Something to be answered. `opening`: the message with which the conversation was opened, told with its beginning. */
export interface Trigger {
  readonly event: StoredEvent;
  readonly opening: string | null;
}

const begins = new Set(['created', 'returned', 'agent-lost']);
const isBeginning = (event: StoredEvent): boolean => event.kind === 'assignment' && begins.has(event.d.reason ?? '');
const textOf = (event: StoredEvent): string | null => (event.kind === 'message' && event.by.role === 'visitor' && 'parts' in event.d ? textOfParts(event.d.parts) : null);

/** A symptom check was handed over; the bot has the conversation still, so that it is for the bot (`hub/hand-over.ts`). */
export const isCheck = (event: StoredEvent): boolean => event.kind === 'form.answered' && event.d.purpose === 'checker';

/** Whether what the bot has said last still stands unanswered: it need not be said again. */
export function isStanding(events: readonly StoredEvent[]): boolean {
  return [...events].reverse().find(({ kind }) => kind === 'message' || kind === 'action')?.by.role === 'bot';
}

/** The answers of a form that a button of a bot has opened. */
const isAskedForm = (event: StoredEvent): boolean => event.kind === 'form.answered' && event.d.asked !== undefined;

/** In the order of the log. What was committed together with the beginning belongs to it. */
export function triggersOf(events: readonly StoredEvent[]): readonly Trigger[] {
  const beginning = events.find(isBeginning);
  const opening = beginning && events.find((event) => textOf(event) !== null && event.at === beginning.at);
  return events
    .filter((event) => event === beginning || (event !== opening && (textOf(event) !== null || event.kind === 'action' || isCheck(event) || isAskedForm(event))))
    .map((event) => ({ event, opening: event === beginning && opening ? textOf(opening) : null }));
}

/** Those that nobody has answered yet: behind the last thing that a bot said, and no further back than where it began anew. */
export function openTriggers(events: readonly StoredEvent[]): readonly Trigger[] {
  let from = events.length;
  while (from > 0 && events[from - 1]!.by.role !== 'bot' && !(from < events.length && isBeginning(events[from]!))) from--;
  return triggersOf(events.slice(from));
}

const buttonsOf = (turn: StoredEvent | undefined): readonly Button[] =>
  (turn?.kind === 'message' && 'parts' in turn.d ? turn.d.parts.flatMap((part) => (part.kind === 'buttons' ? (part as { readonly buttons: readonly Button[] }).buttons : [])) : []);

/** Buttons of the last turn of a bot. */
export const offeredIn = (events: readonly StoredEvent[]): readonly Button[] => buttonsOf([...events].reverse().find((event) => event.kind === 'message' && event.by.role === 'bot'));

/** Whether a button was pressed that opens a symptom checker: who pressed it has what they wanted, without a word of the bot. */
export function opensChecker({ event }: Trigger, before: readonly StoredEvent[]): boolean {
  if (event.kind !== 'action') return false;
  const { target, buttonId } = event.d;
  return buttonsOf(before.find(({ seq }) => seq === target)).some((button) => button.id === buttonId && button.do === 'checker');
}

/** How many messages, the last of them behind each other, named no button of what was offered then. */
export function missedIn(events: readonly StoredEvent[]): number {
  const triggers = [...triggersOf(events)].reverse();
  const understood = triggers.findIndex(({ event }) => {
    const text = isBeginning(event) ? null : textOf(event);
    return text === null || matchReply(text, offeredIn(events.filter(({ seq }) => seq < event.seq))) !== null;
  });
  return understood === -1 ? triggers.length : understood;
}

/** What the bot is told of it. Words that name a button are that button pressed. `formId`: of a form that was answered. */
export function inputOf({ event, opening }: Trigger, offered: readonly Button[], formId: (questionnaire: string) => string): BotRequest['input'] {
  // Nothing of the answers is for the bot.
  if (isCheck(event)) return { kind: 'start' };
  if (event.kind === 'action') return { kind: 'action', ...pressed(event.d) };
  if (event.kind === 'form.answered') return { kind: 'form', buttonId: event.d.asked!.buttonId, form: formId(event.d.form.questionnaire) };
  const text = textOf(event);
  if (text === null) return { kind: 'start', ...(opening !== null && { text: opening }) };
  const named = matchReply(text, offered);
  return named ? { kind: 'action', buttonId: named.id, label: named.label, text } : { kind: 'message', text };
}

const pressed = ({ buttonId, label }: ActionBody) => ({ buttonId, label });
