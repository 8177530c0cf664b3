/** What the hub needs from a socket, and how much it may hold back. Implemented by `socket/`; a test may hand in its own. */

export interface Wire {
  send(text: string): void;
  /** Bytes that the peer has not taken yet. */
  readonly bufferedBytes: number;
  /** A ping of the WebSocket protocol itself. */
  ping(): void;
  close(code: number, reason: string): void;
  /** Cuts the connection without a word. */
  terminate(): void;
}

/** Flow control (README "Flow control"). */
export const flow = {
  /** Above this typing, presence and summaries are not sent. */
  dropBytes: 262_144,
  /** Above this cursors do not advance. */
  pauseBytes: 1_048_576,
  /** A peer that takes nothing for this long is closed with 4508. */
  stalledMs: 30_000,
  pollMs: 50,
} as const;
