/** What a nurse is told of a check besides the answers: when each was given, what was changed and what was skipped. Pure. */
import type { FormAnswer, FormAnsweredBody } from '../../protocol/types.js';
import type { AnswerWords } from '../../questionnaire/write-response.js';
import type { Checker } from '../../triage/checker.js';
import type { Outcome } from '../../triage/evaluate.js';

export interface Turn {
  readonly at: number;
  /** The answers, as JSON. */
  readonly given: string;
  readonly changed: boolean;
}

export interface CheckRecord {
  readonly startedAt: number;
  /** By key of the item. */
  readonly turns: Readonly<Record<string, Turn>>;
}

/** A conversation's draft, as far as it matters here. */
export interface Passed {
  readonly answers: Readonly<Record<string, readonly unknown[]>>;
  readonly passed: readonly string[];
}

/** Takes note of what was passed; `isOver`: also of what was answered and not passed. */
export function noteTurns(record: CheckRecord, { answers, passed }: Passed, nowMs: number, isOver: boolean): CheckRecord {
  const turns: Record<string, Turn> = { ...record.turns };
  for (const key of new Set([...passed, ...(isOver ? Object.keys(answers) : [])])) {
    const given = JSON.stringify(answers[key] ?? []);
    const before = turns[key];
    if (before?.given !== given) turns[key] = { at: nowMs, given, changed: before !== undefined };
  }
  return { ...record, turns };
}

export interface HandOver {
  readonly checker: Checker;
  readonly record: CheckRecord;
  readonly outcome: Outcome;
  /** The level in words, as shown. */
  readonly title: string;
  readonly endedAt: number;
  /** An emergency ended the questions. */
  readonly isStopped: boolean;
  readonly lang: string;
  readonly words: AnswerWords;
}

/** The body for the wire: every question that was put, and what came of it. */
export function toHandOver({ checker: { pack, session }, record, outcome, title, endedAt, isStopped, lang, words }: HandOver): FormAnsweredBody {
  const turns = new Map<string, Turn>();
  for (const { key, linkId } of session.snapshot.value.items) {
    const turn = record.turns[key];
    if (turn && turn.at >= (turns.get(linkId)?.at ?? 0)) turns.set(linkId, turn);
  }
  const authored = new Date(endedAt).toISOString();
  const body = session.toBody('checker', authored, words);
  const answers = body.answers.flatMap((answer): FormAnswer[] => {
    const turn = turns.get(answer.linkId);
    if (turn) return [{ ...answer, at: turn.at, ...(turn.changed && { changed: true }), ...(answer.answers.length === 0 && { skipped: true }) }];
    // What was computed, such as a score; what was never put is left out.
    return answer.answers.length > 0 ? [answer] : [];
  });
  return {
    ...body,
    answers,
    ...(isStopped && { response: session.toResponse({ authored, lang, status: 'stopped' }) }),
    outcome: { checker: pack.id, version: pack.version, status: pack.status, level: outcome.level, title: title.slice(0, 300), rule: outcome.rule, startedAt: record.startedAt, endedAt },
  };
}
