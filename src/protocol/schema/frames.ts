/** Frames of the WebSocket (README §8). One JSON object per text message: {t, id?, re?, d}. */
import { Type, type TSchema } from 'typebox';
import { Epoch, Lang, Limits, Problem, Seq, Stream, at, id, list, ms, oneOf, text } from './common.js';
import { Event } from './events.js';
import { Availability, ConversationState, Desk, Submit, SubmitResult, Summary } from './rest.js';

const requestId = Type.Integer({ minimum: 1, maximum: 9007199254740991, description: 'Increasing per connection; the reply carries it as `re`.' });
const request = <T extends string, D extends TSchema>(t: T, $id: string, d: D, description: string) => Type.Object({ t: Type.Literal(t), id: requestId, d }, { $id, description });
const signal = <T extends string, D extends TSchema>(t: T, $id: string, d: D, description: string) => Type.Object({ t: Type.Literal(t), d }, { $id, description });

export const Cursor = Type.Object({ stream: Stream, epoch: Epoch, seq: Seq }, { $id: 'Cursor', description: 'One value: epoch and seq are adopted only together.' });

export const HelloFrame = request('hello', 'HelloFrame', Type.Object({
  v: list(Type.String({ maxLength: 10 }), 10, 'Major versions the client speaks.'),
  caps: list(Type.String({ maxLength: 60 }), 100, 'Capabilities.'),
  token: Type.String({ minLength: 16, maxLength: 4000 }),
  deviceId: id('Device.'),
  tabId: id('Tab.'),
  client: Type.Object({ name: text(60, 'Name.'), version: text(40, 'Version.') }),
  locale: Type.Optional(Lang),
  tz: Type.Optional(Type.String({ maxLength: 60 })),
  page: Type.Optional(Type.Object({ name: text(120, 'The clinic\'s own name of the page.') })),
  resume: list(Cursor, 200, 'Where the client is in each stream it holds.'),
}), 'First frame, within 10 s.');
export const AuthFrame = request('auth', 'AuthFrame', Type.Object({ token: Type.String({ minLength: 16, maxLength: 4000 }) }), 'A fresh token of the same subject.');
export const SubFrame = request('sub', 'SubFrame', Type.Object({ stream: Stream, epoch: Type.Optional(Epoch), seq: Type.Optional(Seq) }), 'Follow a stream from a cursor (absent: from its head).');
export const UnsubFrame = request('unsub', 'UnsubFrame', Type.Object({ stream: Stream }), 'Follow it no more.');
export const SyncFrame = request('sync', 'SyncFrame', Cursor, 'There is a hole after this cursor: send again from here.');
export const SubmitFrame = request('submit', 'SubmitFrame', Submit, 'Make this a fact. Answered after the durable commit.');
export const AvailabilityFrame = request('availability', 'AvailabilityFrame', Type.Object({ state: oneOf(['online', 'away'], 'Own state.') }), 'Desk: whether this agent takes new conversations.');
export const ReceiptSignal = signal('receipt', 'ReceiptSignal', Type.Object({ stream: Stream, delivered: Type.Optional(Seq), read: Type.Optional(Seq) }), 'Own watermarks.');
export const TypingSignal = signal('typing', 'TypingSignal', Type.Object({ stream: Stream, on: Type.Boolean() }), 'Own typing.');
export const ActivitySignal = signal('activity', 'ActivitySignal', Type.Object({}), 'Real input by the person; at most one a minute.');
export const PageSignal = signal('page', 'PageSignal', Type.Object({ name: text(120, 'The clinic\'s own name of the page.') }), 'The visitor is now on this page.');
export const LocaleSignal = signal('locale', 'LocaleSignal', Type.Object({ locale: Lang }), 'The visitor reads this language from now on.');
export const PingSignal = signal('ping', 'PingSignal', Type.Object({ n: Type.Integer({ minimum: 0, maximum: 9007199254740991, description: 'Echoed.' }) }), 'Answer with `pong` and the same n. Either side may ask.');
export const PongSignal = signal('pong', 'PongSignal', Type.Object({ n: Type.Integer({ minimum: 0, maximum: 9007199254740991, description: 'Echoed.' }) }), 'Answer to `ping`.');

/** What a client sends. */
export const ClientFrame = Type.Union([
  HelloFrame, AuthFrame, SubFrame, UnsubFrame, SyncFrame, SubmitFrame, AvailabilityFrame,
  ReceiptSignal, TypingSignal, ActivitySignal, PageSignal, LocaleSignal, PingSignal, PongSignal,
], { $id: 'ClientFrame', description: 'Client → server.' });

export const StreamStart = Type.Object({
  stream: Stream, epoch: Epoch, head: Seq,
  mode: oneOf(['resume', 'reset'], 'resume: what is missing follows as events; reset: a `reset` frame follows.'),
  state: Type.Optional(ConversationState),
}, { $id: 'StreamStart', description: 'Where following a stream begins.' });

