/** A form tried out without a screen: answers in, and what the form makes of them out. For the command line, previews and a clinic's own tests. */
import { ok, type Result } from '../base/result.js';
import { loadExpressions, type ExpressionOptions } from './expressions.js';
import { findExpressionLoops } from './expression-loops.js';
import { isObject } from './fhir-json.js';
import { fillAnswers, fillResponse } from './fill-response.js';
import { isQuestion, type Answer, type AnswerError, type Finding, type Form } from './form.js';
import { createFormSession, type FormSession } from './form-session.js';
import { findWarnings, sessionWarnings } from './form-warnings.js';
import { scoreOf } from './score.js';

export interface FormEvaluation {
  /** linkIds of what is enabled, and of what is not, in document order: groups and displays too. */
  readonly enabled: readonly string[];
  readonly disabled: readonly string[];
  /** What leaves the form, by linkId, computed values too; of what repeats, all together. */
  readonly values: Readonly<Record<string, readonly Answer[]>>;
  /** Sum of the weights of what was chosen; null while a scored question that is asked has no answer, or nothing is scored. */
  readonly score: number | null;
  readonly errors: readonly { readonly linkId: string; readonly code: AnswerError['code']; readonly params: AnswerError['params']; readonly message?: string }[];
  /** JSON pointers into the Questionnaire; where `in` says so, into the answers that were given. */
  readonly warnings: readonly (Finding & { readonly in?: 'answers' })[];
  readonly response: Readonly<Record<string, unknown>>;
}

/** A session of a form with all that it needs. Refusals: `form-unsupported`. */
export function openSession(form: Form, options: ExpressionOptions): Result<FormSession> {
  if (!form.hasExpressions) return ok(createFormSession(form));
  const expressions = loadExpressions(form, options);
  return expressions.ok ? ok(createFormSession(form, expressions.value)) : expressions;
}

/** What a session makes of its answers now. */
export function summarizeSession(session: FormSession, { nowMs }: Pick<ExpressionOptions, 'nowMs'>): Omit<FormEvaluation, 'warnings'> {
  const { form } = session;
  const errors = session.validate().map(({ linkId, error: { code, params, message } }) => ({ linkId, code, params, ...(message && { message: message.text }) }));
  const { items, lang } = session.snapshot.value;
  const on = new Set(items.filter(({ enabled }) => enabled).map(({ linkId }) => linkId));
  // Help and units are no items of their own: they are there with what they belong to.
  const isEnabled = (linkId: string): boolean => {
    const item = form.byLinkId.get(linkId)!;
    return on.has(linkId) || (!form.items.includes(item) && item.parent !== null && isEnabled(item.parent.linkId));
  };
  // A map, because `constructor` is a key of every object.
  const values = new Map<string, readonly Answer[]>();
  for (const { key, linkId, answers } of items) {
    if (answers.length > 0 && session.reached(key) && isQuestion(form.byLinkId.get(linkId)!)) values.set(linkId, [...(values.get(linkId) ?? []), ...answers]);
  }
  const linkIds = [...form.byLinkId.keys()];
  return {
    enabled: linkIds.filter(isEnabled), disabled: linkIds.filter((linkId) => !isEnabled(linkId)), values: Object.fromEntries(values), score: scoreOf(session).total, errors,
    response: session.toResponse({ authored: new Date(nowMs).toISOString(), lang, status: errors.length === 0 ? 'completed' : 'in-progress' }),
  };
}

/** What a QuestionnaireResponse was answered to, where that is not this form as it is; a relative reference says too little. */
export function otherForm({ canonical }: Form, { questionnaire }: Readonly<Record<string, unknown>>): 'other-questionnaire' | 'other-version' | null {
  if (typeof questionnaire !== 'string' || !questionnaire.includes(':') || canonical === null) return null;
  const [[url, version], [ownUrl, ownVersion]] = [questionnaire.split('|'), canonical.split('|')];
  if (url !== ownUrl) return 'other-questionnaire';
  return version === undefined || ownVersion === undefined || version === ownVersion ? null : 'other-version';
}

/** Answers are a QuestionnaireResponse, or lists of FHIR `value[x]` objects by linkId. Refusals: `form-unsupported`. */
export function evaluateForm(form: Form, answers: Readonly<Record<string, unknown>>, options: ExpressionOptions): Result<FormEvaluation> {
  const session = openSession(form, options);
  if (!session.ok) return session;
  const isResponse = isObject(answers) && answers['resourceType'] === 'QuestionnaireResponse';
  const { mistakes } = isResponse ? fillResponse(session.value, answers) : fillAnswers(session.value, answers);
  const other = isResponse ? otherForm(form, answers) : null;
  return ok({
    ...summarizeSession(session.value, options),
    warnings: [...(other ? [{ pointer: '/questionnaire', code: other, in: 'answers' as const }] : []), ...findWarnings(form), ...findExpressionLoops(form).map(({ pointer, code }) => ({ pointer, code })), ...sessionWarnings(session.value), ...mistakes.map((mistake) => ({ ...mistake, in: 'answers' as const }))],
  });
}
