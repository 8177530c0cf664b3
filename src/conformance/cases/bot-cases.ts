/** Bots (§5.1), at a widget where one answers: its first turn comes by itself, and must have buttons, one of them with mode `once`. */
import type { ButtonsPart, WireEvent } from '../../protocol/types.js';
import { bot, type Case } from '../case.js';
import { expect, expectEqual, NotApplicable } from '../expect.js';
import type { KitSocket } from '../socket.js';
import type { Visitor, World } from '../world.js';
import { came, page } from './steps.js';

const isBot = ({ by }: WireEvent): boolean => by.role === 'bot';
const buttonsOf = (event: WireEvent): readonly ButtonsPart[] =>
  event.kind === 'message' && 'parts' in event.d ? event.d.parts.filter((part): part is ButtonsPart => part.kind === 'buttons') : [];

interface Asked {
  readonly visitor: Visitor;
  readonly stream: string;
  readonly socket: KitSocket;
  readonly turn: WireEvent;
  /** The part `once` of the turn. */
  readonly part: ButtonsPart;
}

/** Opens a conversation and waits for the bot's first buttons. */
async function asked(world: World): Promise<Asked> {
  if (!(await world.discovery()).caps.includes('bot.buttons')) throw new NotApplicable('capability `bot.buttons` is not served at this widget');
  const visitor = await world.visitor();
  const socket = await world.live({ ...visitor, caps: ['batch', 'typing', 'bot.buttons'] });
  const { id: stream } = await world.conversation(visitor);
  const turn = await came(socket, stream, (event) => isBot(event) && buttonsOf(event).length > 0);
  const part = buttonsOf(turn).find(({ mode }) => mode === 'once');
  if (!part) throw new NotApplicable('the first turn of the bot has no buttons of mode `once`');
  return { visitor, stream, socket, turn, part };
}

const action = (world: World, { stream, turn }: Pick<Asked, 'stream' | 'turn'>, buttonId: string, target = turn.seq) =>
  ({ stream, cmid: world.random.id('press-'), ev: { kind: 'action' as const, target, buttonId } });

/** A button that is an answer to the bot, or any that can be pressed. */
const answerOf = ({ buttons }: ButtonsPart): string => (buttons.find((button) => button.do === 'reply') ?? buttons.find((button) => button.do !== 'url' && button.do !== 'call'))!.id;
const personOf = (parts: readonly ButtonsPart[]) => parts.flatMap(({ buttons }) => buttons).find((button) => button.do === 'handoff');

/** Expects a person to have been asked for by the visitor, and the bot to have said nothing behind it. */
async function escalated(world: World, { visitor, stream, socket }: Asked): Promise<void> {
  const event = await came(socket, stream, ({ kind }) => kind === 'escalated');
  expectEqual([event.by.role, (event.d as { cause?: unknown }).cause], ['visitor', 'visitor'], 'author and cause of `escalated`');
  const { seq } = await world.put(visitor, world.message(stream));
  world.rest.refused(await world.post(visitor, { stream, cmid: world.random.id('again-'), ev: { kind: 'escalate' } }), 409, ['conflict'], 'a person asked for twice');
  await world.put(visitor, { stream, cmid: world.random.id('close-'), ev: { kind: 'close' } });
  const { events } = await page(world, visitor, stream, `after=${event.seq}`);
  expect(!events.some(isBot), 'the bot speaks behind `escalated`');
  const [next] = events;
  expectEqual([next?.kind, next?.by.role, next?.kind === 'assignment' && next.d.state], ['assignment', 'system', 'queued'], 'what follows `escalated`');
  expect(seq > event.seq + 1, 'the visitor\'s next message stands before the assignment');
}

