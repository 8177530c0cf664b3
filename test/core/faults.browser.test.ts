/** Nothing lost, nothing doubled, nothing out of order: a patient and a nurse write over a network that breaks at random, reloading as they go. */
import { expect } from '@open-wc/testing';
import { createChatClient } from '../../src/core/chat-client.js';
import type { ChatClient } from '../../src/core/api.js';
import { createLoopbackServer } from '../../src/transports/loopback/loopback-server.js';
import { createLoopbackTransport } from '../../src/transports/loopback/loopback-transport.js';
import { createFakeClock, settle } from '../support/shared/fake-clock.js';
import { type Faults, createFaultyTransport } from '../support/shared/faulty-transport.js';
import { type FakePage, createFakeBrowser, createLock, createMemoryPorts, createSeededRandomness } from '../support/shared/memory-ports.js';

const nurse = { id: 'a_1', role: 'agent', name: 'Ana', title: 'Nurse' } as const;

async function run(seed: number, shared: boolean): Promise<{ typed: string[]; beside: string[]; said: string[]; inLog: string[]; shown: string[]; doubled: number; left: number; breaks: number }> {
  const clock = createFakeClock();
  const browser = createFakeBrowser(clock, shared ? createLock() : undefined);
  const server = createLoopbackServer({ clock, limits: { resumeMax: 15 } });
  const chance = createSeededRandomness(seed);
  const faults: Faults = { lostUp: 0.08, lostDown: 0.08, doubled: 0.05, refused: 0.2, rest: 0.1, on: false };
  let pageNumber = 0;
  /** Snapshots in which something stood twice. */
  let doubled = 0;
  const pages = new Map<ChatClient, FakePage>();
  /** A tab is closed: another one takes up what it leaves. */
  const leave = async (tab: ChatClient | null): Promise<void> => {
    if (!tab) return;
    await settle();
    pages.get(tab)!.hide();
    tab.dispose();
  };
  const openPage = (): ChatClient => {
    const transport = createFaultyTransport(createLoopbackTransport(server), createSeededRandomness(seed * 1000 + ++pageNumber), faults);
    const ports = createMemoryPorts(browser, seed * 1000 + 500 + pageNumber);
    const made = createChatClient({ transport, ports, widgetId: 'main', locale: 'en', client: { name: 't', version: '0' } });
    made.snapshot.subscribe(({ conversation }) => {
      const keys = (conversation?.timeline.chunks ?? []).flat().map(({ key }) => key);
      if (new Set(keys).size < keys.length) doubled++;
    });
    pages.set(made, ports.page);
    return made;
  };
  let client = openPage();
  let second: ChatClient | null = null;
  await client.load();
  const started = await client.start({});
  if (!started.ok) throw started.error;
  await settle();
  faults.on = true;
  const typed: string[] = [];
  const beside: string[] = [];
  const said: string[] = [];
  let breaks = 0;
  for (let step = 0; step < 120; step++) {
    const dice = chance.unit();
    if (dice < 0.45) {
      const text = `p${typed.length}`;
      if (client.send(text).ok) typed.push(text);
    } else if (dice < 0.65) {
      said.push(`n${said.length}`);
      server.say(started.value, nurse, said.at(-1)!);
    } else if (dice < 0.7) {
      server.cut(chance.unit() < 0.5 ? 1006 : 4508);
      breaks++;
    } else if (dice < 0.73) {
      // A reload: what was typed is in the vault, and nothing else of this page survives.
      await settle();
      client.dispose();
      client = openPage();
      await client.resume();
    } else if (dice < 0.76) {
      await leave(second);
      second = openPage();
      await second.resume();
    } else if (dice < 0.79) {
      // The second tab writes too; among tabs there is no order.
      const text = `s${String(beside.length).padStart(2, '0')}`;
      if (second?.send(text).ok) beside.push(text);
    } else await clock.advance(Math.floor(chance.unit() * 8000));
  }
  faults.on = false;
  await leave(second);
  for (let turn = 0; turn < 40; turn++) await clock.advance(5000);
  while (client.snapshot.value.conversation!.timeline.hasOlder) await client.loadOlder();
  const items = client.snapshot.value.conversation!.timeline.chunks.flat().filter((item) => item.type === 'message');
  const result = {
    typed, beside, said, breaks, doubled,
    inLog: server.log(started.value).flatMap((event) => (event.kind === 'message' && 'parts' in event.d ? event.d.parts.map((part) => ('text' in part ? part.text : '')) : [])),
    shown: items.map(({ text }) => text),
    left: [...browser.vaultContent.keys()].filter((key) => key.startsWith('outbox/')).length,
  };
  client.dispose();
  return result;
}

describe('under faults', () => {
  for (let seed = 1; seed <= 40; seed++) {
    // Every second time the tabs share one connection.
    const shared = seed % 2 === 0;
    it(`loses, doubles and reorders nothing (seed ${seed}, ${shared ? 'one connection for all tabs' : 'a connection for each tab'})`, async function () {
      this.timeout(20_000);
      const { typed, beside, said, inLog, shown, doubled, left } = await run(seed, shared);
      expect(typed.length).to.be.greaterThan(20);
      expect(inLog.filter((text) => text.startsWith('p')), 'the log, in the order of typing').to.deep.equal(typed);
      expect(inLog.filter((text) => text.startsWith('s')).sort(), 'what the second tab said, once').to.deep.equal(beside);
      expect(inLog.filter((text) => text.startsWith('n'))).to.deep.equal(said);
      expect(shown, 'the screen shows the log').to.deep.equal(inLog);
      expect(doubled, 'snapshots with a key twice').to.equal(0);
      expect(left, 'the outbox is empty').to.equal(0);
    });
  }
});
