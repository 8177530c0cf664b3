/** A symptom checker: its content is read without a session, and what it came to is handed over into a conversation. */
import assert from 'node:assert/strict';
import { test, type TestContext } from 'node:test';
import type { CheckerContent, Discovery, FormAnsweredBody, Problem } from '../../src/protocol/types.js';
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
  assert.deepEqual(event.d, form);
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
    [{ ...good, purpose: 'rating' }, 'invalid', '/ev/form/purpose'],
    [bare, 'invalid', '/ev/form/outcome'],
    [{ ...good, outcome: { ...outcome, checker: 'phq-9' } }, 'invalid', '/ev/form/outcome/checker'],
    [{ ...good, outcome: { ...outcome, version: '0' } }, 'form-version', '/ev/form/outcome/version'],
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
