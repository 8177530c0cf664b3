/**
 * `npm run corpus -- FOLDER`: every Questionnaire in a folder (Bundles are opened) is loaded, or refused with path and reason; shown in both manners in a browser; answered by a seeded
 * random walk; and a table says what came of it. For the folder whose verdicts are checked in they are compared. Without FOLDER: that of CARE_CHAT_CORPUS.
 *
 *   --engines chromium,firefox,webkit   default chromium
 *   --seed 20261125 --steps 60          of the walk, for each manner
 *   --write                             writes the verdicts down (test/questionnaire/corpus-verdicts.json)
 *
 * Exit code 0: everything held, and the known verdicts are as they were.
 */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { readCorpus } from '../support/node/corpus.js';
import { launch } from '../support/node/driver.js';
import type { EngineName } from '../support/node/engines.js';
import { startFormLab } from '../support/node/lab.js';
import { compareVerdicts, isKnown, writeVerdicts } from '../support/node/known-verdicts.js';
import { walkCorpus, type WalkedEntry } from '../support/node/walk-corpus.js';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { engines: { type: 'string', default: 'chromium' }, seed: { type: 'string', default: '20261125' }, steps: { type: 'string', default: '60' }, write: { type: 'boolean', default: false } },
});

/** CARE_CHAT_CORPUS has the questionnaires in a folder of their own. */
const folderOf = (): string | undefined => {
  const [given] = positionals;
  const corpus = process.env['CARE_CHAT_CORPUS'];
  if (given !== undefined) return existsSync(join(given, 'questionnaires')) ? join(given, 'questionnaires') : given;
  return corpus ? join(corpus, 'questionnaires') : undefined;
};

const inWords = ({ word, problems, accepted, reasons }: WalkedEntry): string => {
  if (problems.length > 0) return 'BROKEN';
  if (word !== 'loaded') return word.startsWith('refused') ? `refused (${reasons.length})` : { 'no-questionnaire': 'no Questionnaire in it', 'not-json': 'not JSON' }[word] ?? word;
  return `loaded, walked; ${accepted.length === 0 ? 'the walk ended with mistakes in its answers' : `answered without a mistake as ${accepted.join(' and ')}`}`;
};

const print = (width: number) => (entry: WalkedEntry): void => {
  console.log(`${entry.name.padEnd(width)}  ${inWords(entry)}`);
  for (const line of [...entry.problems, ...entry.reasons]) console.log(`${' '.repeat(width)}    ${line}`);
};

const folder = folderOf();
if (folder === undefined) {
  console.error('which folder? npm run corpus -- FOLDER');
  process.exit(2);
}
const corpus = readCorpus(folder);
const width = Math.max(...corpus.entries.map(({ name }) => name.length));
const lab = await startFormLab();
let broken = 0;
let verdicts: Readonly<Record<string, string>> = {};
try {
  for (const engine of values.engines.split(',') as EngineName[]) {
    console.log(`\n${folder} in ${engine}: ${corpus.entries.length} entries, ${values.steps} steps for each manner, seed ${values.seed}\n`);
    const browser = await launch(engine);
    try {
      const walked = await walkCorpus(browser, corpus, { url: lab.url, seed: Number(values.seed), steps: Number(values.steps), onWalked: print(width) });
      broken += walked.filter(({ problems }) => problems.length > 0).length;
      verdicts = Object.fromEntries(walked.map(({ name, word }) => [name, word]));
      const count = (is: (word: string) => boolean): number => walked.filter(({ word }) => is(word)).length;
      console.log(`\n${count((word) => word === 'loaded')} loaded, ${count((word) => word.startsWith('refused'))} refused, ${count((word) => !/^(loaded|refused)/.test(word))} without a Questionnaire, ${broken} broken`);
    } finally {
      await browser.close();
    }
  }
} finally {
  await lab.close();
}
if (values.write) writeVerdicts(verdicts);
const changed = isKnown(verdicts) ? compareVerdicts(verdicts) : [];
if (isKnown(verdicts)) console.log(changed.length === 0 ? 'The verdicts are those that are written down.' : changed.join('\n'));
if (broken > 0 || changed.length > 0) process.exitCode = 1;
