/**
 * Published decision tables against their vectors: each becomes a Questionnaire and a pack, and every outcome is exact, code and messages. The files are not
 * part of this project: CARE_CHAT_CORPUS names their folder, and without it these tests are skipped aloud.
 */
import assert from 'node:assert/strict';
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import type { Checker } from '../../src/triage/checker.js';
import { findUnreachableRules } from '../../src/triage/find-unreachable.js';
import { toCdcAnswers, toCdcPack, type CdcCase, type CdcPath, type CdcTable } from '../support/node/cdc-pack.js';
import { answerAll, loadPack, openChecker } from '../support/node/content-packs.js';

const corpus = process.env['CARE_CHAT_CORPUS'];
const skip = corpus ? false : 'CARE_CHAT_CORPUS is not set';
const variants = 6;

interface Vectors {
  readonly source: string;
  readonly vectors: readonly { readonly path: CdcPath; readonly answers: CdcCase; readonly expect: { readonly code: string; readonly messages: readonly string[]; readonly stop?: true } }[];
}

const read = (name: string): unknown => JSON.parse(readFileSync(join(corpus!, 'triage', name), 'utf8'));

function assertOutcome(checker: Checker, table: CdcTable, path: CdcPath, answers: CdcCase, expected: { readonly code: string; readonly messages: readonly string[] }, stops: boolean): void {
  for (let variant = 0; variant < variants; variant++) {
    const given = toCdcAnswers(table, path, answers, variant);
    answerAll(checker, given);
    const outcome = checker.emergency() ?? checker.outcome();
    assert.deepEqual([outcome.rule, outcome.messages.map(({ id }) => id), outcome.stops], [expected.code, expected.messages, stops], JSON.stringify(given));
  }
}

const files = corpus ? readdirSync(join(corpus, 'triage')).filter((name) => name.endsWith('-vectors.json')) : [];

test('there are published vectors to run', { skip }, () => assert.ok(files.length > 0));

for (const file of files) {
  test(`${file}: every vector, by its questions`, () => {
    const { source, vectors } = read(file) as Vectors;
    const table = read(/\S+\.json/.exec(source)![0]) as CdcTable;
    const checker = openChecker(loadPack(toCdcPack(table)));
    assert.ok(vectors.length > 0);
    for (const { path, answers, expect } of vectors) assertOutcome(checker, table, path, answers, expect, expect.stop === true);
  });
}

test('every row of the CDC table, by its questions', { skip }, () => {
  const table = read('cdc-selfchecker-v74.json') as CdcTable;
  const checker = openChecker(loadPack(toCdcPack(table)));
  assert.equal(table.adult.length + table.pediatric.length, 112);
  assert.deepEqual(findUnreachableRules(checker.pack, checker.session.form), []);
  for (const path of ['adult', 'pediatric'] as const) for (const row of table[path]) assertOutcome(checker, table, path, row.when, row, false);
});
