/** Bodies of the REST operations (README §6, §7) and of discovery (README §3). */
import { Type } from 'typebox';
import { By, Cmid, Epoch, Lang, Limits, LocalText, Seq, Stream, at, id, list, oneOf, text } from './common.js';
import { ConsentRecord } from './consent.js';
import { ConversationStatus, Event, FormAnswer, FormAnsweredBody, Part, Priority, SubmitEvent } from './events.js';

const LinkId = Type.String({ minLength: 16, maxLength: 64, pattern: '^[A-Za-z0-9_.:-]+$', description: 'Minted by the client, new for every attempt.' });

export const EmergencyLine = Type.Object({
  kind: oneOf(['emergency', 'crisis', 'poison', 'other'], 'What the line is for.'),
  number: Type.String({ minLength: 2, maxLength: 30, pattern: '^[0-9+*# -]+$', description: 'As dialled.' }),
  label: Type.Optional(LocalText),
}, { $id: 'EmergencyLine', description: 'A number to call, shown from the first paint.' });

export const ConsentText = Type.Object({
  purpose: id('chat, preview, cobrowse, remember.'),
  version: Type.String({ minLength: 1, maxLength: 40 }),
  required: Type.Boolean(),
  text: LocalText,
  html: Type.Optional(LocalText),
}, { $id: 'ConsentText', description: 'A text to agree to. `html` is optional rich text; clients sanitise it and fall back to `text`.' });

export const Department = Type.Object({
  id: id('Department.'),
  name: LocalText,
  preChat: Type.Optional(Type.Unsafe<Record<string, unknown>>({ type: 'object', description: 'HL7 FHIR Questionnaire (R4 or R5) asked before a chat with this department, in place of the widget\'s.' })),
}, { $id: 'Department', description: 'A department a visitor may choose.' });

export const DepartmentAvailability = Type.Object({
  id: id('Department.'),
  state: oneOf(['online', 'offline'], 'Whether somebody can answer now.'),
  opensAt: Type.Optional(at('When it opens next.')),
  closesAt: Type.Optional(at('When it closes.')),
}, { $id: 'DepartmentAvailability', description: 'Whether a department answers now.' });

export const Availability = Type.Object({
  v: Type.Integer({ minimum: 0, maximum: 9007199254740991, description: 'A newer snapshot has a larger number.' }),
  state: oneOf(['online', 'offline'], 'online: at least one agent is there.'),
  departments: list(DepartmentAvailability, 100, 'Per department.'),
  agents: list(By, 20, 'Who is there (name and title only), at most 20.'),
  opensAt: Type.Optional(at('When somebody is there next.')),
}, { $id: 'Availability', description: 'A full snapshot; the newer `v` wins.' });

export const Checker = Type.Object({ id: id('Checker.'), name: LocalText }, { $id: 'Checker', description: 'A symptom checker a visitor may open.' });

export const CheckerContent = Type.Object({
  pack: Type.Unsafe<Record<string, unknown>>({ type: 'object', description: 'The content pack: questions, rules, levels, advice, who approved it and until when.' }),
  allowUnreviewed: Type.Boolean({ description: 'Whether a translation by a machine that nobody has reviewed may be shown.' }),
}, { $id: 'CheckerContent', description: 'Everything a symptom checker needs: it runs where the person is.' });

/** Language tag → what is looked for. */
const Phrases = (description: string) => Type.Optional(Type.Record(Type.String({ pattern: '^[A-Za-z0-9-]{2,35}$' }), Type.Object({
  emergency: Type.Optional(list(text(120, 'A phrase.'), 500, 'Show the emergency line.')),
  crisis: Type.Optional(list(text(120, 'A phrase.'), 500, 'Show the crisis line.')),
}), { description }));

export const RedFlags = Type.Object({
  off: Type.Optional(Type.Boolean({ description: 'True where nothing is looked for.' })),
  add: Phrases('Beside the client\'s own phrases.'),
  replace: Phrases('In place of the client\'s own phrases of that language and kind.'),
}, { $id: 'RedFlags', description: 'Phrases for which a client shows a number while somebody types. What it finds stays on the device.' });

export const FormContent = Type.Object({
  questionnaire: Type.Unsafe<Record<string, unknown>>({ type: 'object', description: 'HL7 FHIR Questionnaire (R4 or R5).' }),
}, { $id: 'FormContent', description: 'A form of a widget.' });

