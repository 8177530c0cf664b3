/**
 * The one schema of `care-chat.config.json`: the server's check, the `ConfigFile` type and the JSON Schema that editors complete from
 * are all made of it (`types/care-chat.config.schema.json`). What a schema cannot say is checked in `parse.ts`.
 */
import { Type, type Static, type TObject, type TProperties } from 'typebox';

const object = <P extends TProperties>(properties: P, options: { readonly $id?: string; readonly description: string }): TObject<P> =>
  Type.Object(properties, { additionalProperties: false, ...options });
const identifier = (description: string) => Type.String({ minLength: 1, maxLength: 64, pattern: '^[A-Za-z0-9_.-]+$', description });
const choice = <const T extends string[]>(values: readonly [...T], description: string, fallback?: T[number]) =>
  Type.Unsafe<T[number]>({ type: 'string', enum: [...values], description, ...(fallback === undefined ? {} : { default: fallback }) });
const number = (minimum: number, maximum: number, fallback: number, description: string) =>
  Type.Optional(Type.Integer({ minimum, maximum, default: fallback, description }));
const dayMs = 86_400_000;

/** Days of the week as the configuration writes them. */
export const days = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const;
export type Day = (typeof days)[number];

const Lang = Type.String({ pattern: '^[A-Za-z]{2,3}(-[A-Za-z0-9]{1,8})*$', maxLength: 35, description: 'BCP 47 language tag, such as "en" or "es-MX".' });
const LocalTextSchema = Type.Record(Type.String({ pattern: '^[A-Za-z]{2,3}(-[A-Za-z0-9]{1,8})*$' }), Type.String({ minLength: 1, maxLength: 8000 }), {
  $id: 'LocalText', description: 'Language tag → text. "en" is used where a language is missing.', additionalProperties: false, minProperties: 1,
});
const Time = Type.String({ pattern: '^(([01][0-9]|2[0-3]):[0-5][0-9]|24:00)$', description: 'Wall-clock time, "08:00"; "24:00" is the end of the day.' });

const HoursSchema = object({
  timeZone: Type.Optional(Type.String({ minLength: 1, maxLength: 60, description: 'IANA time zone. Default: the clinic\'s.' })),
  weekly: Type.Array(object({
    days: Type.Array(choice(days, 'Day of the week.'), { minItems: 1, maxItems: 7, uniqueItems: true, description: 'On these days.' }),
    from: Time,
    to: Time,
  }, { description: 'Open from … to … on these days.' }), { maxItems: 50, description: 'Several spans a day are fine (a lunch break).' }),
  closed: Type.Optional(Type.Array(Type.String({ format: 'date', description: 'A day off, "2026-12-25".' }), { maxItems: 1000, uniqueItems: true, description: 'Days off.' })),
}, { $id: 'Hours', description: 'Opening hours.' });

/** How soon staff is to look at it, the least first. */
export const priorities = ['low', 'normal', 'high', 'urgent'] as const;
export type Priority = (typeof priorities)[number];

/** Where a form is. */
const formSources = [
  { type: 'string', minLength: 1, maxLength: 500, description: 'Path of a JSON file, from this file\'s folder.' },
  { type: 'object', required: ['resourceType'], properties: { resourceType: { const: 'Questionnaire' } } },
];

const DepartmentSchema = object({
  id: identifier('Referred to by widgets and agents.'),
  name: LocalTextSchema,
  hours: Type.Optional(HoursSchema),
  preChat: Type.Optional(Type.Unsafe<string | Record<string, unknown>>({ anyOf: formSources, description: 'Questionnaire asked before a chat with this department, in place of the widget\'s.' })),
  responseMs: Type.Optional(Type.Integer({ minimum: 60_000, maximum: 60 * dayMs, description: 'Within what time a message that was left is answered, counted while the department is open. Default: 8 hours; 24 without opening hours.' })),
}, { $id: 'Department', description: 'A group of agents that share a queue. Without hours it is open whenever one of them is online.' });

