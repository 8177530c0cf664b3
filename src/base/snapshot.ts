/** An observable value: the only way state leaves a headless room. Knows nothing of views. */

/** Read side of an observable value. */
export interface ReadonlySnapshot<T> {
  readonly value: T;
  /** Calls `listener` after each change, not at once. Returns the way to stop. */
  subscribe(listener: (value: T) => void): () => void;
}

/** Write side: setting an identical value notifies nobody. */
export interface Snapshot<T> extends ReadonlySnapshot<T> {
  set(next: T): void;
  update(change: (value: T) => T): void;
}

/** Creates an observable value. A listener that throws does not keep the others from being told. */
export function createSnapshot<T>(initial: T): Snapshot<T> {
  let value = initial;
  const listeners = new Set<(value: T) => void>();
  const set = (next: T): void => {
    if (Object.is(next, value)) return;
    value = next;
    for (const listener of [...listeners]) {
      try {
        listener(value);
      } catch (error) {
        queueMicrotask(() => {
          throw error;
        });
      }
    }
  };
  return {
    get value() {
      return value;
    },
    set,
    update: (change) => set(change(value)),
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}
