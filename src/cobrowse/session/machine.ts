/**
 * Consent to co-browsing as a state machine: `idle → requested → preview → active ⇄ paused → ended`. Pure, and total: every state has an answer to every
 * input. Only what the patient does enters `active`; whatever is not understood changes nothing.
 */
import type { PauseReason } from '../act/act-codec.js';

/** What the nurse asks for. */
export interface Ask {
  readonly session: string;
  /** The desk's public key. */
  readonly key: string;
  readonly minutes: number;
  /** The session that this one goes on from, on the page after it: asked by us, not by the nurse. */
  readonly resumes?: string;
  /** When consent ends, where it began on an earlier page. */
  readonly endsAt?: number;
}

/** Why it is over, as the log has it; `declined`, `no-answer` and `unsupported` before it began, `elsewhere`: another tab has answered. */
export type EndReason = 'declined' | 'no-answer' | 'unsupported' | 'elsewhere' | 'stopped' | 'timeout' | 'left' | 'nurse' | 'closed' | 'error' | 'rate';

/** How often was declined in this conversation. */
interface Counted {
  readonly declines: number;
}
export type SessionState =
  | (Counted & { readonly at: 'idle' })
  | (Counted & { readonly at: 'requested' | 'preview' | 'active'; readonly ask: Ask })
  | (Counted & { readonly at: 'paused'; readonly ask: Ask; readonly why: PauseReason })
  /** `wasShown`: something was shown, of which there is a list. */
  | (Counted & { readonly at: 'ended'; readonly ask: Ask; readonly why: EndReason; readonly wasShown: boolean });

/** What may happen. The first six are the patient's. */
export type SessionInput =
  | { readonly type: 'allow' | 'start' | 'decline' | 'resume' | 'stop' | 'done' }
  | { readonly type: 'pause'; readonly why: PauseReason }
  | { readonly type: 'request'; readonly ask: Ask }
  | { readonly type: 'no-answer' | 'unsupported' }
  | { readonly type: 'end'; readonly why: Exclude<EndReason, 'declined' | 'no-answer' | 'unsupported' | 'stopped'> };

/** After so many declines nobody is asked again in this conversation. */
export const mostDeclines = 2;

export const firstState: SessionState = { at: 'idle', declines: 0 };

/** Whether frames go to the nurse. */
export const isShowing = ({ at }: SessionState): boolean => at === 'active';

/** The state after an input; the same object where it changes nothing. */
export function nextState(state: SessionState, input: SessionInput): SessionState {
  const { declines } = state;
  if (state.at === 'idle' || state.at === 'ended') {
    if (input.type === 'request' && (declines < mostDeclines || input.ask.resumes !== undefined)) return { at: 'requested', ask: input.ask, declines };
    return state.at === 'ended' && input.type === 'done' ? { at: 'idle', declines } : state;
  }
  const { ask } = state;
  const wasShown = state.at === 'active' || state.at === 'paused';
  const end = (why: EndReason): SessionState => ({ at: 'ended', ask, why, wasShown, declines: declines + Number((why === 'declined' || why === 'no-answer') && ask.resumes === undefined) });
  const isAsked = !wasShown;
  switch (input.type) {
    case 'allow':
      // Going on, on the next page, is one tap: what the nurse sees is known by then.
      return state.at === 'requested' ? { at: ask.resumes === undefined ? 'preview' : 'active', ask, declines } : state;
    case 'start':
      return state.at === 'preview' ? { at: 'active', ask, declines } : state;
    case 'decline':
      return isAsked ? end('declined') : state;
    case 'no-answer':
    case 'unsupported':
      return isAsked ? end(input.type) : state;
    case 'pause':
      // What the patient paused stays paused by the patient.
      return state.at === 'active' || (state.at === 'paused' && input.why === 'patient') ? { at: 'paused', ask, why: input.why, declines } : state;
    case 'resume':
      return state.at === 'paused' ? { at: 'active', ask, declines } : state;
    case 'stop':
      return end(isAsked ? 'declined' : 'stopped');
    case 'end':
      return end(input.why);
    case 'request':
    case 'done':
      return state;
  }
}
