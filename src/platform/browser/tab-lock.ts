/** A lock among tabs by the Web Locks API; absent where there is none (insecure contexts, old browsers). */
import type { TabLock } from '../ports.js';

/** The lock of this name, or undefined. Asks for nothing before it is taken. */
export function createTabLock(name: string): TabLock | undefined {
  const locks = navigator.locks as LockManager | undefined;
  return locks && {
    take(steal, onHeld, onLost) {
      const left = new AbortController();
      const { signal } = left;
      // A stolen lock's request is rejected, and so is one that may not be made; `signal` and `steal` exclude each other (Web Locks §3.1).
      locks.request(name, steal ? { steal } : { signal }, () =>
        signal.aborted
          ? undefined
          : new Promise((release) => {
              signal.onabort = release;
              onHeld();
            })).catch(() => signal.aborted || onLost());
      return () => left.abort();
    },
  };
}
