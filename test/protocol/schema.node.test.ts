import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, it } from 'node:test';
import { fileURLToPath } from 'node:url';
import { Ajv } from 'ajv';
import { Ajv2020 } from 'ajv/dist/2020.js';
import fc from 'fast-check';
import { generateAll } from '../../src/protocol/generate/main.js';
import { describedCloseCodes } from '../../src/protocol/generate/tables.js';
import * as frames from '../../src/protocol/schema/frames.js';
import { operations, type Operation } from '../../src/protocol/schema/operations.js';
import { ajvSchemas, allJsonSchemas, frameNames, schemas } from '../../src/protocol/schema/registry.js';
import { strangeKeywords, toClosed } from '../../src/protocol/schema/to-json-schema.js';
import { createValidator } from '../../src/protocol/schema/validate.js';
import { closeActions, problemTable } from '../../src/protocol/version.js';
import { fromSchema } from '../support/node/from-schema.js';

const root = fileURLToPath(new URL('../../../', import.meta.url));
const strictAjv = (): Ajv => new Ajv({ allErrors: true, discriminator: true, strict: true });

describe('the schema source', () => {
  it('uses only keywords that draft-07 and 2020-12 share', () => {
    for (const [name, schema] of Object.entries(allJsonSchemas({ toRef: (to) => to, discriminator: 'openapi' }))) assert.deepEqual(strangeKeywords(schema), [], name);
  });

  it('is caught where it uses another keyword', () => {
    assert.deepEqual(strangeKeywords({ type: 'object', properties: { a: { prefixItems: [] } }, $defs: {} }), ['/$defs', '/properties/a/prefixItems']);
    assert.deepEqual(strangeKeywords({ $ref: 'By', description: 'ignored by draft-07' }), ['/description']);
  });

  it('describes every named schema', () => {
    for (const [name, schema] of schemas) assert((schema as { readonly description?: string }).description, `${name} has no description`);
  });

  it('limits every text, list and number', () => {
    const unlimited: string[] = [];
    const look = (value: unknown, path: string): void => {
      if (typeof value !== 'object' || value === null) return;
      const schema = value as Readonly<Record<string, unknown>>;
      if (schema['type'] === 'string' && !('const' in schema) && !('enum' in schema) && !('maxLength' in schema) && !('pattern' in schema)) unlimited.push(path);
      if (schema['type'] === 'array' && !('maxItems' in schema)) unlimited.push(path);
      if (schema['type'] === 'integer' && !('maximum' in schema)) unlimited.push(path);
      for (const [key, child] of Object.entries(schema)) look(child, `${path}/${key}`);
    };
    for (const [name, schema] of Object.entries(allJsonSchemas({ toRef: (to) => to, discriminator: 'none' }))) look(schema, name);
    assert.deepEqual(unlimited, []);
  });

  it('compiles under strict ajv, as draft-07 and as 2020-12', () => {
    createValidator(strictAjv());
    for (const ajv of [strictAjv(), new Ajv2020({ allErrors: true, discriminator: true, strict: true })]) {
      for (const schema of ajvSchemas()) ajv.addSchema(schema as Record<string, unknown>);
      for (const name of schemas.keys()) assert(ajv.getSchema(name), name);
    }
  });

  it('compiles from the published files, without any option', () => {
    const ajv = new Ajv2020({ strict: true, strictRequired: false });
    for (const [path, text] of generateAll(root)) if (path.startsWith('types/schemas/')) ajv.addSchema(JSON.parse(text) as Record<string, unknown>);
    const validate = ajv.getSchema('https://care-chat.dev/schemas/v1/ClientFrame.json');
    assert(validate?.({ t: 'ping', d: { n: 1 } }));
    assert(!validate?.({ t: 'ping', d: { n: 'x' } }));
  });

  it('has a closed variant that refuses unknown fields and nothing else', () => {
    const closed = createValidator(strictAjv(), { closed: true });
    assert.equal(closed.check('PingSignal', { t: 'ping', d: { n: 1 } }), null);
    assert.deepEqual(closed.check('ServerFrame', { t: 'ping', d: { n: 1, more: 1 } }), { code: 'invalid', errors: [{ pointer: '/d', code: 'not-allowed' }] });
    assert.deepEqual(toClosed({ type: 'object', properties: { properties: { type: 'object', properties: {} } } }), {
      type: 'object', additionalProperties: false, properties: { properties: { type: 'object', properties: {}, additionalProperties: false } },
    });
  });

  it('accepts what is generated from it', () => {
    const validator = createValidator(strictAjv());
    fc.assert(fc.property(fromSchema(frames.ClientFrame), (frame) => {
      const read = validator.frame('client', JSON.stringify(frame));
      assert(read.ok || read.refusal.errors.some(({ code }) => code === 'too-deep' || code === 'not-unicode'), JSON.stringify(read));
    }), { numRuns: 500 });
  });

  it('names schemas that exist in the table of operations', () => {
    for (const operation of operations as readonly Operation[]) {
      for (const name of [operation.request, operation.answer]) assert(name === undefined || schemas.has(name), `${operation.operationId}: ${name}`);
      for (const code of operation.codes) assert(code in problemTable, `${operation.operationId}: ${code}`);
      const inPath = [...operation.path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name);
      assert.deepEqual(operation.parameters.filter((parameter) => parameter.in === 'path').map(({ name }) => name), inPath, operation.operationId);
    }
  });

  it('has a meaning for every close code of the client\'s table', () => {
    assert.deepEqual([...describedCloseCodes], Object.keys(closeActions).map(Number));
  });

  it('tells frames apart by their type', () => {
    for (const direction of ['client', 'server'] as const) {
      for (const [t, name] of frameNames(direction)) assert(t !== '' && schemas.has(name), t);
    }
  });
});

