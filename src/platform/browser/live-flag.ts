/** Reads, for the tag, what decides without a request and without a database whether the core is worth loading before intent. */
import { liveFlagKey } from '../../base/live-flag.js';

/** Whether an earlier page left a live conversation or a message that has not been sent, or in this tab a symptom check; `-`: what `localStorage` did not take (`flag-store.ts`). False where storage is refused (its mere access may throw: `quirks.ts`). */
export function readLiveFlag(widgetId: string): boolean {
  const key = liveFlagKey(widgetId);
  try {
    return !!(sessionStorage[key] || +sessionStorage[`${key}-`] || +localStorage[key]);
  } catch {
    return false;
  }
}
