/** Who we are: one refresh at a time, other tabs' refreshes taken over, expiry by the server's clock. */
import { expect } from '@open-wc/testing';
import { ok } from '../../src/base/result.js';
import { createSession } from '../../src/core/session.js';
import { parseVisitorSession } from '../../src/protocol/parse-rest.js';
import { createLoopbackServer } from '../../src/transports/loopback/loopback-server.js';
import { createLoopbackTransport } from '../../src/transports/loopback/loopback-transport.js';
import { createFakeClock } from '../support/shared/fake-clock.js';
import { type FakeBrowser, createFakeBrowser, createMemoryPorts } from '../support/shared/memory-ports.js';

let browser: FakeBrowser;
let paths: string[];
let seed = 0;
let skewMs = 0;
let server: ReturnType<typeof createLoopbackServer>;

const open = (ports = createMemoryPorts(browser, ++seed)) => {
  const inner = createLoopbackTransport(server);
  const transport = { ...inner, request: (...args: Parameters<typeof inner.request>) => (paths.push(args[0].path), inner.request(...args)) };
  return { ports, session: createSession({ ports, transport, ready: () => Promise.resolve(ok(undefined)), parse: parseVisitorSession, opening: (deviceId) => ({ path: '/sessions', body: { widgetId: 'main', deviceId } }) }) };
};

describe('session', () => {
  beforeEach(() => {
    const clock = createFakeClock();
    browser = createFakeBrowser(clock);
    paths = [];
    skewMs = 0;
    server = createLoopbackServer({ clock: { ...clock, now: () => clock.now() + skewMs } });
  });

  it('opens one session however many ask at once', async () => {
    const { session } = open();
    const tokens = await Promise.all([session.token(), session.token(), session.renew()]);
    expect(paths).to.deep.equal(['/sessions']);
    expect(new Set(tokens.map((token) => token.ok && token.value)).size).to.equal(1);
  });
  it('refreshes half a minute before the end, and not before', async () => {
    const { session } = open();
    await session.token();
    browser.clock.jump(569_000);
    await session.token();
    expect(paths).to.deep.equal(['/sessions']);
    browser.clock.jump(2000);
    await session.token();
    expect(paths).to.deep.equal(['/sessions', '/sessions/refresh']);
  });
  for (const [what, skew] of [['an hour ahead', 3_600_000], ['an hour behind', -3_600_000], ['a day ahead', 86_400_000], ['a day behind', -86_400_000]] as const) {
    it(`judges expiry by the server's clock, which is ${what}`, async () => {
      skewMs = skew;
      const { session } = open();
      await session.token();
      await session.token();
      expect(paths).to.deep.equal(['/sessions']);
      browser.clock.jump(600_000);
      await session.token();
      expect(paths).to.deep.equal(['/sessions', '/sessions/refresh']);
    });
  }
  it('takes over what another tab has refreshed already', async () => {
    const one = open();
    await one.session.token();
    const two = open();
    await two.session.restore();
    browser.clock.jump(600_000);
    const first = await one.session.token();
    paths.length = 0;
    expect(await two.session.token()).to.deep.equal(first);
    expect(paths).to.deep.equal([]);
  });
  it('stays the device whose tokens it has, where the store answers for them only', async () => {
    const one = open();
    await one.session.token();
    const device = await one.session.deviceId();
    const ports = createMemoryPorts(browser, ++seed);
    const { get } = ports.vault;
    const two = open({ ...ports, vault: { ...ports.vault, get: (key) => (key === 'device' ? Promise.resolve(undefined) : get(key)) } });
    await two.session.token();
    expect(await two.session.deviceId()).to.equal(device);
  });
  it('sends a request once more with a fresh token where the server found it expired', async () => {
    const { session } = open();
    await session.token();
    skewMs = 700_000;
    const answer = await session.request({ method: 'GET', path: '/conversations' });
    expect(answer.ok).to.equal(true);
    expect(paths).to.deep.equal(['/sessions', '/conversations', '/sessions/refresh', '/conversations']);
  });
  it('keeps the device over pages, and the tab over pages of one tab only', async () => {
    const first = open();
    const device = await first.session.deviceId();
    const copied = createMemoryPorts(browser, ++seed);
    // A duplicated tab begins with a copy of the tab's storage.
    for (const key of ['care-chat:tab']) if (first.ports.tabFlags.get(key)) copied.tabFlags.set(key, first.ports.tabFlags.get(key)!);
    const duplicate = open(copied);
    expect(duplicate.session.tabId).not.to.equal(first.session.tabId);
    expect(await duplicate.session.deviceId()).to.equal(device);
    first.ports.page.hide();
    expect(first.ports.tabFlags.get('care-chat:tab'), 'of somebody without a session').to.equal(null);
    await first.session.token();
    first.ports.page.hide();
    const next = open({ ...createMemoryPorts(browser, ++seed), tabFlags: first.ports.tabFlags });
    expect(next.session.tabId).to.equal(first.session.tabId);
  });
});
