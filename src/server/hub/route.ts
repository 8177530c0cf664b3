/** Where answers lead by the widget's rules: to a department, a priority, a language. */
import type { WidgetConfig } from '../config/config.js';
import type { Priority } from '../config/schema.js';
import { plainAnswer } from '../config/routing.js';
import { moreUrgent } from './hand-over.js';

type Json = Readonly<Record<string, unknown>>;

const objects = (value: unknown): readonly Json[] => (Array.isArray(value) ? value.filter((one): one is Json => typeof one === 'object' && one !== null) : []);

const isAnswered = (items: readonly Json[], linkId: string, equals: string): boolean =>
  items.some((item) => {
    const answers = objects(item['answer']);
    if (item['linkId'] === linkId && answers.some((answer) => plainAnswer(answer) === equals)) return true;
    return isAnswered([...objects(item['item']), ...answers.flatMap((answer) => objects(answer['item']))], linkId, equals);
  });

/** Null where no rule that fits says something of it. */
export interface Routed {
  readonly departmentId: string | null;
  readonly priority: Priority | null;
  readonly language: string | null;
}

/** `response`: a QuestionnaireResponse that was checked. The first rule that fits counts; of priorities the highest. */
export function routeOf({ routing }: WidgetConfig, response: Json | undefined): Routed {
  const items = objects(response?.['item']);
  const fitting = routing.filter(({ linkId, equals }) => isAnswered(items, linkId, equals));
  return {
    departmentId: fitting.find(({ departmentId }) => departmentId !== undefined)?.departmentId ?? null,
    priority: fitting.reduce<Priority | null>((highest, { priority = null }) => moreUrgent(highest, priority), null),
    language: fitting.find(({ language }) => language !== undefined)?.language ?? null,
  };
}
