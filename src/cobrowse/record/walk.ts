/**
 * One walk over the visible boxes of a page, in slices: rows of numbers in the order in which they are painted. Of an element it looks at
 * its tag, its marks, its rectangle and its computed looks; of a text at its rectangle, and at its letters only through the gate.
 */
import { boxKinds, type Box, type BoxKind, type Style } from '../frame-codec.js';
import { blend, isClear, isLight, readLook, readPaint, type Look, type Paint } from './looks.js';
import { masked, mannerOf, uniform, unmasked, type Manner } from './kinds.js';
import { gate, type GatePolicy } from './string-table.js';

/** What the walk keeps of a box until it is sent. */
export interface Row {
  readonly node: Node;
  /** Which of the node's rows this is. */
  readonly part: number;
  /** Without ids, style and text. */
  readonly box: Box;
  readonly style: Style | undefined;
  /** Of a text: where its line is in the node. Of an asset: its number. */
  readonly start: number;
  readonly end: number;
}

type Area = readonly [left: number, top: number, right: number, bottom: number];

/** What is painted together, in its order among others. */
interface Layer {
  readonly order: number;
  readonly rows: Row[];
  readonly layers: Layer[];
}

/** What was found out about an element by itself. */
interface Known extends Look {
  readonly at: number;
  paint?: Paint;
  readonly manner: Manner;
  readonly isTop: boolean;
  readonly isUnmasked: boolean;
  readonly isMasked: boolean;
  readonly isUniform: boolean;
}

/** What holds for everything inside an element. */
interface Inside {
  known: Known;
  /** The element and what is around it, for telling where nothing was seen. */
  element: Element;
  above: Inside | null;
  isSeen: boolean;
  clip: Area;
  /** What cuts boxes that are positioned absolutely. */
  holdClip: Area;
  /** The line's ends: the nearest block. */
  block: Area;
  /** The colour below. */
  under: number;
  scale: number;
  isFixed: boolean;
  isPublic: boolean;
  isMasked: boolean;
  isUniform: boolean;
  /** Where rows go, and where layers go. */
  layer: Layer;
  stack: Layer;
}

export interface Walk {
  /** Goes on until a time; true when the walk is through. */
  step(until: number): boolean;
  /** The rows in the order of painting. */
  rows(): readonly Row[];
}

export interface Walker {
  begin(): Walk;
  view(): readonly number[];
  /** What was known of a node is not true any more; `isDeep`: nor, perhaps, of what is inside. */
  touch(node: Node, isDeep: boolean): void;
}

const barPx = 48;
const everywhere: Area = [-1e6, -1e6, 1e6, 1e6];
const marginPx = 300;
const mostBoxes = 4000;
const lookMs = 2000;
const farMs = 2000;
const blockWidth = 240;

const { ceil, max, min, round } = Math;
const to4 = (value: number): number => round(value / 4) * 4;
/** The width of a bar grows in steps. */
export const upToBar = (length: number): number => ceil(length / barPx) * barPx;
const cut = (one: Area, other: Area): Area => [max(one[0], other[0]), max(one[1], other[1]), min(one[2], other[2]), min(one[3], other[3])];
const sizeOf = ([left, top, right, bottom]: Area): number => max(0, right - left) * max(0, bottom - top);