describe('what is generated', () => {
  it('is what is in the tree', () => {
    for (const [path, content] of generateAll(root)) assert(readFileSync(`${root}${path}`, 'utf8') === content, `${path} differs: run node dist/src/protocol/generate/main.js`);
  });
});

describe('the refusal of frames', () => {
  const validator = createValidator(strictAjv());
  const limits = { textChars: 10, partsPerMessage: 2 };
  const submit = (parts: unknown): unknown => ({ t: 'submit', id: 1, d: { stream: 'c_1', cmid: '12345678', ev: { kind: 'message', parts } } });
  const refused = (frame: unknown): unknown => {
    const read = validator.frame('client', typeof frame === 'string' ? frame : JSON.stringify(frame), limits);
    assert(!read.ok);
    return [read.refusal.code, ...read.refusal.errors.map(({ pointer, code }) => `${pointer} ${code}`)];
  };

  it('says what and where, for each kind of mistake', () => {
    assert.deepEqual(refused('{'), ['bad-frame', ' not-json']);
    assert.deepEqual(refused('7'), ['bad-frame', ' type']);
    assert.deepEqual(refused({ t: 7, d: {} }), ['bad-frame', '/t required']);
    assert.deepEqual(refused({ t: 'ping' }), ['bad-frame', '/d type']);
    assert.deepEqual(refused({ t: 'welcome', d: {} }), ['unknown-frame', '/t unknown-value']);
    assert.deepEqual(refused(submit([{ kind: 'text', text: 5 }])), ['invalid', '/d/ev/parts/0/text type']);
    assert.deepEqual(refused(submit([{ kind: 'card' }])), ['invalid', '/d/ev/parts/0/fallback required']);
    assert.deepEqual(refused(submit([])), ['invalid', '/d/ev/parts too-few']);
    assert.deepEqual(refused(submit([{ kind: 'text', text: 'x'.repeat(11) }])), ['too-large', '/d/ev/parts/0/text too-long']);
    assert.deepEqual(refused(submit([{ kind: 'text', text: '😀'.repeat(6) }])), ['too-large', '/d/ev/parts/0/text too-long']);
    assert.deepEqual(refused(submit([{ kind: 'text', text: 'x'.repeat(9000) }])), ['too-large', '/d/ev/parts/0/text too-long']);
    assert.deepEqual(refused(submit(Array(3).fill({ kind: 'text', text: 'x' }))), ['too-large', '/d/ev/parts too-many']);
    assert.deepEqual(refused(submit([{ kind: 'text', text: '\ud800' }])), ['invalid', '/d/ev/parts/0/text not-unicode']);
    assert.deepEqual(refused({ t: 'submit', id: 1, d: { stream: 'c_1', cmid: '12345678', ev: { kind: 'nope' } } }), ['not-supported', '/d/ev/kind unknown-value']);
  });

  it('refuses what is nested too deep for every writer of JSON', () => {
    const deep = `{"t":"submit","id":1,"d":{"x":${'['.repeat(5000)}${']'.repeat(5000)}}}`;
    assert.deepEqual(refused(deep), ['invalid', ' too-deep']);
  });

  it('never repeats what was sent', () => {
    fc.assert(fc.property(fc.json(), fc.string({ minLength: 12 }), (json, secret) => {
      const read = validator.frame('client', JSON.stringify(submit([{ kind: 'text', text: secret, fallback: json }, { kind: secret, other: json }, 5])), limits);
      assert(!read.ok && !JSON.stringify(read.refusal).includes(JSON.stringify(secret).slice(1, -1)));
    }));
  });

  it('never throws', () => {
    fc.assert(fc.property(fc.oneof(fc.string(), fc.json()), (text) => {
      assert.equal(typeof validator.frame('client', text, limits).ok, 'boolean');
    }));
  });
});
