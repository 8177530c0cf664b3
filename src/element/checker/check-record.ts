/** What is handed over of a check: every question that was put, what came of it, and what it came to. Pure. */
import type { FormAnsweredBody } from '../../protocol/types.js';
import type { AnswerWords } from '../../questionnaire/write-response.js';
import type { Checker } from '../../triage/checker.js';
import type { Outcome } from '../../triage/evaluate.js';
import { withTurns, type Turns } from '../turns.js';

export interface CheckRecord {
  readonly startedAt: number;
  readonly turns: Turns;
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
  const authored = new Date(endedAt).toISOString();
  const body = session.toBody('checker', authored, words);
  // What was computed, such as a score, stays; what was never put is left out.
  const answers = withTurns(body.answers, session.snapshot.value.items, record.turns).flatMap(({ answer, isAsked }) => (isAsked || answer.answers.length > 0 ? [answer] : []));
  return {
    ...body,
    answers,
    ...(isStopped && { response: session.toResponse({ authored, lang, status: 'stopped' }) }),
    outcome: { checker: pack.id, version: pack.version, status: pack.status, level: outcome.level, title: title.slice(0, 300), rule: outcome.rule, startedAt: record.startedAt, endedAt },
  };
}
