/** `care-chat.config.json`: what is taken, and how each mistake is told. */
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, describe, it } from 'node:test';
import { fileURLToPath } from 'node:url';
import { Ajv } from 'ajv';
import formats from 'ajv-formats';
import { configJsonSchema } from '../../../src/server/config/json-schema.js';
import { originAllowed } from '../../../src/server/config/origins.js';
import { loadConfig, parseConfig } from '../../../src/server/config/parse.js';
import { readPackFile } from '../../support/node/content-packs.js';
import { samplePack } from '../../support/shared/sample-pack.js';

const root = fileURLToPath(new URL('../../../../', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'care-chat-config-'));
after(() => rmSync(folder, { recursive: true }));

type Json = Record<string, unknown>;
const base = (): Json => ({
  clinic: { name: 'Clinic', country: 'US', timeZone: 'America/New_York' },
  widgets: [{ id: 'main', origins: ['https://www.example.org'], departments: ['nurse'], languages: ['en'], emergency: [{ kind: 'emergency', number: '911' }] }],
  departments: [{ id: 'nurse', name: { en: 'Nurse line' } }],
});
const widget = (more: Json): Json => ({ ...base(), widgets: [{ ...(base()['widgets'] as Json[])[0], ...more }] });
const parse = (input: unknown, demo = false) => parseConfig(input, { demo, baseDir: folder, file: 'test.json' });
const mistakes = (input: unknown, demo = false): readonly string[] => {
  const result = parse(input, demo);
  assert.ok(!result.ok, 'was taken');
  assert.equal(result.error.code, 'config-invalid');
  return result.error.details.map(({ pointer, code }) => `${pointer} ${code}`);
};
const words = (input: unknown): string => {
  const result = parse(input);
  return result.ok ? '' : result.error.message;
};

describe('a configuration that is fine', () => {
  it('gets its defaults', () => {
    const result = parse(base());
    assert.ok(result.ok, words(base()));
    const config = result.value;
    assert.equal(config.dataDir, join(folder, '.data'));
    assert.deepEqual(config.listen, { host: '127.0.0.1', port: 8080, trustedProxies: [] });
    assert.equal(config.limits.textChars, 8000);
    assert.equal(config.sessions.accessTtlMs, 600_000);
    assert.deepEqual([config.sessions.lockAfter, config.sessions.lockMs], [6, 900_000]);
    assert.deepEqual(config.widgets[0]?.consents, []);
    assert.equal(config.widgets[0]?.cobrowse, null);
    assert.equal(config.departments[0]?.hours, null);
    assert.equal(config.publicUrl, null);
  });

  it('keeps what it says, with paths from its own folder and the clinic\'s time zone for hours', () => {
    const result = parse({
      ...base(), publicUrl: 'https://chat.example.org/', data: 'here', limits: { textChars: 500 }, static: [{ path: '/', dir: '../site' }],
      departments: [{ id: 'nurse', name: { en: 'N' }, hours: { weekly: [{ days: ['mon'], from: '08:00', to: '24:00' }] } }],
      canned: [{ shortcut: 'hi', lang: 'en', text: 'Hello' }, { shortcut: 'hi', lang: 'es', text: 'Hola' }],
    });
    assert.ok(result.ok);
    const config = result.value;
    assert.equal(config.publicUrl, 'https://chat.example.org');
    assert.equal(config.dataDir, join(folder, 'here'));
    assert.deepEqual([config.limits.textChars, config.limits.pageMax], [500, 200]);
    assert.equal(config.static[0]?.dir, join(folder, '../site'));
    assert.equal(config.departments[0]?.hours?.timeZone, 'America/New_York');
    assert.notEqual(config.canned[0]?.id, config.canned[1]?.id);
  });

  it('has the same defaults as its schema says', () => {
    const result = parse(base());
    assert.ok(result.ok);
    const schema = configJsonSchema() as { properties: Record<string, { properties: Record<string, { default?: unknown }> }> };
    for (const section of ['listen', 'limits', 'sessions', 'heartbeat', 'desk', 'log'] as const) {
      const held = result.value[section] as unknown as Json;
      const said = Object.entries(schema.properties[section]!.properties).filter(([, field]) => field.default !== undefined);
      assert.ok(said.length > 0);
      for (const [key, field] of said) assert.equal(held[key], field.default, `${section}.${key}`);
    }
  });

  it('may leave the data folder to the environment', () => {
    const result = parseConfig(base(), { demo: false, baseDir: folder, dataDir: join(folder, 'elsewhere') });
    assert.ok(result.ok && result.value.dataDir === join(folder, 'elsewhere'));
  });
});

