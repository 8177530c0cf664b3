/**
 * The server's judgement of a QuestionnaireResponse that came over the wire: of this form and version, only known and enabled items,
 * in their places, with answers of the right type and range, nothing required missing. Names places and codes, never values.
 */
import { CareError } from '../base/care-error.js';
import { err, ok, type Result } from '../base/result.js';
import { isObject } from './fhir-json.js';
import { fillResponse } from './fill-response.js';
import { isQuestion, type Answer, type Finding, type Form, type FormItem } from './form.js';
import { loadExpressions } from './expressions.js';
import { createFormSession } from './form-session.js';

/** An accepted response. */
export interface CheckedResponse {
  /** Answers by linkId, as FHIR `value[x]` objects; of what repeats, all together. */
  readonly answers: ReadonlyMap<string, readonly Answer[]>;
}

/** As many as a problem on the wire may carry. */
const maxMistakes = 50;

/** What the person could not fill in may be missing. */
const isUnfinished = (item: FormItem): boolean => item.readOnly || item.hidden || (item.parent !== null && isUnfinished(item.parent));

/** What is wrong with answers that are in their places. */
function judge(form: Form, response: { readonly item?: unknown; readonly status?: unknown }, nowMs: number): { readonly mistakes: readonly Finding[]; readonly answers: Map<string, readonly Answer[]> } {
  const expressions = form.hasExpressions ? loadExpressions(form, { nowMs }) : null;
  if (expressions && !expressions.ok) return { mistakes: expressions.error.details, answers: new Map() };
  const session = createFormSession(form, expressions?.value ?? null);
  const { mistakes, pointerOf } = fillResponse(session, response);
  const answers = new Map<string, readonly Answer[]>();
  const wrong = session.snapshot.value.items.flatMap((item): readonly Finding[] => {
    const own = form.byLinkId.get(item.linkId)!;
    if (!isQuestion(own)) return [];
    if (item.answers.length > 0) answers.set(item.linkId, [...(answers.get(item.linkId) ?? []), ...item.answers]);
    const pointer = pointerOf(item.key) ?? item.pointer;
    const reached = session.reached(item.key);
    if (!reached) return item.answers.length > 0 ? [{ pointer, code: 'not-enabled' }] : [];
    const error = session.check(item.key);
    return error && !(error.code === 'required' && (response.status === 'stopped' || isUnfinished(own))) ? [{ pointer, code: error.code }] : [];
  });
  const broken = session.validate().flatMap(({ key, error }) => (key === '' ? [{ pointer: '/item', code: error.code }] : []));
  return { mistakes: [...mistakes, ...wrong, ...broken], answers };
}

/**
 * Checks a response against its form. Refusals: `form-version` where it answers another form or version, else `form-invalid` with
 * every mistake in `details`: a pointer into the response (into the Questionnaire for what is missing) and a code. `nowMs`: milliseconds since the epoch.
 * `statuses`: which may come; in one that is `stopped`, questions may be open.
 */
export function checkResponse(form: Form, response: unknown, nowMs: number, statuses: readonly unknown[] = ['completed']): Result<CheckedResponse> {
  const refuse = (mistakes: readonly Finding[]): Result<CheckedResponse> =>
    err(new CareError('form-invalid', 'The answers do not fit the form.', { details: mistakes.slice(0, maxMistakes) }));
  if (!isObject(response) || response['resourceType'] !== 'QuestionnaireResponse') return refuse([{ pointer: '/resourceType', code: 'wrong-type' }]);
  if (form.canonical !== null && response['questionnaire'] !== form.canonical) {
    return err(new CareError('form-version', 'The answers belong to another form or version.', { details: [{ pointer: '/questionnaire', code: 'form-version' }] }));
  }
  if (!statuses.includes(response['status'])) return refuse([{ pointer: '/status', code: 'not-completed' }]);
  if (response['modifierExtension'] !== undefined) return refuse([{ pointer: '/modifierExtension', code: 'modifier-extension' }]);
  if (response['implicitRules'] !== undefined) return refuse([{ pointer: '/implicitRules', code: 'implicit-rules' }]);
  const { mistakes, answers } = judge(form, response, nowMs);
  return mistakes.length > 0 ? refuse(mistakes) : ok({ answers });
}
