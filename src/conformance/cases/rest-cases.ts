/** Discovery, sessions, origins, conversations, problems (README §3, §6, §9). */
import type { Availability, Conversation, ConversationList, EventPage, SessionRequest, VisitorSession } from '../../protocol/types.js';
import { core, type Case } from '../case.js';
import { NotApplicable, Skipped, expect, expectEqual } from '../expect.js';
import type { Visitor, World } from '../world.js';

async function refresh(world: World, refreshToken: string, deviceId: string): ReturnType<World['rest']['request']> {
  return world.rest.request('POST', await world.address('/sessions/refresh'), { body: { refreshToken, deviceId } });
}

const list = async (world: World, token: string | undefined): ReturnType<World['rest']['request']> =>
  world.rest.request('GET', await world.address('/conversations'), { token });

const open = async (world: World, visitor: Visitor, body: unknown): ReturnType<World['rest']['request']> =>
  world.rest.request('POST', await world.address('/conversations'), { token: visitor.accessToken, body });

/** The cases, in the order of the specification. */
export const restCases: readonly Case[] = [
  core('S-3.1', 'discovery says where everything is', async (world) => {
    const { rest, ws, versions } = await world.discovery();
    expect(versions.includes('1'), 'version 1 is not among the versions');
    expect(/^https?:\/\/[^?#]+[^/]$/.test(rest), '`rest` must be absolute and end without a slash');
    expect(/^wss?:\/\/[^?#]+$/.test(ws), '`ws` must be absolute');
  }),
  core('S-3.2', 'an unknown widget is told', async (world) => {
    const answer = await world.rest.request('GET', `${world.url}/.well-known/care-chat?widget=no-such-widget-here`);
    world.rest.refused(answer, 404, ['widget-unknown'], 'discovery of an unknown widget');
  }),
  core('S-3.3', 'there is an emergency line', async (world) => {
    expect((await world.discovery()).widget.emergency.length > 0, '`widget.emergency` is empty');
  }),
  core('S-3.4', 'availability can be asked for without a session', async (world) => {
    const { widget } = await world.discovery();
    const answer = await world.rest.request('GET', `${await world.address('/availability')}?widget=${encodeURIComponent(widget.id)}`);
    world.rest.accepted<Availability>(answer, [200], 'Availability', 'availability');
  }),
  core('S-6.1', 'a session has tokens that end in the future', async (world) => {
    const { expiresAt, serverTime } = await world.visitor();
    expect(expiresAt > serverTime, '`expiresAt` is not behind `serverTime`');
    expect(expiresAt - serverTime <= 15 * 60_000 + 1000, 'an access token lives longer than 15 minutes');
  }),
  core('S-6.1', 'two sessions are two visitors', async (world) => {
    const [one, two] = [await world.visitor(), await world.visitor()];
    expect(one.visitorId !== two.visitorId, 'both have the same visitorId');
  }),
  core('S-6.1', 'a session request without a device is refused with its place', async (world) => {
    const answer = await world.rest.request('POST', await world.address('/sessions'), { body: { widgetId: (await world.discovery()).widget.id } });
    world.rest.refused(answer, 422, ['invalid'], 'a session without deviceId');
    const { errors = [] } = answer.body as { readonly errors?: readonly { readonly pointer: string }[] };
    expect(errors.some(({ pointer }) => pointer === '/deviceId'), '`errors` does not point at /deviceId');
  }),
  core('S-6.2', 'a refresh rotates, and the lost answer can be had again', async (world) => {
    const visitor = await world.visitor();
    const first = world.rest.accepted<VisitorSession>(await refresh(world, visitor.refreshToken, visitor.deviceId), [200], 'VisitorSession', 'refresh');
    expectEqual(first.visitorId, visitor.visitorId, 'the visitor after a refresh');
    expect(first.refreshToken !== visitor.refreshToken, 'the refresh token did not rotate');
    const again = world.rest.accepted<VisitorSession>(await refresh(world, visitor.refreshToken, visitor.deviceId), [200], 'VisitorSession', 'the same refresh within 60 s');
    expect(again.refreshToken === first.refreshToken, 'the second answer has another successor');
    const next = world.rest.accepted<VisitorSession>(await refresh(world, first.refreshToken, visitor.deviceId), [200], 'VisitorSession', 'refresh with the successor');
    world.rest.accepted<ConversationList>(await list(world, next.accessToken), [200], 'ConversationList', 'a request with the newest token');
  }),
  core('S-6.2', 'a refresh token of another device is refused', async (world) => {
    const visitor = await world.visitor();
    world.rest.refused(await refresh(world, visitor.refreshToken, world.random.id('d_')), 401, ['token-invalid'], 'refresh from another device');
  }),
  core('S-6.2', 'a refresh token two rotations old ends the family', async (world) => {
    const visitor = await world.visitor();
    const one = world.rest.accepted<VisitorSession>(await refresh(world, visitor.refreshToken, visitor.deviceId), [200], 'VisitorSession', 'the first refresh');
    const two = world.rest.accepted<VisitorSession>(await refresh(world, one.refreshToken, visitor.deviceId), [200], 'VisitorSession', 'the second refresh');
    world.rest.refused(await refresh(world, visitor.refreshToken, visitor.deviceId), 401, ['token-invalid'], 'refresh with the oldest token');
    world.rest.refused(await refresh(world, two.refreshToken, visitor.deviceId), 401, ['token-invalid'], 'refresh with the newest token after that');
    world.rest.refused(await list(world, two.accessToken), 401, ['token-invalid'], 'the access token after that');
  }),
  core('S-6.2', 'an invented refresh token is refused', async (world) => {
    world.rest.refused(await refresh(world, world.random.id('invented-refresh-'), world.random.id('d_')), 401, ['token-invalid'], 'refresh with an invented token');
  }),
  core('S-6.3', 'after log-out nothing of the session is taken', async (world) => {
    const visitor = await world.visitor();
    const answer = await world.rest.request('DELETE', await world.address('/sessions/current'), { token: visitor.accessToken });
    expectEqual(answer.status, 204, 'log-out');
    world.rest.refused(await list(world, visitor.accessToken), 401, ['token-invalid', 'token-expired'], 'the access token after log-out');
    world.rest.refused(await refresh(world, visitor.refreshToken, visitor.deviceId), 401, ['token-invalid'], 'the refresh token after log-out');
  }),
  core('S-6.4', 'no token, or an invented one, is refused', async (world) => {
    world.rest.refused(await list(world, undefined), 401, ['token-missing'], 'no token');
    world.rest.refused(await list(world, world.random.id('invented-access-token-')), 401, ['token-invalid'], 'an invented token');
  }),
  core('S-6.4', 'a token in a URL is not taken', async (world) => {
    const { accessToken } = await world.visitor();
    for (const name of ['token', 'access_token', 'accessToken']) {
      const answer = await world.rest.request('GET', `${await world.address('/conversations')}?${name}=${encodeURIComponent(accessToken)}`);
      world.rest.refused(answer, 401, ['token-missing'], `a token as ?${name}=`);
    }
  }),
  core('S-6.4', 'no cookie is set', async (world) => {
    const answer = await world.rest.request('POST', await world.address('/sessions'), { body: { widgetId: (await world.discovery()).widget.id, deviceId: world.random.id('d_') } satisfies SessionRequest });
    expectEqual(answer.headers.getSetCookie().length, 0, 'cookies set by a new session');
  }),
  core('S-6.6', 'an origin that is not allowed is refused', async (world) => {
    for (const origin of ['https://evil.invalid', 'null']) {
      const answer = await world.rest.request('POST', await world.address('/sessions'), { headers: { origin }, body: { widgetId: (await world.discovery()).widget.id, deviceId: world.random.id('d_') } });
      world.rest.refused(answer, 403, ['origin-denied'], `a session from ${origin}`);
      expect(answer.headers.get('access-control-allow-origin') === null, `${origin} is echoed in Access-Control-Allow-Origin`);
    }
  }, { faults: [52] }),
  core('S-6.6', 'an allowed origin is echoed, without credentials', async (world) => {
    if (world.origin === undefined) throw new Skipped('needs --origin');
    const answer = await world.rest.request('POST', await world.address('/sessions'), { body: { widgetId: (await world.discovery()).widget.id, deviceId: world.random.id('d_') } });
    world.rest.accepted<VisitorSession>(answer, [201], 'VisitorSession', 'a session');
    expectEqual(answer.headers.get('access-control-allow-origin'), world.origin, 'Access-Control-Allow-Origin');
    expect((answer.headers.get('vary') ?? '').toLowerCase().includes('origin'), '`Vary: Origin` is missing');
    expect(answer.headers.get('access-control-allow-credentials') === null, 'credentials are allowed');
  }),
  core('S-6.7', 'a conversation is opened once per cmid', async (world) => {
    const visitor = await world.visitor();
    const body = await world.opening({ first: [{ kind: 'text', text: 'Hello' }] });
    const first = world.rest.accepted<Conversation>(await open(world, visitor, body), [201], 'Conversation', 'opening');
    expect(first.head >= 1, 'the first message is not in the log');
    const again = world.rest.accepted<Conversation>(await open(world, visitor, body), [200], 'Conversation', 'the same again');
    expectEqual(again.id, first.id, 'the conversation');
    expectEqual(again.head, first.head, 'the head after the same again');
    const other = await open(world, visitor, { ...body, first: [{ kind: 'text', text: 'Something else' }] });
    world.rest.refused(other, 422, ['cmid-reused'], 'the same cmid with another body');
  }),
  core('S-6.8', 'a visitor has one live conversation', async (world) => {
    const visitor = await world.visitor();
    const bodies = await Promise.all([world.opening(), world.opening(), world.opening()]);
    const answers = await Promise.all(bodies.map((body) => open(world, visitor, body)));
    const ids = new Set(answers.map((answer) => world.rest.accepted<Conversation>(answer, [200, 201], 'Conversation', 'one of three at once').id));
    expectEqual(ids.size, 1, 'conversations after three tabs opened at once');
    expectEqual(answers.filter(({ status }) => status === 201).length, 1, 'answers with 201');
  }, { faults: [71] }),
  core('S-6.9', 'a missing consent is told', async (world) => {
    const required = (await world.discovery()).widget.consents.filter((text) => text.required);
    if (required.length === 0) throw new NotApplicable('the widget requires no consent');
    world.rest.refused(await open(world, await world.visitor(), await world.opening({ consents: [] })), 403, ['consent-required'], 'opening without consent');
    const { consents = [] } = await world.opening();
    const unseen = consents.map((record) => ({ ...record, textHash: '0'.repeat(64) }));
    world.rest.refused(await open(world, await world.visitor(), await world.opening({ consents: unseen })), 403, ['consent-required'], 'opening with a consent to a text that is not the widget\'s');
  }),
  core('S-6.10', 'another visitor\'s conversation does not exist', async (world) => {
    const [one, two] = [await world.visitor(), await world.visitor()];
    const { id } = await world.conversation(one);
    world.rest.accepted<Conversation>(await world.rest.request('GET', await world.address(`/conversations/${id}`), { token: one.accessToken }), [200], 'Conversation', 'one\'s own');
    const mine = world.rest.accepted<ConversationList>(await list(world, one.accessToken), [200], 'ConversationList', 'one\'s own list');
    expect(mine.list.some((item) => item.id === id), 'the own list does not have it');
    world.rest.refused(await world.rest.request('GET', await world.address(`/conversations/${id}`), { token: two.accessToken }), 404, ['not-found'], 'another\'s');
    world.rest.refused(await world.rest.request('GET', await world.address(`/streams/${id}/events`), { token: two.accessToken }), 404, ['not-found'], 'another\'s events');
    world.rest.refused(await world.post(two, world.message(id)), 404, ['not-found'], 'a submit to another\'s');
  }),
  core('S-6.18', 'what the page answered stays marked', async (world) => {
    const visitor = await world.visitor();
    const body = await world.opening();
    const [answer] = body.preChat?.answers ?? [];
    const [item] = (body.preChat?.response['item'] ?? []) as readonly { readonly linkId: string; readonly answer?: readonly object[] }[];
    if (!body.preChat || !answer || !item?.answer || item.linkId !== answer.linkId) throw new NotApplicable('the widget asks no simple question before a chat');
    const extension = [{ url: 'urn:care-chat:fhir:answer-source', valueCode: 'page' }];
    const marked: typeof body.preChat = {
      ...body.preChat,
      answers: [{ ...answer, source: 'page' }, ...body.preChat.answers.slice(1)],
      response: { ...body.preChat.response, item: [{ ...item, answer: item.answer.map((one) => ({ extension, ...one })) }, ...(body.preChat.response['item'] as readonly object[]).slice(1)] },
    };
    const { id } = world.rest.accepted<Conversation>(await open(world, visitor, { ...body, preChat: marked }), [201], 'Conversation', 'opening');
    const { events } = world.rest.accepted<EventPage>(await world.rest.request('GET', await world.address(`/streams/${id}/events?after=0`), { token: visitor.accessToken }), [200], 'EventPage', id);
    expectEqual(events.find(({ kind }) => kind === 'form.answered')?.d, marked, 'the body of `form.answered`');
  }),
  core('S-6.13', 'opening writes its events in order', async (world) => {
    const visitor = await world.visitor();
    const body = await world.opening({ first: [{ kind: 'text', text: 'Hello' }] });
    const { id } = world.rest.accepted<Conversation>(await open(world, visitor, body), [201], 'Conversation', 'opening');
    const events = async (stream: string): Promise<EventPage['events']> => {
      const answer = await world.rest.request('GET', await world.address(`/streams/${stream}/events?after=0`), { token: visitor.accessToken });
      return world.rest.accepted<EventPage>(answer, [200], 'EventPage', stream).events;
    };
    const expected = [...(body.consents ?? []).map(() => 'consent'), ...(body.preChat ? ['form.answered'] : []), 'assignment', 'status', 'message'];
    const written = await events(id);
    expectEqual(written.map(({ kind }) => kind), expected, 'kinds of the events');
    expectEqual(written.at(-1)?.cmid, body.cmid, 'cmid of the first message');
    const own = await events('self');
    expectEqual(own.map(({ kind, cmid }) => [kind, cmid]), [['conversation.created', body.cmid]], 'events of `self`');
  }),
  core('S-9.5', 'what is not JSON, not of its type, or not there, is told apart', async (world) => {
    const sessions = await world.address('/sessions');
    world.rest.refused(await world.rest.request('POST', sessions, { raw: '{"widgetId":' }), 400, ['bad-frame'], 'half of a JSON text');
    world.rest.refused(await world.rest.request('POST', sessions, { raw: 'widgetId=main', headers: { 'content-type': 'text/plain' } }), 415, ['unsupported-type'], 'text/plain');
    world.rest.refused(await world.rest.request('GET', await world.address('/no-such-thing')), 404, ['not-found'], 'an unknown path');
  }, { faults: [53] }),
  core('S-9.3', 'a body over the limit is refused', async (world) => {
    const { limits } = await world.discovery();
    const raw = JSON.stringify({ widgetId: 'x', deviceId: 'd', filler: 'x'.repeat(limits.frameBytes) });
    world.rest.refused(await world.rest.request('POST', await world.address('/sessions'), { raw }), 413, ['too-large'], 'a body larger than frameBytes');
  }),
];
