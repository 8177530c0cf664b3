/**
 * REST answers that the patient's browser reads (README §3, §6, §7), parsed by hand as frames are (`parse-frame.ts`), and problems as `CareError`.
 * What cannot be read is `bad-answer`, retryable: the request may have been done (README S-5.9).
 */
import { CareError, type WireErrorCode } from '../base/care-error.js';
import { refuse } from '../base/refuse.js';
import { type Result, ok } from '../base/result.js';
import { readAvailability, readLimits } from './parse-frame.js';
import { createEventReader, cursorFields, readConversationState, readLocalText, readProblem, visitorBodies, type BodyReaders } from './parse-shared.js';
import { type Reader, anyRecord, choice, count, flag, known, list, maybe, record, text } from './readers.js';
import type { Conversation, Discovery, ParsedEventPage, VisitorSession } from './types.js';

/** Makes a parser from a reader. */
export const answer = <T>(reader: Reader<T>) => (body: unknown): Result<T> => {
  try {
    return ok(reader(body));
  } catch {
    return refuse('bad-answer', { retryable: true });
  }
};

/** What has an id and a name: departments, in discovery and on the desk; symptom checkers. */
export const readDepartments = list(record({ id: text, name: readLocalText, preChat: maybe(anyRecord) }));

/** `GET /.well-known/care-chat`. */
export const parseDiscovery: (body: unknown) => Result<Discovery> = answer(record({
  protocol: choice('care-chat'),
  versions: list(text),
  rest: text,
  ws: text,
  caps: list(text),
  limits: readLimits,
  widget: record({
    id: text,
    clinicName: text,
    country: text,
    timeZone: text,
    emergency: list(record({ kind: known('other', 'emergency', 'crisis', 'poison'), number: text, label: maybe(readLocalText) })),
    privacyUrl: maybe(text),
    languages: list(text),
    welcome: maybe(readLocalText),
    consents: list(record({ purpose: text, version: text, required: flag, text: readLocalText, html: maybe(readLocalText) })),
    departments: readDepartments,
    preChat: maybe(anyRecord),
    checkers: maybe(readDepartments),
    redFlags: maybe(anyRecord),
    forms: maybe(list(text)),
    rating: maybe(text),
    preChatSkippable: maybe(flag),
    offline: maybe(anyRecord),
  }),
  availability: readAvailability,
}));

/** What every session answer carries. */
export const tokenFields = { accessToken: text, expiresAt: count, refreshToken: text, serverTime: count };

/** `POST /v1/sessions`, `POST /v1/sessions/refresh`. */
export const parseVisitorSession: (body: unknown) => Result<VisitorSession> = answer(record({ visitorId: text, ...tokenFields }));

/** `POST /v1/conversations`, `GET /v1/conversations/{id}`. */
export const parseConversation: (body: unknown) => Result<Conversation> = answer(record({ id: text, epoch: text, head: count, state: readConversationState }));

/** Makes the parser of `GET /v1/streams/{stream}/events` for a set of event kinds. */
export const createEventPageParser = (bodies: BodyReaders): ((body: unknown) => Result<ParsedEventPage>) =>
  answer(record({ ...cursorFields, head: count, floor: count, events: list(createEventReader(bodies)), complete: flag }));

/** `GET /v1/streams/{stream}/events`, visitor's kinds. */
export const parseEventPage = createEventPageParser(visitorBodies);

/** Every code of README §9; kept equal to `problemTable` by a test (the table's titles stay out of the bundle). */
const codes = 'bad-frame unknown-frame invalid cmid-reused token-missing token-expired token-invalid forbidden origin-denied widget-unknown consent-required not-found gone conflict closed-conversation form-version too-large unsupported-type unsupported-version rate-limited epoch-changed not-supported overloaded internal timeout sign-in-failed locked-out'.split(' ');

/**
 * A refusal as `CareError`: from a REST answer or the body of an `err` frame. `retryable` of the problem counts; where it is absent,
 * the status does (408, 425, 429, 5xx). An unknown code becomes `internal` or `invalid` by status; what is no problem at all is `bad-answer`: whoever
 * answered, it may not have been the server, so that it is worth another try (S-5.9).
 * Nothing of the server's sentences is taken over.
 */
export function toCareError(status: number, body: unknown): CareError {
  const problem = maybe(readProblem)(body);
  const { code, retryable = status > 499 || [408, 425, 429].includes(status), retryAfterMs, errors } = problem ?? { code: 'bad-answer', retryable: true };
  return new CareError((!problem || codes.includes(code) ? code : status > 499 ? 'internal' : 'invalid') as WireErrorCode | 'bad-answer', code, { retryable, retryAfterMs, status, details: errors });
}