const EmergencyLineSchema = object({
  kind: choice(['emergency', 'crisis', 'poison', 'other'], 'What the line is for.'),
  number: Type.String({ minLength: 2, maxLength: 30, pattern: '^[0-9+*# -]+$', description: 'As dialled.' }),
  label: Type.Optional(LocalTextSchema),
}, { $id: 'EmergencyLine', description: 'Shown to patients; the first one at all times.' });

const ConsentSchema = object({
  purpose: identifier('chat, preview, cobrowse, remember.'),
  version: Type.String({ minLength: 1, maxLength: 40, description: 'Recorded with the answer. Change it when the text changes.' }),
  required: Type.Boolean({ description: 'Whether there is no chat without it.' }),
  text: LocalTextSchema,
  html: Type.Optional(LocalTextSchema),
}, { $id: 'Consent', description: 'A text that a patient agrees to before the chat.' });

const prioritySchema = (description: string) => Type.Optional(choice(priorities, description));

const HandOverSchema = object({
  priority: prioritySchema('How soon staff is to look at it. Default: urgent for a level that stops the check or a rule with numbers beside it; high for the more urgent half of the other levels; else normal.'),
  to: Type.Optional(choice(['people', 'bot'], 'Who goes on where a bot has the conversation: people take over, or the bot begins anew. A level that stops the check, and a rule with numbers beside it, is always for people.', 'people')),
}, { $id: 'HandOver', description: 'What follows where a result of this level is handed over.' });

const CheckerSchema = object({
  pack: Type.Unsafe<string | Record<string, unknown>>({
    anyOf: [{ type: 'string', minLength: 1, maxLength: 500, description: 'Path of a JSON file, from this file\'s folder.' }, { type: 'object' }],
    description: 'The content pack: the path of a JSON file, or the pack itself.',
  }),
  levels: Type.Optional(Type.Record(Type.String({ minLength: 1, maxLength: 64 }), HandOverSchema, { description: 'Id of a level of the pack → what follows where such a result is handed over.' })),
  allowUnreviewed: Type.Optional(Type.Boolean({ default: false, description: 'Shows translations that a machine made and nobody has reviewed. In demo mode they are shown anyway.' })),
}, { $id: 'Checker', description: 'A symptom checker. Its id and name are the pack\'s.' });

const Phrases = (description: string) => Type.Optional(Type.Record(Type.String({ pattern: '^[A-Za-z]{2,3}(-[A-Za-z0-9]{1,8})*$' }), object({
  emergency: Type.Optional(Type.Array(Type.String({ minLength: 1, maxLength: 120 }), { maxItems: 500, description: 'Show the emergency line.' })),
  crisis: Type.Optional(Type.Array(Type.String({ minLength: 1, maxLength: 120 }), { maxItems: 500, description: 'Show the crisis line.' })),
}, { description: 'Phrases, as patients write them. Letter case, accents and punctuation do not matter.' }), { description, additionalProperties: false }));
const redFlagSettings = object({
  add: Phrases('Language tag → phrases beside ours.'),
  replace: Phrases('Language tag → phrases in place of ours of that language and kind; an empty list takes ours away.'),
}, { $id: 'RedFlags', description: 'Phrases for which the panel shows a number while a patient types. Found in the browser; nothing of it is sent.' });

const Origins = (description: string) => Type.Array(Type.String({ minLength: 1, maxLength: 300 }), { minItems: 1, maxItems: 100, uniqueItems: true, description });

