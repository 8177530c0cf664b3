/** What each frame after the hello does. A table, type → handler; nothing is looked up by a name that came over the wire but through it. */
import type { CareError } from '../../base/care-error.js';
import type { ClientFrame } from '../../protocol/types.js';
import { startOf } from './follow.js';
import { look } from './look.js';
import { toPrincipalAgain } from './principal.js';
import { problem, withPointers } from './problems.js';
import { findReadable, type Readable } from './rights.js';
import type { Live, Session } from './session.js';
import { submit } from './submit.js';
import { markStream } from './receipts.js';

type Type = Exclude<ClientFrame['t'], 'hello'>;
type Of<T extends ClientFrame['t']> = Extract<ClientFrame, { t: T }>;
type Handler<T extends Type> = (session: Session, live: Live, frame: Of<T>) => Promise<void> | void;

/** Pointers into the body of a submit, as pointers into the frame that held it. */
const inFrame = (error: CareError): CareError => withPointers(error, '/d');

const expired = ({ hub }: Session, live: Live): boolean => hub.clock.now() >= live.claims.expiresAt;

/** The stream, if this person may see it now, judged by the account as it is now; refuses otherwise. */
async function readable(session: Session, live: Live, stream: string, id: number): Promise<Readable | null> {
  const { hub } = session;
  const fresh = await toPrincipalAgain(live.principal, hub.store);
  if (fresh.ok) live.principal = fresh.value;
  const found = fresh.ok ? await look(hub, fresh.value, stream) : fresh;
  if (found.ok) return found.value;
  session.refuse(id, found.error);
  return null;
}

async function takeUp(session: Session, live: Live, id: number, stream: string, position: { epoch?: string | undefined; seq?: number | undefined }): Promise<void> {
  const found = await readable(session, live, stream, id);
  if (!found) return;
  const { epoch, seq } = position;
  const start = await startOf(session.hub, found, { ...(epoch === undefined ? {} : { epoch }), ...(seq === undefined ? {} : { seq }) });
  if (session.live !== live) return;
  session.send({ t: 'ok', re: id, d: start.start });
  live.begin(found, start);
}

const auth: Handler<'auth'> = async (session, live, { id, d }) => {
  const verified = await session.hub.identity.verify(d.token);
  if (session.live !== live) return;
  if (!verified.ok) {
    session.refuse(id, verified.error);
    return session.end(4401, verified.error.code);
  }
  const { sub, role, deviceId } = verified.value;
  if (sub !== live.principal.id || role !== live.principal.role || deviceId !== live.principal.deviceId) return session.end(4403, 'another-subject');
  live.principal = { ...live.principal, sid: verified.value.sid };
  live.renew(verified.value);
  session.send({ t: 'ok', re: id, d: { expiresAt: verified.value.expiresAt } });
};

const submitFrame: Handler<'submit'> = async (session, live, { id, d }) => {
  if (expired(session, live)) return session.refuse(id, problem('token-expired'));
  const result = await submit(session.hub.submitting, live.principal, d);
  if (result.ok) session.send({ t: 'ok', re: id, d: result.value });
  else session.refuse(id, inFrame(result.error));
};

const availability: Handler<'availability'> = (session, live, { id, d }) => {
  if (live.principal.role !== 'agent') return session.refuse(id, problem('forbidden'));
  session.hub.presence.setAgentState(live.principal.id, d.state);
  session.send({ t: 'ok', re: id, d: {} });
};

const receipt: Handler<'receipt'> = async (session, live, { d }) => {
  const marked = await markStream(session.hub, live.principal, d.stream, d, live.connection);
  if (!marked.ok) session.badSignal();
};

/**
 * Whether a typing signal says nothing new: too soon after the last one, or the end of what had not begun. Judged before the store is asked, so
 * that a flood costs nobody else anything. Only streams that were found are known here: for others every signal counts as a bad one.
 */
function isNoNews({ typedAt, typingIn }: Live, { stream, on }: Of<'typing'>['d'], ticks: number, typingMinMs: number): boolean {
  const at = typedAt.get(stream);
  return at !== undefined && (on ? ticks - at < typingMinMs : !typingIn.has(stream));
}

const typing: Handler<'typing'> = async (session, live, { d }) => {
  const { hub } = session;
  const { stream, on } = d;
  const { typingMinMs } = hub.config.limits;
  const ticks = hub.clock.ticks();
  if (isNoNews(live, d, ticks, typingMinMs)) return;
  const found = await findReadable(hub.store, live.principal, stream);
  if (!found.ok) return session.badSignal();
  // Another one may have come first while the store was asked.
  if (session.live !== live || isNoNews(live, d, ticks, typingMinMs)) return;
  live.typedAt.set(stream, on ? ticks : live.typedAt.get(stream) ?? -Infinity);
  const { row, type } = found.value;
  if (type !== 'conversation' || !row || row.status === 'closed' || (live.principal.role === 'agent' && row.agentId !== live.principal.id)) return;
  if (!on && !live.typingIn.has(stream)) return;
  if (on) live.typingIn.add(stream);
  else live.typingIn.delete(stream);
  const name = live.principal.role === 'agent' ? { name: live.principal.account.name } : {};
  for (const other of hub.registry.followers(stream, live.connection)) {
    if (other.principal.id !== live.principal.id) other.sendLight({ t: 'typing', d: { stream, who: live.principal.id, ...name, on } });
  }
};

const handlers: { readonly [T in Type]: Handler<T> } = {
  auth,
  sub: (session, live, { id, d }) => takeUp(session, live, id, d.stream, d),
  sync: (session, live, { id, d }) => takeUp(session, live, id, d.stream, d),
  unsub(session, live, { id, d }) {
    live.unfollow(d.stream === 'self' ? `self:${live.principal.id}` : d.stream);
    session.send({ t: 'ok', re: id, d: {} });
  },
  submit: submitFrame,
  availability,
  receipt,
  typing,
  activity() {},
  page(session, live, { d }) {
    if (live.principal.role === 'visitor') session.hub.presence.visitorPage(live.principal.id, d.name);
  },
  locale(session, live, { d }) {
    if (live.principal.role === 'visitor') session.hub.presence.visitorLocale(live.principal.id, d.locale);
  },
  ping: (session, _live, { d }) => session.send({ t: 'pong', d }),
  pong() {},
};

/** Does what one frame asks. A frame that comes after the end is dropped. */
export async function answer(session: Session, live: Live, frame: ClientFrame): Promise<void> {
  if (frame.t === 'hello') return;
  const handler = handlers[frame.t] as unknown as (session: Session, live: Live, frame: ClientFrame) => Promise<void> | void;
  await handler(session, live, frame);
}
