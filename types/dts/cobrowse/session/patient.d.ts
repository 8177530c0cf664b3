/**
 * The patient's side of a co-browse session without a screen: moves the state machine, and does what follows from it. What looks at the page is loaded after
 * Allow, nothing goes to the nurse but while the state is `active`, and when it is over recorder and link are ended before anything else happens.
 */
import { type ReadonlySnapshot } from '../../base/snapshot.js';
import type { Clock } from '../../platform/ports.js';
import { type NurseMessage, type ProposalEnd } from '../act/act-codec.js';
import type { ConsentRecord } from '../../protocol/types.js';
import { type Frame } from '../frame-codec.js';
import { type Ask, type SessionState } from './machine.js';
import type { CobrowseSaying, CobrowseStanding, PreparedLink } from './relay.js';
/** A recorder, as far as a session uses it. */
export interface Eye {
    pause(): void;
    resume(): void;
    requestFull(): void;
    stop(): void;
}
/** What the page tells. */
export interface PageEvents {
    /** The patient did something. */
    active(): void;
    /** Why nothing may be shown now; null: no more. */
    blocked(why: 'hidden' | 'private-field' | 'private-page' | null): void;
    /** The page is being left. */
    left(): void;
}
/** What is kept for the next page of this tab: no content. */
export interface LeftBehind {
    readonly session: string;
    readonly key: string;
    readonly at: number;
    readonly endsAt: number;
}
/** What was shown: the clinic's name of the page, since when, and for how long. */
export interface ShownPage {
    readonly page: string | null;
    readonly at: number;
    readonly ms: number;
}
/** What is told to the page for its records: no content. */
export interface CobrowseAudit {
    readonly session: string;
    readonly state: SessionState['at'];
    /** Why it is paused, or over. */
    readonly reason: string | null;
    /** SHA-256 of the text that was agreed to. */
    readonly consentHash: string | null;
    readonly grantedAt: number | null;
    readonly endedAt: number | null;
    readonly frames: number;
}
export interface PatientPorts {
    readonly clock: Clock;
    /** A new session id, for going on. */
    newId(): string;
    /** Says it in the conversation's log; false where the server did not take it. */
    say(saying: CobrowseSaying): Promise<boolean>;
    /** Loads what looks at the page, and starts to look; called after Allow and not before. */
    openEye(onFrame: (text: string) => void, onFault: () => void): Promise<Eye>;
    prepareLink(): Promise<PreparedLink>;
    /** The record of the text that the patient agrees to, as it is on the screen. */
    consent(ask: Ask): Promise<ConsentRecord>;
    watchPage(events: PageEvents): () => void;
    pageName(): string | undefined;
    readonly left: {
        get(): LeftBehind | null;
        set(left: LeftBehind | null): void;
    };
    /** What was shown on earlier pages; kept encrypted. */
    readonly shown: {
        read(): Promise<readonly ShownPage[]>;
        write(pages: readonly ShownPage[]): void;
    };
    audit(record: CobrowseAudit): void;
}
export interface PatientView {
    readonly state: SessionState;
    /** What both sides show, once the nurse is there. */
    readonly code: string | null;
    readonly endsAt: number | null;
    readonly shown: readonly ShownPage[];
    /** The last frame, as the nurse gets it. */
    readonly frame: Frame | null;
}
export interface PatientSession {
    readonly snapshot: ReadonlySnapshot<PatientView>;
    /** Where it stands, as the log says. */
    heard(standing: CobrowseStanding | null): void;
    /** The conversation was closed, or is another one now. */
    closed(): void;
    allow(): void;
    start(): void;
    decline(): void;
    pause(): void;
    resume(): void;
    stop(): void;
    /** The summary was read. */
    done(): void;
    /** The next frame is a full one. */
    refresh(): void;
    /** What became of a proposal. */
    answer(id: number, how: ProposalEnd): void;
    /** What the nurse does; called only while it is active. */
    onAct(listener: (message: NurseMessage) => void): () => void;
    /** Every frame, from the preview on. */
    onFrame(listener: (frame: Frame) => void): () => void;
    dispose(): void;
}
export declare const resumeMs: number;
export declare function createPatientSession(ports: PatientPorts): PatientSession;
