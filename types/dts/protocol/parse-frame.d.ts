/**
 * The wire, parsed once, at the edge, into a closed union: the server frames that a browser reads (README §8). By hand, because a
 * generated validator costs more than the whole client; property-tested against the schemas (`test/protocol/parse-frame`).
 *
 * Tolerant as README §10 says: unknown fields are left out, unknown enum values get their documented default, optional fields that are
 * not readable are absent, an unknown event kind becomes an `UnknownEvent`. An unknown frame type, or a required field of the wrong type, refuses the frame.
 */
import { type Result } from '../base/result.js';
import { type BodyReaders } from './parse-shared.js';
import { type Reader } from './readers.js';
import type { Availability, Desk, Limits, ParsedFrame } from './types.js';
/** Why a frame was not read: its type where that could be read (cut to 40 characters), never its content. */
export interface BadFrame {
    readonly t: string | null;
}
/** Turns what came over the wire (text, or an object from an adapter of another wire) into a frame. Never throws. */
export type FrameParser = (input: unknown) => Result<ParsedFrame, BadFrame>;
/** Limits as announced by the server. */
export declare const readLimits: Reader<Limits>;
/** Who is there. An unknown state is `offline`. */
export declare const readAvailability: Reader<Availability>;
/** A frame without a reply number. */
export declare const signal: <T extends string, D>(t: T, d: Reader<D>) => readonly [T, Reader<{
    t: T;
    d: D;
}>];
/** What the desk adds; the patient's bundle does not carry it. */
export interface FrameExtension {
    readonly bodies: BodyReaders;
    readonly frames: readonly (readonly [string, Reader<unknown>])[];
    readonly desk: Reader<Desk>;
}
/** Makes a parser for the visitor's frames, or with an extension (`parse-desk.ts`) for those of a desk. */
export declare function createFrameParser(extension?: FrameExtension): FrameParser;
/** Parses a server frame of the visitor profile. Refuses with the frame's type; never throws. */
export declare const parseServerFrame: FrameParser;
