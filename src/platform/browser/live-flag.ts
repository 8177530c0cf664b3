/**
 * A flag in clear storage that says "this browser has a live conversation": no id, no content. It lets the tag decide, without a request
 * and without opening a database, whether the core is worth loading before the visitor shows intent.
 */

/** Name of the flag of a widget in `localStorage`. */
export const liveFlagKey = (widgetId: string): string => `care-chat:live:${widgetId}`;

/** Whether an earlier page left a live conversation. False where storage is refused (its mere access may throw: `quirks.ts`). */
export function readLiveFlag(widgetId: string): boolean {
  try {
    return localStorage.getItem(liveFlagKey(widgetId)) === '1';
  } catch {
    return false;
  }
}
