/** Names, JSON, types, streams and events as such (README §1, §2, §3, §4). */
import type { Conversation, Discovery } from '../../protocol/types.js';
import { core, type Case } from '../case.js';
import { expect, expectEqual } from '../expect.js';
import { page, resumed, talk } from './steps.js';

const nested = (depth: number): string => `${'['.repeat(depth)}${']'.repeat(depth)}`;

/** Every text for several languages that discovery has. */
const textsOf = ({ widget }: Discovery): readonly Readonly<Record<string, string>>[] => [
  ...(widget.welcome ? [widget.welcome] : []), ...widget.departments.map(({ name }) => name), ...widget.consents.map(({ text }) => text), ...widget.emergency.flatMap(({ label }) => (label ? [label] : [])),
];

/** The cases, in the order of the specification. */
export const shapeCases: readonly Case[] = [
  core('S-1.2', 'every operation of the visitor profile is served', async (world) => {
    for (const [method, path] of [['GET', '/conversations'], ['POST', '/conversations'], ['GET', '/conversations/c_kit'], ['GET', '/streams/self/events'], ['POST', '/streams/self/events'], ['PUT', '/streams/self/receipt'], ['DELETE', '/sessions/current']] as const) {
      const answer = await world.rest.request(method, await world.address(path), method === 'POST' || method === 'PUT' ? { body: {} } : {});
      world.rest.refused(answer, 401, ['token-missing'], `${method} ${path} without a token`);
    }
  }),
  core('S-2.1', 'times are milliseconds, and sizes of the answer fit the clock', async (world) => {
    const before = Date.now();
    const { serverTime, expiresAt } = await world.visitor();
    const [dayMs, off] = [86_400_000, Math.abs(serverTime - before)];
    expect(Number.isSafeInteger(serverTime) && off < 2 * dayMs, '`serverTime` is no time in milliseconds, or the server\'s clock is off by more than two days');
    expect(Number.isSafeInteger(expiresAt), '`expiresAt` is no whole number');
    const { visitor, cursor } = await talk(world, 1);
    const { events } = await page(world, visitor, cursor.stream, 'after=0&limit=200');
    expect(events.every(({ at }) => Number.isSafeInteger(at) && Math.abs(at - serverTime) < dayMs), '`at` of an event is not in milliseconds of the server\'s clock');
  }),
  core('S-2.2', 'an id may use its whole alphabet and length, and nothing else', async (world) => {
    const { widget: { id: widgetId } } = await world.discovery();
    const begin = async (deviceId: string) => world.rest.request('POST', await world.address('/sessions'), { body: { widgetId, deviceId } });
    const whole = `Az09_.:-${world.random.id('')}`.padEnd(64, 'x');
    world.rest.accepted(await begin(whole), [201], 'VisitorSession', 'a session of a device with the longest id');
    for (const deviceId of [`${whole}x`, `${whole.slice(0, 60)} x`, `${whole.slice(0, 60)}/ü`, '']) world.rest.refused(await begin(deviceId), 422, ['invalid'], 'a device whose id is none');
  }),
  core('S-2.4', 'JSON nested deeper than 64 is refused', async (world) => {
    const { widget } = await world.discovery();
    const body = (depth: number): string => `{"widgetId":${JSON.stringify(widget.id)},"deviceId":"${world.random.id('d_')}","more":${nested(depth)}}`;
    const sessions = await world.address('/sessions');
    world.rest.accepted(await world.rest.request('POST', sessions, { raw: body(40) }), [201], 'VisitorSession', 'an unknown field 40 deep');
    world.rest.refused(await world.rest.request('POST', sessions, { raw: body(100) }), 422, ['invalid'], 'an unknown field 100 deep');
  }, { faults: [59] }),
  core('S-2.5', 'texts for several languages are named by language tags', async (world) => {
    for (const text of textsOf(await world.discovery())) {
      expect(Object.keys(text).length > 0, 'a text has no language');
      for (const tag of Object.keys(text)) expect(Intl.getCanonicalLocales(tag).length === 1, 'a text has a language tag that is none');
    }
  }),
  core('S-3.5', 'in force is what both sides said', async (world) => {
    const visitor = await world.visitor();
    const { caps } = await world.discovery();
    expect(caps.includes('resume'), '`resume` is not among the capabilities');
    const none = await (await world.silent()).hello({ ...visitor, caps: [] });
    const all = await (await world.silent()).hello({ ...visitor, caps: [...caps, 'x-kit.new'] });
    expect(!none.caps.includes('batch'), '`batch` is in force though the client did not say it');
    expectEqual(all.caps.filter((cap) => !caps.includes(cap)), [], 'capabilities in force that the server does not announce');
    if (caps.includes('batch')) expect(all.caps.includes('batch'), '`batch` was said by both and is not in force');
  }, { faults: [44] }),
  core('S-4.1', 'a conversation is a stream of that name, and `self` is one', async (world) => {
    const { visitor, cursor } = await talk(world, 0);
    expect(/^c_[A-Za-z0-9_.:-]+$/.test(cursor.stream) && !cursor.stream.endsWith('.staff'), 'the id of a conversation is no `c_…`');
    for (const stream of ['self', cursor.stream]) {
      const { events } = await page(world, visitor, stream, 'after=0');
      expect(events.every((event) => event.stream === stream), `an event of \`${stream === 'self' ? 'self' : 'the conversation'}\` names another stream`);
    }
  }),
  core('S-4.4', 'a cursor exists from 0', async (world) => {
    const visitor = await world.visitor();
    const { epoch, head } = await page(world, visitor, 'self', 'limit=1');
    const start = await resumed(world, visitor, { stream: 'self', epoch, seq: 0 });
    expectEqual([start.mode, start.head], ['resume', head], 'mode and head of `self` at 0');
  }),
  core('S-4.6', 'an event says who it is by', async (world) => {
    const { visitor, cursor } = await talk(world, 1);
    const { events } = await page(world, visitor, cursor.stream, 'limit=1');
    expectEqual([events[0]?.by.id, events[0]?.by.role], [visitor.visitorId, 'visitor'], 'who the message is by');
  }),
  core('S-4.11', 'the floor is 1 where nothing was pruned', async (world) => {
    const { visitor, cursor } = await talk(world, 1);
    for (const query of ['limit=1', 'after=0&limit=1', `before=${cursor.seq}&limit=1`]) expectEqual((await page(world, visitor, cursor.stream, query)).floor, 1, 'floor');
  }),
  core('S-4.12', 'a message has 1 to 20 parts', async (world) => {
    const { limits } = await world.discovery();
    const { visitor, cursor } = await talk(world, 0);
    const parts = (count: number) => ({ ...world.message(cursor.stream), ev: { kind: 'message' as const, parts: Array.from({ length: count }, () => ({ kind: 'text' as const, text: 'Kit' })) } });
    await world.put(visitor, parts(Math.min(20, limits.partsPerMessage)));
    world.rest.refused(await world.post(visitor, parts(0)), 422, ['invalid'], 'no part');
    const many = await world.post(visitor, parts(limits.partsPerMessage + 1));
    world.rest.refused(many, many.status === 422 ? 422 : 413, ['too-large', 'invalid'], 'more parts than the limit');
  }, { faults: [53] }),
  core('S-4.14', 'a change of status is an event', async (world) => {
    const { visitor, cursor } = await talk(world, 1);
    const { seq } = await world.put(visitor, { stream: cursor.stream, cmid: world.random.id('close-'), ev: { kind: 'close' } });
    const { events } = await page(world, visitor, cursor.stream, 'after=0&limit=200');
    expect(events.some((event) => event.seq === seq && event.kind === 'status' && event.d.status === 'closed'), 'the end is no `status` event with the number of the answer');
    expect(events.some(({ kind }) => kind === 'assignment'), 'there is no `assignment`');
  }),
  core('S-6.11', 'a conversation waits until somebody accepts, and is closed when it ended', async (world) => {
    const { visitor, cursor } = await talk(world, 1);
    const status = async (): Promise<string> => world.rest.accepted<Conversation>(await world.rest.request('GET', await world.address(`/conversations/${cursor.stream}`), { token: visitor.accessToken }), [200], 'Conversation', 'the conversation').state.status;
    expectEqual(await status(), 'waiting', 'status at first');
    await world.put(visitor, { stream: cursor.stream, cmid: world.random.id('close-'), ev: { kind: 'close' } });
    expectEqual(await status(), 'closed', 'status after the end');
  }),
];