describe('a configuration with mistakes', () => {
  it('is told every one of them at once, of shape and of meaning', () => {
    assert.deepEqual(mistakes({
      clinik: {}, clinic: { name: '', country: 'usa', timeZone: 'America/NewYork' },
      widgets: [{ id: 'main', origins: ['https://a.example/'], departments: ['nurze'], languages: [], emergency: [{ kind: 'fire', number: 'x!' }] }],
      departments: [{ id: 'nurse', name: {}, hours: { weekly: [{ days: ['monday'], from: '8:00', to: '17:00' }], closed: ['2026-02-30'] } }],
      limits: { textChars: 1 },
    }).slice().sort(), [
      '/clinic/country pattern', '/clinic/name too-short', '/clinic/timeZone time-zone', '/clinik unknown-key',
      '/departments/0/hours/closed/0 format', '/departments/0/hours/weekly/0/days/0 enum', '/departments/0/hours/weekly/0/from pattern', '/departments/0/name too-few',
      '/limits/textChars too-small',
      '/widgets/0/departments/0 unknown-department', '/widgets/0/emergency/0/kind enum', '/widgets/0/emergency/0/number pattern', '/widgets/0/languages too-few',
      '/widgets/0/origins/0 origin',
    ]);
  });

  it('is told what was probably meant', () => {
    assert.match(words({ ...base(), departmants: [] }), /\/departmants: is not a known setting\. Did you mean "departments"\?/);
    assert.match(words(widget({ departments: ['nurs'] })), /there is no department "nurs"\. Did you mean "nurse"\?/);
    assert.match(words({ ...base(), clinic: { name: 'C', country: 'US', timeZone: 'Europe/Berln' } }), /Did you mean "Europe\/Berlin"\?/);
    assert.match(words(widget({ origins: ['https://a.example/path'] })), /"https:\/\/a\.example"/);
  });

  it('is told which trusted proxies are no addresses, and which would be everybody', () => {
    assert.deepEqual(mistakes({ ...base(), listen: { trustedProxies: ['10.0.0.0/8', '::1', 'fd00::/8', '10.0.0.0/33', 'proxy.example', '::/0', '0.0.0.0/0', '10.0.0.1/', 7] } }),
      ['/listen/trustedProxies/8 type', ...[3, 4, 5, 6, 7].map((n) => `/listen/trustedProxies/${n} network`)]);
    assert.match(words({ ...base(), listen: { trustedProxies: ['10.0.0.0/33'] } }), /write it like "10\.0\.0\.7" or "10\.0\.0\.0\/8"/);
  });

  it('is told that the whole is not an object', () => {
    for (const input of [null, [], 'text', 7]) assert.deepEqual(mistakes(input), [' type']);
  });

  it('is told what is missing', () => {
    assert.deepEqual(mistakes({}), ['/clinic required', '/widgets required', '/departments required']);
  });

  it('is told of ids, addresses and shortcuts that are there twice', () => {
    const { departments, widgets } = base() as { departments: Json[]; widgets: Json[] };
    const agent = { name: 'N', title: 'T', departments: ['nurse'] };
    assert.deepEqual(mistakes({
      ...base(), departments: [...departments, ...departments], widgets: [...widgets, ...widgets],
      agents: [{ ...agent, email: 'a@b.example' }, { ...agent, email: 'A@B.example' }],
      canned: [{ shortcut: 'x', lang: 'en', text: '1' }, { shortcut: 'x', lang: 'es', text: '2' }, { shortcut: 'x', lang: 'en', text: '3' }],
    }), ['/departments/1/id duplicate', '/widgets/1/id duplicate', '/agents/1/email duplicate', '/canned/2 duplicate']);
  });

  it('is told of hours that end before they begin, and how to write a night', () => {
    const input = { ...base(), departments: [{ id: 'nurse', name: { en: 'N' }, hours: { timeZone: 'Mars/Base', weekly: [{ days: ['mon'], from: '20:00', to: '06:00' }] } }] };
    assert.deepEqual(mistakes(input), ['/departments/0/hours/timeZone time-zone', '/departments/0/hours/weekly/0 hours']);
    assert.match(words(input), /for hours across midnight write two entries/);
  });

  it('is told which origins are none', () => {
    const bad = ['www.example.org', 'http://www.example.org', 'https://a.example/', 'https://a.example/x', 'HTTPS://A.example', 'https://*.example.org', 'null', '*', 'http://localhost:*', 'ftp://a.example'];
    assert.deepEqual(mistakes(widget({ origins: bad })), bad.map((_, n) => `/widgets/0/origins/${n} origin`));
  });

  it('is told of passwords and patterns that are for demo mode only', () => {
    const input = { ...widget({ origins: ['http://localhost:*'] }), agents: [{ email: 'a@b.example', name: 'N', title: 'T', departments: ['nurse'], password: 'demo-only' }] };
    assert.deepEqual(mistakes(input), ['/widgets/0/origins/0 origin', '/agents/0/password demo-only']);
    assert.ok(!words(input).includes('demo-only"'), 'a password is not repeated');
    assert.ok(parse(input, true).ok);
  });

  it('is told of an access token that lives too short, outside of demo mode, and of one that lives too long', () => {
    assert.deepEqual(mistakes({ ...base(), sessions: { accessTtlMs: 4000 } }), ['/sessions/accessTtlMs demo-only']);
    assert.match(words({ ...base(), sessions: { accessTtlMs: 4000 } }), /lives at least 300000 ms; less is for demo mode only/);
    assert.ok(parse({ ...base(), sessions: { accessTtlMs: 4000 } }, true).ok);
    assert.deepEqual(mistakes({ ...base(), sessions: { accessTtlMs: 1000 } }, true), ['/sessions/accessTtlMs too-small']);
    assert.deepEqual(mistakes({ ...base(), sessions: { accessTtlMs: 900_001 } }, true), ['/sessions/accessTtlMs too-large']);
  });

  it('is told that a slow reader must be spared the light frames before the messages, also where one of the two is the default', () => {
    for (const limits of [{ lightBytes: 2001, pauseBytes: 2000 }, { lightBytes: 1_048_577 }, { pauseBytes: 262_143 }]) {
      assert.deepEqual(mistakes({ ...base(), limits }), ['/limits/lightBytes out-of-range'], JSON.stringify(limits));
      assert.match(words({ ...base(), limits }), /\/limits\/lightBytes: must not be more than "pauseBytes"\./);
    }
    assert.ok(parse({ ...base(), limits: { lightBytes: 2000, pauseBytes: 2000 } }).ok);
  });

  it('is told of addresses that are none', () => {
    assert.deepEqual(mistakes({ ...widget({ privacyUrl: 'javascript:alert(1)' }), publicUrl: 'http://chat.example.org' }), ['/publicUrl url', '/widgets/0/privacyUrl url']);
    for (const privacyUrl of ['//evil.example', 'privacy.html']) assert.deepEqual(mistakes(widget({ privacyUrl })), ['/widgets/0/privacyUrl url']);
    for (const privacyUrl of ['/privacy', 'https://a.example/privacy#chat', 'http://localhost:8080/p']) assert.ok(parse(widget({ privacyUrl })).ok, privacyUrl);
  });

  it('has co-browse off but where a widget says that it is on, with limits that make sense, and no consent to it before the chat', () => {
    const read = (cobrowse: unknown): unknown => {
      const result = parse(widget({ cobrowse }));
      return result.ok ? result.value.widgets[0]?.cobrowse : null;
    };
    const usual = { minutes: 30, bytesPerSec: 262_144, burstBytes: 1_048_576 };
    assert.deepEqual([read({}), read({ minutes: 10 }), read({ enabled: false }), read({ enabled: true }), read({ enabled: true, minutes: 10 })], [null, null, null, usual, { ...usual, minutes: 10 }]);
    assert.deepEqual(mistakes(widget({ cobrowse: { enabled: true, minutes: 90, burstBytes: 1000, record: true } })).map((one) => one.replace('/widgets/0/cobrowse', '')), ['/record unknown-key', '/minutes too-large', '/burstBytes too-small']);
    const asked = { purpose: 'cobrowse', version: '1', required: false, text: { en: 'x' } };
    assert.deepEqual(mistakes(widget({ consents: [asked] })), ['/widgets/0/consents/0/purpose not-before']);
  });

  it('is told of texts without English, which everything falls back to', () => {
    assert.deepEqual(mistakes(widget({ welcome: { es: 'Hola' }, consents: [{ purpose: 'chat', version: '1', required: true, text: { ar: 'x' } }] })), ['/widgets/0/welcome fallback-missing', '/widgets/0/consents/0/text fallback-missing']);
    assert.deepEqual(mistakes(widget({ welcome: { english: 'Hi' } })), ['/widgets/0/welcome/english unknown-key']);
  });

  it('is told where its form cannot be shown, in the file or in its own', () => {
    const form = { resourceType: 'Questionnaire', status: 'active', item: [{ linkId: 'a', text: 'A', type: 'choice' }] };
    writeFileSync(join(folder, 'form.json'), JSON.stringify(form));
    writeFileSync(join(folder, 'torn.json'), '{\n  "resourceType": ');
    assert.deepEqual(mistakes(widget({ preChat: form })), ['/widgets/0/preChat/item/0 no-options']);
    assert.deepEqual(mistakes(widget({ preChat: 'form.json' })), ['/widgets/0/preChat no-options']);
    assert.match(words(widget({ preChat: 'form.json' })), /in "form\.json", \/item\/0: A choice needs options\./);
    assert.deepEqual(mistakes(widget({ preChat: 'nowhere.json' })), ['/widgets/0/preChat file']);
    assert.match(words(widget({ preChat: 'torn.json' })), /line 2, column/);
    assert.deepEqual(mistakes(widget({ preChat: { resourceType: 'Patient' } })), ['/widgets/0/preChat type']);
    assert.deepEqual(mistakes(widget({ preChat: 3 })), ['/widgets/0/preChat type']);
  });

  it('takes phrases that show a number, on or off, ours changed, and tells every mistake in them', () => {
    const read = (redFlags: unknown) => {
      const result = parse(widget(redFlags === undefined ? {} : { redFlags }));
      assert.ok(result.ok, words(widget({ redFlags })));
      return result.value.widgets[0]!.redFlags;
    };
    const own = { add: { en: { emergency: ['code red'] } }, replace: { 'es-MX': { crisis: [] } } };
    assert.deepEqual([undefined, true, false, own].map(read), [null, null, { off: true }, own]);
    const told: readonly (readonly [redFlags: unknown, mistake: string])[] = [
      ['on', ' type'], [[], ' type'], [null, ' type'], [{ en: {} }, '/en unknown-key'], [{ add: { 'not a tag': {} } }, '/add/not a tag unknown-key'], [{ add: { en: { urgent: [] } } }, '/add/en/urgent unknown-key'],
      [{ add: { en: { crisis: 'x' } } }, '/add/en/crisis type'], [{ add: { en: { crisis: [''] } } }, '/add/en/crisis/0 too-short'], [{ replace: { en: { emergency: ['fits', '?!'] } } }, '/replace/en/emergency/1 not-heard'],
      [{ add: { zh: { emergency: ['胸痛'] } } }, '/add/zh/emergency/0 not-heard'],
    ];
    for (const [redFlags, mistake] of told) assert.deepEqual(mistakes(widget({ redFlags })), [`/widgets/0/redFlags${mistake}`], JSON.stringify(redFlags));
    assert.match(words(widget({ redFlags: 'on' })), /redFlags: must be true, false or an object/);
  });

  it('takes content packs for checkers, and tells every mistake in one', () => {
    const pack = readPackFile('respiratory');
    writeFileSync(join(folder, 'pack.json'), JSON.stringify(pack));
    writeFileSync(join(folder, 'broken-pack.json'), JSON.stringify({ ...pack, id: 'not an id', levels: [] }));
    const read = (checkers: unknown, demo = false) => {
      const result = parse(widget({ checkers }), demo);
      assert.ok(result.ok, result.ok ? '' : result.error.message);
      return result.value.widgets[0]!.checkers.map(({ pack, allowUnreviewed }) => [pack.id, allowUnreviewed]);
    };
    assert.deepEqual(read([{ pack: 'pack.json' }]), [['respiratory', false]]);
    assert.deepEqual(read([{ pack, allowUnreviewed: true }]), [['respiratory', true]]);
    assert.deepEqual(read([{ pack: 'pack.json' }], true), [['respiratory', true]], 'demo mode shows unreviewed translations');
    assert.deepEqual(mistakes(widget({ checkers: [{ pack: 'nowhere.json' }] })), ['/widgets/0/checkers/0/pack file']);
    assert.deepEqual(mistakes(widget({ checkers: [{ pack: 'pack.json' }, { pack: 'pack.json' }] })), ['/widgets/0/checkers/1/pack duplicate']);
    assert.match(words(widget({ checkers: [{ pack: 'broken-pack.json' }] })), /in "broken-pack\.json", \/id: This has to be an id/);
    assert.ok(mistakes(widget({ checkers: [{ pack: { ...pack, levels: [] } }] })).includes('/widgets/0/checkers/0/pack/levels levels'));
    assert.deepEqual(mistakes(widget({ checkers: [{ pack: samplePack }] })), ['/widgets/0/checkers/0/pack missing']);
  });

  it('is told where it is not JSON, and when it is not there', () => {
    const file = join(folder, 'broken.json');
    writeFileSync(file, '{\n  "clinic": {\n    "name": oops\n  }\n}');
    const broken = loadConfig(file, { demo: false });
    assert.ok(!broken.ok && /is not JSON: look at line 3, column/.test(broken.error.message), broken.ok ? '' : broken.error.message);
    const missing = loadConfig(join(folder, 'missing.json'), { demo: false });
    assert.ok(!missing.ok && missing.error.code === 'config-invalid' && /cannot be read/.test(missing.error.message));
  });
});

