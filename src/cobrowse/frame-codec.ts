/**
 * The closed wire of co-browsing: a display list of integer rows, a table of looks and one table of strings. Both sides use this codec: what is not
 * exactly of this shape does not leave the patient's browser and is not drawn in the nurse's. There is no place here for markup, addresses,
 * attributes or values of fields.
 */
import { CareError } from '../base/care-error.js';
import { err, ok, type Result } from '../base/result.js';

/** What a box is; the index is on the wire. Only `text` has text; every other text is a bar. `asset` is one of the pictures that both sides know by number. */
export const boxKinds = ['box', 'text', 'masked', 'field', 'toggle', 'opaque', 'asset'] as const;
export type BoxKind = (typeof boxKinds)[number];

/**
 * A row. `after` is the id of the box painted just before, 0 for the first. Lengths are CSS pixels from the page's corner, or with `fixed` from the
 * window's. `style` is an index into the looks, or -1; `text` into the strings (of an asset: its number), or -1.
 */
export type Box = readonly [id: number, after: number, kind: number, fixed: number, x: number, y: number, width: number, height: number, style: number, text: number];
/** A look. Colours are 24-bit RGB or -1 for none. */
export type Style = readonly [fill: number, border: number, borderWidth: number, radius: number, color: number, fontSize: number, fontWeight: number];
type Range = readonly [least: number, greatest: number];

const mostEntries = 2000;
const [id, length, index, colour]: readonly [Range, Range, Range, Range] = [[1, 1_000_000], [0, 1_000_000], [-1, mostEntries - 1], [-1, 0xffffff]];
/** The least and greatest value of each column. */
export const boxRanges = [id, length, [0, boxKinds.length - 1], [0, 1], [-1_000_000, 1_000_000], [-1_000_000, 1_000_000], length, length, index, index] as readonly Range[];
export const styleRanges = [colour, colour, [0, 32], [0, 1000], colour, [0, 400], [0, 1000]] as readonly Range[];

export interface Frame<Text extends string = string> {
  /** 0, 1, 2 …; a gap means that a full frame is needed. */
  readonly seq: number;
  /** Full frames replace everything; a delta adds, changes and removes. */
  readonly kind: 'full' | 'delta';
  /** Viewport: width, height, scrollX, scrollY, page width, page height. */
  readonly view: readonly number[];
  readonly strings: readonly Text[];
  readonly styles: readonly Style[];
  readonly boxes: readonly Box[];
  /** Ids. */
  readonly removed: readonly number[];
}

declare const gated: unique symbol;
/** A text that passed the gate of `record/string-table.ts`: nothing else in the product makes one, and only such texts can be encoded. */
export type PublicText = string & { readonly [gated]: true };

/** What may be encoded: strings that came through the gate, and no others. */
export type OutgoingFrame = Frame<PublicText>;

function must(isRight: boolean, pointer: string): asserts isRight {
  if (!isRight) throw new CareError('bad-frame', `Not a co-browse frame: ${pointer}`, { details: [{ pointer, code: 'bad-frame' }] });
}
const inRange = (value: unknown, [least, greatest]: Range): value is number => Number.isInteger(value) && (value as number) >= least && (value as number) <= greatest;
const isList = (value: unknown, most = 5000): value is readonly unknown[] => Array.isArray(value) && value.length <= most;

/** Text a person can read: no control characters, no direction overrides, no half characters. */
export const isReadable = (value: unknown): value is string => typeof value === 'string' && value !== '' && value.length <= 500 && !/[\p{Cc}\p{Cs}\u202a-\u202e\u2066-\u2069]/u.test(value);

/** Rows stand on the wire as differences from the row above, which says the same in fewer bytes: neighbours are alike. `sign` -1 writes what 1 reads. */
const alongRows = (rows: readonly (readonly number[])[], sign: 1 | -1): readonly (readonly number[])[] => {
  let above: readonly number[] = [];
  return rows.map((row) => {
    const made = row.map((value, column) => value + sign * (above[column] ?? 0));
    above = sign > 0 ? made : row;
    return made;
  });
};

function readRows(value: unknown, ranges: readonly Range[], pointer: string): readonly (readonly number[])[] {
  must(isList(value) && value.every((row) => isList(row) && row.length === ranges.length && row.every((one) => Number.isInteger(one))), pointer);
  const rows = alongRows(value as readonly (readonly number[])[], 1);
  must(rows.every((row) => ranges.every((range, column) => inRange(row[column], range))), pointer);
  return rows;
}

const frameKeys = 'boxes,kind,removed,seq,strings,styles,v,view';

/** Throws where it is no frame. */
function readFrame(json: unknown): Frame {
  must(typeof json === 'object' && json !== null && Object.keys(json).sort().join() === frameKeys, '');
  const { v, seq, kind, view, strings, removed, ...rows } = json as Readonly<Record<string, unknown>>;
  must(v === 1, '/v');
  must(inRange(seq, [0, Number.MAX_SAFE_INTEGER]), '/seq');
  must(kind === 'full' || kind === 'delta', '/kind');
  must(isList(view) && view.length === 6 && view.every((value) => inRange(value, [-10_000_000, 10_000_000])), '/view');
  must(isList(strings, mostEntries) && strings.every(isReadable), '/strings');
  must(isList(removed) && removed.every((one) => inRange(one, id)) && (kind === 'delta' || removed.length === 0), '/removed');
  const styles = readRows(rows['styles'], styleRanges, '/styles') as readonly Style[];
  const boxes = readRows(rows['boxes'], boxRanges, '/boxes') as readonly Box[];
  for (const [at, [id, after, kindIndex, , , , , , style, text]] of boxes.entries()) {
    const name = boxKinds[kindIndex];
    // Only text has text, and text has some: a string can hide in no other kind of box. A full frame is painted in the order of its rows.
    must(
      (name === 'text' || name === 'asset') === text >= 0 && (name !== 'text' || text < strings.length) && style < styles.length && id !== after && (kind === 'delta' || after === (boxes[at - 1]?.[0] ?? 0)),
      `/boxes/${at}`,
    );
  }
  // One id, one fate: two rows of one id, or one that is also removed, would be drawn by chance.
  must(new Set([...removed, ...boxes.map(([id]) => id)]).size === boxes.length + removed.length, '/boxes');
  return { seq, kind, view: view as readonly number[], strings: strings as readonly string[], styles, boxes, removed: removed as readonly number[] };
}

const attempt = <T>(run: () => T): Result<T> => {
  try {
    return ok(run());
  } catch (cause) {
    // What JSON.parse throws may quote the text.
    return err(cause instanceof CareError ? cause : new CareError('bad-frame'));
  }
};

/** Reads what `encodeFrame` wrote. Anything else is refused whole: code `bad-frame` with the place. */
export const decodeFrame = (text: string): Result<Frame> => attempt(() => readFrame(text.length <= 1_000_000 ? JSON.parse(text) : null));

/** Writes a frame, and refuses to write one that the other side would refuse: code `bad-frame`. */
export const encodeFrame = (frame: OutgoingFrame): Result<string> =>
  attempt(() => {
    const wire = { v: 1, ...frame, styles: alongRows(frame.styles, -1), boxes: alongRows(frame.boxes, -1) };
    readFrame(wire);
    return JSON.stringify(wire);
  });
