/** Signals, closing, problems, versions, extensions (README §8.4, §8.5, §9, §10). */
import { core, type Case } from '../case.js';
import { expect, expectEqual } from '../expect.js';
import { alive, arrived, ended, eventsOf, page, refusedFrame, talk } from './steps.js';

/** The cases, in the order of the specification. */
export const signalCases: readonly Case[] = [
  core('S-8.12', 'page, language and activity are taken and leave nothing in the log', async (world) => {
    const { visitor, cursor } = await talk(world, 1);
    const socket = await world.live(visitor);
    socket.send({ t: 'page', d: { name: 'kit' } });
    socket.send({ t: 'locale', d: { locale: 'en' } });
    socket.send({ t: 'activity', d: {} });
    await alive(socket, 1);
    expectEqual((await world.put(visitor, world.message(cursor.stream))).seq, cursor.seq + 1, 'seq of the next message');
  }),
  core('S-8.13', 'a signal on another visitor\'s stream is dropped', async (world) => {
    const { visitor, cursor } = await talk(world, 2);
    const owner = await world.live(visitor);
    const stranger = await world.live(await world.visitor());
    stranger.send({ t: 'typing', d: { stream: cursor.stream, on: true } });
    stranger.send({ t: 'receipt', d: { stream: cursor.stream, read: cursor.seq } });
    await alive(stranger, 1);
    await alive(owner, 2);
    expect(!owner.frames.some((frame) => (frame.t === 'typing' || frame.t === 'receipt') && frame.d.stream === cursor.stream), 'a stranger\'s signal was told');
  }),
  core('S-8.14', 'bye comes before the close, and nothing between', async (world) => {
    const socket = await world.live(await world.visitor());
    socket.sendRaw('no frame');
    await ended(socket, 4400);
    expectEqual(socket.frames.at(-1)?.t, 'bye', 'the last frame');
    const { d } = await socket.next('bye');
    expectEqual(typeof d.reconnect, 'boolean', '`reconnect` of `bye`');
  }, { faults: [20] }),
  core('S-9.1', 'no refusal repeats what was sent', async (world) => {
    const { visitor, cursor } = await talk(world, 0);
    const socket = await world.live(visitor);
    const secret = world.random.id('secret');
    const answers = [
      await world.rest.request('POST', await world.address('/sessions'), { body: { widgetId: secret, deviceId: world.random.id('d_') } }),
      await world.rest.request('POST', await world.address('/sessions'), { raw: `{"widgetId":"${secret}` }),
      await world.rest.request('GET', await world.address(`/conversations/c_${secret}`), { token: visitor.accessToken }),
      await world.post(visitor, world.message(cursor.stream, `${secret}\ud800`)),
      await world.rest.request('GET', await world.address('/conversations'), { token: secret }),
    ];
    for (const { status, text, headers } of answers) {
      expect(status >= 400, 'what is wrong was taken');
      expect((headers.get('content-type') ?? '').startsWith('application/problem+json'), 'a refusal is no problem');
      expect(!text.includes(secret), 'a refusal repeats what was sent');
    }
    socket.sendRaw(JSON.stringify({ t: 'submit', id: 2, d: { stream: cursor.stream, cmid: secret, ev: { kind: 'message', parts: secret } } }));
    await refusedFrame(socket, 2, 'invalid');
    expect(!JSON.stringify(socket.frames.filter(({ t }) => t === 'err')).includes(secret), 'an `err` repeats what was sent');
  }),
  core('S-9.2', 'a refusal says whether it may be tried again', async (world) => {
    const { visitor, cursor } = await talk(world, 0);
    const used = world.message(cursor.stream);
    await world.put(visitor, used);
    for (const answer of [
      await world.rest.request('GET', await world.address('/conversations')),
      await world.rest.request('GET', await world.address('/conversations/c_nobody'), { token: visitor.accessToken }),
      await world.post(visitor, { ...world.message(cursor.stream), cmid: used.cmid }),
    ]) {
      const { retryable = false } = answer.body as { readonly retryable?: boolean };
      expect(answer.status >= 400 && !retryable, 'what can never succeed says that it may be tried again');
    }
  }),
  core('S-10.1', 'the highest common version is taken', async (world) => {
    const visitor = await world.visitor();
    expectEqual((await (await world.silent()).hello({ ...visitor, v: ['999', '1'] })).v, '1', 'version');
  }),
  core('S-10.6', 'extensions of vendors follow the rules of unknown ones', async (world) => {
    const { visitor, cursor } = await talk(world, 0);
    const socket = await world.silent();
    await socket.hello({ ...visitor, caps: ['batch', 'x-kit.cap'] });
    socket.sendRaw(JSON.stringify({ t: 'x-kit.frame', id: 2, d: {} }));
    await refusedFrame(socket, 2, 'unknown-frame');
    socket.sendRaw(JSON.stringify({ t: 'submit', id: 3, d: { stream: cursor.stream, cmid: world.random.id('x-'), ev: { kind: 'x-kit.kind' } } }));
    await refusedFrame(socket, 3, 'not-supported');
    const { seq } = await world.put(visitor, { ...world.message(cursor.stream), ev: { kind: 'message', parts: [{ kind: 'x-kit.part', fallback: 'Kit' }] } });
    await arrived(socket, cursor.stream, seq);
    expectEqual(eventsOf(socket.frames, cursor.stream).map((event) => event.seq), [seq], 'events that came');
    expectEqual((await page(world, visitor, cursor.stream, 'limit=1')).head, seq, 'head');
  }, { faults: [44] }),
  core('S-10.5', 'more than 20 malformed signals end the connection', async (world) => {
    const socket = await world.live(await world.visitor());
    for (let n = 0; n < 40; n++) socket.sendRaw(JSON.stringify({ t: 'typing', d: { stream: 'nobody', on: 'yes' } }));
    await ended(socket, 4400);
  }, { faults: [58] }),
];
