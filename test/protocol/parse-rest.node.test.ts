import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { parseAgentSession, parseCannedReplies, parseDeskEventPage, parseSummaryPage } from '../../src/protocol/parse-desk.js';
import { parseConversation, parseDiscovery, parseEventPage, parseVisitorSession, toCareError } from '../../src/protocol/parse-rest.js';
import { parseRelayGrant, parseRelayNotice } from '../../src/protocol/parse-relay.js';
import * as cobrowse from '../../src/protocol/schema/cobrowse.js';
import * as common from '../../src/protocol/schema/common.js';
import * as rest from '../../src/protocol/schema/rest.js';
import { problemTable } from '../../src/protocol/version.js';
import { fromSchema } from '../support/node/from-schema.js';

const parsers = [
  [rest.Discovery, parseDiscovery], [rest.VisitorSession, parseVisitorSession], [rest.Conversation, parseConversation],
  [rest.EventPage, parseEventPage], [rest.AgentSession, parseAgentSession],
  [cobrowse.RelayGrant, parseRelayGrant], [rest.SummaryPage, parseSummaryPage], [rest.CannedReplies, parseCannedReplies], [rest.EventPage, parseDeskEventPage],
] as const;

const requiredOf = (schema: unknown): readonly string[] => (schema as { readonly required: readonly string[] }).required;

for (const [schema, parse] of parsers) {
  const name = String((schema as { readonly $id?: string }).$id);
  describe(`parsing ${name}`, () => {
    it('reads whatever satisfies the schema', () => {
      fc.assert(fc.property(fromSchema(schema), (body) => assert(parse(body).ok)), { numRuns: 200 });
    });

    it('refuses it without a field it relies on', () => {
      fc.assert(fc.property(fromSchema(schema), fc.nat(), (body, at) => {
        const required = requiredOf(schema);
        const field = required[at % required.length]!;
        const read = parse({ ...(body as object), [field]: undefined });
        assert(!read.ok && read.error.code === 'bad-answer' && read.error.retryable, `${field} was not missed`);
      }), { numRuns: 100 });
    });

    it('never throws', () => {
      fc.assert(fc.property(fc.anything(), (body) => {
        assert.equal(typeof parse(body).ok, 'boolean');
      }));
    });
  });
}

describe('parseRelayNotice', () => {
  it('reads whatever satisfies the schema, takes an unknown reason for the end of the session, and nothing else for a notice', () => {
    fc.assert(fc.property(fromSchema(cobrowse.RelayNotice), (notice) => {
      const { t, ...read } = parseRelayNotice(JSON.stringify(notice))!;
      assert.deepEqual({ t, ...read }, t === 'peer' ? { t, on: (notice as { on: boolean }).on } : { t, reason: (notice as { reason: string }).reason });
    }));
    assert.deepEqual(parseRelayNotice('{"t":"end","reason":"weather"}'), { t: 'end', reason: 'ended' });
    for (const text of ['', '{', '[]', 'null', '{"t":"peer"}', '{"t":"end"}', '{"t":"frame","on":true}']) assert.equal(parseRelayNotice(text), null, text);
    fc.assert(fc.property(fc.oneof(fc.string(), fc.json()), (text) => assert(parseRelayNotice(text) === null || JSON.parse(text) !== null)));
  });
});

describe('toCareError', () => {
  it('knows every code of the table and takes its word for retryable', () => {
    for (const [code, [status, title, retryable]] of Object.entries(problemTable)) {
      const error = toCareError(status, { type: 'x', title, status, code, retryable, retryAfterMs: 7, errors: [{ pointer: '/a', code: 'type' }] });
      assert.deepEqual([error.code, error.status, error.retryable, error.retryAfterMs, error.details], [code, status, retryable, 7, [{ pointer: '/a', code: 'type' }]]);
      assert.equal(toCareError(status, { type: 'x', title, status, code, retryable: !retryable }).retryable, !retryable);
    }
  });

  it('judges by status where the problem does not say', () => {
    for (const [status, retryable] of [[400, false], [401, false], [408, true], [422, false], [425, true], [429, true], [500, true], [503, true]] as const) {
      assert.equal(toCareError(status, { type: 'x', title: 'x', status, code: 'invalid' }).retryable, retryable, String(status));
    }
  });

  it('takes an unknown code by its status', () => {
    assert.equal(toCareError(418, { type: 'x', title: 'x', status: 418, code: 'teapot' }).code, 'invalid');
    assert.equal(toCareError(507, { type: 'x', title: 'x', status: 507, code: 'full' }).code, 'internal');
    for (const code of ['__proto__', 'constructor']) assert.equal(toCareError(400, { type: 'x', title: 'x', status: 400, code }).code, 'invalid');
  });

  it('calls what is no problem a bad answer', () => {
    for (const body of [null, undefined, '<html>', [], { error: 'x' }]) assert.equal(toCareError(502, body).code, 'bad-answer');
  });

  it('gives nothing up for an answer that is no problem: it may not be the server\'s', () => {
    for (const [status, body] of [[502, null], [404, null], [403, { error: 'blocked by policy' }], [400, []]] as const) assert.equal(toCareError(status, body).retryable, true, String(status));
  });

  it('takes over none of the server\'s sentences', () => {
    const error = toCareError(422, { type: 'x', title: 'secret title', status: 422, code: 'invalid', detail: 'secret detail' });
    assert(!JSON.stringify([error.message, error.stack, { ...error }]).includes('secret'));
  });

  it('never throws', () => {
    fc.assert(fc.property(fc.integer({ min: 100, max: 599 }), fc.oneof(fc.anything(), fromSchema(common.Problem)), (status, body) => {
      assert.equal(typeof toCareError(status, body).retryable, 'boolean');
    }));
  });
});