const WidgetSchema = object({
  id: identifier('The `widget` attribute of <care-chat>.'),
  origins: Origins('Exact origins of the pages that may hold it: "https://www.example.org". In demo mode also "http://localhost:*".'),
  departments: Type.Array(identifier('Id of a department.'), { minItems: 1, maxItems: 100, uniqueItems: true, description: 'Departments a patient can reach; the first takes chats for which none was chosen.' }),
  languages: Type.Array(Lang, { minItems: 1, maxItems: 60, uniqueItems: true, description: 'Languages offered; the first is the default.' }),
  emergency: Type.Array(EmergencyLineSchema, { minItems: 1, maxItems: 10, description: 'Emergency lines. The first is shown at all times.' }),
  privacyUrl: Type.Optional(Type.String({ maxLength: 500, description: 'The clinic\'s privacy notice: an https address, or a path on the page\'s own site that begins with "/".' })),
  welcome: Type.Optional(LocalTextSchema),
  consents: Type.Optional(Type.Array(ConsentSchema, { maxItems: 10, description: 'Asked before the chat.' })),
  preChat: Type.Optional(Type.Unsafe<string | Record<string, unknown>>({
    anyOf: formSources,
    description: 'HL7 FHIR Questionnaire (R4 or R5) asked before the chat: the path of a JSON file, or the resource itself.',
  })),
  checkers: Type.Optional(Type.Array(CheckerSchema, { maxItems: 20, description: 'Symptom checkers.' })),
  redFlags: Type.Optional(Type.Unsafe<boolean | Static<typeof redFlagSettings>>({
    ...redFlagSettings, type: ['boolean', 'object'], default: true,
  })),
  forms: Type.Optional(Type.Record(Type.String({ pattern: '^[A-Za-z0-9_.-]{1,64}$' }), Type.Unsafe<string | Record<string, unknown>>({ anyOf: formSources, description: 'A Questionnaire.' }), {
    additionalProperties: false, description: 'Id → Questionnaire: forms that the page asks for before a chat, in place of `preChat` (`startConversation({ form })`), and that a bot asks for in it (`form` of a button).',
  })),
  rating: Type.Optional(identifier('Id of one of `forms`: offered to the patient once a chat has ended.')),
  bot: Type.Optional(identifier('Id of the bot that answers first.')),
  preChatSkippable: Type.Optional(Type.Boolean({ default: false, description: 'Whether a patient may go on without answering the questions before the chat.' })),
  routing: Type.Optional(Type.Array(object({
    linkId: Type.String({ minLength: 1, maxLength: 255, description: 'Question of the form before the chat, or of a message that is left.' }),
    equals: Type.String({ minLength: 1, maxLength: 255, description: 'Its answer: the code of an option, a text, a number, "true" or "false".' }),
    departmentId: Type.Optional(identifier('Where the patient goes then, whichever department was chosen; one of this widget\'s departments.')),
    priority: prioritySchema('How soon staff is to look at it.'),
    language: Type.Optional(Type.String({ ...Lang, description: 'What the patient wants to be answered in; one of this widget\'s languages.' })),
  }, { $id: 'RoutingRule', description: 'What an answer leads to: a department, a priority, a language, or several of them. Of departments and of languages the first rule that fits counts, of priorities the highest that fits.' }), { maxItems: 200, description: 'Which answers lead where.' })),
  offline: Type.Optional(Type.Unsafe<string | Record<string, unknown> | false>({
    anyOf: [...formSources, { const: false, description: 'No message can be left.' }],
    description: 'Questionnaire of a message that is left while nobody is there. Default: a form of ours that asks for the name, how to reach the person, and what it is about.',
  })),
  cobrowse: Type.Optional(object({
    enabled: Type.Optional(Type.Boolean({ default: false, description: 'Whether an agent may ask a patient to show the page. Nothing is shown before the patient allows it.' })),
    minutes: number(5, 60, 30, 'For how long at most; then the agent asks again.'),
    bytesPerSec: number(16_384, 10_485_760, 262_144, 'What each side may send through the relay in a second. A message counts as at least 1 KiB; who sends more ends the session.'),
    burstBytes: number(65_536, 104_857_600, 1_048_576, 'What each side may send at once. As many bytes may wait for a side that reads slowly; more are dropped.'),
  }, { description: 'Co-browse: a nurse sees masked boxes of the page, through a relay that cannot read them.' })),
  pages: Type.Optional(Type.Record(Type.String({ minLength: 1, maxLength: 120 }), Type.String({ minLength: 1, maxLength: 120 }), { description: 'The site\'s own page name → what agents see for it.' })),
}, { $id: 'Widget', description: 'One <care-chat> on the clinic\'s pages.' });

