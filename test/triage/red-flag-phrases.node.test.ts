/** What a patient types is heard on the device: the kind, however it is written, in time that grows with the text, and never a word of it. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { builtInPhrases } from '../../src/triage/built-in-phrases.js';
import { createRedFlagFinder, withOwnPhrases, type RedFlagKind } from '../../src/triage/red-flag-phrases.js';

const find = createRedFlagFinder(builtInPhrases);
const longest = 8000;
const kinds = ['crisis', 'emergency'] as const;
const all = Object.values(builtInPhrases).flatMap((lists) => kinds.flatMap((kind) => lists[kind].map((phrase) => ({ kind, phrase }))));

const heard: readonly [text: string, kind: RedFlagKind][] = [
  ['I CAN’T BREATHE!!', 'emergency'], ['i cant breathe', 'emergency'], ['my mum… she can not\nbreathe', 'emergency'], ['Chest-pain since noon', 'emergency'], ['He has (chest   pain)', 'emergency'],
  ['I do not have chest pain', 'emergency'], ['I want to die', 'crisis'], ['I have chest pain and I want to die', 'crisis'], ['I want to die. chest pain', 'crisis'], ['self-harm', 'crisis'], ['ｃｈｅｓｔ ｐａｉｎ', 'emergency'],
  ['No puedo respirar', 'emergency'], ['presion en el pecho', 'emergency'], ['PRESIÓN EN EL PECHO', 'emergency'], ['se desmayo hoy', 'emergency'], ['quiero hacerme dano', 'crisis'], ['¡Quiero morirme!', 'crisis'],
  ['أُرِيدُ أَنْ أَمُوتَ', 'crisis'], ['اريد ان اموت', 'crisis'], ['تعبت وأريد أن أموت', 'crisis'], ['أريـــد أن أموت', 'crisis'], ['لا استطيع التنفس، ساعدوني', 'emergency'], ['وصعوبه في التنفس', 'emergency'], ['أسعل دماً', 'emergency'], ['ابغي اموت', 'crisis'],
];

const notHeard: readonly string[] = [
  '', '   ', '!!!', 'I need a refill of my blood pressure pills', 'When is the clinic open?', 'chest painting', 'my chest X-ray', 'orchest pain', 'I kill time myself', 'the end of my street, life is good', 'breathe', 'pain', 'no puedo ir mañana', 'una cita para el pecho',
  'necesito morder', 'أريد موعداً', 'أريد أن أسأل', 'ألم في الظهر', 'والموت', '12 34', '😀',
];

test('every phrase is heard, alone and in a sentence', () => {
  for (const { kind, phrase } of all) for (const text of [phrase, `Hello, ${phrase.toUpperCase()}.`, `${phrase}?`]) assert.equal(find(text), kind, text);
});

for (const [text, kind] of heard) test(`"${text}" is heard: ${kind}`, () => assert.equal(find(text), kind));

for (const text of notHeard) test(`"${text}" is not`, () => assert.equal(find(text), null));

test('a clinic\'s own phrases take the place of ours; what has no words is nothing', () => {
  const own = createRedFlagFinder({ en: { crisis: ['  ', '!'], emergency: ['Code  Red'] }, de: { crisis: ['nicht mehr leben'], emergency: [] } });
  assert.deepEqual(['code red', 'Ich will nicht mehr leben.', 'chest pain', '! ! !', ''].map(own), ['emergency', 'crisis', null, null, null]);
});

test('a clinic changes ours by language and kind; what cannot be read changes nothing', () => {
  const heardBy = (settings: Record<string, unknown>) => ['chest pain', 'want to die', 'dolor de pecho', 'code red', 'Brustschmerzen'].map(createRedFlagFinder(withOwnPhrases(builtInPhrases, settings)));
  const ours = ['emergency', 'crisis', 'emergency', null, null];
  assert.deepEqual(heardBy({}), ours);
  assert.deepEqual(heardBy({ add: { en: { emergency: ['Code red'] }, de: { emergency: ['brustschmerzen'] } } }), ['emergency', 'crisis', 'emergency', 'emergency', 'emergency']);
  assert.deepEqual(heardBy({ replace: { en: { emergency: ['Code red'] } } }), [null, 'crisis', 'emergency', 'emergency', null]);
  assert.deepEqual(heardBy({ replace: { 'EN-us': { crisis: [] } }, add: { en: { crisis: ['code red'] } } }), ['emergency', null, 'emergency', 'crisis', null]);
  for (const broken of [{ add: 7, replace: null }, { replace: [] }, { replace: { en: 'none' } }, { replace: { en: { emergency: [7], crisis: 'x' } } }, { add: { __proto__: { crisis: ['x'] }, toString: null } }]) assert.deepEqual(heardBy(broken), ours, JSON.stringify(broken));
});

test('any text gives a kind or null, and what stands around a phrase does not hide it', () => {
  fc.assert(fc.property(fc.string({ unit: 'binary', maxLength: longest }), (text) => assert.ok([null, ...kinds].includes(find(text)))), { numRuns: 300 });
  fc.assert(fc.property(fc.string({ unit: 'binary', maxLength: 200 }), fc.constantFrom(...all), fc.string({ unit: 'binary', maxLength: 200 }), (before, { kind, phrase }, after) => {
    const found = find(`${before} ${phrase} ${after}`);
    assert.ok(found === kind || found === 'crisis');
  }), { numRuns: 2000 });
});

/** How often a list is looked into. */
function looksFor(text: string): number {
  const { get } = Map.prototype;
  let looks = 0;
  Map.prototype.get = function counted(this: Map<unknown, unknown>, key: unknown): unknown {
    looks++;
    return get.call(this, key);
  };
  try {
    find(text);
  } finally {
    Map.prototype.get = get;
  }
  return looks;
}

test('the work grows with the text, not faster, whatever the text', () => {
  const mostWords = Math.max(...all.map(({ phrase }) => phrase.split(/\s+/).length));
  for (const start of ['do not want to be ', 'do ', 'وأريد أن ', 'no quiero seguir ', 'x']) {
    const text = start.repeat(Math.ceil(longest / start.length)).slice(0, longest);
    const words = text.trim().split(/\s+/).length;
    assert.ok(looksFor(text) > 0);
    assert.ok(looksFor(text) <= words * (mostWords + 2), start);
  }
});
