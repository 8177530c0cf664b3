/** The looks of an element. Of the page's CSS only computed colours, lengths and keywords are looked at; only numbers go on from here. */

export const { ceil, max, min, round } = Math;
export const time = (): number => performance.now();

export const isClear = (color: string): boolean => /^rgba.* 0\)$|\/ 0\)$/.test(color);
/** Green is most of what the eye takes for light. */
export const isLight = (rgb: number): boolean => (rgb & 0x8000) > 0;

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

/** The lines around a box: left, top, right, bottom. */
export const edgesOf = (style: CSSStyleDeclaration): readonly (readonly [width: number, color: string])[] =>
  (['Left', 'Top', 'Right', 'Bottom'] as const).map((side) => {
    const color = style[`border${side}Color`];
    return [isClear(color) || /none|hidden/.test(style[`border${side}Style`]) ? 0 : min(32, ceil(parseFloat(style[`border${side}Width`]))), color];
  });
