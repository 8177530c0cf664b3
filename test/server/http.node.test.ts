/** REST: origins, bodies, tokens, limits. Every refusal is a problem. */
import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { test } from 'node:test';
import { parseDiscovery } from '../../src/protocol/parse-rest.js';
import type { Discovery, Problem } from '../../src/protocol/types.js';
import { rawAnswer } from '../support/node/raw-answer.js';
import { openServer, pageOrigin, plainConfig, readAudit } from '../support/node/test-server.js';
import { assertRefused, call, openConversation, openVisitor, signIn } from '../support/node/wire-client.js';

const signInBody = (email: string, password: string): { body: unknown } => ({ body: { email, password, deviceId: 'd_http_test' } });

test('discovery tells everything about a widget, may be kept for a moment, and depends on the origin', async (t) => {
  const { url } = await openServer(t);
  const { status, body, headers } = await call<Discovery>(url, 'GET', '/.well-known/care-chat?widget=main', { origin: pageOrigin });
  assert.equal(status, 200);
  assert.deepEqual([body.rest, body.ws, body.widget.clinicName], [`${url}/v1`, `${url.replace('http', 'ws')}/v1/ws`, 'Test Clinic']);
  assert.equal(headers.get('access-control-allow-origin'), pageOrigin);
  assert.equal(headers.get('vary'), 'Origin');
  assert.match(headers.get('cache-control') ?? '', /^public, max-age=\d{1,2}$/);
  assert.equal('helloTimeoutMs' in body.limits, false);
});

test('discovery says of the phrases that show a number only what the clinic has changed', async (t) => {
  const own = { replace: { en: { crisis: ['dark place'] } } };
  const [first, second] = plainConfig.widgets;
  for (const [redFlags, said] of [[true, undefined], [false, { off: true }], [own, own]] as const) {
    const { url } = await openServer(t, { file: { ...plainConfig, widgets: [{ ...first, redFlags }, second] } });
    const { body } = await call<Discovery>(url, 'GET', '/.well-known/care-chat?widget=main', { origin: pageOrigin });
    assert.deepEqual(body.widget.redFlags, said);
    assert.deepEqual(parseDiscovery(body), { ok: true, value: body });
  }
});

test('an unknown widget and a page that is not allowed are told apart, so that the page\'s owner can act', async (t) => {
  const { url } = await openServer(t);
  const unknown = await call(url, 'GET', '/.well-known/care-chat?widget=nope', { origin: pageOrigin });
  assertRefused(unknown, 'widget-unknown');
  assert.equal(unknown.headers.get('cache-control'), 'no-store');
  for (const origin of ['https://evil.test', 'https://second.test']) {
    const denied = await call(url, 'GET', '/.well-known/care-chat?widget=main', { origin });
    assertRefused(denied, 'origin-denied');
    assert.equal(denied.headers.get('access-control-allow-origin'), origin);
  }
  const opaque = await call(url, 'GET', '/.well-known/care-chat?widget=main', { headers: { Origin: 'null' } });
  assertRefused(opaque, 'origin-denied');
  assert.equal(opaque.headers.get('access-control-allow-origin'), null);
});

test('a preflight is answered for allowed origins only, with methods, headers and how long to keep it', async (t) => {
  const { url } = await openServer(t);
  const ask = (origin: string): Promise<Response> => fetch(`${url}/v1/streams/self/events`, { method: 'OPTIONS', headers: { Origin: origin, 'Access-Control-Request-Method': 'POST', 'Access-Control-Request-Headers': 'authorization,content-type' } });
  const allowed = await ask(pageOrigin);
  assert.equal(allowed.status, 204);
  assert.deepEqual(['allow-origin', 'allow-methods', 'allow-headers', 'max-age', 'allow-credentials'].map((name) => allowed.headers.get(`access-control-${name}`)),
    [pageOrigin, 'GET, POST', 'authorization, content-type', '7200', null]);
  const denied = await ask('https://evil.test');
  assert.deepEqual([denied.status, denied.headers.get('access-control-allow-origin')], [403, null]);
});

test('an origin that is not allowed gets no session, and one widget\'s origin none of another', async (t) => {
  const { url } = await openServer(t);
  for (const origin of ['https://evil.test', 'https://second.test']) {
    assertRefused(await call(url, 'POST', '/v1/sessions', { origin, body: { widgetId: 'main', deviceId: 'd_1' } }), 'origin-denied');
  }
});