const ButtonSchema = object({
  id: Type.String({ minLength: 1, maxLength: 30, pattern: '^[A-Za-z0-9_.-]+$', description: 'Unique in its step.' }),
  label: LocalTextSchema,
  style: Type.Optional(choice(['primary', 'quiet'], 'How much it stands out.')),
  go: Type.Optional(identifier('Id of the step that follows.')),
  url: Type.Optional(Type.String({ minLength: 1, maxLength: 500, description: 'A link: https, mailto, or a path of the clinic\'s own site that begins with "/".' })),
  call: Type.Optional(Type.String({ minLength: 2, maxLength: 30, pattern: '^[0-9+*# -]+$', description: 'A telephone number.' })),
  form: Type.Optional(identifier('Id of a form of the widget: its questions are asked in the chat. With "go": the step that follows once it was answered.')),
  checker: Type.Optional(identifier('Id of a symptom checker.')),
  department: Type.Optional(identifier('Id of a department of the widget: its people take over.')),
  human: Type.Optional(Type.Unsafe<true>({ type: 'boolean', const: true, description: 'A person takes over. Every step has such a button, whether written or not.' })),
}, { $id: 'GuideButton', description: 'A button; exactly one of go, url, call, form, checker, department and human; a form may have a go beside it.' });

const StepSchema = object({
  id: Type.String({ minLength: 1, maxLength: 30, pattern: '^[A-Za-z0-9_.-]+$', description: 'Referred to by "go" and "start".' }),
  text: LocalTextSchema,
  mode: Type.Optional(choice(['once', 'many'], 'once: the first button pressed is the answer; many: buttons can be pressed again.', 'once')),
  buttons: Type.Optional(Type.Array(ButtonSchema, { maxItems: 19, description: 'At most 19: "Talk to a person" is added.' })),
}, { $id: 'GuideStep', description: 'What the guide says, and what can be pressed.' });

const BotSchema = object({
  id: identifier('Referred to by widgets.'),
  name: LocalTextSchema,
  onReturn: Type.Optional(choice(['silent', 'resume'], 'When staff gives a conversation back to the queue: the bot stays silent, or begins anew.', 'silent')),
  guide: Type.Optional(object({
    start: identifier('Id of the first step.'),
    steps: Type.Array(StepSchema, { minItems: 1, maxItems: 500, description: 'All steps.' }),
    notUnderstood: Type.Optional(object({
      text: Type.Optional(LocalTextSchema),
      handOverAfter: Type.Optional(Type.Integer({ minimum: 1, maximum: 20, description: 'After so many such answers in a row the next such words bring a person. Default: never.' })),
      department: Type.Optional(identifier('Id of a department of the widget: its people take over then. Default: the one that the conversation is in.')),
    }, { description: 'What is answered to words that name no button: this text, or ours, and the ways on.' })),
  }, { description: 'A guide by buttons, said by this server.' })),
  webhook: Type.Optional(object({
    url: Type.String({ minLength: 1, maxLength: 500, description: 'Gets each turn as a signed POST. https, but for localhost.' }),
    secretFile: Type.String({ minLength: 1, maxLength: 1000, description: 'File with the secret that signs, at least 32 characters; from this file\'s folder.' }),
    timeoutMs: number(100, 10_000, 3000, 'Longest time for an answer. After three tries a person takes over.'),
  }, { description: 'An external bot (src/bots/README.md).' })),
}, { $id: 'Bot', description: 'Who answers while nobody of staff does: a guide or a webhook. What it says is preceded by the words that it is a bot.' });

const AgentSchema = object({
  email: Type.String({ format: 'email', maxLength: 254, description: 'Signs in with it.' }),
  name: Type.String({ minLength: 1, maxLength: 120, description: 'As patients see it.' }),
  title: Type.String({ minLength: 1, maxLength: 120, description: 'As patients see it: "Nurse", "Front desk".' }),
  departments: Type.Array(identifier('Id of a department.'), { minItems: 1, maxItems: 100, uniqueItems: true, description: 'Queues served.' }),
  password: Type.Optional(Type.String({ minLength: 8, maxLength: 200, description: 'Only for demo mode. For real accounts: `care-chat agent add` or `reset`.' })),
}, { $id: 'Agent', description: 'An account that is made at start if there is none with this e-mail. Without a password it cannot sign in until `care-chat agent reset`.' });

