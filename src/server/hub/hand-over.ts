/**
 * What a symptom check that was handed over means here. The browser's level is not believed: where this server has the content, it runs the rules itself,
 * and the more urgent of the two counts. What it says of a result raises an alarm, and never refuses or lowers one.
 */
import { localText } from '../../bots/guide.js';
import type { CheckOutcome, CheckVerdict, FormAnsweredBody } from '../../protocol/types.js';
import { loadExpressions } from '../../questionnaire/expressions.js';
import { fillResponse } from '../../questionnaire/fill-response.js';
import type { Form } from '../../questionnaire/form.js';
import { createFormSession } from '../../questionnaire/form-session.js';
import { beginCheck } from '../../triage/checker.js';
import { evaluatePack, type Outcome } from '../../triage/evaluate.js';
import type { Pack } from '../../triage/pack.js';
import type { CheckerConfig, WidgetConfig } from '../config/config.js';
import { priorities, type Priority } from '../config/schema.js';
import { formOf } from './pre-chat.js';

export interface Judged {
  /** As it is kept: with what this server makes of it. */
  readonly form: FormAnsweredBody;
  /** Null: says nothing. */
  readonly priority: Priority | null;
  /** Who goes on where a bot has the conversation. */
  readonly to: 'people' | 'bot';
}

/** The more urgent of two; null says nothing. */
export const moreUrgent = (one: Priority | null, other: Priority | null): Priority | null =>
  (one === null || other === null ? one ?? other : priorities.indexOf(one) >= priorities.indexOf(other) ? one : other);

/** What a result came in as, or what was made of it. */
interface Place {
  readonly level: string;
  readonly rule: string;
}

/** Whether it stops everything, or numbers stand beside it. */
function isAlarm({ levels, rules }: Pack, { level, rule }: Place): boolean {
  return levels.some(({ id, stops }) => id === level && stops) || rules.some(({ id, panel }) => id === rule && panel !== null);
}

/** Where the clinic has said nothing; of a level that the content does not have the worst is assumed. */
function usualPriority(pack: Pack, place: Place): Priority {
  const others = pack.levels.filter(({ stops }) => !stops).map(({ id }) => id);
  const rank = others.indexOf(place.level);
  if (rank < 0 || isAlarm(pack, place)) return 'urgent';
  return rank < Math.floor(others.length / 2) ? 'high' : 'normal';
}

const priorityOf = ({ pack, levels }: CheckerConfig, place: Place): Priority => levels[place.level]?.priority ?? usualPriority(pack, place);

const isFromBot = ({ pack, levels }: CheckerConfig, place: Place): boolean => !isAlarm(pack, place) && levels[place.level]?.to === 'bot';

const dayMs = 86_400_000;

/** What the rules make of the answers; null where the content must not be used any more. Ages are those of the time of the check, where its clock can be right. */
function evaluate(pack: Pack, form: Form, { response, outcome }: FormAnsweredBody, nowMs: number): Outcome | null {
  const endedAt = outcome?.endedAt ?? nowMs;
  const at = Math.abs(nowMs - endedAt) < dayMs ? endedAt : nowMs;
  const expressions = form.hasExpressions ? loadExpressions(form, { nowMs: at }) : null;
  const session = createFormSession(form, expressions?.ok ? expressions.value : null);
  fillResponse(session, response);
  const check = beginCheck(pack, session, at);
  const found = evaluatePack(pack, check.answers(), { nowMs: at });
  // In the order in which the person's browser asks: what is certain ends the questions.
  return found.ok ? check.emergency() ?? found.value : null;
}

function verdictOf(pack: Pack, body: FormAnsweredBody, { level, rule }: CheckOutcome, nowMs: number): CheckVerdict {
  const form = pack.questionnaire && formOf(pack.questionnaire);
  const found = form && evaluate(pack, form, body, nowMs);
  if (!found) return { result: 'unchecked' };
  if (found.level === level && found.rule === rule) return { result: 'same' };
  const lang = body.response['language'];
  return { result: 'differs', level: found.level, title: localText(found.title, typeof lang === 'string' ? lang : 'en').slice(0, 300), rule: found.rule };
}

/** The checker of a result, in the version of the result or another one. */
export const checkerOf = (widget: WidgetConfig | undefined, { outcome }: FormAnsweredBody): CheckerConfig | undefined =>
  outcome && widget?.checkers.find(({ pack }) => pack.id === outcome.checker);

/** Null where it is no result of a symptom check. `isSound`: the answers are known to fit the questions of this server's content. */
export function judgeHandOver(widget: WidgetConfig | undefined, given: FormAnsweredBody, isSound: boolean, nowMs: number): Judged | null {
  const { outcome } = given;
  if (!outcome) return null;
  const checker = checkerOf(widget, given);
  const verdict = checker && isSound ? verdictOf(checker.pack, given, outcome, nowMs) : { result: 'unchecked' as const };
  const places: readonly Place[] = [outcome, ...(verdict.level !== undefined && verdict.rule !== undefined ? [{ level: verdict.level, rule: verdict.rule }] : [])];
  return {
    form: { ...given, outcome: { ...outcome, verdict } },
    priority: checker ? places.map((place) => priorityOf(checker, place)).reduce((one, other) => moreUrgent(one, other) ?? one) : 'urgent',
    to: checker && places.every((place) => isFromBot(checker, place)) ? 'bot' : 'people',
  };
}
