/** The desk profile (README §7). Needs an account. */
import type { AgentSession, CannedReplies, Conversation, EventPage, SubmitResult, Summary, SummaryPage } from '../../protocol/types.js';
import { desk, type Case } from '../case.js';
import { Skipped, expect, expectEqual } from '../expect.js';
import type { Visitor, World } from '../world.js';
import { arrived, came, eventsOf, page, upTo } from './steps.js';

export interface Desk extends AgentSession {
  readonly deviceId: string;
}

/** Signs in with the account. */
export async function signIn(world: World): Promise<Desk> {
  if (world.agent === null) throw new Skipped('needs an agent\'s account');
  const deviceId = world.random.id('d_');
  const answer = await world.rest.request('POST', await world.address('/desk/sessions'), { body: { ...world.agent, deviceId } });
  return { deviceId, ...world.rest.accepted<AgentSession>(answer, [201], 'AgentSession', 'sign-in') };
}

/** A waiting conversation in one of the agent's departments. */
async function waiting(world: World, { agent }: Desk): Promise<{ readonly visitor: Visitor; readonly conversation: Conversation }> {
  const { widget } = await world.discovery();
  const department = widget.departments.find(({ id }) => agent.departments.includes(id));
  const visitor = await world.visitor();
  return { visitor, conversation: await world.conversation(visitor, { ...(department && { departmentId: department.id }), first: [{ kind: 'text', text: 'Kit' }] }) };
}

/** Submits as staff. */
export const submit = async (world: World, who: { readonly accessToken: string }, stream: string, ev: { readonly kind: 'accept' | 'reopen' | 'close' | 'assign' } | { readonly kind: 'note'; readonly text: string }): ReturnType<World['post']> =>
  world.post(who, { stream, cmid: world.random.id('desk-'), ev });

/** A conversation that the agent has taken. */
export async function accepted(world: World, agent: Desk): Promise<{ readonly visitor: Visitor; readonly conversation: Conversation }> {
  const found = await waiting(world, agent);
  world.rest.accepted<SubmitResult>(await submit(world, agent, found.conversation.id, { kind: 'accept' }), [201], 'SubmitResult', 'accept');
  return found;
}

/** Leaves no conversation open with the account. */
export const done = async (world: World, agent: Desk, { id }: Conversation): Promise<void> => {
  await submit(world, agent, id, { kind: 'close' });
};

