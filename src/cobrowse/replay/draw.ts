/**
 * Draws frames as inert boxes. Text by `textContent`, looks by `style.setProperty` with numbers only: there is nothing on the
 * wire that could become markup, an address or a script, and nothing is fetched.
 */
import { boxKinds, decodeFrame, type Box, type BoxKind, type Frame, type Style } from '../frame-codec.js';

export interface ReplayOptions {
  /** The picture of a number of the asset manifest, made by whoever has them at hand; without it such a picture is an opaque box. */
  assetAt?(index: number): Element | null;
}

/** What became of a frame: `gap` means that one is missing before it, and a full frame is to be asked for. */
export type Received = 'drawn' | 'refused' | 'gap';

export interface Replay {
  /** Reads and draws a frame as it came. */
  receive(text: string): Received;
  /** Draws a frame that was read; false where one is missing before it, and a full frame is needed. */
  apply(frame: Frame): boolean;
  /** How large the patient's window is drawn: a factor, or as large as fits and no larger than it is. */
  setZoom(zoom: number | 'fit'): void;
  /** Frames that were malformed. */
  readonly refused: number;
  /** Takes everything off the screen. */
  clear(): void;
  /** Clears, and follows the container no more. */
  stop(): void;
}

interface Drawn {
  readonly element: HTMLElement;
  box: Box;
}

const px = (value: number): string => `${value}px`;
const colour = (rgb: number): string => (rgb < 0 ? 'transparent' : `#${rgb.toString(16).padStart(6, '0')}`);
const hatch = (line: string): string => `repeating-linear-gradient(135deg, ${line} 0 4px, transparent 4px 8px)`;
const dress = (element: HTMLElement, looks: Readonly<Record<string, string>>): void => {
  for (const [name, value] of Object.entries(looks)) element.style.setProperty(name, value);
};

const plain: Style = [-1, -1, 0, 0, -1, 0, 0];
/** Fields and toggles look alike whatever is in them; what is not shown is hatched. */
const kindLooks: Partial<Readonly<Record<BoxKind, Readonly<Record<string, string>>>>> = {
  masked: { 'background-image': hatch('#9aa3ad80'), 'border-radius': '4px' },
  opaque: { 'background-image': hatch('#9aa3ad60'), border: '1px dashed #9aa3ad' },
  asset: { 'background-image': hatch('#9aa3ad60'), border: '1px dashed #9aa3ad' },
  field: { 'background-color': '#eef1f4', 'background-image': hatch('#9aa3ad50'), border: '1px solid #77808a', 'border-radius': '4px' },
  toggle: { 'background-color': '#eef1f4', border: '1px solid #77808a', 'border-radius': '4px' },
};

function paint(element: HTMLElement, [, , kindIndex, fixed, x, y, width, height]: Box, [fill, border, borderWidth, radius, color, fontSize, fontWeight]: Style, text: string): void {
  const kind = boxKinds[kindIndex]!;
  element.removeAttribute('style');
  dress(element, {
    position: 'absolute', 'box-sizing': 'border-box', overflow: 'hidden', left: px(x), top: px(y), height: px(height),
    'background-color': colour(fill), 'border-radius': px(radius), border: borderWidth > 0 ? `${px(borderWidth)} solid ${colour(border)}` : '0',
    ...(kind === 'text'
      ? { width: 'max-content', 'transform-origin': '0 0', color: colour(color), 'font-size': px(fontSize), 'font-weight': String(fontWeight), 'line-height': px(height), 'white-space': 'pre' }
      : { width: px(width) }),
    ...(fixed ? { translate: 'var(--cobrowse-x) var(--cobrowse-y)' } : {}),
    ...kindLooks[kind],
  });
  element.className = `cobrowse-${kind}`;
  element.dir = 'auto';
  element.textContent = text;
}

