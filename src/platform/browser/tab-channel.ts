/** Messages among the tabs of one browser and origin; silence where there is no BroadcastChannel. */
import type { TabChannel } from '../ports.js';
import { channelOrNull } from './quirks.js';

/** Opens the channel with the first listener or message. */
export function createTabChannel(name: string): TabChannel {
  let channel: BroadcastChannel | null | undefined;
  const open = (): BroadcastChannel | null => (channel === undefined ? (channel = channelOrNull(name)) : channel);
  return {
    post(message) {
      open()?.postMessage(message);
    },
    onMessage(listener) {
      const run = (event: MessageEvent): void => listener(event.data);
      const opened = open();
      opened?.addEventListener('message', run);
      return () => opened?.removeEventListener('message', run);
    },
    close() {
      channel?.close();
      channel = undefined;
    },
  };
}
