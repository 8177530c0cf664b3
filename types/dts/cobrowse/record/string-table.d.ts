import type { PublicText } from '../frame-codec.js';
import type { CheckedConfig } from './config.js';
/** Why a text under `data-care-unmask` is masked all the same. */
export type TripwireReason = 'looks-personal' | 'after-input' | 'not-in-dictionary' | 'unknown-mark' | 'unreadable';
export interface GatePolicy {
    /** What was created or changed after the patient's first input: nodes, elements whose content is new, shadow roots. */
    readonly late: Pick<WeakSet<Node>, 'has'>;
    readonly config: CheckedConfig;
    /** A text is marked public and masked all the same. */
    onSuspect(node: Text, reason: TripwireReason): void;
}
/** The text of a node, or what stands in one of its lines, if it may be shown to the nurse; null where it is to be a bar. Any doubt or error masks. */
export declare function gate(node: Text, policy: GatePolicy, start?: number, end?: number): PublicText | null;
/** Gives each of different things a number, from 0. A frame has one table of strings, into which only public texts come. */
export declare function createTable<Entry>(): {
    readonly entries: () => readonly Entry[];
    readonly indexOf: (entry: Entry) => number;
};
