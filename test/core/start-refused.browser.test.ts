/** A start that the clinic refuses because it asks something else by now: the client reads again what that is, and the next try is a new one. */
import { expect } from '@open-wc/testing';
import { CareError, type CareErrorCode } from '../../src/base/care-error.js';
import { err } from '../../src/base/result.js';
import { createChatClient } from '../../src/core/chat-client.js';
import { createLoopbackServer } from '../../src/transports/loopback/loopback-server.js';
import { createLoopbackTransport } from '../../src/transports/loopback/loopback-transport.js';
import type { Transport } from '../../src/transports/transport.js';
import { createFakeClock, settle } from '../support/shared/fake-clock.js';
import { createFakeBrowser, createMemoryPorts } from '../support/shared/memory-ports.js';

describe('a refused start', () => {
  for (const code of ['form-version', 'consent-required', 'rate-limited'] as const satisfies readonly CareErrorCode[]) {
    it(`${code === 'rate-limited' ? 'does not read the settings again after' : 'reads the settings again after'} ${code}, and can be tried again`, async () => {
      const clock = createFakeClock();
      const inner = createLoopbackTransport(createLoopbackServer({ clock }));
      let discoveries = 0;
      let refuse = true;
      const transport: Transport = {
        connect: (handlers) => inner.connect(handlers),
        discover(widgetId) {
          discoveries++;
          return inner.discover(widgetId);
        },
        async request(request) {
          if (!refuse || request.method !== 'POST' || request.path !== '/conversations') return inner.request(request);
          refuse = false;
          return err(new CareError(code));
        },
      };
      const client = createChatClient({ transport, ports: createMemoryPorts(createFakeBrowser(clock)), widgetId: 'main', locale: 'en', client: { name: 'test', version: '0' } });
      await client.load();
      expect(discoveries).to.equal(1);
      const refused = await client.start({});
      expect(!refused.ok && refused.error.code).to.equal(code);
      expect(discoveries).to.equal(code === 'rate-limited' ? 1 : 2);
      expect(client.snapshot.value).to.include({ startError: code, starting: null, phase: 'ready' });
      expect((await client.start({})).ok).to.equal(true);
      await settle();
      expect(client.snapshot.value.startError).to.equal(null);
      client.dispose();
    });
  }
});
