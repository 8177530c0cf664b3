/**
 * The closed wire of co-browsing: a display list of integer rows and one table of strings. Both sides use this codec: what is not exactly
 * of this shape does not leave the patient's browser and is not drawn in the nurse's. There is no place here for markup, addresses,
 * attributes or values of fields.
 */
import { CareError } from '../base/care-error.js';
import { err, ok, type Result } from '../base/result.js';

/** What a box is; the index is on the wire. Text other than `text` is never on the wire: it is a bar. */
export const boxKinds = ['box', 'text', 'masked', 'field', 'toggle', 'opaque'] as const;
export type BoxKind = (typeof boxKinds)[number];

/** Columns of a row, with the least and greatest value. Lengths in CSS pixels; colours are 24-bit RGB or -1 for none; `text` is an index into the strings or -1. */
export const columns = {
  id: [1, 1_000_000], kind: [0, boxKinds.length - 1], x: [-100_000, 100_000], y: [-100_000, 100_000], width: [0, 100_000], height: [0, 100_000],
  fill: [-1, 0xffffff], border: [-1, 0xffffff], borderWidth: [0, 32], radius: [0, 1000], text: [-1, 1999], fontSize: [0, 200], fontWeight: [0, 1000], color: [-1, 0xffffff], align: [0, 2],
} as const;

export type Column = keyof typeof columns;
export type Box = Readonly<Record<Column, number>>;

const names = Object.keys(columns) as readonly Column[];
const limits = { boxes: 5000, removed: 5000, strings: 2000, stringChars: 500, frameChars: 1_000_000 } as const;

export interface Frame {
  /** 0, 1, 2 …; a gap means that a full frame is needed. */
  readonly seq: number;
  /** Full frames replace everything; a delta adds, changes and removes. */
  readonly kind: 'full' | 'delta';
  /** Viewport: width, height, scrollX, scrollY, page width, page height. */
  readonly view: readonly number[];
  readonly strings: readonly string[];
  readonly boxes: readonly Box[];
  readonly removed: readonly number[];
}

declare const gated: unique symbol;
/** A text that passed the gate of `record/string-table.ts`: nothing else in the product makes one, and only such texts can be encoded. */
export type PublicText = string & { readonly [gated]: true };

/** What may be encoded: strings that came through the gate, and no others. */
export type OutgoingFrame = Omit<Frame, 'strings'> & { readonly strings: readonly PublicText[] };

const refuse = (pointer: string): { readonly ok: false; readonly error: CareError } => err(new CareError('bad-frame', `Not a co-browse frame: ${pointer}`, { details: [{ pointer, code: 'bad-frame' }] }));

const inRange = (value: unknown, least: number, greatest: number): value is number => typeof value === 'number' && Number.isInteger(value) && value >= least && value <= greatest;
const isObject = (value: unknown): value is Readonly<Record<string, unknown>> => typeof value === 'object' && value !== null && !Array.isArray(value);
const isList = (value: unknown, most: number): value is readonly unknown[] => Array.isArray(value) && value.length <= most;

/** Text a person can read: no control characters, no direction overrides, no half characters. */
const isString = (value: unknown): value is string => typeof value === 'string' && value !== '' && value.length <= limits.stringChars && !/[\p{Cc}\p{Cs}\u202a-\u202e\u2066-\u2069]/u.test(value);

/** Where a row is wrong, or null. */
function mistakeIn(row: unknown, strings: number): string | null {
  if (!Array.isArray(row) || row.length !== names.length) return '';
  for (const [index, name] of names.entries()) {
    const [least, greatest] = columns[name];
    if (!inRange(row[index], least, greatest)) return `/${index}`;
  }
  const [kind, text] = [boxKinds[row[1] as number], row[10] as number];
  // Only text has text, and text has some: a string can hide in no other kind of box.
  return (kind === 'text') === (text >= 0) && text < strings ? null : '/10';
}

const frameKeys = ['v', 'seq', 'kind', 'view', 'strings', 'boxes', 'removed'];

/** Reads what `encodeFrame` wrote. Anything else is refused whole: code `bad-frame` with the place. */
export function decodeFrame(text: string): Result<Frame> {
  if (text.length > limits.frameChars) return refuse('');
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    return refuse('');
  }
  if (!isObject(json) || Object.keys(json).length !== frameKeys.length || !frameKeys.every((key) => Object.hasOwn(json, key))) return refuse('');
  const { v, seq, kind, view, strings, boxes, removed } = json;
  if (v !== 1) return refuse('/v');
  if (!inRange(seq, 0, Number.MAX_SAFE_INTEGER)) return refuse('/seq');
  if (kind !== 'full' && kind !== 'delta') return refuse('/kind');
  if (!isList(view, 6) || view.length !== 6 || !view.every((value) => inRange(value, -10_000_000, 10_000_000))) return refuse('/view');
  if (!isList(strings, limits.strings) || !strings.every(isString)) return refuse('/strings');
  if (!isList(boxes, limits.boxes)) return refuse('/boxes');
  if (!isList(removed, limits.removed) || !removed.every((id) => inRange(id, ...columns.id)) || (kind === 'full' && removed.length > 0)) return refuse('/removed');
  const ids = new Set<unknown>(removed);
  const rows: Box[] = [];
  for (const [index, row] of boxes.entries()) {
    const mistake = mistakeIn(row, strings.length);
    if (mistake !== null) return refuse(`/boxes/${index}${mistake}`);
    const numbers = row as readonly number[];
    rows.push(Object.fromEntries(names.map((name, column) => [name, numbers[column]])) as Record<Column, number>);
    ids.add(numbers[0]);
  }
  // One id, one fate: two rows of one id, or one that is also removed, would be drawn by chance.
  return ids.size === rows.length + removed.length ? ok({ seq, kind, view: view as readonly number[], strings, boxes: rows, removed: removed as readonly number[] }) : refuse('/boxes');
}

/** Writes a frame, and refuses to write one that the other side would refuse: code `bad-frame`. */
export function encodeFrame(frame: OutgoingFrame): Result<string> {
  const { seq, kind, view, strings, boxes, removed } = frame;
  const text = JSON.stringify({ v: 1, seq, kind, view, strings, boxes: boxes.map((box) => names.map((name) => box[name])), removed });
  const decoded = decodeFrame(text);
  return decoded.ok ? ok(text) : decoded;
}
