/** The desk against the loopback backend: queue, accept, answer, notes, hand over, close, and a nurse whose session ends. */
import { expect } from '@open-wc/testing';
import { createChatClient } from '../../src/core/chat-client.js';
import { createDeskClient } from '../../src/core/desk-client.js';
import { refuse } from '../../src/base/refuse.js';
import type { ChatClient, DeskClient, DeskFact } from '../../src/core/api.js';
import type { MessageItem, Timeline } from '../../src/core/snapshots.js';
import { parseDeskFrame } from '../../src/protocol/parse-desk.js';
import type { FormAnsweredBody, Summary } from '../../src/protocol/types.js';
import { createLoopbackServer } from '../../src/transports/loopback/loopback-server.js';
import { createLoopbackTransport } from '../../src/transports/loopback/loopback-transport.js';
import type { LoopbackServer } from '../../src/transports/loopback/loopback-model.js';
import { createFakeClock, settle } from '../support/shared/fake-clock.js';
import { type FakeBrowser, createFakeBrowser, createMemoryPorts } from '../support/shared/memory-ports.js';

const ana = { id: 'a_1', email: 'ana@clinic.test', name: 'Ana', title: 'Nurse', departments: [] };
const ben = { id: 'a_2', email: 'ben@clinic.test', name: 'Ben', title: 'Front desk', departments: [] };

let server: LoopbackServer;
let browser: FakeBrowser;
let clients: { dispose(): void }[];
let seed = 0;

const openDesk = (own = browser, ports = createMemoryPorts(own, ++seed)): DeskClient => {
  const desk = createDeskClient({ transport: createLoopbackTransport(server, parseDeskFrame), ports, client: { name: 't', version: '0' } });
  clients.push(desk);
  return desk;
};
const signIn = async (email = ana.email, own = browser): Promise<DeskClient> => {
  const desk = openDesk(own);
  const done = await desk.signIn(email, 'right');
  if (!done.ok) throw done.error;
  await settle();
  return desk;
};
const patient = async (preChat?: FormAnsweredBody): Promise<{ client: ChatClient; id: string }> => {
  const ports = createMemoryPorts(createFakeBrowser(browser.clock), ++seed);
  const client = createChatClient({ transport: createLoopbackTransport(server), ports, widgetId: 'main', locale: 'en', client: { name: 't', version: '0' } });
  clients.push(client);
  const started = await client.start({ firstText: 'Hello', ...(preChat && { preChat }) });
  if (!started.ok) throw started.error;
  await settle();
  return { client, id: started.value };
};
const texts = (timeline: Timeline | undefined): string[] => (timeline?.chunks.flat() ?? []).flatMap((item) => ('text' in item ? [item.text] : []));

