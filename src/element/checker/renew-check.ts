/** A check asked anew where the clinic has renewed its content: what still fits is kept, and what is new or asked otherwise is asked. Knows nothing of the screen. */
import { refuse } from '../../base/refuse.js';
import type { Result } from '../../base/result.js';
import type { FormView } from '../../form-view/view-core.js';
import type { Clock } from '../../platform/ports.js';
import type { Form } from '../../questionnaire/form.js';
import type { Passed } from '../turns.js';
import type { CheckContent } from './keep-check.js';

/** How long the clinic's content is waited for when a result is sent. */
const renewMs = 3000;

/** A check with its content, as far as it is asked anew. */
interface Asked {
  readonly content: CheckContent;
  readonly view: FormView;
}

export interface AskingAnew<A extends Asked> {
  readonly clock: Pick<Clock, 'setTimer'>;
  fetchContent(id: string): Promise<Result<CheckContent>>;
  /** The check of that content; in words why there is none. */
  make(content: CheckContent, lang: string): Promise<A | string>;
  /** Whether the person has gone on to something else. */
  isOver(): boolean;
}

/** What makes a question the same one: an answer to it means the same. */
function wordingOf(form: Form, linkId: string): string | null {
  const item = form.byLinkId.get(linkId);
  return item ? JSON.stringify([item.type, item.text, item.repeats, item.options.map(({ value }) => value)]) : null;
}

/** Fills `to`. A question whose wording or options are others than before is asked again, with the old answer where it fits. */
function carryCheck(from: FormView, to: FormView): void {
  const [before, after] = [from.session.form, to.session.form];
  const same = new Set(to.session.snapshot.value.items.filter(({ linkId }) => wordingOf(after, linkId) === wordingOf(before, linkId)).map(({ key }) => key));
  const draft = from.toDraft() as ReturnType<FormView['toDraft']> & Passed;
  to.restore({ ...draft, form: after.name, passed: draft.passed.filter((key) => same.has(key)) });
}

/** The check in newer content with the answers so far; null where there is none that differs, or it cannot be had in time, or used. */
export async function askAnew<A extends Asked>(before: A, { clock, fetchContent, make, isOver }: AskingAnew<A>): Promise<A | null> {
  // Nobody is kept waiting to learn that nothing is new.
  const late = new Promise<Result<CheckContent>>((resolve) => clock.setTimer(() => resolve(refuse('timeout')), renewMs));
  const content = await Promise.race([fetchContent(before.content.id), late]);
  if (isOver() || !content.ok || JSON.stringify(content.value.pack) === JSON.stringify(before.content.pack)) return null;
  const made = await make(content.value, before.view.session.snapshot.value.lang);
  if (isOver() || typeof made === 'string') return null;
  carryCheck(before.view, made.view);
  return made;
}
