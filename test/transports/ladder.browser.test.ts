/** The ladder: which way is tried when, what is remembered, and what says nothing about ways (protocol README S-8.26; fault case 22). */
import { expect } from '@open-wc/testing';
import { createTransport } from '../../src/transports/ladder/every-way.js';
import { createLadderTransport } from '../../src/transports/ladder/ladder-transport.js';
import * as ways from '../../src/transports/ladder/ways.js';
import { testTransport } from '../contracts/transport.js';
import { createFakeClock, settle } from '../support/shared/fake-clock.js';
import { toFarEnd } from '../support/shared/far-end.js';
import { createMemoryFlags, createSeededRandomness } from '../support/shared/memory-ports.js';
import { createWireServer } from '../support/shared/wire-server.js';

const create = (load?: () => Promise<typeof ways>, flags = createMemoryFlags(), clock = createFakeClock()) => {
  const far = createWireServer({ clock });
  const options = { server: 'https://chat.clinic.test', network: far.network, clock, randomness: createSeededRandomness(), flags };
  const transport = load ? createLadderTransport({ ...options, load }) : createTransport(options);
  return { clock, far, flags, transport, end: toFarEnd(far, transport) };
};

testTransport('ladder', async () => create().end);
for (const way of ['sse', 'poll'] as const) {
  testTransport(`ladder on ${way}`, async () => {
    const { far, flags, clock, transport, end } = create();
    far.passes.socket = 'no';
    flags.set('care-chat:way', `${way} ${clock.now()}`);
    await transport.discover('main');
    // The first attempt loads the rest.
    transport.connect({ onopen() {}, onframe() {}, onbadframe() {}, onclose() {} });
    await settle();
    return end;
  });
}

