/** The tabs of one browser: one connection where they can share it, and nothing lost when the one that has it goes, sleeps or cannot be heard. */
import { expect } from '@open-wc/testing';
import type { ChatClient } from '../../src/core/api.js';
import { type MoreOfClient, createLazyChatClient } from '../../src/core/lazy-chat-client.js';
import { startConversation } from '../../src/core/start-conversation.js';
import { follow, lead } from '../../src/core/tabs.js';
import type { MessageItem } from '../../src/core/snapshots.js';
import type { LoopbackServer } from '../../src/transports/loopback/loopback-model.js';
import { createLoopbackServer } from '../../src/transports/loopback/loopback-server.js';
import { createLoopbackTransport } from '../../src/transports/loopback/loopback-transport.js';
import type { Transport } from '../../src/transports/transport.js';
import { createFakeClock, settle as settleSome } from '../support/shared/fake-clock.js';
import { type FakeBrowser, type MemoryPorts, createFakeBrowser, createLock, createMemoryPorts } from '../support/shared/memory-ports.js';

/** A message from tab to tab and a request behind it are many promises long. */
const settle = (): Promise<void> => settleSome(3000);

const nurse = { id: 'a_1', role: 'agent', name: 'Ana', title: 'Nurse' } as const;

interface Tab {
  readonly client: ChatClient;
  readonly ports: MemoryPorts;
  /** Connections of this tab that are open now. */
  readonly links: Set<object>;
  /** Hears and says nothing any more, and its timers stand still, as a page that the browser has frozen. */
  frozen: boolean;
  /** Requests that wait for an answer get none. */
  offline: boolean;
}

let server: LoopbackServer;
let browser: FakeBrowser;
let tabs: Tab[];
/** Everything that went from tab to tab. */
let said: string[];

const more: MoreOfClient = { startConversation, follow, lead };

function openTab({ load = (): Promise<MoreOfClient> => Promise.resolve(more), durable = true } = {}): Tab {
  const own = createMemoryPorts(browser, tabs.length + 1);
  if (!durable) own.vault.loseDurability();
  const tab: Tab = { ports: own, client: null as unknown as ChatClient, links: new Set(), frozen: false, offline: false };
  const ports = {
    ...own,
    clock: {
      ...own.clock,
      setTimer(run: () => void, delayMs: number) {
        let cancel = (): void => {};
        // Timers of a frozen page fire when it thaws.
        const fire = (): void => void (tab.frozen ? (cancel = own.clock.setTimer(fire, 1000)) : run());
        cancel = own.clock.setTimer(fire, delayMs);
        return () => cancel();
      },
    },
    tabs: {
      ...own.tabs,
      post(message: unknown) {
        said.push(JSON.stringify(message));
        if (!tab.frozen) own.tabs.post(message);
      },
      onMessage: (listener: (message: unknown) => void) => own.tabs.onMessage((message) => void (tab.frozen || listener(message))),
    },
  };
  const far = createLoopbackTransport(server);
  const transport: Transport = {
    ...far,
    connect(handlers) {
      const key = {};
      if (!tab.offline) tab.links.add(key);
      const link = tab.offline ? { send: () => false, close() {} } : far.connect({
        ...handlers,
        onclose(closed) {
          tab.links.delete(key);
          handlers.onclose(closed);
        },
      });
      if (tab.offline) queueMicrotask(() => handlers.onclose({ code: 1006, reason: '' }));
      return link;
    },
  };
  Object.assign(tab, { client: createLazyChatClient({ transport, ports, widgetId: 'main', locale: 'en', client: { name: 't', version: '0' }, loadMore: load }) });
  tabs.push(tab);
  return tab;
}

async function startChat(options?: Parameters<typeof openTab>[0]): Promise<readonly [tab: Tab, id: string]> {
  const tab = openTab(options);
  await tab.client.load();
  const started = await tab.client.start({});
  await settle();
  if (!started.ok) throw started.error;
  return [tab, started.value];
}

async function join(options?: Parameters<typeof openTab>[0]): Promise<Tab> {
  const tab = openTab(options);
  await tab.client.load();
  await tab.client.resume();
  await browser.clock.advance(200);
  await settle();
  return tab;
}

const messages = ({ client }: Tab): MessageItem[] => (client.snapshot.value.conversation?.timeline.chunks.flat() ?? []).filter((item): item is MessageItem => item.type === 'message');
const texts = (tab: Tab): string[] => messages(tab).map(({ text }) => text);
const states = (tab: Tab): (string | null)[] => messages(tab).map(({ state }) => state);
const connected = (): number[] => tabs.map(({ links }) => links.size);
const inLog = (id: string): string[] => server.log(id).flatMap((event) => (event.kind === 'message' && 'parts' in event.d ? event.d.parts.map((part) => ('text' in part ? part.text : '')) : []));
const state = ({ client }: Tab): string => client.snapshot.value.connection.state;

