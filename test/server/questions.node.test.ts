/** What is asked before a chat: by department, skippable, and where the answers lead. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { answerForm } from '../../src/conformance/answer-form.js';
import { parseConfig } from '../../src/server/config/parse.js';
import type { Conversation, Discovery, FormAnsweredBody, SummaryPage } from '../../src/protocol/types.js';
import { guide, withBot } from '../support/node/bot-config.js';
import { openServer, plainConfig } from '../support/node/test-server.js';
import { assertRefused, call, connect, openConversation, openVisitor, signIn } from '../support/node/wire-client.js';

const option = (code: string) => ({ valueCoding: { system: 'urn:test', code, display: code } });
const general = {
  resourceType: 'Questionnaire', url: 'urn:test:general', version: '1', status: 'active',
  item: [{ linkId: 'about', text: 'About', type: 'group', item: [{ linkId: 'reason', text: 'Reason', type: 'choice', required: true, answerOption: [option('bill'), option('health')] }] }, { linkId: 'urgent', text: 'Urgent', type: 'boolean' }],
};
const billing = { resourceType: 'Questionnaire', url: 'urn:test:billing', version: '1', status: 'active', item: [{ linkId: 'invoice', text: 'Invoice', type: 'string', required: true }] };
const [nurses, bills] = plainConfig.departments;
const fileWith = (widget: object, department: object = {}): object => ({
  ...plainConfig, departments: [nurses, { ...bills, ...department }], widgets: [{ ...plainConfig.widgets[0]!, preChat: general, ...widget }, plainConfig.widgets[1]!],
});
const answered = (code: string): FormAnsweredBody => {
  const body = answerForm(general);
  return { ...body, response: { ...body.response, item: [{ linkId: 'about', item: [{ linkId: 'reason', answer: [option(code)] }] }, { linkId: 'urgent', answer: [{ valueBoolean: true }] }] } };
};

describe('the questions before a chat', () => {
  it('are those of the department where it has its own, in discovery and in the check', async (t) => {
    const { url } = await openServer(t, { file: fileWith({}, { preChat: billing }) });
    const { widget } = (await call<Discovery>(url, 'GET', '/.well-known/care-chat?widget=main')).body;
    assert.deepEqual([widget.preChat?.['url'], ...widget.departments.map(({ preChat }) => preChat?.['url'])], ['urn:test:general', undefined, 'urn:test:billing']);
    const visitor = await openVisitor(url);
    const open = (body: object) => call<Conversation>(url, 'POST', '/v1/conversations', { person: visitor, body: { cmid: 'open-with-answers', ...body } });
    assertRefused(await open({ departmentId: 'billing', preChat: answered('bill') }), 'form-version');
    assertRefused(await open({ departmentId: 'nurse', preChat: answerForm(billing) }), 'form-version');
    assert.equal((await open({ departmentId: 'billing', preChat: answerForm(billing) })).status, 201);
  });

  it('are the widget\'s where it has one department only', async (t) => {
    const { url } = await openServer(t, { file: fileWith({ departments: ['billing'] }, { preChat: billing }) });
    const { widget } = (await call<Discovery>(url, 'GET', '/.well-known/care-chat?widget=main')).body;
    assert.deepEqual([widget.preChat?.['url'], widget.departments[0]?.preChat], ['urn:test:billing', undefined]);
  });

  it('can be left out where the clinic allows it, and only there', async (t) => {
    const strict = await openServer(t, { file: fileWith({}) });
    assertRefused(await call(strict.url, 'POST', '/v1/conversations', { person: await openVisitor(strict.url), body: { cmid: 'open-without-answers' } }), 'invalid');
    const kind = await openServer(t, { file: fileWith({ preChatSkippable: true }) });
    assert.equal((await call<Discovery>(kind.url, 'GET', '/.well-known/care-chat?widget=main')).body.widget.preChatSkippable, true);
    await openConversation(kind.url, await openVisitor(kind.url));
    // What is answered is judged all the same.
    assertRefused(await call(kind.url, 'POST', '/v1/conversations', { person: await openVisitor(kind.url), body: { cmid: 'open-with-wrong-one', preChat: answerForm(billing) } }), 'form-version');
  });

  it('lead to the department of the first rule that fits, also from within a group', async (t) => {
    const routing = [{ linkId: 'reason', equals: 'bill', departmentId: 'billing' }, { linkId: 'urgent', equals: 'true', departmentId: 'nurse' }];
    const { url } = await openServer(t, { file: fileWith({ routing }) });
    const departmentOf = async (code: string, departmentId?: string): Promise<string | undefined> =>
      (await openConversation(url, await openVisitor(url), { preChat: answered(code), ...(departmentId !== undefined && { departmentId }) })).state.departmentId;
    assert.equal(await departmentOf('bill'), 'billing');
    assert.equal(await departmentOf('health', 'billing'), 'nurse');
    const plain = await openServer(t, { file: fileWith({ routing: routing.slice(0, 1) }) });
    assert.equal((await openConversation(plain.url, await openVisitor(plain.url), { preChat: answered('health'), departmentId: 'billing' })).state.departmentId, 'billing');
  });

  it('lead to a priority, the highest that fits, and to a language, which a bot then speaks', async (t) => {
    const routing = [
      { linkId: 'reason', equals: 'health', priority: 'low', language: 'es-MX' }, { linkId: 'reason', equals: 'health', language: 'en', priority: 'high' }, { linkId: 'urgent', equals: 'true', priority: 'normal' },
    ];
    const { widgets: [main, second], ...rest } = withBot({ guide });
    const { url } = await openServer(t, { file: { ...rest, widgets: [{ ...main, preChat: general, routing, languages: ['en', 'es'] }, second] } });
    const ana = await signIn(url, 'ana@clinic.test');
    const summaryOf = async (code: string) => {
      const visitor = await openVisitor(url);
      const patient = await connect(url, visitor);
      const { id } = await openConversation(url, visitor, { preChat: answered(code), locale: 'en' });
      const { body } = await call<SummaryPage>(url, 'POST', '/v1/desk/conversations/search', { person: ana, body: {} });
      const { priority, language } = body.list.find((one) => one.id === id)!;
      return { patient, id, found: [priority, language] };
    };
    assert.deepEqual((await summaryOf('bill')).found, ['normal', undefined]);
    const { patient, id, found } = await summaryOf('health');
    assert.deepEqual(found, ['high', 'es-MX']);
    const turn = await patient.untilEvent(id, ({ kind, by }) => kind === 'message' && by.role === 'bot');
    assert.equal((turn.d as { lang?: string }).lang, 'es-MX');
  });

  it('are refused at the start where a rule says nothing, or no priority or language that there is', () => {
    const parsed = parseConfig(fileWith({ routing: [{ linkId: 'reason', equals: 'bill' }, { linkId: 'reason', equals: 'bill', priority: 'asap' }, { linkId: 'reason', equals: 'bill', language: 'Spanish!' }] }), { demo: true, baseDir: '.' });
    assert.ok(!parsed.ok);
    assert.deepEqual(parsed.error.details.map(({ pointer, code }) => [pointer, code]).sort(), [['/widgets/0/routing/0', 'required'], ['/widgets/0/routing/1/priority', 'enum'], ['/widgets/0/routing/2/language', 'pattern']]);
  });

  it('are refused at the start where a rule names a question that no form asks, an answer that cannot be given or a language that is not offered', () => {
    const mistakesOf = (rules: readonly object[], widget: object = {}, department: object = {}): unknown => {
      const parsed = parseConfig(fileWith({ languages: ['en', 'es'], routing: rules.map((rule) => ({ priority: 'high', ...rule })), ...widget }, department), { demo: true, baseDir: '.' });
      return parsed.ok ? [] : parsed.error.details.map(({ pointer, code }) => [pointer, code]);
    };
    assert.deepEqual(mistakesOf([{ linkId: 'raeson', equals: 'bill' }, { linkId: 'reason', equals: 'bil' }, { linkId: 'urgent', equals: 'yes' }, { linkId: 'about', equals: 'bill' }, { linkId: 'reason', equals: 'bill', language: 'fr' }]), [
      ['/widgets/0/routing/0/linkId', 'unknown-link-id'], ['/widgets/0/routing/1/equals', 'unknown-answer'], ['/widgets/0/routing/2/equals', 'unknown-answer'], ['/widgets/0/routing/3/equals', 'unknown-answer'],
      ['/widgets/0/routing/4/language', 'unknown-language'],
    ]);
    // Of the built-in form of a message that is left, of a department's own, of one that is named, of one that takes any text.
    assert.deepEqual(mistakesOf([{ linkId: 'contact', equals: 'x' }, { linkId: 'invoice', equals: 'anything' }, { linkId: 'reason', equals: 'health', language: 'es-MX' }], {}, { preChat: billing }), []);
    assert.deepEqual(mistakesOf([{ linkId: 'invoice', equals: 'anything' }], { forms: { bill: billing } }), []);
    assert.deepEqual(mistakesOf([{ linkId: 'contact', equals: 'x' }], { offline: false }), [['/widgets/0/routing/0/linkId', 'unknown-link-id']]);
    const number = { resourceType: 'Questionnaire', url: 'urn:test:n', status: 'active', item: [{ linkId: 'pain', type: 'integer', text: 'Pain' }, { linkId: 'open', type: 'open-choice', text: 'Open', answerOption: [option('a')] }] };
    assert.deepEqual(mistakesOf([{ linkId: 'pain', equals: '7' }, { linkId: 'pain', equals: 'seven' }, { linkId: 'open', equals: 'b' }], { preChat: number }), [['/widgets/0/routing/1/equals', 'unknown-answer']]);
    // The form that is meant cannot be read: that is what is told.
    assert.deepEqual(mistakesOf([{ linkId: 'x', equals: 'y' }], { preChat: 'no-such-form.json' }), [['/widgets/0/preChat', 'file']]);
  });

  it('are refused at the start where a rule leads nowhere or a department\'s form cannot be shown', () => {
    const parsed = parseConfig(fileWith({ routing: [{ linkId: 'reason', equals: 'bill', departmentId: 'nowhere' }] }, { preChat: { resourceType: 'Questionnaire', status: 'active', item: [{ linkId: 'x', type: 'nonsense' }] } }), { demo: true, baseDir: '.' });
    assert.ok(!parsed.ok);
    const places = parsed.error.details.map(({ pointer }) => pointer);
    assert.ok(places.includes('/widgets/0/routing/0/departmentId'), places.join());
    assert.ok(places.some((place) => place.startsWith('/departments/1/preChat')), places.join());
  });
});
