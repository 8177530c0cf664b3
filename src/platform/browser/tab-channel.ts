/** Messages among the tabs of one browser and origin; silence where there is no BroadcastChannel. */
import type { TabChannel } from '../ports.js';
import { channelOrNull } from './quirks.js';

/**
 * Opens the channel with the first listener or message. A page that is left has none until it is shown again: a message that came to it would throw it
 * out of the back/forward cache.
 */
export function createTabChannel(name: string): TabChannel {
  /** Null: there is none to be had, or none now. */
  let channel: BroadcastChannel | null | undefined;
  const listeners = new Set<(message: unknown) => void>();
  const hear = ({ data }: MessageEvent): void => listeners.forEach((listener) => listener(data));
  const leave = (): void => {
    channel?.close();
    channel = null;
  };
  const open = (): void => {
    channel = channelOrNull(name);
    channel?.addEventListener('message', hear);
  };
  const begin = (): void => {
    if (channel !== undefined) return;
    open();
    addEventListener('pagehide', leave);
    addEventListener('pageshow', come, true);
  };
  const come = ({ persisted }: PageTransitionEvent): void => void (persisted && open());
  return {
    post(message) {
      begin();
      channel?.postMessage(message);
    },
    onMessage(listener) {
      listeners.add(listener);
      begin();
      return () => void listeners.delete(listener);
    },
    close() {
      leave();
      channel = undefined;
      removeEventListener('pagehide', leave);
      removeEventListener('pageshow', come, true);
    },
  };
}
