/** What a nurse is told of questions that were asked one by one, besides the answers: when each was given, what was changed and what was skipped. Pure. */
import type { FormAnswer } from '../protocol/types.js';

export interface Turn {
  readonly at: number;
  /** The answers, as JSON. */
  readonly given: string;
  readonly changed: boolean;
}

/** By key of the item. */
export type Turns = Readonly<Record<string, Turn>>;

/** A conversation's draft, as far as it matters here. */
export interface Passed {
  readonly answers: Readonly<Record<string, readonly unknown[]>>;
  readonly passed: readonly string[];
}

/** Takes note of what was passed; `isOver`: also of what was answered and not passed. */
export function noteTurns(before: Turns, { answers, passed }: Passed, nowMs: number, isOver: boolean): Turns {
  const turns: Record<string, Turn> = { ...before };
  for (const key of new Set([...passed, ...(isOver ? Object.keys(answers) : [])])) {
    const given = JSON.stringify(answers[key] ?? []);
    const known = turns[key];
    if (known?.given !== given) turns[key] = { at: nowMs, given, changed: known !== undefined };
  }
  return turns;
}

/** The answers with what is known of each; `isAsked` tells those apart that were never put, or computed. */
export function withTurns(answers: readonly FormAnswer[], items: readonly { readonly key: string; readonly linkId: string }[], turns: Turns): readonly { readonly answer: FormAnswer; readonly isAsked: boolean }[] {
  const latest = new Map<string, Turn>();
  for (const { key, linkId } of items) {
    const turn = turns[key];
    if (turn && turn.at >= (latest.get(linkId)?.at ?? 0)) latest.set(linkId, turn);
  }
  return answers.map((answer) => {
    const turn = latest.get(answer.linkId);
    return { answer: turn ? { ...answer, at: turn.at, ...(turn.changed && { changed: true }), ...(answer.answers.length === 0 && { skipped: true }) } : answer, isAsked: turn !== undefined };
  });
}
