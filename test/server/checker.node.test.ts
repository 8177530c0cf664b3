/** A symptom checker: its content is read without a session, and what it came to is handed over into a conversation. */
import assert from 'node:assert/strict';
import { test, type TestContext } from 'node:test';
import { answerForm } from '../../src/conformance/answer-form.js';
import type { CheckerContent, CheckOutcome, Discovery, EventPage, FormAnsweredBody, OfflineReceipt, Problem, SummaryPage, WireEvent } from '../../src/protocol/types.js';
import { parseConfig } from '../../src/server/config/parse.js';
import { guide, withBot } from '../support/node/bot-config.js';
import { answerAll, loadPack, openChecker, readPackFile, type Answered } from '../support/node/content-packs.js';
import { openServer, pageOrigin, plainConfig, readAudit } from '../support/node/test-server.js';
import { assertDone, assertRefused, call, connect, message, openConversation, openVisitor, signIn } from '../support/node/wire-client.js';

const pack = readPackFile('respiratory');
const words = { yes: 'Yes', no: 'No', formatDate: String, formatNumber: String };

const withChecker = (more: Record<string, unknown> = {}) => ({ ...plainConfig, widgets: [{ ...plainConfig.widgets[0], checkers: [{ pack, ...more }] }, plainConfig.widgets[1]] });
const open = (t: TestContext) => openServer(t, { file: withChecker() });

/** What a patient's browser hands over. */
function handOver(answers: Answered, status: 'completed' | 'stopped' = 'completed'): FormAnsweredBody {
  const checker = openChecker(loadPack(pack));
  answerAll(checker, answers);
  const { session } = checker;
  const outcome = checker.outcome();
  const body = session.toBody('checker', '2026-11-25T10:00:00Z', words);
  return {
    ...body,
    answers: body.answers.map((answer) => ({ ...answer, at: 1_795_600_000_000, ...(answer.linkId === 'symptoms' && { changed: true }) })),
    response: session.toResponse({ authored: '2026-11-25T10:00:00Z', lang: 'en', status }),
    outcome: { checker: 'respiratory', version: '1', status: 'draft', level: outcome.level, title: outcome.title['en']!, rule: outcome.rule, startedAt: 1_795_600_000_000, endedAt: 1_795_600_060_000 },
  };
}

const adult: Answered = { 'red-flags': ['none'], who: 'me', 'age-me': 40, symptoms: ['cough'], course: 'same', 'onset-days': 2, 'chronic-condition-worse': false, risk: ['none'], test: 'none', vaccination: 'up-to-date' };
const submit = (form: FormAnsweredBody) => ({ kind: 'form', form }) as const;

test('discovery names the checkers, and the content is read without a session by the pages that may', async (t) => {
  const { url } = await open(t);
  const { body } = await call<Discovery>(url, 'GET', '/.well-known/care-chat?widget=main', { origin: pageOrigin });
  assert.deepEqual(body.widget.checkers, [{ id: 'respiratory', name: pack['title'] }]);
  const content = await call<CheckerContent>(url, 'GET', '/v1/checkers/respiratory?widget=main', { origin: pageOrigin });
  assert.equal(content.status, 200);
  assert.deepEqual(content.body, { pack, allowUnreviewed: true }, 'demo mode shows unreviewed translations');
  assert.match(content.headers.get('cache-control') ?? '', /^public, max-age=\d{1,2}$/);
  assert.equal((await call(url, 'GET', '/v1/checkers/other?widget=main')).status, 404);
  assert.equal((await call(url, 'GET', '/v1/checkers/respiratory?widget=second')).status, 404);
  assert.equal((await call(url, 'GET', '/v1/checkers/respiratory?widget=main', { origin: 'https://second.test' })).status, 403);
});

