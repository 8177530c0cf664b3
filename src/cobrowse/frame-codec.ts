/**
 * The closed wire of co-browsing: a display list of integer rows, a table of looks and one table of strings. Both sides use this codec: what is not
 * exactly of this shape does not leave the patient's browser and is not drawn in the nurse's. There is no place here for markup, addresses,
 * attributes or values of fields.
 */
import { CareError } from '../base/care-error.js';
import { isReadable } from '../base/public-text.js';
import { err, ok, type Result } from '../base/result.js';

/** What a box is, as its number on the wire. Only `text` has text; every other text is a bar. `asset` is one of the pictures that both sides know by number. */
export const kinds = { box: 0, text: 1, masked: 2, field: 3, toggle: 4, opaque: 5, asset: 6 } as const;
export type BoxKind = keyof typeof kinds;
/** The names, by number. */
export const boxKinds = Object.keys(kinds) as readonly BoxKind[];

/**
 * A row. `after` is the id of the box painted just before, 0 for the first. Lengths are CSS pixels from the page's corner, or with `fixed` from the
 * window's. `style` is an index into the looks, or -1; `text` into the strings (of an asset: its number), or -1.
 */
export type Box = readonly [id: number, after: number, kind: number, fixed: number, x: number, y: number, width: number, height: number, style: number, text: number];
/** A look. Colours are 24-bit RGB or -1 for none. */
export type Style = readonly [fill: number, border: number, borderWidth: number, radius: number, color: number, fontSize: number, fontWeight: number];
type Range = readonly [least: number, greatest: number];

/** Entries of a list. */
const most = 5000;
const [id, length, place, index, colour]: readonly [Range, Range, Range, Range, Range] = [[1, 1_000_000], [0, 1_000_000], [-1_000_000, 1_000_000], [-1, most - 1], [-1, 0xffffff]];
/** The least and greatest value of each column. */
export const boxRanges = [id, length, [0, kinds.asset], [0, 1], place, place, length, length, index, index] as readonly Range[];
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

function must(isRight: boolean): asserts isRight {
  if (!isRight) throw new CareError('bad-frame');
}
const allIn = (rows: readonly (readonly unknown[])[], ranges: readonly Range[]): boolean =>
  rows.every((row) => ranges.every(([least, greatest], column) => Number.isInteger(row[column]) && (row[column] as number) >= least && (row[column] as number) <= greatest));

/** What has to be true of a frame besides its shape. Throws `bad-frame`. */
function check({ seq, kind, view, strings, styles, boxes, removed }: Frame): void {
  must([strings, styles, boxes, removed].every((list) => list.length <= most) && strings.every(isReadable));
  must(allIn([[seq]], [length]) && allIn([view], Array<Range>(6).fill(place)) && allIn(styles, styleRanges) && allIn(boxes, boxRanges) && allIn([removed], removed.map(() => id)));
  let last = 0;
  for (const [id, after, boxKind, , , , , , style, text] of boxes) {
    // Only text has text, and text has some: a string can hide in no other kind of box. A full frame is painted in the order of its rows.
    const isText = boxKind === kinds.text;
    must((isText || boxKind === kinds.asset) === text >= 0 && !(isText && text >= strings.length) && style < styles.length && id !== after && (kind === 'delta' || after === last));
    last = id;
  }
  // One id, one fate: two rows of one id, or one that is also removed, would be drawn by chance.
  must((kind === 'delta' || removed.length === 0) && new Set([...removed, ...boxes.map(([id]) => id)]).size === boxes.length + removed.length);
}

/** Rows stand on the wire as differences from the row above, which says the same in fewer bytes: neighbours are alike. */
const differences = (rows: readonly (readonly number[])[]): readonly (readonly number[])[] => rows.map((row, index) => row.map((value, column) => value - (rows[index - 1]?.[column] ?? 0)));

/** Writes a frame. Throws `bad-frame` rather than write one that the other side would refuse: whoever made it has made a mistake. */
export function encodeFrame(frame: OutgoingFrame): string {
  check(frame);
  return JSON.stringify({ v: 1, ...frame, styles: differences(frame.styles), boxes: differences(frame.boxes) });
}

const isList = (value: unknown): value is readonly unknown[] => Array.isArray(value);

/** The rows themselves; what is not a row of as many whole numbers throws. */
function sums<Row>(value: unknown, ranges: readonly Range[]): readonly Row[] {
  must(isList(value) && value.length <= most);
  const above = ranges.map(() => 0);
  return value.map((row) => {
    must(isList(row) && row.length === ranges.length && row.every((one) => Number.isInteger(one)));
    for (const [column, difference] of row.entries()) above[column]! += difference as number;
    return [...above] as Row;
  });
}

function read(json: unknown): Frame {
  must(typeof json === 'object' && json !== null && Object.keys(json).sort().join() === 'boxes,kind,removed,seq,strings,styles,v,view');
  const { v, seq, kind, view, strings, styles, boxes, removed } = json as Readonly<Record<string, unknown>>;
  must(v === 1 && (kind === 'full' || kind === 'delta') && isList(view) && view.length === 6 && isList(strings) && strings.every((one) => typeof one === 'string') && isList(removed));
  const frame = { seq, kind, view, strings, styles: sums<Style>(styles, styleRanges), boxes: sums<Box>(boxes, boxRanges), removed } as Frame;
  check(frame);
  return frame;
}

/** Reads what `encodeFrame` wrote. Anything else is refused whole: code `bad-frame`. */
export function decodeFrame(text: string): Result<Frame> {
  try {
    return ok(read(text.length <= 1_000_000 ? JSON.parse(text) : null));
  } catch {
    // What JSON.parse throws may quote the text.
    return err(new CareError('bad-frame'));
  }
}
