/** A bad network out of a seed: every kind of fault that the proxy has and a network can have, each now and then. */
import type { Rule } from '../../../src/conformance/proxy/rules.js';
import type { SeededRandom } from '../../../src/conformance/random.js';

/** Frames cannot vanish or change places inside one TCP connection, so there is no `drop` and no `reorder` here. */
const kinds: readonly ((random: SeededRandom) => Rule)[] = [
  // The answer to a submit, before or after the client has it.
  (random) => ({ match: { on: 'frame-to-client', t: 'ok', has: '/d/cmid', probability: 0.01 + random.unit() / 50 }, action: { do: 'cut', how: random.unit() < 0.5 ? 'rst' : 'fin', when: random.unit() < 0.7 ? 'before' : 'after' } }),
  (random) => ({ match: { on: 'frame-to-server', t: 'submit', probability: 0.01 + random.unit() / 50 }, action: { do: 'cut', how: random.unit() < 0.5 ? 'rst' : 'fin', when: random.unit() < 0.5 ? 'before' : 'after' } }),
  () => ({ match: { on: 'frame-to-server', t: 'submit', probability: 0.01 }, action: { do: 'tear' } }),
  () => ({ match: { on: 'frame-to-client', t: ['event', 'events'], probability: 0.01 }, action: { do: 'tear', how: 'rst' } }),
  () => ({ match: { on: 'frame-to-client', t: ['event', 'events'], probability: 0.02 }, action: { do: 'duplicate' } }),
  () => ({ match: { on: 'frame-to-client', t: 'welcome', probability: 0.1 }, action: { do: 'cut' } }),
  (random) => ({ match: { on: 'frame-to-server', probability: 0.001 }, action: { do: 'swallow', direction: random.unit() < 0.5 ? 'to-server' : 'both' } }),
  () => ({ match: { on: 'frame-to-client', probability: 0.001 }, action: { do: 'swallow' } }),
  (random) => ({ match: { on: random.unit() < 0.5 ? 'frame-to-client' : 'frame-to-server', probability: 0.01 }, action: { do: 'delay', delayMs: 0, jitterMs: 300 } }),
  () => ({ match: { on: 'frame-to-client', probability: 0.0005 }, action: { do: 'delay', delayMs: 2000, jitterMs: 1500 } }),
  (random) => ({ match: { on: 'ws-connect', probability: 0.05 }, action: { do: 'slice', segmentBytes: 1 + Math.floor(random.unit() * 40), bytesPerSecond: 20_000 } }),
  () => ({ match: { on: 'ws-connect', probability: 0.1 }, action: { do: 'refuse' } }),
  () => ({ match: { on: 'ws-connect', probability: 0.05 }, action: { do: 'refuse', status: 503 } }),
  () => ({ match: { on: 'ws-connect', probability: 0.02 }, action: { do: 'swallow' } }),
  () => ({ match: { on: 'http-request', method: 'POST', probability: 0.03 }, action: { do: 'cut', how: 'rst' } }),
  () => ({ match: { on: 'http-request', method: 'POST', path: '/v1/streams/*', probability: 0.03 }, action: { do: 'cut', when: 'after' } }),
  () => ({ match: { on: 'http-request', method: 'POST', path: '/v1/streams/*', probability: 0.05 }, action: { do: 'duplicate' } }),
  () => ({ match: { on: 'http-request', probability: 0.02 }, action: { do: 'respond', status: 200, text: '<title>Log in to the network</title>' } }),
  () => ({ match: { on: 'http-request', probability: 0.03 }, action: { do: 'respond', status: 503, headers: { 'retry-after': '1' } } }),
  () => ({ match: { on: 'http-response', probability: 0.03 }, action: { do: 'cut', how: 'rst' } }),
  () => ({ match: { on: 'http-response', probability: 0.02 }, action: { do: 'tear' } }),
  () => ({ match: { on: 'http-response', probability: 0.01 }, action: { do: 'swallow' } }),
  (random) => ({ match: { on: 'bytes', probability: 0.002, direction: random.unit() < 0.5 ? 'to-client' : 'to-server' }, action: { do: 'tear', how: random.unit() < 0.5 ? 'rst' : 'fin' } }),
  (random) => ({ match: { on: 'time', afterMs: 200 + random.unit() * 1500, probability: 0.2 }, action: { do: 'cut', how: 'rst' } }),
];

/** A handful of kinds at a time. */
export const randomFaults = (random: SeededRandom): readonly Rule[] => kinds.filter(() => random.unit() < 0.3).map((make) => make(random));
