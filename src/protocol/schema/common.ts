/**
 * The one schema source of protocol version 1 (README §2). Only the server, the kit, tools and `import type` may import
 * `protocol/schema`; the browser parses by hand (`parse-frame.ts`).
 *
 * A schema with `$id` becomes a component; where it is nested, the generator writes a `$ref`. Incoming schemas are open:
 * unknown fields are ignored. Only the intersection of draft-07 and 2020-12 is used, so that OpenAPI and AsyncAPI share it.
 */
import { Type, type TSchema } from 'typebox';

/** One of several string constants, as an `enum`. */
export const oneOf = <const T extends string[]>(values: readonly [...T], description: string) =>
  Type.Unsafe<T[number]>({ type: 'string', enum: [...values], description });

/** Milliseconds since the epoch, UTC. */
export const at = (description: string) => Type.Integer({ minimum: 0, maximum: 9007199254740991, description: `${description} Milliseconds since the epoch, UTC.` });
export const ms = (description: string) => Type.Integer({ minimum: 0, maximum: 9007199254740991, description: `${description} Milliseconds.` });
export const id = (description: string) => Type.String({ minLength: 1, maxLength: 64, pattern: '^[A-Za-z0-9_.:-]+$', description });
export const text = (maxLength: number, description: string) => Type.String({ maxLength, description });
export const list = <T extends TSchema>(items: T, maxItems: number, description: string) => Type.Array(items, { maxItems, description });

export const Stream = Type.String({ minLength: 1, maxLength: 80, pattern: '^(self|c_[A-Za-z0-9-]+(\\.staff)?)$', description: '`self` (per visitor), a conversation id `c_…`, or the staff stream of a conversation `c_….staff`.' });
export const Epoch = Type.String({ minLength: 1, maxLength: 64, description: 'Changes if and only if published (epoch, seq) pairs may have been lost or renumbered.' });
export const Seq = Type.Integer({ minimum: 0, maximum: 9007199254740991, description: 'Position in the stream; the first event is 1; 0 is before the first.' });
export const Cmid = Type.String({ minLength: 8, maxLength: 64, pattern: '^[A-Za-z0-9_-]+$', description: 'Client-minted id of a submit; the idempotency key together with stream and device.' });
export const Lang = Type.String({ minLength: 2, maxLength: 35, pattern: '^[A-Za-z0-9-]+$', description: 'BCP 47 language tag.' });

/** Text in several languages: language tag → text. `en` is the fallback. */
export const LocalText = Type.Record(Type.String({ pattern: '^[A-Za-z0-9-]{2,35}$' }), Type.String({ maxLength: 8000 }), { $id: 'LocalText', description: 'Language tag → text.' });

export const Role = oneOf(['visitor', 'agent', 'bot', 'system'], 'Who speaks.');

export const By = Type.Object({
  id: id('Opaque id of the participant.'),
  role: Role,
  name: Type.Optional(text(120, 'Display name.')),
  title: Type.Optional(text(120, 'What this person is: "Nurse", "Front desk".')),
}, { $id: 'By', description: 'The author of an event.' });

export const Problem = Type.Object({
  type: Type.String({ maxLength: 200, description: 'URI reference that names the problem.' }),
  title: text(200, 'Short summary in English.'),
  status: Type.Integer({ minimum: 400, maximum: 599, description: 'HTTP status that belongs to the code.' }),
  code: Type.String({ maxLength: 60, description: 'One of the codes of README §9.' }),
  detail: Type.Optional(text(500, 'What a person can do about it. Never contains what was sent.')),
  retryable: Type.Optional(Type.Boolean({ description: 'Authoritative. Absent: by status (408, 425, 429, 5xx may be tried again).' })),
  retryAfterMs: Type.Optional(ms('How long to wait.')),
  errors: Type.Optional(list(Type.Object({ pointer: Type.String({ maxLength: 300 }), code: Type.String({ maxLength: 60 }) }), 50, 'Where each mistake is (JSON Pointer) and what kind.')),
  limit: Type.Optional(Type.Integer({ minimum: 0, maximum: 9007199254740991, description: 'The limit that was passed.' })),
}, { $id: 'Problem', description: 'RFC 9457 problem, in REST bodies and in `err` frames.' });

export const Limits = Type.Object({
  frameBytes: Type.Integer({ minimum: 1, maximum: 1000000000, description: 'Largest frame or REST body, bytes of UTF-8.' }),
  textChars: Type.Integer({ minimum: 1, maximum: 1000000000, description: 'Longest message text, UTF-16 code units.' }),
  partsPerMessage: Type.Integer({ minimum: 1, maximum: 20, description: 'Most parts in one message.' }),
  inflightPerStream: Type.Integer({ minimum: 1, maximum: 1000000000, description: 'Unacknowledged submits per stream.' }),
  submitPerMin: Type.Integer({ minimum: 1, maximum: 1000000000, description: 'Most submits of one session in a minute; more answer `rate-limited`.' }),
  typingMinMs: Type.Integer({ minimum: 0, maximum: 600000, description: 'Least time between two typing frames.' }),
  resumeMax: Type.Integer({ minimum: 1, maximum: 1000000000, description: 'Most events replayed on resume; further back answers `reset`.' }),
  pageMax: Type.Integer({ minimum: 1, maximum: 1000000000, description: 'Most events in one page of history.' }),
}, { $id: 'Limits', description: 'Limits of this server. Server values win.' });
