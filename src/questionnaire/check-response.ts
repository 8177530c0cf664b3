/**
 * The server's judgement of a QuestionnaireResponse that came over the wire: of this form and version, only known and enabled items,
 * in their places, with answers of the right type and range, nothing required missing. Names places and codes, never values.
 */
import { CareError } from '../base/care-error.js';
import { err, ok, type Result } from '../base/result.js';
import { checkAnswers } from './check-answers.js';
import { enabledItems } from './enablement.js';
import { answerOf, isObject, textOf } from './fhir-json.js';
import { isQuestion, type Answer, type Form, type FormItem } from './form.js';

/** An accepted response. */
export interface CheckedResponse {
  /** Answers by linkId, as FHIR `value[x]` objects. */
  readonly answers: ReadonlyMap<string, readonly Answer[]>;
}

interface Checking {
  readonly form: Form;
  readonly answers: Map<string, readonly Answer[]>;
  readonly pointers: Map<string, string>;
  readonly mistakes: { pointer: string; code: string }[];
}

/** As many as a problem on the wire may carry. */
const maxMistakes = 50;

const isUnfinished = (item: FormItem): boolean => item.readOnly || item.hidden || (item.parent !== null && isUnfinished(item.parent));

function readAnswers(list: unknown, pointer: string, item: FormItem, checking: Checking): void {
  if (!Array.isArray(list) || list.length === 0 || !isQuestion(item)) {
    checking.mistakes.push({ pointer, code: 'wrong-type' });
    return;
  }
  const answers: Answer[] = [];
  list.forEach((entry: unknown, index) => {
    const at = `${pointer}/${index}`;
    const answer = answerOf(entry);
    if (answer && isObject(entry) && entry['modifierExtension'] === undefined) answers.push(answer);
    else checking.mistakes.push({ pointer: at, code: 'wrong-type' });
    // FHIR nests what belongs to an answer beneath it; with one answer there is one place for it.
    if (isObject(entry) && entry['item'] !== undefined) readItems(entry['item'], `${at}/item`, item, checking);
  });
  checking.answers.set(item.linkId, answers);
}

function readItems(list: unknown, pointer: string, parent: FormItem | null, checking: Checking): void {
  if (!Array.isArray(list)) {
    checking.mistakes.push({ pointer, code: 'wrong-type' });
    return;
  }
  list.forEach((json: unknown, index) => {
    const at = `${pointer}/${index}`;
    const linkId = isObject(json) ? textOf(json['linkId']) : null;
    const item = linkId === null ? undefined : checking.form.byLinkId.get(linkId);
    if (!isObject(json) || !item) checking.mistakes.push({ pointer: `${at}/linkId`, code: 'unknown-link-id' });
    else if (item.parent !== parent) checking.mistakes.push({ pointer: `${at}/linkId`, code: 'wrong-place' });
    else if (checking.pointers.has(item.linkId)) checking.mistakes.push({ pointer: `${at}/linkId`, code: 'link-id-twice' });
    else if (json['modifierExtension'] !== undefined) checking.mistakes.push({ pointer: `${at}/modifierExtension`, code: 'modifier-extension' });
    else {
      checking.pointers.set(item.linkId, at);
      if (json['answer'] !== undefined) readAnswers(json['answer'], `${at}/answer`, item, checking);
      if (json['item'] === undefined) return;
      if (isQuestion(item)) checking.mistakes.push({ pointer: `${at}/item`, code: 'wrong-place' });
      else readItems(json['item'], `${at}/item`, item, checking);
    }
  });
}

function judgeItems({ form, answers, pointers, mistakes }: Checking): void {
  const enabled = enabledItems(form, (linkId) => answers.get(linkId) ?? []);
  const given = (item: FormItem): readonly Answer[] => answers.get(item.linkId) ?? [];
  const reached = (item: FormItem): boolean => enabled.has(item.linkId) && (item.parent === null || (reached(item.parent) && (item.parent.type === 'group' || given(item.parent).length > 0)));
  for (const item of form.items.filter(isQuestion)) {
    const error = reached(item) ? checkAnswers(item, given(item)) : null;
    const pointer = pointers.get(item.linkId) ?? item.pointer;
    if (!reached(item) && given(item).length > 0) mistakes.push({ pointer, code: 'not-enabled' });
    else if (error && !(error.code === 'required' && isUnfinished(item))) mistakes.push({ pointer, code: error.code });
  }
}

/**
 * Checks a response against its form. Refusals: `form-version` where it answers another form or version, else `form-invalid` with
 * every mistake in `details`: a pointer into the response (into the Questionnaire for what is missing) and a code.
 */
export function checkResponse(form: Form, response: unknown): Result<CheckedResponse> {
  const refuse = (mistakes: readonly { pointer: string; code: string }[]): Result<CheckedResponse> =>
    err(new CareError('form-invalid', 'The answers do not fit the form.', { details: mistakes.slice(0, maxMistakes) }));
  if (!isObject(response) || response['resourceType'] !== 'QuestionnaireResponse') return refuse([{ pointer: '/resourceType', code: 'wrong-type' }]);
  if (form.canonical !== null && response['questionnaire'] !== form.canonical) {
    return err(new CareError('form-version', 'The answers belong to another form or version.', { details: [{ pointer: '/questionnaire', code: 'form-version' }] }));
  }
  if (response['status'] !== 'completed') return refuse([{ pointer: '/status', code: 'not-completed' }]);
  if (response['modifierExtension'] !== undefined) return refuse([{ pointer: '/modifierExtension', code: 'modifier-extension' }]);
  const checking: Checking = { form, answers: new Map(), pointers: new Map(), mistakes: [] };
  if (response['item'] !== undefined) readItems(response['item'], '/item', null, checking);
  judgeItems(checking);
  return checking.mistakes.length > 0 ? refuse(checking.mistakes) : ok({ answers: checking.answers });
}
