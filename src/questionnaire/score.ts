/** What the answers of a form count together. Not in the patient's browser. */
import { sameAnswer } from './check-answers.js';
import type { FormSession } from './form-session.js';

/** `total` is null while a scored question that is asked has no answer, because a total of fewer would say too little. */
export interface Score {
  readonly total: number | null;
  readonly answered: number;
  readonly asked: number;
}

export function scoreOf({ form, snapshot, reached }: FormSession): Score {
  const scored = snapshot.value.items.filter(({ key, linkId }) => reached(key) && form.byLinkId.get(linkId)!.options.some(({ weight }) => weight !== null));
  const weights = scored.map(({ linkId, answers }) => form.byLinkId.get(linkId)!.options.filter(({ value }) => answers.some((answer) => sameAnswer(answer, value))).map(({ weight }) => weight ?? 0));
  const answered = weights.filter(({ length }) => length > 0).length;
  return { total: scored.length > 0 && answered === scored.length ? weights.flat().reduce((sum, weight) => sum + weight, 0) : null, answered, asked: scored.length };
}
