/** Rules that lead from an answer to a department, a priority or a language: each names a question that is asked, an answer that can be given, a language that is offered. */
import type { Form, FormItem } from '../../questionnaire/form.js';
import { loadQuestionnaire } from '../../questionnaire/load-questionnaire.js';
import type { WidgetConfig } from './config.js';
import { didYouMean, type ConfigMistake } from './mistakes.js';

type Json = Readonly<Record<string, unknown>>;

/** An answer as rules write it: the code of a coding, else the value. */
export function plainAnswer(answer: Json): string | undefined {
  const value = Object.entries(answer).find(([key]) => key.startsWith('value'))?.[1];
  if (typeof value === 'object' && value !== null) return String((value as Json)['code'] ?? (value as Json)['value'] ?? '');
  return value === undefined ? undefined : String(value);
}

/** Answers that can be given; null: too many to name. */
function answersTo({ type, options, open }: FormItem): readonly string[] | null {
  if (type === 'boolean') return ['true', 'false'];
  if (type === 'group' || type === 'display') return [];
  return options.length > 0 && open === null ? options.flatMap(({ value }) => plainAnswer({ ...value }) ?? []) : null;
}

const isNumber = ({ type }: FormItem): boolean => type === 'integer' || type === 'decimal' || type === 'quantity';

/** Whether an item can be answered so. A number is compared as it is written in an answer. */
const isPossible = (item: FormItem, equals: string): boolean => answersTo(item)?.includes(equals) ?? (!isNumber(item) || String(Number(equals)) === equals);

const primaryOf = (tag: string): string => tag.toLowerCase().split('-')[0] ?? tag;

/** Mistakes of a widget's rules; `forms`: all that can be answered before a chat, or in a message that is left, at this widget. */
export function routingMistakes({ routing, languages }: Pick<WidgetConfig, 'routing' | 'languages'>, questionnaires: readonly Json[], pointer: string): readonly ConfigMistake[] {
  if (routing.length === 0) return [];
  const forms = questionnaires.flatMap((json): readonly Form[] => {
    const loaded = loadQuestionnaire(json, { lang: languages[0] ?? 'en' });
    return loaded.ok ? [loaded.value] : [];
  });
  const all = forms.flatMap(({ items }) => items);
  return routing.flatMap(({ linkId, equals, language }, n): readonly ConfigMistake[] => {
    const at = `${pointer}/routing/${n}`;
    const items = all.filter((item) => item.linkId === linkId);
    const possible = items.flatMap((item) => answersTo(item) ?? []);
    return [
      ...(items.length === 0 ? [{ pointer: `${at}/linkId`, code: 'unknown-link-id', message: `no form of this widget asks "${linkId}".${didYouMean(linkId, all.map((item) => item.linkId))}` }] : []),
      ...(items.length > 0 && !items.some((item) => isPossible(item, equals))
        ? [{ pointer: `${at}/equals`, code: 'unknown-answer', message: `"${linkId}" cannot be answered "${equals}".${didYouMean(equals, possible) || (possible.length > 0 ? ` There are: ${possible.slice(0, 20).join(', ')}.` : '')}` }]
        : []),
      ...(language !== undefined && !languages.some((offered) => primaryOf(offered) === primaryOf(language))
        ? [{ pointer: `${at}/language`, code: 'unknown-language', message: `this widget does not offer the language "${language}". There are: ${languages.join(', ')}.` }]
        : []),
    ];
  });
}
