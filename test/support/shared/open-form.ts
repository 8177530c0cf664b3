/** A session as a host opens one, for tests: refusals throw. */
import { loadExpressions } from '../../../src/questionnaire/expressions.js';
import type { Form } from '../../../src/questionnaire/form.js';
import { createFormSession, type FormSession } from '../../../src/questionnaire/form-session.js';
import type { ItemSnapshot } from '../../../src/questionnaire/form-snapshot.js';
import { loadQuestionnaire, type LoadOptions } from '../../../src/questionnaire/load-questionnaire.js';

/** 25 November 2026, noon UTC. */
export const testNowMs = Date.UTC(2026, 10, 25, 12);

export function loadForm(json: unknown, more: Partial<LoadOptions> = {}): Form {
  const loaded = loadQuestionnaire(json, { lang: 'en', ...more });
  if (!loaded.ok) throw loaded.error;
  return loaded.value;
}

export function openSession(form: Form, launch: Readonly<Record<string, unknown>> = {}): FormSession {
  if (!form.hasExpressions) return createFormSession(form);
  const expressions = loadExpressions(form, { nowMs: testNowMs, launch });
  if (!expressions.ok) throw expressions.error;
  return createFormSession(form, expressions.value);
}

export const openForm = (json: unknown, launch?: Readonly<Record<string, unknown>>): FormSession => openSession(loadForm(json), launch);

/** The item in a slot as it is now. */
export function slotOf(session: FormSession, key: string): ItemSnapshot {
  const found = session.snapshot.value.items.find((item) => item.key === key);
  if (!found) throw new Error(`no slot ${key}`);
  return found;
}
