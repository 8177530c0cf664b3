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
export type SessionState = (Counted & {
    readonly at: 'idle';
}) | (Counted & {
    readonly at: 'requested' | 'preview' | 'active';
    readonly ask: Ask;
}) | (Counted & {
    readonly at: 'paused';
    readonly ask: Ask;
    readonly why: PauseReason;
})
/** `wasShown`: something was shown, of which there is a list. */
 | (Counted & {
    readonly at: 'ended';
    readonly ask: Ask;
    readonly why: EndReason;
    readonly wasShown: boolean;
});
/** What may happen. The first six are the patient's. */
export type SessionInput = {
    readonly type: 'allow' | 'start' | 'decline' | 'resume' | 'stop' | 'done';
} | {
    readonly type: 'pause';
    readonly why: PauseReason;
} | {
    readonly type: 'request';
    readonly ask: Ask;
} | {
    readonly type: 'no-answer' | 'unsupported';
} | {
    readonly type: 'end';
    readonly why: Exclude<EndReason, 'declined' | 'no-answer' | 'unsupported' | 'stopped'>;
};
/** After so many declines nobody is asked again in this conversation. */
export declare const mostDeclines = 2;
export declare const firstState: SessionState;
/** Whether frames go to the nurse. */
export declare const isShowing: ({ at }: SessionState) => boolean;
/** The state after an input; the same object where it changes nothing. */
export declare function nextState(state: SessionState, input: SessionInput): SessionState;
export {};