test('what was answered comes to the desk as it was shown, with what it led to', async (t) => {
  const server = await open(t);
  const { url } = server;
  const [visitor, ana] = await Promise.all([openVisitor(url), signIn(url, 'ana@clinic.test')]);
  const [patient, desk] = await Promise.all([connect(url, visitor), connect(url, ana)]);
  const { id, epoch } = await openConversation(url, visitor, {});
  const form = handOver(adult);
  assertDone(await patient.submit(id, submit(form)));
  await desk.request({ t: 'sub', d: { stream: id, epoch, seq: 0 } });
  const event = await desk.untilEvent(id, ({ kind }) => kind === 'form.answered');
  assert.deepEqual(event.d, { ...form, outcome: { ...form.outcome, verdict: { result: 'same' } } });
  const { summary } = await desk.until('summary', (frame) => frame.summary?.check !== undefined);
  assert.deepEqual(summary?.check, { checker: 'respiratory', level: form.outcome!.level, title: form.outcome!.title });
  assert.ok((await readAudit(server)).some(({ action, target }) => action === 'form.answer' && target === id));
});

test('an emergency may leave questions open; a check that was not stopped may not', async (t) => {
  const { url } = await open(t);
  const visitor = await openVisitor(url);
  const patient = await connect(url, visitor);
  const { id } = await openConversation(url, visitor, {});
  const flagged: Answered = { 'red-flags': ['trouble-breathing'] };
  assertRefused(await patient.submit(id, submit(handOver(flagged))), 'invalid');
  assertDone(await patient.submit(id, submit(handOver(flagged, 'stopped'))));
});

test('what does not fit the content is refused by its place', async (t) => {
  const { url } = await open(t);
  const visitor = await openVisitor(url);
  const patient = await connect(url, visitor);
  const { id } = await openConversation(url, visitor, {});
  const good = handOver(adult);
  const outcome = good.outcome!;
  const { outcome: _, ...bare } = good;
  const cases: readonly (readonly [FormAnsweredBody, code: string, pointer: string])[] = [
    [{ ...good, purpose: 'offline' }, 'invalid', '/ev/form/purpose'],
    [{ ...good, purpose: 'rating' }, 'form-version', '/ev/form/form/questionnaire'],
    [bare, 'invalid', '/ev/form/outcome'],
    [{ ...good, outcome: { ...outcome, checker: 'phq-9' } }, 'invalid', '/ev/form/outcome/checker'],
    [{ ...good, outcome: { ...outcome, status: 'approved' } }, 'invalid', '/ev/form/outcome/status'],
    [{ ...good, outcome: { ...outcome, rule: 'E99' } }, 'invalid', '/ev/form/outcome/rule'],
    [{ ...good, outcome: { ...outcome, level: 'emergency' } }, 'invalid', '/ev/form/outcome/level'],
    [{ ...good, answers: [{ linkId: 'made-up', question: 'What?', answers: [] }] }, 'invalid', '/ev/form/answers'],
    [{ ...good, form: { questionnaire: 'other|1' } }, 'form-version', '/ev/form/form/questionnaire'],
  ];
  for (const [form, code, pointer] of cases) {
    const answer = await patient.submit(id, submit(form));
    assertRefused(answer, code);
    assert.deepEqual((answer.d as Problem).errors, [{ pointer: `/d${pointer}`, code: pointer === '/ev/form/outcome' ? 'required' : pointer === '/ev/form/answers' ? 'unknown-link-id' : 'unknown-value' }]);
  }
});

test('only the patient hands over, and only into a chat that goes on', async (t) => {
  const { url } = await open(t);
  const [visitor, ana] = await Promise.all([openVisitor(url), signIn(url, 'ana@clinic.test')]);
  const [patient, desk] = await Promise.all([connect(url, visitor), connect(url, ana)]);
  const { id } = await openConversation(url, visitor, {});
  assertDone(await desk.submit(id, { kind: 'accept' }));
  assertDone(await desk.submit(id, message('Hello')));
  assertRefused(await desk.submit(id, submit(handOver(adult))), 'forbidden');
  assertDone(await patient.submit(id, { kind: 'close' }));
  assertRefused(await patient.submit(id, submit(handOver(adult))), 'closed-conversation');
});