export const Widget = Type.Object({
  id: id('Widget.'),
  clinicName: text(120, 'Name of the clinic.'),
  country: Type.String({ pattern: '^[A-Z]{2}$', description: 'ISO 3166-1 alpha-2.' }),
  timeZone: Type.String({ maxLength: 60, description: 'IANA time zone of the clinic.' }),
  emergency: list(EmergencyLine, 10, 'The first is shown at all times.'),
  privacyUrl: Type.Optional(Type.String({ maxLength: 500 })),
  languages: list(Lang, 60, 'Offered languages; the first is the default.'),
  welcome: Type.Optional(LocalText),
  consents: list(ConsentText, 10, 'Asked before the chat.'),
  departments: list(Department, 100, 'Departments a visitor may choose.'),
  preChat: Type.Optional(Type.Unsafe<Record<string, unknown>>({ type: 'object', description: 'HL7 FHIR Questionnaire (R4 or R5) asked before the chat.' })),
  checkers: Type.Optional(list(Checker, 20, 'Symptom checkers.')),
  redFlags: Type.Optional(Type.Unsafe<Record<string, unknown>>(RedFlags)),
  forms: Type.Optional(list(id('Form.'), 100, 'Forms that may be answered before a chat, in place of `preChat`, or in it (`GET /v1/forms/{id}`).')),
  rating: Type.Optional(id('Which of `forms` is offered once a chat has ended (S-5.21).')),
  preChatSkippable: Type.Optional(Type.Boolean({ description: 'True where a chat may be opened without an answer to these questions.' })),
  offline: Type.Optional(Type.Unsafe<Record<string, unknown>>({ type: 'object', description: 'HL7 FHIR Questionnaire (R4 or R5) for a message that is left while nobody is there (capability `offline`).' })),
}, { $id: 'Widget', description: 'What the visitor side needs to know before a session.' });

export const Discovery = Type.Object({
  protocol: Type.Literal('care-chat'),
  versions: list(Type.String({ maxLength: 10 }), 10, 'Major versions spoken.'),
  rest: Type.String({ maxLength: 500, description: 'Absolute base URL of REST, without a slash at the end.' }),
  ws: Type.String({ maxLength: 500, description: 'Absolute URL of the WebSocket.' }),
  caps: list(Type.String({ maxLength: 60 }), 100, 'Capabilities.'),
  limits: Limits,
  widget: Widget,
  availability: Availability,
}, { $id: 'Discovery', description: 'Answer of `/.well-known/care-chat`: where the server is, what it can, and the widget.' });

/** A frame inside a body: judged by itself, as on the socket, so that one bad frame does not refuse those beside it. */
const anyFrame = (description: string) => Type.Unsafe<Record<string, unknown>>({ type: 'object', description });

export const FramesRequest = Type.Object({
  link: LinkId,
  n: Type.Integer({ minimum: 1, maximum: 9007199254740991, description: 'Number of this batch on the link: 1, 2, 3 and so on.' }),
  frames: Type.Array(anyFrame('A ClientFrame.'), { minItems: 1, maxItems: 100, description: 'In order.' }),
}, { $id: 'FramesRequest', description: 'Frames of the client, a batch at a time. The same number again is answered and not applied again.' });

export const FramesAnswer = Type.Object({
  n: Type.Integer({ minimum: 1, maximum: 9007199254740991, description: 'The last batch that was taken.' }),
}, { $id: 'FramesAnswer', description: 'The batch was taken. What becomes of its frames is told by frames.' });

export const PollRequest = Type.Object({
  link: LinkId,
  after: Type.Integer({ minimum: 0, maximum: 9007199254740991, description: '`next` of the last answer that was read; 0 at first.' }),
}, { $id: 'PollRequest', description: 'Asks for the next frames, and acknowledges those before.' });

export const PollAnswer = Type.Object({
  frames: list(anyFrame('A ServerFrame.'), 10_000, 'In order; none where nothing came in time.'),
  next: Type.Integer({ minimum: 0, maximum: 9007199254740991, description: 'Number of the last frame in here; `after` of the next poll.' }),
}, { $id: 'PollAnswer', description: 'The frames behind `after`.' });

export const SessionRequest = Type.Object({
  widgetId: id('Widget.'),
  deviceId: id('Minted by the client, per browser.'),
  locale: Type.Optional(Lang),
  tz: Type.Optional(Type.String({ maxLength: 60 })),
}, { $id: 'SessionRequest', description: 'Begin as an anonymous visitor on this device.' });

export const RefreshRequest = Type.Object({ refreshToken: Type.String({ minLength: 16, maxLength: 500 }), deviceId: id('The device the token was given to.') }, { $id: 'RefreshRequest', description: 'Trade a refresh token, on the device it was given to.' });

const tokens = {
  accessToken: Type.String({ minLength: 16, maxLength: 4000, description: 'Opaque to the client.' }),
  expiresAt: at('When the access token ends, server clock.'),
  refreshToken: Type.String({ minLength: 16, maxLength: 500 }),
  serverTime: at('Server clock now.'),
};
export const VisitorSession = Type.Object({ visitorId: id('Visitor.'), ...tokens }, { $id: 'VisitorSession', description: 'Tokens of a visitor.' });

