/** A guide answers in a conversation, over the bare wire. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { ActionBody, ButtonsPart, EscalatedBody, Part, WireEvent } from '../../../src/protocol/types.js';
import { guide, withBot } from '../../support/node/bot-config.js';
import { openServer, readAudit, type TestServer } from '../../support/node/test-server.js';
import { assertDone, assertRefused, call, connect, message, openConversation, openVisitor, post, signIn, type Person, type Socket } from '../../support/node/wire-client.js';

const partsOf = (event: WireEvent): readonly Part[] => (event.d as { parts: Part[] }).parts;
const wordsOf = (event: WireEvent): string => partsOf(event).map((part) => ('text' in part ? part.text : '')).join('');
const buttonsOf = (event: WireEvent): ButtonsPart | undefined => partsOf(event).find((part): part is ButtonsPart => part.kind === 'buttons');
const isTurn = (event: WireEvent): boolean => event.kind === 'message' && event.by.role === 'bot' && buttonsOf(event) !== undefined;

async function begin(t: Parameters<typeof openServer>[0], bot: Readonly<Record<string, unknown>> = { guide }, first?: string): Promise<{ server: TestServer; visitor: Person; patient: Socket; id: string; turn: WireEvent }> {
  const server = await openServer(t, { file: withBot(bot) });
  const visitor = await openVisitor(server.url);
  const patient = await connect(server.url, visitor);
  const { id } = await openConversation(server.url, visitor, { locale: 'en', ...(first !== undefined && { first: [{ kind: 'text', text: first }] }) });
  return { server, visitor, patient, id, turn: await patient.untilEvent(id, isTurn) };
}

/** The bot's turn behind an event. */
const turnAfter = (patient: Socket, id: string, seq: number): Promise<WireEvent> => patient.untilEvent(id, (event) => isTurn(event) && event.seq > seq);
const press = (patient: Socket, id: string, turn: WireEvent, buttonId: string, cmid?: string) => patient.submit(id, { kind: 'action', target: turn.seq, buttonId }, cmid);

test('the bot says that it is one before it says anything else, as `bot`, and that is in the audit log', async (t) => {
  const { server, patient, id, turn } = await begin(t);
  const spoken = patient.events(id).filter(({ by }) => by.role === 'bot');
  assert.match(wordsOf(spoken[0]!), /talking to a bot/);
  assert.deepEqual([spoken[0]!.by.name, spoken[1]], ['Clinic assistant', turn]);
  assert.equal(wordsOf(turn), 'What is it about?');
  const part = buttonsOf(turn)!;
  assert.deepEqual(part.buttons.map(({ id: button, do: does, to }) => [button, does, to]), [
    ['hello:hours', 'reply', undefined], ['hello:bills', 'department', 'billing'], ['hello:site', 'url', 'https://www.clinic.test/'], ['hello:person', 'handoff', undefined],
  ]);
  assert.equal(part.fallback, '(1) Opening hours (2) A bill (3) Somebody, please\nOur site: https://www.clinic.test/');
  assert.deepEqual((await readAudit(server)).filter(({ action }) => action === 'bot.disclose').map(({ target }) => target), [id]);
});

test('typing shows before the bot answers', async (t) => {
  const { patient, id, turn } = await begin(t);
  const from = patient.frames.length;
  assertDone(await press(patient, id, turn, 'hello:hours'));
  await turnAfter(patient, id, turn.seq);
  const told = patient.frames.slice(from).flatMap((frame) => (frame.t === 'typing' && frame.d.who === turn.by.id && frame.d.on ? ['typing'] : frame.t === 'event' && isTurn(frame.d) ? ['turn'] : []));
  assert.deepEqual(told, ['typing', 'turn']);
});

test('a pressed button is an event with its words, and leads to its step; every step has a way to a person', async (t) => {
  const { patient, id, turn } = await begin(t);
  assertDone(await press(patient, id, turn, 'hello:hours'));
  const pressed = await patient.untilEvent(id, ({ kind }) => kind === 'action');
  assert.deepEqual([pressed.d, pressed.by.role], [{ target: turn.seq, buttonId: 'hello:hours', label: 'Opening hours' } satisfies ActionBody, 'visitor']);
  const next = await turnAfter(patient, id, turn.seq);
  assert.equal(wordsOf(next), 'Monday to Friday, 8 to 18.');
  assert.deepEqual(buttonsOf(next)!.buttons.map(({ label, do: does }) => [label, does]), [['Back', 'reply'], ['Talk to a person', 'handoff']]);
});

