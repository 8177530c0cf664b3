/** Broken lines: whatever the line does, what was sent is there once, in order, and what was acknowledged is there (README §5, §8). The fault proxy breaks them. */
import type { Cursor, Submit, SubmitResult, WireEvent } from '../../protocol/types.js';
import { chaos, type Case } from '../case.js';
import { NotApplicable, expect, expectEqual } from '../expect.js';
import type { Action, Match, Rule } from '../proxy/rules.js';
import { pause } from '../rest.js';
import type { KitSocket } from '../socket.js';
import type { Visitor, World } from '../world.js';
import { alive, arrived, either, eventsOf, flood, page, resumed, stall, talk, upTo } from './steps.js';

const frameOf = (id: number, submit: Submit): string => JSON.stringify({ t: 'submit', id, d: submit });

/** The first submit on its way; the first answer to one. */
const submitted: Match = { on: 'frame-to-server', t: 'submit', nth: 1 };
const acknowledged: Match = { on: 'frame-to-client', t: 'ok', has: '/d/cmid', nth: 1 };
const rule = (name: string, match: Match, action: Action): Rule => ({ name, match, action });

const numbers = (events: readonly WireEvent[]): readonly number[] => events.map(({ seq }) => seq);

/** The same submit again on a new line, as a client does: one event, whether or not the first try arrived; and it comes to whoever resumes. */
async function settled(world: World, visitor: Visitor, submit: Submit, cursor: Cursor): Promise<void> {
  const { socket } = await resumed(world, visitor, cursor);
  socket.sendRaw(frameOf(2, submit));
  const reply = await socket.reply(2);
  expect(reply.t === 'ok', `the same submit after the fault was answered by \`${reply.t}\``);
  const { seq, eventId } = reply.d as SubmitResult;
  const { events } = await page(world, visitor, submit.stream, `after=${cursor.seq}&limit=200`);
  expectEqual(events.filter(({ cmid }) => cmid === submit.cmid).map((event) => [event.seq, event.id]), [[seq, eventId]], 'events with this cmid');
  expectEqual(numbers(events), upTo(cursor.seq, cursor.seq + events.length), 'numbers of the events');
  expectEqual(numbers(await arrived(socket, submit.stream, seq)), numbers(events), 'numbers of the events that came');
}

/** A case: a live socket behind a proxy with this rule, a submit on it, then the same submit again. `seen`: what the client sees of the first try. */
const once = (clause: string, name: string, faults: readonly number[], rules: readonly Rule[], seen: (socket: KitSocket, world: World) => Promise<unknown>): Case => chaos(clause, name, async (world) => {
  await world.faults(...rules);
  const { visitor, cursor } = await talk(world, 1);
  const submit = world.message(cursor.stream);
  const socket = await world.live(visitor);
  socket.sendRaw(frameOf(2, submit));
  await seen(socket, world);
  await settled(world, visitor, submit, cursor);
}, { faults });

const cut = (socket: KitSocket): Promise<unknown> => socket.closed();

/** Waits until the rules that there are have acted: for faults of which a client is told nothing. */
const happened = async (world: World): Promise<void> => {
  const untilAt = Date.now() + world.timeoutMs;
  while (world.unfired().length > 0 && Date.now() < untilAt) await pause(10);
};

/** How much longer a message may take behind a flood of typing, on a machine that does nothing else. */
const delayedMs = 250;

