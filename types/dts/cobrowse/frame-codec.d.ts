import { type Result } from '../base/result.js';
/** What a box is, as its number on the wire. Only `text` has text; every other text is a bar. `asset` is one of the pictures that both sides know by number. */
export declare const kinds: {
    readonly box: 0;
    readonly text: 1;
    readonly masked: 2;
    readonly field: 3;
    readonly toggle: 4;
    readonly opaque: 5;
    readonly asset: 6;
};
export type BoxKind = keyof typeof kinds;
/** The names, by number. */
export declare const boxKinds: readonly BoxKind[];
/**
 * A row. `after` is the id of the box painted just before, 0 for the first. Lengths are CSS pixels from the page's corner, or with `fixed` from the
 * window's. `style` is an index into the looks, or -1; `text` into the strings (of an asset: its number), or -1.
 */
export type Box = readonly [id: number, after: number, kind: number, fixed: number, x: number, y: number, width: number, height: number, style: number, text: number];
/** A look. Colours are 24-bit RGB or -1 for none. */
export type Style = readonly [fill: number, border: number, borderWidth: number, radius: number, color: number, fontSize: number, fontWeight: number];
type Range = readonly [least: number, greatest: number];
/** The least and greatest value of each column. */
export declare const boxRanges: readonly Range[];
export declare const styleRanges: readonly Range[];
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
export type PublicText = string & {
    readonly [gated]: true;
};
/** What may be encoded: strings that came through the gate, and no others. */
export type OutgoingFrame = Frame<PublicText>;
/** Writes a frame. Throws `bad-frame` rather than write one that the other side would refuse: whoever made it has made a mistake. */
export declare function encodeFrame(frame: OutgoingFrame): string;
/** Reads what `encodeFrame` wrote. Anything else is refused whole: code `bad-frame`. */
export declare function decodeFrame(text: string): Result<Frame>;
export {};
