/**
 * Published Questionnaires: each is loaded, or refused with path and reason; none throws; what is loaded survives a random walk and its
 * response is accepted by the server's check. CARE_CHAT_CORPUS names the folder; without it these tests are skipped aloud.
 */
import assert from 'node:assert/strict';
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { checkResponse } from '../../src/questionnaire/check-response.js';
import { createFormSession, type FormSession, type ItemSnapshot } from '../../src/questionnaire/form-session.js';
import { loadQuestionnaire } from '../../src/questionnaire/load-questionnaire.js';
import { refusalInWords } from '../../src/questionnaire/refusal-words.js';

const corpus = process.env['CARE_CHAT_CORPUS'];
const skip = corpus ? false : 'CARE_CHAT_CORPUS is not set';

const read = (): readonly { readonly name: string; readonly json: unknown }[] => {
  const folder = join(corpus!, 'questionnaires');
  return readdirSync(folder).filter((name) => name.endsWith('.json')).map((name) => ({ name, json: JSON.parse(readFileSync(join(folder, name), 'utf8')) as unknown }));
};

/** A seeded generator, so that a failure can be repeated. */
function createRandom(seed: number): (n: number) => number {
  let state = seed;
  return (n) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.floor((state / 2 ** 32) * n);
  };
}

function answerAny(session: FormSession, item: ItemSnapshot, random: (n: number) => number): void {
  if (item.type === 'boolean') session.answer(item.linkId, [{ valueBoolean: random(2) === 0 }]);
  else if (item.type === 'choice') session.choose(item.linkId, item.options[random(item.options.length)]!.value, random(4) > 0);
  else session.type(item.linkId, ['', '7', '37.5', '1950-03-14', 'some words', '-1'][random(6)]!);
}

test('every published Questionnaire is loaded or refused with path and reason', { skip }, (t) => {
  const verdicts = read().map(({ name, json }) => {
    const loaded = loadQuestionnaire(json, { lang: 'en' });
    if (loaded.ok) return { name, loaded: true };
    assert.equal(loaded.error.code, 'form-unsupported');
    assert.ok(loaded.error.details.length > 0, name);
    for (const line of refusalInWords(loaded.error)) assert.match(line, /^\/.*: .+\.$/);
    return { name, loaded: false };
  });
  t.diagnostic(`loaded: ${verdicts.filter((verdict) => verdict.loaded).map((verdict) => verdict.name).join(', ')}`);
  assert.ok(verdicts.some((verdict) => verdict.loaded) && verdicts.some((verdict) => !verdict.loaded));
});

test('a random walk never throws, never leaks a disabled answer, and ends in a response that the server accepts', { skip }, () => {
  let accepted = 0;
  for (const { name, json } of read()) {
    const loaded = loadQuestionnaire(json, { lang: 'en' });
    if (!loaded.ok) continue;
    for (let seed = 1; seed <= 10; seed++) {
      const random = createRandom(seed);
      const session = createFormSession(loaded.value);
      for (let step = 0; step < 200; step++) {
        const questions = session.snapshot.value.items.filter((item) => item.shown && item.type !== 'group' && item.type !== 'display');
        if (questions.length > 0) answerAny(session, questions[random(questions.length)]!, random);
      }
      const response = session.toResponse({ authored: '2026-11-23T10:00:00Z', lang: 'en' });
      const off = session.snapshot.value.items.filter((item) => !item.enabled).map((item) => JSON.stringify(item.linkId));
      for (const linkId of off) assert.ok(!JSON.stringify(response).includes(`"linkId":${linkId}`), `${name}: ${linkId}`);
      const wrong = session.validate();
      // What cannot be read never becomes an answer, so only this side knows of it.
      if (wrong.some(({ error }) => ['not-integer', 'not-decimal', 'not-date'].includes(error.code))) continue;
      const fine = wrong.length === 0;
      const checked = checkResponse(loaded.value, JSON.parse(JSON.stringify(response)));
      assert.equal(checked.ok, fine, `${name}, seed ${seed}: ${checked.ok ? '' : JSON.stringify(checked.error.details)}`);
      if (fine) accepted++;
    }
  }
  assert.ok(accepted > 0);
});
