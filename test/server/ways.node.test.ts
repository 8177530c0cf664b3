/** Streamed and polled links: what opens one, what is kept, what is taken once, and what ends it (protocol README §8.7). */
import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { test, type TestContext } from 'node:test';
import type { ByeBody, PollAnswer, ServerFrame } from '../../src/protocol/types.js';
import type { Config } from '../../src/server/config/config.js';
import { pollMs as slowReaderMs } from '../../src/server/hub/wire.js';
import { frames, greet, livePoll, liveStream, openStream, poll } from '../support/node/link-client.js';
import { createTestClock } from '../support/node/test-clock.js';
import { openServer } from '../support/node/test-server.js';
import { assertDone, assertRefused, call, connect, hello, message, openConversation, openVisitor, post, signIn } from '../support/node/wire-client.js';

const pollMs = 25_000;
const endGraceMs = 3_000;
/** Like nothing else that a server waits for, so that a test can tell what is waited for. */
const ownHeartbeat = { intervalMs: 120_000, graceMs: 9_000 };

/** A server on whose clock a poll that waits can be seen. */
async function openWatched(t: TestContext, { isStill = false, limits = {} as Partial<Config['limits']> } = {}) {
  const clock = createTestClock({ isStill });
  // At the end nobody comes for the `bye` of a link: the server need not wait for that.
  t.after(() => void clock.whenSet(endGraceMs).then(() => clock.jump(endGraceMs), () => {}));
  return { clock, ...await openServer(t, { clock, change: (config) => ({ ...config, heartbeat: ownHeartbeat, limits: { ...config.limits, ...limits } }) }) };
}

const lastBye = ({ body }: { readonly body: PollAnswer }): ByeBody => (body.frames.at(-1) as Extract<ServerFrame, { t: 'bye' }>).d;

test('a stream begins with headers and a comment that no proxy holds back, and carries the frames of a socket', async (t) => {
  const { url } = await openServer(t);
  const visitor = await openVisitor(url);
  const { id } = await openConversation(url, visitor);
  const stream = await liveStream(t, url, visitor);
  assert.equal(stream.status, 200);
  assert.equal(stream.headers['content-type'], 'text/event-stream');
  assert.equal(stream.headers['cache-control'], 'no-store, no-transform');
  assert.equal(stream.headers['x-accel-buffering'], 'no');
  assert.equal(stream.headers['content-encoding'], undefined);
  assert.equal(stream.headers['access-control-allow-origin'], visitor.origin);
  assert.ok(stream.text().startsWith(':') && stream.text().indexOf('\n') >= 4096);
  await frames(url, visitor, stream.link, 2, [{ t: 'submit', id: 2, d: { stream: id, cmid: 'by-stream-01', ev: message('Hello') } }, { t: 'ping', d: { n: 7 } }]);
  await stream.until('ok');
  await stream.until('event');
  assert.deepEqual(await stream.until('pong'), { n: 7 });
});

test('a comment comes at least every 15 s', async (t) => {
  const clock = createTestClock();
  const { url } = await openServer(t, { clock });
  const stream = await liveStream(t, url, await openVisitor(url));
  const before = stream.text().length;
  clock.jump(15_000);
  await new Promise<void>((resolve) => stream.response.once('data', () => resolve()));
  assert.equal(stream.text().slice(before), ':\n\n');
});

test('a poll waits for frames, keeps them until they are acknowledged, and gives them again after a lost answer', async (t) => {
  const { url } = await openWatched(t);
  const visitor = await openVisitor(url);
  const { id } = await openConversation(url, visitor);
  const { link, next } = await livePoll(url, visitor);
  const waiting = poll(url, visitor, link, next);
  await post(url, visitor, id, message('One'));
  const first = (await waiting).body;
  assert.equal(first.frames.length, first.next - next);
  const again = (await poll(url, visitor, link, next)).body;
  assert.deepEqual(again, first);
  await post(url, visitor, id, message('Two'));
  const second = (await poll(url, visitor, link, first.next)).body;
  assert.ok(second.frames.length > 0 && !JSON.stringify(second).includes('"One"'));
});

