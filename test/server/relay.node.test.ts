/** Co-browse at the reference server (protocol README §14): what ends a session by itself, what a token is worth, what a slow or loud side costs, and what is left behind. */
import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { test, type TestContext } from 'node:test';
import type { CobrowseBody, Discovery, WireEvent } from '../../src/protocol/types.js';
import { databaseFile } from '../../src/server/config/config.js';
import { rawAnswer } from '../support/node/raw-answer.js';
import { askRelay, consent, endOf, granted, join, joinBoth, newKey, openPair, openSide, say, withCobrowse, type Pair } from '../support/node/relay-client.js';
import { createTestClock, type TestClock } from '../support/node/test-clock.js';
import { openServer, readAudit } from '../support/node/test-server.js';
import { assertRefused, call, connect, message, openConversation, openVisitor, post, signIn } from '../support/node/wire-client.js';

const awayMs = 15_000;
const upgrade = 'GET /v1/relay HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\nSec-WebSocket-Protocol: care-chat.relay.v1\r\n\r\n';

/** With a clock that a test turns. */
async function openTimed(t: TestContext, settings: Readonly<Record<string, unknown>> = {}): Promise<Pair & { readonly clock: TestClock }> {
  const clock = createTestClock();
  // Nobody is at the desk, and the conversation stays with the nurse.
  return { clock, ...await openPair(t, { clock, settings, change: (config) => ({ ...config, desk: { ...config.desk, agentLostMs: 86_400_000 } }) }) };
}

const isEnd = (reason: string) => ({ kind, d }: WireEvent): boolean => kind === 'cobrowse' && (d as CobrowseBody).state === 'ended' && (d as CobrowseBody).reason === reason;

test('where it is off nothing of it is there', async (t) => {
  const { url } = await openServer(t);
  const [visitor, nurse] = [await openVisitor(url), await signIn(url, 'ana@clinic.test')];
  const { id } = await openConversation(url, visitor);
  await post(url, nurse, id, { kind: 'accept' });
  assert.ok(!(await call<Discovery>(url, 'GET', '/.well-known/care-chat')).body.caps.includes('cobrowse'));
  assert.ok(!(await connect(url, nurse, [], { caps: ['cobrowse'] })).welcome.caps.includes('cobrowse'));
  const session = randomUUID();
  assertRefused(await say({ url, id }, nurse, { session, state: 'requested', key: newKey(), minutes: 30 }), 'not-supported');
  assertRefused(await askRelay({ url, id }, nurse, session), 'not-supported');
  assert.match(await rawAnswer(url, upgrade), /^HTTP\/1\.1 404 /);
});

test('a widget that has it off is not served by the relay of one that has it on', async (t) => {
  const { url } = await openServer(t, { file: withCobrowse() });
  const [visitor, nurse] = [await openVisitor(url, { widgetId: 'second', origin: 'https://second.test' }), await signIn(url, 'ana@clinic.test')];
  const { id } = await openConversation(url, visitor);
  await post(url, nurse, id, { kind: 'accept' });
  assertRefused(await say({ url, id }, nurse, { session: randomUUID(), state: 'requested', key: newKey(), minutes: 30 }), 'not-supported');
});

test('the minutes are lowered to the widget\'s, and end the session', async (t) => {
  const pair = await openTimed(t, { minutes: 5 });
  const first = await connect(pair.url, pair.patient);
  const { patientSide, nurseSide } = await joinBoth(pair);
  const asked = await first.untilEvent(pair.id, ({ kind }) => kind === 'cobrowse');
  assert.equal((asked.d as CobrowseBody).minutes, 5);
  // In steps in which everybody is heard of: who is silent for so long is gone before.
  for (let n = 0; n < 30; n++) {
    pair.clock.jump(10_000);
    await Promise.all([patientSide, nurseSide].map(({ raw }) => new Promise<void>((resolve) => {
      raw.once('pong', () => resolve());
      raw.ping();
    })));
  }
  const socket = await connect(pair.url, pair.patient, [{ stream: pair.id, epoch: asked.epoch, seq: asked.seq }]);
  await socket.untilEvent(pair.id, isEnd('timeout'));
  assert.deepEqual(await Promise.all([endOf(patientSide), endOf(nurseSide)]), [['ended', 1000], ['ended', 1000]]);
});