const handed = async (t: TestContext, form: FormAnsweredBody, more: Record<string, unknown> = {}) => {
  const { url } = await openServer(t, { file: withChecker(more) });
  const [visitor, ana] = await Promise.all([openVisitor(url), signIn(url, 'ana@clinic.test')]);
  const [patient, desk] = await Promise.all([connect(url, visitor), connect(url, ana)]);
  const { id, epoch } = await openConversation(url, visitor, {});
  assertDone(await patient.submit(id, submit(form)));
  await desk.request({ t: 'sub', d: { stream: id, epoch, seq: 0 } });
  const event = await desk.untilEvent(id, ({ kind }) => kind === 'form.answered');
  const { body } = await call<SummaryPage>(url, 'POST', '/v1/desk/conversations/search', { person: ana, body: {} });
  const { priority, check } = body.list.find((one) => one.id === id)!;
  return { id, url, patient, outcome: (event.d as FormAnsweredBody).outcome!, priority, check };
};
const withOutcome = (form: FormAnsweredBody, more: Partial<CheckOutcome>): FormAnsweredBody => ({ ...form, outcome: { ...form.outcome!, ...more } });
const old: Answered = { ...adult, 'age-me': 70 };

test('what the browser says of itself is not believed: the server runs the rules, says what differs, and the more urgent counts', async (t) => {
  const lowered = await handed(t, withOutcome(handOver(old), { level: 'self-care', rule: 'S4', title: 'Care for yourself', verdict: { result: 'same' } }));
  const { title, ...verdict } = lowered.outcome.verdict!;
  assert.deepEqual([verdict, lowered.priority], [{ result: 'differs', level: 'urgent', rule: 'U3' }, 'high']);
  assert.ok(title);
  assert.deepEqual([lowered.check?.level, lowered.check?.differs], ['self-care', title], 'and the list tells both');
  assert.equal(lowered.outcome.level, 'self-care', 'what came is kept as it came');
  const raised = await handed(t, withOutcome(handOver(adult), { level: 'emergency', rule: 'E1' }));
  assert.deepEqual([raised.outcome.verdict?.result, raised.outcome.verdict?.level, raised.priority], ['differs', 'self-care', 'urgent'], 'never lowered');
});

test('each level has its priority, and the clinic may say another', async (t) => {
  assert.equal((await handed(t, handOver(adult))).priority, 'normal');
  assert.equal((await handed(t, handOver(old))).priority, 'high');
  assert.equal((await handed(t, handOver({ 'red-flags': ['trouble-breathing'] }, 'stopped'))).priority, 'urgent');
  assert.equal((await handed(t, handOver(adult), { levels: { 'self-care': { priority: 'low' } } })).priority, 'low');
});

test('answers to content of another version are taken, unchecked; a level that the content does not have counts as the worst', async (t) => {
  const other = withOutcome(handOver(adult), { version: '0', verdict: { result: 'same' } });
  const taken = await handed(t, { ...other, form: { questionnaire: 'urn:old|0' }, response: { resourceType: 'QuestionnaireResponse', status: 'completed' } });
  assert.deepEqual([taken.outcome.verdict, taken.priority], [{ result: 'unchecked' }, 'normal']);
  assert.equal((await handed(t, withOutcome(other, { level: 'red', rule: 'R1' }))).priority, 'urgent');
});

test('a lesser result that comes later does not lower the priority', async (t) => {
  const { id, url, patient } = await handed(t, handOver({ 'red-flags': ['trouble-breathing'] }, 'stopped'));
  assertDone(await patient.submit(id, submit(handOver(adult))));
  const { body } = await call<SummaryPage>(url, 'POST', '/v1/desk/conversations/search', { person: await signIn(url, 'ana@clinic.test'), body: {} });
  assert.equal(body.list.find((one) => one.id === id)!.priority, 'urgent');
});

test('levels that the content does not have, and an emergency left to a bot, are refused at the start', () => {
  const parsed = parseConfig(withChecker({ levels: { urgnt: {}, emergency: { to: 'bot' } } }), { demo: true, baseDir: '.' });
  assert.ok(!parsed.ok);
  assert.deepEqual(parsed.error.details, [{ pointer: '/widgets/0/checkers/0/levels/urgnt', code: 'unknown-level' }, { pointer: '/widgets/0/checkers/0/levels/emergency/to', code: 'emergency-to-bot' }]);
  assert.match(parsed.error.message, /Did you mean "urgent"/);
});

