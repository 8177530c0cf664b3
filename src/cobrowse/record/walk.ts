/**
 * One walk over the visible boxes of a page, in slices: rows of numbers in the order in which they are painted. Of an element it looks at
 * its tag, its marks, its rectangle and its computed looks; of a text at its rectangle, and at its letters only through the gate.
 */
import { kinds, type Style } from '../frame-codec.js';
import { blend, ceil, edgesOf, isClear, isLight, max, min, round, time } from './looks.js';
import { manners, masked, mannerOf, uniform, unmasked } from './kinds.js';
import { gate, type GatePolicy } from './string-table.js';

/** What the walk keeps of a box until it is sent. */
export type Row = readonly [
  node: Node,
  /** Which of the node's rows this is. */
  part: number,
  shape: readonly [kind: number, isFixed: number, x: number, y: number, width: number, height: number],
  style?: Style,
  /** Of a text: where its line is in the node. Of an asset: its number. */
  start?: number,
  end?: number,
];

type Area = readonly [left: number, top: number, right: number, bottom: number, ...more: number[]];

/** What is painted together, in its order among others. */
type Layer = readonly [order: number, rows: Row[], layers: Layer[]];

/** What holds for everything inside an element. */
type Inside = readonly [
  clip: Area,
  /** What cuts boxes that are positioned absolutely. */
  holdClip: Area,
  /** The line's ends: the nearest block. */
  block: Area,
  /** The colour below. */
  under: number,
  scale: number,
  isFixed: boolean,
  isPublic: boolean,
  isMasked: boolean,
  isUniform: boolean,
  /** Where rows go, and where layers go. */
  layer: Layer,
  stack: Layer,
];

export interface Walker {
  /** A walk; it looks at one element after another, and gives the rows in the order of painting. */
  walk(): Generator<void, readonly Row[]>;
  view(): readonly number[];
  /** What was known of a node is not true any more; `isDeep`: nor, perhaps, of what is inside. */
  touch(node: Node, isDeep: boolean): void;
}

const barPx = 48;
const everywhere: Area = [-1e6, -1e6, 1e6, 1e6];
const marginPx = 300;
const mostBoxes = 4000;
const farMs = 2000;
const blockWidth = 240;

const to4 = (value: number): number => round(value / 4) * 4;
/** The width of a bar grows in steps. */
export const upToBar = (length: number): number => ceil(length / barPx) * barPx;
const cut = (one: Area, other: Area): Area => [max(one[0], other[0]), max(one[1], other[1]), min(one[2], other[2]), min(one[3], other[3])];
const sizeOf = ([left, top, right, bottom]: Area): number => max(0, right - left) * max(0, bottom - top);

