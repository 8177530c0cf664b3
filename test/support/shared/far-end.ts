/** The far end of an adapter for the protocol's own wires, as the contract of transports wants it. */
import type { Transport } from '../../../src/transports/transport.js';
import type { FarEnd } from '../../contracts/transport.js';
import { settle } from './fake-clock.js';
import type { WireServer } from './wire-server.js';

/** Joins an adapter and its server. */
export const toFarEnd = (far: WireServer, transport: Transport): FarEnd => ({
  transport,
  addresses: far.addresses,
  async token() {
    const made = await transport.request({ method: 'POST', path: '/sessions', body: { widgetId: 'main', deviceId: 'd_contract' } });
    return (made.ok && (made.value.body as { accessToken: string }).accessToken) || '';
  },
  push: (raw) => far.push(typeof raw === 'string' ? raw : JSON.stringify(raw)),
  cut: far.cut,
  settle: () => settle(400),
});
