/** The looks of an element. Of the page's CSS only computed colours, lengths and keywords are looked at; only numbers go on from here. */

const kept = ['display', 'position', 'zIndex', 'opacity', 'visibility', 'overflowX', 'transform', 'direction', 'contentVisibility'] as const;
const painted = ['backgroundColor', 'color', 'borderTopLeftRadius', 'fontSize', 'fontWeight'] as const;

/** Where and whether something is. */
export type Look = Readonly<Pick<CSSStyleDeclaration, (typeof kept)[number]>>;
/** What it looks like: only needed near the window. */
export type Paint = Readonly<Pick<CSSStyleDeclaration, (typeof painted)[number]>> & {
  /** Whether a picture or a gradient is behind it; which one is not looked at. */
  readonly hasImage: boolean;
  /** Left, top, right, bottom. */
  readonly edges: readonly (readonly [width: number, color: string])[];
};

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

const read = <Name extends keyof CSSStyleDeclaration>(style: CSSStyleDeclaration, names: readonly Name[]): Pick<CSSStyleDeclaration, Name> =>
  Object.fromEntries(names.map((name) => [name, style[name]])) as Pick<CSSStyleDeclaration, Name>;

export const readLook = (element: Element): Look => read(getComputedStyle(element), kept);

export function readPaint(element: Element): Paint {
  const style = getComputedStyle(element);
  return {
    ...read(style, painted),
    hasImage: style.backgroundImage !== 'none',
    edges: (['Left', 'Top', 'Right', 'Bottom'] as const).map((side) => {
      const color = style[`border${side}Color`];
      return [isClear(color) || /none|hidden/.test(style[`border${side}Style`]) ? 0 : Math.min(32, Math.ceil(parseFloat(style[`border${side}Width`]))), color];
    }),
  };
}
