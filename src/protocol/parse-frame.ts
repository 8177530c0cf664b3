/**
 * The wire, parsed once, at the edge, into a closed union: the server frames that a browser reads (README §8). By hand, because a
 * generated validator costs more than the whole client; property-tested against the schemas (`test/protocol/parse-frame`).
 *
 * Tolerant as README §10 says: unknown fields are left out, unknown enum values get their documented default, optional fields that are
 * not readable are absent, an unknown event kind becomes an `UnknownEvent`. An unknown frame type, or a required field of the wrong type, refuses the frame.
 */
import { type Result, err, ok } from '../base/result.js';
import { type BodyReaders, createEventReader, cursorFields, readBy, readConversationState, readProblem, readSubmitResult, visitorBodies } from './parse-shared.js';
import { type Reader, anyRecord, choice, count, flag, isRecord, known, list, maybe, or, record, text } from './readers.js';
import type { Availability, Desk, Limits, ParsedFrame, ParsedResult } from './types.js';

/** Why a frame was not read: its type where that could be read (cut to 40 characters), never its content. */
export interface BadFrame {
  readonly t: string | null;
}

/** Turns what came over the wire (text, or an object from an adapter of another wire) into a frame. Never throws. */
export type FrameParser = (input: unknown) => Result<ParsedFrame, BadFrame>;

/** Limits as announced by the server. */
export const readLimits: Reader<Limits> = record({
  frameBytes: count, textChars: count, partsPerMessage: count, inflightPerStream: count,
  submitPerMin: count, typingMinMs: count, resumeMax: count, pageMax: count,
});

const readState = known('offline', 'online');

/** Who is there. An unknown state is `offline`. */
export const readAvailability: Reader<Availability> = record({
  v: count,
  state: readState,
  departments: list(record({ id: text, state: readState, opensAt: maybe(count), closesAt: maybe(count) })),
  agents: list(readBy),
  opensAt: maybe(count),
});

const readStart = record({ ...cursorFields, head: count, mode: known('resume', 'reset'), state: maybe(readConversationState) });
const readExpiry = record({ expiresAt: count });
const results: readonly Reader<ParsedResult>[] = [readSubmitResult, readStart, readExpiry];
/** The asker knows by `re` which result it should be, and must look; what is none of them is the empty one. */
const readResult: Reader<ParsedResult> = (value) => {
  const plain = anyRecord(value);
  for (const read of results) {
    const result = maybe(read)(plain);
    if (result) return result;
  }
  return {};
};
const readSide = known('visitor', 'agent');
const readPing = record({ n: or(count, 0) });

/** A frame without a reply number. */
export const signal = <T extends string, D>(t: T, d: Reader<D>): readonly [T, Reader<{ t: T; d: D }>] => [t, record({ t: choice(t), d }) as Reader<{ t: T; d: D }>];

/** What the desk adds; the patient's bundle does not carry it. */
export interface FrameExtension {
  readonly bodies: BodyReaders;
  readonly frames: readonly (readonly [string, Reader<unknown>])[];
  readonly desk: Reader<Desk>;
}

/** Makes a parser for the visitor's frames, or with an extension (`parse-desk.ts`) for those of a desk. */
export function createFrameParser(extension?: FrameExtension): FrameParser {
  const readEvent = createEventReader(extension ? new Map([...visitorBodies, ...extension.bodies]) : visitorBodies);
  const frames = new Map<string, Reader<unknown>>([
    ['welcome', record({ t: text, re: count, d: record({
      v: text,
      connId: text,
      caps: list(text),
      limits: readLimits,
      hb: record({ intervalMs: count, graceMs: count }),
      serverTime: count,
      tokenExpiresAt: count,
      subject: record({ id: text, role: readSide }),
      streams: list(readStart),
      availability: maybe(readAvailability),
      ...(extension && { desk: maybe(extension.desk) }),
    }) })],
    ['ok', record({ t: text, re: count, d: readResult })],
    ['err', record({ t: text, re: maybe(count), d: readProblem })],
    signal('event', readEvent),
    signal('events', record({ stream: text, list: list(readEvent) })),
    signal('reset', record({ ...cursorFields, head: count, floor: count, reason: known('epoch', 'ahead', 'too-far', 'pruned'), state: maybe(readConversationState) })),
    signal('receipt', record({ stream: text, who: text, role: readSide, delivered: count, read: count })),
    signal('typing', record({ stream: text, who: text, name: maybe(text), on: flag })),
    signal('presence', readAvailability),
    signal('auth.expiring', record({ inMs: count })),
    signal('notice', record({ code: text, text: maybe(text), until: maybe(count) })),
    signal('bye', record({ code: count, reason: or(text, ''), reconnect: flag, retryAfterMs: maybe(count), wipe: maybe(flag) })),
    signal('ping', readPing),
    signal('pong', readPing),
    ...(extension?.frames ?? []),
  ]);
  return (input) => {
    let t: string | null = null;
    try {
      const frame: unknown = typeof input === 'string' ? JSON.parse(input) : input;
      t = isRecord(frame) ? text(frame['t']).slice(0, 40) : t;
      const read = frames.get(t ?? '');
      return read ? ok(read(frame) as ParsedFrame) : err({ t });
    } catch {
      return err({ t });
    }
  };
}

/** Parses a server frame of the visitor profile. Refuses with the frame's type; never throws. */
export const parseServerFrame: FrameParser = createFrameParser();
