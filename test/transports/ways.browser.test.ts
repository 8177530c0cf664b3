/** Streamed and polled links keep the laws of transports; what is asked of the server on them, and what is made of answers that are none. */
import { expect } from '@open-wc/testing';
import { createPollTransport } from '../../src/transports/poll/poll-transport.js';
import { createEventStreamReader } from '../../src/transports/sse/event-stream.js';
import { createSseTransport } from '../../src/transports/sse/sse-transport.js';
import { testTransport } from '../contracts/transport.js';
import { createFakeClock, settle } from '../support/shared/fake-clock.js';
import { toFarEnd } from '../support/shared/far-end.js';
import { createSeededRandomness } from '../support/shared/memory-ports.js';
import { createWireServer } from '../support/shared/wire-server.js';

const makers = { sse: createSseTransport, poll: createPollTransport } as const;

for (const way of ['sse', 'poll'] as const) {
  const create = async () => {
    const clock = createFakeClock();
    const far = createWireServer({ clock });
    const transport = makers[way]({ server: 'https://chat.clinic.test', network: far.network, clock, randomness: createSeededRandomness() });
    return { clock, far, transport, end: toFarEnd(far, transport) };
  };
  testTransport(way, async () => (await create()).end);

  describe(`${way} transport`, () => {
    const live = async () => {
      const made = await create();
      await made.transport.discover('main');
      const token = await made.end.token();
      const frames: string[] = [];
      const closes: number[] = [];
      const link = made.transport.connect({ onopen() {}, onframe: ({ t }) => frames.push(t), onbadframe: (t) => frames.push(`bad ${t}`), onclose: ({ code }) => closes.push(code) });
      await settle();
      link.send({ t: 'hello', id: 1, d: { v: ['1'], caps: [], token, deviceId: 'd_contract', tabId: 't_1', client: { name: 't', version: '0' }, resume: [] } });
      await settle(600);
      const sent = () => made.far.requests.filter(({ url }) => url.endsWith('/frames')).map(({ body }) => JSON.parse(body!) as { n: number; frames: { t: string; d: { n: number } }[] });
      return { ...made, token, frames, closes, link, sent };
    };

    it('asks for nothing before hello, and carries its token in a header of every request', async () => {
      const { far, transport } = await create();
      await transport.discover('main');
      const before = far.requests.length;
      transport.connect({ onopen() {}, onframe() {}, onbadframe() {}, onclose() {} });
      await settle();
      expect(far.requests.length).to.equal(before);
      const { far: other, token } = await live();
      const asked = other.requests.filter(({ url }) => /\/(stream|poll|frames)/.test(url));
      expect(asked.length).to.be.greaterThan(1);
      expect(asked.map(({ headers }) => headers['authorization'])).to.deep.equal(asked.map(() => `Bearer ${token}`));
    });
    it('sends one batch at a time, numbered, with what came meanwhile together and in order', async () => {
      const { link, sent } = await live();
      for (let n = 1; n <= 5; n++) link.send({ t: 'ping', d: { n } });
      await settle(600);
      expect(sent().map(({ n, frames }) => [n, frames.map(({ t, d }) => (t === 'ping' ? d.n : t))])).to.deep.equal([[1, ['hello']], [2, [1]], [3, [2, 3, 4, 5]]]);
    });
    it('sends the same batch again where no answer came, and what it said is applied once', async () => {
      const { far, link, frames, sent, clock } = await live();
      frames.length = 0;
      const { request } = far.network;
      let lost = 0;
      Object.assign(far.network, { request: async (asked: Parameters<typeof request>[0]) => {
        const answer = await request(asked);
        if (asked.url.endsWith('/frames') && lost++ === 0) throw new TypeError('lost');
        return answer;
      } });
      link.send({ t: 'ping', d: { n: 9 } });
      await settle(600);
      await clock.advance(2000);
      expect(sent().map(({ n }) => n)).to.deep.equal([1, 2, 2]);
      expect(frames).to.deep.equal(['pong']);
    });
    it('ends with 1006 when the client\'s frames do not get there, after four tries', async () => {
      const { far, link, closes, clock, sent } = await live();
      const { request } = far.network;
      Object.assign(far.network, { request: (asked: Parameters<typeof request>[0]) => (asked.url.endsWith('/frames') ? request(asked).then(() => Promise.reject(new TypeError('lost'))) : request(asked)) });
      link.send({ t: 'ping', d: { n: 9 } });
      await settle(600);
      await clock.advance(20_000);
      expect(closes).to.deep.equal([1006]);
      expect(sent().map(({ n }) => n)).to.deep.equal([1, 2, 2, 2, 2]);
    });
    it('takes the token of `auth` into use', async () => {
      const { link, far, end } = await live();
      const fresh = await end.token();
      link.send({ t: 'auth', id: 2, d: { token: fresh } });
      await settle(600);
      expect(far.requests.filter(({ url }) => url.endsWith('/frames')).at(-1)!.headers['authorization']).to.equal(`Bearer ${fresh}`);
    });
    it('ends with 4401 where the token is refused, so that it is refreshed', async () => {
      const { far, transport } = await create();
      await transport.discover('main');
      const closes: number[] = [];
      const link = transport.connect({ onopen() {}, onframe() {}, onbadframe() {}, onclose: ({ code }) => closes.push(code) });
      await settle();
      link.send({ t: 'hello', id: 1, d: { v: ['1'], caps: [], token: 'a-token-nobody-gave', deviceId: 'd', tabId: 't', client: { name: 't', version: '0' }, resume: [] } });
      await settle(600);
      expect(closes).to.deep.equal([4401]);
      expect(far.links.size).to.equal(0);
    });
    it('lets go of everything when it is closed', async () => {
      const { far, link, closes, clock } = await live();
      expect(far.links.size).to.equal(1);
      link.close();
      await settle(600);
      expect(closes).to.deep.equal([1000]);
      expect(far.links.size).to.equal(0);
      expect(clock.pending).to.equal(0);
    });
    it('ends with 1006 where a page of a proxy answers', async () => {
      const { far, transport, clock } = await create();
      const end = toFarEnd(far, transport);
      await transport.discover('main');
      const token = await end.token();
      const { request } = far.network;
      Object.assign(far.network, { request: (asked: Parameters<typeof request>[0]) => (/\/(stream|poll)/.test(asked.url) ? Promise.resolve({ status: 200, header: () => 'text/html', text: async () => '<html>' }) : request(asked)) });
      const closes: number[] = [];
      const link = transport.connect({ onopen() {}, onframe() {}, onbadframe() {}, onclose: ({ code }) => closes.push(code) });
      await settle();
      link.send({ t: 'hello', id: 1, d: { v: ['1'], caps: [], token, deviceId: 'd_contract', tabId: 't', client: { name: 't', version: '0' }, resume: [] } });
      await settle(600);
      await clock.advance(20_000);
      expect(closes).to.deep.equal([1006]);
    });
  });
}

