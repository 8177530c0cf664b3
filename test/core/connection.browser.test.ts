/** The connection machine: every state × every input, and what time, servers and sleep do to it. */
import { expect } from '@open-wc/testing';
import { CareError } from '../../src/base/care-error.js';
import { type Result, err, ok } from '../../src/base/result.js';
import { type Connection, type ConnectionInput, type ConnectionState, connectionTable, createConnection } from '../../src/core/connection.js';
import type { HelloBody, ParsedFrame, WelcomeBody } from '../../src/protocol/types.js';
import type { ClientFrame, LinkHandlers, Transport } from '../../src/transports/transport.js';
import { type FakeClock, createFakeClock, settle } from '../support/shared/fake-clock.js';
import { type FakePage, createFakePage, createSeededRandomness } from '../support/shared/memory-ports.js';

interface Wire {
  readonly handlers: LinkHandlers;
  readonly sent: ClientFrame[];
  closed: boolean;
}

const limits = { frameBytes: 65_536, textChars: 8000, partsPerMessage: 20, inflightPerStream: 1, submitPerMin: 60, typingMinMs: 2000, resumeMax: 500, pageMax: 200 };
const welcome: WelcomeBody = { v: '1', connId: 'n1', caps: [], limits, hb: { intervalMs: 25_000, graceMs: 10_000 }, serverTime: 0, tokenExpiresAt: 1, subject: { id: 'v_1', role: 'visitor' }, streams: [] };
const hello = { v: ['1'], caps: [], token: 'a-token-for-the-test', deviceId: 'd_1', tabId: 't_1', client: { name: 't', version: '0' }, resume: [] } as HelloBody;

let clock: FakeClock;
let page: FakePage;
let wires: Wire[];
let connection: Connection;
let log: string[];
let prepared: () => Promise<Result<void>>;
let refreshed: () => Promise<Result<void>>;

const wire = (): Wire => wires.at(-1)!;
const frame = (input: ParsedFrame): void => wire().handlers.onframe(input);
const enter = async (): Promise<void> => {
  connection.start();
  await settle();
  wire().handlers.onopen();
  await settle();
  frame({ t: 'welcome', re: 1, d: welcome });
};
const drop = (code: number): void => wire().handlers.onclose({ code, reason: '' });
const retryIn = (): number => connection.status.value.retryAt! - clock.now();

function create(): void {
  clock = createFakeClock();
  page = createFakePage();
  wires = [];
  log = [];
  prepared = () => Promise.resolve(ok(undefined));
  refreshed = () => Promise.resolve(ok(undefined));
  const transport: Transport = {
    discover: () => Promise.resolve(ok(null)),
    request: () => Promise.resolve(ok({ status: 200, body: null })),
    connect(handlers) {
      const made: Wire = { handlers, sent: [], closed: false };
      wires.push(made);
      return { send: (sent) => made.sent.push(sent) > 0, close: () => void (made.closed = true) };
    },
  };
  connection = createConnection({
    transport, ports: { clock, page, randomness: createSeededRandomness(7) },
    prepare: () => prepared(),
    hello: () => Promise.resolve(ok(hello)),
    refresh: () => (log.push('refresh'), refreshed()),
    onWelcome: () => log.push('welcome'),
    onFrame: ({ t }) => log.push(t),
    onDown: (code) => log.push(`down ${code}`),
    onStopped: (code, wipe) => log.push(`stopped ${code}${wipe ? ' wipe' : ''}`),
  });
}

/** Brings a fresh machine into a state. */
const reach: { readonly [S in ConnectionState]: () => Promise<void> } = {
  idle: async () => {},
  async opening() {
    connection.start();
    await settle();
  },
  async hello() {
    connection.start();
    await settle();
    wire().handlers.onopen();
    await settle();
  },
  live: enter,
  async waiting() {
    await enter();
    drop(1006);
  },
  async stopped() {
    await enter();
    drop(4403);
  },
};

/** Gives a machine an input from outside. Those that belong to an attempt come from its last wire, dead or alive. */
const give: { readonly [I in ConnectionInput]: () => Promise<void> | void } = {
  start: () => connection.start(),
  now: () => connection.tryNow(),
  prepared: () => {},
  async unprepared() {
    if (connection.state !== 'opening') return;
    connection.stop();
    prepared = () => Promise.resolve(err(new CareError('network', 'network', { retryable: true })));
    connection.start();
    await settle();
  },
  opened: () => wires.at(-1)?.handlers.onopen(),
  welcome: () => wires.at(-1)?.handlers.onframe({ t: 'welcome', re: 1, d: welcome }),
  closed: () => wires.at(-1)?.handlers.onclose({ code: 1006, reason: '' }),
  timer: () => clock.advance(60_000),
  wake: () => page.wake(),
  hide: () => page.hide(),
  stop: () => connection.stop(),
};

