import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { Ajv } from 'ajv';
import fc from 'fast-check';
import { parseDeskFrame } from '../../src/protocol/parse-desk.js';
import { parseServerFrame } from '../../src/protocol/parse-frame.js';
import * as frames from '../../src/protocol/schema/frames.js';
import { createValidator } from '../../src/protocol/schema/validate.js';
import type { ParsedEvent } from '../../src/protocol/types.js';
import { fromSchema } from '../support/node/from-schema.js';

const validator = createValidator(new Ajv({ allErrors: true, discriminator: true, strict: true }));
const serverFrame = fromSchema(frames.ServerFrame) as fc.Arbitrary<{ t: string; d: unknown }>;
const deskOnly = new Set(['summary', 'colleague']);

const event = { stream: 'c_1', epoch: 'k', seq: 1, id: 'e_1', kind: 'message', at: 1, by: { id: 'v_1', role: 'visitor' }, d: { parts: [{ kind: 'text', text: 'x' }] } };
const welcome = {
  v: '1', connId: 'n1', caps: [], limits: { frameBytes: 1, textChars: 1, partsPerMessage: 1, inflightPerStream: 1, submitPerMin: 1, typingMinMs: 1, resumeMax: 1, pageMax: 1 },
  hb: { intervalMs: 1, graceMs: 1 }, serverTime: 1, tokenExpiresAt: 1, subject: { id: 'v_1', role: 'visitor' }, streams: [{ stream: 'self', epoch: 'k', head: 0, mode: 'resume' }],
};
const parsedEvent = (value: unknown): ParsedEvent => {
  const frame = parseServerFrame({ t: 'event', d: value });
  assert(frame.ok && frame.value.t === 'event');
  return frame.value.d;
};