describe('origins', () => {
  it('match exactly, and any port of localhost only by its pattern', () => {
    assert.equal(originAllowed(['https://a.example'], 'https://a.example'), true);
    for (const origin of ['http://a.example', 'https://a.example:444', 'https://A.example', 'https://a.example.evil', 'https://b.a.example', 'null', '', null, undefined]) {
      assert.equal(originAllowed(['https://a.example'], origin), false, String(origin));
    }
    for (const origin of ['http://localhost', 'http://localhost:8080']) assert.equal(originAllowed(['http://localhost:*'], origin), true, origin);
    for (const origin of ['https://localhost:8080', 'http://localhost:8080.evil.example', 'http://localhost.evil.example', 'http://127.0.0.1:8080', 'http://localhost:*']) {
      assert.equal(originAllowed(['http://localhost:8081', 'http://localhost:*'], origin), origin === 'http://localhost:*', origin);
    }
  });
});

describe('the demo clinic', () => {
  it('is a configuration without mistakes, in demo mode only', () => {
    const path = join(root, 'demo/care-chat.config.json');
    const result = loadConfig(path, { demo: true });
    assert.ok(result.ok, result.ok ? '' : result.error.message);
    assert.deepEqual(result.value.agents.map((agent) => [agent.email, agent.password]), [['nurse@demo.clinic', 'demo-only'], ['frontdesk@demo.clinic', 'demo-only']]);
    assert.equal(loadConfig(path, { demo: false }).ok, false);
    for (const text of [result.value.widgets[0]!.welcome!, result.value.widgets[0]!.consents[0]!.text, ...result.value.departments.map((department) => department.name)]) {
      assert.deepEqual(Object.keys(text), ['en', 'es', 'ar']);
    }
  });

  it('fits the JSON Schema that editors complete from, which is up to date', () => {
    const ajv = new Ajv({ strict: true, strictTypes: false, strictRequired: false });
    formats.default(ajv, ['date', 'email']);
    const validate = ajv.compile(JSON.parse(readFileSync(join(root, 'types/care-chat.config.schema.json'), 'utf8')) as object);
    assert.ok(validate(JSON.parse(readFileSync(join(root, 'demo/care-chat.config.json'), 'utf8'))), JSON.stringify(validate.errors));
    assert.ok(!validate({ ...base(), surplus: 1 }));
    execFileSync(process.execPath, [join(root, 'dist/src/server/config/generate.js'), '--check']);
  });
});

