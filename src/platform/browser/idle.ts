/** Work that may wait until the page has nothing better to do. WebKit has no `requestIdleCallback`: there, a timer after the load event's work. */

const fallbackDelayMs = 1500;
const deadlineMs = 5000;

/** Runs `run` once when the page is idle, at the latest after 5 s; returns the way to cancel. */
export function whenIdle(run: () => void): () => void {
  let wanted = true;
  (globalThis.requestIdleCallback ?? ((then: () => void) => setTimeout(then, fallbackDelayMs)))(() => wanted && run(), { timeout: deadlineMs });
  return () => {
    wanted = false;
  };
}
