/** Cases 27, 79, 80, 81, 87, 88, 89 and 91 of the fault model: the machine sleeps, the clock is wrong, the network or the page's own rules keep the chat away. */
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { FaultProxy } from '../../src/conformance/proxy/fault-proxy.js';
import { uiEn } from '../../src/i18n/ui/en.js';
import { addressOf, asking, leadThrough, setFault, startNetwork } from './network.js';
import { reconnectTimeoutMs, type Nurse, type Patient } from './people.js';
import { allowOtherPort, useStage } from './stage.js';

/** A clock that can be moved: `careJump(ms)` is what a machine that slept, or somebody who set the clock, does; timers that are due fire late. */
const clock = `{
  const now = Date.now.bind(Date), set = setTimeout.bind(globalThis), clear = clearTimeout.bind(globalThis);
  const timers = new Map();
  let offset = 0;
  Date.now = () => now() + offset;
  globalThis.setTimeout = (run, delay = 0, ...args) => {
    const id = set(() => { timers.delete(id); run(...args); }, delay);
    timers.set(id, { due: Date.now() + delay, run: () => run(...args) });
    return id;
  };
  globalThis.clearTimeout = (id) => { timers.delete(id); clear(id); };
  globalThis.careJump = (ms) => {
    offset += ms;
    for (const [id, timer] of timers) if (timer.due <= Date.now()) { clear(id); timers.delete(id); set(timer.run, 0); }
  };
}`;

const hour = 3_600_000;

/** How many sockets the page has opened so far. */
const opened = (patient: Patient): Promise<number> => patient.run(() => (globalThis as unknown as { careSockets: unknown[] }).careSockets.length);

