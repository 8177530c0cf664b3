/** The assistant's icon, apart from `icons.ts`: it comes with a bot's first turn. */
import { icon } from './icons.js';

export const botIcon = icon('M8 8h8a3.5 3.5 0 0 1 3.5 3.5v4A3.5 3.5 0 0 1 16 19H8a3.5 3.5 0 0 1-3.5-3.5v-4A3.5 3.5 0 0 1 8 8zM12 8V4.5M9.3 12.8v.4M14.7 12.8v.4');