/** Where each input leads, written down by hand; the rest stays. */
const leads: { readonly [S in ConnectionState]: Partial<Record<ConnectionInput, ConnectionState | readonly ConnectionState[]>> } = {
  idle: { start: 'opening' },
  opening: { opened: 'hello', welcome: 'waiting', closed: 'waiting', unprepared: 'waiting', timer: ['waiting', 'opening'], hide: 'waiting', stop: 'idle' },
  hello: { welcome: 'live', closed: 'waiting', timer: ['waiting', 'opening'], hide: 'waiting', stop: 'idle' },
  live: { closed: 'waiting', timer: ['waiting', 'opening'], hide: 'waiting', stop: 'idle' },
  waiting: { start: 'opening', now: 'opening', timer: ['waiting', 'opening'], wake: 'opening', stop: 'idle' },
  stopped: { start: 'opening', now: 'opening', stop: 'idle' },
};

describe('connection', () => {
  beforeEach(create);
  afterEach(() => {
    connection.dispose();
    expect(clock.pending, 'timers left').to.equal(0);
    expect(page.listeners, 'listeners left').to.equal(0);
    expect(wires.filter(({ closed }) => !closed).length, 'links left open').to.be.at.most(wires.length ? 1 : 0);
  });

  for (const state of Object.keys(connectionTable) as ConnectionState[]) {
    for (const input of Object.keys(connectionTable[state]) as ConnectionInput[]) {
      const expected = leads[state][input] ?? state;
      it(`${state} × ${input} → ${String(expected)}`, async () => {
        await reach[state]();
        expect(connection.state).to.equal(state);
        await give[input]();
        await settle();
        expect([expected].flat()).to.include(connection.state);
        expect(clock.pending, 'one timer at most').to.be.at.most(1);
      });
    }
  }

  it('says hello once link and hello are there, and goes live with the welcome', async () => {
    const seen: string[] = [];
    connection.status.subscribe(({ state }) => seen.push(state));
    await enter();
    expect(wire().sent).to.deep.equal([{ t: 'hello', id: 1, d: hello }]);
    expect(seen).to.deep.equal(['connecting', 'online']);
  });

  it('drops whatever still comes from an older attempt', async () => {
    await enter();
    const ghost = wire();
    drop(1006);
    connection.tryNow();
    await settle();
    ghost.handlers.onframe({ t: 'welcome', re: 1, d: welcome });
    ghost.handlers.onclose({ code: 4410, reason: '' });
    ghost.handlers.onopen();
    expect(connection.state).to.equal('opening');
    expect(ghost.closed).to.equal(true);
  });

  it('waits longer with each failure, never over 30 s, and begins anew only after 10 s live', async () => {
    connection.start();
    const ceilings: number[] = [];
    for (let attempt = 0; attempt < 9; attempt++) {
      await settle();
      drop(1006);
      const wait = retryIn();
      expect(wait).to.be.at.least(100);
      expect(wait).to.be.at.most(Math.min(30_000, 500 * 2 ** attempt) + 1);
      ceilings.push(wait);
      await clock.advance(wait);
    }
    expect(Math.max(...ceilings)).to.be.greaterThan(4000);
    await settle();
    wire().handlers.onopen();
    await settle();
    frame({ t: 'welcome', re: 1, d: welcome });
    await clock.advance(9000);
    drop(1006);
    await clock.advance(retryIn());
    await settle();
    wire().handlers.onopen();
    await settle();
    frame({ t: 'welcome', re: 1, d: welcome });
    await clock.advance(10_001);
    drop(1006);
    expect(retryIn()).to.be.at.most(500);
  });

  it('trying now does not lengthen the delay', async () => {
    await enter();
    drop(1006);
    for (let turn = 0; turn < 20; turn++) {
      connection.tryNow();
      await settle();
      drop(1006);
    }
    expect(retryIn()).to.be.at.most(1000);
  });

  it('is as patient after it was stopped and started as before, and no more so', async () => {
    connection.start();
    for (let attempt = 0; attempt < 4; attempt++) {
      await settle();
      drop(1006);
      await clock.advance(retryIn());
    }
    const waits: number[] = [];
    for (let turn = 0; turn < 20; turn++) {
      connection.stop();
      connection.start();
      await settle();
      drop(1006);
      waits.push(retryIn());
    }
    expect(Math.max(...waits)).to.be.within(1001, 500 * 2 ** 3);
  });

  it('asks after silence, and takes no answer in 4 s for the end', async () => {
    await enter();
    await clock.advance(35_000);
    expect(wire().sent.at(-1)?.t).to.equal('ping');
    expect(connection.state).to.equal('live');
    await clock.advance(4000);
    await settle();
    expect(wires.length).to.equal(2);
    expect(log).to.deep.equal(['welcome', 'down 4508']);
  });

  it('counts anything that is heard as a sign of life, and answers pings', async () => {
    await enter();
    for (let turn = 0; turn < 10; turn++) {
      await clock.advance(25_000);
      frame({ t: 'ping', d: { n: turn } });
    }
    expect(wire().sent.filter(({ t }) => t === 'pong').length).to.equal(10);
    expect(connection.state).to.equal('live');
    expect(wires.length).to.equal(1);
  });

  it('asks at once after sleep, and stays when the answer comes', async () => {
    await enter();
    clock.jump(3_600_000);
    page.wake();
    expect(wire().sent.at(-1)?.t).to.equal('ping');
    frame({ t: 'pong', d: { n: 1 } });
    await clock.advance(10_000);
    expect(connection.state).to.equal('live');
  });

  it('closes when the page is left and opens when it is shown again', async () => {
    await enter();
    page.hide();
    expect(wire().closed).to.equal(true);
    expect(clock.pending).to.equal(0);
    page.wake();
    await settle();
    expect(wires.length).to.equal(2);
  });

  const closings: readonly (readonly [number, string])[] = [
    [1000, 'stopped'], [1001, 'waiting'], [1006, 'waiting'], [1009, 'waiting'], [1011, 'waiting'], [1012, 'waiting'], [1013, 'waiting'], [4400, 'waiting'], [4401, 'opening'], [4403, 'stopped'],
    [4406, 'stopped'], [4408, 'waiting'], [4410, 'stopped'], [4413, 'waiting'], [4429, 'waiting'], [4440, 'stopped'], [4503, 'waiting'], [4508, 'waiting'], [4777, 'waiting'],
  ];
  for (const [code, state] of closings) {
    it(`${code} leads to ${state}`, async () => {
      await enter();
      drop(code);
      await settle();
      expect(connection.state).to.equal(state);
      if (code === 4410 || code === 4440) expect(log.at(-1)).to.match(/ wipe$/);
      if (code === 4401) expect(log).to.include('refresh');
      if (code === 4508) expect(retryIn()).to.equal(0);
    });
  }

  it('gives up refreshing at once after three refusals in a row', async () => {
    connection.start();
    for (let turn = 0; turn < 3; turn++) {
      await settle();
      drop(4401);
    }
    await settle();
    expect(wires.length).to.equal(4);
    drop(4401);
    await settle();
    expect(wires.length).to.equal(4);
    expect(connection.state).to.equal('waiting');
    expect(log.filter((line) => line === 'refresh').length).to.equal(3);
  });

  it('stops where the session is over', async () => {
    await enter();
    refreshed = () => Promise.resolve(err(new CareError('token-invalid')));
    drop(4401);
    await settle();
    expect(connection.status.value).to.deep.equal({ state: 'stopped', retryAt: null, error: 'token-invalid' });
  });

  it('waits as long as bye says, spread', async () => {
    await enter();
    frame({ t: 'bye', d: { code: 4503, reason: 'draining', reconnect: true, retryAfterMs: 8000 } });
    expect(retryIn()).to.be.within(8000, 12_000);
    expect(wire().closed).to.equal(true);
  });

  it('stops and wipes where bye says so', async () => {
    await enter();
    frame({ t: 'bye', d: { code: 4440, reason: 'idle', reconnect: false, wipe: true } });
    expect(log.at(-1)).to.equal('stopped stopped wipe');
  });

  it('drops an answer to a number that nobody asked for', async () => {
    await enter();
    const asked = connection.request({ t: 'unsub', d: { stream: 'c_1' } });
    const { id } = wire().sent[1] as { id: number };
    for (const re of [id + 1, id + 1000]) frame({ t: 'ok', re, d: {} });
    expect(connection.state).to.equal('live');
    expect(await Promise.race([asked, settle().then(() => 'open')])).to.equal('open');
    frame({ t: 'ok', re: id, d: {} });
    expect((await asked).ok).to.equal(true);
  });

  it('answers requests by number, and says "network" for those that were open when it ended', async () => {
    await enter();
    const first = connection.request({ t: 'unsub', d: { stream: 'c_1' } });
    const second = connection.request({ t: 'unsub', d: { stream: 'c_2' } });
    const { id } = wire().sent[1] as { id: number };
    frame({ t: 'ok', re: id, d: {} });
    drop(1006);
    expect((await first).ok).to.equal(true);
    const lost = await second;
    expect(!lost.ok && lost.error.code).to.equal('network');
    const late = await connection.request({ t: 'unsub', d: { stream: 'c_3' } });
    expect(!late.ok && late.error.retryable).to.equal(true);
  });
});
