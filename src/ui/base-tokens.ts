/**
 * Design tokens. A page sets a handful of public `--care-*` properties on the element; everything else derives from them here, on the
 * root inside the shadow (class `care-root`). Light and dark follow `color-scheme`: the element says `light dark`; a page forces one with
 * `care-chat { color-scheme: light }`.
 *
 * Any brand colour becomes readable (WCAG 2.2, 1.4.3): its OKLCH lightness is bounded so that white text on it, and it as text on every
 * surface of the theme, have at least 4.5:1; hue stays, chroma falls only where it would leave the gamut. The bounds were found by going
 * through the sRGB cube (`test/ui/tokens.browser.test.ts` does so again). In CSS rather than in script: it costs no byte of code, is right at the first
 * paint, and follows when the page changes its brand.
 */
import { css } from './css.js';

/** What the tag needs before its panel has come; `tokens.ts` has the rest. */
export const baseTokens = css`
:host { color-scheme: light dark; }
.care-root {
  --c-brand: var(--care-brand, #0e6660);
  --c-fill: oklch(from var(--c-brand) min(l, .51) c h);
  --c-on: #fff;
  --c-bg: light-dark(#faf7f2, #1a1816);
  --c-text: light-dark(#23201c, #f4efe9);
  --c-line: light-dark(#e5ddd2, #3e3833);
  --c-danger: light-dark(#9b1c18, #ffb4ab);
  --c-danger-bg: light-dark(#fcebe8, #3f1714);
  --c-radius: var(--care-radius, 18px);
  --c-shadow: 0 8px 36px rgb(40 30 20 / .24);
  color: var(--c-text);
  font: var(--care-font-size, 17px) / 1.5 var(--care-font, system-ui, sans-serif);
}
.care-root * { box-sizing: border-box; }
.care-root [hidden] { display: none; }
:focus-visible { outline: 3px solid; outline-offset: 2px; }
`;
