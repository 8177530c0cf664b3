/** Steps that cases of several sections share. */
import type { Cursor, EventPage, Limits, ServerFrame, Submit, SubmitResult, WireEvent } from '../../protocol/types.js';
import { expect, expectEqual } from '../expect.js';
import { pause } from '../rest.js';
import type { KitSocket } from '../socket.js';
import type { Visitor, World } from '../world.js';

/** A page of a stream, checked. */
export async function page(world: World, { accessToken }: { readonly accessToken: string }, stream: string, query: string): Promise<EventPage> {
  const answer = await world.rest.request('GET', `${await world.address(`/streams/${stream}/events`)}?${query}`, { token: accessToken });
  return world.rest.accepted<EventPage>(answer, [200], 'EventPage', `events?${query}`);
}

/** Every event of a stream that came, in order; with and without `batch`. */
export const eventsOf = (frames: readonly ServerFrame[], stream: string): readonly WireEvent[] => frames.flatMap((frame) =>
  frame.t === 'event' && frame.d.stream === stream ? [frame.d] : frame.t === 'events' && frame.d.stream === stream ? frame.d.list : []);

/** Whichever comes first; fails as the first of them where none does. */
export const either = <T>(...waits: readonly Promise<T>[]): Promise<T> => Promise.any(waits).catch((error: AggregateError) => {
  throw error.errors[0];
});

/** Waits for the first event of a stream that fits, alone or in a batch. */
export async function came(socket: KitSocket, stream: string, fits: (event: WireEvent) => boolean): Promise<WireEvent> {
  const has = (frame: ServerFrame): boolean => eventsOf([frame], stream).some(fits);
  await either<unknown>(socket.next('event', has), socket.next('events', has));
  return eventsOf(socket.frames, stream).find(fits)!;
}

/** Waits until the stream's events have come up to this seq. */
export async function arrived(socket: KitSocket, stream: string, seq: number): Promise<readonly WireEvent[]> {
  await came(socket, stream, (event) => event.seq >= seq);
  return eventsOf(socket.frames, stream);
}

/** The numbers behind `from`, up to `to`. */
export const upTo = (from: number, to: number): number[] => Array.from({ length: Math.max(0, to - from) }, (_, index) => from + index + 1);

/** Expects `bye` with this code, then the close. */
export async function ended(socket: KitSocket, code: number): Promise<void> {
  const bye = await socket.next('bye');
  expectEqual(bye.d.code, code, 'code of `bye`');
  expectEqual((await socket.closed()).code, code, 'close code');
}

/** A visitor, a conversation with so many messages, and the cursor at its head. */
export async function talk(world: World, messages: number): Promise<{ readonly visitor: Visitor; readonly cursor: Cursor }> {
  const visitor = await world.visitor();
  const { id, epoch, head } = await world.conversation(visitor);
  let seq = head;
  for (let n = 0; n < messages; n++) ({ seq } = await world.put(visitor, world.message(id)));
  return { visitor, cursor: { stream: id, epoch, seq } };
}

/** Greets with a cursor and tells how the stream starts. */
export async function resumed(world: World, visitor: Visitor, cursor: Cursor): Promise<{ readonly socket: KitSocket; readonly mode: string | undefined; readonly head: number }> {
  const socket = await world.silent();
  const welcome = await socket.hello({ ...visitor, resume: [cursor] });
  const start = welcome.streams.find(({ stream }) => stream === cursor.stream);
  return { socket, mode: start?.mode, head: start?.head ?? -1 };
}

/** Still there: a ping is answered. */
export async function alive(socket: KitSocket, n: number): Promise<void> {
  socket.send({ t: 'ping', d: { n } });
  await socket.next('pong', ({ d }) => d.n === n);
}

/** Expects request `id` to be refused with this code. */
export async function refusedFrame(socket: KitSocket, id: number, code: string): Promise<void> {
  const reply = await socket.reply(id);
  expectEqual([reply.t, reply.t === 'err' ? reply.d.code : null], ['err', code], 'the answer');
}

/**
 * Sends so many messages at once: those too many are refused with how long to wait, the others numbered in the order of sending, and after the wait, where it is
 * short, the next is taken. How many were taken at once.
 */
export async function flood(world: World, count: number): Promise<number> {
  const { visitor, cursor } = await talk(world, 0);
  const socket = await world.live(visitor);
  for (let n = 0; n < count; n++) socket.send({ t: 'submit', id: 2 + n, d: world.message(cursor.stream) });
  const taken: number[] = [];
  let waitMs = 0;
  for (let n = 0; n < count; n++) {
    const reply = await socket.reply(2 + n);
    if (reply.t === 'ok') {
      taken.push((reply.d as SubmitResult).seq);
      continue;
    }
    expect(reply.t === 'err' && reply.d.code === 'rate-limited', 'a message too many was not refused with `rate-limited`');
    expect(reply.d.retryable === true && (reply.d.retryAfterMs ?? 0) > 0, '`retryable` or `retryAfterMs` is missing');
    waitMs = Math.max(waitMs, reply.d.retryAfterMs ?? 0);
  }
  expect(waitMs > 0, `${count} messages at once were all taken`);
  expectEqual(taken, upTo(cursor.seq, cursor.seq + taken.length), 'numbers of those that were taken');
  if (waitMs <= world.timeoutMs) {
    // And a little: the two clocks need not agree on the millisecond.
    await pause(waitMs + 50);
    socket.send({ t: 'submit', id: 2 + count, d: world.message(cursor.stream) });
    const reply = await socket.reply(2 + count);
    expectEqual([reply.t, reply.t === 'ok' && (reply.d as SubmitResult).seq], ['ok', cursor.seq + taken.length + 1], 'the answer after the wait');
  }
  return taken.length;
}

/** A message of about half a frame. */
function largeMessage(world: World, stream: string, { textChars, frameBytes, partsPerMessage }: Limits): Submit {
  const text = 'x'.repeat(Math.min(textChars, 4000));
  const parts = Array.from({ length: Math.max(1, Math.min(partsPerMessage, Math.floor(frameBytes / 2 / text.length))) }, () => ({ kind: 'text' as const, text }));
  return { ...world.message(stream), ev: { kind: 'message', parts } };
}

/** Readers that take nothing, while each is offered so many bytes: it asks for the same log again and again, as a backend does not give away that much otherwise. */
export async function stall(world: World, readers: number, bytes: number): Promise<{ readonly visitor: Visitor; readonly cursor: Cursor; readonly sockets: readonly KitSocket[]; readonly offeredBytes: number }> {
  const { limits } = await world.discovery();
  const { visitor, cursor } = await talk(world, 0);
  const sockets = await Promise.all(Array.from({ length: readers }, () => world.live(visitor)));
  for (const { line } of sockets) line.pause();
  let onceBytes = 0;
  for (let n = 0; n < Math.min(20, limits.resumeMax, Math.floor(limits.submitPerMin / 2)); n++) {
    const message = largeMessage(world, cursor.stream, limits);
    onceBytes += JSON.stringify(message).length;
    await world.put(visitor, message);
  }
  const times = Math.ceil(bytes / onceBytes);
  const watcher = await world.live(visitor);
  for (let n = 0; n < times; n++) {
    for (const socket of sockets) socket.send({ t: 'sync', id: 2 + n, d: cursor });
    // One after the other: of several that wait, a backend may answer the last one only.
    watcher.send({ t: 'sync', id: 2 + n, d: cursor });
    await watcher.reply(2 + n);
  }
  return { visitor, cursor, sockets, offeredBytes: readers * times * onceBytes };
}
