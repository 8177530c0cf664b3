/** Forms of a widget by their id: before a chat in place of what is asked there, and within it, where a guide goes on once they were answered. */
import assert from 'node:assert/strict';
import { describe, it, type TestContext } from 'node:test';
import { answerForm } from '../../src/conformance/answer-form.js';
import type { ButtonsPart, Discovery, FormAnsweredBody, FormContent, Problem, SubmitEvent, WireEvent } from '../../src/protocol/types.js';
import { parseConfig } from '../../src/server/config/parse.js';
import { withBot } from '../support/node/bot-config.js';
import { openServer, pageOrigin, plainConfig } from '../support/node/test-server.js';
import { assertDone, assertRefused as assertCode, call, connect, message, openConversation, openVisitor, signIn } from '../support/node/wire-client.js';

const form = (name: string, linkId = name) => ({ resourceType: 'Questionnaire', url: `urn:test:${name}`, version: '1', title: `Form ${name}`, status: 'active', item: [{ linkId, text: `Text of ${linkId}`, type: 'string', required: true }] });
const forms = { intake: form('intake'), refill: form('refill') };
const guide = {
  start: 'hello',
  steps: [
    { id: 'hello', text: { en: 'What is it about?' }, buttons: [{ id: 'fill', label: { en: 'Answer some questions' }, form: 'intake', go: 'thanks' }, { id: 'other', label: { en: 'Something else' }, go: 'thanks' }] },
    { id: 'thanks', text: { en: 'Thank you.' }, buttons: [{ id: 'more', label: { en: 'A refill' }, form: 'refill' }] },
  ],
};
const withForms = (more: object = {}) => ({ ...plainConfig, widgets: [{ ...plainConfig.widgets[0]!, forms, ...more }, plainConfig.widgets[1]!] });
const inChat = (id: keyof typeof forms, more: Partial<FormAnsweredBody> = {}): FormAnsweredBody => ({ ...answerForm(forms[id], 'in-chat'), ...more });

/** Refused with this code, and a mistake at this place. */
function assertRefused(reply: Parameters<typeof assertCode>[0], code: string, pointer?: string): void {
  assertCode(reply, code);
  const { errors = [] } = ('d' in reply ? reply.d : reply.body) as Problem;
  if (pointer !== undefined) assert.ok(errors.some((error) => error.pointer.endsWith(pointer)), JSON.stringify(errors));
}

const partOf = (event: WireEvent): ButtonsPart | undefined => (event.d as { parts?: readonly { kind: string }[] }).parts?.find((part): part is ButtonsPart => part.kind === 'buttons');
const textOf = (event: WireEvent): string => (event.d as { parts: { text?: string }[] }).parts.map(({ text = '' }) => text).join('');
const isTurn = (event: WireEvent): boolean => event.kind === 'message' && event.by.role === 'bot' && partOf(event) !== undefined;

async function begin(t: TestContext, bot: Readonly<Record<string, unknown>> = { guide }) {
  const file = withBot(bot) as typeof plainConfig;
  const server = await openServer(t, { file: { ...file, widgets: [{ ...file.widgets[0]!, forms }, ...file.widgets.slice(1)] } });
  const visitor = await openVisitor(server.url);
  const patient = await connect(server.url, visitor);
  const { id, epoch } = await openConversation(server.url, visitor, { locale: 'en' });
  const turn = await patient.untilEvent(id, isTurn);
  const after = (seq: number): Promise<WireEvent> => patient.untilEvent(id, (event) => isTurn(event) && event.seq > seq);
  return { server, visitor, patient, id, epoch, turn, after };
}

