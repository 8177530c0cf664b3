/**
 * One walk over the visible boxes of a page, in slices: rows of numbers in the order in which they are painted. Of an element it looks at
 * its tag, its marks, its rectangle and its computed looks; of a text at its rectangle, and at its letters only through the gate.
 */
import { boxKinds, type Box, type BoxKind, type Style } from '../frame-codec.js';
import { blend, isClear, isLight, readLook, type Look } from './looks.js';
import { masked, mannerOf, uniform, unmasked, type Manner } from './kinds.js';
import { gate, type GatePolicy } from './string-table.js';

/** What the walk keeps of a box until it is sent. */
export interface Row {
  readonly node: Node;
  /** Which of the node's rows this is. */
  readonly part: number;
  /** Without ids, style and text. */
  readonly box: Box;
  readonly style: Style | null;
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
  readonly manner: Manner;
  readonly isTop: boolean;
  readonly isUnmasked: boolean;
  readonly isMasked: boolean;
  readonly isUniform: boolean;
}

/** What holds for everything inside an element. */
interface Inside {
  readonly element: Element;
  readonly above: Inside | null;
  isSeen: boolean;
  readonly known: Known;
  readonly clip: Area;
  /** What cuts boxes that are positioned absolutely. */
  readonly holdClip: Area;
  /** The line's ends: the nearest block. */
  readonly block: Area;
  /** The colour below. */
  readonly under: number;
  readonly scale: number;
  readonly isFixed: boolean;
  readonly isUnmasked: boolean;
  readonly isMasked: boolean;
  readonly isUniform: boolean;
  /** Where rows go, and where layers go. */
  readonly layer: Layer;
  readonly stack: Layer;
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
  /** What was known of a node is not true any more; `isDeep`: nor, perhaps, of what is inside or beside. */
  touch(node: Node, isDeep: boolean): void;
}

const barPx = 48;
const everywhere: Area = [-1e6, -1e6, 1e6, 1e6];
const marginPx = 300;
const mostRows = 4000;
const lookMs = 800;
const blockWidth = 240;

const { ceil, max, min, round } = Math;
const to4 = (value: number): number => round(value / 4) * 4;
/** The width of a bar grows in steps. */
export const upToBar = (length: number): number => ceil(length / barPx) * barPx;
const cut = (one: Area, other: Area): Area => [max(one[0], other[0]), max(one[1], other[1]), min(one[2], other[2]), min(one[3], other[3])];
const sizeOf = ([left, top, right, bottom]: Area): number => max(0, right - left) * max(0, bottom - top);

/**
 * Keeps what is worth keeping between walks: looks for a moment, and which parts of the page are far from the window. `assets`: pictures both
 * sides know, as selectors. `onRoot` is called for each open shadow root that is met.
 */
