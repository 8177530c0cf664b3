/** Co-browse and its relay (README §14), at a widget that has it on. Needs an account. What is sent here is not sealed: the relay must not know the difference. */
import { createECDH, randomUUID } from 'node:crypto';
import type { CobrowseBody, CobrowseSubmit, Conversation, RelayGrant, SubmitResult } from '../../protocol/types.js';
import { caseOf, type Case } from '../case.js';
import { NotApplicable, expect, expectEqual } from '../expect.js';
import { openRelay, type KitRelay } from '../relay.js';
import type { KitAnswer } from '../rest.js';
import type { Visitor, World } from '../world.js';
import { accepted, done, signIn, submit, type Desk } from './desk-cases.js';
import { came, page } from './steps.js';

const relay = caseOf('relay');

interface Scene {
  readonly agent: Desk;
  readonly visitor: Visitor;
  readonly conversation: Conversation;
  readonly session: string;
  readonly key: string;
}

type Sent = Omit<CobrowseSubmit, 'kind'>;

const newKey = (): string => createECDH('prime256v1').generateKeys('base64url', 'uncompressed');
const consent = { purpose: 'cobrowse', version: '1', granted: true, textHash: 'a'.repeat(64), locale: 'en' };

/** An open conversation of the agent, where the widget has co-browse on. */
async function begin(world: World): Promise<Scene> {
  if (!(await world.discovery()).caps.includes('cobrowse')) throw new NotApplicable('capability `cobrowse` is not served at this widget');
  const agent = await signIn(world);
  return { agent, ...await accepted(world, agent), session: randomUUID(), key: newKey() };
}

const say = async (world: World, who: { readonly accessToken: string }, { conversation }: Scene, said: Sent): Promise<KitAnswer> =>
  world.post(who, { stream: conversation.id, cmid: world.random.id('co-'), ev: { kind: 'cobrowse', ...said } });

async function told(world: World, who: { readonly accessToken: string }, scene: Scene, said: Sent): Promise<void> {
  world.rest.accepted<SubmitResult>(await say(world, who, scene, said), [201], 'SubmitResult', said.state);
}

const request = (world: World, scene: Scene, more: Partial<Sent> = {}): Promise<void> =>
  told(world, scene.agent, scene, { session: scene.session, state: 'requested', key: scene.key, minutes: 30, ...more });

const grant = (world: World, scene: Scene, more: Partial<Sent> = {}): Promise<void> =>
  told(world, scene.visitor, scene, { session: scene.session, state: 'granted', key: newKey(), consent, ...more });

const newest = async (world: World, { visitor, conversation }: Scene): Promise<CobrowseBody> => {
  const event = (await page(world, visitor, conversation.id, 'limit=50')).events.filter(({ kind }) => kind === 'cobrowse').at(-1);
  return event?.d as CobrowseBody;
};

function refusedWith(world: World, answer: KitAnswer, status: number, code: string, detail?: string): void {
  world.rest.refused(answer, status, [code], 'co-browse');
  const { errors = [] } = answer.body as { readonly errors?: readonly { readonly code: string }[] };
  if (detail !== undefined) expect(errors.some((one) => one.code === detail), `expected \`${detail}\` in \`errors\`, got ${errors.map((one) => one.code).join(', ') || 'none'}`);
}

const ask = async (world: World, who: { readonly accessToken: string }, { conversation, session }: Scene): Promise<KitAnswer> =>
  world.rest.request('POST', await world.address(`/conversations/${conversation.id}/relay`), { token: who.accessToken, body: { session } });

const grantOf = async (world: World, who: { readonly accessToken: string }, scene: Scene): Promise<RelayGrant> =>
  world.rest.accepted<RelayGrant>(await ask(world, who, scene), [201], 'RelayGrant', 'the relay');

async function silent(world: World, url: string): Promise<KitRelay> {
  const opened = await openRelay(url, world);
  expect(!('refused' in opened), 'the upgrade of the relay was refused');
  return opened;
}

