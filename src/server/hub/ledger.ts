/** The one way in which facts are written: commit, then ring the streams, then tell who keeps a picture of the conversations. */
import type { Commit, CommitResult, ConversationRow, Store, StoredEvent } from '../store/store.js';
import type { Doorbell } from './doorbell.js';

export interface Committed {
  readonly events: readonly StoredEvent[];
  readonly conversation: ConversationRow | null;
}

export interface Ledger {
  commit(commit: Commit): Promise<CommitResult>;
  /** Told after each durable commit. */
  onCommitted(listener: (committed: Committed) => void): () => void;
}

/** A ledger over a store and a doorbell. */
export function createLedger(store: Store, doorbell: Doorbell): Ledger {
  const listeners = new Set<(committed: Committed) => void>();
  return {
    async commit(commit) {
      const result = await store.commit(commit);
      if (result.type !== 'done') return result;
      doorbell.ring(result.events.map((event) => event.stream));
      for (const listener of [...listeners]) listener(result);
      return result;
    },
    onCommitted(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}