describe('ladder', () => {
  /** Tries again and again, as a connection does, and tells by which way each attempt went and what became of it. */
  const walk = (made: ReturnType<typeof create>) => {
    const { far, transport, clock, end } = made;
    const seen = { ways: [] as string[], closes: [] as number[], frames: [] as string[] };
    const attempt = async (): Promise<{ readonly through: boolean; close(): void }> => {
      const asked = far.addresses.length;
      let state = 'open' as 'open' | 'through' | 'closed';
      const token = far.passes.http ? await end.token() : 'no-token-can-be-had';
      const link = transport.connect({
        onopen: () => link.send({ t: 'hello', id: 1, d: { v: ['1'], caps: [], token, deviceId: 'd_contract', tabId: 't', client: { name: 't', version: '0' }, resume: [] } }),
        onframe: ({ t }) => (seen.frames.push(t), (state = 'through')),
        onbadframe() {},
        onclose: ({ code }) => (seen.closes.push(code), (state = 'closed')),
      });
      for (let second = 0; second < 40 && state === 'open'; second++) await clock.advance(500);
      // Time for a pong.
      await clock.advance(100);
      const urls = far.addresses.slice(asked);
      seen.ways.push(urls.some((url) => url.startsWith('wss:')) ? 'socket' : urls.some((url) => url.includes('/stream')) ? 'sse' : urls.some((url) => url.endsWith('/poll')) ? 'poll' : 'none');
      return { through: state === 'through', close: () => link.close() };
    };
    return { ...made, seen, attempt };
  };
  const start = async (...from: Parameters<typeof create>) => {
    const made = walk(create(...from));
    await made.transport.discover('main');
    return made;
  };

  it('stays with the WebSocket where it gets through, and remembers nothing', async () => {
    const { attempt, seen, flags } = await start();
    for (let n = 0; n < 3; n++) (await attempt()).close();
    expect(seen.ways).to.deep.equal(['socket', 'socket', 'socket']);
    expect([...flags.content]).to.deep.equal([]);
  });
  for (const socket of ['no', 'hangs', 'swallowed'] as const) {
    it(`goes over to the stream after a WebSocket that ${{ no: 'is refused', hangs: 'never opens', swallowed: 'opens and carries nothing' }[socket]}, twice`, async () => {
      const { attempt, seen, flags, far, clock } = await start();
      far.passes.socket = socket;
      const before = clock.now();
      const through: boolean[] = [];
      for (let n = 0; n < 3; n++) {
        const one = await attempt();
        through.push(one.through);
        if (socket === 'swallowed' && n === 0) one.close();
        await settle();
      }
      expect(seen.ways).to.deep.equal(['socket', 'socket', 'sse']);
      expect(through).to.deep.equal([false, false, true]);
      expect(flags.content.get('care-chat:way')).to.match(/^sse \d+$/);
      if (socket === 'hangs') expect(clock.now() - before).to.be.lessThan(12_000);
    });
  }
  for (const stream of ['no', 'swallowed', 'buffered'] as const) {
    it(`goes over to polling after a stream that ${{ no: 'does not open', swallowed: 'carries nothing', buffered: 'passes the welcome and holds back what is small' }[stream]}`, async () => {
      const { attempt, seen, flags, far, clock } = await start();
      Object.assign(far.passes, { socket: 'no', stream });
      for (let n = 0; n < 3; n++) await attempt();
      await clock.advance(6000);
      const last = await attempt();
      expect(seen.ways).to.deep.equal(['socket', 'socket', 'sse', 'poll']);
      expect(last.through).to.equal(true);
      expect(seen.frames.includes('pong')).to.equal(true);
      expect(flags.content.get('care-chat:way')).to.match(/^poll \d+$/);
    });
  }
  it('begins again with the WebSocket where polling does not get through either', async () => {
    const { attempt, seen, far, flags } = await start();
    Object.assign(far.passes, { socket: 'no', stream: 'no', poll: false });
    for (let n = 0; n < 7; n++) await attempt();
    expect(seen.ways).to.deep.equal(['socket', 'socket', 'sse', 'poll', 'socket', 'socket', 'sse']);
    expect([...flags.content]).to.deep.equal([]);
  });
  it('remembers for ten minutes, on other pages too, and then tries the WebSocket first', async () => {
    const { attempt, seen, far, flags, clock } = await start();
    far.passes.socket = 'no';
    for (let n = 0; n < 3; n++) (await attempt()).close();
    const other = await start(undefined, flags, clock);
    const began = clock.now();
    other.far.passes.socket = 'hangs';
    await other.attempt();
    await other.attempt();
    expect(clock.now() - began).to.be.lessThan(5000);
    expect(other.seen.ways).to.deep.equal(['socket', 'sse']);
    await other.clock.advance(600_000);
    other.far.passes.socket = 'yes';
    (await other.attempt()).close();
    expect(other.seen.ways).to.deep.equal(['socket', 'sse', 'socket']);
    expect([...flags.content]).to.deep.equal([]);
    expect(seen.ways).to.deep.equal(['socket', 'socket', 'sse']);
  });
  for (const way of ['sse', 'poll'] as const) {
    describe(`on ${way}, when ten minutes are over`, () => {
      /** A link that lives, with nothing but it going on. */
      const startLower = async () => {
        const flags = createMemoryFlags();
        const clock = createFakeClock();
        flags.set('care-chat:way', `${way} ${clock.now()}`);
        const made = await start(undefined, flags, clock);
        made.far.passes.socket = 'no';
        await made.attempt();
        const link = await made.attempt();
        expect([link.through, made.seen.ways.at(-1)]).to.deep.equal([true, way]);
        made.seen.closes.length = 0;
        const sockets = (): number => made.far.addresses.filter((url) => url.startsWith('wss:')).length;
        return { ...made, link, sockets, sofar: sockets() };
      };

      it('tries the WebSocket beside the link that lives, and goes over to it at once when a frame came', async () => {
        const { far, clock, seen, sockets, sofar, attempt, flags } = await startLower();
        far.passes.socket = 'yes';
        await clock.advance(598_000);
        expect([sockets() - sofar, seen.closes]).to.deep.equal([0, []]);
        await clock.advance(2_000);
        expect([sockets() - sofar, seen.closes]).to.deep.equal([1, [4508]]);
        expect([...flags.content]).to.deep.equal([]);
        const next = await attempt();
        expect([next.through, seen.ways.at(-1)]).to.deep.equal([true, 'socket']);
        next.close();
        await settle(600);
        expect(clock.pending).to.equal(0);
      });
      for (const socket of ['no', 'hangs', 'swallowed'] as const) {
        it(`keeps the link where the WebSocket ${{ no: 'is refused', hangs: 'never opens', swallowed: 'carries nothing' }[socket]}, remembers anew, and tries again ten minutes later`, async () => {
          const { far, clock, seen, sockets, sofar, flags, link, end } = await startLower();
          far.passes.socket = socket;
          const before = flags.content.get('care-chat:way');
          await clock.advance(615_000);
          expect([sockets() - sofar, seen.closes]).to.deep.equal([1, []]);
          expect(flags.content.get('care-chat:way')).to.match(new RegExp(`^${way} `)).and.not.equal(before);
          const frames = seen.frames.length;
          end.push({ t: 'ping', d: { n: 9 } });
          await settle(600);
          expect(seen.frames.slice(frames)).to.deep.equal(['ping']);
          await clock.advance(615_000);
          expect([sockets() - sofar, seen.closes]).to.deep.equal([2, []]);
          link.close();
          await settle(600);
          await clock.advance(700_000);
          expect([sockets() - sofar, seen.closes, clock.pending]).to.deep.equal([2, [1000], 0]);
        });
      }
      it('does not remember anew what was tried while no server could be reached', async () => {
        const { far, clock, flags, link } = await startLower();
        far.passes.socket = 'hangs';
        await clock.advance(604_000);
        const before = flags.content.get('care-chat:way');
        far.replace = (url) => (url.includes('/availability') ? new TypeError('offline') : null);
        await clock.advance(10_000);
        expect(flags.content.get('care-chat:way')).to.equal(before);
        link.close();
      });
    });
  }
  it('does not count being offline against any way', async () => {
    const { attempt, seen, far, flags } = await start();
    far.passes.http = false;
    for (let n = 0; n < 6; n++) await attempt();
    far.passes.http = true;
    const back = await attempt();
    expect([back.through, seen.ways.at(-1)]).to.deep.equal([true, 'socket']);
    expect([...flags.content]).to.deep.equal([]);
  });
  it('does not take a network that comes back between a look at the socket and one at the server for one that blocks the socket', async () => {
    const { attempt, seen, far, flags } = await start();
    Object.assign(far.passes, { socket: 'no', http: false });
    for (let n = 0; n < 2; n++) await attempt();
    // Back for requests, a moment too late for this socket.
    far.passes.http = true;
    await attempt();
    far.passes.socket = 'yes';
    const last = await attempt();
    expect(last.through).to.equal(true);
    expect(seen.ways).to.deep.equal(['socket', 'socket', 'socket', 'socket']);
    expect([...flags.content]).to.deep.equal([]);
  });
  it('does not count it against any way when the server lets nobody more in', async () => {
    const { attempt, seen, far, flags, end, clock } = await start();
    const turned = async (): Promise<void> => {
      const asking = attempt();
      await clock.advance(100);
      end.push({ t: 'bye', d: { code: 1013, reason: 'overloaded', reconnect: true, retryAfterMs: 5000 } });
      end.cut(1013);
      await asking;
    };
    for (let n = 0; n < 3; n++) await turned();
    expect([seen.ways, [...flags.content]]).to.deep.equal([['socket', 'socket', 'socket'], []]);
    flags.set('care-chat:way', `sse ${clock.now()}`);
    far.passes.socket = 'no';
    await attempt();
    far.refuseStreams = { status: 503, code: 'overloaded', type: '', title: '', retryable: true, retryAfterMs: 5000 };
    for (let n = 0; n < 3; n++) await attempt();
    expect(seen.ways.slice(4)).to.deep.equal(['sse', 'sse', 'sse']);
    expect(flags.content.get('care-chat:way')).to.match(/^sse /);
  });
  it('keeps what it remembers while offline', async () => {
    const { attempt, seen, far, flags } = await start();
    far.passes.socket = 'no';
    for (let n = 0; n < 3; n++) (await attempt()).close();
    far.passes.http = false;
    for (let n = 0; n < 3; n++) await attempt();
    far.passes.http = true;
    expect((await attempt()).through).to.equal(true);
    expect(seen.ways.slice(2)).to.deep.equal(['sse', 'sse', 'sse', 'sse', 'sse']);
    expect(flags.content.get('care-chat:way')).to.match(/^sse /);
  });
  it('takes only ways that the server says it has', async () => {
    const { attempt, seen, far, transport } = await start();
    far.passes.socket = 'no';
    far.discovery = { caps: ['poll'] };
    await transport.discover('main');
    for (let n = 0; n < 3; n++) await attempt();
    expect(seen.ways).to.deep.equal(['socket', 'socket', 'poll']);
    far.discovery = { caps: [] };
    const none = await start();
    none.far.passes.socket = 'no';
    none.far.discovery = { caps: [] };
    await none.transport.discover('main');
    for (let n = 0; n < 5; n++) await none.attempt();
    expect(none.seen.ways).to.deep.equal(['socket', 'socket', 'socket', 'socket', 'socket']);
  });
  it('goes on by WebSocket while the rest cannot be loaded, and loads it when it can', async () => {
    let loads = 0;
    const { attempt, seen, far } = await start(() => (++loads < 4 ? Promise.reject(new Error('chunk-failed')) : Promise.resolve(ways)));
    far.passes.socket = 'no';
    for (let n = 0; n < 6; n++) await attempt();
    expect(seen.ways).to.deep.equal(['socket', 'socket', 'socket', 'socket', 'socket', 'sse']);
  });
  it('loads nothing while the WebSocket gets through', async () => {
    let loads = 0;
    const { attempt } = await start(() => (loads++, Promise.resolve(ways)));
    for (let n = 0; n < 3; n++) (await attempt()).close();
    expect(loads).to.equal(0);
  });
});
