/** What may be said beside the frames: all of it, and nothing else. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { createRate, readNurse, readPatient, writeNurse, writePatient, type NurseMessage, type PatientMessage } from '../../src/cobrowse/act/act-codec.js';

const bytes = (value: unknown): Uint8Array => new TextEncoder().encode(typeof value === 'string' ? value : JSON.stringify(value));
const nurse: readonly NurseMessage[] = [
  { t: 'point', box: 1, x: 0, y: 1000 }, { t: 'highlight', box: 7, number: 0 }, { t: 'highlight', box: 7, number: 9 }, { t: 'stroke', box: 2, points: [0, 0, -5000, 5000] },
  { t: 'scroll', to: 'up' }, { t: 'scroll', to: 'down' }, { t: 'propose', id: 1, box: 3, text: 'Metoprolol 50 mg' }, { t: 'clear' }, { t: 'full' },
];
const patient: readonly PatientMessage[] = [{ t: 'state', why: 'none' }, { t: 'state', why: 'private-field' }, { t: 'answer', id: 4, how: 'accepted' }, { t: 'answer', id: 4, how: 'gone' }];

describe('messages of the two sides', () => {
  it('come as they went', () => {
    for (const message of nurse) assert.deepEqual(readNurse(writeNurse(message)!), message);
    for (const message of patient) assert.deepEqual(readPatient(writePatient(message)!), message);
  });

  it('are not those of the other side', () => {
    for (const message of nurse) assert.equal(readPatient(bytes(message)), null);
    for (const message of patient) assert.equal(readNurse(bytes(message)), null);
  });

  const refused: readonly (readonly [string, unknown])[] = [
    ['click', { t: 'click', box: 1 }], ['submit', { t: 'submit', box: 1 }], ['navigate', { t: 'navigate', to: '/' }], ['type', { t: 'type', box: 1, text: 'x' }], ['read', { t: 'read', box: 1 }],
    ['a name of every object', { t: 'toString' }], ['a prototype', '{"t":"__proto__"}'],
    ['something more', { t: 'point', box: 1, x: 1, y: 1, z: 1 }], ['something less', { t: 'point', box: 1, x: 1 }], ['a prototype inside', '{"t":"clear","__proto__":{}}'],
    ['no box', { t: 'highlight', box: 0, number: 1 }], ['half a pixel', { t: 'point', box: 1, x: 0.5, y: 1 }], ['out of the box', { t: 'point', box: 1, x: 1001, y: 1 }], ['a number as text', { t: 'point', box: '1', x: 1, y: 1 }],
    ['a number over nine', { t: 'highlight', box: 1, number: 10 }], ['half a point', { t: 'stroke', box: 1, points: [1, 2, 3, 4, 5] }], ['a dot', { t: 'stroke', box: 1, points: [1, 2] }],
    ['too long a line', { t: 'stroke', box: 1, points: Array(402).fill(1) }], ['elsewhere', { t: 'scroll', to: 'https://example.org' }],
    ['too long a value', { t: 'propose', id: 1, box: 1, text: 'x'.repeat(201) }], ['an empty value', { t: 'propose', id: 1, box: 1, text: '' }], ['a value of two lines', { t: 'propose', id: 1, box: 1, text: 'a\nb' }],
    ['a value that turns around', { t: 'propose', id: 1, box: 1, text: 'a\u202eb' }],
    ['a list', []], ['nothing', null], ['a number', 1], ['no JSON', '{'], ['no UTF-8', new Uint8Array([0x22, 0xff, 0x22])],
  ];
  for (const [name, value] of refused) {
    it(`refuses ${name}`, () => {
      assert.equal(readNurse(value instanceof Uint8Array ? value : bytes(value)), null);
      if (typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof Uint8Array)) assert.equal(writeNurse(value as NurseMessage), null);
    });
  }

  it('refuses what is large before it reads it', () => {
    assert.equal(readNurse(bytes(' '.repeat(8300) + '{"t":"clear"}')), null);
  });

  it('gives a message that could be written, or none, whatever comes', () => {
    fc.assert(fc.property(fc.oneof(fc.uint8Array({ maxLength: 60 }), fc.json().map(bytes), fc.constantFrom(...nurse).chain((message) => {
      const text = JSON.stringify(message);
      return fc.tuple(fc.nat(text.length), fc.string({ maxLength: 4 })).map(([at, more]) => bytes(text.slice(0, at) + more + text.slice(at)));
    })), (some) => {
      const read = readNurse(some);
      if (read) assert.deepEqual(readNurse(writeNurse(read)!), read);
    }), { numRuns: 1000 });
  });
});

describe('how many', () => {
  it('lets twenty through in a second, and as many in the next', () => {
    let now = 0;
    const may = createRate(() => now);
    const count = (): number => Array.from({ length: 100 }, may).filter(Boolean).length;
    assert.equal(count(), 20);
    assert.equal(count(), 0);
    now += 500;
    assert.equal(count(), 10);
    now += 60_000;
    assert.equal(count(), 20);
    now -= 3_600_000;
    assert.equal(count(), 0);
    now += 1000;
    assert.equal(count(), 20);
  });
});
