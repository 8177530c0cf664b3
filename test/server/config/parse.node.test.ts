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

  it('is told of addresses that are none', () => {
    assert.deepEqual(mistakes({ ...widget({ privacyUrl: 'javascript:alert(1)' }), publicUrl: 'http://chat.example.org' }), ['/publicUrl url', '/widgets/0/privacyUrl url']);
    for (const privacyUrl of ['//evil.example', 'privacy.html']) assert.deepEqual(mistakes(widget({ privacyUrl })), ['/widgets/0/privacyUrl url']);
    for (const privacyUrl of ['/privacy', 'https://a.example/privacy#chat', 'http://localhost:8080/p']) assert.ok(parse(widget({ privacyUrl })).ok, privacyUrl);
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
