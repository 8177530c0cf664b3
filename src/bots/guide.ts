/**
 * The declarative guide: steps of text and buttons, as data. Pure: it is asked what to say at a step, or to a button, and remembers nothing, because the
 * id of a button that it gives out names its step. `server/bots/` speaks it in a conversation, a text channel by itself.
 */
import { pickLanguage } from '../i18n/translate.js';
import type { BotTurn, Button, LocalText } from '../protocol/types.js';

/** A button as its author writes it; exactly one of what it leads to, but for `go` beside `form`. */
export interface GuideButton {
  readonly id: string;
  readonly label: LocalText;
  readonly style?: 'primary' | 'quiet';
  /** Another step; beside `form`, the one that follows once it was answered. */
  readonly go?: string;
  /** A link: https, mailto, tel, or a path of the clinic's own site. */
  readonly url?: string;
  /** A telephone number. */
  readonly call?: string;
  /** A form of the widget. */
  readonly form?: string;
  /** A symptom checker of the widget. */
  readonly checker?: string;
  /** People of this department. */
  readonly department?: string;
  /** A person. */
  readonly human?: true;
}

export interface GuideStep {
  readonly id: string;
  readonly text: LocalText;
  readonly mode?: 'once' | 'many';
  readonly buttons?: readonly GuideButton[];
}

/** What the clinic wants done about words that name no button. */
export interface GuideFallback {
  /** In place of our own sentence; the buttons follow. */
  readonly text?: LocalText;
  /** So many such answers in a row, and the next such words bring a person; without it, never. */
  readonly handOverAfter?: number;
  /** Whose people. */
  readonly department?: string;
}

export interface Guide {
  /** The step it begins with. */
  readonly start: string;
  readonly steps: readonly GuideStep[];
  readonly notUnderstood?: GuideFallback;
}

/** What a guide does about a button. */
export type GuideMove =
  | { readonly type: 'say'; readonly turn: BotTurn }
  /** It is not of this guide, or no longer. */
  | { readonly type: 'unknown' }
  /** Not for the guide: a link, a checker, a person. */
  | { readonly type: 'none' };

/** A clinic's text in the language that fits best, else English, else whatever there is. */
export function localText(text: LocalText, lang: string): string {
  const [first = 'en', ...more] = [...Object.keys(text)].sort((a, b) => Number(b === 'en') - Number(a === 'en'));
  return text[pickLanguage<string>([lang], [first, ...more])] ?? '';
}

/** What each of an author's targets is on the wire. */
const targets = [['form', 'form'], ['go', 'reply'], ['url', 'url'], ['call', 'call'], ['checker', 'checker'], ['department', 'department'], ['human', 'handoff']] as const;

/** The targets that a button names. One is right. */
export const targetsOf = (button: GuideButton): readonly (typeof targets)[number][0][] => targets.flatMap(([key]) => (button[key] === undefined || (key === 'go' && button.form !== undefined) ? [] : [key]));

function toButton(step: GuideStep, button: GuideButton, lang: string): Button {
  const [key, does] = targets.find(([name]) => button[name] !== undefined) ?? ['go', 'reply'];
  const to = key === 'go' || key === 'human' ? undefined : button[key];
  return { id: `${step.id}:${button.id}`, label: localText(button.label, lang), ...(button.style && { style: button.style }), do: does, ...(to !== undefined && { to }) };
}

const turnOf = (step: GuideStep, lang: string): BotTurn => ({
  text: localText(step.text, lang), mode: step.mode ?? 'once',
  ...(step.buttons && step.buttons.length > 0 && { buttons: step.buttons.map((button) => toButton(step, button, lang)) }),
});

const find = ({ steps }: Guide, id: string | undefined): GuideStep | undefined => steps.find((step) => step.id === id);

/** What the guide says first. */
export function startTurn(guide: Guide, lang: string): BotTurn {
  const step = find(guide, guide.start);
  if (!step) throw new Error(`the guide has no step ${guide.start}`);
  return turnOf(step, lang);
}

const buttonOf = (guide: Guide, buttonId: string): GuideButton | undefined => {
  const [stepId, ownId] = buttonId.split(':');
  return find(guide, stepId)?.buttons?.find(({ id }) => id === ownId);
};

const goOn = (guide: Guide, button: GuideButton | undefined, lang: string): GuideMove => {
  if (!button) return { type: 'unknown' };
  const next = find(guide, button.go);
  return next ? { type: 'say', turn: turnOf(next, lang) } : { type: 'none' };
};

/** What follows from a button of an earlier turn, by the id that it was given out with. A form is to be answered first. */
export function pressGuide(guide: Guide, buttonId: string, lang: string): GuideMove {
  const button = buttonOf(guide, buttonId);
  return button?.form === undefined ? goOn(guide, button, lang) : { type: 'none' };
}

/** What follows once the form of a button was answered. */
export const formAnswered = (guide: Guide, buttonId: string, lang: string): GuideMove => goOn(guide, buttonOf(guide, buttonId), lang);
