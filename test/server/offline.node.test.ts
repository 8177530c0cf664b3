/** Messages that are left while nobody is there, over the bare wire. */
import assert from 'node:assert/strict';
import { describe, it, type TestContext } from 'node:test';
import { answerForm } from '../../src/conformance/answer-form.js';
import { systemClock } from '../../src/server/clock.js';
import { offlineForm } from '../../src/server/config/offline-form.js';
import type { Discovery, EventPage, FormAnsweredBody, OfflineReceipt, Problem, Summary, SummaryPage } from '../../src/protocol/types.js';
import { openServer, plainConfig, readAudit, type TestServer } from '../support/node/test-server.js';
import { assertDone, assertRefused, call, connect, message, openConversation, openVisitor, post, signIn, type Person, type RestReply as Reply } from '../support/node/wire-client.js';


const form = answerForm(offlineForm, 'offline');
const leave = (url: string, person: Person, more: object = {}): Promise<Reply<OfflineReceipt>> =>
  call<OfflineReceipt>(url, 'POST', '/v1/offline', { person, body: { cmid: 'leave-a-message-1', form, ...more } });

const hours = { timeZone: 'America/New_York', weekly: [{ days: ['mon', 'tue', 'wed', 'thu', 'fri'], from: '08:00', to: '17:00' }] };
const withHours = { ...plainConfig, departments: [{ ...plainConfig.departments[0]!, hours, responseMs: 4 * 3_600_000 }, plainConfig.departments[1]!] };

/** Refused with this code, for this place. */
function assertRefusedAt(reply: Reply<unknown>, code: string, pointer: string): void {
  assertRefused(reply, code);
  assert.deepEqual((reply.body as Problem).errors?.map((mistake) => mistake.pointer), [pointer]);
}

/** A nurse's desk that has just come. */
async function deskOf(server: TestServer, email = 'ana@clinic.test'): Promise<{ readonly nurse: Person; readonly list: readonly Summary[]; readonly desk: Awaited<ReturnType<typeof connect>> }> {
  const nurse = await signIn(server.url, email);
  const desk = await connect(server.url, nurse);
  return { nurse, desk, list: desk.welcome.desk?.list ?? [] };
}

async function leftIn(t: TestContext, more: object = {}): Promise<{ readonly server: TestServer; readonly visitor: Person; readonly receipt: OfflineReceipt }> {
  const server = await openServer(t);
  const visitor = await openVisitor(server.url);
  const reply = await leave(server.url, visitor, more);
  assert.equal(reply.status, 201);
  return { server, visitor, receipt: reply.body };
}

