/** The patient's client against the loopback backend: what a person does, and what the machine does to it meanwhile. */
import { expect } from '@open-wc/testing';
import { startAgain } from '../../src/core/start-conversation.js';
import { createChatClient } from '../../src/core/chat-client.js';
import type { ChatClient, ChatFact } from '../../src/core/api.js';
import type { MessageItem } from '../../src/core/snapshots.js';
import { createLoopbackServer } from '../../src/transports/loopback/loopback-server.js';
import { createLoopbackTransport } from '../../src/transports/loopback/loopback-transport.js';
import type { LoopbackServer } from '../../src/transports/loopback/loopback-model.js';
import { createFakeClock, settle } from '../support/shared/fake-clock.js';
import { type FakeBrowser, type MemoryPorts, createFakeBrowser, createMemoryPorts } from '../support/shared/memory-ports.js';

const nurse = { id: 'a_1', role: 'agent', name: 'Ana', title: 'Nurse' } as const;

interface Page {
  readonly client: ChatClient;
  readonly ports: MemoryPorts;
  readonly facts: ChatFact[];
}

let server: LoopbackServer;
let browser: FakeBrowser;
let pages: Page[];
let seed = 0;

function openPage(transport = createLoopbackTransport(server)): Page {
  const ports = createMemoryPorts(browser, ++seed);
  const client = createChatClient({ transport, ports, widgetId: 'main', locale: 'en', client: { name: 'test', version: '0' } });
  const facts: ChatFact[] = [];
  client.onFact((fact) => facts.push(fact));
  const page = { client, ports, facts };
  pages.push(page);
  return page;
}

async function startChat(firstText?: string): Promise<Page & { readonly id: string }> {
  const page = openPage();
  await page.client.load();
  const started = await page.client.start({ firstText });
  await settle();
  if (!started.ok) throw started.error;
  return { ...page, id: started.value };
}

const messages = (client: ChatClient): MessageItem[] =>
  (client.snapshot.value.conversation?.timeline.chunks.flat() ?? []).filter((item): item is MessageItem => item.type === 'message');
const texts = (client: ChatClient): string[] => messages(client).map(({ text }) => text);
const states = (client: ChatClient): (string | null)[] => messages(client).map(({ state }) => state);