test('of two polls at once the older is answered with nothing, and nothing is lost', async (t) => {
  const { url, clock } = await openWatched(t);
  const visitor = await openVisitor(url);
  const { link, next } = await livePoll(url, visitor);
  const older = poll(url, visitor, link, next);
  await clock.whenSet(pollMs);
  const newer = poll(url, visitor, link, next);
  assert.deepEqual((await older).body, { frames: [], next });
  await frames(url, visitor, link, 2, [{ t: 'ping', d: { n: 3 } }]);
  assert.deepEqual((await newer).body.frames, [{ t: 'pong', d: { n: 3 } }]);
});

test('a poll with nothing to say is answered after 25 s', async (t) => {
  const { url, clock } = await openWatched(t);
  const visitor = await openVisitor(url);
  const { link, next } = await livePoll(url, visitor);
  const waiting = poll(url, visitor, link, next);
  await clock.whenSet(pollMs);
  clock.jump(pollMs);
  assert.deepEqual((await waiting).body, { frames: [], next });
});

test('a batch that comes twice is applied once; one that leaves a hole is refused; a bad frame ends what it would end on a socket', async (t) => {
  const { url } = await openServer(t);
  const visitor = await openVisitor(url);
  const { link, next } = await livePoll(url, visitor);
  const twice = await Promise.all([1, 2].map(() => frames(url, visitor, link, 2, [{ t: 'ping', d: { n: 1 } }])));
  assert.deepEqual(twice.map(({ body }) => body), [{ n: 2 }, { n: 2 }]);
  const { body } = await poll(url, visitor, link, next);
  assert.deepEqual(body.frames, [{ t: 'pong', d: { n: 1 } }]);
  assertRefused(await frames(url, visitor, link, 4, [{ t: 'ping', d: { n: 2 } }]), 'conflict');
  assertRefused(await call(url, 'POST', '/v1/frames', { person: visitor, body: { link, n: 3, frames: [] } }), 'invalid');
  await frames(url, visitor, link, 3, [{ t: 'x-vendor.ask', id: 9, d: {} }, { t: 'ping', d: { n: 5 } }]);
  await frames(url, visitor, link, 4, [{ no: 'type' }]);
  const last = (await poll(url, visitor, link, body.next)).body.frames as ServerFrame[];
  assert.deepEqual(last.map(({ t: type }) => type), ['err', 'pong', 'bye']);
  assert.equal((last[2] as Extract<ServerFrame, { t: 'bye' }>).d.code, 4400);
  assertRefused(await poll(url, visitor, link, body.next + 3), 'gone');
});

test('a frame over the limit ends the link with 4413, a batch over twice the limit is refused', async (t) => {
  const { url } = await openServer(t);
  const visitor = await openVisitor(url);
  const stream = await liveStream(t, url, visitor);
  assertRefused(await frames(url, visitor, stream.link, 2, [{ t: 'ping', d: { n: 1 }, x: 'a'.repeat(140_000) }]), 'too-large');
  await frames(url, visitor, stream.link, 2, [{ t: 'ping', d: { n: 1 }, x: 'a'.repeat(70_000) }]);
  const bye = await stream.until('bye');
  assert.equal(bye.code, 4413);
  await stream.ended;
});

test('a link is nothing to another session, and a token never goes into an address', async (t) => {
  const { url } = await openWatched(t);
  const [visitor, other] = await Promise.all([openVisitor(url), openVisitor(url)]);
  const { link, next } = await livePoll(url, visitor);
  assertRefused(await poll(url, other, link, next), 'gone');
  assertRefused(await frames(url, other, link, 2, [{ t: 'ping', d: { n: 1 } }]), 'gone');
  // Under the same id it opens a link of its own.
  assert.deepEqual((await poll(url, other, link, 0)).body, { frames: [], next: 0 });
  assertRefused(await call(url, 'GET', `/v1/stream?link=${link}&token=${visitor.token}`, { origin: visitor.origin }), 'token-missing');
  assertRefused(await call(url, 'POST', '/v1/poll', { person: visitor, origin: 'https://evil.test', body: { link, after: next } }), 'origin-denied');
  assertRefused(await call(url, 'GET', `/v1/stream?link=${link}`, { person: visitor }), 'conflict');
  assertRefused(await poll(url, visitor, link, next + 50), 'invalid');
  assertRefused(await call(url, 'GET', '/v1/stream?link=short', { person: visitor }), 'invalid');
});