/** Draws into a container of the host's, which becomes inert and hidden from screen readers: the picture is not the page. */
export function createReplay(container: HTMLElement, { assetAt }: ReplayOptions = {}): Replay {
  const boxes = new Map<number, Drawn>();
  let next: number | null = null;
  let refused = 0;
  let zoom: number | 'fit' = 'fit';
  let view: readonly number[] = [0, 0, 0, 0];
  container.inert = true;
  container.ariaHidden = 'true';
  // The patient's window, and in it the page, which is moved as the patient scrolls.
  const frame = document.createElement('div');
  const page = document.createElement('div');
  dress(frame, { position: 'relative', overflow: 'hidden', direction: 'ltr' });
  dress(page, { position: 'absolute', left: '0', top: '0', 'transform-origin': '0 0', 'font-family': 'system-ui, sans-serif' });
  frame.className = 'cobrowse-window';
  page.className = 'cobrowse-page';
  frame.append(page);
  container.append(frame);

  const fit = (): void => {
    const [width, height, left, top] = view as readonly [number, number, number, number];
    const { clientWidth, clientHeight } = container;
    const scale = zoom === 'fit' ? Math.min(1, clientWidth / width || 1, clientHeight / height || 1) : zoom;
    dress(frame, { width: px(width * scale), height: px(height * scale) });
    dress(page, { transform: `scale(${scale}) translate(${px(-left)}, ${px(-top)})`, '--cobrowse-x': px(left), '--cobrowse-y': px(top) });
  };
  const followed = new ResizeObserver(fit);
  followed.observe(container);

  const clear = (): void => {
    page.replaceChildren();
    boxes.clear();
    next = null;
  };

  /** Puts the boxes in the order in which each names the one before it; false where they do not make one list. */
  const arrange = (): boolean => {
    const followers = new Map([...boxes.values()].map((drawn) => [drawn.box[1], drawn]));
    if (followers.size !== boxes.size) return false;
    let cursor = page.firstChild;
    let count = 0;
    for (let drawn = followers.get(0); drawn; drawn = followers.get(drawn.box[0]), count++) {
      if (drawn.element === cursor) cursor = cursor.nextSibling;
      else page.insertBefore(drawn.element, cursor);
    }
    return count === boxes.size;
  };

  const apply = (one: Frame): boolean => {
    if (one.kind === 'delta' && one.seq !== next) return false;
    if (one.kind === 'full') clear();
    for (const id of one.removed) {
      boxes.get(id)?.element.remove();
      boxes.delete(id);
    }
    const texts: Drawn[] = [];
    for (const box of one.boxes) {
      const [id, , kind, , , , , , style, text] = box;
      const drawn = boxes.get(id) ?? { element: document.createElement('div'), box };
      drawn.box = box;
      boxes.set(id, drawn);
      const isText = boxKinds[kind] === 'text';
      paint(drawn.element, box, one.styles[style] ?? plain, isText ? one.strings[text]! : '');
      if (isText) texts.push(drawn);
      const picture = boxKinds[kind] === 'asset' ? assetAt?.(text) : null;
      if (picture) drawn.element.append(picture);
    }
    if ((one.boxes.length > 0 || one.removed.length > 0) && !arrange()) {
      clear();
      return false;
    }
    if (one.view.some((value, index) => value !== view[index])) {
      view = one.view;
      fit();
    }
    // The nurse's letters are made as wide as the patient's: all are measured, then all are changed.
    const widths = texts.map(({ element }) => element.offsetWidth);
    for (const [index, { element, box }] of texts.entries()) if (widths[index]! > 0) element.style.setProperty('transform', `scaleX(${box[6] / widths[index]!})`);
    next = one.seq + 1;
    return true;
  };

  return {
    apply,
    clear,
    receive(text) {
      const decoded = decodeFrame(text);
      if (decoded.ok) return apply(decoded.value) ? 'drawn' : 'gap';
      refused++;
      return 'refused';
    },
    setZoom(wanted) {
      zoom = wanted;
      fit();
    },
    get refused() {
      return refused;
    },
    stop() {
      followed.disconnect();
      clear();
      frame.remove();
    },
  };
}