describe('parseServerFrame', () => {
  it('reads whatever satisfies the schema, from text as from an object', () => {
    fc.assert(fc.property(serverFrame, (frame) => {
      const read = parseDeskFrame(frame);
      assert(read.ok, `${frame.t} was refused`);
      assert.equal(read.value.t, frame.t);
      assert.deepEqual(parseDeskFrame(JSON.stringify(frame)), read);
      assert.equal(parseServerFrame(frame).ok, !deskOnly.has(frame.t));
    }), { numRuns: 1000 });
  });

  it('yields what satisfies the schema again', () => {
    const known = new Set(['note', 'consent', 'conversation.created', 'conversation.updated']);
    fc.assert(fc.property(serverFrame, (frame) => {
      const read = parseServerFrame(frame);
      if (!read.ok) return;
      const { value } = read;
      if (value.t === 'event' && value.d.kind === 'unknown') return assert(known.has(value.d.was) && !value.d.broken);
      if (value.t === 'events' && value.d.list.some(({ kind }) => kind === 'unknown')) return;
      const refused = validator.check('ServerFrame', value);
      assert.equal(refused, null, JSON.stringify(refused));
    }), { numRuns: 1000 });
  });

  it('lets no unknown field through', () => {
    fc.assert(fc.property(serverFrame, (frame) => {
      const read = parseDeskFrame(frame);
      assert(read.ok);
      const withoutFhir = JSON.stringify(read.value, (key, value: unknown) => (key === 'response' || key === 'preChat' ? undefined : value));
      assert(!withoutFhir.includes('"zzUnknown"'));
    }));
  });

  it('never throws, whatever comes', () => {
    fc.assert(fc.property(fc.oneof(fc.anything({ withBigInt: true, withNullPrototype: true, withSparseArray: true }), fc.string(), fc.json()), (input) => {
      assert.equal(typeof parseServerFrame(input).ok, 'boolean');
    }), { numRuns: 2000 });
    fc.assert(fc.property(serverFrame, fc.anything(), fc.nat(), (frame, junk, at) => {
      const fields = Object.keys(frame.d as object);
      const field = fields[at % Math.max(1, fields.length)] ?? 'x';
      assert.equal(typeof parseDeskFrame({ t: frame.t, re: 1, d: { ...(frame.d as object), [field]: junk } }).ok, 'boolean');
    }), { numRuns: 1000 });
    const hostile = new Proxy({}, { get: () => { throw new Error('trap'); }, getOwnPropertyDescriptor: () => { throw new Error('trap'); } });
    assert.deepEqual(parseServerFrame(hostile), { ok: false, error: { t: null } });
  });

  for (const [name, d] of Object.entries({
    'no stream': { ...event, stream: undefined }, 'a seq that is text': { ...event, seq: '1' }, 'seq 0': { ...event, seq: 0 }, 'a fraction as seq': { ...event, seq: 1.5 },
    'a seq beyond 2^53': { ...event, seq: 2 ** 53 }, 'a negative seq': { ...event, seq: -1 }, 'no epoch': { ...event, epoch: null }, 'no author': { ...event, by: undefined },
    'an author without id': { ...event, by: { role: 'agent' } }, 'no kind': { ...event, kind: 7 }, 'no id': { ...event, id: {} }, 'a time that is text': { ...event, at: 'now' },
  })) it(`refuses an event with ${name}`, () => assert.deepEqual(parseServerFrame({ t: 'event', d }), { ok: false, error: { t: 'event' } }));

  for (const field of ['v', 'connId', 'caps', 'limits', 'hb', 'serverTime', 'tokenExpiresAt', 'subject', 'streams']) {
    it(`refuses a welcome without ${field}`, () => {
      assert(parseServerFrame({ t: 'welcome', re: 1, d: welcome }).ok);
      assert(!parseServerFrame({ t: 'welcome', re: 1, d: { ...welcome, [field]: undefined } }).ok);
    });
  }

  it('keeps the place of an event of an unknown kind', () => {
    const { kind: _kind, d: _d, ...head } = event;
    assert.deepEqual(parsedEvent({ ...event, kind: 'x-vendor.poll', d: { question: 'x' } }), { ...head, kind: 'unknown', was: 'x-vendor.poll', broken: false });
    for (const name of ['__proto__', 'constructor', 'unknown', 'toString']) assert.deepEqual(parsedEvent({ ...event, kind: name }), { ...head, kind: 'unknown', was: name, broken: false });
  });

  it('keeps the place of an event whose body cannot be read', () => {
    const { kind: _kind, d: _d, ...head } = event;
    for (const d of [undefined, null, {}, { parts: 'x' }, { parts: [{ kind: 'text' }] }, { parts: [{ kind: 'card' }] }]) {
      assert.deepEqual(parsedEvent({ ...event, d }), { ...head, kind: 'unknown', was: 'message', broken: true });
    }
  });

  it('gives unknown enum values their documented default', () => {
    assert.equal(parsedEvent({ ...event, by: { id: 'x', role: 'oracle' } }).by.role, 'system');
    const status = parsedEvent({ ...event, kind: 'status', d: { status: 'paused', reason: 'weather' } });
    assert.deepEqual(status.kind === 'status' && status.d, { status: 'open' });
    const assignment = parsedEvent({ ...event, kind: 'assignment', d: { state: 'shared' } });
    assert.deepEqual(assignment.kind === 'assignment' && assignment.d, { state: 'queued' });
    const presence = parseServerFrame({ t: 'presence', d: { v: 1, state: 'busy', departments: [], agents: [] } });
    assert(presence.ok && presence.value.t === 'presence' && presence.value.d.state === 'offline');
    const reset = parseServerFrame({ t: 'reset', d: { stream: 'self', epoch: 'k', head: 0, floor: 1, reason: 'mystery' } });
    assert(reset.ok && reset.value.t === 'reset' && reset.value.d.reason === 'epoch');
  });

  it('leaves out optional fields that cannot be read', () => {
    assert.deepEqual(parsedEvent({ ...event, by: { ...event.by, name: {} }, cmid: 5, dev: [] }), event);
  });

  it('pollutes nothing with __proto__', () => {
    const read = parseServerFrame('{"t":"event","__proto__":{"x":1},"d":{"__proto__":{"seq":9},"stream":"c_1","epoch":"k","seq":1,"id":"e","kind":"status","at":1,"by":{"id":"a","role":"agent","__proto__":{"name":"x"}},"d":{"status":"open"}}}');
    assert(read.ok && read.value.t === 'event');
    assert.equal(read.value.d.by.name, undefined);
    assert.equal(Object.getPrototypeOf(read.value.d), Object.prototype);
    assert.equal(({} as { x?: unknown }).x, undefined);
    assert(!parseServerFrame(Object.create({ t: 'ping', d: { n: 1 } })).ok);
    assert(!parseServerFrame({ t: 'event', d: Object.create(event) }).ok);
  });

  it('reports the type of what it refuses, cut short, and never more', () => {
    assert.deepEqual(parseServerFrame('{"t":"ev'), { ok: false, error: { t: null } });
    assert.deepEqual(parseServerFrame('<html>'), { ok: false, error: { t: null } });
    assert.deepEqual(parseServerFrame('[]'), { ok: false, error: { t: null } });
    assert.deepEqual(parseServerFrame({ t: 'x'.repeat(100), d: {} }), { ok: false, error: { t: 'x'.repeat(40) } });
    for (const t of ['__proto__', 'constructor', 'toString']) assert.deepEqual(parseServerFrame({ t, d: {} }), { ok: false, error: { t } });
  });

  it('refuses an ok without the number it answers', () => {
    assert(parseServerFrame({ t: 'ok', re: 2, d: {} }).ok);
    assert(!parseServerFrame({ t: 'ok', d: {} }).ok);
    assert(!parseServerFrame({ t: 'ok', re: 2, d: null }).ok);
  });

  it('gives the broken result of a submit as the empty one, never half of it', () => {
    const read = parseServerFrame({ t: 'ok', re: 2, d: { stream: 'c_1', cmid: 'x', epoch: 'k', seq: '5', eventId: 'e', at: 1 } });
    assert.deepEqual(read, { ok: true, value: { t: 'ok', re: 2, d: {} } });
  });
});
