/**
 * Entries of the vault for this tab only: they survive a look at another page, but the next person at a shared computer does not find them. Their
 * names have an id in them that only this tab's own storage knows.
 */
import { uuidv7 } from '../base/ids.js';
import type { Ports } from '../platform/ports.js';

export interface TabEntries {
  read(name: string): Promise<unknown>;
  write(name: string, value: unknown, lifeMs: number): void;
  /** Forgets these and the id. */
  clear(...names: string[]): Promise<void>;
}

/** The entries behind a flag of the tab. Stores nothing before the first `write`. */
export function createTabEntries({ vault, tabFlags, clock, randomness }: Ports, flag: string): TabEntries {
  return {
    async read(name) {
      const id = tabFlags.get(flag);
      return id === null ? undefined : vault.get(`${name}/${id}`);
    },
    write(name, value, lifeMs) {
      const id = tabFlags.get(flag) ?? uuidv7(clock.now(), randomness.bytes(16));
      tabFlags.set(flag, id);
      void vault.set(`${name}/${id}`, value, lifeMs);
    },
    async clear(...names) {
      const id = tabFlags.get(flag);
      tabFlags.delete(flag);
      if (id !== null) for (const name of names) await vault.delete(`${name}/${id}`);
    },
  };
}
