/**
 * The server's check of a form that was answered within a conversation, or once it has ended: one of the widget's, as it is now, and where a button opened it,
 * a button that does; as a rating, the one that is offered for it.
 */
import { ok, type Result } from '../../base/result.js';
import type { FormAnsweredBody } from '../../protocol/types.js';
import type { WidgetConfig } from '../config/config.js';
import type { Store } from '../store/store.js';
import { checkAsked } from './bot-rules.js';
import type { Judged } from './hand-over.js';
import { checkForm, nameOfForm } from './pre-chat.js';
import { refuse } from './problems.js';

/** Errors: `form-version` where the widget has no such form, or no longer; `invalid` with pointers beneath `/ev/form`; `conflict` where it was answered already. */
export async function checkInChat(store: Store, stream: string, widget: WidgetConfig | undefined, given: FormAnsweredBody, nowMs: number): Promise<Result<Judged>> {
  const isOffered = (id: string): boolean => given.purpose !== 'rating' || id === widget?.rating;
  const [id, form] = [...(widget?.forms ?? [])].find(([own, one]) => isOffered(own) && nameOfForm(one) === given.form.questionnaire) ?? [];
  if (id === undefined || !form) return refuse('form-version', { details: [{ pointer: '/ev/form/form/questionnaire', code: 'unknown-value' }] });
  const asked = given.asked ? await checkAsked(store, stream, given.asked, id) : null;
  if (asked && !asked.ok) return asked;
  const checked = checkForm(form, given, '/ev/form', nowMs);
  return checked.ok ? ok({ form: given, priority: null, to: 'bot' }) : checked;
}