const CannedSchema = object({
  shortcut: Type.String({ minLength: 1, maxLength: 40, pattern: '^[A-Za-z0-9_-]+$', description: 'Typed after a slash.' }),
  lang: Lang,
  text: Type.String({ minLength: 1, maxLength: 8000, description: 'May hold {visitor}, {agent}, {clinic}, {department}.' }),
}, { $id: 'CannedReply', description: 'A reply kept ready.' });

const LimitsSchema = object({
  frameBytes: number(4096, 1_048_576, 65_536, 'Largest frame or REST body, bytes.'),
  textChars: number(100, 8000, 8000, 'Longest message text, UTF-16 code units.'),
  partsPerMessage: number(1, 20, 20, 'Parts of one message.'),
  inflightPerStream: number(1, 1, 1, 'Unacknowledged submits per conversation that clients are told to keep to; more are not refused.'),
  submitPerMin: number(1, 10_000, 60, 'Submits per session and minute, over socket and REST together. Opening a conversation counts as one.'),
  typingMinMs: number(100, 60_000, 2000, 'Least time between two typing signals.'),
  resumeMax: number(1, 10_000, 500, 'Most events replayed when a client comes back.'),
  pageMax: number(1, 200, 200, 'Most events in one page of history.'),
  helloTimeoutMs: number(1000, 60_000, 10_000, 'Time for a connection\'s first frame.'),
  badFramesPerMin: number(1, 1000, 20, 'Unreadable frames before a connection is closed.'),
  connectionsPerDevice: number(1, 100, 20, 'Open connections of one browser.'),
  sessionsPerMin: number(1, 100_000, 60, 'New visitor sessions per network address and minute.'),
  signInsPerMin: number(1, 100_000, 30, 'Sign-ins tried per network address and minute.'),
  connections: number(1, 1_000_000, 20_000, 'Open connections in all.'),
  connectsPerSec: number(1, 100_000, 500, 'New connections a second, in all. When every browser comes back at once, the others are asked to wait (`bye` 1013; 503 `overloaded` for links).'),
  framesPerMin: number(10, 1_000_000, 1200, 'Frames of one connection and minute, pings included; more close it (4429).'),
  requestsPerMin: number(10, 1_000_000, 1200, 'REST requests per session, or without a token per network address, and minute.'),
  lightBytes: number(1024, 1_073_741_824, 262_144, 'Bytes a slow reader may leave unread before typing, presence and summaries are no longer sent to it.'),
  pauseBytes: number(1024, 1_073_741_824, 1_048_576, 'Bytes a slow reader may leave unread before messages wait in the log. Bounds the memory of a connection.'),
  stalledMs: number(1000, 600_000, 30_000, 'A reader that takes nothing for this long while messages wait is let go (4508).'),
  headersTimeoutMs: number(1000, 600_000, 15_000, 'Time for the head of a request.'),
  requestTimeoutMs: number(1000, 600_000, 30_000, 'Time for a whole request.'),
}, { description: 'Limits. The defaults suit most clinics.' });

const SessionsSchema = object({
  accessTtlMs: number(2000, 15 * 60_000, 10 * 60_000, 'Life of an access token. The protocol says 5 to 15 minutes; less is for tests, in demo mode.'),
  refreshTtlMs: number(60_000, 400 * dayMs, 30 * dayMs, 'A visitor is forgotten after this long without use.'),
  agentIdleMs: number(60_000, 30 * dayMs, 12 * 3_600_000, 'An agent signs in again after this long without use…'),
  agentMaxMs: number(60_000, 90 * dayMs, 16 * 3_600_000, '…and this long after signing in, in any case.'),
  lockAfter: number(3, 100, 6, 'Failed sign-ins that lock an account.'),
  lockMs: number(1000, 7 * dayMs, 15 * 60_000, 'For how long.'),
}, { description: 'How long sessions live.' });

