/**
 * Work that looks at the page: when what has changed is laid out and painted, and nothing waits. In an animation frame of its own each look would be part of the task in which the
 * page is laid out and painted, and of its length; between tasks it might come while a layout is due, which then is done for it alone. WebKit has no `requestIdleCallback`.
 */
const deadlineMs = 60;

export const afterPaint: (run: () => void) => void =
  typeof requestIdleCallback === 'function' ? (run) => void requestIdleCallback(run, { timeout: deadlineMs }) : (run) => void requestAnimationFrame(() => setTimeout(run));
