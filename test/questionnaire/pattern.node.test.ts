/** Patterns of authors: what ours says is what the browser's own matcher says, and no pattern and no text makes it take longer than states times signs. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { readPattern, type Pattern } from '../../src/questionnaire/pattern.js';

function read(source: string, everything = false): Pattern {
  const pattern = readPattern(source, everything);
  assert.ok(typeof pattern !== 'string', `${source}: ${String(pattern)}`);
  return pattern;
}

const has = (source: string, text: string): boolean => read(source).has([...text], 'all');

const signs = ['a', 'b', 'é', '1', '_', '-', ' ', '\n', '😀'];
const text = fc.array(fc.constantFrom(...signs), { maxLength: 8 }).map((parts) => parts.join(''));
const atoms = [
  ...signs.filter((sign) => sign !== '\n'), '.', '\\d', '\\D', '\\w', '\\W', '\\s', '\\S', '\\.', '\\/', '\\n', '\\x61', '\\u0062', '\\u{1F600}', '\\uD83D\\uDE00', '\\p{L}', '\\P{Lu}', '\\p{Script=Latin}', '\\cJ', '(?:\\0)',
  '[ab]', '[^ab]', '[a-z]', '[^a-y\\d]', '[\\w\\-]', '[-a]', '[a-]', '[\\b1]', '[😀-😂é]', '[^]', '[]', '[.$^|(]', '[^\\s\\p{L}]',
];
/** V8 finds `\B` between the two halves of a sign, where there is no place. */
const isSplit = (source: string, given: string): boolean => source.includes('\\B') && given.includes('😀');
const loop = fc.constantFrom('*', '+', '?', '*?', '+?', '??', '{2}', '{0}', '{1,}', '{0,2}', '{1,3}?', '{2,}?');

/** Patterns of everything that is supported; `careful`: where no repeated part can be empty. */
const patterns = (careful: boolean) => fc.letrec<{ either: string; sequence: string; term: string; group: string; atom: string }>((tie) => ({
  either: fc.array(tie('sequence'), { minLength: 1, maxLength: 3 }).map((parts) => parts.join('|')),
  sequence: fc.array(tie('term'), { maxLength: 4 }).map((parts) => parts.join('')),
  term: fc.oneof({ maxDepth: 4 }, fc.constantFrom('^', '$', '\\b', '\\B'), tie('atom'), fc.tuple(tie('atom'), loop).map((parts) => parts.join('')), tie('group'), fc.tuple(tie('group'), careful ? fc.constant('') : loop).map((parts) => parts.join(''))),
  group: fc.tuple(fc.constantFrom('(', '(?:'), tie('either')).map(([open, inner]) => `${open}${inner})`),
  atom: fc.constantFrom(...atoms),
})).either.filter((source) => source.length <= 40);

test('says of a whole text and of a part what the browser\'s own matcher says', () => {
  fc.assert(fc.property(patterns(false), text, fc.boolean(), (source, given, everything) => {
    fc.pre(!isSplit(source, given));
    const pattern = read(source, everything);
    const flags = everything ? 'su' : 'u';
    assert.equal(pattern.has([...given], 'all'), new RegExp(`^(?:${source})$`, flags).test(given), `${source} of all of ${JSON.stringify(given)}`);
    assert.equal(pattern.has([...given], 'some'), new RegExp(source, flags).test(given), `${source} of some of ${JSON.stringify(given)}`);
  }), { numRuns: 20_000 });
});

test('replaces what the browser\'s own matcher would replace, with the groups it would find', () => {
  const by = fc.array(fc.constantFrom('x', '$1', '$2', '$12', '$&', '$$', '$`', '$\'', '$<a>', '$', '$0', '<'), { maxLength: 4 }).map((parts) => parts.join(''));
  fc.assert(fc.property(patterns(true), text, by, (source, given, words) => {
    fc.pre(!isSplit(source, given));
    assert.equal(read(source, true).replace([...given], words, () => {}), given.replace(new RegExp(source, 'gsu'), words), `${source} in ${JSON.stringify(given)} by ${words}`);
  }), { numRuns: 10_000 });
  for (const [source, given, words, expected] of [
    ['(?<day>\\d+)/(?<month>\\d+)', '5/6', '$<month>.$<day>.', '6.5.'], ['(?<day>\\d+)', '5', '$<year>', ''], ['(?:(a)|(b))*', 'ab', '[$1$2]', '[b][]'], ['a+?', 'aa', 'x', 'xx'], ['(a|ab)(c|bcd)?', 'abcd', '$1-$2', 'a-bcd'], ['\\??', '?', 'x', 'xx'],
  ] as const) {
    assert.equal(read(source).replace([...given], words, () => {}), expected, source);
    assert.equal(given.replace(new RegExp(source, 'gu'), words), expected, source);
  }
});

