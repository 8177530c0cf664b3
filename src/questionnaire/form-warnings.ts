/** What the author of a form should look at although it works. For the server's start and the command line; the patient's browser does without. */
import type { Expected, Finding, Form, FormItem } from './form.js';

const kindOfType: Readonly<Partial<Record<FormItem['type'], Expected['kind']>>> = { string: 'string', text: 'string', boolean: 'boolean', date: 'date', integer: 'number', decimal: 'number' };
const kindOfValue = { valueCoding: 'coding', valueString: 'string', valueInteger: 'number', valueDecimal: 'number', valueDate: 'date', valueBoolean: 'boolean' } as const;

/** Whether the source can ever give an answer of the kind that a condition expects. */
function canGive(source: FormItem, kind: Expected['kind']): boolean {
  if (source.type !== 'choice') return kindOfType[source.type] === kind;
  return source.options.some(({ value }) => Object.entries(kindOfValue).some(([name, one]) => one === kind && name in value));
}

/** Codes: `enable-when-type` (a condition compares with what its source never answers), `enable-behavior-missing`. */
export function findWarnings(form: Form): readonly Finding[] {
  return form.items.flatMap(({ pointer, enableWhen, enableBehavior }) => [
    ...(enableWhen.length > 1 && enableBehavior === null ? [{ pointer, code: 'enable-behavior-missing' }] : []),
    ...enableWhen.flatMap(({ question, operator, expected }, index) => {
      const source = form.byLinkId.get(question);
      return operator !== 'exists' && source && !canGive(source, expected.kind) ? [{ pointer: `${pointer}/enableWhen/${index}`, code: 'enable-when-type' }] : [];
    }),
  ]);
}
