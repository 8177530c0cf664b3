/** Small flags in clear storage. Never throws. */
import type { FlagStore } from '../ports.js';
import { storageOrNull } from './quirks.js';

const probe = 'care-chat:probe';

/** Where flags go that the storage does not take. */
interface Refuge {
  get(key: string): string | null | undefined;
  set(key: string, value: string): unknown;
  delete(key: string): unknown;
}

/** Its name there, which nothing else has. */
export const refugeKey = (key: string): string => `${key}-`;

/** A flag store over a `Storage`; what that does not take goes to `refuge`: memory, unless another store is named. */
export function createFlagStore(pick: () => Storage, refuge: Refuge = new Map<string, string>()): FlagStore {
  const storage = storageOrNull(pick);
  return {
    get(key) {
      try {
        return refuge.get(refugeKey(key)) ?? storage?.getItem(key) ?? null;
      } catch {
        return null;
      }
    },
    set(key, value) {
      try {
        storage!.setItem(key, value);
        refuge.delete(refugeKey(key));
      } catch {
        refuge.set(refugeKey(key), value);
      }
    },
    keeps() {
      this.set(probe, '1');
      const kept = !refuge.get(refugeKey(probe));
      this.delete(probe);
      return kept;
    },
    delete(key) {
      refuge.delete(refugeKey(key));
      try {
        storage?.removeItem(key);
      } catch {
        // A storage that cannot forget could not remember either.
      }
    },
  };
}
