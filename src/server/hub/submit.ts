/** One code path for a submit, over WebSocket and REST: rate, rights, idempotency, decision, durable commit, doorbell. */
import type { Result } from '../../base/result.js';
import type { Submit, SubmitResult } from '../../protocol/types.js';
import type { StoredEvent } from '../store/store.js';
import { decide } from './decide.js';
import type { DecideDeps } from './decision.js';
import { fingerprint } from './fingerprint.js';
import type { Ledger } from './ledger.js';
import { toPrincipalAgain, type Principal } from './principal.js';
import { refuse } from './problems.js';
import type { Rate } from './rate.js';
import { findReadable, type Readable } from './rights.js';
import type { Serial } from './serial.js';

export interface SubmitDeps extends DecideDeps {
  readonly ledger: Ledger;
  readonly serial: Serial;
  readonly submitRate: Rate;
}

/** The acknowledgement of an event. */
export const toSubmitResult = (stream: string, cmid: string, event: StoredEvent, dup: boolean): SubmitResult => ({
  stream, cmid, epoch: event.epoch, seq: event.seq, eventId: event.id, at: event.at, ...(dup ? { dup: true } : {}),
});

/** The queue in which a submit waits: a conversation and its staff stream share one. A reopen also waits for the visitor's, as creating does. */
const queueOf = (stream: string): string => stream.replace(/\.staff$/, '');

async function settle(deps: SubmitDeps, principal: Principal, readable: Readable, request: Submit): Promise<Result<SubmitResult>> {
  const { stream, cmid, ev } = request;
  const fp = fingerprint(deps.store.secret, ev);
  const known = await deps.store.known(readable.key, principal.deviceId, cmid);
  if (known) return known.fp === fp ? { ok: true, value: toSubmitResult(stream, cmid, known.event, true) } : refuse('cmid-reused');
  const decision = await decide(deps, principal, readable.row, readable.type, ev);
  if (!decision.ok) return decision;
  const [first, ...rest] = decision.value.events;
  if (!first) return refuse('internal');
  const result = await deps.ledger.commit({ ...decision.value, events: [{ ...first, dev: principal.deviceId, cmid, fp }, ...rest], at: deps.now() });
  if (result.type === 'mismatch') return refuse('cmid-reused');
  if (result.type === 'dup') return { ok: true, value: toSubmitResult(stream, cmid, result.event, true) };
  const event = result.events[0];
  return event ? { ok: true, value: toSubmitResult(stream, cmid, event, false) } : refuse('internal');
}

/**
 * Makes a fact of what a client asks; resolves after it is durable. Idempotent by (stream, device, cmid).
 * Errors: `rate-limited`, `not-found`, `forbidden`, `cmid-reused` and those of `decide`.
 */
export async function submit(deps: SubmitDeps, principal: Principal, request: Submit): Promise<Result<SubmitResult>> {
  const rate = deps.submitRate.take(principal.sid);
  if (!rate.ok) return rate;
  const inQueue = (): Promise<Result<SubmitResult>> => deps.serial.run(queueOf(request.stream), async () => {
    const fresh = await toPrincipalAgain(principal, deps.store);
    if (!fresh.ok) return fresh;
    const readable = await findReadable(deps.store, fresh.value, request.stream);
    return readable.ok ? settle(deps, fresh.value, readable.value, request) : readable;
  });
  if (request.ev.kind !== 'reopen') return inQueue();
  const row = await deps.store.conversation(request.stream);
  return row ? deps.serial.run(`visitor:${row.visitorId}`, inQueue) : refuse('not-found');
}
