/** Every workaround for a browser's behaviour, each with its source. Nothing here knows of chats. */

/**
 * Safari and Firefox in private windows, sandboxed frames and "block all cookies" make the mere access to `localStorage` or
 * `sessionStorage` throw a SecurityError, and a full one throws at `setItem` (HTML, "The Storage interface"; WebKit bug 157010).
 */
export function storageOrNull(pick: () => Storage): Storage | null {
  try {
    const storage = pick();
    storage.getItem('');
    return storage;
  } catch {
    return null;
  }
}

/**
 * `BroadcastChannel` throws in an opaque origin of some engines and is missing where storage is partitioned away (WebKit bug 161472).
 * Several tabs are a comfort, never a condition: without it each tab follows the server alone.
 */
export function channelOrNull(name: string): BroadcastChannel | null {
  try {
    return new BroadcastChannel(name);
  } catch {
    return null;
  }
}

/** Timers of a page that slept or was throttled fire late; later than this means that the machine slept (PROTOCOL Appendix B). */
export const clockJumpMs = 30_000;
