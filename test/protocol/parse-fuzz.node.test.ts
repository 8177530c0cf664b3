/** The hand parsers of the browser against mutated frames and bodies: they never throw, never hang, and an error never repeats what came. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import * as deskParsers from '../../src/protocol/parse-desk.js';
import { parseServerFrame } from '../../src/protocol/parse-frame.js';
import * as parsers from '../../src/protocol/parse-rest.js';
import * as frames from '../../src/protocol/schema/frames.js';
import { schemas } from '../../src/protocol/schema/registry.js';
import { fromSchema } from '../support/node/from-schema.js';
import { marker, mutated } from '../support/node/mutate.js';

const seed = Number(process.env['CARE_SEED'] ?? Math.floor(Math.random() * 2 ** 31));
const said = (error: unknown): string => JSON.stringify(error, Object.getOwnPropertyNames(error));

test('mutated frames are read or refused, and a refusal repeats nothing', (t) => {
  t.diagnostic(`seed ${seed}: repeat with CARE_SEED=${seed}`);
  fc.assert(fc.property(mutated(fromSchema(frames.ServerFrame), ['c_other']), (text) => {
    for (const parse of [parseServerFrame, deskParsers.parseDeskFrame]) {
      const read = parse(text);
      // The name of a type that is not known is what is counted; nothing else of the frame may stand there.
      if (!read.ok) assert.ok(!said({ ...read.error, t: '' }).includes(marker), said(read.error));
    }
  }), { numRuns: 3_000, seed });
  assert.equal(({} as { polluted?: unknown }).polluted, undefined);
});

test('mutated answers are read or refused, and a refusal repeats nothing', (t) => {
  t.diagnostic(`seed ${seed}: repeat with CARE_SEED=${seed}`);
  let tried = 0;
  for (const [name, parse] of [...Object.entries(parsers), ...Object.entries(deskParsers)]) {
    // The desk's page of events has the same form, and more kinds in it.
    const schema = schemas.get(name.replace(/^parse(Desk(?=EventPage))?/, ''));
    if (!schema || typeof parse !== 'function') continue;
    tried += 1;
    fc.assert(fc.property(mutated(fromSchema(schema), ['c_other']), (text) => {
      let body: unknown;
      try {
        body = JSON.parse(text);
      } catch {
        return;
      }
      const read = (parse as (body: unknown) => { ok: boolean; error?: unknown })(body);
      if (!read.ok) assert.ok(!said(read.error).includes(marker), said(read.error));
    }), { numRuns: 500, seed });
  }
  assert.ok(tried >= 8, `${tried} parsers were found`);
});
