/** A connection after its hello: what it is sent, what it follows, until when its token holds. */
import type { CareError } from '../../base/care-error.js';
import type { ServerFrame, WireEvent } from '../../protocol/types.js';
import type { Claims } from '../identity/identity.js';
import type { StoredEvent } from '../store/store.js';
import { startOf } from './follow.js';
import type { Principal } from './principal.js';
import { createPump, type Pump } from './pump.js';
import type { LiveConnection } from './registry.js';
import { findReadable, toVisible } from './rights.js';
import type { Live, Session } from './session.js';

/** A page is read whole before it is seen how much of it the peer takes: what a connection holds is bounded by `pauseBytes` and a page. */
const pumpPageMax = 32;
/** A batch is cut where it would grow over this; a frame stays well under what a client takes. */
const batchChars = 32_000;

function* batches(events: readonly WireEvent[]): Generator<WireEvent[]> {
  let batch: WireEvent[] = [];
  let size = 0;
  for (const event of events) {
    const chars = JSON.stringify(event).length;
    if (batch.length > 0 && size + chars > batchChars) {
      yield batch;
      [batch, size] = [[], 0];
    }
    batch.push(event);
    size += chars;
  }
  if (batch.length > 0) yield batch;
}

function toFrames(events: readonly WireEvent[], batch: boolean): ServerFrame[] {
  if (!batch) return events.map((event) => ({ t: 'event', d: event }));
  return [...batches(events)].map((list) => (list.length === 1 ? { t: 'event', d: list[0]! } : { t: 'events', d: { stream: list[0]!.stream, list } }));
}

/** A visitor's own stream tells of a conversation: from now on it is followed, unless it is over. */
async function followNews(session: Session, live: Live, events: readonly StoredEvent[]): Promise<void> {
  const ids = new Set(events.flatMap((event) => (event.kind === 'conversation.created' || event.kind === 'conversation.updated' ? [event.d.conversationId] : [])));
  for (const id of ids) {
    if (live.pump.follows(id)) continue;
    const readable = await findReadable(session.hub.store, live.principal, id);
    if (!readable.ok || readable.value.row?.status === 'closed' || session.live !== live || live.pump.follows(id)) continue;
    // From the beginning: this client has seen nothing of it, or drops what it has.
    const start = await startOf(session.hub, readable.value, { epoch: session.hub.store.epoch, seq: 0 });
    if (session.live === live && !live.pump.follows(id)) live.begin(readable.value, start);
  }
}

/** Says when the token is about to end, and closes when it has ended for a while. */
function watchToken(session: Session, live: Live): (claims: Claims) => void {
  const { clock, timing, config } = session.hub;
  // Half of a short life, or every renewal would ask for the next one at once.
  const noticeMs = Math.min(timing.expiringMs, config.sessions.accessTtlMs / 2);
  let cancels: (() => void)[] = [];
  session.onEnd(() => cancels.forEach((cancel) => cancel()));
  return (claims) => {
    live.claims = claims;
    cancels.forEach((cancel) => cancel());
    const leftMs = claims.expiresAt - clock.now();
    cancels = [
      clock.after(Math.max(0, leftMs - noticeMs), () => session.send({ t: 'auth.expiring', d: { inMs: Math.max(0, claims.expiresAt - clock.now()) } })),
      clock.after(Math.max(0, leftMs + timing.expiredGraceMs), () => session.end(4401, 'token-expired')),
    ];
  };
}

function pumpOf(session: Session, principal: Principal, deliver: (events: readonly StoredEvent[]) => void): Pump {
  const { hub, wire } = session;
  return createPump({
    store: hub.store,
    doorbell: hub.doorbell,
    clock: hub.clock,
    wire,
    pageMax: Math.min(pumpPageMax, hub.config.limits.pageMax),
    limits: hub.config.limits,
    deliver,
    onStalled: () => session.end(4508, 'slow-consumer'),
    onFailed(error) {
      hub.log.error('socket.pump-failed', { connId: session.id, role: principal.role, reason: (error as Partial<CareError>).code ?? 'unknown' });
      // 1013: try again later.
      if ((error as Partial<CareError>).code === 'overloaded') session.end(1013, 'overloaded', { retryAfterMs: 2_000 });
      else session.end(1011, 'internal');
    },
  });
}

/** Makes a session live. The caller adds it to the registry by `connection`, and removes it by `leave`. */
export function createLive(session: Session, principal: Principal, claims: Claims, caps: ReadonlySet<string>): Live {
  const { hub } = session;
  const pump = pumpOf(session, principal, (events) => {
    for (const frame of toFrames(events.map((event) => toVisible(event, live.principal)), caps.has('batch'))) session.send(frame);
    if (events[0]?.stream.startsWith('self:')) void followNews(session, live, events).catch(() => session.end(1011, 'internal'));
  });
  const connection: LiveConnection = {
    id: session.id,
    get principal() {
      return live.principal;
    },
    listed: new Set(),
    early: new Set(),
    follows: pump.follows,
    send: session.send,
    sendLight: session.sendLight,
    end: session.end,
  };
  const live: Live = {
    principal, claims, caps, pump, connection,
    typingIn: new Set(),
    typedAt: new Map(),
    begin(readable, { reset, after }) {
      if (reset) session.send({ t: 'reset', d: reset });
      hub.registry.setFollows(connection, readable.key, true);
      pump.follow(readable.key, after);
      hub.bots.onFollow(connection, readable.key);
    },
    unfollow(key) {
      hub.registry.setFollows(connection, key, false);
      pump.unfollow(key);
    },
    renew: (fresh) => renew(fresh),
    leave: () => leave(session, live),
  };
  const renew = watchToken(session, live);
  renew(claims);
  return live;
}

function leave({ hub }: Session, live: Live): void {
  const { connection, principal, pump } = live;
  for (const stream of live.typingIn) {
    for (const other of hub.registry.followers(stream, connection)) other.sendLight({ t: 'typing', d: { stream, who: principal.id, on: false } });
  }
  for (const key of [...pump.keys]) live.unfollow(key);
  pump.stop();
  hub.registry.remove(connection);
  if (principal.role === 'agent') hub.presence.agentLeft(principal.id);
  else hub.presence.visitorLeft(principal.id);
}
