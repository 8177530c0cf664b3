/** Sends a message that was left and has not reached the server, on a page whose panel nobody opens: the visitor pressed send on an earlier one. */
import { refuse } from '../../base/refuse.js';
import { ok } from '../../base/result.js';
import type { ChatClient } from '../../core/api.js';
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
export function sendLeft({ ports, transport, client }: Session, { widget: widgetId, lang }: Pick<ChatHost, 'widget' | 'lang'>): () => void {
  const box = createMessageBox({
    ports, transport, widgetId, tab: noTab, locale: lang, isUnseen: true, onChange() {},
    async ready() {
      await client.load();
      const { phase, error } = client.snapshot.value;
      return phase === 'ready' ? ok(undefined) : refuse(error ?? 'network', { retryable: true });
    },
  });
  void box.resume();
  return box.dispose;
}
