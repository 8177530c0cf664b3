/** Fills in a Questionnaire with plausible answers, so that a widget that asks can be tested. Simple items only. */
import type { FormAnsweredBody } from '../protocol/types.js';

interface Item {
  readonly linkId?: string;
  readonly text?: string;
  readonly type?: string;
  readonly enableWhen?: unknown;
  readonly answerOption?: readonly Readonly<Record<string, unknown>>[];
  readonly item?: readonly Item[];
}

/** One answer as FHIR has it (`value[x]`) and as it is shown. */
function answerOf(item: Item): readonly [value: Readonly<Record<string, unknown>>, shown: string] | null {
  switch (item.type) {
    case 'string':
    case 'text':
      return [{ valueString: 'Conformance' }, 'Conformance'];
    case 'boolean':
      return [{ valueBoolean: true }, 'Yes'];
    case 'date':
      return [{ valueDate: '1980-01-01' }, '1980-01-01'];
    case 'integer':
      return [{ valueInteger: 1 }, '1'];
    case 'choice':
    case 'coding': {
      const [option] = item.answerOption ?? [];
      if (!option) return null;
      const coding = option['valueCoding'] as { readonly display?: string; readonly code?: string } | undefined;
      const value = Object.fromEntries(Object.entries(option).filter(([key]) => key.startsWith('value')));
      return [value, coding?.display ?? coding?.code ?? String(Object.values(value)[0])];
    }
    default:
      return null;
  }
}

/** The answered form of a Questionnaire. Items that are enabled by others' answers are left out. */
export function answerForm(questionnaire: Readonly<Record<string, unknown>>, purpose: FormAnsweredBody['purpose'] = 'pre-chat'): FormAnsweredBody {
  const answers: FormAnsweredBody['answers'] = [];
  const write = (items: readonly Item[]): Readonly<Record<string, unknown>>[] => items.filter(({ enableWhen }) => enableWhen === undefined).flatMap((item): Readonly<Record<string, unknown>>[] => {
    const linkId = item.linkId ?? '';
    if (item.type === 'group') return [{ linkId, item: write(item.item ?? []) }];
    const answer = answerOf(item);
    if (!answer) return [];
    answers.push({ linkId, question: item.text ?? linkId, answers: [answer[1]] });
    return [{ linkId, ...(item.text && { text: item.text }), answer: [answer[0]] }];
  });
  const canonical = `${String(questionnaire['url'] ?? questionnaire['id'] ?? '')}${questionnaire['version'] === undefined ? '' : `|${String(questionnaire['version'])}`}`;
  const item = write((questionnaire['item'] ?? []) as readonly Item[]);
  return {
    form: { questionnaire: canonical, ...(typeof questionnaire['title'] === 'string' && { title: questionnaire['title'] }) },
    purpose,
    answers,
    response: { resourceType: 'QuestionnaireResponse', questionnaire: canonical, status: 'completed', item },
  };
}