test('only a button of that message can be pressed, `once` once, `many` again; the same submit again is the same press', async (t) => {
  const { patient, id, turn } = await begin(t);
  assertRefused(await press(patient, id, turn, 'hours:back'), 'invalid');
  assertRefused(await patient.submit(id, { kind: 'action', target: 1, buttonId: 'hello:hours' }), 'invalid');
  assertRefused(await patient.submit(id, { kind: 'action', target: 4000, buttonId: 'hello:hours' }), 'invalid');
  const cmid = 'press-once-0001';
  const both = await Promise.all([press(patient, id, turn, 'hello:hours', cmid), press(patient, id, turn, 'hello:hours', 'press-once-0002')]);
  assertDone(both[0]!);
  assertRefused(both[1]!, 'conflict');
  assertRefused(await press(patient, id, turn, 'hello:site'), 'conflict');
  assert.equal(assertDone(await press(patient, id, turn, 'hello:hours', cmid)).dup, true);
  const many = await turnAfter(patient, id, turn.seq);
  assertDone(await press(patient, id, many, 'hours:back'));
  assertDone(await press(patient, id, many, 'hours:back'));
});

test('number, words or a beginning of them are as good as a press; what is not understood is said, with the same buttons', async (t) => {
  const { patient, id, turn } = await begin(t);
  assertDone(await patient.submit(id, message('open')));
  const hours = await turnAfter(patient, id, turn.seq);
  assert.equal(wordsOf(hours), 'Monday to Friday, 8 to 18.');
  assertDone(await patient.submit(id, message('My knee hurts')));
  const again = await turnAfter(patient, id, hours.seq);
  assert.match(wordsOf(again), /did not understand/);
  assert.deepEqual(buttonsOf(again)!.buttons, buttonsOf(hours)!.buttons);
  assertDone(await patient.submit(id, message('1')));
  assert.equal(wordsOf(await turnAfter(patient, id, again.seq)), 'What is it about?');
});

const silentStep = { ...guide, steps: [...guide.steps.map((step) => (step.id === 'hours' ? { ...step, buttons: [{ id: 'end', label: { en: 'That is all' }, go: 'end' }] } : step)), { id: 'end', text: { en: 'Good bye.' } }] };

test('where nothing but a person is offered, what is not understood is answered with the ways on from the beginning', async (t) => {
  const { patient, id, turn } = await begin(t, { guide: silentStep });
  assertDone(await press(patient, id, turn, 'hello:hours'));
  const hours = await turnAfter(patient, id, turn.seq);
  assertDone(await press(patient, id, hours, 'hours:end'));
  const end = await turnAfter(patient, id, hours.seq);
  assert.deepEqual(buttonsOf(end)!.buttons.map(({ do: does }) => does), ['handoff']);
  assertDone(await patient.submit(id, message('My knee hurts')));
  const again = await turnAfter(patient, id, end.seq);
  assert.match(wordsOf(again), /did not understand/);
  assert.deepEqual(buttonsOf(again)!.buttons, buttonsOf(turn)!.buttons);
});

test('the clinic says what is answered to what is not understood, and after how many such answers in a row a person takes over', async (t) => {
  const own = { ...guide, notUnderstood: { text: { en: 'I only know these:', es: 'Solo conozco esto:' }, handOverAfter: 2, department: 'billing' } };
  const { patient, id, turn } = await begin(t, { guide: own }, 'Hello there');
  const say = async (text: string, after: WireEvent): Promise<WireEvent> => {
    assertDone(await patient.submit(id, message(text)));
    return turnAfter(patient, id, after.seq);
  };
  const first = await say('My knee hurts', turn);
  assert.equal(wordsOf(first), 'I only know these:');
  assert.deepEqual(buttonsOf(first)!.buttons, buttonsOf(turn)!.buttons);
  // What is understood begins the count anew.
  const hours = await say('open', first);
  const back = await say('1', await say('My knee!', hours));
  assert.equal(wordsOf(back), 'What is it about?');
  const second = await say('Still my knee', await say('My knee', back));
  assert.equal(wordsOf(second), 'I only know these:');
  assertDone(await patient.submit(id, message('MY KNEE')));
  const queued = await patient.untilEvent(id, (event) => event.kind === 'assignment' && event.seq > second.seq);
  assert.equal((queued.d as { departmentId?: string }).departmentId, 'billing');
  assert.equal(patient.events(id).filter((event) => isTurn(event) && event.seq > second.seq).length, 0);
});

