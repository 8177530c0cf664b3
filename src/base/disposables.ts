/** Things to let go of together. */

/** A bag of clean-up functions, run once, newest first. */
export interface Disposables {
  add(dispose: () => void): void;
  dispose(): void;
  readonly disposed: boolean;
}

/** Creates an empty bag. Adding to a bag that was disposed of runs the clean-up at once. */
export function createDisposables(): Disposables {
  const bag: (() => void)[] = [];
  let disposed = false;
  return {
    add(dispose) {
      if (disposed) dispose();
      else bag.push(dispose);
    },
    dispose() {
      disposed = true;
      for (let next = bag.pop(); next; next = bag.pop()) next();
    },
    get disposed() {
      return disposed;
    },
  };
}
