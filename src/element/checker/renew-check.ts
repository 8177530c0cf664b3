/** Answers to a check, taken into newer content of it: what still fits is kept, and what is new or asked otherwise is asked. Pure but for the view it fills. */
import type { FormView } from '../../form-view/view-core.js';
import type { Form } from '../../questionnaire/form.js';
import type { Passed } from './check-record.js';

/** What makes a question the same one: an answer to it means the same. */
function wordingOf(form: Form, linkId: string): string | null {
  const item = form.byLinkId.get(linkId);
  return item ? JSON.stringify([item.type, item.text, item.repeats, item.options.map(({ value }) => value)]) : null;
}

/** Fills `to`. A question whose wording or options are others than before is asked again, with the old answer where it fits. */
export function carryCheck(from: FormView, to: FormView): void {
  const [before, after] = [from.session.form, to.session.form];
  const same = new Set(to.session.snapshot.value.items.filter(({ linkId }) => wordingOf(after, linkId) === wordingOf(before, linkId)).map(({ key }) => key));
  const draft = from.toDraft() as ReturnType<FormView['toDraft']> & Passed;
  to.restore({ ...draft, form: after.name, passed: draft.passed.filter((key) => same.has(key)) });
}
