/** Reads the flag "this browser has a live conversation" for the tag, which decides by it, without a request and without a database, whether the core is worth loading before intent. */
import { liveFlagKey } from '../../base/live-flag.js';

/** Whether an earlier page left a live conversation. False where storage is refused (its mere access may throw: `quirks.ts`). */
export function readLiveFlag(widgetId: string): boolean {
  try {
    return localStorage.getItem(liveFlagKey(widgetId)) === '1';
  } catch {
    return false;
  }
}
