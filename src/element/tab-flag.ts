/**
 * Name of a flag of this tab: the language that was chosen, whether the panel was open, and under which id half-given answers (`form`) and a symptom check (`live`: the
 * tag looks for it, to show an emergency again after a reload) are kept; see `tab-entries.ts`.
 */
export const tabFlag = (name: 'lang' | 'open' | 'form' | 'live', widget: string): string => `care-chat:${name}:${widget}`;
