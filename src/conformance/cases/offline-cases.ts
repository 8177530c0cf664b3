/** Messages that are left while nobody is there (README S-6.15 to S-6.17, S-7.11), for backends whose discovery says that they take them. */
import type { AgentSession, ConversationList, EventPage, OfflineReceipt, SubmitResult, SummaryPage } from '../../protocol/types.js';
import { core, desk, type Case } from '../case.js';
import { Skipped, expect, expectEqual } from '../expect.js';
import type { Visitor, World } from '../world.js';

const leave = async (world: World, { accessToken: token }: Visitor, body: unknown): ReturnType<World['rest']['request']> =>
  world.rest.request('POST', await world.address('/offline'), { token, body });

const left = async (world: World, visitor: Visitor, body: unknown): Promise<OfflineReceipt> =>
  world.rest.accepted<OfflineReceipt>(await leave(world, visitor, body), [201], 'OfflineReceipt', 'leaving a message');

/** The cases. */
export const offlineCases: readonly Case[] = [
  core('S-6.15', 'a message is left once per cmid', async (world) => {
    const body = await world.leaving();
    const visitor = await world.visitor();
    const first = await left(world, visitor, body);
    const again = world.rest.accepted<OfflineReceipt>(await leave(world, visitor, body), [200], 'OfflineReceipt', 'the same again');
    expectEqual(again, first, 'the receipt');
    world.rest.refused(await leave(world, visitor, { ...body, page: { name: 'another' } }), 422, ['cmid-reused'], 'the same cmid with another body');
  }),
  core('S-6.15', 'the same message ten times at once is left once', async (world) => {
    const body = await world.leaving();
    const visitor = await world.visitor();
    const answers = await Promise.all(Array.from({ length: 10 }, () => leave(world, visitor, body)));
    const references = new Set(answers.map((answer) => world.rest.accepted<OfflineReceipt>(answer, [200, 201], 'OfflineReceipt', 'one of ten at once').reference));
    expectEqual(references.size, 1, 'references');
    expectEqual(answers.filter(({ status }) => status === 201).length, 1, 'answers with 201');
  }),
  core('S-6.15', 'a form for another purpose, of another version or with nothing in it is refused', async (world) => {
    const { form, ...rest } = await world.leaving();
    const visitor = await world.visitor();
    const wrong = async (cmid: string, changed: unknown): ReturnType<World['rest']['request']> => leave(world, visitor, { ...rest, cmid: world.random.id(cmid), form: changed });
    world.rest.refused(await wrong('purpose-', { ...form, purpose: 'pre-chat' }), 422, ['invalid'], 'purpose pre-chat');
    world.rest.refused(await wrong('version-', { ...form, form: { questionnaire: 'urn:kit:no-such-form|0' } }), 409, ['form-version'], 'another form');
    world.rest.refused(await leave(world, visitor, rest), 422, ['invalid'], 'no form at all');
  }),
  core('S-6.15', 'without a token, none is left', async (world) => {
    const body = await world.leaving();
    world.rest.refused(await world.rest.request('POST', await world.address('/offline'), { body }), 401, ['token-missing'], 'no token');
  }),
  core('S-6.16', 'each message has a reference of its own, and a promise that is not over', async (world) => {
    const visitor = await world.visitor();
    const { serverTime } = visitor;
    const [one, two] = [await left(world, visitor, await world.leaving()), await left(world, visitor, await world.leaving())];
    expect(one.reference !== two.reference, 'two messages have one reference');
    expect(one.promisedAt === undefined || one.promisedAt >= serverTime, '`promisedAt` is in the past');
  }),
  core('S-6.17', 'what was left is no conversation of the visitor', async (world) => {
    const visitor = await world.visitor();
    await left(world, visitor, await world.leaving());
    const { list } = world.rest.accepted<ConversationList>(await world.rest.request('GET', await world.address('/conversations'), { token: visitor.accessToken }), [200], 'ConversationList', 'the own list');
    expectEqual(list.length, 0, 'conversations in the own list');
    const page = world.rest.accepted<EventPage>(await world.rest.request('GET', await world.address('/streams/self/events?after=0'), { token: visitor.accessToken }), [200], 'EventPage', 'self');
    expectEqual(page.events.length, 0, 'events of `self`');
    const { id } = await world.conversation(visitor);
    expect(id !== '', 'no chat could be opened after that');
  }),
  desk('S-7.11', 'staff find what was left, with its answers, and close it; nobody writes in it', async (world) => {
    if (world.agent === null) throw new Skipped('needs an agent\'s account');
    const body = await world.leaving();
    const deviceId = world.random.id('d_');
    const agent = world.rest.accepted<AgentSession>(await world.rest.request('POST', await world.address('/desk/sessions'), { body: { ...world.agent, deviceId } }), [201], 'AgentSession', 'sign-in');
    const token = agent.accessToken;
    const department = (await world.discovery()).widget.departments.find(({ id }) => agent.agent.departments.includes(id));
    const visitor = await world.visitor();
    const { reference } = await left(world, visitor, { ...body, ...(department && { departmentId: department.id }) });
    const found = world.rest.accepted<SummaryPage>(await world.rest.request('POST', await world.address('/desk/conversations/search'), { token, body: { visitor: reference } }), [200], 'SummaryPage', 'the search by reference');
    const [summary] = found.list;
    if (!summary) return expect(false, 'the search by reference finds nothing');
    expectEqual([summary.status, summary.offline?.reference], ['waiting', reference], 'status and reference');
    expect(JSON.stringify(summary.preChat) === JSON.stringify(body.form.answers), '`preChat` is not the answers of the form');
    const { events } = world.rest.accepted<EventPage>(await world.rest.request('GET', await world.address(`/streams/${summary.id}/events?after=0`), { token }), [200], 'EventPage', 'its stream');
    expectEqual(events.map(({ kind }) => kind), [...(body.consents ?? []).map(() => 'consent'), 'form.answered', 'assignment', 'status'], 'kinds of the events');
    world.rest.refused(await world.rest.request('GET', await world.address(`/streams/${summary.id}/events`), { token: visitor.accessToken }), 404, ['not-found'], 'its stream, for the visitor');
    const submit = (ev: { readonly kind: 'accept' | 'close' }): ReturnType<World['post']> => world.post(agent, { stream: summary.id, cmid: world.random.id('left-'), ev });
    world.rest.accepted<SubmitResult>(await submit({ kind: 'accept' }), [201], 'SubmitResult', 'accept');
    world.rest.refused(await world.post(agent, world.message(summary.id)), 403, ['forbidden'], 'a message in it');
    world.rest.accepted<SubmitResult>(await submit({ kind: 'close' }), [201], 'SubmitResult', 'close');
  }),
];
