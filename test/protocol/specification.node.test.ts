import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, it } from 'node:test';
import { fileURLToPath } from 'node:url';
import { Ajv } from 'ajv';
import { allCases } from '../../src/conformance/all-cases.js';
import { frameNames, schemas } from '../../src/protocol/schema/registry.js';
import { createValidator, type Refusal } from '../../src/protocol/schema/validate.js';
import { problemTable } from '../../src/protocol/version.js';

const specification = readFileSync(fileURLToPath(new URL('../../../src/protocol/README.md', import.meta.url)), 'utf8');
const validator = createValidator(new Ajv({ allErrors: true, discriminator: true, strict: true }));
const limits = { textChars: 8000, partsPerMessage: 20 };

interface Example {
  readonly line: number;
  readonly bad: string | null;
  readonly schema: string;
  readonly text: string;
}

const examples: readonly Example[] = [...specification.matchAll(/^```json (?:bad=(\S+) )?schema=(\w+)\n([^]*?)^```$/gm)].map(([, bad, schema, text], _index, all) => ({
  line: specification.slice(0, all[_index]!.index).split('\n').length,
  bad: bad ?? null,
  schema: schema!,
  text: text!.replace(/«(\d+) × (.)»/gu, (_whole, times: string, letter: string) => letter.repeat(Number(times))),
}));

/** The same way in that the server takes: frames as text, bodies by their schema. */
function refusalOf({ schema, text }: Example): Refusal | null {
  const clientFrames = new Set([...frameNames('client').values(), 'ClientFrame']);
  const serverFrames = new Set([...frameNames('server').values(), 'ServerFrame']);
  const direction = clientFrames.has(schema) ? 'client' : serverFrames.has(schema) ? 'server' : null;
  if (direction === null) return validator.check(schema, JSON.parse(text), limits);
  const read = validator.frame(direction, text, limits);
  return read.ok ? validator.check(schema, read.frame, limits) : read.refusal;
}

describe('the specification', () => {
  it('has examples, good and bad, and tags every block of JSON', () => {
    assert(examples.length >= 40 && examples.filter(({ bad }) => bad !== null).length >= 15, `${examples.length} examples`);
    assert.equal([...specification.matchAll(/^```json/gm)].length, examples.length);
  });

  for (const example of examples) {
    it(`line ${example.line}: ${example.bad === null ? `is a ${example.schema}` : `is refused with ${example.bad}`}`, () => {
      assert(schemas.has(example.schema), `there is no schema ${example.schema}`);
      const refusal = refusalOf(example);
      assert.equal(refusal?.code ?? null, example.bad, JSON.stringify(refusal));
      assert(example.bad === null || example.bad in problemTable);
    });
  }

  it('numbers its clauses once each, and says of each whether it is stable', () => {
    const clauses = [...specification.matchAll(/^- \*\*(S-\d+\.\d+)\*\* \*([^*]+)\*/gm)];
    const numbers = clauses.map(([, number]) => number);
    assert(numbers.length > 60);
    assert.equal(new Set(numbers).size, numbers.length);
    for (const [, number, mark] of clauses) assert(number!.startsWith('S-11.') || ['stable.', 'draft.'].includes(mark!), `${number} ${mark}`);
    assert.equal([...specification.matchAll(/^- \*\*S-/gm)].length, clauses.length);
  });

  it('refers only to clauses that it has', () => {
    const defined = new Set([...specification.matchAll(/^- \*\*(S-\d+\.\d+)\*\*/gm)].map(([, number]) => number));
    for (const [, number] of specification.matchAll(/\b(S-\d+\.\d+)\b/g)) assert(defined.has(number), `${number} is not defined`);
    for (const { clause, name } of allCases) assert(defined.has(clause), `${clause} (${name}) is not defined`);
  });

  it('names every kind, code and frame of the source', () => {
    for (const code of Object.keys(problemTable)) assert(specification.includes(`\`${code}\``), code);
    for (const direction of ['client', 'server'] as const) for (const [t] of frameNames(direction)) assert(specification.includes(`\`${t}\``), t);
  });
});