test('what a patient wrote to open the chat is no answer to a question that had not been asked', async (t) => {
  const { patient, id, turn } = await begin(t, { guide }, 'My knee hurts');
  assertDone(await press(patient, id, turn, 'hello:hours'));
  await turnAfter(patient, id, turn.seq);
  assert.deepEqual(patient.events(id).filter(({ by }) => by.role === 'bot').map(wordsOf).slice(1), ['What is it about?', 'Monday to Friday, 8 to 18.']);
});

test('what a patient wrote to open the chat may name the first step', async (t) => {
  const { turn } = await begin(t, { guide }, 'opening hours?');
  assert.equal(wordsOf(turn), 'Monday to Friday, 8 to 18.');
});

for (const [how, ask] of [
  ['a button', (patient: Socket, id: string, turn: WireEvent) => press(patient, id, turn, 'hello:person')],
  ['a typed number', (patient: Socket, id: string) => patient.submit(id, message('3'))],
  ['`escalate`', (patient: Socket, id: string) => patient.submit(id, { kind: 'escalate', reason: 'please' })],
] as const) {
  test(`a person is asked for by ${how}, and the bot is silent from then on`, async (t) => {
    const { server, visitor, patient, id, turn } = await begin(t);
    assertDone(await ask(patient, id, turn));
    const escalated = await patient.untilEvent(id, ({ kind }) => kind === 'escalated');
    const queued = await patient.untilEvent(id, (event) => event.kind === 'assignment' && event.d.reason === 'escalated');
    assert.deepEqual([queued.seq - escalated.seq, queued.by.role], [1, 'system']);
    assertRefused(await patient.submit(id, { kind: 'escalate' }), 'conflict');
    assertDone(await patient.submit(id, message('1')));
    // Everything that was under way is written when the server has stopped.
    const { url } = await server.restart();
    const seen = await call<{ events: WireEvent[] }>(url, 'GET', `/v1/streams/${id}/events?after=${escalated.seq}`, { person: visitor });
    assert.deepEqual(seen.body.events.map(({ kind, by }) => [kind, by.role]), [['assignment', 'system'], ['message', 'visitor']]);
  });
}

test('a department\'s button puts the chat into that department\'s queue', async (t) => {
  const { server, patient, id, turn } = await begin(t);
  const cy = await connect(server.url, await signIn(server.url, 'cy@clinic.test'));
  assertDone(await press(patient, id, turn, 'hello:bills'));
  const { d } = await patient.untilEvent(id, ({ kind }) => kind === 'escalated');
  assert.deepEqual(d, { cause: 'visitor', departmentId: 'billing' } satisfies EscalatedBody);
  const { summary } = await cy.until('summary', (frame) => frame.summary?.id === id);
  assert.deepEqual([summary?.departmentId, summary?.bot, summary?.lastMessage?.text], ['billing', undefined, 'A bill']);
});

test('staff sees that a bot answers, may take the chat at any time, and the bot is silent then; given back, it does as configured', async (t) => {
  for (const [onReturn, speaks] of [['silent', false], ['resume', true]] as const) {
    const { server, patient, id, turn } = await begin(t, { guide, onReturn });
    const ana = await connect(server.url, await signIn(server.url, 'ana@clinic.test'));
    assert.equal(ana.welcome.desk?.list.find((one) => one.id === id)?.bot, true);
    assertDone(await ana.submit(id, { kind: 'accept' }));
    assertDone(await press(patient, id, turn, 'hello:hours'));
    assertDone(await patient.submit(id, message('Hello Ana')));
    const given = assertDone(await ana.submit(id, { kind: 'assign' }));
    const { summary } = await ana.until('summary', (frame) => frame.summary?.id === id && frame.summary.status === 'waiting' && frame.summary.head >= given.seq);
    assert.equal(summary?.bot, speaks ? true : undefined);
    if (speaks) await turnAfter(patient, id, given.seq);
    await server.close();
    const spoken = patient.events(id).filter(({ by, seq }) => by.role === 'bot' && seq > turn.seq).map((event) => [event.seq > given.seq, wordsOf(event).slice(0, 12)]);
    assert.deepEqual(spoken, speaks ? [[true, 'You are talk'], [true, 'What is it a']] : []);
  }
});

