/**
 * A QuestionnaireResponse read into a session: to judge it, to go on with it, or to try a form out. What does not fit is told with its place and a
 * code, and left aside. Names places and codes, never values. Not in the patient's browser.
 */
import { answerOf, isObject, textOf, type Json } from './fhir-json.js';
import { isQuestion, isRepeated, type Answer, type Finding, type FormItem } from './form.js';
import type { FormSession } from './form-session.js';
import type { Slot, Slots } from './slots.js';

/** What did not fit of something that was taken up, and where a slot's answers stood in it. */
export interface Filling {
  /** Codes: `wrong-type`, `unknown-link-id`, `wrong-place`, `link-id-twice`, `modifier-extension`, `too-many`. */
  readonly mistakes: readonly Finding[];
  /** JSON pointer for the key of a slot. */
  pointerOf(key: string): string | null;
}

interface Reading {
  readonly slots: Slots;
  readonly answers: Map<Slot, readonly Answer[]>;
  readonly pointers: Map<Slot, string>;
  readonly mistakes: Finding[];
}

const tell = (reading: Reading, pointer: string, code: string): void => void reading.mistakes.push({ pointer, code });

/** A FHIR value as it stands in the JSON, and not one that we would complete: from elsewhere a time without seconds is none. */
const asWritten = (entry: Json): Answer | null => {
  const answer = answerOf(entry);
  const [kind, value] = Object.entries(answer ?? {})[0] ?? [];
  return kind !== undefined && typeof value === 'string' && value !== entry[kind] ? null : answer;
};

/** A slot of an item beneath a parent that nothing was read into yet; one more repetition where there is none left. */
function freeSlot(item: FormItem, parent: Slot | null, { slots, pointers }: Reading): Slot | null {
  const beside = (parent?.children ?? slots.roots).filter((slot) => slot.item === item);
  return beside.find((slot) => !pointers.has(slot)) ?? (isRepeated(item) && beside[0] ? slots.add(beside[0]) : null);
}

function readAnswers(list: unknown, pointer: string, slot: Slot, reading: Reading): void {
  if (!Array.isArray(list) || list.length === 0 || !isQuestion(slot.item)) return tell(reading, pointer, 'wrong-type');
  let current: Slot | null = slot;
  list.forEach((entry: unknown, index) => {
    const at = `${pointer}/${index}`;
    const answer = isObject(entry) && entry['modifierExtension'] === undefined ? asWritten(entry) : null;
    if (index > 0 && isRepeated(slot.item)) current = freeSlot(slot.item, slot.parent, reading);
    if (!current) return tell(reading, at, 'too-many');
    if (isRepeated(slot.item)) reading.pointers.set(current, at);
    if (answer) reading.answers.set(current, [...(reading.answers.get(current) ?? []), answer]);
    else tell(reading, at, 'wrong-type');
    if (isObject(entry) && entry['item'] !== undefined) readItems(entry['item'], `${at}/item`, current, reading);
  });
}

function readItems(list: unknown, pointer: string, parent: Slot | null, reading: Reading): void {
  if (!Array.isArray(list)) return tell(reading, pointer, 'wrong-type');
  list.forEach((json: unknown, index) => {
    const at = `${pointer}/${index}`;
    const linkId = isObject(json) ? textOf(json['linkId']) : null;
    const item = linkId === null ? undefined : reading.slots.byLinkId(linkId)[0]?.item;
    if (!isObject(json) || !item) return tell(reading, `${at}/linkId`, 'unknown-link-id');
    if (item.parent !== (parent?.item ?? null)) return tell(reading, `${at}/linkId`, 'wrong-place');
    if (json['modifierExtension'] !== undefined) return tell(reading, `${at}/modifierExtension`, 'modifier-extension');
    const slot = freeSlot(item, parent, reading);
    if (!slot || (isRepeated(item) && isQuestion(item) && reading.pointers.has(reading.slots.siblings(slot)[0]!))) return tell(reading, `${at}/linkId`, 'link-id-twice');
    reading.pointers.set(slot, at);
    if (json['answer'] !== undefined) readAnswers(json['answer'], `${at}/answer`, slot, reading);
    if (json['item'] === undefined) return;
    if (isQuestion(item)) tell(reading, `${at}/item`, 'wrong-place');
    else readItems(json['item'], `${at}/item`, slot, reading);
  });
}

const begin = ({ slots }: FormSession): Reading => ({ slots, answers: new Map(), pointers: new Map(), mistakes: [] });

function take(session: FormSession, { answers, pointers, mistakes }: Reading, anew: boolean): Filling {
  session.take(answers, anew);
  const byKey = new Map([...pointers].map(([slot, pointer]) => [slot.key, pointer]));
  return { mistakes, pointerOf: (key) => byKey.get(key) ?? null };
}

/** Takes up answers by linkId (or the key of a slot), each a list of FHIR `value[x]` objects; what repeats takes one each, what is not among them keeps its initial value. */
export function fillAnswers(session: FormSession, answers: Readonly<Record<string, unknown>>): Filling {
  const reading = begin(session);
  for (const [key, list] of Object.entries(answers)) {
    const pointer = `/${key.replaceAll('~', '~0').replaceAll('/', '~1')}`;
    const slot = session.slots.byKey(key);
    if (!slot) tell(reading, pointer, 'unknown-link-id');
    else {
      reading.pointers.set(slot, pointer);
      if (!Array.isArray(list) || list.length > 0) readAnswers(list, pointer, slot, reading);
    }
  }
  return take(session, reading, false);
}

/** Takes up the items of a QuestionnaireResponse, read-only and computed ones too; slots grow where something repeats. */
export function fillResponse(session: FormSession, response: { readonly item?: unknown }): Filling {
  const reading = begin(session);
  if (response.item !== undefined) readItems(response.item, '/item', null, reading);
  return take(session, reading, true);
}
