/** The REST half of the loopback backend: sessions, conversations, history, submits (protocol README §6, §7). */
import type { WireErrorCode } from '../../base/care-error.js';
import type { AgentSessionRequest, By, ConversationRequest, ConversationSearch, RefreshRequest, SubmitRequest } from '../../protocol/types.js';
import { type LoopbackServer, type LoopbackSession, forReader, toBy, toProblem } from './loopback-model.js';

type Answer = { readonly status: number; readonly body: unknown };

const tokenLifeMs = 600_000;

/** Answers one request. */
export function answerRest(server: LoopbackServer, method: string, path: string, token: string | undefined, body: unknown): Answer {
  const { clock, agents = [] } = server.options;
  const url = new URL(path, 'http://localhost');
  const refuse = (code: WireErrorCode): Answer => {
    const problem = toProblem(code);
    return { status: problem.status, body: problem };
  };
  const begin = (by: By, deviceId: string): { readonly accessToken: string; readonly session: LoopbackSession; readonly body: object } => {
    const accessToken = server.id('access-token-of-loopback-');
    const session: LoopbackSession = { subject: by.id, role: by.role === 'agent' ? 'agent' : 'visitor', by, deviceId, expiresAt: clock.now() + tokenLifeMs, refreshToken: server.id('refresh-token-of-loopback-') };
    server.sessions.set(accessToken, session);
    const account = agents.find(({ agent }) => agent.id === by.id)?.agent;
    return { accessToken, session, body: { ...(account ? { agent: account } : { visitorId: by.id }), accessToken, expiresAt: session.expiresAt, refreshToken: session.refreshToken, serverTime: clock.now() } };
  };

  const route = `${method} ${url.pathname}`;
  if (route === 'POST /sessions') return { status: 201, body: begin({ id: server.id('v_'), role: 'visitor' }, (body as { deviceId: string }).deviceId).body };
  if (route === 'POST /desk/sessions') {
    const { email, password, deviceId } = body as AgentSessionRequest;
    const account = agents.find((one) => one.agent.email === email && one.password === password);
    return account ? { status: 201, body: begin(toBy(account.agent), deviceId).body } : refuse('sign-in-failed');
  }
  if (route === 'POST /sessions/refresh') {
    const { refreshToken, deviceId } = body as RefreshRequest;
    const session = [...server.sessions.values()].find((one) => one.refreshToken === refreshToken && one.deviceId === deviceId);
    return session ? { status: 200, body: begin(session.by, deviceId).body } : refuse('token-invalid');
  }

  const session = token === undefined ? undefined : server.sessions.get(token);
  if (!session) return refuse(token === undefined ? 'token-missing' : 'token-invalid');
  if (session.expiresAt <= clock.now()) return refuse('token-expired');
  if (route === 'DELETE /sessions/current') {
    for (const [key, one] of server.sessions) if (one.subject === session.subject) server.sessions.delete(key);
    return { status: 204, body: null };
  }
  if (route === 'GET /conversations') {
    const own = [...server.conversations.values()].filter(({ visitorId }) => visitorId === session.subject);
    return { status: 200, body: { list: own.reverse().map(({ id }) => server.toConversation(id)) } };
  }
  const id = /^GET \/conversations\/([^/]+)$/.exec(route)?.[1];
  if (id !== undefined) return server.canSee(session, id) ? { status: 200, body: server.toConversation(id) } : refuse('not-found');
  if (route === 'POST /conversations') {
    const opened = server.openConversation(session, body as ConversationRequest);
    if (typeof opened === 'string') return refuse(opened);
    return { status: opened.created ? 201 : 200, body: server.toConversation(opened.id) };
  }
  if (route === 'GET /desk/canned' && session.role === 'agent') return { status: 200, body: { list: [] } };
  if (route === 'POST /desk/conversations/search' && session.role === 'agent') {
    const { status } = body as ConversationSearch;
    const found = [...server.conversations.values()].filter(({ state }) => status === undefined || state.status === status);
    return { status: 200, body: { list: found.reverse().map(({ id }) => server.summary(id)) } };
  }
  const stream = decodeURIComponent(/^\/streams\/([^/]+)\/events$/.exec(url.pathname)?.[1] ?? '');
  if (!stream || !server.canSee(session, stream)) return refuse('not-found');
  if (method === 'POST') {
    const result = server.submit(session, { stream, ...(body as SubmitRequest) });
    return typeof result === 'string' ? refuse(result) : { status: result.dup ? 200 : 201, body: result };
  }
  return readEvents(server, session, stream, url.searchParams, refuse);
}

function readEvents(server: LoopbackServer, session: LoopbackSession, stream: string, query: URLSearchParams, refuse: (code: WireErrorCode) => Answer): Answer {
  const number = (name: string): number | null => (query.has(name) ? Number(query.get(name)) : null);
  const epoch = query.get('epoch');
  if (epoch !== null && epoch !== server.epoch) return refuse('epoch-changed');
  const limit = Math.min(number('limit') ?? server.limits.pageMax, server.limits.pageMax);
  const after = number('after');
  const before = number('before');
  const all = server.log(stream === 'self' ? `self:${session.subject}` : stream);
  const events = after !== null ? all.slice(after, after + limit) : all.slice(0, before === null ? undefined : before - 1).slice(-limit);
  const complete = after !== null ? after + events.length >= all.length : (events[0]?.seq ?? 1) <= 1;
  return { status: 200, body: { stream, epoch: server.epoch, head: all.length, floor: 1, events: events.map((event) => forReader(event, session)), complete } };
}