describe('sse transport', () => {
  it('ends with 1006 where the answer does not begin in 5 s, and lets go of the request', async () => {
    const clock = createFakeClock();
    const far = createWireServer({ clock });
    const transport = createSseTransport({ server: 'https://chat.clinic.test', network: far.network, clock, randomness: createSeededRandomness() });
    await transport.discover('main');
    let aborted = false;
    Object.assign(far.network, { request: ({ signal }: { signal: AbortSignal }) => new Promise((_resolve, reject) => {
      signal.addEventListener('abort', () => {
        aborted = true;
        reject(new DOMException('aborted', 'AbortError'));
      });
    }) });
    const closes: number[] = [];
    const link = transport.connect({ onopen() {}, onframe() {}, onbadframe() {}, onclose: ({ code }) => closes.push(code) });
    await settle();
    link.send({ t: 'hello', id: 1, d: { v: ['1'], caps: [], token: 'some-token-or-other', deviceId: 'd', tabId: 't', client: { name: 't', version: '0' }, resume: [] } });
    await clock.advance(4900);
    expect(closes).to.deep.equal([]);
    await clock.advance(200);
    expect([closes, aborted, clock.pending]).to.deep.equal([[1006], true, 0]);
  });
});

describe('sse transport, where the server lets nobody more in', () => {
  it('is told so as on a socket, with how long to wait', async () => {
    const clock = createFakeClock();
    const far = createWireServer({ clock });
    const transport = createSseTransport({ server: 'https://chat.clinic.test', network: far.network, clock, randomness: createSeededRandomness() });
    await transport.discover('main');
    far.refuseStreams = { status: 503, code: 'overloaded', type: '', title: '', retryable: true, retryAfterMs: 5000 };
    const seen: unknown[] = [];
    const link = transport.connect({ onopen() {}, onframe: (frame) => seen.push(frame.t === 'bye' && [frame.d.code, frame.d.reconnect, frame.d.retryAfterMs]), onbadframe: (t) => seen.push(t), onclose: ({ code }) => seen.push(code) });
    await settle();
    link.send({ t: 'hello', id: 1, d: { v: ['1'], caps: [], token: await toFarEnd(far, transport).token(), deviceId: 'd_contract', tabId: 't', client: { name: 't', version: '0' }, resume: [] } });
    await settle(600);
    expect([seen, clock.pending]).to.deep.equal([[[1013, true, 5000], 1013], 0]);
  });
});

