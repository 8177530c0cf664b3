/**
 * A form answered at random, and what must hold meanwhile. Shared by the walk of the engine alone and the walks of the views in a browser, so that both look for the
 * same: nothing stale leaves, and a response that has no mistake is one that a server accepts.
 */
import { checkResponse } from '../../../src/questionnaire/check-response.js';
import type { FormSession } from '../../../src/questionnaire/form-session.js';
import type { ItemSnapshot } from '../../../src/questionnaire/form-snapshot.js';
import { testNowMs } from './open-form.js';

/** A whole number below `n`. */
export type Random = (n: number) => number;

/** A seeded generator, so that a failure can be repeated. */
export function createRandom(seed: number): Random {
  let state = seed;
  return (n) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.floor((state / 2 ** 32) * n);
  };
}

/** What somebody might type, fitting or not. */
export const typedTexts = ['', '7', '37.5', '1950-03-14', 'some words', '-1', '2026-11-20T08:15', '08:30', 'https://example.org/x'];

const isAsked = ({ shown, type, readOnly }: ItemSnapshot): boolean => shown && !readOnly && type !== 'group' && type !== 'display';

function answerOne(session: FormSession, item: ItemSnapshot, random: Random): void {
  const { key, options, units } = item;
  if (item.repetition && random(6) === 0) void (random(2) === 0 ? session.add(key) : session.remove(key));
  else if (item.type === 'boolean') session.answer(key, [{ valueBoolean: random(2) === 0 }]);
  else if (item.type === 'attachment') session.answer(key, [{ valueAttachment: { contentType: 'image/png', data: 'AAAA', title: 'x.png' } }]);
  else if (item.type === 'choice' && options.length > 0 && (item.open === null || random(3) > 0)) session.choose(key, options[random(options.length)]!.value, random(4) > 0);
  else if (units.length > 0 && random(2) === 0) session.choose(key, units[random(units.length)]!.value, true);
  else session.type(key, typedTexts[random(typedTexts.length)]!);
}

/** Answers something that is asked now. */
export function answerAtRandom(session: FormSession, random: Random): void {
  const asked = session.snapshot.value.items.filter(isAsked);
  if (asked.length > 0) answerOne(session, asked[random(asked.length)]!, random);
}

type Json = Readonly<Record<string, unknown>>;
const listOf = (value: unknown): readonly Json[] => (Array.isArray(value) ? (value as readonly Json[]) : []);

/** How many answers leave, by linkId. */
function leaving(items: readonly Json[], found = new Map<string, number>()): ReadonlyMap<string, number> {
  for (const item of items) {
    const answers = listOf(item['answer']);
    const linkId = String(item['linkId']);
    found.set(linkId, (found.get(linkId) ?? 0) + answers.length);
    leaving(listOf(item['item']), found);
    for (const answer of answers) leaving(listOf(answer['item']), found);
  }
  return found;
}

const writtenNow = (session: FormSession): Json => session.toResponse({ authored: new Date(testNowMs).toISOString(), lang: session.snapshot.value.lang });

/** linkIds of which another number of answers leaves than are asked and given now; those beneath an item that is not asked are stale. */
export function findStale(session: FormSession): readonly string[] {
  const given = new Map<string, number>();
  for (const { key, linkId, answers } of session.snapshot.value.items) if (session.reached(key)) given.set(linkId, (given.get(linkId) ?? 0) + answers.length);
  const left = leaving(listOf(writtenNow(session)['item']));
  return [...new Set([...given.keys(), ...left.keys()])].filter((linkId) => (left.get(linkId) ?? 0) !== (given.get(linkId) ?? 0));
}

/** Text that is no answer: only the session knows of it. */
const unread = new Set<string>(['not-integer', 'not-decimal', 'not-date', 'not-date-time', 'not-time', 'not-url', 'no-unit']);

/** Whether browser and server judge alike; null where only the browser can. `accepted`: and both have nothing against it. */
export function judgeBoth(session: FormSession): { readonly alike: boolean; readonly accepted: boolean; readonly about: string } | null {
  const wrong = session.validate();
  if (wrong.some(({ error }) => unread.has(error.code))) return null;
  const checked = checkResponse(session.form, JSON.parse(JSON.stringify(writtenNow(session))), testNowMs);
  const about = checked.ok ? wrong.map(({ linkId, error }) => `${linkId} ${error.code}`).join(', ') : checked.error.details.map(({ pointer, code }) => `${pointer} ${code}`).join(', ');
  return { alike: checked.ok === (wrong.length === 0), accepted: checked.ok && wrong.length === 0, about };
}
