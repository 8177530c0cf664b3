/** What needs the vendor's adapter: restarts, kills, another epoch, pruning, tokens that end, revocation (README §4, §5, §6, §8). */
import type { Submit, SubmitResult, VisitorSession } from '../../protocol/types.js';
import { auth, chaos, type Case } from '../case.js';
import { expect, expectEqual } from '../expect.js';
import { pause } from '../rest.js';
import type { World } from '../world.js';
import { alive, arrived, either, ended, flood, page, resumed, stall, talk, upTo } from './steps.js';

/** Sends it until it is taken, as a client does. */
async function insist(world: World, visitor: { readonly accessToken: string }, submit: Submit): Promise<SubmitResult> {
  for (;;) {
    const answer = await world.post(visitor, submit).catch(() => null);
    if (answer && answer.status < 500) return world.rest.accepted<SubmitResult>(answer, [200, 201], 'SubmitResult', 'a submit after the fault');
    await pause(100);
  }
}

/** One round: submits in flight, the process is killed at a random moment, then each is sent again. */
async function killRound(world: World, visitor: { readonly accessToken: string }, stream: string): Promise<void> {
  const submits = Array.from({ length: 8 }, () => world.message(stream));
  const first = submits.map((submit) => world.post(visitor, submit).then((answer) => (answer.status < 300 ? answer.body as SubmitResult : null)).catch(() => null));
  await pause(Math.floor(world.random.unit() * 20));
  await world.adapter.call('kill9');
  const acknowledged = await Promise.all(first);
  for (const [index, submit] of submits.entries()) {
    const again = await insist(world, visitor, submit);
    const before = acknowledged[index];
    if (before) expectEqual([again.seq, again.eventId, again.at, again.dup], [before.seq, before.eventId, before.at, true], 'what was acknowledged before the kill');
  }
}