/** The whole file. */
export const ConfigFileSchema = object({
  $schema: Type.Optional(Type.String({ description: 'Where the editor finds this schema.' })),
  publicUrl: Type.Optional(Type.String({ maxLength: 300, description: 'Where browsers reach this server: "https://chat.example.org". Needed behind a proxy.' })),
  listen: Type.Optional(object({
    host: Type.Optional(Type.String({ minLength: 1, maxLength: 255, default: '127.0.0.1', description: 'Address to listen on; "0.0.0.0" for all.' })),
    port: number(0, 65_535, 8080, '0: any free port.'),
    trustedProxies: Type.Optional(Type.Array(Type.String({ minLength: 2, maxLength: 49 }), {
      maxItems: 100, uniqueItems: true,
      description: 'IP addresses or networks ("10.0.0.0/8") of the proxies in front of this server. Only theirs is the X-Forwarded-For that is believed; without it, all patients behind a proxy share the limits of one address.',
    })),
  }, { description: 'Where the server listens.' })),
  data: Type.Optional(Type.String({ minLength: 1, maxLength: 1000, default: '.data', description: 'Folder of the database, from this file\'s folder. The variable CARE_CHAT_DATA wins.' })),
  clinic: object({
    name: Type.String({ minLength: 1, maxLength: 120, description: 'As patients see it.' }),
    country: Type.String({ pattern: '^[A-Z]{2}$', description: 'ISO 3166-1 alpha-2: "US".' }),
    timeZone: Type.String({ minLength: 1, maxLength: 60, description: 'IANA time zone: "America/New_York".' }),
  }, { description: 'The clinic.' }),
  widgets: Type.Array(WidgetSchema, { minItems: 1, maxItems: 100, description: 'One per site or language of the site.' }),
  departments: Type.Array(DepartmentSchema, { minItems: 1, maxItems: 100, description: 'Queues.' }),
  agents: Type.Optional(Type.Array(AgentSchema, { maxItems: 1000, description: 'Accounts that are made at start. Later changes: `care-chat agent`.' })),
  bots: Type.Optional(Type.Array(BotSchema, { maxItems: 50, description: 'Bots.' })),
  canned: Type.Optional(Type.Array(CannedSchema, { maxItems: 2000, description: 'Replies kept ready.' })),
  limits: Type.Optional(LimitsSchema),
  sessions: Type.Optional(SessionsSchema),
  heartbeat: Type.Optional(object({
    intervalMs: number(1000, 120_000, 25_000, 'The server pings each connection this often.'),
    graceMs: number(500, 120_000, 10_000, 'Silence longer than both means that the connection is dead.'),
  }, { description: 'How a dead connection is found.' })),
  desk: Type.Optional(object({
    origins: Type.Optional(Type.Array(Type.String({ minLength: 1, maxLength: 300 }), { maxItems: 100, uniqueItems: true, description: 'Exact origins of pages that may hold <care-desk>.' })),
    agentLostMs: number(1000, dayMs, 60_000, 'Chats of an agent whose browser is gone go back to the queue after this.'),
    maxOpen: number(0, 1000, 0, 'Open conversations one agent may hold; 0: no limit.'),
  }, { description: 'The agents\' desk.' })),
  log: Type.Optional(object({
    level: Type.Optional(choice(['debug', 'info', 'warn', 'error', 'silent'], 'What is logged.', 'info')),
  }, { description: 'Logging. No level ever logs what a patient wrote.' })),
  static: Type.Optional(Type.Array(object({
    path: Type.String({ pattern: '^/([A-Za-z0-9._~-]+/)*$', maxLength: 200, description: 'Begins and ends with a slash.' }),
    dir: Type.String({ minLength: 1, maxLength: 1000, description: 'Folder, from this file\'s folder.' }),
    csp: Type.Optional(Type.String({ minLength: 1, maxLength: 4000, description: 'Content-Security-Policy of its pages.' })),
  }, { description: 'A folder of files to serve.' }), { maxItems: 20, description: 'Folders to serve as they are (the demo site). The longest path wins.' })),
}, { description: 'Configuration of the care-chat server.' });

/** The file as written. */
export type ConfigFile = Static<typeof ConfigFileSchema>;
