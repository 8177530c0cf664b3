/** Where a place is: in a box of the last frame, in thousandths of its width and height. */
export interface Spot {
    readonly box: number;
    readonly x: number;
    readonly y: number;
}
export type NurseMessage = ({
    readonly t: 'point';
} & Spot)
/** An outline around a box, with a number from 1 to 9; 0: without. */
 | {
    readonly t: 'highlight';
    readonly box: number;
    readonly number: number;
}
/** A line, as x, y, x, y … in the box; fades by itself. */
 | {
    readonly t: 'stroke';
    readonly box: number;
    readonly points: readonly number[];
} | {
    readonly t: 'scroll';
    readonly to: 'up' | 'down';
} | {
    readonly t: 'propose';
    readonly id: number;
    readonly box: number;
    readonly text: string;
}
/** Takes pointer, outlines and lines away. */
 | {
    readonly t: 'clear';
}
/** Something is missing: a full frame is needed. */
 | {
    readonly t: 'full';
};
/** Why nothing is shown for now. All but `patient` come by themselves; only the patient goes on, whatever it was. */
export declare const pauseReasons: readonly ["patient", "hidden", "private-field", "private-page", "idle", "fault"];
export type PauseReason = (typeof pauseReasons)[number];
/** `gone`: it is no field that a value can be proposed for. Which value the field has is not said. */
export type ProposalEnd = 'accepted' | 'declined' | 'gone';
export type PatientMessage = {
    readonly t: 'state';
    readonly why: PauseReason | 'none';
} | {
    readonly t: 'answer';
    readonly id: number;
    readonly how: ProposalEnd;
};
export declare const mostStrokeNumbers = 400;
export declare const mostProposedChars = 200;
export declare const writeNurse: (message: NurseMessage) => Uint8Array | null;
/** Null: malformed. */
export declare const readNurse: (bytes: Uint8Array) => NurseMessage | null;
export declare const writePatient: (message: PatientMessage) => Uint8Array | null;
/** Null: malformed. */
export declare const readPatient: (bytes: Uint8Array) => PatientMessage | null;
/** Lets so many messages through in a second, and drops the rest. */
export declare function createRate(now: () => number, perSecond?: number): () => boolean;
