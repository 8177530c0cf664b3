/**
 * Questionnaires of our own, HL7's examples, and published ones: each is loaded, or refused with path and reason; none throws; what is loaded survives random walks of the
 * engine. CARE_CHAT_CORPUS names the folder of the published ones; without it that part is skipped aloud. In browsers: test/e2e/corpus.e2e.test.ts.
 */
import assert from 'node:assert/strict';
import { join } from 'node:path';
import { test } from 'node:test';
import { answerAtRandom, createRandom, findStale, judgeBoth } from '../support/shared/corpus-walk.js';
import { openSession } from '../support/shared/open-form.js';
import { hl7Corpus, judge, ownCorpus, readCorpus, type Corpus } from '../support/node/corpus.js';

const folder = process.env['CARE_CHAT_CORPUS'];
const sources: readonly (readonly [name: string, read: () => Corpus, skip: string | false])[] = [
  ['our own forms', ownCorpus, false],
  ["HL7's examples", hl7Corpus, false],
  ['published forms', () => readCorpus(join(folder!, 'questionnaires')), folder ? false : 'CARE_CHAT_CORPUS is not set'],
];
const walks = 3;
const steps = 120;

for (const [name, read, skip] of sources) {
  test(`${name}: every one is loaded, or refused with path and reason`, { skip }, (t) => {
    const { entries, terminology } = read();
    const verdicts = entries.filter(({ json }) => json !== null).map((entry) => ({ entry, verdict: judge(entry, terminology) }));
    for (const { entry, verdict: { form, reasons } } of verdicts) {
      if (form) continue;
      assert.ok(reasons.length > 0, entry.name);
      for (const line of reasons) assert.match(line, /^\/.*: .+\.$/);
    }
    t.diagnostic(`loaded: ${verdicts.filter(({ verdict }) => verdict.form).length} of ${verdicts.length}`);
    assert.ok(verdicts.some(({ verdict }) => verdict.form));
  });

  test(`${name}: random walks never throw, let nothing stale leave, and are judged alike by browser and server`, { skip }, () => {
    const { entries, terminology } = read();
    let accepted = 0;
    for (const entry of entries) {
      const { form } = judge(entry, terminology);
      if (!form) continue;
      for (let seed = 1; seed <= walks; seed++) {
        const random = createRandom(seed);
        const session = openSession(form);
        for (let step = 0; step < steps; step++) {
          answerAtRandom(session, random);
          if (step % 10 === 0) assert.deepEqual(findStale(session), [], `${entry.name}, seed ${seed}, step ${step}`);
        }
        assert.deepEqual(findStale(session), [], `${entry.name}, seed ${seed}`);
        const both = judgeBoth(session);
        assert.ok(both?.alike ?? true, `${entry.name}, seed ${seed}: ${both?.about}`);
        if (both?.accepted) accepted++;
      }
    }
    assert.ok(accepted > 0);
  });
}
