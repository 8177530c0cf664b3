/** Readers of what frames and REST answers have in common: authors, states, events (README §4, §5, §6). */
import type { ButtonsPart, By, ConversationState, ParsedEvent, Part, Problem, SubmitResult } from './types.js';
import { type Reader, anyRecord, choice, count, flag, isRecord, known, list, maybe, or, record, refuse, text } from './readers.js';

/** README S-4.6: an unknown role speaks as `system`. */
export const readBy: Reader<By> = record({ id: text, role: known('system', 'visitor', 'agent', 'bot'), name: maybe(text), title: maybe(text) });

/** Language tag → text; what is not text is left out. */
export const readLocalText: Reader<Record<string, string>> = (value) =>
  Object.fromEntries(Object.entries(anyRecord(value)).filter((entry): entry is [string, string] => typeof entry[1] === 'string'));

/** README S-6.11: an unknown status is taken for `open`. */
export const readStatus = known('open', 'waiting', 'closed');

/** State at the head of a conversation's log. */
export const readConversationState: Reader<ConversationState> = record({
  status: readStatus,
  departmentId: maybe(text),
  agent: maybe(readBy),
  watermarks: list(record({ who: text, role: known('agent', 'visitor'), delivered: count, read: count })),
  createdAt: count,
});

/** RFC 9457 problem; only status and code are relied on. */
export const readProblem: Reader<Problem> = record({
  type: or(text, ''),
  title: or(text, ''),
  status: count,
  code: text,
  retryable: maybe(flag),
  retryAfterMs: maybe(count),
  errors: maybe(list(record({ pointer: text, code: text }))),
});

/** What a submit became. */
export const readSubmitResult: Reader<SubmitResult> = record({ stream: text, cmid: text, epoch: text, seq: count, eventId: text, at: count, dup: maybe(flag) });

/** Cursor fields: never read apart. */
export const cursorFields = { stream: text, epoch: text };

const readTextPart = record({ kind: choice('text'), text });
const readOtherPart = record({ kind: text, fallback: text });
/** What a button does and how it looks are any text here: whoever shows it takes what it does not know for `reply`, and for no style (README S-5.13). */
const readButtons = record({
  kind: choice('buttons'), mode: known('once', 'many'), fallback: text,
  buttons: list(record({ id: text, label: text, do: text, to: maybe(text), style: maybe(text) })),
}) as Reader<ButtonsPart>;
/** Buttons that cannot be read are their fall-back. */
const readPart: Reader<Part> = (value) => (isRecord(value) && value['kind'] === 'text' ? readTextPart(value) : maybe(readButtons)(value) ?? readOtherPart(value));
const readMessage = record({ parts: list(readPart), lang: maybe(text) });
const readTombstone = record({ tombstone: flag });
const readParticipant = record({ who: readBy });

/** A question as shown, with its answers. */
export const answerFields = { linkId: text, question: text, answers: list(text) };
/** A form that was answered, but for the answers. */
export const formFields = { form: record({ questionnaire: text, title: maybe(text) }), purpose: known('pre-chat', 'offline', 'rating', 'checker', 'in-chat'), response: anyRecord, asked: maybe(record({ target: count, buttonId: text })) };

/** Kind → reader of the body. A Map, so that no name from the wire reaches a prototype. */
export type BodyReaders = ReadonlyMap<string, Reader<unknown>>;

/** Bodies a visitor's client reads. What it does nothing with (consents, its own stream) keeps its place as an unknown one does (README S-4.9). */
export const visitorBodies: BodyReaders = new Map<string, Reader<unknown>>([
  ['message', (value) => (isRecord(value) && value['tombstone'] === true ? readTombstone(value) : readMessage(value))],
  ['status', record({ status: readStatus, reason: maybe(choice('visitor', 'agent', 'idle', 'reopened', 'accepted', 'returned')) })],
  ['assignment', record({
    state: known('queued', 'assigned'),
    agent: maybe(readBy),
    departmentId: maybe(text),
    reason: maybe(choice('accepted', 'assigned', 'agent-lost', 'returned', 'created', 'reopened', 'escalated')),
  })],
  ['participant.joined', readParticipant],
  ['participant.left', readParticipant],
  ['form.answered', record({ ...formFields, answers: list(record(answerFields)) })],
  ['action', record({ target: count, buttonId: text, label: text })],
  ['escalated', record({ cause: known('bot', 'visitor', 'failed', 'checker'), reason: maybe(text), departmentId: maybe(text) })],
  // State and reason are any text here: whoever acts on them takes what it does not know for an end (README S-14.2).
  ['cobrowse', record({ session: text, state: text, key: maybe(text), minutes: maybe(count), reason: maybe(text), resumes: maybe(text) })],
]);

const readHead = record({ ...cursorFields, seq: count, id: text, kind: text, at: count, by: readBy, cmid: maybe(text), dev: maybe(text) });

/**
 * Reads an event. A kind that is not known, or a body that cannot be read, becomes an `UnknownEvent`: the cursor must advance over it,
 * or the client would ask for it for ever (README S-4.9). Refuses only where the head is not readable.
 */
export const createEventReader = (bodies: BodyReaders): Reader<ParsedEvent> => (value) => {
  const { kind, ...head } = readHead(value);
  if (head.seq < 1) return refuse();
  const body = bodies.get(kind);
  const d = body && maybe(body)((value as { d?: unknown }).d);
  return (d ? { ...head, kind, d } : { ...head, kind: 'unknown', was: kind, broken: !!body }) as ParsedEvent;
};
