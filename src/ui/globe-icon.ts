/** A globe: languages, and what is elsewhere on the web. Apart from `icons.ts`, which every conversation carries. */
import { icon } from './icons.js';

export const globeIcon = /* @__PURE__ */ icon('M20.5 12a8.5 8.5 0 1 1-17 0 8.5 8.5 0 0 1 17 0zM3.5 12h17M12 3.5c5 5 5 12 0 17M12 3.5c-5 5-5 12 0 17');