async function joined(world: World, who: { readonly accessToken: string }, scene: Scene): Promise<KitRelay> {
  const { token, url } = await grantOf(world, who, scene);
  const socket = await silent(world, url);
  socket.send(JSON.stringify({ token }));
  await socket.notice(({ t }) => t === 'peer');
  return socket;
}

/** Both sides in the relay. */
async function both(world: World): Promise<Scene & { readonly patient: KitRelay; readonly nurse: KitRelay }> {
  const scene = await begin(world);
  await request(world, scene);
  await grant(world, scene);
  const [patient, nurse] = [await joined(world, scene.visitor, scene), await joined(world, scene.agent, scene)];
  for (const side of [patient, nurse]) await side.notice((notice) => notice.t === 'peer' && notice.on);
  return { ...scene, patient, nurse };
}

/** Leaves nothing open. */
async function leave(world: World, scene: Scene, ...sockets: readonly KitRelay[]): Promise<void> {
  for (const socket of sockets) socket.close();
  await done(world, scene.agent, scene.conversation);
}

async function endedWith(socket: KitRelay, reason: string, code?: number): Promise<void> {
  const notice = await socket.notice(({ t }) => t === 'end');
  expectEqual(notice.t === 'end' && notice.reason, reason, 'reason of `end`');
  const closed = await socket.closed();
  if (code !== undefined) expectEqual(closed, code, 'close code');
}

