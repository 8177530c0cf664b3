/**
 * A content pack is data: a Questionnaire, what its answers mean, ordered rules, levels, messages, who wrote and approved it and until when. Read here and
 * judged whole: a pack with a mistake does not load, because a checker with a hole in it is worse than none. Holds no clinical content itself.
 */
import { CareError } from '../base/care-error.js';
import { err, ok, type Result } from '../base/result.js';
import type { LocalText } from '../protocol/types.js';
import { isQuestion, type Form, type FormItem } from '../questionnaire/form.js';
import { loadWithExpressions } from '../questionnaire/expressions.js';
import { parseCondition, type Condition, type PackInput } from './conditions.js';
import { isDay, isId, isLocalText, isObject, isText, textsOf, type Json, type Report } from './read.js';
import { convertUnit } from './units.js';

/** How urgent it is. */
export interface PackLevel {
  readonly id: string;
  /** In words, because a colour alone says nothing to many. */
  readonly title: LocalText;
  /** An emergency: nothing more is asked, and nothing covers it. */
  readonly stops: boolean;
}

export interface PackRule {
  readonly id: string;
  readonly level: string;
  readonly when: Condition;
  readonly messages: readonly string[];
  /** Lines to show beside the messages, whatever the level: the emergency number, or the crisis line. */
  readonly panel: 'emergency' | 'crisis' | null;
}

export interface Person {
  readonly name: string;
  readonly role: string | null;
  /** `YYYY-MM-DD`. */
  readonly on: string;
}

/** Who put the texts into a language; English is the author's. */
export interface Provenance {
  readonly by: 'human' | 'machine';
  /** Whether somebody who may judge it has read it. */
  readonly reviewed: boolean;
}

export interface PackSource {
  readonly title: string;
  readonly url: string | null;
}

export interface Pack {
  readonly id: string;
  readonly version: string;
  readonly title: LocalText;
  /** Only `approved` packs are for patients; of a draft, every screen says so. */
  readonly status: 'draft' | 'approved';
  readonly author: Person;
  /** Who approved it; null for a draft. */
  readonly approver: Person | null;
  /** Last day it may run, `YYYY-MM-DD`, UTC. */
  readonly expires: string;
  readonly sources: readonly PackSource[];
  /** Languages besides English, lower case. */
  readonly translations: ReadonlyMap<string, Provenance>;
  /** Most urgent first. */
  readonly levels: readonly PackLevel[];
  /** FHIR Questionnaire as JSON; null where the pack is only evaluated. */
  readonly questionnaire: Json | null;
  /** linkId of the red-flag question, which is asked before any other; null without a questionnaire. */
  readonly redFlags: string | null;
  readonly inputs: ReadonlyMap<string, PackInput>;
  /** First match wins; never more urgent than the rule before. */
  readonly rules: readonly PackRule[];
  readonly messages: ReadonlyMap<string, LocalText>;
}

function parseInputs(json: unknown, report: Report): ReadonlyMap<string, PackInput> {
  const inputs = new Map<string, PackInput>();
  for (const [name, input] of isObject(json) ? Object.entries(json) : []) {
    const { type, values, from, as, required, unit } = isObject(input) ? input : ({} as Json);
    const listed = textsOf(values) ?? [];
    const sources = isText(from) ? [from] : textsOf(from ?? []);
    const isKind = (type === 'choice' && listed.length > 0) || type === 'boolean' || type === 'number';
    const isUnit = unit === undefined || (type === 'number' && as === undefined && isText(unit));
    if (!isKind || !isUnit || !sources || (as !== undefined && (type !== 'number' || (as !== 'years' && as !== 'weeks' && as !== 'days')))) report(`/inputs/${name}`, 'input');
    else inputs.set(name, { type, values: listed, required: required === true, from: sources, as: (as ?? null) as PackInput['as'], unit: (unit ?? null) as PackInput['unit'] });
  }
  if (inputs.size === 0) report('/inputs', 'missing');
  return inputs;
}

function parseLevels(json: unknown, report: Report): readonly PackLevel[] {
  const levels = (Array.isArray(json) ? json : []).flatMap((level: unknown, index): readonly PackLevel[] => {
    const { id, title, stops } = isObject(level) ? level : ({} as Json);
    if (isId(id) && isLocalText(title)) return [{ id, title, stops: stops === true }];
    report(`/levels/${index}`, 'level');
    return [];
  });
  if (levels.length === 0 || new Set(levels.map(({ id }) => id)).size !== levels.length) report('/levels', 'levels');
  return levels;
}