test('no hello in time ends a link with 4408; one that is silent is cut, and one that is left by its poller after the grace', async (t) => {
  const { url, clock } = await openWatched(t);
  const visitor = await openVisitor(url);
  const mute = await openStream(t, url, visitor);
  const silent = await liveStream(t, url, visitor);
  const left = await livePoll(url, visitor);
  const gone = new AbortController();
  const leaving = poll(url, visitor, left.link, left.next, gone.signal).catch(() => null);
  await clock.whenSet(pollMs);
  gone.abort();
  await leaving;
  await clock.whenSet(ownHeartbeat.graceMs);
  clock.jump(10_000);
  const bye = await mute.until('bye');
  assert.equal(bye.code, 4408);
  await mute.ended;
  assertRefused(await poll(url, visitor, left.link, left.next), 'gone');
  for (let n = 0; n < 2; n++) clock.jump(ownHeartbeat.intervalMs);
  await silent.ended;
});

test('ending the session ends its links with 4410', async (t) => {
  const { url, clock } = await openWatched(t);
  const visitor = await openVisitor(url);
  const stream = await liveStream(t, url, visitor);
  const { link, next } = await livePoll(url, visitor);
  const waiting = poll(url, visitor, link, next);
  await clock.whenSet(pollMs);
  assert.equal((await call(url, 'DELETE', '/v1/sessions/current', { person: visitor })).status, 204);
  for (const bye of [await stream.until('bye'), lastBye(await waiting)]) assert.deepEqual([bye.code, bye.wipe], [4410, true]);
  await stream.ended;
});

test('a graceful stop says bye 4503 on every link that is there to hear it, and waits for nobody then', { timeout: 20_000 }, async (t) => {
  const { url, clock, close } = await openWatched(t, { isStill: true });
  const [visitor, ana] = await Promise.all([openVisitor(url), signIn(url, 'ana@clinic.test')]);
  const stream = await liveStream(t, url, visitor);
  const desk = await livePoll(url, ana);
  const waiting = poll(url, ana, desk.link, desk.next);
  await clock.whenSet(pollMs);
  // No time passes.
  await close();
  for (const bye of [await stream.until('bye'), lastBye(await waiting)]) assert.deepEqual([bye.code, bye.reconnect], [4503, true]);
});

test('a graceful stop has bye 4503 ready for who is between two polls; whoever else comes meanwhile is asked to come back', { timeout: 20_000 }, async (t) => {
  const { url, close } = await openWatched(t, { isStill: true });
  const visitor = await openVisitor(url);
  const { id } = await openConversation(url, visitor);
  const { link, next } = await livePoll(url, visitor);
  const closed = close();
  for (const refused of [
    await post(url, visitor, id, message('Too late')),
    await poll(url, visitor, randomUUID(), 0),
    await call(url, 'GET', `/v1/stream?link=${randomUUID()}`, { person: visitor }),
    await call(url, 'GET', '/v1/availability?widget=main', { origin: visitor.origin }),
  ]) {
    assertRefused(refused, 'overloaded');
    assert.ok(Number(refused.headers.get('retry-after')) >= 1);
    assert.equal(refused.headers.get('access-control-allow-origin'), visitor.origin);
  }
  const bye = lastBye(await poll(url, visitor, link, next));
  assert.deepEqual([bye.code, bye.reconnect], [4503, true]);
  await closed;
  await assert.rejects(poll(url, visitor, link, next));
});

test('a graceful stop does not wait for ever for who does not come back to poll', { timeout: 20_000 }, async (t) => {
  const { url, clock, close } = await openWatched(t, { isStill: true });
  await livePoll(url, await openVisitor(url));
  const closed = close();
  await clock.whenSet(endGraceMs);
  clock.jump(endGraceMs);
  await closed;
});

