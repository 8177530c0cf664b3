/** The looks of an element as numbers. Of the page's CSS only computed colours, lengths and keywords are looked at; nothing of it is kept as text. */

export interface Look {
  readonly isGone: boolean;
  readonly isHidden: boolean;
  readonly hasNoBox: boolean;
  readonly isInline: boolean;
  readonly clips: boolean;
  readonly isFixed: boolean;
  readonly isAbsolute: boolean;
  /** Whether boxes that are positioned absolutely begin here. */
  readonly holds: boolean;
  /** Its order among what is painted in the same stacking context. */
  readonly order: number;
  readonly isLayer: boolean;
  readonly isStack: boolean;
  readonly isTransformed: boolean;
  readonly isRtl: boolean;
  readonly hidesContent: boolean;
  readonly hasImage: boolean;
  /** Colours as CSS; see `blend`. */
  readonly fill: string;
  readonly color: string;
  /** Left, top, right, bottom. */
  readonly edges: readonly (readonly [width: number, color: string])[];
  readonly radius: number;
  readonly fontSize: number;
  readonly fontWeight: number;
}

export const isClear = (color: string): boolean => /^rgba.* 0\)$|\/ 0\)$/.test(color);
export const isLight = (rgb: number): boolean => (rgb >> 16) + ((rgb >> 8) & 255) + (rgb & 255) > 382;

const known = new Map<string, number>();
let canvas: CanvasRenderingContext2D | null = null;

/** A colour of CSS, of whatever notation, seen over another. It is painted on a canvas of our own, which is never on the page. */
export function blend(color: string, under: number): number {
  const name = color + under;
  if (!known.has(name)) {
    canvas ??= document.createElement('canvas').getContext('2d', { willReadFrequently: true })!;
    for (const fill of [`#${under.toString(16).padStart(6, '0')}`, color]) {
      canvas.fillStyle = fill;
      canvas.fillRect(0, 0, 1, 1);
    }
    const [red, green, blue] = canvas.getImageData(0, 0, 1, 1).data;
    if (known.size > 500) known.clear();
    known.set(name, (red! << 16) | (green! << 8) | blue!);
  }
  return known.get(name)!;
}

/** Reads what is needed, once. */
export function readLook(element: Element): Look {
  const style = getComputedStyle(element);
  const { display, position, zIndex } = style;
  const opacity = Number(style.opacity);
  const isTransformed = style.transform !== 'none';
  const isInline = display === 'inline';
  const isFixed = position === 'fixed';
  const holds = position !== 'static' || isTransformed;
  const isStack = isFixed || isTransformed || zIndex !== 'auto' || opacity < 1 || position === 'sticky';
  return {
    isGone: display === 'none' || opacity < 0.02,
    isHidden: style.visibility !== 'visible',
    hasNoBox: display === 'contents',
    isInline,
    clips: style.overflowX !== 'visible' && !isInline,
    isFixed,
    isAbsolute: position === 'absolute',
    holds,
    order: Number(zIndex) || 0,
    isLayer: holds || isStack,
    isStack,
    isTransformed,
    isRtl: style.direction === 'rtl',
    hidesContent: style.contentVisibility === 'hidden',
    hasImage: style.backgroundImage !== 'none' && !isInline,
    fill: style.backgroundColor,
    color: style.color,
    edges: (['Left', 'Top', 'Right', 'Bottom'] as const).map((side) => {
      const color = style[`border${side}Color`];
      return [isClear(color) || /none|hidden/.test(style[`border${side}Style`]) ? 0 : Math.min(32, Math.ceil(parseFloat(style[`border${side}Width`]))), color];
    }),
    radius: Math.min(1000, parseInt(style.borderTopLeftRadius)),
    fontSize: parseFloat(style.fontSize),
    fontWeight: parseInt(style.fontWeight),
  };
}
