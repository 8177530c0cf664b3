/** Where answers lead: the department of the widget's first rule whose answer was given. */
import type { WidgetConfig } from '../config/config.js';

type Json = Readonly<Record<string, unknown>>;

const objects = (value: unknown): readonly Json[] => (Array.isArray(value) ? value.filter((one): one is Json => typeof one === 'object' && one !== null) : []);

/** An answer as rules write it: the code of a coding, else the value. */
function plain(answer: Json): string | undefined {
  const value = Object.entries(answer).find(([key]) => key.startsWith('value'))?.[1];
  if (typeof value === 'object' && value !== null) return String((value as Json)['code'] ?? (value as Json)['value'] ?? '');
  return value === undefined ? undefined : String(value);
}

const isAnswered = (items: readonly Json[], linkId: string, equals: string): boolean =>
  items.some((item) => {
    const answers = objects(item['answer']);
    if (item['linkId'] === linkId && answers.some((answer) => plain(answer) === equals)) return true;
    return isAnswered([...objects(item['item']), ...answers.flatMap((answer) => objects(answer['item']))], linkId, equals);
  });

/** `response`: a QuestionnaireResponse that was checked. Null where no rule fits. */
export function routeOf({ routing }: WidgetConfig, response: Json | undefined): string | null {
  const items = objects(response?.['item']);
  return routing.find(({ linkId, equals }) => isAnswered(items, linkId, equals))?.departmentId ?? null;
}
