/**
 * The relay of co-browse (protocol README §14): passes bytes from one side of a session to the other, and cannot read them. Nothing is kept, logged or sent
 * again; what the other side does not take is dropped. A session that is over in the log is over here in the same turn.
 */
import { randomBytes } from 'node:crypto';
import type { Logger } from '../../base/logger.js';
import type { Result } from '../../base/result.js';
import type { CobrowseBody, RelayNotice } from '../../protocol/types.js';
import type { Validator } from '../../protocol/schema/validate.js';
import type { Clock } from '../clock.js';
import { findWidget, type CobrowseConfig } from '../config/config.js';
import type { Claims, Identity } from '../identity/identity.js';
import type { ConversationRow } from '../store/store.js';
import { cobrowseOver, isLive } from './cobrowse-rules.js';
import type { DecideDeps } from './decision.js';
import type { Committed, Ledger } from './ledger.js';
import type { Principal } from './principal.js';
import { refuse } from './problems.js';
import type { Serial } from './serial.js';

/** Longest message. */
export const relayMessageBytes = 65_536;
/** A message costs at least this much of the budget: what is small costs the server as much. */
const leastCost = 1024;
/** Within this a token is to be used. */
const tokenMs = 30_000;
/** A side that has let messages wait for this long ends the session. */
const stalledMs = 10_000;

type Side = Principal['role'];
type EndReason = Extract<RelayNotice, { t: 'end' }>['reason'];
type Why = NonNullable<CobrowseBody['reason']>;

/** Why the session is over where this side is not there. */
const absent: Readonly<Record<Side, Why>> = { visitor: 'left', agent: 'nurse' };

const closeCodes: Readonly<Record<EndReason, number>> = { rate: 4429, ended: 1000, refused: 4401, replaced: 1000, draining: 4503 };

/** A socket, as the relay sees it. */
export interface RelayWire {
  send(data: string | Uint8Array): void;
  readonly bufferedBytes: number;
  close(code: number, reason: string): void;
}

/** What the socket tells. */
export interface RelayPeer {
  onText(text: string): void;
  onBytes(bytes: Uint8Array): void;
  onClosed(): void;
}

export interface RelayDeps extends DecideDeps {
  readonly clock: Clock;
  readonly ledger: Ledger;
  readonly serial: Serial;
  readonly identity: Identity;
  readonly validator: Validator;
  readonly log: Logger;
  readonly awayMs: number;
}

export interface Relay {
  /** Whether any widget has it on. */
  readonly isOn: boolean;
  /** Waits for both sides of every session that was granted before the server stopped. Call once at start. */
  start(): Promise<void>;
  /** A token for this side of a session that is granted. Errors: `not-supported`, `forbidden`, `conflict`. */
  grant(row: ConversationRow, principal: Principal, claims: Claims, session: string): Promise<Result<{ readonly token: string; readonly expiresAt: number }>>;
  /** Takes a socket that has said nothing yet. */
  open(wire: RelayWire, origin: string | null): RelayPeer;
  /** Ends every connection; none is opened any more. What is granted stays granted. */
  end(): void;
}

interface Pass {
  readonly room: Room;
  readonly side: Side;
  readonly sid: string;
  readonly origin: string | null;
  readonly expiresAt: number;
}

interface Seat {
  readonly sid: string;
  readonly wire: RelayWire;
  /** Bytes that may be sent at this tick. */
  budget: number;
  at: number;
  /** Since when this side lets messages wait; null: it does not. */
  stalledAt: number | null;
  end(reason: EndReason): void;
}

interface Room {
  readonly conversationId: string;
  readonly session: string;
  readonly settings: CobrowseConfig;
  readonly seats: Map<Side, Seat>;
  /** Cancels what ends the session by itself. */
  readonly cancel: Map<Side | 'until', () => void>;
}

const say = (wire: RelayWire, notice: RelayNotice): void => wire.send(JSON.stringify(notice));

const other = (side: Side): Side => (side === 'visitor' ? 'agent' : 'visitor');

/** Whether so much may be sent now; it is taken off. */
function mayPass(seat: Seat, { bytesPerSec, burstBytes }: CobrowseConfig, bytes: number, ticks: number): boolean {
  seat.budget = Math.min(burstBytes, seat.budget + ((ticks - seat.at) * bytesPerSec) / 1000) - Math.max(leastCost, bytes);
  seat.at = ticks;
  return seat.budget >= 0;
}

