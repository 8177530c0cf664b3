/**
 * What leaves the form: a QuestionnaireResponse (hl7.org/fhir/R4/questionnaireresponse.html, valid in R5 too) and the answers as
 * shown. Only answers of slots that are enabled get here; everything else stays in memory.
 */
import type { FormAnswer } from '../protocol/types.js';
import type { Answer, Form, FormItem } from './form.js';
import { isQuestion, isRepeated, wordingIn } from './form.js';
import { sameAnswer } from './check-answers.js';
import type { Slot } from './slots.js';

/** What is written. */
export interface Filled {
  readonly form: Form;
  readonly roots: readonly Slot[];
  /** Whether a slot is asked: enabled, and what it stands beneath is there. */
  reached(slot: Slot): boolean;
  answersOf(slot: Slot): readonly Answer[];
  /** Text of the item as it is shown, in the language that was asked for; empty for none. */
  textOf(slot: Slot): string;
}

/** Words and formats that the engine does not have itself. */
export interface AnswerWords {
  readonly yes: string;
  readonly no: string;
  /** An ISO date, perhaps only a year or a month, perhaps with a time, as a person reads it. */
  formatDate(date: string): string;
  formatNumber(value: number): string;
}

export interface ResponseOptions {
  /** ISO instant. */
  readonly authored: string;
  readonly lang: string;
  /** Default `completed`. `stopped`: partly answered, and not to be gone on with. */
  readonly status?: 'completed' | 'in-progress' | 'stopped';
}

type Json = Record<string, unknown>;

/** How items are written: `all` also those without an answer, which an expression may look at; `onItem` learns which item is whose. */
export interface Writing {
  readonly all?: boolean;
  onItem?(slot: Slot, json: Json): void;
}

/** A chosen coding with the display as it was shown. */
function asChosen({ form }: Filled, item: FormItem, answer: Answer, lang: string): Answer {
  if (!('valueCoding' in answer)) return answer;
  const option = item.options.find((candidate) => sameAnswer(candidate.value, answer));
  return { valueCoding: { ...answer.valueCoding, ...(option && { display: wordingIn(option.label, lang, form.language) }) } };
}

/** One item of the response: of a group, or of a question with all its repetitions. */
function writeItem(filled: Filled, slots: readonly Slot[], lang: string, writing: Writing): readonly Json[] {
  const [{ item } = slots[0]!] = slots;
  const text = filled.textOf(slots[0]!);
  const json: Json = { linkId: item.linkId, ...(text !== '' && { text }) };
  const inner = (slot: Slot): Json => {
    const items = writeItems(filled, slot.children, lang, writing);
    return items.length > 0 ? { item: items } : {};
  };
  if (item.type === 'group') Object.assign(json, inner(slots[0]!));
  else {
    const answer = slots.flatMap((slot) => {
      const [first, ...rest] = filled.answersOf(slot).map((one): Json => ({ ...asChosen(filled, item, one, lang) }));
      return first ? [{ ...first, ...inner(slot) }, ...rest] : [];
    });
    if (answer.length > 0) json['answer'] = answer;
  }
  if (!writing.all && json['item'] === undefined && json['answer'] === undefined) return [];
  for (const slot of slots) writing.onItem?.(slot, json);
  return [json];
}

/** The items of a response beneath these slots. */
export function writeItems(filled: Filled, slots: readonly Slot[], lang: string, writing: Writing = {}): readonly Json[] {
  const shown = slots.filter(filled.reached);
  return shown.flatMap((slot) => {
    if (slot.item.type === 'display') return [];
    if (slot.item.type === 'group' || !isRepeated(slot.item)) return writeItem(filled, [slot], lang, writing);
    const all = shown.filter(({ item }) => item === slot.item);
    return all[0] === slot ? writeItem(filled, all, lang, writing) : [];
  });
}

/** A QuestionnaireResponse. Questions without an answer are left out, as FHIR has it. */
export function writeResponse(filled: Filled, { authored, lang, status = 'completed' }: ResponseOptions): Json {
  const item = writeItems(filled, filled.roots, lang);
  return {
    resourceType: 'QuestionnaireResponse',
    language: lang,
    ...(filled.form.canonical !== null && { questionnaire: filled.form.canonical }),
    status,
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
  if ('valueDateTime' in answer) return words.formatDate(answer.valueDateTime);
  if ('valueTime' in answer) return answer.valueTime.replace(/^(\d\d:\d\d):00$/, '$1');
  if ('valueString' in answer) return answer.valueString;
  if ('valueUri' in answer) return answer.valueUri;
  if ('valueCoding' in answer) return answer.valueCoding.display ?? answer.valueCoding.code ?? '';
  if ('valueAttachment' in answer) return answer.valueAttachment.title ?? answer.valueAttachment.contentType ?? '';
  if ('valueQuantity' in answer) {
    const { value, unit, code } = answer.valueQuantity;
    const chosen = item.units.find((one) => 'valueCoding' in one.value && one.value.valueCoding.code === code && code !== undefined);
    return `${words.formatNumber(value)} ${chosen ? wordingIn(chosen.label, lang, form.language) : unit ?? code ?? ''}`.trim();
  }
  const unit = item.unit ? ` ${wordingIn(item.unit, lang, form.language)}` : '';
  return words.formatNumber('valueInteger' in answer ? answer.valueInteger : answer.valueDecimal) + unit;
}

/** Every question that was put, as shown, with its answers in words; unanswered ones with an empty list. A question that repeats stands once for each group it is in. */
export function writeFormAnswers(filled: Filled, slots: readonly Slot[], lang: string, words: AnswerWords): readonly FormAnswer[] {
  const written = new Map<string, { linkId: string; question: string; answers: string[] }>();
  for (const slot of slots) {
    if (!isQuestion(slot.item)) continue;
    const place = isRepeated(slot.item) ? `${slot.parent?.key ?? ''}/${slot.item.linkId}` : slot.key;
    const line = written.get(place) ?? { linkId: slot.item.linkId, question: filled.textOf(slot) || slot.item.linkId, answers: [] };
    line.answers.push(...filled.answersOf(slot).map((answer) => answerInWords(filled.form, slot.item, answer, lang, words)));
    written.set(place, line);
  }
  return [...written.values()];
}
