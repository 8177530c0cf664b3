/** The one place with `setTimeout` and `Date.now`. */
import type { Clock } from '../ports.js';

/** Wall clock and timers of the browser. A delay over 2^31 − 1 ms would fire at once (HTML, "timer initialisation steps"), so it is cut. */
export function createBrowserClock(): Clock {
  return {
    now: () => Date.now(),
    setTimer(run, delayMs) {
      const id = setTimeout(run, Math.min(Math.max(0, delayMs), 2 ** 31 - 1));
      return () => clearTimeout(id);
    },
  };
}