export function createWalker(root: Element, policy: GatePolicy, assets: readonly string[], onRoot: (root: ShadowRoot) => void): Walker {
  const knowledge = new WeakMap<Node, Known>();
  const range = document.createRange();
  const page = document.documentElement;
  const screen = visualViewport!;
  const top = CSS.supports('selector(:popover-open)') ? ':modal,:popover-open' : ':modal';
  /** Nodes that changed since the last walk; whether what is inside, or beside, may look different too. */
  const touched = new Map<Node, boolean>();
  let far = new WeakSet<Node>();
  let farSince = -1e9;
  let farView = '';

  const know = (element: Element): Known => {
    const at = performance.now();
    let known = knowledge.get(element);
    if (!known || at - known.at > lookMs) {
      const is = (selector: string): boolean => element.matches(selector);
      known = { ...readLook(element), at, manner: mannerOf(element, policy.extra), isTop: is(top), isUnmasked: is(unmasked), isMasked: is(masked), isUniform: is(uniform) };
      knowledge.set(element, known);
    }
    return known;
  };
  const view = (): readonly number[] => [round(screen.width), round(screen.height), to4(screen.pageLeft), to4(screen.pageTop), upToBar(page.scrollWidth), upToBar(page.scrollHeight)];

  function begin(): Walk {
    for (const [node, isDeep] of touched) {
      const region = isDeep ? (node.parentElement ?? (node as ParentNode)) : null;
      for (const one of [node, ...(region?.querySelectorAll('*') ?? [])]) {
        knowledge.delete(one);
        far.delete(one);
      }
      for (let at: Node | null = node; at; at = at instanceof ShadowRoot ? at.host : at.parentNode) far.delete(at);
    }
    touched.clear();
    const place = view().map((length) => round(length / marginPx * 2)).join();
    if (farView !== place || performance.now() - farSince > 1000) [far, farSince, farView] = [new WeakSet(), performance.now(), place];
    const visited: Inside[] = [];
    const ground: Layer = { order: 0, rows: [], layers: [] };
    let count = 0;

    /** Where a rectangle is on the page, or in the window. Where the page is scrolled to is read each time, for it may be scrolled between slices. */
    const areaOf = ({ left, top, right, bottom }: DOMRect, isFixed: boolean): Area => {
      const x = (isFixed ? 0 : screen.pageLeft) - screen.offsetLeft;
      const y = (isFixed ? 0 : screen.pageTop) - screen.offsetTop;
      return [left + x, top + y, right + x, bottom + y];
    };
    /** Whatever is near enough to the window. */
    const emit = (inside: Inside, node: Node, part: number, kind: BoxKind, area: Area, style: Style | null = null, start = 0, end = 0): void => {
      const { isFixed, layer } = inside;
      const left = (isFixed ? 0 : screen.pageLeft) - marginPx;
      const above = (isFixed ? 0 : screen.pageTop) - marginPx;
      if (sizeOf(cut(area, [left, above, left + screen.width + marginPx * 2, above + screen.height + marginPx * 2])) <= 0 || ++count > mostRows) return;
      for (let at: Inside | null = inside; at; at = at.above) at.isSeen = true;
      const [x, y] = [to4(area[0]), to4(area[1])];
      layer.rows.push({ node, part, box: [0, 0, boxKinds.indexOf(kind), Number(isFixed), x, y, max(1, to4(area[2]) - x), max(1, to4(area[3]) - y), -1, -1], style, start, end });
    };
    /** How wide a text is, said coarsely: in steps, or as its line's whole rest. */
    const bar = ([left, above, right, below]: Area, block: Area, isRtl: boolean, isWhole = false): Area => {
      const width = isWhole ? 1e6 : upToBar(right - left);
      return isRtl ? [max(right - width, min(block[0], right - 4)), above, right, below] : [left, above, min(left + width, max(block[2], left + 4)), below];
    };

    /** A text that is shown: line by line, for the nurse's letters are of another width. */
    const showText = (node: Text, inside: Inside): void => {
      const { known } = inside;
      const fits = (start: number, end: number): boolean => {
        range.setStart(node, start);
        range.setEnd(node, end);
        return range.getBoundingClientRect().height < (range.getClientRects()[0]?.height ?? 1) * 1.5;
      };
      for (let [start, part] = [0, 0]; start < node.length; part++) {
        // The longest piece from here that is one line.
        let [end, most] = [start + 1, node.length];
        if (fits(start, most)) end = most;
        while (end < most) {
          const middle = (end + most + 1) >> 1;
          if (fits(start, middle)) end = middle;
          else most = middle - 1;
        }
        fits(start, end);
        const area = areaOf(range.getBoundingClientRect(), inside.isFixed);
        const size = sizeOf(area);
        if (size > 4 && sizeOf(cut(area, inside.clip)) > size / 2) emit(inside, node, part, 'text', area, [-1, -1, 0, 0, blend(known.color, inside.under), min(400, round(known.fontSize * inside.scale)), known.fontWeight], start, end);
        start = end;
      }
    };
    const text = (node: Text, inside: Inside): void => {
      const { known, isFixed } = inside;
      if (known.isHidden || !node.data.trim()) return;
      if (inside.isUnmasked && !inside.isMasked && gate(node, policy) !== null) return showText(node, inside);
      range.selectNodeContents(node);
      const lines: Area[] = [];
      for (const rect of range.getClientRects()) {
        const area = areaOf(rect, isFixed);
        const last = lines.at(-1);
        if (last && area[1] < last[3] - 1 && area[3] > last[1] + 1) lines[lines.length - 1] = [min(last[0], area[0]), min(last[1], area[1]), max(last[2], area[2]), max(last[3], area[3])];
        else if (sizeOf(area) > 0) lines.push(area);
      }
      for (const [part, line] of lines.entries()) {
        // Of a text of several lines each is as wide as the block: where words end is not seen.
        const area = cut(bar(line, inside.block, known.isRtl, lines.length > 1 || inside.isUniform || policy.late.has(node)), inside.clip);
        if (sizeOf(area) > 4) emit(inside, node, part, 'masked', area);
      }
    };

    /** Emits what an element itself paints; gives what is to be visited inside, and how. */
    const enter = (element: Element, above: Inside): readonly (readonly [Node, Inside])[] => {
      const known = know(element);
      const { manner, isTop, isInline, hasNoBox } = known;
      if (far.has(element) || manner === 'nothing' || known.isGone) return [];
      const isFixed = above.isFixed || known.isFixed;
      const rect = element.getBoundingClientRect();
      const whole = areaOf(rect, isFixed);
      const outer = isTop || known.isFixed ? everywhere : known.isAbsolute ? above.holdClip : above.clip;
      const clip = known.clips ? cut(outer, whole) : outer;
      const isUnmasked = above.isUnmasked || known.isUnmasked;
      const isMasked = above.isMasked || known.isMasked;
      let { layer, stack, under } = above;
      if (isTop || known.isLayer) {
        layer = { order: isTop ? 1e9 : known.order, rows: [], layers: [] };
        (isTop ? ground : stack).layers.push(layer);
        if (isTop || known.isStack) stack = layer;
      }
      let fill = -1;
      if (!isClear(known.fill)) fill = blend(known.fill, under);
      // A picture or a gradient is not sent: something is, on which the letters can be read.
      else if (known.hasImage) fill = isLight(blend(known.color, under)) ? 0x555555 : 0xdddddd;
      if (fill >= 0) under = fill;
      const inside: Inside = {
        element, above, isSeen: false, known, clip, under, isFixed, isUnmasked, isMasked, layer, stack,
        holdClip: known.holds ? clip : above.holdClip,
        block: hasNoBox || isInline ? above.block : whole,
        scale: known.isTransformed && element instanceof HTMLElement ? rect.width / element.offsetWidth || 1 : above.scale,
        isUniform: above.isUniform || known.isUniform || policy.late.has(element),
      };
      visited.push(inside);
      const draw = (part: number, kind: BoxKind, area: Area, style?: Style, start?: number): void => {
        const seen = cut(area, outer);
        if (!hasNoBox && !known.isHidden && sizeOf(seen) > 0) emit(inside, element, part, kind, manner === 'block' ? area : seen, style, start);
      };
      if (manner === 'block') draw(0, 'opaque', [whole[0], whole[1], whole[0] + blockWidth, whole[1] + barPx]);
      else if (manner === 'toggle') draw(0, manner, whole);
      // How wide a list is may say what is in it.
      else if (manner === 'field') draw(0, manner, bar(whole, above.block, known.isRtl));
      else if (manner === 'opaque') {
        const asset = isUnmasked && !isMasked && !policy.late.has(element) ? assets.findIndex((selector) => element.matches(selector)) : -1;
        draw(0, asset < 0 ? manner : 'asset', whole, undefined, asset);
      } else {
        const { edges } = known;
        const colorOf = (edge: number): number => blend(edges[edge]![1], above.under);
        const isFramed = edges.every(([width]) => width > 0);
        if (fill >= 0 || isFramed) draw(0, 'box', whole, [fill, isFramed ? colorOf(0) : -1, isFramed ? edges[0]![0] : 0, known.radius, -1, 0, 0]);
        for (const [edge, [width]] of isFramed ? [] : edges.entries()) {
          // A line along one edge: the opposite one is moved to it.
          const line = [...whole];
          line[(edge + 2) % 4] = whole[edge]! + (edge < 2 ? width : -width);
          if (width > 0) draw(edge + 1, 'box', line as unknown as Area, [colorOf(edge), -1, 0, 0, -1, 0, 0]);
        }
        if (known.hidesContent) return [];
        const { shadowRoot } = element;
        if (shadowRoot) onRoot(shadowRoot);
        const assigned = element instanceof HTMLSlotElement ? element.assignedNodes() : [];
        const nodes = assigned.length > 0 ? assigned : [...(shadowRoot ?? element).childNodes];
        // Whether a private part is folded open is nobody's business; of a public one the picture has to be right.
        const isFolded = element.localName === 'details' && !(isUnmasked && !isMasked && element.matches('[open]'));
        return nodes.filter((node) => !isFolded || (node as Element).localName === 'summary').map((node) => [node, inside]);
      }
      return [];
    };

    const known = know(page);
    const under = isLight(blend(known.color, 0x808080)) ? 0x121212 : 0xffffff;
    const is = (selector: string): boolean => root.closest(selector) !== null;
    const outside: Inside = {
      element: page, above: null, isSeen: true, known, clip: everywhere, holdClip: everywhere, block: everywhere, under, scale: 1, isFixed: false,
      isUnmasked: is(unmasked), isMasked: is(masked), isUniform: is(uniform), layer: ground, stack: ground,
    };
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
      touched.set(node, isDeep || touched.get(node) === true);
    },
  };
}
