import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { fileURLToPath } from 'node:url';
import { allCases } from '../../src/conformance/all-cases.js';
import { clauses, type TestPlace } from '../../src/conformance/clauses.js';
import { caseLines, casesOfFault, clauseCoverage, clauseLines, faultCaseLines } from '../../src/conformance/coverage.js';
import { faultCases } from '../../src/conformance/fault-cases.js';

const root = fileURLToPath(new URL('../../../', import.meta.url));
const specification = readFileSync(join(root, 'src/protocol/README.md'), 'utf8');
const numbered = [...specification.matchAll(/^- \*\*(S-\d+\.\d+)\*\*/gm)].map(([, id]) => id!);

/** Whether a test of this title is in the source of one of the files. */
const hasTitle = (place: TestPlace): boolean => {
  const path = join(root, 'test', place.file);
  if (!existsSync(path)) return false;
  const source = readFileSync(path, 'utf8');
  // `title: `: where one test is made for each entry of a list.
  return ["'", '`', '"'].some((quote) => ['it(', 'test(', 'describe(', 'title: '].some((word) => source.includes(`${word}${quote}${place.title.replaceAll(quote, `\\${quote}`)}${quote}`)));
};

describe('the coverage of the specification', () => {
  it('classifies every numbered clause, once, and none that is not there', () => {
    assert.deepEqual(clauses.map(({ id }) => id).sort(), [...numbered].sort());
  });

  it('has a case for every clause that can be tested on a server, and names no clause that is not there', () => {
    assert.deepEqual(clauseCoverage().missing, []);
    assert.deepEqual(allCases.filter(({ clause }) => !numbered.includes(clause)).map(({ id }) => id), []);
  });

  it('marks as draft what the specification marks so', () => {
    const section = specification.indexOf('## 11. Drafts');
    const drafts = numbered.filter((id) => specification.includes(`**${id}** *draft.*`) || specification.indexOf(`**${id}** `) > section && !specification.includes(`**${id}** *stable.*`));
    assert.deepEqual(clauses.filter(({ draft }) => draft !== undefined).map(({ id }) => id).sort(), drafts.sort());
  });

  for (const { id, client = [] } of clauses) for (const place of client) {
    it(`${id}: test/${place.file} has "${place.title}"`, () => assert.ok(hasTitle(place)));
  }

  it('is printed, with the level of each clause', () => {
    const lines = clauseLines(null);
    assert.match(lines.find((line) => line.startsWith('S-7.3 ')) ?? '', /^S-7\.3 +desk /);
    assert.match(lines.at(-1) ?? '', /^(\d+) of \1 clauses that can be tested on a server are covered; \d+ bind the client/);
    assert.ok(clauseLines(['desk']).slice(1, -1).every((line) => / desk /.test(line)));
  });
});

describe('the fault cases', () => {
  it('are all there, by number', () => {
    assert.deepEqual(faultCases.map(({ number }) => number), Array.from({ length: 92 }, (_, index) => index + 1));
  });

  for (const { number, tests = [], missing } of faultCases) {
    it(`${number} is tested somewhere, or says which capability is missing`, () => {
      const own = casesOfFault(number);
      assert.ok(own.length + tests.length > 0 !== (missing !== undefined), `${own.join(', ')} and "${missing ?? ''}"`);
      for (const place of tests) assert.ok(place.title !== '' && hasTitle(place), `test/${place.file} "${place.title}"`);
    });
  }

  it('are printed', () => {
    assert.match(faultCaseLines().at(-1) ?? '', /^\d+ of 92 fault cases are tested; \d+ are not applicable: capability$/);
  });
});

describe('the ids of cases', () => {
  const kept = readFileSync(join(root, 'test/conformance/case-ids.txt'), 'utf8').trim().split('\n');

  it('are written down, as vendors have them in their lists', () => {
    assert.deepEqual(allCases.map(({ id }) => id).sort(), kept);
  });

  it('are each of one case, and printed', () => {
    assert.equal(new Set(allCases.map(({ id }) => id)).size, allCases.length);
    assert.equal(caseLines(null).length, allCases.length);
  });
});
