/** The first frame: version, token, who it is, and from where each stream goes on. Answers `welcome`, or `err` and a close. */
import type { CareError } from '../../base/care-error.js';
import type { Result } from '../../base/result.js';
import { protocolVersions } from '../../protocol/version.js';
import type { ClientFrame, Cursor, Desk, WelcomeBody } from '../../protocol/types.js';
import { findWidget } from '../config/config.js';
import { deskList } from '../desk/summary.js';
import { toAgentOnWire } from '../identity/create-identity.js';
import type { Claims } from '../identity/identity.js';
import { capsOf, deskCaps, wireLimits, type HubContext } from './context.js';
import { startOf, type Start } from './follow.js';
import { createLive } from './live.js';
import { look } from './look.js';
import { toPrincipal, type AgentPrincipal, type Principal, type VisitorPrincipal } from './principal.js';
import { refuse } from './problems.js';
import type { Readable } from './rights.js';
import { sessionEnded, type Session } from './session.js';

type Hello = Extract<ClientFrame, { t: 'hello' }>;

const closeCodeOf = ({ code }: CareError): number => (code === 'forbidden' || code === 'origin-denied' ? 4403 : code === 'unsupported-version' ? 4406 : code === 'rate-limited' ? 4429 : 4401);

/** Verified claims that fit the connection they are used on. Errors: `unsupported-version`, `token-…`, `forbidden`, `origin-denied`, `rate-limited`. */
async function admit({ hub, origin }: Session, { v, token, deviceId }: Hello['d']): Promise<Result<{ claims: Claims; principal: Principal }>> {
  if (!v.some((version) => (protocolVersions as readonly string[]).includes(version))) return refuse('unsupported-version');
  const verified = await hub.identity.verify(token);
  if (!verified.ok) return verified;
  const claims = verified.value;
  if (claims.deviceId !== deviceId) return refuse('token-invalid');
  if (claims.origin !== null && origin !== null && claims.origin !== origin) return refuse('origin-denied');
  if (hub.registry.ofDevice(deviceId) >= hub.config.limits.connectionsPerDevice) return refuse('rate-limited', { retryAfterMs: 10_000 });
  const principal = await toPrincipal(claims, hub.store);
  return principal.ok ? { ok: true, value: { claims, principal: principal.value } } : principal;
}

/** Where the streams are taken up that are followed from the welcome on: `self` and what is not closed (visitor), and what the client names and may see. */
async function startAll(hub: HubContext, principal: Principal, resume: readonly Cursor[]): Promise<readonly { readable: Readable; start: Start }[]> {
  const cursors = new Map(resume.map((cursor) => [cursor.stream, cursor]));
  const starts = new Map<string, { readable: Readable; start: Start }>();
  const take = async (stream: string): Promise<void> => {
    if (starts.has(stream)) return;
    const readable = await look(hub, principal, stream);
    if (readable.ok) starts.set(stream, { readable: readable.value, start: await startOf(hub, readable.value, cursors.get(stream) ?? {}) });
  };
  if (principal.role === 'visitor') {
    // `self` before the list: a conversation that comes after the list was read is then told by an event of `self`.
    await take('self');
    for (const row of await hub.store.conversations({ visitorId: principal.id, widgetId: principal.widgetId, active: true, live: true, limit: 50 })) await take(row.id);
  }
  for (const stream of cursors.keys()) await take(stream);
  return [...starts.values()];
}

/** The desk at this moment. */
async function deskOf(hub: HubContext, { account, id }: AgentPrincipal): Promise<Desk> {
  const { config, presence, store } = hub;
  const list = await deskList(hub.summaries, account);
  const colleagues = (await store.agents()).filter((agent) => !agent.disabled);
  // States are read last and at once: a colleague frame that comes before the welcome is not sent.
  return {
    agent: toAgentOnWire(account),
    clinicName: config.clinic.name,
    departments: config.departments.map((department) => ({ id: department.id, name: department.name })),
    agents: colleagues.slice(0, 500).map((agent) => ({ id: agent.id, name: agent.name, title: agent.title, state: presence.agentState(agent.id) })),
    state: presence.chosenState(id),
    list,
  };
}

async function visitorExtras(hub: HubContext, { widgetId }: VisitorPrincipal): Promise<Pick<WelcomeBody, 'availability'>> {
  const widget = findWidget(hub.config, widgetId);
  return widget ? { availability: await hub.availability(widget) } : {};
}

function capsFor({ config }: HubContext, principal: Principal): readonly string[] {
  const widget = principal.role === 'visitor' ? findWidget(config, principal.widgetId) : undefined;
  return widget ? capsOf(widget) : deskCaps(config);
}

/** Takes the hello and answers it. */
export async function greet(session: Session, { id, d }: Hello): Promise<void> {
  const { hub } = session;
  const admitted = await admit(session, d);
  if (session.ended) return;
  if (!admitted.ok) {
    session.refuse(id, admitted.error);
    return session.end(closeCodeOf(admitted.error), admitted.error.code, admitted.error.retryAfterMs === undefined ? {} : { retryAfterMs: admitted.error.retryAfterMs });
  }
  const { claims, principal } = admitted.value;
  const caps = capsFor(hub, principal).filter((cap) => d.caps.includes(cap));
  const live = createLive(session, principal, claims, new Set(caps));
  // Present before anything is read: what happens from here on reaches this connection through the feed.
  session.live = live;
  hub.registry.add(live.connection);
  if (principal.role === 'agent') hub.presence.agentCame(principal.id);
  else hub.presence.visitorCame(principal.id);
  if (principal.role === 'visitor' && d.page) hub.presence.visitorPage(principal.id, d.page.name);
  if (principal.role === 'visitor' && d.locale) hub.presence.visitorLocale(principal.id, d.locale);
  // Asked again: who ended the session after its token was read, and before this connection was in the registry, did not find it.
  if (await hub.identity.isRevoked(claims.sid)) return session.end(...sessionEnded);
  const starts = await startAll(hub, principal, d.resume);
  const extras = principal.role === 'agent' ? { desk: await deskOf(hub, principal) } : await visitorExtras(hub, principal);
  if (session.live !== live) return;
  session.send({ t: 'welcome', re: id, d: {
    v: '1', connId: session.id, caps, limits: wireLimits(hub.config), hb: { ...hub.config.heartbeat }, serverTime: hub.clock.now(), tokenExpiresAt: claims.expiresAt,
    subject: { id: principal.id, role: principal.role }, streams: starts.map(({ start }) => start.start), ...extras,
  } });
  const { connection } = live;
  if ('desk' in extras) for (const summary of extras.desk.list) connection.listed.add(summary.id);
  const early = connection.early ?? [];
  connection.early = null;
  for (const conversationId of early) hub.feed.touch(conversationId);
  for (const { readable, start } of starts) live.begin(readable, start);
  hub.log.info('socket.live', { connId: session.id, role: principal.role, subject: principal.id, streams: starts.length });
}

