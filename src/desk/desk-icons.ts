/** Icons only the desk needs, in the style of the shared ones: decoration, named by the text or the button around them. */
import { svg, html, type TemplateResult } from 'lit/html.js';

const icon = (content: TemplateResult<2>): TemplateResult => html`<svg class="icon" viewBox="0 0 24 24" aria-hidden="true" focusable="false" fill="none" stroke="currentColor" stroke-width="2" stroke-linecap="round" stroke-linejoin="round">${content}</svg>`;

export const soundOnIcon = icon(svg`<path d="M4.5 9.5v5h3.5l4.5 4V5.5L8 9.5zM16 9a4 4 0 0 1 0 6M18.5 6.5a8 8 0 0 1 0 11"/>`);
export const soundOffIcon = icon(svg`<path d="M4.5 9.5v5h3.5l4.5 4V5.5L8 9.5zM16.5 9.5l5 5M21.5 9.5l-5 5"/>`);
export const keyboardIcon = icon(svg`<rect x="2.5" y="6" width="19" height="12.5" rx="2.5"/><path d="M6.5 10v.01M10 10v.01M14 10v.01M17.5 10v.01M8 14.5h8"/>`);
export const eyeIcon = icon(svg`<path d="M2.5 12S6 5.5 12 5.5 21.5 12 21.5 12 18 18.5 12 18.5 2.5 12 2.5 12z"/><circle cx="12" cy="12" r="2.8"/>`);
export const eyeOffIcon = icon(svg`<path d="M4 8.5C3 10 2.5 12 2.5 12S6 18.5 12 18.5c1.6 0 3-.4 4.2-1M9.5 5.8A9 9 0 0 1 12 5.5c6 0 9.5 6.5 9.5 6.5s-.7 1.5-2.2 3.1M4 4l16 16"/>`);
export const searchIcon = icon(svg`<circle cx="11" cy="11" r="6.5"/><path d="m20 20-4.3-4.3"/>`);
export const handOverIcon = icon(svg`<path d="M4 8.5h13.5M14 5l3.5 3.5L14 12M20 15.5H6.5M10 12l-3.5 3.5L10 19"/>`);
export const infoIcon = icon(svg`<circle cx="12" cy="12" r="8.5"/><path d="M12 11v5M12 8v.01"/>`);
export const slashIcon = icon(svg`<rect x="4" y="4" width="16" height="16" rx="4"/><path d="m13.8 8-3.6 8"/>`);
export const signOutIcon = icon(svg`<path d="M10 4.5H6.5a2 2 0 0 0-2 2v11a2 2 0 0 0 2 2H10M14.5 8l4 4-4 4M18.5 12H9.5"/>`);
/** The clinic's rose-free mark of the desk: a speech bubble with a plus. */
export const deskMark = html`<svg class="mark" viewBox="0 0 32 32" aria-hidden="true" focusable="false"><path fill="currentColor" d="M16 3.5c7.2 0 12.5 4.9 12.5 11.3S23.2 26 16 26c-1.3 0-2.5-.1-3.7-.4L6 29v-5.8c-2.1-2.1-3.5-5-3.5-8.4C2.5 8.4 8.8 3.5 16 3.5z"/><path class="mark-cross" d="M16 9.5v10.5M10.8 14.7h10.4" fill="none" stroke-width="3" stroke-linecap="round"/></svg>`;
