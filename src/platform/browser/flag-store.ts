/** Small flags in clear storage. Never throws; where storage is refused it remembers for as long as the page lives. */
import type { FlagStore } from '../ports.js';
import { storageOrNull } from './quirks.js';

/** A flag store over a `Storage`, or over nothing but memory. */
export function createFlagStore(pick: () => Storage): FlagStore {
  const storage = storageOrNull(pick);
  const memory = new Map<string, string>();
  return {
    get(key) {
      try {
        return memory.get(key) ?? storage?.getItem(key) ?? null;
      } catch {
        return null;
      }
    },
    set(key, value) {
      try {
        if (!storage) throw new Error('refused');
        storage.setItem(key, value);
        memory.delete(key);
      } catch {
        memory.set(key, value);
      }
    },
    delete(key) {
      memory.delete(key);
      try {
        storage?.removeItem(key);
      } catch {
        // A storage that cannot forget could not remember either.
      }
    },
  };
}