function parseRules(json: unknown, levels: readonly PackLevel[], inputs: ReadonlyMap<string, PackInput>, messages: ReadonlyMap<string, LocalText>, report: Report): readonly PackRule[] {
  const rules: PackRule[] = [];
  let urgency = 0;
  (Array.isArray(json) ? json : []).forEach((rule: unknown, index) => {
    const at = `/rules/${index}`;
    if (!isObject(rule) || !isId(rule['id'])) return report(`${at}/id`, isObject(rule) && isText(rule['id']) ? 'id' : 'missing');
    const { id, level, panel } = rule;
    if (rules.some((before) => before.id === id)) report(`${at}/id`, 'twice');
    const rank = levels.findIndex((one) => one.id === level);
    if (rank < 0) return report(`${at}/level`, 'unknown-level');
    if (rank < urgency) report(`${at}/level`, 'order');
    urgency = Math.max(urgency, rank);
    if (panel !== undefined && panel !== 'emergency' && panel !== 'crisis') report(`${at}/panel`, 'panel');
    const said = textsOf(rule['messages'] ?? []);
    if (!said) report(`${at}/messages`, 'message');
    said?.forEach((message, position) => messages.has(message) || report(`${at}/messages/${position}`, 'unknown-message'));
    const when = parseCondition(rule['when'], inputs, `${at}/when`, report);
    if (when && said) rules.push({ id, level: String(level), when, messages: said, panel: panel === 'crisis' || panel === 'emergency' ? panel : levels[rank]!.stops ? 'emergency' : null });
  });
  const last = rules.at(-1);
  if (!last || !('always' in last.when)) report('/rules', 'no-last-rule');
  return rules;
}

function parseMessages(json: unknown, report: Report): ReadonlyMap<string, LocalText> {
  const messages = new Map<string, LocalText>();
  for (const [id, message] of isObject(json) ? Object.entries(json) : []) {
    if (isLocalText(message)) messages.set(id, message);
    else report(`/messages/${id}`, 'message');
  }
  return messages;
}

function parsePerson(json: unknown, pointer: string, report: Report): Person {
  const { name, role, on } = isObject(json) ? json : ({} as Json);
  if (!isText(name)) report(pointer, 'missing');
  if (!isDay(on)) report(`${pointer}/on`, 'date');
  return { name: String(name), role: isText(role) ? role : null, on: String(on) };
}

function parseSources(json: unknown, report: Report): readonly PackSource[] {
  return (Array.isArray(json) ? json : []).flatMap((source: unknown, index): readonly PackSource[] => {
    const { title, url } = isObject(source) ? source : ({} as Json);
    if (isText(title) && (url === undefined || (isText(url) && url.startsWith('https://')))) return [{ title, url: isText(url) ? url : null }];
    report(`/sources/${index}`, 'source');
    return [];
  });
}

function parseTranslations(json: unknown, report: Report): ReadonlyMap<string, Provenance> {
  const translations = new Map<string, Provenance>();
  for (const [lang, how] of isObject(json) ? Object.entries(json) : []) {
    const { provenance, reviewed } = isObject(how) ? how : ({} as Json);
    if ((provenance === 'human' || provenance === 'machine') && typeof reviewed === 'boolean') translations.set(lang.toLowerCase(), { by: provenance, reviewed });
    else report(`/translations/${lang}`, 'translation');
  }
  return translations;
}

/** What an option of a question is called as a value of an input. */
export const valueOfOption = (value: FormItem['options'][number]['value']): string => ('valueCoding' in value ? (value.valueCoding.code ?? value.valueCoding.display ?? '') : String(Object.values(value)[0]));

/** A rule's number says nothing of a quantity until its unit is known, and every unit that can be answered has to be one that becomes it. A bare number has the unit ''. */
function checkUnits({ type, unit }: PackInput, { units }: FormItem, at: string, report: Report): void {
  const offered = units.length > 0 ? units.map(({ value }) => valueOfOption(value)) : [''];
  if (type !== 'number' || offered.every((one) => convertUnit(1, one, unit ?? '') !== null)) return;
  if (unit === null) report(`${at}/unit`, 'no-unit');
  else report(`${at}/from`, 'from-unit');
}

