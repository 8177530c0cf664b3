/** The socket: opening, delivery, resuming, signals, bad input (README §8, §10). */
import type { ClientFrame, Cursor, SubmitResult } from '../../protocol/types.js';
import { core, type Case } from '../case.js';
import { expect, expectEqual } from '../expect.js';
import type { KitSocket } from '../socket.js';
import type { World } from '../world.js';
import { alive, arrived, ended, eventsOf, resumed, talk, upTo } from './steps.js';

const raw = (frame: unknown): string => JSON.stringify(frame);

/** So many messages that a mistake which is made now and then is made among them, within half of what a visitor may write here in a minute. */
const many = async (world: World): Promise<number> => {
  const { limits } = await world.discovery();
  return Math.max(3, Math.min(30, limits.resumeMax, Math.floor(limits.submitPerMin / 2)));
};

/** Everything behind the cursor, up to this seq at least, has come once and in order. The answer to a ping comes behind what is on its way: a double of the last one too. */
async function expectOnce(socket: KitSocket, cursor: Cursor, seq: number): Promise<void> {
  await arrived(socket, cursor.stream, seq);
  await alive(socket, seq);
  const numbers = eventsOf(socket.frames, cursor.stream).map((event) => event.seq);
  expectEqual(numbers, upTo(cursor.seq, Math.max(seq, ...numbers)), 'numbers of the events');
}