test('what is no JSON, of another type, too large, or not there, is told apart', async (t) => {
  const { url } = await openServer(t);
  const send = (body: string, type = 'application/json'): Promise<Response> => fetch(`${url}/v1/sessions`, { method: 'POST', headers: { 'Content-Type': type }, body });
  const codes = await Promise.all([
    send('{"widgetId":'), send('{}', 'text/plain'), send(JSON.stringify({ widgetId: 'main', deviceId: 'd_1', tz: 'a'.repeat(70_000) })), send('{"widgetId":"main"}'),
    fetch(`${url}/v1/nothing`), fetch(`${url}/v1/sessions`, { method: 'PUT' }),
  ].map(async (answer) => {
    const response = await answer;
    assert.match(response.headers.get('content-type') ?? '', /^application\/problem\+json/);
    const { code, status } = (await response.json()) as { code: string; status: number };
    assert.equal(status, response.status);
    return [response.status, code];
  }));
  assert.deepEqual(codes, [[400, 'bad-frame'], [415, 'unsupported-type'], [413, 'too-large'], [422, 'invalid'], [404, 'not-found'], [404, 'not-found']]);
});

const get = (path: string, ...headers: string[]): string => [`GET ${path} HTTP/1.1`, 'Host: localhost', 'Connection: close', ...headers, '', ''].join('\r\n');
const upgrade = (path: string, ...headers: string[]): string => get(path, ...headers).replace('Connection: close', 'Connection: Upgrade\r\nUpgrade: websocket');
const [key, version, subprotocol] = ['Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==', 'Sec-WebSocket-Version: 13', 'Sec-WebSocket-Protocol: care-chat.v1'];

for (const [what, bytes, status, code] of [
  ['a request without Host', get('/v1/availability').replace('Host: localhost\r\n', ''), 400, 'bad-frame'],
  ['an expectation that is not known', get('/v1/availability', 'Expect: a-miracle'), 501, 'not-supported'],
  ['CONNECT', get('/').replace('GET /', 'CONNECT elsewhere:443'), 501, 'not-supported'],
  ['a method that nobody knows', get('/v1/availability').replace('GET', 'BREW'), 400, 'bad-frame'],
  ['a method that the path does not know', get('/v1/availability').replace('GET', 'DELETE'), 404, 'not-found'],
  ['a path outside of the API', get('/nowhere'), 404, 'not-found'],
  ['to write to a page', get('/').replace('GET', 'POST'), 404, 'not-found'],
  ['`*`', get('*').replace('GET', 'OPTIONS'), 404, 'not-found'],
  ['a path that is not encoded', get('/%E0%A4%A'), 404, 'not-found'],
  ['two lengths', get('/v1/sessions', 'Content-Length: 1', 'Content-Length: 2').replace('GET', 'POST'), 400, 'bad-frame'],
  ['a header that is none', get('/v1/availability', 'no colon'), 400, 'bad-frame'],
  ['an Authorization that is none', get('/v1/conversations', 'Authorization: Basic cGF0OnBhdA=='), 401, 'token-invalid'],
  ['an upgrade to something else', get('/v1/ws').replace('Connection: close', 'Connection: Upgrade\r\nUpgrade: h2c'), 406, 'unsupported-version'],
  ['an upgrade on another path', upgrade('/v1/other', key, version, subprotocol), 404, 'not-found'],
  ['an upgrade without our subprotocol', upgrade('/v1/ws', key, version), 406, 'unsupported-version'],
  ['an upgrade from another origin', upgrade('/v1/ws', key, version, subprotocol, 'Origin: https://evil.test'), 403, 'origin-denied'],
  ['an upgrade without a key', upgrade('/v1/ws', version, subprotocol), 400, 'bad-frame'],
  ['an upgrade with a key that is none', upgrade('/v1/ws', 'Sec-WebSocket-Key: short', version, subprotocol), 400, 'bad-frame'],
  ['an upgrade of another version', upgrade('/v1/ws', key, 'Sec-WebSocket-Version: 99', subprotocol), 400, 'bad-frame'],
  ['an upgrade by POST', upgrade('/v1/ws', key, version, subprotocol, 'Content-Length: 0').replace('GET', 'POST'), 400, 'bad-frame'],
] as const) {
  test(`${what} is refused with a problem: ${code}`, { timeout: 20_000 }, async (t) => {
    const { url, log } = await openServer(t);
    const answer = await rawAnswer(url, bytes);
    const [head = '', body = ''] = answer.split('\r\n\r\n');
    assert.match(head, new RegExp(`^HTTP/1\\.1 ${status} `));
    assert.match(head, /^Content-Type: application\/problem\+json$/m);
    const problem = JSON.parse(body) as Problem;
    assert.deepEqual([problem.status, problem.code], [status, code]);
    assert.doesNotMatch(log(), /failed/);
  });
}

