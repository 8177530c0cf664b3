/** What staff does, as the visitor sees it (README §3 to §8). Staff is played by the vendor's adapter, so that a backend needs no desk profile for it. */
import type { Availability, Conversation } from '../../protocol/types.js';
import { core, type Case } from '../case.js';
import { NotApplicable, expect, expectEqual } from '../expect.js';
import type { Visitor, World } from '../world.js';
import { came, page, talk } from './steps.js';

async function statusOf(world: World, visitor: Visitor, id: string): Promise<string> {
  const answer = await world.rest.request('GET', await world.address(`/conversations/${id}`), { token: visitor.accessToken });
  return world.rest.accepted<Conversation>(answer, [200], 'Conversation', 'the conversation').state.status;
}

/** The cases, in the order of the specification. */
export const staffCases: readonly Case[] = [
  core('S-4.7', 'what staff writes comes with its author, and without cmid or device', async (world) => {
    const { visitor, cursor } = await talk(world, 1);
    const socket = await world.live(visitor);
    const text = world.random.id('from staff ');
    await world.adapter.call('agentSend', { conversationId: cursor.stream, text });
    const live = await came(socket, cursor.stream, ({ kind, by }) => kind === 'message' && by.role === 'agent');
    const kept = (await page(world, visitor, cursor.stream, `after=${cursor.seq}`)).events.find(({ seq }) => seq === live.seq);
    for (const event of [live, kept]) {
      expectEqual([event?.by.role, event?.cmid, event?.dev], ['agent', undefined, undefined], 'author, cmid and dev');
      const [part] = event?.kind === 'message' && 'parts' in event.d ? event.d.parts : [];
      expect(part?.kind === 'text' && 'text' in part && part.text === text, 'the text came changed');
    }
    expect(live.by.id !== visitor.visitorId, 'the author has the visitor\'s id');
  }, { needs: ['agentSend'] }),
  core('S-4.14', 'that staff takes and returns a conversation is told by events', async (world) => {
    const { visitor, cursor } = await talk(world, 1);
    const socket = await world.live(visitor);
    for (const [operation, assignment, status] of [['assign', 'assigned', 'open'], ['transfer', 'queued', 'waiting']] as const) {
      const { head } = await page(world, visitor, cursor.stream, 'limit=1');
      await world.adapter.call(operation, { conversationId: cursor.stream });
      await came(socket, cursor.stream, (event) => event.seq > head && event.kind === 'assignment' && event.d.state === assignment);
      await came(socket, cursor.stream, (event) => event.seq > head && event.kind === 'status' && event.d.status === status);
      await came(socket, 'self', (event) => event.kind === 'conversation.updated' && event.d.conversationId === cursor.stream && event.d.status === status);
      expectEqual(await statusOf(world, visitor, cursor.stream), status, `status after \`${operation}\``);
    }
  }, { needs: ['assign', 'transfer'] }),
  core('S-5.10', 'a conversation that staff has ended takes no message, and another can be opened', async (world) => {
    const { visitor, cursor } = await talk(world, 1);
    const socket = await world.live(visitor);
    await world.adapter.call('close', { conversationId: cursor.stream });
    const { by } = await came(socket, cursor.stream, (event) => event.kind === 'status' && event.d.status === 'closed');
    expect(by.role !== 'visitor', 'the end is by the visitor');
    world.rest.refused(await world.post(visitor, world.message(cursor.stream)), 409, ['closed-conversation'], 'a message after the end');
    expectEqual(await statusOf(world, visitor, cursor.stream), 'closed', 'status');
    const followed = (await (await world.silent()).hello(visitor)).streams.map(({ stream }) => stream);
    expect(!followed.includes(cursor.stream), 'a conversation that was ended is followed by `welcome`');
    expect((await world.conversation(visitor)).id !== cursor.stream, 'another conversation has the id of the one that was ended');
  }, { needs: ['close'] }),
  core('S-8.11', 'that staff types is told, and leaves nothing in the log', async (world) => {
    if (!(await world.discovery()).caps.includes('typing')) throw new NotApplicable('capability `typing` is not served');
    const { visitor, cursor } = await talk(world, 1);
    await world.adapter.call('assign', { conversationId: cursor.stream });
    const { head } = await page(world, visitor, cursor.stream, 'limit=1');
    const socket = await world.live({ ...visitor, caps: ['batch', 'typing'] });
    await world.adapter.call('typing', { conversationId: cursor.stream, on: true });
    const { d } = await socket.next('typing', (frame) => frame.d.stream === cursor.stream && frame.d.on);
    expect(d.who !== visitor.visitorId, 'the visitor is told of the visitor\'s own typing');
    await world.adapter.call('typing', { conversationId: cursor.stream, on: false });
    expectEqual((await world.put(visitor, world.message(cursor.stream))).seq, head + 1, 'seq of the next message');
  }, { needs: ['assign', 'typing'] }),
  core('S-8.12', 'that staff comes and goes is told as presence, each time with a larger v', async (world) => {
    await world.adapter.call('setAvailability', { state: 'online' });
    const socket = await world.live(await world.visitor());
    const { id } = (await world.discovery()).widget;
    let v = 0;
    for (const state of ['away', 'online'] as const) {
      await world.adapter.call('setAvailability', { state });
      const { d } = await socket.next('presence', (frame) => frame.d.v > v && (frame.d.state === 'online') === (state === 'online'));
      const asked = await world.rest.request('GET', `${await world.address('/availability')}?widget=${encodeURIComponent(id)}`);
      const now = world.rest.accepted<Availability>(asked, [200], 'Availability', 'availability');
      expectEqual(now.state, d.state, 'state by REST and by `presence`');
      expect(now.v >= d.v, '`v` of a later snapshot is smaller');
      ({ v } = d);
    }
  }, { needs: ['setAvailability'] }),
];