describe('poll transport', () => {
  it('asks again from where it was when an answer is lost, so that no frame is', async () => {
    const clock = createFakeClock();
    const far = createWireServer({ clock });
    const transport = createPollTransport({ server: 'https://chat.clinic.test', network: far.network, clock, randomness: createSeededRandomness() });
    const end = toFarEnd(far, transport);
    await transport.discover('main');
    const token = await end.token();
    const seen: number[] = [];
    const link = transport.connect({ onopen() {}, onframe: (frame) => frame.t === 'ping' && seen.push(frame.d.n), onbadframe() {}, onclose() {} });
    await settle();
    link.send({ t: 'hello', id: 1, d: { v: ['1'], caps: [], token, deviceId: 'd_contract', tabId: 't', client: { name: 't', version: '0' }, resume: [] } });
    await settle(600);
    const { request } = far.network;
    let lost = 0;
    Object.assign(far.network, { request: async (asked: Parameters<typeof request>[0]) => {
      const answer = await request(asked);
      if (asked.url.endsWith('/poll') && lost++ === 0) throw new TypeError('lost');
      return answer;
    } });
    // The poll that waits was asked before answers got lost; the one after it is lost.
    for (const n of [1, 2]) {
      end.push({ t: 'ping', d: { n } });
      await settle(600);
    }
    await clock.advance(1000);
    expect(seen).to.deep.equal([1, 2]);
    link.close();
  });
});

describe('event stream reader', () => {
  const read = (pieces: readonly string[]): string[] => {
    const seen: string[] = [];
    const take = createEventStreamReader((data) => seen.push(data));
    pieces.forEach(take);
    return seen;
  };
  const text = ': hello\n\ndata: {"t":"a"}\n\nevent: x\r\nid: 7\r\ndata:one\r\ndata: two\r\n\r\n:\n\ndata: {"t":"b"}\r\rdata: half';
  it('gives the data of each event, in one piece or letter by letter', () => {
    const expected = ['{"t":"a"}', 'one\ntwo', '{"t":"b"}'];
    expect(read([text])).to.deep.equal(expected);
    expect(read([...text])).to.deep.equal(expected);
  });
  it('gives nothing of an event that was not ended', () => expect(read(['data: half\n'])).to.deep.equal([]));
});
