/** Durable facts: events, their kinds and the parts of a message (README §4, §5). */
import { Type } from 'typebox';
import { ActionBody, ActionSubmit, ButtonsPart, EscalatedBody, EscalateSubmit } from './bots.js';
import { CobrowseBody, CobrowseSubmit } from './cobrowse.js';
import { By, Cmid, Epoch, Lang, Seq, Stream, at, id, list, oneOf, text } from './common.js';
import { ConsentRecord } from './consent.js';

export const TextPart = Type.Object({
  kind: Type.Literal('text'),
  text: Type.String({ minLength: 1, maxLength: 8000, description: 'Plain text. No markup of any kind.' }),
}, { $id: 'TextPart', description: 'Plain text.' });

export const OtherPart = Type.Object({
  kind: Type.String({ maxLength: 40, not: { enum: ['text', 'buttons'] }, description: 'form, card, cards, file, link, location, system (draft), or x-vendor.….' }),
  fallback: text(8000, 'What a client shows that does not know this kind.'),
}, { $id: 'OtherPart', description: 'Any other part; carries a plain-text fallback.' });

export const Part = Type.Union([TextPart, ButtonsPart, OtherPart], { $id: 'Part', description: 'A part of a message.' });

export const ConversationStatus = oneOf(['waiting', 'open', 'closed'], 'waiting: nobody has accepted; open: with staff; closed: ended.');

export const FormAnswer = Type.Object({
  linkId: Type.String({ maxLength: 255 }),
  question: text(2000, 'The question exactly as shown.'),
  answers: list(text(8000, 'An answer as shown.'), 100, 'Answers as shown.'),
  at: Type.Optional(at('When it was last answered or skipped, the person\'s clock.')),
  changed: Type.Optional(Type.Boolean({ description: 'Something else was answered before.' })),
  skipped: Type.Optional(Type.Boolean({ description: 'The person went on without an answer.' })),
  source: Type.Optional(oneOf(['page'], 'page: the clinic\'s page gave it and the person did not change it; absent: the person.')),
}, { $id: 'FormAnswer', description: 'One question as shown and what was answered.' });

export const Priority = oneOf(['low', 'normal', 'high', 'urgent'], 'How soon staff is to look at it.');

export const CheckVerdict = Type.Object({
  result: oneOf(['same', 'differs', 'unchecked'], 'same: the server came to the same; differs: to another level or rule; unchecked: it does not have this version of the content, or it has expired.'),
  level: Type.Optional(Type.String({ minLength: 1, maxLength: 64, description: 'differs: the level that the server came to.' })),
  title: Type.Optional(text(300, 'differs: that level in words.')),
  rule: Type.Optional(Type.String({ minLength: 1, maxLength: 64, description: 'differs: the rule that led the server to it.' })),
}, { $id: 'CheckVerdict', description: 'What the server itself makes of the answers. A client cannot say it: what it sends here is dropped.' });

export const CheckOutcome = Type.Object({
  checker: id('The symptom checker, as in discovery.'),
  version: Type.String({ minLength: 1, maxLength: 40, description: 'Version of its content.' }),
  status: oneOf(['draft', 'approved'], 'Whether a clinician has approved the content.'),
  level: Type.String({ minLength: 1, maxLength: 64, description: 'How urgent: id of a level of the content.' }),
  title: text(300, 'The level in words, as shown.'),
  rule: Type.String({ minLength: 1, maxLength: 64, description: 'Id of the rule that led to it.' }),
  startedAt: at('When the person began, their clock.'),
  endedAt: at('When the outcome was there, their clock.'),
  verdict: Type.Optional(CheckVerdict),
}, { $id: 'CheckOutcome', description: 'What a symptom checker came to.' });

export const MessageBody = Type.Object({
  parts: Type.Array(Part, { minItems: 1, maxItems: 20 }),
  lang: Type.Optional(Lang),
}, { $id: 'MessageBody', description: 'kind `message`.' });
export const TombstoneBody = Type.Object({ tombstone: Type.Literal(true), retractedBySeq: Type.Optional(Seq) }, { $id: 'TombstoneBody', description: 'kind `message`, after recall: same seq, no content.' });
export const StatusBody = Type.Object({ status: ConversationStatus, reason: Type.Optional(oneOf(['visitor', 'agent', 'idle', 'reopened', 'accepted', 'returned'], 'Why.')) }, { $id: 'StatusBody', description: 'kind `status`.' });
export const AssignmentBody = Type.Object({
  state: oneOf(['queued', 'assigned'], 'queued: waiting in the department; assigned: with this agent.'),
  agent: Type.Optional(By),
  departmentId: Type.Optional(id('Department.')),
  reason: Type.Optional(oneOf(['accepted', 'assigned', 'agent-lost', 'returned', 'created', 'reopened', 'escalated'], 'Why.')),
}, { $id: 'AssignmentBody', description: 'kind `assignment`.' });
export const ParticipantBody = Type.Object({ who: By }, { $id: 'ParticipantBody', description: 'kinds `participant.joined`, `participant.left`.' });
export const FormAsked = Type.Object({
  target: Type.Integer({ minimum: 1, maximum: 9007199254740991, description: 'Seq of the message.' }),
  buttonId: id('Its button.'),
}, { $id: 'FormAsked', description: 'The button that opened a form.' });
export const FormAnsweredBody = Type.Object({
  form: Type.Object({ questionnaire: Type.String({ maxLength: 300, description: 'canonical|version' }), title: Type.Optional(text(300, 'Title as shown.')) }),
  purpose: oneOf(['pre-chat', 'offline', 'rating', 'checker', 'in-chat'], 'What the form was for. in-chat: a form of the widget, answered within the conversation.'),
  asked: Type.Optional(FormAsked),
  answers: list(FormAnswer, 500, 'Every question that was enabled, as shown.'),
  response: Type.Unsafe<Record<string, unknown>>({ type: 'object', description: 'HL7 FHIR QuestionnaireResponse (R4 or R5).' }),
  outcome: Type.Optional(CheckOutcome),
}, { $id: 'FormAnsweredBody', description: 'kind `form.answered`.' });
export const NoteBody = Type.Object({ text: Type.String({ minLength: 1, maxLength: 8000, description: 'Staff only.' }) }, { $id: 'NoteBody', description: 'kind `note`, staff streams only.' });
export const ConversationCreatedBody = Type.Object({ conversationId: id('The conversation.') }, { $id: 'ConversationCreatedBody', description: 'kind `conversation.created`, stream `self`.' });
export const ConversationUpdatedBody = Type.Object({ conversationId: id('The conversation.'), status: ConversationStatus }, { $id: 'ConversationUpdatedBody', description: 'kind `conversation.updated`, stream `self`.' });