describe('a message that is left', () => {
  it('is offered in discovery, by a form of ours where the clinic has none', async (t) => {
    const file = { ...plainConfig, widgets: [plainConfig.widgets[0]!, { ...plainConfig.widgets[1]!, offline: false }] };
    const { url } = await openServer(t, { file });
    const main = await call<Discovery>(url, 'GET', '/.well-known/care-chat?widget=main');
    assert.ok(main.body.caps.includes('offline'));
    assert.equal(main.body.widget.offline?.['url'], offlineForm['url']);
    assert.equal((await call<Discovery>(url, 'GET', '/.well-known/care-chat?widget=second')).body.widget.offline, undefined);
    const other = await openVisitor(url, { widgetId: 'second', origin: 'https://second.test' });
    assertRefused(await leave(url, other), 'not-supported');
  });

  it('answers with a reference and a promise, the same again with the same, also after a restart', async (t) => {
    const { server, visitor, receipt } = await leftIn(t);
    assert.match(receipt.reference, /^[0-9A-HJKMNP-TV-Z]{4}-[0-9A-HJKMNP-TV-Z]{4}$/);
    const again = await server.restart();
    const second = await leave(again.url, visitor);
    assert.deepEqual([second.status, second.body], [200, receipt]);
    assertRefused(await leave(again.url, visitor, { locale: 'es' }), 'cmid-reused');
    assert.equal((await deskOf(again)).list.length, 1);
  });

  it('is promised in the opening hours of the department', async (t) => {
    // 2026-11-27 is a Friday; New York is at UTC−5.
    const now = Date.parse('2026-11-27T21:00:00Z');
    const { url } = await openServer(t, { file: withHours, clock: { ...systemClock, now: () => now } });
    const visitor = await openVisitor(url);
    const { body } = await leave(url, visitor);
    assert.equal(body.promisedAt, Date.parse('2026-11-30T16:00:00Z'));
    const billing = await leave(url, visitor, { cmid: 'leave-a-message-2', departmentId: 'billing' });
    assert.equal(billing.body.promisedAt, now + 24 * 3_600_000);
  });

  it('is judged: consents, the form and its version, its purpose, the department', async (t) => {
    const consent = { purpose: 'chat', version: '1', required: true, text: { en: 'We keep it.' } };
    const file = { ...plainConfig, widgets: [{ ...plainConfig.widgets[0]!, consents: [consent] }] };
    const { url } = await openServer(t, { file });
    const visitor = await openVisitor(url);
    assertRefused(await leave(url, visitor), 'consent-required');
    const plain = await openServer(t);
    const other = await openVisitor(plain.url);
    const wrong = (more: object): Promise<Reply<OfflineReceipt>> => leave(plain.url, other, more);
    assertRefusedAt(await wrong({ departmentId: 'nowhere' }), 'invalid', '/departmentId');
    assertRefusedAt(await wrong({ form: { ...form, purpose: 'checker' } }), 'invalid', '/form/purpose');
    assertRefusedAt(await wrong({ form: { ...form, form: { questionnaire: 'urn:other|1' } } }), 'form-version', '/form/form/questionnaire');
    assertRefusedAt(await wrong({ form: { ...form, answers: [{ linkId: 'nothing', question: 'Q', answers: [] }] } }), 'invalid', '/form/answers');
    assertRefused(await wrong({ form: { ...form, response: { ...form.response, item: [] } } }), 'invalid');
    assertRefusedAt(await wrong({ attached: [form] }), 'invalid', '/attached/0/purpose');
    assert.equal((await deskOf(plain)).list.length, 0);
  });

  it('may be left by visitors only', async (t) => {
    const { url } = await openServer(t);
    assertRefused(await leave(url, await signIn(url, 'ana@clinic.test')), 'forbidden');
  });

  it('comes to the desks of the department at once, with answers and what is attached', async (t) => {
    const server = await openServer(t);
    const { desk, nurse } = await deskOf(server);
    const check: FormAnsweredBody = { ...form, purpose: 'checker', answers: [{ linkId: 'cough', question: 'Do you cough?', answers: ['Yes'] }] };
    const { body: receipt } = await leave(server.url, await openVisitor(server.url), { attached: [check], page: { name: 'home' } });
    const { summary } = await desk.until('summary', (d) => d.summary?.offline !== undefined);
    assert.deepEqual(summary?.offline, receipt);
    assert.equal(summary?.status, 'waiting');
    assert.equal(summary?.visitor.name, 'Conformance');
    assert.deepEqual(summary?.preChat, form.answers);
    const page = await call<EventPage>(server.url, 'GET', `/v1/streams/${summary.id}/events?after=0`, { person: nurse });
    assert.deepEqual(page.body.events.map(({ kind, d }) => [kind, (d as { purpose?: string }).purpose]), [['form.answered', 'offline'], ['form.answered', 'checker'], ['assignment', undefined], ['status', undefined]]);
  });

  it('is found by its reference, however it is written', async (t) => {
    const { server, receipt: { reference } } = await leftIn(t);
    const { nurse } = await deskOf(server);
    const find = async (visitor: string): Promise<number> => (await call<SummaryPage>(server.url, 'POST', '/v1/desk/conversations/search', { person: nurse, body: { visitor } })).body.list.length;
    assert.deepEqual(await Promise.all([reference, reference.toLowerCase(), reference.replace('-', ''), reference.slice(0, 4)].map(find)), [1, 1, 1, 0]);
  });

  it('is no conversation for the visitor, who can begin one', async (t) => {
    const { server, visitor } = await leftIn(t);
    const { list: [summary], nurse } = await deskOf(server);
    const own = await call<{ list: unknown[] }>(server.url, 'GET', '/v1/conversations', { person: visitor });
    assert.deepEqual(own.body.list, []);
    assertRefused(await call(server.url, 'GET', `/v1/conversations/${summary!.id}`, { person: visitor }), 'not-found');
    const chat = await openConversation(server.url, visitor);
    assert.notEqual(chat.id, summary!.id);
    const patient = await connect(server.url, visitor);
    assert.deepEqual(patient.welcome.streams.map(({ stream }) => stream), ['self', chat.id]);
    // What staff does with it is told to nobody of the visitor's side.
    for (const kind of ['accept', 'close', 'reopen', 'close'] as const) assert.equal((await post(server.url, nurse, summary!.id, { kind })).status, 201);
    const self = await call<EventPage>(server.url, 'GET', '/v1/streams/self/events?after=0', { person: visitor });
    assert.deepEqual(self.body.events.map(({ kind }) => kind), ['conversation.created']);
  });

  it('is noted on, but nobody writes in it', async (t) => {
    const { server } = await leftIn(t);
    const { list: [summary], desk } = await deskOf(server);
    assertDone(await desk.submit(summary!.id, { kind: 'accept' }));
    assertRefused(await desk.submit(summary!.id, message('Hello')), 'forbidden');
    assertDone(await desk.submit(`${summary!.id}.staff`, { kind: 'note', text: 'Called back' }));
    assertDone(await desk.submit(summary!.id, { kind: 'close' }));
  });

  it('is on record, without what it says', async (t) => {
    const { server, visitor } = await leftIn(t);
    const entry = (await readAudit(server)).find(({ action }) => action === 'message.leave');
    assert.equal(entry?.actor, visitor.id);
    assert.match(entry?.target ?? '', /^c_/);
    assert.doesNotMatch(server.log(), /Conformance/);
  });
});
