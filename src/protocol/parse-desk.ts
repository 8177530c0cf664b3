/** What only the desk reads (README §7, §8.4): its frames, its event kinds and its REST answers. The patient's bundle does not carry this. */
import type { Result } from '../base/result.js';
import { type FrameParser, createFrameParser, signal } from './parse-frame.js';
import { readOfflineReceipt } from './parse-offline.js';
import { answer, createEventPageParser, readDepartments, tokenFields } from './parse-rest.js';
import { type BodyReaders, answerFields, formFields, readBy, readStatus, visitorBodies } from './parse-shared.js';
import { type Reader, choice, count, flag, known, list, maybe, record, text } from './readers.js';
import type { Agent, AgentSession, CannedReplies, CheckVerdict, Desk, Summary, SummaryPage } from './types.js';

const readAgent: Reader<Agent> = record({ id: text, email: text, name: text, title: text, departments: list(text) });

const readSummary: Reader<Summary> = record({
  id: text,
  v: count,
  status: readStatus,
  departmentId: maybe(text),
  agent: maybe(readBy),
  visitor: record({ id: text, name: maybe(text), locale: maybe(text), online: flag, page: maybe(text) }),
  createdAt: count,
  waitingSince: maybe(count),
  closedAt: maybe(count),
  head: count,
  lastAt: count,
  lastMessage: maybe(record({ by: readBy, text, seq: count })),
  check: maybe(record({ checker: text, level: text, title: text, differs: maybe(text) })),
  unread: count,
  preChat: list(record({ ...answerFields, source: maybe(choice('page')) })),
  bot: maybe(flag),
  offline: maybe(readOfflineReceipt),
  priority: maybe(known('normal', 'low', 'high', 'urgent')),
  language: maybe(text),
});

const readColleagueState = known('offline', 'online', 'away');

const readDesk: Reader<Desk> = record({
  agent: readAgent,
  clinicName: text,
  departments: readDepartments,
  agents: list(record({ id: text, name: text, title: text, state: readColleagueState })),
  state: known('away', 'online'),
  list: list(readSummary),
});

/** README S-11.10: a result that is not known says as little as none. */
const readVerdict: Reader<CheckVerdict> = record({ result: choice('same', 'differs', 'unchecked'), level: maybe(text), title: maybe(text), rule: maybe(text) });

const deskBodies: BodyReaders = new Map<string, Reader<unknown>>([
  ['note', record({ text })],
  // What staff see of a form, and the patient's screen does not need.
  ['form.answered', record({
    ...formFields,
    answers: list(record({ ...answerFields, at: maybe(count), changed: maybe(flag), skipped: maybe(flag), source: maybe(choice('page')) })),
    outcome: maybe(record({ checker: text, version: text, status: known('draft', 'approved'), level: text, title: text, rule: text, startedAt: count, endedAt: count, verdict: maybe(readVerdict) })),
  })],
]);

/** Parses a server frame of the desk profile (visitor frames included). Refuses with the frame's type; never throws. */
export const parseDeskFrame: FrameParser = createFrameParser({
  bodies: deskBodies,
  frames: [
    signal('summary', record({ summary: maybe(readSummary), removed: maybe(text) })),
    signal('colleague', record({ id: text, state: readColleagueState })),
  ],
  desk: readDesk,
});

/** `POST /v1/desk/sessions`; refreshed by the same body through `POST /v1/sessions/refresh`. */
export const parseAgentSession: (body: unknown) => Result<AgentSession> = answer(record({ agent: readAgent, ...tokenFields }));

/** `POST /v1/desk/conversations/search`. */
export const parseSummaryPage: (body: unknown) => Result<SummaryPage> = answer(record({ list: list(readSummary), next: maybe(text) }));

/** `GET /v1/desk/canned`. */
export const parseCannedReplies: (body: unknown) => Result<CannedReplies> = answer(record({ list: list(record({ id: text, shortcut: text, lang: text, text })) }));

/** `GET /v1/streams/{stream}/events`, staff kinds included. */
export const parseDeskEventPage = createEventPageParser(new Map([...visitorBodies, ...deskBodies]));