describe('bots in a configuration', () => {
  const steps = (...list: readonly Json[]): Json => ({ guide: { start: 'hello', steps: list } });
  const hello = (...buttons: readonly Json[]): Json => ({ id: 'hello', text: { en: 'Hello' }, buttons });
  const withBot = (bot: Json, more: Json = {}): Json => ({ ...widget({ bot: 'guide' }), bots: [{ id: 'guide', name: { en: 'Assistant' }, ...bot }], ...more });
  const button = (more: Json): Json => ({ id: 'a', label: { en: 'Go' }, ...more });

  it('are taken with their defaults, each at its widget', () => {
    const result = parse(withBot(steps(hello(button({ go: 'end' })), { id: 'end', text: { en: 'Bye' } })));
    assert.ok(result.ok);
    const { bot } = result.value.widgets[0]!;
    assert.deepEqual([bot?.id, bot?.onReturn, bot && 'guide' in bot.speaks], ['guide', 'silent', true]);
  });

  it('read the secret of a webhook from its file', () => {
    writeFileSync(join(folder, 'secret'), `${'s'.repeat(32)}\n`);
    writeFileSync(join(folder, 'short'), 'secret');
    const hook = (more: Json): Json => withBot({ webhook: { url: 'https://bot.example.org/turn', secretFile: 'secret', ...more } });
    const result = parse(hook({}));
    assert.ok(result.ok);
    assert.deepEqual(result.value.widgets[0]?.bot?.speaks, { webhook: { url: 'https://bot.example.org/turn', secret: 's'.repeat(32), timeoutMs: 3000 } });
    assert.ok(parse(hook({ url: 'http://localhost:9000/turn' })).ok);
    assert.deepEqual(mistakes(hook({ secretFile: 'short' })), ['/bots/0/webhook/secretFile too-short']);
    assert.deepEqual(mistakes(hook({ secretFile: 'nowhere' })), ['/bots/0/webhook/secretFile file']);
    assert.ok(!words(hook({ secretFile: 'short' })).includes('has "secret"'));
    for (const url of ['http://bot.example.org/turn', 'http://localhost.example.org/', 'ftp://localhost/', 'bot']) assert.deepEqual(mistakes(hook({ url })), ['/bots/0/webhook/url url'], url);
  });

  const cases: readonly (readonly [what: string, input: Json, told: readonly string[]])[] = [
    ['a bot that is not there', { ...widget({ bot: 'giude' }), bots: [{ id: 'guide', name: { en: 'A' }, ...steps(hello()) }] }, ['/widgets/0/bot unknown-bot']],
    ['neither guide nor webhook', withBot({}), ['/bots/0 one-of']],
    ['a step that is not there', withBot(steps(hello(button({ go: 'hours' })))), ['/bots/0/guide/steps/0/buttons/0/go unknown-step']],
    ['a start that is not there', withBot({ guide: { start: 'helo', steps: [hello()] } }), ['/bots/0/guide/start unknown-step']],
    ['a button that leads nowhere, and one that leads to two places', withBot(steps(hello(button({}), button({ id: 'b', label: { en: 'Both' }, go: 'hello', human: true })))),
      ['/bots/0/guide/steps/0/buttons/0 one-of', '/bots/0/guide/steps/0/buttons/1 one-of']],
    ['a step to which nothing leads', withBot(steps(hello(), { id: 'lost', text: { en: 'Lost' } })), ['/bots/0/guide/steps/1 unreachable']],
    ['two buttons that say the same', withBot(steps(hello(button({ go: 'hello' }), button({ id: 'b', label: { en: 'GO!' }, human: true })))), ['/bots/0/guide/steps/0/buttons/1/label/en duplicate']],
    ['a word that text messages keep', withBot(steps(hello(button({ label: { en: 'Help', es: 'Alto' }, go: 'hello' })))),
      ['/bots/0/guide/steps/0/buttons/0/label/en reserved-word', '/bots/0/guide/steps/0/buttons/0/label/es reserved-word']],
    ['a department of another widget', withBot(steps(hello(button({ department: 'billing' })))), ['/bots/0/guide/steps/0/buttons/0/department unknown-department']],
    ['another department for what is not understood, never, and without English', withBot({ guide: { ...steps(hello())['guide'] as Json, notUnderstood: { text: { es: 'Solo esto:' }, handOverAfter: 0, department: 'billing' } } }),
      ['/bots/0/guide/notUnderstood/handOverAfter too-small', '/bots/0/guide/notUnderstood/text fallback-missing', '/bots/0/guide/notUnderstood/department unknown-department']],
    ['a symptom checker that the widget does not have', withBot(steps(hello(button({ checker: 'respiratory' })))), ['/widgets/0/bot unknown-checker']],
    ['a link to a script', withBot(steps(hello(button({ url: 'javascript:alert(1)' })))), ['/bots/0/guide/steps/0/buttons/0/url url']],
    ['a text without English', withBot(steps({ id: 'hello', text: { es: 'Hola' } })), ['/bots/0/guide/steps/0/text fallback-missing']],
    ['a bot that is called like a clinician', withBot({ name: { en: 'Nurse Joy' }, ...steps(hello()) }), ['/bots/0/name/en persona']],
    ['two steps of one id', withBot(steps(hello(), hello())), ['/bots/0/guide/steps/1/id duplicate']],
  ];
  for (const [what, input, told] of cases) it(`refuses ${what}`, () => assert.deepEqual(mistakes(input), told));
});
