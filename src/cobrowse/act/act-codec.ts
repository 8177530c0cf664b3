/**
 * What the two sides of co-browsing may say to each other beside the frames: two closed schemas. A nurse may point, mark, draw, suggest a scroll and propose a
 * value; to click, submit, navigate, type or read is not in it, and what is not exactly of one of these shapes is refused as a whole.
 */
import { isReadable } from '../../base/public-text.js';

/** Where a place is: in a box of the last frame, in thousandths of its width and height. */
export interface Spot {
  readonly box: number;
  readonly x: number;
  readonly y: number;
}
export type NurseMessage =
  | ({ readonly t: 'point' } & Spot)
  /** An outline around a box, with a number from 1 to 9; 0: without. */
  | { readonly t: 'highlight'; readonly box: number; readonly number: number }
  /** A line, as x, y, x, y … in the box; fades by itself. */
  | { readonly t: 'stroke'; readonly box: number; readonly points: readonly number[] }
  | { readonly t: 'scroll'; readonly to: 'up' | 'down' }
  | { readonly t: 'propose'; readonly id: number; readonly box: number; readonly text: string }
  /** Takes pointer, outlines and lines away. */
  | { readonly t: 'clear' }
  /** Something is missing: a full frame is needed. */
  | { readonly t: 'full' };

/** Why nothing is shown for now. All but `patient` come by themselves; only the patient goes on, whatever it was. */
export const pauseReasons = ['patient', 'hidden', 'private-field', 'private-page', 'idle', 'fault'] as const;
export type PauseReason = (typeof pauseReasons)[number];

/** `gone`: it is no field that a value can be proposed for. Which value the field has is not said. */
export type ProposalEnd = 'accepted' | 'declined' | 'gone';
export type PatientMessage =
  | { readonly t: 'state'; readonly why: PauseReason | 'none' }
  | { readonly t: 'answer'; readonly id: number; readonly how: ProposalEnd };

export const mostStrokeNumbers = 400;
export const mostProposedChars = 200;

type Check = (value: unknown) => boolean;
const whole = (least: number, greatest: number): Check => (value) => Number.isInteger(value) && (value as number) >= least && (value as number) <= greatest;
const oneOf = (...names: readonly string[]): Check => (value) => names.includes(value as string);
const id = whole(1, 1_000_000);
/** A line may leave the box in which it began. */
const near = whole(-5000, 5000);
const line: Check = (value) => Array.isArray(value) && value.length >= 4 && value.length <= mostStrokeNumbers && value.length % 2 === 0 && value.every(near);
const text: Check = (value) => typeof value === 'string' && value.length <= mostProposedChars && isReadable(value);

type Shapes = Readonly<Record<string, Readonly<Record<string, Check>>>>;
const nurseShapes: Shapes = {
  point: { box: id, x: whole(0, 1000), y: whole(0, 1000) },
  highlight: { box: id, number: whole(0, 9) },
  stroke: { box: id, points: line },
  scroll: { to: oneOf('up', 'down') },
  propose: { id, box: id, text },
  clear: {},
  full: {},
};
const patientShapes: Shapes = {
  state: { why: oneOf('none', ...pauseReasons) },
  answer: { id, how: oneOf('accepted', 'declined', 'gone') },
};

function isOf(shapes: Shapes, message: unknown): boolean {
  if (typeof message !== 'object' || message === null) return false;
  const { t, ...rest } = message as Readonly<Record<string, unknown>>;
  if (typeof t !== 'string' || !Object.hasOwn(shapes, t)) return false;
  const shape = shapes[t]!;
  const names = Object.keys(rest);
  return names.length === Object.keys(shape).length && names.every((name) => Object.hasOwn(shape, name) && shape[name]!(rest[name]));
}

const mostBytes = 8192;
const read = <Message>(shapes: Shapes, bytes: Uint8Array): Message | null => {
  if (bytes.length > mostBytes) return null;
  try {
    const message: unknown = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
    return isOf(shapes, message) ? (message as Message) : null;
  } catch {
    return null;
  }
};
/** Null rather than bytes that the other side would refuse. */
const write = (shapes: Shapes, message: object): Uint8Array | null => (isOf(shapes, message) ? new TextEncoder().encode(JSON.stringify(message)) : null);

export const writeNurse = (message: NurseMessage): Uint8Array | null => write(nurseShapes, message);
/** Null: malformed. */
export const readNurse = (bytes: Uint8Array): NurseMessage | null => read(nurseShapes, bytes);
export const writePatient = (message: PatientMessage): Uint8Array | null => write(patientShapes, message);
/** Null: malformed. */
export const readPatient = (bytes: Uint8Array): PatientMessage | null => read(patientShapes, bytes);

/** Lets so many messages through in a second, and drops the rest. */
export function createRate(now: () => number, perSecond = 20): () => boolean {
  let [left, since] = [perSecond, now()];
  return () => {
    const at = now();
    // A clock that was put back gives nothing and takes nothing.
    left = Math.min(perSecond, left + (Math.max(0, at - since) * perSecond) / 1000);
    since = at;
    if (left < 1) return false;
    left--;
    return true;
  };
}
