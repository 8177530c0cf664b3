/**
 * Speaks each new message exactly once to a screen reader. The transcript's own `log` is silent (`aria-live="off"`); a visually hidden
 * polite region gets one entry per announcement and loses it again, so that nobody browsing the page reads it twice.
 * Source: ARIA 1.2 live regions; the two lines "re-reads the whole chat" and "read twice" of other products' users.
 */

/** Runs `run` once after `delayMs`; returns the way to cancel. The shape of the clock port's `setTimer`. */
export type SetTimer = (run: () => void, delayMs: number) => () => void;

export interface Announcer {
  /** The region; put it into the shadow root once and leave it there: a region that comes with its text is not spoken. */
  readonly region: HTMLElement;
  announce(sentence: string): void;
  dispose(): void;
}

/** Creates the region. Entries stay for `keepMs` (default 7 s), long enough for slow speech queues. */
export function createAnnouncer(setTimer: SetTimer, keepMs = 7000): Announcer {
  const region = document.createElement('div');
  region.className = 'sr-only';
  region.setAttribute('aria-live', 'polite');
  region.setAttribute('aria-relevant', 'additions');
  region.setAttribute('part', 'announcer');
  const cancels = new Set<() => void>();
  return {
    region,
    announce(sentence) {
      const entry = document.createElement('p');
      entry.textContent = sentence;
      region.append(entry);
      const cancel = setTimer(() => {
        entry.remove();
        cancels.delete(cancel);
      }, keepMs);
      cancels.add(cancel);
    },
    dispose() {
      for (const cancel of cancels) cancel();
      cancels.clear();
      region.replaceChildren();
    },
  };
}

/** As much of a timeline as telling new from known needs. */
export interface ArrivalItem {
  readonly type: string;
  readonly key: string;
  readonly seq: number | null;
}

/** Tells which items arrived since the last look: none of the history that comes first, none that scrolling back loads. */
export interface Arrivals<T extends ArrivalItem> {
  /** `isNew`: the conversation began while we looked, so it has no history and everything counts. */
  next(conversationId: string | null, chunks: readonly (readonly T[])[], isNew?: boolean): readonly T[];
}

/** Creates the memory: the highest seq seen per conversation. */
export function createArrivals<T extends ArrivalItem>(): Arrivals<T> {
  let id: string | null = null;
  /** Highest seq seen; null until something was seen. */
  let head: number | null = null;
  return {
    next(conversationId, chunks, isNew = false) {
      if (id !== conversationId) head = null;
      id = conversationId;
      const from = head ?? (isNew ? 0 : Infinity);
      const fresh: T[] = [];
      for (let c = chunks.length - 1; c >= 0; c--) {
        const chunk = chunks[c]!;
        let older = false;
        for (let i = chunk.length - 1; i >= 0; i--) {
          const item = chunk[i]!;
          if (item.seq === null) continue;
          head = Math.max(head ?? 0, item.seq);
          if (item.seq > from) fresh.unshift(item);
          else older = true;
        }
        if (older) break;
      }
      return fresh;
    },
  };
}
