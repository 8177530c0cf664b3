/** Streamed and polled links (README §8.7), for backends whose discovery says that they serve them. */
import type { PollAnswer, ServerFrame, WireEvent } from '../../protocol/types.js';
import { core, type Case, type CaseOptions } from '../case.js';
import { expect, expectEqual } from '../expect.js';
import { byeOf, needCapability, openPoll, openStream, type KitLink, type KitPoll } from '../link.js';
import type { Visitor, World } from '../world.js';

type Way = 'sse' | 'poll';
const openers: { readonly [W in Way]: (world: World, visitor: Visitor) => Promise<KitLink> } = { sse: openStream, poll: openPoll };

/** One case per way. */
const onBoth = (clause: string, name: string, run: (world: World, open: (visitor: Visitor) => Promise<KitLink>, way: Way) => Promise<void>): readonly Case[] =>
  (['sse', 'poll'] as const).map((way) => core(clause, `${name} (${way})`, async (world) => {
    await needCapability(world, way);
    const links: KitLink[] = [];
    try {
      await run(world, async (visitor) => {
        const link = await openers[way](world, visitor);
        links.push(link);
        return link;
      }, way);
    } finally {
      for (const link of links) link.close();
    }
  }));

const on = (way: Way, clause: string, name: string, run: Case['run'], options: CaseOptions = {}): Case => core(clause, name, async (world) => {
  await needCapability(world, way);
  await run(world);
}, options);

const eventsOf = ({ frames }: KitLink, stream: string): readonly WireEvent[] =>
  frames.flatMap((frame) => (frame.t === 'event' ? [frame.d] : frame.t === 'events' ? frame.d.list : [])).filter((event) => event.stream === stream);

/** Waits for a `pong` to a ping of our own: what the server had to say before it has come. */
async function sync(link: KitLink, n: number): Promise<void> {
  await link.send([{ t: 'ping', d: { n } }]);
  await link.next('pong', ({ d }) => d.n === n);
}

/** Two polls at once: that one of them is answered shows that the other one has come, and waits. */
async function twoPolls(link: KitPoll, after: number): Promise<{ readonly answered: PollAnswer; readonly waiting: Promise<PollAnswer> }> {
  const [one, other] = [link.take(after), link.take(after)];
  return Promise.race([one.then((answered) => ({ answered, waiting: other })), other.then((answered) => ({ answered, waiting: one }))]);
}