describe('desk client', () => {
  beforeEach(() => {
    const clock = createFakeClock();
    browser = createFakeBrowser(clock);
    server = createLoopbackServer({ clock, agents: [{ agent: ana, password: 'right' }, { agent: ben, password: 'right' }] });
    clients = [];
  });
  afterEach(() => clients.forEach((client) => client.dispose()));

  it('says which sign-in failed, and signs in with the right one', async () => {
    const desk = openDesk();
    const phases: string[] = [];
    desk.snapshot.subscribe(({ phase }) => phase !== phases.at(-1) && phases.push(phase));
    const wrong = await desk.signIn(ana.email, 'wrong');
    expect(!wrong.ok && wrong.error.code).to.equal('sign-in-failed');
    await desk.signIn(ana.email, 'right');
    await settle();
    expect(phases).to.deep.equal(['signing-in', 'signed-out', 'signing-in', 'ready']);
    expect(desk.snapshot.value.agent?.name).to.equal('Ana');
  });
  it('sends what a nurse wrote with a last request when the page is left, once', async () => {
    const ports = createMemoryPorts(browser, ++seed);
    const desk = openDesk(browser, ports);
    await desk.signIn(ana.email, 'right');
    const { id } = await patient();
    await desk.accept(id);
    await settle();
    const before = server.attach;
    (server as { attach: unknown }).attach = () => ({ receive() {}, detach() {} });
    server.cut(1006);
    await settle();
    expect(desk.send('Please come in today').ok).to.equal(true);
    await settle();
    ports.page.hide();
    await settle();
    const said = (): number => server.log(id).filter(({ kind, by }) => kind === 'message' && by.id === ana.id).length;
    expect(said()).to.equal(1);
    desk.dispose();
    (server as { attach: unknown }).attach = before;
    await openDesk().resume();
    await browser.clock.advance(5000);
    expect(said()).to.equal(1);
    expect([...browser.vaultContent.keys()].filter((key) => key.startsWith('outbox/'))).to.deep.equal([]);
  });
  it('announces who waits, once, and moves a conversation from waiting to own when accepted', async () => {
    const desk = await signIn();
    const waiting: string[] = [];
    desk.onFact((fact) => fact.type === 'waiting' && waiting.push(fact.conversationId));
    const { id } = await patient();
    expect(waiting).to.deep.equal([id]);
    expect(desk.snapshot.value.waiting.map((summary) => summary.id)).to.deep.equal([id]);
    expect((await desk.accept(id)).ok).to.equal(true);
    await settle();
    expect(desk.snapshot.value.waiting).to.deep.equal([]);
    expect(desk.snapshot.value.mine.map((summary) => summary.id)).to.deep.equal([id]);
    expect(texts(desk.snapshot.value.active?.timeline)).to.deep.equal(['Hello']);
  });
  it('tells the second who accepts that somebody else was first', async () => {
    const first = await signIn();
    const second = await signIn(ben.email, createFakeBrowser(browser.clock));
    const { id } = await patient();
    await first.accept(id);
    const late = await second.accept(id);
    expect(!late.ok && late.error.code).to.equal('conflict');
  });
  it('answers, sees delivered and read, and keeps notes from the patient', async () => {
    const desk = await signIn();
    const { client, id } = await patient();
    await desk.accept(id);
    await settle();
    desk.note('Prefers the afternoon');
    expect(desk.send('How can I help?').ok).to.equal(true);
    await browser.clock.advance(300);
    expect(texts(client.snapshot.value.conversation?.timeline)).to.deep.equal(['Hello', 'How can I help?']);
    expect(texts(desk.snapshot.value.active?.notes)).to.deep.equal(['Prefers the afternoon']);
    const own = (): MessageItem => desk.snapshot.value.active!.timeline.chunks.flat().find((item): item is MessageItem => item.type === 'message' && item.mine)!;
    expect(own().state).to.equal('delivered');
    client.markRead(own().seq!);
    await browser.clock.advance(300);
    expect(own().state).to.equal('read');
  });
  it('does not tell the patient that a message was read by somebody who only looked', async () => {
    const desk = await signIn();
    const { client, id } = await patient();
    desk.open(id);
    await settle();
    desk.markRead(99);
    await browser.clock.advance(1000);
    const first = client.snapshot.value.conversation!.timeline.chunks.flat().find((item): item is MessageItem => item.type === 'message')!;
    expect(first.state).to.equal('sent');
  });
  it('shows who types, and forgets it after 6 s', async () => {
    const desk = await signIn();
    const { client, id } = await patient();
    await desk.accept(id);
    await settle();
    desk.setTyping(true);
    await settle();
    expect(client.snapshot.value.conversation?.typing).to.deep.equal([{ id: 'a_1', name: 'Ana' }]);
    await browser.clock.advance(6000);
    expect(client.snapshot.value.conversation?.typing).to.deep.equal([]);
  });
  it('keeps a draft per conversation', async () => {
    const desk = await signIn();
    const one = await patient();
    const two = await patient();
    await desk.accept(one.id);
    desk.setDraft('for one');
    desk.open(two.id);
    await settle();
    expect(desk.snapshot.value.active?.draft.text).to.equal('');
    desk.setDraft('for two');
    desk.open(one.id);
    await browser.clock.advance(400);
    expect(desk.snapshot.value.active?.draft.text).to.equal('for one');
  });
  it('keeps a half-written note per conversation, over a reload too, and lets it go when it is said', async () => {
    const desk = await signIn();
    const [{ id }, { id: other }] = [await patient(), await patient()];
    await desk.accept(id);
    await desk.accept(other);
    desk.open(id);
    desk.setNoteDraft('allergic to pen');
    desk.open(other);
    await settle();
    expect(desk.snapshot.value.active?.noteDraft.text).to.equal('');
    desk.dispose();
    const later = openDesk();
    await later.resume();
    later.open(id);
    await settle();
    expect([later.snapshot.value.active?.noteDraft.text, later.snapshot.value.active?.draft.text]).to.deep.equal(['allergic to pen', '']);
    later.note('allergic to pen');
    await settle();
    expect(later.snapshot.value.active?.noteDraft.text).to.equal('');
    expect([...browser.vaultContent].filter(([key]) => key.startsWith('draft/')).join()).not.to.contain('allergic');
  });
  it('hands over, returns to the queue, closes and reopens', async () => {
    const desk = await signIn();
    const { client, id } = await patient();
    await desk.accept(id);
    expect((await desk.assign(id, null)).ok).to.equal(true);
    await settle();
    expect(client.snapshot.value.conversation?.status).to.equal('waiting');
    expect(client.snapshot.value.conversation?.agent).to.equal(null);
    await desk.accept(id);
    expect((await desk.close(id)).ok).to.equal(true);
    await settle();
    const refused = desk.send('late');
    expect(!refused.ok && refused.error.code).to.equal('closed-conversation');
    const found = await desk.search({ status: 'closed' });
    expect(found.ok && found.value.list.map((summary) => summary.id)).to.deep.equal([id]);
    expect((await desk.reopen(id)).ok).to.equal(true);
    await settle();
    expect(client.snapshot.value.conversation?.status).to.equal('open');
  });
  it('takes up its session after a reload', async () => {
    const desk = await signIn();
    const { id } = await patient();
    await desk.accept(id);
    desk.dispose();
    const later = openDesk();
    await later.resume();
    await settle();
    expect(later.snapshot.value.phase).to.equal('ready');
    expect(later.snapshot.value.mine.map((summary) => summary.id)).to.deep.equal([id]);
  });
  it('keeps on screen what was typed when the session ends elsewhere, and nothing goes out under another name', async () => {
    const desk = await signIn();
    const { id } = await patient();
    await desk.accept(id);
    await settle();
    desk.setDraft('half a sentence');
    desk.setNoteDraft('half a note');
    server.sessions.clear();
    server.cut(4401);
    await settle();
    expect(desk.snapshot.value.phase).to.equal('ended');
    expect([desk.snapshot.value.active?.draft.text, desk.snapshot.value.active?.noteDraft.text]).to.deep.equal(['half a sentence', 'half a note']);
    desk.send('typed after the end');
    await desk.signIn(ben.email, 'right');
    await browser.clock.advance(2000);
    expect(server.log(id).filter((event) => event.kind === 'message').length).to.equal(1);
    expect(desk.snapshot.value.active).to.equal(null);
  });
  it('shows the next agent nothing of what the one before was writing', async () => {
    const desk = await signIn();
    const { id } = await patient();
    await desk.accept(id);
    await settle();
    desk.setDraft('half a sentence');
    desk.setNoteDraft('half a note');
    server.sessions.clear();
    server.cut(4401);
    await settle();
    await desk.signIn(ben.email, 'right');
    await browser.clock.advance(1000);
    expect([...browser.vaultContent.keys()].filter((key) => key.startsWith('draft/'))).to.deep.equal([]);
    desk.open(id);
    await settle();
    expect([desk.snapshot.value.active?.draft.text, desk.snapshot.value.active?.noteDraft.text]).to.deep.equal(['', '']);
  });
  it('shows the next agent nothing either where she signed in in another tab first', async () => {
    const desk = await signIn();
    const { id } = await patient();
    await desk.accept(id);
    await settle();
    desk.setDraft('half a sentence');
    server.sessions.clear();
    server.cut(4401);
    await settle();
    await signIn(ben.email);
    await desk.signIn(ben.email, 'right');
    await browser.clock.advance(1000);
    expect(desk.snapshot.value.active).to.equal(null);
    desk.open(id);
    await settle();
    expect(desk.snapshot.value.active?.draft.text).to.equal('');
  });
  it('lets the same agent go on where the session ended', async () => {
    const desk = await signIn();
    const { id } = await patient();
    await desk.accept(id);
    await settle();
    desk.setDraft('half a sentence');
    server.sessions.clear();
    server.cut(4401);
    await settle();
    await desk.signIn(ana.email, 'right');
    await settle();
    expect(desk.snapshot.value.active?.draft.text).to.equal('half a sentence');
  });
  it('writes no draft into a vault that was wiped', async () => {
    const desk = await signIn();
    const { id } = await patient();
    await desk.accept(id);
    await settle();
    desk.setDraft('half a sentence');
    server.cut(4410);
    await settle();
    expect(desk.snapshot.value.phase).to.equal('ended');
    expect(desk.snapshot.value.active?.draft.text).to.equal('half a sentence');
    await browser.clock.advance(1000);
    expect([...browser.vaultContent.keys()]).to.deep.equal([]);
  });
  it('signs out in every tab, and on the server, from a page that has just been opened', async () => {
    const desk = await signIn();
    desk.setDraft('secret');
    await openDesk().signOut();
    await browser.clock.advance(1000);
    expect(server.sessions.size).to.equal(0);
    expect([...browser.vaultContent.keys()]).to.deep.equal([]);
    expect(desk.snapshot.value.phase).to.equal('signed-out');
  });
  it('tells who waits when the lists have the chat', async () => {
    const desk = await signIn();
    const listed: boolean[] = [];
    desk.onFact((fact) => fact.type === 'waiting' && listed.push(desk.snapshot.value.waiting.some(({ id }) => id === fact.conversationId)));
    await patient();
    expect(listed).to.deep.equal([true]);
  });
  /** From now on the server says this of its conversations, too. */
  const sayOf = (more: (id: string) => Partial<Summary>): void => {
    const { summary } = server;
    (server as { summary: unknown }).summary = (id: string) => ({ ...summary(id), ...more(id) });
  };
  it('calls nobody to a chat that a bot answers, in the first list as little as later, until a person is asked for', async () => {
    let withBot = true;
    sayOf(() => (withBot ? { bot: true } : {}));
    const { client, id } = await patient();
    const desk = openDesk();
    const calls: string[] = [];
    desk.onFact((fact) => fact.type === 'waiting' && calls.push(fact.conversationId));
    await desk.signIn(ana.email, 'right');
    await settle();
    client.send('Hello, bot');
    const second = await patient();
    expect(calls).to.deep.equal([]);
    expect(desk.snapshot.value.waiting.map((summary) => summary.id)).to.deep.equal([id, second.id]);
    withBot = false;
    client.send('A person, please');
    await settle();
    expect(calls).to.deep.equal([id]);
  });
  it('lists who waits by priority, then by time, what is unknown as normal, and calls again when one becomes more urgent', async () => {
    const priorities = new Map<string, string>();
    sayOf((id) => ({ ...(priorities.has(id) && { priority: priorities.get(id) as 'low' }), language: 'es' }));
    const desk = await signIn();
    const [first, low, third, odd] = [await patient(), await patient(), await patient(), await patient()];
    const facts: DeskFact[] = [];
    desk.onFact((fact) => facts.push(fact));
    const say = async ({ client, id }: typeof first, priority: string): Promise<void> => {
      priorities.set(id, priority);
      client.send('more');
      await settle();
    };
    await say(low, 'low');
    await say(odd, 'as-soon-as-possible');
    expect(facts).to.deep.equal([]);
    expect(desk.snapshot.value.waiting.map(({ id }) => id)).to.deep.equal([first.id, third.id, odd.id, low.id]);
    await say(third, 'urgent');
    expect(facts).to.deep.equal([{ type: 'waiting', conversationId: third.id, isRaised: true }]);
    expect(desk.snapshot.value.waiting.map(({ id, priority = 'none' }) => [id, priority])).to.deep.equal([[third.id, 'urgent'], [first.id, 'none'], [odd.id, 'normal'], [low.id, 'low']]);
    expect(desk.snapshot.value.waiting[0]?.language).to.equal('es');
  });
  it('finds a symptom check that stands on a page that is not loaded, without loading that page into view', async () => {
    const outcome = { checker: 'knee', version: '2', status: 'draft', level: 'urgent', title: 'Today', rule: 'U1', startedAt: 1, endedAt: 2, verdict: { result: 'differs', level: 'emergency', title: 'Now', rule: 'E1' } } as const;
    const form = { form: { questionnaire: 'urn:knee|2' }, purpose: 'checker', answers: [], response: { resourceType: 'QuestionnaireResponse', status: 'completed' }, outcome } as const;
    const { client, id } = await patient({ ...form, answers: [] });
    for (let n = 0; n < 120; n++) {
      client.send(`message ${n}`);
      await settle();
    }
    const desk = await signIn();
    desk.open(id);
    await settle();
    const { timeline, olderCheck } = desk.snapshot.value.active!;
    expect([timeline.hasOlder, timeline.chunks.flat().some(({ type }) => type === 'form')]).to.deep.equal([true, false]);
    expect(olderCheck?.outcome).to.deep.equal(outcome);
    const other = await patient();
    desk.open(other.id);
    await settle();
    expect(desk.snapshot.value.active?.olderCheck).to.equal(null);
  });
  it('gives up a note or a message in all tabs', async () => {
    const desk = await signIn();
    const { id } = await patient();
    await desk.accept(id);
    await settle();
    const { submit } = server;
    (server as { submit: unknown }).submit = () => 'forbidden';
    const note = desk.note('Prefers the afternoon');
    const message = desk.send('How can I help?');
    await settle();
    const second = openDesk();
    await second.resume();
    await settle();
    second.open(id);
    await settle();
    const shown = (client: DeskClient): string[][] => [texts(client.snapshot.value.active?.notes), texts(client.snapshot.value.active?.timeline)];
    expect(shown(second)).to.deep.equal([['Prefers the afternoon'], ['Hello', 'How can I help?']]);
    const given = [await desk.discard(note.ok ? note.value : ''), await desk.discard(message.ok ? message.value : '')];
    expect(given.map((item) => item?.text)).to.deep.equal(['Prefers the afternoon', 'How can I help?']);
    await settle();
    expect([...shown(desk), ...shown(second)]).to.deep.equal([[], ['Hello'], [], ['Hello']]);
    (server as { submit: unknown }).submit = submit;
  });
  it('tries a failed note again', async () => {
    const desk = await signIn();
    const { id } = await patient();
    await desk.accept(id);
    await settle();
    const { submit } = server;
    (server as { submit: unknown }).submit = () => 'forbidden';
    const note = desk.note('Prefers the afternoon');
    await settle();
    (server as { submit: unknown }).submit = submit;
    desk.retry(note.ok ? note.value : '');
    await settle();
    expect(server.log(`${id}.staff`).length).to.equal(1);
  });
  it('reads a chat again whose page did not come through, though the connection lives', async () => {
    const first = await signIn();
    const { client, id } = await patient();
    await first.accept(id);
    first.dispose();
    const ports = createMemoryPorts(browser, ++seed);
    const { request, ...transport } = createLoopbackTransport(server, parseDeskFrame);
    let lost = 0;
    const desk = createDeskClient({
      transport: { ...transport, request: (own) => (own.path.includes(`/streams/${id}/`) && lost++ === 0 ? Promise.resolve(refuse('network', { retryable: true })) : request(own)) },
      ports, client: { name: 't', version: '0' },
    });
    clients.push(desk);
    await desk.resume();
    desk.open(id);
    await settle();
    expect(lost).to.be.greaterThan(0);
    client.send('are you there?');
    await browser.clock.advance(5000);
    expect(texts(desk.snapshot.value.active?.timeline)).to.deep.equal(['Hello', 'are you there?']);
    expect(desk.snapshot.value.connection.state).to.equal('online');
  });
  it('asks for nothing of co-browse where no conversation is on screen, and tells what the server says to it where one is', async () => {
    const desk = await signIn();
    expect(desk.snapshot.value.canCobrowse).to.equal(false);
    const asked = { session: 's-of-sixteen-and', state: 'ended' } as const;
    const code = (result: { readonly ok: boolean; readonly error?: { readonly code: string } }): string => result.error?.code ?? 'done';
    expect([code(await desk.cobrowse(asked)), code(await desk.relayGrant(asked.session))]).to.deep.equal(['not-ready', 'not-ready']);
    const { id } = await patient();
    await desk.accept(id);
    await settle();
    // This backend has it off.
    expect([code(await desk.cobrowse(asked)), code(await desk.relayGrant(asked.session))]).to.deep.equal(['not-supported', 'not-found']);
  });
  it('knows what a search found when it is opened', async () => {
    const desk = await signIn();
    const { id } = await patient();
    await desk.accept(id);
    await desk.close(id);
    desk.dispose();
    const later = await signIn();
    later.open(id);
    await later.search({ status: 'closed' });
    expect(later.snapshot.value.active?.summary?.id).to.equal(id);
    expect(later.snapshot.value.active?.createdAt).to.equal(server.conversations.get(id)!.state.createdAt);
  });
  it('refuses what is longer than the server takes, and says how long that is', async () => {
    const desk = await signIn();
    const { id } = await patient();
    await desk.accept(id);
    expect(desk.snapshot.value.textChars).to.equal(server.limits.textChars);
    const long = desk.send('x'.repeat(server.limits.textChars + 1));
    expect(!long.ok && long.error.code).to.equal('text-too-long');
  });
  it('forgets everything at sign-out', async () => {
    const desk = await signIn();
    const { id } = await patient();
    await desk.accept(id);
    desk.setDraft('secret');
    await desk.signOut();
    await browser.clock.advance(1000);
    expect([...browser.vaultContent.keys()]).to.deep.equal([]);
    expect(desk.snapshot.value).to.deep.include({ phase: 'signed-out', active: null, agent: null, mine: [] });
  });
});
