/**
 * What leaves the form: a QuestionnaireResponse (hl7.org/fhir/R4/questionnaireresponse.html, valid in R5 too) and the answers as
 * shown. Only answers of items that are enabled get here; everything else stays in memory.
 */
import type { FormAnswer } from '../protocol/types.js';
import type { Answer, Form, FormItem } from './form.js';
import { isQuestion, wordingIn } from './form.js';
import { sameAnswer } from './check-answers.js';

/** The answers of an item that count now: empty where it is disabled or out of reach. */
export type LiveAnswers = (item: FormItem) => readonly Answer[];

/** Words and formats that the engine does not have itself. */
export interface AnswerWords {
  readonly yes: string;
  readonly no: string;
  /** An ISO date, perhaps only a year or a month, as a person reads it. */
  formatDate(date: string): string;
  formatNumber(value: number): string;
}

export interface ResponseOptions {
  /** ISO instant. */
  readonly authored: string;
  readonly lang: string;
}

const say = (form: Form, item: FormItem, lang: string): string => (item.text ? wordingIn(item.text, lang, form.language) : '');

/** A chosen coding with the display as it was shown. */
function asChosen(form: Form, item: FormItem, answer: Answer, lang: string): Answer {
  if (!('valueCoding' in answer)) return answer;
  const option = item.options.find((candidate) => sameAnswer(candidate.value, answer));
  return { valueCoding: { ...answer.valueCoding, ...(option && { display: wordingIn(option.label, lang, form.language) }) } };
}

function writeItems(form: Form, items: readonly FormItem[], live: LiveAnswers, lang: string): readonly Record<string, unknown>[] {
  return items.flatMap((item): readonly Record<string, unknown>[] => {
    const text = say(form, item, lang);
    const head = { linkId: item.linkId, ...(text !== '' && { text }) };
    const inner = writeItems(form, item.children, live, lang);
    if (item.type === 'group') return inner.length > 0 ? [{ ...head, item: inner }] : [];
    const answers = live(item).map((answer) => ({ ...asChosen(form, item, answer, lang) }));
    if (answers.length === 0) return [];
    const [first, ...rest] = answers;
    return [{ ...head, answer: [inner.length > 0 ? { ...first, item: inner } : first, ...rest] }];
  });
}

/** A completed QuestionnaireResponse. Questions without an answer are left out, as FHIR has it. */
export function writeResponse(form: Form, live: LiveAnswers, { authored, lang }: ResponseOptions): Record<string, unknown> {
  const item = writeItems(form, form.roots, live, lang);
  return {
    resourceType: 'QuestionnaireResponse',
    language: lang,
    ...(form.canonical !== null && { questionnaire: form.canonical }),
    status: 'completed',
    authored,
    ...(item.length > 0 && { item }),
  };
}

/** One answer in words. */
export function answerInWords(form: Form, item: FormItem, answer: Answer, lang: string, words: AnswerWords): string {
  const option = item.options.find((candidate) => sameAnswer(candidate.value, answer));
  if (option) return wordingIn(option.label, lang, form.language);
  if ('valueBoolean' in answer) return answer.valueBoolean ? words.yes : words.no;
  if ('valueDate' in answer) return words.formatDate(answer.valueDate);
  if ('valueString' in answer) return answer.valueString;
  if ('valueCoding' in answer) return answer.valueCoding.display ?? answer.valueCoding.code ?? '';
  const unit = item.unit ? ` ${wordingIn(item.unit, lang, form.language)}` : '';
  return words.formatNumber('valueInteger' in answer ? answer.valueInteger : answer.valueDecimal) + unit;
}

/** Every question that was put, as shown, with its answers in words; unanswered ones with an empty list. */
export function writeFormAnswers(form: Form, asked: (item: FormItem) => boolean, live: LiveAnswers, lang: string, words: AnswerWords): readonly FormAnswer[] {
  return form.items
    .filter((item) => isQuestion(item) && asked(item))
    .map((item) => ({
      linkId: item.linkId,
      question: say(form, item, lang) || item.linkId,
      answers: live(item).map((answer) => answerInWords(form, item, answer, lang, words)),
    }));
}
