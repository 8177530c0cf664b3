/** Tells who follows a stream that there is something new. Carries nothing: the log is read by whoever was woken. */

export interface Doorbell {
  /** Called on each ring of the stream; returns the way to stop. */
  on(key: string, listener: () => void): () => void;
  ring(keys: Iterable<string>): void;
}

/** An in-process doorbell. Rings that nobody waits for are lost, which is harmless. */
export function createDoorbell(): Doorbell {
  const listeners = new Map<string, Set<() => void>>();
  return {
    on(key, listener) {
      const set = listeners.get(key) ?? new Set();
      listeners.set(key, set.add(listener));
      return () => {
        set.delete(listener);
        if (set.size === 0 && listeners.get(key) === set) listeners.delete(key);
      };
    },
    ring(keys) {
      for (const key of new Set(keys)) for (const listener of [...(listeners.get(key) ?? [])]) listener();
    },
  };
}