/** The cases. */
export const adapterCases: readonly Case[] = [
  chaos('S-4.3', 'an orderly restart says bye 4503, keeps the epoch and what was acknowledged', async (world) => {
    const { visitor, cursor } = await talk(world, 2);
    const socket = await world.live(visitor);
    const submit = world.message(cursor.stream);
    const first = await world.put(visitor, submit);
    await world.adapter.call('restart');
    await ended(socket, 4503);
    const again = await insist(world, visitor, submit);
    expectEqual([again.seq, again.eventId, again.dup], [first.seq, first.eventId, true], 'the same submit after the restart');
    const { mode } = await resumed(world, visitor, cursor);
    expectEqual(mode, 'resume', 'mode after the restart');
  }, { needs: ['restart'], faults: [30, 65] }),
  chaos('S-5.3', 'killed while idle, everything that was acknowledged is there', async (world) => {
    const { visitor, cursor } = await talk(world, 3);
    const before = await page(world, visitor, cursor.stream, 'after=0&limit=200');
    await world.adapter.call('kill9');
    const after = await page(world, visitor, cursor.stream, 'after=0&limit=200');
    expectEqual(after.epoch, before.epoch, 'epoch');
    expect(JSON.stringify(after.events) === JSON.stringify(before.events), 'the log is another one');
  }, { needs: ['kill9'], faults: [31] }),
  chaos('S-5.3', 'killed while writing, 20 times, nothing acknowledged is lost and nothing is doubled', async (world) => {
    const { visitor, cursor } = await talk(world, 0);
    for (let round = 0; round < 20; round++) await killRound(world, visitor, cursor.stream);
    const events = [];
    for (let from = 0, complete = false; !complete;) {
      const part = await page(world, visitor, cursor.stream, `after=${from}&limit=100`);
      events.push(...part.events);
      [from, complete] = [part.events.at(-1)?.seq ?? from, part.complete];
    }
    expectEqual(events.map(({ seq }) => seq), upTo(0, events.length), 'numbers of the events');
    expectEqual(events.filter(({ kind }) => kind === 'message').length, 160, 'messages');
  }, { needs: ['kill9'], faults: [32] }),
  ...([['connected', 39], ['away', 40]] as const).map(([how, fault]) => chaos('S-4.3', `a new epoch while ${how} is a reset`, async (world) => {
    const { visitor, cursor } = await talk(world, 2);
    const socket = how === 'connected' ? await world.live(visitor) : null;
    await world.adapter.call('newEpoch');
    // Either the connection was ended, or it is told; in both cases whoever resumes is told.
    if (socket) await either<unknown>(socket.closed(), socket.next('reset', ({ d }) => d.stream === cursor.stream));
    const next = await resumed(world, visitor, cursor);
    expectEqual(next.mode, 'reset', 'mode');
    const { d } = await next.socket.next('reset', (frame) => frame.d.stream === cursor.stream);
    expect(d.reason === 'epoch' && d.epoch !== cursor.epoch, 'the reset is not for another epoch');
  }, { needs: ['newEpoch'], faults: [fault] })),
  chaos('S-4.11', 'what was pruned is told by the floor, and a cursor below it is reset', async (world) => {
    const { visitor, cursor } = await talk(world, 5);
    await world.adapter.call('prune', { conversationId: cursor.stream, upTo: 2 });
    expectEqual((await page(world, visitor, cursor.stream, 'after=2&limit=200')).floor, 3, 'floor');
    const { socket, mode } = await resumed(world, visitor, { ...cursor, seq: 0 });
    expectEqual(mode, 'reset', 'mode');
    expectEqual((await socket.next('reset')).d.reason, 'pruned', 'reason');
  }, { needs: ['prune'], faults: [41] }),
  auth('S-8.8', 'a token that has ended refuses a submit that may be tried again', async (world) => {
    // The submit is sent before the end and comes behind it: the proxy holds it until the next frame.
    await world.faults({ name: 'the submit is overtaken', match: { on: 'frame-to-server', t: 'submit', nth: 1 }, action: { do: 'reorder', withinMs: 60_000 } });
    const { visitor, cursor } = await talk(world, 1);
    const socket = await world.live(visitor);
    const submit = world.message(cursor.stream);
    socket.send({ t: 'submit', id: 2, d: submit });
    await world.adapter.call('expireTokens', { visitorId: visitor.visitorId });
    await alive(socket, 1);
    const reply = await socket.reply(2);
    expect(reply.t === 'err' && reply.d.code === 'token-expired' && reply.d.retryable === true, 'a submit after the end was not refused with `token-expired`, retryable');
    world.rest.refused(await world.post(visitor, submit), 401, ['token-expired'], 'the same by REST');
    const refresh = await world.rest.request('POST', await world.address('/sessions/refresh'), { body: { refreshToken: visitor.refreshToken, deviceId: visitor.deviceId } });
    const fresh = world.rest.accepted<VisitorSession>(refresh, [200], 'VisitorSession', 'refresh');
    socket.send({ t: 'auth', id: 3, d: { token: fresh.accessToken } });
    expectEqual((await socket.reply(3)).t, 'ok', 'the answer to a fresh token in the same connection');
    socket.send({ t: 'submit', id: 4, d: submit });
    expectEqual((await socket.reply(4)).t, 'ok', 'the answer to the same submit after it');
    expectEqual((await page(world, fresh, cursor.stream, `after=${cursor.seq}`)).events.map(({ seq, cmid }) => [seq, cmid]), [[cursor.seq + 1, submit.cmid]], 'events behind it');
  }, { needs: ['expireTokens'], faults: [47] }),
  auth('S-6.3', 'what was revoked is over everywhere', async (world) => {
    const { visitor } = await talk(world, 1);
    const socket = await world.live(visitor);
    await world.adapter.call('revoke', { visitorId: visitor.visitorId });
    await ended(socket, 4410);
    world.rest.refused(await world.rest.request('GET', await world.address('/conversations'), { token: visitor.accessToken }), 401, ['token-invalid'], 'the access token');
    const refresh = await world.rest.request('POST', await world.address('/sessions/refresh'), { body: { refreshToken: visitor.refreshToken, deviceId: visitor.deviceId } });
    world.rest.refused(refresh, 401, ['token-invalid'], 'the refresh token');
  }, { needs: ['revoke'], faults: [50] }),
  chaos('S-8.17', 'a rate that was set is kept, told, and over when it is taken back', async (world) => {
    const submitPerMin = 20;
    await world.adapter.call('setRate', { submitPerMin });
    try {
      const taken = await flood(world, submitPerMin + 10);
      expect(taken <= submitPerMin + 2, `${taken} were taken at ${submitPerMin} a minute`);
    } finally {
      await world.adapter.call('setRate', { submitPerMin: null });
    }
    await talk(world, 1);
  }, { needs: ['setRate'], faults: [54, 57] }),
  chaos('S-8.16', 'readers that stall cost no memory for what they do not take', async (world) => {
    const readers = 8;
    const used = async (): Promise<number> => (await world.adapter.call('memory') as { readonly bytes: number }).bytes;
    const before = await used();
    const { offeredBytes } = await stall(world, readers, 16_000_000);
    const grown = await used() - before;
    expect(grown < offeredBytes / 2, `for ${readers} readers that took nothing of ${Math.round(offeredBytes / 1e6)} MB, memory grew by ${Math.round(grown / 1e6)} MB`);
  }, { needs: ['memory'], faults: [56] }),
  chaos('S-4.2', 'a clock that jumps back changes no order', async (world) => {
    const { visitor, cursor } = await talk(world, 2);
    const socket = await world.live(visitor);
    await world.adapter.call('now', { offsetMs: -3_600_000 });
    try {
      const sent: number[] = [];
      for (let n = 0; n < 3; n++) sent.push((await world.put(visitor, world.message(cursor.stream))).seq);
      expectEqual(sent, upTo(cursor.seq, cursor.seq + 3), 'numbers after the jump');
      expectEqual((await arrived(socket, cursor.stream, sent.at(-1)!)).map(({ seq }) => seq), sent, 'numbers of the events');
    } finally {
      await world.adapter.call('now', { offsetMs: 0 });
    }
  }, { needs: ['now'], faults: [51] }),
];
