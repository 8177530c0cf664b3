/** Sending, idempotency and history (README §4, §5). */
import type { SubmitResult } from '../../protocol/types.js';
import { core, type Case } from '../case.js';
import { expect, expectEqual } from '../expect.js';
import type { Visitor } from '../world.js';
import { page } from './steps.js';

const same = (a: SubmitResult, b: SubmitResult): boolean => a.seq === b.seq && a.eventId === b.eventId && a.at === b.at && a.epoch === b.epoch;

/** The cases, in the order of the specification. */
export const sendingCases: readonly Case[] = [
  core('S-4.2', 'seq is contiguous from 1', async (world) => {
    const visitor = await world.visitor();
    const { id } = await world.conversation(visitor);
    for (let n = 0; n < 3; n++) await world.put(visitor, world.message(id));
    const { events, head, floor, complete } = await page(world, visitor, id, 'after=0&limit=200');
    expectEqual(floor, 1, 'floor');
    expect(complete, 'the page is not complete');
    expectEqual(events.map(({ seq }) => seq), Array.from({ length: head }, (_, index) => index + 1), 'numbers of the events');
  }),
  core('S-4.7', 'the sender sees the own cmid and device', async (world) => {
    const visitor = await world.visitor();
    const { id } = await world.conversation(visitor);
    const submit = world.message(id);
    const { seq } = await world.put(visitor, submit);
    const event = (await page(world, visitor, id, `after=${seq - 1}&limit=1`)).events[0];
    expectEqual([event?.cmid, event?.dev], [submit.cmid, visitor.deviceId], 'cmid and dev of the own event');
  }),
  core('S-4.10', 'history can be paged both ways', async (world) => {
    const visitor = await world.visitor();
    const { id, epoch } = await world.conversation(visitor);
    for (let n = 0; n < 4; n++) await world.put(visitor, world.message(id));
    const { head } = await page(world, visitor, id, 'limit=1');
    const back = await page(world, visitor, id, `before=${head + 1}&limit=2&epoch=${encodeURIComponent(epoch)}`);
    expectEqual(back.events.map(({ seq }) => seq), [head - 1, head], 'the last two');
    expectEqual(back.complete, false, '`complete` of the last two');
    const forth = await page(world, visitor, id, `after=${head - 2}&limit=1`);
    expectEqual([forth.events.map(({ seq }) => seq), forth.complete], [[head - 1], false], 'one behind');
    const newest = await page(world, visitor, id, 'limit=2');
    expectEqual(newest.events.map(({ seq }) => seq), [head - 1, head], 'the newest, without a position');
    const wrong = await world.rest.request('GET', `${await world.address(`/streams/${id}/events`)}?after=0&epoch=not-this-epoch`, { token: visitor.accessToken });
    world.rest.refused(wrong, 410, ['epoch-changed'], 'another epoch');
    const both = await world.rest.request('GET', `${await world.address(`/streams/${id}/events`)}?after=0&before=3`, { token: visitor.accessToken });
    world.rest.refused(both, 422, ['invalid'], 'after and before together');
  }),
  core('S-4.12', 'a part of an unknown kind is kept with its fallback', async (world) => {
    const visitor = await world.visitor();
    const { id } = await world.conversation(visitor);
    const answer = await world.post(visitor, { stream: id, cmid: world.random.id('part-'), ev: { kind: 'message', parts: [{ kind: 'x-kit.card', fallback: 'A card' }] } });
    const { seq } = world.rest.accepted<SubmitResult>(answer, [201], 'SubmitResult', 'an unknown part');
    const event = (await page(world, visitor, id, `after=${seq - 1}&limit=1`)).events[0];
    const parts = event?.kind === 'message' && 'parts' in event.d ? event.d.parts : [];
    expectEqual(parts.map((part) => [part.kind, 'fallback' in part ? part.fallback : null]), [['x-kit.card', 'A card']], 'the part');
  }),
  core('S-5.4', 'the same submit again is the same event', async (world) => {
    const visitor = await world.visitor();
    const { id } = await world.conversation(visitor);
    const submit = world.message(id);
    const first = await world.put(visitor, submit);
    const again = world.rest.accepted<SubmitResult>(await world.post(visitor, submit), [200], 'SubmitResult', 'the same again');
    expect(same(first, again), 'seq, eventId or at differ');
    expectEqual(again.dup, true, '`dup`');
    expect(first.dup !== true, 'the first answer says `dup`');
    const later = world.rest.accepted<SubmitResult>(await world.post(visitor, { ...submit, clientAt: 1_795_000_000_000 }), [200], 'SubmitResult', 'again with another clientAt');
    expect(same(first, later), 'clientAt counts as content');
    const { events } = await page(world, visitor, id, 'after=0&limit=200');
    expectEqual(events.filter(({ cmid }) => cmid === submit.cmid).length, 1, 'events with this cmid');
  }),
  core('S-5.1', 'at once over socket and REST it is one event', async (world) => {
    const visitor = await world.visitor();
    const { id } = await world.conversation(visitor);
    const socket = await world.live(visitor);
    const submit = world.message(id);
    socket.send({ t: 'submit', id: 2, d: submit });
    const answers = await Promise.all(Array.from({ length: 5 }, () => world.post(visitor, submit)));
    socket.send({ t: 'submit', id: 3, d: submit });
    const results = answers.map((answer) => world.rest.accepted<SubmitResult>(answer, [200, 201], 'SubmitResult', 'one of many'));
    for (const reply of [await socket.reply(2), await socket.reply(3)]) {
      expect(reply.t === 'ok', `a submit over the socket was answered by \`${reply.t}\``);
      results.push(reply.d as SubmitResult);
    }
    expect(results.every((result) => same(result, results[0]!)), 'the answers differ');
    expectEqual(results.filter(({ dup }) => dup !== true).length, 1, 'answers that are not `dup`');
  }),
  core('S-5.7', 'a submit before the answer to an earlier one is not refused, and the order of sending is that of the log', async (world) => {
    const visitor = await world.visitor();
    const { id } = await world.conversation(visitor);
    const socket = await world.live(visitor);
    const numbers = [2, 3, 4];
    for (const number of numbers) socket.send({ t: 'submit', id: number, d: world.message(id) });
    const places: number[] = [];
    for (const number of numbers) {
      const reply = await socket.reply(number);
      expect(reply.t === 'ok', `submit ${number - 1} of ${numbers.length} was answered by \`${reply.t}\``);
      places.push((reply.d as SubmitResult).seq);
    }
    expectEqual(String(places), String([...places].sort((one, other) => one - other)), 'seq, in the order of sending');
  }),
  core('S-5.2', 'the same cmid from another device is another message', async (world) => {
    const visitor = await world.visitor();
    const { id } = await world.conversation(visitor);
    const other = await world.visitor();
    const { id: otherId } = await world.conversation(other);
    const submit = world.message(id);
    const one = await world.put(visitor, submit);
    const two = await world.put(other, { ...submit, stream: otherId });
    expect(one.eventId !== two.eventId, 'both are one event');
  }),
  core('S-5.2', 'the key outlives the token', async (world) => {
    const visitor = await world.visitor();
    const { id } = await world.conversation(visitor);
    const submit = world.message(id);
    const first = await world.put(visitor, submit);
    const answer = await world.rest.request('POST', await world.address('/sessions/refresh'), { body: { refreshToken: visitor.refreshToken, deviceId: visitor.deviceId } });
    const fresh = world.rest.accepted<Visitor>(answer, [200], 'VisitorSession', 'refresh');
    const again = world.rest.accepted<SubmitResult>(await world.post(fresh, submit), [200], 'SubmitResult', 'the same submit with a new token');
    expect(same(first, again), 'it became another event');
  }),
  core('S-5.2', 'a cmid of 8 to 64 letters, digits, _ and - is taken, another is refused', async (world) => {
    const visitor = await world.visitor();
    const { id } = await world.conversation(visitor);
    for (const cmid of ['aZ09_-zA', 'c'.repeat(64)]) await world.put(visitor, { ...world.message(id), cmid });
    for (const cmid of ['seven77', 'c'.repeat(65), 'a.dot.in.it', 'a:colon:in:it', 'ünïcode-letters', 'a space in it', '']) {
      world.rest.refused(await world.post(visitor, { ...world.message(id), cmid }), 422, ['invalid'], `a cmid of ${cmid.length} characters of another form`);
    }
  }),
  core('S-5.5', 'the same cmid with other content is refused', async (world) => {
    const visitor = await world.visitor();
    const { id } = await world.conversation(visitor);
    const submit = world.message(id);
    await world.put(visitor, submit);
    world.rest.refused(await world.post(visitor, { ...world.message(id), cmid: submit.cmid }), 422, ['cmid-reused'], 'another text under the same cmid');
    const socket = await world.live(visitor);
    socket.send({ t: 'submit', id: 2, d: { ...world.message(id), cmid: submit.cmid } });
    const reply = await socket.reply(2);
    expectEqual([reply.t, reply.t === 'err' ? reply.d.code : null], ['err', 'cmid-reused'], 'the same over the socket');
  }, { faults: [63] }),
  core('S-5.10', 'a closed conversation takes no message', async (world) => {
    const visitor = await world.visitor();
    const { id } = await world.conversation(visitor);
    const close = { stream: id, cmid: world.random.id('close-'), ev: { kind: 'close' as const } };
    const closed = await world.put(visitor, close);
    world.rest.refused(await world.post(visitor, world.message(id)), 409, ['closed-conversation'], 'a message after the end');
    const again = world.rest.accepted<SubmitResult>(await world.post(visitor, close), [200], 'SubmitResult', 'the same close again');
    expect(same(closed, again), 'the same close became another event');
    const next = await world.conversation(visitor);
    expect(next.id !== id, 'a new conversation has the id of the closed one');
  }),
  core('S-5.10', 'a visitor cannot do what only staff may', async (world) => {
    const visitor = await world.visitor();
    const { id } = await world.conversation(visitor);
    for (const kind of ['accept', 'assign', 'reopen'] as const) {
      world.rest.refused(await world.post(visitor, { stream: id, cmid: world.random.id(`${kind}-`), ev: { kind } }), 403, ['forbidden'], `\`${kind}\` by a visitor`);
    }
    const note = await world.post(visitor, { stream: `${id}.staff`, cmid: world.random.id('note-'), ev: { kind: 'note', text: 'x' } });
    world.rest.refused(note, note.status === 404 ? 404 : 403, ['forbidden', 'not-found'], 'a note by a visitor');
    const staff = await world.rest.request('GET', await world.address(`/streams/${id}.staff/events`), { token: visitor.accessToken });
    world.rest.refused(staff, staff.status === 404 ? 404 : 403, ['forbidden', 'not-found'], 'the staff stream to a visitor');
  }),
  core('S-5.10', 'an unknown kind is not supported', async (world) => {
    const visitor = await world.visitor();
    const { id } = await world.conversation(visitor);
    const answer = await world.rest.request('POST', await world.address(`/streams/${id}/events`), { token: visitor.accessToken, body: { cmid: world.random.id('kind-'), ev: { kind: 'x-kit.unknown' } } });
    world.rest.refused(answer, 501, ['not-supported'], 'an unknown kind');
  }),
  core('S-9.3', 'a text over the limit is refused and tells the limit', async (world) => {
    const { limits } = await world.discovery();
    const visitor = await world.visitor();
    const { id } = await world.conversation(visitor);
    await world.put(visitor, world.message(id, 'x'.repeat(limits.textChars)));
    const answer = await world.post(visitor, world.message(id, 'x'.repeat(limits.textChars + 1)));
    world.rest.refused(answer, 413, ['too-large'], 'one character more');
    expectEqual((answer.body as { readonly limit?: number }).limit, limits.textChars, '`limit`');
  }, { faults: [53] }),
  core('S-2.3', 'text that is no Unicode is refused, other text comes back as it was', async (world) => {
    const visitor = await world.visitor();
    const { id } = await world.conversation(visitor);
    world.rest.refused(await world.post(visitor, world.message(id, 'a\ud800b')), 422, ['invalid'], 'a lone surrogate');
    const text = '<b>1 < 2</b> &amp; 👩‍⚕️ مرحبا \u2028 "quotes" \\ __proto__';
    const { seq } = await world.put(visitor, world.message(id, text));
    const event = (await page(world, visitor, id, `after=${seq - 1}&limit=1`)).events[0];
    const part = event?.kind === 'message' && 'parts' in event.d ? event.d.parts[0] : undefined;
    expect(part?.kind === 'text' && 'text' in part && part.text === text, 'the text came back changed');
  }, { faults: [59] }),
];
