/** What the hub needs from a connection. Implemented by `socket/` and `links/`; a test may hand in its own. */

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

/** How often the pump looks whether a slow peer has taken something. How much may be held back is in `limits` of the configuration. */
export const pollMs = 50;
