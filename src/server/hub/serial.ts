/** One thing at a time per key, so that a decision sees what the decision before it committed. */

/** Runs tasks of one key one after the other; tasks of different keys do not wait for each other. */
export interface Serial {
  run<T>(key: string, task: () => Promise<T>): Promise<T>;
  /** Resolves when everything that was under way is done. */
  idle(): Promise<void>;
}

/** Creates an empty set of queues. A task that fails does not stop those behind it. */
export function createSerial(): Serial {
  const tails = new Map<string, Promise<void>>();
  return {
    run(key, task) {
      const before = tails.get(key) ?? Promise.resolve();
      const result = before.then(task);
      const tail = result.then(() => {}, () => {}).then(() => {
        if (tails.get(key) === tail) tails.delete(key);
      });
      tails.set(key, tail);
      return result;
    },
    async idle() {
      while (tails.size > 0) await Promise.all(tails.values());
    },
  };
}