for (const [side, reason] of [['patient', 'left'], ['nurse', 'nurse']] as const) {
  test(`the ${side}, gone from the relay for too long, ends the session with "${reason}"; back in time, not`, async (t) => {
    const pair = await openTimed(t);
    const socket = await connect(pair.url, pair.patient);
    const { session, patientSide, nurseSide } = await joinBoth(pair);
    const [gone, stays] = side === 'patient' ? [patientSide, nurseSide] : [nurseSide, patientSide];
    const seen = (): Promise<unknown> => stays.notice((notice) => notice.t === 'peer' && !notice.on);
    gone.raw.terminate();
    await seen();
    const back = await join(pair, pair[side], session);
    pair.clock.jump(awayMs);
    assert.equal(back.raw.readyState, back.raw.OPEN);
    back.raw.terminate();
    await pair.clock.whenSet(awayMs);
    pair.clock.jump(awayMs);
    await socket.untilEvent(pair.id, isEnd(reason));
    assert.deepEqual(await endOf(stays), ['ended', 1000]);
  });
}

test('what was granted and nobody came for ends, also when the server began anew meanwhile', async (t) => {
  const pair = await openTimed(t);
  await granted(pair);
  const server = await pair.server.restart();
  const socket = await connect(server.url, pair.patient);
  await pair.clock.whenSet(awayMs);
  pair.clock.jump(awayMs);
  await socket.untilEvent(pair.id, (event) => event.kind === 'cobrowse' && event.d.state === 'ended');
});

test('a session that goes on keeps its minutes, and goes on within two minutes only', async (t) => {
  const pair = await openTimed(t);
  const session = await granted(pair);
  // Longer than anybody may be away; the visitor is waited for first.
  pair.clock.jump(8 * 60_000 - 1000);
  const { body: { epoch } } = await call<{ epoch: string }>(pair.url, 'GET', `/v1/streams/${pair.id}/events`, { person: pair.patient });
  const socket = await connect(pair.url, pair.patient, [{ stream: pair.id, epoch, seq: 0 }]);
  const left = await socket.untilEvent(pair.id, isEnd('left'));
  assert.equal((left.d as CobrowseBody).minutes, 23);
  const next = randomUUID();
  assert.equal((await say(pair, pair.patient, { session: next, state: 'granted', resumes: session, key: newKey(), consent })).status, 201);
  const again = await socket.untilEvent(pair.id, ({ kind, d }) => kind === 'cobrowse' && (d as CobrowseBody).session === next);
  assert.equal((again.d as CobrowseBody).minutes, 23);
  await say(pair, pair.patient, { session: next, state: 'ended', reason: 'left' });
  pair.clock.jump(120_001);
  assertRefused(await say(pair, pair.patient, { session: randomUUID(), state: 'granted', resumes: next, key: newKey(), consent }), 'conflict');
});

test('a token is worth nothing after 30 s, at another origin, and when its session is revoked', async (t) => {
  const pair = await openTimed(t);
  const { session } = await joinBoth(pair);
  const token = async (): Promise<{ url: string; token: string }> => (await askRelay(pair, pair.patient, session)).body;
  const late = await token();
  pair.clock.jump(30_000);
  assert.deepEqual(await endOf(await openSide(late.url, pair.patient.origin, late.token)), ['refused', 4401]);
  const elsewhere = await token();
  assert.deepEqual(await endOf(await openSide(elsewhere.url, pair.nurse.origin, elsewhere.token)), ['refused', 4401]);
  const revoked = await token();
  await call(pair.url, 'DELETE', '/v1/sessions/current', { person: pair.patient });
  assert.deepEqual(await endOf(await openSide(revoked.url, pair.patient.origin, revoked.token)), ['refused', 4401]);
});

test('who says nothing is let go of', async (t) => {
  const { url, clock } = await openTimed(t);
  const side = await openSide(`${url.replace('http', 'ws')}/v1/relay`, 'https://www.clinic.test', null);
  clock.jump(10_000);
  assert.deepEqual(await endOf(side), ['refused', 4401]);
});

test('a request that waits is over when its visitor logs out', async (t) => {
  const pair = await openPair(t);
  const socket = await connect(pair.url, pair.nurse, [], {});
  await socket.request({ t: 'sub', d: { stream: pair.id } });
  await say(pair, pair.nurse, { session: randomUUID(), state: 'requested', key: newKey(), minutes: 30 });
  await call(pair.url, 'DELETE', '/v1/sessions/current', { person: pair.patient });
  await socket.untilEvent(pair.id, isEnd('left'));
});

