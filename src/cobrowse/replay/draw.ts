/**
 * Draws decoded frames as inert boxes. Text by `textContent`, looks by `style.setProperty` with numbers only: there is nothing on the
 * wire that could become markup, an address or a script, and nothing is fetched.
 */
import { boxKinds, type Box, type Frame } from '../frame-codec.js';

export interface Replay {
  /** Applies a frame; false where one is missing before it, and a full frame is needed. */
  apply(frame: Frame): boolean;
  /** Takes everything off the screen. */
  clear(): void;
}

const px = (value: number): string => `${value}px`;
const colour = (rgb: number): string => (rgb < 0 ? 'transparent' : `#${rgb.toString(16).padStart(6, '0')}`);
const aligns = ['start', 'center', 'end'] as const;

function paint(element: HTMLElement, box: Box, strings: readonly string[]): void {
  const kind = boxKinds[box.kind]!;
  const looks: Readonly<Record<string, string>> = {
    position: 'absolute', 'box-sizing': 'border-box', overflow: 'hidden', left: px(box.x), top: px(box.y), width: px(box.width), height: px(box.height),
    'background-color': colour(box.fill), border: `${px(box.borderWidth)} solid ${colour(box.border)}`, 'border-radius': px(box.radius),
    color: colour(box.color), 'font-size': px(box.fontSize), 'font-weight': String(box.fontWeight), 'text-align': aligns[box.align]!,
  };
  for (const [name, value] of Object.entries(looks)) element.style.setProperty(name, value);
  element.className = `cobrowse-${kind}`;
  element.textContent = kind === 'text' ? strings[box.text]! : '';
}

/** Draws into a container of the host's, which becomes inert and hidden from screen readers: the picture is not the page. */
export function createReplay(container: HTMLElement): Replay {
  const boxes = new Map<number, HTMLElement>();
  let next: number | null = null;
  container.inert = true;
  container.ariaHidden = 'true';
  const clear = (): void => {
    for (const element of boxes.values()) element.remove();
    boxes.clear();
    next = null;
  };
  return {
    clear,
    apply(frame) {
      if (frame.kind === 'delta' && frame.seq !== next) return false;
      if (frame.kind === 'full') clear();
      for (const id of frame.removed) {
        boxes.get(id)?.remove();
        boxes.delete(id);
      }
      for (const box of frame.boxes) {
        let element = boxes.get(box.id);
        if (!element) {
          element = document.createElement('div');
          boxes.set(box.id, element);
          container.append(element);
        }
        paint(element, box, frame.strings);
      }
      next = frame.seq + 1;
      return true;
    },
  };
}
