/** What the tabs of one browser tell each other: ids, names of things and states, never what somebody wrote. */
import type { ClientFrame, ParsedFrame, StreamStart } from '../protocol/types.js';
import type { ConnectionStatus } from './snapshots.js';

/** Frames that one tab sends for another: none has a text. */
export type SaidFrame = Extract<ClientFrame, { readonly t: 'receipt' | 'typing' | 'page' | 'locale' | 'activity' }>;
/** Frames that one tab passes on to others: none has a text of a patient's. */
export type PassedFrame = Extract<ParsedFrame, { readonly t: 'reset' | 'receipt' | 'typing' | 'presence' }>;

export type TabMessage =
  | { readonly t: 'live' | 'reset' | 'logout' | 'sign-out' }
  /** `queued`: something was put into the outbox; `adopt`: and who put it there is gone. */
  | { readonly t: 'queued' | 'adopt' }
  | { readonly t: 'draft'; readonly name: string }
  | { readonly t: 'drop'; readonly cmid: string }
  | { readonly t: 'read'; readonly stream: string; readonly seq: number }
  /** Who has the connection? */
  | { readonly t: 'ask' }
  /** I have; this is its state, and where each stream is. `visible`: this tab is on screen. */
  | { readonly t: 'lead'; readonly status: ConnectionStatus; readonly visible: boolean; readonly starts: readonly StreamStart[] }
  /** The log of a stream goes up to here. */
  | { readonly t: 'ring'; readonly stream: string; readonly epoch: string; readonly seq: number }
  | { readonly t: 'frame'; readonly frame: PassedFrame }
  | { readonly t: 'say'; readonly frame: SaidFrame }
  | { readonly t: 'now' };