/** The cases, in the order of the specification. */
export const waysCases: readonly Case[] = [
  ...onBoth('S-8.20', 'hello, submit, event and ping go as on a socket', async (world, open) => {
    const visitor = await world.visitor();
    const { id } = await world.conversation(visitor);
    const link = await open(visitor);
    const welcome = await link.hello();
    expect(welcome.streams.some(({ stream }) => stream === id), 'the conversation is not followed');
    const submit = world.message(id);
    await link.send([{ t: 'submit', id: 2, d: submit }]);
    const ok = await link.next('ok', ({ re }) => re === 2);
    expect('seq' in ok.d, 'the submit was not acknowledged');
    const own = (event: WireEvent): boolean => event.cmid === submit.cmid;
    // Neither `ok` nor `pong` waits for the event: asked again until it is there, one after the other, because a polled link is asked by one at a time.
    for (let n = 7; n < 30 && !eventsOf(link, id).some(own); n++) await sync(link, n);
    await sync(link, 30);
    expectEqual(eventsOf(link, id).filter(own).length, 1, 'how often the event came');
  }),
  ...onBoth('S-8.20', 'anything else before hello ends the link with 4400', async (world, open) => {
    const link = await open(await world.visitor());
    await link.send([{ t: 'ping', d: { n: 1 } }]);
    expectEqual((await byeOf(link)).code, 4400, 'code of `bye`');
  }),
  ...onBoth('S-8.21', 'a link is nothing to another session', async (world, open) => {
    const [visitor, other] = [await world.visitor(), await world.visitor()];
    const link = await open(visitor);
    await link.hello();
    const answer = await world.rest.request('POST', await world.address('/frames'), { token: other.accessToken, body: { link: link.id, n: 2, frames: [{ t: 'ping', d: { n: 1 } }] } });
    world.rest.refused(answer, 410, ['gone'], 'a batch of somebody else');
    await sync(link, 2);
  }),
  on('sse', 'S-8.21', 'a stream wants a token in the header, and none in the address', async (world) => {
    const { accessToken } = await world.visitor();
    const address = `${await world.address('/stream')}?link=${world.random.id('link-of-the-kit-')}`;
    world.rest.refused(await world.rest.request('GET', `${address}&token=${encodeURIComponent(accessToken)}`), 401, ['token-missing'], 'a token in the address');
    world.rest.refused(await world.rest.request('GET', address, { token: accessToken, headers: { origin: 'https://evil.invalid' } }), 403, ['origin-denied'], 'another origin');
  }),
  on('sse', 'S-8.21', 'a second stream under the id of an open one is refused', async (world) => {
    const visitor = await world.visitor();
    const stream = await openStream(world, visitor);
    const again = await world.rest.request('GET', `${await world.address('/stream')}?link=${stream.id}`, { token: visitor.accessToken });
    stream.close();
    world.rest.refused(again, 409, ['conflict'], 'the second stream');
  }),
  on('sse', 'S-8.22', 'a stream is not kept by caches, and begins with what fills a buffer of 4 KB', async (world) => {
    const stream = await openStream(world, await world.visitor());
    expectEqual(stream.status, 200, 'status');
    expect((stream.headers.get('content-type') ?? '').startsWith('text/event-stream'), 'expected text/event-stream');
    for (const word of ['no-store', 'no-transform']) expect((stream.headers.get('cache-control') ?? '').includes(word), `Cache-Control lacks ${word}`);
    expectEqual(stream.headers.get('x-accel-buffering'), 'no', 'X-Accel-Buffering');
    expectEqual(stream.headers.get('content-encoding'), null, 'Content-Encoding');
    await stream.hello();
    const [comment = ''] = stream.text().split(/\r\n|\n|\r/);
    stream.close();
    expect(comment.startsWith(':') && comment.length >= 4096, `the first comment has ${comment.length} bytes`);
  }, { faults: [23] }),
  on('sse', 'S-8.22', 'a position in Last-Event-ID means nothing: the cursors of hello count', async (world) => {
    const visitor = await world.visitor();
    const { id, epoch } = await world.conversation(visitor);
    const { seq } = await world.put(visitor, world.message(id));
    const stream = await openStream(world, visitor, { headers: { 'last-event-id': '999999' } });
    await stream.hello([{ stream: id, epoch, seq: 0 }]);
    // An answer may come before what is read from the log.
    for (let n = 3; n < 30 && !eventsOf(stream, id).some((event) => event.seq >= seq); n++) await sync(stream, n);
    stream.close();
    expectEqual(eventsOf(stream, id).map((event) => event.seq), Array.from({ length: seq }, (_none, index) => index + 1), 'events from the cursor of hello');
  }, { faults: [24] }),
  on('poll', 'S-8.23', 'a lost answer loses nothing: the same position gives the same frames again', async (world) => {
    const link = await openPoll(world, await world.visitor());
    await link.send([{ t: 'hello', id: 1, d: { v: ['1'], caps: [], token: 'no-token-of-this-server', deviceId: 'd_kit_lost', tabId: 't_kit', client: { name: 'conformance', version: '1' }, resume: [] } }]);
    const first = await link.take(0);
    expect(first.frames.length > 0, 'the refusal of hello did not come');
    expectEqual((await link.take(0)).frames.slice(0, first.frames.length), first.frames, 'the frames again');
  }),
  on('poll', 'S-8.23', 'of two polls at once the older is answered with nothing', async (world) => {
    const visitor = await world.visitor();
    const link = await openPoll(world, visitor);
    await link.hello();
    await sync(link, 1);
    const after = link.frames.length;
    const { answered, waiting } = await twoPolls(link, after);
    expectEqual(answered, { frames: [], next: after }, 'the older poll');
    await link.send([{ t: 'ping', d: { n: 2 } }]);
    expectEqual((await waiting).frames, [{ t: 'pong', d: { n: 2 } }], 'the newer poll');
  }, { faults: [25] }),
  on('poll', 'S-8.23', 'a position that was never given is refused', async (world) => {
    const visitor = await world.visitor();
    const link = await openPoll(world, visitor);
    await link.hello();
    world.rest.refused(await link.poll(1000), 422, ['invalid'], 'a position ahead');
    const unknown = await world.rest.request('POST', await world.address('/poll'), { token: visitor.accessToken, body: { link: world.random.id('link-of-the-kit-'), after: 3 } });
    world.rest.refused(unknown, 410, ['gone'], 'a link that is not there');
  }),
  ...onBoth('S-8.24', 'a batch that comes again is not applied again, and one that leaves a hole is refused', async (world, open) => {
    const visitor = await world.visitor();
    const link = await open(visitor);
    await link.hello();
    for (const answer of await Promise.all([2, 2, 2].map((n) => link.send([{ t: 'ping', d: { n: 5 } }], n)))) {
      expectEqual(world.rest.accepted<{ n: number }>(answer, [200], 'FramesAnswer', 'a batch').n, 2, '`n`');
    }
    world.rest.refused(await link.send([{ t: 'ping', d: { n: 6 } }], 9), 409, ['conflict'], 'a batch after a hole');
    await link.send([{ t: 'ping', d: { n: 8 } }], 3);
    await link.next('pong', ({ d }) => d.n === 8);
    expectEqual(link.frames.flatMap((frame) => (frame.t === 'pong' ? [frame.d.n] : [])), [5, 8], 'pongs');
  }),
  ...onBoth('S-8.24', 'a bad frame is answered by itself, beside good ones', async (world, open) => {
    const link = await open(await world.visitor());
    await link.hello();
    await link.send([{ t: 'x-kit.nothing', id: 2, d: {} }, { t: 'ping', d: { n: 4 } }]);
    expectEqual((await link.next('err', ({ re }) => re === 2)).d.code, 'unknown-frame', 'code');
    await link.next('pong', ({ d }) => d.n === 4);
  }),
  ...onBoth('S-8.25', '`bye` comes before the end, also when the session ends', async (world, open, way) => {
    const visitor = await world.visitor();
    const link = await open(visitor);
    await link.hello();
    await sync(link, 1);
    // The poll that is to bring it has to wait by then; the token is good for no other.
    const { waiting } = way === 'poll' ? await twoPolls(link as KitPoll, link.frames.length) : { waiting: null };
    await world.rest.request('DELETE', await world.address('/sessions/current'), { token: visitor.accessToken });
    const bye = waiting ? ((await waiting).frames.at(-1) as unknown as ServerFrame | undefined) : { t: 'bye' as const, d: await byeOf(link) };
    expect(bye?.t === 'bye', 'the link did not end with `bye`');
    expectEqual(bye.d.code, 4410, 'code of `bye`');
    if (way === 'sse') await (link as Awaited<ReturnType<typeof openStream>>).ended();
  }),
];
