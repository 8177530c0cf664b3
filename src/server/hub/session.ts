/** What the parts of one connection share. */
import type { CareError } from '../../base/care-error.js';
import type { ServerFrame } from '../../protocol/types.js';
import type { Claims } from '../identity/identity.js';
import type { HubContext } from './context.js';
import type { Start } from './follow.js';
import type { Principal } from './principal.js';
import type { Pump } from './pump.js';
import type { LiveConnection } from './registry.js';
import type { Readable } from './rights.js';
import type { Wire } from './wire.js';

export interface EndOptions {
  readonly reconnect?: boolean;
  readonly retryAfterMs?: number;
  readonly wipe?: boolean;
}

/** How a connection ends whose session was ended: for good, and the device forgets. */
export const sessionEnded = [4410, 'session-ended', { reconnect: false, wipe: true }] as const;

/** What the parts of a connection share. */
export interface Session {
  readonly hub: HubContext;
  readonly id: string;
  readonly wire: Wire;
  readonly origin: string | null;
  live: Live | null;
  ended: boolean;
  send(frame: ServerFrame): void;
  sendLight(frame: ServerFrame): boolean;
  refuse(id: number | null, error: CareError): void;
  /** Counts a signal that is malformed or not allowed; too many end the connection. */
  badSignal(): void;
  end(code: number, reason: string, options?: EndOptions): void;
  /** Runs at the end; for timers. */
  onEnd(run: () => void): void;
}

/** A connection after its hello: who it is, what it follows, until when its token holds. */
export interface Live {
  principal: Principal;
  claims: Claims;
  readonly caps: ReadonlySet<string>;
  readonly pump: Pump;
  readonly connection: LiveConnection;
  /** Streams in which this person is shown as typing. */
  readonly typingIn: Set<string>;
  /** When a typing frame was last passed on, per stream. */
  readonly typedAt: Map<string, number>;
  /** Begins delivery, with the `reset` frame first where there is one. */
  begin(readable: Readable, start: Start): void;
  unfollow(key: string): void;
  /** Takes a fresh token into use. */
  renew(claims: Claims): void;
  leave(): void;
}