export const WelcomeFrame = Type.Object({ t: Type.Literal('welcome'), re: requestId, d: Type.Object({
  v: Type.String({ maxLength: 10 }),
  connId: id('Connection.'),
  caps: list(Type.String({ maxLength: 60 }), 100, 'Effective capabilities.'),
  limits: Limits,
  hb: Type.Object({ intervalMs: ms('The server pings this often.'), graceMs: ms('Silence longer than interval + grace means dead.') }),
  serverTime: at('Server clock.'),
  tokenExpiresAt: at('Access token ends.'),
  subject: Type.Object({ id: id('Visitor or agent.'), role: oneOf(['visitor', 'agent'], 'Side.') }),
  streams: list(StreamStart, 500, 'Streams followed from now on.'),
  availability: Type.Optional(Availability),
  desk: Type.Optional(Desk),
}) }, { $id: 'WelcomeFrame', description: 'Answer to hello.' });
export const OkFrame = Type.Object({ t: Type.Literal('ok'), re: requestId, d: Type.Union([
  SubmitResult,
  Type.Object({ expiresAt: at('Access token ends.') }, { $id: 'AuthResult', description: 'The new token is in force.' }),
  StreamStart,
  Type.Object({}, { $id: 'EmptyResult', description: 'Nothing to tell.' }),
]) }, { $id: 'OkFrame', description: 'Done.' });
export const ErrFrame = Type.Object({ t: Type.Literal('err'), re: Type.Optional(requestId), d: Problem }, { $id: 'ErrFrame', description: 'Refused.' });
export const EventFrame = signal('event', 'EventFrame', Event, 'One event of a followed stream.');
export const EventsFrame = signal('events', 'EventsFrame', Type.Object({ stream: Stream, list: list(Event, 200, 'In seq order.') }), 'Several events, where the client said cap `batch`.');
export const ResetFrame = signal('reset', 'ResetFrame', Type.Object({
  stream: Stream, epoch: Epoch, head: Seq, floor: Seq,
  reason: oneOf(['epoch', 'ahead', 'too-far', 'pruned'], 'Why the cursor cannot be continued.'),
  state: Type.Optional(ConversationState),
}), 'Drop the local copy of this stream, page it from REST; live events continue after head.');
export const ReceiptFrame = signal('receipt', 'ReceiptFrame', Type.Object({ stream: Stream, who: id('Participant.'), role: oneOf(['visitor', 'agent'], 'Side.'), delivered: Seq, read: Seq }), 'Watermarks of a participant.');
export const TypingFrame = signal('typing', 'TypingFrame', Type.Object({ stream: Stream, who: id('Participant.'), name: Type.Optional(text(120, 'Name.')), on: Type.Boolean() }), 'Expires after 6 s without another.');
export const PresenceFrame = signal('presence', 'PresenceFrame', Availability, 'Availability changed.');
export const SummaryFrame = signal('summary', 'SummaryFrame', Type.Object({ summary: Type.Optional(Summary), removed: Type.Optional(id('Conversation that left the lists.')) }), 'Desk: one conversation changed.');
export const ColleagueFrame = signal('colleague', 'ColleagueFrame', Type.Object({ id: id('Agent.'), state: oneOf(['online', 'away', 'offline'], 'Now.') }), 'Desk: a colleague came, went or is away.');
export const AuthExpiringFrame = signal('auth.expiring', 'AuthExpiringFrame', Type.Object({ inMs: ms('Until the token ends.') }), 'Send `auth` with a fresh token.');
export const NoticeFrame = signal('notice', 'NoticeFrame', Type.Object({ code: Type.String({ maxLength: 60 }), text: Type.Optional(text(500, 'English.')), until: Type.Optional(at('Until.')) }), 'Maintenance, sunset.');
export const ByeFrame = signal('bye', 'ByeFrame', Type.Object({
  code: Type.Integer({ minimum: 1000, maximum: 4999, description: 'The close code that follows.' }),
  reason: text(120, 'Why.'),
  reconnect: Type.Boolean(),
  retryAfterMs: Type.Optional(ms('Wait this long, jittered.')),
  wipe: Type.Optional(Type.Boolean({ description: 'Forget everything stored.' })),
}), 'Before every close by the server.');

/** What a server sends. */
export const ServerFrame = Type.Union([
  WelcomeFrame, OkFrame, ErrFrame, EventFrame, EventsFrame, ResetFrame, ReceiptFrame, TypingFrame, PresenceFrame, SummaryFrame, ColleagueFrame,
  AuthExpiringFrame, NoticeFrame, ByeFrame, PingSignal, PongSignal,
], { $id: 'ServerFrame', description: 'Server → client.' });
