/** The WebSocket adapter: the laws of transports, and what it makes of servers that are none. */
import { expect } from '@open-wc/testing';
import { createWebSocketTransport } from '../../src/transports/websocket/websocket-transport.js';
import { parseServerUrl } from '../../src/transports/server-url.js';
import { testTransport } from '../contracts/transport.js';
import { createFakeClock, settle } from '../support/shared/fake-clock.js';
import { toFarEnd } from '../support/shared/far-end.js';
import { createWireServer } from '../support/shared/wire-server.js';

testTransport('websocket', async () => {
  const far = createWireServer({ clock: createFakeClock() });
  return toFarEnd(far, createWebSocketTransport({ server: 'https://chat.clinic.test/', network: far.network }));
});

const create = (server = 'https://chat.clinic.test') => {
  const far = createWireServer({ clock: createFakeClock() });
  return { far, transport: createWebSocketTransport({ server, network: far.network }) };
};

describe('websocket transport', () => {
  for (const [address, code] of [
    ['http://chat.clinic.test', 'insecure-server'], ['ws://chat.clinic.test', 'insecure-server'], ['http://192.168.1.9:8080', 'insecure-server'], ['http://localhost.evil.test', 'insecure-server'],
    ['https://user:pw@chat.clinic.test', 'insecure-server'], ['javascript:alert(1)', 'insecure-server'], ['/relative', 'config-invalid'], ['', 'config-invalid'],
  ] as const) {
    it(`refuses ${address || 'an empty address'} as ${code}, without a request`, async () => {
      const { far, transport } = create(address);
      const found = await transport.discover('main');
      expect(!found.ok && found.error.code).to.equal(code);
      expect(far.addresses).to.deep.equal([]);
    });
  }
  for (const address of ['https://chat.clinic.test/sub/', 'http://localhost:8080', 'http://127.0.0.1:9', 'http://[::1]:9', 'http://demo.localhost']) {
    it(`accepts ${address}`, () => expect(parseServerUrl(address).ok).to.equal(true));
  }
  it('keeps the path of the server', async () => {
    const { far, transport } = create('https://clinic.test/chat/');
    await transport.discover('a b');
    expect(far.addresses).to.deep.equal(['https://clinic.test/chat/.well-known/care-chat?widget=a%20b']);
  });
  for (const change of [{ rest: 'http://evil.test/v1' }, { ws: 'ws://evil.test/ws' }, { ws: 'https://chat.clinic.test/v1/ws' }]) {
    it(`refuses a discovery that leads to ${JSON.stringify(change)}`, async () => {
      const { far, transport } = create();
      far.discovery = change;
      const found = await transport.discover('main');
      expect(!found.ok && found.error.code).to.equal('insecure-server');
    });
  }
  for (const [what, answer] of [
    ['a page of a captive portal', { status: 200, text: '<!doctype html><title>Sign in</title>' }],
    ['a page of a proxy', { status: 502, text: '<html>Bad gateway</html>' }],
    ['a page for what is not there', { status: 404, text: '<html>Not found</html>' }],
  ] as const) {
    it(`takes ${what} for no answer of the server, and worth another try`, async () => {
      const { far, transport } = create();
      far.replace = () => answer;
      const found = await transport.discover('main');
      expect(!found.ok && [found.error.code, found.error.retryable]).to.deep.equal(['bad-answer', true]);
    });
  }
  it('tells an answer that came too late from none', async () => {
    const { far, transport } = create();
    far.replace = () => new DOMException('late', 'TimeoutError');
    const late = await transport.discover('main');
    expect(!late.ok && [late.error.code, late.error.retryable]).to.deep.equal(['timeout', true]);
    far.replace = () => new TypeError('offline');
    const none = await transport.discover('main');
    expect(!none.ok && [none.error.code, none.error.retryable]).to.deep.equal(['network', true]);
  });
  it('reads how long to wait from the header', async () => {
    const { far, transport } = create();
    await transport.discover('main');
    far.replace = () => ({ status: 503, text: JSON.stringify({ status: 503, code: 'overloaded', type: '', title: '' }), headers: { 'retry-after': '7' } });
    const answer = await transport.request({ method: 'GET', path: '/conversations' });
    expect(!answer.ok && [answer.error.code, answer.error.retryAfterMs, answer.error.retryable]).to.deep.equal(['overloaded', 7000, true]);
    const waitOf = async (header: string): Promise<number | undefined> => {
      far.replace = () => ({ status: 503, text: '{"status":503,"code":"overloaded","type":"","title":""}', headers: { 'retry-after': header } });
      const refused = await transport.request({ method: 'GET', path: '/conversations' });
      return refused.ok ? undefined : refused.error.retryAfterMs;
    };
    expect(await waitOf(new Date(Date.now() + 60_000).toUTCString())).to.be.within(50_000, 60_000);
    expect(await waitOf(new Date(Date.now() - 60_000).toUTCString())).to.equal(undefined);
    expect(await waitOf('soon')).to.equal(undefined);
  });
  it('is not ready before discovery, on both ways', async () => {
    const { transport } = create();
    const answer = await transport.request({ method: 'GET', path: '/conversations' });
    expect(!answer.ok && answer.error.code).to.equal('not-ready');
    const closes: number[] = [];
    transport.connect({ onopen() {}, onframe() {}, onbadframe() {}, onclose: ({ code }) => closes.push(code) });
    expect(closes).to.deep.equal([]);
    await settle();
    expect(closes).to.deep.equal([1006]);
  });
});