const hostile = ['(a|a)*b', '(a+)+$', '(.*a){20}', '(a|aa)+b', '(a*)*b', '(?:a?){30}a{30}b', '\\d*\\d*\\d*\\d*\\d*\\d*\\d*\\d*x', '^(([a-z])+.)+[A-Z]([a-z])+$', '(\\w+\\s?)*!'];

for (const source of hostile) {
  test(`decides ${source} on 10,000 signs in states times signs`, () => {
    const pattern = read(source);
    for (const given of ['a'.repeat(10_000), '1'.repeat(10_000)]) {
      let steps = 0;
      pattern.has([...given], 'all', (more) => {
        assert.ok(more <= pattern.states, `${more} of ${pattern.states} states at one sign`);
        steps += more;
      });
      assert.ok(steps <= pattern.states * (given.length + 1));
    }
  });
}

test('the answers to hostile patterns are right', () => {
  assert.deepEqual(hostile.map((source) => has(source, `${'a'.repeat(5000)}`)), [false, true, true, false, false, false, false, false, false]);
  assert.equal(has('(a|a)*b', `${'a'.repeat(9999)}b`), true);
  assert.equal(has('\\d*\\d*\\d*\\d*\\d*\\d*\\d*\\d*x', `${'1'.repeat(9999)}x`), true);
});

test('reads the patterns that people publish', () => {
  for (const [source, good, bad] of [
    ['\\d{3}\\-\\d{4}', '555-1234', '5551234'],
    ['^[^\\s@]+\\@[^\\s@]+$', 'ada@example.org', 'ada@'],
    ['^[\\w.+-]+@([\\w-]+\\.)+[\\w-]{2,4}$', 'ada.l@mail.example.org', 'ada@example'],
    ['[\\w-.]+\\_\\w', 'a.b-c_d', 'a/b_c'],
    ['^[a-zA-Z0-9.!#$%&\'*+/=?^_`{|}~-]+@[a-zA-Z0-9](?:[a-zA-Z0-9-]{0,61}[a-zA-Z0-9])?(?:\\.[a-zA-Z0-9](?:[a-zA-Z0-9-]{0,61}[a-zA-Z0-9])?)*$', 'ada@a.example.org', 'ada@-a.org'],
    ['^(?:(?:\\+|00)49|0)[1-9]\\d{1,14}$', '+493012345', '+4900'],
    ['^\\+?1?[\\s\\-\\.]?\\(?\\d{3}\\)?[\\s\\-\\.]?\\d{3}[\\s\\-\\.]?\\d{4}$', '(555) 123-4567', '555-12-4567'],
    ['[A-Z]{1,2}\\d[A-Z\\d]? ?\\d[A-Z]{2}', 'SW1A 1AA', 'SW1A'],
    ['\\p{Lu}\\p{L}*', 'Émile', 'émile'],
  ] as const) assert.deepEqual([has(source, good), has(source, bad)], [true, false], source);
});

test('says why a pattern is refused, at once', () => {
  const refused = (sources: readonly string[]): readonly unknown[] => [...new Set(sources.map((source) => readPattern(source)))];
  const unread = ['(', ')', 'a)', '[', '[a', '[b-a]', 'a**', '*', '+a', '{2}', 'a{2', 'a{,3}', 'a{3,1}', 'a{2}{3}', '^*', '\\b+', '\\', '\\q', '\\A', '\\u12', '\\x1', '\\u{110000}', '\\p{Nope}', '\\p', ']', '}', '(?i)a', '(?i:a)', '(?<a', '(?<1>a)', '(?<a>x)(?<a>y)', 'a*+', '\\01', '[\\1]', '[\\B]'];
  for (const source of unread) assert.equal(readPattern(source), 'regex', source);
  for (const source of unread) assert.throws(() => new RegExp(source === '(?i:a)' ? '(' : source, 'u'), SyntaxError, source);
  assert.deepEqual(refused(['(?=a)b', '(?!a)b', '(?<=a)b', '(?<!a)b', '(a)\\1', '(?<n>a)\\k<n>']), ['regex-unsupported']);
  assert.deepEqual(refused(['a{2001}', '(a{100}){100}', '((a{1000}){1000}){1000}', `(${'a{0,9}'.repeat(120)}){0,9}`, '(?:){0,999999999}', 'a'.repeat(2001), 'a'.repeat(3000), 'a{99999999999999999999}']), ['regex-unsafe']);
  assert.equal(has(`(?:(?:){999999999}){${'9'.repeat(400)},}`, ''), true);
  assert.equal(has(`${'('.repeat(600)}a${')'.repeat(600)}`, 'a'), true);
});
