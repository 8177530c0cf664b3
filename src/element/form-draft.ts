/**
 * Half-given answers, kept for this tab only: they survive a look at another page, but the next person at a shared computer does not find
 * them. The vault's entry has a name that only this tab's own storage knows, and lives for half an hour.
 */
import { uuidv7 } from '../base/ids.js';
import type { Ports } from '../platform/ports.js';

const lifeMs = 30 * 60_000;

/** Name of the tab's flag that says under which id the answers are kept. */
export const formFlag = (widget: string): string => `care-chat:form:${widget}`;

export interface FormDraft {
  read(): Promise<unknown>;
  write(draft: unknown): void;
  clear(): Promise<void>;
}

/** The draft of this tab. Stores nothing before the first answer. */
export function createFormDraft({ vault, tabFlags, clock, randomness }: Ports, widget: string): FormDraft {
  const flag = formFlag(widget);
  const keyOf = (id: string): string => `form-draft/${id}`;
  return {
    async read() {
      const id = tabFlags.get(flag);
      return id === null ? undefined : vault.get(keyOf(id));
    },
    write(draft) {
      const id = tabFlags.get(flag) ?? uuidv7(clock.now(), randomness.bytes(16));
      tabFlags.set(flag, id);
      void vault.set(keyOf(id), draft, lifeMs);
    },
    async clear() {
      const id = tabFlags.get(flag);
      tabFlags.delete(flag);
      if (id !== null) await vault.delete(keyOf(id));
    },
  };
}
