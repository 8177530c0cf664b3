/** Sends what the visitor sent on an earlier page and the server is not known to have: the first message of a chat, or one that was left. The panel need not be open. */
import { backoffMs } from '../../base/backoff.js';
import { refuse } from '../../base/refuse.js';
import { ok } from '../../base/result.js';
import type { ChatClient } from '../../core/api.js';
import { isStartPending, startAgain } from '../../core/start-conversation.js';
import type { Ports } from '../../platform/ports.js';
import type { Transport } from '../../transports/transport.js';
import type { ChatHost } from '../host.js';
import { createMessageBox, type MessageBoxOptions } from './message-box.js';

/** What was sent from where is for who opens the panel. */
const noTab: MessageBoxOptions['tab'] = { read: () => Promise.resolve(), write() {}, clear: () => Promise.resolve() };

/** As much of the element's use of the conversation as is needed. */
interface Session {
  readonly client: ChatClient;
  readonly ports: Ports;
  readonly transport: Pick<Transport, 'request'>;
}

/** Tries until the server has it; what comes back stops that. */
export function sendLeft({ ports, transport, client }: Session, { element, widget: widgetId, lang }: Pick<ChatHost, 'element' | 'widget' | 'lang'>): () => void {
  const { clock, randomness } = ports;
  let cancel = (): void => {};
  const box = createMessageBox({
    ports, transport, widgetId, tab: noTab, locale: lang, isUnseen: true, onChange() {},
    async ready() {
      await client.load();
      const { phase, error } = client.snapshot.value;
      return phase === 'ready' ? ok(undefined) : refuse(error ?? 'network', { retryable: true });
    },
  });
  const begin = async (tried: number): Promise<void> => {
    // In an open panel the visitor sees what went wrong, and has the button.
    if ((await startAgain(client, ports)) && !element.opened) cancel = clock.setTimer(() => void begin(tried + 1), backoffMs(tried, { random: () => randomness.unit() }));
  };
  void isStartPending(ports).then((isPending) => (isPending ? begin(0) : box.resume()));
  return () => {
    cancel();
    box.dispose();
  };
}