/** Keeps the looks for a moment, between walks, and where nothing is near the window. `onRoot` is called for each open shadow root that is met. */
export function createWalker(root: Element, policy: GatePolicy, assets: readonly string[], onRoot: (root: ShadowRoot) => void): Walker {
  const knowledge = new WeakMap<Node, Known>();
  const range = document.createRange();
  let [far, farSince, farView] = [new WeakSet<Node>(), 0, ''];
  const page = document.documentElement;
  const screen = visualViewport!;

  const know = (element: Element): Known => {
    const at = performance.now();
    let known = knowledge.get(element);
    if (!known || at - known.at > lookMs) {
      const is = (selector: string): boolean => element.matches(selector);
      known = { ...readLook(element), at, manner: mannerOf(element, policy.config.enter), isTop: is(':is(:modal,:popover-open)'), isUnmasked: is(unmasked), isMasked: is(masked), isUniform: is(uniform) };
      knowledge.set(element, known);
    }
    return known;
  };
  const paintOf = (element: Element): Paint => (know(element).paint ??= readPaint(element));
  const view = (): readonly number[] => [round(screen.width), round(screen.height), to4(screen.pageLeft), to4(screen.pageTop), upToBar(page.scrollWidth), upToBar(page.scrollHeight)];

  function begin(): Walk {
    const place = view().map((length) => round((length / marginPx) * 3)).join();
    if (place !== farView || performance.now() - farSince > farMs) [far, farSince, farView] = [new WeakSet(), performance.now(), place];
    const visited: Inside[] = [];
    const ground: Layer = { order: 0, rows: [], layers: [] };
    let count = 0;

    /** Where the window's corner is: read each time, for the page may be scrolled between slices. */
    const corner = ({ isFixed }: Inside): readonly [number, number] => (isFixed ? [0, 0] : [screen.pageLeft, screen.pageTop]);
    /** Where a rectangle is on the page, or in the window. */
    const areaOf = ({ left, top, right, bottom }: DOMRect, inside: Inside): Area => {
      const [x, y] = corner(inside);
      return [left + x - screen.offsetLeft, top + y - screen.offsetTop, right + x - screen.offsetLeft, bottom + y - screen.offsetTop];
    };
    /** What is near enough to the window to be sent. */
    const near = (inside: Inside): Area => {
      const [x, y] = corner(inside);
      return [x - marginPx, y - marginPx, x + screen.width + marginPx, y + screen.height + marginPx];
    };
    const emit = (inside: Inside, node: Node, part: number, kind: BoxKind, area: Area, style?: Style, start = 0, end = 0): void => {
      if (sizeOf(cut(area, near(inside))) <= 0 || ++count > mostBoxes) return;
      for (let at: Inside | null = inside; at && !at.isSeen; at = at.above) at.isSeen = true;
      // A thin line stays as thin as it is.
      const span = (from: number, to: number): number => (to - from < 4 ? max(1, round(to - from)) : to4(to) - to4(from));
      inside.layer.rows.push({ node, part, box: [0, 0, boxKinds.indexOf(kind), Number(inside.isFixed), to4(area[0]), to4(area[1]), span(area[0], area[2]), span(area[1], area[3]), -1, -1], style, start, end });
    };
    /** How wide a text is, said coarsely: in steps, or as its line's whole rest. */
    const bar = ([left, above, right, below]: Area, block: Area, { direction }: Look, isWhole = false): Area => {
      const width = isWhole ? 1e6 : upToBar(right - left);
      return direction === 'rtl' ? [max(right - width, min(block[0], right - 4)), above, right, below] : [left, above, min(left + width, max(block[2], left + 4)), below];
    };

    const text = (node: Text, inside: Inside): void => {
      const { known, block, clip } = inside;
      if (known.visibility !== 'visible' || !node.data.trim() || sizeOf(cut([block[0], block[1] - 1, block[2] + 1, block[3] + 1], near(inside))) <= 0) return;
      const isPublic = inside.isPublic && !inside.isMasked && gate(node, policy) !== null;
      // A text that is shown is sent line by line, for the nurse's letters are of another width: word by word it is found out which is where.
      const pieces: { area: Area; readonly start: number; end: number }[] = [];
      const add = (rect: DOMRect, start: number, end: number): void => {
        const area = areaOf(rect, inside);
        const last = pieces.at(-1);
        if (last && area[1] < last.area[3] - 1 && area[3] > last.area[1] + 1) {
          last.area = [min(last.area[0], area[0]), min(last.area[1], area[1]), max(last.area[2], area[2]), max(last.area[3], area[3])];
          last.end = end;
        } else if (sizeOf(area) > 0) pieces.push({ area, start, end });
      };
      range.selectNodeContents(node);
      if (!isPublic) for (const rect of range.getClientRects()) add(rect, 0, 0);
      else {
        for (const { 0: word, index } of node.data.matchAll(/[^\s\u2e80-\uffff]+|\S/g)) {
          range.setStart(node, index);
          range.setEnd(node, index + word.length);
          add(range.getBoundingClientRect(), index, index + word.length);
        }
      }
      for (const [part, { area, start, end }] of pieces.entries()) {
        // Of a private text of several lines each is as wide as the block: where words end is not seen.
        const shown = cut(isPublic ? area : bar(area, block, known, pieces.length > 1 || inside.isUniform || policy.late.has(node)), clip);
        if (sizeOf(shown) < 5 || (isPublic && sizeOf(shown) < sizeOf(area) / 2)) continue;
        const paint = paintOf(inside.element);
        if (isPublic) emit(inside, node, part, 'text', area, [-1, -1, 0, 0, blend(paint.color, inside.under), min(400, round(parseFloat(paint.fontSize) * inside.scale)), parseInt(paint.fontWeight)], start, end);
        else emit(inside, node, part, 'masked', shown);
      }
    };

    /** Emits what an element itself paints; gives what is to be visited inside, and how. */
    const enter = (element: Element, above: Inside): readonly (readonly [Node, Inside])[] => {
      if (far.has(element)) return [];
      const known = know(element);
      const { manner, isTop, display, position, zIndex, opacity } = known;
      const inside: Inside = { ...above, known, element, above, isSeen: false };
      visited.push(inside);
      if (manner === 'nothing' || display === 'none' || Number(opacity) < 0.02) return [];
      const isOut = isTop || position === 'fixed';
      const isTransformed = known.transform !== 'none';
      const isInline = display === 'inline';
      inside.isFixed ||= position === 'fixed';
      inside.isPublic ||= known.isUnmasked;
      inside.isMasked ||= known.isMasked;
      inside.isUniform ||= known.isUniform || policy.late.has(element);
      const rect = element.getBoundingClientRect();
      const whole = areaOf(rect, inside);
      const outer = isOut ? everywhere : position === 'absolute' ? above.holdClip : above.clip;
      inside.clip = known.overflowX !== 'visible' && !isInline ? cut(outer, whole) : outer;
      const isStack = isOut || isTransformed || zIndex !== 'auto' || opacity !== '1' || position === 'sticky';
      if (position !== 'static' || isTransformed) inside.holdClip = inside.clip;
      if (position !== 'static' || isStack) {
        inside.layer = { order: isTop ? 1e9 : Number(zIndex) || 0, rows: [], layers: [] };
        (isTop ? ground : above.stack).layers.push(inside.layer);
        if (isStack) inside.stack = inside.layer;
      }
      if (!isInline && display !== 'contents') inside.block = whole;
      if (isTransformed) inside.scale = rect.width / (element as HTMLElement).offsetWidth || 1;
      const draw = (part: number, kind: BoxKind, area: Area, style?: Style, start?: number): void => {
        const seen = cut(area, outer);
        if (display !== 'contents' && known.visibility === 'visible' && sizeOf(seen) > 0) emit(inside, element, part, kind, manner === 'block' ? area : seen, style, start);
      };
      const isNear = sizeOf(cut(whole, near(inside))) > 0;
      if (manner === 'enter' && isNear) {
        const { edges, backgroundColor, color, hasImage, borderTopLeftRadius } = paintOf(element);
        let fill = -1;
        if (!isClear(backgroundColor)) fill = blend(backgroundColor, above.under);
        // A picture or a gradient is not sent: something is, on which the letters can be read.
        else if (hasImage && !isInline) fill = isLight(blend(color, above.under)) ? 0x555555 : 0xdddddd;
        if (fill >= 0) inside.under = fill;
        const colors = edges.map(([, color]) => blend(color, above.under));
        const isFramed = edges.every(([width]) => width > 0);
        if (fill >= 0 || isFramed) draw(0, 'box', whole, [fill, isFramed ? colors[0]! : -1, isFramed ? edges[0]![0] : 0, min(1000, parseInt(borderTopLeftRadius)), -1, 0, 0]);
        else {
          for (const [edge, [width]] of edges.entries()) {
            // A line along one edge: the opposite one is moved to it.
            const line = [...whole];
            line[(edge + 2) % 4] = whole[edge]! + (edge < 2 ? width : -width);
            if (width > 0) draw(edge + 1, 'box', line as unknown as Area, [colors[edge]!, -1, 0, 0, -1, 0, 0]);
          }
        }
      }
      if (manner === 'enter') {
        if (known.contentVisibility === 'hidden') return [];
        const { shadowRoot } = element;
        if (shadowRoot) onRoot(shadowRoot);
        const assigned = element instanceof HTMLSlotElement ? element.assignedNodes() : [];
        const nodes = assigned.length > 0 ? assigned : [...(shadowRoot ?? element).childNodes];
        // Whether a private part is folded open is nobody's business; of a public one the picture has to be right.
        const isFolded = element.localName === 'details' && !(inside.isPublic && !inside.isMasked && element.matches('[open]'));
        return nodes.filter((node) => !isFolded || (node as Element).localName === 'summary').map((node) => [node, inside]);
      }
      const asset = manner === 'opaque' && inside.isPublic && !inside.isMasked && !policy.late.has(element) ? assets.findIndex((selector) => element.matches(selector)) : -1;
      if (asset >= 0) draw(0, 'asset', whole, undefined, asset);
      else if (manner === 'block') draw(0, 'opaque', [whole[0], whole[1], whole[0] + blockWidth, whole[1] + barPx]);
      // How wide a list is may say what is in it.
      else draw(0, manner, manner === 'field' ? bar(whole, above.block, known) : whole);
      return [];
    };

    const known = know(page);
    const under = isLight(blend(paintOf(page).color, 0x808080)) ? 0x121212 : 0xffffff;
    const is = (selector: string): boolean => root.closest(selector) !== null;
    const outside: Inside = { known, element: page, above: null, isSeen: true, clip: everywhere, holdClip: everywhere, block: everywhere, under, scale: 1, isFixed: false, isPublic: is(unmasked), isMasked: is(masked), isUniform: is(uniform), layer: ground, stack: ground };
    emit(outside, document, 0, 'box', [0, 0, max(screen.width, page.scrollWidth), max(screen.height, page.scrollHeight)], [under, -1, 0, 0, -1, 0, 0]);
    const waiting: (readonly [Node, Inside])[] = [[root, outside]];

    return {
      step(until) {
        for (let turn = 1; waiting.length > 0; turn++) {
          if (turn % 8 === 0 && performance.now() > until) return false;
          const [node, inside] = waiting.pop()!;
          if (node instanceof Text) text(node, inside);
          else if (node instanceof Element) waiting.push(...[...enter(node, inside)].reverse());
        }
        for (const { element, isSeen } of visited) if (!isSeen) far.add(element);
        return true;
      },
      rows() {
        const paint = ({ rows: [first, ...rest], layers }: Layer): readonly Row[] => {
          layers.sort((one, other) => one.order - other.order);
          const inner = (isBelow: boolean): readonly Row[] => layers.filter(({ order }) => order < 0 === isBelow).flatMap(paint);
          // The ground of the layer itself is below everything in it.
          return [...(first ? [first] : []), ...inner(true), ...rest, ...inner(false)];
        };
        return paint(ground);
      },
    };
  }

  return {
    begin,
    view,
    touch(node, isDeep) {
      for (const one of [node, ...((isDeep && (node as ParentNode).querySelectorAll('*')) || [])]) {
        knowledge.delete(one);
        far.delete(one);
      }
      for (let at: Node | null = node; at; at = at.parentNode ?? (at as ShadowRoot).host) far.delete(at);
    },
  };
}
