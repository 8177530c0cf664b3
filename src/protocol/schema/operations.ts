/** The REST operations of protocol version 1 (README §6, §7) as one table: the server's router and the OpenAPI document both read it. */

/** Which profile an operation belongs to: `visitor` is mandatory, `desk` optional, `both` serves either side's token. */
export type Profile = 'visitor' | 'desk' | 'both';

export interface Parameter {
  readonly name: string;
  readonly in: 'path' | 'query';
  /** `stream`, `id`, `link`, `epoch`: strings; `count`: an integer from 0; `status`: a ConversationStatus. */
  readonly type: 'stream' | 'id' | 'link' | 'epoch' | 'count' | 'status';
  readonly required: boolean;
  readonly description: string;
}

export interface Operation {
  readonly operationId: string;
  readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE';
  /** From the origin's root; `{name}` is a path parameter. All but discovery begin with `/v1`, where the discovered REST base ends. */
  readonly path: string;
  readonly summary: string;
  readonly profile: Profile;
  /** `none`: no token, `bearer`: access token. */
  readonly auth: 'none' | 'bearer';
  /** Name of the schema of the body. */
  readonly request?: string;
  /** Name of the schema of the answer; none where the answer has no body. */
  readonly answer?: string;
  /** The answer is a stream of server-sent events instead of a body of JSON. */
  readonly isStream?: true;
  /** Status → when. The first is the usual one. */
  readonly statuses: Readonly<Record<number, string>>;
  /** Problem codes beside those every operation may answer (`commonCodes`). */
  readonly codes: readonly string[];
  readonly parameters: readonly Parameter[];
  /** The part of the specification that rules it. */
  readonly clause: string;
}

/** Codes that any operation may answer. */
export const commonCodes = ['bad-frame', 'invalid', 'too-large', 'unsupported-type', 'origin-denied', 'not-found', 'rate-limited', 'overloaded', 'internal', 'timeout'] as const;

/** Codes that any operation with a token may answer. */
export const bearerCodes = ['token-missing', 'token-expired', 'token-invalid', 'forbidden'] as const;

const stream: Parameter = { name: 'stream', in: 'path', type: 'stream', required: true, description: 'The stream.' };
const query = (name: string, type: Parameter['type'], description: string, required = false): Parameter => ({ name, in: 'query', type, required, description });