/** The cases. */
export const lineCases: readonly Case[] = [
  once('S-5.2', 'cut when the submit has left, it is one event when it is sent again', [1], [rule('the line is cut behind the submit', submitted, { do: 'cut', when: 'after' })], cut),
  once('S-5.4', 'cut when the acknowledgement was lost, it is one event when it is sent again', [2], [rule('the line is cut before the acknowledgement', acknowledged, { do: 'cut' })], cut),
  once('S-5.2', 'cut in the middle of a frame, it is one event when it is sent again', [3], [rule('the submit is torn', submitted, { do: 'tear' })], cut),
  once('S-5.6', 'cut behind the acknowledgement, the event is there when one resumes', [4], [rule('the line is cut behind the acknowledgement', acknowledged, { do: 'cut', when: 'after' })], async (socket) => {
    await socket.reply(2);
    await socket.closed();
  }),
  once('S-5.2', 'on a line that was reset, it is one event when it is sent again', [13], [rule('the line is reset', submitted, { do: 'cut', how: 'rst' })], cut),
  once('S-5.2', 'on a line that swallows what is sent, it is one event when it is sent again', [11], [rule('what is sent is swallowed', submitted, { do: 'swallow' })], (_socket, world) => happened(world)),
  once('S-8.7', 'on a line that swallows what comes, nothing is missing on the next', [12], [rule('what comes is swallowed', acknowledged, { do: 'swallow' })], (_socket, world) => happened(world)),
  once('S-5.2', 'on a line of which one side was ended, it is one event when it is sent again', [14], [rule('the end is withheld', { on: 'frame-to-server', t: 'ping', nth: 1 }, { do: 'swallow' })], async (socket, world) => {
    await socket.reply(2);
    socket.send({ t: 'ping', d: { n: 1 } });
    await happened(world);
    socket.close();
  }),
  chaos('S-8.1', 'a frame one byte at a time is a frame', async (world) => {
    await world.faults(rule('one byte at a time', submitted, { do: 'slice', direction: 'to-server' }));
    const { visitor, cursor } = await talk(world, 1);
    const socket = await world.live(visitor);
    socket.sendRaw(frameOf(2, world.message(cursor.stream)));
    expectEqual((await socket.reply(2)).t, 'ok', 'the answer');
  }, { faults: [17] }),
  chaos('S-8.1', 'a frame at 1 KB a second, and seconds apart, is a frame', async (world) => {
    await world.faults(
      rule('1 KB a second', { ...submitted, where: { '/id': 2 } }, { do: 'slice', segmentBytes: 100, bytesPerSecond: 1000, direction: 'to-server' }),
      rule('seconds of delay', { ...submitted, where: { '/id': 3 } }, { do: 'delay', delayMs: 3000, jitterMs: 3000 }),
    );
    const { visitor, cursor } = await talk(world, 1);
    const [slow, late] = [await world.live(visitor), await world.live(visitor)];
    slow.sendRaw(frameOf(2, world.message(cursor.stream, 'x'.repeat(2000))));
    late.sendRaw(frameOf(3, world.message(cursor.stream)));
    expectEqual((await slow.reply(2)).t, 'ok', 'the answer to the slow one');
    expectEqual((await late.reply(3)).t, 'ok', 'the answer to the late one');
  }, { faults: [15, 16], slow: true }),
  chaos('S-8.7', 'two connections of one device, of which one is dead, both have everything once', async (world) => {
    await world.faults(rule('what comes to the old connection is late', { on: 'frame-to-client', t: 'pong', where: { '/d/n': 77 } }, { do: 'delay', delayMs: 1000 }));
    const { visitor, cursor } = await talk(world, 1);
    const old = await world.live(visitor);
    old.send({ t: 'ping', d: { n: 77 } });
    await happened(world);
    const fresh = await world.live(visitor);
    const { seq } = await world.put(visitor, world.message(cursor.stream));
    await arrived(fresh, cursor.stream, seq);
    expectEqual(eventsOf(old.frames, cursor.stream).length, 0, 'events on the old connection by then');
    old.sendRaw(frameOf(2, world.message(cursor.stream)));
    const reply = await old.reply(2);
    expect(reply.t === 'ok' || reply.t === 'err', 'a late frame on the old connection is answered');
    const last = reply.t === 'ok' ? (reply.d as SubmitResult).seq : seq;
    for (const socket of [old, fresh]) expectEqual(numbers(await arrived(socket, cursor.stream, last)), upTo(cursor.seq, last), 'numbers of the events');
  }, { faults: [29] }),
  chaos('S-8.7', 'cut again and again while resuming, everything comes once and in order', async (world) => {
    const { visitor, cursor } = await talk(world, 0);
    const events: Match = { on: 'frame-to-client', t: ['event', 'events'], where: { '/d/stream': cursor.stream } };
    await world.faults(
      { name: 'cut before events', match: events, action: { do: 'cut' }, times: 4 },
      { name: 'events are torn', match: events, action: { do: 'tear' }, times: 4 },
      { name: 'cut behind events', match: events, action: { do: 'cut', when: 'after' }, times: 4 },
    );
    const sends: Promise<number>[] = [];
    let held = cursor.seq;
    const seen: number[] = [];
    for (let round = 0; round < 12; round++) {
      sends.push(world.put(visitor, world.message(cursor.stream)).then(({ seq }) => seq));
      const { socket } = await resumed(world, visitor, { ...cursor, seq: held });
      await socket.closed();
      const came = numbers(eventsOf(socket.frames, cursor.stream));
      seen.push(...came);
      held = came.at(-1) ?? held;
    }
    const last = Math.max(...await Promise.all(sends));
    const { socket } = await resumed(world, visitor, { ...cursor, seq: held });
    if (held < last) seen.push(...numbers(await arrived(socket, cursor.stream, last)));
    expectEqual(seen, upTo(cursor.seq, last), 'numbers of the events');
  }),
  chaos('S-5.1', 'a hundred times at once on both ways it is one event', async (world) => {
    const { visitor, cursor } = await talk(world, 1);
    const socket = await world.live(visitor);
    const submit = world.message(cursor.stream);
    const { limits } = await world.discovery();
    const each = Math.min(50, Math.floor(limits.submitPerMin / 4));
    for (let n = 0; n < each; n++) socket.sendRaw(frameOf(2 + n, submit));
    const answers = await Promise.all(Array.from({ length: each }, () => world.post(visitor, submit)));
    const seqs = new Set(answers.filter(({ status }) => status < 300).map((answer) => world.rest.accepted<SubmitResult>(answer, [200, 201], 'SubmitResult', 'one of many').seq));
    for (let n = 0; n < each; n++) {
      const reply = await socket.reply(2 + n);
      if (reply.t === 'ok') seqs.add((reply.d as SubmitResult).seq);
      else expect(reply.t === 'err' && reply.d.code === 'rate-limited', 'a copy was refused');
    }
    expectEqual(seqs.size, 1, 'numbers that were answered');
    expectEqual((await page(world, visitor, cursor.stream, `after=${cursor.seq}`)).events.length, 1, 'events');
  }, { faults: [62] }),
  chaos('S-5.2', 'the same cmid of two devices is two messages', async (world) => {
    const [one, two] = [await talk(world, 0), await talk(world, 0)];
    const submit = world.message(one.cursor.stream);
    const [a, b] = [await world.put(one.visitor, submit), await world.put(two.visitor, { ...submit, stream: two.cursor.stream })];
    expect(a.eventId !== b.eventId, 'both are one event');
  }, { faults: [64] }),
  chaos('S-8.5', 'further behind than the limit is a reset', async (world) => {
    const { limits } = await world.discovery();
    if (limits.resumeMax > 300) throw new NotApplicable(`\`limits.resumeMax\` is ${limits.resumeMax}: more than the kit writes`);
    const { visitor, cursor } = await talk(world, limits.resumeMax + 1);
    const { socket, mode } = await resumed(world, visitor, { ...cursor, seq: 0 });
    expectEqual(mode, 'reset', 'mode');
    expectEqual((await socket.next('reset', ({ d }) => d.stream === cursor.stream)).d.reason, 'too-far', 'reason');
  }, { faults: [43] }),
  chaos('S-8.3', 'a storm of connections is answered, each with a welcome or a refusal', async (world) => {
    // Of one browser a backend may take only so many (S-8.4); of one address only so many new visitors.
    const people = await Promise.all(Array.from({ length: Math.min(10, Math.ceil(world.connections / 10)) }, () => talk(world, 2)));
    const answers = await Promise.all(Array.from({ length: world.connections }, async (_none, n) => {
      const { visitor, cursor } = people[n % people.length]!;
      const socket = await world.socket({ timeoutMs: 4 * world.timeoutMs });
      if ('refused' in socket) return String(socket.refused);
      socket.send(socket.greeting({ ...visitor, resume: [{ ...cursor, seq: 0 }] }));
      const reply = await socket.admission();
      if (reply.t === 'err') return reply.d.code;
      if (reply.t === 'bye') return String(reply.d.code);
      expectEqual(numbers(await arrived(socket, cursor.stream, cursor.seq)), upTo(0, cursor.seq), 'numbers of the events');
      return reply.t;
    }));
    expect(answers.includes('welcome'), 'nobody got in');
    const strange = answers.find((answer) => !['welcome', '429', '503', '1013', 'rate-limited', 'overloaded'].includes(answer));
    expect(strange === undefined, `a connection too many was answered by ${strange}`);
    await alive(await world.live(await world.visitor()), 1);
  }, { faults: [45] }),
  chaos('S-8.17', 'who is too fast is told how long to wait, and the order stays', async (world) => {
    const { submitPerMin } = (await world.discovery()).limits;
    if (submitPerMin > 300) throw new NotApplicable(`\`limits.submitPerMin\` is ${submitPerMin}: more than the kit sends`);
    await flood(world, submitPerMin + 10);
  }, { faults: [54, 57] }),
  chaos('S-8.11', 'a flood of typing delays no message', async (world) => {
    const { visitor, cursor } = await talk(world, 0);
    const socket = await world.live(visitor);
    let id = 1;
    /** How long a message takes behind so many signals. */
    const messageMs = async (signals: number): Promise<number> => {
      for (let n = 0; n < signals; n++) socket.send({ t: 'typing', d: { stream: cursor.stream, on: n % 2 === 0 } });
      const began = performance.now();
      socket.sendRaw(frameOf(++id, world.message(cursor.stream)));
      expectEqual((await socket.reply(id)).t, 'ok', 'the answer');
      return performance.now() - began;
    };
    const [quiet, flooded]: [number[], number[]] = [[], []];
    for (let round = 0; round < 5; round++) {
      quiet.push(await messageMs(0));
      flooded.push(await messageMs(100));
    }
    const [usualMs, behindMs] = [quiet, flooded].map((times) => Math.round(times.sort((one, other) => one - other)[2]!));
    expect(behindMs! - usualMs! <= delayedMs + usualMs!, `a message took ${behindMs} ms behind a flood of typing, and ${usualMs} ms without one`);
  }, { faults: [58] }),
  chaos('S-9.3', 'depth, size, huge numbers, NUL and `__proto__` end nothing but the connection', async (world) => {
    const { visitor, cursor } = await talk(world, 0);
    for (const text of ['['.repeat(10_000), `{"t":"submit","id":1e400,"d":{}}`, `{"t":"ping","d":{"n":${'9'.repeat(400)}}}`, '{"t":"submit","id":2,"d":{"__proto__":{"stream":"self"}}}', '\u0000', '{"t":"\\ud800","id":2,"d":{}}']) {
      const socket = await world.live(visitor);
      socket.sendRaw(text);
      socket.close();
    }
    await alive(await world.live(visitor), 1);
    world.rest.refused(await world.rest.request('POST', await world.address('/sessions'), { raw: '{"__proto__":{"widgetId":"x","deviceId":"y"}}' }), 422, ['invalid'], 'a session by `__proto__`');
    const { seq } = await world.put(visitor, world.message(cursor.stream, 'a\u0000b'.replace('\u0000', '')));
    expectEqual(seq, cursor.seq + 1, 'seq of the next message');
  }, { faults: [59] }),
  chaos('S-8.16', 'a reader that stalls is let go, and gets everything when it comes back', async (world) => {
    const { visitor, cursor, sockets: [stalled] } = await stall(world, 1, 10_000_000);
    await pause(world.stallMs);
    const { seq: last } = await world.put(visitor, world.message(cursor.stream));
    stalled!.line.resume();
    const code = await either(arrived(stalled!, cursor.stream, last).then(() => null), stalled!.closed().then((end) => end.code));
    // Where nothing more goes into the line, `bye` does not either.
    if (code !== null) expect(code === 4508 || code === 1006, `a reader that stalled was let go with ${code}`);
    const bye = stalled!.frames.find(({ t }) => t === 'bye');
    if (bye) expectEqual(bye.t === 'bye' && bye.d.code, 4508, 'code of `bye`');
    const seen = [cursor.seq, ...numbers(eventsOf(stalled!.frames, cursor.stream))];
    const hole = seen.findIndex((seq, index) => index > 0 && seq !== seen[index - 1]! + 1 && seq !== cursor.seq + 1);
    expect(hole < 0, `after ${seen[hole - 1]} came ${seen[hole]}`);
    const held = seen.at(-1)!;
    if (held === last) return;
    const { socket } = await resumed(world, visitor, { ...cursor, seq: held });
    expectEqual(numbers(await arrived(socket, cursor.stream, last)), upTo(held, last), 'numbers after resuming');
  }, { faults: [56], slow: true }),
];