describe('the world around a chat', () => {
  const stage = useStage({ configure: allowOtherPort });
  let proxy: FaultProxy;
  let patient: Patient;
  let nurse: Nurse;
  const texts: string[] = [];
  before(async () => {
    proxy = await startNetwork(stage.server);
    stage.addPage('clock', clock, (html) => html.replace('<care-chat ', `<care-chat server="${addressOf(proxy)}" `));
  });
  after(() => proxy?.close());
  const jump = (ms: number): Promise<void> => patient.run((by) => (globalThis as unknown as { careJump(ms: number): void }).careJump(by), ms);
  const say = async (text: string): Promise<void> => {
    await patient.say(text);
    texts.push(text);
  };

  it('is talking', stage.step(async () => {
    [patient, nurse] = await Promise.all([stage.patient(), stage.nurse()]);
    await Promise.all([patient.visit('/clock/'), nurse.signIn()]);
    await patient.startChat('Sara Lund');
    await nurse.accept();
    await say('Awake.');
    await nurse.seesExactly(texts);
  }));

  it('81: in the background for ten minutes, timers once a minute: no connection is given up', stage.step(async () => {
    const count = await opened(patient);
    await patient.run(() => void Object.defineProperty(document, 'visibilityState', { configurable: true, get: () => 'hidden' }));
    for (let minute = 0; minute < 10; minute++) {
      await jump(60_000);
      const pings = (await patient.sent('ping')).length;
      await nurse.reply(`minute ${minute}`);
      texts.push(`minute ${minute}`);
      await patient.seesExactly(texts);
      assert.ok((await patient.sent('ping')).length >= pings);
    }
    await patient.run(() => void delete (document as { visibilityState?: unknown }).visibilityState);
    assert.equal(await opened(patient), count, 'the same socket');
  }));

  it('80: the machine sleeps for an hour: asks whether anybody is there, gets a new token, and has missed nothing', stage.step(async () => {
    const count = await opened(patient);
    setFault(proxy, 'silent');
    await nurse.reply('While you slept.');
    texts.push('While you slept.');
    await jump(hour);
    await patient.seesExactly(texts);
    assert.ok((await patient.sent('ping')).length > 0, 'it asked');
    assert.ok((await opened(patient)) > count, 'on another socket');
    assert.ok((await patient.page.requests()).some((address) => address.endsWith('/sessions/refresh')), 'with another token');
    setFault(proxy, 'none');
    await say('Awake again.');
    await nurse.seesExactly(texts);
  }));

  it('88: the clock is set by a day, forth and back, in the middle of the chat', stage.step(async () => {
    for (const days of [1, -2, 1]) {
      await jump(days * 24 * hour);
      await say(`After ${days} days.`);
      await nurse.seesExactly(texts);
      await patient.seesExactly(texts);
    }
  }));

  it('89: thirty messages without a network: in order, and each acknowledged once', stage.step(async () => {
    const cut = async (on: boolean): Promise<void> => {
      setFault(proxy, on ? 'cut' : 'none');
      if (patient.page.can('offline')) await patient.page.offline(on);
    };
    if (!patient.page.can('offline')) console.log(`# 89: ${patient.page.engine} cannot be asked to be offline: the network is cut by a proxy alone`);
    await cut(true);
    await patient.seesPart('notice', /No connection|offline/);
    await patient.field.click();
    for (let i = 1; i <= 30; i++) {
      // As fast as keys go: the field keeps the focus.
      await patient.page.type(`offline ${i}`);
      await patient.page.press('Enter');
      texts.push(`offline ${i}`);
    }
    await patient.seesExactly(texts);
    assert.ok((await patient.states()).every((words) => /Waiting to send|Sending…/.test(words) || /Delivered|Read|Sent/.test(words)));
    await patient.page.css('care-chat p').waitForText('You can always call us', 20_000);
    const { x } = await patient.field.waitFor((match) => match.isFocused);
    assert.ok(x > 0);
    await cut(false);
    // What a browser says when it is told of the network.
    if (!patient.page.can('offline')) await patient.run(() => void dispatchEvent(new Event('online')));
    await nurse.seesExactly(texts, reconnectTimeoutMs * 2);
    await patient.seesState('Read', reconnectTimeoutMs);
    await patient.page.css('care-chat p').waitForNone();
    const cmids = (await patient.sent('submit')).filter(({ d }) => JSON.stringify(d).includes('offline ')).map(({ d }) => String(d['cmid']));
    assert.equal(new Set(cmids).size, 30);
    await patient.seesExactly(texts);
  }));

  it('79: the page is frozen and let go', async (test) => {
    if (!patient.page.can('freeze')) return test.skip(`${patient.page.engine} cannot be asked to freeze a page`);
    await patient.page.freeze(true);
    await nurse.reply('While you were frozen.');
    texts.push('While you were frozen.');
    await patient.page.freeze(false);
    await patient.seesExactly(texts);
    await say('Thawed.');
    await nurse.seesExactly(texts);
  });

  it('a page that does not reach the server yet takes what is typed at once, keeps what is typed on, and sends it once', stage.step(async () => {
    proxy.use([{ match: { on: 'http-request', path: '/.well-known/*' }, action: { do: 'swallow' } }]);
    await patient.visit('/clock/');
    await patient.openPanel();
    await patient.field.click();
    await patient.page.type('Before there is a connection.');
    await patient.page.press('Enter');
    await patient.page.type('And');
    await patient.seesState(uiEn.stateQueued);
    await patient.field.waitFor((match) => match.value === 'And');
    texts.push('Before there is a connection.');
    assert.deepEqual(proxy.unfired(), []);
    proxy.use([]);
    await nurse.seesExactly(texts, reconnectTimeoutMs * 2);
    await patient.seesExactly(texts);
    await patient.field.waitFor((match) => match.value === 'And');
  }));

  it('breaks no policy; only the cut network is heard of', stage.step(() => stage.quiet([asking(proxy)])));
});

