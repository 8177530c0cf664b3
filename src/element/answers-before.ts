/**
 * What was answered before the chat that has just ended, for the one that is begun from there: the same form of the same version is not asked again, but
 * shown. The answers come from the ended chat that was on the screen, are in memory only, and count for half an hour.
 */
import type { ConversationSnapshot } from '../core/snapshots.js';
import type { FormView } from '../form-view/view-core.js';
import { objectsOf } from '../questionnaire/fhir-json.js';
import { sourceExtension } from '../questionnaire/page-values.js';

const isOfPage = (answer: Readonly<Record<string, unknown>>): boolean => objectsOf(answer['extension']).some(({ url }) => url === sourceExtension);

/** The patient's own answers by linkId; what repeats stands there several times. */
function read(items: unknown, into: [linkId: string, answers: readonly object[]][] = []): readonly (readonly [linkId: string, answers: readonly object[]])[] {
  for (const item of objectsOf(items)) {
    const answers = objectsOf(item['answer']);
    const own = answers.filter((answer) => !isOfPage(answer));
    if (own.length > 0) into.push([String(item['linkId']), own]);
    read(item['item'], into);
    for (const answer of answers) read(answer['item'], into);
  }
  return into;
}

/** Fills in a fresh form. Whether all of it was answered before, so that nothing has to be asked. */
export function answerAsBefore(view: FormView, before: ConversationSnapshot | null | undefined): boolean {
  const { form } = view.session;
  const body = before?.timeline.chunks.flat().flatMap((item) => (item.type === 'form' && item.body.purpose === 'pre-chat' && item.body.form.questionnaire === form.name ? [item.body] : [])).at(-1);
  if (!body || form.canonical === null) return false;
  const answers = read(body.response['item']);
  if (new Set(answers.map(([linkId]) => linkId)).size < answers.length) return false;
  const own = view.toDraft();
  view.restore({ ...own, answers: { ...own.answers, ...Object.fromEntries(answers) }, passed: body.answers.map(({ linkId }) => linkId) });
  const { items } = view.session.snapshot.value;
  return answers.every(([linkId, given]) => items.filter((item) => item.linkId === linkId).reduce((sum, item) => sum + item.answers.length, 0) === given.length) && view.ready;
}
