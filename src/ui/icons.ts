/**
 * Icons as inline SVG (a strict policy blocks data: images), each one path in a box of 24. All are decoration: the text beside them, or the
 * button's name, says what they mean. Marked pure, so that a bundle carries only those it uses. What
 * only a part draws that loads later has a module of its own, or every conversation would carry it.
 */
import { html, type TemplateResult } from 'lit/html.js';

/** One icon from its path. */
export const icon = (path: string): TemplateResult =>
  html`<svg class="icon" viewBox="0 0 24 24" aria-hidden="true" focusable="false" fill="none" stroke="currentColor" stroke-width="2" stroke-linecap="round" stroke-linejoin="round"><path d=${path}></path></svg>`;

export const sendIcon = /* @__PURE__ */ icon('M5 12h13M12 5.5l6.5 6.5-6.5 6.5');
export const moreIcon = /* @__PURE__ */ icon('M12 5.5v.01M12 12v.01M12 18.5v.01');
export const backIcon = /* @__PURE__ */ icon('M15 5.5 8.5 12l6.5 6.5');
export const downIcon = /* @__PURE__ */ icon('M6 9.5l6 6 6-6');
export const clockIcon = /* @__PURE__ */ icon('M20.5 12a8.5 8.5 0 1 1-17 0 8.5 8.5 0 0 1 17 0zM12 7.5V12l3 2');
export const tickIcon = /* @__PURE__ */ icon('M5 12.5l4.5 4.5L19 7.5');
export const ticksIcon = /* @__PURE__ */ icon('M2.5 12.5l4 4L15 8M11.5 15.5l1.5 1L21.5 8');
export const warnIcon = /* @__PURE__ */ icon('M12 4 2.8 19.5h18.4zM12 10v4.5M12 17v.01');
export const chatIcon = /* @__PURE__ */ icon('M20 11.5a7.5 7.5 0 0 1-11 6.6l-4.5 1.4 1.4-4.3A7.5 7.5 0 1 1 20 11.5z');
export const closeIcon = /* @__PURE__ */ icon('M6.5 6.5l11 11M17.5 6.5l-11 11');
