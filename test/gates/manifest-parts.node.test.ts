/** The gate of the parts: finds them however a template writes them, and fails on a difference with the class comment. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { pathToFileURL } from 'node:url';

interface Gate {
  partsIn(path: string, text: string, problems?: string[]): Set<string>;
  usedParts(entry: string, problems?: string[]): Map<string, string>;
  compareParts(tagName: string, used: ReadonlyMap<string, string>, documented: readonly string[]): string[];
}

const root = process.cwd();
const { partsIn, usedParts, compareParts } = (await import(pathToFileURL(join(root, 'test/gates/manifest-parts.mjs')).href)) as Gate;

describe('gate of the parts', () => {
  it('finds parts in attributes, in expressions and in calls', () => {
    const text = "html`<p part=\"one two\"></p><p part=\"three ${mine ? 'four' : 'five'}\"></p><p part=${wrong === 'no' ? 'six' : nothing}></p>`; x.setAttribute('part', 'seven');";
    assert.deepEqual([...partsIn('src/a.ts', text)], ['one', 'two', 'three', 'four', 'five', 'six', 'seven']);
  });

  it('asks for the names of a part that it cannot read', () => {
    const problems: string[] = [];
    partsIn('src/a.ts', 'html`<p part=${name}></p>`', problems);
    assert.match(problems.join(), /src\/a\.ts: the part name is computed/);
  });

  it('says which parts only one side knows', () => {
    assert.deepEqual(compareParts('care-x', new Map([['a', 'src/a.ts'], ['b', 'src/b.ts']]), ['b', 'c']), ['<care-x> Parts: a (src/a.ts) has no @csspart', '<care-x> Parts: c is documented, but no template has it']);
  });

  for (const [tagName, entry, lazy] of [['care-chat', 'src/element/care-chat.ts', 'form-field'], ['care-desk', 'src/desk/care-desk.ts', 'message-mine']] as const) {
    it(`finds no difference in <${tagName}>, lazily loaded templates included`, () => {
      const problems: string[] = [];
      const used = usedParts(entry, problems);
      const documented = [...readFileSync(join(root, entry), 'utf8').matchAll(/@csspart ([a-z-]+)/g)].map(([, name]) => name!);
      assert.ok(used.has(lazy));
      assert.deepEqual([...problems, ...compareParts(tagName, used, documented)], []);
    });
  }
});