describe('forms of a widget', () => {
  it('are named in discovery and read without a session, by the pages that may', async (t) => {
    const { url } = await openServer(t, { file: withForms() });
    const { body } = await call<Discovery>(url, 'GET', '/.well-known/care-chat?widget=main', { origin: pageOrigin });
    assert.deepEqual(body.widget.forms, ['intake', 'refill']);
    assert.deepEqual((await call<FormContent>(url, 'GET', '/v1/forms/intake?widget=main', { origin: pageOrigin })).body, { questionnaire: forms.intake });
    assert.equal((await call(url, 'GET', '/v1/forms/other?widget=main')).status, 404);
    assert.equal((await call(url, 'GET', '/v1/forms/intake?widget=second')).status, 404);
    assert.equal((await call(url, 'GET', '/v1/forms/intake?widget=main', { origin: 'https://second.test' })).status, 403);
  });

  it('may be answered before a chat in place of what is asked there, and where nothing is', async (t) => {
    const { url } = await openServer(t, { file: withForms({ preChat: form('general') }) });
    const open = async (preChat?: FormAnsweredBody) => call(url, 'POST', '/v1/conversations', { person: await openVisitor(url), body: { cmid: 'open-with-a-form', ...(preChat && { preChat }) } });
    assert.equal((await open(answerForm(forms.intake))).status, 201);
    assert.equal((await open(answerForm(form('general')))).status, 201);
    assertRefused(await open(answerForm(form('unheard-of'))), 'form-version');
    assertRefused(await open(inChat('intake')), 'invalid', '/preChat/purpose');
    assertRefused(await open({ ...answerForm(forms.intake), response: { ...answerForm(forms.intake).response, item: [] } }), 'invalid');
    assertRefused(await open(), 'invalid', '/preChat');
    const { url: bare } = await openServer(t, { file: withForms() });
    assert.equal((await call(bare, 'POST', '/v1/conversations', { person: await openVisitor(bare), body: { cmid: 'open-with-a-form', preChat: answerForm(forms.intake) } })).status, 201);
  });

  it('are answered within a chat, once per button; the guide goes on at the step behind it, and staff see them', async (t) => {
    const { server, patient, id, epoch, turn, after } = await begin(t);
    const button = partOf(turn)!.buttons[0]!;
    assert.deepEqual([button.do, button.to], ['form', 'intake']);
    const body = inChat('intake', { asked: { target: turn.seq, buttonId: button.id } });
    assertDone(await patient.submit(id, { kind: 'form', form: body }, 'answered-once'));
    const next = await after(turn.seq);
    assert.equal(textOf(next), 'Thank you.');
    // Said again after a lost answer: the same event, and the guide does not go on twice.
    assertDone(await patient.submit(id, { kind: 'form', form: body }, 'answered-once'));
    assertRefused(await patient.submit(id, { kind: 'form', form: body }), 'conflict', '/ev/form/asked');
    assertRefused(await patient.submit(id, { kind: 'action', target: turn.seq, buttonId: 'hello:other' }), 'conflict');
    const desk = await connect(server.url, await signIn(server.url, 'ana@clinic.test'));
    await desk.request({ t: 'sub', d: { stream: id, epoch, seq: 0 } });
    assert.deepEqual((await desk.untilEvent(id, ({ kind }) => kind === 'form.answered')).d, body);
    assert.equal(patient.events(id).filter((event) => isTurn(event)).length, 2);
  });

  it('that lead nowhere leave the guide silent; without a button they may come too', async (t) => {
    const { patient, id, turn, after } = await begin(t);
    assertDone(await patient.submit(id, { kind: 'form', form: inChat('refill') }));
    assertDone(await patient.submit(id, { kind: 'action', target: turn.seq, buttonId: 'hello:other' }));
    const thanks = await after(turn.seq);
    assertDone(await patient.submit(id, { kind: 'form', form: inChat('refill', { asked: { target: thanks.seq, buttonId: 'thanks:more' } }) }));
    assertDone(await patient.submit(id, message('Hello?')));
    const last = await after(thanks.seq);
    assert.match(textOf(last), /did not understand/);
    assert.equal(patient.events(id).filter(isTurn).length, 3);
  });

  it('of another version, for another button or with nothing in it are refused; a closed chat takes none', async (t) => {
    const { patient, id, turn } = await begin(t);
    const submit = (body: FormAnsweredBody) => patient.submit(id, { kind: 'form', form: body });
    const asked = (buttonId: string, target = turn.seq) => ({ asked: { target, buttonId } });
    assertRefused(await submit(answerForm(form('unheard-of'), 'in-chat')), 'form-version');
    assertRefused(await submit(inChat('refill', asked('hello:fill'))), 'invalid', '/ev/form/asked/buttonId');
    assertRefused(await submit(inChat('intake', asked('hello:other'))), 'invalid', '/ev/form/asked/buttonId');
    assertRefused(await submit(inChat('intake', asked('hello:nothing'))), 'invalid', '/ev/form/asked/buttonId');
    assertRefused(await submit(inChat('intake', asked('hello:fill', 1))), 'invalid', '/ev/form/asked/target');
    assertRefused(await submit({ ...inChat('intake'), response: { ...inChat('intake').response, item: [] } }), 'invalid');
    assertRefused(await submit({ ...inChat('intake'), purpose: 'pre-chat' }), 'invalid', '/ev/form/purpose');
    assertDone(await patient.submit(id, { kind: 'close' }));
    assertRefused(await submit(inChat('intake', asked('hello:fill'))), 'closed-conversation');
  });

  it('whose button is named in words is offered again: only who presses it can answer', async (t) => {
    const { patient, id, turn, after } = await begin(t);
    assertDone(await patient.submit(id, message('answer some')));
    const again = await after(turn.seq);
    assert.match(textOf(again), /press the button/);
    assert.deepEqual(partOf(again)!.buttons.map(({ id: button }) => button), ['hello:fill', 'hello:other', 'human']);
  });
});

