/**
 * What the clinic's page knows already: values for questions, put into a session before the patient sees it. A value of the page is not what the patient
 * says, so it is marked as long as it stands: `source: page` beside the answer as shown, and an extension in the QuestionnaireResponse.
 */
import type { FormAnswer } from '../protocol/types.js';
import { checkAnswers, sameAnswer, type Fits } from './check-answers.js';
import { answerOf, extensionOf, isObject } from './fhir-json.js';
import { isQuestion, isRepeated, type Answer, type Form, type FormItem } from './form.js';
import type { FormDraft } from './form-draft.js';
import type { FormSession } from './form-session.js';
import { suits, typeInto, nothing as empty } from './kept.js';

/** A FHIR `value[x]` object such as `{valueDate: '1950-03-14'}`; or a text, which is read in the type of the question (an option by its code or its label), a number, yes or no. */
export type PageValue = Answer | string | number | boolean;

/** Values by linkId; several where a question takes several. `locked`: the patient sees it as text and cannot change it. */
export type Prefill = Readonly<Record<string, PageValue | readonly PageValue[] | { readonly value: PageValue | readonly PageValue[]; readonly locked?: boolean }>>;

/** Values that were found to fit, by linkId. */
export interface PageValues {
  readonly values: ReadonlyMap<string, readonly Answer[]>;
  /** linkIds whose value does not fit the question: nothing of it is used. */
  readonly refused: readonly string[];
}

/** In a QuestionnaireResponse, on an answer that the page gave and the patient did not change. */
export const sourceExtension = 'urn:care-chat:fhir:answer-source';

/** A draft that also knows what is the page's in it. */
interface PageDraft extends FormDraft {
  readonly page: Readonly<Record<string, readonly Answer[]>>;
}

const isComputed = ({ source }: FormItem): boolean => extensionOf(source, 'calculatedExpression') !== undefined;
const isWithinRepeated = ({ parent }: FormItem): boolean => parent !== null && (isRepeated(parent) || isWithinRepeated(parent));

function readOne(item: FormItem, value: unknown): Answer | null {
  const option = item.options.find((one) => {
    const own = Object.values(one.value)[0] as unknown;
    return isObject(own) ? own['code'] === String(value) : own === value;
  }) ?? item.options.find(({ label }) => label.text === value);
  if (option) return option.value;
  if (isObject(value)) {
    const answer = answerOf(value);
    // Which system a code is of, the page need not know.
    const code = answer && 'valueCoding' in answer && answer.valueCoding.system === undefined ? answer.valueCoding.code : undefined;
    if (code !== undefined && item.options.some((one) => 'valueCoding' in one.value && one.value.valueCoding.code === code)) return readOne(item, code);
    return answer && (item.options.find((one) => sameAnswer(one.value, answer))?.value ?? (suits(item, answer) ? answer : null));
  }
  if (typeof value === 'boolean') return item.type === 'boolean' ? { valueBoolean: value } : null;
  const typed = typeof value === 'string' || typeof value === 'number' ? typeInto(item, empty, String(value)) : null;
  return typed?.answers.at(-1) ?? null;
}

/** Whether the page may know the answer. */
export const mayBeOfPage = (item: FormItem): boolean => isQuestion(item) && !isComputed(item) && !isWithinRepeated(item);

/** The answers that a value means, or null where it does not fit. An empty list: the page knows nothing. */
function readValue(item: FormItem, given: unknown, fits?: Fits): readonly Answer[] | null {
  const list = (Array.isArray(given) ? given : [given]).filter((one: unknown) => one !== '' && one !== null && one !== undefined);
  if (list.length === 0) return [];
  if (!mayBeOfPage(item)) return null;
  const answers = list.map((one: unknown) => readOne(item, one));
  if (!answers.every((answer) => answer !== null)) return null;
  const wrong = isRepeated(item) ? answers.some((answer) => checkAnswers(item, [answer], fits)) || answers.length > (item.maxOccurs ?? 100) : checkAnswers(item, answers, fits);
  return wrong ? null : answers;
}

