/**
 * The server's frames of a polled link: numbered, kept until the client has acknowledged them, handed out a piece at a time (protocol
 * README S-8.23). Knows nothing of HTTP and of what a frame says.
 */
import type { Clock } from '../clock.js';

/** Frames on their way, and the number of the last of them. Null: the link has ended and nothing is left. */
export type Handed = { readonly frames: readonly unknown[]; readonly next: number } | null;

export interface PolledFrames {
  push(text: string): void;
  /** Characters that the client has not acknowledged. */
  readonly heldChars: number;
  /** Whether a poll waits now. */
  readonly waiting: boolean;
  /** Whether this number has been given to a frame, or is 0. */
  knows(after: number): boolean;
  /** Acknowledges up to `after` and hands out what follows; waits for something at most `waitMs`. An older poll that waits is answered with nothing. */
  take(after: number, waitMs: number): Promise<Handed>;
  /** The one who waits has gone. */
  leave(): void;
  /** No frame comes any more; what is left can still be taken. */
  end(): void;
}

/** An answer is cut where it grows over this, so that a slow line acknowledges piece by piece. */
const answerChars = 262_144;

interface Held {
  readonly n: number;
  readonly text: string;
}

/** Holds none yet. `onTold`: after the end, when the last frame has been handed out. */
export function createPolledFrames(clock: Clock, onTold: () => void): PolledFrames {
  const held: Held[] = [];
  let heldChars = 0;
  let last = 0;
  let ended = false;
  let looking = false;
  let answerWaiting: ((how: 'look' | 'empty') => void) | null = null;

  const collect = (after: number): Handed => {
    if (held.length === 0) return ended ? null : { frames: [], next: after };
    const piece: Held[] = [];
    let chars = 0;
    for (const frame of held) {
      if (piece.length > 0 && chars + frame.text.length > answerChars) break;
      piece.push(frame);
      chars += frame.text.length;
    }
    if (ended && piece.length === held.length) onTold();
    return { frames: piece.map(({ text }) => JSON.parse(text) as unknown), next: piece.at(-1)!.n };
  };

  const acknowledge = (after: number): void => {
    while (held[0] !== undefined && held[0].n <= after) heldChars -= held.shift()!.text.length;
  };

  /** After this task: what is sent together is answered together. */
  const look = (): void => {
    if (looking) return;
    looking = true;
    setImmediate(() => {
      looking = false;
      answerWaiting?.('look');
    });
  };

  return {
    push(text) {
      held.push({ n: ++last, text });
      heldChars += text.length;
      look();
    },
    get heldChars() {
      return heldChars;
    },
    get waiting() {
      return answerWaiting !== null;
    },
    knows: (after) => after <= last,
    take(after, waitMs) {
      answerWaiting?.('empty');
      acknowledge(after);
      if (held.length > 0 || ended || waitMs === 0) return Promise.resolve(collect(after));
      return new Promise((resolve) => {
        const answer = (how: 'look' | 'empty'): void => {
          answerWaiting = null;
          cancel();
          resolve(how === 'look' ? collect(after) : { frames: [], next: after });
        };
        answerWaiting = answer;
        const cancel = clock.after(waitMs, () => answer('empty'));
      });
    },
    leave: () => answerWaiting?.('empty'),
    end() {
      ended = true;
      answerWaiting?.('look');
    },
  };
}