/** The cases, in the order of the specification. */
export const relayCases: readonly Case[] = [
  relay('S-14.1', 'the capability is said in the welcome of a visitor and of an agent', async (world) => {
    const scene = await begin(world);
    for (const who of [scene.visitor, scene.agent]) {
      const welcome = await (await world.silent()).hello({ ...who, caps: ['cobrowse'] });
      expect(welcome.caps.includes('cobrowse'), '`welcome.caps` lacks `cobrowse`');
    }
    await leave(world, scene);
  }),
  relay('S-14.2', 'what is agreed are events, told to the visitor', async (world) => {
    const scene = await begin(world);
    const socket = await world.live(scene.visitor);
    await request(world, scene);
    const { by, d } = await came(socket, scene.conversation.id, ({ kind }) => kind === 'cobrowse');
    expectEqual(by.role, 'agent', 'who asks');
    const { session, state, key, minutes } = d as CobrowseBody;
    expectEqual([session, state, key], [scene.session, 'requested', scene.key], 'the request');
    expect(minutes !== undefined && minutes <= 30, 'the event does not say for how long');
    await leave(world, scene);
  }),
  relay('S-14.3', 'only the agent asks, once at a time', async (world) => {
    const scene = await begin(world);
    const asking: Sent = { session: scene.session, state: 'requested', key: scene.key, minutes: 30 };
    refusedWith(world, await say(world, scene.visitor, scene, asking), 403, 'forbidden');
    refusedWith(world, await say(world, scene.agent, scene, { session: scene.session, state: 'requested', minutes: 30 }), 422, 'invalid');
    await request(world, scene);
    refusedWith(world, await say(world, scene.agent, scene, { ...asking, session: randomUUID() }), 409, 'conflict', 'busy');
    await leave(world, scene);
  }),
  relay('S-14.3', 'who has declined twice is not asked again', async (world) => {
    const scene = await begin(world);
    for (const reason of ['patient', 'timeout'] as const) {
      const session = randomUUID();
      await request(world, scene, { session });
      await told(world, scene.visitor, scene, { session, state: 'declined', reason });
    }
    refusedWith(world, await say(world, scene.agent, scene, { session: randomUUID(), state: 'requested', key: scene.key, minutes: 30 }), 409, 'conflict', 'declined-twice');
    await leave(world, scene);
  }),
  relay('S-14.4', 'only the visitor grants, what was asked, with a consent', async (world) => {
    const scene = await begin(world);
    const granting: Sent = { session: scene.session, state: 'granted', key: newKey(), consent };
    refusedWith(world, await say(world, scene.visitor, scene, granting), 409, 'conflict', 'not-requested');
    await request(world, scene);
    refusedWith(world, await say(world, scene.agent, scene, granting), 403, 'forbidden');
    refusedWith(world, await say(world, scene.visitor, scene, { ...granting, consent: { ...consent, granted: false } }), 403, 'consent-required');
    await grant(world, scene);
    expectEqual((await newest(world, scene)).consent?.textHash, consent.textHash, 'the consent on record');
    await leave(world, scene);
  }),
  relay('S-14.5', 'either ends it, once; so does the end of the conversation', async (world) => {
    const scene = await begin(world);
    await request(world, scene);
    await told(world, scene.agent, scene, { session: scene.session, state: 'ended', reason: 'nurse' });
    refusedWith(world, await say(world, scene.visitor, scene, { session: scene.session, state: 'ended', reason: 'stopped' }), 409, 'conflict', 'over');
    const session = randomUUID();
    await request(world, scene, { session });
    await grant(world, scene, { session });
    await done(world, scene.agent, scene.conversation);
    const { state, reason, session: over } = await newest(world, scene);
    expectEqual([over, state, reason], [session, 'ended', 'closed'], 'the last word');
  }),
  relay('S-14.5', 'a conversation that goes back to the queue takes nothing along', async (world) => {
    const scene = await both(world);
    world.rest.accepted<SubmitResult>(await submit(world, scene.agent, scene.conversation.id, { kind: 'assign' }), [201], 'SubmitResult', 'assign');
    for (const side of [scene.patient, scene.nurse]) await endedWith(side, 'ended');
    expectEqual((await newest(world, scene)).reason, 'closed', 'reason');
    await submit(world, scene.agent, scene.conversation.id, { kind: 'close' });
  }),
  relay('S-14.5', 'who logs out shows nothing more', async (world) => {
    const scene = await both(world);
    await world.rest.request('DELETE', await world.address('/sessions/current'), { token: scene.visitor.accessToken });
    for (const side of [scene.patient, scene.nurse]) await endedWith(side, 'ended');
    await leave(world, scene);
  }),
  relay('S-14.6', 'it goes on from the page that was left, and from no other end', async (world) => {
    const scene = await begin(world);
    await request(world, scene);
    await grant(world, scene);
    await told(world, scene.visitor, scene, { session: scene.session, state: 'ended', reason: 'left' });
    const left = await newest(world, scene);
    expectEqual(left.key, scene.key, 'the key in the end');
    const [next, more] = [randomUUID(), { key: newKey(), consent }];
    refusedWith(world, await say(world, scene.visitor, scene, { session: next, state: 'granted', resumes: randomUUID(), ...more }), 409, 'conflict', 'cannot-resume');
    await grant(world, scene, { session: next, resumes: scene.session });
    await told(world, scene.visitor, scene, { session: next, state: 'ended', reason: 'stopped' });
    refusedWith(world, await say(world, scene.visitor, scene, { session: randomUUID(), state: 'granted', resumes: next, ...more }), 409, 'conflict', 'cannot-resume');
    await leave(world, scene);
  }),
  relay('S-14.7', 'a token is for both sides of what is granted, and for nobody else', async (world) => {
    const scene = await begin(world);
    await request(world, scene);
    for (const who of [scene.visitor, scene.agent]) refusedWith(world, await ask(world, who, scene), 409, 'conflict', 'not-granted');
    await grant(world, scene);
    for (const who of [scene.visitor, scene.agent]) await grantOf(world, who, scene);
    world.rest.refused(await ask(world, await world.visitor(), scene), 404, ['not-found'], 'a stranger');
    await leave(world, scene);
  }),
  relay('S-14.8', 'a token opens the relay once', async (world) => {
    const scene = await begin(world);
    await request(world, scene);
    await grant(world, scene);
    const { token, url } = await grantOf(world, scene.visitor, scene);
    const [first, second, third] = [await silent(world, url), await silent(world, url), await silent(world, url)];
    first.send(JSON.stringify({ token }));
    await first.notice(({ t }) => t === 'peer');
    second.send(JSON.stringify({ token }));
    await endedWith(second, 'refused', 4401);
    third.send(Uint8Array.of(1, 2, 3));
    await endedWith(third, 'refused', 4401);
    const again = await joined(world, scene.visitor, scene);
    await endedWith(first, 'replaced');
    await leave(world, scene, again);
  }),
  relay('S-14.8', 'a page of another origin does not open the relay', async (world) => {
    const scene = await begin(world);
    await request(world, scene);
    await grant(world, scene);
    const { url } = await grantOf(world, scene.visitor, scene);
    const opened = await openRelay(url, { ...world, origin: 'https://elsewhere.invalid' });
    expectEqual('refused' in opened && opened.refused, 403, 'status of the upgrade');
    await leave(world, scene);
  }),
  relay('S-14.9', 'bytes go to the other side, in order, unchanged, and to nobody else', async (world) => {
    const scene = await both(world);
    const sent = [0, 1, 2, 65_536].map((length, n) => new Uint8Array(length).fill(n + 1));
    for (const bytes of sent) scene.patient.send(bytes);
    await scene.nurse.received(sent.length);
    expect(sent.every((bytes, n) => Buffer.compare(bytes, scene.nurse.messages[n]!) === 0), 'a message came changed, or out of order');
    expectEqual(scene.patient.messages.length, 0, 'messages that came back');
    scene.nurse.send(Uint8Array.of(7));
    await scene.patient.received(1);
    scene.nurse.close();
    await scene.patient.notice((notice) => notice.t === 'peer' && !notice.on);
    const { events } = await page(world, scene.visitor, scene.conversation.id, 'limit=50');
    expectEqual(events.filter(({ kind }) => kind === 'cobrowse').map(({ d }) => (d as CobrowseBody).state), ['requested', 'granted'], 'what the log holds');
    await leave(world, scene, scene.patient);
  }),
  relay('S-14.10', 'a message over 64 KiB ends the session', async (world) => {
    const scene = await both(world);
    scene.patient.send(new Uint8Array(65_537));
    for (const side of [scene.patient, scene.nurse]) await endedWith(side, 'rate', 4429);
    await leave(world, scene);
  }),
  relay('S-14.10', 'who sends more than is allowed ends the session, and no message of the chat waits for it', async (world) => {
    const scene = await both(world);
    const socket = await world.live(scene.visitor);
    for (let n = 0; n < 64; n++) scene.patient.send(new Uint8Array(65_000));
    for (const side of [scene.patient, scene.nurse]) await endedWith(side, 'rate', 4429);
    const { seq } = await world.put(scene.visitor, world.message(scene.conversation.id));
    await came(socket, scene.conversation.id, (event) => event.seq === seq);
    await came(socket, scene.conversation.id, (event) => event.kind === 'cobrowse' && event.d.reason === 'rate');
    await leave(world, scene);
  }, { faults: [61] }),
  relay('S-14.11', 'when the visitor stops, nothing more is passed', async (world) => {
    const scene = await both(world);
    const unused = await grantOf(world, scene.agent, scene);
    await told(world, scene.visitor, scene, { session: scene.session, state: 'ended', reason: 'stopped' });
    const before = scene.nurse.messages.length;
    scene.patient.send(Uint8Array.of(1));
    for (const side of [scene.patient, scene.nurse]) await endedWith(side, 'ended');
    expectEqual(scene.nurse.messages.length, before, 'messages after the end');
    const late = await silent(world, unused.url);
    late.send(JSON.stringify({ token: unused.token }));
    await endedWith(late, 'refused', 4401);
    await leave(world, scene);
  }, { faults: [61] }),
];