/** The cases, in the order of the specification. */
export const socketCases: readonly Case[] = [
  core('S-1.1', 'the upgrade answers with the subprotocol, or is refused', async (world) => {
    const socket = await world.socket({ protocol: 'care-chat.v999' }).catch(() => ({ refused: 0 }));
    expect('refused' in socket, 'an unknown subprotocol was accepted');
  }),
  core('S-6.4', 'a token in the address of the socket is no hello', async (world) => {
    const { accessToken } = await world.visitor();
    const socket = await world.socket({ query: `?token=${encodeURIComponent(accessToken)}` });
    if ('refused' in socket) return;
    socket.send({ t: 'submit', id: 1, d: world.message('c_nobody') });
    await ended(socket, 4400);
  }),
  core('S-6.6', 'the upgrade from an origin that is not allowed is refused', async (world) => {
    for (const origin of ['https://evil.invalid', 'null']) {
      const socket = await world.socket({ origin });
      if ('refused' in socket) {
        expectEqual(socket.refused, 403, `status of the upgrade from ${origin}`);
      } else {
        const visitor = await world.visitor();
        socket.send(socket.greeting(visitor));
        await ended(socket, 4403);
      }
    }
  }),
  core('S-8.2', 'no hello within 10 s ends the connection', async (world) => {
    const socket = await world.silent();
    const began = Date.now();
    await ended(socket, 4408);
    expect(Date.now() - began > 8000, 'the connection ended before 8 s');
  }, { slow: true, faults: [60] }),
  core('S-8.2', 'a frame before hello ends the connection', async (world) => {
    const socket = await world.silent();
    socket.send({ t: 'submit', id: 1, d: world.message('c_nobody') });
    const reply = await socket.reply(1);
    expectEqual([reply.t, reply.t === 'err' ? reply.d.code : null], ['err', 'bad-frame'], 'the answer');
    await ended(socket, 4400);
  }, { faults: [60] }),
  core('S-8.2', 'a second hello is refused and the connection stays', async (world) => {
    const visitor = await world.visitor();
    const socket = await world.live(visitor);
    const again = socket.greeting(visitor) as Extract<ClientFrame, { t: 'hello' }>;
    socket.send(again);
    const reply = await socket.reply(again.id);
    expectEqual([reply.t, reply.t === 'err' ? reply.d.code : null], ['err', 'bad-frame'], 'the answer');
    await alive(socket, 1);
  }, { faults: [60] }),
  core('S-8.3', 'welcome follows self and what is not closed', async (world) => {
    const { visitor, cursor } = await talk(world, 1);
    const welcome = await (await world.silent()).hello(visitor);
    const streams = welcome.streams.map(({ stream }) => stream);
    expect(streams.includes('self') && streams.includes(cursor.stream), '`self` or the live conversation is missing');
    expectEqual(welcome.v, '1', 'version');
    expectEqual([welcome.subject.role, welcome.subject.id], ['visitor', visitor.visitorId], 'subject');
    expectEqual(welcome.streams.find(({ stream }) => stream === cursor.stream)?.state?.status, 'waiting', 'status in `state`');
  }),
  core('S-8.4', 'a token that is not valid ends the connection', async (world) => {
    const visitor = await world.visitor();
    const socket = await world.silent();
    socket.send(socket.greeting({ ...visitor, accessToken: world.random.id('invented-access-token-') }));
    const reply = await socket.reply(1);
    expectEqual([reply.t, reply.t === 'err' ? reply.d.code : null], ['err', 'token-invalid'], 'the answer');
    await ended(socket, 4401);
    const elsewhere = await world.silent();
    elsewhere.send(elsewhere.greeting({ ...visitor, deviceId: world.random.id('d_') }));
    await ended(elsewhere, 4401);
  }),
  core('S-8.4', 'without a common version the connection ends', async (world) => {
    const socket = await world.silent();
    socket.send(socket.greeting({ ...await world.visitor(), v: ['999'] }));
    const reply = await socket.reply(1);
    expectEqual([reply.t, reply.t === 'err' ? reply.d.code : null], ['err', 'unsupported-version'], 'the answer');
    await ended(socket, 4406);
  }),
  core('S-8.5', 'resuming gives exactly what is behind the cursor', async (world) => {
    const { visitor, cursor } = await talk(world, 4);
    const from = cursor.seq - 3;
    const { socket, mode, head } = await resumed(world, visitor, { ...cursor, seq: from });
    expectEqual([mode, head], ['resume', cursor.seq], 'mode and head');
    expectEqual((await arrived(socket, cursor.stream, cursor.seq)).map(({ seq }) => seq), upTo(from, cursor.seq), 'numbers of the events');
  }),
  core('S-8.5', 'resuming from 0 gives everything', async (world) => {
    const { visitor, cursor } = await talk(world, 2);
    const { socket, mode } = await resumed(world, visitor, { ...cursor, seq: 0 });
    expectEqual(mode, 'resume', 'mode');
    expectEqual((await arrived(socket, cursor.stream, cursor.seq)).map(({ seq }) => seq), upTo(0, cursor.seq), 'numbers of the events');
  }),
  core('S-8.5', 'no hole and no double between resume and live', async (world) => {
    const { visitor, cursor } = await talk(world, 3);
    const sends = Array.from({ length: 8 }, () => world.post(visitor, world.message(cursor.stream)));
    const { socket } = await resumed(world, visitor, { ...cursor, seq: 0 });
    const last = Math.max(...(await Promise.all(sends)).map((answer) => world.rest.accepted<SubmitResult>(answer, [201], 'SubmitResult', 'a submit meanwhile').seq));
    expectEqual((await arrived(socket, cursor.stream, last)).map(({ seq }) => seq), upTo(0, last), 'numbers of the events');
  }),
  ...(['epoch', 'ahead'] as const).map((reason) => core('S-8.5', `a cursor that cannot be continued is reset (${reason})`, async (world) => {
    const { visitor, cursor } = await talk(world, 1);
    const { socket, mode, head } = await resumed(world, visitor, reason === 'epoch' ? { ...cursor, epoch: 'not-this-epoch' } : { ...cursor, seq: cursor.seq + 1000 });
    expectEqual(mode, 'reset', 'mode');
    const reset = await socket.next('reset', ({ d }) => d.stream === cursor.stream);
    expectEqual([reset.d.reason, reset.d.epoch, reset.d.head], [reason, cursor.epoch, head], 'reason, epoch and head of `reset`');
    const { seq } = await world.put(visitor, world.message(cursor.stream));
    expectEqual((await arrived(socket, cursor.stream, seq)).map((event) => event.seq), [seq], 'events after the reset');
  }, { faults: [42] })),
  core('S-8.5', 'another visitor\'s stream cannot be resumed', async (world) => {
    const { cursor } = await talk(world, 1);
    const stranger = await world.visitor();
    const { socket, mode } = await resumed(world, stranger, { ...cursor, seq: 0 });
    expectEqual(mode, undefined, 'mode of another\'s stream');
    socket.send({ t: 'sub', id: 2, d: { stream: cursor.stream, epoch: cursor.epoch, seq: 0 } });
    const reply = await socket.reply(2);
    expectEqual([reply.t, reply.t === 'err' ? reply.d.code : null], ['err', 'not-found'], 'the answer to `sub`');
    expectEqual(eventsOf(socket.frames, cursor.stream).length, 0, 'events of another\'s stream');
  }),
  core('S-8.6', 'sync sends again from a cursor', async (world) => {
    const { visitor, cursor } = await talk(world, 3);
    const socket = await world.live(visitor);
    socket.send({ t: 'sync', id: 2, d: { ...cursor, seq: cursor.seq - 2 } });
    expectEqual((await socket.reply(2)).t, 'ok', 'the answer');
    expectEqual((await arrived(socket, cursor.stream, cursor.seq)).map(({ seq }) => seq), upTo(cursor.seq - 2, cursor.seq), 'numbers of the events');
  }),
  core('S-8.19', 'a conversation opened elsewhere is followed from its beginning', async (world) => {
    const visitor = await world.visitor();
    const socket = await world.live(visitor);
    const { id } = await world.conversation(visitor, { first: [{ kind: 'text', text: 'Kit' }] });
    const { seq } = await world.put(visitor, world.message(id));
    expectEqual((await arrived(socket, id, seq)).map((event) => event.seq), upTo(0, seq), 'numbers of the events');
    expect(eventsOf(socket.frames, 'self').some((event) => event.kind === 'conversation.created' && event.d.conversationId === id), '`self` did not tell');
  }),
  core('S-8.7', 'every device gets every event once, without batch as single frames', async (world) => {
    const { visitor, cursor } = await talk(world, 1);
    const [one, two] = [await world.live(visitor), await world.live({ ...visitor, caps: [] })];
    const sent: number[] = [];
    for (let n = 0; n < 3; n++) sent.push((await world.put(visitor, world.message(cursor.stream))).seq);
    for (const socket of [one, two]) expectEqual((await arrived(socket, cursor.stream, sent.at(-1)!)).map(({ seq }) => seq), sent, 'numbers of the events');
    expect(!two.frames.some(({ t }) => t === 'events'), 'a client without `batch` got `events`');
  }),
  core('S-8.7', 'one after the other as they are said, many events come once each and in order', async (world) => {
    const { visitor, cursor } = await talk(world, 0);
    const [one, two] = [await world.live(visitor), await world.live({ ...visitor, caps: [] })];
    let last = cursor.seq;
    for (let left = await many(world), id = 2; left > 0; left--, id++) {
      one.send({ t: 'submit', id, d: world.message(cursor.stream) });
      const reply = await one.reply(id);
      expect(reply.t === 'ok', `submit was answered by \`${reply.t}\``);
      last = (reply.d as SubmitResult).seq;
      // Only then the next: each is delivered by itself.
      for (const socket of [one, two]) await arrived(socket, cursor.stream, last);
    }
    for (const socket of [one, two]) await expectOnce(socket, cursor, last);
  }),
  core('S-8.7', 'resumed from far behind, many events come once each and in order, and so does the next', async (world) => {
    const { visitor, cursor } = await talk(world, 0);
    let head = cursor.seq;
    for (let left = await many(world); left > 0; left--) head = (await world.put(visitor, world.message(cursor.stream))).seq;
    const begun = await Promise.all([{ caps: ['batch'], seq: cursor.seq }, { caps: [], seq: cursor.seq }, { caps: ['batch'], seq: cursor.seq + 2 }].map(async ({ caps, seq }) => {
      const from = { ...cursor, seq };
      return { socket: await world.live({ ...visitor, caps, resume: [from] }), from };
    }));
    for (const { socket, from } of begun) await expectOnce(socket, from, head);
    const { seq } = await world.put(visitor, world.message(cursor.stream));
    for (const { socket, from } of begun) await expectOnce(socket, from, seq);
  }),
  core('S-5.6', 'the acknowledged event also comes as an event', async (world) => {
    const { visitor, cursor } = await talk(world, 1);
    const socket = await world.live(visitor);
    const submit = world.message(cursor.stream);
    socket.send({ t: 'submit', id: 2, d: submit });
    const reply = await socket.reply(2);
    expect(reply.t === 'ok', `submit was answered by \`${reply.t}\``);
    const result = reply.d as SubmitResult;
    expectEqual([result.stream, result.cmid], [submit.stream, submit.cmid], 'what was acknowledged');
    const event = (await arrived(socket, cursor.stream, result.seq)).find(({ seq }) => seq === result.seq);
    expectEqual([event?.id, event?.cmid], [result.eventId, submit.cmid], 'id and cmid of the event');
  }),
  core('S-8.8', 'a fresh token of another subject ends the connection', async (world) => {
    const [one, two] = [await world.visitor(), await world.visitor()];
    const socket = await world.live(one);
    socket.send({ t: 'auth', id: 2, d: { token: one.accessToken } });
    expectEqual((await socket.reply(2)).t, 'ok', 'the own token');
    socket.send({ t: 'auth', id: 3, d: { token: two.accessToken } });
    await ended(socket, 4403);
  }, { faults: [49] }),
  core('S-6.3', 'log-out closes the sockets of the session', async (world) => {
    const visitor = await world.visitor();
    const socket = await world.live(visitor);
    await world.rest.request('DELETE', await world.address('/sessions/current'), { token: visitor.accessToken });
    await ended(socket, 4410);
  }, { faults: [50] }),
  core('S-8.9', 'a ping is answered with its number', async (world) => {
    await alive(await world.live(await world.visitor()), 4711);
  }),
  core('S-8.10', 'receipts never fall and never pass the head', async (world) => {
    const { visitor, cursor } = await talk(world, 3);
    const address = await world.address(`/streams/${cursor.stream}/receipt`);
    const mark = async (body: unknown): Promise<readonly number[]> => {
      const { delivered, read } = world.rest.accepted<{ readonly delivered: number; readonly read: number }>(await world.rest.request('PUT', address, { token: visitor.accessToken, body }), [200], 'Watermark', 'a receipt');
      return [delivered, read];
    };
    expectEqual(await mark({ read: 2 }), [2, 2], 'after read 2');
    expectEqual(await mark({ delivered: 1, read: 1 }), [2, 2], 'after lower ones');
    expectEqual(await mark({ delivered: cursor.seq + 1000 }), [cursor.seq, 2], 'after one beyond the head');
  }, { faults: [74] }),
  core('S-8.11', 'typing leaves nothing in the log', async (world) => {
    const { visitor, cursor } = await talk(world, 1);
    const socket = await world.live(visitor);
    for (const on of [true, false]) socket.send({ t: 'typing', d: { stream: cursor.stream, on } });
    const { seq } = await world.put(visitor, world.message(cursor.stream));
    expectEqual(seq, cursor.seq + 1, 'seq of the next message');
  }),
  core('S-10.2', 'unknown fields are ignored', async (world) => {
    const { visitor, cursor } = await talk(world, 1);
    const socket = await world.live(visitor);
    socket.sendRaw(raw({ t: 'submit', id: 2, new: 1, d: { ...world.message(cursor.stream), alsoNew: { deep: true } } }));
    expectEqual((await socket.reply(2)).t, 'ok', 'the answer');
  }),
  core('S-10.4', 'an unknown frame is answered by its id, or ignored', async (world) => {
    const socket = await world.live(await world.visitor());
    for (const [n, t] of ['x-kit.new', '__proto__', 'constructor', 'toString'].entries()) {
      socket.sendRaw(raw({ t, d: {} }));
      socket.sendRaw(raw({ t, id: n + 2, d: {} }));
      const reply = await socket.reply(n + 2);
      expectEqual([reply.t, reply.t === 'err' ? reply.d.code : null], ['err', 'unknown-frame'], `the answer to \`${t}\``);
    }
    await alive(socket, 1);
  }, { faults: [44] }),
  core('S-10.4', 'a request that is not valid is answered and the connection stays', async (world) => {
    const { visitor, cursor } = await talk(world, 1);
    const socket = await world.live(visitor);
    socket.sendRaw(raw({ t: 'submit', id: 2, d: { stream: cursor.stream, cmid: 'short', ev: { kind: 'close' } } }));
    socket.sendRaw(raw({ t: 'submit', id: 3, d: world.message(cursor.stream, 'x'.repeat((await world.discovery()).limits.textChars + 1)) }));
    for (const [id, code] of [[2, 'invalid'], [3, 'too-large']] as const) {
      const reply = await socket.reply(id);
      expectEqual([reply.t, reply.t === 'err' ? reply.d.code : null], ['err', code], 'the answer');
    }
    await alive(socket, 1);
  }),
  ...([['half of a JSON text', '{"t":'], ['a list', '[1,2]'], ['no type', '{"d":{}}'], ['brackets 2,000 deep', '['.repeat(2000)]] as const).map(([name, text]) =>
    core('S-10.5', `what is no frame ends the connection (${name})`, async (world) => {
      const socket = await world.live(await world.visitor());
      socket.sendRaw(text);
      await ended(socket, 4400);
    })),
  core('S-8.1', 'a binary message ends the connection', async (world) => {
    const socket = await world.live(await world.visitor());
    socket.sendRaw(new Uint8Array([1, 2, 3]));
    await ended(socket, 4400);
  }, { faults: [59] }),
  core('S-9.3', 'a frame over the limit ends the connection', async (world) => {
    const socket = await world.live(await world.visitor());
    socket.sendRaw(raw({ t: 'x-kit.large', d: { filler: 'x'.repeat((await world.discovery()).limits.frameBytes) } }));
    await ended(socket, 4413);
  }, { faults: [59] }),
];