test('no token, an invented one and one in the URL are refused', async (t) => {
  const { url } = await openServer(t);
  const visitor = await openVisitor(url);
  assertRefused(await call(url, 'GET', '/v1/conversations'), 'token-missing');
  assertRefused(await call(url, 'GET', `/v1/conversations?access_token=${visitor.token}`), 'token-missing');
  assertRefused(await call(url, 'GET', '/v1/conversations', { headers: { Authorization: `Bearer ${visitor.token.slice(0, -4)}aaaa` } }), 'token-invalid');
});

test('six failed sign-ins lock the account, for the right password too', async (t) => {
  const { url } = await openServer(t);
  for (let n = 1; n <= 5; n++) assertRefused(await call(url, 'POST', '/v1/desk/sessions', signInBody('ana@clinic.test', 'wrong')), 'sign-in-failed');
  assertRefused(await call(url, 'POST', '/v1/desk/sessions', signInBody('ana@clinic.test', 'wrong')), 'locked-out');
  const locked = await call(url, 'POST', '/v1/desk/sessions', signInBody('ana@clinic.test', 'correct-horse'));
  assertRefused(locked, 'locked-out');
  assert.ok(Number(locked.headers.get('retry-after')) > 60);
  await signIn(url, 'ben@clinic.test');
});

test('too many sessions or sign-ins from one address are refused with how long to wait', async (t) => {
  const { url } = await openServer(t, { change: (config) => ({ ...config, limits: { ...config.limits, sessionsPerMin: 2, signInsPerMin: 1 } }) });
  await Promise.all([openVisitor(url), openVisitor(url)]);
  const third = await call(url, 'POST', '/v1/sessions', { origin: pageOrigin, body: { widgetId: 'main', deviceId: 'd_1' } });
  assertRefused(third, 'rate-limited');
  assert.ok(Number(third.headers.get('retry-after')) >= 1);
  await signIn(url, 'ana@clinic.test');
  assertRefused(await call(url, 'POST', '/v1/desk/sessions', signInBody('ben@clinic.test', 'correct-horse')), 'rate-limited');
});

test('history is paged both ways, and says where it ends', async (t) => {
  const { url } = await openServer(t);
  const visitor = await openVisitor(url);
  const { id, head, epoch } = await openConversation(url, visitor, { first: [{ kind: 'text', text: 'Hi' }] });
  const page = async (query: string): Promise<[number[], boolean]> => {
    const { body } = await call<{ events: { seq: number }[]; complete: boolean }>(url, 'GET', `/v1/streams/${id}/events?${query}`, { person: visitor });
    return [body.events.map(({ seq }) => seq), body.complete];
  };
  assert.equal(head, 3);
  assert.deepEqual(await page('after=0&limit=2'), [[1, 2], false]);
  assert.deepEqual(await page('after=2&limit=2'), [[3], true]);
  assert.deepEqual(await page('before=3&limit=1'), [[2], false]);
  assert.deepEqual(await page('before=2'), [[1], true]);
  assert.deepEqual(await page(`epoch=${epoch}`), [[1, 2, 3], true]);
  assertRefused(await call(url, 'GET', `/v1/streams/${id}/events?epoch=other`, { person: visitor }), 'epoch-changed');
  assertRefused(await call(url, 'GET', `/v1/streams/${id}/events?after=1&before=3`, { person: visitor }), 'invalid');
  assertRefused(await call(url, 'GET', `/v1/streams/${id}/events?after=-1`, { person: visitor }), 'invalid');
});

const questionnaire = {
  resourceType: 'Questionnaire', status: 'active', url: 'https://clinic.test/q', version: '2', title: 'Before we begin',
  item: [{ linkId: 'name', type: 'string', text: 'Your name', required: true }, { linkId: 'age', type: 'integer', text: 'Age', extension: [{ url: 'http://hl7.org/fhir/StructureDefinition/maxValue', valueInteger: 120 }] }],
};
const strictConfig = {
  ...plainConfig,
  widgets: [{ ...plainConfig.widgets[0], consents: [{ purpose: 'chat', version: '3', required: true, text: { en: 'I agree.' } }], preChat: questionnaire }],
};

const hashOf = (text: string): string => createHash('sha256').update(text).digest('hex');

function answered(items: unknown[], name = 'Pat'): unknown {
  const canonical = 'https://clinic.test/q|2';
  return {
    form: { questionnaire: canonical }, purpose: 'pre-chat', answers: [{ linkId: 'name', question: 'Your name', answers: [name] }],
    response: { resourceType: 'QuestionnaireResponse', status: 'completed', questionnaire: canonical, item: items },
  };
}