test('links count with sockets for both limits on connections', async (t) => {
  const { url } = await openServer(t, { change: (config) => ({ ...config, limits: { ...config.limits, connectionsPerDevice: 2, connections: 4 } }) });
  const visitor = await openVisitor(url);
  await connect(url, visitor);
  await liveStream(t, url, visitor);
  const third = await openStream(t, url, visitor);
  const link = randomUUID();
  await poll(url, visitor, link, 0);
  await greet(url, visitor, link);
  const turned = (await poll(url, visitor, link, 0)).body.frames as ServerFrame[];
  assert.deepEqual(turned.map(({ t: type }) => type), ['err', 'bye']);
  assert.equal((turned[1] as Extract<ServerFrame, { t: 'bye' }>).d.code, 4429);
  assertRefused(await poll(url, visitor, randomUUID(), 0), 'overloaded');
  assertRefused(await call(url, 'GET', `/v1/stream?link=${randomUUID()}`, { person: visitor }), 'overloaded');
  third.abort();
});

test('a slow reader is sent no typing while it has more than `lightBytes` to take, and again when it took them', async (t) => {
  const { url, clock } = await openWatched(t, { limits: { lightBytes: 1024 } });
  const [visitor, ana] = await Promise.all([openVisitor(url), signIn(url, 'ana@clinic.test')]);
  const { id } = await openConversation(url, visitor);
  await post(url, ana, id, { kind: 'accept' });
  const slow = await livePoll(url, visitor);
  const desk = await connect(url, ana);
  let pings = 0;
  const type = async (): Promise<void> => {
    desk.send({ t: 'typing', d: { stream: id, on: true } });
    desk.send({ t: 'ping', d: { n: ++pings } });
    await desk.until('pong', (d) => d.n === pings);
    // The store, which is asked who may type, answers in the order of asking.
    assert.equal((await call(url, 'GET', `/v1/streams/${id}/events`, { person: ana })).status, 200);
    clock.jump(2_000);
  };
  const long = 'x'.repeat(2000);
  const taken: string[] = [];
  const takeUntil = async (wanted: string): Promise<void> => {
    while (!taken.some((frame) => frame.includes(wanted))) {
      const { body } = await poll(url, visitor, slow.link, slow.next);
      slow.next = body.next;
      taken.push(...body.frames.map((frame) => JSON.stringify(frame)));
    }
  };
  assertDone(await desk.submit(id, message(long)));
  await takeUntil(long);
  // Handed out, and not acknowledged yet.
  await type();
  await type();
  const waiting = takeUntil('"typing"');
  await clock.whenSet(pollMs);
  await type();
  await waiting;
  assert.equal(taken.filter((frame) => frame.includes('"typing"')).length, 1);
});

for (const way of ['stream', 'poll'] as const) {
  test(`a reader that takes nothing by ${way} costs a bounded amount of memory and is ended with 4508`, async (t) => {
    const clock = createTestClock();
    const { url, log } = await openServer(t, { clock, change: (config) => ({ ...config, limits: { ...config.limits, submitPerMin: 10_000, resumeMax: 10_000 }, heartbeat: { intervalMs: 86_400_000, graceMs: 86_400_000 } }) });
    const visitor = await openVisitor(url);
    const { id } = await openConversation(url, visitor);
    const live = way === 'stream' ? await liveStream(t, url, visitor) : await livePoll(url, visitor);
    if ('response' in live) live.response.pause();
    const text = 'x'.repeat(8000);
    const before = process.memoryUsage().rss;
    for (let n = 0; n < 100; n++) await Promise.all(Array.from({ length: 20 }, () => post(url, visitor, id, message(text))));
    const grown = process.memoryUsage().rss - before;
    assert.ok(grown < 120_000_000, `${grown} bytes for 16 MB of events`);
    while (!log().includes('"code":4508')) {
      await clock.whenSet(slowReaderMs);
      clock.jump(31_000);
    }
  });
}

test('a position in `Last-Event-ID` means nothing: where a stream goes on is said in hello', async (t) => {
  const { url } = await openServer(t);
  const visitor = await openVisitor(url);
  const { id, epoch } = await openConversation(url, visitor);
  await post(url, visitor, id, message('One'));
  const link = randomUUID();
  const stream = await openStream(t, url, visitor, link, { 'Last-Event-ID': '999999' });
  await frames(url, visitor, link, 1, [{ id: 1, ...hello(visitor, [{ stream: id, epoch, seq: 0 }]) }]);
  await stream.until('welcome');
  const first = await stream.until('events');
  assert.deepEqual(first.list.map(({ seq }) => seq), first.list.map((_event, index) => index + 1));
});