/** The cases. */
export const botCases: readonly Case[] = [
  bot('S-5.11', 'a bot speaks as a bot, and its first message stands before its first buttons', async (world) => {
    const { visitor, stream, turn } = await asked(world);
    const { events } = await page(world, visitor, stream, 'after=0');
    const spoken = events.filter((event) => event.kind === 'message' && event.by.role !== 'visitor');
    expect(spoken.every(isBot), 'something said before staff came is not by the role `bot`');
    expect(spoken[0]!.seq < turn.seq, 'nothing is said before the first buttons');
    expectEqual(buttonsOf(spoken[0]!).length, 0, 'buttons of the first message');
  }),
  bot('S-5.12', 'the bot answers a visitor while nobody of staff does, and says before that it types', async (world) => {
    const { stream, socket, turn, part } = await asked(world);
    const button = part.buttons.find(({ do: does }) => does === 'reply');
    if (!button) throw new NotApplicable('no button of the first turn is an answer to the bot');
    const from = socket.frames.length;
    socket.send({ t: 'submit', id: 2, d: action(world, { stream, turn }, button.id) });
    expectEqual((await socket.reply(2)).t, 'ok', 'the answer to a press');
    const next = await came(socket, stream, (event) => event.seq > turn.seq && isBot(event));
    const typed = socket.frames.slice(from).some((frame) => frame.t === 'typing' && frame.d.on && frame.d.who === next.by.id);
    expect(typed, 'the bot answered, and was not said to type');
  }),
  bot('S-5.13', 'buttons have ids of their own, the same as text, and a way to a person', async (world) => {
    const { turn } = await asked(world);
    const parts = buttonsOf(turn);
    const ids = parts.flatMap(({ buttons }) => buttons.map(({ id }) => id));
    expectEqual(new Set(ids).size, ids.length, 'how many ids of buttons differ');
    for (const { fallback, buttons } of parts) for (const { label } of buttons) expect(fallback.includes(label), 'a button\'s label is not in `fallback`');
    expect(personOf(parts) !== undefined, 'no button leads to a person');
  }),
  bot('S-5.13', 'a number that is typed is as good as the press', async (world) => {
    const { visitor, stream, socket, turn, part } = await asked(world);
    const options = part.buttons.filter((button) => button.do !== 'url' && button.do !== 'call');
    const number = options.findIndex(({ id }) => id === answerOf(part)) + 1;
    await world.put(visitor, world.message(stream, String(number)));
    await came(socket, stream, (event) => event.seq > turn.seq && isBot(event));
  }),
  bot('S-5.13', 'a visitor cannot send buttons', async (world) => {
    const { visitor, stream, part } = await asked(world);
    const refusal = await world.post(visitor, { stream, cmid: world.random.id('msg-'), ev: { kind: 'message', parts: [part] } });
    world.rest.refused(refusal, 501, ['not-supported'], 'buttons of a visitor');
  }),
  bot('S-5.14', 'a press is an event with what the button says, and the same submit again is the same press', async (world) => {
    const seen = await asked(world);
    const { visitor, stream, socket, turn, part } = seen;
    const buttonId = answerOf(part);
    const submit = action(world, seen, buttonId);
    const { seq } = await world.put(visitor, submit);
    const event = await came(socket, stream, ({ kind }) => kind === 'action');
    expectEqual([event.seq, event.cmid, event.by.role], [seq, submit.cmid, 'visitor'], 'seq, cmid and author');
    expectEqual(event.d, { target: turn.seq, buttonId, label: part.buttons.find(({ id }) => id === buttonId)!.label }, 'body of `action`');
    expectEqual((await world.post(visitor, submit)).status, 200, 'status of the same submit again');
  }),
  bot('S-5.14', 'a button that is not of that message is refused', async (world) => {
    const seen = await asked(world);
    const { visitor, turn, part } = seen;
    world.rest.refused(await world.post(visitor, action(world, seen, 'no-such-button')), 422, ['invalid'], 'another button');
    for (const target of [1, turn.seq + 1000]) world.rest.refused(await world.post(visitor, action(world, seen, answerOf(part), target)), 422, ['invalid'], `a press on ${target}`);
  }),
  bot('S-5.14', 'of two tabs that press at once, one is refused with conflict, and so is every later press', async (world) => {
    const seen = await asked(world);
    const { visitor, stream, socket, part } = seen;
    const other = await world.live(visitor);
    const tabs = [socket, other];
    for (const [index, tab] of tabs.entries()) tab.send({ t: 'submit', id: 2 + index, d: action(world, seen, part.buttons[Math.min(index, part.buttons.length - 1)]!.id) });
    const replies = await Promise.all(tabs.map((tab, index) => tab.reply(2 + index)));
    expectEqual(replies.map((reply) => (reply.t === 'err' ? reply.d.code : reply.t)).sort(), ['conflict', 'ok'], 'the answers to both');
    world.rest.refused(await world.post(visitor, action(world, seen, answerOf(part))), 409, ['conflict'], 'a later press');
    const { events } = await page(world, visitor, stream, 'after=0');
    expectEqual(events.filter(({ kind }) => kind === 'action').length, 1, 'how many presses are in the log');
  }, { faults: [69] }),
  bot('S-5.15', 'a person who is asked for comes into the queue, and the bot is silent', async (world) => {
    const seen = await asked(world);
    await world.put(seen.visitor, { stream: seen.stream, cmid: world.random.id('person-'), ev: { kind: 'escalate', reason: 'kit' } });
    await escalated(world, seen);
  }),
  bot('S-5.15', 'the button that leads to a person is as good as asking', async (world) => {
    const seen = await asked(world);
    await world.put(seen.visitor, action(world, seen, personOf(buttonsOf(seen.turn))!.id));
    await escalated(world, seen);
  }),
];
