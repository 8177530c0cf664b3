/**
 * The server's check of the answers to a form, before a chat or instead of one: the widget's form and version, known questions, required ones answered, in range. The
 * questions as shown must be those of the form; answers as shown are kept beside the FHIR response.
 */
import { err, type Result } from '../../base/result.js';
import type { FormAnsweredBody } from '../../protocol/types.js';
import { checkResponse } from '../../questionnaire/check-response.js';
import type { Form } from '../../questionnaire/form.js';
import { loadQuestionnaire } from '../../questionnaire/load-questionnaire.js';
import type { WidgetConfig } from '../config/config.js';
import { problem, refuse } from './problems.js';

const forms = new WeakMap<object, Form | null>();

/** The form, loaded once. Null where it cannot be. */
export function formOf(questionnaire: Readonly<Record<string, unknown>>): Form | null {
  let form = forms.get(questionnaire);
  if (form === undefined) {
    const loaded = loadQuestionnaire(questionnaire, { lang: 'en' });
    form = loaded.ok ? loaded.value : null;
    forms.set(questionnaire, form);
  }
  return form;
}

/** What answers call a form that was judged when the server started: its canonical and version. */
export const nameOfForm = (questionnaire: Readonly<Record<string, unknown>>): string => formOf(questionnaire)?.name ?? '';

const isOfForm = (form: Form, { answers }: FormAnsweredBody): boolean => answers.every(({ linkId }) => form.byLinkId.has(linkId));

/** Whether answers are those of this form. Errors: `invalid` with pointers beneath `at`, `form-version`. */
export function checkForm(questionnaire: Readonly<Record<string, unknown>>, given: FormAnsweredBody, at: string, nowMs: number, statuses?: readonly string[]): Result<void> {
  const form = formOf(questionnaire);
  if (!form) return refuse('internal', { retryable: false });
  if (given.form.questionnaire !== form.name) return refuse('form-version', { details: [{ pointer: `${at}/form/questionnaire`, code: 'unknown-value' }] });
  if (!isOfForm(form, given)) return refuse('invalid', { details: [{ pointer: `${at}/answers`, code: 'unknown-link-id' }] });
  const checked = checkResponse(form, given.response, nowMs, statuses);
  if (checked.ok) return { ok: true, value: undefined };
  const { code, details } = checked.error;
  const placed = details.map((mistake) => ({ ...mistake, pointer: `${at}/response${mistake.pointer}` }));
  return err(problem(code === 'form-version' ? 'form-version' : 'invalid', { details: placed }));
}

/** `questionnaire` is what is asked; `forms` may be answered in its place. Errors: `invalid` with pointers into `/preChat`, `form-version`. */
export function checkPreChat(questionnaire: Readonly<Record<string, unknown>> | null, forms: WidgetConfig['forms'], given: FormAnsweredBody | undefined, nowMs: number, isSkippable = false): Result<void> {
  const required = [{ pointer: '/preChat', code: 'required' }];
  if (given === undefined) return questionnaire === null || isSkippable ? { ok: true, value: undefined } : refuse('invalid', { details: required });
  const other = [...forms.values()].find((form) => nameOfForm(form) === given.form.questionnaire);
  const form = questionnaire !== null && nameOfForm(questionnaire) === given.form.questionnaire ? questionnaire : other ?? questionnaire;
  if (form === null) return refuse('form-version', { details: [{ pointer: '/preChat', code: 'not-allowed' }] });
  if (given.purpose !== 'pre-chat') return refuse('invalid', { details: [{ pointer: '/preChat/purpose', code: 'unknown-value' }] });
  return checkForm(form, given, '/preChat', nowMs);
}

/** What the visitor answered to the question with linkId `name` (also as the last step of a dotted id, `patient.name`), as shown. */
export function visitorNameOf({ answers }: FormAnsweredBody): string | null {
  const answer = answers.find(({ linkId }) => /(^|[._-])name$/i.test(linkId));
  const name = answer?.answers[0]?.trim() ?? '';
  return name === '' ? null : name.slice(0, 200);
}
