/**
 * The server's check of what a symptom checker hands over: of a checker of this widget, and where it is of the content as it is now, with answers that fit its
 * questions, and a level and a rule that belong together. What was answered to other content is taken unchecked: nobody is sent away for the clinic's change.
 */
import type { Result } from '../../base/result.js';
import type { FormAnsweredBody } from '../../protocol/types.js';
import type { WidgetConfig } from '../config/config.js';
import { checkerOf, judgeHandOver, type Judged } from './hand-over.js';
import { checkForm } from './pre-chat.js';
import { refuse } from './problems.js';

/** What becomes of it. Errors: `invalid` with pointers beneath `at`, `form-version`. */
export function checkHandOver(widget: WidgetConfig | undefined, given: FormAnsweredBody, at: string, nowMs: number): Result<Judged> {
  const mistake = (pointer: string, code: string): Result<Judged> => refuse('invalid', { details: [{ pointer: `${at}${pointer}`, code }] });
  const { outcome, purpose } = given;
  if (purpose !== 'checker') return mistake('/purpose', 'unknown-value');
  const pack = checkerOf(widget, given)?.pack;
  if (!outcome) return mistake('/outcome', 'required');
  if (!pack?.questionnaire) return mistake('/outcome/checker', 'unknown-value');
  const isSame = outcome.version === pack.version;
  if (isSame) {
    if (outcome.status !== pack.status) return mistake('/outcome/status', 'unknown-value');
    const rule = pack.rules.find(({ id }) => id === outcome.rule);
    if (!rule) return mistake('/outcome/rule', 'unknown-value');
    if (rule.level !== outcome.level) return mistake('/outcome/level', 'unknown-value');
    const checked = checkForm(pack.questionnaire, given, at, nowMs, ['completed', 'stopped']);
    if (!checked.ok) return checked;
  }
  const judged = judgeHandOver(widget, given, isSame, nowMs);
  return judged ? { ok: true, value: judged } : mistake('/outcome', 'required');
}

/** The same of what comes along with a message that is left: what cannot be checked is no reason to lose the message. Null: no symptom check. */
export function takeAttached(widget: WidgetConfig | undefined, given: FormAnsweredBody, nowMs: number): Judged | null {
  const checked = checkHandOver(widget, given, '', nowMs);
  return checked.ok ? checked.value : judgeHandOver(widget, given, false, nowMs);
}