const head = {
  stream: Stream,
  epoch: Epoch,
  seq: Type.Integer({ minimum: 1, maximum: 9007199254740991, description: 'Contiguous from 1.' }),
  id: id('Opaque id of the event.'),
  at: at('When the server took it; for display only.'),
  by: By,
  cmid: Type.Optional(Cmid),
  dev: Type.Optional(id('Device that submitted it; only to devices of the same person.')),
};

/** kind → body. The table from which the event union, the documents and the server's checks are made. */
export const eventBodies = {
  message: Type.Union([MessageBody, TombstoneBody]),
  status: StatusBody,
  assignment: AssignmentBody,
  'participant.joined': ParticipantBody,
  'participant.left': ParticipantBody,
  consent: ConsentRecord,
  'form.answered': FormAnsweredBody,
  action: ActionBody,
  escalated: EscalatedBody,
  cobrowse: CobrowseBody,
  note: NoteBody,
  'conversation.created': ConversationCreatedBody,
  'conversation.updated': ConversationUpdatedBody,
} as const;

const event = <K extends keyof typeof eventBodies>(kind: K, $id: string) =>
  Type.Object({ ...head, kind: Type.Literal(kind), d: eventBodies[kind] }, { $id, description: `An event of kind \`${kind}\`.` });

export const MessageEvent = event('message', 'MessageEvent');
export const StatusEvent = event('status', 'StatusEvent');
export const AssignmentEvent = event('assignment', 'AssignmentEvent');
export const ParticipantJoinedEvent = event('participant.joined', 'ParticipantJoinedEvent');
export const ParticipantLeftEvent = event('participant.left', 'ParticipantLeftEvent');
export const ConsentEvent = event('consent', 'ConsentEvent');
export const FormAnsweredEvent = event('form.answered', 'FormAnsweredEvent');
export const ActionEvent = event('action', 'ActionEvent');
export const EscalatedEvent = event('escalated', 'EscalatedEvent');
export const CobrowseEvent = event('cobrowse', 'CobrowseEvent');
export const NoteEvent = event('note', 'NoteEvent');
export const ConversationCreatedEvent = event('conversation.created', 'ConversationCreatedEvent');
export const ConversationUpdatedEvent = event('conversation.updated', 'ConversationUpdatedEvent');

export const Event = Type.Union([
  MessageEvent, StatusEvent, AssignmentEvent, ParticipantJoinedEvent, ParticipantLeftEvent, ConsentEvent, FormAnsweredEvent,
  ActionEvent, EscalatedEvent, CobrowseEvent, NoteEvent, ConversationCreatedEvent, ConversationUpdatedEvent,
], { $id: 'Event', description: 'A durable fact of a stream.' });

/** What can be submitted. */
export const FormSubmit = Type.Object({ kind: Type.Literal('form'), form: FormAnsweredBody }, { $id: 'FormSubmit', description: 'Answers of a form, such as one that a bot has asked for, or a symptom checker.' });
export const MessageSubmit = Type.Object({ kind: Type.Literal('message'), parts: Type.Array(Part, { minItems: 1, maxItems: 20 }), lang: Type.Optional(Lang) }, { $id: 'MessageSubmit', description: 'A message.' });
export const CloseSubmit = Type.Object({ kind: Type.Literal('close') }, { $id: 'CloseSubmit', description: 'Ends the conversation.' });
export const ConsentSubmit = Type.Object({ kind: Type.Literal('consent'), consent: ConsentRecord }, { $id: 'ConsentSubmit', description: 'An answer to a consent text, given or withdrawn.' });
export const AcceptSubmit = Type.Object({ kind: Type.Literal('accept') }, { $id: 'AcceptSubmit', description: 'Desk: take a waiting conversation.' });
export const AssignSubmit = Type.Object({ kind: Type.Literal('assign'), agentId: Type.Optional(id('To whom; absent: back to the queue.')) }, { $id: 'AssignSubmit', description: 'Desk: hand over or return to the queue.' });
export const ReopenSubmit = Type.Object({ kind: Type.Literal('reopen') }, { $id: 'ReopenSubmit', description: 'Desk: open a closed conversation again, assigned to oneself.' });
export const NoteSubmit = Type.Object({ kind: Type.Literal('note'), text: Type.String({ minLength: 1, maxLength: 8000 }) }, { $id: 'NoteSubmit', description: 'Desk: a staff note, on the staff stream.' });

export const SubmitEvent = Type.Union([MessageSubmit, CloseSubmit, ConsentSubmit, ActionSubmit, EscalateSubmit, CobrowseSubmit, AcceptSubmit, AssignSubmit, ReopenSubmit, NoteSubmit, FormSubmit], { $id: 'SubmitEvent', description: 'What a client asks to be made a fact.' });
