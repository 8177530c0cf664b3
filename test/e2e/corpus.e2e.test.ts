/**
 * Questionnaires of our own, HL7's examples, and published ones, in a browser: shown as a form and as a conversation, answered at random by what is on the screen. Nothing
 * crashes, nothing stale leaves, no markup runs, nothing is fetched, and browser and server judge the response alike. `npm run corpus -- FOLDER` does the same with any folder.
 */
import assert from 'node:assert/strict';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { hl7Corpus, ownCorpus, readCorpus, type Corpus } from '../support/node/corpus.js';
import { launch, type Browser } from '../support/node/driver.js';
import { startFormLab, type LabPage } from '../support/node/lab.js';
import { compareVerdicts } from '../support/node/known-verdicts.js';
import { walkCorpus } from '../support/node/walk-corpus.js';

const folder = process.env['CARE_CHAT_CORPUS'];
const skip = folder ? false : 'CARE_CHAT_CORPUS is not set';
const seed = 20261125;
const steps = 25;

let lab: LabPage;
let browser: Browser;
before(async () => {
  [lab, browser] = await Promise.all([startFormLab(), launch()]);
});
after(async () => {
  await browser?.close();
  await lab?.close();
});

const walkAll = async (corpus: Corpus): Promise<Readonly<Record<string, string>>> => {
  const walked = await walkCorpus(browser, corpus, { url: lab.url, seed, steps });
  assert.deepEqual(walked.flatMap(({ name, problems }) => problems.map((problem) => `${name}: ${problem}`)), []);
  assert.ok(walked.some(({ accepted }) => accepted.length > 0));
  return Object.fromEntries(walked.map(({ name, word }) => [name, word]));
};

test('our own forms', async () => {
  const verdicts = await walkAll(ownCorpus());
  assert.deepEqual([...new Set(Object.values(verdicts))], ['loaded']);
});

test("HL7's examples", async () => {
  await walkAll(hl7Corpus());
});

test('published forms, with the verdicts that are written down', { skip }, async () => {
  const verdicts = await walkAll(readCorpus(join(folder!, 'questionnaires')));
  assert.deepEqual(compareVerdicts(verdicts), []);
});
