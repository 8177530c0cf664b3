/** Where the boxes of the frames are: what one side says of a box is found again by the other. Knows places and kinds, and no text. */
import { boxKinds, type Box, type BoxKind, type Frame } from '../frame-codec.js';

export interface Place {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}

export interface BoxMap {
  /** Takes a frame in, in its turn. */
  apply(frame: Frame): void;
  has(id: number): boolean;
  kindOf(id: number): BoxKind | null;
  /** On the page, or with `isFixed` in the window. */
  placeOf(id: number): (Place & { readonly isFixed: boolean }) | null;
  ids(): Iterable<number>;
  /** Of the last frame: the window's width and height, and how far it is scrolled. */
  readonly view: readonly number[];
  clear(): void;
}

export function createBoxMap(): BoxMap {
  const boxes = new Map<number, Box>();
  let view: readonly number[] = [0, 0, 0, 0, 0, 0];
  return {
    apply(frame) {
      if (frame.kind === 'full') boxes.clear();
      for (const id of frame.removed) boxes.delete(id);
      for (const box of frame.boxes) boxes.set(box[0], box);
      view = frame.view;
    },
    has: (id) => boxes.has(id),
    kindOf(id) {
      const box = boxes.get(id);
      return box ? boxKinds[box[2]]! : null;
    },
    placeOf(id) {
      const box = boxes.get(id);
      return box ? { left: box[4], top: box[5], width: box[6], height: box[7], isFixed: box[3] === 1 } : null;
    },
    ids: () => boxes.keys(),
    get view() {
      return view;
    },
    clear: () => boxes.clear(),
  };
}