test('what was answered before a restart is not answered again', async (t) => {
  const { server, visitor, patient, id, turn } = await begin(t);
  assertDone(await press(patient, id, turn, 'hello:hours'));
  const seq = (await turnAfter(patient, id, turn.seq)).seq;
  const next = await server.restart();
  const tab = await connect(next.url, visitor);
  assertDone(await tab.submit(id, message('back')));
  const asked = await call<{ events: WireEvent[] }>(next.url, 'GET', `/v1/streams/${id}/events?after=0`, { person: visitor });
  assert.equal(asked.body.events.filter((event) => isTurn(event) && event.seq <= seq).length, 2);
});

test('the bot speaks the visitor\'s language where the guide does', async (t) => {
  const { url } = await openServer(t, { file: withBot({ guide }) });
  const visitor = await openVisitor(url);
  const patient = await connect(url, visitor);
  const { id } = await openConversation(url, visitor, { locale: 'es-MX' });
  const turn = await patient.untilEvent(id, isTurn);
  assert.deepEqual([wordsOf(turn), buttonsOf(turn)!.buttons[0]!.label], ['¿De qué se trata?', 'Horario']);
  assert.match(wordsOf(patient.events(id).find(({ by }) => by.role === 'bot')!), /hablando con un bot/);
});

test('where no bot answers there is no capability, nothing to press and nobody to be asked for', async (t) => {
  const { url } = await openServer(t);
  const visitor = await openVisitor(url);
  const { id } = await openConversation(url, visitor);
  assert.equal((await post(url, visitor, id, { kind: 'escalate' })).body.code, 'conflict');
  assert.equal((await post(url, visitor, id, { kind: 'action', target: 1, buttonId: 'a' })).body.code, 'invalid');
  const { body } = await call<{ caps: string[] }>(url, 'GET', '/.well-known/care-chat?widget=main', { origin: null });
  assert.ok(!body.caps.includes('bot.buttons'));
});

const listed = async (server: TestServer, id: string) => (await connect(server.url, await signIn(server.url, 'ana@clinic.test'))).welcome.desk?.list.find((one) => one.id === id);

test('the desk lists what the patient said last, and nothing that the bot says', async (t) => {
  const { server, patient, id, turn } = await begin(t);
  assert.equal((await listed(server, id))?.lastMessage, undefined, 'only the bot has spoken');
  assertDone(await patient.submit(id, message('My knee hurts')));
  await turnAfter(patient, id, turn.seq);
  const { text, by } = (await listed(server, id))!.lastMessage!;
  assert.deepEqual([text, by.role], ['My knee hurts', 'visitor']);
});

test('words with a red flag are not answered by "I did not understand": a person is asked for', async (t) => {
  for (const first of [undefined, 'I want to die']) {
    const { server, patient, id } = first === undefined ? await begin(t) : await (async () => {
      const opened = await openServer(t, { file: withBot({ guide }) });
      const visitor = await openVisitor(opened.url);
      const person = await connect(opened.url, visitor);
      const { id: opening } = await openConversation(opened.url, visitor, { locale: 'en', first: [{ kind: 'text', text: first }] });
      return { server: opened, patient: person, id: opening };
    })();
    if (first === undefined) assertDone(await patient.submit(id, message('I want to die')));
    const { by, d } = await patient.untilEvent(id, ({ kind }) => kind === 'escalated');
    assert.deepEqual([by.role, (d as EscalatedBody).cause], ['bot', 'bot']);
    const said = patient.events(id).filter((event) => event.by.role === 'bot' && event.kind === 'message').map(wordsOf);
    assert.match(said[0]!, /talking to a bot/);
    assert.match(said.at(-1)!, /asked for a person/);
    assert.ok(said.every((words) => !/did not understand/.test(words)));
    const summary = await listed(server, id);
    assert.deepEqual([summary?.bot, summary?.lastMessage?.text], [undefined, 'I want to die']);
  }
});

test('a clinic\'s own phrases are heard too, and where red flags are off none is', async (t) => {
  for (const [redFlags, words, isAsked] of [[{ add: { en: { crisis: ['purple monday'] } } }, 'it is a purple Monday', true], [false, 'I want to die', false]] as const) {
    const file = withBot({ guide });
    const server = await openServer(t, { file: { ...file, widgets: file.widgets.map((widget) => ({ ...widget, redFlags })) } });
    const visitor = await openVisitor(server.url);
    const patient = await connect(server.url, visitor);
    const { id } = await openConversation(server.url, visitor, { locale: 'en' });
    const turn = await patient.untilEvent(id, isTurn);
    assertDone(await patient.submit(id, message(words)));
    if (isAsked) await patient.untilEvent(id, ({ kind }) => kind === 'escalated');
    else assert.match(wordsOf(await turnAfter(patient, id, turn.seq)), /did not understand/);
  }
});