describe('tabs of one browser', () => {
  beforeEach(() => {
    const clock = createFakeClock();
    browser = createFakeBrowser(clock, createLock());
    server = createLoopbackServer({ clock });
    tabs = [];
    said = [];
  });
  afterEach(() => {
    for (const { client, ports } of tabs) {
      client.dispose();
      expect(ports.page.listeners, 'listeners left behind').to.equal(0);
    }
    expect(browser.clock.pending, 'timers left behind').to.equal(0);
  });

  it('have one connection, and all see and send the same', async () => {
    const [first, id] = await startChat();
    const second = await join();
    const third = await join();
    expect(connected()).to.deep.equal([1, 0, 0]);
    expect([state(first), state(second), state(third)]).to.deep.equal(['online', 'online', 'online']);
    server.say(id, nurse, 'How can I help?');
    await settle();
    second.client.send('From the second');
    await settle();
    third.client.send('From the third');
    await settle();
    first.client.send('From the first');
    await settle();
    const all = ['How can I help?', 'From the second', 'From the third', 'From the first'];
    expect(inLog(id)).to.deep.equal(all);
    for (const tab of [first, second, third]) {
      expect(texts(tab)).to.deep.equal(all);
      expect(states(tab)).to.deep.equal([null, 'sent', 'sent', 'sent']);
    }
    expect(connected()).to.deep.equal([1, 0, 0]);
  });

  it('tell each other names, numbers and states only', async () => {
    const [, id] = await startChat();
    const second = await join();
    second.client.setDraft('secret 8f3a');
    second.client.send('secret 8f3a');
    server.say(id, nurse, 'secret 8f3a');
    await browser.clock.advance(30_000);
    expect(said.length).to.be.greaterThan(5);
    expect(said.filter((message) => message.includes('8f3a'))).to.deep.equal([]);
  });

  it('share typing, receipts and what was read', async () => {
    const [first, id] = await startChat();
    const second = await join();
    server.typing(id, nurse, true);
    await settle();
    expect(second.client.snapshot.value.conversation?.typing.map(({ name }) => name)).to.deep.equal(['Ana']);
    server.say(id, nurse, 'Hello');
    await settle();
    expect([first.client.snapshot.value.unread, second.client.snapshot.value.unread]).to.deep.equal([1, 1]);
    second.client.markRead(messages(second)[0]!.seq!);
    await browser.clock.advance(1000);
    expect([first.client.snapshot.value.unread, second.client.snapshot.value.unread]).to.deep.equal([0, 0]);
    expect(server.conversations.get(id)!.state.watermarks.find(({ role }) => role === 'visitor')?.read).to.equal(messages(second)[0]!.seq);
  });

  it('hand over when the one with the connection is closed, and lose nothing', async () => {
    const [first, id] = await startChat();
    const second = await join();
    first.client.send('one');
    first.ports.page.hide();
    first.client.dispose();
    server.say(id, nurse, 'said in between');
    await browser.clock.advance(3000);
    expect(connected()).to.deep.equal([0, 1]);
    second.client.send('two');
    await settle();
    expect(inLog(id).sort()).to.deep.equal(['one', 'said in between', 'two']);
    expect(texts(second).sort()).to.deep.equal(['one', 'said in between', 'two']);
    expect(state(second)).to.equal('online');
  });

  it('send what a tab typed that was killed', async () => {
    const [first, id] = await startChat();
    const second = await join();
    first.frozen = true;
    server.cut(1006);
    first.client.send('typed in a tab that dies');
    await settle();
    // A killed process says nothing any more; its lock is let go of by the browser.
    first.client.dispose();
    await browser.clock.advance(60_000);
    expect(inLog(id)).to.deep.equal(['typed in a tab that dies']);
    expect(texts(second)).to.deep.equal(['typed in a tab that dies']);
  });

  it('take the lead from a tab that is frozen with it, which follows when it thaws', async () => {
    const [first, id] = await startChat();
    const second = await join();
    first.frozen = true;
    second.ports.page.wake();
    await browser.clock.advance(3000);
    expect(second.links.size).to.equal(1);
    server.say(id, nurse, 'while frozen');
    await settle();
    expect(texts(second)).to.deep.equal(['while frozen']);
    first.frozen = false;
    await browser.clock.advance(30_000);
    first.ports.page.wake();
    await browser.clock.advance(30_000);
    expect(connected()).to.deep.equal([0, 1]);
    expect(texts(first)).to.deep.equal(['while frozen']);
  });

  it('notice within half a minute that the one with the connection is frozen, with nobody doing anything', async () => {
    await startChat();
    const second = await join();
    tabs[0]!.frozen = true;
    await browser.clock.advance(28_000);
    expect(second.links.size).to.equal(1);
  });

  it('keep what is typed while the one connection is down, and say so', async () => {
    const [first, id] = await startChat();
    const second = await join();
    first.offline = true;
    server.cut(1006);
    await settle();
    expect(state(second)).to.equal('waiting');
    second.client.send('typed while down');
    await settle();
    expect(states(second)).to.deep.equal(['queued']);
    expect(inLog(id)).to.deep.equal([]);
    first.offline = false;
    second.client.tryNow();
    await browser.clock.advance(1000);
    expect(inLog(id)).to.deep.equal(['typed while down']);
    expect(states(second)).to.deep.equal(['sent']);
    expect(state(second)).to.equal('online');
  });

  it('show what another tab has queued', async () => {
    const [first] = await startChat();
    const second = await join();
    first.offline = true;
    server.cut(1006);
    await settle();
    first.client.send('waits');
    await settle();
    expect(texts(second)).to.deep.equal(['waits']);
    expect(states(second)).to.deep.equal(['queued']);
    first.offline = false;
    first.client.tryNow();
    await settle();
    expect([states(first), states(second)]).to.deep.equal([['sent'], ['sent']]);
  });

  it('send again under the same cmid what got no answer', async () => {
    const [, id] = await startChat();
    const second = await join();
    const { submit } = server;
    let lost = 2;
    (server as { submit: typeof submit }).submit = (session, request) => {
      const result = submit(session, request);
      return lost-- > 0 ? 'timeout' : result;
    };
    second.client.send('once');
    await browser.clock.advance(20_000);
    expect(inLog(id)).to.deep.equal(['once']);
    expect(states(second)).to.deep.equal(['sent']);
  });

  it('read again when the server was renumbered', async () => {
    const [, id] = await startChat();
    const second = await join();
    for (let n = 0; n < 5; n++) server.say(id, nurse, `m${n}`);
    await settle();
    server.renumber(3);
    await browser.clock.advance(5000);
    expect(texts(second)).to.deep.equal(inLog(id));
  });

  it('let go of the lead when the page is left, and come back for it', async () => {
    const [first, id] = await startChat();
    const second = await join();
    first.ports.page.hide();
    await browser.clock.advance(500);
    expect(connected()).to.deep.equal([0, 1]);
    server.say(id, nurse, 'while away');
    first.ports.page.wake();
    await browser.clock.advance(500);
    expect(connected()).to.deep.equal([0, 1]);
    expect(texts(first)).to.deep.equal(['while away']);
    second.ports.page.hide();
    await browser.clock.advance(500);
    expect(connected()).to.deep.equal([1, 0]);
  });

  it('wait no less between two tries because the page is left and shown again', async () => {
    const [tab] = await startChat();
    const retryIn = (): number => tab.client.snapshot.value.connection.retryAt! - browser.clock.now();
    tab.offline = true;
    server.cut(1006);
    for (let failure = 0; failure < 5; failure++) await browser.clock.advance(retryIn());
    const waits: number[] = [];
    for (let turn = 0; turn < 20; turn++) {
      tab.ports.page.hide();
      tab.ports.page.wake();
      await settle();
      waits.push(retryIn());
    }
    expect(Math.max(...waits)).to.be.greaterThan(1000);
  });

  it('connect each for itself where what they need to share cannot be loaded', async () => {
    await startChat();
    await join({ load: () => Promise.reject(new Error('offline')) });
    expect(connected()).to.deep.equal([1, 1]);
  });

  it('connect each for itself where nothing can be stored', async () => {
    await startChat();
    await join({ durable: false });
    expect(connected()).to.deep.equal([1, 1]);
  });

  it('connect each for itself where there is no lock', async () => {
    browser = createFakeBrowser(browser.clock);
    const [first, id] = await startChat();
    const second = await join();
    expect(connected()).to.deep.equal([1, 1]);
    first.client.send('one');
    await settle();
    second.client.send('two');
    await settle();
    expect(inLog(id)).to.deep.equal(['one', 'two']);
    expect(texts(first)).to.deep.equal(['one', 'two']);
    expect(texts(second)).to.deep.equal(['one', 'two']);
  });

  it('forget together when the server says so', async () => {
    const [first] = await startChat();
    const second = await join();
    server.cut(4410);
    await browser.clock.advance(1000);
    expect([first, second].map(({ client }) => client.snapshot.value.conversation)).to.deep.equal([null, null]);
    expect(browser.vaultContent.size).to.equal(0);
  });

  it('end a conversation from any of them', async () => {
    const [first, id] = await startChat();
    const second = await join();
    expect((await second.client.end()).ok).to.equal(true);
    await settle();
    expect(server.conversations.get(id)!.state.status).to.equal('closed');
    expect([first, second].map(({ client }) => client.snapshot.value.conversation?.status)).to.deep.equal(['closed', 'closed']);
  });
});
