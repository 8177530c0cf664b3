/**
 * The server's check of what a symptom checker hands over: of a checker of this widget and of its content as it is now, with answers that fit its
 * questions, and a level and a rule that belong together. The rules are not run again: they ran where the answers were given.
 */
import type { Result } from '../../base/result.js';
import type { FormAnsweredBody } from '../../protocol/types.js';
import type { WidgetConfig } from '../config/config.js';
import { checkForm } from './pre-chat.js';
import { refuse } from './problems.js';

/** Errors: `invalid` with pointers beneath `/ev/form`, `form-version`. */
export function checkHandOver(widget: WidgetConfig | undefined, given: FormAnsweredBody, nowMs: number): Result<void> {
  const mistake = (pointer: string, code: string): Result<void> => refuse('invalid', { details: [{ pointer: `/ev/form${pointer}`, code }] });
  const { outcome, purpose } = given;
  if (purpose !== 'checker') return mistake('/purpose', 'unknown-value');
  if (!outcome) return mistake('/outcome', 'required');
  const pack = widget?.checkers.find((checker) => checker.pack.id === outcome.checker)?.pack;
  if (!pack?.questionnaire) return mistake('/outcome/checker', 'unknown-value');
  if (outcome.version !== pack.version) return refuse('form-version', { details: [{ pointer: '/ev/form/outcome/version', code: 'unknown-value' }] });
  if (outcome.status !== pack.status) return mistake('/outcome/status', 'unknown-value');
  const rule = pack.rules.find(({ id }) => id === outcome.rule);
  if (!rule) return mistake('/outcome/rule', 'unknown-value');
  if (rule.level !== outcome.level) return mistake('/outcome/level', 'unknown-value');
  return checkForm(pack.questionnaire, given, '/ev/form', nowMs, ['completed', 'stopped']);
}
