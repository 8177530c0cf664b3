/** What the author of a form should look at although it works. For the server's start and the command line; the patient's browser does without. */
import { extensionOf } from './fhir-json.js';
import { isAmbiguous, isUnsure, nearest } from './enablement.js';
import type { Answer, AnswerKind, Finding, Form, FormItem } from './form.js';
import type { FormSession } from './form-session.js';
import { kindOfType } from './load-item.js';

/** Kinds that can be compared with each other. */
const alike: Readonly<Partial<Record<AnswerKind, string>>> = { valueDateTime: 'valueDate', valueDecimal: 'valueInteger', valueUri: 'valueString' };
const kindOf = (kind: AnswerKind): string => alike[kind] ?? kind;
const kindIn = (answer: Answer): string => kindOf(Object.keys(answer)[0] as AnswerKind);

/** Whether the source can ever give an answer of the kind that a condition expects. */
function canGive(source: FormItem, expected: Answer | null): boolean {
  if (!expected || source.type === 'group' || source.type === 'display') return false;
  const wanted = kindIn(expected);
  if (source.type !== 'choice') return kindOf(kindOfType[source.type]) === wanted;
  return (source.open !== null && kindOf(source.open) === wanted) || source.options.some(({ value }) => kindIn(value) === wanted);
}

/** Codes: `text-missing` (a question that is shown is called by something else), `enable-when-type` (a condition compares with what its source never answers), `enable-behavior-missing`. */
export function findWarnings(form: Form): readonly Finding[] {
  return form.items.flatMap(({ pointer, enableWhen, enableBehavior, source, hidden, type }) => [
    ...(typeof source['text'] !== 'string' && extensionOf(source['_text'], 'cqf-expression') === undefined && !hidden && type !== 'group' && type !== 'display' ? [{ pointer: `${pointer}/text`, code: 'text-missing' }] : []),
    ...(enableWhen.length > 1 && enableBehavior === null ? [{ pointer, code: 'enable-behavior-missing' }] : []),
    ...enableWhen.flatMap(({ question, operator, expected }, index) => {
      const source = form.byLinkId.get(question);
      return operator !== 'exists' && source && !canGive(source, expected) ? [{ pointer: `${pointer}/enableWhen/${index}`, code: 'enable-when-type' }] : [];
    }),
  ]);
}

/** What could not be computed, or told apart (`enable-when-ambiguous`; `enable-when-unsure`: dates of different precision), with the answers as they are. */
export function sessionWarnings({ slots, expressions, snapshot, reached }: FormSession): readonly Finding[] {
  const answersOf = new Map(snapshot.value.items.map(({ key, answers }) => [key, answers]));
  const found = new Map<string, Finding>();
  for (const slot of slots.all) {
    slot.item.enableWhen.forEach((condition, index) => {
      const pointer = `${slot.item.pointer}/enableWhen/${index}`;
      const sources = nearest(slots, slot, condition.question);
      const unsure = sources.some(({ key }) => reached(key) && isUnsure(condition, answersOf.get(key) ?? []));
      for (const [code, is] of [['enable-when-ambiguous', isAmbiguous(sources)], ['enable-when-unsure', unsure]] as const) if (is) found.set(`${pointer} ${code}`, { pointer, code });
    });
  }
  return [...found.values(), ...(expressions?.warnings ?? [])];
}
