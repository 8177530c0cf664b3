/** The loopback adapter keeps the laws of transports. */
import { createLoopbackServer } from '../../src/transports/loopback/loopback-server.js';
import { createLoopbackTransport } from '../../src/transports/loopback/loopback-transport.js';
import type { LoopbackPeer } from '../../src/transports/loopback/loopback-model.js';
import type { ServerFrame } from '../../src/protocol/types.js';
import { testTransport } from '../contracts/transport.js';
import { createFakeClock, settle } from '../support/shared/fake-clock.js';

testTransport('loopback', async () => {
  const server = createLoopbackServer({ clock: createFakeClock() });
  const peers: LoopbackPeer[] = [];
  const { attach } = server;
  const watched = { ...server, attach: (peer: LoopbackPeer) => (peers.push(peer), attach(peer)) };
  const transport = createLoopbackTransport(watched);
  return {
    transport,
    addresses: [],
    async token() {
      const made = await transport.request({ method: 'POST', path: '/sessions', body: { widgetId: 'main', deviceId: 'd_contract' } });
      return (made.ok && (made.value.body as { accessToken: string }).accessToken) || '';
    },
    push: (raw) => peers.at(-1)?.send(raw as ServerFrame),
    cut: (code) => peers.at(-1)?.close(code),
    settle,
  };
});