test('what a side does not take is dropped, and never kept; when it takes nothing for 10 s the session is over', { timeout: 30_000 }, async (t) => {
  const pair = await openTimed(t, { bytesPerSec: 10_485_760, burstBytes: 65_536 });
  const socket = await connect(pair.url, pair.patient);
  const { patientSide, nurseSide } = await joinBoth(pair);
  nurseSide.raw.pause();
  // More than what waits in the server and in the systems' own buffers between the two.
  const chunk = Buffer.alloc(60_000);
  const offered = 400;
  for (let n = 0; n < offered; n++) {
    pair.clock.jump(10);
    patientSide.raw.send(chunk);
    await new Promise<void>((resolve) => setImmediate(resolve));
  }
  pair.clock.jump(10_001);
  const poke = (): void => {
    if (patientSide.raw.readyState !== patientSide.raw.OPEN) return;
    patientSide.raw.send(Buffer.alloc(1), () => setImmediate(poke));
  };
  poke();
  await socket.untilEvent(pair.id, isEnd('rate'));
  assert.deepEqual(await endOf(patientSide), ['rate', 4429]);
  nurseSide.raw.resume();
  assert.ok(nurseSide.messages.length < offered, `${nurseSide.messages.length} of ${offered} messages came`);
});

test('a relay at its limit delays no message of the chat', async (t) => {
  const pair = await openPair(t, { settings: { bytesPerSec: 10_485_760, burstBytes: 104_857_600 } });
  const { url, id, nurseSide, patientSide, nurse } = await joinBoth(pair);
  const chat = await connect(url, nurse);
  await chat.request({ t: 'sub', d: { stream: id } });
  const total = 1500;
  let sent = 0;
  const more = (): void => {
    for (let n = 0; n < 5 && sent < total; n++, sent++) patientSide.raw.send(Buffer.alloc(60_000));
    if (sent < total) setImmediate(more);
  };
  more();
  await nurseSide.received(50);
  const { body: { seq } } = await post(url, pair.patient, id, message('While the page is shown'));
  await chat.untilEvent(id, (event) => event.seq === seq);
  assert.ok(nurseSide.messages.length < total, 'the message came after everything that was sent through the relay before and after it');
  await nurseSide.received(total);
});

test('nothing of what was passed is in the log, the database or the audit, which says who, when and why', async (t) => {
  const pair = await openPair(t);
  const { server, session, patientSide, nurseSide, id } = await joinBoth(pair);
  const secret = `canary-${randomUUID()}`;
  patientSide.raw.send(Buffer.from(secret));
  await nurseSide.received(1);
  await say(pair, pair.patient, { session, state: 'ended', reason: 'stopped' });
  assert.deepEqual(await Promise.all([endOf(patientSide), endOf(nurseSide)]), [['ended', 1000], ['ended', 1000]]);
  const entries = (await readAudit(server)).filter(({ action }) => action.startsWith('cobrowse.'));
  assert.deepEqual(entries.map(({ actor, action, target, code }) => [actor, action, target, code]), [
    [pair.nurse.id, 'cobrowse.request', id, session], [pair.patient.id, 'cobrowse.grant', id, session],
    [pair.patient.id, 'cobrowse.connect', id, session], [pair.nurse.id, 'cobrowse.connect', id, session], [pair.patient.id, 'cobrowse.end', id, 'stopped'],
  ]);
  assert.ok(!server.log().includes(secret) && !readFileSync(databaseFile(server.config)).includes(secret));
});

test('a conversation that is closed ends it in the same commit, with an entry of its own in the audit', async (t) => {
  const pair = await openPair(t);
  const { server, id, patientSide } = await joinBoth(pair);
  await post(pair.url, pair.nurse, id, { kind: 'close' });
  assert.deepEqual(await endOf(patientSide), ['ended', 1000]);
  const entries = await readAudit(server);
  const [close, end] = ['conversation.close', 'cobrowse.end'].map((action) => entries.find((entry) => entry.action === action));
  assert.deepEqual([end?.actor, end?.code, end?.at], ['server', 'closed', close?.at]);
});

test('a server that stops says so, and what was granted goes on at the next', async (t) => {
  const pair = await openPair(t);
  const { session, patientSide } = await joinBoth(pair);
  const server = await pair.server.restart();
  assert.deepEqual(await endOf(patientSide), ['draining', 4503]);
  const again = await joinAgain({ ...pair, url: server.url }, session);
  assert.equal(again, false);
});

/** Whether the other side is there. */
async function joinAgain(pair: Pair, session: string): Promise<boolean> {
  const side = await join(pair, pair.patient, session);
  const notice = await side.notice(({ t }) => t === 'peer');
  return notice.t === 'peer' && notice.on;
}
