/** The buttons: what the tag needs before its panel has come, apart from `styles.ts` so that a page does not pay for the rest. */
import { css } from './css.js';

export const buttonStyles = css`
.button { min-block-size: 48px; padding: .5em 1.25em; border: 1px solid #0000; border-radius: 99px; background: var(--c-fill); color: var(--c-on); font: inherit; font-weight: 600; cursor: pointer; }
.icon-button { display: grid; place-items: center; inline-size: 44px; block-size: 44px; padding: 0; border: 0; border-radius: 50%; background: #0000; color: inherit; cursor: pointer; }
`;