export const Agent = Type.Object({
  id: id('Agent.'),
  email: Type.String({ maxLength: 254 }),
  name: text(120, 'Display name.'),
  title: text(120, '"Nurse", "Front desk".'),
  departments: list(id('Department.'), 100, 'Departments served.'),
}, { $id: 'Agent', description: 'A member of staff.' });
export const AgentSessionRequest = Type.Object({ email: Type.String({ minLength: 3, maxLength: 254 }), password: Type.String({ minLength: 1, maxLength: 200 }), deviceId: id('Minted by the client.') }, { $id: 'AgentSessionRequest', description: 'Sign in at the desk.' });
export const AgentSession = Type.Object({ agent: Agent, ...tokens }, { $id: 'AgentSession', description: 'Tokens of a member of staff.' });
export const SessionAnswer = Type.Union([VisitorSession, AgentSession], { $id: 'SessionAnswer', description: 'A refresh answers with the session of the subject the token belongs to.' });

export const Watermark = Type.Object({ who: id('Participant.'), role: oneOf(['visitor', 'agent'], 'Side.'), delivered: Seq, read: Seq }, { $id: 'Watermark', description: 'Up to which seq this participant has received and read. Never falls.' });

export const ConversationState = Type.Object({
  status: ConversationStatus,
  departmentId: Type.Optional(id('Department.')),
  agent: Type.Optional(By),
  watermarks: list(Watermark, 200, 'One per participant.'),
  createdAt: at('Created.'),
}, { $id: 'ConversationState', description: 'State at the head of the log, so that nothing missed is lost.' });

export const Conversation = Type.Object({
  id: id('Conversation, also its stream.'),
  epoch: Epoch,
  head: Seq,
  state: ConversationState,
}, { $id: 'Conversation', description: 'A conversation and its state at `head`.' });

export const ConversationRequest = Type.Object({
  cmid: Cmid,
  departmentId: Type.Optional(id('Department.')),
  locale: Type.Optional(Lang),
  page: Type.Optional(Type.Object({ name: text(120, 'The clinic\'s own name of the page.') })),
  preChat: Type.Optional(FormAnsweredBody),
  consents: Type.Optional(list(ConsentRecord, 10, 'Answers to the widget\'s consents.')),
  first: Type.Optional(Type.Array(Part, { minItems: 1, maxItems: 20, description: 'The first message, if it was typed before the conversation existed.' })),
}, { $id: 'ConversationRequest', description: 'Open a conversation. The same `cmid` opens it once.' });

export const OfflineRequest = Type.Object({
  cmid: Cmid,
  departmentId: Type.Optional(id('Department.')),
  locale: Type.Optional(Lang),
  page: Type.Optional(Type.Object({ name: text(120, 'The clinic\'s own name of the page.') })),
  form: FormAnsweredBody,
  attached: Type.Optional(list(FormAnsweredBody, 5, 'What was answered elsewhere and goes with it: a symptom checker, questions before a chat that was not begun.')),
  consents: Type.Optional(list(ConsentRecord, 10, 'Answers to the widget\'s consents.')),
}, { $id: 'OfflineRequest', description: 'Leave a message while nobody is there. The same `cmid` leaves it once.' });

export const OfflineReceipt = Type.Object({
  reference: Type.String({ minLength: 4, maxLength: 20, pattern: '^[A-Z0-9-]+$', description: 'What people name the message by.' }),
  promisedAt: Type.Optional(at('By when the clinic means to have answered.')),
}, { $id: 'OfflineReceipt', description: 'The message was left. Given only after the durable commit.' });

export const ConversationList = Type.Object({ list: list(Conversation, 200, 'Newest first.') }, { $id: 'ConversationList', description: 'The visitor\'s own conversations.' });

export const EventPage = Type.Object({
  stream: Stream, epoch: Epoch, head: Seq, floor: Seq,
  events: list(Event, 200, 'In seq order.'),
  complete: Type.Boolean({ description: 'True where the page reaches head (after) or floor (before).' }),
}, { $id: 'EventPage', description: 'A page of a stream.' });

export const Submit = Type.Object({ stream: Stream, cmid: Cmid, clientAt: Type.Optional(at('When the person pressed send, their clock.')), ev: SubmitEvent }, { $id: 'Submit', description: 'Ask that something be made a fact.' });
export const SubmitRequest = Type.Object({ cmid: Cmid, clientAt: Type.Optional(at('When the person pressed send, their clock.')), ev: SubmitEvent }, { $id: 'SubmitRequest', description: 'A submit whose stream is in the path.' });
export const SubmitResult = Type.Object({ stream: Stream, cmid: Cmid, epoch: Epoch, seq: Seq, eventId: id('Event.'), at: at('Taken.'), dup: Type.Optional(Type.Boolean({ description: 'This submit was already known; seq and at are the original ones.' })) }, { $id: 'SubmitResult', description: 'The fact that a submit became. Given only after the durable commit.' });