/** The cases, in the order of the specification. */
export const deskCases: readonly Case[] = [
  desk('S-7.1', 'a wrong pair and an unknown account are told alike', async (world) => {
    for (const email of ['nobody-here@clinic.invalid', 'somebody-else@clinic.invalid']) {
      const answer = await world.rest.request('POST', await world.address('/desk/sessions'), { body: { email, password: 'not-the-password', deviceId: world.random.id('d_') } });
      world.rest.refused(answer, 401, ['sign-in-failed'], 'sign-in');
    }
  }),
  desk('S-7.2', 'the welcome of an agent carries the desk', async (world) => {
    const agent = await signIn(world);
    const { conversation } = await waiting(world, agent);
    const welcome = await (await world.silent()).hello(agent);
    expectEqual(welcome.subject.role, 'agent', 'side');
    expect(welcome.desk?.list.some(({ id, status }) => id === conversation.id && status === 'waiting'), 'the waiting conversation is not in `desk.list`');
  }),
  desk('S-7.2', 'a visitor may not use the desk', async (world) => {
    await signIn(world);
    const { accessToken } = await world.visitor();
    world.rest.refused(await world.rest.request('GET', await world.address('/desk/canned'), { token: accessToken }), 403, ['forbidden'], '/desk/canned');
    world.rest.refused(await world.rest.request('POST', await world.address('/desk/conversations/search'), { token: accessToken, body: {} }), 403, ['forbidden'], '/desk/conversations/search');
  }),
  desk('S-7.3', 'a new conversation is told by summary', async (world) => {
    const agent = await signIn(world);
    const socket = await world.live(agent);
    const { conversation } = await waiting(world, agent);
    const { d } = await socket.next('summary', (frame) => frame.d.summary?.id === conversation.id);
    expectEqual(d.summary?.status, 'waiting', 'status');
  }),
  desk('S-7.4', 'sub follows a conversation, unsub ends it, availability is answered', async (world) => {
    const agent = await signIn(world);
    const { visitor, conversation: { id, epoch } } = await waiting(world, agent);
    const socket = await world.live(agent);
    socket.send({ t: 'sub', id: 2, d: { stream: id, epoch, seq: 0 } });
    expectEqual((await socket.reply(2)).t, 'ok', 'the answer to `sub`');
    const { seq } = await world.put(visitor, world.message(id));
    expectEqual((await arrived(socket, id, seq)).map((event) => event.seq), upTo(0, seq), 'numbers of the events');
    socket.send({ t: 'unsub', id: 3, d: { stream: id } });
    expectEqual((await socket.reply(3)).t, 'ok', 'the answer to `unsub`');
    await world.put(visitor, world.message(id));
    for (const [request, state] of [[4, 'away'], [5, 'online']] as const) {
      socket.send({ t: 'availability', id: request, d: { state } });
      expectEqual((await socket.reply(request)).t, 'ok', `the answer to \`availability\` ${state}`);
    }
    expectEqual(eventsOf(socket.frames, id).at(-1)?.seq, seq, 'the last event, after `unsub`');
  }),
  desk('S-7.6', 'what follows from accept, assign and close comes in its order', async (world) => {
    const agent = await signIn(world);
    const { conversation: { id } } = await waiting(world, agent);
    for (const [kind, expected] of [['accept', ['assignment', 'status', 'participant.joined']], ['assign', ['assignment', 'status', 'participant.left']], ['accept', ['assignment', 'status', 'participant.joined']], ['close', ['status']]] as const) {
      const { head } = await page(world, agent, id, 'limit=1');
      world.rest.accepted<SubmitResult>(await submit(world, agent, id, { kind }), [201], 'SubmitResult', kind);
      expectEqual((await page(world, agent, id, `after=${head}`)).events.map((event) => event.kind), expected, `events of ${kind}`);
    }
  }),
  desk('S-4.5', 'what staff do among themselves leaves no hole in the visitor\'s streams', async (world) => {
    const agent = await signIn(world);
    const { visitor, conversation } = await accepted(world, agent);
    world.rest.accepted<SubmitResult>(await submit(world, agent, `${conversation.id}.staff`, { kind: 'note', text: 'Kit' }), [201], 'SubmitResult', 'note');
    await world.put(agent, world.message(conversation.id));
    for (const stream of ['self', conversation.id]) {
      const { events, head } = await page(world, visitor, stream, 'after=0&limit=200');
      expectEqual(events.map(({ seq }) => seq), upTo(0, head), 'numbers of the events');
      expect(!events.some(({ kind }) => kind === 'note'), 'a note is in a visitor\'s stream');
    }
    await done(world, agent, conversation);
  }),
  desk('S-7.5', 'a conversation is accepted once, and answered by the one who has it', async (world) => {
    const agent = await signIn(world);
    const { visitor, conversation } = await waiting(world, agent);
    world.rest.refused(await world.post(agent, world.message(conversation.id)), 403, ['forbidden'], 'a message before accepting');
    const socket = await world.live(visitor);
    world.rest.accepted<SubmitResult>(await submit(world, agent, conversation.id, { kind: 'accept' }), [201], 'SubmitResult', 'accept');
    world.rest.refused(await submit(world, agent, conversation.id, { kind: 'accept' }), 409, ['conflict'], 'accept again');
    const { seq } = await world.put(agent, world.message(conversation.id));
    const event = await came(socket, conversation.id, (one) => one.seq === seq);
    expectEqual([event.by.role, event.cmid, event.dev], ['agent', undefined, undefined], 'author, and no key, of the agent\'s message at the visitor');
    await done(world, agent, conversation);
  }),
  desk('S-7.5', 'a conversation can be returned, closed and opened again', async (world) => {
    const agent = await signIn(world);
    const { visitor, conversation } = await accepted(world, agent);
    const status = async (): Promise<string> => {
      const answer = await world.rest.request('GET', await world.address(`/conversations/${conversation.id}`), { token: visitor.accessToken });
      return world.rest.accepted<Conversation>(answer, [200], 'Conversation', 'the conversation').state.status;
    };
    for (const [kind, expected] of [['assign', 'waiting'], ['accept', 'open'], ['close', 'closed'], ['reopen', 'open']] as const) {
      world.rest.accepted<SubmitResult>(await submit(world, agent, conversation.id, { kind }), [201], 'SubmitResult', kind);
      expectEqual(await status(), expected, `status after ${kind}`);
    }
    await done(world, agent, conversation);
  }),
  desk('S-7.7', 'a note is in the staff stream and nowhere else', async (world) => {
    const agent = await signIn(world);
    const { visitor, conversation } = await accepted(world, agent);
    const before = await world.rest.request('GET', await world.address(`/streams/${conversation.id}/events?limit=1`), { token: visitor.accessToken });
    world.rest.accepted<SubmitResult>(await submit(world, agent, `${conversation.id}.staff`, { kind: 'note', text: 'Kit' }), [201], 'SubmitResult', 'note');
    const after = await world.rest.request('GET', await world.address(`/streams/${conversation.id}/events?limit=1`), { token: visitor.accessToken });
    const [one, two] = [before, after].map((answer) => world.rest.accepted<EventPage>(answer, [200], 'EventPage', 'the visitor\'s stream').head);
    expectEqual(two, one, 'head of the visitor\'s stream');
    const staff = world.rest.accepted<EventPage>(await world.rest.request('GET', await world.address(`/streams/${conversation.id}.staff/events`), { token: agent.accessToken }), [200], 'EventPage', 'the staff stream');
    expectEqual(staff.events.map(({ seq, kind }) => [seq, kind]), [[1, 'note']], 'the staff stream');
    await done(world, agent, conversation);
  }),
  desk('S-7.8', 'canned replies can be had', async (world) => {
    const { accessToken } = await signIn(world);
    world.rest.accepted<CannedReplies>(await world.rest.request('GET', await world.address('/desk/canned'), { token: accessToken }), [200], 'CannedReplies', 'canned replies');
  }),
  desk('S-7.9', 'a closed conversation is found, a page at a time', async (world) => {
    const agent = await signIn(world);
    const made: string[] = [];
    for (let n = 0; n < 2; n++) {
      const { conversation } = await accepted(world, agent);
      await done(world, agent, conversation);
      made.unshift(conversation.id);
    }
    const found: Summary[] = [];
    let cursor: string | undefined;
    do {
      const body = { status: 'closed', limit: 1, ...(cursor === undefined ? {} : { cursor }) };
      const answer = await world.rest.request('POST', await world.address('/desk/conversations/search'), { token: agent.accessToken, body });
      const page = world.rest.accepted<SummaryPage>(answer, [200], 'SummaryPage', 'search');
      found.push(...page.list);
      cursor = page.next;
    } while (cursor !== undefined && found.length < 2);
    expectEqual(found.map(({ id }) => id), made, 'the two newest closed conversations');
  }),
  desk('S-7.12', 'priority and language are the same wherever staff see them, and no visitor is told', async (world) => {
    const agent = await signIn(world);
    const socket = await world.live(agent);
    const { visitor, conversation: { id } } = await waiting(world, agent);
    const told = (await socket.next('summary', (frame) => frame.d.summary?.id === id)).d.summary;
    const welcome = await (await world.silent()).hello(agent);
    const answer = await world.rest.request('POST', await world.address('/desk/conversations/search'), { token: agent.accessToken, body: { status: 'waiting', visitor: id } });
    const { list } = world.rest.accepted<SummaryPage>(answer, [200], 'SummaryPage', 'search');
    const [first, ...others] = [told, welcome.desk?.list.find((one) => one.id === id), list.find((one) => one.id === id)].map((summary) => summary && [summary.priority ?? 'normal', summary.language ?? '']);
    for (const other of others) expectEqual(other, first, 'priority and language');
    const own = await world.rest.request('GET', await world.address(`/conversations/${id}`), { token: visitor.accessToken });
    const { state } = world.rest.accepted<Conversation>(own, [200], 'Conversation', 'the conversation');
    expect(!('priority' in state), 'the visitor is told the priority');
  }),
];
