/**
 * Icons as inline SVG (a strict policy blocks data: images), each one path in a box of 24. All are decoration: the text beside them, or the
 * button's name, says what they mean. Marked pure, so that a bundle carries only those it uses.
 */
import { html, type TemplateResult } from 'lit/html.js';

const icon = (path: string): TemplateResult =>
  html`<svg class="icon" viewBox="0 0 24 24" aria-hidden="true" focusable="false" fill="none" stroke="currentColor" stroke-width="2" stroke-linecap="round" stroke-linejoin="round"><path d=${path}></path></svg>`;

export const sendIcon = /* @__PURE__ */ icon('M5 12h13M12 5.5l6.5 6.5-6.5 6.5');
export const moreIcon = /* @__PURE__ */ icon('M12 5.5v.01M12 12v.01M12 18.5v.01');
export const backIcon = /* @__PURE__ */ icon('M15 5.5 8.5 12l6.5 6.5');
export const downIcon = /* @__PURE__ */ icon('M6 9.5l6 6 6-6');
export const clockIcon = /* @__PURE__ */ icon('M20.5 12a8.5 8.5 0 1 1-17 0 8.5 8.5 0 0 1 17 0zM12 7.5V12l3 2');
export const tickIcon = /* @__PURE__ */ icon('M5 12.5l4.5 4.5L19 7.5');
export const ticksIcon = /* @__PURE__ */ icon('M2.5 12.5l4 4L15 8M11.5 15.5l1.5 1L21.5 8');
export const warnIcon = /* @__PURE__ */ icon('M12 4 2.8 19.5h18.4zM12 10v4.5M12 17v.01');
export const phoneIcon = /* @__PURE__ */ icon('M6.5 3.5h3L11 8 9 9.5a11 11 0 0 0 5.5 5.5l1.5-2 4.5 1.5v3a2 2 0 0 1-2.2 2A17 17 0 0 1 4.5 5.7a2 2 0 0 1 2-2.2z');
export const botIcon = /* @__PURE__ */ icon('M8 8h8a3.5 3.5 0 0 1 3.5 3.5v4A3.5 3.5 0 0 1 16 19H8a3.5 3.5 0 0 1-3.5-3.5v-4A3.5 3.5 0 0 1 8 8zM12 8V4.5M9.3 12.8v.4M14.7 12.8v.4');
export const lockIcon = /* @__PURE__ */ icon('M7.5 10.5h9A2.5 2.5 0 0 1 19 13v4.5a2.5 2.5 0 0 1-2.5 2.5h-9A2.5 2.5 0 0 1 5 17.5V13a2.5 2.5 0 0 1 2.5-2.5zM8 10.5V8a4 4 0 0 1 8 0v2.5');
export const globeIcon = /* @__PURE__ */ icon('M20.5 12a8.5 8.5 0 1 1-17 0 8.5 8.5 0 0 1 17 0zM3.5 12h17M12 3.5c5 5 5 12 0 17M12 3.5c-5 5-5 12 0 17');
export const formIcon = /* @__PURE__ */ icon('M7 3.5h10a2 2 0 0 1 2 2v13a2 2 0 0 1-2 2H7a2 2 0 0 1-2-2v-13a2 2 0 0 1 2-2zM9 9h6M9 13h6M9 17h3');
export const chatIcon = /* @__PURE__ */ icon('M20 11.5a7.5 7.5 0 0 1-11 6.6l-4.5 1.4 1.4-4.3A7.5 7.5 0 1 1 20 11.5z');
export const closeIcon = /* @__PURE__ */ icon('M6.5 6.5l11 11M17.5 6.5l-11 11');