/** Whether a question can give what an input takes; every value of the input has to be an option, and every option a value. */
function checkSource(input: PackInput, item: FormItem, pointer: string, report: Report): void {
  const { type, as, values } = input;
  if (type === 'boolean' ? item.type !== 'boolean' : type === 'choice' ? item.type !== 'choice' : as === null ? !['integer', 'decimal', 'quantity'].includes(item.type) : item.type !== 'date') report(pointer, 'from-type');
  if (type === 'choice') for (const { value } of item.options) if (!values.includes(valueOfOption(value))) report(pointer, 'from-option');
}

/** How the questions are loaded: with their expressions read, or without. */
type LoadForm = typeof loadWithExpressions;

function checkQuestions(questionnaire: unknown, redFlags: unknown, inputs: ReadonlyMap<string, PackInput>, load: LoadForm, report: Report): void {
  const loaded = load(questionnaire, { lang: 'en' });
  if (!loaded.ok) return loaded.error.details.forEach(({ pointer, code }) => report(`/questionnaire${pointer}`, code));
  const form: Form = loaded.value;
  for (const [name, input] of inputs) {
    for (const linkId of input.from) {
      const item = form.byLinkId.get(linkId);
      if (item && isQuestion(item)) {
        checkSource(input, item, `/inputs/${name}/from`, report);
        checkUnits(input, item, `/inputs/${name}`, report);
      } else report(`/inputs/${name}/from`, 'unknown-question');
    }
    const offered = new Set(input.from.flatMap((linkId) => form.byLinkId.get(linkId)?.options.map(({ value }) => valueOfOption(value)) ?? []));
    if (input.from.length > 0) input.values.forEach((value, index) => offered.has(value) || report(`/inputs/${name}/values/${index}`, 'no-option'));
  }
  const first = form.items.find(isQuestion);
  if (!first || first.linkId !== redFlags) report('/redFlags', 'not-first');
}

/** Reads a pack. Refusals: code `config-invalid`, every mistake in `details` as JSON pointer and code. */
export const parsePack = (json: unknown): Result<Pack> => readPack(json, loadWithExpressions);

/** The same where the expressions are read later, because they are loaded for a pack that has some (`LoadForm`: `loadQuestionnaire`). */
export function readPack(json: unknown, load: LoadForm): Result<Pack> {
  const mistakes: { pointer: string; code: string }[] = [];
  const report: Report = (pointer, code) => void mistakes.push({ pointer, code });
  const pack = isObject(json) ? json : {};
  const { id, version, status, expires, title, redFlags } = pack;
  if (!isId(id)) report('/id', isText(id) ? 'id' : 'missing');
  if (!isText(version) || version.length > 40) report('/version', isText(version) ? 'version' : 'missing');
  if (!isLocalText(title)) report('/title', 'missing');
  if (status !== 'draft' && status !== 'approved') report('/status', 'status');
  const author = parsePerson(pack['author'], '/author', report);
  const approver = status === 'approved' || (pack['approver'] !== undefined && pack['approver'] !== null) ? parsePerson(pack['approver'], '/approver', report) : null;
  if (!isDay(expires)) report('/expires', 'date');
  const levels = parseLevels(pack['levels'], report);
  const inputs = parseInputs(pack['inputs'], report);
  const messages = parseMessages(pack['messages'], report);
  const rules = parseRules(pack['rules'], levels, inputs, messages, report);
  const sources = parseSources(pack['sources'], report);
  const translations = parseTranslations(pack['translations'], report);
  const questionnaire = isObject(pack['questionnaire']) ? pack['questionnaire'] : null;
  if (questionnaire) checkQuestions(questionnaire, redFlags, inputs, load, report);
  if (mistakes.length > 0) return err(new CareError('config-invalid', 'This content pack has mistakes.', { details: mistakes.slice(0, 50) }));
  return ok({
    id: String(id), version: String(version), title: title as LocalText, status: status === 'approved' ? 'approved' : 'draft', author, approver,
    expires: String(expires), sources, translations, levels, questionnaire, redFlags: questionnaire ? String(redFlags) : null, inputs, rules, messages,
  });
}