describe('chat client', () => {
  beforeEach(() => {
    const clock = createFakeClock();
    browser = createFakeBrowser(clock);
    server = createLoopbackServer({ clock });
    pages = [];
  });
  afterEach(() => {
    for (const { client, ports } of pages) {
      client.dispose();
      expect(ports.page.listeners, 'listeners left behind').to.equal(0);
    }
  });

  it('stores nothing and sets no timer before it is used', async () => {
    const { client, ports } = openPage();
    await client.load();
    await client.resume();
    expect(ports.vault.content.size).to.equal(0);
    expect(ports.flags.get('care-chat:live:main')).to.equal(null);
    expect(client.snapshot.value.phase).to.equal('ready');
    expect(browser.clock.pending).to.equal(0);
  });

  it('names an unknown widget', async () => {
    const ports = createMemoryPorts(browser);
    const client = createChatClient({ transport: createLoopbackTransport(server), ports, widgetId: 'nobody', locale: 'en', client: { name: 'test', version: '0' } });
    await client.load();
    expect(client.snapshot.value.phase).to.equal('failed');
    expect(client.snapshot.value.error).to.equal('widget-unknown');
    client.dispose();
  });

  it('gives back what was typed when it is given up, and of a form not its title', async () => {
    const { client } = await startChat('Good morning');
    (server as { submit: unknown }).submit = () => 'form-version';
    const form = client.submitForm({ form: { questionnaire: 'urn:knee|1', title: 'Sore knee' }, purpose: 'checker', answers: [], response: {} });
    const message = client.send('Are you there?');
    await settle();
    expect(texts(client)).to.deep.equal(['Good morning', 'Sore knee', 'Are you there?']);
    const given = [await client.discard(form.ok ? form.value : ''), await client.discard(message.ok ? message.value : '')];
    expect(given.map((item) => item && item.text)).to.deep.equal([null, 'Are you there?']);
    expect(texts(client)).to.deep.equal(['Good morning']);
  });

  it('opens a conversation with its first message, and says so once', async () => {
    const { client, facts, id, ports } = await startChat('Good morning');
    expect(texts(client)).to.deep.equal(['Good morning']);
    expect(facts.filter(({ type }) => type === 'conversation-started')).to.deep.equal([{ type: 'conversation-started', conversationId: id }]);
    expect(ports.flags.get('care-chat:live:main')).to.equal('1');
    expect(client.snapshot.value.connection.state).to.equal('online');
    expect(client.snapshot.value.conversation?.status).to.equal('waiting');
  });

  it('takes a message from queued over sending to sent, delivered and read', async () => {
    const { client, id } = await startChat();
    const seen: (string | null)[] = [];
    client.snapshot.subscribe(() => {
      const state = states(client).at(-1) ?? null;
      if (state !== seen.at(-1)) seen.push(state);
    });
    expect(client.send('Hello').ok).to.equal(true);
    await settle();
    const session = [...server.sessions.values()][0]!;
    const staff = { ...session, subject: 'a_1', role: 'agent' as const, by: nurse };
    server.sessions.set('agent-token-of-the-test', staff);
    const link = createLoopbackTransport(server).connect({ onopen: () => link.send({ t: 'hello', id: 1, d: { v: ['1'], caps: [], token: 'agent-token-of-the-test', deviceId: 'd_x', tabId: 't_x', client: { name: 'n', version: '0' }, resume: [{ stream: id, epoch: 'k1', seq: 0 }] } }), onframe() {}, onbadframe() {}, onclose() {} });
    await settle();
    link.send({ t: 'receipt', d: { stream: id, delivered: 3 } });
    await settle();
    link.send({ t: 'receipt', d: { stream: id, read: 3 } });
    await settle();
    expect(seen).to.deep.equal(['queued', 'sending', 'sent', 'delivered', 'read']);
  });

  it('shows what the nurse writes, counts it as unread, and forgets that when it is read', async () => {
    const { client, id, facts } = await startChat();
    server.say(id, nurse, 'How can I help?');
    await settle();
    expect(client.snapshot.value.unread).to.equal(1);
    const item = messages(client)[0]!;
    expect(item).to.include({ mine: false, text: 'How can I help?', state: null });
    expect(facts.filter(({ type }) => type === 'message-received').length).to.equal(1);
    client.markRead(item.seq!);
    expect(client.snapshot.value.unread).to.equal(0);
    await browser.clock.advance(300);
    expect(server.conversations.get(id)!.state.watermarks).to.deep.include({ who: [...server.sessions.values()][0]!.subject, role: 'visitor', delivered: 2, read: 2 });
  });

  for (const code of [4413, 1009]) {
    it(`does not send again what ended the connection as too large (${code})`, async () => {
      const { client, id } = await startChat();
      let tries = 0;
      const before = server.attach;
      (server as { attach: unknown }).attach = (peer: { close(code: number): void }) => {
        const end = before(peer as never);
        return { ...end, receive: (frame: { readonly t: string }) => (frame.t === 'submit' && ++tries === 1 ? queueMicrotask(() => peer.close(code)) : end.receive(frame as never)) };
      };
      server.cut(1006);
      await browser.clock.advance(5000);
      client.send('too much');
      client.send('and more');
      for (let turn = 0; turn < 20; turn++) await browser.clock.advance(2000);
      expect(messages(client).map(({ text, state, error }) => [text, state, error])).to.deep.equal([['and more', 'sent', null], ['too much', 'failed', 'too-large']]);
      expect(server.log(id).filter(({ kind }) => kind === 'message').length).to.equal(1);
    });
  }

  it('keeps what was typed offline, in order, over a reload, and sends each once', async () => {
    const { client, id } = await startChat();
    server.cut(1006);
    await settle();
    const refused: string[] = [];
    const before = server.attach;
    (server as { attach: unknown }).attach = (peer: { close(code: number): void }) => {
      refused.push('x');
      peer.close(1006);
      return { receive() {}, detach() {} };
    };
    for (let n = 1; n <= 30; n++) client.send(`m${n}`);
    await browser.clock.advance(5000);
    expect(refused.length).to.be.greaterThan(0);
    expect([...new Set(states(client))]).to.deep.equal(['queued']);
    client.dispose();
    (server as { attach: unknown }).attach = before;
    const next = openPage();
    expect(next.client.hasLive()).to.equal(true);
    await next.client.resume();
    for (let turn = 0; turn < 10; turn++) await browser.clock.advance(100);
    const expected = Array.from({ length: 30 }, (_, index) => `m${index + 1}`);
    expect(texts(next.client)).to.deep.equal(expected);
    expect([...new Set(states(next.client))]).to.deep.equal(['sent']);
    expect(server.log(id).filter(({ kind }) => kind === 'message').length).to.equal(30);
    expect([...next.ports.vault.content.keys()].filter((key) => key.startsWith('outbox/'))).to.deep.equal([]);
  });

  it('ends a conversation behind what was written, and keeps it on show', async () => {
    const { client, facts, ports } = await startChat();
    client.send('One more thing');
    expect((await client.end()).ok).to.equal(true);
    await settle();
    expect(texts(client)).to.deep.equal(['One more thing']);
    expect(client.snapshot.value.conversation?.status).to.equal('closed');
    expect(facts.filter(({ type }) => type === 'conversation-ended')).to.deep.equal([{ type: 'conversation-ended', conversationId: client.snapshot.value.conversation!.id, by: 'visitor' }]);
    expect(client.hasLive()).to.equal(false);
    expect(ports.flags.get('care-chat:live:main')).to.equal('0');
    const late = client.send('Too late');
    expect(!late.ok && late.error.code).to.equal('closed-conversation');
    await client.reset();
    expect(client.snapshot.value.conversation).to.equal(null);
    expect(ports.flags.get('care-chat:live:main')).to.equal(null);
  });

  it('shares one conversation among tabs: what is read in one is read in the other, and a draft goes through the vault', async () => {
    const first = await startChat();
    const second = openPage();
    await second.client.load();
    await second.client.resume();
    await settle();
    server.say(first.id, nurse, 'Hello');
    await settle();
    expect([first.client.snapshot.value.unread, second.client.snapshot.value.unread]).to.deep.equal([1, 1]);
    first.client.markRead(99);
    await settle();
    expect(second.client.snapshot.value.unread).to.equal(0);
    first.client.setDraft('half a sen');
    await browser.clock.advance(400);
    expect(second.client.snapshot.value.draft.text).to.equal('half a sen');
  });

  it('lets each tab keep its draft where two are typed in at once', async () => {
    const [first, second] = [await startChat(), openPage()];
    await second.client.resume();
    await settle();
    const drafts = (): string[] => [first, second].map(({ client }) => client.snapshot.value.draft.text);
    second.client.setDraft('tab 1 m');
    await browser.clock.advance(100);
    first.client.setDraft('tab 0 mes');
    await browser.clock.advance(2000);
    expect(drafts()).to.deep.equal(['tab 0 mes', 'tab 1 m']);
    second.client.setDraft('tab 1 message');
    await browser.clock.advance(2000);
    expect(drafts()).to.deep.equal(['tab 0 mes', 'tab 1 message']);
    // What is sent in one is not taken from the other.
    second.client.send('tab 1 message');
    await browser.clock.advance(2000);
    expect(drafts()).to.deep.equal(['tab 0 mes', '']);
    // An empty field has nothing to lose.
    first.client.setDraft('tab 0 message');
    await browser.clock.advance(2000);
    expect(drafts()).to.deep.equal(['tab 0 message', 'tab 0 message']);
  });

  it('goes on in one tab with what was begun in another, to and fro', async () => {
    const [first, second] = [await startChat(), openPage()];
    await second.client.resume();
    await settle();
    const third = openPage();
    await third.client.resume();
    await settle();
    for (const [at, text] of [[0, 'My'], [0, 'My chest'], [1, 'My chest hurts'], [1, 'My chest hurts since'], [0, 'My chest hurts since Monday'], [2, 'My chest hurts'], [1, '']] as const) {
      [first, second, third][at]!.client.setDraft(text);
      await browser.clock.advance(400);
      expect([first, second, third].map(({ client }) => client.snapshot.value.draft.text)).to.deep.equal([text, text, text]);
    }
  });

  it('tells tabs ids and names only', async () => {
    const posted: unknown[] = [];
    const listen = browser.openTab();
    listen.onMessage((message) => posted.push(message));
    const { client } = await startChat('canary one');
    client.setDraft('canary two');
    await browser.clock.advance(400);
    client.send('canary three');
    await settle();
    await client.logout();
    await settle();
    expect(posted.length).to.be.greaterThan(2);
    expect(JSON.stringify(posted)).not.to.include('canary');
    listen.close();
  });

  it('takes up the conversation when a store that did not answer does so after all', async () => {
    const { client, id } = await startChat('Hello');
    client.dispose();
    const ports = createMemoryPorts(browser, ++seed);
    const { get } = ports.vault;
    const told: ((durable: boolean) => void)[] = [];
    let silent = true;
    const vault = {
      ...ports.vault,
      get durable() {
        return !silent;
      },
      get: (key: string) => (silent ? Promise.resolve(undefined) : get(key)),
      onDurableChange: (listener: (durable: boolean) => void) => (told.push(listener), () => {}),
    };
    const later = createChatClient({ transport: createLoopbackTransport(server), ports: { ...ports, vault }, widgetId: 'main', locale: 'en', client: { name: 'test', version: '0' } });
    await later.load();
    await later.resume();
    expect(later.snapshot.value.conversation).to.equal(null);
    expect(later.hasLive()).to.equal(true);
    silent = false;
    for (const tell of told) tell(true);
    await settle();
    expect(later.snapshot.value.conversation?.id).to.equal(id);
    later.dispose();
  });

  it('tells nobody after a reload that they wait in a queue, before the server has said so', async () => {
    const { client } = await startChat('hello');
    expect(client.snapshot.value.conversation?.status).to.equal('waiting');
    client.dispose();
    const { client: next } = openPage();
    const seen = new Set<unknown>();
    next.snapshot.subscribe(({ conversation }) => conversation && seen.add(conversation.status));
    await next.resume();
    await browser.clock.advance(1000);
    expect([...seen]).to.deep.equal(['open', 'waiting']);
  });

  it('keeps a draft over a reload', async () => {
    const { client } = await startChat();
    client.setDraft('half a sen');
    client.dispose();
    const next = openPage();
    await next.client.resume();
    await settle();
    expect(next.client.snapshot.value.draft.text).to.equal('half a sen');
  });

  it('goes on writing in the conversation what was being written before it', async () => {
    const page = openPage();
    await page.client.load();
    await page.client.resume();
    page.client.setDraft('and one more thing');
    await browser.clock.advance(400);
    await page.client.start({ firstText: 'Hello' });
    expect(page.client.snapshot.value.draft.text).to.equal('and one more thing');
    expect([...page.ports.vault.content.keys()]).not.to.include('draft/new');
  });

  it('goes on writing what was typed behind the first message while that was on its way', async () => {
    const page = openPage();
    await page.client.load();
    await page.client.resume();
    page.client.setDraft('Hello');
    const started = page.client.start({ firstText: 'Hello' });
    page.client.setDraft('Hello and more');
    await started;
    await settle();
    expect(texts(page.client)).to.deep.equal(['Hello']);
    expect(page.client.snapshot.value.draft.text).to.equal('and more');
  });

  it('offers nothing again that was sent, also where the page is left in the next moment', async () => {
    const { client, ports } = await startChat();
    client.setDraft('on the train');
    await browser.clock.advance(600);
    client.send('on the train');
    await settle();
    // As a page does that is gone before anything else runs.
    const kept = [...ports.vault.content].filter(([key]) => key.startsWith('draft/')).map(([, value]) => value);
    expect(kept.join()).not.to.contain('train');
    expect(client.snapshot.value.draft.text).to.equal('');
  });

  it('leaves alone what somebody writes when the page sends something else', async () => {
    const { client } = await startChat();
    client.setDraft('history of asthma');
    client.send('hi');
    expect(client.snapshot.value.draft.text).to.equal('history of asthma');
  });

  it('sends the head of the queue with a last request when the page is left, under the same cmid', async () => {
    const { client, id, ports } = await startChat();
    const before = server.attach;
    server.cut(1006);
    (server as { attach: unknown }).attach = () => ({ receive() {}, detach() {} });
    await settle();
    const sent = client.send('on my way out');
    await settle();
    ports.page.hide();
    await settle();
    expect(server.log(id).flatMap((event) => event.cmid ?? [])).to.deep.equal(sent.ok ? [sent.value] : []);
    client.dispose();
    (server as { attach: unknown }).attach = before;
    const next = openPage();
    await next.client.resume();
    await browser.clock.advance(1000);
    expect(texts(next.client)).to.deep.equal(['on my way out']);
    expect(server.log(id).filter(({ kind }) => kind === 'message').length).to.equal(1);
  });

  it('reads the history again when the server was renumbered', async () => {
    const { client, id } = await startChat('kept');
    server.say(id, nurse, 'lost in the restore');
    await settle();
    server.renumber(2);
    await browser.clock.advance(1000);
    expect(texts(client)).to.deep.equal(['kept']);
    server.say(id, nurse, 'after');
    await settle();
    expect(texts(client)).to.deep.equal(['kept', 'after']);
  });

  it('pages older history on demand', async () => {
    const { client, id } = await startChat();
    for (let n = 0; n < 120; n++) server.say(id, nurse, `n${n}`);
    client.dispose();
    const next = openPage();
    await next.client.resume();
    await settle();
    expect(texts(next.client).length).to.equal(50);
    expect(next.client.snapshot.value.conversation?.timeline.hasOlder).to.equal(true);
    while (next.client.snapshot.value.conversation!.timeline.hasOlder) await next.client.loadOlder();
    expect(texts(next.client)).to.deep.equal(Array.from({ length: 120 }, (_, n) => `n${n}`));
  });

  it('gets a fresh token after hours of sleep, and goes on', async () => {
    const { client, id } = await startChat();
    browser.clock.jump(3 * 3_600_000);
    server.cut(4401);
    await settle();
    client.send('good morning');
    await browser.clock.advance(2000);
    expect(client.snapshot.value.connection.state).to.equal('online');
    expect(server.log(id).filter(({ kind }) => kind === 'message').length).to.equal(1);
  });

  for (const [what, reachesServer] of [['a refresh answers 503', false], ['the answer to a refresh is lost', true]] as const) {
    it(`stays the visitor, and gets a token by another try, where ${what}`, async () => {
      const { client, id } = await startChat();
      const { rest } = server;
      const asked: string[] = [];
      let failures = 2;
      (server as { rest: unknown }).rest = (...args: Parameters<typeof rest>) => {
        asked.push(args[1]);
        if (args[1] !== '/sessions/refresh' || failures-- <= 0) return rest(...args);
        if (reachesServer) rest(...args);
        return { status: 503, body: null };
      };
      browser.clock.jump(3 * 3_600_000);
      server.cut(4401);
      await settle();
      client.send('good morning');
      expect(states(client)).to.deep.equal(['queued']);
      await browser.clock.advance(10_000);
      expect(client.snapshot.value.connection.state).to.equal('online');
      expect(asked.filter((path) => path === '/sessions/refresh').length).to.equal(3);
      expect(asked).not.to.include('/sessions');
      expect(states(client)).to.deep.equal(['sent']);
      expect(server.log(id).filter(({ kind }) => kind === 'message').length).to.equal(1);
    });
  }

  it('opens one conversation however often the first answer is lost', async () => {
    const page = openPage();
    await page.client.load();
    const { rest } = server;
    let losses = 3;
    (server as { rest: unknown }).rest = (...args: Parameters<typeof rest>) => {
      const answer = rest(...args);
      return args[1] === '/conversations' && losses-- > 0 ? { status: 502, body: null } : answer;
    };
    for (let turn = 0; turn < 3; turn++) expect((await page.client.start({ firstText: 'Hi' })).ok).to.equal(false);
    expect(page.client.snapshot.value.startError).to.equal('bad-answer');
    expect((await page.client.start({ firstText: 'Hi' })).ok).to.equal(true);
    expect(server.conversations.size).to.equal(1);
    await settle();
    expect(texts(page.client)).to.deep.equal(['Hi']);
  });

  const loseAnswer = (losses = 1): void => {
    const { rest } = server;
    (server as { rest: unknown }).rest = (...args: Parameters<typeof rest>) => {
      const answer = rest(...args);
      return args[1] === '/conversations' && losses-- > 0 ? { status: 502, body: null } : answer;
    };
  };
  const said = (id: string): string[] =>
    server.log(id).flatMap((event) => (event.kind === 'message' && 'parts' in event.d ? event.d.parts.map((part) => ('text' in part ? part.text : '')) : []));

  it('says the first message as it was edited, where the answer to an earlier try was lost', async () => {
    const page = openPage();
    await page.client.load();
    loseAnswer();
    expect((await page.client.start({ firstText: 'It hurts' })).ok).to.equal(false);
    const started = await page.client.start({ firstText: 'It hurts since Tuesday' });
    await settle();
    expect(server.conversations.size).to.equal(1);
    expect(said(started.ok ? started.value : '')).to.deep.equal(['It hurts', 'It hurts since Tuesday']);
    expect(texts(page.client)).to.deep.equal(['It hurts', 'It hurts since Tuesday']);
    expect(page.client.snapshot.value.draft.text).to.equal('');
  });

  it('says the first message once, where an answer was lost and something else was changed', async () => {
    const page = openPage();
    await page.client.load();
    loseAnswer();
    await page.client.start({ firstText: 'Hi' });
    page.client.setLocale('es');
    page.client.setPage('billing');
    const started = await page.client.start({ firstText: 'Hi' });
    for (let turn = 0; turn < 5; turn++) await browser.clock.advance(1000);
    expect(server.conversations.size).to.equal(1);
    expect(said(started.ok ? started.value : '')).to.deep.equal(['Hi']);
    expect(texts(page.client)).to.deep.equal(['Hi']);
    expect(states(page.client)).to.deep.equal(['sent']);
    expect([...browser.vaultContent.keys()].filter((key) => /^(outbox|start)/.test(key))).to.deep.equal([]);
  });

  it('says what was sent while it began, each as a message, in that order, once', async () => {
    const page = openPage();
    const { client } = page;
    await client.load();
    client.setDraft('My chest hurts ');
    const started = client.start({ firstText: 'My chest hurts' });
    client.setDraft('My chest hurts\nsince Monday');
    const early = await client.start({ firstText: 'since Monday' });
    expect(!early.ok && early.error.code).to.equal('not-ready');
    client.setDraft('My chest hurts\nsince Monday\nand');
    await client.start({ firstText: 'and' });
    expect(client.snapshot.value.starting).to.deep.equal(['My chest hurts', 'since Monday', 'and']);
    client.setDraft('My chest hurts\nsince Monday\nand\nI can');
    const { value: id } = (await started) as { value: string };
    for (let turn = 0; turn < 5; turn++) await browser.clock.advance(1000);
    expect(said(id)).to.deep.equal(['My chest hurts', 'since Monday', 'and']);
    expect(texts(client)).to.deep.equal(['My chest hurts', 'since Monday', 'and']);
    expect([client.snapshot.value.draft.text, client.snapshot.value.starting]).to.deep.equal(['I can', null]);
    expect([...browser.vaultContent.keys()].filter((key) => /^(outbox|start|draft.new)/.test(key))).to.deep.equal([]);
  });

  /** A network on which the opening of a conversation waits for `go`. */
  const slowStart = () => {
    const loopback = createLoopbackTransport(server);
    let go = (): void => {};
    const gate = new Promise<void>((resolve) => (go = resolve));
    const transport: typeof loopback = { ...loopback, request: async (operation) => (operation.path === '/conversations' && (await gate), loopback.request(operation)) };
    return { transport, go: () => go() };
  };

  for (const [whose, at] of [['here', 0], ['in another tab', 1]] as const) {
    it(`begins nothing after a logout ${whose}, and says nothing of it`, async () => {
      const { transport, go } = slowStart();
      const page = openPage(transport);
      await page.client.load();
      const other = openPage();
      await other.client.load();
      const started = page.client.start({ firstText: 'Do not send this' });
      await settle();
      await [page, other][at]!.client.logout();
      await settle();
      expect(page.client.snapshot.value.starting).to.equal(null);
      go();
      expect((await started).ok).to.equal(false);
      for (let turn = 0; turn < 5; turn++) await browser.clock.advance(1000);
      expect([...server.conversations.keys()].flatMap(said)).to.deep.equal([]);
      expect([...browser.vaultContent.keys()]).to.deep.equal([]);
      expect([page.client.hasLive(), page.client.snapshot.value.startError, page.client.snapshot.value.conversation]).to.deep.equal([false, null, null]);
    });
  }

  it('sends nothing that was taken out of the field after a failed start, and nothing on the next page that the server refused', async () => {
    for (const [status, code, edited, sent] of [[502, '', '', false], [502, '', 'Hello', true], [503, 'overloaded', 'Hello', false], [429, 'rate-limited', 'Hello', false]] as const) {
      browser = createFakeBrowser(createFakeClock());
      server = createLoopbackServer({ clock: browser.clock });
      const page = openPage();
      await page.client.load();
      page.client.setDraft('Hello');
      const { rest } = server;
      let refusals = 1;
      (server as { rest: unknown }).rest = (...args: Parameters<typeof rest>) =>
        args[1] === '/conversations' && refusals-- > 0 ? { status, body: code ? { status, code, type: '', title: '' } : null } : rest(...args);
      await page.client.start({ firstText: 'Hello' });
      page.client.setDraft(edited);
      await settle();
      page.client.dispose();
      pages.pop();
      const next = openPage();
      await next.client.load();
      await next.client.resume();
      await startAgain(next.client, next.ports);
      await settle();
      expect([code || status, edited, server.conversations.size]).to.deep.equal([code || status, edited, sent ? 1 : 0]);
    }
  });

  it('says nothing twice where the answer was lost and more was sent behind it', async () => {
    const page = openPage();
    const { client } = page;
    await client.load();
    loseAnswer();
    const started = client.start({ firstText: 'one' });
    await client.start({ firstText: 'two' });
    expect((await started).ok).to.equal(false);
    const again = await client.start({ firstText: 'one\ntwo\nthree' });
    for (let turn = 0; turn < 5; turn++) await browser.clock.advance(1000);
    expect(server.conversations.size).to.equal(1);
    expect(said(again.ok ? again.value : '')).to.deep.equal(['one', 'two', 'three']);
    expect(texts(client)).to.deep.equal(['one', 'two', 'three']);
  });

  it('keeps what is typed in one tab while another begins the conversation', async () => {
    const [first, second] = [openPage(), openPage()];
    for (const { client } of [first, second]) await client.load().then(client.resume);
    second.client.setDraft('QQQQ');
    first.client.setDraft('PPPP');
    await browser.clock.advance(400);
    await first.client.start({ firstText: 'PPPP' });
    for (let turn = 0; turn < 3; turn++) await browser.clock.advance(1000);
    expect([first, second].map(({ client }) => [client.snapshot.value.conversation?.id !== undefined, client.snapshot.value.draft.text])).to.deep.equal([[true, 'QQQQ'], [true, 'QQQQ']]);
    second.client.dispose();
    pages.pop();
    const next = openPage();
    await next.client.load().then(next.client.resume);
    await settle();
    expect(next.client.snapshot.value.draft.text).to.equal('QQQQ');
  });

  it('keeps the draft of a tab over its reload where another tab has sent its own', async () => {
    const [first, second] = [await startChat(), openPage()];
    await second.client.resume();
    await settle();
    second.client.setDraft('Z111');
    first.client.setDraft('Z222');
    await browser.clock.advance(400);
    first.client.send('Z222');
    await browser.clock.advance(1000);
    second.client.dispose();
    pages.pop();
    const next = openPage();
    await next.client.load().then(next.client.resume);
    await settle();
    expect(next.client.snapshot.value.draft.text).to.equal('Z111');
  });

  it('does not bring back what another tab has sent meanwhile', async () => {
    const { transport, go } = slowStart();
    const [first, second] = [openPage(transport), openPage()];
    await first.client.load();
    first.client.setDraft('one');
    const started = first.client.start({ firstText: 'one' });
    first.client.setDraft('one\nrest');
    await browser.clock.advance(400);
    await second.client.load().then(second.client.resume);
    await startAgain(second.client, second.ports);
    await settle();
    expect(second.client.snapshot.value.draft.text).to.equal('rest');
    second.client.send('rest');
    await browser.clock.advance(400);
    go();
    const { value: id } = (await started) as { value: string };
    for (let turn = 0; turn < 3; turn++) await browser.clock.advance(1000);
    expect([first, second].map(({ client }) => client.snapshot.value.draft.text)).to.deep.equal(['', '']);
    expect(said(id)).to.deep.equal(['one', 'rest']);
  });

  it('says what each of two tabs begins with, and what was sent behind it, each once', async () => {
    const { transport, go } = slowStart();
    const [first, second] = [openPage(transport), openPage()];
    await Promise.all([first.client.load(), second.client.load()]);
    first.client.setDraft('A first');
    const started = first.client.start({ firstText: 'A first' });
    first.client.setDraft('A first\nA second');
    void first.client.start({ firstText: 'A second' });
    await browser.clock.advance(400);
    // The draft is one for both tabs: it is written over in the other.
    second.client.setDraft('B first');
    await browser.clock.advance(400);
    const { value: id } = (await second.client.start({ firstText: 'B first' })) as { value: string };
    await settle();
    go();
    expect((await started).ok).to.equal(true);
    for (let turn = 0; turn < 5; turn++) await browser.clock.advance(1000);
    expect(said(id)).to.deep.equal(['B first', 'A first', 'A second']);
    expect([first, second].map(({ client }) => client.snapshot.value.draft.text), 'nothing stands there as unsent').to.deep.equal(['', '']);
    expect(await first.ports.vault.entries('start')).to.deep.equal([]);
  });

  it('says what two tabs began with, each once, on the next page where both are gone', async () => {
    const slow = slowStart();
    const lost = [openPage(slow.transport), openPage(slow.transport)];
    for (const [i, text] of ['A first', 'B first'].entries()) {
      const { client } = lost[i]!;
      await client.load();
      client.setDraft(text);
      void client.start({ firstText: text });
      await browser.clock.advance(400);
    }
    for (const { client } of lost) client.dispose();
    pages.length = 0;
    slow.go();
    await settle();
    const next = openPage();
    await next.client.load();
    await next.client.resume();
    expect(await startAgain(next.client, next.ports)).to.equal(false);
    for (let turn = 0; turn < 5; turn++) await browser.clock.advance(1000);
    expect([...said(next.client.snapshot.value.conversation!.id)].sort()).to.deep.equal(['A first', 'B first']);
    expect(await next.ports.vault.entries('start')).to.deep.equal([]);
  });

  it('sends on the next page nothing of a start that failed and was written otherwise since', async () => {
    for (const edited of ['k1', 'I asked google. k1\nk2', 'k1\nk2 and more']) {
      const page = openPage();
      await page.client.load();
      loseAnswer();
      page.client.setDraft('k1');
      const started = page.client.start({ firstText: 'k1' });
      page.client.setDraft('k1\nk2');
      await page.client.start({ firstText: 'k2' });
      expect((await started).ok).to.equal(false);
      page.client.setDraft(edited);
      await browser.clock.advance(1000);
      expect(await page.ports.vault.entries('start-request/'), edited).to.deep.equal([]);
      page.client.dispose();
      pages.pop();
      const next = openPage();
      await next.client.load();
      expect(await startAgain(next.client, next.ports)).to.equal(false);
      await next.client.resume();
      await settle();
      expect(next.client.snapshot.value.draft.text, 'it is in the field').to.equal(edited);
      await next.ports.vault.wipe();
      next.client.dispose();
      pages.pop();
    }
  });

  it('keeps what was sent while it began, where the beginning failed: in the field here, to be sent by the next page', async () => {
    const page = openPage();
    await page.client.load();
    loseAnswer();
    page.client.setDraft('My chest hurts');
    const started = page.client.start({ firstText: 'My chest hurts' });
    page.client.setDraft('My chest hurts\nsince Monday');
    await page.client.start({ firstText: 'since Monday' });
    expect((await started).ok).to.equal(false);
    expect(page.client.snapshot.value.draft.text).to.equal('My chest hurts\nsince Monday');
    page.client.dispose();
    pages.pop();
    await settle();
    const next = openPage();
    await next.client.load();
    await next.client.resume();
    expect(await startAgain(next.client, next.ports)).to.equal(false);
    for (let turn = 0; turn < 5; turn++) await browser.clock.advance(1000);
    expect(texts(next.client)).to.deep.equal(['My chest hurts', 'since Monday']);
    expect(said(next.client.snapshot.value.conversation!.id)).to.deep.equal(['My chest hurts', 'since Monday']);
    expect(next.client.snapshot.value.draft.text).to.equal('');
    expect(server.conversations.size).to.equal(1);
  });

  it('says the first message into the conversation that is live already', async () => {
    const { id } = await startChat('Good morning');
    const second = openPage();
    const started = await second.client.start({ firstText: 'Also, my knee' });
    await settle();
    expect(started.ok && started.value).to.equal(id);
    expect(said(id)).to.deep.equal(['Good morning', 'Also, my knee']);
    expect(texts(second.client)).to.deep.equal(['Good morning', 'Also, my knee']);
  });

  it('asks anew under the same cmid after a refusal', async () => {
    const page = openPage();
    await page.client.load();
    const { rest } = server;
    let refusals = 1;
    (server as { rest: unknown }).rest = (...args: Parameters<typeof rest>) =>
      args[1] === '/conversations' && refusals-- > 0 ? { status: 403, body: { status: 403, code: 'consent-required', type: '', title: '' } } : rest(...args);
    const refused = await page.client.start({ firstText: 'Hi' });
    expect(!refused.ok && refused.error.code).to.equal('consent-required');
    const started = await page.client.start({ firstText: 'Hello', consents: [] });
    await settle();
    expect(said(started.ok ? started.value : '')).to.deep.equal(['Hello']);
  });

  it('refuses what is empty or too long without touching the draft', async () => {
    const { client } = await startChat();
    client.setDraft('   ');
    const empty = client.send('   ');
    const long = client.send('x'.repeat(8001));
    expect([!empty.ok && empty.error.code, !long.ok && long.error.code]).to.deep.equal(['empty-text', 'text-too-long']);
    expect(client.snapshot.value.draft.text).to.equal('   ');
  });

  it('leaves nothing behind after logout, in any tab', async () => {
    const first = await startChat('Hello');
    const second = openPage();
    await second.client.load();
    await second.client.resume();
    await settle();
    first.client.setDraft('secret');
    await browser.clock.advance(400);
    await first.client.logout();
    await settle();
    expect([...browser.vaultContent.keys()]).to.deep.equal([]);
    expect(browser.flagContent.get('care-chat:live:main')).to.equal(undefined);
    expect(second.client.snapshot.value.conversation).to.equal(null);
    expect(server.sessions.size).to.equal(0);
    await browser.clock.advance(1000);
    expect([...browser.vaultContent.keys()]).to.deep.equal([]);
  });

  for (const [what, sleepMs] of [['a fresh page', 0], ['a fresh page, hours later', 3 * 3_600_000]] as const) {
    it(`ends the session on the server at logout on ${what}`, async () => {
      const { client } = await startChat('Hello');
      client.dispose();
      browser.clock.jump(sleepMs);
      await openPage().client.logout();
      expect(server.sessions.size).to.equal(0);
      expect([...browser.vaultContent.keys()]).to.deep.equal([]);
    });
  }

  it('wipes at logout without waiting for a server that does not answer, and gives it up after 4 s', async () => {
    const { client, ports } = await startChat('Hello');
    client.dispose();
    const transport = { ...createLoopbackTransport(server), request: () => new Promise<never>(() => {}) };
    const silent = createChatClient({ transport, ports: { ...ports, tabs: browser.openTab() }, widgetId: 'main', locale: 'en', client: { name: 'test', version: '0' } });
    let done = false;
    void silent.logout().then(() => (done = true));
    await settle();
    expect([...browser.vaultContent.keys()]).to.deep.equal([]);
    expect(done).to.equal(false);
    await browser.clock.advance(4000);
    expect(done).to.equal(true);
    silent.dispose();
  });

  it('is not brought back by a refresh that was under way at logout', async () => {
    const { client, ports } = await startChat('Hello');
    let answer = (): void => {};
    client.dispose();
    browser.clock.jump(3 * 3_600_000);
    const inner = createLoopbackTransport(server);
    const held = new Promise<void>((resolve) => (answer = resolve));
    let isFirst = true;
    const transport: typeof inner = {
      ...inner,
      async request(request) {
        const found = await inner.request(request);
        if (request.path === '/sessions/refresh' && isFirst) {
          isFirst = false;
          await held;
        }
        return found;
      },
    };
    const later = createChatClient({ transport, ports: { ...ports, tabs: browser.openTab() }, widgetId: 'main', locale: 'en', client: { name: 'test', version: '0' } });
    await later.resume();
    await settle();
    const out = later.logout();
    await settle();
    answer();
    await out;
    await settle();
    expect([...browser.vaultContent.keys()]).to.deep.equal([]);
    later.dispose();
  });

  it('leaves nothing behind after a chat was ended and left, in any tab, and begins the next as somebody new', async () => {
    const first = await startChat('Hello');
    const second = openPage();
    await second.client.resume();
    await settle();
    const [visitor] = [...server.sessions.values()].map(({ subject }) => subject);
    await first.client.end();
    await settle();
    second.client.setDraft('too late');
    await first.client.reset();
    await settle();
    await browser.clock.advance(1000);
    expect([...browser.vaultContent.keys()]).to.deep.equal([]);
    expect([...browser.flagContent.keys()]).to.deep.equal([]);
    expect(server.sessions.size).to.equal(0);
    expect(second.client.snapshot.value.conversation).to.equal(null);
    expect(second.client.snapshot.value.draft.text).to.equal('');
    const next = await second.client.start({ firstText: 'Me again' });
    await settle();
    expect(server.conversations.get(next.ok ? next.value : '')!.visitorId).not.to.equal(visitor);
    expect([...server.sessions.values()].map(({ deviceId }) => deviceId).length).to.equal(1);
    expect(second.client.snapshot.value.connection.state).to.equal('online');
  });

  it('does not wipe the conversation that another tab has gone on with', async () => {
    const first = await startChat('Hello');
    await first.client.end();
    await settle();
    const second = openPage();
    await second.client.resume();
    await settle();
    // The first tab was frozen: it hears of nothing.
    (first.ports.tabs as { close(): void }).close();
    await second.client.reset();
    await settle();
    const next = await second.client.start({ firstText: 'New' });
    await settle();
    await first.client.reset();
    await settle();
    expect(first.client.snapshot.value.conversation?.id).to.equal(next.ok ? next.value : '');
    expect(server.sessions.size).to.equal(1);
  });

  it('keeps nothing typed in the vault after the end; what failed stays on screen until it is left', async () => {
    const { client, id } = await startChat();
    const { submit } = server;
    (server as { submit: unknown }).submit = () => 'forbidden';
    client.send('refused');
    await settle();
    (server as { submit: unknown }).submit = submit;
    client.setDraft('half a sen');
    await browser.clock.advance(400);
    const typed = (): string[] => [...browser.vaultContent.keys()].filter((key) => /^(draft|outbox)/.test(key));
    expect(typed().length).to.equal(2);
    client.setDraft('half a sentence');
    await client.end();
    await browser.clock.advance(1000);
    expect(client.snapshot.value.conversation?.status).to.equal('closed');
    expect(typed()).to.deep.equal([]);
    expect([texts(client), states(client), client.snapshot.value.draft.text]).to.deep.equal([['refused'], ['failed'], 'half a sentence']);
    client.retry(messages(client)[0]!.key);
    await browser.clock.advance(1000);
    expect([states(client), typed()]).to.deep.equal([['failed'], []]);
    expect(server.log(id).filter(({ kind }) => kind === 'message').length).to.equal(0);
  });

  it('forgets everything when the server says so', async () => {
    const { client } = await startChat('Hello');
    server.cut(4410);
    await settle();
    expect([...browser.vaultContent.keys()]).to.deep.equal([]);
    expect(client.snapshot.value.conversation).to.equal(null);
    expect(client.snapshot.value.connection.state).to.equal('idle');
  });

  it('tells nobody when nothing changed', async () => {
    const { client, id } = await startChat();
    server.say(id, nurse, 'Hello');
    await browser.clock.advance(1000);
    client.markRead(99);
    let changes = 0;
    client.snapshot.subscribe(() => changes++);
    client.markRead(1);
    client.setDraft('');
    client.setTyping(false);
    await client.load();
    await browser.clock.advance(1000);
    expect(changes).to.equal(0);
  });
});