/** Creates the relay. It follows the log by itself. */
export function createRelay(deps: RelayDeps): Relay {
  const { store, config, clock, ledger, serial, log, identity, validator } = deps;
  const rooms = new Map<string, Room>();
  const passes = new Map<string, Pass>();
  const sockets = new Set<(reason: EndReason) => void>();
  let closing = false;

  /** Makes it a fact that the session is over. The sockets end with it. */
  const over = async ({ conversationId, session }: Pick<Room, 'conversationId' | 'session'>, reason: Why): Promise<void> => serial.run(conversationId, async () => {
    const row = await store.conversation(conversationId);
    if (!row || !isLive(row.cobrowse) || row.cobrowse.session !== session) return;
    await ledger.commit({ ...cobrowseOver(deps, row, row.cobrowse, reason), at: deps.now() });
  }).catch(() => log.error('relay.end-failed', { conversationId }));

  const awaitSide = (room: Room, side: Side): void => {
    room.cancel.get(side)?.();
    if (!closing) room.cancel.set(side, clock.after(deps.awayMs, () => void over(room, absent[side])));
  };

  const leaveRoom = (room: Room, reason: EndReason): void => {
    rooms.delete(room.conversationId);
    for (const cancel of room.cancel.values()) cancel();
    for (const [token, pass] of passes) if (pass.room === room) passes.delete(token);
    for (const seat of [...room.seats.values()]) seat.end(reason);
  };

  const enter = ({ id, widgetId, cobrowse }: ConversationRow): Room | null => {
    const known = rooms.get(id);
    if (cobrowse?.state !== 'granted') return null;
    if (known?.session === cobrowse.session) return known;
    const settings = findWidget(config, widgetId)?.cobrowse;
    if (!settings || closing) return null;
    const room: Room = { conversationId: id, session: cobrowse.session, settings, seats: new Map(), cancel: new Map() };
    rooms.set(id, room);
    room.cancel.set('until', clock.after(Math.max(0, cobrowse.until - deps.now()), () => void over(room, 'timeout')));
    for (const side of ['visitor', 'agent'] as const) awaitSide(room, side);
    return room;
  };

  const follow = ({ conversation: row }: Committed): void => {
    if (!row) return;
    const room = rooms.get(row.id);
    if (room && (row.cobrowse?.state !== 'granted' || row.cobrowse.session !== room.session)) leaveRoom(room, row.cobrowse?.reason === 'rate' ? 'rate' : 'ended');
    enter(row);
  };
  ledger.onCommitted(follow);

  /** Who logs out, or is logged out, shows and sees nothing more; with the last session of a person, what waits for an answer is over too. */
  const revoked = async (sid: string): Promise<void> => {
    for (const [token, held] of passes) if (held.sid === sid) passes.delete(token);
    const left = [...rooms.values()].flatMap((room) => [...room.seats].filter(([, seat]) => seat.sid === sid).map(([side]) => ({ room, side })));
    for (const { room } of left) leaveRoom(room, 'ended');
    for (const { room, side } of left) await over(room, absent[side]);
    const subject = (await store.session(sid))?.subject;
    if (!subject || (await store.sessionsOf(subject)).some(({ revokedAt }) => revokedAt === null)) return;
    const rows = await store.conversations({ ...(subject.role === 'visitor' ? { visitorId: subject.id } : { agentId: subject.id }), status: 'open', limit: 200 });
    for (const { id, cobrowse } of rows) if (isLive(cobrowse)) await over({ conversationId: id, session: cobrowse.session }, absent[subject.role]);
  };
  identity.onRevoked((sid) => void revoked(sid).catch(() => log.error('relay.revoke-failed')));

  /** Passes on, or drops: never keeps. */
  const pass = (room: Room, side: Side, bytes: Uint8Array): void => {
    const own = room.seats.get(side);
    if (!own) return;
    const ticks = clock.ticks();
    const spoil = (): void => {
      leaveRoom(room, 'rate');
      void over(room, 'rate');
    };
    if (bytes.length > relayMessageBytes || !mayPass(own, room.settings, bytes.length, ticks)) return spoil();
    const peer = room.seats.get(other(side));
    if (!peer) return;
    if (peer.wire.bufferedBytes + bytes.length > room.settings.burstBytes) {
      peer.stalledAt ??= ticks;
      if (ticks - peer.stalledAt > stalledMs) spoil();
      return;
    }
    peer.stalledAt = null;
    peer.wire.send(bytes);
  };

  const sit = ({ room, side }: Pass, seat: Seat): void => {
    room.seats.get(side)?.end('replaced');
    room.seats.set(side, seat);
    room.cancel.get(side)?.();
    const peer = room.seats.get(other(side));
    if (!peer) return say(seat.wire, { t: 'peer', on: false });
    for (const { wire } of [peer, seat]) say(wire, { t: 'peer', on: true });
    log.info('relay.joined', { conversationId: room.conversationId });
  };

  const stand = (room: Room, side: Side, seat: Seat): void => {
    if (room.seats.get(side) !== seat) return;
    room.seats.delete(side);
    if (rooms.get(room.conversationId) !== room) return;
    const peer = room.seats.get(other(side));
    if (peer) say(peer.wire, { t: 'peer', on: false });
    awaitSide(room, side);
  };

  const tokenOf = (text: string): string | null => {
    try {
      const value: unknown = JSON.parse(text);
      return validator.check('RelayHello', value) === null ? (value as { readonly token: string }).token : null;
    } catch {
      return null;
    }
  };

  /** The pass of a first message, used up. */
  const take = (text: string, origin: string | null): Pass | null => {
    const token = tokenOf(text);
    const held = token === null ? undefined : passes.get(token);
    if (token === null || !held) return null;
    passes.delete(token);
    const isGood = held.expiresAt > deps.now() && rooms.get(held.room.conversationId) === held.room && (origin === null || held.origin === null || held.origin === origin);
    return isGood ? held : null;
  };

  return {
    isOn: config.widgets.some(({ cobrowse }) => cobrowse !== null),
    async start() {
      let before: { readonly createdAt: number; readonly id: string } | undefined;
      for (;;) {
        const rows = await store.conversations({ status: 'open', limit: 200, ...(before && { before }) });
        for (const row of rows) enter(row);
        const last = rows.at(-1);
        if (!last || rows.length < 200) return;
        before = { createdAt: last.createdAt, id: last.id };
      }
    },
    async grant(row, principal, claims, session) {
      if (!findWidget(config, row.widgetId)?.cobrowse) return refuse('not-supported');
      if (principal.role === 'agent' && row.agentId !== principal.id) return refuse('forbidden');
      const room = row.cobrowse?.session === session ? enter(row) : null;
      if (!room) return refuse('conflict', { details: [{ pointer: '/session', code: 'not-granted' }] });
      // One at a time: who asks again has lost the answer.
      for (const [token, held] of passes) if (held.expiresAt <= deps.now() || (held.room === room && held.side === principal.role)) passes.delete(token);
      const token = randomBytes(32).toString('base64url');
      const expiresAt = deps.now() + tokenMs;
      passes.set(token, { room, side: principal.role, sid: claims.sid, origin: claims.origin, expiresAt });
      await deps.audit.write({ actor: principal.id, action: 'cobrowse.connect', target: row.id, code: session });
      return { ok: true, value: { token, expiresAt } };
    },
    open(wire, origin) {
      let held: { readonly pass: Pass; readonly seat: Seat } | null = null;
      let isOver = false;
      const end = (reason: EndReason): void => {
        if (isOver) return;
        isOver = true;
        cancel();
        sockets.delete(end);
        say(wire, { t: 'end', reason });
        wire.close(closeCodes[reason], reason);
        if (held) stand(held.pass.room, held.pass.side, held.seat);
      };
      const cancel = clock.after(config.limits.helloTimeoutMs, () => end('refused'));
      sockets.add(end);
      if (closing) end('draining');
      return {
        onText(text) {
          if (isOver) return;
          const found = held ? null : take(text, origin);
          if (!found) return end('refused');
          cancel();
          held = { pass: found, seat: { sid: found.sid, wire, budget: found.room.settings.burstBytes, at: clock.ticks(), stalledAt: null, end } };
          sit(found, held.seat);
        },
        onBytes(bytes) {
          if (isOver) return;
          if (!held) return end('refused');
          pass(held.pass.room, held.pass.side, bytes);
        },
        onClosed() {
          if (isOver) return;
          isOver = true;
          cancel();
          sockets.delete(end);
          if (held) stand(held.pass.room, held.pass.side, held.seat);
        },
      };
    },
    end() {
      closing = true;
      for (const room of rooms.values()) for (const cancel of room.cancel.values()) cancel();
      for (const end of [...sockets]) end('draining');
    },
  };
}
