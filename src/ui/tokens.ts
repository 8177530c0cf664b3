/** The rest of the design tokens and resets (`base-tokens.ts` explains them): what the panel and the desk need. */
import { baseTokens } from './base-tokens.js';
import { css } from './css.js';

export const moreTokens = css`
.care-root {
  --c-ink: light-dark(oklch(from var(--c-brand) min(l, .47) c h), oklch(from var(--c-brand) max(l, .8) min(c, .1) h));
  --c-surface: light-dark(#fff, #24211e);
  --c-bubble: light-dark(#f0eae1, #332e2a);
  --c-muted: light-dark(#5d564d, #c0b6ab);
  --c-edge: light-dark(#857a6d, #92877b);
  --c-notice: light-dark(#6a4500, #f3d48b);
  --c-notice-bg: light-dark(#fbf1d6, #3a2e12);
  --c-good: light-dark(#1d7444, #7fd6a0);
  --c-tint: color-mix(in srgb, var(--c-ink) 9%, transparent);
  font-weight: 400;
  text-align: start;
  text-transform: none;
  letter-spacing: normal;
  word-spacing: normal;
  white-space: normal;
  -webkit-text-size-adjust: 100%;
  -webkit-tap-highlight-color: transparent;
}
.care-root ::before, .care-root ::after { box-sizing: border-box; }
.care-root :focus-visible { outline-color: var(--c-ink); }
.care-root [hidden] { display: none !important; }
.care-root button, .care-root a { touch-action: manipulation; }
@media (forced-colors: active) {
  .care-root :focus-visible { outline-color: Highlight; }
}
@media (prefers-reduced-motion: reduce) {
  .care-root *, .care-root ::before, .care-root ::after { animation-duration: 1ms !important; transition: none !important; }
  .care-root * { animation-iteration-count: 1 !important; scroll-behavior: auto !important; }
}
`;

/** All tokens, in one text. */
export const tokens = baseTokens + moreTokens;