export const ReceiptRequest = Type.Object({ delivered: Type.Optional(Seq), read: Type.Optional(Seq) }, { $id: 'ReceiptRequest', description: 'Own watermarks; lower ones than known change nothing.' });

/** Desk profile. */
export const Summary = Type.Object({
  id: id('Conversation.'),
  v: Type.Integer({ minimum: 0, maximum: 9007199254740991, description: 'The newer snapshot of the same conversation has the larger number.' }),
  status: ConversationStatus,
  departmentId: Type.Optional(id('Department.')),
  agent: Type.Optional(By),
  visitor: Type.Object({ id: id('Visitor.'), name: Type.Optional(text(200, 'From the pre-chat form, if asked.')), locale: Type.Optional(Lang), online: Type.Boolean(), page: Type.Optional(text(120, 'The clinic\'s own name of the page.')) }),
  createdAt: at('Created.'),
  waitingSince: Type.Optional(at('In the queue since.')),
  closedAt: Type.Optional(at('Closed.')),
  head: Seq,
  lastAt: at('Last event.'),
  lastMessage: Type.Optional(Type.Object({ by: By, text: text(200, 'Beginning of the last message, or the button, of a person: what a bot says is not in it.'), seq: Seq })),
  check: Type.Optional(Type.Object({
    checker: id('The symptom checker.'), level: Type.String({ minLength: 1, maxLength: 64, description: 'How urgent: id of a level of the content.' }), title: text(300, 'The level in words, as the visitor saw it.'),
    differs: Type.Optional(text(300, 'The level in words that the server came to, where it is another one.')),
  }, { description: 'The newest symptom check that was handed over.' })),
  unread: Type.Integer({ minimum: 0, maximum: 9007199254740991, description: 'Visitor messages after this agent\'s read watermark.' }),
  preChat: list(FormAnswer, 500, 'Answers of the pre-chat or offline form as shown.'),
  bot: Type.Optional(Type.Boolean({ description: 'True while a bot answers: nobody has asked for a person yet.' })),
  offline: Type.Optional(OfflineReceipt),
  priority: Type.Optional(Priority),
  language: Type.Optional(Lang),
}, { $id: 'Summary', description: 'A conversation in the desk\'s lists; a full snapshot each time.' });

export const SummaryPage = Type.Object({ list: list(Summary, 100, 'Newest first.'), next: Type.Optional(Type.String({ maxLength: 200, description: 'Cursor of the next page.' })) }, { $id: 'SummaryPage', description: 'A page of conversations.' });
export const ConversationSearch = Type.Object({
  status: Type.Optional(ConversationStatus),
  from: Type.Optional(at('Created at or after.')),
  to: Type.Optional(at('Created before.')),
  visitor: Type.Optional(text(120, 'Part of the visitor\'s name, or the start of a conversation\'s or visitor\'s id. In a body, because names do not belong in addresses.')),
  cursor: Type.Optional(Type.String({ maxLength: 200, description: '`next` of the page before.' })),
  limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 100, description: 'How many at most; default 50.' })),
}, { $id: 'ConversationSearch', description: 'Which conversations a member of staff looks for.' });
export const CannedReply = Type.Object({
  id: id('Reply.'),
  shortcut: Type.String({ minLength: 1, maxLength: 40, pattern: '^[A-Za-z0-9_-]+$', description: 'Typed after a slash.' }),
  lang: Lang,
  text: Type.String({ minLength: 1, maxLength: 8000, description: 'May hold {visitor}, {agent}, {clinic}, {department}.' }),
}, { $id: 'CannedReply', description: 'A prepared text.' });
export const CannedReplies = Type.Object({ list: list(CannedReply, 2000, 'All.') }, { $id: 'CannedReplies', description: 'All prepared texts.' });
export const Desk = Type.Object({
  agent: Agent,
  clinicName: text(120, 'Name.'),
  departments: list(Department, 100, 'All.'),
  agents: list(Type.Object({ id: id('Agent.'), name: text(120, 'Name.'), title: text(120, 'Title.'), state: oneOf(['online', 'away', 'offline'], 'Now.') }), 500, 'Colleagues.'),
  state: oneOf(['online', 'away'], 'Own state.'),
  list: list(Summary, 2000, 'Waiting in own departments, and own open conversations.'),
}, { $id: 'Desk', description: 'The desk at the time of the hello.' });