/** What the page gives for a question; null where it does not fit, cannot be read, or says of `locked` what it is not: that is not to be taken for a value that can be changed. */
function readEntry(item: FormItem, prefill: Prefill, fits?: Fits): { readonly answers: readonly Answer[]; readonly locked: boolean } | null {
  try {
    const entry: unknown = prefill[item.linkId];
    const { value, locked = false } = isObject(entry) && 'value' in entry ? entry : { value: entry };
    const answers = typeof locked === 'boolean' ? readValue(item, value, fits) : null;
    return answers && { answers, locked: locked === true };
  } catch {
    return null; // A getter of the page threw.
  }
}

/**
 * Reads what the page gives for a form that was just loaded, and locks there what is to be locked: call it before a session is created. A linkId that this form
 * does not have is passed over, because a page has several forms. `fits`: of the form's expressions, where it has any.
 */
export function readPageValues(form: Form, prefill: Prefill, fits?: Fits): PageValues {
  const values = new Map<string, readonly Answer[]>();
  const refused: string[] = [];
  for (const linkId of Object.keys(prefill)) {
    const item = form.byLinkId.get(linkId);
    if (!item) continue;
    const given = readEntry(item, prefill, fits);
    if (!given) refused.push(linkId);
    else if (given.answers.length > 0) {
      values.set(linkId, given.answers);
      if (given.locked) Object.assign(item, { readOnly: true });
    }
  }
  return { values, refused };
}

const same = (one: readonly Answer[], other: readonly Answer[]): boolean => one.length === other.length && one.every((answer, index) => sameAnswer(answer, other[index]!));

/** Puts the values into a fresh session, and gives a session that marks those that the patient leaves as they are. */
export function withPageValues(session: FormSession, { values }: PageValues): FormSession {
  const { slots } = session;
  const taken = new Map([...values].flatMap(([linkId, answers]) => {
    const [first] = slots.byLinkId(linkId);
    if (!isRepeated(first!.item)) return [[first!, answers] as const];
    while (slots.byLinkId(linkId).length < answers.length && slots.add(first!));
    return answers.map((answer, index) => [slots.byLinkId(linkId)[index]!, [answer]] as const);
  }));
  session.take(taken, false);
  /** Beside what this page gives, what an earlier one did. */
  let earlier: Readonly<Record<string, unknown>> = {};
  /** Of each question that is as a page gave it. */
  const unchanged = (): ReadonlyMap<string, readonly Answer[]> => {
    const now = new Map<string, readonly Answer[]>();
    for (const { linkId, answers } of session.snapshot.value.items) now.set(linkId, [...(now.get(linkId) ?? []), ...answers]);
    return new Map([...now].filter(([linkId, answers]) => answers.length > 0 && [values.get(linkId), earlier[linkId]].some((given) => Array.isArray(given) && same(answers, given as readonly Answer[]))));
  };
  const markAnswers = (answers: readonly FormAnswer[]): FormAnswer[] => {
    const page = unchanged();
    return answers.map((answer) => (page.has(answer.linkId) ? { ...answer, source: 'page' } : answer));
  };
  const markItems = (items: unknown, page = unchanged()): unknown => (items as readonly Record<string, unknown>[]).map((item) => ({
    ...item,
    ...(item['item'] !== undefined && { item: markItems(item['item'], page) }),
    ...(item['answer'] !== undefined && { answer: (item['answer'] as readonly Record<string, unknown>[]).map((answer) => ({
      ...(page.has(String(item['linkId'])) && { extension: [{ url: sourceExtension, valueCode: 'page' }] }), ...answer,
      ...(answer['item'] !== undefined && { item: markItems(answer['item'], page) }),
    })) }),
  }));
  const markResponse = (response: Record<string, unknown>): Record<string, unknown> => (response['item'] === undefined ? response : { ...response, item: markItems(response['item']) });

  return {
    ...session,
    toFormAnswers: (words) => markAnswers(session.toFormAnswers(words)),
    toResponse: (options) => markResponse(session.toResponse(options)),
    toBody(...args) {
      const body = session.toBody(...args);
      return { ...body, answers: markAnswers(body.answers), response: markResponse(body.response) };
    },
    toDraft: (): PageDraft => ({ ...session.toDraft(), page: Object.fromEntries(unchanged()) }),
    restore(draft) {
      const restored = session.restore(draft);
      const { page } = draft as Partial<PageDraft>;
      if (restored && isObject(page)) earlier = page;
      return restored;
    },
  };
}