describe('a browser that is wrong about the network', () => {
  const stage = useStage({ configure: allowOtherPort });
  let proxy: FaultProxy;
  let patient: Patient;
  let nurse: Nurse;
  const texts: string[] = [];
  before(async () => {
    proxy = await startNetwork(stage.server);
    leadThrough(proxy, stage.server);
  });
  after(() => proxy?.close());
  const say = async (text: string): Promise<void> => {
    await patient.say(text);
    texts.push(text);
  };
  /** What `navigator.onLine` says from now on, whatever is true. */
  const claim = (onLine: boolean): Promise<void> =>
    patient.run((says) => {
      Object.defineProperty(navigator, 'onLine', { configurable: true, get: () => says });
      dispatchEvent(new Event(says ? 'online' : 'offline'));
    }, onLine);

  it('27: the browser says that there is no network, and there is: the connection stays, and where it ends there is another', stage.step(async () => {
    [patient, nurse] = await Promise.all([stage.patient(), stage.nurse()]);
    await Promise.all([patient.visit('/'), nurse.signIn()]);
    await patient.startChat('Lena Moss');
    await nurse.accept();
    const count = await opened(patient);
    await claim(false);
    await say('There is a network.');
    await nurse.seesExactly(texts);
    assert.equal(await opened(patient), count, 'the same socket');
    proxy.cut();
    await say('There is another connection.');
    await nurse.seesExactly(texts);
    await patient.seesNoMore('notice');
    await patient.page.css('care-chat p').waitForNone();
  }));

  it('27: the browser says that there is a network, and there is none: no connection is shown, and what is said waits for one', stage.step(async () => {
    setFault(proxy, 'cut');
    await claim(true);
    await say('Said to nobody yet.');
    await patient.seesState(uiEn.stateQueued);
    await patient.seesPart('notice', 'No connection');
    await claim(true);
    await patient.seesPart('notice', 'No connection');
    await patient.seesState(uiEn.stateQueued);
    setFault(proxy, 'none');
    await claim(true);
    await nurse.seesExactly(texts, reconnectTimeoutMs);
    await patient.seesExactly(texts);
  }));

  it('breaks no policy; only the cut network is heard of', stage.step(() => stage.quiet([asking(proxy)])));
});

describe('a page whose own rules keep the chat away', () => {
  const stage = useStage({
    configure(config) {
      for (const mount of config['static'] as { csp?: string }[]) if (mount.csp !== undefined) mount.csp = mount.csp.replace(/connect-src [^;]*/, "connect-src 'none'");
    },
  });
  let patient: Patient;

  it('87: a policy without connect-src: a sentence, the emergency line, the other ways, and another try', stage.step(async () => {
    patient = await stage.patient();
    await patient.visit('/');
    await patient.page.role('button', 'Open chat').click();
    await patient.seesPart('error', 'We cannot reach the chat');
    await patient.seesPart('emergency', '911');
    await patient.page.css('care-chat p').waitForText('You can always call us');
    await patient.page.css('[part~=state-view]').role('button', 'Try again').waitFor();
  }));
});

describe('a server that accepts and says nothing', () => {
  const stage = useStage();
  after(() => stage.server.hang(false));

  it('the panel, opened for the first time, shows the other ways long before it gives up; it comes when the server speaks', stage.step(async () => {
    const patient = await stage.patient();
    const ways = patient.page.css('care-chat p');
    await patient.visit('/');
    stage.server.hang(true);
    await patient.page.role('button', 'Open chat').click();
    await patient.seesPart('emergency', '911');
    await patient.seesPart('state-view', 'Loading…');
    await ways.waitForText('You can always call us');
    await patient.seesPart('state-view', 'Loading…');
    stage.server.hang(false);
    await patient.page.role('button', 'Start chat').waitFor(undefined, reconnectTimeoutMs);
    await ways.waitForNone();
    await stage.leave(patient);
  }));
});

describe('an ad blocker', () => {
  const stage = useStage();
  let nurse: Nurse;

  it('91: one that blocks the chat\'s paths: said at once, with the other ways', stage.step(async () => {
    stage.addPage('blocked', "{ const real = fetch; globalThis.fetch = (input, init) => /care-chat\\?|\\/v1\\//.test(String(input)) ? Promise.reject(new TypeError('Failed to fetch')) : real(input, init); }");
    const patient = await stage.patient();
    await patient.visit('/blocked/');
    await patient.page.role('button', 'Open chat').click();
    await patient.seesPart('error', 'ad blocker');
    await patient.page.css('care-chat p').waitForText('You can always call us');
    await stage.leave(patient);
  }));

  it('91: one that blocks WebSockets: everything arrives another way, in both directions', stage.step(async () => {
    stage.addPage('no-socket', "globalThis.WebSocket = class { constructor() { throw new DOMException('blocked', 'SecurityError'); } };");
    nurse = await stage.nurse();
    await nurse.signIn();
    const patient = await stage.patient();
    await patient.visit('/no-socket/');
    await patient.startChat('Blocked Bea');
    await patient.say('Does this arrive?');
    await nurse.accept();
    await nurse.seesExactly(['Does this arrive?']);
    await nurse.reply('It does.');
    await patient.seesExactly(['Does this arrive?', 'It does.']);
    await patient.seesState('Read');
    assert.equal(await patient.sockets(), 0);
    await patient.page.css('care-chat p').waitForNone();
    await stage.leave(patient);
  }));
});