/** Keeps, between walks, where nothing is near the window; nothing else. `onRoot` is called for each open shadow root that is met. */
export function createWalker(root: Element, policy: GatePolicy, onRoot: (root: ShadowRoot) => void): Walker {
  const { late, config } = policy;
  const range = document.createRange();
  let [far, farSince, farView] = [new WeakSet<Node>(), 0, ''];
  const page = document.documentElement;
  const screen = visualViewport!;

  const view = (): readonly number[] => [round(screen.width), round(screen.height), to4(screen.pageLeft), to4(screen.pageTop), upToBar(page.scrollWidth), upToBar(page.scrollHeight)];

  function* walk(): Generator<void, readonly Row[]> {
    const seen = view();
    // Another place begins when the window has moved by a third of the margin.
    const place = seen.map((length) => round((length / marginPx) * 3)).join();
    if (place !== farView || time() - farSince > farMs) [far, farSince, farView] = [new WeakSet(), time(), place];
    let count = 0;

    function* visit(element: Element, [outer, holdClip, block, under, scale, isFixed, isPublic, isMasked, isUniform, layer, stack]: Inside): Generator<void, void> {
      yield;
      if (far.has(element)) return;
      const countBefore = count;
      const manner = mannerOf(element, config.enter);
      const style = getComputedStyle(element);
      const { display, position, zIndex, opacity, visibility } = style;
      const is = (selector: string): boolean => element.matches(selector);
      const isTransformed = style.transform !== 'none';
      const isInline = display === 'inline';
      isFixed ||= position === 'fixed';
      isMasked ||= is(masked);
      isPublic = (isPublic || is(unmasked)) && !isMasked;
      isUniform ||= is(uniform) || late.has(element);

      /** Where a rectangle is on the page, or in the window; asked each time, for the page may be scrolled between slices. */
      const areaOf = ({ left, top, right, bottom }: Pick<DOMRect, 'left' | 'top' | 'right' | 'bottom'>): Area => {
        const [x, y] = isFixed ? [-screen.offsetLeft, -screen.offsetTop] : [scrollX, scrollY];
        return [left + x, top + y, right + x, bottom + y];
      };
      /** What is near enough to the window to be sent. */
      const isNear = (area: Area): boolean => {
        const { offsetLeft, offsetTop, width, height } = screen;
        const [left, top, right, bottom] = cut(area, areaOf({ left: offsetLeft - marginPx, top: offsetTop - marginPx, right: offsetLeft + width + marginPx, bottom: offsetTop + height + marginPx }));
        return left <= right && top <= bottom;
      };
      const emit = (kind: number, area: Area, node: Node, part: number, look?: Style, start?: number, end?: number): void => {
        if (!isNear(area) || ++count > mostBoxes) return;
        // A thin line stays as thin as it is.
        const span = (from: number, to: number): number => (to - from < 4 ? max(1, round(to - from)) : to4(to) - to4(from));
        layer[1].push([node, part, [kind, isFixed ? 1 : 0, to4(area[0]), to4(area[1]), span(area[0], area[2]), span(area[1], area[3])], look, start, end]);
      };
      /** How wide a text is, said coarsely: in steps, or as its line's whole rest. */
      const bar = ([left, above, right, below]: Area, isWhole = false): Area => {
        const width = isWhole ? 1e6 : upToBar(right - left);
        return style.direction === 'rtl' ? [max(right - width, min(block[0], right - 4)), above, right, below] : [left, above, min(left + width, max(block[2], left + 4)), below];
      };

      const text = (node: Text): void => {
        if (visibility !== 'visible' || !node.data.trim() || !isNear(block)) return;
        const isShown = isPublic && gate(node, policy) !== null;
        // A text that is shown is sent line by line, for the nurse's letters are of another width: word by word it is found out which is where.
        const lines: [left: number, top: number, right: number, bottom: number, start: number, end: number][] = [];
        const add = (rect: DOMRect, start: number, end: number): void => {
          const area = areaOf(rect);
          const [left, top, right, bottom] = area;
          const last = lines.at(-1);
          if (last && top < last[3] - 1 && bottom > last[1] + 1) lines.splice(-1, 1, [min(left, last[0]), min(top, last[1]), max(right, last[2]), max(bottom, last[3]), last[4], end]);
          else if (sizeOf(area) > 0) lines.push([left, top, right, bottom, start, end]);
        };
        range.selectNodeContents(node);
        if (!isShown) for (const rect of range.getClientRects()) add(rect, 0, 0);
        else {
          for (const { 0: word, index } of node.data.matchAll(/[^\s\u2e80-\uffff]+|\S/g)) {
            range.setStart(node, index);
            range.setEnd(node, index + word.length);
            add(range.getBoundingClientRect(), index, index + word.length);
          }
        }
        for (const [part, line] of lines.entries()) {
          // Of a private text of several lines each is as wide as the block: where words end is not seen.
          const shown = cut(isShown ? line : bar(line, lines.length > 1 || isUniform || late.has(node)), clip);
          if (sizeOf(shown) < 5 || (isShown && sizeOf(shown) < sizeOf(line) / 2)) continue;
          if (isShown) {
            emit(kinds.text, line, node, part, [-1, -1, 0, 0, blend(style.color, under), min(400, round(parseFloat(style.fontSize) * scale)), parseInt(style.fontWeight)], line[4], line[5]);
          } else emit(kinds.masked, shown, node, part);
        }
      };

      let clip = outer;
      if (manner !== manners.nothing && display !== 'none' && Number(opacity) >= 0.02) {
        const isTop = is(':is(:modal,:popover-open)');
        const isOut = isTop || position === 'fixed';
        const rect = element.getBoundingClientRect();
        const whole = areaOf(rect);
        if (isOut || position === 'absolute') outer = isOut ? everywhere : holdClip;
        clip = style.overflowX !== 'visible' && !isInline ? cut(outer, whole) : outer;
        const isStack = isOut || isTransformed || zIndex !== 'auto' || opacity !== '1' || position === 'sticky';
        const isPlaced = position !== 'static' || isTransformed;
        if (isPlaced) holdClip = clip;
        if (isPlaced || isStack) {
          layer = [isTop ? 1e9 : Number(zIndex) || 0, [], []];
          (isTop ? ground : stack)[2].push(layer);
          if (isStack) stack = layer;
        }
        if (isTransformed) scale = rect.width / (element as HTMLElement).offsetWidth || 1;
        /** Emits what the element itself paints. */
        const draw = (kind: number, area: Area, part = 0, look?: Style, start?: number): void => {
          const seen = cut(area, outer);
          if (display !== 'contents' && visibility === 'visible' && sizeOf(seen) > 0) emit(kind, manner === manners.block ? area : seen, element, part, look, start);
        };
        if (manner === manners.enter) {
          const below = under;
          if (isNear(whole)) {
            const edges = edgesOf(style);
            let fill = -1;
            if (!isClear(style.backgroundColor)) fill = blend(style.backgroundColor, below);
            // A picture or a gradient is not sent: something is, on which the letters can be read.
            else if (style.backgroundImage !== 'none' && !isInline) fill = isLight(blend(style.color, below)) ? 0x555555 : 0xdddddd;
            if (fill >= 0) under = fill;
            const isFramed = edges.every(([width]) => width > 0);
            if (fill >= 0 || isFramed) draw(kinds.box, whole, 0, [fill, isFramed ? blend(edges[0]![1], below) : -1, isFramed ? edges[0]![0] : 0, min(1000, parseInt(style.borderTopLeftRadius)), -1, 0, 0]);
            else {
              for (const [edge, [width, color]] of edges.entries()) {
                // A line along one edge: the opposite one is moved to it.
                const line = [...whole] as [number, number, number, number];
                line[(edge + 2) % 4] = whole[edge]! + (edge < 2 ? width : -width);
                if (width > 0) draw(kinds.box, line, edge + 1, [blend(color, below), -1, 0, 0, -1, 0, 0]);
              }
            }
          }
          if (style.contentVisibility !== 'hidden') {
            if (!isInline && display !== 'contents') block = whole;
            const { shadowRoot } = element;
            if (shadowRoot) onRoot(shadowRoot);
            const assigned = is('slot') ? (element as HTMLSlotElement).assignedNodes() : [];
            // Whether a private part is folded open is nobody's business; of a public one the picture has to be right.
            const isFolded = is(isPublic ? 'details:not([open])' : 'details');
            const inside: Inside = [clip, holdClip, block, under, scale, isFixed, isPublic, isMasked, isUniform, layer, stack];
            for (const node of assigned.length > 0 ? assigned : [...(shadowRoot ?? element).childNodes]) {
              if (node instanceof Element) {
                if (!isFolded || node.localName === 'summary') yield* visit(node, inside);
              } else if (node instanceof Text && !isFolded) text(node);
            }
          }
        } else {
          const asset = manner === manners.opaque && isPublic && !late.has(element) ? config.assets.findIndex(is) : -1;
          if (asset >= 0) draw(kinds.asset, whole, 0, undefined, asset);
          else if (manner === manners.block) draw(kinds.opaque, [whole[0], whole[1], whole[0] + blockWidth, whole[1] + barPx]);
          // How wide a list is may say what is in it.
          else draw(manner, manner === manners.field ? bar(whole) : whole);
        }
      }
      if (count === countBefore) far.add(element);
    }

    const ground: Layer = [0, [], []];
    const under = isLight(blend(getComputedStyle(page).color, 0x808080)) ? 0x121212 : 0xffffff;
    ground[1].push([document, 0, [kinds.box, 0, 0, 0, seen[4]!, seen[5]!], [under, -1, 0, 0, -1, 0, 0]]);
    yield* visit(root, [everywhere, everywhere, everywhere, under, 1, false, false, false, false, ground, ground]);

    const paint = ([, [first, ...rest], layers]: Layer): readonly Row[] => {
      layers.sort(([one], [other]) => one - other);
      const inner = (isBelow: boolean): readonly Row[] => layers.filter(([order]) => order < 0 === isBelow).flatMap(paint);
      // The ground of the layer itself is below everything in it.
      return [...(first ? [first] : []), ...inner(true), ...rest, ...inner(false)];
    };
    return paint(ground);
  }

  return {
    walk,
    view,
    touch(node, isDeep) {
      if (isDeep) for (const one of (node as Element).querySelectorAll('*')) far.delete(one);
      for (let at: Node | null = node; at; at = at.parentNode ?? (at as ShadowRoot).host) far.delete(at);
    },
  };
}