describe('a rating', () => {
  it('is taken as the form that is offered for it, when the chat has ended too, as often as it is given; nothing else is', async (t) => {
    const { url } = await openServer(t, { file: withForms({ rating: 'refill' }) });
    const { body } = await call<Discovery>(url, 'GET', '/.well-known/care-chat?widget=main', { origin: pageOrigin });
    assert.equal(body.widget.rating, 'refill');
    const visitor = await openVisitor(url);
    const patient = await connect(url, visitor);
    const { id } = await openConversation(url, visitor, {});
    const rating = (of: keyof typeof forms): SubmitEvent => ({ kind: 'form', form: { ...inChat(of), purpose: 'rating' } });
    assertDone(await patient.submit(id, { kind: 'close' }));
    assertDone(await patient.submit(id, rating('refill')));
    assertDone(await patient.submit(id, rating('refill')));
    assertRefused(await patient.submit(id, rating('intake')), 'form-version', '/ev/form/form/questionnaire');
    assertRefused(await patient.submit(id, { kind: 'form', form: inChat('refill') }), 'closed-conversation');
    const given = (): readonly WireEvent[] => patient.events(id).filter(({ kind }) => kind === 'form.answered');
    await patient.untilEvent(id, () => given().length === 2);
    assert.deepEqual(given().map(({ d }) => (d as FormAnsweredBody).purpose), ['rating', 'rating']);
  });

  it('is none where the widget offers none', async (t) => {
    const { url } = await openServer(t, { file: withForms() });
    const visitor = await openVisitor(url);
    const patient = await connect(url, visitor);
    const { id } = await openConversation(url, visitor, {});
    assertRefused(await patient.submit(id, { kind: 'form', form: { ...inChat('refill'), purpose: 'rating' } }), 'form-version');
  });
});

describe('the configuration of forms', () => {
  const mistakes = (more: object): readonly string[] => {
    const parsed = parseConfig(withForms(more), { demo: true, baseDir: '.' });
    return parsed.ok ? [] : parsed.error.details.map(({ pointer, code }) => `${pointer} ${code}`);
  };

  it('tells a form that cannot be shown, two that are called the same, and a button to one that is not there', () => {
    assert.deepEqual(mistakes({}), []);
    assert.deepEqual(mistakes({ forms: { broken: { resourceType: 'Questionnaire', status: 'active', item: [{ linkId: 'a', type: 'hologram', text: 'A' }] } } }), ['/widgets/0/forms/broken/item/0/type item-type']);
    assert.deepEqual(mistakes({ forms: { one: form('same'), two: form('same') } }), ['/widgets/0/forms/two duplicate']);
    assert.deepEqual(mistakes({ forms: { 'no/id': form('x') } }).map((line) => line.split(' ')[0]), ['/widgets/0/forms/no~1id']);
    assert.deepEqual(mistakes({ rating: 'refil' }), ['/widgets/0/rating unknown-form']);
    const file = withBot({ guide }) as typeof plainConfig;
    const parsed = parseConfig(file, { demo: true, baseDir: '.' });
    assert.ok(!parsed.ok && parsed.error.details.every(({ pointer, code }) => pointer === '/widgets/0/bot' && code === 'unknown-form') && parsed.error.details.length === 2);
  });
});
