/** The published masking cases that concern cards and social security numbers. CARE_CHAT_CORPUS names the folder; without it this is skipped aloud. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { findSensitive } from '../../../src/privacy/mask/find-sensitive.js';

const corpus = process.env['CARE_CHAT_CORPUS'];

interface Case {
  readonly id: string;
  readonly input: string;
  readonly entities: readonly { readonly type: string; readonly start: number; readonly end: number }[];
}

test('cards and social security numbers are found where the cases say, and nowhere else', { skip: corpus ? false : 'CARE_CHAT_CORPUS is not set' }, () => {
  const { cases } = JSON.parse(readFileSync(join(corpus!, 'masking', 'masking-cases.json'), 'utf8')) as { readonly cases: readonly Case[] };
  assert.ok(cases.length > 50);
  const wrong = cases.flatMap(({ id, input, entities }) => {
    // The cases count code points.
    const offset = (points: number): number => [...input].slice(0, points).join('').length;
    const wanted = entities.filter(({ type }) => type === 'CARD' || type === 'SSN').map(({ type, start, end }) => ({ kind: type.toLowerCase(), start: offset(start), end: offset(end) }));
    const found = findSensitive(input);
    return JSON.stringify(found) === JSON.stringify(wanted) ? [] : [{ id, input, wanted, found }];
  });
  assert.deepEqual(wrong, []);
});