test('where a bot has the conversation, people take over with a result, unless the clinic leaves that level to the bot, which begins anew', async (t) => {
  const bot = withBot({ guide });
  const open = async (more: Record<string, unknown>) => {
    const { url } = await openServer(t, { file: { ...bot, widgets: [{ ...bot.widgets[0], checkers: [{ pack, ...more }] }, bot.widgets[1]] } });
    const visitor = await openVisitor(url);
    const patient = await connect(url, visitor);
    const { id } = await openConversation(url, visitor, { locale: 'en' });
    const isTurn = (after: number) => ({ kind, by, seq, d }: WireEvent): boolean => kind === 'message' && by.role === 'bot' && seq > after && JSON.stringify(d).includes('buttons');
    return { patient, id, isTurn, turn: await patient.untilEvent(id, isTurn(0)) };
  };
  const people = await open({});
  assertDone(await people.patient.submit(people.id, submit(handOver(adult))));
  const over = await people.patient.untilEvent(people.id, ({ kind }) => kind === 'escalated');
  assert.deepEqual([over.d, over.by.role], [{ cause: 'checker' }, 'system']);

  const { patient, id, isTurn, turn } = await open({ levels: { 'self-care': { to: 'bot' }, urgent: { to: 'bot' } } });
  // What the bot has asked stands: it is not asked twice.
  assertDone(await patient.submit(id, submit(handOver(adult))));
  assertDone(await patient.submit(id, { kind: 'action', target: turn.seq, buttonId: 'hello:hours' }));
  const hours = await patient.untilEvent(id, isTurn(turn.seq));
  assert.match(JSON.stringify(hours.d), /Monday to Friday/);
  assertDone(await patient.submit(id, message('I have done the check')));
  const understood = await patient.untilEvent(id, isTurn(hours.seq));
  assertDone(await patient.submit(id, { kind: 'action', target: hours.seq, buttonId: 'hours:back' }));
  const before = await patient.untilEvent(id, isTurn(understood.seq));
  assertDone(await patient.submit(id, { kind: 'action', target: before.seq, buttonId: 'hello:site' }));
  const { d: { seq } } = await patient.submit(id, submit(handOver(old))) as { d: { seq: number } };
  assert.match(JSON.stringify((await patient.untilEvent(id, isTurn(seq))).d), /What is it about/);
  assert.ok(patient.events(id).every(({ kind }) => kind !== 'escalated'));
  assertDone(await patient.submit(id, submit(handOver({ 'red-flags': ['trouble-breathing'] }, 'stopped'))));
  await patient.untilEvent(id, ({ kind }) => kind === 'escalated');
});

test('with a message that is left, a result gives the priority and is judged; one that fits nothing is kept unchecked', async (t) => {
  const { url } = await open(t);
  const visitor = await openVisitor(url);
  const ana = await signIn(url, 'ana@clinic.test');
  const offline = (await call<Discovery>(url, 'GET', '/.well-known/care-chat?widget=main', { origin: pageOrigin })).body.widget.offline!;
  const leave = async (attached: readonly FormAnsweredBody[]) => {
    const left = await call<OfflineReceipt>(url, 'POST', '/v1/offline', { person: visitor, body: { cmid: `leave-${attached.length}-${attached[0]?.outcome?.checker}`, form: { ...answerForm(offline), purpose: 'offline' }, attached } });
    assert.equal(left.status, 201);
    const [summary] = (await call<SummaryPage>(url, 'POST', '/v1/desk/conversations/search', { person: ana, body: { visitor: left.body.reference } })).body.list;
    const { events } = (await call<EventPage>(url, 'GET', `/v1/streams/${summary!.id}/events?after=0`, { person: ana })).body;
    return [summary!.priority, events.flatMap(({ kind, d }) => (kind === 'form.answered' && d.purpose === 'checker' ? d.outcome?.verdict?.result : []))];
  };
  assert.deepEqual(await leave([]), [undefined, []]);
  assert.deepEqual(await leave([handOver(old)]), ['high', ['same']]);
  assert.deepEqual(await leave([withOutcome(handOver(adult), { checker: 'gone' })]), ['urgent', ['unchecked']]);
});