/** Every operation, in the order of the specification. */
export const operations = [
  {
    operationId: 'discover', method: 'GET', path: '/.well-known/care-chat', summary: 'What a client needs to know before a session.', profile: 'visitor', auth: 'none',
    answer: 'Discovery', statuses: { 200: 'The widget.' }, codes: ['widget-unknown'],
    parameters: [query('widget', 'id', 'The widget. Absent: the server\'s only widget, or its default one.')], clause: '3',
  },
  {
    operationId: 'createSession', method: 'POST', path: '/v1/sessions', summary: 'Begin as an anonymous visitor.', profile: 'visitor', auth: 'none',
    request: 'SessionRequest', answer: 'VisitorSession', statuses: { 201: 'A new visitor.' }, codes: ['widget-unknown'], parameters: [], clause: '6',
  },
  {
    operationId: 'refreshSession', method: 'POST', path: '/v1/sessions/refresh', summary: 'Trade the refresh token for new tokens.', profile: 'both', auth: 'none',
    request: 'RefreshRequest', answer: 'SessionAnswer', statuses: { 200: 'New tokens of the same subject.' }, codes: ['token-invalid'], parameters: [], clause: '6',
  },
  {
    operationId: 'deleteSession', method: 'DELETE', path: '/v1/sessions/current', summary: 'Log out: revoke the tokens of this session.', profile: 'both', auth: 'bearer',
    statuses: { 204: 'Revoked.' }, codes: [], parameters: [], clause: '6',
  },
  {
    operationId: 'getAvailability', method: 'GET', path: '/v1/availability', summary: 'Who is there, without a session.', profile: 'visitor', auth: 'none',
    answer: 'Availability', statuses: { 200: 'Now.' }, codes: ['widget-unknown'], parameters: [query('widget', 'id', 'The widget.')], clause: '3',
  },
  {
    operationId: 'getChecker', method: 'GET', path: '/v1/checkers/{id}', summary: 'The content of a symptom checker (draft).', profile: 'visitor', auth: 'none',
    answer: 'CheckerContent', statuses: { 200: 'As it is now.' }, codes: ['widget-unknown'],
    parameters: [{ name: 'id', in: 'path', type: 'id', required: true, description: 'The checker.' }, query('widget', 'id', 'The widget.')], clause: '11',
  },
  {
    operationId: 'getForm', method: 'GET', path: '/v1/forms/{id}', summary: 'A form of the widget (discovery names them).', profile: 'visitor', auth: 'none',
    answer: 'FormContent', statuses: { 200: 'As it is now.' }, codes: ['widget-unknown'],
    parameters: [{ name: 'id', in: 'path', type: 'id', required: true, description: 'The form.' }, query('widget', 'id', 'The widget.')], clause: '5.2',
  },
  {
    operationId: 'listConversations', method: 'GET', path: '/v1/conversations', summary: 'The visitor\'s own conversations, newest first.', profile: 'visitor', auth: 'bearer',
    answer: 'ConversationList', statuses: { 200: 'At most 200.' }, codes: [], parameters: [query('status', 'status', 'Only those in this status.')], clause: '6',
  },
  {
    operationId: 'createConversation', method: 'POST', path: '/v1/conversations', summary: 'Open a conversation, with the pre-chat answers, consents and the first message.', profile: 'visitor', auth: 'bearer',
    request: 'ConversationRequest', answer: 'Conversation', statuses: { 201: 'Opened.', 200: 'Known already, or the visitor\'s one live conversation.' }, codes: ['cmid-reused', 'consent-required', 'form-version'], parameters: [], clause: '6',
  },
  {
    operationId: 'leaveMessage', method: 'POST', path: '/v1/offline', summary: 'Leave a message while nobody is there (capability `offline`).', profile: 'visitor', auth: 'bearer',
    request: 'OfflineRequest', answer: 'OfflineReceipt', statuses: { 201: 'Left.', 200: 'Known already.' }, codes: ['cmid-reused', 'consent-required', 'form-version', 'not-supported'], parameters: [], clause: '6',
  },
  {
    operationId: 'getConversation', method: 'GET', path: '/v1/conversations/{id}', summary: 'One conversation and its state.', profile: 'both', auth: 'bearer',
    answer: 'Conversation', statuses: { 200: 'Now.' }, codes: [], parameters: [{ name: 'id', in: 'path', type: 'id', required: true, description: 'The conversation.' }], clause: '6',
  },
  {
    operationId: 'openRelay', method: 'POST', path: '/v1/conversations/{id}/relay', summary: 'A way into the relay of a co-browse session that was granted (capability `cobrowse`).', profile: 'both', auth: 'bearer',
    request: 'RelayRequest', answer: 'RelayGrant', statuses: { 201: 'For one use, soon.' }, codes: ['conflict', 'not-supported'], parameters: [{ name: 'id', in: 'path', type: 'id', required: true, description: 'The conversation.' }], clause: '14',
  },
  {
    operationId: 'readEvents', method: 'GET', path: '/v1/streams/{stream}/events', summary: 'A page of a stream.', profile: 'both', auth: 'bearer',
    answer: 'EventPage', statuses: { 200: 'A page in seq order.' }, codes: ['epoch-changed'],
    parameters: [
      stream,
      query('epoch', 'epoch', 'The epoch the numbers are from. Another than the stream\'s: `epoch-changed`.'),
      query('after', 'count', 'Events with a larger seq, the first of them.'),
      query('before', 'count', 'Events with a smaller seq, the last of them. Not together with `after`; with neither, the newest.'),
      query('limit', 'count', 'How many at most; default and largest value: `limits.pageMax`.'),
    ],
    clause: '4',
  },
  {
    operationId: 'submitEvent', method: 'POST', path: '/v1/streams/{stream}/events', summary: 'The `submit` frame over REST: same key, same result.', profile: 'both', auth: 'bearer',
    request: 'SubmitRequest', answer: 'SubmitResult', statuses: { 201: 'A new event.', 200: 'Known already (`dup`).' }, codes: ['cmid-reused', 'closed-conversation', 'conflict', 'consent-required', 'not-supported'], parameters: [stream], clause: '5',
  },
  {
    operationId: 'putReceipt', method: 'PUT', path: '/v1/streams/{stream}/receipt', summary: 'Raise own watermarks.', profile: 'both', auth: 'bearer',
    request: 'ReceiptRequest', answer: 'Watermark', statuses: { 200: 'The merged watermarks.' }, codes: [], parameters: [stream], clause: '8.4',
  },
  {
    operationId: 'openStream', method: 'GET', path: '/v1/stream', summary: 'Frames of the server, streamed (capability `sse`).', profile: 'both', auth: 'bearer',
    isStream: true, statuses: { 200: 'Server-sent events; the data of each is one ServerFrame.' }, codes: ['conflict'],
    parameters: [query('link', 'link', 'The link that this opens.', true)], clause: '8.7',
  },
  {
    operationId: 'pollFrames', method: 'POST', path: '/v1/poll', summary: 'Frames of the server, waited for (capability `poll`).', profile: 'both', auth: 'bearer',
    request: 'PollRequest', answer: 'PollAnswer', statuses: { 200: 'The next frames, or none after 25 s.' }, codes: ['gone'], parameters: [], clause: '8.7',
  },
  {
    operationId: 'postFrames', method: 'POST', path: '/v1/frames', summary: 'Frames of the client on a streamed or polled link.', profile: 'both', auth: 'bearer',
    request: 'FramesRequest', answer: 'FramesAnswer', statuses: { 200: 'Taken, now or before.' }, codes: ['gone', 'conflict'], parameters: [], clause: '8.7',
  },
  {
    operationId: 'createAgentSession', method: 'POST', path: '/v1/desk/sessions', summary: 'Sign in at the desk.', profile: 'desk', auth: 'none',
    request: 'AgentSessionRequest', answer: 'AgentSession', statuses: { 201: 'Signed in.' }, codes: ['sign-in-failed', 'locked-out'], parameters: [], clause: '7',
  },
  {
    operationId: 'getCannedReplies', method: 'GET', path: '/v1/desk/canned', summary: 'All canned replies.', profile: 'desk', auth: 'bearer',
    answer: 'CannedReplies', statuses: { 200: 'All.' }, codes: [], parameters: [], clause: '7',
  },
  {
    operationId: 'searchConversations', method: 'POST', path: '/v1/desk/conversations/search', summary: 'Conversations by status, date and visitor, newest first.', profile: 'desk', auth: 'bearer',
    request: 'ConversationSearch', answer: 'SummaryPage', statuses: { 200: 'A page.' }, codes: [], parameters: [], clause: '7',
  },
] as const satisfies readonly Operation[];

/** The name of an operation. */
export type OperationId = (typeof operations)[number]['operationId'];
