/** A lock: what is written stays with the clinic. Apart from `icons.ts`, which every conversation carries. */
import { icon } from './icons.js';

export const lockIcon = /* @__PURE__ */ icon('M7.5 10.5h9A2.5 2.5 0 0 1 19 13v4.5a2.5 2.5 0 0 1-2.5 2.5h-9A2.5 2.5 0 0 1 5 17.5V13a2.5 2.5 0 0 1 2.5-2.5zM8 10.5V8a4 4 0 0 1 8 0v2.5');
