/** Half-given answers, kept for this tab and for half an hour. */
import type { Ports } from '../platform/ports.js';
import { createTabEntries } from './tab-entries.js';
import { tabFlag } from './tab-flag.js';

const lifeMs = 30 * 60_000;

export interface FormDraft {
  read(): Promise<unknown>;
  write(draft: unknown): void;
  clear(): Promise<void>;
}

/** The draft of this tab. Stores nothing before the first answer. Drafts of other names have the same id, which goes with the first that is cleared. */
export function createFormDraft(ports: Ports, widget: string, name = 'form-draft'): FormDraft {
  const entries = createTabEntries(ports, tabFlag('form', widget));
  return { read: () => entries.read(name), write: (draft) => entries.write(name, draft, lifeMs), clear: () => entries.clear(name) };
}