test('consents and pre-chat answers are checked where the widget asks for them, and kept with the conversation', async (t) => {
  const { url } = await openServer(t, { file: strictConfig });
  const [visitor, ana] = await Promise.all([openVisitor(url), signIn(url, 'ana@clinic.test')]);
  const consent = { purpose: 'chat', version: '3', granted: true, textHash: hashOf('I agree.'), locale: 'en' };
  const name = { linkId: 'name', answer: [{ valueString: 'Pat' }] };
  const attempt = (request: object): ReturnType<typeof call> => call(url, 'POST', '/v1/conversations', { person: visitor, body: { cmid: 'strict-open-1', ...request } });
  assertRefused(await attempt({ preChat: answered([name]) }), 'consent-required');
  assertRefused(await attempt({ preChat: answered([name]), consents: [{ ...consent, granted: false }] }), 'consent-required');
  assertRefused(await attempt({ preChat: answered([name]), consents: [{ ...consent, version: '2' }] }), 'consent-required');
  assertRefused(await attempt({ consents: [consent] }), 'invalid');
  const outOfRange = await attempt({ consents: [consent], preChat: answered([name, { linkId: 'age', answer: [{ valueInteger: 300 }] }]) });
  assertRefused(outOfRange, 'invalid');
  assert.deepEqual((outOfRange.body as { errors: unknown[] }).errors, [{ pointer: '/preChat/response/item/1', code: 'too-big' }]);
  assertRefused(await attempt({ consents: [consent], preChat: answered([]) }), 'invalid');
  assertRefused(await attempt({ consents: [consent], preChat: { ...(answered([name]) as object), form: { questionnaire: 'https://clinic.test/q|1' } } }), 'form-version');
  assertRefused(await attempt({ departmentId: 'kitchen', consents: [consent], preChat: answered([name]) }), 'invalid');
  const { status } = await attempt({ consents: [consent], preChat: answered([name]) });
  assert.equal(status, 201);
  const { body } = await call<{ list: { visitor: { name: string }; preChat: unknown[] }[] }>(url, 'POST', '/v1/desk/conversations/search', { person: ana, body: {} });
  assert.deepEqual([body.list[0]?.visitor.name, body.list[0]?.preChat.length], ['Pat', 1]);
});

test('a consent counts only if its hash is of a text that is configured, plain or rich, in the language it was shown in', async (t) => {
  const text = { en: 'I agree.', es: 'Acepto.', 'es-MX': 'Estoy de acuerdo.' };
  const consents = [{ purpose: 'chat', version: '3', required: true, text, html: { en: '<b>I agree.</b>' } }, { purpose: 'preview', version: '1', required: false, text }];
  const { url } = await openServer(t, { file: { ...plainConfig, widgets: [{ ...plainConfig.widgets[0], consents }] } });
  const attempt = async (shown: string, locale: string, ...more: object[]): Promise<ReturnType<typeof call>> => {
    const record = { purpose: 'chat', version: '3', granted: true, textHash: hashOf(shown), locale };
    return call(url, 'POST', '/v1/conversations', { person: await openVisitor(url), body: { cmid: 'consent-open-1', consents: [record, ...more] } });
  };
  for (const [shown, locale] of [['I agree.', 'en'], ['<b>I agree.</b>', 'en'], ['Acepto.', 'es'], ['Acepto.', 'es-AR'], ['Estoy de acuerdo.', 'es-MX'], ['I agree.', 'de'], ['<b>I agree.</b>', 'es']] as const) {
    assert.equal((await attempt(shown, locale)).status, 201, `${shown} ${locale}`);
  }
  for (const [shown, locale] of [['I agree', 'en'], ['Acepto.', 'en'], ['Acepto.', 'es-MX'], ['', 'en']] as const) {
    const refused = await attempt(shown, locale);
    assertRefused(refused, 'consent-required');
    assert.deepEqual((refused.body as { errors: unknown[] }).errors, [{ pointer: '/consents', code: 'required:chat' }]);
  }
  // What is not required is kept as it came: it says what the patient was shown.
  assert.equal((await attempt('I agree.', 'en', { purpose: 'preview', version: '0', granted: false, textHash: hashOf('Older'), locale: 'en' })).status, 201);
});

test('ending a session is in the audit log, as a visitor\'s end or an agent\'s sign-out', async (t) => {
  const server = await openServer(t);
  const people = [await openVisitor(server.url), await signIn(server.url, 'ana@clinic.test')];
  for (const person of people) assert.equal((await call(server.url, 'DELETE', '/v1/sessions/current', { person })).status, 204);
  const entries = (await readAudit(server)).filter(({ action }) => action === 'visitor.end' || action === 'agent.sign-out' || action === 'session.revoked');
  assert.deepEqual(entries.map(({ action, actor }) => [action, actor]), [
    ['visitor.end', people[0]?.id], ['session.revoked', people[0]?.id], ['agent.sign-out', people[1]?.id], ['session.revoked', people[1]?.id],
  ]);
});
