/** Styles of a bot's turn and of the line that says who answers. */
import { css } from './css.js';

export const botStyles = css`
.avatar.bot { border-radius: 30%; }
.bot-choices { display: flex; flex-wrap: wrap; gap: .5em; max-inline-size: min(100%, 36em); margin-block-start: .5em; border-radius: calc(var(--c-radius) * .6); }
.bot-choices:focus { outline: none; }
.bot-choices:focus-visible { outline: 2px solid var(--c-ink); outline-offset: 3px; }
.bot-choices .button { max-inline-size: 100%; min-block-size: 40px; overflow-wrap: anywhere; text-align: start; }
.bot-chosen { display: flex; gap: .4em; flex-basis: 100%; padding-inline: .35em; color: var(--c-muted); font-size: .88em; line-height: 1.4; overflow-wrap: anywhere; }
.bot-chosen.yes { color: var(--c-ink); font-weight: 600; }
.bot-problem { flex-basis: 100%; margin: 0; color: var(--c-danger); font-size: .88em; font-weight: 600; }
.bot-line { display: flex; flex-wrap: wrap; align-items: center; justify-content: space-between; gap: .4em .75em; padding: .5em 1em; border-block-start: 1px solid var(--c-line); font-size: .92em; }
.bot-line p { display: flex; align-items: center; gap: .5em; margin: 0; color: var(--c-muted); }
.bot-line .bot-problem { color: var(--c-danger); }
`;
