/** The laws of `src/transports/transport.ts`, run against every adapter. An adapter's own test gives the far end. */
import { expect } from '@open-wc/testing';
import type { LinkClosed, ParsedFrame, Transport } from '../../src/transports/transport.js';
import type { HelloBody } from '../../src/protocol/types.js';

/** The other side of an adapter, as far as the contract needs it. */
export interface FarEnd {
  readonly transport: Transport;
  /** A token with which a hello is welcomed. */
  token(): Promise<string>;
  /** Sends this to the client as it is: an object as a frame, a string as raw text. */
  push(raw: unknown): void;
  /** Ends the connection from the far side. */
  cut(code: number): void;
  /** Every address that was asked for. */
  readonly addresses: readonly string[];
  settle(): Promise<void>;
}

interface Observed {
  readonly events: string[];
  readonly frames: ParsedFrame[];
  readonly closes: LinkClosed[];
}

const hello = (token: string): HelloBody => ({ v: ['1'], caps: [], token, deviceId: 'd_contract', tabId: 't_1', client: { name: 't', version: '0' }, resume: [] });

/** Declares the suite. */
export function testTransport(name: string, create: () => Promise<FarEnd>): void {
  describe(`transport contract: ${name}`, () => {
    let far: FarEnd;
    const connect = (): { readonly seen: Observed; readonly link: ReturnType<Transport['connect']> } => {
      const seen: Observed = { events: [], frames: [], closes: [] };
      const link = far.transport.connect({
        onopen: () => seen.events.push('open'),
        onframe: (frame) => (seen.events.push(frame.t), seen.frames.push(frame)),
        onbadframe: (t) => seen.events.push(`bad ${String(t)}`),
        onclose: (closed) => (seen.events.push('close'), seen.closes.push(closed)),
      });
      return { seen, link };
    };
    const live = async () => {
      const made = connect();
      await far.settle();
      made.link.send({ t: 'hello', id: 1, d: hello(await far.token()) });
      await far.settle();
      return made;
    };
    beforeEach(async () => {
      far = await create();
      const found = await far.transport.discover('main');
      expect(found.ok).to.equal(true);
    });

    it('discovers, and answers an unknown widget with its code', async () => {
      const unknown = await far.transport.discover('nobody');
      expect(!unknown.ok && unknown.error.code).to.equal('widget-unknown');
    });
    it('connects later, never at once', async () => {
      const { seen } = connect();
      expect(seen.events).to.deep.equal([]);
      await far.settle();
      expect(seen.events).to.deep.equal(['open']);
    });
    it('carries hello and welcome', async () => {
      const { seen } = await live();
      expect(seen.frames[0]?.t).to.equal('welcome');
    });
    it('drops a frame on a link that is not open, and says so', async () => {
      const { link } = connect();
      expect(link.send({ t: 'ping', d: { n: 1 } })).to.equal(false);
      await far.settle();
      expect(link.send({ t: 'ping', d: { n: 1 } })).to.equal(true);
      link.close();
      await far.settle();
      expect(link.send({ t: 'ping', d: { n: 1 } })).to.equal(false);
    });
    it('closes exactly once after close(), and is silent afterwards', async () => {
      const { seen, link } = await live();
      link.close();
      link.close();
      await far.settle();
      const after = seen.events.length;
      far.push({ t: 'ping', d: { n: 1 } });
      far.cut(1011);
      await far.settle();
      expect(seen.closes.length).to.equal(1);
      expect(seen.events.length).to.equal(after);
      expect(seen.events.at(-1)).to.equal('close');
    });
    it('closes exactly once when the far side ends it, with its code', async () => {
      const { seen, link } = await live();
      far.cut(4503);
      await far.settle();
      link.close();
      await far.settle();
      expect(seen.closes.map(({ code }) => code)).to.deep.equal([4503]);
    });
    it('may be closed before it is open', async () => {
      const { seen, link } = connect();
      link.close();
      await far.settle();
      expect(seen.events).to.deep.equal(['close']);
    });
    it('keeps the order of frames, and reports what it cannot read by its type only', async () => {
      const { seen } = await live();
      seen.events.length = 0;
      far.push({ t: 'ping', d: { n: 1 } });
      far.push({ t: 'event', d: { secret: 'never shown' } });
      far.push({ t: 'notice', d: { code: 'sunset' } });
      far.push({ t: 'x-vendor.new', d: {} });
      far.push({ t: 'pong', d: { n: 2 } });
      await far.settle();
      expect(seen.events).to.deep.equal(['ping', 'bad event', 'notice', 'bad x-vendor.new', 'pong']);
    });
    it('answers requests with a value or an error, and never throws', async () => {
      const made = await far.transport.request({ method: 'POST', path: '/sessions', body: { widgetId: 'main', deviceId: 'd_contract' } });
      expect(made.ok && made.value.status).to.equal(201);
      const refused = await far.transport.request({ method: 'GET', path: '/conversations', token: 'not-a-token-of-this-server' });
      expect(!refused.ok && refused.error.code).to.equal('token-invalid');
      const missing = await far.transport.request({ method: 'GET', path: '/conversations' });
      expect(!missing.ok && missing.error.code).to.equal('token-missing');
    });
    it('puts no token into an address', async () => {
      const token = await far.token();
      await far.transport.request({ method: 'GET', path: '/conversations', token });
      const { link } = await live();
      link.close();
      await far.settle();
      expect(far.addresses.filter((address) => address.includes(token))).to.deep.equal([]);
    });
  });
}
